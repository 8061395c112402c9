//! Lives of posts through the real store, the engine and the use cases: people, mishaps, crashes and
//! clocks in any order. After every act, and when the world is whole again, every promise is kept.
//!
//! The number of lives is bounded here; `LIVES=20000 cargo test -p contentzavod-store --test lives`
//! lives longer. A life that breaks a promise is made shorter until nothing in it can be left out.
#![cfg(feature = "sqlite")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[path = "lives/act.rs"]
mod act;
#[path = "lives/bank.rs"]
mod bank;
#[path = "lives/chance.rs"]
mod chance;
#[path = "lives/change.rs"]
mod change;
#[path = "lives/check.rs"]
mod check;
#[path = "lives/door.rs"]
mod door;
#[path = "lives/end.rs"]
mod end;
#[path = "lives/fates.rs"]
mod fates;
#[path = "lives/fuse.rs"]
mod fuse;
#[path = "lives/known.rs"]
mod known;
#[path = "lives/oracle.rs"]
mod oracle;
#[path = "lives/person.rs"]
mod person;
#[path = "lives/platform.rs"]
mod platform;
#[path = "lives/room.rs"]
mod room;
#[path = "lives/shore.rs"]
mod shore;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::model::EventKind;
use contentzavod_core::ports::store::Feed;
use contentzavod_core::publication::State;
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, TestRunner};

use act::{Act, Life};
use chance::lives;
use fuse::Blow;
use room::Room;

/// Lives of each kind where nobody asks for more.
const LIVES: u32 = 24;
/// What happens many times in so many lives.
const WAYS: [(State, State); 3] = [
    (State::Ready, State::Armed),
    (State::Armed, State::Published),
    (State::Armed, State::Uncertain),
];
/// In real time: an act that takes longer waits for something that never comes.
const PATIENCE: Duration = Duration::from_secs(120);

impl Room {
    async fn perform(&mut self, act: Act) {
        // Nothing happens at quite the same moment.
        self.clock.advance(TimeDelta::milliseconds(1));
        match act {
            Act::Schedule {
                on,
                caption,
                due,
                late,
                draft,
            } => self.schedule(on, caption, due, late, draft).await,
            Act::Caption(post, caption) => self.change_content(post, Some(caption)).await,
            Act::File(post) => self.change_content(post, None).await,
            Act::Move(post, due) => self.patch(post, Some(due)).await,
            Act::Submit(post) => self.patch(post, None).await,
            Act::CancelPost(post) => self.cancel_post(post).await,
            Act::CancelRow(post, row) => self.cancel_row(post, row).await,
            Act::Delete(post) => self.delete_post(post).await,
            Act::DeleteFile(post, with_posts) => self.delete_file(post, with_posts).await,
            Act::Retry(post, row, due, file) => self.retry(post, row, due, file).await,
            Act::Resolve(post, row, say) => self.resolve(post, row, say).await,
            Act::Connect(account) => self.reconnect(account).await,
            Act::Disconnect(account) => self.disconnect(account).await,
            Act::Run(time) => self.run(time).await,
            Act::Off(time) => self.off(time).await,
            Act::Jump(secs) => self.set_clock(secs),
            Act::Crash(gates) => self.set_fuse(Blow::Crash, gates),
            Act::Hold(gates) => self.set_fuse(Blow::Hold, gates),
            Act::Resume => self.resume().await,
            Act::Turn(turn) => self.set_turn(turn),
            of_the_platform => self.befall(of_the_platform),
        }
    }

    /// What happens on the platform's side.
    fn befall(&self, act: Act) {
        let remote = |number| self.account(number).1.remote_user_id;
        let mut state = self.platform.lock();
        match act {
            Act::Publish(fate) => state.fates.push_back(fate),
            Act::Container(made) => state.made.push_back(made),
            Act::Fail(call, ill, times) => {
                state.ills.insert(call, (ill, times));
            }
            Act::Lag(secs) => state.lag = secs,
            Act::RemoteClock(secs) => state.clock_off = secs,
            Act::Restrict(account, true) => {
                state.restricted.insert(remote(account));
            }
            Act::Restrict(account, false) => {
                state.restricted.remove(&remote(account));
            }
            Act::QuotaUsedUp(account, true) => {
                state.used_up.insert(remote(account));
            }
            Act::QuotaUsedUp(account, false) => {
                state.used_up.remove(&remote(account));
            }
            Act::KillToken(account) => {
                drop(state);
                self.platform.kill_token(&remote(account));
            }
            Act::ByHand(account) => {
                drop(state);
                self.platform.by_hand(&remote(account));
            }
            other => unreachable!("{other:?} is not the platform's"),
        }
    }
}

/// What happened, so that a person sees what the lives were made of.
type Seen = BTreeMap<(State, State), usize>;

impl Room {
    async fn seen(&self) -> Vec<(State, State)> {
        let events = self.store.events(None, 0, 100_000).await;
        let moves = events.expect("the store answers").into_iter();
        let moves = moves.filter_map(|event| match event.kind {
            EventKind::Publication { from, to, .. } => Some((from, to)),
            _ => None,
        });
        moves.collect()
    }
}

async fn live(life: &Life) -> Vec<(State, State)> {
    let mut room = Room::new(life).await;
    for act in &life.acts {
        let done = tokio::time::timeout(PATIENCE, room.perform(*act)).await;
        assert!(done.is_ok(), "{act:?} does not end");
        room.check().await;
    }
    let done = tokio::time::timeout(PATIENCE, room.end()).await;
    assert!(done.is_ok(), "the end does not come");
    room.seen().await
}

fn live_all(engines: usize) {
    let asked = std::env::var("LIVES").ok().and_then(|n| n.parse().ok());
    let cases = asked.unwrap_or(LIVES);
    let seeds = FileFailurePersistence::Direct("tests/lives/regressions.txt");
    let config = ProptestConfig {
        cases,
        max_shrink_iters: 2_000,
        max_shrink_time: 120_000,
        failure_persistence: Some(Box::new(seeds)),
        ..ProptestConfig::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    let mut runner = TestRunner::new(config);
    let seen = Mutex::new(Seen::new());
    let lived = runner.run(&lives(engines), |life| {
        for way in runtime.block_on(live(&life)) {
            *seen.lock().unwrap().entry(way).or_default() += 1;
        }
        Ok(())
    });
    if let Err(error) = lived {
        panic!("{error}");
    }
    let seen = seen.into_inner().unwrap();
    for ((from, to), times) in &seen {
        eprintln!("{} -> {}: {times}", from.as_str(), to.as_str());
    }
    // They were rich enough to mean something.
    for way in WAYS.iter().filter(|_| cases >= LIVES) {
        assert!(seen.contains_key(way), "never happened: {way:?}");
    }
}

#[tokio::test]
async fn lives_that_once_broke_a_promise_keep_it() {
    for (promise, life) in known::known() {
        println!("{promise}: {life:?}");
        live(&life).await;
    }
}

/// One engine of its file: it dies and starts anew, stands still and goes on.
#[test]
fn every_life_with_one_engine_keeps_the_promises() {
    live_all(1);
}

/// Two engines on one file, of which either may die or stand still.
#[test]
fn every_life_with_two_engines_keeps_the_promises() {
    live_all(2);
}
