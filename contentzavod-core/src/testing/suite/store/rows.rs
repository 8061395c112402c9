//! Rows as the cases make them.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{
    Account, AccountId, AccountStatus, Content, Event, EventKind, Media, MediaId, MediaKind,
    MediaStatus, Post, PostId, Publication, PublicationId, Sealed, User, UserId, Workspace,
    WorkspaceId,
};
use crate::ports::store::{Fence, Outcome, PostChange, PostView};
use crate::publication::{
    Cause, Check, Code, Container, Doubt, Handle, Progress, SendOutcome, SendRecord, State, Trouble,
};

/// Text that stands nowhere else in this process.
#[must_use]
pub fn unique(what: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{what}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A user and their workspace.
#[must_use]
pub fn people(now: DateTime<Utc>) -> (User, Workspace) {
    let user = User {
        id: UserId::generate(now),
        name: unique("user"),
        locale: "en".to_owned(),
        created_at: now,
    };
    let workspace = Workspace {
        id: WorkspaceId::generate(now),
        name: unique("workspace"),
        timezone: "Europe/Berlin".to_owned(),
        created_at: now,
    };
    (user, workspace)
}

/// An active account whose token is not due for a refresh.
#[must_use]
pub fn account(workspace: WorkspaceId, remote: &str, now: DateTime<Utc>) -> Account {
    Account {
        id: AccountId::generate(now),
        workspace,
        platform: "instagram".to_owned(),
        login: "instagram".to_owned(),
        remote_user_id: remote.to_owned(),
        app_scoped_id: Some(format!("app-{remote}")),
        username: format!("name.{remote}"),
        status: AccountStatus::Active,
        token: Some(Sealed(format!("czv1.k1.AAAA.{}", unique("token")))),
        token_version: 1,
        token_obtained_at: Some(now),
        token_expires_at: Some(now + TimeDelta::days(60)),
        scopes: vec!["basic".to_owned(), "publish".to_owned()],
        quota: None,
        quota_read_at: None,
        refresh_at: None,
        created_at: now,
        updated_at: now,
    }
}

/// An uploaded video.
#[must_use]
pub fn media(workspace: WorkspaceId, now: DateTime<Utc>) -> Media {
    Media {
        id: MediaId::generate(now),
        workspace,
        kind: MediaKind::Video,
        status: MediaStatus::Ready,
        filename: Some("Ёлка 🎄.mp4".to_owned()),
        content_type: "video/mp4".to_owned(),
        bytes: 5_000_000_000,
        sha256: "0f".repeat(32),
        original_sha256: Some("f0".repeat(32)),
        duration_ms: Some(12_345),
        width: Some(1080),
        height: Some(1920),
        findings: Vec::new(),
        expires_at: None,
        created_at: now,
    }
}

/// A post that is to go out in an hour.
#[must_use]
pub fn post(workspace: WorkspaceId, content: Content, now: DateTime<Utc>) -> Post {
    let publish_at = now + TimeDelta::hours(1);
    Post {
        id: PostId::generate(now),
        workspace,
        content,
        content_version: 1,
        publish_at: Some(publish_at),
        local_time: Some((publish_at + TimeDelta::hours(1)).naive_utc()),
        timezone: "Europe/Berlin".to_owned(),
        max_late_secs: 21_600,
        rev: 0,
        created_at: now,
        updated_at: now,
    }
}

/// The outcome that a row gets this memory and is released.
#[must_use]
pub const fn outcome(row: &Publication, next: Progress) -> Outcome {
    Outcome {
        fence: Fence::of(row),
        next,
        lease: None,
        notices: Vec::new(),
        account: None,
    }
}

/// A change of a post that changes nothing yet.
#[must_use]
pub fn unchanged(view: &PostView) -> PostChange {
    PostChange {
        post: view.post.clone(),
        publications: Vec::new(),
        add: Vec::new(),
        remove: Vec::new(),
        delete: false,
    }
}

/// Publication, from and to of an event.
#[must_use]
pub fn moved(event: &Event) -> (PublicationId, State, State) {
    let EventKind::Publication {
        publication,
        from,
        to,
        ..
    } = event.kind;
    (publication, from, to)
}

/// Makes a memory that of a state, as the machine would leave it.
pub fn enter(p: &mut Progress, state: State, now: DateTime<Utc>) {
    p.state = state;
    p.slot = matches!(state, State::Armed | State::Uncertain);
    p.next_at = next_look(state, now);
    p.doubt = None;
    p.trouble = None;
    match state {
        State::Processing => p.container = Some(container(p, now)),
        State::Ready => ready(p, now),
        State::Armed => {
            let made = p.container.take().unwrap_or_else(|| container(p, now));
            p.container = Some(made);
            p.armed_at = Some(now);
        }
        State::Uncertain => doubt(p, now),
        State::Published => {
            p.remote_id = Some(unique("remote"));
            p.published_at = Some(now);
            p.confirmed_at = Some(now);
        }
        State::NeedsReview
        | State::Failed
        | State::Missed
        | State::WaitingQuota
        | State::WaitingAccount => p.trouble = Some(Trouble::of(Code::CallHangs)),
        State::Draft | State::Scheduled | State::Preparing | State::Cancelled => {}
    }
}

fn next_look(state: State, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let after = match state {
        State::Scheduled | State::Preparing | State::Processing | State::Ready => 0,
        State::Uncertain => 15,
        State::Armed => 90,
        State::WaitingQuota | State::WaitingAccount => 3600,
        State::Draft
        | State::NeedsReview
        | State::Published
        | State::Failed
        | State::Missed
        | State::Cancelled => return None,
    };
    Some(now + TimeDelta::seconds(after))
}

fn container(p: &Progress, now: DateTime<Utc>) -> Container {
    Container {
        handle: Handle(unique("container")),
        content_version: p.content_version,
        created_at: now,
        delivered: true,
    }
}

fn ready(p: &mut Progress, now: DateTime<Utc>) {
    p.container = Some(container(p, now));
    p.containers = 1;
    p.ready_at = Some(now);
    p.check = Some(Check {
        at: now,
        baseline: Some(vec!["earlier".to_owned()]),
        stale: false,
    });
}

fn doubt(p: &mut Progress, now: DateTime<Utc>) {
    p.sends.push(SendRecord {
        at: now,
        outcome: SendOutcome::Unknown,
        trace: Some("trace".to_owned()),
    });
    p.doubt = Some(Doubt {
        cause: Cause::Unknown,
        since: now,
        settle_at: now + TimeDelta::minutes(10),
        retry_at: None,
        looks: 0,
        quiet_reads: 0,
    });
}
