//! An account whose limits are nearly used up: what can wait waits, and no post is late for it.

use chrono::TimeDelta;
use contentzavod_core::engine::Engine;
use contentzavod_core::ports::Clock;
use contentzavod_core::publication::State;

use crate::{Day, secs};

fn minutes(n: i64) -> TimeDelta {
    TimeDelta::minutes(n)
}

/// Steps one engine from one thing to do to the next: what it knows of limits stays.
async fn step_for(day: &Day, engine: &Engine, span: TimeDelta) {
    let clock = &day.rig.clock;
    let end = clock.now() + span;
    while clock.now() < end {
        let now = clock.now();
        let next = engine.step(now).await.unwrap().next;
        let next = next.filter(|next| *next > now).unwrap_or(now + secs(1));
        clock.advance_to(next.min(end));
    }
}

/// Calls in twenty minutes of a container that is processed for long, of a post due in 31.
async fn calls_while_there_is_time(percent: u32, regain: i64) -> usize {
    let day = Day::new(|fake| fake).await;
    day.publisher.process_for(1000);
    day.publisher.use_limits(percent, regain);
    day.post(minutes(31)).await;
    step_for(&day, &day.engine(), minutes(20)).await;
    day.publisher.calls()
}

#[tokio::test]
async fn a_busy_account_is_asked_at_a_quarter_of_the_pace_and_a_full_one_hardly() {
    let quiet = calls_while_there_is_time(10, 0).await;
    let busy = calls_while_there_is_time(85, 0).await;
    let full = calls_while_there_is_time(99, 120).await;
    assert!(busy * 5 <= quiet * 2, "{quiet} and {busy}");
    assert!(full < busy, "{busy} and {full}");
}

#[tokio::test]
async fn a_full_account_publishes_on_time_all_the_same() {
    let day = Day::new(|fake| fake).await;
    day.publisher.process_for(4);
    day.publisher.use_limits(100, 24 * 60);
    let post = day.post(minutes(30)).await;
    step_for(&day, &day.engine(), minutes(31)).await;
    assert!(day.lateness(&post) < secs(2), "{}", day.lateness(&post));
    assert_eq!(day.rig.state(&post).await, State::Published);
}

#[tokio::test]
async fn what_is_to_go_out_now_waits_for_no_limits() {
    let day = Day::new(|fake| fake).await;
    day.publisher.use_limits(100, 24 * 60);
    let engine = day.engine();
    let first = day.post(minutes(6)).await;
    step_for(&day, &engine, secs(30)).await;
    let account = first.publications[0].account;
    let now = day.rig.schedule(account, "Now", secs(0)).await;
    step_for(&day, &engine, secs(30)).await;
    assert_eq!(day.rig.state(&now).await, State::Published);
    assert_eq!(
        day.rig.state(&first).await,
        State::Processing,
        "it can wait"
    );
}
