//! Every rule in words: what is wrong, what Instagram wants, how to mend it; English and Russian.

mod audio;
mod caption;
mod container;
mod video;
mod words;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::pages;

/// A language people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
}

impl Lang {
    /// Reads a locale such as `ru` or `ru-RU`; anything unknown is English.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        Self::named(locale).unwrap_or_default()
    }

    /// The language of ours that a locale such as `ru` or `en-GB` names, if it does.
    #[must_use]
    pub fn named(locale: &str) -> Option<Self> {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        let is = |name: &str| language.eq_ignore_ascii_case(name);
        if is("ru") {
            Some(Self::Ru)
        } else if is("en") {
            Some(Self::En)
        } else {
            None
        }
    }
}

/// A rule's texts. `{actual}` and `{limit}` are placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The rule.
    pub rule: &'static str,
    /// What is wrong and what is wanted, in English.
    pub en: &'static str,
    /// How to mend it, in English.
    pub en_fix: &'static str,
    /// What is wrong and what is wanted, in Russian.
    pub ru: &'static str,
    /// How to mend it, in Russian.
    pub ru_fix: &'static str,
}

/// Puts a rule's texts together.
#[must_use]
pub const fn text(
    rule: &'static str,
    en: &'static str,
    en_fix: &'static str,
    ru: &'static str,
    ru_fix: &'static str,
) -> Text {
    Text {
        rule,
        en,
        en_fix,
        ru,
        ru_fix,
    }
}

/// The texts of every rule of this crate.
pub fn texts() -> impl Iterator<Item = &'static Text> {
    let all = [container::TEXTS, video::TEXTS, audio::TEXTS, caption::TEXTS];
    all.into_iter().flatten()
}

fn find(rule: &str) -> Option<&'static Text> {
    texts().find(|t| t.rule == rule)
}

fn fill(template: &str, actual: &str, limit: &str) -> String {
    template
        .replace("{limit}", limit)
        .replace("{actual}", actual)
}

fn worded(finding: Finding, actual: &str, limit: &str) -> Finding {
    let finding = finding.actual(actual).limit(limit);
    localise(&finding, Lang::En)
}

/// An error of a rule, in English.
pub(crate) fn error(rule: &str, actual: &str, limit: &str) -> Finding {
    worded(Finding::error(rule, rule), actual, limit)
}

/// A warning of a rule, in English.
pub(crate) fn warning(rule: &str, actual: &str, limit: &str) -> Finding {
    worded(Finding::warning(rule, rule), actual, limit)
}

/// The same finding in another language; findings of other crates stay as they are.
#[must_use]
pub fn localise(finding: &Finding, lang: Lang) -> Finding {
    let mut finding = finding.clone();
    if let Some(text) = find(&finding.rule) {
        let (message, fix) = match lang {
            Lang::En => (text.en, text.en_fix),
            Lang::Ru => (text.ru, text.ru_fix),
        };
        let actual = finding.actual.as_deref().unwrap_or_default();
        let limit = finding.limit.as_deref().unwrap_or_default();
        let [actual, limit] = [actual, limit].map(|value| words::said(value, lang));
        finding.message = fill(message, &actual, &limit);
        finding.fix = Some(fix.to_owned());
        // Findings kept from before have none.
        finding.doc = pages::address(&finding.rule);
    }
    finding
}
