//! The room of a life: one database file, engines that die and stand still, people, the platform.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::engine::{Engine, Stepped};
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{Account, Actor, PostId, PublicationId};
use contentzavod_core::ports::{Clock, LocalWake, NoLinks, StoreError};
use contentzavod_core::publication::Numbers;
use contentzavod_core::service::{Contentzavod, Front, Intake, Parts};
use contentzavod_core::testing::{FakeBlobs, FakeVault, ManualClock};
use contentzavod_store::SqliteStore;
use tokio_util::sync::CancellationToken;

use super::act::{Life, Time};
use super::bank::Bank;
use super::door::Door;
use super::fuse::{Blow, Fuse};
use super::oracle::Oracle;
use super::platform::Platform;
use super::shore::Shore;

/// More rounds than any life needs: one that does not come to rest is a defect.
const ROUNDS_MAX: usize = 30_000;

type Running = Pin<Box<dyn Future<Output = Result<Stepped, StoreError>>>>;

/// A process with an engine.
pub(crate) struct Desk {
    engine: Engine,
    pub(crate) fuse: Arc<Fuse>,
    /// What it was doing when it was made to stand still.
    still: Option<Running>,
}

/// A post that was scheduled.
#[derive(Debug, Clone)]
pub(crate) struct Posted {
    pub(crate) actor: Actor,
    pub(crate) id: PostId,
    pub(crate) rows: Vec<PublicationId>,
}

pub(crate) struct Room {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) store: Arc<SqliteStore>,
    pub(crate) platform: Arc<Platform>,
    pub(crate) oracle: Arc<Oracle>,
    pub(crate) app: Contentzavod,
    pub(crate) actors: [Actor; 2],
    /// Two of the first person, one of the second: the same remote account as the very first.
    pub(crate) accounts: Vec<(Actor, Account)>,
    pub(crate) posts: Vec<Posted>,
    desks: Vec<Desk>,
    /// Which of two engines takes turns; both if there is no such one.
    turn: usize,
    numbers: Numbers,
    _folder: tempfile::TempDir,
}

impl Room {
    pub(crate) async fn new(life: &Life) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new());
        let path = folder.path().join("db.sqlite");
        let store = SqliteStore::open(&path, Arc::clone(&clock) as _, MediaTtl::default());
        let store = Arc::new(store.await.unwrap());
        let platform = Arc::new(Platform::new(Arc::clone(&clock), life.second));
        let numbers = Numbers {
            strict: life.strict,
            // Days of waiting are lived through: what waits looks less often here.
            waiting_look: TimeDelta::minutes(10),
            ..Numbers::default()
        };
        let first = app(&store, &clock, &numbers, None);
        let actors = [
            first.create_user("One").await.unwrap(),
            first.create_user("Two").await.unwrap(),
        ];
        let workspaces = actors.iter().map(|a| a.workspace).collect();
        let oracle = Arc::new(Oracle::new(
            Arc::clone(&store),
            Arc::clone(&clock),
            Arc::clone(&platform),
            life.strict,
            workspaces,
        ));
        let app = app(&store, &clock, &numbers, Some(&oracle));
        let mut room = Self {
            clock,
            store,
            platform,
            oracle,
            app,
            actors,
            accounts: Vec::new(),
            posts: Vec::new(),
            desks: Vec::new(),
            turn: usize::MAX,
            numbers,
            _folder: folder,
        };
        for (actor, remote) in [(0, "1"), (0, "2"), (1, "1")] {
            room.connect(room.actors[actor], remote).await;
        }
        for _ in 0..life.engines {
            let desk = room.desk();
            room.desks.push(desk);
        }
        if life.engines == 1 {
            room.restart(0).await;
        }
        room
    }

    /// A process that has just started.
    fn desk(&self) -> Desk {
        let fuse = Arc::new(Fuse::default());
        let store = Shore {
            inner: Arc::clone(&self.store),
            fuse: Arc::clone(&fuse),
        };
        let parts = (Arc::new(FakeVault), Arc::new(FakeBlobs::default()));
        let (platform, oracle) = (Arc::clone(&self.platform), Arc::clone(&self.oracle));
        let door = Door::new(Arc::clone(&platform), Arc::clone(&fuse), oracle);
        let builder = Engine::builder(Arc::new(store), parts.0, parts.1, self.clock.clone())
            .publisher(Arc::new(door))
            .connector(Arc::new(Bank(platform)))
            .numbers(self.numbers.clone());
        Desk {
            engine: builder.sole().build().unwrap(),
            fuse,
            still: None,
        }
    }

    /// The process dies, whatever it was doing, and another takes its place. The only one of its
    /// file voids what the dead one held, as at every start; of two neither may.
    pub(crate) async fn restart(&mut self, number: usize) {
        self.desks[number] = self.desk();
        if self.desks.len() == 1 {
            // Only the start: a run that is over before it has begun.
            let over = CancellationToken::new();
            over.cancel();
            self.desks[0].engine.run(over).await.unwrap();
        }
    }

    pub(crate) fn set_fuse(&self, blow: Blow, gates: u16) {
        let number = usize::from(gates) % self.desks.len();
        self.desks[number].fuse.set(blow, gates);
    }

    pub(crate) fn set_turn(&mut self, turn: u8) {
        self.turn = usize::from(turn);
    }

    /// Whatever stands still goes on.
    pub(crate) async fn resume(&mut self) {
        for number in 0..self.desks.len() {
            if let Some(running) = self.desks[number].still.take() {
                self.desks[number].fuse.release();
                self.go_on(number, running).await;
            }
        }
    }

    /// Every engine runs, without fuses.
    pub(crate) async fn all_run(&mut self) {
        self.turn = usize::MAX;
        for desk in &self.desks {
            desk.fuse.unset();
        }
        self.resume().await;
    }

    async fn step(&mut self, number: usize) -> Option<DateTime<Utc>> {
        let desk = &self.desks[number];
        let others_turn = self.turn < self.desks.len() && self.turn != number;
        if desk.still.is_some() || others_turn {
            return None;
        }
        let (engine, now) = (desk.engine.clone(), self.clock.now());
        let running: Running = Box::pin(async move { engine.step(now).await });
        self.go_on(number, running).await
    }

    async fn go_on(&mut self, number: usize, mut running: Running) -> Option<DateTime<Utc>> {
        let fuse = Arc::clone(&self.desks[number].fuse);
        let stepped = tokio::select! {
            biased;
            stepped = &mut running => stepped,
            blow = fuse.blown() => {
                match blow {
                    Blow::Hold => {
                        self.desks[number].still = Some(running);
                        return None;
                    }
                    Blow::Crash => {
                        drop(running);
                        self.restart(number).await;
                        return Some(self.clock.now());
                    }
                }
            }
        };
        stepped.expect("the store answers").next
    }

    /// One turn of every engine; when something is due next.
    async fn turns(&mut self) -> Option<DateTime<Utc>> {
        let mut next = None;
        for number in 0..self.desks.len() {
            let at = self.step(number).await;
            next = [next, at].into_iter().flatten().min();
        }
        next
    }

    /// Lets time pass until then, doing everything that falls due on the way.
    pub(crate) async fn run_until(&mut self, then: DateTime<Utc>) {
        for _ in 0..ROUNDS_MAX {
            let Some(next) = self.turns().await.filter(|next| *next <= then) else {
                self.clock.advance_to(then);
                self.turns().await;
                return;
            };
            // Something due that is not done waits for a lease to end: time must go on.
            let least = self.clock.now() + TimeDelta::milliseconds(1);
            self.clock.advance_to(next.max(least));
        }
        panic!("the engine does not come to rest");
    }

    /// Before the next post is due, if one is.
    async fn half_a_second_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let posts = self.oracle.posts().await;
        let rows = posts.iter().flat_map(|v| &v.publications);
        let ahead = rows.filter(|p| p.state().is_pre_arm());
        let moments = ahead.map(|p| p.progress.due_at - TimeDelta::milliseconds(500));
        moments.filter(|at| *at > now).min().unwrap_or(now)
    }

    pub(crate) async fn run(&mut self, time: Time) {
        let now = self.clock.now();
        let then = match time {
            Time::NextDue => self.turns().await.map_or(now, |next| next.max(now)),
            Time::Armed => self.half_a_second_before(now).await,
            time => now + span(time),
        };
        self.run_until(then).await;
    }

    /// Time passes while no engine runs.
    pub(crate) async fn off(&mut self, time: Time) {
        self.clock.advance(span(time));
        for number in 0..self.desks.len() {
            self.restart(number).await;
        }
    }
}

/// The span; none where it is known only to the engine.
pub(crate) fn span(time: Time) -> TimeDelta {
    match time {
        Time::Now | Time::NextDue | Time::Armed => TimeDelta::zero(),
        Time::Ms(n) => TimeDelta::milliseconds(n.into()),
        Time::Secs(n) => TimeDelta::seconds(n.into()),
        Time::Mins(n) => TimeDelta::minutes(n.into()),
        Time::Hours(n) => TimeDelta::hours(n.into()),
    }
}

/// The use cases, in a process of their own.
fn app(
    store: &Arc<SqliteStore>,
    clock: &Arc<ManualClock>,
    numbers: &Numbers,
    oracle: Option<&Arc<Oracle>>,
) -> Contentzavod {
    let door = |oracle: &Arc<Oracle>| {
        let platform = Arc::clone(&oracle.platform);
        Arc::new(Door::new(platform, Arc::default(), Arc::clone(oracle))) as _
    };
    let bank = |oracle: &Arc<Oracle>| Arc::new(Bank(Arc::clone(&oracle.platform))) as _;
    Contentzavod::new(Parts {
        store: Arc::clone(store) as _,
        vault: Arc::new(FakeVault),
        blobs: Arc::new(FakeBlobs::default()),
        clock: Arc::clone(clock) as _,
        links: Arc::new(NoLinks),
        wake: Arc::new(LocalWake::new()),
        publishers: oracle.map(door).into_iter().collect(),
        connectors: oracle.map(bank).into_iter().collect(),
        numbers: numbers.clone(),
        intake: Intake::default(),
        front: Front::default(),
    })
}
