//! A vault whose ring is a file: another process may put a new key into it.

use std::fmt;
use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use contentzavod_core::model::{Sealed, Secret};
use contentzavod_core::ports::{SealContext, Vault, VaultError};
use contentzavod_store::vault::KeyRingVault;

use super::keys;

/// Reads the ring again when its file has changed: before it seals, and when it meets a key that it
/// does not know. So `contentzavod keys rotate` works beside a running server.
pub struct FollowingVault {
    file: PathBuf,
    ring: RwLock<Ring>,
}

struct Ring {
    vault: KeyRingVault,
    written: Option<SystemTime>,
}

impl FollowingVault {
    pub(super) fn new(file: PathBuf, vault: KeyRingVault) -> Self {
        let ring = Ring {
            written: written(&file),
            vault,
        };
        Self {
            file,
            ring: RwLock::new(ring),
        }
    }

    fn with<T>(&self, look: impl FnOnce(&KeyRingVault) -> T) -> T {
        look(
            &self
                .ring
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .vault,
        )
    }

    /// Reads the file if it was written since. A file that does not read changes nothing.
    fn follow(&self) {
        let now = written(&self.file);
        let known = self
            .ring
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .written;
        if now.is_none() || now == known {
            return;
        }
        match keys::ring(&self.file) {
            Ok(Some(vault)) => {
                let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
                tracing::info!(primary = vault.primary_id(), "the key ring was read again");
                *ring = Ring {
                    vault,
                    written: now,
                };
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "the key ring does not read and stays as it was"),
        }
    }
}

impl fmt::Debug for FollowingVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|vault| f.debug_tuple("FollowingVault").field(vault).finish())
    }
}

impl Vault for FollowingVault {
    fn seal(&self, plain: &Secret, context: &SealContext<'_>) -> Result<Sealed, VaultError> {
        self.follow();
        self.with(|vault| vault.seal(plain, context))
    }

    fn open(&self, sealed: &Sealed, context: &SealContext<'_>) -> Result<Secret, VaultError> {
        match self.with(|vault| vault.open(sealed, context)) {
            Err(VaultError::UnknownKey(_)) => {
                self.follow();
                self.with(|vault| vault.open(sealed, context))
            }
            opened => opened,
        }
    }
}

fn written(file: &std::path::Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|m| m.modified()).ok()
}
