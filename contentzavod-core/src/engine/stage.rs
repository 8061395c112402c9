//! The stager: everything before arming that one claimed row needs.

use super::calls::{hindered, inactive, no_access};
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::ports::{CallError, HandleState, HandleStatus};
use crate::publication::event::Hindrance;
use crate::publication::{Event, State, Trouble};

impl Shared {
    /// Works on a row of the stage lane.
    pub(super) async fn stage(&self, work: &mut Work) -> Result<(), Stop> {
        if self.now(work) > work.progress().latest() && work.progress().state.is_pre_arm() {
            return self.take(work, Event::TooLate, None).await;
        }
        if let Err(nobody) = self.platform(work) {
            let event = no_platform(&nobody);
            return self.take(work, event, None).await;
        }
        match work.progress().state {
            State::Scheduled => self.begin(work).await,
            State::Preparing => self.prepare(work).await,
            State::Processing => self.poll(work).await,
            State::Ready => self.check(work).await,
            State::WaitingAccount | State::WaitingQuota => self.waiting(work).await,
            other => {
                tracing::error!(state = other.as_str(), "nothing to stage in this state");
                Ok(())
            }
        }
    }

    async fn begin(&self, work: &mut Work) -> Result<(), Stop> {
        if let Some(event) = inactive(work) {
            return self.take(work, event, None).await;
        }
        let lease = Some(self.numbers.lease_work);
        self.take(work, Event::Begin, lease).await?;
        if work.progress().state == State::Preparing {
            self.prepare(work).await
        } else {
            Ok(())
        }
    }

    async fn poll(&self, work: &mut Work) -> Result<(), Stop> {
        let event = match self.handle_status(work).await? {
            Ok(status) => polled(status),
            Err(event) => event,
        };
        self.take(work, event, None).await
    }

    /// Where the row's container stands, or what stands in the way of knowing.
    pub(super) async fn handle_status(
        &self,
        work: &mut Work,
    ) -> Result<Result<HandleStatus, Event>, Stop> {
        let Some(handle) = work.progress().container.as_ref().map(|c| c.handle.clone()) else {
            return Ok(Err(lost_container()));
        };
        let access = match self.access(work).await {
            Ok(access) => access,
            Err(error) => return Ok(Err(no_access(&error))),
        };
        let publisher = std::sync::Arc::clone(&self.platform(work)?.publisher);
        let call = publisher.status(&access, &handle);
        Ok(match self.keeping(work, call).await? {
            Ok(answer) => Ok(self.heard(answer)),
            Err(error) => Err(hindered(&error)),
        })
    }

    /// The checks before arming: container, baseline, quota, clocks.
    async fn check(&self, work: &mut Work) -> Result<(), Stop> {
        if let Some(event) = inactive(work) {
            return self.take(work, event, None).await;
        }
        match self.handle_status(work).await? {
            Ok(status) if status.state == HandleState::Finished => {}
            Ok(status) => return self.take(work, polled(status), None).await,
            // Unreadable says nothing: what counts is what the container says at the call.
            Err(Event::Hindered {
                cause: Hindrance::Transient,
                ..
            }) if self.last_moment(work) => {}
            Err(event) => return self.take(work, event, None).await,
        }
        if let Some(event) = self.quota_used_up(work).await? {
            return self.take(work, event, None).await;
        }
        if let Some(event) = self.clocks_differ(work) {
            return self.take(work, event, None).await;
        }
        let event = match self.recent_ids(work).await? {
            Ok(ids) => Event::Checked {
                baseline: Some(ids),
            },
            Err(CallError::Token(f)) => hindered(&CallError::Token(f)),
            Err(_) if self.last_moment(work) => Event::Checked { baseline: None },
            Err(_) => Event::Recheck {
                at: self.now(work) + self.numbers.not_sent_pause,
            },
        };
        self.take(work, event, None).await
    }

    /// So close to arming that there is no time to read again.
    fn last_moment(&self, work: &Work) -> bool {
        let arm_at = work.progress().due_at - self.numbers.arm_ahead;
        self.now(work) + self.numbers.not_sent_pause >= arm_at
    }

    async fn recent_ids(&self, work: &mut Work) -> Result<Result<Vec<String>, CallError>, Stop> {
        let access = match self.access(work).await {
            Ok(access) => access,
            Err(error) => {
                let fault = crate::ports::Fault::new("account.no_access", error.to_string());
                return Ok(Err(CallError::Transient(fault)));
            }
        };
        let publisher = std::sync::Arc::clone(&self.platform(work)?.publisher);
        let call = publisher.recent(&access);
        let answer = self.keeping(work, call).await?;
        Ok(answer.map(|a| self.heard(a).into_iter().map(|m| m.id).collect()))
    }

    /// Reads the quota and keeps it; an unreadable one does not stand in the way.
    pub(super) async fn quota_used_up(&self, work: &mut Work) -> Result<Option<Event>, Stop> {
        let Ok(access) = self.access(work).await else {
            return Ok(None);
        };
        let publisher = std::sync::Arc::clone(&self.platform(work)?.publisher);
        let call = publisher.quota(&access);
        let quota = match self.keeping(work, call).await? {
            Ok(answer) => self.heard(answer),
            Err(CallError::Token(f)) => return Ok(Some(hindered(&CallError::Token(f)))),
            Err(_) => return Ok(None),
        };
        let id = work.item.account.id;
        self.store.set_quota(id, quota, self.now(work)).await?;
        Ok(quota.exhausted().then(|| Event::Hindered {
            cause: Hindrance::Quota,
            trouble: Trouble::new(
                "account.quota",
                format!(
                    "The account has used {} of {} publications of its window.",
                    quota.used, quota.total
                ),
                "wait",
            ),
            retry_at: None,
        }))
    }
}

/// Waits for a publisher; when none comes it is told as missed.
fn no_platform(nobody: &Stop) -> Event {
    Event::Hindered {
        cause: Hindrance::Transient,
        trouble: Trouble::new("engine.no_publisher", nobody.to_string(), "wait"),
        retry_at: None,
    }
}

fn lost_container() -> Event {
    Event::Hindered {
        cause: Hindrance::Container,
        trouble: Trouble::new(
            "container.lost",
            "The prepared container is not known any more.",
            "wait",
        ),
        retry_at: None,
    }
}

fn polled(status: HandleStatus) -> Event {
    Event::Polled {
        state: status.state,
        curable: status.curable,
        trouble: status
            .fault
            .map(|f| Trouble::new(&f.code, f.message, "edit")),
    }
}
