//! Before arming, with the published numbers: containers, their life, and what stands in the way.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{AccountStatus, NoticeKind};
use contentzavod_core::ports::HandleState;
use contentzavod_core::publication::event::{Hindrance, SendEnd, Step};
use contentzavod_core::publication::{
    Cause, Code, Context, Event, Handle, Lane, Numbers, Progress, SendOutcome, State, Trouble, step,
};
use contentzavod_core::words::Action;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a valid time")
}

fn trouble() -> Trouble {
    Trouble::of(Code::CallHangs)
}

fn full(p: &Progress, seconds: i64, event: Event) -> Step {
    let (now, numbers) = (at(seconds), &Numbers::default());
    step(p, event, &Context { now, numbers }).expect("the machine takes it")
}

fn take(p: &Progress, seconds: i64, event: Event) -> Progress {
    full(p, seconds, event).next
}

fn scheduled(due: i64, max_late: TimeDelta) -> Progress {
    let p = Progress::draft(at(due), max_late, 1);
    let due = at(due);
    take(&p, 0, Event::Schedule { due, max_late })
}

fn created() -> Event {
    Event::Created {
        handle: Handle("c".to_owned()),
    }
}

fn polled(state: HandleState) -> Event {
    Event::Polled {
        state,
        curable: true,
        trouble: None,
    }
}

fn hindered(cause: Hindrance) -> Event {
    Event::Hindered {
        cause,
        trouble: trouble(),
        retry_at: None,
    }
}

/// Makes a container that is being processed.
fn processing(p: &Progress, seconds: i64) -> Progress {
    let p = take(p, seconds, Event::Begin);
    let p = take(&p, seconds, created());
    take(&p, seconds, Event::Delivered)
}

/// Ready, and checked at that second.
fn checked(p: &Progress, seconds: i64) -> Progress {
    let p = processing(p, seconds);
    let p = take(&p, seconds, polled(HandleState::Finished));
    let baseline = Some(Vec::new());
    take(&p, seconds, Event::Checked { baseline })
}

fn armed(seconds: i64) -> Progress {
    let p = checked(&scheduled(seconds, TimeDelta::hours(6)), seconds);
    take(&p, seconds, Event::Arm)
}

fn sent(p: &Progress, seconds: i64, end: SendEnd) -> Step {
    let event = Event::Sent {
        at: at(seconds),
        end,
        trace: None,
    };
    full(p, seconds, event)
}

fn moved(p: &Progress, seconds: i64, due: i64) -> Progress {
    let event = Event::Edit {
        due: Some(at(due)),
        max_late: None,
        content_version: None,
    };
    take(p, seconds, event)
}

#[test]
fn three_containers_of_one_version_and_no_more() {
    let mut p = scheduled(0, TimeDelta::hours(6));
    for number in 1..=3 {
        p = take(
            &processing(&p, number * 100),
            number * 100,
            polled(HandleState::Error),
        );
        assert_eq!(p.containers, u32::try_from(number).unwrap());
        assert_eq!(p.state == State::Failed, number == 3, "{p:?}");
    }
    // Also where none of them failed: the time moved beyond the life of each.
    let day = 86_400;
    let mut p = scheduled(0, TimeDelta::hours(6));
    for number in 0..3 {
        p = moved(
            &processing(&p, number * day),
            number * day,
            (number + 1) * day,
        );
    }
    assert_eq!(p.state, State::Scheduled);
    let over = take(&p, 3 * day, Event::Begin);
    assert_eq!((over.state, over.containers), (State::Failed, 3));
    let again = take(
        &over,
        3 * day,
        Event::Retry {
            due: at(3 * day),
            content_version: None,
        },
    );
    assert_eq!(again.containers, 0, "a fresh yes counts anew");
}

#[test]
fn a_delivery_that_fails_is_repeated_with_the_same_container() {
    let mut p = scheduled(0, TimeDelta::hours(6));
    for number in 0..9 {
        p = take(&p, number * 300, Event::Begin);
        if p.container.is_none() {
            p = take(&p, number * 300, created());
        }
        p = take(&p, number * 300, hindered(Hindrance::Transient));
        assert_eq!((p.state, p.containers), (State::Scheduled, 1));
    }
}

#[test]
fn a_container_is_used_again_when_only_the_time_moved_and_its_life_suffices() {
    let p = processing(&scheduled(1000, TimeDelta::hours(6)), 0);
    let p = take(&p, 30, polled(HandleState::Finished));
    let kept = take(&moved(&p, 60, 22 * 3600), 60, Event::Begin);
    assert!(kept.container.is_some(), "two hours are left");
    let gone = take(&moved(&p, 60, 22 * 3600 + 1), 60, Event::Begin);
    assert_eq!((gone.state, gone.container), (State::Preparing, None));
}

#[test]
fn a_container_with_less_than_two_hours_is_not_armed() {
    let p = processing(&scheduled(0, TimeDelta::hours(48)), 0);
    let p = take(&p, 30, polled(HandleState::Finished));
    let check = || Event::Checked { baseline: None };
    assert_eq!(take(&p, 22 * 3600, check()).state, State::Ready);
    let late = take(&p, 22 * 3600 + 1, check());
    assert_eq!((late.state, late.container), (State::Scheduled, None));
}

#[test]
fn polls_follow_their_steps_for_23_hours() {
    let mut p = processing(&scheduled(0, TimeDelta::hours(48)), 0);
    let mut now = 0;
    for pause in [5, 10, 20, 30, 60, 60] {
        assert_eq!(p.next_at, Some(at(now + pause)));
        now += pause;
        p = take(&p, now, polled(HandleState::InProgress));
    }
    let p = take(&p, 23 * 3600 - 1, polled(HandleState::InProgress));
    assert_eq!(p.state, State::Processing);
    let p = take(&p, 23 * 3600, polled(HandleState::InProgress));
    assert_eq!((p.state, p.container), (State::Scheduled, None));
}

#[test]
fn the_sender_takes_over_a_second_before_and_gives_back_what_is_to_be_checked_again() {
    let p = processing(&scheduled(1000, TimeDelta::hours(6)), 900);
    let p = take(&p, 930, polled(HandleState::Finished));
    assert_eq!((p.lane(), p.next_at), (Lane::Stage, Some(at(970))));
    let baseline = Some(vec!["m".to_owned()]);
    let p = take(&p, 970, Event::Checked { baseline });
    assert_eq!((p.lane(), p.next_at), (Lane::Send, Some(at(999))));
    let stale = take(&p, 999, Event::Recheck { at: at(999) });
    assert_eq!(stale.lane(), Lane::Stage);
    let blind = take(&stale, 999, Event::Checked { baseline: None });
    let known = blind.check.and_then(|c| c.baseline);
    assert_eq!(known, Some(vec!["m".to_owned()]), "the newest one known");
    let event = Event::Held {
        until: at(1060),
        seconds: 90,
    };
    let held = full(&p, 999, event.clone());
    assert_eq!(held.next.lane(), Lane::Stage, "checked again afterwards");
    assert_eq!(held.notices[0].kind, NoticeKind::ClockHeld);
    assert_eq!(full(&held.next, 1060, event).notices, [], "told once");
}

#[test]
fn once_it_is_worked_on_again_the_clocks_are_no_reason_any_more_and_others_stay() {
    let held = Event::Held {
        until: at(60),
        seconds: 90,
    };
    let p = take(&scheduled(1000, TimeDelta::hours(6)), 0, held);
    assert!(p.trouble.as_ref().is_some_and(|t| t.is(Code::ClockHeld)));
    assert_eq!(take(&p, 60, Event::Begin).trouble, None);
    let hindered = Event::Hindered {
        cause: Hindrance::Transient,
        trouble: trouble(),
        retry_at: None,
    };
    let p = take(&scheduled(1000, TimeDelta::hours(6)), 0, hindered);
    assert_eq!(take(&p, 60, Event::Begin).trouble, Some(trouble()));
}

#[test]
fn what_stands_in_the_way_is_told_and_changes_the_account() {
    let p = processing(&scheduled(0, TimeDelta::hours(6)), 0);
    for (cause, account) in [
        (Hindrance::Token, Some(AccountStatus::Reauthorize)),
        (Hindrance::Restricted, Some(AccountStatus::Restricted)),
        (Hindrance::Account, None),
    ] {
        let step = full(&p, 10, hindered(cause));
        assert_eq!(step.next.state, State::WaitingAccount, "{cause:?}");
        assert_eq!(step.account, account);
        assert_eq!(step.notices[0].kind, NoticeKind::WaitingAccount);
        let again = full(&step.next, 20, hindered(cause));
        assert_eq!(again.notices, [], "told once");
    }
    let quota = full(&p, 10, hindered(Hindrance::Quota));
    assert_eq!(quota.next.state, State::WaitingQuota);
    assert_eq!(quota.notices[0].kind, NoticeKind::WaitingQuota);
    // It does not sleep past the moment it becomes too late.
    let p = processing(&scheduled(0, TimeDelta::seconds(60)), 0);
    let waits = take(&p, 50, hindered(Hindrance::Quota));
    assert!(waits.next_at < Some(at(61)), "{:?}", waits.next_at);
    let missed = full(&waits, 61, Event::TooLate);
    assert_eq!(missed.notices[0].kind, NoticeKind::Missed);
    // Waiting was the thing to do and is not any more; why it stands here is still said.
    let why = missed.next.trouble.clone().expect("a reason");
    assert_eq!(waits.trouble.as_ref().map(|t| t.action), Some(Action::Wait));
    assert!(why.is(Code::CallHangs), "{why:?}");
    assert_eq!(why.action, Action::Retry);
    assert_eq!(missed.notices[0].trouble(), Some(why));
    let failed = full(&p, 10, hindered(Hindrance::Content));
    assert_eq!(failed.next.trouble.map(|t| t.action), Some(Action::Retry));
}

#[test]
fn an_arm_of_which_nothing_left_is_held_until_it_is_too_late() {
    let p = armed(0);
    assert_eq!((p.slot, p.next_at), (true, Some(at(90))));
    let held = sent(&p, 2, SendEnd::NotSent(trouble())).next;
    assert_eq!((held.state, held.slot), (State::Armed, true));
    let late = 6 * 3600;
    let held = sent(&held, late, SendEnd::NotSent(trouble())).next;
    assert_eq!(held.state, State::Armed);
    let missed = sent(&held, late + 1, SendEnd::NotSent(trouble())).next;
    assert_eq!((missed.state, missed.slot), (State::Missed, false));
    // An earlier send of the container may still surface: it is looked for.
    let mut twice = held;
    twice.sends = take(&p, 10, Event::LeaseLost).sends;
    let doubted = sent(&twice, late + 1, SendEnd::NotSent(trouble())).next;
    assert_eq!(doubted.state, State::Uncertain);
}

#[test]
fn every_call_that_may_have_left_counts_and_settles_as_long_as_it_must() {
    let unknown = |answered| SendEnd::Unknown {
        answered,
        retry_at: None,
        trouble: trouble(),
    };
    let refused = SendEnd::Refused {
        cause: Hindrance::Quota,
        trouble: trouble(),
        retry_at: None,
    };
    for (end, cause, settle, outcome) in [
        (unknown(true), Cause::Unknown, 120, SendOutcome::Unknown),
        (unknown(false), Cause::Unknown, 600, SendOutcome::Unknown),
        (refused, Cause::Refused, 120, SendOutcome::Refused),
        (
            SendEnd::Spam(trouble()),
            Cause::Spam,
            120,
            SendOutcome::Unknown,
        ),
        (
            SendEnd::Accepted,
            Cause::Accepted,
            600,
            SendOutcome::Accepted,
        ),
    ] {
        let p = sent(&armed(0), 3, end).next;
        assert_eq!((p.state, p.slot), (State::Uncertain, true));
        let doubt = p.doubt.expect("it is in doubt");
        assert_eq!((doubt.cause, doubt.settle_at), (cause, at(3 + settle)));
        assert_eq!(p.sends.len(), 1);
        assert_eq!((p.sends[0].outcome, p.sends[0].at), (outcome, at(3)));
    }
    let lost = take(&armed(0), 90, Event::LeaseLost);
    assert_eq!(lost.doubt.map(|d| d.settle_at), Some(at(690)));
    assert_eq!(
        lost.sends[0].at,
        at(0),
        "it may have left since it was armed"
    );
    let live = sent(&armed(0), 3, SendEnd::Live("m".to_owned()));
    assert_eq!((live.next.state, live.next.slot), (State::Published, false));
    assert_eq!(live.notices[0].kind, NoticeKind::Published);
}

#[test]
fn three_panics_end_it_on_the_armed_side_only_once_settled() {
    let mut p = processing(&scheduled(0, TimeDelta::hours(6)), 0);
    for number in 1..=3 {
        p = take(&p, number, Event::Panicked);
        assert_eq!(p.state == State::Failed, number == 3, "{p:?}");
    }
    let mut p = take(&armed(0), 1, Event::Panicked);
    for now in [2, 3] {
        p = take(&p, now, Event::Panicked);
        assert_eq!((p.state, p.slot), (State::Uncertain, true));
    }
    assert_eq!(p.next_at, Some(at(601)), "when it has settled");
    let asked = full(&p, 601, Event::Panicked);
    assert_eq!(
        (asked.next.state, asked.next.slot),
        (State::NeedsReview, false)
    );
    assert_eq!(asked.notices[0].kind, NoticeKind::NeedsReview);
    let lost = take(&armed(0), 90, Event::Abandoned);
    assert_eq!(lost.state, State::Uncertain);
    assert_eq!(take(&lost, 100, Event::Abandoned).state, State::Uncertain);
    assert_eq!(take(&lost, 690, Event::Abandoned).state, State::NeedsReview);
}
