//! What a person can do about a trouble: a stable word, and a sentence.

use serde::{Deserialize, Serialize};

use super::text::of;
use crate::model::Lang;
use crate::publication::State;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident => $word:literal, [$en:literal, $ru:literal];)+) => {
        /// What a person can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Action {
            $($(#[$doc])* #[serde(rename = $word)] $name,)+
            /// Nothing; also what a word means that this version does not know.
            #[serde(rename = "none", other)]
            Nothing,
        }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+ Self::Nothing];

            /// The word used in the API and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ Self::Nothing => "none" }
            }

            const fn texts(self) -> [&'static str; 2] {
                match self {
                    $(Self::$name => [$en, $ru],)+
                    Self::Nothing => ["There is nothing to do.", "Делать ничего не нужно."],
                }
            }
        }
    };
}

actions! {
    /// Change the post or its file.
    Edit => "edit",
        ["Change the post or its video, then retry.",
         "Исправьте публикацию или видео и повторите."];
    /// Connect the account again.
    Reconnect => "reconnect",
        ["Connect the account again.", "Подключите аккаунт заново."];
    /// Act in the platform's own app.
    OpenApp => "open_app",
        ["Open the {platform} app and follow what it says.",
         "Откройте приложение {platform} и следуйте его указаниям."];
    /// Let it go out after all.
    Retry => "retry",
        ["Retry: it goes out at once, or at a time you choose.",
         "Повторите: публикация выйдет сразу или в выбранное время."];
    /// Say what became of it.
    Resolve => "resolve",
        ["Look at the account and tell us: it is live, publish it again, or leave it.",
         "Посмотрите на аккаунт и ответьте: вышла, опубликовать снова или оставить."];
    /// Tell whoever runs this server.
    Operator => "operator",
        ["Tell whoever runs this server.", "Сообщите тому, кто ведёт этот сервер."];
    /// Nothing: it goes on by itself.
    Wait => "wait",
        ["It is tried again by itself; there is nothing to do.",
         "Мы повторим сами, делать ничего не нужно."];
}

/// What waiting means while nobody knows whether it is live.
const LOOKING: [&str; 2] = [
    "We look until it is known, and do not send it blindly; there is nothing to do.",
    "Мы проверяем, пока не узнаем, и не отправляем вслепую; делать ничего не нужно.",
];

/// What comes once that is done, where nothing happens by itself any more.
const THEN_RETRY: [&str; 2] = ["Then retry.", "После этого повторите."];
/// And where it does.
const THEN_GOES_ON: [&str; 2] = ["Then it goes on by itself.", "Дальше всё пойдёт само."];

impl Action {
    /// What to do, as a sentence for a publication that stands here.
    #[must_use]
    pub fn todo(self, state: State, lang: Lang) -> &'static str {
        match self {
            Self::Wait if state == State::Uncertain => of(LOOKING, lang),
            _ => of(self.texts(), lang),
        }
    }

    /// What follows once a person has done it; `None` where the sentence says it all.
    #[must_use]
    pub(super) const fn then(self, state: State, lang: Lang) -> Option<&'static str> {
        match self {
            Self::Reconnect | Self::OpenApp | Self::Operator if ended(state) => {
                Some(of(THEN_RETRY, lang))
            }
            Self::Reconnect | Self::OpenApp | Self::Operator => Some(of(THEN_GOES_ON, lang)),
            _ => None,
        }
    }

    /// The same, once nothing goes on by itself any more.
    #[must_use]
    pub const fn once_ended(self) -> Self {
        match self {
            Self::Wait | Self::Nothing => Self::Retry,
            other => other,
        }
    }
}

/// Nothing goes on by itself any more, and a person can let it go out after all.
pub(super) const fn ended(state: State) -> bool {
    matches!(state, State::Failed | State::Missed)
}
