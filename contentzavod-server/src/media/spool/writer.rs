//! The blocking side of an upload: a thread that hashes, writes and syncs.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc as blocking};

use aws_lc_rs::digest::{Context, SHA256};
use bytes::BytesMut;
use contentzavod_preflight::{Head, Report, Shape, Transcode};
use tokio::sync::{mpsc, oneshot};

use super::{Looks, Scratch, SpoolError, Spooled, empty_buffer};

/// Buffers on their way to the thread. With the one being filled and the one being written: 4 MiB.
const QUEUE: usize = 2;
/// The thread hashes, writes and looks at heads; a small stack keeps many uploads cheap.
const STACK: usize = 1 << 20;

/// How to look at a head, and when next.
#[derive(Debug)]
pub(super) struct Glance {
    pub(super) looks: Arc<Looks>,
    /// Of the whole file, where it was declared.
    pub(super) length: Option<u64>,
    /// What an encoder could mend is not hopeless.
    pub(super) curable: bool,
    /// So many bytes must be there.
    pub(super) next: u64,
}

impl Glance {
    /// Refuses what is hopeless; says nothing about what cannot be told yet.
    fn look(&mut self, path: &Path, arrived: u64) -> Result<(), SpoolError> {
        if arrived < self.next {
            return Ok(());
        }
        let head = self.looks.glance(path, arrived, self.length);
        match head.map_err(SpoolError::Disk)? {
            Head::Wants(bytes) => self.next = bytes,
            Head::Later => self.next = u64::MAX,
            Head::Hopeless(report) if self.curable && is_curable(&report) => {
                self.next = u64::MAX;
            }
            Head::Hopeless(report) => return Err(SpoolError::Hopeless(report.findings)),
        }
        Ok(())
    }
}

fn is_curable(report: &Report) -> bool {
    Transcode::plan(&report.findings, report.facts.duration_ms, Shape::Keep).is_ok()
}

enum Order {
    Write(BytesMut),
    Finish,
}

/// A writer thread, seen from the async side. Dropping it without `finish` removes the file.
#[derive(Debug)]
pub(super) struct Writer {
    orders: mpsc::Sender<Order>,
    used: blocking::Receiver<BytesMut>,
    done: oneshot::Receiver<Result<Spooled, SpoolError>>,
}

impl Writer {
    /// Starts the thread, which makes the file and leaves `reserve` bytes of the disk free.
    pub(super) fn start(
        path: PathBuf,
        reserve: u64,
        glance: Option<Glance>,
    ) -> Result<Self, SpoolError> {
        let (orders, inbox) = mpsc::channel(QUEUE);
        let (give_back, used) = blocking::channel();
        let (answer, done) = oneshot::channel();
        std::thread::Builder::new()
            .name("upload".into())
            .stack_size(STACK)
            .spawn(move || {
                // Also when a fault of ours ends the thread: nobody else knows of the file.
                let kept = Scratch(path.clone());
                let result = run(&path, inbox, &give_back, reserve, glance);
                let outcome = match result {
                    Ok(Some((bytes, sha256))) => {
                        kept.keep();
                        Ok(Spooled {
                            path,
                            bytes,
                            sha256,
                        })
                    }
                    Ok(None) => return,
                    Err(error) => {
                        drop(kept);
                        Err(error)
                    }
                };
                // Nobody waits any more when the client broke off: the file goes with the answer.
                drop(answer.send(outcome));
            })
            .map_err(SpoolError::Disk)?;
        Ok(Self { orders, used, done })
    }

    /// A buffer to fill: one the thread is done with, or a new one.
    pub(super) fn buffer(&self) -> BytesMut {
        self.used.try_recv().unwrap_or_else(|_| empty_buffer())
    }

    /// Hands a buffer over; waits while the thread is behind.
    pub(super) async fn write(&mut self, buffer: BytesMut) -> Result<(), SpoolError> {
        match self.orders.send(Order::Write(buffer)).await {
            Ok(()) => Ok(()),
            Err(_) => Err(self.failure().await),
        }
    }

    /// Says that all bytes came, and waits until they are on disk.
    pub(super) async fn finish(mut self) -> Result<Spooled, SpoolError> {
        if self.orders.send(Order::Finish).await.is_err() {
            return Err(self.failure().await);
        }
        self.done.await.unwrap_or_else(|_| Err(died()))
    }

    /// Why the thread stopped listening; pending while it listens.
    pub(super) async fn failure(&mut self) -> SpoolError {
        match (&mut self.done).await {
            Ok(Err(error)) => error,
            // An answer before `finish` is always an error; none means that the thread panicked.
            Ok(Ok(_)) | Err(_) => died(),
        }
    }
}

/// The thread's work: how many bytes are on disk, and their hash; `None` when the client broke off.
fn run(
    path: &Path,
    inbox: mpsc::Receiver<Order>,
    give_back: &blocking::Sender<BytesMut>,
    reserve: u64,
    mut glance: Option<Glance>,
) -> Result<Option<(u64, String)>, SpoolError> {
    let file = create(path).map_err(SpoolError::disk)?;
    let room = |bytes| room(path, bytes, reserve);
    let look = |arrived| match &mut glance {
        Some(glance) => glance.look(path, arrived),
        None => Ok(()),
    };
    let written = write_all(file, inbox, give_back, room, look)?;
    settle(written, path).map_err(SpoolError::disk)
}

fn died() -> SpoolError {
    SpoolError::Disk(io::Error::other("the writer of the upload stopped"))
}

/// A new file that nobody else may read.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What writing came to: file, length and hash; `None` when the client broke off.
type Written = Option<(File, u64, String)>;

/// Refuses to write so many bytes where fewer than `reserve` would stay free. One call a buffer
/// costs nothing beside writing it, and a length that was not declared is kept to like any other.
fn room(path: &Path, bytes: usize, reserve: u64) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    super::room(folder, reserve.saturating_add(bytes as u64))
}

/// Writes until told to finish; `room` says before each buffer whether there is any, `look` after
/// it whether more is wanted.
fn write_all(
    mut file: File,
    mut inbox: mpsc::Receiver<Order>,
    give_back: &blocking::Sender<BytesMut>,
    room: impl Fn(usize) -> io::Result<()>,
    mut look: impl FnMut(u64) -> Result<(), SpoolError>,
) -> Result<Written, SpoolError> {
    let mut hash = Context::new(&SHA256);
    let mut bytes = 0u64;
    while let Some(order) = inbox.blocking_recv() {
        let Order::Write(mut buffer) = order else {
            return Ok(Some((file, bytes, hex::encode(hash.finish()))));
        };
        room(buffer.len()).map_err(SpoolError::disk)?;
        hash.update(&buffer);
        file.write_all(&buffer).map_err(SpoolError::disk)?;
        bytes += buffer.len() as u64;
        buffer.clear();
        // The other side may be gone; the closed channel tells at the next turn.
        drop(give_back.send(buffer));
        look(bytes)?;
    }
    Ok(None)
}

/// Brings file and name to disk.
fn settle(written: Written, path: &Path) -> io::Result<Option<(u64, String)>> {
    let Some((file, bytes, sha256)) = written else {
        return Ok(None);
    };
    file.sync_all()?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(Some((bytes, sha256)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_apart() {
        let (orders, inbox) = mpsc::channel(1);
        let (give_back, _used) = blocking::channel();
        orders
            .try_send(Order::Write(BytesMut::from(&[7u8; 4096][..])))
            .unwrap();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let written = write_all(full, inbox, &give_back, |_| Ok(()), |_| Ok(()));
        assert!(matches!(written, Err(SpoolError::Full(_))));
    }
}
