//! The processes of the story: the platform, which lives on, and the server, which is killed.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use contentzavod_core::ports::{Clock, SystemClock};
use contentzavod_instagram::sandbox::Record;
use e2e::process::{self, Binary, PATIENCE, Process};
use serde_json::Value;

use crate::api::{Api, Rows};
use crate::plan::{self, ACCOUNTS, Planned, Random};

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");
const TICK: Duration = Duration::from_millis(20);

/// One run of the server.
#[derive(Debug)]
pub(crate) struct Life {
    /// When it was started.
    pub(crate) started: DateTime<Utc>,
    /// When it took work, reckoned from its start; `None` when it was killed before.
    pub(crate) ready: Option<Duration>,
}

pub(crate) struct World {
    pub(crate) api: Api,
    /// Dropped before the platform: nothing is sent to one that is gone.
    server: Process,
    sandbox_url: String,
    _sandbox: Process,
    binary: Binary,
    port: u16,
    started: DateTime<Utc>,
    clock: SystemClock,
    folder: tempfile::TempDir,
}

impl World {
    /// Starts both, and makes a user with a key.
    pub(crate) async fn new() -> Self {
        let binary = Binary::find().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let port = process::free_port().unwrap();
        let mut sandbox = binary.command();
        sandbox.args(["sandbox", "--listen", "127.0.0.1:0", "--ledger"]);
        sandbox.arg(folder.path().join("ledger.jsonl"));
        let log = folder.path().join("sandbox.log");
        let mut sandbox = Process::start(sandbox, &log).unwrap();
        let sandbox_url = sandbox.says("listening on ").unwrap();
        let mut user = binary.command();
        user.args(["user", "create", "--name", "Kill", "--api-key"]);
        user.arg("--data-dir").arg(folder.path().join("data"));
        let made = user.output().unwrap();
        assert!(made.status.success(), "{made:?}");
        let key = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        let data = folder.path().join("data");
        let clock = SystemClock::new();
        let server = serve(&binary, &data, port, &sandbox_url);
        let mut world = Self {
            api: Api::new(format!("http://127.0.0.1:{port}"), key),
            server,
            sandbox_url,
            _sandbox: sandbox,
            binary,
            port,
            started: clock.now(),
            clock,
            folder,
        };
        world.until_ready().await;
        world
    }

    /// Schedules the posts, each with a caption of its own, on the accounts in turn.
    pub(crate) async fn schedule(&self, random: &mut Random) -> Vec<Planned> {
        let sandbox = &self.sandbox_url;
        Api::slow_publishing(sandbox).await.unwrap();
        let mut accounts = Vec::with_capacity(ACCOUNTS);
        for n in 0..ACCOUNTS {
            let token = Api::sandbox_account(sandbox, &format!("kill{n}")).await;
            accounts.push(self.api.connect(&token.unwrap()).await.unwrap());
        }
        let media = self.api.upload(REEL).await.unwrap();
        let mut posts = Vec::with_capacity(plan::POSTS);
        for (n, due) in plan::due_times(random, self.clock.now())
            .into_iter()
            .enumerate()
        {
            let caption = format!("post {n}");
            let account = &accounts[n % ACCOUNTS];
            let id = self.api.schedule(account, &media, &caption, due).await;
            posts.push(Planned {
                id: id.unwrap(),
                caption,
                due,
            });
        }
        posts
    }

    /// Watches the server until a time of the wall clock.
    pub(crate) async fn live_until(&mut self, moment: DateTime<Utc>) -> Life {
        let mut ready = None;
        loop {
            self.server.must_run().unwrap();
            if ready.is_none() && self.api.ready().await {
                ready = Some(self.server.age());
            }
            let Ok(left) = (moment - self.clock.now()).to_std() else {
                break;
            };
            tokio::time::sleep(TICK.min(left)).await;
        }
        let started = self.started;
        Life { started, ready }
    }

    /// Watches the server until it takes work.
    pub(crate) async fn live_until_ready(&mut self) -> Life {
        self.until_ready().await;
        let ready = Some(self.server.age());
        let started = self.started;
        Life { started, ready }
    }

    pub(crate) fn kill_and_restart(&mut self) {
        self.server.kill().unwrap();
        let data = self.folder.path().join("data");
        self.started = self.clock.now();
        self.server = serve(&self.binary, &data, self.port, &self.sandbox_url);
    }

    async fn until_ready(&mut self) {
        while !self.api.ready().await {
            self.must_live();
            tokio::time::sleep(TICK).await;
        }
    }

    /// Neither ended nor hanging.
    fn must_live(&mut self) {
        self.server.must_run().unwrap();
        let log = self.server.log_tail();
        assert!(self.server.age() < PATIENCE, "it hangs:\n{log}");
    }

    /// Waits until every post is published, with the platform's id, or its person must act.
    pub(crate) async fn until_settled(&mut self, posts: &[Planned], limit: Instant) -> Rows {
        loop {
            self.server.must_run().unwrap();
            let rows = self.api.rows().await.unwrap();
            let open = posts.iter().filter_map(|p| rows.get(&p.id));
            let open: Vec<&Value> = open.filter(|row| !settled(row)).collect();
            if open.is_empty() {
                return rows;
            }
            let log = self.server.log_tail();
            assert!(Instant::now() < limit, "not settled: {open:#?}\n{log}");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    /// What the platform did, from its file.
    pub(crate) fn ledger(&self) -> Vec<Record> {
        process::ledger(&self.folder.path().join("ledger.jsonl")).unwrap()
    }
}

fn serve(binary: &Binary, data: &Path, port: u16, sandbox: &str) -> Process {
    let address = format!("127.0.0.1:{port}");
    let mut command = binary.command();
    command.args(["serve", "--listen", &address, "--data-dir"]);
    command
        .arg(data)
        .env("CONTENTZAVOD_INSTAGRAM__GRAPH_URL", sandbox)
        .env("CONTENTZAVOD_PUBLIC_URL", format!("http://{address}"))
        .env("CONTENTZAVOD_PUBLISHING__SETTLE", "5s")
        .env("CONTENTZAVOD_PUBLISHING__SETTLE_TIMEOUT", "5s");
    Process::start(command, &data.with_extension("log")).unwrap()
}

fn settled(row: &Value) -> bool {
    match row["status"].as_str() {
        Some("published") => row["remote_id"].is_string(),
        Some("failed" | "missed" | "needs_review" | "cancelled") => true,
        _ => false,
    }
}
