//! What Meta calls by itself: somebody took our access away, or asks for their data to be deleted.
//!
//! Both bring one field, `signed_request`, which one of the app's secrets must have signed within the
//! last day, and which is heard once.

use contentzavod_core::model::Secret;
use contentzavod_core::ports::Bucket;
use contentzavod_core::ports::store::Said;
use contentzavod_core::service::Contentzavod;
use contentzavod_core::words::rules;
use contentzavod_instagram::signed_request::{self, SignedRequest};
use poem::http::StatusCode;
use poem::web::Data;
use poem::{Response, Result, Route, handler, post};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::api::Refused;
use crate::fields::Fields;
use crate::limits::enforce;
use crate::middleware::Paths;
use crate::site::Site;

/// The platform whose callbacks these are.
const PLATFORM: &str = "instagram";

/// The secrets of the apps that this server is.
#[derive(Debug, Clone, Default)]
pub struct AppSecrets(pub Vec<Secret>);

/// Adds the callbacks to the paths that are known.
#[must_use]
pub fn known(paths: Paths) -> Paths {
    paths
        .and("/webhooks/meta/deauthorize", &["post"])
        .and("/webhooks/meta/data-deletion", &["post"])
}

/// Adds the callbacks to the routes.
#[must_use]
pub fn routes(routes: Route) -> Route {
    routes
        .at("/webhooks/meta/deauthorize", post(deauthorize))
        .at("/webhooks/meta/data-deletion", post(data_deletion))
}

/// What Meta says, if it is Meta: only then it counts against what all its calls may, so that nobody
/// else can use that up.
async fn heard(
    fields: &Fields,
    secrets: &AppSecrets,
    app: &Contentzavod,
) -> Result<SignedRequest, Refused> {
    let field = fields.get("signed_request").unwrap_or_default();
    let said = signed_request::verify(field, &secrets.0, app.time()).map_err(|error| {
        tracing::warn!(%error, "a callback of Meta's is refused");
        Refused::new(StatusCode::BAD_REQUEST, "meta.signed_request")
            .findings([rules::error("meta.signed_request")])
    })?;
    enforce(Bucket::Webhooks, "meta").await?;
    Ok(said)
}

fn message(said: &SignedRequest) -> Said {
    Said {
        mark: said.mark,
        until: said.marked_until(),
        at: said.issued_at,
    }
}

/// `POST /webhooks/meta/deauthorize`: the tokens are erased at once, posts wait, people are told.
#[handler]
async fn deauthorize(
    app: Data<&Contentzavod>,
    secrets: Data<&AppSecrets>,
    fields: Fields,
) -> Result<Response> {
    let said = heard(&fields, &secrets, &app).await?;
    let erased = app
        .removed_by_platform(PLATFORM, &said.user_id, message(&said))
        .await
        .map_err(Refused::from)?;
    tracing::info!(
        accounts = erased,
        "Meta says that somebody took our access away"
    );
    Ok(Response::builder().status(StatusCode::OK).finish())
}

/// `POST /webhooks/meta/data-deletion`: what we know of the account goes at once; the answer says where
/// that can be seen. Asked again the same, it is answered alike.
#[handler]
async fn data_deletion(
    app: Data<&Contentzavod>,
    site: Data<&Site>,
    secrets: Data<&AppSecrets>,
    fields: Fields,
) -> Result<Response> {
    let said = heard(&fields, &secrets, &app).await?;
    let message = Some(message(&said));
    let deletion = app.forget_remote(PLATFORM, &[said.user_id], message).await;
    let deletion = deletion.map_err(Refused::from)?;
    let code = deletion.code.expose_secret();
    let url = site.at(&format!("data-deletion/{code}"));
    tracing::info!(
        accounts = deletion.found,
        "Meta asks for data to be deleted"
    );
    let answer = json!({ "url": url, "confirmation_code": code });
    Ok(Response::builder()
        .content_type("application/json")
        .body(answer.to_string()))
}
