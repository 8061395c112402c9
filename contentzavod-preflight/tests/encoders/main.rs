//! Files as real encoders make them, by ffmpeg: what the check says of each, beside what ffprobe says.
//!
//! `cargo test -p contentzavod-preflight --test encoders -- --nocapture` prints the table.

mod files;
mod habits;
mod made;
mod probe;
mod row;

use made::Studio;
use row::Row;

#[test]
fn verdicts_and_facts_of_real_files() {
    let studio = Studio::new();
    let mut rows = files::rows();
    rows.extend(habits::rows());
    assert!(rows.len() >= 60, "only {} files", rows.len());
    let lines = studio.judge(&rows);
    println!("| file | verdict | errors | warnings | facts | ffprobe | mended by |");
    println!("|---|---|---|---|---|---|---|");
    for judged in &lines {
        println!("{}", judged.line);
    }
    let wrong: Vec<_> = lines.iter().flat_map(|judged| &judged.wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every rule that looks into a file is broken by one of the files.
#[test]
fn every_rule_has_a_file() {
    let mut rows = files::rows();
    rows.extend(habits::rows());
    let told: std::collections::BTreeSet<&str> = rows.iter().flat_map(Row::rules).collect();
    let missing: Vec<_> = contentzavod_preflight::messages::texts()
        .map(|text| text.rule)
        .filter(|rule| !rule.starts_with("caption.") && !rule.starts_with("image."))
        // Told of what was mended, by whoever mended it.
        .filter(|rule| *rule != "container.moov_moved" && !told.contains(rule))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A shell takes every command line of the texts as it stands there, in both languages.
#[test]
fn every_hint_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let source =
        "-f lavfi -i testsrc2=s=720x480:r=30:d=0.5 -f lavfi -i sine=d=0.5 -vf setsar=32/27";
    let made =
        format!("ffmpeg -v error -nostdin {source} -c:v libx264 -tag:v avc1 -c:a aac in.mp4");
    let run = |line: &str| {
        let mut shell = std::process::Command::new("sh");
        let output = shell.args(["-c", line]).current_dir(folder.path()).output();
        let output = output.expect("a shell");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        output.status.success().then_some(()).ok_or(said)
    };
    run(&made).expect("a video");
    let mut lines = std::collections::BTreeSet::new();
    for text in contentzavod_preflight::messages::texts() {
        for fix in [text.en_fix, text.ru_fix] {
            let command = fix.split_once("ffmpeg ").map(|(_, command)| command);
            // A tag of HEVC fits no other picture.
            lines.extend(command.filter(|_| text.rule != "video.hev1"));
        }
    }
    assert!(lines.len() > 10, "{lines:?}");
    let quiet = |line: &&str| format!("ffmpeg -v error -nostdin -y {line}");
    let wrong: Vec<_> = lines
        .iter()
        .filter_map(|line| run(&quiet(line)).err().map(|said| (line, said)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
