//! The data directory: its lock, its generated key, what lies where.
//!
//! | | |
//! |---|---|
//! | `contentzavod.db` | the database |
//! | `media/` | uploaded files |
//! | `incoming/` | uploads under way; on the same filesystem as `media/`, so that they can be moved |
//! | `logs/` | the log of requests, a file a day |
//! | `encryption.keys` | the key ring that seals tokens, unless the operator keeps it elsewhere |
//! | `ballast` | space kept back for posts under way; given up when the disk is full |
//! | `engine.lock` | held by the one process that publishes |

mod following;
mod keys;
mod lock;
mod reserve;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{StoreError, Vault};
use contentzavod_store::vault::{KeyRingError, KeyRingVault};

pub use following::FollowingVault;
pub use keys::{Keys, MasterKey};
pub use lock::EngineLock;
pub use reserve::Reserve;

/// The name of the database.
pub(crate) const DATABASE: &str = "contentzavod.db";

/// Why a data directory cannot be used. No variant holds any part of a key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataDirError {
    /// A file or folder cannot be made, read or locked.
    #[error("{path}: {error}", path = path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// Others than its owner can read the key file.
    #[error(
        "other users can read the key file {path} (mode {mode:o}); mend it with: chmod 600 '{path}'",
        path = path.display()
    )]
    OpenToOthers {
        /// The key file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key ring cannot be read.
    #[error("the key ring of {place} cannot be used: {error}")]
    Keys {
        /// Where it came from.
        place: String,
        /// What is wrong with it.
        error: KeyRingError,
    },
    /// A new key would not open what the old one sealed.
    #[error(
        "the key that sealed the tokens is missing: put {path} back from a backup, or set \
         CONTENTZAVOD_ENCRYPTION_KEYS to it",
        path = path.display()
    )]
    KeyMissing {
        /// Where it should lie.
        path: PathBuf,
    },
    /// Whether a key is missing cannot be told.
    #[error("the database cannot be read")]
    Database(#[from] StoreError),
    /// Another process publishes from this data directory.
    #[error(
        "another `contentzavod serve`{} holds the data directory {folder}; stop it first, or give \
         this one another CONTENTZAVOD_DATA_DIR",
        pid.map_or_else(String::new, |pid| format!(" (process {pid})")),
        folder = folder.display()
    )]
    Held {
        /// The data directory.
        folder: PathBuf,
        /// The process that holds it, where it is known.
        pid: Option<u32>,
    },
}

impl DataDirError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { path, error }
    }
}

/// An open data directory.
#[derive(Debug, Clone)]
pub struct DataDir {
    root: PathBuf,
}

impl DataDir {
    /// Makes the directory if it is missing, for its owner only. One that is there keeps its mode:
    /// the operator may have shared it on purpose, and what is secret in it is closed by itself.
    ///
    /// # Errors
    ///
    /// [`DataDirError::Io`].
    pub fn open(path: &Path) -> Result<Self, DataDirError> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder.create(path).map_err(DataDirError::io(path))?;
        Ok(Self {
            root: path.to_owned(),
        })
    }

    /// The directory itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join(DATABASE)
    }

    /// Uploaded files.
    #[must_use]
    pub fn media(&self) -> PathBuf {
        self.root.join("media")
    }

    /// Uploads under way.
    #[must_use]
    pub fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    /// The log of requests.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// The generated key ring.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.root.join("encryption.keys")
    }

    /// What the publishing process holds.
    #[must_use]
    pub fn lock_file(&self) -> PathBuf {
        self.root.join("engine.lock")
    }

    /// The space kept back for posts under way.
    #[must_use]
    pub fn reserve(&self) -> Reserve {
        Reserve::of(self)
    }

    /// The key ring: what the operator set, else the file, else a new one, on disk before anything
    /// is sealed with it. Blocks; for start-up, before the database is opened.
    ///
    /// # Errors
    ///
    /// [`DataDirError::KeyMissing`] when there is no key but tokens that one has sealed, and the
    /// errors of the key file and of the database.
    pub fn keys(&self, from_settings: Option<&Secret>) -> Result<Keys, DataDirError> {
        match from_settings {
            Some(entries) => Keys::parse(entries, "CONTENTZAVOD_ENCRYPTION_KEYS"),
            None => keys::from_file(self),
        }
    }

    /// Puts a new key in front of the key file's ring; the old ones stay. Blocks.
    ///
    /// # Errors
    ///
    /// As [`DataDir::keys`]; the ring is then as it was.
    pub fn add_key(&self) -> Result<(), DataDirError> {
        keys::add(self)
    }

    /// Takes every key but the primary out of the key file's ring; how many. What they sealed does not
    /// open any more, and links that they signed end. Blocks.
    ///
    /// # Errors
    ///
    /// [`DataDirError::Io`]; the ring is then as it was.
    pub fn prune_keys(&self) -> Result<usize, DataDirError> {
        keys::prune(self)
    }

    /// The vault of a ring: one that follows the key file, where the ring comes from there.
    #[must_use]
    pub fn vault(&self, ring: KeyRingVault, from_settings: bool) -> Arc<dyn Vault> {
        if from_settings {
            Arc::new(ring)
        } else {
            Arc::new(FollowingVault::new(self.key_file(), ring))
        }
    }

    /// Takes the right to publish from this directory, for as long as the lock lives. Only `serve`
    /// does; other commands work beside it.
    ///
    /// # Errors
    ///
    /// [`DataDirError::Held`] when another process, or this one already, holds it.
    pub fn lock(&self) -> Result<EngineLock, DataDirError> {
        EngineLock::take(self)
    }
}
