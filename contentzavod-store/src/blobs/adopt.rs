//! Taking over a spooled file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use contentzavod_core::model::{MediaId, random};

use super::{Folder, make_dir, sync_dir};

/// Where copies from other filesystems grow.
const PARTIAL: &str = "partial";

/// Gives a spooled file its place. On an error the spooled file is where it was.
pub(super) fn adopt(folder: &Folder, id: MediaId, spooled: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(spooled)?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the spooled file is no regular file",
        ));
    }
    make_shard(folder, id)?;
    let file = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(spooled)?;
    own(&file)?;
    file.sync_all()?;
    drop(file);
    match name(folder, id, spooled) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            adopt_copy(folder, id, spooled)
        }
        named => named,
    }
}

/// Makes the folder of an id, durably.
fn make_shard(folder: &Folder, id: MediaId) -> io::Result<()> {
    let shard = folder.shard(id);
    if shard.is_dir() {
        return Ok(());
    }
    make_dir(&shard)?;
    sync_dir(&folder.root)
}

/// Renames a file on our filesystem to its place, unless the id has bytes already.
fn name(folder: &Folder, id: MediaId, from: &Path) -> io::Result<()> {
    let place = folder.path(id);
    let held = folder.naming.lock().unwrap_or_else(PoisonError::into_inner);
    if fs::exists(&place)? {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "the id has bytes already",
        ));
    }
    fs::rename(from, &place)?;
    drop(held);
    sync_dir(&folder.shard(id)).inspect_err(|_| {
        // Best effort: the caller is told that nothing was taken over.
        let _ = fs::rename(&place, from);
    })
}

/// Copies a file of another filesystem next to its place, then names the copy.
fn adopt_copy(folder: &Folder, id: MediaId, spooled: &Path) -> io::Result<()> {
    let partial = partial_dir(folder);
    make_dir(&partial)?;
    let copy = partial.join(format!("{id}.{}", random::base62(8)));
    let adopted = copy_synced(spooled, &copy).and_then(|()| name(folder, id, &copy));
    if let Err(error) = adopted {
        let _ = fs::remove_file(&copy);
        return Err(error);
    }
    fs::remove_file(spooled).inspect_err(|_| {
        let _ = fs::remove_file(folder.path(id));
    })
}

fn copy_synced(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = fs::File::open(from)?;
    let mut copy = fs::File::create(to)?;
    own(&copy)?;
    io::copy(&mut source, &mut copy)?;
    copy.sync_all()
}

fn partial_dir(folder: &Folder) -> PathBuf {
    folder.root.join(PARTIAL)
}

/// Removes unfinished copies; how many.
pub(super) fn clear_partial(folder: &Folder) -> io::Result<usize> {
    let entries = match fs::read_dir(partial_dir(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut removed = 0;
    for entry in entries {
        fs::remove_file(entry?.path())?;
        removed += 1;
    }
    Ok(removed)
}

/// Lets only the owner read and write.
#[cfg(unix)]
fn own(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

/// Elsewhere the folder's access list decides.
#[cfg(not(unix))]
fn own(_file: &fs::File) -> io::Result<()> {
    Ok(())
}
