//! What must be true at the irreversible call, asked of the database and of the platform's truth.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::TimeDelta;
use contentzavod_core::model::{MediaId, Publication, PublicationId, WorkspaceId};
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{PostFilter, PostStore, PostView};
use contentzavod_core::publication::State;
use contentzavod_core::testing::ManualClock;
use contentzavod_store::SqliteStore;

use super::platform::{Platform, Staged};

/// What was promised of a publication: by answering a person's act with success.
#[derive(Debug, Clone)]
pub(crate) struct Promise {
    pub(crate) number: usize,
    pub(crate) remote: String,
    pub(crate) caption: String,
    pub(crate) media: MediaId,
    /// It was taken back.
    pub(crate) cancelled: bool,
    /// So often it may be live more than once: the person accepted it.
    pub(crate) risks: usize,
    /// A person said that it is live, or left it: what we say is their word.
    pub(crate) word: bool,
}

#[derive(Debug)]
pub(crate) struct Oracle {
    pub(crate) store: Arc<SqliteStore>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) platform: Arc<Platform>,
    pub(crate) strict: bool,
    pub(crate) workspaces: Vec<WorkspaceId>,
    /// The server's clock was set at least once.
    pub(crate) jumped: AtomicBool,
    promises: Mutex<BTreeMap<PublicationId, Promise>>,
    broken: Mutex<Vec<String>>,
}

impl Oracle {
    pub(crate) fn new(
        store: Arc<SqliteStore>,
        clock: Arc<ManualClock>,
        platform: Arc<Platform>,
        strict: bool,
        workspaces: Vec<WorkspaceId>,
    ) -> Self {
        Self {
            store,
            clock,
            platform,
            strict,
            workspaces,
            jumped: AtomicBool::new(false),
            promises: Mutex::default(),
            broken: Mutex::default(),
        }
    }

    pub(crate) fn promises(&self) -> MutexGuard<'_, BTreeMap<PublicationId, Promise>> {
        self.promises.lock().unwrap()
    }

    /// A promise is broken. Told after the act: the engine would take a panic for a panic.
    pub(crate) fn broken(&self, what: String) {
        self.broken.lock().unwrap().push(what);
    }

    /// What was broken so far.
    pub(crate) fn all_broken(&self) -> Vec<String> {
        self.broken.lock().unwrap().clone()
    }

    /// Every post of every workspace.
    pub(crate) async fn posts(&self) -> Vec<PostView> {
        let mut posts = Vec::new();
        for workspace in &self.workspaces {
            let filter = PostFilter {
                limit: 10_000,
                ..PostFilter::default()
            };
            let page = self.store.posts(*workspace, filter).await;
            posts.extend(page.expect("the store answers").items);
        }
        posts
    }

    /// The publication that calls, with everything held against it; `None`: nobody may call.
    pub(crate) async fn at_the_call(&self, handle: &str, witness: bool) -> Option<PublicationId> {
        let posts = self.posts().await;
        let rows = posts.iter().flat_map(|v| &v.publications);
        let named = |p: &&Publication| {
            let container = p.progress.container.as_ref();
            container.is_some_and(|c| c.handle.0 == handle)
        };
        let Some(row) = rows.into_iter().find(named) else {
            self.broken(format!("{handle} is sent, and no row knows it"));
            return None;
        };
        let staged = self.platform.lock().staged.get(handle).cloned();
        let staged = staged.expect("a container that was made");
        let promise = self.promises().get(&row.id).cloned();
        let promise = promise.expect("a publication that was promised");
        self.check_row(row, &promise);
        self.check_content(&staged, &promise);
        self.check_time(row, &promise, witness);
        self.check_repeat(&staged, &promise);
        Some(row.id)
    }

    fn check_row(&self, row: &Publication, promise: &Promise) {
        let number = promise.number;
        // A clock set ahead ends the lease for whoever looks, not for the sender, who goes by the
        // monotonic one: its call leaves before anything is decided against it.
        let looked_at = self.jumped() && row.state() == State::Uncertain;
        if row.state() != State::Armed && !looked_at {
            self.broken(format!("#{number} is sent while {}", row.state().as_str()));
        }
        if !row.progress.slot {
            self.broken(format!("#{number} is sent without the slot"));
        }
        if promise.cancelled {
            self.broken(format!("#{number} is sent though it was taken back"));
        }
        if self.clock.now() > row.progress.latest() + TimeDelta::minutes(2) && !self.jumped() {
            self.broken(format!("#{number} is sent though it is too late"));
        }
    }

    fn check_content(&self, staged: &Staged, promise: &Promise) {
        let number = promise.number;
        if staged.caption != promise.caption || staged.media != promise.media {
            self.broken(format!(
                "#{number} is sent with other content than promised"
            ));
        }
        if staged.remote != promise.remote {
            self.broken(format!("#{number} is sent on another account"));
        }
    }

    /// Never before its time: by our clock if nobody set it, else by the platform's, which this
    /// engine has heard a moment ago.
    fn check_time(&self, row: &Publication, promise: &Promise, witness: bool) {
        let due = row.progress.due_at;
        let early = !self.jumped() && self.clock.now() < due;
        let tolerance = TimeDelta::seconds(61);
        if early || (witness && self.platform.now() + tolerance < due) {
            self.broken(format!("#{} is sent before its time", promise.number));
        }
    }

    /// A container is sent again only when nothing of it is live and the calls before have settled.
    fn check_repeat(&self, staged: &Staged, promise: &Promise) {
        let number = promise.number;
        if staged.live.is_some() {
            self.broken(format!("#{number} is sent again though it is live"));
        }
        let Some(last) = staged.calls.last() else {
            return;
        };
        if self.strict && !last.refused {
            self.broken(format!(
                "#{number} is sent again though it may be live: strict"
            ));
        }
        let settle = TimeDelta::seconds(if last.answered { 120 } else { 600 });
        if !self.jumped() && self.platform.now() < last.at + settle {
            self.broken(format!(
                "#{number} is sent again before the call has settled"
            ));
        }
        if staged.calls.len() >= 3 {
            self.broken(format!("#{number} is sent a fourth time"));
        }
    }

    pub(crate) fn jumped(&self) -> bool {
        self.jumped.load(Relaxed)
    }
}
