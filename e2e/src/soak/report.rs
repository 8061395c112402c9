//! What people read at the end.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use contentzavod_instagram::sandbox::{KINDS, Record};

use super::book::username;
use super::judge::{Crime, End};
use super::mix::Place;
use super::recovery::Times;
use super::{Found, Settings};

/// Lines of the server's log that are shown of a post.
const LINES: usize = 40;

/// The figures of a campaign.
#[derive(Debug, Default)]
pub struct Figures {
    /// From kill to ready.
    pub ready: Times,
    /// From kill to the first work that the platform saw.
    pub work: Times,
    /// From kill to the first post that was known to be live.
    pub confirmed: Times,
    /// From due to live, of posts that were sent once and never changed.
    pub late: Times,
    /// How often each fault struck.
    pub struck: BTreeMap<Place, u64>,
    /// The most memory that the server used, in kilobytes.
    pub memory_kb: u64,
    /// What its folder held at the end, in bytes.
    pub disk: u64,
    /// From the begin to the last kill, and from there until everything was settled.
    pub took: (Duration, Duration),
}

/// The table to be pasted.
#[must_use]
pub fn table(settings: &Settings, found: &Found) -> String {
    let (verdict, figures) = (&found.verdict, &found.figures);
    let mut rows: Vec<(String, String)> = vec![
        (
            "posts, accounts".to_owned(),
            format!("{}, {}", settings.posts, settings.accounts),
        ),
        ("SIGKILLs".to_owned(), settings.kills.to_string()),
        ("settings".to_owned(), settings.words()),
    ];
    for end in End::ALL {
        let count = verdict.ends.get(&end).copied().unwrap_or_default();
        rows.push((end.words().to_owned(), count.to_string()));
    }
    rows.push((
        "asked their person meanwhile".to_owned(),
        verdict.asked.to_string(),
    ));
    for crime in Crime::ALL {
        rows.push((
            format!("**{}**", crime.words()),
            verdict.count(crime).to_string(),
        ));
    }
    rows.extend([
        ("kill to ready".to_owned(), figures.ready.shown()),
        (
            "kill to first work on the platform".to_owned(),
            figures.work.shown(),
        ),
        (
            "kill to first post known to be live".to_owned(),
            figures.confirmed.shown(),
        ),
        (
            "due to live, of those sent once and never changed".to_owned(),
            figures.late.shown(),
        ),
        ("faults that struck".to_owned(), struck(&figures.struck)),
        ("memory, data".to_owned(), sizes(figures)),
        ("took".to_owned(), took(figures)),
    ]);
    let mut text = format!("| kill9, seed {} | |\n|---|---|\n", settings.seed);
    for (name, value) in rows {
        let _ = writeln!(text, "| {name} | {value} |");
    }
    text
}

fn sizes(figures: &Figures) -> String {
    let (memory, disk) = (figures.memory_kb / 1024, figures.disk / 1024 / 1024);
    format!("{memory} MB at most, {disk} MB on disk")
}

fn took(figures: &Figures) -> String {
    let (storm, calm) = (figures.took.0.as_secs(), figures.took.1.as_secs());
    format!("{storm} s under fire, {calm} s until settled")
}

/// How many, and which were not met.
fn struck(struck: &BTreeMap<Place, u64>) -> String {
    let of = |name: &str| {
        let mine = struck.iter().filter(|((fault, _), _)| fault == name);
        mine.map(|(_, times)| times).sum::<u64>()
    };
    let all: u64 = struck.values().sum();
    let never: Vec<&str> = KINDS
        .iter()
        .map(|k| k.name)
        .filter(|name| of(name) == 0)
        .collect();
    let kinds = KINDS.len() - never.len();
    let places = struck.values().filter(|times| **times > 0).count();
    let never = if never.is_empty() {
        String::new()
    } else {
        format!(", never {}", never.join(" "))
    };
    format!("{all} of {kinds} kinds at {places} places{never}")
}

/// Everything that is known of each violation.
#[must_use]
pub fn violations(settings: &Settings, found: &Found) -> String {
    let mut text = String::new();
    for violation in &found.verdict.violations {
        let (crime, words) = (violation.crime.words(), &violation.words);
        let _ = writeln!(text, "\n## {crime}: {words} (seed {})", settings.seed);
        let Some(post) = violation.post.and_then(|number| found.book.get(number)) else {
            continue;
        };
        let row = post.id.as_ref().and_then(|id| found.rows.get(id));
        let _ = writeln!(text, "{post:#?}");
        if let Some(row) = row {
            let _ = writeln!(text, "{row:#}");
        }
        for record in found
            .ledger
            .iter()
            .filter(|record| concerns(record, post, &found.ledger))
        {
            let _ = writeln!(
                text,
                "ledger: {}",
                serde_json::to_string(record).unwrap_or_default()
            );
        }
        let id = row.and_then(|row| row["publications"][0]["id"].as_str());
        for line in id.map(|id| lines(&found.log, id)).unwrap_or_default() {
            let _ = writeln!(text, "log: {line}");
        }
        for notice in found
            .told
            .iter()
            .filter(|n| id.is_some() && n["publication_id"].as_str() == id)
        {
            let _ = writeln!(text, "told: {} {}", notice["created_at"], notice["kind"]);
        }
    }
    text
}

fn concerns(record: &Record, post: &super::book::Kept, ledger: &[Record]) -> bool {
    let mine = |name: &str, caption: &str| {
        name == username(post.account) && post.versions.iter().any(|v| v.caption == caption)
    };
    match record {
        Record::Create(c) => mine(&c.username, &c.caption),
        Record::Publish(e) => mine(&e.username, &e.caption),
        Record::Pull(p) => ledger.iter().any(|other| {
            matches!(other, Record::Create(c) if c.container == p.container && mine(&c.username, &c.caption))
        }),
        _ => false,
    }
}

fn lines(log: &std::path::Path, id: &str) -> Vec<String> {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let mine: Vec<&str> = text.lines().filter(|line| line.contains(id)).collect();
    let from = mine.len().saturating_sub(LINES);
    mine.into_iter().skip(from).map(str::to_owned).collect()
}
