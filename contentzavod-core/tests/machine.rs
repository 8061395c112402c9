//! Random lives of a publication: whatever happens in whatever order, the machine keeps its table.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::HandleState;
use std::collections::BTreeSet;

use contentzavod_core::publication::event::{Hindrance, Kind, SendEnd};
use contentzavod_core::publication::machine::table::allows;
use contentzavod_core::publication::reconcile::{Candidate, Evidence};
use contentzavod_core::publication::{
    Code, Context, Event, Handle, Numbers, Progress, Refusal, State, TABLE, Trouble, step,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("a valid time")
}

fn trouble() -> Trouble {
    Trouble::of(Code::CallHangs)
}

fn hindrance() -> impl Strategy<Value = Hindrance> {
    prop::sample::select(vec![
        Hindrance::Transient,
        Hindrance::Content,
        Hindrance::Container,
        Hindrance::NotReady,
        Hindrance::Token,
        Hindrance::Restricted,
        Hindrance::Account,
        Hindrance::Quota,
    ])
}

fn handle_state() -> impl Strategy<Value = HandleState> {
    prop::sample::select(vec![
        HandleState::InProgress,
        HandleState::Finished,
        HandleState::Published,
        HandleState::Error,
        HandleState::Expired,
    ])
}

fn send_end() -> impl Strategy<Value = SendEnd> {
    prop_oneof![
        Just(SendEnd::Live("m1".to_owned())),
        Just(SendEnd::Accepted),
        Just(SendEnd::NotSent(trouble())),
        Just(SendEnd::Spam(trouble())),
        any::<bool>().prop_map(|answered| SendEnd::Unknown {
            answered,
            retry_at: None,
            trouble: trouble()
        }),
        hindrance().prop_map(|cause| SendEnd::Refused {
            cause,
            trouble: trouble(),
            retry_at: None
        }),
    ]
}

fn evidence() -> impl Strategy<Value = (Option<HandleState>, Option<Vec<Candidate>>)> {
    let candidate = any::<bool>().prop_map(|caption_equal| Candidate {
        id: "m2".to_owned(),
        permalink: None,
        at: None,
        caption_equal,
    });
    let list = prop::collection::vec(candidate, 0..3);
    (prop::option::of(handle_state()), prop::option::of(list))
}

/// An event, given the time it happens at.
#[expect(clippy::too_many_lines, reason = "a line per kind of event")]
fn event(now: DateTime<Utc>) -> impl Strategy<Value = Event> {
    let ahead = (0_i64..7200).prop_map(move |s| now + TimeDelta::seconds(s));
    let person = prop_oneof![
        ahead.clone().prop_map(|due| Event::Schedule {
            due,
            max_late: TimeDelta::hours(1)
        }),
        (prop::option::of(ahead.clone()), prop::option::of(1..9_i32)).prop_map(
            |(due, content_version)| Event::Edit {
                due,
                max_late: None,
                content_version
            }
        ),
        Just(Event::Cancel),
        ahead.clone().prop_map(|due| Event::Retry {
            due,
            content_version: None
        }),
        Just(Event::ResolveLive { permalink: None }),
        (ahead.clone(), any::<bool>())
            .prop_map(|(due, risk_accepted)| Event::ResolveAgain { due, risk_accepted }),
        Just(Event::ResolveLeave),
    ];
    let stage = prop_oneof![
        Just(Event::Begin),
        Just(Event::Created {
            handle: Handle("c1".to_owned())
        }),
        Just(Event::Delivered),
        (handle_state(), any::<bool>()).prop_map(|(state, curable)| Event::Polled {
            state,
            curable,
            trouble: Some(trouble())
        }),
        hindrance().prop_map(|cause| Event::Hindered {
            cause,
            trouble: trouble(),
            retry_at: None
        }),
        Just(Event::Cleared),
        Just(Event::StillWaiting),
        Just(Event::TooLate),
        any::<bool>().prop_map(|readable| Event::Checked {
            baseline: readable.then(Vec::new)
        }),
        ahead.clone().prop_map(|at| Event::Recheck { at }),
    ];
    let send = prop_oneof![
        Just(Event::Arm),
        ahead.clone().prop_map(|until| Event::Busy {
            until,
            trouble: None
        }),
        ahead.clone().prop_map(|until| Event::Paced { until }),
        ahead.prop_map(|until| Event::Held { until, seconds: 90 }),
        send_end().prop_map(move |end| Event::Sent {
            at: now,
            end,
            trace: None
        }),
        Just(Event::LeaseLost),
        evidence().prop_map(move |(handle, candidates)| Event::Looked {
            evidence: Evidence {
                at: now,
                handle,
                remote_id: None,
                candidates
            }
        }),
        Just(Event::Linked {
            permalink: "https://example.org".to_owned(),
            published_at: None
        }),
        Just(Event::Panicked),
        Just(Event::Abandoned),
    ];
    prop_oneof![person, stage, send]
}

/// A moment: how long after the last, whether all goes well, and what may happen if not.
type Moment = (i64, bool, Vec<Event>);

fn life() -> impl Strategy<Value = Vec<Moment>> {
    let one = (
        0_i64..2_000,
        any::<bool>(),
        prop::collection::vec(event(start()), 6),
    );
    prop::collection::vec(one, 1..40)
}

/// The event that brings a row on its way, if all goes well.
fn forward(p: &Progress, now: DateTime<Utc>) -> Option<Event> {
    let handle = Handle("c1".to_owned());
    Some(match p.state {
        State::Draft => Event::Schedule {
            due: now,
            max_late: TimeDelta::hours(6),
        },
        State::Scheduled => Event::Begin,
        State::Preparing if p.container.is_none() => Event::Created { handle },
        State::Preparing => Event::Delivered,
        State::Processing => Event::Polled {
            state: HandleState::Finished,
            curable: false,
            trouble: None,
        },
        State::Ready if p.check.is_some() => Event::Arm,
        State::Ready => Event::Checked {
            baseline: Some(Vec::new()),
        },
        _ => return None,
    })
}

/// The first event that is possible here. The engine makes containers only where there is none,
/// and delivers, polls, checks and arms only where there is one.
fn possible(p: &Progress, events: Vec<Event>) -> Option<Event> {
    events.into_iter().find(|event| {
        let known = TABLE
            .iter()
            .any(|row| row.from == p.state && row.event == event.kind());
        known
            && match event {
                Event::Created { .. } => p.container.is_none(),
                Event::Delivered | Event::Polled { .. } | Event::Checked { .. } | Event::Arm => {
                    p.container.is_some()
                }
                _ => true,
            }
    })
}

/// What holds of every row, whatever happened to it.
fn check(p: &Progress, ctx: &Context<'_>) {
    let ended = matches!(
        p.state,
        State::Draft | State::Failed | State::Missed | State::Cancelled
    );
    if ended {
        assert_eq!(p.next_at, None, "only a person moves {p:?}");
    } else if !matches!(p.state, State::Published | State::NeedsReview) {
        assert!(p.next_at.is_some(), "forgotten: {p:?}");
    }
    if p.state == State::Uncertain {
        assert!(p.doubt.is_some(), "uncertain without a doubt: {p:?}");
    }
    if p.state == State::Armed {
        assert!(
            p.slot && p.container.is_some(),
            "armed without slot or container: {p:?}"
        );
    }
    if p.slot {
        assert!(
            matches!(p.state, State::Armed | State::Uncertain),
            "a slot held for nothing: {p:?}"
        );
    }
    assert!(p.send_count() <= ctx.numbers.sends_max + ctx.numbers.panics_max + 1);
    assert!(p.containers <= ctx.numbers.containers_max);
    let text = serde_json::to_string(p).expect("it is written");
    assert_eq!(
        serde_json::from_str::<Progress>(&text).expect("it is read back"),
        *p,
        "it survives storage"
    );
}

/// Lives a life; every transition that happened.
fn live(life: Vec<Moment>, strict: bool) -> BTreeSet<(State, Kind, State)> {
    let numbers = Numbers {
        strict,
        ..Numbers::default()
    };
    let mut p = Progress::draft(start(), TimeDelta::hours(6), 1);
    let mut now = start();
    let mut seen = BTreeSet::new();
    for (pause, well, events) in life {
        now += TimeDelta::seconds(pause);
        if p.state == State::Cancelled || (well && p.state == State::Published) {
            p = Progress::draft(now, TimeDelta::hours(6), 1);
        }
        let ctx = Context {
            now,
            numbers: &numbers,
        };
        let ahead = well.then(|| forward(&p, now)).flatten();
        let Some(event) = ahead.or_else(|| possible(&p, events)) else {
            continue;
        };
        let (from, kind) = (p.state, event.kind());
        match step(&p, event, &ctx) {
            Ok(step) => {
                assert!(allows(from, kind, step.next.state));
                seen.insert((from, kind, step.next.state));
                p = step.next;
                check(&p, &ctx);
            }
            Err(refusal) => assert_eq!(refusal, Refusal::Risk, "{from:?} {kind:?}"),
        }
    }
    seen
}

/// Every row of the table happens, so that the checks above mean something for it.
#[test]
fn every_row_of_the_table_is_reached() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..1_500 {
        let tree = (life(), any::<bool>()).new_tree(&mut runner);
        let (life, strict) = tree.expect("a life").current();
        seen.extend(live(life, strict));
    }
    let missing: Vec<_> = TABLE
        .iter()
        .filter(|row| {
            !seen
                .iter()
                .any(|(from, kind, _)| (*from, *kind) == (row.from, row.event))
        })
        .collect();
    assert!(missing.is_empty(), "never happened: {missing:#?}");
}

proptest! {
    #[test]
    fn a_life_of_any_events_keeps_to_the_table(life in life(), strict in any::<bool>()) {
        live(life, strict);
    }

    #[test]
    fn on_the_armed_side_no_person_takes_it_back(
        end in send_end().prop_filter("doubtful", |e| !matches!(e, SendEnd::Live(_))),
        event in prop::sample::select(vec![0, 1, 2]),
    ) {
        let numbers = Numbers::default();
        let ctx = Context { now: start(), numbers: &numbers };
        let mut p = Progress::draft(start(), TimeDelta::hours(6), 1);
        let way = [
            Event::Schedule { due: start(), max_late: TimeDelta::hours(6) },
            Event::Begin,
            Event::Created { handle: Handle("c".to_owned()) },
            Event::Delivered,
            Event::Polled { state: HandleState::Finished, curable: false, trouble: None },
            Event::Checked { baseline: Some(Vec::new()) },
            Event::Arm,
            Event::Sent { at: start(), end, trace: None },
        ];
        for event in way {
            p = step(&p, event, &ctx).unwrap().next;
        }
        let event = match event {
            0 => Event::Cancel,
            1 => Event::Edit { due: None, max_late: None, content_version: Some(2) },
            _ => Event::Schedule { due: start(), max_late: TimeDelta::hours(1) },
        };
        prop_assert!(matches!(step(&p, event, &ctx), Err(Refusal::PastArming(_))), "{:?}", p.state);
    }
}
