//! API keys: made, shown once, known by their hash.

use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::error::ServiceError;
use super::facade::Contentzavod;
use super::users::checked_name;
use crate::model::random::base62;
use crate::model::{Actor, ApiKey, ApiKeyId, Secret};
use crate::ports::store::KeyHash;

/// What every key begins with, so that scanners find leaked ones.
const PREFIX: &str = "cz_live_";
const RANDOM: usize = 32;
const CHECK: usize = 6;

impl Contentzavod {
    /// Makes a key. The secret is returned once and stored nowhere.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] for a name that is empty or too long.
    pub async fn create_key(
        &self,
        actor: Actor,
        name: &str,
    ) -> Result<(ApiKey, Secret), ServiceError> {
        let name = checked_name(name, "name").map_err(ServiceError::from)?;
        let secret = generate();
        let text = secret.expose_secret();
        let now = self.now();
        let key = ApiKey {
            id: ApiKeyId::generate(now),
            user: actor.user,
            workspace: actor.workspace,
            name,
            prefix: text[..PREFIX.len() + 4].to_owned(),
            last_four: text[text.len() - 4..].to_owned(),
            created_at: now,
            last_used_at: None,
        };
        self.store().insert_key(key.clone(), hash(text)).await?;
        Ok((key, secret))
    }

    /// Whom a key belongs to; `None` for anything that is no living key.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn authenticate(&self, key: &str) -> Result<Option<(ApiKeyId, Actor)>, ServiceError> {
        if !well_formed(key) {
            return Ok(None);
        }
        let Some((id, actor)) = self.store().find_key(hash(key)).await? else {
            return Ok(None);
        };
        // The store writes it once a minute at most.
        self.store().key_used(id, self.now()).await?;
        Ok(Some((id, actor)))
    }

    /// The workspace's keys, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn keys(&self, actor: Actor) -> Result<Vec<ApiKey>, ServiceError> {
        Ok(self.store().keys(actor.workspace).await?)
    }

    /// Deletes a key: it opens nothing from now on.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing or foreign one.
    pub async fn delete_key(&self, actor: Actor, id: ApiKeyId) -> Result<(), ServiceError> {
        if self.store().delete_key(actor.workspace, id).await? {
            Ok(())
        } else {
            Err(ServiceError::NotFound("API key"))
        }
    }
}

fn generate() -> Secret {
    let body = format!("{PREFIX}{}", base62(RANDOM));
    let check = checksum(&body);
    format!("{body}{check}").into()
}

/// Six characters of a hash: a mistyped key is told from a revoked one without a look-up.
fn checksum(body: &str) -> String {
    hex::encode(Sha256::digest(body.as_bytes()))[..CHECK].to_owned()
}

/// True when the text has the shape and the checksum of a key.
fn well_formed(key: &str) -> bool {
    key.len() == PREFIX.len() + RANDOM + CHECK
        && key.is_ascii()
        && key.starts_with(PREFIX)
        && checksum(&key[..PREFIX.len() + RANDOM]) == key[PREFIX.len() + RANDOM..]
}

/// Keys have 190 bits of randomness: a plain hash is enough, and looking it up leaks nothing.
fn hash(key: &str) -> KeyHash {
    KeyHash(Sha256::digest(key.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_well_formed_and_a_mistyped_one_is_not() {
        let key = generate();
        let text = key.expose_secret();
        assert!(well_formed(text), "{} characters", text.len());
        let mut wrong = text.to_owned();
        let last = if wrong.pop() == Some('0') { '1' } else { '0' };
        wrong.push(last);
        assert!(!well_formed(&wrong));
        assert!(!well_formed("cz_live_"));
        assert!(!well_formed(""));
    }
}
