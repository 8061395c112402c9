//! Errors of the use cases as refusals.

use contentzavod_core::ports::CallError;
use contentzavod_core::service::{Conflict, ServiceError};
use contentzavod_preflight::Finding;
use poem::http::StatusCode;

use super::Refused;

impl From<ServiceError> for Refused {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound(noun) => Self::not_found(&named(noun)),
            ServiceError::Invalid(findings) => {
                Self::broken("request.invalid", "The request breaks rules", findings)
            }
            ServiceError::Conflict(conflict) => conflict.into(),
            ServiceError::KeyReused => Self::broken(
                "idempotency_key.reused",
                "The idempotency key was used for another request",
                [
                    Finding::error("idempotency_key.reused", "It belongs to another request.")
                        .field("Idempotency-Key")
                        .fix("Make a new key for a new request."),
                ],
            ),
            ServiceError::Platform(error) => platform(&error),
            ServiceError::Store(error) => error.into(),
            ServiceError::Blobs(error) => error.into(),
            other => {
                tracing::error!(error = %other, "a use case failed");
                Self::internal()
            }
        }
    }
}

impl From<Conflict> for Refused {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::PastArming(ids) => conflicts(
                "publication.past_arming",
                "Publishing has begun and cannot be taken back",
                ids.iter()
                    .map(|id| about("publication.past_arming", "It is being published.", id)),
            ),
            Conflict::Final(ids) => conflicts(
                "publication.final",
                "Nothing is left to change",
                ids.iter()
                    .map(|id| about("publication.final", "It is published or cancelled.", id)),
            ),
            Conflict::State {
                publication,
                message,
            } => conflicts(
                "publication.state",
                "The publication is in another state",
                [about("publication.state", &message, &publication)],
            ),
            Conflict::Risk(id) => conflicts(
                "publication.risk",
                "The earlier try may still go live",
                [about("publication.risk", "It may then appear twice.", &id)
                    .field("accept_duplicate_risk")
                    .fix("Send `accept_duplicate_risk: true` to publish all the same.")],
            ),
            Conflict::MediaInUse { posts, .. } => conflicts(
                "media.in_use",
                "Posts still use the file",
                posts.iter().map(|id| {
                    about("media.in_use", "This post uses the file.", id)
                        .fix("Cancel the post, or send `?cancel_posts=true`.")
                }),
            ),
            _ => Self::new(
                StatusCode::CONFLICT,
                "busy",
                "It changed again and again meanwhile",
            )
            .retry_after(1),
        }
    }
}

/// What the API calls a thing that the use cases call otherwise: codes are decided by.
fn named(noun: &str) -> String {
    match noun {
        "file" => "media".to_owned(),
        noun => noun.to_lowercase().replace(' ', "_"),
    }
}

fn about(rule: &str, message: &str, id: &impl ToString) -> Finding {
    Finding::error(rule.to_owned(), message).actual(id.to_string())
}

fn conflicts(code: &str, title: &str, findings: impl IntoIterator<Item = Finding>) -> Refused {
    Refused::new(StatusCode::CONFLICT, code, title).findings(findings)
}

/// The platform's words are told; they carry no token.
fn platform(error: &CallError) -> Refused {
    tracing::warn!(%error, "the platform did not answer as needed");
    Refused::new(
        StatusCode::BAD_GATEWAY,
        "platform.unavailable",
        "The platform did not answer as needed",
    )
    .detail(error.fault().message.clone())
    .retry_after(30)
}
