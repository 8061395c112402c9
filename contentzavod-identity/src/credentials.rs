//! Under what a provider knows this server.

use contentzavod_core::model::Secret;

/// Client id and secret as the provider gave them.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub(crate) id: String,
    pub(crate) secret: Secret,
}

impl Credentials {
    /// Client id and secret.
    #[must_use]
    pub fn new(id: impl Into<String>, secret: Secret) -> Self {
        Self {
            id: id.into(),
            secret,
        }
    }
}
