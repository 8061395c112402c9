//! A text in both languages, with placeholders.

use std::collections::BTreeMap;

use super::action::Action;
use crate::model::Lang;

/// Values of placeholders, by name.
pub type Args = BTreeMap<String, String>;

/// What a code says: what happened, and what to do about it, in both languages.
///
/// Placeholders stand in braces. `{platform}` is filled by whoever shows the text; the others are
/// arguments of the trouble.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// The code, or the common part of a family of codes.
    pub key: &'static str,
    /// What a person can do.
    pub action: Action,
    what: [&'static str; 2],
    todo: Option<[&'static str; 2]>,
}

impl Words {
    /// What happened, in English and Russian; what to do is what the action says.
    #[must_use]
    pub const fn new(
        key: &'static str,
        action: Action,
        en: &'static str,
        ru: &'static str,
    ) -> Self {
        Self {
            key,
            action,
            what: [en, ru],
            todo: None,
        }
    }

    /// Says more precisely what to do. Not for [`Action::Wait`], whose meaning hangs on the state.
    #[must_use]
    pub const fn todo(mut self, en: &'static str, ru: &'static str) -> Self {
        assert!(!matches!(self.action, Action::Wait));
        self.todo = Some([en, ru]);
        self
    }

    /// What happened.
    #[must_use]
    pub const fn what(&self, lang: Lang) -> &'static str {
        of(self.what, lang)
    }

    /// What to do, where the action alone does not say enough.
    #[must_use]
    pub const fn advice(&self, lang: Lang) -> Option<&'static str> {
        match self.todo {
            Some(todo) => Some(of(todo, lang)),
            None => None,
        }
    }
}

/// One of two texts.
pub(super) const fn of(texts: [&'static str; 2], lang: Lang) -> &'static str {
    match lang {
        Lang::En => texts[0],
        Lang::Ru => texts[1],
    }
}

/// Fills placeholders; `None` when a value is missing. Braces within values are left alone.
#[must_use]
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(&value(name)?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// The names of a text's placeholders, sorted, each once.
#[must_use]
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_a_missing_value_is_told() {
        let value = |name: &str| (name == "a").then(|| "{b}".to_owned());
        assert_eq!(fill("x {a} y {a}", value).as_deref(), Some("x {b} y {b}"));
        assert_eq!(fill("{b}", value), None);
        assert_eq!(fill("none", value).as_deref(), Some("none"));
        assert_eq!(placeholders("{b} {a} {b}"), ["a", "b"]);
    }
}
