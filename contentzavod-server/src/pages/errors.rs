//! Refusals as pages: whoever came with a browser reads one, programs get the problem.

use std::sync::Arc;

use askama::Template;
use poem::http::header;
use poem::{Endpoint, Request, Response, Result};

use super::shell::{Shell, html};
use crate::api::Refused;
use crate::api::problem::{Finding, Problem};
use crate::limits::Forged;
use crate::site::Site;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    s: Shell,
    title: String,
    detail: Option<String>,
    findings: Vec<Finding>,
    hints: Vec<String>,
    request_id: Option<String>,
}

/// What may be the matter besides, on its way to the page.
#[derive(Debug, Clone)]
struct Hints(Vec<String>);

/// A refusal with what may be the matter.
pub(super) fn hinted(refused: Refused, hints: Vec<String>) -> poem::Error {
    let mut error = poem::Error::from(refused);
    error.set_data(Hints(hints));
    error
}

/// Around everything that stands outside of `/v1`.
pub async fn as_page<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {
    let wanted = wants_page(&request);
    let site = request.data::<Site>().cloned();
    let response = next.get_response(request).await;
    let Some(site) = site.filter(|_| wanted) else {
        return Ok(response);
    };
    let Some(problem) = response.data::<Problem>().cloned() else {
        return Ok(response);
    };
    let hints = response.data::<Hints>().cloned();
    let page = ErrorPage {
        s: Shell::new(&site),
        title: problem.title,
        detail: problem.detail,
        findings: problem.findings,
        hints: hints.map(|hints| hints.0).unwrap_or_default(),
        request_id: problem.request_id,
    };
    let mut shown = html(response.status(), &page)?;
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            shown.headers_mut().insert(name, value.clone());
        }
    }
    let limits = response.headers().iter();
    for (name, value) in limits.filter(|(name, _)| name.as_str().starts_with("ratelimit")) {
        shown.headers_mut().insert(name, value.clone());
    }
    if let Some(forged) = response.data::<Forged>() {
        shown.set_data(*forged);
    }
    if let Some(route) = response.data::<poem::PathPattern>() {
        shown.set_data(route.clone());
    }
    Ok(shown)
}

/// Browsers name HTML first; programs name JSON, or anything.
fn wants_page(request: &Request) -> bool {
    let path = request.uri().path();
    let api = path.contains("/v1/") || path.contains("/m/");
    let accept = request.header(header::ACCEPT).unwrap_or_default();
    !api && accept.contains("text/html")
}
