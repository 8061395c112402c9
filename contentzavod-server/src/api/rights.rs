//! A person's rights over their data, as answers: the archive, and the farewell.

use contentzavod_core::service::Farewell as CoreFarewell;
use contentzavod_core::service::export::Export;
use poem::http::header;
use poem::{Body, IntoResponse, Response};
use poem_openapi::registry::MetaSchemaRef;
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, Registry};
use poem_openapi::types::Password;
use poem_openapi::{ApiResponse, Object};
use secrecy::ExposeSecret;

use crate::export::{CONTENT_TYPE, archive};
use crate::site::Site;

/// A name under which posts stay on a platform.
#[derive(Debug, Object)]
pub struct StaysLive {
    /// The platform, e.g. `instagram`.
    platform: String,
    /// The handle people know the account by.
    username: String,
    /// How many posts of ours are live there.
    posts: u64,
}

/// What is left to say to somebody whose data is deleted.
#[derive(Object)]
pub struct Farewell {
    /// Under which the deletion can be looked up for three years. It is shown this once.
    confirmation_code: Password,
    /// Where.
    status_url: Password,
    /// Workspaces that went with them.
    workspaces: u64,
    /// Files whose bytes went, or are going.
    files: u64,
    /// What stays on the platforms: only its owner can delete it there.
    stays_live: Vec<StaysLive>,
    /// Publications whose call may have left: they may still go live.
    may_go_live: u64,
}

impl std::fmt::Debug for Farewell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Farewell")
            .field("stays_live", &self.stays_live)
            .finish_non_exhaustive()
    }
}

impl Farewell {
    pub(super) fn new(farewell: &CoreFarewell, site: &Site) -> Self {
        let code = farewell.code.expose_secret();
        let status_url = site.at(&format!("data-deletion/{code}"));
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let live = farewell.live.iter();
        Self {
            confirmation_code: Password(code.to_owned()),
            status_url: Password(status_url.to_string()),
            workspaces: count(farewell.workspaces),
            files: count(farewell.files),
            stays_live: live
                .map(|live| StaysLive {
                    platform: live.platform.clone(),
                    username: live.username.clone(),
                    posts: live.posts,
                })
                .collect(),
            may_go_live: count(farewell.on_their_way),
        }
    }
}

/// 200 with everything, as one ZIP archive that is written as it is read.
pub struct Archive(pub(crate) Response);

impl Archive {
    /// `day` names the file.
    pub(crate) fn new(export: Export, now: chrono::DateTime<chrono::Utc>) -> Self {
        let day = now.format("%Y-%m-%d");
        let name = format!("attachment; filename=\"contentzavod-{day}.zip\"");
        let body = Body::from_bytes_stream(archive(export, now));
        let response = Response::builder()
            .content_type(CONTENT_TYPE)
            .header(header::CONTENT_DISPOSITION, name)
            .header(header::CACHE_CONTROL, "no-store")
            .body(body);
        Self(response)
    }
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Archive")
    }
}

impl IntoResponse for Archive {
    fn into_response(self) -> Response {
        self.0
    }
}

impl ApiResponse for Archive {
    fn meta() -> MetaResponses {
        let schema =
            MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "binary")));
        MetaResponses {
            responses: vec![MetaResponse {
                description: "A ZIP archive; README.txt in it says what each file is.",
                status: Some(200),
                status_range: None,
                content: vec![MetaMediaType {
                    content_type: CONTENT_TYPE,
                    schema,
                }],
                headers: vec![],
            }],
        }
    }

    fn register(_: &mut Registry) {}
}
