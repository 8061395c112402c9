//! The whole HTTP side as one endpoint: the API, its document, the pages, and links that platforms
//! pull.
//!
//! A host program mounts it in its own server:
//!
//! ```no_run
//! # use contentzavod_server::{AppParts, app};
//! # fn parts() -> AppParts { unimplemented!() }
//! # async fn host() -> std::io::Result<()> {
//! use poem::{EndpointExt, Route, Server, listener::TcpListener};
//!
//! let site = Route::new().nest("/zavod", app(parts()).boxed());
//! Server::new(TcpListener::bind("127.0.0.1:8080")).run(site).await
//! # }
//! ```

use std::sync::Arc;

use contentzavod_core::ports::Blobs;
use contentzavod_core::service::Contentzavod;
use poem::http::{Method, Uri};
use poem::web::Data;
use poem::{Endpoint, EndpointExt, IntoResponse, Request, Response, Result, Route, get, handler};

use crate::api;
use crate::encode::Encoding;
use crate::guard::Guard;
use crate::media::{SignedLinks, Spool, serve};
use crate::meta::{self, AppSecrets};
use crate::middleware::{Languages, Observe, Panics, Paths, Problems, RequestIds, Room};
use crate::pages;
use crate::pages::policy::Policy;
use crate::site::Site;
use crate::telemetry::Metrics;

/// What the endpoint works on.
#[derive(Debug, Clone)]
pub struct AppParts {
    /// The use cases.
    pub zavod: Contentzavod,
    /// Where uploads go first.
    pub spool: Spool,
    /// The files, for links that platforms pull.
    pub blobs: Arc<dyn Blobs>,
    /// Opens those links; none where there is no public address.
    pub links: Option<SignedLinks>,
    /// What encodes videos anew, where there is such a thing.
    pub encoding: Encoding,
    /// Where this server is.
    pub site: Site,
    /// What signs callbacks of the platform.
    pub app_secrets: AppSecrets,
    /// What the page about privacy tells.
    pub policy: Policy,
    /// What the process counts, for `/metrics`; without it there is no such page.
    pub metrics: Option<Metrics>,
    /// What protects all of it.
    pub guard: Guard,
}

/// Every route with everything that stands around a call.
pub fn app(parts: AppParts) -> impl Endpoint<Output = Response> + 'static {
    let service = api::service();
    let mut paths = Paths::of_spec(&service.spec());
    paths = meta::known(pages::known(paths));
    let mut routes = meta::routes(pages::routes(Route::new()));
    for page in [
        "/openapi.yaml",
        "/openapi.json",
        "/docs",
        "/metrics",
        "/robots.txt",
    ] {
        paths = paths.and(page, &["get"]);
    }
    routes = routes
        .at("/openapi.yaml", get(service.spec_endpoint_yaml()))
        .at("/openapi.json", get(service.spec_endpoint()))
        .at("/robots.txt", get(robots))
        .nest("/docs", service.swagger_ui());
    if let Some(metrics) = parts.metrics {
        routes = routes.at("/metrics", get(counts).data(metrics));
    }
    if let Some(links) = parts.links {
        paths = paths.and("/m/{token}", &["get", "head"]);
        routes = routes.at("/m/:token", serve::routes(links, parts.blobs));
    }
    let room = Room(parts.spool.clone());
    routes
        .nest("/", service)
        .around(front)
        .with(room)
        .data(parts.zavod)
        .data(parts.policy)
        .data(parts.app_secrets)
        .data(parts.site.clone())
        .data(parts.spool)
        .data(parts.encoding)
        .with(paths)
        .with(Problems)
        .with(Panics)
        // Deeper than this the compiler gives up on what one call may be.
        .boxed()
        .with(parts.guard.limits)
        .around(pages::as_page)
        .data(parts.site)
        .with(Languages)
        .with(parts.guard.headers)
        .with(Observe::noting(parts.guard.requests))
        .with(parts.guard.clients)
        .with(RequestIds)
}

/// The front door. The routes cannot name it, because the API is nested at the same place.
async fn front<E: Endpoint>(next: Arc<E>, mut request: Request) -> Result<Response> {
    let at_the_door = matches!(request.uri().path(), "" | "/");
    if at_the_door && matches!(*request.method(), Method::GET | Method::HEAD) {
        *request.uri_mut() = Uri::from_static("/home");
    }
    next.call(request).await.map(IntoResponse::into_response)
}

/// What crawlers are let in to: what Meta's must fetch, and nothing else.
pub const ROBOTS: &str =
    "User-agent: *\nAllow: /m/\nAllow: /privacy\nAllow: /data-deletion$\nDisallow: /\n";

#[handler]
fn robots() -> Response {
    Response::builder()
        .content_type("text/plain; charset=utf-8")
        .body(ROBOTS)
}

/// The counts in the format of Prometheus.
#[handler]
fn counts(Data(metrics): Data<&Metrics>) -> Response {
    Response::builder()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(metrics.render())
}
