//! Answers as the platform writes them: bodies, errors, headers.

use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::ports::Clock;
use http::{HeaderValue, Response, StatusCode};
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::spoil::{Body, HTML, PAGE, Spoil};

/// An answer of the platform before it goes out.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
    /// The account whose limits the call counts against.
    pub(super) ig_user: Option<String>,
    /// A page instead of the body.
    page: Option<Bytes>,
    /// Where a browser is sent.
    location: Option<String>,
    /// What becomes of it on its way.
    pub(super) spoil: Spoil,
}

impl Answer {
    pub(super) fn of(status: u16, body: Value) -> Self {
        Self {
            status,
            body,
            ig_user: None,
            page: None,
            location: None,
            spoil: Spoil::default(),
        }
    }

    pub(super) fn ok(body: Value) -> Self {
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

    /// A permission that was not granted.
    pub(super) fn permission(scope: &str) -> Self {
        let message =
            format!("(#10) Application does not have permission for this action: {scope}");
        Self::error(403, 10, 0, &message)
    }

    /// The flat shape of the code exchange.
    pub(super) fn oauth(message: &str) -> Self {
        let body = json!({
            "error_type": "OAuthException",
            "code": 400,
            "error_message": message,
        });
        Self::of(400, body)
    }

    /// A token that never was one.
    pub(super) fn bad_token() -> Self {
        let message = "Invalid OAuth access token - Cannot parse access token";
        Self::error(401, 190, 0, message)
    }

    /// A token that was good until something happened that the subcode tells.
    pub(super) fn dead_token(subcode: u32) -> Self {
        let why = match subcode {
            458 => "The user has not authorized application.",
            460 => "The session has been invalidated because the user changed their password.",
            463 => "Session has expired.",
            _ => "The session is not valid any more.",
        };
        let message = format!("Error validating access token: {why}");
        Self::error(400, 190, i64::from(subcode), &message)
    }

    /// The action is blocked. Instagram also says so of posts that are live.
    pub(super) fn spam() -> Self {
        let message = "Application request limit reached";
        Self::error(403, 4, 2_207_051, message).titled(
            "Action is blocked",
            "We restrict certain activity to protect our community.",
        )
    }

    /// Calls are not taken for now.
    pub(super) fn limited(code: i64) -> Self {
        let message = format!("(#{code}) There have been too many calls");
        Self::error(400, code, 0, &message)
    }

    /// The account is restricted until its owner acts.
    pub(super) fn restricted() -> Self {
        let message = "The Instagram account is restricted";
        Self::error(400, 25, 2_207_050, message).titled(
            "Account is restricted",
            "Log in to the Instagram app and follow what it says.",
        )
    }

    /// The container cannot be published yet, or no more.
    pub(super) fn not_ready() -> Self {
        Self::error(400, 9007, 2_207_027, "Media ID is not available").titled(
            "Cannot Publish",
            "The media is not ready for publishing, please wait for a moment",
        )
    }

    /// The publishing quota is used up.
    pub(super) fn quota() -> Self {
        let message = "The user has reached the maximum number of posts of the last 24 hours";
        Self::error(403, 9, 2_207_042, message)
    }

    /// A gateway's page.
    pub(super) fn gateway(status: u16) -> Self {
        let mut answer = Self::of(status, Value::Null);
        answer.page = Some(Bytes::from_static(PAGE.as_bytes()));
        answer
    }

    /// A page for a person.
    pub(super) fn page(html: String) -> Self {
        let mut answer = Self::of(200, Value::Null);
        answer.page = Some(Bytes::from(html));
        answer
    }

    /// Sends a browser on.
    pub(super) fn redirect(to: url::Url) -> Self {
        let mut answer = Self::gateway(302);
        answer.location = Some(to.into());
        answer
    }

    /// A failure of the platform with this status.
    pub(super) fn failure(status: u16) -> Self {
        if status == 500 {
            Self::transient()
        } else {
            Self::gateway(status)
        }
    }

    /// A failure of the platform that may pass.
    pub(super) fn transient() -> Self {
        let message = "An unexpected error has occurred. Please retry your request later.";
        let mut answer = Self::error(500, 2, 0, message);
        answer.body["error"]["is_transient"] = json!(true);
        answer
    }

    /// The answer on the wire, with the platform's clock and trace.
    pub(super) fn into_response(mut self, clock: &Arc<dyn Clock>, trace: u64) -> Response<Body> {
        let trace = format!("Asandbox{trace:014x}");
        if let Some(error) = self.body.get_mut("error") {
            error["fbtrace_id"] = json!(trace);
        }
        let (status, kind, text) = match self.page {
            Some(page) => (self.status, HTML, page),
            None => self.spoil.text(self.status, &self.body),
        };
        let (body, length) = self.spoil.body(text, Arc::clone(clock));
        let mut response = Response::new(body);
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let app = json!({ "call_count": 1, "total_cputime": 0, "total_time": 1 });
        let now = clock.now() + TimeDelta::seconds(self.spoil.ahead);
        let mut headers = vec![
            ("content-type", kind.to_owned()),
            ("date", now.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
            ("x-fb-trace-id", trace),
            ("x-app-usage", app.to_string()),
        ];
        let usage = self.spoil.usage.unwrap_or((1, 0));
        headers.extend(self.location.map(|to| ("location", to)));
        headers.extend(self.ig_user.map(|user| business_usage(user, usage)));
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        if let Some(length) = length {
            response.headers_mut().insert("content-length", length);
        }
        response
    }
}

/// Counters are percent; the wait is minutes.
fn business_usage(ig_user: String, (percent, minutes): (u32, u32)) -> (&'static str, String) {
    let usage = json!([{
        "type": "instagram",
        "call_count": percent,
        "total_cputime": 0,
        "total_time": 1,
        "estimated_time_to_regain_access": minutes,
    }]);
    let by_account = serde_json::Map::from_iter([(ig_user, usage)]);
    (
        "x-business-use-case-usage",
        Value::Object(by_account).to_string(),
    )
}
