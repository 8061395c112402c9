//! Every resource together, and the document that describes them.

use poem_openapi::OpenApiService;

use super::accounts::Accounts;
use super::api_keys::ApiKeys;
use super::fixes::MediaFixes;
use super::media::MediaFiles;
use super::notifications::Notifications;
use super::posts::Posts;
use super::publications::Publications;
use super::system::System;
use super::users::Users;

/// The resources. What they work on they find in the request: the use cases and the spool.
pub type Api = (
    Users,
    ApiKeys,
    Accounts,
    MediaFiles,
    MediaFixes,
    Posts,
    Publications,
    Notifications,
    System,
);

/// The API; mount it with [`crate::app`], which gives it what it works on.
#[must_use]
pub fn service() -> OpenApiService<Api, ()> {
    let api = (
        Users,
        ApiKeys,
        Accounts,
        MediaFiles,
        MediaFixes,
        Posts,
        Publications,
        Notifications,
        System,
    );
    let version = env!("CARGO_PKG_VERSION");
    OpenApiService::new(api, "contentzavod", version)
        .description("Instagram Reels go out on time, once, from a server you own.")
        .license("MIT OR Apache-2.0")
}

/// The document as YAML: the text of `openapi.yaml`.
#[must_use]
pub fn document() -> String {
    service().spec_yaml()
}
