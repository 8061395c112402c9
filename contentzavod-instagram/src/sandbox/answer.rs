//! Answers as the platform writes them.

use chrono::{DateTime, Utc};
use http::{HeaderValue, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use serde_json::{Value, json};

/// An answer of the platform before it goes out.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

impl Answer {
    pub(super) const fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    /// An error in Meta's shape.
    pub(super) fn error(status: u16, code: i64, subcode: i64, message: &str) -> Self {
        let mut error = json!({
            "message": message,
            "type": "OAuthException",
            "code": code,
            "is_transient": false,
        });
        if subcode != 0 {
            error["error_subcode"] = json!(subcode);
        }
        Self {
            status,
            body: json!({ "error": error }),
        }
    }

    /// A parameter that is missing or wrong.
    pub(super) fn parameter(message: &str) -> Self {
        Self::error(400, 100, 0, &format!("Invalid parameter: {message}"))
    }

    /// An object that is not there, or not yours: the platform does not tell which.
    pub(super) fn missing(id: &str) -> Self {
        let message = format!(
            "Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due \
             to missing permissions, or does not support this operation"
        );
        Self::error(400, 100, 33, &message)
    }

    /// A token that is none.
    pub(super) fn bad_token() -> Self {
        Self::error(
            401,
            190,
            0,
            "Invalid OAuth access token - Cannot parse access token",
        )
    }

    /// The answer on the wire, with the platform's clock and trace.
    pub(super) fn into_response(mut self, now: DateTime<Utc>, trace: u64) -> Response<Full<Bytes>> {
        let trace = format!("Asandbox{trace:x}");
        if let Some(error) = self.body.get_mut("error") {
            error["fbtrace_id"] = json!(trace);
        }
        let mut response = Response::new(Full::new(Bytes::from(self.body.to_string())));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let date = now.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let headers = [
            ("content-type", "application/json; charset=UTF-8".to_owned()),
            ("date", date),
            ("x-fb-trace-id", trace),
            (
                "x-app-usage",
                r#"{"call_count":1,"total_cputime":0,"total_time":1}"#.to_owned(),
            ),
        ];
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
