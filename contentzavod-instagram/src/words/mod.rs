//! Everything Instagram's side can say to a person, in English and Russian, by key.
//!
//! What an error code *does* stands in `graph/error/table.rs`; here is what it says. The key of a row
//! is its code: `instagram.<code>.<subcode>`.

mod account;
mod content;
mod platform;

use contentzavod_core::ports::Fault;
use contentzavod_core::words::{Action, Words};

/// Every text.
pub fn all() -> impl Iterator<Item = &'static Words> {
    let texts = [account::TEXTS, content::TEXTS, platform::TEXTS];
    texts.into_iter().flatten()
}

/// The words under a key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Words> {
    all().find(|words| words.key == key)
}

/// The words under a key, as a fault.
pub(crate) fn said(key: &str) -> Fault {
    debug_assert!(find(key).is_some(), "{key} has no words");
    find(key).map_or_else(|| Fault::new(key, key), Fault::said)
}

/// A text whose action says enough.
const fn text(action: Action, key: &'static str, en: &'static str, ru: &'static str) -> Words {
    Words::new(key, action, en, ru)
}

/// It passes by itself.
const fn wait(key: &'static str, en: &'static str, ru: &'static str) -> Words {
    text(Action::Wait, key, en, ru)
}

/// The content must change; how, where the action's own sentence does not say enough.
const fn edit(key: &'static str, en: [&'static str; 2], ru: [&'static str; 2]) -> Words {
    text(Action::Edit, key, en[0], ru[0]).todo(en[1], ru[1])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use contentzavod_core::model::Lang;
    use contentzavod_core::words::{Code, placeholders};

    use super::*;
    use crate::graph::{Action as Does, OAUTH, TABLE};

    const fn action_of(does: Does) -> Action {
        match does {
            Does::Fix => Action::Edit,
            Does::Reauth | Does::Grant => Action::Reconnect,
            Does::User => Action::OpenApp,
            Does::Config => Action::Operator,
            _ => Action::Wait,
        }
    }

    #[test]
    fn every_text_is_whole_in_both_languages_and_stands_once() {
        let mut seen = HashSet::new();
        for words in all() {
            assert!(seen.insert(words.key), "{} stands twice", words.key);
            assert!(Code::parse(words.key).is_none(), "{}", words.key);
            let pairs = [
                Some([words.what(Lang::En), words.what(Lang::Ru)]),
                words
                    .advice(Lang::En)
                    .zip(words.advice(Lang::Ru))
                    .map(Into::into),
            ];
            for [en, ru] in pairs.into_iter().flatten() {
                assert_eq!(placeholders(en), placeholders(ru), "{en}");
                assert!(en.ends_with('.') && ru.ends_with('.'), "{en} / {ru}");
                let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
                assert!(!cyrillic(en) && cyrillic(ru), "{en} / {ru}");
            }
        }
    }

    /// A row without words, and words without a row, are defects.
    #[test]
    fn every_row_has_its_words_and_they_ask_for_what_it_does() {
        let rows = TABLE.iter().map(|row| (row.key(), row.action));
        let oauth = OAUTH.iter();
        let oauth = oauth.map(|row| (format!("instagram.oauth.{}", row.name), row.action));
        let rows: Vec<(String, Does)> = rows.chain(oauth).collect();
        for (key, does) in &rows {
            let words = find(key).unwrap_or_else(|| panic!("{key} has no words"));
            assert_eq!(words.action, action_of(*does), "{key}");
        }
        let by_code = |key: &str| {
            let rest = key.strip_prefix("instagram.").unwrap_or_default();
            rest.starts_with(|c: char| c.is_ascii_digit() || c == '-') || rest.starts_with("oauth.")
        };
        for words in all().filter(|words| by_code(words.key)) {
            assert!(
                rows.iter().any(|(key, _)| key == words.key),
                "{}",
                words.key
            );
        }
    }

    /// What the code asks for by name is there, and what is there is asked for.
    #[test]
    fn every_key_in_the_code_has_its_words() {
        let sources = [
            include_str!("../graph/error.rs"),
            include_str!("../graph/error/judge.rs"),
            include_str!("../graph/client.rs"),
            include_str!("../graph/upload.rs"),
            include_str!("../connector.rs"),
            include_str!("../login.rs"),
            include_str!("../survey.rs"),
            include_str!("../family.rs"),
            include_str!("../publisher.rs"),
        ];
        let all_of_it = sources.concat();
        let quoted: HashSet<&str> = all_of_it.split('"').skip(1).step_by(2).collect();
        for key in quoted
            .iter()
            .filter(|q| q.starts_with("instagram.") && !q.contains('{'))
        {
            assert!(find(key).is_some(), "{key} has no words");
        }
        for words in all() {
            let named = quoted.contains(words.key);
            let rest = words.key.strip_prefix("instagram.").unwrap_or_default();
            let row = rest.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            assert!(
                named || row || rest.starts_with("oauth."),
                "{} is never said",
                words.key
            );
        }
        assert!(
            !all_of_it.contains("Fault::new("),
            "faults are said in both languages"
        );
    }
}
