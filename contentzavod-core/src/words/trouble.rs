//! Why a publication stands where it stands: a code with its arguments.

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::code::Code;
use super::text::Args;
use crate::ports::Fault;

/// Why a publication stands where it stands.
///
/// What a person reads is made of it by a [`Phrasebook`](super::Phrasebook). It can only be made
/// from a [`Code`] of the core or from what a publisher said.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Trouble {
    /// A stable code, e.g. `media.gone` or `instagram.352.2207026`.
    pub code: String,
    /// Under which key its words stand, where that is not the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What to do.
    pub action: Action,
    /// Values of the placeholders in its words.
    #[serde(default, skip_serializing_if = "Args::is_empty")]
    pub args: Args,
    /// The platform's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// English for a person, where there are no words of ours: from a publisher without texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Trouble {
    /// A trouble of the core.
    #[must_use]
    pub fn of(code: Code) -> Self {
        Self {
            code: code.as_str().to_owned(),
            key: None,
            action: code.words().action,
            args: Args::new(),
            detail: None,
            message: None,
        }
    }

    /// What a platform said. The kind of the failed call decides what to do; only that the
    /// server's operator must act is known better by the platform.
    #[must_use]
    pub fn told(fault: &Fault, action: Action) -> Self {
        let key = fault.words.map(|words| words.key);
        let operator = fault.words.is_some_and(|w| w.action == Action::Operator);
        Self {
            code: fault.code.clone(),
            key: key.filter(|key| *key != fault.code).map(str::to_owned),
            action: match action {
                Action::Wait if operator => Action::Operator,
                action => action,
            },
            args: fault.args.clone(),
            detail: fault.detail.clone(),
            message: key.is_none().then(|| fault.message.clone()),
        }
    }

    /// Adds the value of a placeholder.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }

    /// The same trouble with something else to do.
    #[must_use]
    pub const fn doing(mut self, action: Action) -> Self {
        self.action = action;
        self
    }

    /// The same trouble of a publication that has ended: waiting does not help any more.
    #[must_use]
    pub const fn once_ended(self) -> Self {
        let action = self.action.once_ended();
        self.doing(action)
    }

    /// True when it is this trouble of the core.
    #[must_use]
    pub fn is(&self, code: Code) -> bool {
        self.code == code.as_str()
    }
}
