//! Why something that a person asked of a publication is not done, and what can be done instead.

use super::text::of;
use crate::model::Lang;
use crate::publication::State;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident => [$en:literal, $ru:literal];)+) => {
        /// What is refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Refused { $($(#[$doc])* $name),+ }

        impl Refused {
            /// Every refusal.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Why, with the placeholder `{state}`.
            #[must_use]
            pub const fn template(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => of([$en, $ru], lang)),+ }
            }
        }
    };
}

refusals! {
    /// Cancel, edit and delete of what may have been sent.
    PastArming =>
        ["Publishing has begun (it is {state}): it can no longer be cancelled, changed or deleted.",
         "Отправка уже началась ({state}): отменить, изменить или удалить больше нельзя."];
    /// Cancel and edit of what has ended for good.
    Final =>
        ["It is {state} for good: nothing is left to cancel or change.",
         "Она уже окончательно {state}: отменять или менять нечего."];
    /// Retry of what has not failed and was not missed.
    Retry =>
        ["Only a failed or missed publication can be retried; this one is {state}.",
         "Повторить можно только не вышедшую или пропущенную публикацию; эта — {state}."];
    /// A person's word about what is not in review.
    Resolve =>
        ["Only a publication that needs your review waits for your word; this one is {state}.",
         "Вашего слова ждёт только публикация, о которой мы спросили; эта — {state}."];
    /// The receipt of what is not live.
    Receipt =>
        ["There is a receipt once it is published; this one is {state}.",
         "Квитанция появляется после выхода; эта публикация — {state}."];
    /// Anything else.
    Other =>
        ["That cannot be done to a publication that is {state}.",
         "Этого нельзя сделать с публикацией в состоянии «{state}»."];
}

impl Refused {
    /// Why it is not done to a publication that stands here.
    #[must_use]
    pub fn why(self, state: State, lang: Lang) -> String {
        self.template(lang)
            .replace("{state}", state.words(lang).name)
    }
}

macro_rules! instead {
    ($($($state:ident)|+ => [$en:literal, $ru:literal];)+) => {
        impl State {
            /// What a person can do with a publication that stands here.
            #[must_use]
            pub const fn instead(self, lang: Lang) -> &'static str {
                match self { $($(Self::$state)|+ => of([$en, $ru], lang)),+ }
            }
        }
    };
}

instead! {
    Draft =>
        ["Schedule it, change it or delete it.", "Её можно запланировать, изменить или удалить."];
    Scheduled | Preparing | Processing | Ready =>
        ["It goes out by itself at its time; until then it can be changed or cancelled.",
         "Она выйдет сама в своё время; до этого её можно изменить или отменить."];
    WaitingQuota | WaitingAccount =>
        ["It goes on by itself once what it waits for is there; until then it can be changed or cancelled.",
         "Она продолжит сама, когда дождётся; до этого её можно изменить или отменить."];
    Armed | Uncertain =>
        ["Wait a little: it becomes published or missed by itself, or you are asked.",
         "Подождите: она сама станет опубликованной или пропущенной, или мы вас спросим."];
    NeedsReview =>
        ["Look at the account and say what became of it: live, not live, or leave it.",
         "Посмотрите на аккаунт и ответьте, что с ней: вышла, не вышла или оставить."];
    Published =>
        ["It is live: delete it in the platform's own app, and schedule a new post for another version.",
         "Она вышла: удалите её в самом приложении, а для другой версии запланируйте новую."];
    Failed | Missed =>
        ["Retry it, change it or cancel it.", "Её можно повторить, изменить или отменить."];
    Cancelled =>
        ["Schedule a new post.", "Запланируйте новую публикацию."];
}
