//! The machine: a pure function of state and event, held against its table.
//!
//! Nothing here knows a clock, a store or a platform. The engine performs calls, tells the machine
//! what happened, and writes what it answers under the fence.

mod broken;
mod look;
mod person;
mod send;
mod stage;
pub mod table;

use chrono::{DateTime, TimeDelta, Utc};

use super::event::{Event, Kind, Step};
use super::numbers::Numbers;
use super::progress::Progress;
use super::state::State;
use crate::model::{Notice, NoticeKind};
use crate::words::Trouble;

pub use table::TABLE;

/// What the machine may look at beside the publication.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The time, by the store's clock.
    pub now: DateTime<Utc>,
    /// The numbers in force.
    pub numbers: &'a Numbers,
}

/// Why an event is not possible here. Nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Publishing has begun: what was sent cannot be taken back.
    #[error("publishing has begun; the publication is {}", .0.as_str())]
    PastArming(State),
    /// Nothing more happens to it.
    #[error("the publication is {} for good", .0.as_str())]
    Final(State),
    /// The old container may still go live: the person must accept the risk.
    #[error("the earlier try may still go live")]
    Risk,
    /// The event means nothing in this state.
    #[error("{:?} is not possible while the publication is {}", .event.as_str(), .state.as_str())]
    NotHere {
        /// Where it stands.
        state: State,
        /// What was to happen.
        event: Kind,
    },
}

/// Takes one step.
///
/// # Errors
///
/// A [`Refusal`] when the event is not possible in this state.
#[expect(clippy::too_many_lines, reason = "one match with a line per event")]
pub fn step(p: &Progress, event: Event, ctx: &Context<'_>) -> Result<Step, Refusal> {
    let kind = event.kind();
    let from = p.state;
    let refused = || {
        Err(Refusal::NotHere {
            state: from,
            event: kind,
        })
    };
    if !TABLE
        .iter()
        .any(|row| row.from == from && row.event == kind)
    {
        return person::refusal(from, kind).map_or_else(refused, Err);
    }
    let step = match event {
        Event::Schedule { due, max_late } => Ok(person::schedule(p, due, max_late, ctx)),
        Event::Edit {
            due,
            max_late,
            content_version,
        } => Ok(person::edit(p, due, max_late, content_version, ctx)),
        Event::Cancel => Ok(person::cancel(p)),
        Event::Retry {
            due,
            content_version,
        } => Ok(person::retry(p, due, content_version, ctx)),
        Event::ResolveLive { permalink } => Ok(person::resolve_live(p, permalink, ctx)),
        Event::ResolveAgain { due, risk_accepted } => person::again(p, due, risk_accepted, ctx),
        Event::ResolveLeave => Ok(person::leave(p)),
        Event::Begin => Ok(stage::begin(p, ctx)),
        Event::Created { handle } => Ok(stage::created(p, handle, ctx)),
        Event::Delivered => Ok(stage::delivered(p, ctx)),
        Event::Polled {
            state,
            curable,
            trouble,
        } => Ok(stage::polled(p, state, curable, trouble, ctx)),
        Event::Hindered {
            cause,
            trouble,
            retry_at,
        } => Ok(stage::hindered(p, cause, trouble, retry_at, ctx)),
        Event::Cleared => Ok(stage::cleared(p, ctx)),
        Event::StillWaiting => Ok(stage::still_waiting(p, ctx)),
        Event::TooLate => Ok(stage::too_late(p)),
        Event::Checked { baseline } => Ok(stage::checked(p, baseline, ctx)),
        Event::Recheck { at } => Ok(stage::recheck(p, at)),
        Event::Arm => Ok(send::arm(p, ctx)),
        Event::Busy { until, trouble } => Ok(send::busy(p, until, trouble)),
        Event::Paced { until } => Ok(stage::paced(p, until)),
        Event::Held { until, seconds } => Ok(send::held(p, until, seconds)),
        Event::Sent { at, end, trace } => Ok(send::sent(p, at, end, trace, ctx)),
        Event::LeaseLost => Ok(send::lease_lost(p, ctx)),
        Event::Looked { evidence } => Ok(look::looked(p, &evidence, ctx)),
        Event::Linked {
            permalink,
            published_at,
        } => Ok(look::linked(p, permalink, published_at)),
        Event::Panicked => Ok(broken::panicked(p, ctx)),
        Event::Abandoned => Ok(broken::abandoned(p, ctx)),
    }?;
    debug_assert!(
        table::allows(from, kind, step.next.state),
        "{from:?} --{}--> {:?} is not in the table",
        kind.as_str(),
        step.next.state
    );
    Ok(step)
}

/// The next look after a pause, but never after the moment it becomes too late: that is told in time.
fn look_at(p: &Progress, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(at.min(p.latest() + TimeDelta::milliseconds(1)))
}

/// Ends it as failed.
fn fail(mut next: Progress, trouble: Trouble) -> Step {
    let trouble = trouble.once_ended();
    let notice = Notice::about(NoticeKind::Failed, &trouble);
    next.state = State::Failed;
    next.next_at = None;
    next.check = None;
    next.trouble = Some(trouble);
    Step::to(next).notice(notice)
}

/// Ends it as missed.
fn miss(mut next: Progress, trouble: Trouble) -> Step {
    let trouble = trouble.once_ended();
    let notice = Notice::about(NoticeKind::Missed, &trouble);
    next.state = State::Missed;
    next.next_at = None;
    next.check = None;
    next.doubt = None;
    next.slot = false;
    next.trouble = Some(trouble);
    Step::to(next).notice(notice)
}
