//! `/v1/accounts`: connected accounts. A token goes in and never comes out.

use chrono::{DateTime, Utc};
use contentzavod_core::model::AccountId;
use contentzavod_core::service::{Bound, Contentzavod, Which};
use poem::web::Data;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Password;
use poem_openapi::{Enum, Object, OpenApi};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::answer::{Created, Done};
use super::auth::{Act, Auth};
use super::problem::Refused;
use super::strict::{Maybe, Strict};
use super::tag::Tag;
use crate::site::Site;

/// The platform that this version connects.
const INSTAGRAM: &str = "instagram";
/// Where its pages come back to.
const CALLBACK: &str = "oauth/instagram/callback";

/// Whether the account can publish.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Ready to publish.
    Active,
    /// The token is dead: connect again.
    Reauthorize,
    /// Disconnected; the token is erased.
    Disconnected,
    /// The platform restricts it: act in its app.
    Restricted,
}

impl From<contentzavod_core::model::AccountStatus> for AccountStatus {
    fn from(status: contentzavod_core::model::AccountStatus) -> Self {
        use contentzavod_core::model::AccountStatus as Core;
        match status {
            Core::Active => Self::Active,
            Core::Reauthorize => Self::Reauthorize,
            Core::Disconnected => Self::Disconnected,
            Core::Restricted => Self::Restricted,
        }
    }
}

/// What the platform still lets the account publish, as last read.
#[derive(Debug, Object)]
pub struct Quota {
    /// Publications counted in the window.
    used: u32,
    /// Publications allowed in the window.
    total: u32,
    /// Length of the moving window in seconds.
    window_secs: u32,
}

/// A connected account.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Account {
    /// Our id.
    id: Uuid,
    /// The platform, e.g. `instagram`.
    platform: String,
    /// How it was connected: `instagram` (Instagram Login) or `facebook` (Facebook Login).
    login: String,
    /// The handle people know it by.
    username: String,
    /// The platform's id of it.
    remote_user_id: String,
    /// Whether it can publish.
    status: AccountStatus,
    /// When the token stops working, at the latest.
    token_expires_at: Option<DateTime<Utc>>,
    /// What it may still publish, if it was read.
    quota: Option<Quota>,
}

impl From<contentzavod_core::model::Account> for Account {
    fn from(account: contentzavod_core::model::Account) -> Self {
        Self {
            id: account.id.0,
            platform: account.platform,
            login: account.login,
            username: account.username,
            remote_user_id: account.remote_user_id,
            status: account.status.into(),
            token_expires_at: account.token_expires_at,
            quota: account.quota.map(|q| Quota {
                used: q.used,
                total: q.total,
                window_secs: q.window_secs,
            }),
        }
    }
}

/// Every account of the workspace.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AccountList {
    /// Oldest first.
    items: Vec<Account>,
    /// Absent: there is no other page.
    next_cursor: Option<String>,
}

/// An account to be connected by a token.
#[derive(Object)]
pub struct NewAccount {
    /// A token generated in the Meta dashboard.
    access_token: Password,
    /// The login family of the token, `instagram` or `facebook`, where its beginning does not tell.
    login: Option<String>,
    /// Which account, where the token may act for several; the refusal without it lists them.
    remote_user_id: Option<String>,
}

/// How an account shall be connected.
#[derive(Debug, Object)]
pub struct ConnectAccount {
    /// `instagram` (Instagram Login) or `facebook` (through a Facebook Page); the server's usual one
    /// when absent.
    login: Option<String>,
    /// A path of this server's pages where the person wants to go afterwards.
    return_to: Option<String>,
}

/// Where a person agrees.
#[derive(Object)]
pub struct ConnectStarted {
    /// Open it in the person's browser. For a session it leads to the platform's page at once, and
    /// only that session ends it; for a key to a page of this server that asks first, once, within
    /// half an hour.
    authorize_url: String,
}

impl std::fmt::Debug for ConnectStarted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectStarted").finish_non_exhaustive()
    }
}

/// Accounts.
#[derive(Debug)]
pub struct Accounts;

#[OpenApi(prefix_path = "/v1/accounts", tag = "Tag::Accounts")]
impl Accounts {
    /// List the workspace's accounts.
    #[oai(path = "/", method = "get", operation_id = "account_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
    ) -> Result<Json<AccountList>, Refused> {
        let accounts = app.accounts(auth.may(Act::SeeAccounts)?).await?;
        Ok(Json(AccountList {
            items: accounts.into_iter().map(Into::into).collect(),
            next_cursor: None,
        }))
    }

    /// Connect the account that a token belongs to, or give a known one the new token.
    #[oai(path = "/", method = "post", operation_id = "account_create")]
    async fn create(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        body: Strict<NewAccount>,
    ) -> Result<Created<Account>, Refused> {
        let new = body.0;
        let which = Which {
            login: new.login,
            remote_user_id: new.remote_user_id,
        };
        let token = new.access_token.0.into();
        let connected =
            app.connect_account(auth.may(Act::ConnectAccounts)?, "instagram", &token, &which);
        let connected = connected.await?;
        Ok(Created(connected.account.into()))
    }

    /// Begin to connect an account on the platform's own pages.
    #[oai(path = "/connect", method = "post", operation_id = "account_connect")]
    async fn connect(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        site: Data<&Site>,
        body: Maybe<ConnectAccount>,
    ) -> Result<Json<ConnectStarted>, Refused> {
        let actor = auth.may(Act::ConnectAccounts)?;
        let (login, to) = (body.0.login.as_deref(), body.0.return_to.as_deref());
        let authorize_url = match auth.session() {
            Some(session) => {
                let back = site.at(CALLBACK);
                let bound = Bound::Session(session.id);
                let started = app.start_connect(actor, INSTAGRAM, login, &back, bound, to);
                started.await?.url
            }
            None => {
                let ticket = app.connect_ticket(actor, INSTAGRAM, login, to).await?;
                let mut url = site.at("oauth/instagram/start");
                let pairs = [("ticket", ticket.expose_secret())];
                url.query_pairs_mut().extend_pairs(pairs);
                url
            }
        };
        Ok(Json(ConnectStarted {
            authorize_url: authorize_url.to_string(),
        }))
    }

    /// Read an account, with its quota as the platform tells it now.
    #[oai(path = "/:id", method = "get", operation_id = "account_get")]
    async fn get(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Json<Account>, Refused> {
        let account = app.account_with_quota(auth.may(Act::SeeAccounts)?, AccountId(id.0));
        let account = account.await?;
        Ok(Json(account.into()))
    }

    /// Disconnect an account: its token is erased at once, its posts wait.
    #[oai(path = "/:id", method = "delete", operation_id = "account_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Done, Refused> {
        app.disconnect(auth.may(Act::ConnectAccounts)?, AccountId(id.0))
            .await?;
        Ok(Done)
    }
}

impl std::fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewAccount(…)")
    }
}
