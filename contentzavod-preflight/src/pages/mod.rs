//! A page a rule: why it is there, what Instagram would answer, how it is mended. The pages are made
//! of these texts (`docs/rules/`), and every finding carries the address of its page.

mod captions;
mod containers;
mod limits;
mod sounds;
mod videos;

use std::fmt::Write as _;

use crate::messages::{Text, texts};

/// Where the pages are read.
const ADDRESS: &str = "https://github.com/contentzavod/contentzavod/blob/main/docs/rules/";

/// Why a rule is there.
#[derive(Debug, Clone, Copy)]
struct Why {
    rule: &'static str,
    /// What Instagram would answer; empty where it would take the file.
    answer: &'static str,
    en: &'static str,
    ru: &'static str,
}

/// The video could not be processed: one code for all causes.
const UNNAMED: &str = "352/2207026, the same for every cause";

const fn why(rule: &'static str, answer: &'static str, en: &'static str, ru: &'static str) -> Why {
    Why {
        rule,
        answer,
        en,
        ru,
    }
}

fn all() -> impl Iterator<Item = &'static Why> {
    let all = [containers::WHY, videos::WHY, sounds::WHY, captions::WHY];
    all.into_iter().flatten()
}

/// The address of a rule's page; `None` for rules of other crates.
#[must_use]
pub fn address(rule: &str) -> Option<String> {
    let page = all().find(|why| why.rule == rule)?;
    Some(format!("{ADDRESS}{}.md", page.rule))
}

/// The pages as files: name and text, the list of all of them first.
#[must_use]
pub fn pages() -> Vec<(String, String)> {
    let pages = texts().filter_map(|text| {
        let why = all().find(|why| why.rule == text.rule)?;
        Some((format!("{}.md", text.rule), page(text, why)))
    });
    std::iter::once(("README.md".to_owned(), list()))
        .chain(pages)
        .collect()
}

fn list() -> String {
    let mut out = String::from(
        "# Rules of the pre-flight\n\n\
         Each is checked on the real bytes when a file is uploaded, by `contentzavod check`, and by \
         the crate `contentzavod-preflight`. The limits stand in policies as data, each with its \
         source; `CONTENTZAVOD_PREFLIGHT__RULES=rule=off|warning|error,…` takes a rule otherwise.\n\n\
         These pages are made from the code: `UPDATE_DOCS=1 cargo test -p contentzavod-preflight \
         --test it pages`.\n\n| rule | what is wrong |\n|---|---|\n",
    );
    for text in texts() {
        line(
            &mut out,
            &format!("| [`{0}`]({0}.md) | {1} |", text.rule, open(text.en)),
        );
    }
    out
}

fn page(text: &Text, why: &Why) -> String {
    let mut out = format!("# `{}`\n\n", text.rule);
    line(&mut out, &open(text.en));
    line(&mut out, "");
    line(&mut out, why.en);
    line(&mut out, "");
    line(
        &mut out,
        &format!("**How to mend it.** {}", marked(text.en_fix)),
    );
    line(&mut out, "");
    if !why.answer.is_empty() {
        let answer = format!(
            "**What Instagram would say**, at the hour of the post: {}.",
            why.answer
        );
        line(&mut out, &answer);
        line(&mut out, "");
    }
    let limits = limits::of(text.rule);
    if !limits.is_empty() {
        line(&mut out, "| product | limit | source |\n|---|---|---|");
        limits.iter().for_each(|limit| line(&mut out, limit));
        line(&mut out, "");
    }
    line(&mut out, "## По-русски\n");
    line(&mut out, &open(text.ru));
    line(&mut out, "");
    line(&mut out, why.ru);
    line(&mut out, "");
    line(
        &mut out,
        &format!("**Как исправить.** {}", marked(text.ru_fix)),
    );
    out
}

fn line(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _: std::fmt::Result = writeln!(out, "{text}");
}

/// A text whose places are open.
fn open(text: &str) -> String {
    text.replace("{actual}", "…").replace("{limit}", "…")
}

/// A command of ffmpeg as code.
fn marked(fix: &str) -> String {
    match fix.split_once("ffmpeg ") {
        Some((before, command)) => format!("{}\n\n```sh\nffmpeg {command}\n```", before.trim_end()),
        None => fix.to_owned(),
    }
}
