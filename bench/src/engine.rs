//! One run of the real engine: SQLite file, key ring, folder of blobs, the loops of `Engine::run`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::engine::Engine;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{
    Account, AccountId, AccountStatus, Actor, Content, MediaId, Publication, Reel,
};
use contentzavod_core::ports::access::token_context;
use contentzavod_core::ports::store::{AccountStore, PostView};
use contentzavod_core::ports::{Clock, LocalWake, NoLinks, SystemClock, Vault};
use contentzavod_core::publication::{Numbers, State};
use contentzavod_core::service::{Contentzavod, Front, Intake, Parts, PostRequest, Upload};
use contentzavod_store::SqliteStore;
use contentzavod_store::blobs::LocalBlobs;
use contentzavod_store::vault::KeyRingVault;
use futures::{StreamExt, TryStreamExt, stream};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use crate::plan::Plan;
use crate::stamper::Stamper;

/// Whatever went wrong; a benchmark ends with it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const REEL: &[u8] = include_bytes!("../../contentzavod-preflight/tests/data/reel.mp4");
/// Requests under way at once while scheduling.
const AT_ONCE: usize = 64;
/// A run that takes longer after its last due time hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// What became of one post.
#[derive(Debug, Clone)]
pub struct Fired {
    /// When it was due.
    pub due: DateTime<Utc>,
    /// When its container was ready.
    pub ready: DateTime<Utc>,
    /// Every entry into `publish`: one, unless something is broken.
    pub entered: Vec<DateTime<Utc>>,
}

impl Fired {
    /// From the moment at which it could go out to the first entry into `publish`.
    #[must_use]
    pub fn late(&self) -> Option<TimeDelta> {
        Some(*self.entered.first()? - self.due.max(self.ready))
    }

    /// Its container was ready only after the due time: preparing was too slow, not firing.
    #[must_use]
    pub fn prepared_late(&self) -> bool {
        self.ready > self.due
    }
}

/// The parts of one run.
struct World {
    app: Contentzavod,
    engine: Engine,
    store: Arc<SqliteStore>,
    vault: Arc<KeyRingVault>,
    clock: Arc<dyn Clock>,
    stamper: Arc<Stamper>,
    actor: Actor,
}

impl World {
    async fn new(folder: &Path, publish_takes: Duration) -> Result<Self, Failure> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let path = folder.join("contentzavod.db");
        let store = SqliteStore::open(&path, Arc::clone(&clock), MediaTtl::default());
        let store = Arc::new(store.await?);
        let vault = Arc::new(KeyRingVault::parse(&KeyRingVault::generate())?);
        let blobs = Arc::new(LocalBlobs::open(folder.join("media"))?);
        let stamper = Arc::new(Stamper::new(Arc::clone(&clock), publish_takes));
        let wake = Arc::new(LocalWake::new());
        // The platform is always ready: asked early, so that a run need not wait for the first look.
        let numbers = Numbers {
            polls: vec![TimeDelta::milliseconds(100)],
            ..Numbers::default()
        };
        let app = Contentzavod::new(Parts {
            store: store.clone(),
            vault: vault.clone(),
            blobs: blobs.clone(),
            clock: Arc::clone(&clock),
            links: Arc::new(NoLinks),
            wake: wake.clone(),
            publishers: vec![stamper.clone()],
            connectors: Vec::new(),
            numbers: numbers.clone(),
            intake: Intake::default(),
            front: Front::default(),
        });
        let engine = Engine::builder(store.clone(), vault.clone(), blobs, Arc::clone(&clock))
            .publisher(stamper.clone())
            .wake(wake)
            .numbers(numbers)
            .sole()
            .build()?;
        let actor = app.create_user("Bench").await?;
        Ok(Self {
            app,
            engine,
            store,
            vault,
            clock,
            stamper,
            actor,
        })
    }

    async fn upload(&self, folder: &Path) -> Result<MediaId, Failure> {
        let path = folder.join("spooled");
        std::fs::write(&path, REEL)?;
        let sha256 = Sha256::digest(REEL);
        let upload = Upload {
            path,
            bytes: REEL.len() as u64,
            sha256: sha256.iter().map(|b| format!("{b:02x}")).collect(),
            filename: None,
            keep_refused: false,
        };
        Ok(self.app.add_media(self.actor, upload).await?.id)
    }

    async fn account(&self, n: usize) -> Result<AccountId, Failure> {
        let now = self.clock.now();
        let mut account = Account {
            id: AccountId::generate(now),
            workspace: self.actor.workspace,
            platform: "instagram".to_owned(),
            login: "instagram".to_owned(),
            remote_user_id: n.to_string(),
            app_scoped_id: None,
            username: format!("bench{n}"),
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
        let token = format!("bench-token-{n}").into();
        account.token = Some(self.vault.seal(&token, &token_context(&account))?);
        Ok(self.store.connect(account).await?.account.id)
    }

    /// Schedules one post on an account. Its caption is its name everywhere.
    async fn schedule(
        &self,
        media: MediaId,
        account: AccountId,
        n: usize,
        due: DateTime<Utc>,
    ) -> Result<PostView, Failure> {
        let content = Content::InstagramReel(Reel::new(media, format!("post {n}")));
        let request = PostRequest {
            publish_at: Some(due.to_rfc3339()),
            ..PostRequest::new(vec![account], content)
        };
        Ok(self.app.create_post(self.actor, request).await?)
    }

    /// The publication of a post.
    async fn publication(&self, view: &PostView) -> Result<Publication, Failure> {
        let view = self.app.post(self.actor, view.post.id).await?;
        let row = view.publications.into_iter().next();
        row.ok_or_else(|| "a post without its publication".into())
    }

    /// Waits until every post is published.
    async fn all_published(&self, views: &[PostView]) -> Result<Vec<Publication>, Failure> {
        let mut rows = Vec::with_capacity(views.len());
        for view in views {
            rows.push(loop {
                let row = self.publication(view).await?;
                if row.state() == State::Published {
                    break row;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            });
        }
        Ok(rows)
    }
}

/// Schedules the posts of a plan on distinct accounts and lets the engine fire them.
///
/// # Errors
///
/// When a part does not work, or a post is not published a minute after the last due time.
pub async fn run(folder: &Path, plan: Plan) -> Result<Vec<Fired>, Failure> {
    let world = World::new(folder, plan.publish_takes).await?;
    let media = world.upload(folder).await?;
    let accounts: Vec<AccountId> = stream::iter(0..plan.posts)
        .map(|n| world.account(n))
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
    let shutdown = CancellationToken::new();
    let (engine, stop) = (world.engine.clone(), shutdown.clone());
    let running = tokio::spawn(async move { engine.run(stop).await });
    let due: Vec<DateTime<Utc>> = plan.due_times(world.clock.now()).collect();
    let posts = due.iter().zip(accounts).enumerate();
    let views: Vec<PostView> = stream::iter(posts)
        .map(|(n, (due, account))| world.schedule(media, account, n, *due))
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
    // Nothing is asked of the store while the posts go out.
    if let Some(last) = due.last() {
        let rest = *last - world.clock.now() + TimeDelta::milliseconds(500);
        tokio::time::sleep(rest.to_std().unwrap_or_default()).await;
    }
    let published = tokio::time::timeout(PATIENCE, world.all_published(&views)).await;
    let Ok(rows) = published else {
        return Err(unpublished(&world, &views).await);
    };
    let rows = rows?;
    shutdown.cancel();
    running.await??;
    let fired = fired(&rows, &world.stamper);
    world.store.close().await;
    Ok(fired)
}

/// What stands where, when not everything went out in time.
async fn unpublished(world: &World, views: &[PostView]) -> Failure {
    let mut words = "not published in a minute:".to_owned();
    let mut left = 0;
    for view in views {
        match world.publication(view).await {
            Ok(row) if row.state() == State::Published => continue,
            Ok(row) if left == 0 => words = format!("{words} {:#?}", row.progress),
            Ok(_) | Err(_) => {}
        }
        left += 1;
    }
    format!("{left} of {} posts {words}", views.len()).into()
}

fn fired(rows: &[Publication], stamper: &Stamper) -> Vec<Fired> {
    let mut stamps = stamper.stamps();
    let fired = rows.iter().enumerate().map(|(n, row)| Fired {
        due: row.progress.due_at,
        ready: row.progress.ready_at.unwrap_or(row.progress.due_at),
        entered: stamps.remove(&format!("post {n}")).unwrap_or_default(),
    });
    fired.collect()
}
