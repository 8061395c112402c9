//! `/v1/media/{id}/fix`: what encoding a video anew would change, and doing so.

use chrono::{DateTime, Utc};
use contentzavod_core::model::{Fix, FixStatus as CoreStatus, MediaId, Shape as CoreShape};
use contentzavod_core::service::{Contentzavod, FixPlan};
use contentzavod_core::words::rules;
use poem::http::StatusCode;
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use uuid::Uuid;

use super::auth::{Act, Auth};
use super::problem::{Finding, Refused};
use super::tag::Tag;
use crate::encode::Encoding;

/// What becomes of a picture that is not 9:16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Shape {
    /// It stays, unless Instagram would refuse it: then bars are put around it.
    Keep,
    /// Black bars make it 9:16.
    Pad,
    /// What is too wide or too high is cut off.
    Crop,
}

impl From<CoreShape> for Shape {
    fn from(shape: CoreShape) -> Self {
        match shape {
            CoreShape::Keep => Self::Keep,
            CoreShape::Pad => Self::Pad,
            CoreShape::Crop => Self::Crop,
        }
    }
}

impl From<Shape> for CoreShape {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Keep => Self::Keep,
            Shape::Pad => Self::Pad,
            Shape::Crop => Self::Crop,
        }
    }
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum FixStatus {
    /// Nothing was begun: this is what would change.
    Planned,
    /// It waits for its turn: one video is encoded at a time.
    Queued,
    /// It is being encoded.
    Running,
    /// The new file is there.
    Done,
    /// There is no new file; findings say why.
    Failed,
    /// Somebody called it off.
    Cancelled,
}

impl From<CoreStatus> for FixStatus {
    fn from(status: CoreStatus) -> Self {
        match status {
            CoreStatus::Queued => Self::Queued,
            CoreStatus::Running => Self::Running,
            CoreStatus::Done => Self::Done,
            CoreStatus::Failed => Self::Failed,
            CoreStatus::Cancelled => Self::Cancelled,
        }
    }
}

/// Something about a video that encoding it changes.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MediaChange {
    /// The rule that is broken now.
    rule: String,
    /// What the video is now.
    from: Option<String>,
    /// What it becomes.
    to: String,
}

/// Encoding a video anew.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MediaFix {
    /// The file as it is; it stays.
    media_id: Uuid,
    /// What becomes of a picture that is not 9:16.
    shape: Shape,
    /// How far it has come.
    status: FixStatus,
    /// Of the video, so many in a hundred are encoded.
    progress: u8,
    /// What changes. Of a video in fragments or in another format more may show, and change, once it
    /// is packed anew.
    changes: Vec<MediaChange>,
    /// Rules whose warnings stay.
    stays: Vec<String>,
    /// The same as a command, for a machine with ffmpeg.
    command: Option<String>,
    /// The new file, once it is there.
    result_media_id: Option<Uuid>,
    /// Why there is no new file.
    findings: Vec<Finding>,
    /// When it was asked for.
    created_at: Option<DateTime<Utc>>,
    /// When it ended.
    ended_at: Option<DateTime<Utc>>,
}

impl MediaFix {
    fn planned(plan: &FixPlan, shape: CoreShape) -> Self {
        let changes = plan.transcode.changes.iter().cloned();
        Self {
            media_id: plan.media.id.0,
            shape: shape.into(),
            status: FixStatus::Planned,
            progress: 0,
            changes: changes
                .map(|change| MediaChange {
                    rule: change.rule,
                    from: change.from,
                    to: change.to,
                })
                .collect(),
            stays: plan.transcode.stays.clone(),
            command: Some(command(plan)),
            result_media_id: None,
            findings: Vec::new(),
            created_at: None,
            ended_at: None,
        }
    }

    fn asked(plan: &FixPlan, fix: Fix) -> Self {
        let planned = Self::planned(plan, fix.shape);
        Self {
            changes: planned.changes,
            stays: planned.stays,
            command: planned.command,
            ..Self::of(fix)
        }
    }

    fn of(fix: Fix) -> Self {
        Self {
            media_id: fix.media.0,
            shape: fix.shape.into(),
            status: fix.status.into(),
            progress: fix.progress,
            changes: Vec::new(),
            stays: Vec::new(),
            command: None,
            result_media_id: fix.result.map(|id| id.0),
            findings: fix.findings.into_iter().map(Into::into).collect(),
            created_at: Some(fix.created_at),
            ended_at: fix.ended_at,
        }
    }
}

/// The command for a person's own machine.
fn command(plan: &FixPlan) -> String {
    let name = plan.media.filename.as_deref().unwrap_or("in.mp4");
    // What begins so is an option.
    let name = match name.strip_prefix('-') {
        Some(_) => format!("./{name}"),
        None => name.to_owned(),
    };
    let out = if name == "out.mp4" {
        "fixed.mp4"
    } else {
        "out.mp4"
    };
    plan.transcode.command_line(&name, out)
}

fn refuse_without(encoding: &Encoding, plan: &FixPlan) -> Result<(), Refused> {
    if encoding.is_on() {
        return Ok(());
    }
    let finding = rules::error_about("fix.no_ffmpeg", command(plan));
    Err(Refused::new(StatusCode::NOT_IMPLEMENTED, "fix.no_ffmpeg").findings([finding]))
}

/// Videos encoded anew.
#[derive(Debug)]
pub struct MediaFixes;

#[OpenApi(prefix_path = "/v1/media", tag = "Tag::Media")]
impl MediaFixes {
    /// Say what encoding a video anew would change, and with `confirm` do so.
    ///
    /// Without `confirm` nothing is begun. With it one video after another is encoded in the
    /// background; ask again with GET. The file stays as it is, and the new one gets an id of its
    /// own. One with another shape is under way: 409. Where the server has no ffmpeg: 501, with the command to run elsewhere.
    #[oai(path = "/:id/fix", method = "post", operation_id = "media_fix")]
    async fn fix(
        &self,
        app: Data<&Contentzavod>,
        encoding: Data<&Encoding>,
        auth: Auth,
        id: Path<Uuid>,
        /// Begin.
        confirm: Query<Option<bool>>,
        /// What becomes of a picture that is not 9:16; `keep` when absent.
        shape: Query<Option<Shape>>,
    ) -> Result<Json<MediaFix>, Refused> {
        let (actor, id) = (auth.may(Act::ChangeMedia)?, MediaId(id.0));
        let shape = shape.0.unwrap_or(Shape::Keep).into();
        let plan = app.plan_fix(actor, id, shape).await?;
        refuse_without(&encoding, &plan)?;
        if !confirm.0.unwrap_or(false) {
            return Ok(Json(MediaFix::planned(&plan, shape)));
        }
        let fix = app.ask_fix(actor, id, shape).await?;
        encoding.wake();
        Ok(Json(MediaFix::asked(&plan, fix)))
    }

    /// Read how far it has come.
    #[oai(path = "/:id/fix", method = "get", operation_id = "media_fix_get")]
    async fn get(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Json<MediaFix>, Refused> {
        let (actor, id) = (auth.may(Act::SeeMedia)?, MediaId(id.0));
        let fix = app.fix(actor, id).await?;
        // Of a file that is gone nothing can be told any more.
        Ok(Json(match app.plan_fix(actor, id, fix.shape).await {
            Ok(plan) => MediaFix::asked(&plan, fix),
            Err(_) => MediaFix::of(fix),
        }))
    }

    /// Call it off. One that has ended stays as it ended.
    #[oai(
        path = "/:id/fix",
        method = "delete",
        operation_id = "media_fix_cancel"
    )]
    async fn cancel(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Json<MediaFix>, Refused> {
        let fix = app
            .cancel_fix(auth.may(Act::ChangeMedia)?, MediaId(id.0))
            .await?;
        Ok(Json(MediaFix::of(fix)))
    }
}
