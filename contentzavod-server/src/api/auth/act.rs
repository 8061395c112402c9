//! What can be done, and who may: one table.

use contentzavod_core::model::{Role, Scope};

/// What a call wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// See who is asking.
    SeeMe,
    /// Change one's own name and language.
    ChangeMe,
    /// Change the workspace's name and zone.
    NameWorkspace,
    /// See one's workspaces, or make another.
    Workspaces,
    /// Work in another workspace from now on.
    Enter,
    /// See who is in the workspace.
    SeeMembers,
    /// Invite people, change roles, send people away.
    ManageMembers,
    /// Leave the workspace.
    Leave,
    /// See the workspace's keys.
    SeeKeys,
    /// Make and rotate keys.
    MakeKeys,
    /// Delete keys.
    DeleteKeys,
    /// See and end one's sessions.
    Sessions,
    /// See connected accounts.
    SeeAccounts,
    /// Connect and disconnect accounts.
    ConnectAccounts,
    /// See files.
    SeeMedia,
    /// Upload, mend and delete files.
    ChangeMedia,
    /// See posts and publications, and check drafts.
    SeePosts,
    /// Write drafts; change and take back posts.
    WritePosts,
    /// Schedule, retry and resolve.
    Publish,
    /// Read notifications.
    SeeNotices,
    /// Take everything out.
    Export,
    /// Change what one is known by.
    Identities,
    /// Delete oneself.
    DeleteMe,
}

/// What a key needs besides its maker's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing.
    Key,
    /// This scope.
    Scope(Scope),
    /// To be made on the command line: no scope of a key goes so far.
    All,
    /// No key can: it is about a browser.
    Browser,
}

/// Who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    /// At least.
    pub(super) role: Role,
    /// And a key.
    pub(super) key: Need,
    /// A session must have been proved a moment ago.
    pub(super) fresh: bool,
}

impl Act {
    /// Who may do it.
    #[rustfmt::skip]
    pub(super) const fn rule(self) -> Rule {
        use Need::{All, Browser, Key, Scope as With};
        use Role::{Editor, Owner, Viewer};
        let (role, key, fresh) = match self {
            Self::SeeMe           => (Viewer, Key, false),
            Self::ChangeMe        => (Viewer, All, false),
            Self::NameWorkspace   => (Owner,  All, false),
            Self::Workspaces      => (Viewer, All, false),
            Self::Enter           => (Viewer, Browser, false),
            Self::SeeMembers      => (Viewer, All, false),
            Self::ManageMembers   => (Owner,  All, false),
            Self::Leave           => (Viewer, All, false),
            Self::SeeKeys         => (Owner,  All, false),
            Self::MakeKeys        => (Owner,  All, true),
            Self::DeleteKeys      => (Owner,  All, false),
            Self::Sessions        => (Viewer, All, false),
            Self::SeeAccounts     => (Viewer, With(Scope::AccountsRead), false),
            Self::ConnectAccounts => (Owner,  With(Scope::AccountsWrite), false),
            Self::SeeMedia        => (Viewer, With(Scope::PostsRead), false),
            Self::ChangeMedia     => (Editor, With(Scope::MediaWrite), false),
            Self::SeePosts        => (Viewer, With(Scope::PostsRead), false),
            Self::WritePosts      => (Editor, With(Scope::PostsWrite), false),
            Self::Publish         => (Editor, With(Scope::PostsPublish), false),
            Self::SeeNotices      => (Viewer, With(Scope::PostsRead), false),
            Self::Export          => (Viewer, With(Scope::AccountExport), true),
            Self::Identities      => (Viewer, All, true),
            Self::DeleteMe        => (Viewer, All, true),
        };
        Rule { role, key, fresh }
    }
}
