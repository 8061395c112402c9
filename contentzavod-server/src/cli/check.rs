//! `contentzavod check`: the pre-flight of files, offline.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use contentzavod_core::model::Lang;
use contentzavod_preflight::{
    Facts, Finding, Kind, Policy, Report, Verdict, check, check_cover, localise, sniff,
};
use serde_json::json;

use super::{Done, say};

/// Say what Instagram would refuse in video files; nothing is sent anywhere
///
/// A file that would be refused ends with exit code 1, one that cannot be read with 2.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Videos (MP4, MOV) or covers (JPEG).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One JSON object a line instead of text.
    #[arg(long)]
    json: bool,
    /// Language of the text.
    #[arg(long, value_parser = ["en", "ru"], default_value = "en")]
    lang: String,
}

pub(super) fn run(options: &Options) -> Done {
    let lang = Lang::of(&options.lang);
    let mut worst = 0;
    for file in &options.files {
        let code = match examine(file) {
            Ok(report) => {
                tell(file, &localised(report.clone(), lang), options.json);
                u8::from(report.verdict != Verdict::Accept)
            }
            Err(error) => {
                let name = file.display();
                if options.json {
                    say(json!({ "file": name.to_string(), "error": error.to_string() }));
                } else {
                    say(format_args!("{name}: cannot be read: {error}"));
                }
                2
            }
        };
        worst = worst.max(code);
    }
    Ok(ExitCode::from(worst))
}

fn examine(path: &Path) -> std::io::Result<Report> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::with_capacity(64);
    (&mut file).take(64).read_to_end(&mut head)?;
    file.rewind()?;
    let reader = BufReader::new(file);
    Ok(if sniff(&head) == Some(Kind::Jpeg) {
        check_cover(reader, length, &Policy::instagram_cover())
    } else {
        check(reader, length, &Policy::instagram_reel())
    })
}

fn localised(mut report: Report, lang: Lang) -> Report {
    let findings = report.findings.iter();
    report.findings = findings.map(|finding| localise(finding, lang)).collect();
    report
}

fn tell(path: &Path, report: &Report, as_json: bool) {
    let name = path.display();
    if as_json {
        let mut value = json!(report);
        value["file"] = name.to_string().into();
        return say(value);
    }
    let verdict = match report.verdict {
        Verdict::Accept => "would be taken",
        Verdict::Fixable => "would be refused; can be mended without touching the picture",
        Verdict::Reject => "would be refused",
    };
    say(format_args!("{name}: {verdict}"));
    say(format_args!("  {}", facts(&report.facts)));
    for finding in &report.findings {
        for line in words(finding) {
            say(format_args!("  {line}"));
        }
    }
}

/// What the file is, in one line.
pub(super) fn facts(facts: &Facts) -> String {
    let mut words = vec![indicatif::DecimalBytes(facts.bytes).to_string()];
    if let Some(ms) = facts.duration_ms {
        words.push(format!("{}.{:03} s", ms / 1000, ms % 1000));
    }
    if let (Some(width), Some(height)) = (facts.width, facts.height) {
        words.push(format!("{width}x{height}"));
    }
    words.extend(facts.video.as_ref().map(|video| video.codec.clone()));
    words.extend(facts.audio.as_ref().map(|audio| audio.codec.clone()));
    words.join(", ")
}

/// A finding in lines.
fn words(finding: &Finding) -> Vec<String> {
    let sign = if finding.is_error() {
        "error"
    } else {
        "warning"
    };
    let mut lines = vec![format!("{sign} {}: {}", finding.rule, finding.message)];
    lines.extend(finding.fix.as_ref().map(|fix| format!("  → {fix}")));
    lines
}
