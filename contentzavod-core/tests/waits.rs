//! When a row is looked at next, with the published numbers: after failures, while it waits, when
//! working on it panics, and when its link is missing.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::HandleState;
use contentzavod_core::publication::event::{Hindrance, SendEnd, Step};
use contentzavod_core::publication::reconcile::{Candidate, Evidence};
use contentzavod_core::publication::{
    Container, Context, Event, Handle, Lane, Numbers, Progress, SendOutcome, SendRecord, State,
    Trouble, step,
};
use contentzavod_core::words::{Action, Code};

const HOUR: i64 = 3600;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a valid time")
}

fn full(p: &Progress, seconds: i64, event: Event) -> Step {
    let (now, numbers) = (at(seconds), &Numbers::default());
    step(p, event, &Context { now, numbers }).expect("the machine takes it")
}

fn take(p: &Progress, seconds: i64, event: Event) -> Progress {
    full(p, seconds, event).next
}

fn trouble() -> Trouble {
    Trouble::of(Code::CallHangs)
}

/// A row due at second 0 that stands there with a finished container.
fn row(state: State) -> Progress {
    let container = Container {
        handle: Handle("c".to_owned()),
        content_version: 1,
        created_at: at(0),
        delivered: true,
    };
    Progress {
        state,
        container: Some(container),
        containers: 1,
        next_at: Some(at(0)),
        slot: matches!(state, State::Armed | State::Uncertain),
        ..Progress::draft(at(0), TimeDelta::hours(6), 1)
    }
}

fn hindered(cause: Hindrance) -> Event {
    Event::Hindered {
        cause,
        trouble: trouble(),
        retry_at: None,
    }
}

fn seen(seconds: i64, handle: Option<HandleState>, ids: Option<&[&str]>) -> Event {
    let candidate = |id: &&str| Candidate {
        id: (*id).to_owned(),
        permalink: None,
        at: None,
        caption_equal: true,
    };
    Event::Looked {
        evidence: Evidence {
            at: at(seconds),
            handle,
            remote_id: None,
            candidates: ids.map(|ids| ids.iter().map(candidate).collect()),
        },
    }
}

fn doubted() -> Progress {
    let end = SendEnd::Unknown {
        answered: true,
        retry_at: None,
        trouble: trouble(),
    };
    let event = Event::Sent {
        at: at(0),
        end,
        trace: None,
    };
    take(&row(State::Armed), 0, event)
}

#[test]
fn a_lane_works_on_every_state() {
    for state in State::ALL {
        let lane = match state {
            State::Armed | State::Uncertain | State::NeedsReview | State::Published => Lane::Look,
            _ => Lane::Stage,
        };
        assert_eq!(row(*state).lane(), lane, "{state:?}");
    }
}

#[test]
fn failures_that_may_pass_are_repeated_ever_more_slowly() {
    for state in [State::Preparing, State::Processing, State::Ready] {
        let (mut p, mut now) = (row(state), 0);
        for (number, pause) in (1..).zip([5, 15, 30, 60, 120, 300, 300]) {
            p = take(&p, now, hindered(Hindrance::Transient));
            assert_eq!(p.next_at, Some(at(now + pause)), "{state:?}, try {number}");
            assert_eq!(p.attempts, number);
            let stands = if state == State::Preparing {
                State::Scheduled
            } else {
                state
            };
            assert_eq!(p.state, stands, "a failed read moves nothing");
            now += pause;
        }
    }
}

#[test]
fn a_row_that_waits_is_looked_at_every_minute_and_told_when_it_is_too_late() {
    for cause in [Hindrance::Quota, Hindrance::Token] {
        let waits = take(&row(State::Ready), 10, hindered(cause));
        assert_eq!(waits.next_at, Some(at(70)));
        let waits = take(&waits, 70, Event::StillWaiting);
        assert_eq!(waits.next_at, Some(at(130)));
        let last = take(&waits, 6 * HOUR - 1, Event::StillWaiting);
        let too_late = at(6 * HOUR) + TimeDelta::milliseconds(1);
        assert_eq!(last.next_at, Some(too_late));
    }
}

#[test]
fn a_waiting_row_finds_out_about_its_container_when_it_is_prepared_anew() {
    for state in [State::WaitingAccount, State::WaitingQuota] {
        for cause in [
            Hindrance::Content,
            Hindrance::Container,
            Hindrance::Transient,
            Hindrance::NotReady,
        ] {
            let p = take(&row(state), 10, hindered(cause));
            assert_eq!((p.state, p.next_at), (state, Some(at(70))), "{cause:?}");
            assert!(p.container.is_some());
        }
    }
    let refused = take(&row(State::Ready), 10, hindered(Hindrance::Content));
    assert_eq!(refused.state, State::Failed);
    let lost = take(&row(State::Ready), 10, hindered(Hindrance::Container));
    assert_eq!((lost.state, lost.container), (State::Scheduled, None));
}

#[test]
fn a_row_that_has_not_begun_does_not_wait_for_a_quota() {
    let p = take(&row(State::Scheduled), 10, hindered(Hindrance::Quota));
    assert_eq!((p.state, p.next_at), (State::Scheduled, Some(at(15))));
}

#[test]
fn what_waited_is_staged_in_time_once_it_is_clear() {
    let mut waits = row(State::WaitingAccount);
    assert_eq!(take(&waits, 10, Event::Cleared).next_at, Some(at(10)));
    waits.due_at = at(2 * HOUR);
    let cleared = take(&waits, 10, Event::Cleared);
    assert_eq!(cleared.next_at, Some(at(2 * HOUR - 1800)));
}

#[test]
fn a_busy_row_waits_but_before_arming_not_past_the_moment_it_is_too_late() {
    let busy = |until| Event::Busy {
        until: at(until),
        trouble: None,
    };
    let ready = take(&row(State::Ready), 0, busy(7 * HOUR));
    let too_late = at(6 * HOUR) + TimeDelta::milliseconds(1);
    assert_eq!(ready.next_at, Some(too_late));
    let uncertain = take(&doubted(), 0, busy(7 * HOUR));
    assert_eq!(uncertain.next_at, Some(at(7 * HOUR)));
}

#[test]
fn an_arm_of_which_nothing_left_is_found_when_its_lease_has_ended() {
    let event = Event::Sent {
        at: at(5),
        end: SendEnd::NotSent(trouble()),
        trace: None,
    };
    let held = take(&row(State::Armed), 5, event.clone());
    assert_eq!(held.next_at, Some(at(95)));
    let missed = take(&held, 6 * HOUR + 1, event);
    let reason = missed.trouble.expect("a reason");
    assert_eq!(
        (missed.state, reason.action),
        (State::Missed, Action::Retry)
    );
}

#[test]
fn panics_are_followed_by_ever_longer_pauses() {
    let once = take(&row(State::Ready), 10, Event::Panicked);
    assert_eq!(once.next_at, Some(at(15)));
    let twice = take(&once, 20, Event::Panicked);
    assert_eq!(twice.next_at, Some(at(35)));
    let armed = take(&row(State::Armed), 10, Event::Panicked);
    let uncertain = take(&armed, 20, Event::Panicked);
    let state = (uncertain.state, uncertain.next_at);
    assert_eq!(state, (State::Uncertain, Some(at(35))));
}

#[test]
fn on_the_far_side_a_row_that_kills_the_engine_is_left_alone_and_keeps_its_reason() {
    let settled = take(&doubted(), 120, Event::Abandoned);
    let reason = settled.trouble.expect("a reason");
    assert_eq!(reason.action, Action::Resolve);
    for state in [State::NeedsReview, State::Published] {
        let p = Progress {
            trouble: Some(trouble()),
            ..row(state)
        };
        let left = full(&p, 10, Event::Abandoned);
        assert_eq!((left.next.state, left.next.next_at), (state, None));
        assert_eq!(left.next.trouble, Some(trouble()));
        assert_eq!(left.notices, [], "nothing new");
    }
}

#[test]
fn a_look_at_the_end_of_the_settle_time_is_not_repeated_at_once() {
    let p = take(&doubted(), 120, seen(120, None, None));
    assert_eq!(p.next_at, Some(at(150)));
}

#[test]
fn a_doubt_that_was_lost_begins_to_settle_now() {
    let lost = Progress {
        doubt: None,
        ..doubted()
    };
    let two = Some(&["m", "n"][..]);
    let p = take(&lost, HOUR, seen(HOUR, None, two));
    assert_eq!((p.state, p.slot), (State::Uncertain, true));
    let doubt = p.doubt.expect("it is in doubt");
    assert_eq!(doubt.settle_at, at(HOUR + 600));
}

#[test]
fn in_review_it_is_looked_at_every_hour() {
    let p = take(&row(State::NeedsReview), 10, seen(10, None, None));
    let state = (p.state, p.next_at);
    assert_eq!(state, (State::NeedsReview, Some(at(10 + HOUR))));
}

#[test]
fn a_missing_link_is_looked_for_a_day() {
    let mut p = Progress {
        confirmed_at: Some(at(0)),
        ..row(State::Published)
    };
    for pause in [15, 30, 60] {
        p = take(&p, 10, seen(10, None, None));
        let state = (p.state, p.next_at);
        assert_eq!(state, (State::Published, Some(at(10 + pause))));
    }
    let day = 24 * HOUR;
    let look = |p: &Progress, now| take(p, now, seen(now, None, None));
    assert!(look(&p, day - 1).next_at.is_some());
    assert_eq!(look(&p, day).next_at, None);
    let known = Progress {
        permalink: Some("https://example.org".to_owned()),
        ..p
    };
    assert_eq!(
        look(&known, 20).next_at,
        None,
        "there is nothing to look for"
    );
}

#[test]
fn a_missing_id_is_taken_from_what_the_platform_shows_as_published() {
    let p = row(State::Published);
    let published = Some(HandleState::Published);
    let found = full(&p, 10, seen(10, published, Some(&["m"])));
    assert_eq!(found.next.remote_id.as_deref(), Some("m"));
    assert_eq!(found.notices, [], "it was told before");
    let known = take(&found.next, 20, seen(20, published, Some(&["n"])));
    assert_eq!(known.remote_id.as_deref(), Some("m"), "the first one stays");
}

#[test]
fn the_first_call_that_may_have_left_is_the_one_that_counts() {
    let record = |seconds| SendRecord {
        at: at(seconds),
        outcome: SendOutcome::Unknown,
        trace: None,
    };
    let p = Progress {
        sends: vec![record(1), record(2)],
        ..row(State::Uncertain)
    };
    assert_eq!(p.first_sent_at(), Some(at(1)));
    assert_eq!(row(State::Armed).first_sent_at(), None);
}

#[test]
fn each_reason_to_ask_a_person_has_its_own_words() {
    let spam = Event::Sent {
        at: at(0),
        end: SendEnd::Spam(trouble()),
        trace: None,
    };
    let asked = |p: &Progress, moments: &[i64]| {
        let see = |p: Progress, now: &i64| {
            take(&p, *now, seen(*now, Some(HandleState::Finished), Some(&[])))
        };
        moments
            .iter()
            .fold(p.clone(), see)
            .trouble
            .expect("a reason")
    };
    let spam = asked(&take(&row(State::Armed), 0, spam), &[15, 60, 120]);
    let late = asked(&doubted(), &[15, 60, 6 * HOUR + 1]);
    assert_ne!(spam.code, late.code);
}
