//! Spooled uploads: one writer thread an upload, SHA-256 on the way, on disk when it returns.
//!
//! The obvious `tokio::io::copy` into a `tokio::fs::File` costs eight times the CPU of one blocking
//! writer with 1 MiB buffers. So the async side only collects bytes into such buffers and hands them
//! over a channel of two; the thread hashes, writes and syncs. A file is either complete or removed:
//! when the client breaks off, the channel closes without the word *finish*, and the writer cleans up.

mod writer;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use contentzavod_core::model::random;
use contentzavod_core::service::Intake;
use contentzavod_preflight::{Finding, Head};
use futures::{Stream, StreamExt, stream};
use tokio::sync::Semaphore;

use crate::accept::body::BodyFault;
use writer::{Glance, Writer};

/// How many bytes go to the writer at once.
const BUFFER: usize = 1 << 20;
/// What must have come before an upload takes a place and a thread: so far it may be a drip, and a
/// few dozen of those would keep everybody else from uploading.
const FIRST: usize = 64 << 10;
/// The folder inside the data directory.
const FOLDER: &str = "incoming";

/// What the spool takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpoolLimits {
    /// Largest upload, in bytes.
    pub max_bytes: u64,
    /// Uploads at the same time; each holds a thread and up to four buffers of 1 MiB.
    pub at_once: usize,
    /// Bytes left free on the disk, so that the database can still write; whatever was declared,
    /// and however many uploads there are at the same time.
    pub reserve: u64,
    /// Free bytes below which nothing else that grows is taken either: they are for posts under way.
    pub floor: u64,
}

impl Default for SpoolLimits {
    /// 1 GiB a file, 32 at once, 64 MiB kept free, 32 of them for posts under way.
    fn default() -> Self {
        Self {
            max_bytes: 1 << 30,
            at_once: 32,
            reserve: 64 << 20,
            floor: 32 << 20,
        }
    }
}

/// Why an upload was not kept. No file is left behind.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpoolError {
    /// More bytes than allowed, declared or sent.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The bytes that came are not as many as were declared.
    #[error("{declared} bytes were declared, {received} came")]
    Length {
        /// What `Content-Length` said.
        declared: u64,
        /// What came.
        received: u64,
    },
    /// Nothing came.
    #[error("the upload is empty")]
    Empty,
    /// The client sent too slowly.
    #[error("the upload came too slowly")]
    TooSlow,
    /// The client broke off.
    #[error("the upload broke off")]
    BrokenOff(#[source] io::Error),
    /// Too many uploads at the same time.
    #[error("too many uploads at the same time")]
    Busy,
    /// The disk has no room.
    #[error("the disk is full")]
    Full(#[from] Shortage),
    /// What came so far shows that the rest is not worth waiting for.
    #[error("the file would be refused")]
    Hopeless(Vec<Finding>),
    /// The disk does not work.
    #[error("the upload could not be written")]
    Disk(#[source] io::Error),
}

impl SpoolError {
    /// A write error, with a full disk told apart.
    pub(crate) fn disk(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                let told = error.get_ref().and_then(|inner| inner.downcast_ref());
                Self::Full(told.copied().unwrap_or_default())
            }
            _ => Self::Disk(error),
        }
    }

    /// A read error of the body: our own limits speak through it.
    fn body(error: io::Error) -> Self {
        match BodyFault::find(&error) {
            Some(BodyFault::TooLarge { limit }) => Self::TooLarge { limit },
            Some(BodyFault::TooSlow) => Self::TooSlow,
            None => Self::BrokenOff(error),
        }
    }
}

/// How much room there is, and how much would be needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, thiserror::Error)]
#[error("{free} bytes are free, {needed} are needed")]
pub struct Shortage {
    /// Free bytes; 0 when a write failed for want of them.
    pub free: u64,
    /// Free bytes needed; 0 when that is not known.
    pub needed: u64,
}

/// Whether so many bytes are free where the folder is.
fn room(folder: &Path, needed: u64) -> io::Result<()> {
    let free = fs4::available_space(folder)?;
    if free < needed {
        let shortage = Shortage { free, needed };
        return Err(io::Error::new(io::ErrorKind::StorageFull, shortage));
    }
    Ok(())
}

/// A complete upload on disk, synced, with its SHA-256.
///
/// Dropping it removes the file unless the blobs adopted (moved) it before: soon, not at once,
/// because freeing hundreds of megabytes takes the time in which a post may fall due.
#[derive(Debug)]
pub struct Spooled {
    /// Where the file is.
    pub path: PathBuf,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
}

impl Drop for Spooled {
    fn drop(&mut self) {
        let path = std::mem::take(&mut self.path);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || remove(&path))),
            Err(_) => remove(&path),
        }
    }
}

/// A place for a file that goes in the end, unless somebody moved it away before.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// It stays: somebody else sees to it.
    fn keep(mut self) {
        self.0 = PathBuf::new();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.0.as_os_str().is_empty() {
            remove(&self.0);
        }
    }
}

/// Removes a file of ours; one that was adopted or never made is no error.
fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(path = %path.display(), %error, "a spooled file could not be removed");
    }
}

/// Takes uploads into `incoming/` of the data directory.
#[derive(Clone)]
pub struct Spool {
    folder: Arc<Path>,
    limits: SpoolLimits,
    places: Arc<Semaphore>,
    intake: Option<Arc<Looks>>,
}

/// Looks at heads of files on their way, one at a time: each may hold an index of megabytes.
#[derive(Debug)]
struct Looks(Mutex<Intake>);

impl Looks {
    fn glance(&self, path: &Path, arrived: u64, length: Option<u64>) -> io::Result<Head> {
        let intake = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        intake.glance(path, arrived, length)
    }
}

impl fmt::Debug for Spool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool")
            .field("folder", &self.folder)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Spool {
    /// Opens the spool of a data directory and makes its folder.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made.
    pub fn open(data_dir: &Path, limits: SpoolLimits) -> io::Result<Self> {
        let folder = data_dir.join(FOLDER);
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            folder: folder.into(),
            limits,
            places: Arc::new(Semaphore::new(limits.at_once)),
            intake: None,
        })
    }

    /// Looks at what came of an upload, and breaks it off where the rest is not worth waiting for.
    #[must_use]
    pub fn looking(mut self, intake: Intake) -> Self {
        self.intake = Some(Arc::new(Looks(Mutex::new(intake))));
        self
    }

    /// Whether a file of so many bytes may be written beside those in the folder.
    ///
    /// # Errors
    ///
    /// Of the kind [`io::ErrorKind::StorageFull`], with the [`Shortage`] in it.
    pub fn room_for(&self, bytes: u64) -> io::Result<()> {
        room(&self.folder, bytes.saturating_add(self.limits.reserve))
    }

    /// Removes what a crash left in the folder; how many files.
    ///
    /// Only for the process that holds the data directory's lock, and before it takes uploads.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn sweep(&self) -> io::Result<usize> {
        let mut removed = 0;
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                remove(&entry.path());
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// A fresh path in the folder, for a file derived from an upload. The name is ours, never the client's.
    #[must_use]
    pub fn fresh_path(&self) -> PathBuf {
        self.folder.join(format!("{}.part", random::base62(24)))
    }

    /// An empty file of ours in the folder, which nobody else may read, and which goes when this is
    /// dropped.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn scratch(&self) -> io::Result<Scratch> {
        let path = self.fresh_path();
        writer::create(&path)?;
        Ok(Scratch(path))
    }

    /// Whether the data directory may grow by something small. Asks the system, which is quick.
    ///
    /// # Errors
    ///
    /// [`SpoolError::Full`] when the rest is kept for posts under way.
    pub fn room_to_grow(&self) -> Result<(), SpoolError> {
        room(&self.folder, self.limits.floor).map_err(SpoolError::disk)
    }

    /// Takes a body to disk. `declared` is its `Content-Length`, if it said one.
    ///
    /// Returns after file and folder are synced. May be cancelled at any time: nothing stays then.
    ///
    /// # Errors
    ///
    /// [`SpoolError`]; whatever is refused from the declared length alone is refused before a byte is read.
    pub async fn receive<S>(&self, body: S, declared: Option<u64>) -> Result<Spooled, SpoolError>
    where
        S: Stream<Item = io::Result<Bytes>> + Send,
    {
        self.receive_even(body, declared, false).await
    }

    /// The same; with `curable`, what an encoder could mend is taken whole although it would be
    /// refused as it is.
    ///
    /// # Errors
    ///
    /// As [`Self::receive`].
    pub async fn receive_even<S>(
        &self,
        body: S,
        declared: Option<u64>,
        curable: bool,
    ) -> Result<Spooled, SpoolError>
    where
        S: Stream<Item = io::Result<Bytes>> + Send,
    {
        self.refuse_early(declared)?;
        let mut body = std::pin::pin!(body);
        let first = first(&mut body).await?;
        let _place = self.places.try_acquire().map_err(|_| SpoolError::Busy)?;
        let body = stream::once(async { Ok(first) }).chain(body);
        let glance = self.intake.clone().map(|looks| Glance {
            looks,
            length: declared,
            curable,
            next: FIRST as u64,
        });
        let mut writer = Writer::start(self.fresh_path(), self.limits.reserve, glance)?;
        let received = self.feed(body, &mut writer).await?;
        if let Some(declared) = declared.filter(|declared| *declared != received) {
            return Err(SpoolError::Length { declared, received });
        }
        if received == 0 {
            return Err(SpoolError::Empty);
        }
        writer.finish().await
    }

    /// What the declared length alone forbids, and what is full now and will hardly be free soon.
    fn refuse_early(&self, declared: Option<u64>) -> Result<(), SpoolError> {
        if self.places.available_permits() == 0 {
            return Err(SpoolError::Busy);
        }
        let Some(declared) = declared else {
            return Ok(());
        };
        let limit = self.limits.max_bytes;
        if declared > limit {
            return Err(SpoolError::TooLarge { limit });
        }
        let needed = declared.saturating_add(self.limits.reserve);
        room(&self.folder, needed).map_err(SpoolError::disk)
    }

    /// Feeds the writer; how many bytes came.
    async fn feed<S>(&self, body: S, writer: &mut Writer) -> Result<u64, SpoolError>
    where
        S: Stream<Item = io::Result<Bytes>> + Send,
    {
        let limit = self.limits.max_bytes;
        let mut body = std::pin::pin!(body);
        let mut buffer = writer.buffer();
        let mut received = 0u64;
        loop {
            let chunk = tokio::select! {
                // It may have seen enough while the rest is still waited for.
                failure = writer.failure() => return Err(failure),
                chunk = body.next() => chunk,
            };
            let Some(chunk) = chunk else { break };
            let chunk = chunk.map_err(SpoolError::body)?;
            received += chunk.len() as u64;
            if received > limit {
                return Err(SpoolError::TooLarge { limit });
            }
            let mut rest = &chunk[..];
            while !rest.is_empty() {
                let (now, later) = rest.split_at(rest.len().min(BUFFER - buffer.len()));
                buffer.extend_from_slice(now);
                rest = later;
                if buffer.len() == BUFFER {
                    writer.write(std::mem::take(&mut buffer)).await?;
                    buffer = writer.buffer();
                }
            }
        }
        if !buffer.is_empty() {
            writer.write(buffer).await?;
        }
        Ok(received)
    }
}

/// The first bytes of a body: [`FIRST`] or a few more, or all there are.
async fn first<S>(body: &mut S) -> Result<Bytes, SpoolError>
where
    S: Stream<Item = io::Result<Bytes>> + Unpin,
{
    let mut bytes = BytesMut::new();
    while bytes.len() < FIRST
        && let Some(chunk) = body.next().await
    {
        bytes.extend_from_slice(&chunk.map_err(SpoolError::body)?);
    }
    Ok(bytes.freeze())
}

/// An empty buffer of the right size.
fn empty_buffer() -> BytesMut {
    BytesMut::with_capacity(BUFFER)
}

#[cfg(test)]
mod tests;
