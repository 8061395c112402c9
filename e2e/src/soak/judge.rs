//! The verdict: what the platform did against what was asked, and what the server says of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use contentzavod_instagram::sandbox::{Entry, Record};
use serde_json::Value;

use super::attend::RESTARTS;
use super::book::{Kept, username};

/// States that lead on by themselves.
const UNDER_WAY: [&str; 7] = [
    "scheduled",
    "preparing",
    "processing",
    "ready",
    "armed",
    "waiting_quota",
    "waiting_account",
];

/// Suspected spam while preparing: the account is given a rest, and its person told why.
pub(super) const PAUSED: &str = "instagram.4.2207051";

/// Another post with the same caption goes first.
const TWIN: &str = "account.twin_caption";

/// What must never be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Crime {
    /// Two of one post are live, and nobody took that risk.
    Doubled,
    /// It was taken with a 201, and it is neither live nor anything that has a name and a reason.
    Lost,
    /// Live before its time.
    Early,
    /// Said to be published, and not live; or another media is named.
    SaidNotLive,
    /// Live, and said not to be.
    LiveNotSaid,
    /// Taken back with a 2xx, and live.
    CancelledLive,
    /// Live with what it was before an edit that was answered with a 2xx, or with one that was
    /// refused.
    Stale,
    /// A state that is not in the list, or one without the reason that is due.
    Unnamed,
    /// Nothing more happens by itself, and it is not at its end.
    Unsettled,
    /// Its person was not told, or told twice.
    Told,
}

impl Crime {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::Doubled,
        Self::Lost,
        Self::Early,
        Self::SaidNotLive,
        Self::LiveNotSaid,
        Self::CancelledLive,
        Self::Stale,
        Self::Unnamed,
        Self::Unsettled,
        Self::Told,
    ];

    /// As people read it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Doubled => "doubled",
            Self::Lost => "lost",
            Self::Early => "early",
            Self::SaidNotLive => "said published, not live",
            Self::LiveNotSaid => "live, said it is not",
            Self::CancelledLive => "cancelled or deleted, live",
            Self::Stale => "live with other content than asked",
            Self::Unnamed => "state without name or reason",
            Self::Unsettled => "not settled in time",
            Self::Told => "person told twice or never",
        }
    }
}

/// How a post ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Live once, and said so.
    Published,
    /// Live twice: a person let it go out again although it might be.
    OwnRisk,
    /// Taken back or deleted, and not live.
    TakenBack,
    /// Failed or missed, with a reason.
    Named,
    /// A person is asked.
    Asked,
    /// Left with its outcome unknown.
    Left,
    /// Still being looked for, with a reason: its container reads ERROR, which proves nothing.
    LookedFor,
    /// Still being looked for, with a reason: its next look is to come.
    Looking,
    /// Waits for hours, with a reason: Instagram called the preparing spam.
    Paused,
    /// Waits, with a reason: one with the same caption is still being looked for.
    Behind,
    /// Under way when the campaign had no more time.
    UnderWay,
}

impl End {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::Published,
        Self::OwnRisk,
        Self::TakenBack,
        Self::Named,
        Self::Asked,
        Self::Left,
        Self::LookedFor,
        Self::Looking,
        Self::Paused,
        Self::Behind,
        Self::UnderWay,
    ];

    /// As people read it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Published => "published, once",
            Self::OwnRisk => "twice, at their person's own risk",
            Self::TakenBack => "taken back, not live",
            Self::Named => "failed or missed, with a reason",
            Self::Asked => "their person is asked",
            Self::Left => "left, outcome unknown",
            Self::LookedFor => "looked for, container in ERROR",
            Self::Looking => "looked for, next look to come",
            Self::Paused => "paused for hours, suspected spam",
            Self::Behind => "behind another of the same caption that is looked for",
            Self::UnderWay => "under way at the end",
        }
    }
}

/// What a crime was.
#[derive(Debug, Clone)]
pub struct Violation {
    /// Which.
    pub crime: Crime,
    /// The post's number; `None`: of nobody.
    pub post: Option<usize>,
    /// What is wrong, in short.
    pub words: String,
}

/// What the judge looks at.
#[derive(Debug)]
pub struct Case<'a> {
    /// What was asked and answered.
    pub book: &'a [Kept],
    /// The posts as the API tells them at the end, by id.
    pub rows: &'a HashMap<String, Value>,
    /// The whole inbox.
    pub told: &'a [Value],
    /// What the platform did.
    pub ledger: &'a [Record],
    /// Containers that read ERROR.
    pub broken: &'a HashSet<String>,
    /// Not everything had the time to come to its end.
    pub hurried: bool,
}

/// What became of everything.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How many ended in which way.
    pub ends: BTreeMap<End, usize>,
    /// What must not be.
    pub violations: Vec<Violation>,
    /// What is live of each post.
    pub live: HashMap<usize, Vec<Entry>>,
    /// Posts that asked their person what became of them.
    pub asked: usize,
}

impl Verdict {
    /// How often a crime was found.
    #[must_use]
    pub fn count(&self, crime: Crime) -> usize {
        self.violations.iter().filter(|v| v.crime == crime).count()
    }

    fn accuse(&mut self, crime: Crime, post: &Kept, words: impl Into<String>) {
        self.violations.push(Violation {
            crime,
            post: Some(post.number),
            words: words.into(),
        });
    }
}

/// Judges everything.
#[must_use]
pub fn judge(case: &Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    share_out(case, &mut verdict);
    for post in case.book {
        let live = verdict.live.get(&post.number).cloned().unwrap_or_default();
        of_platform(post, &live, &mut verdict);
        let row = post.id.as_ref().and_then(|id| case.rows.get(id));
        let end = match row {
            None => without_row(post, &live, &mut verdict),
            Some(row) => of_row(case, post, &row["publications"][0], &live, &mut verdict),
        };
        if let Some(end) = end {
            *verdict.ends.entry(end).or_default() += 1;
        }
        verdict.asked += usize::from(post.met.contains("needs_review"));
    }
    verdict
}

/// Gives each publication of the platform to a post: first by the id that the server names, then by
/// caption, to those that have none.
fn share_out(case: &Case<'_>, verdict: &mut Verdict) {
    let mut of_caption: HashMap<(String, &str), Vec<&Kept>> = HashMap::new();
    for post in case.book {
        let captions: HashSet<&str> = post.versions.iter().map(|v| v.caption.as_str()).collect();
        for caption in captions {
            let key = (username(post.account), caption);
            of_caption.entry(key).or_default().push(post);
        }
    }
    let named = |post: &Kept| {
        let row = case.rows.get(post.id.as_ref()?)?;
        row["publications"][0]["remote_id"].as_str()
    };
    let entries: Vec<&Entry> = case.ledger.iter().filter_map(Record::entry).collect();
    let mut left = Vec::new();
    for entry in entries {
        let key = (entry.username.clone(), entry.caption.as_str());
        let posts = of_caption.get(&key).map_or(&[][..], Vec::as_slice);
        match posts.iter().find(|post| named(post) == Some(&entry.media)) {
            Some(post) => verdict
                .live
                .entry(post.number)
                .or_default()
                .push(entry.clone()),
            None => left.push((entry, posts)),
        }
    }
    for (entry, posts) in left {
        let free = |post: &&&Kept| !verdict.live.contains_key(&post.number);
        let open = |post: &&&Kept| free(post) && post.cancelled.is_none() && post.deleted.is_none();
        let owner = posts.iter().find(open).or_else(|| posts.iter().find(free));
        match owner.or_else(|| posts.first()) {
            Some(post) => verdict
                .live
                .entry(post.number)
                .or_default()
                .push(entry.clone()),
            None => verdict.violations.push(Violation {
                crime: Crime::Stale,
                post: None,
                words: format!("nobody asked for it: {entry:?}"),
            }),
        }
    }
}

/// What the platform did, whatever the server says of it.
fn of_platform(post: &Kept, live: &[Entry], verdict: &mut Verdict) {
    if live.len() > 1 && !post.risk {
        verdict.accuse(Crime::Doubled, post, format!("{} are live", live.len()));
    }
    for entry in live {
        let allowed: Vec<_> = post.allowed(entry.at).collect();
        if !allowed.iter().any(|v| v.caption == entry.caption) {
            verdict.accuse(
                Crime::Stale,
                post,
                format!("{:?} at {}", entry.caption, entry.at),
            );
        } else if allowed.iter().all(|v| entry.at < v.due) {
            verdict.accuse(Crime::Early, post, format!("at {}", entry.at));
        }
        let after_delete = post.deleted.is_some_and(|deleted| entry.at > deleted);
        if !post.risk && (post.cancelled.is_some() || after_delete) {
            verdict.accuse(Crime::CancelledLive, post, format!("at {}", entry.at));
        }
    }
}

/// The API knows nothing of it.
fn without_row(post: &Kept, live: &[Entry], verdict: &mut Verdict) -> Option<End> {
    if post.id.is_none() {
        verdict.accuse(Crime::Unsettled, post, "it was never taken");
        return None;
    }
    if post.deleted.is_none() {
        verdict.accuse(Crime::Lost, post, "its row is gone");
        return None;
    }
    // What is live already can be deleted, too.
    Some(if live.is_empty() {
        End::TakenBack
    } else {
        End::Published
    })
}

/// What the server says of it.
fn of_row(
    case: &Case<'_>,
    post: &Kept,
    row: &Value,
    live: &[Entry],
    verdict: &mut Verdict,
) -> Option<End> {
    let status = row["status"].as_str().unwrap_or_default();
    let code = row["error"]["code"].as_str().unwrap_or_default();
    let reason = !code.is_empty()
        && ["message", "action"]
            .iter()
            .all(|name| row["error"][name].as_str() != Some(""));
    told(case, post, row, status, verdict);
    if post.deleted.is_some() {
        verdict.accuse(Crime::Lost, post, "deleted, and still there");
    }
    match status {
        "published" => return published(post, row, live, verdict),
        "failed" | "missed" if !live.is_empty() && !post.risk => {
            verdict.accuse(Crime::LiveNotSaid, post, status);
        }
        "cancelled" if code == "outcome_unknown" => return Some(End::Left),
        // Live in spite of it was told above.
        "cancelled" if live.is_empty() || post.risk => return Some(End::TakenBack),
        "cancelled" if post.cancelled.is_none() => {
            verdict.accuse(Crime::LiveNotSaid, post, "cancelled, and nobody did that");
        }
        "cancelled" => {}
        "failed" | "missed" | "needs_review" | "uncertain" if !reason => {
            let crime = if live.is_empty() {
                Crime::Lost
            } else {
                Crime::Unnamed
            };
            verdict.accuse(crime, post, format!("{status} without a reason"));
        }
        "failed" | "missed" if post.restarts < RESTARTS && !case.hurried => {
            verdict.accuse(
                Crime::Unsettled,
                post,
                format!("{status}, and nobody acted"),
            );
        }
        "failed" | "missed" => return Some(End::Named),
        "needs_review" => return Some(End::Asked),
        "uncertain" => return Some(looked_for(case, post, live)),
        "scheduled" if code == PAUSED => return Some(End::Paused),
        "ready" if code == TWIN && behind(case, post) => return Some(End::Behind),
        _ if UNDER_WAY.contains(&status) && case.hurried => return Some(End::UnderWay),
        _ if UNDER_WAY.contains(&status) => verdict.accuse(Crime::Unsettled, post, status),
        _ => verdict.accuse(Crime::Unnamed, post, format!("{status:?}")),
    }
    None
}

fn published(post: &Kept, row: &Value, live: &[Entry], verdict: &mut Verdict) -> Option<End> {
    let named = row["remote_id"].as_str();
    let right = live.iter().any(|entry| named == Some(&entry.media));
    // A person who says that it is live knows a link, not an id.
    if !right && (named.is_some() || !post.said_live || live.is_empty()) {
        verdict.accuse(Crime::SaidNotLive, post, format!("{named:?}"));
        return None;
    }
    Some(if live.len() > 1 {
        End::OwnRisk
    } else {
        End::Published
    })
}

/// Uncertain, with a reason.
fn looked_for(case: &Case<'_>, post: &Kept, live: &[Entry]) -> End {
    let name = username(post.account);
    let mine = case.ledger.iter().filter_map(|record| match record {
        Record::Create(c) if c.username == name => Some(c),
        _ => None,
    });
    let has = |caption: &str| post.versions.iter().any(|v| v.caption == caption);
    let mut mine = mine.filter(|created| has(&created.caption));
    if live.is_empty() && mine.any(|created| case.broken.contains(&created.container)) {
        End::LookedFor
    } else {
        End::Looking
    }
}

/// It is not known yet what became of another post of the account with the same caption.
fn behind(case: &Case<'_>, post: &Kept) -> bool {
    let same = |other: &&Kept| {
        let caption = |kept: &Kept| kept.versions.last().map(|v| v.caption.clone());
        other.account == post.account
            && other.number != post.number
            && caption(other) == caption(post)
    };
    let open = |other: &Kept| {
        let post = other.id.as_ref().and_then(|id| case.rows.get(id));
        let status = post.and_then(|post| post["publications"][0]["status"].as_str());
        matches!(status, Some("uncertain" | "needs_review"))
    };
    case.book.iter().filter(same).any(open)
}

/// A state that its person must learn is told once each time it is entered.
fn told(case: &Case<'_>, post: &Kept, row: &Value, status: &str, verdict: &mut Verdict) {
    let count = |kind: &str| {
        let fits = |n: &&Value| n["publication_id"] == row["id"] && n["kind"] == kind;
        case.told.iter().filter(fits).count()
    };
    let restarts = usize::try_from(post.restarts).unwrap_or_default();
    let edits = post.versions.len().saturating_sub(1);
    for kind in ["published", "failed", "missed", "needs_review"] {
        let times = count(kind);
        let due = status == kind || post.met.contains(kind);
        let most = match kind {
            "published" => 1,
            _ => 1 + restarts.max(edits),
        };
        if due && times == 0 {
            verdict.accuse(Crime::Told, post, format!("{kind} was not told"));
        }
        if times > most {
            verdict.accuse(Crime::Told, post, format!("{kind} was told {times} times"));
        }
    }
    if status != "published" && count("published") > 0 {
        verdict.accuse(
            Crime::Told,
            post,
            format!("told as published, and it is {status}"),
        );
    }
}
