//! The end of a life: the world is healed, time passes, people answer what they are asked.

use std::sync::atomic::Ordering::Relaxed;

use chrono::TimeDelta;
use contentzavod_core::model::{Publication, PublicationId};
use contentzavod_core::ports::Clock;
use contentzavod_core::publication::State;

use super::act::{Say, Time};
use super::room::Room;

/// Why a row that was on its way when the world was healed may still not go out: what it used up
/// before, or a twin whose person has not answered.
const USED_UP: [&str; 3] = ["container.", "engine.defect", "account.twin_caption"];

const CONTAINERS_MAX: u32 = 3;

impl Room {
    /// Everything works again, and every clock is right.
    async fn heal(&mut self) {
        self.platform.heal();
        self.clock.jump(self.platform.now());
        for number in 0..3 {
            self.reconnect(number).await;
        }
        self.all_run().await;
    }

    async fn rows(&self) -> Vec<Publication> {
        let posts = self.oracle.posts().await;
        posts.into_iter().flat_map(|v| v.publications).collect()
    }

    /// Until every due time is a day and more in the past.
    async fn outlive(&mut self) {
        let now = self.clock.now();
        let rows = self.rows().await;
        let last = rows.iter().map(|p| p.progress.due_at).max();
        let then = last.map_or(now, |last| last.max(now)) + TimeDelta::hours(30);
        self.run_until(then).await;
    }

    pub(crate) async fn end(&mut self) {
        self.heal().await;
        self.check().await;
        let soon = self.clock.now() + TimeDelta::minutes(30);
        let rows = self.rows().await;
        // A clock that was set back lets rows sleep until it shows again what it showed before.
        let way = rows.iter().filter(|_| !self.oracle.jumped());
        let way = way.filter(|p| p.state().is_pre_arm());
        let way = way.filter(|p| p.progress.latest() > soon);
        let on_their_way: Vec<_> = way.map(|p| p.id).collect();
        self.outlive().await;
        self.check().await;
        self.check_ends(&on_their_way).await;
        self.answer_all().await;
        self.outlive().await;
        self.check().await;
        for row in self.rows().await {
            let done = row.state().is_final() || row.state() == State::Draft;
            assert!(done, "#{} has no way out: {row:?}", self.number(row.id));
        }
    }

    async fn check_ends(&self, on_their_way: &[PublicationId]) {
        for row in self.rows().await {
            let (number, state) = (self.number(row.id), row.state());
            assert_eq!(row.lease_until, None, "#{number} is still held");
            assert!(!row.progress.slot, "#{number} still holds the slot");
            let named = [
                State::Failed,
                State::Missed,
                State::NeedsReview,
                State::Draft,
            ];
            let ended = state.is_final() || named.contains(&state);
            assert!(ended, "#{number} is stuck: {row:?}");
            let code = row.progress.trouble.as_ref().map_or("", |t| &t.code);
            let excused = USED_UP.iter().any(|used| code.starts_with(used))
                || row.progress.containers == CONTAINERS_MAX;
            let out = state == State::Published || excused;
            let stuck = on_their_way.contains(&row.id) && !out;
            assert!(!stuck, "#{number} did not go out: {row:?}");
            self.check_truth(&row);
        }
    }

    /// What we say at the end is what people see.
    fn check_truth(&self, row: &Publication) {
        let promise = self.oracle.promises().get(&row.id).cloned();
        let promise = promise.expect("promised");
        let live = self.platform.live_of(row.id);
        let number = promise.number;
        if promise.word || promise.risks > 0 {
            return;
        }
        match row.state() {
            State::Published => {
                assert_eq!(live.len(), 1, "#{number} is said to be live: {row:?}");
                let named = row.progress.remote_id.as_ref();
                assert!(named.is_none_or(|id| *id == live[0].id), "#{number}");
            }
            State::NeedsReview => {}
            _ => assert!(live.is_empty(), "#{number} is live: {live:?} {row:?}"),
        }
    }

    /// People look at the platform and answer by what they see.
    async fn answer_all(&mut self) {
        for post in 0..self.posts.len() {
            for row in 0..self.posts[post].rows.len() {
                let id = self.posts[post].rows[row];
                let found = self.rows().await.into_iter().find(|p| p.id == id);
                let (post, row) = (u8::try_from(post).unwrap(), u8::try_from(row).unwrap());
                match found.map(|p| p.state()) {
                    Some(State::Failed | State::Missed) => {
                        self.retry(post, row, Time::Now, true).await;
                        // Its sibling is live with the old file.
                        self.retry(post, row, Time::Now, false).await;
                    }
                    Some(State::NeedsReview) if self.platform.live_of(id).is_empty() => {
                        self.resolve(post, row, Say::NotLiveAndRisk).await;
                    }
                    Some(State::NeedsReview) => self.resolve(post, row, Say::Live).await,
                    _ => {}
                }
            }
        }
        self.cancel_what_cannot_be_retried().await;
    }

    /// A file is gone and its sibling is live: the record is closed.
    async fn cancel_what_cannot_be_retried(&mut self) {
        for post in 0..self.posts.len() {
            for row in 0..self.posts[post].rows.len() {
                let id = self.posts[post].rows[row];
                let found = self.rows().await.into_iter().find(|p| p.id == id);
                let state = found.map(|p| p.state());
                if matches!(state, Some(State::Failed | State::Missed)) {
                    self.cancel_row(u8::try_from(post).unwrap(), u8::try_from(row).unwrap())
                        .await;
                }
            }
        }
    }

    pub(crate) fn set_clock(&self, secs: i32) {
        self.oracle.jumped.store(true, Relaxed);
        let now = self.clock.now() + TimeDelta::seconds(secs.into());
        self.clock.jump(now);
    }
}
