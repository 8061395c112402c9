//! Answers as the platform writes them: bodies, errors, headers.

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
    /// The account whose limits the call counts against.
    pub(super) ig_user: Option<String>,
}

impl Answer {
    pub(super) const fn of(status: u16, body: Value) -> Self {
        Self {
            status,
            body,
            ig_user: None,
        }
    }

    pub(super) const fn ok(body: Value) -> Self {
        Self::of(200, body)
    }

    /// An error in Meta's shape; its trace comes when it goes out.
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
        Self::of(status, json!({ "error": error }))
    }

    /// The same error with what the platform would show its users.
    pub(super) fn titled(mut self, title: &str, text: &str) -> Self {
        self.body["error"]["error_user_title"] = json!(title);
        self.body["error"]["error_user_msg"] = json!(text);
        self
    }

    /// A parameter that is missing or wrong.
    pub(super) fn parameter(message: &str) -> Self {
        Self::error(400, 100, 0, &format!("(#100) {message}"))
    }

    /// An object that is not there, or not yours: the platform does not tell which.
    pub(super) fn missing(method: &http::Method, id: &str) -> Self {
        let verb = method.as_str().to_lowercase();
        let message = format!(
            "Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded \
             due to missing permissions, or does not support this operation"
        );
        let mut answer = Self::error(400, 100, 33, &message);
        answer.body["error"]["type"] = json!("GraphMethodException");
        answer
    }

    /// A token that never was one.
    pub(super) fn bad_token() -> Self {
        let message = "Invalid OAuth access token - Cannot parse access token";
        Self::error(401, 190, 0, message)
    }

    /// A token that was good until the app was removed.
    pub(super) fn dead_token() -> Self {
        let message = "Error validating access token: The user has not authorized application.";
        Self::error(400, 190, 458, message)
    }

    /// A failure of the platform that may pass.
    pub(super) fn transient() -> Self {
        let message = "An unexpected error has occurred. Please retry your request later.";
        let mut answer = Self::error(500, 2, 0, message);
        answer.body["error"]["is_transient"] = json!(true);
        answer
    }

    /// The answer on the wire, with the platform's clock and trace.
    pub(super) fn into_response(mut self, now: DateTime<Utc>, trace: u64) -> Response<Full<Bytes>> {
        let trace = format!("Asandbox{trace:014x}");
        if let Some(error) = self.body.get_mut("error") {
            error["fbtrace_id"] = json!(trace);
        }
        let mut response = Response::new(Full::new(Bytes::from(self.body.to_string())));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let app = json!({ "call_count": 1, "total_cputime": 0, "total_time": 1 });
        let mut headers = vec![
            ("content-type", "application/json; charset=UTF-8".to_owned()),
            ("date", now.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
            ("x-fb-trace-id", trace),
            ("x-app-usage", app.to_string()),
        ];
        headers.extend(self.ig_user.map(business_usage));
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// Counters are percent; the wait is minutes.
fn business_usage(ig_user: String) -> (&'static str, String) {
    let usage = json!([{
        "type": "instagram",
        "call_count": 1,
        "total_cputime": 0,
        "total_time": 1,
        "estimated_time_to_regain_access": 0,
    }]);
    let by_account = serde_json::Map::from_iter([(ig_user, usage)]);
    (
        "x-business-use-case-usage",
        Value::Object(by_account).to_string(),
    )
}
