//! A publisher that plays its platform in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_preflight::Finding;

use super::platform::{LivePost, Platform, Staged};
use super::script::Mishap;
use crate::model::{Access, Quota};
use crate::ports::{
    Answer, CallError, Capabilities, Clock, Fault, HandleState, HandleStatus, Link, MediaSource,
    Publish, PublishError, PublishRequest, Published, Publisher, RemoteMedia, Republish, Usage,
};
use crate::publication::Handle;

/// A platform in memory, under test control.
#[derive(Debug)]
pub struct FakePublisher {
    can: Capabilities,
    clock: Arc<dyn Clock>,
    /// How long a publish call takes.
    takes: TimeDelta,
    platform: Mutex<Platform>,
}

fn capabilities(can_stage: bool, republish: Republish) -> Capabilities {
    Capabilities {
        platform: "instagram".to_owned(),
        can_stage,
        handle_life: TimeDelta::hours(24),
        dead_after: TimeDelta::hours(25),
        publish_timeout: TimeDelta::seconds(30),
        republish,
        kinds: vec!["instagram_reel".to_owned()],
        pulls: false,
    }
}

impl FakePublisher {
    fn with(can: Capabilities, clock: Arc<dyn Clock>) -> Self {
        Self {
            can,
            clock,
            takes: TimeDelta::zero(),
            platform: Mutex::default(),
        }
    }

    /// Stages ahead, and refuses a second publish.
    #[must_use]
    pub fn staging(clock: Arc<dyn Clock>) -> Self {
        Self::with(capabilities(true, Republish::Refused), clock)
    }

    /// Cannot stage: everything happens in the publish call.
    #[must_use]
    pub fn direct(clock: Arc<dyn Clock>) -> Self {
        Self::with(capabilities(false, Republish::Refused), clock)
    }

    /// Answers a second publish with the same media.
    #[must_use]
    pub fn idempotent(clock: Arc<dyn Clock>) -> Self {
        Self::with(capabilities(true, Republish::Idempotent), clock)
    }

    /// Serves accounts of another platform.
    #[must_use]
    pub fn serving(mut self, platform: &str) -> Self {
        platform.clone_into(&mut self.can.platform);
        self
    }

    /// Publish calls take so long, and `limit` at most.
    #[must_use]
    pub const fn publishing_for(mut self, takes: TimeDelta, limit: TimeDelta) -> Self {
        self.takes = takes;
        self.can.publish_timeout = limit;
        self
    }

    /// Its clock is ahead of ours by so much.
    pub fn ahead(&self, by: TimeDelta) {
        self.lock().ahead = by;
    }

    /// By how much its clock is ahead of ours.
    pub fn clock_ahead(&self) -> TimeDelta {
        self.lock().ahead
    }

    /// One answer in so many tells a time that is off by so much, or none any more.
    pub fn lie(&self, lie: Option<(TimeDelta, u32)>) {
        self.lock().lie = lie;
    }

    /// It tells nobody the time, or does again.
    pub fn silent(&self, silent: bool) {
        self.lock().silent = silent;
    }

    /// The most publish calls that were in flight at once.
    pub fn most_at_once(&self) -> usize {
        self.lock().at_once_max
    }

    /// So many next containers never come about, nor an error.
    pub fn hang(&self, count: u32) {
        self.lock().hanging = count;
    }

    fn lock(&self) -> MutexGuard<'_, Platform> {
        self.platform.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What becomes of the next publish calls, in order; afterwards all goes well.
    pub fn script(&self, mishaps: impl IntoIterator<Item = Mishap>) {
        self.lock().script.extend(mishaps);
    }

    /// So many next reads are refused.
    pub fn refuse_reads(&self, count: u32) {
        self.lock().reads_refused = count;
    }

    /// Handles made from now on answer "in progress" so many times.
    pub fn process_for(&self, polls: u32) {
        self.lock().processing_polls = polls;
    }

    /// Publications counted against the quota of 50.
    pub fn use_quota(&self, used: u32) {
        self.lock().quota_used = used;
    }

    /// Every answer says that so many percent of the account's limits are used up, for so long.
    pub fn use_limits(&self, percent: u32, minutes: i64) {
        let regain_at = self.clock.now() + TimeDelta::minutes(minutes);
        self.lock().usage = Some(Usage {
            percent,
            regain_at: (minutes > 0).then_some(regain_at),
        });
    }

    /// Calls that were answered.
    pub fn calls(&self) -> usize {
        self.lock().calls
    }

    /// No token is accepted any more, or all are again.
    pub fn kill_tokens(&self, dead: bool) {
        self.lock().dead_tokens = dead;
    }

    /// What people can see, oldest first.
    pub fn live(&self) -> Vec<LivePost> {
        self.lock().live.clone()
    }

    fn read(&self) -> Result<MutexGuard<'_, Platform>, CallError> {
        let mut platform = self.lock();
        if platform.dead_tokens {
            return Err(CallError::Token(Fault::new(
                "fake.token",
                "the token is dead",
            )));
        }
        if platform.reads_refused > 0 {
            platform.reads_refused -= 1;
            let fault = Fault::new("fake.unreadable", "the read is refused");
            return Err(CallError::Unreadable(fault));
        }
        Ok(platform)
    }

    fn answer<T>(&self, value: T) -> Answer<T> {
        let mut platform = self.lock();
        platform.calls += 1;
        Answer {
            remote_time: Some(self.clock.now() + platform.tell()),
            usage: platform.usage,
            ..Answer::of(value)
        }
    }
}

fn unknown(answered: bool) -> PublishError {
    PublishError::Unknown {
        answered,
        fault: Fault::new("fake.unknown", "nobody knows"),
    }
}

#[async_trait]
impl Publisher for FakePublisher {
    fn capabilities(&self) -> &Capabilities {
        &self.can
    }

    fn validate(&self, request: &PublishRequest) -> Vec<Finding> {
        let length = request.content.caption().chars().count();
        if length <= 2200 {
            return Vec::new();
        }
        let finding = Finding::error("caption.too_long", "The caption is too long.");
        vec![finding.field("content.caption").actual(length.to_string())]
    }

    async fn create(
        &self,
        access: &Access,
        request: &PublishRequest,
    ) -> Result<Answer<Handle>, CallError> {
        let hangs = {
            let mut platform = self.lock();
            let left = platform.hanging;
            platform.hanging = left.saturating_sub(1);
            left > 0
        };
        if hangs {
            std::future::pending::<()>().await;
        }
        let mut platform = self.lock();
        if platform.dead_tokens {
            return Err(CallError::Token(Fault::new(
                "fake.token",
                "the token is dead",
            )));
        }
        let handle = format!("handle-{}", platform.number());
        let polls_left = if self.can.can_stage {
            platform.processing_polls
        } else {
            0
        };
        let staged = Staged {
            remote_user_id: access.remote_user_id.clone(),
            caption: request.content.caption().to_owned(),
            polls_left,
            live: None,
        };
        platform.staged.insert(handle.clone(), staged);
        drop(platform);
        Ok(self.answer(Handle(handle)))
    }

    async fn deliver(
        &self,
        _access: &Access,
        _handle: &Handle,
        _source: &dyn MediaSource,
    ) -> Result<Answer<()>, CallError> {
        Ok(self.answer(()))
    }

    async fn status(
        &self,
        _access: &Access,
        handle: &Handle,
    ) -> Result<Answer<HandleStatus>, CallError> {
        let state = self.read()?.state(&handle.0);
        let state = state.unwrap_or(HandleState::Expired);
        Ok(self.answer(HandleStatus::of(state)))
    }

    async fn publish(&self, _access: &Access, handle: &Handle) -> Publish {
        self.lock().enter();
        if self.takes > TimeDelta::zero() {
            let takes = self.takes.to_std().unwrap_or_default();
            self.clock.sleep(takes).await;
        }
        self.lock().at_once -= 1;
        let now = self.clock.now();
        let mut platform = self.lock();
        let mishap = platform.script.pop_front();
        match mishap {
            Some(Mishap::NoConnection) => {
                let fault = Fault::new("fake.no_connection", "no connection");
                return Err(PublishError::NotSent(fault));
            }
            Some(Mishap::Dropped) => return Err(unknown(false)),
            Some(Mishap::Refused(cause)) => {
                let fault = Fault::new("fake.refused", "refused");
                return Err(PublishError::Refused { cause, fault });
            }
            Some(Mishap::Panic) => {
                drop(platform);
                std::panic::resume_unwind(Box::new("the fake publisher panics as told"));
            }
            _ => {}
        }
        let executed = platform.execute(&handle.0, now);
        drop(platform);
        let id = match executed {
            Ok(id) => id,
            Err(id) if self.can.republish == Republish::Idempotent && !id.is_empty() => id,
            Err(_) => return Err(unknown(true)),
        };
        match mishap {
            Some(Mishap::ReplyLost) => Err(unknown(false)),
            Some(Mishap::ErrorAfter) => Err(unknown(true)),
            Some(Mishap::SpamThoughLive) => {
                Err(PublishError::Spam(Fault::new("fake.spam", "spam")))
            }
            Some(Mishap::Accepted) => Ok(self.answer(Published::Accepted)),
            _ => Ok(self.answer(Published::Live(id))),
        }
    }

    async fn recent(&self, access: &Access) -> Result<Answer<Vec<RemoteMedia>>, CallError> {
        let platform = self.read()?;
        let mine = platform.live.iter().rev();
        let list = mine
            .filter(|l| l.remote_user_id == access.remote_user_id)
            .take(25)
            .map(|l| RemoteMedia {
                id: l.id.clone(),
                kind: Some("instagram_reel".to_owned()),
                caption: Some(l.caption.clone()),
                at: Some(l.at),
                permalink: Some(format!("https://fake.example/{}", l.id)),
            })
            .collect();
        drop(platform);
        Ok(self.answer(list))
    }

    async fn quota(&self, _access: &Access) -> Result<Answer<Quota>, CallError> {
        let used = self.read()?.quota_used;
        Ok(self.answer(Quota {
            used,
            total: 50,
            window_secs: 86_400,
        }))
    }

    async fn time(&self) -> Result<Option<DateTime<Utc>>, CallError> {
        let mut platform = self.lock();
        if platform.silent {
            return Err(CallError::Transient(Fault::new("fake.silent", "no answer")));
        }
        Ok(Some(self.clock.now() + platform.tell()))
    }

    async fn permalink(
        &self,
        _access: &Access,
        remote_id: &str,
    ) -> Result<Answer<Link>, CallError> {
        let at = {
            let platform = self.read()?;
            platform
                .live
                .iter()
                .find(|l| l.id == remote_id)
                .map(|l| l.at)
        };
        Ok(self.answer(Link {
            permalink: format!("https://fake.example/{remote_id}"),
            published_at: at,
        }))
    }
}
