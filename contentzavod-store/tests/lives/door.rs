//! The publisher of one engine: the way to the platform, and the oracle at the irreversible call.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{Access, PublicationId, Quota};
use contentzavod_core::ports::publisher::Finding;
use contentzavod_core::ports::{
    Answer, CallError, Capabilities, HandleStatus, Link, MediaSource, Publish, PublishError,
    PublishRequest, Publisher, RemoteMedia, Republish,
};
use contentzavod_core::publication::Handle;
use secrecy::ExposeSecret;

use super::act::{Call, Cause, Fate, Ill, Made, Second, TOLD};
use super::fates::{after, answered, executes, fault, not_executed, unknown};
use super::fuse::Fuse;
use super::oracle::Oracle;
use super::platform::{Left, Platform, Staged};

#[derive(Debug)]
pub(crate) struct Door {
    can: Capabilities,
    platform: Arc<Platform>,
    fuse: Arc<Fuse>,
    oracle: Arc<Oracle>,
    /// When the platform last told this engine the time, and whether it was the true one.
    told: Mutex<Option<(Duration, bool)>>,
}

impl Door {
    pub(crate) fn new(platform: Arc<Platform>, fuse: Arc<Fuse>, oracle: Arc<Oracle>) -> Self {
        let can = Capabilities {
            platform: "instagram".to_owned(),
            can_stage: true,
            handle_life: TimeDelta::hours(24),
            dead_after: TimeDelta::hours(25),
            publish_timeout: TimeDelta::seconds(30),
            republish: match platform.second {
                Second::Refuses => Republish::Refused,
                Second::SameId => Republish::Idempotent,
                Second::Duplicates => Republish::Unknown,
            },
            kinds: vec!["instagram_reel".to_owned()],
            pulls: false,
        };
        Self {
            can,
            platform,
            fuse,
            oracle,
            told: Mutex::default(),
        }
    }

    /// The platform would have told this engine that its clock is wrong.
    fn has_witness(&self) -> bool {
        let fresh = Duration::from_secs(600);
        let told = *self.told.lock().unwrap();
        told.is_some_and(|(at, true_time)| true_time && at + fresh >= self.platform.elapsed())
    }

    fn answer<T>(&self, value: T) -> Answer<T> {
        let says = self.platform.says();
        let right = (says - self.platform.now()).is_zero();
        *self.told.lock().unwrap() = Some((self.platform.elapsed(), right));
        Answer {
            remote_time: Some(says),
            ..Answer::of(value)
        }
    }

    /// Whether a call that publishes nothing goes through.
    fn admit(&self, call: Call, access: &Access) -> Result<(), CallError> {
        let mut state = self.platform.lock();
        if !state.accepts(access.token.expose_secret()) {
            return Err(CallError::Token(fault("dead token")));
        }
        let writes = matches!(call, Call::Create | Call::Deliver | Call::Quota);
        if writes && state.restricted.contains(&access.remote_user_id) {
            return Err(CallError::Restricted(fault("restricted")));
        }
        let ill = state.fails(call);
        drop(state);
        match ill {
            None => Ok(()),
            Some(Ill::Transient) => Err(CallError::Transient(fault("transient"))),
            Some(Ill::Unreadable) => Err(CallError::Unreadable(fault("unreadable"))),
            Some(Ill::Content) => Err(CallError::Content(fault("content"))),
            Some(Ill::Handle) => Err(CallError::Handle(fault("handle"))),
            Some(Ill::Token) => Err(CallError::Token(fault("token"))),
            Some(Ill::Restricted) => Err(CallError::Restricted(fault("restricted"))),
            Some(Ill::Quota) => Err(CallError::Quota(fault("quota"))),
            Some(Ill::Panic) => std::panic::resume_unwind(Box::new(TOLD)),
        }
    }

    /// A call: through a gate, to the platform, and back through a gate.
    async fn call<T>(
        &self,
        call: Call,
        access: &Access,
        answer: impl FnOnce() -> T + Send,
    ) -> Result<Answer<T>, CallError>
    where
        T: Send,
    {
        self.fuse.gate().await;
        let done = match self.admit(call, access) {
            Ok(()) => Ok(self.answer(answer())),
            Err(error) => Err(error),
        };
        self.fuse.gate().await;
        done
    }

    /// What the platform does with a publish call.
    fn sent(&self, access: &Access, handle: &str, whose: PublicationId) -> Publish {
        let now = self.platform.now();
        let mut state = self.platform.lock();
        let fate = if !state.accepts(access.token.expose_secret()) {
            Some(Fate::Refused(Cause::Token))
        } else if state.restricted.contains(&access.remote_user_id) {
            Some(Fate::Refused(Cause::Restricted))
        } else if state.used_up.contains(&access.remote_user_id) {
            Some(Fate::Refused(Cause::Quota))
        } else {
            state.fates.pop_front()
        };
        if fate == Some(Fate::NoConnection) {
            return Err(PublishError::NotSent(fault("no connection")));
        }
        if let Some(staged) = state.staged.get_mut(handle) {
            staged.calls.push(Left {
                at: now,
                answered: answered(fate),
                refused: matches!(fate, Some(Fate::Refused(_) | Fate::RefusedThoughLive(_))),
            });
        }
        if let Some(Fate::Late(secs) | Fate::AcceptedLate(secs)) = fate {
            let then = now + TimeDelta::seconds(i64::from(secs));
            state.late.push((then, handle.to_owned(), whose));
        }
        if !executes(fate) {
            drop(state);
            return not_executed(fate).map(|published| self.answer(published));
        }
        let executed = state.execute(handle, now, whose, self.platform.second);
        if fate == Some(Fate::ReadsAsError)
            && let Some(staged) = state.staged.get_mut(handle)
        {
            staged.reads_as_error = true;
        }
        drop(state);
        let id = match executed {
            Ok(id) => id,
            Err(Some(id)) if self.platform.second == Second::SameId => id,
            Err(_) => return Err(unknown(true)),
        };
        after(fate, id).map(|published| self.answer(published))
    }
}

#[async_trait]
impl Publisher for Door {
    fn capabilities(&self) -> &Capabilities {
        &self.can
    }

    fn validate(&self, _request: &PublishRequest) -> Vec<Finding> {
        Vec::new()
    }

    async fn create(
        &self,
        access: &Access,
        request: &PublishRequest,
    ) -> Result<Answer<Handle>, CallError> {
        let make = || {
            let made_at = self.platform.now();
            let mut state = self.platform.lock();
            let handle = state.name("container");
            let ill = state.made.pop_front();
            let polls = match ill {
                Some(Made::Slowly(polls)) => polls,
                _ => 0,
            };
            let staged = Staged {
                remote: access.remote_user_id.clone(),
                caption: request.content.caption().to_owned(),
                media: request.media.id,
                made_at,
                ill,
                polls,
                live: None,
                reads_as_error: false,
                calls: Vec::new(),
            };
            state.staged.insert(handle.clone(), staged);
            Handle(handle)
        };
        self.call(Call::Create, access, make).await
    }

    async fn deliver(
        &self,
        access: &Access,
        _handle: &Handle,
        _source: &dyn MediaSource,
    ) -> Result<Answer<()>, CallError> {
        self.call(Call::Deliver, access, || ()).await
    }

    async fn status(
        &self,
        access: &Access,
        handle: &Handle,
    ) -> Result<Answer<HandleStatus>, CallError> {
        let read = || {
            let now = self.platform.now();
            let mut state = self.platform.lock();
            let reads = state.reads(&handle.0, now);
            let ill = state.staged.get(&handle.0).and_then(|s| s.ill);
            HandleStatus {
                curable: ill == Some(Made::Curable),
                ..HandleStatus::of(reads)
            }
        };
        self.call(Call::Status, access, read).await
    }

    async fn publish(&self, access: &Access, handle: &Handle) -> Publish {
        self.fuse.gate_of_no_return().await;
        let whose = self.oracle.at_the_call(&handle.0, self.has_witness()).await;
        let Some(whose) = whose else {
            return Err(unknown(true));
        };
        let done = self.sent(access, &handle.0, whose);
        self.fuse.gate().await;
        done
    }

    async fn recent(&self, access: &Access) -> Result<Answer<Vec<RemoteMedia>>, CallError> {
        let read = || {
            let now = self.platform.now();
            let list = self.platform.lock().list(&access.remote_user_id, now);
            let shown = list.into_iter().map(|live| RemoteMedia {
                permalink: Some(link(&live.id)),
                kind: Some("instagram_reel".to_owned()),
                caption: Some(live.caption),
                at: Some(live.at),
                id: live.id,
            });
            shown.collect()
        };
        self.call(Call::Recent, access, read).await
    }

    async fn quota(&self, access: &Access) -> Result<Answer<Quota>, CallError> {
        let read = || {
            let remote = &access.remote_user_id;
            let used_up = self.platform.lock().used_up.contains(remote);
            Quota {
                used: if used_up { 50 } else { 1 },
                total: 50,
                window_secs: 86_400,
            }
        };
        self.call(Call::Quota, access, read).await
    }

    async fn permalink(&self, access: &Access, remote_id: &str) -> Result<Answer<Link>, CallError> {
        let read = || {
            let state = self.platform.lock();
            let live = state.live.iter().find(|l| l.id == remote_id);
            Link {
                permalink: link(remote_id),
                published_at: live.map(|l| l.at),
            }
        };
        self.call(Call::Link, access, read).await
    }
}

fn link(id: &str) -> String {
    format!("https://platform.example/{id}")
}
