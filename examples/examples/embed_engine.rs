//! The engine inside a program of one's own: SQLite, a folder of files, no server.
//!
//! A Reel is uploaded, scheduled for four seconds from now, prepared ahead, and published on the
//! second, through the real Graph client. The other side is the sandbox, an HTTP server that plays
//! Instagram and keeps a ledger: the example succeeds only if ledger and receipt tell the same.
//!
//! ```sh
//! cargo run -p contentzavod-examples --example embed_engine
//! ```
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::engine::Engine;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{Actor, Content, EventKind, PublicationId, Receipt, Reel};
use contentzavod_core::ports::{Clock, LocalWake, SystemClock};
use contentzavod_core::publication::{Numbers, State};
use contentzavod_core::service::{Contentzavod, Front, Intake, Parts, PostRequest, Upload};
use contentzavod_examples::files;
use contentzavod_instagram::sandbox::{Entry, Sandbox};
use contentzavod_instagram::{GraphConfig, InstagramConnector, InstagramPublisher, PLATFORM};
use contentzavod_store::SqliteStore;
use contentzavod_store::blobs::LocalBlobs;
use contentzavod_store::vault::KeyRingVault;
use futures::StreamExt;
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

type Done<T> = Result<T, Box<dyn Error>>;

const REEL: &[u8] = include_bytes!("../../contentzavod-preflight/tests/data/reel.mp4");
/// How far ahead the post is scheduled.
const AHEAD: TimeDelta = TimeDelta::seconds(4);
/// Everything together takes a few seconds; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> Done<()> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let folder = tempfile::tempdir()?;
    let sandbox = Sandbox::builder().start().await?;
    println!("the sandbox plays Instagram at {}", sandbox.url());
    let (app, engine) = build(folder.path(), &sandbox, Arc::clone(&clock)).await?;

    let actor = app.create_user("Ada").await?;
    let publication = schedule(&app, actor, folder.path(), &sandbox, &*clock).await?;

    let shutdown = CancellationToken::new();
    let running = tokio::spawn({
        let (engine, shutdown) = (engine.clone(), shutdown.clone());
        async move { engine.run(shutdown).await }
    });
    let receipt = tokio::time::timeout(PATIENCE, follow(&app, &engine, actor, publication));
    let receipt = receipt.await??;
    // Calls in flight end before `run` returns.
    shutdown.cancel();
    running.await??;

    let ledger = sandbox.ledger();
    sandbox.stop().await;
    compare(&receipt, &ledger)
}

/// Joins the parts: the use cases and the engine work on the same store, and wake each other.
async fn build(
    folder: &Path,
    sandbox: &Sandbox,
    clock: Arc<dyn Clock>,
) -> Done<(Contentzavod, Engine)> {
    let path = folder.join("contentzavod.db");
    let store = SqliteStore::open(&path, Arc::clone(&clock), MediaTtl::default()).await?;
    let store = Arc::new(store);
    // A host keeps this key: without it the tokens in its database cannot be read.
    let vault = Arc::new(KeyRingVault::parse(&KeyRingVault::generate())?);
    let blobs = Arc::new(LocalBlobs::open(folder.join("media"))?);
    let links = Arc::new(files::serve(blobs.clone()).await?);
    let wake = Arc::new(LocalWake::new());
    // The real Graph API needs nothing but the default configuration.
    let graph = GraphConfig {
        graph_url: sandbox.url(),
        ..GraphConfig::default()
    };
    let publisher = Arc::new(InstagramPublisher::new(graph.clone())?);
    let connector = Arc::new(InstagramConnector::new(graph)?);
    let numbers = Numbers {
        // The sandbox processes a video faster than Instagram does.
        polls: vec![TimeDelta::milliseconds(250)],
        ..Numbers::default()
    };
    let engine = Engine::builder(store.clone(), vault.clone(), blobs.clone(), clock.clone())
        .publisher(publisher.clone())
        .connector(connector.clone())
        .links(links.clone())
        .wake(wake.clone())
        .numbers(numbers.clone())
        .sole()
        .build()?;
    let app = Contentzavod::new(Parts {
        store,
        vault,
        blobs,
        clock,
        links,
        wake,
        publishers: vec![publisher],
        connectors: vec![connector],
        numbers,
        intake: Intake::default(),
        front: Front::default(),
    });
    Ok((app, engine))
}

/// Connects an account, uploads the Reel, and schedules it.
async fn schedule(
    app: &Contentzavod,
    actor: Actor,
    folder: &Path,
    sandbox: &Sandbox,
    clock: &dyn Clock,
) -> Done<PublicationId> {
    let token = sandbox.add_account("ada").into();
    let account = app.connect_with_token(actor, PLATFORM, &token).await?;
    println!("connected as @{}", account.account.username);

    let spooled = folder.join("upload");
    tokio::fs::write(&spooled, REEL).await?;
    let upload = Upload {
        path: spooled,
        bytes: REEL.len() as u64,
        sha256: hex::encode(Sha256::digest(REEL)),
        filename: Some("reel.mp4".to_owned()),
        keep_refused: false,
    };
    let media = app.add_media(actor, upload).await?;
    println!(
        "uploaded {} bytes, sha256 {}…",
        media.bytes,
        &media.sha256[..8]
    );

    let content = Content::InstagramReel(Reel::new(media.id, "Good morning"));
    let request = PostRequest {
        publish_at: Some((clock.now() + AHEAD).to_rfc3339()),
        ..PostRequest::new(vec![account.account.id], content)
    };
    let view = app.create_post(actor, request).await?;
    let publication = view.publications.first().ok_or("one per account")?;
    let due = publication.progress.due_at;
    println!("scheduled for {}", due.format("%H:%M:%S%.3f"));
    Ok(publication.id)
}

/// Prints each step of the publication until it is live and linked.
async fn follow(
    app: &Contentzavod,
    engine: &Engine,
    actor: Actor,
    id: PublicationId,
) -> Done<Receipt> {
    // A host that keeps the last position it saw misses nothing, restarts included.
    let mut events = Box::pin(engine.subscribe(0));
    while let Some(event) = events.next().await {
        let EventKind::Publication {
            publication, to, ..
        } = event.kind
        else {
            continue;
        };
        if publication != id {
            continue;
        }
        println!("{}  {}", event.at.format("%H:%M:%S%.3f"), to.as_str());
        if to == State::Published {
            break;
        }
        if matches!(to, State::Failed | State::Missed | State::NeedsReview) {
            let (_, row) = app.publication(actor, id).await?;
            return Err(format!("{:?}", row.progress.trouble).into());
        }
    }
    // The media id is saved first; the permalink is a call of its own.
    loop {
        let receipt = app.receipt(actor, id).await?;
        if receipt.permalink.is_some() {
            return Ok(receipt);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What we say we did against what the platform says happened.
fn compare(receipt: &Receipt, ledger: &[Entry]) -> Done<()> {
    let [entry] = ledger else {
        return Err(format!("published {} times", ledger.len()).into());
    };
    println!("receipt: {}", serde_json::to_string_pretty(receipt)?);
    let same = receipt.sha256 == entry.sha256
        && receipt.remote_id.as_ref() == Some(&entry.media)
        && receipt.permalink.as_ref() == Some(&entry.permalink);
    if !same {
        return Err(format!("the ledger tells something else: {entry:?}").into());
    }
    let sent = receipt.sent_at.ok_or("no time of sending")?;
    let late = sent - receipt.due_at;
    if late < TimeDelta::zero() {
        return Err("published early".into());
    }
    println!(
        "published once, the same bytes, {} ms late: {}",
        late.num_milliseconds(),
        entry.permalink
    );
    Ok(())
}
