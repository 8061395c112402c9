//! People and their workspace.

use chrono::{DateTime, Utc};
use contentzavod_preflight::Finding;

use super::error::ServiceError;
use super::facade::Contentzavod;
use crate::model::{Actor, User, UserId, Workspace, WorkspaceId, when};
use crate::words::rules;

/// What shall change about a person and their workspace; absent fields stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MePatch {
    /// Display name.
    pub name: Option<String>,
    /// `en` or `ru`.
    pub locale: Option<String>,
    /// The workspace's name.
    pub workspace_name: Option<String>,
    /// The workspace's zone.
    pub timezone: Option<String>,
}

impl Contentzavod {
    /// Makes a user with a workspace of their own.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] for a name that is empty or too long.
    pub async fn create_user(&self, name: &str) -> Result<Actor, ServiceError> {
        let name = checked_name(name, "name").map_err(ServiceError::from)?;
        let now = self.now();
        let user = User {
            id: UserId::generate(now),
            name: name.clone(),
            locale: "en".to_owned(),
            created_at: now,
        };
        let workspace = Workspace {
            id: WorkspaceId::generate(now),
            name,
            timezone: "UTC".to_owned(),
            created_at: now,
        };
        let actor = Actor {
            user: user.id,
            workspace: workspace.id,
        };
        self.store().create_user(user, workspace).await?;
        Ok(actor)
    }

    /// Since when the privacy policy reads as `version` says; what is new is told in every workspace.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn policy_since(&self, version: &str) -> Result<DateTime<Utc>, ServiceError> {
        Ok(self.store().policy_since(version).await?)
    }

    /// Who is asking, and where.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] when the user is gone.
    pub async fn me(&self, actor: Actor) -> Result<(User, Workspace), ServiceError> {
        let user = self.store().user(actor.user).await?;
        let workspace = self.store().workspace(actor.workspace).await?;
        user.zip(workspace).ok_or(ServiceError::NotFound("user"))
    }

    /// Changes name, locale, and the workspace's name and zone, all or nothing.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] with every broken rule.
    pub async fn update_me(
        &self,
        actor: Actor,
        patch: MePatch,
    ) -> Result<(User, Workspace), ServiceError> {
        let (mut user, mut workspace) = self.me(actor).await?;
        // What nobody asked to change is not written back: somebody else may be changing it.
        let names_workspace = patch.workspace_name.is_some() || patch.timezone.is_some();
        let mut findings = Vec::new();
        let mut set = |value: Option<Result<String, Finding>>, target: &mut String| match value {
            Some(Ok(value)) => *target = value,
            Some(Err(finding)) => findings.push(finding),
            None => {}
        };
        let name = |value: Option<String>, field| value.map(|v| checked_name(&v, field));
        set(name(patch.name, "name"), &mut user.name);
        set(
            name(patch.workspace_name, "workspace.name"),
            &mut workspace.name,
        );
        set(patch.locale.map(checked_locale), &mut user.locale);
        let zone = patch
            .timezone
            .map(|z| when::zone(&z, "workspace.timezone").map(|zone| zone.name().to_owned()));
        set(zone, &mut workspace.timezone);
        if !findings.is_empty() {
            return Err(ServiceError::Invalid(findings));
        }
        self.store()
            .update_me(user.clone(), names_workspace.then(|| workspace.clone()))
            .await?;
        Ok((user, workspace))
    }
}

/// A display name: trimmed, 1 to 100 characters, none of them a control character.
pub(super) fn checked_name(name: &str, field: &str) -> Result<String, Finding> {
    let trimmed = name.trim();
    let length = trimmed.chars().count();
    if (1..=100).contains(&length) && !trimmed.chars().any(char::is_control) {
        return Ok(trimmed.to_owned());
    }
    Err(rules::error("name.length")
        .field(field)
        .actual(format!("{length} characters"))
        .limit("1 to 100 characters"))
}

fn checked_locale(locale: String) -> Result<String, Finding> {
    if ["en", "ru"].contains(&locale.as_str()) {
        return Ok(locale);
    }
    Err(rules::error("locale.unknown")
        .field("locale")
        .actual(locale)
        .limit("en or ru"))
}
