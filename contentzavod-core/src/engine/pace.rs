//! How fast an account's platform is asked: what can wait waits while its limits are nearly used up.
//!
//! The measure is what the platform itself says beside its answers, per account. Only reads and
//! staging are put off, and never so far that a post would be late for it: nobody's publish waits.
//! What is known here lives in memory alone; after a start the first answer tells it anew.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::shared::Shared;
use super::work::Work;
use crate::model::AccountStatus;
use crate::ports::{Answer, CallError, PublishError, Usage};
use crate::publication::State;

/// From here on (percent) an account is asked at a quarter of the pace.
const BUSY: u32 = 80;
/// From here on it is left alone as long as anything allows it.
const FULL: u32 = 95;
/// A quarter of the pace at which containers are asked: every minute in the long run.
const SLOW: TimeDelta = TimeDelta::minutes(4);
/// How long an account is left alone where the platform does not say.
const ALONE: TimeDelta = TimeDelta::minutes(5);
/// After refusals in a row it is left alone for longer, at most so long.
const ALONE_MAX: TimeDelta = TimeDelta::minutes(60);
/// Polls of what comes due so soon are not put off.
const SOON: TimeDelta = TimeDelta::minutes(5);
/// A container is made so long before the due time at the latest: long Reels are processed for
/// minutes, and what the platform dislikes is to be known while somebody can act.
const STAGED: TimeDelta = TimeDelta::minutes(15);
/// What is only read is put off no longer.
const READ_MAX: TimeDelta = TimeDelta::minutes(10);
/// The platform says so of a gateway that is out of breath, not of limits.
const BREATH: TimeDelta = TimeDelta::minutes(1);

/// Until when the accounts are left alone, by the monotonic clock.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<HashMap<String, Pause>>);

#[derive(Debug, Clone, Copy, Default)]
struct Pause {
    until: Duration,
    /// Refusals in a row.
    refused: u32,
}

impl Pace {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Pause>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long an account is still to be left alone.
    fn left(&self, account: &str, elapsed: Duration) -> Option<Duration> {
        let until = self.lock().get(account)?.until;
        until.checked_sub(elapsed).filter(|left| !left.is_zero())
    }

    /// An answer came with the use of the limits.
    fn saw(&self, account: &str, usage: Usage, now: DateTime<Utc>, elapsed: Duration) {
        let pause = match usage.percent {
            FULL.. => usage.regain_at.map_or(ALONE, |at| (at - now).max(ALONE)),
            BUSY.. => SLOW,
            _ => {
                // The limits are far: whatever was refused before is over.
                self.lock().remove(account);
                return;
            }
        };
        let until = elapsed + pause.to_std().unwrap_or_default();
        self.lock().entry(account.to_owned()).or_default().until = until;
    }

    /// The platform takes no calls until then; each refusal in a row doubles what we wait.
    fn refused(&self, account: &str, left: TimeDelta, elapsed: Duration) {
        let mut all = self.lock();
        let pause = all.entry(account.to_owned()).or_default();
        if left < BREATH {
            let until = elapsed + left.to_std().unwrap_or_default();
            pause.until = pause.until.max(until);
            return;
        }
        let doubled = ALONE * 2_i32.saturating_pow(pause.refused.min(8));
        let wait = doubled.min(ALONE_MAX).max(left);
        // Accounts that were refused together do not come back together.
        let bytes = account.bytes().map(u32::from).sum::<u32>() % 20;
        let wait = wait + wait * i32::try_from(bytes).unwrap_or(0) / 100;
        pause.refused += 1;
        pause.until = elapsed + wait.to_std().unwrap_or_default();
    }
}

impl Shared {
    /// Notes what an answer, or the lack of one, says of the account's limits.
    pub(super) fn noted<T>(&self, work: &Work, outcome: &Result<Answer<T>, CallError>) {
        let (account, elapsed) = (&work.item.publication.remote_key, self.clock.elapsed());
        let now = self.now(work);
        match outcome {
            Ok(answer) => {
                // Quiet apps are told nothing, and nothing is what they have used up.
                let quiet = Usage {
                    percent: 0,
                    regain_at: None,
                };
                let usage = answer.usage.unwrap_or(quiet);
                self.pace.saw(account, usage, now, elapsed);
            }
            Err(CallError::Transient(fault)) => {
                if let Some(at) = fault.retry_at {
                    self.pace.refused(account, at - now, elapsed);
                }
            }
            Err(_) => {}
        }
    }

    /// Notes what a publish call that was not taken says: the account's other work waits as long.
    pub(super) fn noted_refusal(&self, work: &Work, error: &PublishError) {
        let fault = match error {
            PublishError::Spam(fault)
            | PublishError::Refused { fault, .. }
            | PublishError::Unknown { fault, .. } => fault,
            PublishError::NotSent(_) => return,
        };
        if let Some(at) = fault.retry_at {
            let (account, elapsed) = (&work.item.publication.remote_key, self.clock.elapsed());
            self.pace.refused(account, at - self.now(work), elapsed);
        }
    }

    /// Until when the row's work is put off, if it is.
    pub(super) fn paced(&self, work: &Work) -> Option<DateTime<Utc>> {
        let account = &work.item.publication.remote_key;
        let left = self.pace.left(account, self.clock.elapsed())?;
        let left = TimeDelta::from_std(left).unwrap_or(TimeDelta::MAX);
        let now = self.now(work);
        let ahead = work.progress().due_at - now;
        let most = match work.progress().state {
            State::Scheduled => {
                let latest = STAGED.min(self.numbers.stage_ahead / 2);
                (ahead > latest).then(|| (ahead / 2).min(ahead - latest))?
            }
            State::Processing => (ahead > SOON).then(|| ahead / 2)?,
            // A person who has connected the account again does not wait for it.
            State::WaitingAccount if work.item.account.status == AccountStatus::Active => {
                return None;
            }
            // One that is uncertain holds the account's slot, and is looked at as ever.
            State::WaitingQuota | State::WaitingAccount | State::NeedsReview | State::Published => {
                READ_MAX
            }
            _ => return None,
        };
        tracing::debug!(publication = %work.item.publication.id, "put off: the account's limits");
        Some(now + left.min(most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "instagram:1";

    fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    fn used(percent: u32, regain_at: Option<DateTime<Utc>>) -> Usage {
        Usage { percent, regain_at }
    }

    #[test]
    fn an_account_is_left_alone_by_what_it_has_used_up() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let hour = now + TimeDelta::hours(1);
        for (usage, expected) in [
            (used(79, None), None),
            (used(80, None), Some(seconds(240))),
            (used(94, Some(hour)), Some(seconds(240))),
            (used(95, None), Some(seconds(300))),
            (used(95, Some(hour)), Some(seconds(3600))),
            (used(200, Some(now)), Some(seconds(300))),
        ] {
            let pace = Pace::default();
            pace.saw(A, usage, now, seconds(7));
            assert_eq!(pace.left(A, seconds(7)), expected, "{usage:?}");
            assert_eq!(pace.left("instagram:2", seconds(7)), None);
            if let Some(pause) = expected {
                assert_eq!(pace.left(A, seconds(7) + pause), None);
            }
        }
    }

    #[test]
    fn refusals_in_a_row_double_the_wait_until_an_answer_says_that_all_is_well() {
        let pace = Pace::default();
        let least = |n: u64| seconds(n)..=seconds(n + n / 5);
        let refuse = |left: i64| {
            pace.refused(A, TimeDelta::seconds(left), seconds(0));
            pace.left(A, seconds(0)).expect("a pause")
        };
        assert!(least(300).contains(&refuse(90)));
        assert!(least(600).contains(&refuse(90)));
        assert!(least(5000).contains(&refuse(5000)), "as the platform says");
        assert!(least(2400).contains(&refuse(90)));
        assert!(least(3600).contains(&refuse(90)), "an hour at most");
        let now = DateTime::<Utc>::UNIX_EPOCH;
        pace.saw(A, used(5, None), now, seconds(0));
        assert_eq!(pace.left(A, seconds(0)), None);
        assert!(least(300).contains(&refuse(90)));
    }

    #[test]
    fn a_gateway_out_of_breath_is_left_alone_as_long_as_it_says() {
        let pace = Pace::default();
        for _ in 0..9 {
            pace.refused(A, TimeDelta::seconds(1), seconds(0));
        }
        assert_eq!(pace.left(A, seconds(0)), Some(seconds(1)));
    }
}
