//! Reading posts with their publications.

use contentzavod_core::model::{
    AccountId, Cursor, MediaId, Page, Post, PostId, PostStatus, PublicationId, WorkspaceId,
};
use contentzavod_core::ports::store::{PostFilter, PostView};
use rusqlite::{Connection, params};

use super::db::{all, first};
use super::map::{Fault, limit, ms_up};
use super::rows::{self, post_columns, publication_columns};
use super::schedule::sort_at;

pub(super) fn by_id(
    conn: &Connection,
    workspace: WorkspaceId,
    id: PostId,
) -> Result<Option<PostView>, Fault> {
    let sql = concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts AS o WHERE o.id = ?1 AND o.workspace = ?2 AND o.deleted_at IS NULL"
    );
    let params = params![id.to_string(), workspace.to_string()];
    let post = first(conn, sql, params, rows::post)?;
    post.map(|post| view(conn, post)).transpose()
}

pub(super) fn by_publication(
    conn: &Connection,
    workspace: WorkspaceId,
    id: PublicationId,
) -> Result<Option<PostView>, Fault> {
    let sql = concat!(
        "SELECT ",
        post_columns!(),
        " FROM publications AS p CROSS JOIN posts AS o ON o.id = p.post \
         WHERE p.id = ?1 AND p.workspace = ?2 AND o.deleted_at IS NULL"
    );
    let params = params![id.to_string(), workspace.to_string()];
    let post = first(conn, sql, params, rows::post)?;
    post.map(|post| view(conn, post)).transpose()
}

/// Posts whose publications hold the file: drafts, and what may still be sent.
pub(super) fn using(
    conn: &Connection,
    workspace: WorkspaceId,
    media: MediaId,
) -> Result<Vec<PostView>, Fault> {
    let params = params![workspace.to_string(), media.to_string()];
    views(conn, all(conn, USING, params, rows::post)?)
}

/// One page of posts, newest time first.
pub(super) fn page(
    conn: &Connection,
    workspace: WorkspaceId,
    filter: &PostFilter,
) -> Result<Page<PostView>, Fault> {
    let posts = match filter.account {
        Some(account) => of_account(conn, workspace, account, filter)?,
        None => of_workspace(conn, workspace, filter)?,
    };
    let page = Page::cut(posts, filter.limit, |post| Cursor {
        key: sort_at(post),
        id: post.id.0,
    });
    Ok(Page {
        items: views(conn, page.items)?,
        next: page.next,
    })
}

/// The posts whose publications hold a file.
pub(super) const USING: &str = concat!(
    "SELECT ",
    post_columns!(),
    " FROM post_media AS pm CROSS JOIN posts AS o ON o.id = pm.post \
     WHERE o.workspace = ?1 AND o.deleted_at IS NULL AND pm.media = ?2 \
       AND EXISTS ( \
         SELECT 1 FROM publications AS p WHERE p.post = o.id \
           AND p.state NOT IN ('failed', 'missed', 'published', 'cancelled')) \
     ORDER BY o.sort_at DESC, o.id DESC"
);

/// A page of a workspace's posts.
pub(super) const OF_WORKSPACE: &str = concat!(
    "SELECT ",
    post_columns!(),
    " FROM posts AS o \
             WHERE o.workspace = ?1 AND o.deleted_at IS NULL \
               AND o.sort_at >= ?2 AND o.sort_at < ?3 AND (o.publish_at IS NOT NULL OR NOT ?4) \
               AND (o.sort_at, o.id) < (?5, ?6) \
             ORDER BY o.sort_at DESC, o.id DESC LIMIT ?7"
);

/// A page of a workspace's posts with one status.
pub(super) const OF_STATUS: &str = concat!(
    "SELECT ",
    post_columns!(),
    " FROM posts AS o INDEXED BY posts_status \
             WHERE o.workspace = ?1 AND o.deleted_at IS NULL AND o.status = ?8 \
               AND o.sort_at >= ?2 AND o.sort_at < ?3 AND (o.publish_at IS NOT NULL OR NOT ?4) \
               AND (o.sort_at, o.id) < (?5, ?6) \
             ORDER BY o.sort_at DESC, o.id DESC LIMIT ?7"
);

/// A page of an account's posts, with one status or any.
pub(super) const OF_ACCOUNT: &str = concat!(
    "SELECT ",
    post_columns!(),
    " FROM publications AS p CROSS JOIN posts AS o ON o.id = p.post \
         WHERE p.account = ?9 AND o.workspace = ?1 AND o.deleted_at IS NULL \
           AND (?8 IS NULL OR o.status = ?8) \
           AND p.sort_at >= ?2 AND p.sort_at < ?3 AND (o.publish_at IS NOT NULL OR NOT ?4) \
           AND (p.sort_at, p.post) < (?5, ?6) \
         ORDER BY p.sort_at DESC, p.post DESC LIMIT ?7"
);

/// The filter's bounds as numbers that bind everywhere: an absent one lies beyond every time.
struct Bounds {
    from: i64,
    to: i64,
    /// A draft without a time is due at no time: a bound leaves it out.
    timed_only: bool,
    after: i64,
    after_id: String,
    /// One more than asked for: it tells that there is a next page.
    limit: i64,
}

impl Bounds {
    fn of(filter: &PostFilter) -> Self {
        let after = filter.after;
        Self {
            from: filter.from.map_or(i64::MIN, ms_up),
            to: filter.to.map_or(i64::MAX, ms_up),
            timed_only: filter.from.is_some() || filter.to.is_some(),
            after: after.map_or(i64::MAX, |c| c.key),
            after_id: after.map_or_else(String::new, |c| c.id.to_string()),
            limit: limit(filter.limit.saturating_add(1)),
        }
    }
}

fn of_workspace(
    conn: &Connection,
    workspace: WorkspaceId,
    filter: &PostFilter,
) -> Result<Vec<Post>, Fault> {
    let Bounds {
        from,
        to,
        timed_only,
        after,
        after_id,
        limit,
    } = Bounds::of(filter);
    let workspace = workspace.to_string();
    let Some(status) = filter.status else {
        let params = params![workspace, from, to, timed_only, after, after_id, limit];
        return all(conn, OF_WORKSPACE, params, rows::post);
    };
    let status = status.as_str();
    let params = params![
        workspace, from, to, timed_only, after, after_id, limit, status
    ];
    all(conn, OF_STATUS, params, rows::post)
}

fn of_account(
    conn: &Connection,
    workspace: WorkspaceId,
    account: AccountId,
    filter: &PostFilter,
) -> Result<Vec<Post>, Fault> {
    let bounds = Bounds::of(filter);
    let params = params![
        workspace.to_string(),
        bounds.from,
        bounds.to,
        bounds.timed_only,
        bounds.after,
        bounds.after_id,
        bounds.limit,
        filter.status.map(PostStatus::as_str),
        account.to_string(),
    ];
    all(conn, OF_ACCOUNT, params, rows::post)
}

pub(super) fn views(conn: &Connection, posts: Vec<Post>) -> Result<Vec<PostView>, Fault> {
    posts.into_iter().map(|post| view(conn, post)).collect()
}

/// A post with its publications.
fn view(conn: &Connection, post: Post) -> Result<PostView, Fault> {
    let sql = concat!(
        "SELECT ",
        publication_columns!(),
        " FROM publications AS p WHERE p.post = ?1 ORDER BY p.position"
    );
    let publications = all(conn, sql, [post.id.to_string()], rows::publication)?;
    Ok(PostView { post, publications })
}
