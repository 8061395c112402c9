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
