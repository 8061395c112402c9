//! From codes to texts, in the reader's language.

use std::collections::HashMap;

use super::action::ended;
use super::code::Code;
use super::text::{Args, Words, fill};
use super::trouble::Trouble;
use crate::model::{Lang, Notice, Publication};
use crate::ports::Publisher;
use crate::publication::State;

/// A trouble as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The stable code.
    pub code: String,
    /// What happened.
    pub what: String,
    /// What to do, as a sentence.
    pub todo: String,
    /// What to do, as a stable word.
    pub action: &'static str,
}

impl Told {
    /// What happened and what to do.
    #[must_use]
    pub fn message(&self) -> String {
        format!("{} {}", self.what, self.todo)
    }
}

/// The words of the core and of every publisher joined to it.
#[derive(Debug, Clone, Default)]
pub struct Phrasebook {
    words: HashMap<&'static str, &'static Words>,
    platforms: Vec<String>,
}

impl Phrasebook {
    /// A book without platforms: it knows the words of the core.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the words of a publisher.
    #[must_use]
    pub fn and(mut self, publisher: &dyn Publisher) -> Self {
        let words = publisher.words().into_iter();
        self.words.extend(words.map(|words| (words.key, words)));
        self.platforms
            .push(publisher.capabilities().platform.clone());
        self
    }

    /// The words under a key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&'static Words> {
        let own = Code::parse(key).map(Code::words);
        own.or_else(|| self.words.get(key).copied())
    }

    /// Why a publication stands where it stands.
    #[must_use]
    pub fn why(&self, publication: &Publication, lang: Lang) -> Option<Told> {
        let platform = publication.remote_key.split_once(':').map(|(p, _)| p);
        let trouble = publication.progress.trouble.as_ref()?;
        Some(self.told(trouble, publication.state(), platform, lang))
    }

    /// A trouble of a publication in this state, on this platform.
    #[must_use]
    pub fn told(
        &self,
        trouble: &Trouble,
        state: State,
        platform: Option<&str>,
        lang: Lang,
    ) -> Told {
        let platform = self.title(platform, lang);
        let words = self.find(trouble.key.as_ref().unwrap_or(&trouble.code));
        let filled = |text: &str| fill(text, |name| value(name, &trouble.args, &platform));
        // An older row may lack a value: it brings its own message then.
        let what = words.and_then(|words| filled(words.what(lang)));
        let what = what.or_else(|| trouble.message.clone());
        let what = quoted(
            what.unwrap_or_else(|| trouble.code.clone()),
            trouble.detail.as_deref(),
            &platform,
            lang,
        );
        let action = if ended(state) {
            trouble.action.once_ended()
        } else {
            trouble.action
        };
        let precise = words.filter(|words| words.action == action);
        let todo = precise.and_then(|words| filled(words.advice(lang)?));
        let todo = todo.or_else(|| filled(action.todo(state, lang)));
        let todo = todo.into_iter();
        let todo = todo.chain(action.then(state, lang).map(str::to_owned));
        Told {
            code: trouble.code.clone(),
            what,
            todo: todo.collect::<Vec<_>>().join(" "),
            action: action.as_str(),
        }
    }

    /// A notice as a text.
    #[must_use]
    pub fn notice(&self, notice: &Notice, lang: Lang) -> String {
        let platform = self.title(None, lang);
        let told = notice.trouble();
        let told = told.map(|t| self.told(&t, notice.kind.state(), None, lang).message());
        let told = told.or_else(|| notice.params.get("message").cloned());
        let text = fill(notice.kind.template(lang), |name| match name {
            "message" => Some(told.clone().unwrap_or_default()),
            _ => Some(value(name, &notice.params, &platform).unwrap_or_default()),
        });
        text.unwrap_or_default().trim_end().to_owned()
    }

    /// The name of a platform: the one given, else the one that is joined.
    fn title(&self, platform: Option<&str>, lang: Lang) -> String {
        let word = platform.or_else(|| self.platforms.first().map(String::as_str));
        let Some(word) = word else {
            return unnamed(lang).to_owned();
        };
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    }
}

/// A platform of which nobody says the name.
pub(crate) const fn unnamed(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "the platform",
        Lang::Ru => "сервис",
    }
}

fn value(name: &str, args: &Args, platform: &str) -> Option<String> {
    let own = args.get(name).cloned();
    own.or_else(|| (name == "platform").then(|| platform.to_owned()))
}

fn quoted(what: String, detail: Option<&str>, platform: &str, lang: Lang) -> String {
    match (detail, lang) {
        (None, _) => what,
        (Some(detail), Lang::En) => format!("{what} {platform} says: \"{detail}\""),
        (Some(detail), Lang::Ru) => format!("{what} {platform} пишет: «{detail}»"),
    }
}
