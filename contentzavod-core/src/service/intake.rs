//! A spooled file on its way in: checked, and mended where that changes neither picture nor sound.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

use contentzavod_preflight::{
    FaststartError, Kind, Policy, Report, Verdict, check, check_cover, faststart, moved, sniff,
};
use sha2::{Digest, Sha256};

use crate::model::MediaKind;

/// What a file is.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) kind: MediaKind,
    pub(super) content_type: &'static str,
    pub(super) report: Report,
    /// The SHA-256 of the mended bytes, which lie where the others lay.
    pub(super) mended: Option<String>,
}

/// Reads the file as what its bytes say it is, and mends it in its place if that makes it acceptable.
pub(super) fn take_in(path: &Path) -> io::Result<Checked> {
    let checked = examine(path)?;
    if checked.report.verdict != Verdict::Fixable {
        return Ok(checked);
    }
    let beside = Beside::new(path)?;
    let sha256 = match write(path, &beside) {
        Ok(sha256) => sha256,
        Err(FaststartError::Io(error)) => return Err(error),
        // It is refused then, with the words of the check.
        Err(_) => return Ok(checked),
    };
    let mut mended = examine(&beside.0)?;
    if mended.report.verdict != Verdict::Accept {
        return Ok(checked);
    }
    fs::rename(&beside.0, path)?;
    mended.report.findings.push(moved());
    mended.mended = Some(sha256);
    Ok(mended)
}

/// A file beside another, gone at the end unless it was renamed.
struct Beside(PathBuf);

impl Beside {
    fn new(path: &Path) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(".front");
        let beside = PathBuf::from(name);
        File::create(&beside)?;
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
        file: File::create(&beside.0)?,
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

fn examine(path: &Path) -> io::Result<Checked> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::with_capacity(64);
    (&mut file).take(64).read_to_end(&mut head)?;
    file.rewind()?;
    let (kind, content_type, report) = match sniff(&head) {
        Some(Kind::Jpeg) => {
            let policy = Policy::instagram_cover();
            let report = check_cover(BufReader::new(file), length, &policy);
            (MediaKind::Image, "image/jpeg", report)
        }
        // What is neither is named by the video's rules.
        kind => {
            // Few bytes are read, far apart: a buffer would read more.
            let report = check(file, length, &Policy::instagram_reel());
            let content_type = match kind {
                Some(Kind::Mov) => "video/quicktime",
                _ => "video/mp4",
            };
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
