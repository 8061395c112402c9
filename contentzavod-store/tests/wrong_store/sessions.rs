//! Wrong ways to come in.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contentzavod_core::model::{
    Identity, Invitation, InvitationId, Login, Member, Role, Session, SessionId, UserId, Workspace,
    WorkspaceId,
};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    Admission, Arrival, Hash, Linked, MemberChanged, SessionStore, Unlinked,
};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

#[async_trait]
impl SessionStore for Crooked {
    async fn admit(&self, arrival: Arrival) -> Result<Admission, StoreError> {
        let mut arrival = arrival;
        match self.wrong {
            ProvidersAreOne => arrival.provider = "google".to_owned(),
            EverybodyIsLetIn => arrival.open = true,
            OldSessionsGoOn => arrival.before = None,
            _ => {}
        }
        self.inner.admit(arrival).await
    }

    async fn session(
        &self,
        token: Hash,
        idle: DateTime<Utc>,
    ) -> Result<Option<(Session, Role)>, StoreError> {
        let idle = if self.is(IdleSessionsOpen) {
            DateTime::UNIX_EPOCH
        } else {
            idle
        };
        self.inner.session(token, idle).await
    }

    async fn session_by_id(&self, id: SessionId) -> Result<Option<Session>, StoreError> {
        self.inner.session_by_id(id).await
    }

    async fn session_used(&self, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.inner.session_used(id, at).await
    }

    async fn renew_session(
        &self,
        id: SessionId,
        token: Hash,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.inner.renew_session(id, token, at).await
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        self.inner.sessions(user).await
    }

    async fn end_session(&self, user: UserId, id: SessionId) -> Result<bool, StoreError> {
        self.inner.end_session(user, id).await
    }

    async fn enter(&self, id: SessionId, workspace: WorkspaceId) -> Result<bool, StoreError> {
        self.inner.enter(id, workspace).await
    }

    async fn identities(&self, user: UserId) -> Result<Vec<Identity>, StoreError> {
        self.inner.identities(user).await
    }

    async fn link(&self, identity: Identity) -> Result<Linked, StoreError> {
        match self.inner.link(identity).await? {
            Linked::Taken if self.is(TakenIdentitiesAreLinked) => Ok(Linked::Done),
            linked => Ok(linked),
        }
    }

    async fn unlink(
        &self,
        user: UserId,
        provider: &str,
        subject: &str,
        stays: SessionId,
    ) -> Result<Unlinked, StoreError> {
        self.inner.unlink(user, provider, subject, stays).await
    }

    async fn begin_login(&self, login: Login) -> Result<(), StoreError> {
        if self.is(SignInsAreTakenAgain) {
            self.memory().logins.insert(login.state, login.clone());
        }
        self.inner.begin_login(login).await
    }

    async fn peek_login(&self, state: Hash) -> Result<Option<Login>, StoreError> {
        if self.is(LookingUsesUp) {
            return self.inner.take_login(state).await;
        }
        self.inner.peek_login(state).await
    }

    async fn take_login(&self, state: Hash) -> Result<Option<Login>, StoreError> {
        let kept = self.memory().logins.get(&state).cloned();
        Ok(self.inner.take_login(state).await?.or(kept))
    }

    async fn mark(&self, mark: Hash, until: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(self.inner.mark(mark, until).await? || self.is(MarksAreMadeAgain))
    }

    async fn role(&self, user: UserId, workspace: WorkspaceId) -> Result<Option<Role>, StoreError> {
        self.inner.role(user, workspace).await
    }

    async fn workspaces(&self, user: UserId) -> Result<Vec<(Workspace, Role)>, StoreError> {
        self.inner.workspaces(user).await
    }

    async fn create_workspace(&self, user: UserId, workspace: Workspace) -> Result<(), StoreError> {
        self.inner.create_workspace(user, workspace).await
    }

    async fn members(&self, workspace: WorkspaceId) -> Result<Vec<Member>, StoreError> {
        self.inner.members(workspace).await
    }

    async fn set_role(
        &self,
        workspace: WorkspaceId,
        user: UserId,
        role: Role,
    ) -> Result<MemberChanged, StoreError> {
        match self.inner.set_role(workspace, user, role).await? {
            MemberChanged::LastOwner if self.is(OwnersMayGo) => Ok(MemberChanged::Done),
            changed => Ok(changed),
        }
    }

    async fn remove_member(
        &self,
        workspace: WorkspaceId,
        user: UserId,
    ) -> Result<MemberChanged, StoreError> {
        if self.is(WhoLeavesStays) {
            return Ok(MemberChanged::Done);
        }
        self.inner.remove_member(workspace, user).await
    }

    async fn invite(&self, invitation: Invitation, hash: Hash) -> Result<(), StoreError> {
        self.inner.invite(invitation, hash).await
    }

    async fn invitation(&self, hash: Hash) -> Result<Option<Invitation>, StoreError> {
        self.inner.invitation(hash).await
    }

    async fn invitations(&self, workspace: WorkspaceId) -> Result<Vec<Invitation>, StoreError> {
        self.inner.invitations(workspace).await
    }

    async fn withdraw(&self, workspace: WorkspaceId, id: InvitationId) -> Result<bool, StoreError> {
        self.inner.withdraw(workspace, id).await
    }

    async fn join(&self, user: UserId, hash: Hash) -> Result<Option<WorkspaceId>, StoreError> {
        self.inner.join(user, hash).await
    }

    async fn has_users(&self) -> Result<bool, StoreError> {
        self.inner.has_users().await
    }

    async fn forget_ended(&self, idle: DateTime<Utc>) -> Result<usize, StoreError> {
        self.inner.forget_ended(idle).await
    }
}
