//! Changes of a whole post, all or nothing: cancel and delete.

use super::error::{Conflict, ServiceError};
use super::facade::Contentzavod;
use super::retry_loop::until_written;
use crate::model::{Actor, MediaId, PostId, Publication, WorkspaceId};
use crate::ports::store::{PostChange, PostView, PublicationChange};
use crate::publication::event::Kind;
use crate::publication::{Context, Event, Refusal, State, step};
use crate::words::Refused;

impl Contentzavod {
    /// Takes back what is not armed yet. Published and cancelled publications stay as they are.
    ///
    /// # Errors
    ///
    /// [`Conflict::PastArming`] names those that cannot be taken back: then nothing is cancelled.
    /// [`Conflict::Final`] when there is nothing left to cancel.
    pub async fn cancel_post(&self, actor: Actor, id: PostId) -> Result<PostView, ServiceError> {
        until_written(|| async {
            let view = self.post(actor, id).await?;
            let change = self.cancelling(&view, false)?;
            self.commit(vec![change], None).await
        })
        .await?;
        self.post(actor, id).await
    }

    /// Takes back what is not armed yet and deletes the post's record.
    ///
    /// # Errors
    ///
    /// [`Conflict::PastArming`] as for cancel.
    pub async fn delete_post(&self, actor: Actor, id: PostId) -> Result<(), ServiceError> {
        until_written(|| async {
            let view = self.post(actor, id).await?;
            let mut change = self.cancelling(&view, true)?;
            change.delete = true;
            self.commit(vec![change], None).await
        })
        .await
    }

    /// Writes changes; `None` when a revision had moved.
    pub(super) async fn commit(
        &self,
        changes: Vec<PostChange>,
        delete_media: Option<(WorkspaceId, MediaId)>,
    ) -> Result<Option<()>, ServiceError> {
        let written = self.store().change(changes, delete_media).await?;
        if written {
            self.inner.wake.notify();
        }
        Ok(written.then_some(()))
    }

    /// The change that cancels everything that can be cancelled. `even_if_nothing`: a post whose
    /// publications are all final is no conflict.
    pub(super) fn cancelling(
        &self,
        view: &PostView,
        even_if_nothing: bool,
    ) -> Result<PostChange, ServiceError> {
        refuse_past_arming(view)?;
        let mut publications = Vec::new();
        for row in &view.publications {
            if !row.state().is_final() {
                publications.push(self.row_change(row, Event::Cancel)?);
            }
        }
        if publications.is_empty() && !even_if_nothing {
            let all = view.publications.iter().map(Into::into).collect();
            return Err(ServiceError::Conflict(Conflict::Final(all)));
        }
        let mut post = view.post.clone();
        post.updated_at = self.now();
        Ok(PostChange {
            post,
            publications,
            add: Vec::new(),
            remove: Vec::new(),
            delete: false,
        })
    }

    /// What the machine says to a person's event on one row.
    pub(super) fn row_change(
        &self,
        row: &Publication,
        event: Event,
    ) -> Result<PublicationChange, ServiceError> {
        let context = Context {
            now: self.now(),
            numbers: &self.inner.numbers,
        };
        let step = step(&row.progress, event, &context).map_err(|r| refused(row, r))?;
        Ok(PublicationChange {
            id: row.id,
            rev: row.rev,
            next: step.next,
            caption_key: None,
            notices: step.notices,
        })
    }
}

/// Refuses when publishing has begun for any of the post's publications.
pub(super) fn refuse_past_arming(view: &PostView) -> Result<(), ServiceError> {
    let past: Vec<_> = view
        .publications
        .iter()
        .filter(|p| p.state().is_armed_side())
        .map(Into::into)
        .collect();
    if past.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Conflict(Conflict::PastArming(past)))
    }
}

/// Refuses a change of content when one of them is live with the old one.
pub(super) fn refuse_published(view: &PostView) -> Result<(), ServiceError> {
    let live: Vec<_> = view
        .publications
        .iter()
        .filter(|p| p.state() == State::Published)
        .map(Into::into)
        .collect();
    if live.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Conflict(Conflict::Final(live)))
    }
}

fn refused(row: &Publication, refusal: Refusal) -> ServiceError {
    ServiceError::Conflict(match refusal {
        Refusal::PastArming(_) => Conflict::PastArming(vec![row.into()]),
        Refusal::Final(_) => Conflict::Final(vec![row.into()]),
        Refusal::Risk => Conflict::Risk(row.id),
        Refusal::NotHere { event, .. } => Conflict::State {
            standing: row.into(),
            refused: match event {
                Kind::Retry => Refused::Retry,
                Kind::ResolveLive | Kind::ResolveAgain | Kind::ResolveLeave => Refused::Resolve,
                _ => Refused::Other,
            },
        },
    })
}
