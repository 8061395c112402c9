//! `/v1/publications`: one post on one account, and what a person does with it.

use chrono::{DateTime, Utc};
use contentzavod_core::model::{self, MediaId, PublicationId};
use contentzavod_core::publication::State;
use contentzavod_core::service::{Contentzavod, Resolution};
use contentzavod_core::words::{Told, rules};
use poem::web::Data;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi, Union};
use uuid::Uuid;

use super::answer::Download;
use super::auth::{Act, Auth};
use super::problem::{Finding, Refused};
use super::reader::Reader;
use super::receipt::Receipt;
use super::strict::Strict;
use super::tag::Tag;

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Where a publication stands.
        #[derive(Debug, Clone, Copy, Enum)]
        #[oai(rename_all = "snake_case")]
        pub enum PublicationStatus { $($(#[$doc])* $name),+ }

        impl From<State> for PublicationStatus {
            fn from(state: State) -> Self {
                match state { $(State::$name => Self::$name),+ }
            }
        }
    };
}

statuses! {
    /// Not scheduled yet.
    Draft,
    /// Waits for its time.
    Scheduled,
    /// The container is being made.
    Preparing,
    /// Instagram processes the video.
    Processing,
    /// One call is left.
    Ready,
    /// Instagram's quota is used up; nothing was sent.
    WaitingQuota,
    /// The account cannot publish until a person acts; nothing was sent.
    WaitingAccount,
    /// The publish call may leave at any moment.
    Armed,
    /// The call may have left and Instagram has not said what became of it.
    Uncertain,
    /// Instagram cannot tell: a person is asked.
    NeedsReview,
    /// Live.
    Published,
    /// Could not be prepared; mend and retry.
    Failed,
    /// Too late to go out on its own.
    Missed,
    /// Taken back.
    Cancelled,
}

/// Why a publication stands where it stands.
#[derive(Debug, Object)]
pub struct PublicationError {
    /// A stable code, e.g. `media.gone`.
    code: String,
    /// What happened and what to do, for a person, in their language.
    message: String,
    /// What to do, a stable word: `edit`, `reconnect`, `open_app`, `retry`, `resolve`, `operator`
    /// (whoever runs the server must act), `wait` or `none`.
    action: String,
}

impl From<Told> for PublicationError {
    fn from(told: Told) -> Self {
        Self {
            message: told.message(),
            code: told.code,
            action: told.action.to_owned(),
        }
    }
}

/// One post on one account.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Publication {
    /// Our id.
    id: Uuid,
    /// Its post.
    post_id: Uuid,
    /// Its account.
    account_id: Uuid,
    /// Where it stands.
    status: PublicationStatus,
    /// When it is to go out.
    due_at: DateTime<Utc>,
    /// When it went live.
    published_at: Option<DateTime<Utc>>,
    /// Instagram's id of the published media.
    remote_id: Option<String>,
    /// Where people see it; may come a little after `published`.
    permalink: Option<String>,
    /// Publish calls that may have left.
    sends: u32,
    /// Tries of preparing it that failed and were repeated.
    attempts: u32,
    /// What to know before acting on it.
    findings: Vec<Finding>,
    /// Why it stands here.
    error: Option<PublicationError>,
}

impl Publication {
    /// A row as its reader reads it.
    pub(super) fn of(row: model::Publication, reader: Reader<'_>) -> Self {
        let why = reader.why(&row);
        let progress = row.progress;
        Self {
            id: row.id.0,
            post_id: row.post.0,
            account_id: row.account.0,
            status: progress.state.into(),
            due_at: progress.due_at,
            published_at: progress.published_at,
            sends: progress.send_count(),
            attempts: progress.attempts,
            findings: earlier_try(progress.risk_accepted && !progress.state.is_final()),
            remote_id: progress.remote_id,
            permalink: progress.permalink,
            error: why.map(Into::into),
        }
    }
}

/// After "publish again" with the risk accepted, cancel and edit answer for the new try only.
fn earlier_try(may_go_live: bool) -> Vec<Finding> {
    let finding = || rules::warning("publication.earlier_try");
    may_go_live
        .then(finding)
        .map(Into::into)
        .into_iter()
        .collect()
}

/// How a failed or missed publication shall go out after all.
#[derive(Debug, Object)]
pub struct Retry {
    /// When, as when scheduling; absent: now.
    publish_at: Option<String>,
    /// Another video, e.g. because the old one is gone.
    media_id: Option<Uuid>,
}

/// What became of a publication that Instagram does not tell about.
#[derive(Debug, Union)]
#[oai(one_of, discriminator_name = "outcome", rename_all = "snake_case")]
pub enum Resolve {
    /// It is live.
    Live(ResolveLive),
    /// It is not live: publish it again.
    NotLive(ResolveNotLive),
    /// Leave it; the record says that the outcome is unknown.
    Leave(ResolveLeave),
}

/// It is live.
#[derive(Debug, Object)]
pub struct ResolveLive {
    /// Where, if you know.
    permalink: Option<String>,
}

/// It is not live: publish it again.
#[derive(Debug, Object)]
pub struct ResolveNotLive {
    /// The earlier try may still go live; it may then appear twice.
    #[oai(default)]
    accept_duplicate_risk: bool,
    /// When, as when scheduling; absent: now.
    publish_at: Option<String>,
}

/// Leave it.
#[derive(Debug, Object)]
pub struct ResolveLeave {}

impl From<Resolve> for Resolution {
    fn from(resolve: Resolve) -> Self {
        match resolve {
            Resolve::Live(live) => Self::Live {
                permalink: live.permalink,
            },
            Resolve::NotLive(again) => Self::NotLive {
                accept_duplicate_risk: again.accept_duplicate_risk,
                publish_at: again.publish_at,
            },
            Resolve::Leave(ResolveLeave {}) => Self::Leave,
        }
    }
}

/// Publications.
#[derive(Debug)]
pub struct Publications;

#[OpenApi(prefix_path = "/v1/publications", tag = "Tag::Publications")]
impl Publications {
    /// Take one publication back; 409 when publishing has begun.
    #[oai(
        path = "/:id/cancel",
        method = "post",
        operation_id = "publication_cancel"
    )]
    async fn cancel(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Json<Publication>, Refused> {
        let (actor, id) = (auth.may(Act::WritePosts)?, PublicationId(id.0));
        let row = app.cancel_publication(actor, id).await?;
        Ok(Json(Publication::of(row, Reader::of(&app))))
    }

    /// Let a failed or missed publication go out after all.
    #[oai(
        path = "/:id/retry",
        method = "post",
        operation_id = "publication_retry"
    )]
    async fn retry(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
        body: Strict<Retry>,
    ) -> Result<Json<Publication>, Refused> {
        let (actor, id) = (auth.may(Act::Publish)?, PublicationId(id.0));
        let (at, media) = (body.0.publish_at, body.0.media_id.map(MediaId));
        let row = app.retry_publication(actor, id, at.as_deref(), media);
        Ok(Json(Publication::of(row.await?, Reader::of(&app))))
    }

    /// Say what became of a publication in review.
    #[oai(
        path = "/:id/resolve",
        method = "post",
        operation_id = "publication_resolve"
    )]
    async fn resolve(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
        body: Strict<Resolve>,
    ) -> Result<Json<Publication>, Refused> {
        let (actor, id) = (auth.may(Act::Publish)?, PublicationId(id.0));
        let resolution = body.0.into();
        let row = app.resolve_publication(actor, id, &resolution).await?;
        Ok(Json(Publication::of(row, Reader::of(&app))))
    }

    /// The receipt of a published publication, for download.
    #[oai(
        path = "/:id/receipt",
        method = "get",
        operation_id = "publication_receipt"
    )]
    async fn receipt(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Download<Receipt>, Refused> {
        let receipt = app
            .receipt(auth.may(Act::SeePosts)?, PublicationId(id.0))
            .await?;
        let name = format!("receipt-{}.json", id.0);
        Ok(Download::new(receipt.into(), &name))
    }
}
