//! Refusals as RFC 9457 problems: one shape for everything that is not a success.
//!
//! A handler answers `Result<…, Refused>`. What poem itself refuses (an unknown route, a wrong
//! method) becomes the same shape in [`crate::middleware`].

mod convert;
mod masked;
mod service;
mod titles;

use contentzavod_core::words::rules;
use poem::http::StatusCode;
use poem::http::header::{self, HeaderName, HeaderValue};
use poem::{IntoResponse, Response};
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};
use poem_openapi::{ApiResponse, Enum, Object};

use crate::limits::Forged;
use crate::middleware::{language, request_id};

pub use convert::from_poem;
pub(crate) use convert::{body_too_large, unsupported_upload};
use masked::masked;

/// The content type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// Refusals of what somebody made up, or has no business with.
const FORGED: [&str; 5] = [
    "meta.signed_request",
    "sign_in.other_browser",
    "sign_in.other_provider",
    "sign_in.unknown",
    "sign_in.untrusted",
];

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Severity {
    /// It is refused.
    Error,
    /// It is taken, perhaps not as meant.
    Warning,
}

/// A rule that something breaks: what is wrong, what is wanted, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Finding {
    /// Which field breaks it, as a JSON path (`content.caption`), where there is one.
    pub field: Option<String>,
    /// The rule's stable id, e.g. `field.missing`.
    pub rule: String,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, for a person.
    pub message: String,
    /// What was found.
    pub actual: Option<String>,
    /// What is wanted.
    pub limit: Option<String>,
    /// How to mend it.
    pub fix: Option<String>,
    /// Where the rule is explained.
    pub doc: Option<String>,
}

impl From<contentzavod_preflight::Finding> for Finding {
    fn from(finding: contentzavod_preflight::Finding) -> Self {
        let lang = language::current();
        let finding = rules::localise(&finding, lang)
            .unwrap_or_else(|| contentzavod_instagram::policy::localise(&finding, lang));
        let severity = if finding.is_error() {
            Severity::Error
        } else {
            Severity::Warning
        };
        Self {
            field: finding.field.map(masked),
            rule: finding.rule,
            severity,
            message: masked(finding.message),
            actual: finding.actual.map(masked),
            limit: finding.limit,
            fix: finding.fix,
            doc: finding.doc,
        }
    }
}

/// A refusal (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Problem {
    /// The kind of problem as a URI: `urn:contentzavod:problem:` and the code.
    #[oai(rename = "type")]
    pub kind: String,
    /// The kind of problem for a person; the same for every occurrence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    pub detail: Option<String>,
    /// The stable code programs decide by, e.g. `media.in_use`.
    pub code: String,
    /// Names this request in the server's log.
    pub request_id: Option<String>,
    /// Every rule that was broken.
    pub findings: Vec<Finding>,
}

/// A refusal on its way out: a [`Problem`] and the headers that belong to it.
#[derive(Debug, Clone)]
pub struct Refused {
    status: StatusCode,
    problem: Box<Problem>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refused {
    /// A refusal with its stable code, whose title stands in the table of titles.
    #[must_use]
    pub fn new(status: StatusCode, code: &str) -> Self {
        let title = titles::of(code, language::current());
        debug_assert!(title.is_some(), "{code} has no title");
        Self::titled(status, code, title.unwrap_or("Refused"))
    }

    /// A refusal whose title comes from elsewhere.
    fn titled(status: StatusCode, code: &str, title: &str) -> Self {
        Self {
            status,
            problem: Box::new(Problem {
                kind: format!("urn:contentzavod:problem:{code}"),
                title: title.into(),
                status: status.as_u16(),
                detail: None,
                code: code.into(),
                request_id: None,
                findings: Vec::new(),
            }),
            headers: Vec::new(),
        }
    }

    /// 422: rules were broken.
    #[must_use]
    pub fn broken<F: Into<Finding>>(code: &str, findings: impl IntoIterator<Item = F>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code).findings(findings)
    }

    /// 404 for a missing or foreign thing: both look alike.
    #[must_use]
    pub fn not_found(noun: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, &format!("{noun}.not_found"))
    }

    /// 401, naming the way to sign in.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "auth.required").header(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"contentzavod\""),
        )
    }

    /// 500 without a word about the cause: that stands in the log under the request id.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    /// Says what happened this time.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.problem.detail = Some(detail.into());
        self
    }

    /// Adds findings.
    #[must_use]
    pub fn findings<F: Into<Finding>>(mut self, findings: impl IntoIterator<Item = F>) -> Self {
        let findings = findings.into_iter().map(Into::into);
        self.problem.findings.extend(findings);
        self
    }

    /// Says after how many seconds to try again.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The problem that is sent.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.problem.code, self.problem.title)
    }
}

impl std::error::Error for Refused {}

impl IntoResponse for Refused {
    fn into_response(mut self) -> Response {
        if self.problem.request_id.is_none() {
            self.problem.request_id = request_id::current().map(|id| id.to_string());
        }
        let body = self.problem.to_json().unwrap_or_default().to_string();
        let mut response = Response::builder()
            .status(self.status)
            .content_type(CONTENT_TYPE)
            .body(body);
        // Whoever came with a browser is shown a page of it.
        if FORGED.contains(&self.problem.code.as_str()) {
            response.set_data(Forged);
        }
        response.set_data(*self.problem);
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

impl From<Refused> for poem::Error {
    fn from(refused: Refused) -> Self {
        let mut response = refused.into_response();
        // poem gives an answer that is an error the error's own data, and takes away what it had.
        let problem = response.extensions_mut().remove::<Problem>();
        let forged = response.extensions_mut().remove::<Forged>();
        let mut error = Self::from_response(response);
        if let Some(forged) = forged {
            error.set_data(forged);
        }
        if let Some(problem) = problem {
            error.set_data(problem);
        }
        error
    }
}

impl ApiResponse for Refused {
    fn meta() -> MetaResponses {
        let range = |range: &str, description| MetaResponse {
            description,
            status: None,
            status_range: Some(range.into()),
            content: vec![MetaMediaType {
                content_type: CONTENT_TYPE,
                schema: Problem::schema_ref(),
            }],
            headers: vec![],
        };
        MetaResponses {
            responses: vec![
                range("4XX", "Refused: the request must change."),
                range("5XX", "Failed: the server or its disk must change."),
            ],
        }
    }

    fn register(registry: &mut Registry) {
        Problem::register(registry);
    }
}
