//! What a person may do, and why not where they may not.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Context, Refusal};
use crate::publication::event::{Kind, Step};
use crate::publication::progress::Progress;
use crate::publication::state::State;
use crate::words::{Code, Trouble};

/// The refusal of a person's event that is not in the table.
pub(super) const fn refusal(from: State, kind: Kind) -> Option<Refusal> {
    if !matches!(kind, Kind::Cancel | Kind::Edit | Kind::Schedule) {
        return None;
    }
    if from.is_armed_side() {
        Some(Refusal::PastArming(from))
    } else if from.is_final() {
        Some(Refusal::Final(from))
    } else {
        None
    }
}

pub(super) fn schedule(
    p: &Progress,
    due: DateTime<Utc>,
    max_late: TimeDelta,
    ctx: &Context<'_>,
) -> Step {
    let mut next = p.clone();
    next.max_late_secs = max_late.num_seconds();
    restart(next, due, ctx)
}

/// Scheduled anew for a time, as if nothing had been tried.
fn restart(mut next: Progress, due: DateTime<Utc>, ctx: &Context<'_>) -> Step {
    next.state = State::Scheduled;
    next.due_at = due;
    next.attempts = 0;
    next.panics = 0;
    next.check = None;
    next.doubt = None;
    next.slot = false;
    next.trouble = None;
    next.next_at = Some(ctx.now.max(due - ctx.numbers.stage_ahead));
    Step::to(next)
}

pub(super) fn edit(
    p: &Progress,
    due: Option<DateTime<Utc>>,
    max_late: Option<TimeDelta>,
    content_version: Option<i32>,
    ctx: &Context<'_>,
) -> Step {
    let mut next = p.clone();
    if let Some(max_late) = max_late {
        next.max_late_secs = max_late.num_seconds();
    }
    new_version(&mut next, content_version);
    match p.state {
        State::Draft => {
            next.due_at = due.unwrap_or(p.due_at);
            Step::to(next)
        }
        State::Failed | State::Missed => {
            forget_containers(&mut next);
            restart(next, due.unwrap_or(ctx.now), ctx)
        }
        _ => restart(next, due.unwrap_or(p.due_at), ctx),
    }
}

/// A container belongs to one version of the content, and so does the count of them.
fn new_version(next: &mut Progress, content_version: Option<i32>) {
    if let Some(version) = content_version {
        next.content_version = version;
        forget_containers(next);
    }
}

fn forget_containers(next: &mut Progress) {
    next.container = None;
    next.containers = 0;
    next.polls = 0;
    next.ready_at = None;
    next.armed_at = None;
    next.sends.clear();
    next.dead = false;
}

pub(super) fn cancel(p: &Progress) -> Step {
    let mut next = p.clone();
    next.state = State::Cancelled;
    next.next_at = None;
    next.check = None;
    next.trouble = None;
    Step::to(next)
}

pub(super) fn retry(
    p: &Progress,
    due: DateTime<Utc>,
    content_version: Option<i32>,
    ctx: &Context<'_>,
) -> Step {
    let mut next = p.clone();
    new_version(&mut next, content_version);
    forget_containers(&mut next);
    restart(next, due, ctx)
}

pub(super) fn resolve_live(p: &Progress, permalink: Option<String>, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.permalink = permalink;
    super::send::live(next, ctx)
}

/// Publish again: with a new container, so the old one must be dead or the risk accepted.
pub(super) fn again(
    p: &Progress,
    due: DateTime<Utc>,
    risk_accepted: bool,
    ctx: &Context<'_>,
) -> Result<Step, Refusal> {
    if !p.dead && !risk_accepted {
        return Err(Refusal::Risk);
    }
    let mut next = p.clone();
    next.risk_accepted = !p.dead;
    forget_containers(&mut next);
    Ok(restart(next, due, ctx))
}

/// Left alone: nobody will know what became of it, and the record says so.
pub(super) fn leave(p: &Progress) -> Step {
    let mut next = p.clone();
    next.state = State::Cancelled;
    next.next_at = None;
    next.doubt = None;
    next.trouble = Some(Trouble::of(Code::OutcomeUnknown));
    Step::to(next)
}
