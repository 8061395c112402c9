//! Looking: what became of a call, and late links.

use chrono::{DateTime, Utc};

use super::{Context, miss};
use crate::model::{Notice, NoticeKind};
use crate::ports::publisher::HandleState;
use crate::publication::backoff;
use crate::publication::event::Step;
use crate::publication::progress::{Cause, Doubt, Progress};
use crate::publication::reconcile::{Candidate, Evidence, Verdict, Why, verdict};
use crate::publication::state::State;
use crate::words::{Code, Trouble};

pub(super) fn looked(p: &Progress, seen: &Evidence, ctx: &Context<'_>) -> Step {
    match p.state {
        State::Published => link_look(p, seen, ctx),
        State::NeedsReview => review_look(p, seen, ctx),
        _ => doubt_look(p, seen, ctx),
    }
}

fn doubt_look(p: &Progress, seen: &Evidence, ctx: &Context<'_>) -> Step {
    let doubt = p.doubt.clone().unwrap_or_else(|| blank(ctx));
    match verdict(p, &doubt, seen, ctx) {
        Verdict::Live(candidate) => found(p.clone(), candidate, ctx),
        Verdict::Dead => miss_dead(p),
        Verdict::Again => super::send::arm(p, ctx),
        Verdict::Ask(why) => ask(p, why, ctx),
        Verdict::Wait { quiet } => wait(p, doubt, quiet, seen, ctx),
    }
}

/// The doubt of a row that lost it: begins now.
fn blank(ctx: &Context<'_>) -> Doubt {
    Doubt {
        cause: Cause::Unknown,
        since: ctx.now,
        settle_at: ctx.now + ctx.numbers.settle_timeout,
        retry_at: None,
        looks: 0,
        quiet_reads: 0,
    }
}

fn found(mut next: Progress, candidate: Option<Candidate>, ctx: &Context<'_>) -> Step {
    if let Some(candidate) = candidate {
        next.remote_id = Some(candidate.id);
        next.permalink = candidate.permalink.or(next.permalink);
        next.published_at = candidate.at.or(next.published_at);
    }
    super::send::live(next, ctx)
}

fn miss_dead(p: &Progress) -> Step {
    let mut next = p.clone();
    next.dead = true;
    miss(next, Trouble::of(Code::ContainerDead))
}

fn ask(p: &Progress, why: Why, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.state = State::NeedsReview;
    next.slot = false;
    // A late proof is still looked for, at the slowest pace.
    next.next_at = Some(ctx.now + backoff::step(&ctx.numbers.looks, u32::MAX));
    let trouble = Trouble::of(why.code());
    let notice = Notice::about(NoticeKind::NeedsReview, &trouble);
    next.trouble = Some(trouble);
    Step::to(next).notice(notice)
}

fn wait(p: &Progress, mut doubt: Doubt, quiet: bool, seen: &Evidence, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    doubt.looks = doubt.looks.saturating_add(1);
    if quiet {
        doubt.quiet_reads += 1;
    } else if seen
        .handle
        .is_some_and(|state| state != HandleState::Finished)
    {
        doubt.quiet_reads = 0;
    }
    let pause = ctx.now + backoff::step(&ctx.numbers.looks, doubt.looks);
    // One look falls exactly on the end of the settle time, one on the platform's own time.
    let marks = [Some(doubt.settle_at), doubt.retry_at];
    next.next_at = marks
        .into_iter()
        .flatten()
        .filter(|mark| *mark > ctx.now)
        .chain([pause])
        .min();
    next.slot = ctx.now < doubt.settle_at;
    next.doubt = Some(doubt);
    Step::to(next)
}

/// In review: late proof is still taken; a proven death makes "publish again" safe.
fn review_look(p: &Progress, seen: &Evidence, ctx: &Context<'_>) -> Step {
    let doubt = p.doubt.clone().unwrap_or_else(|| blank(ctx));
    let mut next = p.clone();
    match verdict(p, &doubt, seen, ctx) {
        Verdict::Live(candidate) => return found(next, candidate, ctx),
        Verdict::Dead => {
            next.dead = true;
            next.next_at = None;
        }
        Verdict::Again | Verdict::Ask(_) | Verdict::Wait { .. } => {
            next.next_at = Some(ctx.now + backoff::step(&ctx.numbers.looks, u32::MAX));
        }
    }
    Step::to(next)
}

/// Published: the media id and the permalink may still be missing.
fn link_look(p: &Progress, seen: &Evidence, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.link_looks = next.link_looks.saturating_add(1);
    if next.remote_id.is_none()
        && let Verdict::Live(Some(candidate)) = verdict(p, &blank(ctx), seen, ctx)
    {
        next.remote_id = Some(candidate.id);
        next.published_at = candidate.at.or(next.published_at);
        next.permalink = candidate.permalink;
    }
    let since = p.confirmed_at.unwrap_or(ctx.now);
    let open = next.permalink.is_none() && ctx.now < since + ctx.numbers.link_for;
    next.next_at = open
        .then(|| ctx.now + backoff::step(&ctx.numbers.looks, next.link_looks.saturating_sub(1)));
    Step::to(next)
}

pub(super) fn linked(p: &Progress, permalink: String, published_at: Option<DateTime<Utc>>) -> Step {
    let mut next = p.clone();
    next.permalink = Some(permalink);
    next.published_at = published_at.or(next.published_at);
    next.next_at = None;
    Step::to(next)
}
