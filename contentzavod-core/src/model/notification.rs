//! Facts a person must learn, as keys with both texts: English and Russian.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{AccountId, MediaId, NotificationId, PostId, PublicationId, WorkspaceId};

pub use contentzavod_preflight::Lang;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident => $word:literal, $en:literal, $ru:literal;)+) => {
        /// What a notification is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum NoticeKind { $($(#[$doc])* $name),+ }

        impl NoticeKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in the API and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Reads the word back.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|k| k.as_str() == word)
            }

            /// The text with its placeholders, in a language.
            #[must_use]
            pub const fn template(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::En) => $en, (Self::$name, Lang::Ru) => $ru),+ }
            }
        }
    };
}

kinds! {
    /// It is live.
    Published => "published",
        "Your post is live.",
        "Публикация вышла.";
    /// It could not be prepared.
    Failed => "failed",
        "Your post was not published. {message}",
        "Публикация не вышла. {message}";
    /// Too late to go out on its own.
    Missed => "missed",
        "Your post did not go out in time, and nothing was sent. {message}",
        "Публикация не вышла вовремя, ничего не отправлено. {message}";
    /// The platform cannot tell what became of it.
    NeedsReview => "needs_review",
        "We cannot tell whether your post went out. {message}",
        "Мы не можем сказать, вышла ли публикация. {message}";
    /// The account's quota is used up.
    WaitingQuota => "waiting_quota",
        "Your post waits: the account has used up what Instagram lets it publish.",
        "Публикация ждёт: аккаунт исчерпал лимит публикаций Instagram.";
    /// The account cannot publish until a person acts.
    WaitingAccount => "waiting_account",
        "Your post waits for its account. {message}",
        "Публикация ждёт аккаунт. {message}";
    /// A token died.
    Reauthorize => "reauthorize",
        "Instagram no longer accepts the access of @{username}. Please connect the account again.",
        "Instagram больше не принимает доступ @{username}. Подключите аккаунт заново.";
    /// Somebody took our access away on the platform's own pages.
    AccessRemoved => "access_removed",
        "The access to @{username} was removed on Instagram's side, and we have erased ours. Its posts wait; please connect the account again to publish them.",
        "Доступ к @{username} отозван на стороне Instagram, и мы его стёрли. Публикации этого аккаунта ждут: чтобы они вышли, подключите его заново.";
    /// Somebody of the workspace disconnected an account while posts wait for it.
    AccountDisconnected => "account_disconnected",
        "@{username} was disconnected, and our access to it is erased. Posts that wait for it: {posts}. Connect the account again before their time, or cancel them.",
        "Аккаунт @{username} отключён, наш доступ к нему стёрт. Его публикаций ждёт: {posts}. Подключите аккаунт заново до их времени или отмените их.";
    /// A token ends soon and was not renewed.
    TokenEnding => "token_ending",
        "Instagram's access to @{username} ends on {expires_at}. Please connect the account again before then, or its posts will wait.",
        "Доступ Instagram к @{username} заканчивается {expires_at}. Подключите аккаунт заново до этого времени, иначе его публикации будут ждать.";
    /// The platform restricts the account.
    Restricted => "restricted",
        "Instagram restricts @{username}. Please open the Instagram app and follow its instructions.",
        "Instagram ограничил @{username}. Откройте приложение Instagram и следуйте указаниям.";
    /// The platform, or its owner, asked that we forget an account.
    AccountForgotten => "account_forgotten",
        "An Instagram account was removed because its owner or Instagram asked for it: our access to it and what we knew of it are deleted. Posts that were cancelled with it: {posts}.",
        "Аккаунт Instagram удалён по просьбе владельца или Instagram: наш доступ к нему и всё, что мы о нём знали, стёрты. Вместе с ним отменено публикаций: {posts}.";
    /// A file will be deleted although its post did not go out.
    MediaExpiring => "media_expiring",
        "The video of a post that did not go out is kept until {expires_at}. Retry before, or upload it again.",
        "Видео невышедшей публикации хранится до {expires_at}. Повторите до этого времени или загрузите его снова.";
    /// The rules of its time zone changed, and its instant with them.
    Moved => "moved",
        "The clock rules of {timezone} have changed. Your post still goes out on {local} there, and that is {to} now instead of {from}.",
        "Правила времени в зоне {timezone} изменились. Публикация по-прежнему выходит {local} по местному времени, теперь это {to} вместо {from}.";
    /// What the server's operator says of privacy has changed.
    PolicyChanged => "policy_changed",
        "What this server keeps of you, and whom it passes anything to, has changed. It stands on the page /privacy.",
        "Изменилось то, что этот сервер хранит о вас и кому что-либо передаёт. Всё описано на странице /privacy.";
    /// The clocks disagree and publishing is held.
    ClockHeld => "clock_held",
        "Publishing is held: the server's clock and Instagram's differ by {seconds} s. Please set the server's clock.",
        "Публикация приостановлена: часы сервера и Instagram расходятся на {seconds} с. Исправьте часы сервера.";
}

/// A notification to be written: the store adds id, time and place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// Values of the text's placeholders.
    pub params: BTreeMap<String, String>,
}

impl Notice {
    /// A notice without values.
    #[must_use]
    pub const fn new(kind: NoticeKind) -> Self {
        Self {
            kind,
            params: BTreeMap::new(),
        }
    }

    /// Adds the value of a placeholder.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.params.insert(key.to_owned(), value.into());
        self
    }
}

/// A fact in a workspace's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Our id.
    pub id: NotificationId,
    /// Position in the inbox: strictly rising.
    pub seq: i64,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// The notice.
    pub notice: Notice,
    /// The publication it is about.
    pub publication: Option<PublicationId>,
    /// The post it is about.
    pub post: Option<PostId>,
    /// The account it is about.
    pub account: Option<AccountId>,
    /// The file it is about.
    pub media: Option<MediaId>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::placeholders;

    #[test]
    fn both_languages_have_the_same_placeholders() {
        for kind in NoticeKind::ALL {
            assert_eq!(
                placeholders(kind.template(Lang::En)),
                placeholders(kind.template(Lang::Ru)),
                "{kind:?}"
            );
            assert_eq!(NoticeKind::parse(kind.as_str()), Some(*kind));
        }
    }
}
