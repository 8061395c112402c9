//! Who may do what: roles of members, and scopes of keys.

use serde::{Deserialize, Serialize};

/// What a member may do in a workspace; each may what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees everything, and changes nothing.
    Viewer,
    /// Uploads files, writes and schedules posts.
    Editor,
    /// Connects accounts, invites people, makes keys, names the workspace.
    Owner,
}

impl Role {
    /// The word used in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let all = [Self::Viewer, Self::Editor, Self::Owner];
        all.into_iter().find(|role| role.as_str() == word)
    }
}

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident => $word:literal;)+) => {
        /// What a key may be used for. None of them makes keys, links identities or deletes a person.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Scope {
            $($(#[$doc])* #[serde(rename = $word)] $name,)+
        }

        impl Scope {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word used in the API and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Reads the word back.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|scope| scope.as_str() == word)
            }
        }
    };
}

scopes! {
    /// See accounts.
    AccountsRead => "accounts:read";
    /// Connect and disconnect accounts.
    AccountsWrite => "accounts:write";
    /// Upload, mend and delete files.
    MediaWrite => "media:write";
    /// See posts, publications, files and notifications.
    PostsRead => "posts:read";
    /// Write drafts; change and take back posts.
    PostsWrite => "posts:write";
    /// Schedule, retry and resolve.
    PostsPublish => "posts:publish";
    /// Take everything out.
    AccountExport => "account:export";
}

/// What a key may be used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scopes {
    /// Everything its maker may, as the command line makes them.
    All,
    /// These.
    Only(Vec<Scope>),
}

impl Scopes {
    /// Whether one is among them.
    #[must_use]
    pub fn hold(&self, scope: Scope) -> bool {
        match self {
            Self::All => true,
            Self::Only(scopes) => scopes.contains(&scope),
        }
    }
}
