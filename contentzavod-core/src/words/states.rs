//! The states of a publication in words.

use super::text::of;
use crate::model::Lang;
use crate::publication::State;

/// A state's name and what it means, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateWords {
    /// Its name.
    pub name: &'static str,
    /// What it means, in one line.
    pub meaning: &'static str,
}

macro_rules! words {
    ($($state:ident => [$name_en:literal, $name_ru:literal], [$en:literal, $ru:literal];)+) => {
        const fn texts(state: State) -> ([&'static str; 2], [&'static str; 2]) {
            match state { $(State::$state => ([$name_en, $name_ru], [$en, $ru]),)+ }
        }
    };
}

words! {
    Draft => ["draft", "черновик"],
        ["Not scheduled yet: nothing happens by itself.",
         "Ещё не запланирована: сама не выйдет."];
    Scheduled => ["scheduled", "запланирована"],
        ["Waits for its time, or for the next try of preparing it.",
         "Ждёт своего времени или следующей попытки подготовки."];
    Preparing => ["preparing", "готовится"],
        ["The video is being handed to the platform; nobody sees it yet.",
         "Видео передаётся площадке; его ещё никто не видит."];
    Processing => ["processing", "обрабатывается"],
        ["The platform processes the video; nobody sees it yet.",
         "Площадка обрабатывает видео; его ещё никто не видит."];
    Ready => ["ready", "готова"],
        ["Prepared: at its time one call is left.",
         "Подготовлена: в назначенное время останется один вызов."];
    WaitingQuota => ["waiting for the quota", "ждёт лимита"],
        ["The account has used up what it may publish. Nothing was sent.",
         "Аккаунт исчерпал лимит публикаций. Ничего не отправлено."];
    WaitingAccount => ["waiting for the account", "ждёт аккаунт"],
        ["The account cannot publish until a person acts. Nothing was sent.",
         "Аккаунт не может публиковать, пока человек не вмешается. Ничего не отправлено."];
    Armed => ["being sent", "отправляется"],
        ["The call may leave at any moment: it cannot be taken back any more.",
         "Вызов может уйти в любой момент: отменить уже нельзя."];
    Uncertain => ["uncertain", "неизвестно"],
        ["The call may have left and there was no clear answer: we look what became of it.",
         "Вызов мог уйти, а ясного ответа нет: мы выясняем, что с публикацией."];
    NeedsReview => ["needs your review", "нужен ваш ответ"],
        ["The platform does not tell whether it is live: you are asked to look.",
         "Площадка не говорит, вышла ли публикация: просим вас посмотреть."];
    Published => ["published", "опубликована"],
        ["It is live.", "Публикация вышла."];
    Failed => ["failed", "не вышла"],
        ["It could not be prepared. Nothing was sent; mend it and retry.",
         "Подготовить не удалось. Ничего не отправлено; исправьте и повторите."];
    Missed => ["missed", "пропущена"],
        ["Too late to go out by itself: it goes out only if you say so.",
         "Слишком поздно, чтобы выйти самой: выйдет, только если вы скажете."];
    Cancelled => ["cancelled", "отменена"],
        ["Taken back by a person.", "Отменена человеком."];
}

impl State {
    /// Its name and meaning in a language.
    #[must_use]
    pub const fn words(self, lang: Lang) -> StateWords {
        let (name, meaning) = texts(self);
        StateWords {
            name: of(name, lang),
            meaning: of(meaning, lang),
        }
    }
}
