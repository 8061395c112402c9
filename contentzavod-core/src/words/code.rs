//! The core's own codes, each with its words.

use super::action::Action;
use super::text::Words;

macro_rules! codes {
    ($($name:ident => $word:literal, $action:ident, $en:literal, $ru:literal
        $(, todo $todo_en:literal, $todo_ru:literal)?;)+) => {
        /// What the core can say of a publication.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $(#[doc = $en] $name),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Its words.
            #[must_use]
            pub const fn words(self) -> &'static Words {
                match self {
                    $(Self::$name => {
                        static WORDS: Words = Words::new($word, Action::$action, $en, $ru)
                            $(.todo($todo_en, $todo_ru))?;
                        &WORDS
                    })+
                }
            }
        }
    };
}

codes! {
    ContainerError => "container.error", Edit,
        "{platform} could not process the video and names no cause.",
        "{platform} не смог обработать видео и не назвал причину.",
        todo "Export the video anew and retry with the new file.",
        "Сохраните видео заново и повторите с новым файлом.";
    ContainerExpired => "container.expired", Wait,
        "{platform} let the prepared video expire before it was sent.",
        "{platform} удалил подготовленное видео до отправки.";
    ContainerStuck => "container.stuck", Wait,
        "{platform} has been processing the video for almost a day.",
        "{platform} обрабатывает видео уже почти сутки.";
    ContainerUsedUp => "container.used_up", Retry,
        "{platform} did not get the video ready in any of the tries allowed.",
        "{platform} не подготовил видео ни в одной из допустимых попыток.";
    ContainerLost => "container.lost", Wait,
        "What was prepared of the video is not known here any more.",
        "Сведения о подготовленном видео потеряны.";
    AlreadyLive => "container.already_live", Wait,
        "{platform} says that this video is already live.",
        "{platform} сообщает, что это видео уже опубликовано.";
    ContainerDead => "container.dead", Retry,
        "{platform} let the prepared video expire, and nothing went out.",
        "{platform} удалил подготовленное видео, ничего не вышло.";
    TooLate => "publication.too_late", Retry,
        "It could not go out within the time you allow it to be late, so it was not sent.",
        "Публикация не успела выйти за допустимое время опоздания и не отправлена.";
    Interrupted => "publication.interrupted", Wait,
        "The server stopped at the moment of sending, so it is not known yet whether the post went out.",
        "Сервер остановился в момент отправки, поэтому пока неизвестно, вышла ли публикация.";
    SendTimeout => "publication.timeout", Wait,
        "{platform} did not answer in time, so it is not known yet whether the post went out.",
        "{platform} не ответил вовремя, поэтому пока неизвестно, вышла ли публикация.";
    OutcomeUnknown => "outcome_unknown", Nothing,
        "You left it as it is; whether it went out is not known.",
        "Вы оставили всё как есть; вышла ли публикация, неизвестно.";
    Defect => "engine.defect", Retry,
        "Working on this post made the server fail again and again.",
        "Работа над этой публикацией раз за разом приводила к сбою сервера.",
        todo "Please report it to whoever runs this server. You can retry.",
        "Сообщите об этом тому, кто ведёт этот сервер; публикацию можно повторить.";
    Panic => "engine.panic", Wait,
        "The server failed at the moment of sending, so it is not known yet whether the post went out.",
        "В момент отправки произошёл сбой сервера, поэтому пока неизвестно, вышла ли публикация.";
    NoPublisher => "engine.no_publisher", Operator,
        "This server does not publish to {platform} at present.",
        "Сейчас этот сервер не публикует в {platform}.";
    CallHangs => "engine.call_hangs", Wait,
        "{platform} did not answer for minutes.",
        "{platform} не отвечал несколько минут.";
    AccountInactive => "account.inactive", Reconnect,
        "The account @{username} could not publish at the time of sending.",
        "В момент отправки аккаунт @{username} не мог публиковать.";
    AccountDisconnected => "account.disconnected", Reconnect,
        "The account @{username} is disconnected.",
        "Аккаунт @{username} отключён.";
    AccountReauthorize => "account.reauthorize", Reconnect,
        "{platform} no longer accepts the access of @{username}.",
        "{platform} больше не принимает доступ @{username}.";
    AccountRestricted => "account.restricted", OpenApp,
        "{platform} restricts the account @{username}.",
        "{platform} ограничил аккаунт @{username}.";
    TokenUnreadable => "account.token_unreadable", Reconnect,
        "This server cannot open the access of @{username}: its encryption key is another one now.",
        "Этот сервер не может открыть доступ @{username}: его ключ шифрования теперь другой.",
        todo "Connect the account again, or let whoever runs this server put the key back.",
        "Подключите аккаунт заново или попросите вернуть ключ того, кто ведёт этот сервер.";
    SourceUnavailable => "account.source_unavailable", Wait,
        "The access of @{username} cannot be had at the moment.",
        "Сейчас не удаётся получить доступ @{username}.";
    Quota => "account.quota", Wait,
        "The account has used up what {platform} lets it publish: {used} of {total}.",
        "Аккаунт исчерпал лимит публикаций {platform}: {used} из {total}.";
    TwinCaption => "account.twin_caption", Wait,
        "Another post of this account with the same caption goes first; this one follows once it is known what became of that one.",
        "Сначала выходит другая публикация этого аккаунта с той же подписью; эта — следом, когда станет известна её судьба.";
    ContentChanged => "content.changed", Wait,
        "The content changed after the video was prepared, so it is prepared anew.",
        "Содержание изменилось после подготовки видео, поэтому оно готовится заново.";
    MediaGone => "media.gone", Edit,
        "The file of this post is not on the server any more.",
        "Файла этой публикации на сервере больше нет.",
        todo "Upload it again and retry with the new file.",
        "Загрузите его снова и повторите с новым файлом.";
    NoPublicUrl => "delivery.no_public_url", Operator,
        "{platform} fetches the video itself, and this server has no public address.",
        "{platform} скачивает видео сам, а у этого сервера нет публичного адреса.",
        todo "Whoever runs this server must give it one (CONTENTZAVOD_PUBLIC_URL).",
        "Тот, кто ведёт этот сервер, должен задать его (CONTENTZAVOD_PUBLIC_URL).";
    ClockHeld => "clock.held", Operator,
        "The clocks of this server and of {platform} differ by {seconds} s, so nothing is sent until they agree.",
        "Часы этого сервера и {platform} расходятся на {seconds} с; пока они не сойдутся, ничего не отправляется.",
        todo "Whoever runs this server must set its clock.",
        "Тот, кто ведёт этот сервер, должен исправить часы.";
    TwoCandidates => "review.two_candidates", Resolve,
        "More than one new post of the account fits, so we cannot say which is this one.",
        "Подходит больше одной новой публикации аккаунта, и мы не можем сказать, какая из них эта.";
    SuspectedSpam => "review.suspected_spam", Resolve,
        "{platform} called the post suspicious, and it sometimes says so of posts that are live.",
        "{platform} счёл публикацию подозрительной, а так он иногда отвечает и о вышедших.";
    Strict => "review.strict", Resolve,
        "The call got no clear answer, and this server is set never to send again without being told.",
        "Ясного ответа не было, а этот сервер настроен не отправлять повторно без вашего слова.";
    SendsUsedUp => "review.sends_used_up", Resolve,
        "It was sent as often as is safe, and {platform} shows no post.",
        "Отправляли столько раз, сколько безопасно, а {platform} публикации не показывает.";
    ReviewTooLate => "review.too_late", Resolve,
        "{platform} shows no post, and it is now too late to send it again unasked.",
        "{platform} публикации не показывает, а повторять без спроса уже поздно.";
    PlatformSilent => "review.platform_silent", Resolve,
        "{platform} has not told for a whole day what became of the post.",
        "{platform} целые сутки не сообщает, что стало с публикацией.";
}

impl Code {
    /// Reads a code back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.as_str() == code)
    }
}
