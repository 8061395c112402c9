//! A server of one's own for those who have none running: the whole product in this process, on a
//! free port, publishing to the sandbox.

use std::sync::Arc;

use contentzavod_core::ports::SystemClock;
use contentzavod_instagram::sandbox::Sandbox;
use contentzavod_server::accept::{self, AcceptLimits};
use contentzavod_server::app;
use contentzavod_server::compose::{StartError, compose};
use contentzavod_server::config::{self, Overrides};
use contentzavod_server::data_dir::DataDir;
use secrecy::ExposeSecret;
use tokio_util::sync::CancellationToken;

/// A running server and what a client needs to call it.
#[derive(Debug)]
pub struct Server {
    /// Where it answers.
    pub url: String,
    /// An API key.
    pub key: String,
    /// A token of an Instagram account, for the sandbox.
    pub token: String,
    shutdown: CancellationToken,
    running: tokio::task::JoinHandle<Result<(), StartError>>,
    _sandbox: Sandbox,
    _folder: tempfile::TempDir,
}

impl Server {
    /// Starts everything in a temporary folder.
    ///
    /// # Errors
    ///
    /// When a part does not start.
    pub async fn start() -> Result<Self, StartError> {
        let folder = tempfile::tempdir()?;
        let sandbox = Sandbox::builder().start().await?;
        let overrides = Overrides {
            data_dir: Some(folder.path().to_owned()),
            sandbox: Some(sandbox.url().to_string()),
            ..Overrides::default()
        };
        let settings = config::load(&overrides, std::iter::empty(), None)?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (dir, clock) = (DataDir::open(folder.path())?, Arc::new(SystemClock::new()));
        let composed = compose(&settings, &dir, clock, Some(url.parse()?)).await?;
        let actor = composed.zavod.create_user("Ada").await?;
        let (_, key) = composed.zavod.create_key(actor, "example").await?;
        let shutdown = CancellationToken::new();
        let endpoint = app(composed.app_parts(None));
        let (engine, stop) = (composed.engine, shutdown.clone());
        let running = tokio::spawn(async move {
            let limits = AcceptLimits::default();
            let serving = accept::serve(listener, None, endpoint, limits, stop.clone());
            let (served, published) = tokio::join!(serving, engine.run(stop));
            served?;
            Ok(published?)
        });
        Ok(Self {
            url,
            key: key.expose_secret().to_owned(),
            token: sandbox.add_account("ada"),
            shutdown,
            running,
            _sandbox: sandbox,
            _folder: folder,
        })
    }

    /// Ends it and waits until calls in flight are done.
    ///
    /// # Errors
    ///
    /// When the server or the engine ended badly.
    pub async fn stop(self) -> Result<(), StartError> {
        self.shutdown.cancel();
        self.running.await?
    }
}
