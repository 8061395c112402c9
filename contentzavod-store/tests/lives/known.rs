//! Lives that once broke a promise, as short as they could be made.

use super::act::{Act, Call, Fate, Ill, Life, On, Second, Time};

const FIRST: On = On::First;

fn one(acts: &[Act]) -> Life {
    Life {
        engines: 1,
        strict: false,
        second: Second::Refuses,
        acts: acts.to_vec(),
    }
}

const fn schedule(on: On, due: Time, late: u16) -> Act {
    Act::Schedule {
        on,
        caption: 0,
        due,
        late,
        draft: false,
    }
}

type Known = (&'static str, Life);

/// Each with the promise that it broke.
pub(crate) fn known() -> Vec<Known> {
    [of_containers(), of_the_call()].concat()
}

fn of_containers() -> Vec<Known> {
    vec![
        (
            "a row that failed while it began was held for good, and woken by every start",
            one(&[
                schedule(FIRST, Time::Mins(20), 360),
                Act::Run(Time::Mins(1)),
                // Each day's container is too old for the next day.
                Act::Move(0, Time::Hours(25)),
                Act::Run(Time::Mins(1475)),
                Act::Move(0, Time::Hours(25)),
                Act::Run(Time::Mins(1475)),
                Act::Move(0, Time::Hours(25)),
                Act::Run(Time::Mins(1475)),
                Act::Off(Time::Mins(1)),
                Act::Run(Time::Mins(1)),
            ]),
        ),
        (
            "a line that was down while a video was delivered used up the containers in seconds",
            one(&[
                schedule(FIRST, Time::Now, 90),
                Act::Fail(Call::Deliver, Ill::Transient, 8),
                Act::Run(Time::Mins(1)),
            ]),
        ),
        (
            "an engine that stood still since it had armed a row sent it hours too late",
            one(&[
                schedule(On::Both, Time::Now, 90),
                Act::Run(Time::Ms(1)),
                Act::Hold(30),
                Act::Run(Time::Hours(2)),
                Act::Resume,
            ]),
        ),
    ]
}

fn of_the_call() -> Vec<Known> {
    vec![
        (
            "a twin that was live and not yet named lent its media to one that never went out",
            one(&[
                schedule(FIRST, Time::Secs(35), 90),
                schedule(FIRST, Time::Secs(50), 90),
                Act::Lag(120),
                Act::Publish(Fate::Accepted),
                Act::Publish(Fate::Dropped),
                Act::Run(Time::Secs(152)),
                Act::Fail(Call::Recent, Ill::Unreadable, 1),
                Act::Run(Time::Mins(3)),
            ]),
        ),
        (
            "an engine that stood still while it armed a row took its lease for a new one",
            one(&[
                schedule(FIRST, Time::Now, 90),
                schedule(FIRST, Time::Secs(11), 90),
                schedule(FIRST, Time::Secs(6), 90),
                schedule(FIRST, Time::Now, 90),
                Act::Run(Time::NextDue),
                Act::Hold(2),
                Act::Run(Time::Secs(91)),
            ]),
        ),
    ]
}
