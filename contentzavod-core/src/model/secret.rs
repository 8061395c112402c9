//! Secrets: plain ones that do not print, and sealed ones that may be stored.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// A plain secret in memory; its `Debug` shows nothing.
pub type Secret = SecretString;

/// Compares two secrets; for tests and optimistic checks, not for authentication.
#[must_use]
pub fn same(a: &Secret, b: &Secret) -> bool {
    a.expose_secret() == b.expose_secret()
}

/// A secret sealed by a [`Vault`](crate::ports::Vault): `czv1.<key id>.<nonce>.<ciphertext>`.
///
/// Safe to store. `Debug` shows the key id only, so that dumps stay short.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(pub String);

impl Sealed {
    /// The id of the key that sealed it, if the text has the known shape.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        let mut parts = self.0.split('.');
        (parts.next() == Some("czv1"))
            .then(|| parts.next())
            .flatten()
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({})", self.key_id().unwrap_or("?"))
    }
}
