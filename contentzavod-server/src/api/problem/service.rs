//! Errors of the use cases as refusals.

use contentzavod_core::model::Lang;
use contentzavod_core::ports::{CallError, IdentityError};
use contentzavod_core::service::{Conflict, ServiceError, SignInError, Standing};
use contentzavod_core::words::{Refused as No, rules};
use contentzavod_preflight::Finding;
use poem::http::StatusCode;

use super::Refused;
use crate::media::SpoolError;
use crate::middleware::language;

impl From<ServiceError> for Refused {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound(noun) => Self::not_found(&named(noun)),
            ServiceError::Invalid(findings) => Self::broken("request.invalid", findings),
            ServiceError::Conflict(conflict) => conflict.into(),
            ServiceError::KeyReused => Self::broken(
                "idempotency_key.reused",
                [
                    Finding::error("idempotency_key.reused", "It belongs to another request.")
                        .field("Idempotency-Key")
                        .fix("Make a new key for a new request."),
                ],
            ),
            ServiceError::TokenRefused(error) => token_refused(&error),
            ServiceError::Platform(error) => platform(&error),
            ServiceError::SignIn(error) => sign_in(&error),
            ServiceError::Replayed => Self::new(StatusCode::BAD_REQUEST, "meta.signed_request")
                .findings([rules::error("meta.replayed")]),
            ServiceError::Store(error) => error.into(),
            ServiceError::Blobs(error) => error.into(),
            // A file of the upload's folder, like those of the spool.
            ServiceError::Io(error) => SpoolError::disk(error).into(),
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
            Conflict::PastArming(all) => standing("publication.past_arming", No::PastArming, &all),
            Conflict::Final(all) => standing("publication.final", No::Final, &all),
            Conflict::State {
                standing: one,
                refused,
            } => standing("publication.state", refused, &[one]),
            Conflict::Risk(id) => conflicts(
                "publication.risk",
                [rules::error("publication.risk")
                    .actual(id.to_string())
                    .field("accept_duplicate_risk")],
            ),
            Conflict::MediaInUse { posts, .. } => conflicts(
                "media.in_use",
                posts
                    .iter()
                    .map(|id| rules::error("media.in_use").actual(id.to_string())),
            ),
            Conflict::OtherShape(shape) => conflicts(
                "fix.other_shape",
                [rules::error_about("fix.other_shape", shape.as_str()).field("shape")],
            ),
            Conflict::LastOwner(workspaces) => conflicts(
                "workspace.last_owner",
                workspaces
                    .iter()
                    .map(|w| rules::error_about("workspace.last_owner", &w.name)),
            ),
            _ => Self::new(StatusCode::CONFLICT, "busy").retry_after(1),
        }
    }
}

/// Names each publication, where it stands, and what can be done with it instead.
fn standing(code: &str, refused: No, all: &[Standing]) -> Refused {
    let lang = language::current();
    let finding = |one: &Standing| {
        about(code, &refused.why(one.state, lang), &one.publication).fix(one.state.instead(lang))
    };
    conflicts(code, all.iter().map(finding))
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

fn conflicts(code: &str, findings: impl IntoIterator<Item = Finding>) -> Refused {
    Refused::new(StatusCode::CONFLICT, code).findings(findings)
}

/// 422 for a token that the platform does not take, in the platform's words.
fn token_refused(error: &CallError) -> Refused {
    let lang = language::current();
    let fix = match lang {
        Lang::En => "Generate a new token in the Meta dashboard and paste the whole of it.",
        Lang::Ru => "Создайте новый токен в панели Meta и вставьте его целиком.",
    };
    let finding = Finding::error("access_token.refused", error.fault().says(lang));
    Refused::broken("request.invalid", [finding.field("access_token").fix(fix)])
}

/// Why nobody was signed in. What a provider said stands in the log, not on a page.
fn sign_in(error: &SignInError) -> Refused {
    let bad = StatusCode::BAD_REQUEST;
    let (status, code) = match error {
        SignInError::UnknownProvider => return Refused::not_found("provider"),
        SignInError::Unknown => (bad, "sign_in.unknown"),
        SignInError::OtherBrowser => (bad, "sign_in.other_browser"),
        SignInError::OtherProvider => (bad, "sign_in.other_provider"),
        SignInError::Declined(word) => {
            let finding = rules::error_about("sign_in.declined", word);
            return Refused::new(bad, "sign_in.declined").findings([finding]);
        }
        SignInError::Uninvited => (StatusCode::FORBIDDEN, "sign_in.uninvited"),
        SignInError::MayNotConnect => (StatusCode::FORBIDDEN, "sign_in.may_not_connect"),
        SignInError::SomebodyElse => (StatusCode::FORBIDDEN, "sign_in.somebody_else"),
        SignInError::Taken => (StatusCode::CONFLICT, "sign_in.taken"),
        SignInError::Provider(IdentityError::Unavailable(_)) => {
            (StatusCode::BAD_GATEWAY, "sign_in.unavailable")
        }
        SignInError::Provider(IdentityError::Misconfigured(_)) => {
            (StatusCode::BAD_GATEWAY, "sign_in.misconfigured")
        }
        SignInError::Provider(IdentityError::Refused(_)) => (bad, "sign_in.refused"),
        _ => (bad, "sign_in.untrusted"),
    };
    tracing::warn!(%error, "nobody was signed in");
    Refused::new(status, code).findings([rules::error(code)])
}

/// The platform's words are told; they carry no token.
fn platform(error: &CallError) -> Refused {
    tracing::warn!(%error, "the platform did not answer as needed");
    Refused::new(StatusCode::BAD_GATEWAY, "platform.unavailable")
        .detail(error.fault().says(language::current()))
        .retry_after(30)
}
