//! The reconciler: finds out what became of a call, and fetches late links.

use std::collections::HashSet;
use std::sync::Arc;

use super::fire::Armed;
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::crash::Point;
use crate::model::{Access, AccountStatus};
use crate::ports::store::Denied;
use crate::ports::{CallError, HandleStatus, RemoteMedia};
use crate::publication::reconcile::{Evidence, Wanted, candidates};
use crate::publication::{Event, Handle, State};

impl Shared {
    /// Works on a row of the look lane. What comes back was armed again and must be fired.
    pub(super) async fn look(&self, mut work: Work) -> Result<Option<Armed>, (Work, Stop)> {
        match self.look_at(&mut work).await {
            Ok(()) if work.progress().state == State::Armed => Ok(Some(Armed::new(work))),
            Ok(()) => Ok(None),
            Err(stop) => Err((work, stop)),
        }
    }

    async fn look_at(&self, work: &mut Work) -> Result<(), Stop> {
        if let Some(until) = self.paced(work) {
            return self.take(work, Event::Paced { until }, None).await;
        }
        match work.progress().state {
            State::Armed => self.take(work, Event::LeaseLost, None).await,
            State::Published if work.progress().remote_id.is_some() => self.link(work).await,
            State::Uncertain | State::NeedsReview | State::Published => {
                let evidence = self.evidence(work).await?;
                work.crash_point(Point::Looked);
                self.judge(work, evidence).await
            }
            other => {
                tracing::error!(state = other.as_str(), "nothing to look at in this state");
                Ok(())
            }
        }
    }

    /// Lets the machine judge; an arm of its own needs the long lease and a free slot.
    async fn judge(&self, work: &mut Work, evidence: Evidence) -> Result<(), Stop> {
        let event = Event::Looked { evidence };
        let arms = self.ask(work, event.clone())?.next.state == State::Armed;
        if arms && let Some(busy) = self.before_again(work).await? {
            return self.take(work, busy, None).await;
        }
        let lease = arms.then_some(self.numbers(work).lease_armed);
        match self.take(work, event, lease).await {
            Err(Stop::Denied(denied)) => {
                let event = self.busy_again(work, denied);
                self.take(work, event, None).await
            }
            other => other,
        }
    }

    /// What stands in the way of sending again, so that no send is spent on it.
    async fn before_again(&self, work: &mut Work) -> Result<Option<Event>, Stop> {
        let until = self.now(work) + self.numbers.waiting_look;
        let busy = |trouble| Ok(Some(Event::Busy { until, trouble }));
        if self.clocks_differ(work).is_some() {
            return busy(None);
        }
        let restricted = work.item.account.status == AccountStatus::Restricted;
        if restricted && !self.account_is_back(work).await? {
            return busy(None);
        }
        match self.quota_used_up(work).await? {
            Some(Event::Hindered { trouble, .. }) => busy(Some(trouble)),
            _ => Ok(None),
        }
    }

    /// A refused second arm waits as uncertain. Each try reads the platform anew: no hurry.
    fn busy_again(&self, work: &Work, denied: Denied) -> Event {
        let trouble = match self.busy(work, denied) {
            Event::Hindered { trouble, .. } => Some(trouble),
            Event::Busy { trouble, .. } => trouble,
            _ => None,
        };
        Event::Busy {
            until: self.now(work) + self.numbers.waiting_look,
            trouble,
        }
    }

    /// What the platform shows: the container, and new media of the account.
    async fn evidence(&self, work: &mut Work) -> Result<Evidence, Stop> {
        let at = self.now(work);
        let Ok(access) = self.access(work).await else {
            return Ok(Evidence::nothing(at));
        };
        let Some(handle) = work.progress().container.as_ref().map(|c| c.handle.clone()) else {
            return Ok(Evidence::nothing(at));
        };
        let status = self.read_status(work, &access, &handle).await?;
        let list = self.read_recent(work, &access).await?;
        let candidates = match list {
            Some(list) => Some(self.fitting(work, &list).await?),
            None => None,
        };
        Ok(Evidence {
            at,
            handle: status.as_ref().map(|s| s.state),
            remote_id: status.and_then(|s| s.remote_id),
            candidates,
        })
    }

    async fn read_status(
        &self,
        work: &mut Work,
        access: &Access,
        handle: &Handle,
    ) -> Result<Option<HandleStatus>, Stop> {
        let publisher = Arc::clone(&self.platform(work)?.publisher);
        let call = publisher.status(access, handle);
        match self.keeping(work, call).await? {
            Ok(answer) => Ok(Some(self.heard(answer))),
            Err(error) => {
                self.note_dead_token(work, &error).await?;
                Ok(None)
            }
        }
    }

    async fn read_recent(
        &self,
        work: &mut Work,
        access: &Access,
    ) -> Result<Option<Vec<RemoteMedia>>, Stop> {
        let publisher = Arc::clone(&self.platform(work)?.publisher);
        let call = publisher.recent(access);
        match self.keeping(work, call).await? {
            Ok(answer) => Ok(Some(self.heard(answer))),
            Err(error) => {
                self.note_dead_token(work, &error).await?;
                Ok(None)
            }
        }
    }

    /// The row waits for its token like any other, but its person must hear of it.
    pub(super) async fn note_dead_token(&self, work: &Work, error: &CallError) -> Result<(), Stop> {
        if matches!(error, CallError::Token(_)) {
            let account = &work.item.account;
            let status = AccountStatus::Reauthorize;
            self.store
                .set_status(account.id, account.token_version, status)
                .await?;
        }
        Ok(())
    }

    async fn fitting(
        &self,
        work: &Work,
        list: &[RemoteMedia],
    ) -> Result<Vec<crate::publication::reconcile::Candidate>, Stop> {
        let p = work.progress();
        let publication = &work.item.publication;
        let ids: Vec<String> = list.iter().map(|m| m.id.clone()).collect();
        let bound: HashSet<String> = self
            .store
            .bound_remote_ids(&publication.remote_key, publication.id, &ids)
            .await?;
        let content = &work.item.post.content;
        let sent_at = p.first_sent_at().or(p.armed_at).unwrap_or(p.due_at);
        let wanted = Wanted {
            kind: content.kind(),
            caption: content.caption(),
            sent_at,
            baseline: p.check.as_ref().and_then(|c| c.baseline.as_deref()),
        };
        Ok(candidates(list, &wanted, &|id| bound.contains(id)))
    }

    /// Published: reads where people see it. Its absence changes nothing.
    async fn link(&self, work: &mut Work) -> Result<(), Stop> {
        let id = work.progress().remote_id.clone().unwrap_or_default();
        let event = match self.access(work).await {
            Err(_) => None,
            Ok(access) => {
                let publisher = Arc::clone(&self.platform(work)?.publisher);
                let call = publisher.permalink(&access, &id);
                self.keeping(work, call).await?.ok().map(|answer| {
                    let link = self.heard(answer);
                    Event::Linked {
                        permalink: link.permalink,
                        published_at: link.published_at,
                    }
                })
            }
        };
        let event = event.unwrap_or(Event::Looked {
            evidence: Evidence::nothing(self.now(work)),
        });
        self.take(work, event, None).await
    }
}
