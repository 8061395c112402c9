//! Every operation of openapi.yaml, called over loopback with the generated client.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod refused;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_client::types::{
    Content, FixStatus, InstagramReel, MeChange, NewAccount, NewApiKey, NewPost, PostChange,
    PostStatus, PublicationStatus, Resolve, Retry,
};
use contentzavod_client::{Client, Error, types};
use contentzavod_core::ports::Clock;
use contentzavod_core::testing::ManualClock;
use contentzavod_identity::stand_in::StandIn;
use contentzavod_instagram::sandbox::{Fault, FaultPlan, Rule, Sandbox, Stage};
use e2e::server::Server;
use uuid::Uuid;

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");

/// Every operation the document has.
fn described() -> BTreeSet<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi.yaml");
    let text = std::fs::read_to_string(file).unwrap();
    let ids = text.lines().filter_map(|line| {
        let id = line.trim().strip_prefix("operationId: ")?;
        Some(id.to_owned())
    });
    ids.collect()
}

struct Story {
    stand_in: Option<StandIn>,
    server: Server,
    sandbox: Sandbox,
    client: Client,
    called: BTreeSet<String>,
}

/// Calls an operation by its name and notes that it was called; its answer must be a success.
macro_rules! call {
    ($story:ident, $operation:ident $(, $set:ident = $value:expr)*) => {{
        $story.called.insert(stringify!($operation).to_owned());
        $story.client.$operation()$(.$set($value))*.send().await.unwrap().into_inner()
    }};
}

// Below the macro, which it uses.
mod people;

impl Story {
    async fn begin() -> Self {
        let clock = Arc::new(ManualClock::new());
        let sandbox = Sandbox::builder()
            .clock(clock.clone())
            .start()
            .await
            .unwrap();
        let stand_in = people::stand_in(clock.clone()).await;
        let settings = people::settings(&stand_in);
        let graph = sandbox.url();
        let server = Server::start_with(graph.as_str(), clock, settings).await;
        let server = server.unwrap();
        let client = server.client("Anna").await.unwrap();
        Self {
            stand_in: Some(stand_in),
            server,
            sandbox,
            client,
            called: BTreeSet::new(),
        }
    }

    async fn account(&mut self) -> types::Account {
        let token = self.sandbox.add_account("anna");
        let body = NewAccount::builder().access_token(token);
        call!(self, account_create, body = body)
    }

    async fn upload(&mut self) -> types::Media {
        call!(
            self,
            media_create,
            filename = "reel.mp4",
            body = REEL.to_vec()
        )
    }

    async fn schedule(&mut self, account: Uuid, media: Uuid, caption: &str) -> types::Post {
        let reel = InstagramReel::builder().media_id(media).caption(caption);
        let reel: InstagramReel = reel.try_into().unwrap();
        let body = NewPost::builder()
            .account_ids(vec![account])
            .content(Content::from(reel))
            .publish_at(self.server.after(TimeDelta::hours(1)));
        call!(self, post_create, body = body)
    }

    async fn post(&mut self, id: Uuid) -> types::Post {
        call!(self, post_get, id = id)
    }

    /// Lets time pass until the post's publication has a status.
    async fn until(&mut self, id: Uuid, status: PublicationStatus) -> types::Publication {
        for _ in 0..3000 {
            let post = self.post(id).await;
            let row = post.publications.into_iter().next().unwrap();
            if row.status == status {
                return row;
            }
            self.server.step().await.unwrap();
        }
        panic!("never {status}: {:?}", self.post(id).await);
    }
}

#[tokio::test]
async fn every_operation_answers_the_generated_client() {
    let mut story = Story::begin().await;
    story.whoever_asks().await;
    let account = story.account().await;
    assert_eq!(call!(story, account_list).items.len(), 1);
    assert_eq!(call!(story, account_get, id = account.id).username, "anna");
    story.published(account.id).await;
    story.mended_or_not().await;
    story.changed_and_taken_back(account.id).await;
    story.missed_and_retried(account.id).await;
    story.resolved(account.id).await;
    call!(story, account_delete, id = account.id);
    let stand_in = story.stand_in.take().unwrap();
    story.somebody_signs_in(&stand_in).await;
    story.out_and_away().await;
    assert_eq!(story.called, described(), "each operation of the document");
}

impl Story {
    async fn whoever_asks(&mut self) {
        assert_eq!(call!(self, health_get).status, "ok");
        assert_eq!(call!(self, ready_get).status, "ok");
        let body = MeChange::builder().name("Anna K.".to_owned());
        assert_eq!(call!(self, me_update, body = body).name, "Anna K.");
        assert_eq!(call!(self, me_get).name, "Anna K.");
        let body = NewApiKey::builder().name("ci");
        let made = call!(self, api_key_create, body = body);
        assert_eq!(call!(self, api_key_list).items.len(), 2);
        call!(self, api_key_delete, id = made.api_key.id);
    }

    async fn mended_or_not(&mut self) {
        let bad = refused::video("-f lavfi -i testsrc2=s=540x960:r=30:d=20 -c:v mpeg4 -b:v 1M");
        let media = self.client.media_create().keep_refused(true).body(bad);
        let id = media.send().await.unwrap().id;
        assert_eq!(call!(self, media_fix, id = id, confirm = true).media_id, id);
        assert_eq!(call!(self, media_fix_get, id = id).result_media_id, None);
        let off = call!(self, media_fix_cancel, id = id);
        assert_eq!(off.status, FixStatus::Cancelled);
        self.client.media_delete().id(id).send().await.unwrap();
    }

    async fn published(&mut self, account: Uuid) {
        let media = self.upload().await;
        assert_eq!(call!(self, media_get, id = media.id).sha256, media.sha256);
        assert_eq!(call!(self, media_list, limit = 10).items.len(), 1);
        let reel = InstagramReel::builder().media_id(media.id).caption("Hello");
        let reel: InstagramReel = reel.try_into().unwrap();
        let body = NewPost::builder()
            .account_ids(vec![account])
            .content(Content::from(reel));
        assert!(call!(self, post_validate, body = body).valid);
        let post = self.schedule(account, media.id, "Hello").await;
        let row = self.until(post.id, PublicationStatus::Published).await;
        let receipt = call!(self, publication_receipt, id = row.id);
        let ledger = self.sandbox.ledger();
        assert_eq!(ledger.len(), 1);
        assert_eq!(receipt.sha256, ledger[0].sha256);
        assert_eq!(receipt.remote_id.as_ref(), Some(&ledger[0].media));
        let inbox = call!(self, notification_list);
        assert_eq!(inbox.items[0].kind, "published");
    }

    async fn changed_and_taken_back(&mut self, account: Uuid) {
        let media = self.upload().await.id;
        let post = self.schedule(account, media, "one").await;
        let body = PostChange::builder().timezone("America/New_York".to_owned());
        let changed = call!(self, post_update, id = post.id, body = body);
        assert_eq!(changed.timezone, "America/New_York");
        assert_eq!(
            call!(self, post_list, status = PostStatus::Scheduled)
                .items
                .len(),
            1
        );
        call!(self, publication_cancel, id = post.publications[0].id);
        let other = self.schedule(account, media, "two").await;
        let cancelled = call!(self, post_cancel, id = other.id);
        assert_eq!(cancelled.status, PostStatus::Cancelled);
        call!(self, post_delete, id = other.id);
        let gone = self.client.post_get().id(other.id).send().await;
        let Err(Error::ErrorResponse(problem)) = gone else {
            panic!("a deleted post was found: {gone:?}");
        };
        assert_eq!(problem.status().as_u16(), 404);
        assert_eq!(problem.code, "post.not_found");
        call!(self, media_delete, id = media);
    }

    async fn missed_and_retried(&mut self, account: Uuid) {
        let media = self.upload().await.id;
        let post = self.schedule(account, media, "late").await;
        self.server.clock.advance(TimeDelta::hours(8));
        let row = self.until(post.id, PublicationStatus::Missed).await;
        let body: Retry = Retry::builder().try_into().unwrap();
        let retried = call!(self, publication_retry, id = row.id, body = body);
        assert_eq!(retried.status, PublicationStatus::Scheduled);
        self.until(post.id, PublicationStatus::Published).await;
    }

    /// The reply of the publish call is lost and nothing can be read: a person is asked.
    async fn resolved(&mut self, account: Uuid) {
        let media = self.upload().await.id;
        let post = self.schedule(account, media, "who knows").await;
        self.until(post.id, PublicationStatus::Ready).await;
        let reads = [Stage::Status, Stage::Recent, Stage::Permalink];
        let mut rules: Vec<_> = reads.map(|s| Rule::always(s, Fault::ReadRefused)).into();
        rules.push(Rule::always(Stage::Publish, Fault::ReplyLost));
        self.sandbox.set_faults(FaultPlan {
            rules,
            ..FaultPlan::default()
        });
        let row = self.until(post.id, PublicationStatus::NeedsReview).await;
        let resolved = call!(
            self,
            publication_resolve,
            id = row.id,
            body = Resolve::Leave
        );
        assert_eq!(resolved.status, PublicationStatus::Cancelled);
        assert!(self.server.clock.now() > post.created_at);
    }
}
