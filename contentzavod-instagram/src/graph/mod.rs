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
pub(crate) mod unique;
mod upload;
pub(crate) mod value;
mod version;

pub(crate) use account::LIFE_SECS;
pub use account::{Profile, Token};
pub use client::GraphClient;
pub(crate) use client::join;
pub use config::{ConfigError, DEFAULT_VERSION, GraphConfig, InstagramApp, MetaApp, Timeouts};
pub use container::{Delivery, Made};
pub use error::{Action, Code, OAUTH, OAuthRow, Row, TABLE, find, find_oauth};
pub use pages::{Linked, Page};
pub use version::{VersionStanding, version_end, version_standing};
