//! When working on it panics or takes the whole process down: ended before it takes the others along.

use super::{Context, fail};
use crate::model::{Notice, NoticeKind};
use crate::publication::backoff;
use crate::publication::event::Step;
use crate::publication::progress::{Cause, Progress};
use crate::publication::state::State;
use crate::words::{Action, Code, Trouble};

/// Work on it panicked: tried again with backoff, ended after the last try allowed.
pub(super) fn panicked(p: &Progress, ctx: &Context<'_>) -> Step {
    let mut next = p.clone();
    next.panics += 1;
    if next.panics >= ctx.numbers.panics_max {
        return end(next, ctx);
    }
    if p.state == State::Armed {
        return super::send::lease_lost(&next, ctx);
    }
    if p.state == State::Preparing {
        next.state = State::Scheduled;
    }
    next.check = None;
    let pause = ctx.now + backoff::step(&ctx.numbers.retries, p.panics);
    next.next_at = if p.state.is_pre_arm() {
        super::look_at(&next, pause)
    } else {
        Some(pause)
    };
    Step::to(next)
}

/// Its leases were lost too often: the process died on it again and again.
pub(super) fn abandoned(p: &Progress, ctx: &Context<'_>) -> Step {
    end(p.clone(), ctx)
}

fn end(next: Progress, ctx: &Context<'_>) -> Step {
    match next.state {
        State::Armed => super::send::lease_lost(&next, ctx),
        State::Uncertain => uncertain(next, ctx),
        State::NeedsReview | State::Published => {
            let mut next = next;
            next.next_at = None;
            Step::to(next)
        }
        _ => fail(next, Trouble::of(Code::Defect)),
    }
}

/// On the armed side a person is asked, but only once the call has settled.
fn uncertain(mut next: Progress, ctx: &Context<'_>) -> Step {
    let settle_at = next.doubt.as_ref().map_or(ctx.now, |d| d.settle_at);
    if ctx.now < settle_at {
        next.next_at = Some(settle_at);
        return Step::to(next);
    }
    next.state = State::NeedsReview;
    next.slot = false;
    next.next_at = None;
    if let Some(doubt) = &mut next.doubt {
        doubt.cause = Cause::Unknown;
    }
    let trouble = Trouble::of(Code::Defect).doing(Action::Resolve);
    let notice = Notice::about(NoticeKind::NeedsReview, &trouble);
    next.trouble = Some(trouble);
    Step::to(next).notice(notice)
}
