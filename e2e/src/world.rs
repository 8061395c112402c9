//! The processes of a story: the platform, which lives on, and the server, which is killed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use contentzavod_core::ports::{Clock, SystemClock};
use contentzavod_instagram::sandbox::Record;

use crate::api::Api;
use crate::process::{self, Binary, Failure, PATIENCE, Process};

const TICK: Duration = Duration::from_millis(20);

/// One run of the server.
#[derive(Debug)]
pub struct Life {
    /// When it was started.
    pub started: DateTime<Utc>,
    /// When it took work, reckoned from its start; `None` when it was killed before.
    pub ready: Option<Duration>,
}

/// How a world is to be.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Settings of the server, as it finds them in its environment.
    pub server: Vec<(OsString, OsString)>,
    /// More arguments of the stand-in platform.
    pub sandbox: Vec<String>,
    /// Where the server keeps its data; `None` is a folder of the world's own.
    pub data: Option<PathBuf>,
}

impl Plan {
    /// With one more setting of the server.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.server.push((name.into(), value.into()));
        self
    }
}

/// A stand-in platform and a server in processes of their own, with a user and their key.
#[derive(Debug)]
pub struct World {
    /// Calls with the key.
    pub api: Api,
    /// Dropped before the platform: nothing is sent to one that is gone.
    pub server: Process,
    /// Where the platform answers.
    pub sandbox_url: String,
    /// When the server was started last.
    pub started: DateTime<Utc>,
    /// The clock of everything.
    pub clock: SystemClock,
    _sandbox: Process,
    binary: Binary,
    port: u16,
    plan: Plan,
    folder: tempfile::TempDir,
}

impl World {
    /// Starts both, and makes a user with a key.
    ///
    /// # Errors
    ///
    /// When one of them does not start.
    pub async fn new(binary: Binary, plan: Plan) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let port = process::free_port()?;
        let mut sandbox = binary.command();
        sandbox.args(["sandbox", "--listen", "127.0.0.1:0", "--ledger"]);
        sandbox
            .arg(folder.path().join("ledger.jsonl"))
            .args(&plan.sandbox);
        let log = folder.path().join("sandbox.log");
        let mut sandbox = Process::start(sandbox, &log)?;
        let sandbox_url = sandbox.says("listening on ")?;
        let data = plan.data.clone();
        let data = data.unwrap_or_else(|| folder.path().join("data"));
        let key = new_user(&binary, &data)?;
        let clock = SystemClock::new();
        let server = serve(&binary, &data, port, &sandbox_url, &plan)?;
        let mut world = Self {
            api: Api::new(format!("http://127.0.0.1:{port}"), key),
            server,
            sandbox_url,
            _sandbox: sandbox,
            binary,
            port,
            started: clock.now(),
            clock,
            plan,
            folder,
        };
        world.until_ready().await?;
        Ok(world)
    }

    /// The folder of everything.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The server's data directory.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        let data = self.plan.data.clone();
        data.unwrap_or_else(|| self.folder.path().join("data"))
    }

    /// Leaves the folder where it is when this is dropped; its path.
    pub fn keep(&mut self) -> PathBuf {
        self.folder.disable_cleanup(true);
        self.folder.path().to_owned()
    }

    /// The file with what the server said, over all its lives.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.data().with_extension("log")
    }

    /// Watches the server until a time of the wall clock.
    ///
    /// # Errors
    ///
    /// When it ends by itself.
    pub async fn live_until(&mut self, moment: DateTime<Utc>) -> Result<Life, Failure> {
        let mut ready = None;
        loop {
            self.server.must_run()?;
            if ready.is_none() && self.api.ready().await {
                ready = Some(self.server.age());
            }
            let Ok(left) = (moment - self.clock.now()).to_std() else {
                break;
            };
            tokio::time::sleep(TICK.min(left)).await;
        }
        let started = self.started;
        Ok(Life { started, ready })
    }

    /// Watches the server until it takes work.
    ///
    /// # Errors
    ///
    /// When it ends by itself, or hangs.
    pub async fn live_until_ready(&mut self) -> Result<Life, Failure> {
        self.until_ready().await?;
        let ready = Some(self.server.age());
        let started = self.started;
        Ok(Life { started, ready })
    }

    /// SIGKILL, then a new start on the same data.
    ///
    /// # Errors
    ///
    /// When it cannot be killed or started.
    pub fn kill_and_restart(&mut self) -> Result<(), Failure> {
        self.server.kill()?;
        self.start_again()
    }

    /// A new start on the same data, after the last life has ended.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn start_again(&mut self) -> Result<(), Failure> {
        let data = self.data();
        self.started = self.clock.now();
        let (url, plan) = (&self.sandbox_url, &self.plan);
        self.server = serve(&self.binary, &data, self.port, url, plan)?;
        Ok(())
    }

    /// Other settings from the next start on.
    pub const fn plan_mut(&mut self) -> &mut Plan {
        &mut self.plan
    }

    /// Waits until the server takes work.
    ///
    /// # Errors
    ///
    /// When it ends by itself, or hangs.
    pub async fn until_ready(&mut self) -> Result<(), Failure> {
        let begun = Instant::now();
        while !self.api.ready().await {
            self.server.must_run()?;
            if begun.elapsed() > PATIENCE {
                return Err(format!("it hangs:\n{}", self.server.log_tail()).into());
            }
            tokio::time::sleep(TICK).await;
        }
        Ok(())
    }

    /// What the platform did, from its file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn ledger(&self) -> Result<Vec<Record>, Failure> {
        process::ledger(&self.folder.path().join("ledger.jsonl"))
    }
}

fn new_user(binary: &Binary, data: &Path) -> Result<String, Failure> {
    let mut user = binary.command();
    user.args(["user", "create", "--name", "World", "--api-key"]);
    let made = user.arg("--data-dir").arg(data).output()?;
    if !made.status.success() {
        return Err(format!("no user could be made: {made:?}").into());
    }
    Ok(String::from_utf8(made.stdout)?.trim().to_owned())
}

fn serve(
    binary: &Binary,
    data: &Path,
    port: u16,
    sandbox: &str,
    plan: &Plan,
) -> Result<Process, Failure> {
    let address = format!("127.0.0.1:{port}");
    let mut command = binary.command();
    command.args(["serve", "--listen", &address, "--data-dir"]);
    command
        .arg(data)
        .env("CONTENTZAVOD_INSTAGRAM__GRAPH_URL", sandbox)
        .env("CONTENTZAVOD_PUBLIC_URL", format!("http://{address}"))
        .envs(process::UNLIMITED)
        .envs(plan.server.iter().cloned());
    Process::start(command, &data.with_extension("log"))
}
