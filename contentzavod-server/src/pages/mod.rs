//! What a person sees in a browser before there is a dashboard: signing in, the first run, the way
//! to an Instagram account and back, their data, and refusals.
//!
//! Rendered here, without a script, from templates in `templates/`; nothing is loaded from
//! elsewhere.

mod begun;
mod connect;
mod disconnect;
mod errors;
mod home;
mod links;
pub mod policy;
mod privacy;
mod rights;
mod shell;
mod sign_in;
mod visitor;
mod words;

use poem::http::header;
use poem::{Response, Route, get, handler, post};

pub use errors::as_page;

use crate::middleware::Paths;

/// The paths of the pages, as refusals name them.
const PATHS: &[(&str, &[&str])] = &[
    ("/", &["get"]),
    ("/sign-in", &["get"]),
    ("/export", &["get", "post"]),
    ("/delete", &["get", "post"]),
    ("/data-deletion", &["get"]),
    ("/data-deletion/{code}", &["get"]),
    ("/privacy", &["get"]),
    ("/settings", &["get", "post"]),
    ("/sessions/{id}/end", &["post"]),
    ("/accounts/{id}/disconnect", &["get", "post"]),
    ("/auth/again", &["get"]),
    ("/auth/arrived", &["get"]),
    ("/auth/logout", &["post"]),
    ("/auth/first/{token}", &["get", "post"]),
    ("/auth/link/{token}", &["get", "post"]),
    ("/auth/{provider}/start", &["get"]),
    ("/auth/{provider}/callback", &["get"]),
    ("/invitation/{token}", &["get", "post"]),
    ("/oauth/{platform}/start", &["get"]),
    ("/oauth/{platform}/callback", &["get"]),
    ("/oauth/{platform}/choose", &["post"]),
    ("/assets/pages.css", &["get"]),
    ("/assets/icon.svg", &["get"]),
];

/// Adds the pages to the paths that are known.
#[must_use]
pub fn known(paths: Paths) -> Paths {
    PATHS
        .iter()
        .fold(paths, |paths, (path, methods)| paths.and(path, methods))
}

/// Adds the pages to the routes.
#[must_use]
pub fn routes(routes: Route) -> Route {
    routes
        .at("/sign-in", get(sign_in::sign_in))
        .at("/export", get(rights::export).post(rights::export_now))
        .at("/delete", get(rights::delete).post(rights::delete_now))
        .at("/data-deletion", get(rights::how))
        .at("/data-deletion/:code", get(rights::standing))
        .at("/privacy", get(privacy::privacy))
        .at("/settings", get(home::settings).post(home::change))
        .at("/sessions/:id/end", post(home::end_session))
        .at(
            "/accounts/:id/disconnect",
            get(disconnect::ask).post(disconnect::disconnect),
        )
        .at("/auth/again", get(sign_in::again))
        .at("/auth/arrived", get(sign_in::arrived))
        .at("/auth/logout", post(sign_in::logout))
        .at(
            "/auth/first/:token",
            get(links::first).post(links::first_in),
        )
        .at("/auth/link/:token", get(links::link).post(links::link_in))
        .at("/auth/:provider/start", get(sign_in::start))
        .at("/auth/:provider/callback", get(sign_in::callback))
        .at(
            "/invitation/:token",
            get(links::invitation).post(links::follow),
        )
        .at("/oauth/:platform/start", get(connect::start))
        .at("/oauth/:platform/callback", get(connect::callback))
        .at("/oauth/:platform/choose", post(connect::choose))
        .at("/assets/pages.css", get(style))
        .at("/assets/icon.svg", get(icon))
        .at("/home", get(home::home))
}

/// How the pages look.
#[handler]
fn style() -> Response {
    asset(
        "text/css; charset=utf-8",
        include_str!("../../assets/pages.css"),
    )
}

/// What stands in the browser's tab.
#[handler]
fn icon() -> Response {
    asset("image/svg+xml", include_str!("../../assets/icon.svg"))
}

fn asset(kind: &str, body: &'static str) -> Response {
    Response::builder()
        .content_type(kind)
        .header(header::CACHE_CONTROL, "public, max-age=3600")
        .body(body)
}
