//! What was asked of the server, and what it answered: what it is held to.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

/// A post, as its person knows it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its number in the plan.
    pub number: usize,
    /// The number of its account.
    pub account: usize,
    /// Its id, once it was answered with 201.
    pub id: Option<String>,
    /// The id of its video.
    pub media: String,
    /// What it was to be, each with its time; the last one in force is the last one answered.
    pub versions: Vec<Version>,
    /// Taken back: since when this is answered.
    pub cancelled: Option<DateTime<Utc>>,
    /// Deleted: since when this is answered.
    pub deleted: Option<DateTime<Utc>>,
    /// "Publish again" with the risk of two accepted.
    pub risk: bool,
    /// "Leave it": nobody will know.
    pub left: bool,
    /// A person said that it is live.
    pub said_live: bool,
    /// How often a person let it go out after all.
    pub restarts: u32,
    /// The states it was met in while something was to be done.
    pub met: BTreeSet<String>,
    /// What its person did, for people.
    pub story: Vec<String>,
}

/// What a post was to be from a time on.
#[derive(Debug, Clone)]
pub struct Version {
    /// The caption.
    pub caption: String,
    /// Not before this.
    pub due: DateTime<Utc>,
    /// First asked for.
    pub asked: DateTime<Utc>,
    /// Answered with yes; `None`: it cannot be told whether it holds.
    pub answered: Option<DateTime<Utc>>,
}

impl Kept {
    /// A post that was not asked for yet.
    #[must_use]
    pub const fn new(number: usize, account: usize) -> Self {
        Self {
            number,
            account,
            id: None,
            media: String::new(),
            versions: Vec::new(),
            cancelled: None,
            deleted: None,
            risk: false,
            left: false,
            said_live: false,
            restarts: 0,
            met: BTreeSet::new(),
            story: Vec::new(),
        }
    }

    /// What may go live at a time: the version that was in force, and those of which nobody knows.
    pub fn allowed(&self, at: DateTime<Utc>) -> impl Iterator<Item = &Version> {
        let answered = |v: &Version| v.answered.is_some_and(|answered| answered <= at);
        let from = self.versions.iter().rposition(answered).unwrap_or_default();
        self.versions
            .iter()
            .skip(from)
            .filter(move |v| v.asked <= at)
    }

    /// Whether one of its captions is one of the other's.
    #[must_use]
    pub fn shares(&self, other: &Self) -> bool {
        let has = |v: &Version| other.versions.iter().any(|o| o.caption == v.caption);
        self.versions.iter().any(has)
    }

    /// Notes what its person did.
    pub fn note(&mut self, at: DateTime<Utc>, what: impl AsRef<str>) {
        let what = what.as_ref();
        self.story
            .push(format!("{} {what}", at.format("%H:%M:%S%.3f")));
    }
}

/// The name of an account.
#[must_use]
pub fn username(account: usize) -> String {
    format!("soak{account}")
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn an_answered_version_replaces_what_was_before_and_an_open_one_does_not() {
        let begin = DateTime::<Utc>::default();
        let at = |secs| begin + TimeDelta::seconds(secs);
        let version = |caption: &str, asked, answered: Option<i64>| Version {
            caption: caption.to_owned(),
            due: at(100),
            asked: at(asked),
            answered: answered.map(at),
        };
        let mut post = Kept::new(0, 0);
        post.versions = vec![
            version("a", 0, Some(1)),
            version("b", 10, None),
            version("c", 20, Some(25)),
        ];
        let allowed = |secs| {
            let all = post.allowed(at(secs)).map(|v| v.caption.as_str());
            all.collect::<String>()
        };
        assert_eq!(allowed(5), "a");
        assert_eq!(allowed(15), "ab");
        assert_eq!(allowed(22), "abc");
        assert_eq!(allowed(25), "c");
    }
}
