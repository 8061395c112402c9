//! `/v1/posts`: scheduling, reading, changing and taking back.

pub mod asked;
pub mod content;
mod once;
pub mod view;

use chrono::{DateTime, Utc};
use contentzavod_core::model::PostStatus as Status;
use contentzavod_core::model::{AccountId, Actor, PostId};
use contentzavod_core::ports::store::{PostFilter, PostView};
use contentzavod_core::service::{Contentzavod, Idempotency, Made, PostPatch};
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use self::asked::{NewPost, PostChange};
use self::once::{OnceKey, PostMade};
use self::view::{Post, PostList, PostStatus};
use super::answer::Done;
use super::auth::{Act, Auth};
use super::lists::{self, List};
use super::problem::{Finding, Refused};
use super::reader::Reader;
use super::strict::{Checked, Strict};
use super::tag::Tag;

/// What checking a post showed; nothing was written.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PostCheck {
    /// True when it could be scheduled as it is.
    valid: bool,
    /// Every broken rule, and every warning.
    findings: Vec<Finding>,
    /// The instant it would go out; absent when the time cannot be read.
    publish_at: Option<DateTime<Utc>>,
}

/// Posts.
#[derive(Debug)]
pub struct Posts;

#[OpenApi(prefix_path = "/v1/posts", tag = "Tag::Posts")]
impl Posts {
    /// Schedule a post, or publish it now.
    #[oai(path = "/", method = "post", operation_id = "post_create")]
    async fn create(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        /// 1 to 255 visible characters, kept for 24 h: the same key and body give the first answer.
        #[oai(name = "Idempotency-Key")]
        key: OnceKey,
        body: Checked<NewPost>,
    ) -> Result<PostMade, Refused> {
        let either = auth.may_either(Act::Publish, Act::WritePosts)?;
        let new = body
            .or_else_by(|new| broken_rules(&app, either, new))
            .await?;
        let actor = auth.may(if new.is_draft() {
            Act::WritePosts
        } else {
            Act::Publish
        })?;
        match key.0 {
            Some(key) => create_once(&app, actor, &key, new).await,
            None => {
                let (view, warnings) = app.create_post_told(actor, new.into()).await?;
                let post = Post::told(view, &warnings, Reader::of(&app));
                Ok(PostMade::new(once::bytes(&post)))
            }
        }
    }

    /// List posts, newest time first.
    #[expect(clippy::too_many_arguments, reason = "each is a filter of the API")]
    #[oai(path = "/", method = "get", operation_id = "post_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        /// With this status.
        status: Query<Option<PostStatus>>,
        /// With a publication on this account.
        account_id: Query<Option<Uuid>>,
        /// Due at or after this.
        from: Query<Option<DateTime<Utc>>>,
        /// Due before this.
        to: Query<Option<DateTime<Utc>>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// 1 to 100; 50 when absent.
        limit: Query<Option<u32>>,
    ) -> Result<Json<PostList>, Refused> {
        let filter = PostFilter {
            status: status.0.map(Into::into),
            account: account_id.0.map(AccountId),
            from: from.0,
            to: to.0,
            after: lists::cursor(List::Posts, cursor.0.as_deref())?,
            limit: lists::limit(limit.0)?,
        };
        let page = app.posts(auth.may(Act::SeePosts)?, filter).await?;
        let (items, reader) = (page.items.into_iter(), Reader::of(&app));
        Ok(Json(PostList {
            next_cursor: lists::next(List::Posts, page.next),
            items: items.map(|view| Post::of(view, reader)).collect(),
        }))
    }

    /// Check a post as scheduling would, and write nothing.
    #[oai(path = "/validate", method = "post", operation_id = "post_validate")]
    async fn validate(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        body: Strict<NewPost>,
    ) -> Result<Json<PostCheck>, Refused> {
        let request = body.0.into();
        let checked = app
            .validate_post(auth.may(Act::SeePosts)?, &request)
            .await?;
        Ok(Json(PostCheck {
            valid: !checked
                .findings
                .iter()
                .any(contentzavod_preflight::Finding::is_error),
            findings: checked.findings.into_iter().map(Into::into).collect(),
            publish_at: checked.when.map(|when| when.instant),
        }))
    }

    /// Read a post.
    #[oai(path = "/:id", method = "get", operation_id = "post_get")]
    async fn get(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Json<Post>, Refused> {
        let view = app.post(auth.may(Act::SeePosts)?, PostId(id.0)).await?;
        Ok(Json(Post::of(view, Reader::of(&app))))
    }

    /// Change a post, all or nothing; 409 names the publications whose publishing has begun.
    #[oai(path = "/:id", method = "patch", operation_id = "post_update")]
    async fn update(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
        body: Strict<PostChange>,
    ) -> Result<Json<Post>, Refused> {
        let (actor, id) = (auth.may(Act::WritePosts)?, PostId(id.0));
        if body.0.schedules() {
            auth.may(Act::Publish)?;
        }
        // Whoever changes what is scheduled already says what goes out.
        let only_draft = auth.may(Act::Publish).is_err();
        if only_draft && app.post(actor, id).await?.status() != Status::Draft {
            auth.may(Act::Publish)?;
        }
        let patch = PostPatch {
            only_draft,
            ..body.0.into()
        };
        let (view, warnings) = app.change_post_told(actor, id, patch).await?;
        Ok(Json(Post::told(view, &warnings, Reader::of(&app))))
    }

    /// Take back what is not being published yet, and delete the post's record.
    #[oai(path = "/:id", method = "delete", operation_id = "post_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Done, Refused> {
        app.delete_post(auth.may(Act::WritePosts)?, PostId(id.0))
            .await?;
        Ok(Done)
    }

    /// Take back every publication of the post, all or nothing.
    #[oai(path = "/:id/cancel", method = "post", operation_id = "post_cancel")]
    async fn cancel(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Json<Post>, Refused> {
        let view = app
            .cancel_post(auth.may(Act::WritePosts)?, PostId(id.0))
            .await?;
        Ok(Json(Post::of(view, Reader::of(&app))))
    }
}

/// The rules beyond the schema that a request breaks.
async fn broken_rules(
    app: &Contentzavod,
    actor: Actor,
    new: NewPost,
) -> Result<Vec<contentzavod_preflight::Finding>, Refused> {
    Ok(app.validate_post(actor, &new.into()).await?.findings)
}

async fn create_once(
    app: &Contentzavod,
    actor: Actor,
    key: &str,
    new: NewPost,
) -> Result<PostMade, Refused> {
    let reader = Reader::of(app);
    let render =
        |view: &PostView, warnings: &[_]| once::bytes(&Post::told(view.clone(), warnings, reader));
    let once = Idempotency {
        key,
        fingerprint: once::fingerprint(&new),
        render: &render,
    };
    Ok(match app.create_post_once(actor, new.into(), once).await? {
        Made::New(view, warnings) => PostMade::new(render(&view, &warnings)),
        Made::Replayed(body) => PostMade::again(body),
    })
}
