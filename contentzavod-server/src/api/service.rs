//! Every resource together, and the document that describes them.

use poem_openapi::OpenApiService;

use super::accounts::Accounts;
use super::api_keys::ApiKeys;
use super::fixes::MediaFixes;
use super::media::MediaFiles;
use super::members::{Invitations, Members};
use super::notifications::Notifications;
use super::posts::Posts;
use super::publications::Publications;
use super::sessions::Sessions;
use super::system::System;
use super::users::Users;
use super::workspaces::Workspaces;

/// The people: who is asking, where they work, and who else is there.
pub(super) type People = (Users, Workspaces, Members, Invitations, Sessions, ApiKeys);

/// What is published: files, posts, and what became of them.
pub(super) type Work = (
    Accounts,
    MediaFiles,
    MediaFixes,
    Posts,
    Publications,
    Notifications,
);

/// The resources. What they work on they find in the request: the use cases and the spool.
pub type Api = (People, Work, System);

/// The API; mount it with [`crate::app`], which gives it what it works on.
#[must_use]
pub fn service() -> OpenApiService<Api, ()> {
    let people = (Users, Workspaces, Members, Invitations, Sessions, ApiKeys);
    let work = (
        Accounts,
        MediaFiles,
        MediaFixes,
        Posts,
        Publications,
        Notifications,
    );
    let version = env!("CARGO_PKG_VERSION");
    OpenApiService::new((people, work, System), "contentzavod", version)
        .description("Instagram Reels go out on time, once, from a server you own.")
        .license("MIT OR Apache-2.0")
}

/// The document as YAML: the text of `openapi.yaml`.
#[must_use]
pub fn document() -> String {
    service().spec_yaml()
}
