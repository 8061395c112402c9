//! Sign-in with Telegram, Google and Yandex: who somebody is, and nothing else.
//!
//! - [`Telegram`]: OpenID Connect; statements of the login widget and of Mini Apps.
//! - [`Google`]: OpenID Connect.
//! - [`Yandex`]: OAuth 2.0.
//!
//! ```
//! use contentzavod_core::ports::IdentityProvider;
//! use contentzavod_identity::{Credentials, Yandex};
//!
//! let credentials = Credentials::new("0123456789abcdef", "a secret".into());
//! let yandex = Yandex::new(credentials)?;
//! assert_eq!(yandex.name(), "yandex");
//! # Ok::<(), contentzavod_core::ports::IdentityError>(())
//! ```

mod credentials;
mod google;
mod http;
mod oidc;
#[cfg(feature = "stand-in")]
pub mod stand_in;
mod telegram;
mod yandex;

pub use credentials::Credentials;
pub use google::Google;
pub use telegram::{TELEGRAM_KEY, Telegram};
pub use yandex::Yandex;
