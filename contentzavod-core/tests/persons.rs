//! What a person's act does to a row, and what it is refused for.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::HandleState;
use contentzavod_core::publication::event::SendEnd;
use contentzavod_core::publication::{
    Container, Context, Event, Handle, Numbers, Progress, Refusal, State, Trouble, step,
};
use contentzavod_core::words::{Action, Code};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a valid time")
}

fn ask(p: &Progress, seconds: i64, event: Event) -> Result<Progress, Refusal> {
    let (now, numbers) = (at(seconds), &Numbers::default());
    step(p, event, &Context { now, numbers }).map(|step| step.next)
}

fn take(p: &Progress, seconds: i64, event: Event) -> Progress {
    ask(p, seconds, event).expect("the machine takes it")
}

fn draft() -> Progress {
    Progress::draft(at(0), TimeDelta::hours(6), 1)
}

fn schedule(due: i64) -> Event {
    Event::Schedule {
        due: at(due),
        max_late: TimeDelta::hours(6),
    }
}

fn edit(due: Option<i64>, content_version: Option<i32>) -> Event {
    Event::Edit {
        due: due.map(at),
        max_late: None,
        content_version,
    }
}

/// A row with a finished container, as it is after a first try.
fn tried(state: State) -> Progress {
    let container = Container {
        handle: Handle("c".to_owned()),
        content_version: 1,
        created_at: at(0),
        delivered: true,
    };
    Progress {
        state,
        container: Some(container),
        containers: 3,
        ready_at: Some(at(1)),
        ..draft()
    }
}

fn armed() -> Progress {
    let way = [
        schedule(0),
        Event::Begin,
        Event::Created {
            handle: Handle("c".to_owned()),
        },
        Event::Delivered,
        Event::Polled {
            state: HandleState::Finished,
            curable: false,
            trouble: None,
        },
        Event::Checked {
            baseline: Some(Vec::new()),
        },
        Event::Arm,
    ];
    way.into_iter().fold(draft(), |p, event| take(&p, 0, event))
}

#[test]
fn what_has_begun_or_ended_is_not_taken_back_and_says_why() {
    let armed = armed();
    let end = SendEnd::Live("m".to_owned());
    let sent = Event::Sent {
        at: at(0),
        end,
        trace: None,
    };
    let live = take(&armed, 0, sent);
    let cancelled = take(&draft(), 0, Event::Cancel);
    for event in [Event::Cancel, edit(None, Some(2)), schedule(0)] {
        let begun = Err(Refusal::PastArming(State::Armed));
        assert_eq!(ask(&armed, 0, event.clone()), begun);
        let ended = Err(Refusal::Final(State::Published));
        assert_eq!(ask(&live, 0, event.clone()), ended);
        let ended = Err(Refusal::Final(State::Cancelled));
        assert_eq!(ask(&cancelled, 0, event), ended);
    }
}

#[test]
fn what_does_not_happen_here_is_refused_by_name() {
    let scheduled = take(&draft(), 0, schedule(0));
    for (p, event) in [
        (&draft(), Event::Arm),
        (&scheduled, schedule(0)),
        (&armed(), Event::Begin),
    ] {
        let (state, kind) = (p.state, event.kind());
        let refusal = Refusal::NotHere { state, event: kind };
        assert_eq!(ask(p, 0, event), Err(refusal));
    }
}

#[test]
fn a_row_is_staged_half_an_hour_ahead_or_at_once() {
    let far = take(&draft(), 0, schedule(7200));
    assert_eq!(far.next_at, Some(at(7200 - 1800)));
    let near = take(&draft(), 0, schedule(60));
    assert_eq!(near.next_at, Some(at(0)));
}

#[test]
fn a_draft_that_is_edited_stays_one() {
    let edited = take(&draft(), 5, edit(Some(600), Some(2)));
    assert_eq!((edited.state, edited.next_at), (State::Draft, None));
    assert_eq!((edited.due_at, edited.content_version), (at(600), 2));
    let same = take(&edited, 5, edit(None, None));
    assert_eq!((same.due_at, same.content_version), (at(600), 2));
}

#[test]
fn new_content_forgets_what_was_made_of_the_old() {
    let edited = take(&tried(State::Scheduled), 5, edit(None, Some(2)));
    assert_eq!((edited.content_version, edited.containers), (2, 0));
    assert_eq!((edited.container, edited.ready_at), (None, None));
    assert_eq!(edited.due_at, at(0), "its time stays");
    let moved = take(&tried(State::Scheduled), 5, edit(Some(60), None));
    assert_eq!((moved.content_version, moved.containers), (1, 3));
    assert!(moved.container.is_some(), "only the time moved");
}

#[test]
fn an_ended_row_that_is_edited_or_retried_begins_anew() {
    let retry = |content_version| Event::Retry {
        due: at(900),
        content_version,
    };
    for state in [State::Failed, State::Missed] {
        let edited = take(&tried(state), 900, edit(None, None));
        assert_eq!((edited.state, edited.due_at), (State::Scheduled, at(900)));
        assert_eq!((edited.container, edited.containers), (None, 0));
        let later = take(&tried(state), 900, edit(Some(5000), None));
        assert_eq!(later.due_at, at(5000), "if no other time is given");
        let retried = take(&tried(state), 900, retry(Some(2)));
        assert_eq!((retried.content_version, retried.containers), (2, 0));
        assert_eq!(take(&tried(state), 900, retry(None)).content_version, 1);
    }
}

#[test]
fn what_is_left_alone_or_too_late_tells_what_a_person_can_do() {
    let trouble = Some(Trouble::of(Code::CallHangs));
    let late = Progress {
        trouble,
        ..tried(State::Scheduled)
    };
    let missed = take(&late, 90_000, Event::TooLate).trouble;
    let missed = missed.expect("a reason");
    assert_eq!(
        (&*missed.code, missed.action),
        ("engine.call_hangs", Action::Retry)
    );
    let left = take(&tried(State::NeedsReview), 0, Event::ResolveLeave);
    let left = left.trouble.expect("a reason");
    assert_eq!(
        (&*left.code, left.action),
        ("outcome_unknown", Action::Nothing)
    );
}
