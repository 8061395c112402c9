//! Reading posts with their publications.

use std::collections::HashMap;

use contentzavod_core::model::{
    Cursor, MediaId, Page, Post, PostId, PostStatus, PublicationId, WorkspaceId,
};
use contentzavod_core::ports::store::{PostFilter, PostView};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::map::{Cells, Fault, id_list, limit, ms_up};
use super::rows::{self, post_columns, publication_columns};

pub(super) async fn by_id(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    id: PostId,
) -> Result<Option<PostView>, Fault> {
    let found = sqlx::query(concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts AS o WHERE o.id = ?1 AND o.workspace = ?2 AND o.deleted_at IS NULL"
    ))
    .bind(id.to_string())
    .bind(workspace.to_string())
    .fetch_all(&mut *conn)
    .await?;
    Ok(views(conn, &found).await?.pop())
}

pub(super) async fn by_publication(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    id: PublicationId,
) -> Result<Option<PostView>, Fault> {
    let found = sqlx::query(concat!(
        "SELECT ",
        post_columns!(),
        " FROM publications AS p JOIN posts AS o ON o.id = p.post \
         WHERE p.id = ?1 AND p.workspace = ?2 AND o.deleted_at IS NULL"
    ))
    .bind(id.to_string())
    .bind(workspace.to_string())
    .fetch_all(&mut *conn)
    .await?;
    Ok(views(conn, &found).await?.pop())
}

/// Posts whose publications hold the file: drafts, and what may still be sent.
pub(super) async fn using(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    media: MediaId,
) -> Result<Vec<PostView>, Fault> {
    let found = sqlx::query(concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts AS o \
         WHERE +o.workspace = ?1 AND o.deleted_at IS NULL \
           AND o.id IN (SELECT post FROM post_media WHERE media = ?2) \
           AND EXISTS ( \
             SELECT 1 FROM publications AS p WHERE p.post = o.id \
               AND p.state NOT IN ('failed', 'missed', 'published', 'cancelled')) \
         ORDER BY o.sort_at DESC, o.id DESC"
    ))
    .bind(workspace.to_string())
    .bind(media.to_string())
    .fetch_all(&mut *conn)
    .await?;
    views(conn, &found).await
}

/// One page of posts, newest time first.
pub(super) async fn page(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    filter: &PostFilter,
) -> Result<Page<PostView>, Fault> {
    let mut found = match filter.account {
        Some(_) => of_account(conn, workspace, filter).await?,
        None => of_workspace(conn, workspace, filter).await?,
    };
    let more = found.len() > filter.limit;
    found.truncate(filter.limit);
    let next = match found.last() {
        Some(row) if more => {
            let cells = Cells::new(row, "posts", "o_id");
            Some(Cursor {
                key: cells.get("o_sort_at")?,
                id: cells.id("o_id")?,
            })
        }
        _ => None,
    };
    let items = views(conn, &found).await?;
    Ok(Page { items, next })
}

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
        }
    }
}

async fn of_workspace(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    filter: &PostFilter,
) -> Result<Vec<SqliteRow>, Fault> {
    let bounds = Bounds::of(filter);
    let query = match filter.status {
        Some(_) => sqlx::query(OF_STATUS),
        None => sqlx::query(OF_WORKSPACE),
    };
    let query = query
        .bind(workspace.to_string())
        .bind(bounds.from)
        .bind(bounds.to)
        .bind(bounds.timed_only)
        .bind(bounds.after)
        .bind(bounds.after_id)
        .bind(limit(filter.limit.saturating_add(1)));
    let query = match filter.status {
        Some(status) => query.bind(status.as_str()),
        None => query,
    };
    Ok(query.fetch_all(conn).await?)
}

async fn of_account(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    filter: &PostFilter,
) -> Result<Vec<SqliteRow>, Fault> {
    let bounds = Bounds::of(filter);
    let rows = sqlx::query(OF_ACCOUNT)
        .bind(workspace.to_string())
        .bind(bounds.from)
        .bind(bounds.to)
        .bind(bounds.timed_only)
        .bind(bounds.after)
        .bind(bounds.after_id)
        .bind(limit(filter.limit.saturating_add(1)))
        .bind(filter.status.map(PostStatus::as_str))
        .bind(filter.account.map(|id| id.to_string()))
        .fetch_all(conn)
        .await?;
    Ok(rows)
}

/// Posts with their publications, in the order of the rows.
async fn views(conn: &mut SqliteConnection, found: &[SqliteRow]) -> Result<Vec<PostView>, Fault> {
    let posts: Vec<Post> = found.iter().map(rows::post).collect::<Result<_, _>>()?;
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let found = sqlx::query(concat!(
        "SELECT ",
        publication_columns!(),
        " FROM publications AS p WHERE p.post IN (SELECT value FROM json_each(?1)) \
         ORDER BY p.post, p.position"
    ))
    .bind(id_list(posts.iter().map(|p| p.id)))
    .fetch_all(conn)
    .await?;
    let mut of_post: HashMap<PostId, Vec<_>> = HashMap::with_capacity(posts.len());
    for row in &found {
        let publication = rows::publication(row)?;
        of_post
            .entry(publication.post)
            .or_default()
            .push(publication);
    }
    let view = |post: Post| PostView {
        publications: of_post.remove(&post.id).unwrap_or_default(),
        post,
    };
    Ok(posts.into_iter().map(view).collect())
}
