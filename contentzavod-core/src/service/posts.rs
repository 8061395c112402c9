//! Scheduling, reading and listing posts.

use chrono::{DateTime, Utc};

use contentzavod_preflight::Finding;

use super::error::ServiceError;
use super::facade::Contentzavod;
use super::request::PostRequest;
use super::validate::Valid;
use crate::crash::{self, Point};
use crate::model::{Actor, Page, Post, PostId, Publication};
use crate::ports::store::{IdempotencyKey, NewPost, PostFilter, PostView, Scheduled};
use crate::publication::{Context, Event, step};
use crate::words::rules;

/// Turns a post into the bytes of the answer that a replay gets.
pub(super) type Render<'a> = &'a (dyn Fn(&PostView, &[Finding]) -> Vec<u8> + Send + Sync);

/// A client's key that makes scheduling repeatable.
#[derive(Clone, Copy)]
pub struct Idempotency<'a> {
    /// The key as sent, 1 to 255 characters.
    pub key: &'a str,
    /// SHA-256 of the request.
    pub fingerprint: [u8; 32],
    /// How the answer is written.
    pub render: Render<'a>,
}

impl std::fmt::Debug for Idempotency<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Idempotency")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// What scheduling came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    /// Written.
    New(Box<PostView>, Vec<Finding>),
    /// Written before under the same key: the answer of then, byte for byte.
    Replayed(Vec<u8>),
}

impl Contentzavod {
    /// Schedules a post.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] with every broken rule; [`ServiceError::Store`].
    pub async fn create_post(
        &self,
        actor: Actor,
        request: PostRequest,
    ) -> Result<PostView, ServiceError> {
        Ok(self.create_post_told(actor, request).await?.0)
    }

    /// The same, with the warnings about it.
    ///
    /// # Errors
    ///
    /// As [`Contentzavod::create_post`].
    pub async fn create_post_told(
        &self,
        actor: Actor,
        request: PostRequest,
    ) -> Result<(PostView, Vec<Finding>), ServiceError> {
        let (view, warnings) = self.draw_up(actor, &request).await?;
        match self.write(&view, None).await? {
            Scheduled::Created => Ok((view, warnings)),
            other => Err(not_written(&other)),
        }
    }

    /// Schedules a post once per key: the same key and request give the first answer again.
    ///
    /// # Errors
    ///
    /// As [`Contentzavod::create_post`]; [`ServiceError::KeyReused`] for another request.
    pub async fn create_post_once(
        &self,
        actor: Actor,
        request: PostRequest,
        once: Idempotency<'_>,
    ) -> Result<Made, ServiceError> {
        let known = self
            .store()
            .replay(actor.workspace, once.key, once.fingerprint)
            .await?;
        match known {
            Some(Scheduled::Replayed(answer)) => return Ok(Made::Replayed(answer)),
            Some(_) => return Err(ServiceError::KeyReused),
            None => {}
        }
        let (view, warnings) = self.draw_up(actor, &request).await?;
        let key = IdempotencyKey {
            key: once.key.to_owned(),
            fingerprint: once.fingerprint,
            response: (once.render)(&view, &warnings),
        };
        match self.write(&view, Some(key)).await? {
            Scheduled::Created => Ok(Made::New(Box::new(view), warnings)),
            Scheduled::Replayed(answer) => Ok(Made::Replayed(answer)),
            other => Err(not_written(&other)),
        }
    }

    /// Checks the request and draws up the rows, already scheduled unless it is a draft.
    async fn draw_up(
        &self,
        actor: Actor,
        request: &PostRequest,
    ) -> Result<(PostView, Vec<Finding>), ServiceError> {
        let (valid, mut warnings) = self.accept(actor, request).await?;
        if !request.draft {
            warnings.extend(self.doubts(actor, &valid.planned()).await?);
        }
        let now = self.now();
        let post = new_post(actor, request, &valid, now);
        let publications = valid
            .accounts
            .iter()
            .map(|account| {
                let mut publication = Publication::draft(&post, account, now);
                if !request.draft {
                    self.schedule_row(&mut publication, &post, now);
                }
                publication
            })
            .collect();
        Ok((PostView { post, publications }, warnings))
    }

    fn schedule_row(&self, row: &mut Publication, post: &Post, now: DateTime<Utc>) {
        let event = Event::Schedule {
            due: post.publish_at.unwrap_or(now),
            max_late: post.max_late(),
        };
        let numbers = &self.inner.numbers;
        // A draft takes `schedule` whatever else it holds.
        if let Ok(step) = step(&row.progress, event, &Context { now, numbers }) {
            row.progress = step.next;
        }
    }

    async fn write(
        &self,
        view: &PostView,
        key: Option<IdempotencyKey>,
    ) -> Result<Scheduled, ServiceError> {
        let new = NewPost {
            post: view.post.clone(),
            publications: view.publications.clone(),
        };
        let scheduled = self.store().schedule(new, key).await?;
        crash::at(Point::CreateCommitted, view.post.content.caption());
        self.inner.wake.notify();
        Ok(scheduled)
    }

    /// A post.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing or foreign one.
    pub async fn post(&self, actor: Actor, id: PostId) -> Result<PostView, ServiceError> {
        let view = self.store().post(actor.workspace, id).await?;
        view.ok_or(ServiceError::NotFound("post"))
    }

    /// Posts, newest time first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn posts(
        &self,
        actor: Actor,
        filter: PostFilter,
    ) -> Result<Page<PostView>, ServiceError> {
        Ok(self.store().posts(actor.workspace, filter).await?)
    }
}

fn new_post(actor: Actor, request: &PostRequest, valid: &Valid, now: DateTime<Utc>) -> Post {
    let instant = valid.when.instant.max(now);
    let timed = valid.timed || !request.draft;
    Post {
        id: PostId::generate(now),
        workspace: actor.workspace,
        content: request.content.clone(),
        content_version: 1,
        publish_at: timed.then_some(instant),
        local_time: valid.when.chosen_local().filter(|_| timed),
        timezone: valid.when.zone.name().to_owned(),
        max_late_secs: valid.max_late.num_seconds(),
        rev: 0,
        created_at: now,
        updated_at: now,
    }
}

/// Something vanished between the check and the write.
fn not_written(scheduled: &Scheduled) -> ServiceError {
    let finding = match scheduled {
        Scheduled::MediaGone(id) => rules::error("media.gone")
            .field("content.media_id")
            .actual(id.to_string()),
        Scheduled::AccountGone(id) => {
            rules::error_about("account.disconnected", id.to_string()).field("account_ids")
        }
        _ => return ServiceError::KeyReused,
    };
    finding.into()
}
