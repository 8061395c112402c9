//! Instagram's publishing contract: a Graph client, and the two ports of `contentzavod-core` that
//! stand on it.
//!
//! - [`InstagramPublisher`] is the core's `Publisher`: it prepares a Reel ahead of its time in a
//!   container, tells what is wrong with it, and publishes it with one call.
//! - [`InstagramConnector`] is the core's `Connector`: where a person agrees, whose a token is,
//!   keeping it alive, giving it back.
//! - [`signed_request`] reads what Meta itself sends: that somebody took our access away.
//! - [`graph`] is the wire, and holds the one table of Instagram's error codes.
//! - [`policy`] is what a Reel must be beyond its file.
//!
//! Accounts come by either login [`Family`], and accounts of both live side by side: by *Instagram
//! Login*, where Instagram fetches the video from a public address, or by *Facebook Login*, where
//! the video is pushed. Every address of the outside can be pointed elsewhere, so that a stand-in
//! can play the platform.
//!
//! Three things hold for every call. It is made once: nothing is repeated and no redirect
//! followed. Its errors, `Debug` and log lines show neither tokens nor signed addresses. And when
//! publishing, only a connection that never came about counts as *not sent*, and only a cause that
//! the table names counts as *refused*; everything else is *unknown*, and somebody must look.
//!
//! ```
//! use contentzavod_core::model::{Access, Content, Media, Reel};
//! use contentzavod_core::ports::{Published, Publisher, PublishRequest};
//! use contentzavod_instagram::{GraphConfig, InstagramPublisher};
//! use url::Url;
//!
//! /// Publishes a Reel at once, without an engine: fit for a script, not for a schedule.
//! async fn publish_now(
//!     publisher: &InstagramPublisher,
//!     access: &Access,
//!     media: Media,
//!     address: Url,
//! ) -> Result<(), Box<dyn std::error::Error>> {
//!     let request = PublishRequest {
//!         content: Content::InstagramReel(Reel::new(media.id, "Hello")),
//!         login: Some(access.login.clone()),
//!         media,
//!         cover: None,
//!         media_url: Some(address),
//!         cover_url: None,
//!     };
//!     if let Some(wrong) = publisher.validate(&request).into_iter().find(|f| f.is_error()) {
//!         return Err(wrong.message.into());
//!     }
//!     let container = publisher.create(access, &request).await?.value;
//!     // … ask `publisher.status` until it says `Finished` …
//!     match publisher.publish(access, &container).await?.value {
//!         Published::Live(id) => tracing::info!(id, "live"),
//!         Published::Accepted => tracing::info!("taken"),
//!     }
//!     Ok(())
//! }
//!
//! // The real Graph API, or a stand-in on this machine.
//! let config = GraphConfig {
//!     graph_url: "http://127.0.0.1:8090".parse()?,
//!     ..GraphConfig::default()
//! };
//! let publisher = InstagramPublisher::new(config)?;
//! assert_eq!(publisher.capabilities().kinds, ["instagram_reel"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod connector;
mod family;
pub mod graph;
mod login;
pub mod policy;
mod publisher;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod signed_request;
mod survey;
pub mod words;

pub use connector::InstagramConnector;
pub use family::Family;
pub use graph::{ConfigError, GraphConfig, InstagramApp, MetaApp, Timeouts};
pub use publisher::{InstagramPublisher, PLATFORM, REEL};
