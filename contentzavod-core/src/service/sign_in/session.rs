//! Sessions: what opens them, and for how long.

use chrono::TimeDelta;
use secrecy::ExposeSecret;

use super::hashed;
use crate::model::retention;
use crate::model::{Actor, Identity, Role, Secret, Session, SessionId};
use crate::ports::store::Unlinked;
use crate::service::error::ServiceError;
use crate::service::facade::Contentzavod;
use crate::words::rules;

/// A session that nobody used for so long has ended.
pub const IDLE: TimeDelta = retention::SESSION_IDLE;
/// And any session after so long.
pub const ABSOLUTE: TimeDelta = retention::SESSION;
/// What cannot be undone wants somebody who proved who they are within so long.
pub const FRESH: TimeDelta = TimeDelta::minutes(10);

/// Characters of a token.
const TOKEN: usize = super::SECRET;

impl Contentzavod {
    /// The session that a token opens, and what its person may do.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn session(&self, token: &Secret) -> Result<Option<(Session, Role)>, ServiceError> {
        let text = token.expose_secret();
        if text.len() != TOKEN || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Ok(None);
        }
        let now = self.now();
        let found = self.store().session(hashed(text), now - IDLE).await?;
        if let Some((session, _)) = &found {
            // The store writes it every few minutes at most.
            self.store().session_used(session.id, now).await?;
        }
        Ok(found)
    }

    /// Whether somebody proved who they are a moment ago.
    #[must_use]
    pub fn is_fresh(&self, session: &Session) -> bool {
        self.now() - session.signed_in_at < FRESH
    }

    /// A person's sessions that still open something, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn sessions(&self, actor: Actor) -> Result<Vec<Session>, ServiceError> {
        let now = self.now();
        let all = self.store().sessions(actor.user).await?.into_iter();
        Ok(all.filter(|one| now - one.seen_at < IDLE).collect())
    }

    /// Ends a session: its token opens nothing from now on.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing or foreign one.
    pub async fn end_session(&self, actor: Actor, id: SessionId) -> Result<(), ServiceError> {
        if self.store().end_session(actor.user, id).await? {
            Ok(())
        } else {
            Err(ServiceError::NotFound("session"))
        }
    }

    /// What a person signs in with, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn identities(&self, actor: Actor) -> Result<Vec<Identity>, ServiceError> {
        Ok(self.store().identities(actor.user).await?)
    }

    /// Makes a person known by something less; their other sessions end.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`]; [`ServiceError::Invalid`] for the last one: without it they could
    /// not come in.
    pub async fn unlink(
        &self,
        actor: Actor,
        provider: &str,
        subject: &str,
        stays: Option<SessionId>,
    ) -> Result<(), ServiceError> {
        let stays = stays.unwrap_or(SessionId(uuid::Uuid::nil()));
        // A link opens nothing by itself, nor does a provider that is switched off.
        let works = |name: &str| self.providers().contains(&name);
        if works(provider) {
            let own = self.store().identities(actor.user).await?;
            let is_it = |one: &Identity| one.provider == provider && one.subject == subject;
            let known = own.iter().any(is_it);
            let left = own.iter().any(|one| !is_it(one) && works(&one.provider));
            if known && !left {
                return Err(rules::error_about("identity.last", provider).into());
            }
        }
        match self
            .store()
            .unlink(actor.user, provider, subject, stays)
            .await?
        {
            Unlinked::Done => Ok(()),
            Unlinked::Missing => Err(ServiceError::NotFound("identity")),
            Unlinked::Last => Err(rules::error_about("identity.last", provider).into()),
        }
    }

    /// Forgets what has ended: sessions, sign-ins under way, invitations, marks, keys.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn forget_ended(&self) -> Result<usize, ServiceError> {
        Ok(self.store().forget_ended(self.now() - IDLE).await?)
    }

    /// Ends the session of a token, if there is one.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn sign_out(&self, token: &Secret) -> Result<(), ServiceError> {
        if let Some((session, _)) = self.session(token).await? {
            self.store().end_session(session.user, session.id).await?;
        }
        Ok(())
    }
}
