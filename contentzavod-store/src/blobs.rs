//! Uploaded bytes in a local folder.
//!
//! A file lies under `<last two hex digits of its id>/<id>`: ids begin with their time, so only
//! their end spreads evenly. Paths are made of ids alone, never of text from outside. Folders are
//! made with mode 0700, files have 0600. Every change is synced before it is answered: a file that
//! was adopted survives a crash, and one that was deleted does not come back.

mod adopt;

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use contentzavod_core::model::MediaId;
use contentzavod_core::ports::{BlobError, Blobs, ByteStream};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

/// Bytes read at once: what one reader holds in memory.
const CHUNK: u64 = 256 * 1024;

/// [`Blobs`] in a local folder. Clones share it.
#[derive(Debug, Clone)]
pub struct LocalBlobs(Arc<Folder>);

#[derive(Debug)]
struct Folder {
    root: PathBuf,
    /// Held from the look whether an id is taken until its file has its name.
    naming: Mutex<()>,
}

impl LocalBlobs {
    /// Opens a folder; it is made, with its parents, where it is missing.
    ///
    /// # Errors
    ///
    /// [`BlobError::Full`] or [`BlobError::Unavailable`] when it cannot be made.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let root = dir.into();
        make_dir(&root).map_err(|error| refusal(error, Missing::IsTrouble))?;
        let naming = Mutex::new(());
        Ok(Self(Arc::new(Folder { root, naming })))
    }

    /// Removes what copies from other filesystems left behind when the process died; how many.
    ///
    /// Only for the one process that adopts into the folder, before it begins to.
    ///
    /// # Errors
    ///
    /// [`BlobError::Unavailable`].
    pub async fn clear_partial(&self) -> Result<usize, BlobError> {
        self.run(Missing::IsTrouble, adopt::clear_partial).await
    }

    /// Runs file operations where they may block.
    async fn run<T: Send + 'static>(
        &self,
        missing: Missing,
        work: impl FnOnce(&Folder) -> io::Result<T> + Send + 'static,
    ) -> Result<T, BlobError> {
        let folder = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || work(&folder))
            .await
            .unwrap_or_else(|died| Err(io::Error::other(died)))
            .map_err(|error| refusal(error, missing))
    }
}

impl Folder {
    fn shard(&self, id: MediaId) -> PathBuf {
        let name = id.0.simple().to_string();
        self.root.join(&name[name.len() - 2..])
    }

    fn path(&self, id: MediaId) -> PathBuf {
        self.shard(id).join(id.to_string())
    }
}

#[async_trait]
impl Blobs for LocalBlobs {
    async fn adopt(&self, id: MediaId, spooled: &Path) -> Result<(), BlobError> {
        let spooled = spooled.to_owned();
        let work = move |folder: &Folder| adopt::adopt(folder, id, &spooled);
        self.run(Missing::IsTrouble, work).await
    }

    async fn length(&self, id: MediaId) -> Result<u64, BlobError> {
        let work = move |folder: &Folder| fs::metadata(folder.path(id)).map(|m| m.len());
        self.run(Missing::IsGone, work).await
    }

    async fn range(&self, id: MediaId, range: Range<u64>) -> Result<ByteStream, BlobError> {
        let open = move |folder: &Folder| {
            let file = fs::File::open(folder.path(id))?;
            let length = file.metadata()?.len();
            Ok((file, length))
        };
        let (file, length) = self.run(Missing::IsGone, open).await?;
        if range.start > range.end || range.end > length {
            return Err(BlobError::Range);
        }
        let mut file = tokio::fs::File::from_std(file);
        file.seek(io::SeekFrom::Start(range.start))
            .await
            .map_err(BlobError::Unavailable)?;
        Ok(stream(file, range.end - range.start))
    }

    async fn delete(&self, id: MediaId) -> Result<(), BlobError> {
        let work = move |folder: &Folder| match fs::remove_file(folder.path(id)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            // Synced: the caller notes that the bytes are gone and never looks again.
            removed => removed.and_then(|()| sync_dir(&folder.shard(id))),
        };
        self.run(Missing::IsTrouble, work).await
    }
}

/// The next `left` bytes of a file; an error if it ends before.
fn stream(file: tokio::fs::File, left: u64) -> ByteStream {
    Box::pin(futures::stream::try_unfold(
        (file, left),
        |(mut file, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            let chunk = read_chunk(&mut file, left).await?;
            let left = left - chunk.len() as u64;
            Ok(Some((chunk, (file, left))))
        },
    ))
}

async fn read_chunk(file: &mut tokio::fs::File, left: u64) -> io::Result<Bytes> {
    let want = left.min(CHUNK);
    let mut chunk = BytesMut::with_capacity(usize::try_from(want).unwrap_or_default());
    if file.take(want).read_buf(&mut chunk).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(chunk.freeze())
}

/// What "no such file" means for the caller.
#[derive(Debug, Clone, Copy)]
enum Missing {
    /// The bytes that were asked for do not exist.
    IsGone,
    /// Something that must be there is not.
    IsTrouble,
}

fn refusal(error: io::Error, missing: Missing) -> BlobError {
    match (error.kind(), missing) {
        (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded, _) => BlobError::Full,
        (io::ErrorKind::NotFound, Missing::IsGone) => BlobError::Missing,
        _ => BlobError::Unavailable(error),
    }
}

/// Makes a folder and its parents, for the owner only.
fn make_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Makes the names in a folder durable. Only Unix opens folders as files; elsewhere the
/// filesystem keeps its names by itself.
fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(unix) {
        fs::File::open(dir)?.sync_all()?;
    }
    Ok(())
}
