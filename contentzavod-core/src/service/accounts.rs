//! Connecting and disconnecting accounts.

use secrecy::ExposeSecret;

use super::connect::Choice;
use super::error::{Conflict, ServiceError};
use super::facade::Contentzavod;
use crate::model::{Account, AccountId, AccountStatus, Actor, Secret};
use crate::ports::access::{open_token, token_context};
use crate::ports::store::{Connected, Removal, Said};
use crate::ports::{CallError, Connector, Identified};
use crate::publication::numbers::{first_refresh_after, refresh_after};
use crate::words::rules;

/// Which account of a token is meant; by default the one there is.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// The login family of the token, where it is not to be told by its look.
    pub login: Option<String>,
    /// The platform's id of the account, where the token may act for several.
    pub remote_user_id: Option<String>,
}

/// Once for the row that nobody knew, once for the one that came meanwhile.
const CONNECTS: u32 = 3;

impl Contentzavod {
    /// Connects the account that a token belongs to, or gives a known one the new token.
    ///
    /// # Errors
    ///
    /// As [`Self::connect_account`].
    pub async fn connect_with_token(
        &self,
        actor: Actor,
        platform: &str,
        token: &Secret,
    ) -> Result<Connected, ServiceError> {
        self.connect_account(actor, platform, token, &Which::default())
            .await
    }

    /// Connects an account that a token may act for, or gives a known one the new token.
    ///
    /// # Errors
    ///
    /// [`ServiceError::TokenRefused`] when the platform refuses it; [`ServiceError::Platform`]
    /// when it does not answer; [`ServiceError::Invalid`] where the token may act for several and
    /// none is named: the finding lists them.
    pub async fn connect_account(
        &self,
        actor: Actor,
        platform: &str,
        token: &Secret,
        which: &Which,
    ) -> Result<Connected, ServiceError> {
        checked_token(token)?;
        let connector = self.connector(platform)?;
        let login = which.login.as_deref();
        checked_login(connector, login)?;
        let found = connector.identify(token, login).await;
        let found = found.map_err(refused_token)?.value;
        let who = chosen(found, which.remote_user_id.as_deref())?;
        self.written(actor, platform, who, token).await
    }

    /// Writes the row of an account, or gives the known one the new token.
    pub(super) async fn written(
        &self,
        actor: Actor,
        platform: &str,
        who: Identified,
        token: &Secret,
    ) -> Result<Connected, ServiceError> {
        let mut connected = None;
        for _ in 0..CONNECTS {
            let account = self.account_row(actor, platform, &who, token).await?;
            let sealed_for = account.id;
            let written = self.store().connect(account).await?;
            if written.account.id == sealed_for {
                connected = Some(written);
                break;
            }
            // Somebody connected the same account at the same time: the token must be sealed for the
            // row that there is.
        }
        let mut connected = connected.ok_or(ServiceError::Conflict(Conflict::Busy))?;
        self.inner.wake.notify();
        // Known from the start, so that the first post is checked against it.
        connected.account = self.with_live_quota(connected.account).await?;
        Ok(connected)
    }

    pub(super) fn connector(&self, platform: &str) -> Result<&dyn Connector, ServiceError> {
        let connector = self.inner.connectors.get(platform).map(|c| &**c);
        connector.ok_or_else(|| {
            rules::error("content.platform")
                .field("platform")
                .actual(platform)
                .into()
        })
    }

    async fn account_row(
        &self,
        actor: Actor,
        platform: &str,
        who: &Identified,
        token: &Secret,
    ) -> Result<Account, ServiceError> {
        let now = self.now();
        let known = self
            .store()
            .account_by_remote(actor.workspace, platform, &who.remote_user_id)
            .await?;
        let refresh_in = match who.expires_at {
            Some(_) => refresh_after(),
            None => first_refresh_after(),
        };
        let mut account = Account {
            id: known.map_or_else(|| AccountId::generate(now), |known| known.id),
            workspace: actor.workspace,
            platform: platform.to_owned(),
            login: who.login.clone(),
            remote_user_id: who.remote_user_id.clone(),
            app_scoped_id: who.app_scoped_id.clone(),
            username: who.username.clone(),
            status: AccountStatus::Active,
            token: None,
            token_version: 1,
            token_obtained_at: Some(now),
            token_expires_at: who.expires_at.or(who.ends_by),
            scopes: who.scopes.clone(),
            quota: None,
            quota_read_at: None,
            refresh_at: who.renews.then(|| now + refresh_in),
            created_at: now,
            updated_at: now,
        };
        let token = who.token.as_ref().unwrap_or(token);
        account.token = Some(self.inner.vault.seal(token, &token_context(&account))?);
        Ok(account)
    }

    /// The accounts of the workspace, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn accounts(&self, actor: Actor) -> Result<Vec<Account>, ServiceError> {
        Ok(self.store().accounts(actor.workspace).await?)
    }

    /// An account.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing or foreign one.
    pub async fn account(&self, actor: Actor, id: AccountId) -> Result<Account, ServiceError> {
        let account = self.store().account(actor.workspace, id).await?;
        account.ok_or(ServiceError::NotFound("account"))
    }

    /// Erases the account's token at once; its posts wait. The platform is told where it listens.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing or foreign one.
    pub async fn disconnect(&self, actor: Actor, id: AccountId) -> Result<(), ServiceError> {
        let before = self.store().disconnect(actor.workspace, id).await?;
        let before = before.ok_or(ServiceError::NotFound("account"))?;
        self.inner.wake.notify();
        // The platform takes the permission from the person, not from one of their workspaces.
        if self.store().shared(id).await? {
            return Ok(());
        }
        if let Err(error) = self.give_back(&before).await {
            tracing::warn!(account = %id, %error, "the platform was not told of the disconnection");
        }
        Ok(())
    }

    /// Erases the tokens of everything that a platform's user is behind, in every workspace, because
    /// the platform says that they took our access away: their posts wait, and each workspace is told
    /// unless it knew. What said so counts once, and is not about what was connected later. How many
    /// accounts it was: none where nobody knows the user.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Replayed`] when the mark was there before; nothing is written then.
    pub async fn removed_by_platform(
        &self,
        platform: &str,
        user_id: &str,
        said: Said,
    ) -> Result<usize, ServiceError> {
        let removal = Removal {
            platform: platform.to_owned(),
            user_id: user_id.to_owned(),
            said,
        };
        let gone = self.store().removed(removal).await?;
        let gone = gone.ok_or(ServiceError::Replayed)?;
        tracing::info!(platform, accounts = gone, "the platform took access away");
        if gone > 0 {
            self.inner.wake.notify();
        }
        Ok(gone)
    }

    pub(super) async fn give_back(&self, account: &Account) -> Result<(), ServiceError> {
        let Some(sealed) = &account.token else {
            return Ok(());
        };
        let token = open_token(&*self.inner.vault, account, sealed)?;
        let access = crate::model::Access {
            account: account.id,
            login: account.login.clone(),
            remote_user_id: account.remote_user_id.clone(),
            token,
        };
        let connector = self.connector(&account.platform)?;
        connector
            .revoke(&access)
            .await
            .map_err(ServiceError::Platform)
    }
}

/// What cannot be a token is not sent anywhere.
fn checked_token(token: &Secret) -> Result<(), ServiceError> {
    let text = token.expose_secret();
    let good = (1..=4096).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    if good {
        return Ok(());
    }
    Err(rules::error("access_token.format")
        .field("access_token")
        .limit("1 to 4,096 visible ASCII characters")
        .into())
}

pub(super) fn checked_login(
    connector: &dyn Connector,
    login: Option<&str>,
) -> Result<(), ServiceError> {
    let known = connector.logins();
    match login {
        Some(login) if !known.contains(&login) => Err(rules::error("login.unknown")
            .field("login")
            .actual(login)
            .limit(known.join(", "))
            .into()),
        _ => Ok(()),
    }
}

/// The account that is meant: the named one, or the only one.
pub(super) fn chosen(
    mut found: Vec<Identified>,
    id: Option<&str>,
) -> Result<Identified, ServiceError> {
    let at = match id {
        Some(id) => found.iter().position(|who| who.remote_user_id == id),
        None => (found.len() == 1).then_some(0),
    };
    if let Some(at) = at {
        return Ok(found.swap_remove(at));
    }
    let listed: Vec<Choice> = found.iter().map(Choice::from).collect();
    match id {
        Some(_) => Err(unknown_account(&listed)),
        None => Err(not_chosen("remote_user_id.choose", &listed)),
    }
}

/// None of the accounts that there are was named.
pub(super) fn unknown_account(found: &[Choice]) -> ServiceError {
    not_chosen("remote_user_id.unknown", found)
}

fn not_chosen(rule: &str, found: &[Choice]) -> ServiceError {
    let listed: Vec<String> = found.iter().map(listed).collect();
    let finding = rules::error_about(rule, listed.join("; "));
    finding.field("remote_user_id").into()
}

/// `17841… = @name (Page)`
fn listed(who: &Choice) -> String {
    let place = who.place.as_ref().map(|place| format!(" ({place})"));
    let place = place.unwrap_or_default();
    format!("{} = @{}{place}", who.remote_user_id, who.username)
}

pub(super) fn refused_token(error: CallError) -> ServiceError {
    match error {
        CallError::Transient(_) => ServiceError::Platform(error),
        other => ServiceError::TokenRefused(other),
    }
}
