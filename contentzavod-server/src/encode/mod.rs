//! Videos encoded anew with ffmpeg, where there is one: on demand, one at a time, in the background.
//!
//! - [`ffmpeg`]: one run of the program.
//! - [`worker`]: the loop that takes what was asked for.

pub mod ffmpeg;
pub mod worker;

use std::sync::Arc;

use tokio::sync::Notify;

pub use ffmpeg::Encoder;
pub use worker::Worker;

/// What the API knows of the encoder: whether there is one, and how to wake it.
#[derive(Debug, Clone, Default)]
pub struct Encoding {
    wake: Option<Arc<Notify>>,
}

impl Encoding {
    /// There is one.
    #[must_use]
    pub fn on() -> Self {
        Self {
            wake: Some(Arc::new(Notify::new())),
        }
    }

    /// Whether there is one.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.wake.is_some()
    }

    /// Something was asked for.
    pub fn wake(&self) {
        if let Some(wake) = &self.wake {
            wake.notify_one();
        }
    }

    /// Returns when something was asked for; never where there is no encoder.
    async fn asked(&self) {
        match &self.wake {
            Some(wake) => wake.notified().await,
            None => std::future::pending().await,
        }
    }
}
