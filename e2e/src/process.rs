//! The real binary as processes: found, started, watched, killed.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use contentzavod_instagram::sandbox::Record;

/// Whatever went wrong; a story ends with it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Settings under which nobody is refused for doing much: stories do more in a moment than persons.
pub const UNLIMITED: [(&str, &str); 3] = [
    ("CONTENTZAVOD_LIMITS__API", "off"),
    ("CONTENTZAVOD_LIMITS__UPLOAD", "off"),
    ("CONTENTZAVOD_LIMITS__SIGN_IN", "off"),
];

/// A process that takes longer to start hangs.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How often something is looked at that is waited for.
const LOOK: Duration = Duration::from_millis(10);
/// So much of a log is shown when something fails.
const LOG_TAIL: usize = 4_000;

/// The binary to be started.
#[derive(Debug, Clone)]
pub struct Binary(PathBuf);

impl Binary {
    /// The one that `CONTENTZAVOD_BIN` names, else the one of the build that this test is of. It is
    /// built only where it is missing: `cargo xtask test` has built it before.
    ///
    /// # Errors
    ///
    /// When it is not there and cannot be built.
    pub fn find() -> Result<Self, Failure> {
        if let Some(named) = Self::named("CONTENTZAVOD_BIN")? {
            return Ok(named);
        }
        // target/debug/deps/kill-0123456789abcdef
        let test = std::env::current_exe()?;
        let folder = test.parent().and_then(Path::parent);
        let folder = folder.ok_or("the test does not lie in a target folder")?;
        let name = format!("contentzavod{}", std::env::consts::EXE_SUFFIX);
        let binary = folder.join(name);
        if !binary.exists() {
            build(folder)?;
        }
        Ok(Self(binary))
    }

    /// One that lies there.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// The one built as it is released, where `CONTENTZAVOD_RELEASE_BIN` names it, else as
    /// [`Self::find`] says. `cargo xtask test` names it.
    ///
    /// # Errors
    ///
    /// When it is not there and cannot be built.
    pub fn find_released() -> Result<Self, Failure> {
        Self::named("CONTENTZAVOD_RELEASE_BIN")?.map_or_else(Self::find, Ok)
    }

    /// The one that a variable names.
    fn named(variable: &str) -> Result<Option<Self>, Failure> {
        let Some(path) = std::env::var_os(variable) else {
            return Ok(None);
        };
        let path = PathBuf::from(path);
        // Tests run in the folder of their crate; a relative path is one of the workspace.
        Ok(Some(Self(root()?.join(path))))
    }

    /// A command of it that none of our own settings in the environment reach.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.0);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CONTENTZAVOD_") {
                command.env_remove(name);
            }
        }
        command.stdin(Stdio::null());
        command
    }
}

fn root() -> Result<PathBuf, Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    Ok(root
        .ok_or("there is no folder above this crate")?
        .to_owned())
}

/// Builds the binary into the target folder that `folder` is a profile of.
fn build(folder: &Path) -> Result<(), Failure> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "-p", "contentzavod-server", "--bin"])
        .arg("contentzavod")
        .current_dir(root()?);
    if let Some(target) = folder.parent() {
        cargo.arg("--target-dir").arg(target);
    }
    if folder.ends_with("release") {
        cargo.arg("--release");
    }
    let status = cargo.status()?;
    if status.success() {
        return Ok(());
    }
    Err(format!("building the binary ended with {status}").into())
}

/// A process that runs until it is killed, at the latest when this is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
    started: Instant,
}

impl Process {
    /// Starts it. What it says goes to a file, behind what is there.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn start(mut command: Command, log: &Path) -> Result<Self, Failure> {
        let out = File::options().create(true).append(true).open(log)?;
        let child = command
            .stdout(Stdio::from(out.try_clone()?))
            .stderr(Stdio::from(out))
            .spawn()
            .map_err(|error| format!("{command:?}: {error}"))?;
        Ok(Self {
            child,
            log: log.to_owned(),
            started: Instant::now(),
        })
    }

    /// How long ago it was started.
    #[must_use]
    pub fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// SIGKILL: nothing in it gets to run any more.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn kill(&mut self) -> Result<(), Failure> {
        self.child.kill()?;
        // Only then its lock on the data directory is gone.
        self.child.wait()?;
        Ok(())
    }

    /// An error when it has ended by itself, with what it said last.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn must_run(&mut self) -> Result<(), Failure> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(format!("ended with {status}:\n{}", self.log_tail()).into()),
        }
    }

    /// Its id in the system, for signals.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The end of its log.
    #[must_use]
    pub fn log_tail(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let from = log.len().saturating_sub(LOG_TAIL);
        String::from_utf8_lossy(&log[from..]).into_owned()
    }

    /// Waits for a line of its log that begins so, and returns the rest of it. Blocks.
    ///
    /// # Errors
    ///
    /// When it ends, or does not say it in time.
    pub fn says(&mut self, beginning: &str) -> Result<String, Failure> {
        while self.age() < PATIENCE {
            let log = std::fs::read_to_string(&self.log)?;
            // A line without its end is still being written.
            let lines = log
                .split_inclusive('\n')
                .filter_map(|l| l.strip_suffix('\n'));
            if let Some(rest) = lines.filter_map(|l| l.strip_prefix(beginning)).next_back() {
                return Ok(rest.trim().to_owned());
            }
            self.must_run()?;
            std::thread::sleep(LOOK);
        }
        Err(format!("{beginning:?} was not said in time:\n{}", self.log_tail()).into())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended before: then there is nothing to do.
        drop(self.kill());
    }
}

/// A port that is free, and stays so while whoever listens on it is killed and started again: it
/// lies below those from which the system serves outgoing connections.
///
/// # Errors
///
/// When none is free.
pub fn free_port() -> Result<u16, Failure> {
    // Worlds that start at the same time in one process must not be given the same one.
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    let first = 20_000 + std::process::id() % 10_000;
    for _ in 0..1_000 {
        let port = first + GIVEN.fetch_add(1, Ordering::Relaxed) % 2_000;
        let port = u16::try_from(port)?;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no port is free".into())
}

/// What stands in a ledger file so far. A last line without its end is being written.
///
/// # Errors
///
/// When the file cannot be read, or a line is no record.
pub fn ledger(file: &Path) -> Result<Vec<Record>, Failure> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let lines = text
        .split_inclusive('\n')
        .filter_map(|l| l.strip_suffix('\n'));
    let records = lines.map(|line| serde_json::from_str(line).map_err(Failure::from));
    records.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_process_is_heard_and_killed() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let script = "echo listening on http://here; exec sleep 600";
        let mut process = Process::start(shell(script), &log).unwrap();
        assert_eq!(process.says("listening on ").unwrap(), "http://here");
        process.must_run().unwrap();
        process.kill().unwrap();
        assert!(process.must_run().is_err());
    }

    #[test]
    fn one_that_ends_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut process = Process::start(shell("echo no room >&2; exit 3"), &log).unwrap();
        let error = process.says("listening on ").unwrap_err().to_string();
        assert!(error.contains("no room"), "{error}");
    }

    #[test]
    fn a_ledger_is_read_up_to_its_last_whole_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ledger.jsonl");
        assert!(ledger(&file).unwrap().is_empty(), "not there yet");
        let line = r#"{"kind":"create","at":"2026-12-01T09:00:00Z","ig_user":"1","username":"a","container":"2","caption":""}"#;
        std::fs::write(&file, format!("{line}\n{line}\n{}", &line[..40])).unwrap();
        assert_eq!(ledger(&file).unwrap().len(), 2);
        std::fs::write(&file, "no record\n").unwrap();
        assert!(ledger(&file).is_err());
    }
}
