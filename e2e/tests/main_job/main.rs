//! The main job over real parts: a SQLite file, a folder of blobs, the key ring vault, the real
//! Graph client, and the sandbox over HTTP; the engine's own loops, in real time.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod files;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::engine::Engine;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{Actor, Content, EventKind, Media, Reel};
use contentzavod_core::ports::{Clock, Connector, LocalWake, Publisher, SystemClock};
use contentzavod_core::publication::{Numbers, State};
use contentzavod_core::service::{
    Contentzavod, Front, Intake, Parts, PostRequest, ServiceError, Upload,
};
use contentzavod_instagram::sandbox::{Fault, FaultPlan, Rule, Sandbox, Stage};
use contentzavod_instagram::{GraphConfig, InstagramConnector, InstagramPublisher};
use contentzavod_store::SqliteStore;
use contentzavod_store::blobs::LocalBlobs;
use contentzavod_store::vault::KeyRingVault;
use futures::StreamExt;
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");

/// Nothing here takes so long; what does, hangs.
const PATIENCE: Duration = Duration::from_secs(60);

struct World {
    app: Contentzavod,
    engine: Engine,
    sandbox: Sandbox,
    actor: Actor,
    clock: Arc<dyn Clock>,
    folder: tempfile::TempDir,
}

async fn world(numbers: Numbers) -> World {
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let sandbox = Sandbox::builder()
        .processing(TimeDelta::milliseconds(300))
        .start()
        .await
        .unwrap();
    let graph = GraphConfig {
        graph_url: sandbox.url(),
        ..GraphConfig::default()
    };
    let publisher: Arc<dyn Publisher> = Arc::new(InstagramPublisher::new(graph.clone()).unwrap());
    let connector: Arc<dyn Connector> = Arc::new(InstagramConnector::new(graph).unwrap());
    let path = folder.path().join("contentzavod.db");
    let store = SqliteStore::open(&path, Arc::clone(&clock), MediaTtl::default());
    let store = Arc::new(store.await.unwrap());
    let vault = Arc::new(KeyRingVault::parse(&KeyRingVault::generate()).unwrap());
    let blobs = Arc::new(LocalBlobs::open(folder.path().join("media")).unwrap());
    let links = Arc::new(files::serve(blobs.clone()).await);
    let wake = Arc::new(LocalWake::new());
    let app = Contentzavod::new(Parts {
        store: store.clone(),
        vault: vault.clone(),
        blobs: blobs.clone(),
        clock: Arc::clone(&clock),
        links: links.clone(),
        wake: wake.clone(),
        publishers: vec![Arc::clone(&publisher)],
        connectors: vec![Arc::clone(&connector)],
        numbers: numbers.clone(),
        intake: Intake::default(),
        front: Front::default(),
    });
    let engine = Engine::builder(store, vault, blobs, Arc::clone(&clock))
        .publisher(publisher)
        .connector(connector)
        .links(links)
        .wake(wake)
        .numbers(numbers)
        .sole()
        .build()
        .unwrap();
    let actor = app.create_user("Demo").await.unwrap();
    World {
        app,
        engine,
        sandbox,
        actor,
        clock,
        folder,
    }
}

impl World {
    async fn upload(&self) -> Media {
        self.upload_bytes(REEL).await.unwrap()
    }

    async fn upload_bytes(&self, bytes: &[u8]) -> Result<Media, ServiceError> {
        let path = self.folder.path().join("spooled");
        std::fs::write(&path, bytes).unwrap();
        let upload = Upload {
            path,
            bytes: bytes.len() as u64,
            sha256: hex(bytes),
            filename: Some("reel.mp4".to_owned()),
            keep_refused: false,
        };
        self.app.add_media(self.actor, upload).await
    }

    async fn publish(
        &self,
        caption: &str,
        after: TimeDelta,
    ) -> contentzavod_core::model::Publication {
        let media = self.upload().await;
        let token = self.sandbox.add_account("demo").into();
        let account = self
            .app
            .connect_with_token(self.actor, "instagram", &token)
            .await
            .unwrap();
        let content = Content::InstagramReel(Reel::new(media.id, caption));
        let request = PostRequest {
            publish_at: Some((self.clock.now() + after).to_rfc3339()),
            ..PostRequest::new(vec![account.account.id], content)
        };
        let view = self.app.create_post(self.actor, request).await.unwrap();
        view.publications.into_iter().next().unwrap()
    }

    /// Runs the engine until the publication is published and linked.
    async fn run(&self, id: contentzavod_core::model::PublicationId) -> Vec<State> {
        let shutdown = CancellationToken::new();
        let (engine, stop) = (self.engine.clone(), shutdown.clone());
        let running = tokio::spawn(async move { engine.run(stop).await });
        let mut events = Box::pin(self.engine.subscribe(0));
        let mut states = Vec::new();
        let seen = tokio::time::timeout(PATIENCE, async {
            while states.last() != Some(&State::Published) {
                let event = events.next().await.unwrap();
                if let EventKind::Publication {
                    publication, to, ..
                } = event.kind
                    && publication == id
                {
                    states.push(to);
                }
            }
            while self
                .app
                .publication(self.actor, id)
                .await
                .unwrap()
                .1
                .progress
                .permalink
                .is_none()
            {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(
            seen.await.is_ok(),
            "{states:?}: {:?}",
            self.app.publication(self.actor, id).await
        );
        shutdown.cancel();
        running.await.unwrap().unwrap();
        states
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_upload_to_receipt() {
    // Polled often, so that it is ready before its time and has to wait for it.
    let numbers = Numbers {
        polls: vec![TimeDelta::milliseconds(100)],
        ..Numbers::default()
    };
    let w = world(numbers).await;
    let row = w.publish("Good morning", TimeDelta::seconds(3)).await;
    let states = w.run(row.id).await;
    let way = [
        State::Scheduled,
        State::Preparing,
        State::Processing,
        State::Ready,
        State::Armed,
        State::Published,
    ];
    let way: Vec<State> = way.into_iter().filter(|s| states.contains(s)).collect();
    assert_eq!(states, way, "each once and in order");
    let receipt = w.app.receipt(w.actor, row.id).await.unwrap();
    let ledger = w.sandbox.ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!(receipt.sha256, ledger[0].sha256);
    assert_eq!(receipt.remote_id.as_ref(), Some(&ledger[0].media));
    assert_eq!(receipt.permalink.as_ref(), Some(&ledger[0].permalink));
    assert!(ledger[0].at >= receipt.due_at, "never early: {ledger:?}");
    assert!(receipt.sent_at.unwrap() >= receipt.due_at);
    let armed_at = receipt.armed_at.unwrap();
    assert!(
        armed_at < receipt.due_at,
        "armed ahead, then held until the time"
    );
    let late = receipt.sent_at.unwrap() - receipt.due_at;
    println!("late by {} ms", late.num_milliseconds());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_is_found_and_nothing_doubled() {
    let numbers = Numbers {
        looks: vec![TimeDelta::milliseconds(200)],
        ..Numbers::default()
    };
    let w = world(numbers).await;
    let rule = Rule {
        stage: Stage::Publish,
        fault: Fault::ReplyLost,
        count: Some(1),
        probability: None,
        account: None,
    };
    w.sandbox.set_faults(FaultPlan {
        rules: vec![rule],
        ..FaultPlan::default()
    });
    let row = w.publish("Hello", TimeDelta::seconds(1)).await;
    let states = w.run(row.id).await;
    assert!(states.contains(&State::Uncertain), "{states:?}");
    assert_eq!(w.sandbox.ledger().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_video_is_refused_and_nothing_is_kept() {
    let w = world(Numbers::default()).await;
    let Err(ServiceError::Invalid(findings)) = w.upload_bytes(b"not a video at all").await else {
        panic!("taken");
    };
    assert_eq!(findings[0].rule, "container.format");
    let list = w.app.media_list(w.actor, None, 10).await.unwrap();
    assert!(list.items.is_empty());
}
