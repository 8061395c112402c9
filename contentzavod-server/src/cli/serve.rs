//! `contentzavod serve`: the API and the publishing engine in one process.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use contentzavod_core::ports::{Clock, SystemClock};
use contentzavod_instagram::graph::{VersionStanding, version_standing};
use contentzavod_instagram::sandbox::Sandbox;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::options::Place;
use super::{Done, files, say, signals};
use crate::accept::{self, Certificates};
use crate::app::{AppParts, app};
use crate::compose::{Composed, StartError, compose};
use crate::config::{self, Newcomers, Overrides, Settings, TlsFiles};
use crate::data_dir::DataDir;
use crate::telemetry::{self, Metrics, RequestLog};
use crate::watch;

/// Run the server: the API and the publishing engine
///
/// Without any setting: SQLite, files and a generated key in ./data, listening on 127.0.0.1:8080.
#[derive(Debug, clap::Args)]
#[command(after_help = SETTINGS, after_long_help = with_every_setting())]
pub(super) struct Options {
    #[command(flatten)]
    place: Place,
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Where Instagram reaches this server, e.g. https://zavod.example.com.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Listen beyond this machine without TLS: everybody on the way reads the keys.
    #[arg(long)]
    insecure_http: bool,
    /// Publish to a stand-in for Instagram that runs along; its ledger is in the data directory.
    #[arg(long)]
    sandbox: bool,
}

/// The stand-in's address until it runs: settings that only a stand-in allows are read before.
const SOMEWHERE_HERE: &str = "http://127.0.0.1/";

const SETTINGS: &str = "\
Every setting is an environment variable CONTENTZAVOD_… or stands in the --config file; flags go
before the environment, the environment before the file. --help lists them. To publish for real,
Instagram must reach this server: put it behind a reverse proxy with TLS and set
CONTENTZAVOD_PUBLIC_URL.";

fn with_every_setting() -> String {
    let names = config::variables();
    format!(
        "{SETTINGS}\n\nSettings (CONTENTZAVOD_TLS__CERT is `cert` under `[tls]` in the file):\n{names}"
    )
}

pub(super) async fn run(options: Options) -> Done {
    let mut settings = options.place.settings(Overrides {
        listen: options.listen,
        public_url: options.public_url.clone(),
        insecure_http: options.insecure_http,
        sandbox: options.sandbox.then(|| SOMEWHERE_HERE.to_owned()),
        ..Overrides::default()
    })?;
    settings.check_exposure()?;
    let filter = std::env::var("RUST_LOG").ok();
    telemetry::init_logs(settings.log.format, filter.as_deref());
    for warning in &settings.warnings {
        tracing::warn!("{warning}");
    }
    tokio::spawn(tell_version_end(settings.instagram.graph_version.clone()));
    let mut ending = signals::listen()?;
    let dir = DataDir::open(&settings.data_dir)?;
    // Before anything is written: the last start may have ended on a full disk.
    dir.reserve().tend();
    let lock = dir.lock()?;
    let listener = bind(settings.listen).await?;
    let sandbox = if options.sandbox {
        Some(play(&mut settings, &dir, listener.local_addr()?).await?)
    } else {
        None
    };
    settings.listen = listener.local_addr()?;
    let public_url = settings.public_url.clone();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let mut composed = compose(&settings, &dir, Arc::clone(&clock), public_url).await?;
    composed.clean_up().await?;
    composed.date_policy().await?;
    let shutdown = CancellationToken::new();
    let requests = RequestLog::start(dir.logs(), settings.log.retention, Arc::clone(&clock))?;
    tokio::spawn(requests.clone().keep(shutdown.clone()));
    let mut parts = composed.app_parts(Some(Metrics::install()?));
    parts.guard.requests = Some(requests.clone());
    let time = Arc::clone(&clock);
    let serving = serving(&settings, parts, listener, time, shutdown.clone())?;
    tell_way_in(&settings, &composed).await?;
    let engine = composed.engine.clone();
    let publishing = tokio::spawn({
        let shutdown = shutdown.clone();
        async move { engine.run(shutdown).await }
    });
    tokio::spawn(dir.reserve().keep(shutdown.clone()));
    beside(&composed, clock, &shutdown);
    let outcome = until_the_end(serving, publishing, &mut ending, &shutdown).await;
    if let Some(sandbox) = sandbox {
        sandbox.stop().await;
    }
    requests.flush();
    drop(lock);
    outcome.map(|()| ExitCode::SUCCESS)
}

/// Starts what runs beside the engine.
fn beside(composed: &Composed, clock: Arc<dyn Clock>, shutdown: &CancellationToken) {
    let zavod = composed.zavod.clone();
    tokio::spawn(watch::endings(zavod, clock, shutdown.clone()));
    if let Some(encoder) = composed.encoder() {
        tokio::spawn(encoder.run(shutdown.clone()));
    }
    tokio::spawn(watch::publications(
        composed.engine.clone(),
        composed.engine_store(),
        shutdown.clone(),
    ));
}

/// Where nobody can come in by themselves, the first owner comes in by a link that stands here.
async fn tell_way_in(settings: &Settings, composed: &Composed) -> Result<(), StartError> {
    let front = &settings.sign_in;
    if !front.providers.is_empty() && front.newcomers == Newcomers::Open {
        return Ok(());
    }
    if let Some(secret) = composed.zavod.first_owner_link().await? {
        let path = format!("auth/first/{}", secret.expose_secret());
        say(format_args!(
            "nobody is here yet. The first owner comes in by this link, once, within a day: {}",
            composed.site().at(&path)
        ));
    }
    Ok(())
}

/// Tells once a day that the version of the API ends soon, or has ended.
async fn tell_version_end(version: String) {
    const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 3600);
    loop {
        let today = super::now().date_naive();
        match version_standing(&version, today) {
            VersionStanding::Ending(end) => tracing::warn!(
                %version, %end,
                "this version of Instagram's API ends soon: set CONTENTZAVOD_INSTAGRAM__GRAPH_VERSION"
            ),
            VersionStanding::Ended(end) => tracing::error!(
                %version, %end,
                "this version of Instagram's API has ended: set CONTENTZAVOD_INSTAGRAM__GRAPH_VERSION"
            ),
            VersionStanding::Served | VersionStanding::Unknown => {}
        }
        tokio::time::sleep(DAY).await;
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| format!("cannot listen on {address}: {error}").into())
}

/// Starts the stand-in and points the settings at it.
async fn play(
    settings: &mut Settings,
    dir: &DataDir,
    address: SocketAddr,
) -> Result<Sandbox, StartError> {
    let ledger = dir.path().join("sandbox-ledger.jsonl");
    let sandbox = Sandbox::builder().ledger_file(ledger.clone());
    let sandbox = sandbox.start().await?;
    settings.instagram.played_by(&sandbox.url())?;
    if settings.public_url.is_none() {
        settings.public_url = Some(format!("http://{}", reachable(address)).parse()?);
    }
    say(format_args!(
        "stand-in for Instagram on {} (any token sandbox-NAME is an account, EAA-sandbox-NAME one by \
         Facebook Login), ledger {}",
        sandbox.url(),
        ledger.display()
    ));
    Ok(sandbox)
}

/// An address on this machine under which a listener can be reached.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}

type Serving = tokio::task::JoinHandle<std::io::Result<()>>;

fn serving(
    settings: &Settings,
    parts: AppParts,
    listener: TcpListener,
    clock: Arc<dyn Clock>,
    shutdown: CancellationToken,
) -> Result<Serving, StartError> {
    let address = listener.local_addr()?;
    let files = settings.tls.as_ref();
    let tls = files.map(|files| certified(files, clock, shutdown.clone()));
    let tls = tls.transpose()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    say(format_args!("listening on {scheme}://{address}"));
    say(format_args!("API reference {scheme}://{address}/docs"));
    if settings.public_url.is_none() {
        say(
            "no PUBLIC_URL: Instagram cannot fetch videos from here, so only accounts by Facebook \
             Login can publish",
        );
    }
    let endpoint = app(parts);
    let limits = files::limits();
    Ok(tokio::spawn(async move {
        accept::serve(listener, tls, endpoint, limits, shutdown).await
    }))
}

/// The certificate, followed while it changes, and looked at when somebody sends SIGHUP.
fn certified(
    files: &TlsFiles,
    clock: Arc<dyn Clock>,
    shutdown: CancellationToken,
) -> Result<Arc<rustls::ServerConfig>, StartError> {
    let certificates = Certificates::open(&files.cert, &files.key)?;
    let mut hangups = signals::hangups()?;
    let asked = Arc::clone(&certificates);
    let ended = shutdown.clone();
    tokio::spawn(async move {
        while ended.run_until_cancelled(hangups.next()).await.is_some() {
            asked.ask();
        }
    });
    tokio::spawn(Arc::clone(&certificates).follow(clock, shutdown));
    Ok(certificates.config()?)
}

/// Runs until a signal, or until one side fails: then the other one is ended too.
async fn until_the_end(
    serving: Serving,
    publishing: tokio::task::JoinHandle<Result<(), contentzavod_core::ports::StoreError>>,
    ending: &mut signals::Ending,
    shutdown: &CancellationToken,
) -> Result<(), StartError> {
    let (mut serving, mut publishing) = (serving, publishing);
    let (mut served, mut published) = (None, None);
    tokio::select! {
        () = ending.wait() => tracing::info!("ending: calls in flight are let finish"),
        done = &mut serving => served = Some(done),
        done = &mut publishing => published = Some(done),
    }
    shutdown.cancel();
    let rest = async {
        let served = match served {
            Some(done) => done,
            None => serving.await,
        };
        let published = match published {
            Some(done) => done,
            None => publishing.await,
        };
        served??;
        published??;
        Ok(())
    };
    tokio::select! {
        done = rest => done,
        () = ending.wait() => Err("ended at once by a second signal".into()),
    }
}
