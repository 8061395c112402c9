//! Makes the files and judges them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use contentzavod_preflight::{Facts, Policy, Report, Shape, Transcode, Verdict, check, faststart};

use crate::probe;
use crate::row::{Make, Row};

/// A folder for the files.
pub(crate) struct Studio {
    folder: tempfile::TempDir,
}

/// What became of a row.
pub(crate) struct Judged {
    pub(crate) line: String,
    pub(crate) wrong: Vec<String>,
}

impl Studio {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes all files, those of ffmpeg first and two at a time; judges them in order.
    pub(crate) fn judge(&self, rows: &[Row]) -> Vec<Judged> {
        let (encoded, changed): (Vec<_>, Vec<_>) = rows
            .iter()
            .partition(|row| matches!(row.make, Make::Ffmpeg(_)));
        let queue = Mutex::new(encoded.into_iter());
        std::thread::scope(|threads| {
            for _ in 0..2 {
                threads.spawn(|| {
                    loop {
                        let Some(row) = queue.lock().expect("unpoisoned").next() else {
                            return;
                        };
                        self.make(row);
                    }
                });
            }
        });
        changed.into_iter().for_each(|row| self.make(row));
        rows.iter()
            .map(|row| judge(row, &self.path(row.name)))
            .collect()
    }

    fn make(&self, row: &Row) {
        match &row.make {
            Make::Ffmpeg(arguments) => {
                let mut words: Vec<String> =
                    arguments.split_whitespace().map(str::to_owned).collect();
                for word in &mut words {
                    // A file of another row.
                    if let Some(name) = word.strip_prefix('@') {
                        *word = self.path(name).display().to_string();
                    }
                }
                ffmpeg(&words, &self.path(row.name));
            }
            Make::Changed(from, change) => {
                let bytes = std::fs::read(self.path(from)).expect("made before");
                std::fs::write(self.path(row.name), change(bytes)).expect("written");
            }
        }
    }
}

fn ffmpeg(arguments: &[String], to: &Path) {
    let made = try_ffmpeg(arguments, to);
    made.unwrap_or_else(|said| panic!("{}: {said}", to.display()));
}

fn try_ffmpeg(arguments: &[String], to: &Path) -> Result<(), String> {
    let output = Command::new("ffmpeg")
        .args(["-hide_banner", "-v", "error", "-nostdin", "-y"])
        .args(arguments)
        .arg(to)
        .stdin(Stdio::null())
        .output()
        .expect("ffmpeg is installed by `cargo xtask test`");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    output.status.success().then_some(()).ok_or(said)
}

fn judge(row: &Row, path: &Path) -> Judged {
    let file = std::fs::File::open(path).expect("it was made");
    let length = file.metadata().expect("its length").len();
    let report = check(file, length, &Policy::instagram_reel());
    let mut wrong = Vec::new();
    let (errors, warnings) = told(&report);
    let expected = |rules: &[&str]| rules.iter().map(|r| (*r).to_owned()).collect();
    let (right, mild): (BTreeSet<String>, BTreeSet<String>) =
        (expected(&row.errors), expected(&row.warnings));
    if errors != right {
        wrong.push(format!("{}: errors {errors:?}, wanted {right:?}", row.name));
    }
    if warnings != mild {
        wrong.push(format!(
            "{}: warnings {warnings:?}, wanted {mild:?}",
            row.name
        ));
    }
    let verdict = match (errors.is_empty(), errors.len()) {
        (true, _) => Verdict::Accept,
        (_, 1) if errors.contains("container.moov_front") => Verdict::Fixable,
        _ => Verdict::Reject,
    };
    if report.verdict != verdict {
        wrong.push(format!("{}: {:?}", row.name, report.verdict));
    }
    if verdict == Verdict::Fixable {
        moved(row.name, path, &mut wrong);
    }
    let cure = if verdict == Verdict::Reject {
        cured(row.name, path, &report, &mut wrong)
    } else {
        String::new()
    };
    let probed = row.probed.then(|| probe::probe(path));
    if let Some(probed) = &probed {
        wrong.extend(probe::differences(row.name, &report.facts, probed));
    }
    let joined = |rules: BTreeSet<String>| Vec::from_iter(rules).join(" ");
    let line = format!(
        "| {} | {:?} | {} | {} | {} | {} | {cure} |",
        row.name,
        report.verdict,
        joined(errors),
        joined(warnings),
        shown(&report.facts),
        probed.map_or_else(|| "not asked".to_owned(), |p| p.shown()),
    );
    Judged { line, wrong }
}

/// Moves the index to the front; the packets must be the same to a byte.
fn moved(name: &str, path: &Path, wrong: &mut Vec<String>) {
    let fixed = path.with_file_name(format!("fixed-{name}"));
    let mut from = std::fs::File::open(path).expect("it was made");
    let length = from.metadata().expect("its length").len();
    let mut to = std::fs::File::create(&fixed).expect("a file beside it");
    faststart(&mut from, length, &mut to).expect("it is fixable");
    let length = to.metadata().expect("its length").len();
    let file = std::fs::File::open(&fixed).expect("it was made");
    let report = check(file, length, &Policy::instagram_reel());
    if report.verdict != Verdict::Accept {
        wrong.push(format!("{name} moved: {:?}", report.findings));
    }
    let (before, after) = (probe::packets(path), probe::packets(&fixed));
    if before != after || before.lines().count() < 100 {
        wrong.push(format!("{name} moved: its packets are others"));
    }
}

/// Encodes what is refused as the plan says; the result must pass. What shows only in the result is
/// planned for once more.
fn cured(name: &str, path: &Path, report: &Report, wrong: &mut Vec<String>) -> String {
    let mut findings = report.findings.clone();
    let mut duration = report.facts.duration_ms;
    for pass in 1..=2 {
        let plan = match Transcode::plan(&findings, duration, Shape::Keep) {
            Ok(plan) => plan,
            Err(never) if pass == 1 => return never.to_string(),
            // Without what an edit list cuts off, for one, it may be too short.
            Err(never) => return format!("encoded, and then {never}"),
        };
        let mended = path.with_file_name(format!("mended-{pass}-{name}.mp4"));
        let input = ["-i".to_owned(), path.display().to_string()];
        let words = [plan.reading(), &input[..], plan.arguments()].concat();
        if let Err(said) = try_ffmpeg(&words, &mended) {
            wrong.push(format!("{name} mended: {said}, by {words:?}"));
            return String::new();
        }
        let file = std::fs::File::open(&mended).expect("it was made");
        let length = file.metadata().expect("its length").len();
        let after = check(file, length, &Policy::instagram_reel());
        if after.verdict == Verdict::Accept {
            let warnings = told(&after).1;
            let stays = |rule: &&str| warnings.contains(*rule);
            let changes = plan.changes.iter().map(|change| change.rule.as_str());
            wrong.extend(
                changes
                    .filter(stays)
                    .map(|rule| format!("{name} mended: {rule} stays")),
            );
            let copied = plan.arguments().iter().filter(|word| *word == "copy");
            let how = ["encoded", "one stream copied", "copied"][copied.count()];
            return format!("{how} (pass {pass})");
        }
        findings.extend(
            after
                .findings
                .into_iter()
                .filter(contentzavod_preflight::Finding::is_error),
        );
        duration = after.facts.duration_ms;
    }
    wrong.push(format!("{name} is not mended: {findings:?}"));
    String::new()
}

fn told(report: &Report) -> (BTreeSet<String>, BTreeSet<String>) {
    let (errors, warnings): (Vec<_>, Vec<_>) = report.findings.iter().partition(|f| f.is_error());
    let ids = |list: Vec<&contentzavod_preflight::Finding>| {
        list.into_iter().map(|f| f.rule.clone()).collect()
    };
    (ids(errors), ids(warnings))
}

fn shown(facts: &Facts) -> String {
    let mut parts = Vec::new();
    if let Some(video) = &facts.video {
        parts.push(format!(
            "{} {}x{} r{} {:.2} fps {} {}-bit",
            video.codec,
            video.coded_width.unwrap_or_default(),
            video.coded_height.unwrap_or_default(),
            video.rotation,
            video.fps.unwrap_or_default(),
            video.chroma.as_deref().unwrap_or("?"),
            video.bit_depth.unwrap_or_default(),
        ));
    }
    if let Some(audio) = &facts.audio {
        parts.push(format!(
            "{} {} Hz {} ch",
            audio.codec,
            audio.sample_rate.unwrap_or_default(),
            audio.channels.unwrap_or_default()
        ));
    }
    let seconds = facts
        .duration_ms
        .map(|ms| format!("{}.{:03} s", ms / 1000, ms % 1000));
    parts.extend(seconds);
    parts.join(", ")
}
