//! What a person does with one publication: cancel, retry, resolve, receipt.

use chrono::{DateTime, Utc};
use url::Url;

use super::error::{Conflict, ServiceError};
use super::facade::Contentzavod;
use super::request::PostRequest;
use super::resolve::Resolution;
use super::retry_loop::until_written;
use crate::model::{Actor, MediaId, MediaStatus, Publication, PublicationId, Receipt};
use crate::ports::store::{PostChange, PostView};
use crate::publication::{Event, State};
use crate::words::Refused;
use crate::words::rules;

impl Contentzavod {
    /// A publication with its post.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing or foreign one.
    pub async fn publication(
        &self,
        actor: Actor,
        id: PublicationId,
    ) -> Result<(PostView, Publication), ServiceError> {
        let view = self.store().post_of(actor.workspace, id).await?;
        let missing = || ServiceError::NotFound("publication");
        let view = view.ok_or_else(missing)?;
        let row = view.publications.iter().find(|p| p.id == id).cloned();
        Ok((view, row.ok_or_else(missing)?))
    }

    /// Takes one publication back.
    ///
    /// # Errors
    ///
    /// [`Conflict::PastArming`] or [`Conflict::Final`].
    pub async fn cancel_publication(
        &self,
        actor: Actor,
        id: PublicationId,
    ) -> Result<Publication, ServiceError> {
        self.act(actor, id, |_, _| async { Ok(Event::Cancel) })
            .await
    }

    /// Lets a failed or missed publication go out after all, perhaps with another file.
    ///
    /// # Errors
    ///
    /// [`Conflict::State`] in any other state; [`ServiceError::Invalid`] for a bad time, or when
    /// the file is gone (`media.gone`) and no other is given.
    pub async fn retry_publication(
        &self,
        actor: Actor,
        id: PublicationId,
        publish_at: Option<&str>,
        media: Option<MediaId>,
    ) -> Result<Publication, ServiceError> {
        until_written(|| async {
            let (view, row) = self.publication(actor, id).await?;
            // Whether it can be retried at all goes before what is wrong with the request.
            let (due, content_version) = (self.now(), None);
            self.row_change(
                &row,
                Event::Retry {
                    due,
                    content_version,
                },
            )?;
            let mut post = view.post.clone();
            if let Some(media) = media.filter(|m| *m != post.content.media_id()) {
                super::change::refuse_published(&view)?;
                super::change::refuse_past_arming(&view)?;
                post.content = post.content.with_media(media);
                post.content_version += 1;
            }
            let due = self
                .due_again(actor, &view, &post.content, publish_at)
                .await?;
            let new = post.content_version != view.post.content_version;
            let content_version = new.then_some(post.content_version);
            // A sibling's retry may have changed the content while this row stood still.
            let behind = row.progress.content_version != post.content_version;
            let event = Event::Retry {
                due,
                content_version: behind.then_some(post.content_version),
            };
            let mut publications = vec![self.row_change(&row, event)?];
            if new {
                // Its siblings publish the same content: their containers are of the old one.
                let siblings = view.publications.iter().filter(|p| p.id != id);
                for sibling in siblings.filter(|p| p.state().is_pre_arm()) {
                    let event = Event::Edit {
                        due: None,
                        max_late: None,
                        content_version,
                    };
                    publications.push(self.row_change(sibling, event)?);
                }
            }
            post.updated_at = self.now();
            self.commit(vec![change(post, publications)], None).await
        })
        .await?;
        Ok(self.publication(actor, id).await?.1)
    }

    /// Takes a person's word for what became of a publication.
    ///
    /// # Errors
    ///
    /// [`Conflict::State`] unless it is in review; [`Conflict::Risk`] when the earlier try may
    /// still go live and the risk was not accepted; [`ServiceError::Invalid`].
    pub async fn resolve_publication(
        &self,
        actor: Actor,
        id: PublicationId,
        resolution: &Resolution,
    ) -> Result<Publication, ServiceError> {
        self.act(actor, id, |view, row| async move {
            Ok(match resolution {
                Resolution::Live { permalink } => Event::ResolveLive {
                    permalink: checked_permalink(permalink.as_deref())?,
                },
                Resolution::NotLive {
                    accept_duplicate_risk,
                    publish_at,
                } => {
                    let again = |due| Event::ResolveAgain {
                        due,
                        risk_accepted: *accept_duplicate_risk,
                    };
                    // Whether it can go out again goes before what is wrong with the request.
                    self.row_change(&row, again(self.now()))?;
                    let content = &view.post.content;
                    let at = publish_at.as_deref();
                    again(self.due_again(actor, &view, content, at).await?)
                }
                Resolution::Leave => Event::ResolveLeave,
            })
        })
        .await
    }

    /// The receipt of a published publication.
    ///
    /// # Errors
    ///
    /// [`Conflict::State`] unless it is published.
    pub async fn receipt(&self, actor: Actor, id: PublicationId) -> Result<Receipt, ServiceError> {
        let (view, row) = self.publication(actor, id).await?;
        let account = self.store().account(actor.workspace, row.account).await?;
        let media = self
            .store()
            .media(actor.workspace, view.post.content.media_id())
            .await?;
        let receipt = account
            .zip(media)
            .and_then(|(account, media)| Receipt::of(&row, &account, &media));
        receipt.ok_or_else(|| {
            ServiceError::Conflict(Conflict::State {
                standing: (&row).into(),
                refused: Refused::Receipt,
            })
        })
    }

    /// One event on one row.
    async fn act<F, Fut>(
        &self,
        actor: Actor,
        id: PublicationId,
        event: F,
    ) -> Result<Publication, ServiceError>
    where
        F: Fn(PostView, Publication) -> Fut + Send + Sync,
        Fut: Future<Output = Result<Event, ServiceError>> + Send,
    {
        let event = &event;
        until_written(|| async move {
            let (view, row) = self.publication(actor, id).await?;
            let event = event(view.clone(), row.clone()).await?;
            let written = self.row_change(&row, event)?;
            let mut post = view.post;
            post.updated_at = self.now();
            self.commit(vec![change(post, vec![written])], None).await
        })
        .await?;
        Ok(self.publication(actor, id).await?.1)
    }

    /// When it goes out again. Everything that scheduling checks is checked again.
    async fn due_again(
        &self,
        actor: Actor,
        view: &PostView,
        content: &crate::model::Content,
        publish_at: Option<&str>,
    ) -> Result<DateTime<Utc>, ServiceError> {
        let media = self
            .store()
            .media(actor.workspace, content.media_id())
            .await?;
        if media.is_some_and(|m| m.status == MediaStatus::Deleted) {
            return Err(rules::error("media.gone").field("media_id").into());
        }
        let live = view
            .publications
            .iter()
            .filter(|p| p.state() != State::Published);
        let request = PostRequest {
            account_ids: live.map(|p| p.account).collect(),
            content: content.clone(),
            publish_at: publish_at.map(str::to_owned),
            timezone: Some(view.post.timezone.clone()),
            max_late: None,
            draft: false,
        };
        let now = self.now();
        Ok(self.accept(actor, &request).await?.0.when.instant.max(now))
    }
}

fn change(
    post: crate::model::Post,
    publications: Vec<crate::ports::store::PublicationChange>,
) -> PostChange {
    PostChange {
        post,
        publications,
        add: Vec::new(),
        remove: Vec::new(),
        delete: false,
    }
}

fn checked_permalink(permalink: Option<&str>) -> Result<Option<String>, ServiceError> {
    let Some(text) = permalink else {
        return Ok(None);
    };
    let good = text.len() <= 2048 && Url::parse(text).is_ok_and(|u| u.scheme() == "https");
    if good {
        return Ok(Some(text.to_owned()));
    }
    let shown: String = text.chars().take(100).collect();
    Err(rules::error("permalink.format")
        .field("permalink")
        .actual(shown)
        .limit("https://www.instagram.com/reel/…")
        .into())
}
