//! Arming, and what the one irreversible call came to.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Context, look_at, miss};
use crate::model::{Notice, NoticeKind};
use crate::publication::event::{SendEnd, Step};
use crate::publication::progress::{Cause, Doubt, Progress, SendOutcome, SendRecord};
use crate::publication::state::State;
use crate::words::{Code, Trouble};

/// The point of no return: after this commit the call may leave at any moment.
pub(super) fn arm(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.state = State::Armed;
    next.armed_at = Some(ctx.now);
    next.slot = true;
    next.doubt = None;
    next.trouble = None;
    // Whoever finds it with its lease ended looks what became of it.
    next.next_at = Some(ctx.now + ctx.numbers.lease_armed);
    Step::to(next)
}

pub(super) fn busy(p: &Progress, until: DateTime<Utc>, trouble: Option<Trouble>) -> Step {
    let mut next = p.clone();
    next.trouble = trouble.or(next.trouble);
    next.next_at = if p.state == State::Ready {
        look_at(p, until)
    } else {
        Some(until)
    };
    Step::to(next)
}

/// The clocks disagree: nothing is done until they agree again.
pub(super) fn held(p: &Progress, until: DateTime<Utc>, seconds: i64) -> Step {
    let mut next = p.clone();
    let first = p.trouble.as_ref().is_none_or(|t| !t.is(Code::ClockHeld));
    next.check = None;
    // A pause that it stands in is not cut short.
    next.next_at = look_at(p, p.next_at.map_or(until, |at| at.max(until)));
    next.trouble = Some(Trouble::of(Code::ClockHeld).with("seconds", seconds.to_string()));
    let step = Step::to(next);
    if first {
        step.notice(Notice::new(NoticeKind::ClockHeld).with("seconds", seconds.to_string()))
    } else {
        step
    }
}

/// Something was done: the clocks agree again.
pub(super) fn unheld(next: &mut Progress) {
    next.trouble.take_if(|t| t.is(Code::ClockHeld));
}

/// The call ended.
pub(super) fn sent(
    p: &Progress,
    at: DateTime<Utc>,
    end: SendEnd,
    trace: Option<String>,
    ctx: &Context<'_>,
) -> Step {
    let mut next = p.clone();
    let note = |outcome| next.sends.push(SendRecord { at, outcome, trace });
    let n = ctx.numbers;
    match end {
        SendEnd::Live(id) => {
            note(SendOutcome::Live);
            next.remote_id = Some(id);
            live(next, ctx)
        }
        SendEnd::Accepted => {
            note(SendOutcome::Accepted);
            doubt(next, Cause::Accepted, n.settle_timeout, None, None, ctx)
        }
        SendEnd::NotSent(trouble) => not_sent(next, trouble, ctx),
        SendEnd::Refused {
            cause,
            trouble,
            retry_at,
        } => {
            note(SendOutcome::Refused);
            let mut step = doubt(next, Cause::Refused, n.settle, Some(trouble), retry_at, ctx);
            step.account = cause.account_status();
            step
        }
        SendEnd::Spam(trouble) => {
            note(SendOutcome::Unknown);
            doubt(next, Cause::Spam, n.settle, Some(trouble), None, ctx)
        }
        SendEnd::Unknown {
            answered,
            retry_at,
            trouble,
        } => {
            note(SendOutcome::Unknown);
            let settle = if answered { n.settle } else { n.settle_timeout };
            doubt(next, Cause::Unknown, settle, Some(trouble), retry_at, ctx)
        }
    }
}

/// Nothing left: tried again by whoever holds it, until it is too late.
fn not_sent(mut next: Progress, trouble: Trouble, ctx: &Context<'_>) -> Step {
    if ctx.now > next.latest() {
        if next.sends.is_empty() {
            return miss(next, trouble);
        }
        // Earlier sends of this container may still surface.
        let settle = ctx.numbers.settle_timeout;
        return doubt(next, Cause::Refused, settle, Some(trouble), None, ctx);
    }
    next.trouble = Some(trouble);
    next.next_at = Some(ctx.now + ctx.numbers.lease_armed);
    Step::to(next)
}

/// The sender died or lost its lease: its call may have left, so it counts as a send.
pub(super) fn lease_lost(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.sends.push(SendRecord {
        at: p.armed_at.unwrap_or(ctx.now),
        outcome: SendOutcome::Unknown,
        trace: None,
    });
    let trouble = Trouble::of(Code::Interrupted);
    let settle = ctx.numbers.settle_timeout;
    doubt(next, Cause::Unknown, settle, Some(trouble), None, ctx)
}

/// Uncertain from now on: looked for until it is known.
pub(super) fn doubt(
    mut next: Progress,
    cause: Cause,
    settle: TimeDelta,
    trouble: Option<Trouble>,
    retry_at: Option<DateTime<Utc>>,
    ctx: &Context<'_>,
) -> Step {
    next.state = State::Uncertain;
    next.slot = true;
    next.trouble = trouble;
    next.doubt = Some(Doubt {
        cause,
        since: ctx.now,
        settle_at: ctx.now + settle,
        retry_at,
        looks: 0,
        quiet_reads: 0,
    });
    let first = crate::publication::backoff::step(&ctx.numbers.looks, 0);
    // A shorter settle time is not outwaited: the slot is given back by the look at its end.
    next.next_at = Some(ctx.now + first.min(settle));
    Step::to(next)
}

/// Live. The permalink is fetched later; its absence changes nothing.
pub(super) fn live(mut next: Progress, ctx: &Context<'_>) -> Step {
    next.state = State::Published;
    next.confirmed_at = Some(ctx.now);
    next.published_at = next.published_at.or(Some(ctx.now));
    next.slot = false;
    next.doubt = None;
    next.trouble = None;
    next.link_looks = 0;
    next.next_at = next.permalink.is_none().then_some(ctx.now);
    Step::to(next).notice(Notice::new(NoticeKind::Published))
}
