//! Rules of time zones change: what was scheduled by the wall clock keeps its wall-clock time.
//!
//! The rules are compiled in, and the store remembers by which version instants were reckoned last.
//! Where that is another one, every waiting post with a local time is reckoned anew, once.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::crash::{self, Point};
use crate::model::when::{ZONE_RULES, instant_of};
use crate::model::{Notice, NoticeKind, Post, Publication};
use crate::ports::store::{EngineStore, PostChange, PostView, PublicationChange};
use crate::ports::{StoreError, store::PostStore};
use crate::publication::{Context, Event, Numbers, State, step};

/// Posts of one reading.
const PAGE: usize = 256;
/// A person or another engine may change the post meanwhile.
const TRIES: usize = 8;

/// Reckons anew what was reckoned by other rules; how many posts moved.
pub(crate) async fn follow<S: EngineStore + ?Sized>(
    store: &S,
    now: DateTime<Utc>,
    numbers: &Numbers,
) -> Result<usize, StoreError> {
    let known = store.zone_rules().await?;
    if known.as_deref() == Some(ZONE_RULES) {
        return Ok(0);
    }
    // A store without a version has nothing yet that other rules reckoned.
    let moved = match known {
        Some(_) => move_all(store, &Context { now, numbers }).await?,
        None => 0,
    };
    crash::at(Point::ZonesFollowed, "");
    // Last: whoever dies before begins anew, and finds what has moved where it belongs.
    store.set_zone_rules(ZONE_RULES).await?;
    Ok(moved)
}

async fn move_all<S: PostStore + ?Sized>(
    store: &S,
    ctx: &Context<'_>,
) -> Result<usize, StoreError> {
    let (mut moved, mut after) = (0, None);
    loop {
        let page = store.posts_by_wall_clock(after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(moved);
        };
        after = Some(last.post.id);
        for view in page {
            moved += usize::from(move_one(store, view, ctx).await?);
        }
    }
}

async fn move_one<S: PostStore + ?Sized>(
    store: &S,
    view: PostView,
    ctx: &Context<'_>,
) -> Result<bool, StoreError> {
    let (workspace, id) = (view.post.workspace, view.post.id);
    let mut view = view;
    for _ in 0..TRIES {
        let Some(change) = change(&view, ctx) else {
            return Ok(false);
        };
        if store.change(vec![change], None).await? {
            return Ok(true);
        }
        match store.post(workspace, id).await? {
            Some(again) => view = again,
            None => return Ok(false),
        }
    }
    let busy = format!("the post {id} changes too fast to be moved");
    Err(StoreError::Unavailable(busy))
}

/// The change that brings a post to its wall-clock time, unless it is there. What is armed stays.
fn change(view: &PostView, ctx: &Context<'_>) -> Option<PostChange> {
    let (from, to) = (view.post.publish_at?, instant(&view.post)?);
    if from == to {
        return None;
    }
    let rows = view.publications.iter();
    let publications: Vec<_> = rows
        // A time of its own, given with a retry, is an instant.
        .filter(|row| row.progress.due_at == from)
        .filter_map(|row| row_change(row, to, ctx))
        .collect();
    let mut change = PostChange {
        post: Post {
            publish_at: Some(to),
            updated_at: ctx.now,
            ..view.post.clone()
        },
        publications,
        add: Vec::new(),
        remove: Vec::new(),
        delete: false,
    };
    // One notice a post, however many accounts it has.
    change.publications.first_mut()?.notices = vec![notice(&view.post, from, to)];
    Some(change)
}

/// What the post's wall clock means by today's rules.
fn instant(post: &Post) -> Option<DateTime<Utc>> {
    let zone = post.timezone.parse();
    if zone.is_err() {
        tracing::error!(post = %post.id, zone = post.timezone, "the zone is gone: the time stays");
    }
    Some(instant_of(post.local_time?, zone.ok()?))
}

fn row_change(
    row: &Publication,
    to: DateTime<Utc>,
    ctx: &Context<'_>,
) -> Option<PublicationChange> {
    let waits = row.state() == State::Draft || row.state().is_pre_arm();
    let event = Event::Edit {
        due: Some(to),
        max_late: None,
        content_version: None,
    };
    let next = waits.then(|| step(&row.progress, event, ctx).ok())??.next;
    Some(PublicationChange {
        id: row.id,
        rev: row.rev,
        next,
        caption_key: None,
        notices: Vec::new(),
    })
}

fn notice(post: &Post, from: DateTime<Utc>, to: DateTime<Utc>) -> Notice {
    let said = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
    let local = post.local_time.unwrap_or_default();
    Notice::new(NoticeKind::Moved)
        .with("local", local.format("%Y-%m-%d %H:%M").to_string())
        .with("timezone", &post.timezone)
        .with("from", said(from))
        .with("to", said(to))
}
