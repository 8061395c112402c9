//! `/v1/api-keys`: keys for machines.

use chrono::{DateTime, Utc};
use contentzavod_core::model::ApiKeyId;
use contentzavod_core::service::Contentzavod;
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
use super::strict::Strict;
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
        let (key, secret) = app.create_key(auth.may(Act::MakeKeys)?, &body.0.name).await?;
        Ok(Created(MadeApiKey {
            api_key: key.into(),
            secret: Password(secret.expose_secret().to_owned()),
        }))
    }

    /// Delete a key: it opens nothing from now on.
    #[oai(path = "/:id", method = "delete", operation_id = "api_key_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Done, Refused> {
        app.delete_key(auth.may(Act::DeleteKeys)?, ApiKeyId(id.0)).await?;
        Ok(Done)
    }
}

impl std::fmt::Debug for MadeApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeApiKey")
            .field("api_key", &self.api_key)
            .finish_non_exhaustive()
    }
}
