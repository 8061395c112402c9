//! Whether the time is right: before it decides anything, and whom to ask.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::{Either, select};
use tokio::sync::Mutex;

use super::shared::Shared;
use super::witness::Standing;
use super::work::Work;
use crate::publication::Event;

/// A platform that does not say the time by then is not waited for: posts may be due.
const ASK_LIMIT: Duration = Duration::from_secs(2);
/// Nobody is asked more often.
const ASK_PAUSE: Duration = Duration::from_secs(5);
/// So long deletions wait for a platform that does not answer.
const SILENCE_MAX: Duration = Duration::from_secs(24 * 3600);

/// What asking for the time came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Heard {
    /// No platform can tell it.
    #[default]
    Nothing,
    /// None that can does answer.
    Silence,
    Time,
}

/// When it was asked last, and what came of it. Whoever holds it asks; the others wait.
#[derive(Debug, Default)]
pub(super) struct Asking(Mutex<(Option<Duration>, Heard)>);

impl Shared {
    /// What our clock is worth.
    pub(super) fn standing(&self) -> Standing {
        let elapsed = TimeDelta::from_std(self.clock.elapsed()).unwrap_or_default();
        self.standing_of(self.clock.now() - elapsed)
    }

    /// What the store's clock is worth, by what it shows at the zero of our monotonic one.
    pub(super) fn standing_of(&self, zero: DateTime<Utc>) -> Standing {
        self.witness
            .standing(zero, self.clock.elapsed(), &self.numbers)
    }

    /// As [`Shared::standing`]; asks a platform for the time where that is not certain.
    pub(super) async fn sure_of_the_time(&self) -> Standing {
        let standing = self.standing();
        if !standing.ask {
            return standing;
        }
        self.ask_the_time().await;
        self.standing()
    }

    /// The clocks disagree: nothing goes out. Nobody looks at the row before they agree; then it is due
    /// at once, by the clock that is behind, for either may be the one that is set right.
    pub(super) fn clocks_differ(&self, work: &Work) -> Option<Event> {
        let ahead = self.standing().differs?;
        Some(Event::Held {
            until: self.now(work) + ahead.min(TimeDelta::zero()),
            seconds: -ahead.num_seconds(),
        })
    }

    /// The time is certain enough to delete by it: a platform agrees, or none can tell.
    pub(super) async fn may_forget(&self) -> bool {
        let standing = self.standing();
        if !standing.ask {
            return true;
        }
        let heard = self.ask_the_time().await;
        let standing = self.standing();
        if standing.differs.is_some() {
            return false;
        }
        heard != Heard::Silence || self.clock.elapsed() >= SILENCE_MAX
    }

    /// Asks the first platform that answers, unless one was asked just now.
    async fn ask_the_time(&self) -> Heard {
        let mut last = self.asking.0.lock().await;
        if last
            .0
            .is_some_and(|at| self.clock.elapsed() < at + ASK_PAUSE)
        {
            return last.1;
        }
        let mut heard = Heard::Nothing;
        for platform in self.platforms.values() {
            let limit = self.clock.sleep(ASK_LIMIT);
            match select(platform.publisher.time(), limit).await {
                Either::Left((Ok(Some(time)), _)) => {
                    self.witness.saw(Some(time), self.clock.elapsed());
                    heard = Heard::Time;
                    break;
                }
                Either::Left((Ok(None), _)) => {}
                Either::Left((Err(_), _)) | Either::Right(_) => heard = Heard::Silence,
            }
        }
        match heard {
            Heard::Time => {}
            Heard::Silence => self.witness.heard_nothing(),
            Heard::Nothing => {
                let elapsed = self.clock.elapsed();
                self.witness.none_can_tell(elapsed, &self.numbers);
            }
        }
        *last = (Some(self.clock.elapsed()), heard);
        heard
    }
}
