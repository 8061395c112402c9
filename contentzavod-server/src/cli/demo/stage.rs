//! The demo's stage: a temporary folder, the stand-in for Instagram, and the server.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use contentzavod_core::engine::Engine;
use contentzavod_core::model::EventKind;
use contentzavod_core::ports::{Clock, SystemClock};
use contentzavod_core::publication::State;
use contentzavod_instagram::sandbox::{Entry, Sandbox};
use futures::StreamExt;
use secrecy::ExposeSecret;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::client::{Client, Post};
use super::steps::Steps;
use crate::accept::{self, AcceptLimits};
use crate::app::app;
use crate::compose::{StartError, compose};
use crate::config::{self, Overrides, Settings};
use crate::data_dir::DataDir;

/// Time to make a container, have it processed, and look at it.
const LEAD: TimeDelta = TimeDelta::seconds(8);
/// A large video takes its time; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(300);

/// Everything that plays.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) client: Client,
    engine: Engine,
    sandbox: Sandbox,
    clock: Arc<dyn Clock>,
    shutdown: CancellationToken,
    running: JoinSet<Result<(), StartError>>,
    folder: TempDir,
}

impl Stage {
    /// Starts everything.
    pub(super) async fn set(steps: &Steps) -> Result<Self, StartError> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let folder = tempfile::tempdir()?;
        let sandbox = Sandbox::builder().clock(Arc::clone(&clock)).start().await?;
        steps.step("stand-in", &format!("for Instagram on {}", sandbox.url()));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let base = format!("http://{}/", listener.local_addr()?).parse()?;
        let settings = settings(&folder, &sandbox)?;
        let dir = DataDir::open(folder.path())?;
        let composed = compose(&settings, &dir, Arc::clone(&clock), Some(base)).await?;
        let actor = composed.zavod.create_user("Demo").await?;
        let (_, key) = composed.zavod.create_key(actor, "demo").await?;
        let base = format!("http://{}/", listener.local_addr()?).parse()?;
        let client = Client::new(base, key.expose_secret(), sandbox.add_account("demo"))?;
        let shutdown = CancellationToken::new();
        let mut running = JoinSet::new();
        let (engine, stop) = (composed.engine.clone(), shutdown.clone());
        running.spawn(async move { Ok(engine.run(stop).await?) });
        let (endpoint, stop) = (app(composed.app_parts(None)), shutdown.clone());
        steps.step("server", &format!("on http://{}", listener.local_addr()?));
        running.spawn(async move {
            let limits = AcceptLimits::default();
            Ok(accept::serve(listener, None, endpoint, limits, stop).await?)
        });
        Ok(Self {
            client,
            engine: composed.engine,
            sandbox,
            clock,
            shutdown,
            running,
            folder,
        })
    }

    /// When the Reel shall go out: a whole second, as people choose them.
    pub(super) fn due(&self) -> DateTime<Utc> {
        let soon = self.clock.now() + LEAD;
        soon.duration_round_up(TimeDelta::seconds(1))
            .unwrap_or(soon)
    }

    /// Tells every step of the publication; returns when it is live and its link is known, with
    /// the time since when it could have gone out.
    pub(super) async fn follow(
        &self,
        post: &Post,
        steps: &Steps,
    ) -> Result<DateTime<Utc>, StartError> {
        let wanted = post.publication().ok_or("the post has no publication")?;
        let mut events = Box::pin(self.engine.subscribe(0));
        let mut ready = self.clock.now();
        let following = async {
            let mut bar = steps.waiting("the container is being made");
            while let Some(event) = events.next().await {
                let EventKind::Publication {
                    publication, to, ..
                } = event.kind
                else {
                    continue;
                };
                if publication != wanted {
                    continue;
                }
                bar.finish_and_clear();
                tell(to, steps);
                match to {
                    State::Ready => ready = event.at,
                    State::Published => return Ok(()),
                    State::Failed | State::Missed | State::NeedsReview => {
                        return Err(format!("the publication is {}", to.as_str()).into());
                    }
                    _ => {}
                }
                bar = steps.waiting(next(to));
            }
            Err(StartError::from("the feed of events ended"))
        };
        let followed = tokio::time::timeout(PATIENCE, following).await;
        followed.map_err(|_| "the publication took too long")??;
        self.linked(post).await?;
        Ok(ready)
    }

    /// Waits for the permalink, which is read after the publication is confirmed.
    async fn linked(&self, post: &Post) -> Result<(), StartError> {
        for _ in 0..100 {
            let receipt = self.client.receipt(post).await?;
            if receipt["permalink"].is_string() {
                return Ok(());
            }
            self.clock.sleep(Duration::from_millis(50)).await;
        }
        Err("the permalink did not come".into())
    }

    /// What the stand-in says that it published.
    pub(super) fn ledger(&self) -> Vec<Entry> {
        self.sandbox.ledger()
    }

    /// Ends everything and removes the folder.
    pub(super) async fn clear(mut self) -> Result<(), StartError> {
        self.shutdown.cancel();
        while let Some(ended) = self.running.join_next().await {
            ended??;
        }
        self.sandbox.stop().await;
        Ok(self.folder.close()?)
    }
}

/// Settings of their own: what the operator has set must not reach into the demo.
fn settings(folder: &TempDir, sandbox: &Sandbox) -> Result<Settings, StartError> {
    let overrides = Overrides {
        data_dir: Some(folder.path().to_owned()),
        sandbox: Some(sandbox.url().into()),
        ..Overrides::default()
    };
    Ok(config::load(&overrides, std::iter::empty(), None)?)
}

/// What a state means for the Reel.
fn tell(state: State, steps: &Steps) {
    let (name, words) = match state {
        State::Scheduled => return,
        State::Preparing => (
            "container",
            "Instagram is asked for one, with a link to the video",
        ),
        State::Processing => ("processing", "Instagram fetches and processes the video"),
        State::Ready => ("ready", "one call is left"),
        State::Armed => ("armed", "from here on it goes out, once"),
        State::Published => ("published", "it is live"),
        other => (other.as_str(), ""),
    };
    steps.step(name, words);
}

/// What is waited for in a state.
const fn next(state: State) -> &'static str {
    match state {
        State::Processing => "waiting for Instagram; the first look is after five seconds",
        State::Ready => "waiting for its time",
        _ => "working",
    }
}
