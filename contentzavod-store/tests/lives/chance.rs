//! How lives are made: what happens often, and what seldom.

use proptest::prelude::*;

use super::act::{Act, Call, Cause, Fate, Ill, Life, Made, On, Say, Second, Time};

fn span() -> impl Strategy<Value = Time> {
    prop_oneof![
        8 => Just(Time::NextDue),
        3 => Just(Time::Armed),
        1 => (1_u16..3_000).prop_map(Time::Ms),
        4 => (1_u16..300).prop_map(Time::Secs),
        3 => (1_u16..60).prop_map(Time::Mins),
        1 => (1_u16..9).prop_map(Time::Hours),
        1 => prop::sample::select(vec![26_u16, 50]).prop_map(Time::Hours),
    ]
}

fn due() -> impl Strategy<Value = Time> {
    prop_oneof![
        2 => Just(Time::Now),
        4 => (1_u16..120).prop_map(Time::Secs),
        4 => (1_u16..120).prop_map(Time::Mins),
        1 => prop::sample::select(vec![5_u16, 25, 70]).prop_map(Time::Hours),
    ]
}

fn schedule() -> impl Strategy<Value = Act> {
    let on = prop::sample::select(vec![
        On::First,
        On::First,
        On::Second,
        On::Both,
        On::FirstOfOther,
    ]);
    let late = prop::sample::select(vec![90_u16, 90, 360, 1, 20]);
    (on, 0_u8..2, due(), late, prop::bool::weighted(0.1)).prop_map(
        |(on, caption, due, late, draft)| Act::Schedule {
            on,
            caption,
            due,
            late,
            draft,
        },
    )
}

fn cause() -> impl Strategy<Value = Cause> {
    prop::sample::select(vec![
        Cause::NotReady,
        Cause::Quota,
        Cause::Token,
        Cause::Permission,
        Cause::Restricted,
    ])
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::ReplyLost),
        2 => Just(Fate::ErrorAfter),
        1 => Just(Fate::ReadsAsError),
        2 => Just(Fate::ErrorBefore),
        4 => Just(Fate::Dropped),
        3 => (1_u16..540).prop_map(Fate::Late),
        3 => Just(Fate::NoConnection),
        3 => cause().prop_map(Fate::Refused),
        1 => cause().prop_map(Fate::RefusedThoughLive),
        1 => Just(Fate::Spam),
        1 => Just(Fate::SpamThoughLive),
        1 => Just(Fate::Accepted),
        1 => (1_u16..540).prop_map(Fate::AcceptedLate),
        1 => Just(Fate::Panic),
    ]
}

fn made() -> impl Strategy<Value = Made> {
    prop_oneof![
        3 => (1_u8..6).prop_map(Made::Slowly),
        2 => Just(Made::Curable),
        1 => Just(Made::Incurable),
        1 => Just(Made::Expired),
    ]
}

fn fail() -> impl Strategy<Value = Act> {
    let call = prop::sample::select(vec![
        Call::Create,
        Call::Deliver,
        Call::Status,
        Call::Status,
        Call::Recent,
        Call::Recent,
        Call::Quota,
        Call::Link,
    ]);
    let ill = prop::sample::select(vec![
        Ill::Transient,
        Ill::Transient,
        Ill::Unreadable,
        Ill::Unreadable,
        Ill::Content,
        Ill::Handle,
        Ill::Token,
        Ill::Restricted,
        Ill::Quota,
        Ill::Panic,
    ]);
    (call, ill, 1_u8..9).prop_map(|(call, ill, times)| Act::Fail(call, ill, times))
}

fn of_a_post() -> impl Strategy<Value = Act> {
    let post = || 0_u8..4;
    let row = || 0_u8..2;
    let say = prop::sample::select(vec![
        Say::Live,
        Say::NotLive,
        Say::NotLiveAndRisk,
        Say::NotLiveAndRisk,
        Say::Leave,
    ]);
    prop_oneof![
        3 => (post(), 0_u8..2).prop_map(|(p, c)| Act::Caption(p, c)),
        1 => post().prop_map(Act::File),
        3 => (post(), due()).prop_map(|(p, t)| Act::Move(p, t)),
        1 => post().prop_map(Act::Submit),
        3 => post().prop_map(Act::CancelPost),
        3 => (post(), row()).prop_map(|(p, r)| Act::CancelRow(p, r)),
        1 => post().prop_map(Act::Delete),
        1 => (post(), any::<bool>()).prop_map(|(p, c)| Act::DeleteFile(p, c)),
        3 => (post(), row(), due(), any::<bool>()).prop_map(|(p, r, t, f)| Act::Retry(p, r, t, f)),
        4 => (post(), row(), say).prop_map(|(p, r, s)| Act::Resolve(p, r, s)),
    ]
}

fn of_an_account() -> impl Strategy<Value = Act> {
    let account = || 0_u8..3;
    prop_oneof![
        4 => account().prop_map(Act::Connect),
        2 => account().prop_map(Act::Disconnect),
        2 => account().prop_map(Act::KillToken),
        1 => (account(), any::<bool>()).prop_map(|(a, on)| Act::Restrict(a, on)),
        1 => (account(), any::<bool>()).prop_map(|(a, on)| Act::QuotaUsedUp(a, on)),
        1 => account().prop_map(Act::ByHand),
    ]
}

fn of_the_platform() -> impl Strategy<Value = Act> {
    prop_oneof![
        9 => fate().prop_map(Act::Publish),
        2 => made().prop_map(Act::Container),
        3 => fail(),
        1 => (0_u8..120).prop_map(Act::Lag),
        1 => prop::sample::select(vec![0_i16, 30, -30, 3600, -3600]).prop_map(Act::RemoteClock),
    ]
}

fn of_the_engine() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0_u16..40).prop_map(Act::Crash),
        4 => (0_u16..40).prop_map(Act::Hold),
        3 => Just(Act::Resume),
        2 => span().prop_map(Act::Off),
        1 => (0_u8..3).prop_map(Act::Turn),
    ]
}

fn jump() -> impl Strategy<Value = Act> {
    let far = prop::sample::select(vec![45_i32, -45, 90, -90, 3600, -3600, 86_400, -86_400]);
    far.prop_map(Act::Jump)
}

fn act(jumps: u32) -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => schedule(),
        20 => span().prop_map(Act::Run),
        7 => of_a_post(),
        4 => of_an_account(),
        11 => of_the_platform(),
        8 => of_the_engine(),
        jumps => jump(),
    ]
}

/// One act; or one in the moment between arming and sending, where the races are.
fn beat(jumps: u32) -> impl Strategy<Value = Vec<Act>> {
    let armed = Act::Run(Time::Armed);
    let stop = prop_oneof![
        (0_u16..6).prop_map(Act::Crash),
        (0_u16..6).prop_map(Act::Hold),
    ];
    prop_oneof![
        50 => act(jumps).prop_map(|act| vec![act]),
        5 => of_a_post().prop_map(move |act| vec![armed, act]),
        2 => of_an_account().prop_map(move |act| vec![armed, act]),
        3 => stop.prop_map(move |stop| vec![armed, stop, Act::Run(Time::NextDue)]),
    ]
}

/// Lives with so many engines on one file. Where a second call duplicates, the clock keeps its time:
/// a late call and a clock set to and fro while nobody watched are more than the design covers.
pub(crate) fn lives(engines: usize) -> impl Strategy<Value = Life> {
    let second = prop_oneof![
        Just((Second::Refuses, 2_u32)),
        Just((Second::SameId, 2)),
        Just((Second::Duplicates, 0)),
        Just((Second::Duplicates, 0)),
    ];
    (second, prop::bool::weighted(0.25)).prop_flat_map(move |((second, jumps), strict)| {
        let beats = prop::collection::vec(beat(jumps.max(1)), 2..36);
        (schedule(), beats).prop_map(move |(first, beats)| {
            let mut acts = beats.concat();
            if jumps == 0 {
                acts.retain(|act| !matches!(act, Act::Jump(_)));
            }
            acts.insert(0, first);
            Life {
                engines,
                strict,
                second,
                acts,
            }
        })
    })
}
