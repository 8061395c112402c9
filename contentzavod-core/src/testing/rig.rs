//! An engine over a real store and a fake platform, with time under test control.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::clock::ManualClock;
use super::fake::{FakeBlobs, FakePublisher, FakeVault};
use crate::engine::Engine;
use crate::model::{
    Account, AccountId, AccountStatus, Actor, Content, Media, MediaId, MediaKind, MediaStatus,
    Publication, Reel,
};
use crate::ports::access::token_context;
use crate::ports::store::PostView;
use crate::ports::{Clock, LocalWake, NoLinks, Store, Vault};
use crate::publication::{Numbers, State};
use crate::service::{Contentzavod, Front, Intake, Parts, PostRequest};

/// More rounds than any story needs: a story that does not come to rest is a defect.
const ROUNDS_MAX: usize = 5_000;

/// Everything a story about publishing needs.
#[derive(Debug)]
pub struct Rig {
    /// The clock of all parts.
    pub clock: Arc<ManualClock>,
    /// The platform.
    pub publisher: Arc<FakePublisher>,
    /// The store under test.
    pub store: Arc<dyn Store>,
    /// The use cases.
    pub app: Contentzavod,
    /// The engine.
    pub engine: Engine,
    /// Who schedules.
    pub actor: Actor,
}

impl Rig {
    /// Joins a fresh store, its clock and a platform.
    ///
    /// # Panics
    ///
    /// When the store does not take a user.
    pub async fn new(
        store: Arc<dyn Store>,
        clock: Arc<ManualClock>,
        publisher: FakePublisher,
        numbers: Numbers,
    ) -> Self {
        let publisher = Arc::new(publisher);
        let (vault, blobs) = (Arc::new(FakeVault), Arc::new(FakeBlobs::default()));
        let wake = Arc::new(LocalWake::new());
        let app = Contentzavod::new(Parts {
            store: Arc::clone(&store),
            vault: vault.clone(),
            blobs: blobs.clone(),
            clock: clock.clone(),
            links: Arc::new(NoLinks),
            wake: wake.clone(),
            publishers: vec![publisher.clone()],
            connectors: Vec::new(),
            numbers: numbers.clone(),
            intake: Intake::default(),
            front: Front::default(),
        });
        let engine = Engine::builder(Arc::clone(&store) as _, vault, blobs, clock.clone())
            .publisher(publisher.clone())
            .wake(wake)
            .numbers(numbers)
            .build()
            .expect("one publisher is enough");
        let actor = app.create_user("Rig").await.expect("a user is made");
        Self {
            clock,
            publisher,
            store,
            app,
            engine,
            actor,
        }
    }

    /// Connects an account of a remote user.
    ///
    /// # Panics
    ///
    /// When the store does not take it.
    pub async fn account(&self, remote_user_id: &str) -> AccountId {
        let now = self.clock.now();
        let known = self
            .store
            .account_by_remote(self.actor.workspace, "instagram", remote_user_id)
            .await
            .expect("the store answers");
        let mut account = Account {
            id: known.map_or_else(|| AccountId::generate(now), |a| a.id),
            workspace: self.actor.workspace,
            platform: "instagram".to_owned(),
            login: "instagram".to_owned(),
            remote_user_id: remote_user_id.to_owned(),
            app_scoped_id: None,
            username: format!("user{remote_user_id}"),
            status: AccountStatus::Active,
            token: None,
            token_version: 1,
            token_obtained_at: Some(now),
            token_expires_at: Some(now + TimeDelta::days(60)),
            scopes: Vec::new(),
            quota: None,
            quota_read_at: None,
            refresh_at: None,
            created_at: now,
            updated_at: now,
        };
        let token = "rig-token".to_owned().into();
        let sealed = FakeVault.seal(&token, &token_context(&account));
        account.token = sealed.ok();
        let connected = self.store.connect(account).await;
        connected.expect("the store takes it").account.id
    }

    /// An uploaded file.
    ///
    /// # Panics
    ///
    /// When the store does not take it.
    pub async fn media(&self) -> MediaId {
        let now = self.clock.now();
        let media = Media {
            id: MediaId::generate(now),
            workspace: self.actor.workspace,
            kind: MediaKind::Video,
            status: MediaStatus::Ready,
            filename: None,
            content_type: "video/mp4".to_owned(),
            bytes: 3,
            sha256: "00".repeat(32),
            original_sha256: None,
            duration_ms: Some(5_000),
            width: Some(1080),
            height: Some(1920),
            findings: Vec::new(),
            expires_at: None,
            created_at: now,
        };
        let media = self.store.insert_media(media).await;
        media.expect("the store takes it").id
    }

    /// A post of a fresh file on an account, due after so long.
    ///
    /// # Panics
    ///
    /// When it is not taken.
    pub async fn schedule(&self, account: AccountId, caption: &str, after: TimeDelta) -> PostView {
        let content = Content::InstagramReel(Reel::new(self.media().await, caption));
        let request = PostRequest {
            publish_at: Some((self.clock.now() + after).to_rfc3339()),
            ..PostRequest::new(vec![account], content)
        };
        let view = self.app.create_post(self.actor, request).await;
        view.expect("the request breaks no rule")
    }

    /// Lets time pass until `then`, doing everything that falls due on the way.
    ///
    /// # Panics
    ///
    /// When the store does not answer, or the engine does not come to rest.
    pub async fn run_until(&self, then: DateTime<Utc>) {
        for _ in 0..ROUNDS_MAX {
            let stepped = self.engine.step(self.clock.now()).await;
            let next = stepped.expect("the store answers").next;
            let Some(next) = next.filter(|next| *next <= then) else {
                self.clock.advance_to(then);
                let last = self.engine.step(then).await;
                last.expect("the store answers");
                return;
            };
            // Something due that is not done waits for a lease to end: time must go on.
            let least = self.clock.now() + TimeDelta::milliseconds(1);
            self.clock.advance_to(next.max(least));
        }
        panic!("the engine does not come to rest");
    }

    /// Lets so much time pass.
    pub async fn run_for(&self, time: TimeDelta) {
        self.run_until(self.clock.now() + time).await;
    }

    /// The post's only publication as it stands.
    ///
    /// # Panics
    ///
    /// When it is gone.
    pub async fn publication(&self, post: &PostView) -> Publication {
        let view = self.app.post(self.actor, post.post.id).await;
        let mut rows = view.expect("the post is there").publications;
        rows.pop().expect("it has a publication")
    }

    /// Where the post's only publication stands.
    pub async fn state(&self, post: &PostView) -> State {
        self.publication(post).await.state()
    }
}
