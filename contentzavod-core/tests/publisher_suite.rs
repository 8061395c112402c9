//! The publisher suite passes the three fakes and catches publishers that are wrong on purpose.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::id::uuid_v7;
use contentzavod_core::model::{
    Access, AccountId, Content, Media, MediaId, MediaKind, MediaStatus, Quota, Reel, WorkspaceId,
};
use contentzavod_core::ports::{
    Answer, ByteStream, CallError, Capabilities, Clock, Fault, HandleState, HandleStatus, Link,
    MediaSource, Publish, PublishError, PublishRequest, Publisher, RemoteMedia,
};
use contentzavod_core::publication::Handle;
use contentzavod_core::testing::suite::publisher::{Subject, broken_rules, publisher};
use contentzavod_core::testing::{FakePublisher, ManualClock};
use contentzavod_core::words::{Action, Words};
use contentzavod_preflight::Finding;

/// What a publisher that is wrong on purpose does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    CreatePublishes,
    HugeHandle,
    OldestFirst,
    DebugShowsToken,
    NeverSaysPublished,
    NotSentAfterSending,
    PublishesAnything,
    ValidateAcceptsAll,
    ForgetsOnSecondDelivery,
    SpeaksOneLanguage,
}

struct Wrong {
    inner: FakePublisher,
    flaw: Flaw,
}

impl std::fmt::Debug for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = if self.flaw == Flaw::DebugShowsToken {
            TOKEN
        } else {
            ""
        };
        write!(f, "Wrong({shown})")
    }
}

const TOKEN: &str = "a-token-nobody-may-see";

#[async_trait]
impl Publisher for Wrong {
    fn capabilities(&self) -> &Capabilities {
        self.inner.capabilities()
    }

    fn words(&self) -> Vec<&'static Words> {
        static WHOLE: Words = Words::new("x.1", Action::Wait, "It is {how}.", "Оно {how}.");
        static HALF: Words = Words::new("x.2", Action::Wait, "It is {how}.", "Никак.");
        if self.flaw == Flaw::SpeaksOneLanguage {
            return vec![&WHOLE, &HALF];
        }
        vec![&WHOLE]
    }

    fn validate(&self, request: &PublishRequest) -> Vec<Finding> {
        if self.flaw == Flaw::ValidateAcceptsAll {
            return Vec::new();
        }
        self.inner.validate(request)
    }

    async fn create(&self, a: &Access, r: &PublishRequest) -> Result<Answer<Handle>, CallError> {
        let made = self.inner.create(a, r).await?;
        if self.flaw == Flaw::CreatePublishes {
            let _ = self.inner.publish(a, &made.value).await;
        }
        if self.flaw == Flaw::HugeHandle {
            return Ok(made.map(|h| Handle(format!("{}{}", h.0, " ".repeat(5000)))));
        }
        Ok(made)
    }

    async fn deliver(
        &self,
        a: &Access,
        h: &Handle,
        s: &dyn MediaSource,
    ) -> Result<Answer<()>, CallError> {
        if self.flaw == Flaw::ForgetsOnSecondDelivery
            && self.inner.status(a, h).await?.value.state != HandleState::InProgress
        {
            return Err(CallError::Handle(Fault::new("wrong", "delivered twice")));
        }
        self.inner.deliver(a, h, s).await
    }

    async fn status(&self, a: &Access, h: &Handle) -> Result<Answer<HandleStatus>, CallError> {
        let handle = Handle(h.0.trim().to_owned());
        let answer = self.inner.status(a, &handle).await?;
        if self.flaw == Flaw::NeverSaysPublished {
            return Ok(answer.map(|_| HandleStatus::of(HandleState::Finished)));
        }
        Ok(answer)
    }

    async fn publish(&self, a: &Access, h: &Handle) -> Publish {
        let handle = Handle(h.0.trim().to_owned());
        let known = self.inner.status(a, &handle).await;
        if self.flaw == Flaw::PublishesAnything
            && known.is_ok_and(|k| k.value.state != HandleState::Finished)
        {
            // A new post each time, whatever it is asked to publish.
            let made = self
                .inner
                .create(a, &request())
                .await
                .map_err(|_| unknown())?;
            return self.inner.publish(a, &made.value).await;
        }
        let answer = self.inner.publish(a, &handle).await;
        if self.flaw == Flaw::NotSentAfterSending && answer.is_err() {
            return Err(PublishError::NotSent(Fault::new("wrong", "not sent")));
        }
        answer
    }

    async fn recent(&self, a: &Access) -> Result<Answer<Vec<RemoteMedia>>, CallError> {
        let answer = self.inner.recent(a).await?;
        Ok(answer.map(|mut list| {
            if self.flaw == Flaw::OldestFirst {
                list.reverse();
            }
            list
        }))
    }

    async fn quota(&self, a: &Access) -> Result<Answer<Quota>, CallError> {
        self.inner.quota(a).await
    }

    async fn permalink(&self, a: &Access, id: &str) -> Result<Answer<Link>, CallError> {
        self.inner.permalink(a, id).await
    }
}

fn unknown() -> PublishError {
    PublishError::Unknown {
        answered: true,
        fault: Fault::new("wrong", "wrong"),
    }
}

fn request() -> PublishRequest {
    let now = ManualClock::new().now();
    let media = Media {
        id: MediaId(uuid_v7(now)),
        workspace: WorkspaceId(uuid_v7(now)),
        kind: MediaKind::Video,
        status: MediaStatus::Ready,
        filename: None,
        content_type: "video/mp4".to_owned(),
        bytes: 3,
        sha256: "00".to_owned(),
        original_sha256: None,
        duration_ms: Some(5000),
        width: Some(1080),
        height: Some(1920),
        findings: Vec::new(),
        expires_at: None,
        created_at: now,
    };
    PublishRequest {
        content: Content::InstagramReel(Reel::new(media.id, "Hello,\r\nworld ")),
        login: None,
        media,
        cover: None,
        media_url: None,
        cover_url: None,
    }
}

#[derive(Debug)]
struct ThreeBytes;

#[async_trait]
impl MediaSource for ThreeBytes {
    fn len(&self) -> u64 {
        3
    }

    async fn read_from(&self, offset: u64) -> std::io::Result<ByteStream> {
        let rest = b"abc"[usize::try_from(offset).unwrap_or(3).min(3)..].to_vec();
        Ok(Box::pin(futures::stream::once(async { Ok(rest.into()) })))
    }
}

struct Bench {
    publisher: Wrong,
    clock: Arc<ManualClock>,
}

#[async_trait]
impl Subject for Bench {
    fn publisher(&self) -> &dyn Publisher {
        &self.publisher
    }

    fn access(&self) -> Access {
        Access {
            account: AccountId(uuid_v7(self.clock.now())),
            login: "instagram".to_owned(),
            remote_user_id: "1".to_owned(),
            token: TOKEN.to_owned().into(),
        }
    }

    fn request(&self) -> PublishRequest {
        request()
    }

    fn source(&self) -> Box<dyn MediaSource> {
        Box::new(ThreeBytes)
    }

    async fn wait(&self) {
        self.clock.advance(TimeDelta::seconds(1));
    }
}

fn bench(flaw: Flaw, make: fn(Arc<dyn Clock>) -> FakePublisher) -> Bench {
    let clock = Arc::new(ManualClock::new());
    let inner = make(Arc::clone(&clock) as Arc<dyn Clock>);
    inner.process_for(2);
    Bench {
        publisher: Wrong { inner, flaw },
        clock,
    }
}

#[tokio::test]
async fn the_three_fakes_pass() {
    for make in [
        FakePublisher::staging,
        FakePublisher::direct,
        FakePublisher::idempotent,
    ] {
        publisher(async || bench(Flaw::None, make)).await;
    }
}

#[tokio::test]
async fn each_wrong_publisher_is_caught_by_the_rule_it_breaks() {
    let wrong = [
        (Flaw::CreatePublishes, "create_is_invisible"),
        (Flaw::HugeHandle, "handle_is_small_and_lasts"),
        (Flaw::OldestFirst, "newest_first"),
        (Flaw::DebugShowsToken, "no_token_in_debug"),
        (Flaw::NeverSaysPublished, "status_says_published"),
        (Flaw::NotSentAfterSending, "republish_as_declared"),
        (Flaw::PublishesAnything, "unknown_handle"),
        (Flaw::ValidateAcceptsAll, "validate_is_pure"),
        (Flaw::ForgetsOnSecondDelivery, "deliver_may_be_repeated"),
        (Flaw::SpeaksOneLanguage, "words_are_whole"),
    ];
    for (flaw, rule) in wrong {
        let make = if flaw == Flaw::ForgetsOnSecondDelivery {
            FakePublisher::direct
        } else {
            FakePublisher::staging
        };
        let broken = broken_rules(async || bench(flaw, make)).await;
        assert!(
            broken.iter().any(|(name, _)| *name == rule),
            "{flaw:?}: {broken:?}"
        );
    }
}
