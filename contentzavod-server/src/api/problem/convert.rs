//! Errors of the ports, of uploads and of poem as refusals. The one table of error → HTTP.

use contentzavod_core::model::Lang;
use contentzavod_core::ports::{BlobError, StoreError};
use contentzavod_preflight::Finding;
use poem::error::{MethodNotAllowedError, NotFoundError, ReadBodyError};
use poem::http::StatusCode;
use poem::http::header::HeaderValue;
use poem_openapi::error::{
    AuthorizationError, ContentTypeError, ParseParamError, ParsePathError, ParseRequestPayloadError,
};

use super::Refused;
use crate::accept::body::BodyFault;
use crate::media::{Shortage, SpoolError};
use crate::middleware::language;

/// Seconds after which something that is unavailable is worth another try.
const LATER: u64 = 5;

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Full => storage_full(Shortage::default()),
            StoreError::Unavailable(_) => {
                tracing::warn!(%error, "the database does not answer");
                unavailable("database.unavailable")
            }
            _ => {
                tracing::error!(%error, "the database failed");
                Self::internal()
            }
        }
    }
}

impl From<BlobError> for Refused {
    fn from(error: BlobError) -> Self {
        match &error {
            BlobError::Missing => Self::new(StatusCode::NOT_FOUND, "media.gone"),
            BlobError::Full => storage_full(Shortage::default()),
            BlobError::Range => Self::new(StatusCode::RANGE_NOT_SATISFIABLE, "range.outside"),
            BlobError::Unavailable(cause) => {
                tracing::warn!(%cause, "the file storage does not answer");
                unavailable("storage.unavailable")
            }
            _ => {
                tracing::error!(%error, "the file storage failed");
                Self::internal()
            }
        }
    }
}

impl From<SpoolError> for Refused {
    fn from(error: SpoolError) -> Self {
        match &error {
            SpoolError::TooLarge { limit } => body_too_large(*limit),
            SpoolError::TooSlow => too_slow(),
            SpoolError::Length { .. } => bad("upload.length").detail(error.to_string()),
            SpoolError::Empty => Self::broken(
                "upload.empty",
                [Finding::error("upload.empty", "no byte came").limit("at least 1 byte")],
            ),
            SpoolError::BrokenOff(_) => bad("upload.broken_off"),
            SpoolError::Hopeless(findings) => Self::broken("request.invalid", findings.clone()),
            SpoolError::Busy => unavailable("upload.busy"),
            SpoolError::Full(shortage) => storage_full(*shortage),
            SpoolError::Disk(cause) => {
                tracing::error!(%cause, "an upload could not be written");
                unavailable("storage.unavailable")
            }
        }
    }
}

impl From<BodyFault> for Refused {
    fn from(fault: BodyFault) -> Self {
        match fault {
            BodyFault::TooLarge { limit } => body_too_large(limit),
            BodyFault::TooSlow => too_slow(),
        }
    }
}

fn bad(code: &str) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, code)
}

fn unavailable(code: &str) -> Refused {
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, code).retry_after(LATER)
}

/// 507, saying what there is and what is needed.
fn storage_full(shortage: Shortage) -> Refused {
    let mib = |bytes: u64| bytes.div_ceil(1 << 20);
    let (free, needed) = (mib(shortage.free), mib(shortage.needed));
    let detail = match (language::current(), shortage.needed) {
        (Lang::En, 0) => "Nothing was kept. The operator must free space.".to_owned(),
        (Lang::Ru, 0) => "Ничего не сохранено. Оператор должен освободить место.".to_owned(),
        (Lang::En, _) => format!(
            "Nothing was kept: {free} MiB are free and {needed} MiB are needed, the last of them for \
             posts under way. The operator must free space."
        ),
        (Lang::Ru, _) => format!(
            "Ничего не сохранено: свободно {free} МиБ, нужно {needed} МиБ; последние оставлены для \
             публикаций в работе. Оператор должен освободить место."
        ),
    };
    Refused::new(StatusCode::INSUFFICIENT_STORAGE, "storage.full")
        .detail(detail)
        .retry_after(60)
}

/// 413, naming the limit.
pub(crate) fn body_too_large(limit: u64) -> Refused {
    let finding =
        Finding::error("body.too_large", "the body is too large").limit(format!("{limit} bytes"));
    Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "body.too_large").findings([finding])
}

fn too_slow() -> Refused {
    Refused::new(StatusCode::REQUEST_TIMEOUT, "body.too_slow").header(
        poem::http::header::CONNECTION,
        HeaderValue::from_static("close"),
    )
}

/// What poem refused, as ours. Errors that carry a response of their own do not come here.
///
/// `parameter` is the name of the path parameter in the API's words: poem calls it `param0`.
#[must_use]
pub fn from_poem(error: &poem::Error, parameter: Option<&str>) -> Refused {
    if let Some(error) = error.downcast_ref::<ReadBodyError>() {
        return unread(error);
    }
    if error.is::<NotFoundError>() {
        return Refused::new(StatusCode::NOT_FOUND, "route.not_found");
    }
    if error.is::<MethodNotAllowedError>() {
        return Refused::new(StatusCode::METHOD_NOT_ALLOWED, "route.method");
    }
    if error.is::<AuthorizationError>() {
        return Refused::unauthorized();
    }
    if let Some(error) = error.downcast_ref::<ContentTypeError>() {
        return content_type(error);
    }
    if let Some(error) = error.downcast_ref::<ParsePathError>() {
        return parameter_refused("path", parameter.unwrap_or("id"), &error.reason);
    }
    if let Some(error) = error.downcast_ref::<ParseParamError>() {
        return parameter_refused("parameter", error.name, &error.reason);
    }
    if let Some(error) = error.downcast_ref::<ParseRequestPayloadError>() {
        let detail = readable(&error.reason);
        return bad("body.invalid").detail(detail);
    }
    other(error)
}

/// A body that did not come whole.
fn unread(error: &ReadBodyError) -> Refused {
    if let Some(fault) = BodyFault::find(error) {
        return fault.into();
    }
    match error {
        ReadBodyError::PayloadTooLarge => {
            Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "body.too_large")
        }
        ReadBodyError::Utf8(_) => bad("body.not_utf8"),
        ReadBodyError::Io(_) => bad("body.broken_off"),
        ReadBodyError::BodyHasBeenTaken => {
            tracing::error!("the body of a request was read twice");
            Refused::internal()
        }
    }
}

fn content_type(error: &ContentTypeError) -> Refused {
    let actual = match error {
        ContentTypeError::NotSupported { content_type } => cut(content_type),
        ContentTypeError::ExpectContentType => "none".into(),
    };
    let finding = Finding::error("content_type", "the body has another content type")
        .field("Content-Type")
        .actual(actual);
    Refused::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "content_type.unsupported",
    )
    .findings([finding])
}

/// 415 for a form where the bytes themselves are wanted, with the way to send them.
pub(crate) fn unsupported_upload(kind: &str) -> Refused {
    let finding = Finding::error(
        "content_type",
        "A file goes in as its bytes, not as a form.",
    )
    .field("Content-Type")
    .actual(cut(kind))
    .limit("application/octet-stream")
    .fix("With curl: -H 'Content-Type: application/octet-stream' --data-binary @video.mp4");
    Refused::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "content_type.unsupported",
    )
    .findings([finding])
}

fn parameter_refused(place: &str, name: &str, reason: &str) -> Refused {
    let rule = format!("{place}.invalid");
    let finding = Finding::error(rule.clone(), readable(reason)).field(name);
    bad(&rule).findings([finding])
}

/// Everything else: the status poem gave, and its words only when the client is to blame.
fn other(error: &poem::Error) -> Refused {
    let status = error.status();
    if status.is_server_error() {
        tracing::error!(%error, "a request failed");
    }
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        return Refused::internal();
    }
    let code = format!("http.{}", status.as_u16());
    let title = status.canonical_reason().unwrap_or("Refused");
    let refused = Refused::titled(status, &code, title);
    if status.is_client_error() {
        refused.detail(readable(&error.to_string()))
    } else {
        refused
    }
}

/// poem's words without its type names: `failed to parse "string_uuid": …` → `…`.
fn readable(reason: &str) -> String {
    if reason.ends_with("expects an input value.") {
        return "it is required".into();
    }
    let reason = reason
        .split(" (occurred while parsing")
        .next()
        .unwrap_or(reason);
    let reason = match reason.strip_prefix("failed to parse \"") {
        Some(rest) => rest.split_once("\": ").map_or(rest, |(_, why)| why),
        None => reason,
    };
    cut(reason)
}

/// At most 200 characters.
fn cut(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}
