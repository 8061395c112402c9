//! How much of what: what the operator set, and what is fixed.

use contentzavod_core::ports::Bucket;

use crate::config::{LimitsSettings, Rate};

/// The rate of every bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates(LimitsSettings);

impl Rates {
    /// What the operator set, beside what is fixed.
    #[must_use]
    pub const fn new(settings: LimitsSettings) -> Self {
        Self(settings)
    }

    /// The rate of a bucket. Without a limit of the API's calls there is none of those that are
    /// fixed for its callers.
    #[must_use]
    pub const fn of(&self, bucket: Bucket) -> Rate {
        match bucket {
            // Who limits no calls of the API limits none of them that is dearer.
            Bucket::Address | Bucket::KeyCreation | Bucket::Export | Bucket::Deletion
                if matches!(self.0.api, Rate::Off) =>
            {
                Rate::Off
            }
            Bucket::Forgery if matches!(self.0.sign_in, Rate::Off) => Rate::Off,
            Bucket::Api => self.0.api,
            Bucket::SignIn => self.0.sign_in,
            Bucket::Upload => self.0.upload,
            // Guesses. Nobody who has a key needs more.
            Bucket::Address => Rate::minutely(20),
            Bucket::KeyCreation | Bucket::Export | Bucket::Deletion => Rate::hourly(5),
            // Of what is random nobody guesses one in so many; people who come back late have enough.
            Bucket::Forgery => Rate::hourly(20),
            Bucket::Webhooks => Rate::secondly(50),
            // A bucket that a later core brings is as dear as the dearest, until it stands here.
            _ => Rate::hourly(5),
        }
    }
}
