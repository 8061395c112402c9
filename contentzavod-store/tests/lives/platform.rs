//! The platform: what it holds is the truth, whatever it says of it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{MediaId, PublicationId};
use contentzavod_core::ports::{Clock, HandleState};
use contentzavod_core::testing::ManualClock;

use super::act::{Call, Fate, Ill, Made, Second};

/// A post that people see.
#[derive(Debug, Clone)]
pub(crate) struct Live {
    pub(crate) id: String,
    pub(crate) remote: String,
    pub(crate) caption: String,
    pub(crate) at: DateTime<Utc>,
    /// Whose call made it live; `None`: somebody posted it by hand.
    pub(crate) publication: Option<PublicationId>,
}

/// A container.
#[derive(Debug, Clone)]
pub(crate) struct Staged {
    pub(crate) remote: String,
    pub(crate) caption: String,
    pub(crate) media: MediaId,
    pub(crate) made_at: DateTime<Utc>,
    pub(crate) ill: Option<Made>,
    pub(crate) polls: u8,
    pub(crate) live: Option<String>,
    pub(crate) reads_as_error: bool,
    /// Calls that may have left: when, and when they surely are over.
    pub(crate) calls: Vec<Left>,
}

/// A publish call that left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Left {
    pub(crate) at: DateTime<Utc>,
    pub(crate) answered: bool,
    pub(crate) refused: bool,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) staged: HashMap<String, Staged>,
    pub(crate) live: Vec<Live>,
    pub(crate) fates: VecDeque<Fate>,
    pub(crate) made: VecDeque<Made>,
    pub(crate) ills: HashMap<Call, (Ill, u8)>,
    pub(crate) late: Vec<(DateTime<Utc>, String, PublicationId)>,
    pub(crate) lag: u8,
    pub(crate) clock_off: i16,
    pub(crate) restricted: HashSet<String>,
    pub(crate) used_up: HashSet<String>,
    /// The number of the newest token of each account, and of the oldest that works.
    pub(crate) tokens: HashMap<String, (u32, u32)>,
    next: u32,
}

/// The platform with its own clock, which nobody sets.
#[derive(Debug)]
pub(crate) struct Platform {
    clock: Arc<ManualClock>,
    start: DateTime<Utc>,
    pub(crate) second: Second,
    state: Mutex<State>,
}

impl Platform {
    pub(crate) fn new(clock: Arc<ManualClock>, second: Second) -> Self {
        Self {
            start: clock.now(),
            clock,
            second,
            state: Mutex::default(),
        }
    }

    /// What the time is.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.start + TimeDelta::from_std(self.clock.elapsed()).unwrap()
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    /// What it says that the time is.
    pub(crate) fn says(&self) -> DateTime<Utc> {
        let off = i64::from(self.lock().clock_off);
        self.now() + TimeDelta::seconds(off)
    }

    /// The state, with every late call executed whose time has come.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        let now = self.now();
        let mut state = self.state.lock().unwrap();
        let mut due: Vec<_> = state.late.extract_if(.., |(at, ..)| *at <= now).collect();
        due.sort_by_key(|(at, ..)| *at);
        for (at, handle, whose) in due {
            let _ = state.execute(&handle, at, whose, self.second);
        }
        state
    }

    /// Every mishap is over. What an account needs is a matter of its person.
    pub(crate) fn heal(&self) {
        let mut state = self.lock();
        state.fates.clear();
        state.made.clear();
        state.ills.clear();
        state.restricted.clear();
        state.used_up.clear();
        state.lag = 0;
        state.clock_off = 0;
    }

    /// A new token for an account.
    pub(crate) fn token(&self, remote: &str) -> String {
        let mut state = self.lock();
        let token = state.tokens.entry(remote.to_owned()).or_default();
        token.0 += 1;
        format!("token-{remote}-{}", token.0)
    }

    pub(crate) fn kill_token(&self, remote: &str) {
        if let Some(token) = self.lock().tokens.get_mut(remote) {
            token.1 = token.0 + 1;
        }
    }

    /// What is live of a publication.
    pub(crate) fn live_of(&self, publication: PublicationId) -> Vec<Live> {
        let state = self.lock();
        let mine = |live: &&Live| live.publication == Some(publication);
        state.live.iter().filter(mine).cloned().collect()
    }

    /// Somebody posts on the account by hand.
    pub(crate) fn by_hand(&self, remote: &str) {
        let now = self.now();
        let mut state = self.lock();
        let id = state.name("media");
        state.live.push(Live {
            id,
            remote: remote.to_owned(),
            caption: "by hand".to_owned(),
            at: now,
            publication: None,
        });
    }
}

impl State {
    pub(crate) fn name(&mut self, noun: &str) -> String {
        self.next += 1;
        format!("{noun}-{}", self.next)
    }

    /// True while the token works.
    pub(crate) fn accepts(&self, token: &str) -> bool {
        let mut parts = token.split('-').skip(1);
        let oldest = parts.next().and_then(|remote| self.tokens.get(remote));
        let number = parts.next().and_then(|n| n.parse::<u32>().ok());
        let works = oldest
            .zip(number)
            .map(|(oldest, number)| number >= oldest.1);
        works == Some(true)
    }

    /// Takes one failure of a call off.
    pub(crate) fn fails(&mut self, call: Call) -> Option<Ill> {
        let (ill, left) = self.ills.get_mut(&call)?;
        let ill = *ill;
        *left -= 1;
        if *left == 0 {
            self.ills.remove(&call);
        }
        Some(ill)
    }

    /// How a container reads. Each reading brings one that is processed forward.
    pub(crate) fn reads(&mut self, handle: &str, now: DateTime<Utc>) -> HandleState {
        let Some(staged) = self.staged.get_mut(handle) else {
            return HandleState::Expired;
        };
        if staged.reads_as_error {
            return HandleState::Error;
        }
        if staged.live.is_some() {
            return HandleState::Published;
        }
        if staged.gone(now) {
            return HandleState::Expired;
        }
        match staged.ill {
            Some(Made::Curable | Made::Incurable) => HandleState::Error,
            _ if staged.polls > 0 => {
                staged.polls -= 1;
                HandleState::InProgress
            }
            _ => HandleState::Finished,
        }
    }

    /// Makes it live; `Err` with the id that was live before, if any.
    pub(crate) fn execute(
        &mut self,
        handle: &str,
        at: DateTime<Utc>,
        whose: PublicationId,
        second: Second,
    ) -> Result<String, Option<String>> {
        let id = self.name("media");
        let Some(staged) = self.staged.get_mut(handle) else {
            return Err(None);
        };
        let bad = staged.gone(at) || matches!(staged.ill, Some(Made::Curable | Made::Incurable));
        if bad || (staged.live.is_some() && second != Second::Duplicates) {
            return Err(staged.live.clone());
        }
        staged.live = Some(id.clone());
        let live = Live {
            id: id.clone(),
            remote: staged.remote.clone(),
            caption: staged.caption.clone(),
            at,
            publication: Some(whose),
        };
        self.live.push(live);
        Ok(id)
    }

    /// What the account's list shows.
    pub(crate) fn list(&self, remote: &str, now: DateTime<Utc>) -> Vec<Live> {
        let shown = now - TimeDelta::seconds(i64::from(self.lag));
        let mine = self.live.iter().rev();
        let mine = mine.filter(|l| l.remote == remote && l.at <= shown);
        mine.take(25).cloned().collect()
    }
}

impl Staged {
    fn gone(&self, now: DateTime<Utc>) -> bool {
        self.ill == Some(Made::Expired) || now >= self.made_at + TimeDelta::hours(24)
    }
}
