//! The stager: everything before arming that one claimed row needs.

use super::calls::{hindered, inactive, no_access, no_access_fault};
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::crash::Point;
use crate::ports::{CallError, Fault, HandleState, HandleStatus};
use crate::publication::event::Hindrance;
use crate::publication::{Event, State};
use crate::words::{Action, Code, Trouble};

impl Shared {
    /// Works on a row of the stage lane.
    pub(super) async fn stage(&self, work: &mut Work) -> Result<(), Stop> {
        if self.now(work) > work.progress().latest() && work.progress().state.is_pre_arm() {
            return self.take(work, Event::TooLate, None).await;
        }
        if self.platform(work).is_err() {
            return self.take(work, no_platform(), None).await;
        }
        if let Some(until) = self.paced(work) {
            return self.take(work, Event::Paced { until }, None).await;
        }
        if self.is_of_another_login(work)? {
            return self.take(work, lost_container(), None).await;
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

    /// Whether the row's container was made while the account was connected another way.
    fn is_of_another_login(&self, work: &Work) -> Result<bool, Stop> {
        let Some(container) = &work.progress().container else {
            return Ok(false);
        };
        let waits = matches!(
            work.progress().state,
            State::WaitingAccount | State::WaitingQuota
        );
        let login = &work.item.account.login;
        let publisher = &self.platform(work)?.publisher;
        Ok(!waits && !publisher.fits(&container.handle, login))
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
            Ok(status) => polled(&status),
            Err(event) => event,
        };
        work.crash_point(Point::Polled);
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
            Err(error) => return Ok(Err(no_access(&work.item.account, &error))),
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
        // A row that was woken before its time, as after a start: a check would be stale by then.
        let begin = work.progress().due_at - self.numbers.check_ahead;
        if self.now(work) < begin {
            return self.take(work, Event::Recheck { at: begin }, None).await;
        }
        if let Some(event) = inactive(work) {
            return self.take(work, event, None).await;
        }
        match self.handle_status(work).await? {
            Ok(status) if status.state == HandleState::Finished => {}
            Ok(status) => return self.take(work, polled(&status), None).await,
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
                let fault = no_access_fault(&work.item.account, &error);
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
            trouble: Trouble::of(Code::Quota)
                .with("used", quota.used.to_string())
                .with("total", quota.total.to_string()),
            retry_at: None,
        }))
    }
}

/// Waits for a publisher; when none comes it is told as missed.
fn no_platform() -> Event {
    Event::Hindered {
        cause: Hindrance::Transient,
        trouble: Trouble::of(Code::NoPublisher),
        retry_at: None,
    }
}

fn lost_container() -> Event {
    Event::Hindered {
        cause: Hindrance::Container,
        trouble: Trouble::of(Code::ContainerLost),
        retry_at: None,
    }
}

fn polled(status: &HandleStatus) -> Event {
    // Where a new container may do, one is made; else the words know what may help.
    let action = |fault: &Fault| match fault.words {
        _ if status.curable => Action::Wait,
        Some(words) => words.action,
        None => Action::Edit,
    };
    let trouble = status.fault.as_ref();
    Event::Polled {
        trouble: trouble.map(|fault| Trouble::told(fault, action(fault))),
        state: status.state,
        curable: status.curable,
    }
}
