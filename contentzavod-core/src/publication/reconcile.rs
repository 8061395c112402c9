//! Evidence to verdict: what became of a publish call whose answer we do not have or do not believe.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_preflight::normalise_caption;

use super::machine::Context;
use super::progress::{Cause, Doubt, Progress};
use crate::ports::publisher::{HandleState, RemoteMedia};

/// A media may carry a time a little before our own: clocks differ.
const CLOCK_SLACK: TimeDelta = TimeDelta::seconds(120);

/// A publication that is live without its media being known keeps those with the same caption from
/// being armed for so long: its media, late in the list, would pass for theirs. Afterwards it is too
/// old to be taken for what they sent ([`CLOCK_SLACK`], and a minute that clocks may differ).
pub const UNNAMED_TWIN: TimeDelta = TimeDelta::seconds(180);

/// A media of the account that may be ours.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// The platform's id.
    pub id: String,
    /// Where people see it.
    pub permalink: Option<String>,
    /// When it went live.
    pub at: Option<DateTime<Utc>>,
    /// Its caption was read and equals ours; false: it could not be read.
    pub caption_equal: bool,
}

/// What the platform showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// When the first of the readings began: what happened after it may be missing here.
    pub at: DateTime<Utc>,
    /// The container's state; `None` when unreadable.
    pub handle: Option<HandleState>,
    /// The media the platform names with the container.
    pub remote_id: Option<String>,
    /// New media that may be ours; `None` when the list was unreadable.
    pub candidates: Option<Vec<Candidate>>,
}

impl Evidence {
    /// Nothing could be read.
    #[must_use]
    pub const fn nothing(at: DateTime<Utc>) -> Self {
        Self {
            at,
            handle: None,
            remote_id: None,
            candidates: None,
        }
    }
}

/// What is looked for in a list.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The content kind.
    pub kind: &'a str,
    /// The caption as written.
    pub caption: &'a str,
    /// When the first call that may have left was made.
    pub sent_at: DateTime<Utc>,
    /// The account's media before the send; `None` when unknown.
    pub baseline: Option<&'a [String]>,
}

/// The media of a list that may be ours: new, of our kind, not older than the send, and with our
/// caption where captions can be read. `bound` are ids that belong to other publications.
#[must_use]
pub fn candidates(
    list: &[RemoteMedia],
    wanted: &Wanted<'_>,
    bound: &dyn Fn(&str) -> bool,
) -> Vec<Candidate> {
    let caption = normalise_caption(wanted.caption);
    list.iter()
        .filter(|m| !wanted.baseline.is_some_and(|b| b.contains(&m.id)) && !bound(&m.id))
        .filter(|m| m.kind.as_deref().is_none_or(|kind| kind == wanted.kind))
        .filter(|m| m.at.is_none_or(|at| at >= wanted.sent_at - CLOCK_SLACK))
        .filter_map(|m| {
            let equal = m
                .caption
                .as_deref()
                .map(|c| normalise_caption(c) == caption);
            (equal != Some(false)).then(|| Candidate {
                id: m.id.clone(),
                permalink: m.permalink.clone(),
                at: m.at,
                caption_equal: equal == Some(true),
            })
        })
        .collect()
}

/// What the evidence means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is live; the media is named where exactly one fits.
    Live(Option<Candidate>),
    /// Nothing went out and nothing will.
    Dead,
    /// Nothing went out: the same container may be sent again.
    Again,
    /// It cannot be decided without a person.
    Ask(Why),
    /// Look again later; `quiet`: this reading spoke against the call.
    Wait {
        /// Finished, readable, no match.
        quiet: bool,
    },
}

/// Why a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// More than one new media fits.
    TwoCandidates,
    /// The platform called it suspicious.
    Spam,
    /// The settings say that an unknown outcome is never sent again.
    Strict,
    /// It was sent as often as allowed.
    SendsUsedUp,
    /// It is later than `max_late`.
    TooLate,
    /// The platform did not tell for too long.
    Silent,
}

impl Why {
    /// A stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TwoCandidates => "review.two_candidates",
            Self::Spam => "review.suspected_spam",
            Self::Strict => "review.strict",
            Self::SendsUsedUp => "review.sends_used_up",
            Self::TooLate => "review.too_late",
            Self::Silent => "review.platform_silent",
        }
    }

    /// The reason in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::TwoCandidates => {
                "More than one new post of the account fits, so we cannot say which is this one."
            }
            Self::Spam => {
                "The platform called the post suspicious; it sometimes says so of posts that are live."
            }
            Self::Strict => {
                "The call got no clear answer, and this server never sends twice without being told."
            }
            Self::SendsUsedUp => "It was sent as often as is safe, and the platform shows no post.",
            Self::TooLate => {
                "The platform shows no post, and it is now too late to send it again unasked."
            }
            Self::Silent => "The platform has not told for a whole day what became of the post.",
        }
    }
}

/// Reads the evidence. `doubt` holds the count of quiet readings before this one.
#[must_use]
pub fn verdict(p: &Progress, doubt: &Doubt, seen: &Evidence, ctx: &Context<'_>) -> Verdict {
    if seen.handle == Some(HandleState::Published) {
        return Verdict::Live(named(p, seen));
    }
    // A reading from before the settle time says nothing about what came after it.
    let settled = seen.at >= doubt.settle_at;
    let fitting = seen.candidates.as_ref().map(|all| proofs(p, all));
    match fitting.as_deref() {
        Some([one]) => return Verdict::Live(Some((*one).clone())),
        Some([_, _, ..]) if settled => return Verdict::Ask(Why::TwoCandidates),
        Some([_, _, ..]) => return Verdict::Wait { quiet: false },
        _ => {}
    }
    // A readable list without anything that could be ours.
    let clean = seen.candidates.as_ref().is_some_and(Vec::is_empty);
    let expired = seen.handle == Some(HandleState::Expired);
    // Before it has settled the call may have gone through without showing in the list yet.
    if settled && clean && (expired || outlived(p, ctx)) {
        return Verdict::Dead;
    }
    if ctx.now >= doubt.since + ctx.numbers.look_for {
        return Verdict::Ask(Why::Silent);
    }
    let quiet = clean && seen.handle == Some(HandleState::Finished);
    if !quiet || !settled || doubt.quiet_reads + 1 < ctx.numbers.finished_reads {
        return Verdict::Wait { quiet };
    }
    quiet_and_settled(p, doubt, ctx)
}

/// FINISHED often enough, no match, settled: again, later, or ask.
fn quiet_and_settled(p: &Progress, doubt: &Doubt, ctx: &Context<'_>) -> Verdict {
    if doubt.cause == Cause::Spam {
        return Verdict::Ask(Why::Spam);
    }
    if ctx.numbers.strict && doubt.cause != Cause::Refused {
        return Verdict::Ask(Why::Strict);
    }
    if ctx.now > p.latest() {
        return Verdict::Ask(Why::TooLate);
    }
    if p.send_count() >= ctx.numbers.sends_max {
        return Verdict::Ask(Why::SendsUsedUp);
    }
    if doubt.retry_at.is_some_and(|at| at > ctx.now) {
        return Verdict::Wait { quiet: true };
    }
    Verdict::Again
}

/// The media that prove the post: with a known baseline and an equal caption.
fn proofs<'a>(p: &Progress, all: &'a [Candidate]) -> Vec<&'a Candidate> {
    let baseline_known = p.check.as_ref().is_some_and(|c| c.baseline.is_some());
    all.iter()
        .filter(|c| baseline_known && c.caption_equal)
        .collect()
}

/// The media of a container that reads PUBLISHED, where exactly one fits.
fn named(p: &Progress, seen: &Evidence) -> Option<Candidate> {
    if let Some(id) = &seen.remote_id {
        return Some(Candidate {
            id: id.clone(),
            permalink: None,
            at: None,
            caption_equal: true,
        });
    }
    let all = seen.candidates.as_deref()?;
    let equal: Vec<_> = all.iter().filter(|c| c.caption_equal).collect();
    match (equal.as_slice(), all) {
        ([one], _) => Some((*one).clone()),
        // Captions could not be read: a single new item will do, beside PUBLISHED and a baseline.
        ([], [one]) if p.check.as_ref().is_some_and(|c| c.baseline.is_some()) => Some(one.clone()),
        _ => None,
    }
}

/// The container is older than any unpublished one can live.
fn outlived(p: &Progress, ctx: &Context<'_>) -> bool {
    p.container
        .as_ref()
        .is_some_and(|c| ctx.now >= c.created_at + ctx.numbers.dead_after)
}
