//! A trouble within a notice: kept as code and arguments there too.

use super::action::Action;
use super::trouble::Trouble;
use crate::model::{Notice, NoticeKind};
use crate::publication::State;

const CODE: &str = "code";
const KEY: &str = "key";
const ACTION: &str = "action";
const DETAIL: &str = "detail";
const MESSAGE: &str = "message";
const RESERVED: [&str; 5] = [CODE, KEY, ACTION, DETAIL, MESSAGE];

impl Notice {
    /// A notice that tells a trouble.
    #[must_use]
    pub fn about(kind: NoticeKind, trouble: &Trouble) -> Self {
        let mut notice = Self::new(kind)
            .with(CODE, &trouble.code)
            .with(ACTION, trouble.action.as_str());
        let optional = [
            (KEY, &trouble.key),
            (DETAIL, &trouble.detail),
            (MESSAGE, &trouble.message),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                notice = notice.with(name, value);
            }
        }
        for (name, value) in &trouble.args {
            notice.params.entry(name.clone()).or_insert(value.clone());
        }
        notice
    }

    /// The trouble it tells.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        let get = |name: &str| self.params.get(name).cloned();
        let action = get(ACTION).and_then(|word| {
            let all = Action::ALL.iter().copied();
            all.into_iter().find(|action| action.as_str() == word)
        });
        let args = self.params.iter();
        Some(Trouble {
            code: get(CODE)?,
            key: get(KEY),
            action: action.unwrap_or(Action::Nothing),
            args: args
                .filter(|(name, _)| !RESERVED.contains(&name.as_str()))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            detail: get(DETAIL),
            message: get(MESSAGE),
        })
    }
}

impl NoticeKind {
    /// Where the publication stands that such a notice is about.
    #[must_use]
    pub const fn state(self) -> State {
        match self {
            Self::Published => State::Published,
            Self::Failed => State::Failed,
            Self::Missed | Self::MediaExpiring => State::Missed,
            Self::NeedsReview => State::NeedsReview,
            Self::WaitingQuota => State::WaitingQuota,
            Self::WaitingAccount
            | Self::Reauthorize
            | Self::AccessRemoved
            | Self::AccountDisconnected
            | Self::TokenEnding
            | Self::Restricted => State::WaitingAccount,
            Self::AccountForgotten => State::Cancelled,
            Self::ClockHeld => State::Ready,
            Self::Moved => State::Scheduled,
            // About no publication: nothing stands anywhere by it.
            Self::PolicyChanged => State::Draft,
        }
    }
}
