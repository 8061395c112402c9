//! Answers.

use http::{Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Bytes;
use serde_json::{Value, json};

pub(crate) type Answer = Response<Full<Bytes>>;

pub(crate) fn with(status: u16, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT);
    let kind = header::HeaderValue::from_static(kind);
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

pub(crate) fn json(status: u16, body: &Value) -> Answer {
    with(status, "application/json", body.to_string())
}

/// An error as OAuth has it (RFC 6749, 5.2).
pub(crate) fn oauth(status: u16, word: &str) -> Answer {
    json(
        status,
        &json!({ "error": word, "error_description": "said by the stand-in" }),
    )
}

pub(crate) fn redirect(to: &url::Url) -> Answer {
    let mut answer = with(303, "text/plain", "");
    if let Ok(to) = header::HeaderValue::from_str(to.as_str()) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}
