//! One run of ffmpeg: its arguments as a list, nothing of ours in its environment, and an end.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use async_trait::async_trait;
use contentzavod_preflight::Transcode;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::Instant;

use crate::config::Ffmpeg;

/// A run that takes longer hangs, or is more than a server of this size should do.
const LIMIT: Duration = Duration::from_secs(30 * 60);
/// Addresses, in bytes: 4K takes a third of it.
const MEMORY_MAX: &str = "--as=4294967296";
/// Asking how long a file lasts takes a moment, or is given up.
const PROBE: Duration = Duration::from_secs(20);
/// How often progress is told.
const TELL: Duration = Duration::from_secs(2);
/// What is kept of its complaints, for the log.
const COMPLAINTS: u64 = 4096;

/// ffmpeg, where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoder {
    program: PathBuf,
    /// Programs that start it with less of everything, each with its arguments.
    around: Vec<OsString>,
    limit: Duration,
}

/// Hears how far a run is.
#[async_trait]
pub trait Listener: Send + Sync {
    /// So many of a hundred are done; whether to go on.
    async fn goes_on(&self, percent: u8) -> bool;
}

/// Why there is no new file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// It could not be started.
    #[error("ffmpeg could not be started: {0}")]
    Start(#[source] io::Error),
    /// It ended with an error; its last words.
    #[error("ffmpeg ended with {status}: {said}")]
    Failed {
        /// How it ended.
        status: std::process::ExitStatus,
        /// What it wrote.
        said: String,
    },
    /// It ran out of time and was ended.
    #[error("ffmpeg took longer than {} minutes", .0.as_secs() / 60)]
    TooLong(Duration),
    /// Whoever waits for it wants it no more; it was ended.
    #[error("it was called off")]
    CalledOff,
}

impl Encoder {
    /// The program of the settings, or of the search path; `None` where there is none or it is off.
    ///
    /// # Errors
    ///
    /// When the settings name a program that is not there.
    pub fn find(setting: &Ffmpeg) -> Result<Option<Self>, String> {
        let program = match setting {
            Ffmpeg::Off => return Ok(None),
            Ffmpeg::Auto => on_path("ffmpeg"),
            Ffmpeg::At(path) if is_program(path) => Some(path.clone()),
            Ffmpeg::At(path) => {
                let path = path.display();
                return Err(format!(
                    "{path} (CONTENTZAVOD_MEDIA__FFMPEG) is no program that can be run"
                ));
            }
        };
        Ok(program.map(|program| Self {
            program,
            around: around(),
            limit: LIMIT,
        }))
    }

    /// The same, with less time for a run.
    #[must_use]
    pub const fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Encodes a file of so many milliseconds.
    ///
    /// Dropping the future ends the program.
    ///
    /// # Errors
    ///
    /// [`EncodeError`]; what lies at `to` is of no use then.
    pub async fn encode(
        &self,
        from: &Path,
        to: &Path,
        plan: &Transcode,
        duration_ms: Option<u64>,
        told: &dyn Listener,
    ) -> Result<(), EncodeError> {
        // Of a format that is not looked into it is asked of the program's companion.
        let duration_ms = match duration_ms {
            Some(ms) => Some(ms),
            None => self.lasts(from, plan).await,
        };
        let mut child = self
            .command(from, to, plan)
            .spawn()
            .map_err(EncodeError::Start)?;
        ends_first(&child);
        let run = finish(&mut child, duration_ms, told);
        let ended = tokio::time::timeout(self.limit, run).await;
        let outcome = ended.unwrap_or(Err(EncodeError::TooLong(self.limit)));
        if outcome.is_err() {
            // It may be gone already.
            drop(child.kill().await);
        }
        outcome
    }

    /// How long a file lasts, in milliseconds, where ffprobe stands beside ffmpeg.
    async fn lasts(&self, from: &Path, plan: &Transcode) -> Option<u64> {
        let mut probe = Command::new(self.program.with_file_name("ffprobe"));
        probe
            .args(["-v", "error", "-protocol_whitelist", "file,pipe"])
            // Its format, and nothing about pictures that are not decoded here.
            .args(plan.reading().get(..2).unwrap_or_default())
            .args(["-show_entries", "format=duration", "-of", "csv=p=0"])
            .arg(file(from))
            .env_clear()
            .stdin(Stdio::null())
            .kill_on_drop(true);
        let output = tokio::time::timeout(PROBE, probe.output())
            .await
            .ok()?
            .ok()?;
        let seconds: f64 = String::from_utf8_lossy(&output.stdout)
            .trim()
            .parse()
            .ok()?;
        let ms = (seconds * 1000.0).clamp(0.0, 1e12);
        // Whole and in bounds.
        Some(ms as u64).filter(|ms| *ms > 0)
    }

    fn command(&self, from: &Path, to: &Path, plan: &Transcode) -> Command {
        let mut words = self.around.iter();
        let mut command = match words.next() {
            Some(first) => {
                let mut command = Command::new(first);
                command.args(words).arg(&self.program);
                command
            }
            None => Command::new(&self.program),
        };
        command
            .args(["-hide_banner", "-nostdin", "-v", "error", "-nostats"])
            .args(["-progress", "pipe:1"])
            // What the file may be is said before it is opened: a list of other files would be
            // followed, into this machine's folders or the network.
            .args(["-protocol_whitelist", "file,pipe"])
            .args(plan.reading())
            .arg("-i")
            .arg(file(from))
            .args(plan.arguments())
            // Made before, so that nobody else may read it.
            .arg("-y")
            .arg(file(to))
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

/// Starts the program with low priority, ends it with this process, and keeps its memory in bounds,
/// as far as the system has what that takes.
fn around() -> Vec<OsString> {
    let programs: [(&str, &[&str]); 3] = [
        ("nice", &["-n", "19"]),
        ("setpriv", &["--pdeathsig", "KILL"]),
        ("prlimit", &[MEMORY_MAX]),
    ];
    let found = programs.into_iter().filter_map(|(name, arguments)| {
        let program = on_path(name)?.into_os_string();
        let arguments = arguments.iter().map(OsString::from);
        Some(std::iter::once(program).chain(arguments))
    });
    found.flatten().collect()
}

/// When memory runs out, it is the encoder that the system ends and not the engine.
fn ends_first(child: &Child) {
    if let Some(id) = child.id() {
        // Where there is no such thing, there is nothing to be done.
        drop(std::fs::write(format!("/proc/{id}/oom_score_adj"), "1000"));
    }
}

/// A path that is neither an option nor another protocol.
fn file(path: &Path) -> OsString {
    let mut name = OsString::from("file:");
    name.push(path);
    name
}

async fn finish(
    child: &mut Child,
    duration_ms: Option<u64>,
    told: &dyn Listener,
) -> Result<(), EncodeError> {
    let (progress, complaints) = (child.stdout.take(), child.stderr.take());
    let listening = async {
        let (mut last, mut done) = (Instant::now(), 0);
        let mut lines = progress.map(|stdout| BufReader::new(stdout).lines());
        while let Some(lines) = &mut lines
            && let Ok(Some(line)) = lines.next_line().await
        {
            done = percent(&line, duration_ms).unwrap_or(done);
            if last.elapsed() >= TELL {
                last = Instant::now();
                if !told.goes_on(done).await {
                    return false;
                }
            }
        }
        true
    };
    let (goes_on, said) = tokio::join!(
        async {
            let goes_on = listening.await;
            if !goes_on {
                drop(child.start_kill());
            }
            goes_on
        },
        words(complaints)
    );
    if !goes_on {
        return Err(EncodeError::CalledOff);
    }
    let status = child.wait().await.map_err(EncodeError::Start)?;
    if status.success() {
        return Ok(());
    }
    Err(EncodeError::Failed { status, said })
}

/// `out_time_us=1500000`: of a hundred.
fn percent(line: &str, duration_ms: Option<u64>) -> Option<u8> {
    let us: u64 = line.strip_prefix("out_time_us=")?.trim().parse().ok()?;
    let whole = duration_ms.filter(|ms| *ms > 0)?;
    u8::try_from((us / 10).checked_div(whole)?.min(99)).ok()
}

/// The first words of a stream; the rest is read and forgotten, so that nobody waits to write it.
async fn words(stream: Option<impl AsyncRead + Unpin>) -> String {
    let Some(mut stream) = stream else {
        return String::new();
    };
    let mut kept = Vec::new();
    let read = (&mut stream).take(COMPLAINTS).read_to_end(&mut kept).await;
    if read.is_ok() {
        drop(tokio::io::copy(&mut stream, &mut tokio::io::sink()).await);
    }
    String::from_utf8_lossy(&kept).trim().to_owned()
}

/// The first program of a name on the search path.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let places = std::env::split_paths(&path);
    places
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|program| is_program(program))
}

fn is_program(path: &Path) -> bool {
    let Ok(metadata) = path.metadata() else {
        return false;
    };
    #[cfg(unix)]
    let runs = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let runs = true;
    metadata.is_file() && runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_and_never_whole() {
        assert_eq!(percent("out_time_us=1500000", Some(3_000)), Some(50));
        assert_eq!(percent("out_time_us=9000000", Some(3_000)), Some(99));
        assert_eq!(percent("out_time_us=0", Some(0)), None);
        assert_eq!(percent("out_time_us=N/A", Some(3_000)), None);
        assert_eq!(percent("frame=12", Some(3_000)), None);
        assert_eq!(percent("out_time_us=1500000", None), None);
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let refused = Encoder::find(&Ffmpeg::At("/nowhere/ffmpeg".into())).unwrap_err();
        assert!(refused.contains("/nowhere/ffmpeg"), "{refused}");
        assert_eq!(Encoder::find(&Ffmpeg::Off), Ok(None));
        // A file that nobody may run.
        let words = tempfile::NamedTempFile::new().unwrap();
        assert!(Encoder::find(&Ffmpeg::At(words.path().into())).is_err());
    }
}
