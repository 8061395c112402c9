//! Sessions: what opens them, and for how long.

use chrono::TimeDelta;
use secrecy::ExposeSecret;

use super::hashed;
use crate::model::{Actor, Role, Secret, Session, SessionId};
use crate::service::error::ServiceError;
use crate::service::facade::Contentzavod;

/// A session that nobody used for so long has ended.
pub const IDLE: TimeDelta = TimeDelta::days(7);
/// And any session after so long.
pub const ABSOLUTE: TimeDelta = TimeDelta::days(30);
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

    /// A person's sessions, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn sessions(&self, actor: Actor) -> Result<Vec<Session>, ServiceError> {
        Ok(self.store().sessions(actor.user).await?)
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
}
