//! The key ring: where it comes from, and making one that survives a power cut.

use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use contentzavod_core::model::Secret;
use contentzavod_store::SqliteStore;
use contentzavod_store::vault::KeyRingVault;
use secrecy::{ExposeSecret, SecretBox};

use super::{DataDir, DataDirError};
use crate::media::LinkKey;

/// As the ring reads it: padding may be left out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of one key of the ring, to derive other keys from.
pub type MasterKey = SecretBox<[u8; 32]>;

/// A key ring, for sealing and for deriving.
pub struct Keys {
    /// Seals and opens tokens.
    pub vault: KeyRingVault,
    /// Never empty; the primary first.
    pub masters: Vec<MasterKey>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("vault", &self.vault)
            .finish_non_exhaustive()
    }
}

impl Keys {
    /// The keys of links to files: the first signs, all of them open.
    #[must_use]
    pub fn link_keys(&self) -> Vec<LinkKey> {
        let masters = self.masters.iter();
        masters
            .map(|master| LinkKey::derive(master.expose_secret()))
            .collect()
    }

    pub(super) fn parse(entries: &Secret, place: &str) -> Result<Self, DataDirError> {
        let vault = KeyRingVault::parse(entries).map_err(|error| DataDirError::Keys {
            place: place.to_owned(),
            error,
        })?;
        let entries = entries.expose_secret().split(',');
        Ok(Self {
            vault,
            masters: entries.map(master).collect(),
        })
    }
}

/// The key of an entry that the vault has read already.
fn master(entry: &str) -> MasterKey {
    let key = entry.trim().split_once(':').map_or("", |(_, key)| key);
    SecretBox::init_with_mut(|bytes: &mut [u8; 32]| {
        let read = BASE64.decode_slice(key, bytes);
        debug_assert_eq!(read, Ok(32), "the vault reads other keys than we do");
    })
}

/// The ring of the key file, made if there is none and nothing was sealed yet.
pub(super) fn from_file(dir: &DataDir) -> Result<Keys, DataDirError> {
    let path = dir.key_file();
    if let Some(entries) = read(&path)? {
        return Keys::parse(&entries, &path.display().to_string());
    }
    if SqliteStore::holds_sealed(&dir.database())? {
        return Err(DataDirError::KeyMissing { path });
    }
    write(dir, &KeyRingVault::generate())?;
    // Read back: another process may have been quicker, and then its key is the one.
    match read(&path)? {
        Some(entries) => Keys::parse(&entries, &path.display().to_string()),
        None => Err(DataDirError::KeyMissing { path }),
    }
}

/// The ring of a key file; `None` when there is none.
pub(super) fn ring(path: &Path) -> Result<Option<KeyRingVault>, DataDirError> {
    let Some(entries) = read(path)? else {
        return Ok(None);
    };
    Keys::parse(&entries, &path.display().to_string()).map(|keys| Some(keys.vault))
}

/// Puts a new key in front of the ring of the key file. The old ones stay: they open what they
/// sealed, and the links that they signed. Another process sees the old file or the new one.
pub(super) fn add(dir: &DataDir) -> Result<(), DataDirError> {
    let old = from_file(dir).and_then(|_| read(&dir.key_file()))?;
    let old = old
        .map(|old| old.expose_secret().trim().to_owned())
        .unwrap_or_default();
    let new = KeyRingVault::generate();
    replace(dir, &Secret::from(format!("{},{old}", new.expose_secret())))
}

/// Takes every key but the first out of the ring of the key file; how many.
pub(super) fn prune(dir: &DataDir) -> Result<usize, DataDirError> {
    let path = dir.key_file();
    let Some(entries) = read(&path)? else {
        return Ok(0);
    };
    let entries: Vec<&str> = entries.expose_secret().trim().split(',').collect();
    let Some((first, others)) = entries.split_first() else {
        return Ok(0);
    };
    if !others.is_empty() {
        replace(dir, &Secret::from((*first).to_owned()))?;
    }
    Ok(others.len())
}

/// Writes the key file anew: whole and synced before it has its name.
fn replace(dir: &DataDir, entries: &Secret) -> Result<(), DataDirError> {
    let path = dir.key_file();
    let failed = |error| DataDirError::io(&path)(error);
    let file = beside(dir, entries).map_err(failed)?;
    file.persist(&path).map_err(|error| failed(error.error))?;
    File::open(dir.path())
        .and_then(|folder| folder.sync_all())
        .map_err(failed)
}

/// A new file beside the key file that holds these keys, for its owner only.
fn beside(dir: &DataDir, entries: &Secret) -> std::io::Result<tempfile::NamedTempFile> {
    // Made with mode 0600.
    let mut file = tempfile::Builder::new()
        .prefix(".encryption.keys.")
        .tempfile_in(dir.path())?;
    file.write_all(entries.expose_secret().as_bytes())?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn read(path: &Path) -> Result<Option<Secret>, DataDirError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(DataDirError::io(path)(error)),
    };
    refuse_open_to_others(path, &file)?;
    let mut text = String::new();
    file.read_to_string(&mut text)
        .map_err(DataDirError::io(path))?;
    Ok(Some(Secret::from(text)))
}

#[cfg(unix)]
fn refuse_open_to_others(path: &Path, file: &File) -> Result<(), DataDirError> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = file.metadata().map_err(DataDirError::io(path))?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(DataDirError::OpenToOthers {
        path: path.to_owned(),
        mode,
    })
}

#[cfg(not(unix))]
fn refuse_open_to_others(_path: &Path, _file: &File) -> Result<(), DataDirError> {
    Ok(())
}

/// Puts a key on disk for good, unless one is there. It appears under its name only when whole and
/// synced: a half-written key would be worse than none.
fn write(dir: &DataDir, entries: &Secret) -> Result<(), DataDirError> {
    let path = dir.key_file();
    let failed = |error| DataDirError::io(&path)(error);
    let file = beside(dir, entries).map_err(failed)?;
    match file.persist_noclobber(&path) {
        Ok(_) => {}
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed(error.error)),
    }
    sync_folder(dir.path()).map_err(DataDirError::io(dir.path()))
}

/// A new name is on disk only when its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
