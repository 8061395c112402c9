//! The wire: Instagram's Graph API as it is spoken. No decision about publishing is made here;
//! errors are read by one table ([`TABLE`]).

mod account;
mod client;
mod config;
mod container;
mod error;
mod http;
mod limits;
mod media;
mod pages;
pub(crate) mod proof;
mod scrub;
mod unique;
mod upload;
mod value;
mod version;

pub(crate) use account::LIFE_SECS;
pub use account::Token;
pub use client::GraphClient;
pub use config::{ConfigError, DEFAULT_VERSION, GraphConfig, MetaApp, Timeouts};
pub use container::{Delivery, Made};
pub use error::{Action, Code, OAUTH, OAuthRow, Row, TABLE, find, find_oauth};
pub use pages::{Linked, Page};
pub use version::{VersionStanding, version_end, version_standing};
