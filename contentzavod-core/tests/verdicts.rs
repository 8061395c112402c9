//! What evidence comes to: the reconcile table row by row, with the published numbers.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::{HandleState, RemoteMedia};
use contentzavod_core::publication::event::{Hindrance, SendEnd};
use contentzavod_core::publication::reconcile::{Candidate, Evidence, Wanted, candidates};
use contentzavod_core::publication::{
    Code, Context, Event, Handle, Numbers, Progress, Refusal, State, Trouble, step,
};

const FINISHED: Option<HandleState> = Some(HandleState::Finished);
const NONE: Option<&[&str]> = Some(&[]);

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a valid time")
}

fn trouble() -> Trouble {
    Trouble::of(Code::CallHangs)
}

fn lost() -> SendEnd {
    SendEnd::Unknown {
        answered: true,
        retry_at: None,
        trouble: trouble(),
    }
}

fn refused(retry_at: Option<DateTime<Utc>>) -> SendEnd {
    SendEnd::Refused {
        cause: Hindrance::NotReady,
        trouble: trouble(),
        retry_at,
    }
}

fn take(p: &Progress, seconds: i64, event: Event, numbers: &Numbers) -> Progress {
    let now = at(seconds);
    let taken = step(p, event, &Context { now, numbers });
    taken.expect("the machine takes it").next
}

/// A row whose call ended so at second 0; its container is as old.
fn sent(end: SendEnd, baseline: Option<Vec<String>>, numbers: &Numbers) -> Progress {
    let max_late = TimeDelta::hours(6);
    let mut p = Progress::draft(at(0), max_late, 1);
    let events = [
        Event::Schedule {
            due: at(0),
            max_late,
        },
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
        Event::Checked { baseline },
        Event::Arm,
    ];
    for event in events {
        p = take(&p, 0, event, numbers);
    }
    call(&p, 0, end, numbers)
}

fn call(p: &Progress, seconds: i64, end: SendEnd, numbers: &Numbers) -> Progress {
    let event = Event::Sent {
        at: at(seconds),
        end,
        trace: None,
    };
    take(p, seconds, event, numbers)
}

fn uncertain() -> Progress {
    sent(lost(), Some(Vec::new()), &Numbers::default())
}

fn candidate(id: &str, caption_equal: bool) -> Candidate {
    Candidate {
        id: id.to_owned(),
        permalink: None,
        at: None,
        caption_equal,
    }
}

fn seen(seconds: i64, handle: Option<HandleState>, fitting: Option<&[&str]>) -> Evidence {
    let fitting = fitting.map(|ids| ids.iter().map(|id| candidate(id, true)).collect());
    Evidence {
        at: at(seconds),
        handle,
        remote_id: None,
        candidates: fitting,
    }
}

fn look(p: &Progress, seconds: i64, evidence: Evidence, numbers: &Numbers) -> Progress {
    take(p, seconds, Event::Looked { evidence }, numbers)
}

/// Looks at these moments, each time with the same to see.
fn looks(
    mut p: Progress,
    moments: &[i64],
    handle: Option<HandleState>,
    fitting: Option<&[&str]>,
    numbers: &Numbers,
) -> Progress {
    for moment in moments {
        p = look(&p, *moment, seen(*moment, handle, fitting), numbers);
    }
    p
}

fn code(p: &Progress) -> &str {
    p.trouble.as_ref().map_or("", |t| t.code.as_str())
}

#[test]
fn what_is_live_is_said_to_be_live() {
    let n = Numbers::default();
    let published = Some(HandleState::Published);
    let named = look(&uncertain(), 15, seen(15, published, Some(&["m"])), &n);
    assert_eq!(
        (named.state, named.remote_id.as_deref()),
        (State::Published, Some("m"))
    );
    for fitting in [NONE, None, Some(&["m", "n"][..])] {
        let live = look(&uncertain(), 15, seen(15, published, fitting), &n);
        assert_eq!((live.state, live.remote_id), (State::Published, None));
        assert!(live.next_at.is_some(), "its id is still looked for");
    }
    for handle in [None, FINISHED, Some(HandleState::Error)] {
        let live = look(&uncertain(), 15, seen(15, handle, Some(&["m"])), &n);
        assert_eq!(
            (live.state, live.remote_id.as_deref()),
            (State::Published, Some("m"))
        );
    }
}

#[test]
fn two_candidates_are_asked_about_once_settled() {
    let n = Numbers::default();
    let two = Some(&["m", "n"][..]);
    let p = look(&uncertain(), 15, seen(15, FINISHED, two), &n);
    assert_eq!((p.state, p.slot), (State::Uncertain, true));
    let p = look(&p, 120, seen(120, FINISHED, two), &n);
    assert_eq!((p.state, p.slot), (State::NeedsReview, false));
    assert_eq!(code(&p), "review.two_candidates");
    assert_eq!(p.next_at, Some(at(120 + 3600)), "at the slowest pace");
}

#[test]
fn without_a_readable_caption_or_a_baseline_only_the_container_proves() {
    let n = Numbers::default();
    let one = |seconds, handle| Evidence {
        candidates: Some(vec![candidate("m", false)]),
        ..seen(seconds, handle, None)
    };
    let p = look(&uncertain(), 15, one(15, FINISHED), &n);
    assert_eq!(p.state, State::Uncertain);
    let p = look(&p, 30, one(30, Some(HandleState::Published)), &n);
    assert_eq!(
        (p.state, p.remote_id.as_deref()),
        (State::Published, Some("m"))
    );
    // Which of the account's media are new is not known here.
    let blind = sent(lost(), None, &n);
    let p = look(&blind, 15, seen(15, FINISHED, Some(&["m"])), &n);
    assert_eq!(p.state, State::Uncertain);
    let p = look(&p, 30, one(30, Some(HandleState::Published)), &n);
    assert_eq!((p.state, p.remote_id), (State::Published, None));
}

#[test]
fn it_is_sent_again_after_three_quiet_readings_of_which_the_last_began_settled() {
    let n = Numbers::default();
    let quiet = looks(uncertain(), &[15, 45, 90], FINISHED, NONE, &n);
    assert_eq!((quiet.state, quiet.slot), (State::Uncertain, true));
    assert_eq!(quiet.next_at, Some(at(120)), "a look falls on the end");
    // A reading that began before the end says nothing about what came after it.
    let early = look(&quiet, 121, seen(119, FINISHED, NONE), &n);
    assert_eq!(early.state, State::Uncertain);
    let again = look(&quiet, 120, seen(120, FINISHED, NONE), &n);
    assert_eq!((again.state, again.slot), (State::Armed, true));
    // Two are too few, an unreadable list is no reading, and a container at work starts it anew.
    let two = looks(uncertain(), &[15, 120], FINISHED, NONE, &n);
    assert_eq!(
        (two.state, two.slot),
        (State::Uncertain, false),
        "others may go on"
    );
    let none = looks(uncertain(), &[15, 45, 120, 240], FINISHED, None, &n);
    assert_eq!(none.state, State::Uncertain);
    let busy = looks(quiet, &[100], Some(HandleState::InProgress), NONE, &n);
    let busy = looks(busy, &[120, 180], FINISHED, NONE, &n);
    assert_eq!(busy.state, State::Uncertain);
    assert_eq!(looks(busy, &[240], FINISHED, NONE, &n).state, State::Armed);
}

#[test]
fn what_may_not_be_sent_again_is_asked() {
    let n = Numbers::default();
    let moments = [15, 60, 120];
    let end = |end, n: &Numbers| looks(sent(end, Some(Vec::new()), n), &moments, FINISHED, NONE, n);
    let spam = end(SendEnd::Spam(trouble()), &n);
    assert_eq!(
        (spam.state, code(&spam)),
        (State::NeedsReview, "review.suspected_spam")
    );
    let strict = Numbers {
        strict: true,
        ..Numbers::default()
    };
    let asked = end(lost(), &strict);
    assert_eq!(
        (asked.state, code(&asked)),
        (State::NeedsReview, "review.strict")
    );
    // The platform said no: in strict too.
    assert_eq!(end(refused(None), &strict).state, State::Armed);
    let last = looks(uncertain(), &[15, 60, 6 * 3600], FINISHED, NONE, &n);
    assert_eq!(last.state, State::Armed, "at its last moment it still may");
    let late = looks(uncertain(), &[15, 60, 6 * 3600 + 1], FINISHED, NONE, &n);
    assert_eq!(
        (late.state, code(&late)),
        (State::NeedsReview, "review.too_late")
    );
    let mut p = uncertain();
    for round in 1..3 {
        p = looks(
            p,
            &[round * 1000, round * 1000 + 60, round * 1000 + 120],
            FINISHED,
            NONE,
            &n,
        );
        assert_eq!(p.state, State::Armed, "send {}", round + 1);
        p = call(&p, round * 1000 + 120, lost(), &n);
    }
    let p = looks(p, &[4000, 4060, 4120], FINISHED, NONE, &n);
    assert_eq!(
        (p.state, code(&p)),
        (State::NeedsReview, "review.sends_used_up")
    );
    assert_eq!(p.send_count(), 3);
}

#[test]
fn a_refusal_waits_for_the_platforms_own_time() {
    let n = Numbers::default();
    let p = sent(refused(Some(at(1000))), Some(Vec::new()), &n);
    let p = looks(p, &[15, 60, 120, 240], FINISHED, NONE, &n);
    assert_eq!(p.state, State::Uncertain);
    assert!(p.next_at <= Some(at(1000)), "{:?}", p.next_at);
    assert_eq!(looks(p, &[1000], FINISHED, NONE, &n).state, State::Armed);
}

#[test]
fn dead_is_expired_or_outlived_with_a_clean_list_once_settled() {
    let n = Numbers::default();
    let expired = Some(HandleState::Expired);
    // The list may not show yet what went out a moment ago.
    let p = looks(uncertain(), &[15, 119], expired, NONE, &n);
    assert_eq!(p.state, State::Uncertain);
    for unclear in [None, Some(&["m", "n"][..])] {
        let p = look(&p, 119, seen(119, expired, unclear), &n);
        assert_eq!(p.state, State::Uncertain, "{unclear:?}");
    }
    let dead = look(&p, 120, seen(120, expired, NONE), &n);
    assert_eq!((dead.state, dead.dead), (State::Missed, true));
    let day = 25 * 3600;
    let error = Some(HandleState::Error);
    let p = looks(uncertain(), &[15, 3600, day - 1], error, NONE, &n);
    assert_eq!(p.state, State::Uncertain, "an error alone is not death");
    assert_eq!(looks(p, &[day], error, NONE, &n).state, State::Missed);
    let blind = looks(uncertain(), &[15, day - 1], None, None, &n);
    assert_eq!(blind.state, State::Uncertain);
    let blind = looks(blind, &[day], None, None, &n);
    assert_eq!(
        (blind.state, code(&blind)),
        (State::NeedsReview, "review.platform_silent")
    );
}

#[test]
fn publish_again_needs_a_dead_container_or_the_risk_accepted() {
    let n = Numbers::default();
    let day = 25 * 3600;
    let review = looks(uncertain(), &[day], None, None, &n);
    let again = |risk_accepted| Event::ResolveAgain {
        due: at(day),
        risk_accepted,
    };
    let now = at(day);
    let refusal = step(&review, again(false), &Context { now, numbers: &n });
    assert_eq!(refusal.unwrap_err(), Refusal::Risk);
    let risky = take(&review, day, again(true), &n);
    assert!(risky.risk_accepted && risky.container.is_none() && risky.sends.is_empty());
    let dead = look(&review, day + 60, seen(day + 60, None, NONE), &n);
    assert_eq!(
        (dead.state, dead.dead, dead.next_at),
        (State::NeedsReview, true, None)
    );
    assert!(!take(&dead, day + 60, again(false), &n).risk_accepted);
}

#[test]
fn a_settle_time_shorter_than_the_first_look_is_not_outwaited() {
    let n = Numbers {
        settle: TimeDelta::seconds(4),
        ..Numbers::default()
    };
    let p = sent(lost(), Some(Vec::new()), &n);
    assert_eq!((p.next_at, p.slot), (Some(at(4)), true));
    let p = look(&p, 4, seen(4, FINISHED, NONE), &n);
    assert!(!p.slot, "others of the account go on");
    // The published one is longer.
    assert_eq!(uncertain().next_at, Some(at(15)));
}

#[test]
fn only_new_media_of_ours_are_candidates() {
    let media = |id: &str, caption: Option<&str>, seconds: i64| RemoteMedia {
        id: id.to_owned(),
        kind: Some("instagram_reel".to_owned()),
        caption: caption.map(str::to_owned),
        at: Some(at(seconds)),
        permalink: None,
    };
    let list = [
        media("new", Some(" He\u{301}llo\r\nyou "), 5),
        media("unread", None, 5),
        media("known", Some("Héllo\nyou"), 5),
        media("bound", Some("Héllo\nyou"), 5),
        media("other", Some("Hello\nyou"), 5),
        media("old", Some("Héllo\nyou"), -121),
        media("clock", Some("Héllo\nyou"), -120),
        RemoteMedia {
            kind: Some("instagram_feed".to_owned()),
            ..media("photo", Some("Héllo\nyou"), 5)
        },
    ];
    let known = ["known".to_owned()];
    let wanted = Wanted {
        kind: "instagram_reel",
        caption: "Héllo\nyou",
        sent_at: at(0),
        baseline: Some(&known),
    };
    let found = candidates(&list, &wanted, &|id| id == "bound");
    let found: Vec<_> = found
        .iter()
        .map(|c| (c.id.as_str(), c.caption_equal))
        .collect();
    assert_eq!(found, [("new", true), ("unread", false), ("clock", true)]);
}

#[test]
fn a_lateness_of_any_size_is_reckoned() {
    for max_late_secs in [i64::MAX, i64::MAX / 1000] {
        let p = Progress {
            max_late_secs,
            ..uncertain()
        };
        assert!(p.latest() > at(0));
        let _ = look(&p, 15, seen(15, FINISHED, NONE), &Numbers::default());
    }
}
