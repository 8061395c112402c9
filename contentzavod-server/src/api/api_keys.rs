//! `/v1/api-keys`: keys for machines.

use chrono::{DateTime, Utc};
use contentzavod_core::model::{ApiKeyId, Scopes, Secret};
use contentzavod_core::service::{Contentzavod, NewKey};
use contentzavod_core::words::rules;
use poem::web::Data;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Password;
use poem_openapi::{Object, OpenApi};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::answer::{Created, Done};
use super::auth::{Act, Auth};
use super::problem::Refused;
use super::strict::{Maybe, Strict};
use super::tag::Tag;

/// A key, without its secret.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ApiKey {
    /// Its id.
    id: Uuid,
    /// What the person calls it.
    name: String,
    /// How it begins.
    prefix: String,
    /// How it ends.
    last_four: String,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// What it may be used for; absent: everything that its maker may, as keys of the command line.
    scopes: Option<Vec<String>>,
    /// When it ends, if it does.
    expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    last_used_at: Option<DateTime<Utc>>,
}

impl From<contentzavod_core::model::ApiKey> for ApiKey {
    fn from(key: contentzavod_core::model::ApiKey) -> Self {
        Self {
            id: key.id.0,
            name: key.name,
            prefix: key.prefix,
            last_four: key.last_four,
            created_at: key.created_at,
            scopes: match key.scopes {
                Scopes::All => None,
                Scopes::Only(scopes) => Some(
                    scopes
                        .iter()
                        .map(|scope| scope.as_str().to_owned())
                        .collect(),
                ),
            },
            expires_at: key.expires_at,
            last_used_at: key.last_used_at,
        }
    }
}

/// Every key of the workspace.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ApiKeyList {
    /// Oldest first.
    items: Vec<ApiKey>,
    /// Absent: there is no other page.
    next_cursor: Option<String>,
}

/// A key to be made.
#[derive(Debug, Object)]
pub struct NewApiKey {
    /// What to call it, 1 to 100 characters.
    name: String,
    /// `accounts:read`, `accounts:write`, `media:write`, `posts:read`, `posts:write`,
    /// `posts:publish`, `account:export`; absent: all of them but the last.
    scopes: Option<Vec<String>>,
    /// How many days it opens anything, 1 to 365; 90 when absent.
    days: Option<u32>,
}

/// How a key is exchanged.
#[derive(Debug, Object)]
pub struct KeyRotation {
    /// For how many hours the old key goes on, 0 to 168; 24 when absent.
    grace_hours: Option<u32>,
}

/// A new key with its secret, which is shown this once.
#[derive(Object)]
pub struct MadeApiKey {
    /// The key.
    api_key: ApiKey,
    /// The secret: keep it, it is stored nowhere.
    secret: Password,
}

/// Keys.
#[derive(Debug)]
pub struct ApiKeys;

#[OpenApi(prefix_path = "/v1/api-keys", tag = "Tag::ApiKeys")]
impl ApiKeys {
    /// List the workspace's keys.
    #[oai(path = "/", method = "get", operation_id = "api_key_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
    ) -> Result<Json<ApiKeyList>, Refused> {
        let keys = app.keys(auth.may(Act::SeeKeys)?).await?;
        Ok(Json(ApiKeyList {
            items: keys.into_iter().map(Into::into).collect(),
            next_cursor: None,
        }))
    }

    /// Make a key. Its secret is in this answer and nowhere else.
    #[oai(path = "/", method = "post", operation_id = "api_key_create")]
    async fn create(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        body: Strict<NewApiKey>,
    ) -> Result<Created<MadeApiKey>, Refused> {
        let new = NewKey {
            name: body.0.name,
            scopes: body.0.scopes,
            days: body.0.days,
        };
        let (key, secret) = app.make_key(auth.may(Act::MakeKeys)?, new).await?;
        Ok(Created(made(key, &secret)))
    }

    /// Exchange a key for a new one with the same scopes; the old one goes on for a while.
    #[oai(path = "/:id/rotate", method = "post", operation_id = "api_key_rotate")]
    async fn rotate(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
        body: Maybe<KeyRotation>,
    ) -> Result<Created<MadeApiKey>, Refused> {
        let (actor, grace) = (auth.may(Act::MakeKeys)?, body.0.grace_hours);
        if auth.session().is_some() {
            not_whole(&app.keys(actor).await?, id.0)?;
        }
        let (key, secret) = app.rotate_key(actor, ApiKeyId(id.0), grace).await?;
        Ok(Created(made(key, &secret)))
    }

    /// Delete a key: it opens nothing from now on.
    #[oai(path = "/:id", method = "delete", operation_id = "api_key_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Done, Refused> {
        app.delete_key(auth.may(Act::DeleteKeys)?, ApiKeyId(id.0))
            .await?;
        Ok(Done)
    }
}

/// A key of the command line goes further than anybody in a browser: they do not get one by exchange.
fn not_whole(keys: &[contentzavod_core::model::ApiKey], id: Uuid) -> Result<(), Refused> {
    let whole = keys
        .iter()
        .any(|key| key.id.0 == id && key.scopes == Scopes::All);
    if whole {
        let finding = rules::error("api_keys.whole");
        return Err(Refused::broken("request.invalid", [finding]));
    }
    Ok(())
}

fn made(key: contentzavod_core::model::ApiKey, secret: &Secret) -> MadeApiKey {
    MadeApiKey {
        api_key: key.into(),
        secret: Password(secret.expose_secret().to_owned()),
    }
}

impl std::fmt::Debug for MadeApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeApiKey")
            .field("api_key", &self.api_key)
            .finish_non_exhaustive()
    }
}
