//! The pre-flight: time and bytes of a check, memory, and moving an index beside `cp`.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use contentzavod_preflight::{Policy, Report, Verdict, check, faststart};

use crate::engine::Failure;

/// The small file: the Reel of the demo.
const REEL: &[u8] = include_bytes!("../../contentzavod-preflight/tests/data/reel.mp4");
/// Seconds of the piece that a large file repeats.
const PIECE: u64 = 10;

/// Counts what is read.
#[derive(Debug)]
pub struct Counting<R> {
    inner: R,
    /// Bytes that were read.
    pub read: u64,
}

impl<R> Counting<R> {
    /// Counts from here.
    pub const fn new(inner: R) -> Self {
        Self { inner, read: 0 }
    }
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

impl<R: Seek> Seek for Counting<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Checks a file: what was found, what was read, how long it took.
///
/// # Errors
///
/// When the file cannot be read.
pub fn checked(path: &Path) -> io::Result<(Report, u64, Duration)> {
    let start = Instant::now();
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut reader = Counting::new(file);
    let report = check(&mut reader, length, &Policy::instagram_reel());
    Ok((report, reader.read, start.elapsed()))
}

/// A table of all figures.
///
/// # Errors
///
/// When ffmpeg or the disk refuses something.
pub fn measure(program: &Path, megabytes: u64, rounds: usize) -> Result<String, Failure> {
    let folder = tempfile::tempdir()?;
    let small = folder.path().join("small.mp4");
    std::fs::write(&small, REEL)?;
    let (front, behind) = large(folder.path(), megabytes)?;
    let length = std::fs::metadata(&front)?.len();
    let mut small_took = Vec::new();
    let mut large_took = Vec::new();
    let (mut cp, mut moved) = (Vec::new(), Vec::new());
    let mut read = 0;
    for _ in 0..rounds {
        small_took.push(accepted(&small)?.1);
        let (bytes, took) = accepted(&front)?;
        read = bytes;
        large_took.push(took);
        // In turn, each onto a name that is free.
        cp.push(copied(&behind, &folder.path().join("copy.mp4"))?);
        moved.push(fronted(&behind, &folder.path().join("moved.mp4"))?);
    }
    let (cp, moved) = (median(cp), median(moved));
    let ratio = cp.as_secs_f64() / moved.as_secs_f64();
    let rows = [
        (
            "check of the small file",
            format!("{:.2?}", median(small_took)),
        ),
        (
            "check of the large file",
            format!("{:.2?}", median(large_took)),
        ),
        ("bytes read of it", format!("{read} of {length}")),
        ("peak memory of that check", peak(program, "check", &front)?),
        ("cp of the large file", format!("{cp:.2?}")),
        ("its index moved to the front", format!("{moved:.2?}")),
        ("speed of moving, cp = 1", format!("{ratio:.2}")),
        (
            "peak memory of moving",
            peak(program, "faststart", &behind)?,
        ),
    ];
    let line = |(what, figure): &(&str, String)| format!("| {what} | {figure} |");
    let lines: Vec<_> = rows.iter().map(line).collect();
    Ok(format!(
        "| figure | median |\n|---|---|\n{}",
        lines.join("\n")
    ))
}

fn accepted(path: &Path) -> Result<(u64, Duration), Failure> {
    let (report, read, took) = checked(path)?;
    if report.verdict != Verdict::Accept {
        return Err(format!("{}: {:?}", path.display(), report.findings).into());
    }
    Ok((read, took))
}

/// Two files of one video, the index in front and behind.
fn large(folder: &Path, megabytes: u64) -> Result<(PathBuf, PathBuf), Failure> {
    let [piece, front, behind] = ["piece.mp4", "front.mp4", "behind.mp4"].map(|n| folder.join(n));
    // A constant rate, so that the length follows from the size: fifteen minutes at 300 MB.
    let rate = "-b:v 2500k -maxrate 2500k -minrate 2500k -bufsize 2500k -x264-params nal-hrd=cbr";
    let source =
        format!("-f lavfi -i testsrc2=s=720x1280:r=30:d={PIECE} -f lavfi -i sine=d={PIECE}");
    let codec = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -b:a 96k -ac 2";
    ffmpeg(&format!("{source} {codec} {rate}"), None, "", &piece)?;
    let bytes = std::fs::metadata(&piece)?.len();
    let times = (megabytes * 1_000_000)
        .checked_div(bytes)
        .unwrap_or(1)
        .max(1);
    let again = format!("-stream_loop {}", times - 1);
    ffmpeg(&again, Some(&piece), "-c copy -movflags +faststart", &front)?;
    ffmpeg(&again, Some(&piece), "-c copy", &behind)?;
    Ok((front, behind))
}

fn ffmpeg(before: &str, from: Option<&Path>, after: &str, to: &Path) -> Result<(), Failure> {
    let mut command = Command::new("ffmpeg");
    command
        .args(["-v", "error", "-nostdin", "-y"])
        .args(before.split_whitespace());
    if let Some(from) = from {
        command.arg("-i").arg(from);
    }
    let status = command
        .args(after.split_whitespace())
        .arg(to)
        .stdin(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("ffmpeg ended with {status}").into()),
        Err(error) => {
            Err(format!("ffmpeg makes the files, and could not be started: {error}").into())
        }
    }
}

/// A plain copy, byte by byte, as everybody has it.
fn copied(from: &Path, to: &Path) -> Result<Duration, Failure> {
    let start = Instant::now();
    let status = Command::new("cp")
        .arg("--reflink=never")
        .arg(from)
        .arg(to)
        .status()?;
    let took = start.elapsed();
    if !status.success() {
        return Err(format!("cp ended with {status}").into());
    }
    std::fs::remove_file(to)?;
    Ok(took)
}

fn fronted(from: &Path, to: &Path) -> Result<Duration, Failure> {
    let start = Instant::now();
    front(from, to)?;
    let took = start.elapsed();
    let (report, ..) = checked(to)?;
    if report.facts.moov_front != Some(true) {
        return Err("the index was not moved".into());
    }
    std::fs::remove_file(to)?;
    Ok(took)
}

fn front(from: &Path, to: &Path) -> Result<(), Failure> {
    let mut reader = File::open(from)?;
    let length = reader.metadata()?.len();
    let mut writer = File::create(to)?;
    faststart(&mut reader, length, &mut writer)?;
    writer.flush()?;
    Ok(())
}

/// The figure of a process of its own: memory is never given back to be measured again.
fn peak(program: &Path, work: &str, file: &Path) -> Result<String, Failure> {
    let output = Command::new(program)
        .args(["peak-of", work])
        .arg(file)
        .output()?;
    let kib: u64 = String::from_utf8_lossy(&output.stdout).trim().parse()?;
    Ok(format!("{:.1} MiB", kib as f64 / 1024.0))
}

/// Does the work, and says how much memory this process ever had, in KiB.
///
/// # Errors
///
/// When the file cannot be read, or the system does not tell.
pub fn peak_of(work: &str, file: &Path) -> Result<u64, Failure> {
    match work {
        "check" => drop(checked(file)?),
        "faststart" => {
            let to = file.with_extension("peak");
            front(file, &to)?;
            std::fs::remove_file(to)?;
        }
        other => return Err(format!("{other} is neither check nor faststart").into()),
    }
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(kib.ok_or("the system does not tell")?.parse()?)
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}
