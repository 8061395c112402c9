//! Coming in by a link: the first owner, whoever is invited where no provider is switched on, and
//! whoever the operator lets in again. Each link works once.

use chrono::TimeDelta;
use secrecy::ExposeSecret;

use super::error::SignInError;
use super::{SECRET, SignedIn, hashed};
use crate::model::random::base62;
use crate::model::{
    Identity, Invitation, InvitationId, Lang, Login, Purpose, Role, Secret, User, UserId,
    Workspace, WorkspaceId,
};
use crate::ports::store::{Arrival, Hash};
use crate::service::error::ServiceError;
use crate::service::facade::Contentzavod;
use crate::service::members::zone;
use crate::service::users::checked_name;

/// What somebody is known by who came by a link: their id is the subject.
pub const LINK: &str = "link";
/// The first owner is at the terminal where the link is printed.
const FIRST_FOR: TimeDelta = TimeDelta::hours(24);
/// Whoever asked the operator is waiting.
const RETURN_FOR: TimeDelta = TimeDelta::hours(1);

/// Who somebody says they are who is known by nothing but a link.
#[derive(Debug, Clone, Default)]
pub struct Newcomer {
    /// Display name.
    pub name: String,
    /// What to call their workspace; their own name where it is empty.
    pub workspace: String,
    /// Its IANA zone.
    pub timezone: Option<String>,
    /// What they read.
    pub lang: Lang,
}

impl Contentzavod {
    /// The secret of a link for the first owner; `None` where there is somebody already. A new one
    /// takes the place of the one before.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn first_owner_link(&self) -> Result<Option<Secret>, ServiceError> {
        if self.store().has_users().await? {
            return Ok(None);
        }
        let (now, secret) = (self.now(), Secret::from(base62(SECRET)));
        let invitation = Invitation {
            id: InvitationId::generate(now),
            workspace: None,
            role: Role::Owner,
            made_by: None,
            created_at: now,
            ends_at: now + FIRST_FOR,
        };
        let hash = hashed(secret.expose_secret());
        self.store().invite(invitation, hash).await?;
        Ok(Some(secret))
    }

    /// Whether nobody is here yet: the first owner is awaited.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn awaits_first(&self) -> Result<bool, ServiceError> {
        Ok(!self.store().has_users().await?)
    }

    /// Whether a link for the first owner can be followed.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn is_first_owner_link(&self, secret: &Secret) -> Result<bool, ServiceError> {
        let hash = hashed(secret.expose_secret());
        let found = self.store().invitation(hash).await?;
        let first = found.is_some_and(|invitation| invitation.workspace.is_none());
        Ok(first && !self.store().has_users().await?)
    }

    /// An invitation as far as it is good: the first owner's is none once somebody is here.
    pub(super) async fn still_good(
        &self,
        hash: Option<Hash>,
    ) -> Result<Option<Hash>, ServiceError> {
        let Some(hash) = hash else {
            return Ok(None);
        };
        let found = self.store().invitation(hash).await?;
        let first = found.is_some_and(|invitation| invitation.workspace.is_none());
        let late = first && self.store().has_users().await?;
        Ok(Some(hash).filter(|_| !late))
    }

    /// The secret of a link by which somebody comes in who is here already; for the operator, who
    /// knows whom they give it to.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] where there is nobody of this id.
    pub async fn return_link(&self, user: UserId) -> Result<Secret, ServiceError> {
        let known = self.store().user(user).await?;
        known.ok_or(ServiceError::NotFound("user"))?;
        let secret = Secret::from(base62(SECRET));
        let state = hashed(secret.expose_secret());
        let pending = String::new().into();
        self.store()
            .begin_login(Login {
                state,
                browser: [0; 32],
                provider: LINK.to_owned(),
                purpose: Purpose::Return { user },
                pending: self
                    .inner
                    .vault
                    .seal(&pending, &super::pending_context(&state))?,
                redirect: String::new(),
                return_to: None,
                ends_at: self.now() + RETURN_FOR,
            })
            .await?;
        Ok(secret)
    }

    /// Follows an invitation, or the link of the first owner, as somebody nobody knows yet.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] with every broken rule, and the link can be followed again then;
    /// [`SignInError::Uninvited`] where it cannot be followed any more.
    pub async fn come_in(
        &self,
        link: &Secret,
        who: Newcomer,
        before: Option<&Secret>,
    ) -> Result<SignedIn, ServiceError> {
        let (user, workspace) = self.introduced(&who)?;
        let (subject, link) = (user.id.to_string(), hashed(link.expose_secret()));
        self.let_in_by_link(subject, user, workspace, Some(link), before)
            .await
    }

    /// Follows a link of the operator's.
    ///
    /// # Errors
    ///
    /// [`SignInError::Unknown`] where it cannot be followed any more.
    pub async fn come_back(
        &self,
        link: &Secret,
        before: Option<&Secret>,
    ) -> Result<SignedIn, ServiceError> {
        let login = self
            .store()
            .take_login(hashed(link.expose_secret()))
            .await?;
        let login = login.filter(|login| login.provider == LINK);
        let Some(Purpose::Return { user: id }) = login.map(|login| login.purpose) else {
            return Err(SignInError::Unknown.into());
        };
        let user = self.store().user(id).await?.ok_or(SignInError::Unknown)?;
        let identity = Identity {
            provider: LINK.to_owned(),
            subject: id.to_string(),
            user: id,
            created_at: self.now(),
        };
        self.store().link(identity).await?;
        let workspace = self.workspace_of(&user.name, "UTC");
        self.let_in_by_link(id.to_string(), user, workspace, None, before)
            .await
    }

    fn introduced(&self, who: &Newcomer) -> Result<(User, Workspace), ServiceError> {
        let own = if who.workspace.trim().is_empty() {
            &who.name
        } else {
            &who.workspace
        };
        let name = checked_name(&who.name, "name");
        let workspace = checked_name(own, "workspace");
        let zone = zone(who.timezone.as_deref());
        let findings: Vec<_> = [name.as_ref().err(), zone.as_ref().err()]
            .into_iter()
            .chain([workspace.as_ref().err().filter(|_| name.is_ok())])
            .flatten()
            .cloned()
            .collect();
        let (Ok(name), Ok(workspace), Ok(zone)) = (name, workspace, zone) else {
            return Err(ServiceError::Invalid(findings));
        };
        let now = self.now();
        let locale = match who.lang {
            Lang::En => "en",
            Lang::Ru => "ru",
        };
        let user = User {
            id: UserId::generate(now),
            name,
            locale: locale.to_owned(),
            created_at: now,
        };
        Ok((user, self.workspace_of(&workspace, &zone)))
    }

    fn workspace_of(&self, name: &str, timezone: &str) -> Workspace {
        let now = self.now();
        Workspace {
            id: WorkspaceId::generate(now),
            name: name.to_owned(),
            timezone: timezone.to_owned(),
            created_at: now,
        }
    }

    async fn let_in_by_link(
        &self,
        subject: String,
        newcomer: User,
        workspace: Workspace,
        invitation: Option<Hash>,
        before: Option<&Secret>,
    ) -> Result<SignedIn, ServiceError> {
        let invitation = self.still_good(invitation).await?;
        let token = Secret::from(base62(SECRET));
        let session = self.new_session(LINK, newcomer.id, workspace.id);
        let arrival = Arrival {
            provider: LINK.to_owned(),
            subject,
            newcomer,
            open: false,
            workspace,
            invitation,
            session,
            token: hashed(token.expose_secret()),
            before: before.map(|token| hashed(token.expose_secret())),
        };
        self.admitted(arrival, token, None).await
    }
}
