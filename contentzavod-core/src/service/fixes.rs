//! Videos that are encoded anew: told first, then asked for, then done by whoever has an encoder.

use chrono::TimeDelta;
use contentzavod_preflight::{Finding, Shape, Transcode};

use super::error::{Conflict, ServiceError};
use super::facade::Contentzavod;
use super::media::Upload;
use crate::model::{Actor, Fix, Media, MediaId, MediaKind, MediaStatus};
use crate::ports::store::FixEnd;
use crate::words::rules;

/// What encoding a file anew would do.
#[derive(Debug, Clone, PartialEq)]
pub struct FixPlan {
    /// The file.
    pub media: Media,
    /// What would change.
    pub transcode: Transcode,
}

impl Contentzavod {
    /// What would change if a file was encoded anew. Writes nothing.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] when nothing would change, or the result would be refused still.
    pub async fn plan_fix(
        &self,
        actor: Actor,
        id: MediaId,
        shape: Shape,
    ) -> Result<FixPlan, ServiceError> {
        let media = self.media(actor, id).await?;
        if media.status == MediaStatus::Deleted {
            return Err(rules::error("media.gone").into());
        }
        if media.kind == MediaKind::Image {
            return Err(rules::error("fix.not_video").into());
        }
        let transcode = Transcode::plan(&media.findings, media.duration_ms, shape);
        let transcode = transcode.map_err(|never| {
            let stays = |finding: &&Finding| never.0.contains(&finding.rule);
            let findings = media.findings.iter().filter(stays).cloned();
            ServiceError::Invalid(findings.collect())
        })?;
        if transcode.is_empty() {
            return Err(rules::error("fix.nothing").into());
        }
        Ok(FixPlan { media, transcode })
    }

    /// Asks for a file to be encoded anew. One that is under way already is left as it is.
    ///
    /// # Errors
    ///
    /// As [`Self::plan_fix`]; [`Conflict::OtherShape`] when it is under way with another.
    pub async fn ask_fix(
        &self,
        actor: Actor,
        id: MediaId,
        shape: Shape,
    ) -> Result<Fix, ServiceError> {
        self.plan_fix(actor, id, shape).await?;
        let fix = self.store().ask_fix(actor.workspace, id, shape).await?;
        if fix.shape != shape {
            return Err(ServiceError::Conflict(Conflict::OtherShape(fix.shape)));
        }
        Ok(fix)
    }

    /// How far encoding a file anew has come.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] when nobody asked for it.
    pub async fn fix(&self, actor: Actor, id: MediaId) -> Result<Fix, ServiceError> {
        let fix = self.store().fix(actor.workspace, id).await?;
        fix.ok_or(ServiceError::NotFound("fix"))
    }

    /// Calls it off; one that has ended stays as it ended.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] when nobody asked for it.
    pub async fn cancel_fix(&self, actor: Actor, id: MediaId) -> Result<Fix, ServiceError> {
        let fix = self.store().cancel_fix(actor.workspace, id).await?;
        fix.ok_or(ServiceError::NotFound("fix"))
    }

    /// For the encoder: the next one to do, held for a time. One whose file is gone ends here.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn claim_fix(
        &self,
        lease: TimeDelta,
    ) -> Result<Option<(Fix, FixPlan)>, ServiceError> {
        while let Some(fix) = self.store().claim_fix(lease).await? {
            let findings = match self.planned_of(&fix).await? {
                Ok(plan) => return Ok(Some((fix, plan))),
                Err(findings) => findings,
            };
            let end = FixEnd::Failed(findings);
            self.store().end_fix(fix.media, fix.epoch, end).await?;
        }
        Ok(None)
    }

    async fn planned_of(&self, fix: &Fix) -> Result<Result<FixPlan, Vec<Finding>>, ServiceError> {
        let Some(media) = self.store().media(fix.workspace, fix.media).await? else {
            return Ok(Err(vec![rules::error("media.not_found")]));
        };
        if media.status == MediaStatus::Deleted {
            return Ok(Err(vec![rules::error("media.gone")]));
        }
        let plan = Transcode::plan(&media.findings, media.duration_ms, fix.shape);
        Ok(match plan {
            Ok(transcode) => Ok(FixPlan { media, transcode }),
            Err(_) => Err(media.findings),
        })
    }

    /// For the encoder: holds on; false when it was called off or lost.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn renew_fix(
        &self,
        fix: &Fix,
        progress: u8,
        lease: TimeDelta,
    ) -> Result<bool, ServiceError> {
        let (store, progress) = (self.store(), progress.min(99));
        Ok(store
            .renew_fix(fix.media, fix.epoch, progress, lease)
            .await?)
    }

    /// For the encoder: it ends before it is done, and the next one begins anew.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn give_back_fix(&self, fix: &Fix) -> Result<(), ServiceError> {
        Ok(self.store().give_back_fix(fix.media, fix.epoch).await?)
    }

    /// For the encoder: there is no new file, and this is why.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn fail_fix(&self, fix: &Fix, why: Finding) -> Result<(), ServiceError> {
        let end = FixEnd::Failed(vec![why]);
        self.store().end_fix(fix.media, fix.epoch, end).await?;
        Ok(())
    }

    /// For the encoder: takes in the new file. One that would still be refused is not kept, and the
    /// findings say why.
    ///
    /// # Errors
    ///
    /// [`ServiceError`]; nothing is kept then.
    pub async fn end_fix(
        &self,
        fix: &Fix,
        source: &Media,
        upload: Upload,
    ) -> Result<(), ServiceError> {
        let new = match self.checked(fix.workspace, &upload).await? {
            Ok(new) => new,
            Err(findings) => {
                let end = FixEnd::Failed(findings);
                self.store().end_fix(fix.media, fix.epoch, end).await?;
                return Ok(());
            }
        };
        let original = source.original_sha256.clone();
        let new = Media {
            original_sha256: Some(original.unwrap_or_else(|| source.sha256.clone())),
            ..new
        };
        let (app, fix) = (self.clone(), fix.clone());
        let keeping = tokio::spawn(async move {
            app.inner.blobs.adopt(new.id, &upload.path).await?;
            let (id, end) = (new.id, FixEnd::Done(Box::new(new)));
            let ended = app.store().end_fix(fix.media, fix.epoch, end).await;
            if !matches!(ended, Ok(true)) {
                app.drop_bytes(id).await;
            }
            ended.map(drop).map_err(ServiceError::from)
        });
        keeping.await.map_err(std::io::Error::other)?
    }
}
