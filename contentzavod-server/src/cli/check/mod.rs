//! `contentzavod check`: the pre-flight of files, offline.

mod fix;
mod tell;

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use contentzavod_core::model::Lang;
use contentzavod_core::service::Intake;
use contentzavod_preflight::{Kind, Report, SNIFFED, Verdict, check, check_cover, localise, sniff};
use serde_json::json;

use super::{Done, say};
use crate::config;

/// Say what Instagram would refuse in video files; nothing is sent anywhere
///
/// Ends with exit code 0 only if every file can be published as it is (with --fix: as it was
/// written), with 1 if one would be refused, with 2 if one cannot be read. The rules of
/// CONTENTZAVOD_PREFLIGHT__RULES and __BYTES_MAX hold here too.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Videos (MP4, MOV) or covers (JPEG).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One JSON object a line: file, verdict, rules (ids of errors), warnings (ids), findings, facts.
    #[arg(long)]
    json: bool,
    /// Write what can be mended without touching picture and sound to this file, or into this folder;
    /// nothing is written over.
    #[arg(long, value_name = "OUT")]
    fix: Option<PathBuf>,
    /// Language of the text.
    #[arg(long, value_parser = ["en", "ru"], default_value = "en")]
    lang: String,
}

/// A file and what was found.
struct Checked {
    file: PathBuf,
    report: Report,
}

pub(super) fn run(options: &Options) -> Done {
    let lang = Lang::of(&options.lang);
    let intake = config::preflight(config::environment())?.intake();
    if let Some(out) = &options.fix {
        fix::sensible(out, &options.files)?;
    }
    let mut worst = 0;
    let mut all = Vec::new();
    for file in &options.files {
        let code = match one(file, options, &intake, lang) {
            Ok(checked) => {
                let code = u8::from(checked.report.verdict != Verdict::Accept);
                all.push(checked);
                code
            }
            Err(error) => {
                let name = file.display();
                if options.json {
                    say(json!({ "file": name.to_string(), "error": error.to_string() }));
                } else {
                    say(format_args!("{name}: {error}"));
                }
                2
            }
        };
        worst = worst.max(code);
    }
    if all.len() > 1 && !options.json {
        tell::table(&all);
    }
    Ok(ExitCode::from(worst))
}

/// Checks a file, mends it where that is wanted and can be done, and tells both.
fn one(file: &Path, options: &Options, intake: &Intake, lang: Lang) -> Result<Checked, String> {
    let unread = |error: std::io::Error| format!("cannot be read: {error}");
    let report = examine(file, intake).map_err(unread)?;
    tell::one(file, &localised(report.clone(), lang), options.json);
    let mended = match &options.fix {
        Some(out) if report.verdict == Verdict::Fixable => Some(fix::mend(file, out, intake)?),
        _ => None,
    };
    let Some((file, report)) = mended else {
        let file = file.to_owned();
        return Ok(Checked { file, report });
    };
    tell::one(&file, &localised(report.clone(), lang), options.json);
    Ok(Checked { file, report })
}

fn examine(path: &Path, intake: &Intake) -> std::io::Result<Report> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::with_capacity(SNIFFED);
    (&mut file).take(SNIFFED as u64).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(if sniff(&head) == Some(Kind::Jpeg) {
        let reader = BufReader::new(file);
        check_cover(reader, length, &intake.cover)
    } else {
        // Few bytes are read, far apart: a buffer would read more.
        check(file, length, &intake.video)
    })
}

fn localised(mut report: Report, lang: Lang) -> Report {
    let findings = report.findings.iter();
    report.findings = findings.map(|finding| localise(finding, lang)).collect();
    report
}
