//! API keys: made, shown once, known by their hash.

mod format;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_preflight::Finding;
use secrecy::ExposeSecret;

use super::error::ServiceError;
use super::facade::Contentzavod;
use super::users::checked_name;
use crate::model::{Actor, ApiKey, ApiKeyId, Scope, Scopes, Secret};
pub use crate::ports::store::FoundKey as KeyAuth;
use crate::ports::store::KeyRotated;
use crate::words::rules;

/// Living keys of one workspace that people make.
const MOST: usize = 100;
/// While keys are exchanged, an old one and a new one live beside each other.
const MOST_ROTATING: usize = 2 * MOST;
const DAYS: std::ops::RangeInclusive<u32> = 1..=365;
const DAYS_DEFAULT: u32 = 90;
const GRACE_HOURS: std::ops::RangeInclusive<u32> = 0..=168;
const GRACE_DEFAULT: u32 = 24;

/// A key as somebody wants it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewKey {
    /// What to call it, 1 to 100 characters.
    pub name: String,
    /// Words of scopes; absent: every one but that of taking everything out.
    pub scopes: Option<Vec<String>>,
    /// How long it lives, 1 to 365 days; absent: 90.
    pub days: Option<u32>,
}

impl Contentzavod {
    /// Makes a key that may everything and has no end, as the command line does. The secret is
    /// returned once and stored nowhere.
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
        let (key, secret) = self.new_key(actor, name, Scopes::All, None);
        let hash = format::hash(secret.expose_secret());
        let most = usize::MAX;
        if !self.store().insert_key(key.clone(), hash, most).await? {
            return Err(too_many(most));
        }
        Ok((key, secret))
    }

    /// Makes a key as people do: with scopes, and with an end.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] with every broken rule, also where the workspace has a hundred
    /// living keys.
    pub async fn make_key(
        &self,
        actor: Actor,
        new: NewKey,
    ) -> Result<(ApiKey, Secret), ServiceError> {
        let mut findings = Vec::new();
        let name = checked_name(&new.name, "name").map_err(|f| findings.push(f));
        let scopes = checked_scopes(new.scopes, &mut findings);
        let days = new.days.unwrap_or(DAYS_DEFAULT);
        if !DAYS.contains(&days) {
            findings.push(ranged("days.range", "days", days, "1 to 365 days"));
        }
        let (Ok(name), true) = (name, findings.is_empty()) else {
            return Err(ServiceError::Invalid(findings));
        };
        let life = TimeDelta::days(days.into());
        let (key, secret) = self.new_key(actor, name, scopes, Some(life));
        let hash = format::hash(secret.expose_secret());
        if !self.store().insert_key(key.clone(), hash, MOST).await? {
            return Err(too_many(MOST));
        }
        Ok((key, secret))
    }

    /// Exchanges a key: the new one has the name, the scopes and the length of life of the old one,
    /// which goes on for a grace of 0 to 168 hours (absent: 24). It acts for whoever exchanged it.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] for a missing, foreign or ended one, [`ServiceError::Invalid`].
    pub async fn rotate_key(
        &self,
        actor: Actor,
        id: ApiKeyId,
        grace_hours: Option<u32>,
    ) -> Result<(ApiKey, Secret), ServiceError> {
        let grace = grace_hours.unwrap_or(GRACE_DEFAULT);
        if !GRACE_HOURS.contains(&grace) {
            let finding = ranged("grace_hours.range", "grace_hours", grace, "0 to 168 hours");
            return Err(finding.into());
        }
        let keys = self.store().keys(actor.workspace).await?;
        let old = keys.into_iter().find(|key| key.id == id);
        let old = old.ok_or(ServiceError::NotFound("API key"))?;
        let life = old.expires_at.map(|end| end - old.created_at);
        let (key, secret) = self.new_key(actor, old.name, old.scopes, life);
        let until = key.created_at + TimeDelta::hours(grace.into());
        let hash = format::hash(secret.expose_secret());
        let store = self.store();
        let rotated = store.rotate_key(id, until, key.clone(), hash, MOST_ROTATING);
        match rotated.await? {
            KeyRotated::Done => Ok((key, secret)),
            KeyRotated::Missing => Err(ServiceError::NotFound("API key")),
            KeyRotated::Full => Err(too_many(MOST_ROTATING)),
        }
    }

    /// What a key opens, and as whom; `None` for anything that is no living key.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn authenticate(&self, key: &str) -> Result<Option<KeyAuth>, ServiceError> {
        if !format::well_formed(key) {
            return Ok(None);
        }
        let Some(found) = self.store().find_key(format::hash(key)).await? else {
            return Ok(None);
        };
        // The store writes it once a minute at most.
        self.store().key_used(found.id, self.now()).await?;
        Ok(Some(found))
    }

    /// The workspace's keys, oldest first; those that have ended for another thirty days.
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

    fn new_key(
        &self,
        actor: Actor,
        name: String,
        scopes: Scopes,
        life: Option<TimeDelta>,
    ) -> (ApiKey, Secret) {
        let secret = format::generate();
        let text = secret.expose_secret();
        let now: DateTime<Utc> = self.now();
        let key = ApiKey {
            id: ApiKeyId::generate(now),
            user: actor.user,
            workspace: actor.workspace,
            name,
            prefix: text[..format::PREFIX.len() + 4].to_owned(),
            last_four: text[text.len() - 4..].to_owned(),
            created_at: now,
            last_used_at: None,
            scopes,
            expires_at: life.map(|life| now + life),
        };
        (key, secret)
    }
}

/// The scopes of words, each once and in their own order.
fn checked_scopes(words: Option<Vec<String>>, findings: &mut Vec<Finding>) -> Scopes {
    let Some(words) = words else {
        let all = Scope::ALL.iter().copied();
        return Scopes::Only(all.filter(|s| *s != Scope::AccountExport).collect());
    };
    let known = || Scope::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>();
    if words.is_empty() {
        let finding = rules::error("scopes.empty").field("scopes");
        findings.push(finding.limit(known().join(", ")));
    }
    let mut scopes = Vec::with_capacity(words.len().min(Scope::ALL.len()));
    for (at, word) in words.into_iter().enumerate() {
        match Scope::parse(&word) {
            Some(scope) => scopes.push(scope),
            None => findings.push(
                rules::error_about("scopes.unknown", word)
                    .field(format!("scopes[{at}]"))
                    .limit(known().join(", ")),
            ),
        }
    }
    scopes.sort_unstable();
    scopes.dedup();
    Scopes::Only(scopes)
}

fn ranged(rule: &str, field: &str, actual: u32, limit: &str) -> Finding {
    let finding = rules::error(rule).field(field);
    finding.actual(actual.to_string()).limit(limit)
}

fn too_many(most: usize) -> ServiceError {
    rules::error("api_keys.too_many")
        .limit(format!("{most} living keys"))
        .into()
}
