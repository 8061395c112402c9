//! The wall clock jumps while posts wait; the platform's clock stays right.
//!
//! Times are reckoned by the platform here: `right()` is what its clock shows.

use super::*;
use contentzavod_core::model::MediaStatus;
use contentzavod_core::ports::store::MediaStore;
use futures::future::join_all;

const HOUR: TimeDelta = TimeDelta::hours(1);

impl Day {
    /// The wall clock jumps by so much, and everybody else's does not.
    fn jump(&self, by: TimeDelta) {
        let clock = &self.rig.clock;
        clock.jump(clock.now() + by);
        self.publisher.ahead(self.off() - by);
    }

    /// By how much the platform's clock is ahead of ours.
    fn off(&self) -> TimeDelta {
        self.publisher.clock_ahead()
    }

    /// The right time.
    fn right(&self) -> DateTime<Utc> {
        self.rig.clock.now() + self.off()
    }

    /// When it went live, by the platform's clock.
    fn live_at(&self) -> DateTime<Utc> {
        let live = self.publisher.live();
        assert_eq!(live.len(), 1, "{live:?}");
        live[0].at + self.off()
    }

    async fn trouble(&self, post: &PostView) -> Option<String> {
        let row = self.rig.publication(post).await;
        row.progress.trouble.map(|t| t.code)
    }

    async fn told(&self, kind: NoticeKind) -> usize {
        let inbox = self.rig.app.notifications(self.rig.actor, 0, 99).await;
        let inbox = inbox.unwrap();
        inbox.iter().filter(|n| n.notice.kind == kind).count()
    }
}

const JUMPS: [TimeDelta; 4] = [
    HOUR,
    TimeDelta::hours(-1),
    TimeDelta::hours(24),
    TimeDelta::hours(-24),
];

/// Whichever way and at whatever stage: held and told while it is wrong, out once it is right.
#[tokio::test]
async fn a_jump_holds_what_is_due_until_the_clock_is_right_again() {
    // Before staging, with no call for long; while it is ready; within its last seconds.
    for before in [3600, 300, 10] {
        for jump in JUMPS {
            let day = Day::new(|fake| fake).await;
            let post = day.post(secs(7200)).await;
            let due = post.publications[0].progress.due_at;
            day.rig.run_for(secs(7200 - before)).await;
            day.jump(jump);
            day.rig.run_for(secs(before + 900)).await;
            let what = format!("{jump}, {before} s before");
            assert_eq!(day.publisher.live(), [], "{what}: it went out");
            let state = day.rig.state(&post).await;
            assert!(state.can_be_held(), "{what}: {state:?}");
            let trouble = day.trouble(&post).await;
            assert_eq!(trouble.as_deref(), Some("clock.held"), "{what}");
            assert_eq!(day.told(NoticeKind::ClockHeld).await, 1, "{what}");
            day.jump(-jump);
            let right = day.right();
            day.rig.run_for(secs(120)).await;
            assert_eq!(day.rig.state(&post).await, State::Published, "{what}");
            let live = day.live_at();
            assert!(live >= due && live >= right, "{what}: early");
            assert!(live <= right + secs(62), "{what}: {live} after {right}");
        }
    }
}

/// It was armed while the clock was right: it goes out at its time, by a timer that nobody sets.
#[tokio::test]
async fn a_jump_after_arming_changes_nothing() {
    join_all(JUMPS.map(|jump| async move {
        let day = Day::new(|fake| fake).await;
        let post = day.post(secs(10)).await;
        let due = post.publications[0].progress.due_at;
        let engine = day.engine();
        let shutdown = CancellationToken::new();
        let stop = shutdown.clone();
        let running = tokio::spawn(async move { engine.run(stop).await });
        while day.rig.state(&post).await != State::Armed {
            day.pass(TimeDelta::milliseconds(100)).await;
        }
        day.jump(jump);
        day.pass(secs(30)).await;
        shutdown.cancel();
        running.await.unwrap().unwrap();
        let live = day.live_at();
        assert!(live >= due && live <= due + secs(1), "{jump}: {live}");
        assert_eq!(day.rig.state(&post).await, State::Published, "{jump}");
        assert_eq!(day.rig.publication(&post).await.progress.send_count(), 1);
    }))
    .await;
}

/// An engine that starts with a wrong clock asks before it decides anything.
#[tokio::test]
async fn a_start_with_a_wrong_clock_misses_nothing() {
    join_all(JUMPS.map(|jump| async move {
        let day = Day::new(|fake| fake).await;
        let post = day.post(secs(600)).await;
        day.rig.clock.advance(secs(590));
        day.jump(jump);
        day.run(secs(20)).await;
        assert_ne!(day.rig.state(&post).await, State::Missed, "{jump}");
        assert_eq!(day.publisher.live(), [], "{jump}");
        day.jump(-jump);
        day.run(secs(90)).await;
        assert_eq!(day.rig.state(&post).await, State::Published, "{jump}");
    }))
    .await;
}

/// Held for longer than it may be late, it is missed and told once the clocks agree, not sent.
#[tokio::test]
async fn held_too_long_is_missed_and_told() {
    join_all(JUMPS.map(|jump| async move {
        let day = Day::new(|fake| fake).await;
        let post = day.post(secs(600)).await;
        day.rig.run_for(secs(500)).await;
        day.jump(jump);
        day.rig.run_for(HOUR * 7).await;
        assert_eq!(day.rig.state(&post).await, State::Ready, "{jump}");
        assert_eq!(day.told(NoticeKind::ClockHeld).await, 1);
        day.jump(-jump);
        day.rig.run_for(secs(90)).await;
        assert_eq!(day.rig.state(&post).await, State::Missed, "{jump}");
        assert_eq!(day.told(NoticeKind::Missed).await, 1);
        day.rig.run_for(HOUR).await;
        assert_eq!(day.publisher.live(), [], "{jump}");
    }))
    .await;
}

/// Files and tokens are safe from a lie, also where the platform cannot be asked at that moment.
#[tokio::test]
async fn nothing_is_deleted_by_a_wrong_clock() {
    for silent in [false, true] {
        let day = Day::new(|fake| fake).await;
        let media = day.rig.media().await;
        day.rig.run_for(secs(30)).await;
        day.publisher.silent(silent);
        day.jump(HOUR * 24);
        day.rig.run_for(secs(600)).await;
        let workspace = day.rig.actor.workspace;
        let status = || async {
            let row = day.store.media(workspace, media).await.unwrap();
            row.unwrap().status
        };
        assert_eq!(status().await, MediaStatus::Ready, "silent: {silent}");
        day.jump(-HOUR * 24);
        day.rig.run_for(secs(600)).await;
        assert_eq!(status().await, MediaStatus::Ready);
        day.rig.run_for(HOUR * 2).await;
        assert_eq!(status().await, MediaStatus::Deleted, "its time has come");
    }
}

/// A machine that slept through the due time: the platform confirms the jump, so it counts.
#[tokio::test]
async fn a_jump_that_the_platform_confirms_is_followed() {
    for (slept, state) in [(HOUR, State::Published), (HOUR * 8, State::Missed)] {
        let day = Day::new(|fake| fake).await;
        let post = day.post(secs(600)).await;
        day.rig.run_for(secs(580)).await;
        let clock = &day.rig.clock;
        clock.jump(clock.now() + slept);
        day.rig.run_for(secs(90)).await;
        assert_eq!(day.rig.state(&post).await, state, "{slept}");
    }
}

/// A platform that tells a wrong time makes nothing early, nothing missed, and nothing slower than
/// the look after its lie ends; no time it told is believed when it is over.
#[tokio::test]
async fn a_platform_that_lies_about_the_time_only_holds() {
    for before in [3600, 300] {
        join_all(JUMPS.map(|lie| async move {
            let day = Day::new(|fake| fake).await;
            let post = day.post(secs(7200)).await;
            day.rig.run_for(secs(7200 - before)).await;
            day.publisher.ahead(lie);
            day.rig.run_for(secs(before + 900)).await;
            let what = format!("{lie}, {before} s before");
            assert_eq!(day.publisher.live(), [], "{what}: it went out");
            let state = day.rig.state(&post).await;
            assert!(state.can_be_held(), "{what}: {state:?}");
            assert_eq!(day.told(NoticeKind::ClockHeld).await, 1, "{what}");
            day.publisher.ahead(TimeDelta::zero());
            day.rig.run_for(secs(90)).await;
            assert_eq!(day.rig.state(&post).await, State::Published, "{what}");
            assert!(day.lateness(&post) >= TimeDelta::zero(), "{what}");
            let row = day.rig.publication(&post).await;
            assert!(row.progress.remote_id.is_some(), "{what}: not found");
        }))
        .await;
    }
}

/// Its lie ends before the post is due: the post goes out on time.
#[tokio::test]
async fn a_lie_that_is_over_delays_nothing() {
    // The last begins after the checks: nothing more is asked before it goes out.
    for (from, to) in [(3600, 600), (600, 120), (120, 40), (10, 0)] {
        join_all(JUMPS.map(|lie| async move {
            let day = Day::new(|fake| fake).await;
            let post = day.post(secs(7200)).await;
            day.rig.run_for(secs(7200 - from)).await;
            day.publisher.ahead(lie);
            day.rig.run_for(secs(from - to)).await;
            day.publisher.ahead(TimeDelta::zero());
            day.rig.run_for(secs(to + 60)).await;
            let late = day.lateness(&post);
            let what = format!("{lie}, {from} to {to} s before: {late}");
            assert!(late >= TimeDelta::zero(), "{what}: early");
            assert!(late <= secs(2), "{what}: late");
            assert_eq!(day.rig.state(&post).await, State::Published, "{what}");
        }))
        .await;
    }
}

/// One answer in a few is wrong: the others outvote it, and nobody is told.
#[tokio::test]
async fn now_and_then_a_wrong_time_changes_nothing() {
    for one_in in [2, 3, 5] {
        join_all(JUMPS.map(|lie| async move {
            let day = Day::new(|fake| fake).await;
            day.publisher.lie(Some((lie, one_in)));
            let post = day.post(secs(7200)).await;
            day.rig.run_for(secs(7300)).await;
            let late = day.lateness(&post);
            let what = format!("{lie}, one in {one_in}: {late}");
            assert!(late >= TimeDelta::zero() && late <= secs(2), "{what}");
            assert_eq!(day.told(NoticeKind::ClockHeld).await, 0, "{what}");
        }))
        .await;
    }
}

/// Since the start no platform has said the time, though one could: nothing goes out by our clock
/// alone, and it does as soon as one has spoken.
#[tokio::test]
async fn a_clock_that_nobody_confirms_sends_nothing() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(600)).await;
    day.rig.run_for(secs(580)).await;
    assert!(day.rig.publication(&post).await.progress.check.is_some());
    day.publisher.silent(true);
    day.publisher.refuse_reads(u32::MAX);
    day.run(secs(60)).await;
    assert_eq!(day.publisher.live(), [], "by its own clock");
    assert!(day.rig.state(&post).await.can_be_held());
    day.publisher.silent(false);
    day.run(secs(20)).await;
    assert_eq!(day.publisher.live().len(), 1);
}
