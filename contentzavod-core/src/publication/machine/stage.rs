//! Before arming: containers, delivery, processing, checks, and what stands in the way.

use chrono::{DateTime, Utc};

use super::send::unheld;
use super::{Context, fail, look_at, miss};
use crate::model::{Notice, NoticeKind};
use crate::ports::publisher::HandleState;
use crate::publication::backoff;
use crate::publication::event::{Hindrance, Step};
use crate::publication::progress::{Check, Container, Handle, Progress};
use crate::publication::state::State;
use crate::words::{Code, Trouble};

/// The staging time has come: make a container, or use the one that is still good.
pub(super) fn begin(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    if !reusable(p, ctx) {
        next.container = None;
        if p.containers >= ctx.numbers.containers_max {
            let used_up = || Trouble::of(Code::ContainerUsedUp);
            return fail(next, p.trouble.clone().unwrap_or_else(used_up));
        }
    }
    next.state = State::Preparing;
    unheld(&mut next);
    next.next_at = Some(ctx.now);
    Step::to(next)
}

/// The container fits the content, and lives long enough past the due time. One whose delivery
/// failed is delivered again: a line that is down for a minute must not use up the containers.
fn reusable(p: &Progress, ctx: &Context<'_>) -> bool {
    p.container.as_ref().is_some_and(|c| {
        c.content_version == p.content_version && life_left(c, p.due_at.max(ctx.now), ctx)
    })
}

/// At `at` the container still has the reserve of its life.
fn life_left(container: &Container, at: DateTime<Utc>, ctx: &Context<'_>) -> bool {
    let end = container.created_at + ctx.numbers.container_life;
    end - at >= ctx.numbers.container_reserve
}

pub(super) fn created(p: &Progress, handle: Handle, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.container = Some(Container {
        handle,
        content_version: p.content_version,
        created_at: ctx.now,
        delivered: false,
    });
    next.containers += 1;
    next.ready_at = None;
    next.check = None;
    Step::to(next)
}

pub(super) fn delivered(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    if let Some(container) = &mut next.container {
        container.delivered = true;
    }
    next.state = State::Processing;
    next.polls = 0;
    // A container that was ready before is asked at once.
    let pause = match p.ready_at {
        Some(_) => chrono::TimeDelta::zero(),
        None => backoff::step(&ctx.numbers.polls, 0),
    };
    next.next_at = look_at(p, ctx.now + pause);
    Step::to(next)
}

/// The container's state was read, while it is processed or once more before arming.
pub(super) fn polled(
    p: &Progress,
    state: HandleState,
    curable: bool,
    trouble: Option<Trouble>,
    ctx: &Context<'_>,
) -> Step {
    match state {
        HandleState::InProgress => in_progress(p, ctx),
        HandleState::Finished => finished(p, ctx),
        HandleState::Published => found_live(p, ctx),
        HandleState::Expired => renew_container(p, expired(), ctx),
        HandleState::Error => {
            let trouble = trouble.unwrap_or_else(|| Trouble::of(Code::ContainerError));
            if curable {
                renew_container(p, trouble, ctx)
            } else {
                fail(p.clone(), trouble)
            }
        }
    }
}

fn expired() -> Trouble {
    Trouble::of(Code::ContainerExpired)
}

fn in_progress(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    let age = p.container.as_ref().map(|c| ctx.now - c.created_at);
    if age.is_some_and(|age| age >= ctx.numbers.polls_for) {
        return renew_container(p, Trouble::of(Code::ContainerStuck), ctx);
    }
    next.polls += 1;
    unheld(&mut next);
    next.next_at = look_at(
        p,
        ctx.now + backoff::step(&ctx.numbers.polls, p.polls.saturating_add(1)),
    );
    Step::to(next)
}

fn finished(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.state = State::Ready;
    next.ready_at = p.ready_at.or(Some(ctx.now));
    next.attempts = 0;
    next.check = None;
    next.trouble = None;
    next.next_at = Some(ctx.now.max(p.due_at - ctx.numbers.check_ahead));
    Step::to(next)
}

/// Live although we never sent it, as after a restored backup: looked for, never sent.
fn found_live(p: &Progress, ctx: &Context<'_>) -> Step {
    let trouble = Trouble::of(Code::AlreadyLive);
    super::send::doubt(
        p.clone(),
        crate::publication::progress::Cause::Unknown,
        ctx.numbers.settle,
        Some(trouble),
        None,
        ctx,
    )
}

/// Drops the container; another is made unless the tries are used up.
fn renew_container(p: &Progress, trouble: Trouble, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.container = None;
    next.ready_at = None;
    if p.containers >= ctx.numbers.containers_max {
        return fail(next, trouble);
    }
    reschedule(next, trouble, None, ctx)
}

/// Back to scheduled, with backoff.
fn reschedule(
    mut next: Progress,
    trouble: Trouble,
    retry_at: Option<DateTime<Utc>>,
    ctx: &Context<'_>,
) -> Step {
    let pause = ctx.now + backoff::step(&ctx.numbers.retries, next.attempts);
    next.state = State::Scheduled;
    next.attempts += 1;
    next.check = None;
    next.next_at = look_at(&next, retry_at.map_or(pause, |at| at.max(pause)));
    next.trouble = Some(trouble);
    Step::to(next)
}

/// Something stands in the way, anywhere before arming.
pub(super) fn hindered(
    p: &Progress,
    cause: Hindrance,
    trouble: Trouble,
    retry_at: Option<DateTime<Utc>>,
    ctx: &Context<'_>,
) -> Step {
    let next = p.clone();
    match cause {
        // A waiting row is prepared anew when it is cleared: it is found out then.
        Hindrance::Content | Hindrance::Container if waiting(p) => still_waiting(p, ctx),
        Hindrance::Content => fail(next, trouble),
        Hindrance::Container => renew_container(p, trouble, ctx),
        Hindrance::Token | Hindrance::Restricted | Hindrance::Account => {
            let mut step = wait_for(next, State::WaitingAccount, trouble, retry_at, ctx);
            step.account = cause.account_status();
            step
        }
        // A row that has not begun has not asked for its quota.
        Hindrance::Quota if p.state != State::Scheduled => {
            wait_for(next, State::WaitingQuota, trouble, retry_at, ctx)
        }
        Hindrance::Quota | Hindrance::Transient | Hindrance::NotReady => match p.state {
            State::Processing | State::Ready => try_again_here(next, trouble, retry_at, ctx),
            State::WaitingAccount | State::WaitingQuota => still_waiting(p, ctx),
            _ => reschedule(next, trouble, retry_at, ctx),
        },
    }
}

const fn waiting(p: &Progress) -> bool {
    matches!(p.state, State::WaitingAccount | State::WaitingQuota)
}

/// A read failed: the container stands where it stood, so only the look is repeated.
fn try_again_here(
    mut next: Progress,
    trouble: Trouble,
    retry_at: Option<DateTime<Utc>>,
    ctx: &Context<'_>,
) -> Step {
    let pause = ctx.now + backoff::step(&ctx.numbers.retries, next.attempts);
    next.attempts += 1;
    next.next_at = look_at(&next, retry_at.map_or(pause, |at| at.max(pause)));
    next.trouble = Some(trouble);
    Step::to(next)
}

fn wait_for(
    mut next: Progress,
    state: State,
    trouble: Trouble,
    retry_at: Option<DateTime<Utc>>,
    ctx: &Context<'_>,
) -> Step {
    let entered = next.state != state;
    let pause = ctx.now + ctx.numbers.waiting_look;
    next.state = state;
    next.check = None;
    next.next_at = look_at(&next, retry_at.map_or(pause, |at| at.max(ctx.now)));
    let kind = if state == State::WaitingQuota {
        NoticeKind::WaitingQuota
    } else {
        NoticeKind::WaitingAccount
    };
    let notice = Notice::about(kind, &trouble);
    next.trouble = Some(trouble);
    let step = Step::to(next);
    if entered { step.notice(notice) } else { step }
}

pub(super) fn cleared(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.state = State::Scheduled;
    next.trouble = None;
    next.next_at = Some(ctx.now.max(p.due_at - ctx.numbers.stage_ahead));
    Step::to(next)
}

pub(super) fn still_waiting(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.next_at = look_at(p, ctx.now + ctx.numbers.waiting_look);
    Step::to(next)
}

/// Goes on later; nothing else changes.
pub(super) fn paced(p: &Progress, until: DateTime<Utc>) -> Step {
    let mut next = p.clone();
    next.next_at = if p.state.is_pre_arm() {
        look_at(p, until)
    } else {
        Some(until)
    };
    Step::to(next)
}

pub(super) fn too_late(p: &Progress) -> Step {
    let too_late = || Trouble::of(Code::TooLate);
    miss(p.clone(), p.trouble.clone().unwrap_or_else(too_late))
}

/// The checks went well: from here the sender takes over.
pub(super) fn checked(p: &Progress, baseline: Option<Vec<String>>, ctx: &Context<'_>) -> Step {
    if !p
        .container
        .as_ref()
        .is_some_and(|c| life_left(c, ctx.now, ctx))
    {
        return renew_container(p, expired(), ctx);
    }
    let mut next = p.clone();
    let known = p.check.as_ref().and_then(|c| c.baseline.clone());
    next.check = Some(Check {
        at: ctx.now,
        baseline: baseline.or(known),
        stale: false,
    });
    next.attempts = 0;
    next.next_at = Some(ctx.now.max(p.due_at - ctx.numbers.arm_ahead));
    Step::to(next)
}

/// Back to the checks, keeping the newest baseline known only if none can be read again.
pub(super) fn recheck(p: &Progress, at: DateTime<Utc>) -> Step {
    let mut next = p.clone();
    if let Some(check) = &mut next.check {
        check.stale = true;
    }
    unheld(&mut next);
    next.next_at = look_at(p, at);
    Step::to(next)
}
