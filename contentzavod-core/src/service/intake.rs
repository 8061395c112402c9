//! A spooled file on its way in: checked, and mended where that changes neither picture nor sound.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use contentzavod_preflight::{
    FaststartError, Head, Kind, Policy, Report, SNIFFED, Verdict, check, check_cover, check_head,
    faststart, moved, sniff,
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::model::MediaKind;

/// Files that are looked at, or mended, at the same time.
const AT_ONCE: usize = 2;

/// Says whether so many bytes may be written beside a file.
type Room = Arc<dyn Fn(&Path, u64) -> io::Result<()> + Send + Sync>;

/// What files must be to be taken in.
#[derive(Clone)]
pub struct Intake {
    /// Of videos.
    pub video: Policy,
    /// Of covers.
    pub cover: Policy,
    room: Room,
    /// Each file that is looked at may hold an index of megabytes.
    gate: Arc<Semaphore>,
}

impl Default for Intake {
    /// As Instagram takes them.
    fn default() -> Self {
        Self {
            video: Policy::instagram_reel(),
            cover: Policy::instagram_cover(),
            room: Arc::new(|_, _| Ok(())),
            gate: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intake")
            .field("video", &self.video.name)
            .field("cover", &self.cover.name)
            .finish_non_exhaustive()
    }
}

impl Intake {
    /// Asks before a copy of so many bytes is written beside a file: a mended video lies on the disk
    /// twice for a moment.
    #[must_use]
    pub fn with_room(
        mut self,
        room: impl Fn(&Path, u64) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.room = Arc::new(room);
        self
    }

    /// Looks at the first `arrived` bytes of an upload, of `length` in all where that is known.
    /// Blocks its thread for as long as a few megabytes take to be read.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn glance(&self, path: &Path, arrived: u64, length: Option<u64>) -> io::Result<Head> {
        check_head(&mut File::open(path)?, arrived, length, &self.video)
    }

    /// Takes in a file beside not too many others.
    pub(super) async fn admit(&self, path: PathBuf) -> io::Result<Checked> {
        let turn = Arc::clone(&self.gate).acquire_owned();
        let turn = turn.await.map_err(io::Error::other)?;
        let intake = self.clone();
        let taken = tokio::task::spawn_blocking(move || {
            let taken = intake.take_in(&path);
            drop(turn);
            taken
        });
        taken.await.map_err(io::Error::other)?
    }

    /// Reads the file as what its bytes say it is, and mends it in its place if that makes it
    /// acceptable.
    fn take_in(&self, path: &Path) -> io::Result<Checked> {
        let checked = self.examine(path)?;
        if checked.report.verdict != Verdict::Fixable {
            return Ok(checked);
        }
        (self.room)(path, checked.report.facts.bytes)?;
        let beside = Beside::new(path)?;
        let sha256 = match write(path, &beside) {
            Ok(sha256) => sha256,
            Err(FaststartError::Io(error)) => return Err(error),
            // It is refused then, with the words of the check.
            Err(_) => return Ok(checked),
        };
        let mut mended = self.examine(&beside.0)?;
        if mended.report.verdict != Verdict::Accept {
            return Ok(checked);
        }
        fs::rename(&beside.0, path)?;
        mended.report.findings.push(moved());
        mended.mended = Some(sha256);
        Ok(mended)
    }

    fn examine(&self, path: &Path) -> io::Result<Checked> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut head = Vec::with_capacity(SNIFFED);
        (&mut file).take(SNIFFED as u64).read_to_end(&mut head)?;
        file.rewind()?;
        let (kind, content_type, report) = match sniff(&head) {
            Some(Kind::Jpeg) => {
                let report = check_cover(BufReader::new(file), length, &self.cover);
                (MediaKind::Image, "image/jpeg", report)
            }
            // What is neither is named by the video's rules.
            kind => {
                // Few bytes are read, far apart: a buffer would read more.
                let report = check(file, length, &self.video);
                let content_type = kind.map_or("application/octet-stream", Kind::content_type);
                (MediaKind::Video, content_type, report)
            }
        };
        Ok(Checked {
            kind,
            content_type,
            report,
            mended: None,
        })
    }
}

/// What a file is.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) kind: MediaKind,
    pub(super) content_type: &'static str,
    pub(super) report: Report,
    /// The SHA-256 of the mended bytes, which lie where the others lay.
    pub(super) mended: Option<String>,
}

/// A file beside another, gone at the end unless it was renamed.
struct Beside(PathBuf);

impl Beside {
    fn new(path: &Path) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(".front");
        let beside = PathBuf::from(name);
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&beside)?;
        Ok(Self(beside))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After a rename there is none; what stays else goes when the folder is swept.
        drop(fs::remove_file(&self.0));
    }
}

/// Writes the file anew; on disk when it returns. The SHA-256 of what was written.
fn write(path: &Path, beside: &Beside) -> Result<String, FaststartError> {
    let mut from = File::open(path)?;
    let length = from.metadata()?.len();
    let mut to = Hashing {
        file: File::options().write(true).open(&beside.0)?,
        hash: Sha256::new(),
    };
    faststart(&mut from, length, &mut to)?;
    to.file.sync_all()?;
    Ok(hex::encode(to.hash.finalize()))
}

struct Hashing {
    file: File,
    hash: Sha256,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
