//! Files: taken in after the pre-flight, listed, deleted.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::error::{Conflict, ServiceError};
use super::facade::Contentzavod;
use super::intake::{Checked, Intake};
use super::retry_loop::until_written;
use crate::model::{
    Actor, Cursor, Media, MediaId, MediaKind, MediaStatus, Page, Shape, WorkspaceId,
};
use crate::ports::store::MediaDeleted;
use crate::publication::State;
use contentzavod_preflight::{Finding, Transcode};

/// A spooled upload: its bytes are on disk and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where the bytes lie; taken over, or left for the caller to delete.
    pub path: PathBuf,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// The name it was uploaded under, for display only.
    pub filename: Option<String>,
    /// Keep what would be refused, if an encoder can mend it: no post takes it as it is.
    pub keep_refused: bool,
}

impl Contentzavod {
    /// What files must be to be taken in.
    #[must_use]
    pub fn intake(&self) -> &Intake {
        &self.inner.intake
    }

    /// Takes in a spooled file, unless the platform would refuse it. A video whose only fault is that
    /// its index stands behind the frames is mended first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] with every finding of the pre-flight: nothing is kept then, unless
    /// the upload asks for it and an encoder could mend it.
    pub async fn add_media(&self, actor: Actor, upload: Upload) -> Result<Media, ServiceError> {
        let media = match self.checked(actor.workspace, &upload).await? {
            Ok(media) => media,
            Err(findings) => return Err(ServiceError::Invalid(findings)),
        };
        // Whoever waits for the answer may go away meanwhile: bytes and row are kept both or neither.
        let (app, path) = (self.clone(), upload.path.clone());
        let keeping = tokio::spawn(async move {
            app.inner.blobs.adopt(media.id, &path).await?;
            let id = media.id;
            match app.store().insert_media(media).await {
                Ok(media) => Ok(media),
                Err(error) => {
                    app.drop_bytes(id).await;
                    Err(error.into())
                }
            }
        });
        keeping.await.map_err(std::io::Error::other)?
    }

    /// The row of a spooled file, or what refuses it.
    pub(super) async fn checked(
        &self,
        workspace: WorkspaceId,
        upload: &Upload,
    ) -> Result<Result<Media, Vec<Finding>>, ServiceError> {
        let checked = self.intake().admit(upload.path.clone()).await?;
        let report = &checked.report;
        let refused = report.findings.iter().any(Finding::is_error);
        let curable = || {
            let plan = Transcode::plan(&report.findings, report.facts.duration_ms, Shape::Keep);
            checked.kind == MediaKind::Video && plan.is_ok()
        };
        if refused && !(upload.keep_refused && curable()) {
            return Ok(Err(checked.report.findings));
        }
        Ok(Ok(row(workspace, upload, checked, self.now())))
    }

    /// Without a row nobody would ever find the bytes again.
    pub(super) async fn drop_bytes(&self, id: MediaId) {
        if let Err(error) = self.inner.blobs.delete(id).await {
            tracing::error!(media = %id, %error, "bytes without a row were not deleted");
        }
    }

    /// A file.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing or foreign one.
    pub async fn media(&self, actor: Actor, id: MediaId) -> Result<Media, ServiceError> {
        let media = self.store().media(actor.workspace, id).await?;
        media.ok_or(ServiceError::NotFound("file"))
    }

    /// Files, newest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn media_list(
        &self,
        actor: Actor,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Media>, ServiceError> {
        Ok(self
            .store()
            .media_list(actor.workspace, after, limit)
            .await?)
    }

    /// Deletes a file. With `cancel_posts` the posts that use it are cancelled with it, all or nothing.
    ///
    /// # Errors
    ///
    /// [`Conflict::MediaInUse`] naming the posts; [`Conflict::PastArming`] when one of them cannot
    /// be taken back any more.
    pub async fn delete_media(
        &self,
        actor: Actor,
        id: MediaId,
        cancel_posts: bool,
    ) -> Result<(), ServiceError> {
        match self.store().delete_media(actor.workspace, id).await? {
            MediaDeleted::Deleted => return Ok(()),
            MediaDeleted::Missing => return Err(ServiceError::NotFound("file")),
            MediaDeleted::InUse => {}
        }
        until_written(|| async {
            let views = self.store().posts_using(actor.workspace, id).await?;
            if !cancel_posts {
                let posts = views.iter().map(|v| v.post.id).collect();
                let in_use = Conflict::MediaInUse { media: id, posts };
                return Err(ServiceError::Conflict(in_use));
            }
            let changes = views
                .iter()
                .filter(|v| v.publications.iter().any(|p| holds(p.state())))
                .map(|view| self.cancelling(view, true))
                .collect::<Result<_, _>>()?;
            self.commit(changes, Some((actor.workspace, id))).await
        })
        .await
    }
}

const fn holds(state: State) -> bool {
    !state.is_final()
}

fn row(workspace: WorkspaceId, upload: &Upload, checked: Checked, now: DateTime<Utc>) -> Media {
    let facts = checked.report.facts;
    let (sha256, original_sha256) = match checked.mended {
        Some(sha256) => (sha256, Some(upload.sha256.clone())),
        None => (upload.sha256.clone(), None),
    };
    Media {
        id: MediaId::generate(now),
        workspace,
        kind: checked.kind,
        status: MediaStatus::Ready,
        filename: upload.filename.clone(),
        content_type: checked.content_type.to_owned(),
        bytes: facts.bytes,
        sha256,
        original_sha256,
        duration_ms: facts.duration_ms,
        width: facts.width,
        height: facts.height,
        findings: checked.report.findings,
        expires_at: None,
        created_at: now,
    }
}
