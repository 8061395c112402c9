//! What a situation is: two texts, how it is brought about, and what must be seen then.

use contentzavod_core::publication::State;
use contentzavod_core::words::Refused;

/// A row of the page.
#[derive(Debug)]
pub(crate) struct Situation {
    /// Its stable name.
    pub(crate) key: &'static str,
    /// Under which heading it stands.
    pub(crate) part: Part,
    /// The situation, in English and Russian.
    pub(crate) says: [&'static str; 2],
    /// How it is played.
    pub(crate) play: Play,
}

macro_rules! parts {
    ($($name:ident => [$en:literal, $ru:literal];)+) => {
        /// The headings of the page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Part { $($name),+ }

        impl Part {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            pub(crate) const fn title(self) -> [&'static str; 2] {
                match self { $(Self::$name => [$en, $ru]),+ }
            }
        }
    };
}

parts! {
    Server => ["Our server stops, sleeps or errs", "Наш сервер останавливается, спит или ошибается"];
    Prepare => ["Instagram fails while the post is prepared", "Instagram сбоит, пока публикация готовится"];
    Send => ["Instagram fails when the post is sent", "Instagram сбоит, когда публикация отправляется"];
    Account => ["The account cannot publish", "Аккаунт не может публиковать"];
    Person => ["You change your mind", "Вы передумали"];
    Many => ["Many posts at once", "Много публикаций сразу"];
}

/// What is seen of a publication: its state and, by the key of its words, why it stands there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shows(pub(crate) State, pub(crate) Option<&'static str>);

/// Something that is done once, when the publication is first seen in a state.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Act {
    /// Other faults from now on.
    Faults(&'static str),
    /// Nothing works for so many hours.
    Away(i64),
    /// Cancel: taken, or refused.
    Cancel(Option<Refused>),
    /// Change the caption: taken, or refused.
    Edit(Option<Refused>),
    /// Disconnect the account.
    Disconnect,
    /// Connect the account again, with a new token.
    Connect,
    /// Retry: taken, or refused.
    Retry(Option<Refused>),
    /// Retry although the file is gone: refused with 422.
    RetryWithoutFile,
    /// Say what became of it, as JSON: taken, or refused.
    Answer(&'static str, Option<Refused>),
}

impl Act {
    /// How it is refused, if it is.
    pub(crate) const fn refused(&self) -> Option<Refused> {
        match self {
            Self::Cancel(no) | Self::Edit(no) | Self::Retry(no) | Self::Answer(_, no) => *no,
            _ => None,
        }
    }
}

/// The code of a refusal in a problem.
pub(crate) const fn code_of(refused: Refused) -> &'static str {
    match refused {
        Refused::PastArming => "publication.past_arming",
        Refused::Final => "publication.final",
        Refused::Retry | Refused::Resolve | Refused::Receipt | Refused::Other => {
            "publication.state"
        }
    }
}

/// How a situation is brought about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Play {
    /// Faults of the sandbox from the start: rules as JSON, without the account.
    pub(crate) rules: &'static str,
    /// The server dies within the call that the first rule strikes.
    pub(crate) crash: bool,
    /// A server that never sends again after an unknown outcome.
    pub(crate) strict: bool,
    /// How late the post may be.
    pub(crate) max_late: Option<&'static str>,
    /// So many posts with one caption on the account, all due at one instant.
    pub(crate) posts: usize,
    pub(crate) acts: &'static [(State, Act)],
    /// What must be seen, in this order.
    pub(crate) shows: &'static [Shows],
    /// Where it ends.
    pub(crate) end: State,
    /// Where the last of several posts ends, if elsewhere.
    pub(crate) last: Option<State>,
}

/// Seen on the way, and how it ends.
pub(crate) const fn shows(shows: &'static [Shows], end: State) -> Play {
    Play {
        rules: "[]",
        crash: false,
        strict: false,
        max_late: None,
        posts: 1,
        acts: &[],
        shows,
        end,
        last: None,
    }
}

impl Play {
    pub(crate) const fn rules(mut self, rules: &'static str) -> Self {
        self.rules = rules;
        self
    }

    pub(crate) const fn crash(mut self) -> Self {
        self.crash = true;
        self
    }

    pub(crate) const fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    pub(crate) const fn late(mut self, max_late: &'static str) -> Self {
        self.max_late = Some(max_late);
        self
    }

    pub(crate) const fn posts(mut self, posts: usize) -> Self {
        self.posts = posts;
        self
    }

    pub(crate) const fn last(mut self, end: State) -> Self {
        self.last = Some(end);
        self
    }

    pub(crate) const fn acts(mut self, acts: &'static [(State, Act)]) -> Self {
        self.acts = acts;
        self
    }
}
