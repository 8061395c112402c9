//! Random lives of a publication: whatever happens in whatever order, the machine keeps its table.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::HandleState;
use contentzavod_core::publication::event::{Hindrance, SendEnd};
use contentzavod_core::publication::machine::table::allows;
use contentzavod_core::publication::reconcile::{Candidate, Evidence};
use contentzavod_core::publication::{
    Context, Event, Handle, Numbers, Progress, Refusal, State, Trouble, step,
};
use proptest::prelude::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("a valid time")
}

fn trouble() -> Trouble {
    Trouble::new("test", "test", "wait")
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

fn life() -> impl Strategy<Value = Vec<(i64, Event)>> {
    let one = (0_i64..90_000).prop_flat_map(|at| {
        event(start() + TimeDelta::seconds(at)).prop_map(move |event| (at, event))
    });
    prop::collection::vec(one, 1..60).prop_map(|mut life| {
        life.sort_by_key(|(at, _)| *at);
        life
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

proptest! {
    #[test]
    fn a_life_of_any_events_keeps_to_the_table(life in life(), strict in any::<bool>()) {
        let numbers = Numbers { strict, ..Numbers::default() };
        let mut p = Progress::draft(start(), TimeDelta::hours(6), 1);
        for (at, event) in life {
            let ctx = Context { now: start() + TimeDelta::seconds(at), numbers: &numbers };
            // The engine creates containers only where there is none, and arms what is checked.
            if matches!(event, Event::Created { .. }) && p.container.is_some() {
                continue;
            }
            if matches!(event, Event::Arm | Event::Delivered) && p.container.is_none() {
                continue;
            }
            let (from, kind) = (p.state, event.kind());
            match step(&p, event, &ctx) {
                Ok(step) => {
                    prop_assert!(allows(from, kind, step.next.state));
                    p = step.next;
                    check(&p, &ctx);
                }
                Err(Refusal::PastArming(state)) => prop_assert!(state.is_armed_side()),
                Err(Refusal::Final(state)) => prop_assert!(state.is_final()),
                Err(_) => {}
            }
        }
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
