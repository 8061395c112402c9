//! contentzavod as a library and nothing more: one post through the engine to the sandbox.
//!
//! No server, no user, no use cases: the host has its own people and its own ideas of them. It
//! writes the rows that an engine works on, runs the engine, and asks the store what came of it.
#![forbid(unsafe_code)]

mod cdn;
mod rows;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::engine::Engine;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{EventKind, Publication, WorkspaceId};
use contentzavod_core::ports::{Clock, EngineStore, SystemClock};
use contentzavod_core::publication::{Numbers, State};
use contentzavod_instagram::sandbox::Sandbox;
use contentzavod_instagram::{GraphConfig, InstagramConnector, InstagramPublisher};
use contentzavod_store::SqliteStore;
use contentzavod_store::blobs::LocalBlobs;
use contentzavod_store::vault::KeyRingVault;
use futures::StreamExt;
use tokio_util::sync::CancellationToken;

pub(crate) type Done<T> = Result<T, Box<dyn Error>>;

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");
/// Everything together takes a few seconds; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> Done<()> {
    let folder = tempfile::tempdir()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let sandbox = Sandbox::builder().start().await?;

    let path = folder.path().join("host.db");
    let store = SqliteStore::open(&path, Arc::clone(&clock), MediaTtl::default()).await?;
    let store: Arc<dyn EngineStore> = Arc::new(store);
    let vault = Arc::new(KeyRingVault::parse(&KeyRingVault::generate())?);
    let blobs = Arc::new(LocalBlobs::open(folder.path().join("media"))?);
    let graph = GraphConfig {
        graph_url: sandbox.url(),
        ..GraphConfig::default()
    };
    let numbers = Numbers {
        // The sandbox processes a video faster than Instagram does.
        polls: vec![TimeDelta::milliseconds(250)],
        ..Numbers::default()
    };

    let now = clock.now();
    let workspace = WorkspaceId::generate(now);
    let token = sandbox.add_account("outside").into();
    let connector = InstagramConnector::new(graph.clone())?;
    let account = rows::account(&*store, &*vault, &connector, &token, workspace, now).await?;
    let media = rows::media(&*store, &*blobs, folder.path(), REEL, workspace, now).await?;
    let due = rows::soon(now);
    let publication = rows::post(&*store, &account, &media, due, now, &numbers).await?;
    println!("@{} publishes at {due}", account.username);

    let engine = Engine::builder(Arc::clone(&store), vault, blobs, clock)
        .publisher(Arc::new(InstagramPublisher::new(graph)?))
        .links(Arc::new(cdn::serve(REEL).await?))
        .numbers(numbers)
        .sole()
        .build()?;
    let shutdown = CancellationToken::new();
    let running = tokio::spawn({
        let (engine, shutdown) = (engine.clone(), shutdown.clone());
        async move { engine.run(shutdown).await }
    });
    let live = tokio::time::timeout(PATIENCE, live(&engine, &*store, &publication)).await??;
    shutdown.cancel();
    running.await??;

    let ledger = sandbox.ledger();
    sandbox.stop().await;
    let [entry] = ledger.as_slice() else {
        return Err(format!("published {} times", ledger.len()).into());
    };
    if entry.sha256 != media.sha256 || live.progress.permalink.as_ref() != Some(&entry.permalink) {
        return Err(format!("the ledger tells something else: {entry:?}").into());
    }
    println!("{}", entry.permalink);
    Ok(())
}

/// Follows the feed until the publication is live, then waits for its permalink.
async fn live(
    engine: &Engine,
    store: &dyn EngineStore,
    publication: &Publication,
) -> Done<Publication> {
    let mut events = Box::pin(engine.subscribe(0));
    while let Some(event) = events.next().await {
        match event.kind {
            EventKind::Publication {
                to: State::Published,
                ..
            } => break,
            EventKind::Publication {
                to: to @ (State::Failed | State::Missed | State::NeedsReview),
                ..
            } => return Err(format!("the publication is {}", to.as_str()).into()),
            EventKind::Publication { to, .. } => println!("{}", to.as_str()),
            _ => {}
        }
    }
    loop {
        let view = store.post(publication.workspace, publication.post).await?;
        let row = view.and_then(|view| view.publications.into_iter().next());
        let row = row.ok_or("the post is gone")?;
        if row.progress.permalink.is_some() {
            return Ok(row);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
