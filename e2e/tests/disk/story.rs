//! The story of one disk.
#![expect(clippy::print_stdout, reason = "a story tells how far it came")]

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock;
use contentzavod_instagram::sandbox::{Entry, Record};
use contentzavod_store::SqliteStore;
use e2e::api::Api;
use e2e::process::{Binary, Failure};
use e2e::world::{Plan, World};
use serde_json::{Value, json};

use crate::small::Disk;

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");
const DISK: u64 = 320;
const ACCOUNTS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(200);
const TICK: Duration = Duration::from_millis(100);

pub(crate) async fn tell() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let disk = Disk::mount(&folder.path().join("data"), DISK)?;
    let mut plan = Plan {
        data: Some(folder.path().join("data")),
        ..Plan::default()
    }
    .with("CONTENTZAVOD_PUBLISHING__SETTLE", "2s")
    .with("CONTENTZAVOD_PUBLISHING__SETTLE_TIMEOUT", "2s");
    plan.sandbox = ["--processing", "200"].map(str::to_owned).to_vec();
    let world = World::new(Binary::find()?, plan).await?;
    let mut scene = Scene::open(world, disk).await?;
    scene.while_uploading().await?;
    println!("uploading: refused with 507, nothing kept, taken again");
    scene.while_mending().await?;
    println!(
        "mending: what had no room for its copy is refused with 507, nothing kept, taken again"
    );
    scene.while_writing().await?;
    println!("writing: refused with 507, what was there went out, taken again");
    scene.while_arming().await?;
    println!("arming: the space kept back was given up, every post went out once");
    scene.full_to_the_last_byte().await?;
    println!("nothing free at all: nothing went out that was not written, then every post once");
    scene.whole()
}

struct Scene {
    world: World,
    disk: Disk,
    media: String,
    accounts: Vec<String>,
}

impl Scene {
    async fn open(world: World, disk: Disk) -> Result<Self, Failure> {
        let media = world.api.upload(REEL).await?;
        let mut accounts = Vec::new();
        for n in 0..ACCOUNTS {
            let token = Api::sandbox_account(&world.sandbox_url, &format!("disk{n}")).await?;
            accounts.push(world.api.connect(&token).await?);
        }
        Ok(Self {
            world,
            disk,
            media,
            accounts,
        })
    }

    async fn while_uploading(&self) -> Result<(), Failure> {
        // 64 MiB are kept free, and 8 MiB do not fit beside them.
        self.disk.fill_to(70)?;
        let api = &self.world.api;
        let video = index_behind(8 << 20)?;
        let upload = || {
            let call = api.http.post(api.url("/v1/media"));
            call.header("content-type", "application/octet-stream")
                .body(video.clone())
        };
        refused(api.asked(upload()).await?)?;
        // Of no declared length: it is cut where the room ends.
        let chunks = video.chunks(1 << 20).map(<[u8]>::to_vec);
        let chunks = chunks.map(Ok::<_, std::io::Error>);
        let chunks = futures::stream::iter(chunks.collect::<Vec<_>>());
        let call = api
            .http
            .post(api.url("/v1/media"))
            .header("content-type", "application/octet-stream");
        refused(
            api.asked(call.body(reqwest::Body::wrap_stream(chunks)))
                .await?,
        )?;
        self.until("the parts are gone", || {
            Ok(std::fs::read_dir(self.world.data().join("incoming"))?.count() == 0)
        })
        .await?;
        self.disk.relieve()?;
        api.upload(REEL).await.map(drop)
    }

    /// A video whose index stands behind lies on the disk twice for a moment.
    async fn while_mending(&self) -> Result<(), Failure> {
        let behind = index_behind(40 << 20)?;
        // Room for one of them beside the 64 MiB that are kept free.
        self.disk.fill_to(120)?;
        let api = &self.world.api;
        let upload = || {
            let call = api.http.post(api.url("/v1/media"));
            let call = call.header("content-type", "application/octet-stream");
            api.asked(call.body(behind.clone()))
        };
        refused(upload().await?)?;
        self.until("the file and its copy are gone", || {
            Ok(std::fs::read_dir(self.world.data().join("incoming"))?.count() == 0)
        })
        .await?;
        self.disk.relieve()?;
        match upload().await? {
            (201, media) if media["original_sha256"].is_string() => Ok(()),
            other => Err(format!("not mended: {other:?}").into()),
        }
    }

    async fn while_writing(&mut self) -> Result<(), Failure> {
        let due = self.in_seconds(8);
        self.schedule(0, "written before", due).await?;
        self.disk.fill_to(16)?;
        let before = self.posts().await?.len();
        refused(self.asked(0, "not written", due).await?)?;
        let (status, health) = self.get("/readyz").await?;
        if (status, health["status"].as_str()) != (200, Some("disk_full")) {
            return Err(format!("readyz says {status} {health}").into());
        }
        if self.posts().await?.len() != before {
            return Err("a refused post is there".into());
        }
        self.live("written before", due).await?;
        self.disk.relieve()?;
        let due = self.in_seconds(3);
        self.schedule(0, "written after", due).await?;
        self.live("written after", due).await
    }

    async fn while_arming(&mut self) -> Result<(), Failure> {
        let due = self.in_seconds(10);
        let captions = self.schedule_all("armed on a full disk", due).await?;
        self.until_all("ready").await?;
        let ballast = self.world.data().join("ballast");
        if !ballast.exists() {
            return Err("no space is kept back".into());
        }
        // What is free goes, and what the server then gives up is all that there is.
        self.disk.fill_to(0)?;
        self.until("the ballast is given up", || Ok(!ballast.exists()))
            .await?;
        for caption in &captions {
            self.live(caption, due).await?;
        }
        self.disk.relieve()?;
        self.until("space is kept back again", || Ok(ballast.exists()))
            .await
    }

    async fn full_to_the_last_byte(&mut self) -> Result<(), Failure> {
        let due = self.in_seconds(10);
        let captions = self.schedule_all("armed on no disk", due).await?;
        self.until_all("ready").await?;
        let ballast = self.world.data().join("ballast");
        self.disk.fill_to(0)?;
        self.until("the ballast is given up", || Ok(!ballast.exists()))
            .await?;
        self.disk.fill_to(0)?;
        let free = self.disk.free()?;
        let left = (due + TimeDelta::seconds(4) - self.world.clock.now()).to_std();
        tokio::time::sleep(left.unwrap_or_default()).await;
        println!(
            "{free} MiB free: {} of {} went out",
            self.entries()?
                .iter()
                .filter(|e| captions.contains(&e.caption))
                .count(),
            captions.len()
        );
        self.disk.relieve()?;
        for caption in &captions {
            self.live(caption, due).await?;
        }
        Ok(())
    }

    /// Everything went out once, and the file is whole.
    fn whole(&mut self) -> Result<(), Failure> {
        let entries = self.entries()?;
        if let Some(twice) = entries.iter().find(|e| e.time != 1 || e.duplicate) {
            return Err(format!("twice: {twice:?}").into());
        }
        let damage = SqliteStore::damage(&self.world.data().join("contentzavod.db"))?;
        if !damage.is_empty() {
            return Err(format!("the database is damaged: {damage:?}").into());
        }
        self.world.server.must_run()
    }

    fn in_seconds(&self, seconds: i64) -> DateTime<Utc> {
        self.world.clock.now() + TimeDelta::seconds(seconds)
    }

    async fn get(&self, path: &str) -> Result<(u16, Value), Failure> {
        let api = &self.world.api;
        api.asked(api.http.get(api.url(path))).await
    }

    async fn asked(
        &self,
        account: usize,
        caption: &str,
        due: DateTime<Utc>,
    ) -> Result<(u16, Value), Failure> {
        let api = &self.world.api;
        let post = json!({
            "account_ids": [self.accounts[account]],
            "content": { "kind": "instagram_reel", "media_id": self.media, "caption": caption },
            "publish_at": due.to_rfc3339(),
        });
        api.asked(api.http.post(api.url("/v1/posts")).json(&post))
            .await
    }

    async fn schedule(
        &self,
        account: usize,
        caption: &str,
        due: DateTime<Utc>,
    ) -> Result<(), Failure> {
        match self.asked(account, caption, due).await? {
            (201, _) => Ok(()),
            other => Err(format!("not taken: {other:?}").into()),
        }
    }

    async fn schedule_all(
        &self,
        caption: &str,
        due: DateTime<Utc>,
    ) -> Result<Vec<String>, Failure> {
        let mut captions = Vec::new();
        for n in 0..ACCOUNTS {
            let caption = format!("{caption} {n}");
            self.schedule(n, &caption, due).await?;
            captions.push(caption);
        }
        Ok(captions)
    }

    async fn posts(&self) -> Result<Vec<Value>, Failure> {
        self.world.api.all("/v1/posts?limit=100").await
    }

    /// Waits until as many posts as there are accounts are in a state.
    async fn until_all(&self, state: &str) -> Result<(), Failure> {
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            let posts = self.posts().await?;
            let there = posts
                .iter()
                .filter(|p| p["publications"][0]["status"] == state);
            if there.count() == ACCOUNTS {
                return Ok(());
            }
            tokio::time::sleep(TICK).await;
        }
        Err(format!("not all are {state}").into())
    }

    fn entries(&self) -> Result<Vec<Entry>, Failure> {
        let records = self.world.ledger()?;
        Ok(records.iter().filter_map(Record::entry).cloned().collect())
    }

    /// Waits until a post is live and said so: once, and not before its time.
    async fn live(&self, caption: &str, due: DateTime<Utc>) -> Result<(), Failure> {
        let begun = tokio::time::Instant::now();
        let mut row = Value::Null;
        while begun.elapsed() < PATIENCE {
            let posts = self.posts().await?;
            let mine = posts.iter().find(|p| p["content"]["caption"] == caption);
            row = mine
                .map(|p| p["publications"][0].clone())
                .unwrap_or_default();
            if row["status"] == "published" {
                let entries = self.entries()?;
                let mine: Vec<&Entry> = entries.iter().filter(|e| e.caption == caption).collect();
                let right = mine.len() == 1 && mine[0].at >= due;
                return right
                    .then_some(())
                    .ok_or_else(|| format!("due {due}: {mine:?}").into());
            }
            tokio::time::sleep(TICK).await;
        }
        Err(format!("{caption:?} did not go out: {row}").into())
    }

    async fn until(
        &self,
        what: &str,
        there: impl Fn() -> Result<bool, Failure>,
    ) -> Result<(), Failure> {
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            if there()? {
                return Ok(());
            }
            tokio::time::sleep(TICK).await;
        }
        Err(format!("never: {what}").into())
    }
}

/// The reel with its index behind the frames, and so many bytes of nothing behind that.
fn index_behind(bytes: u32) -> Result<Vec<u8>, Failure> {
    let folder = tempfile::tempdir()?;
    let (from, to) = (
        folder.path().join("reel.mp4"),
        folder.path().join("behind.mp4"),
    );
    std::fs::write(&from, REEL)?;
    let made = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(&from)
        .args(["-c", "copy"])
        .arg(&to)
        .status()?;
    if !made.success() {
        return Err(format!("ffmpeg ended with {made}").into());
    }
    let mut file = std::fs::read(&to)?;
    file.extend(bytes.to_be_bytes());
    file.extend(b"free");
    file.resize(file.len() - 8 + usize::try_from(bytes)?, 0);
    Ok(file)
}

/// A 507 that names its rule.
fn refused((status, problem): (u16, Value)) -> Result<(), Failure> {
    if status == 507 && problem["code"] == "storage.full" {
        return Ok(());
    }
    Err(format!("not refused: {status} {problem}").into())
}
