//! People's rights over their data: what a deletion was, and what it left behind.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::account::Account;
use super::id::{AccountId, MediaId, PublicationId, UserId, WorkspaceId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$of:meta])* $kind:ident => $word:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum $name { $($(#[$of])* $kind),+ }

        impl $name {
            /// The word used in the API and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $word),+ }
            }

            /// Reads the word back.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                [$(Self::$kind),+].into_iter().find(|kind| kind.as_str() == word)
            }
        }
    };
}

words! {
    /// What was to be deleted.
    DeletionKind:
    /// A person with everything that is theirs alone.
    Person => "person",
    /// What we knew of an account of a platform.
    Account => "account",
}

words! {
    /// How far a deletion is.
    DeletionStanding:
    /// The rows are gone; bytes of files are still being deleted.
    Underway => "underway",
    /// Everything is gone.
    Done => "done",
    /// There was nothing to delete.
    Nothing => "nothing",
}

words! {
    /// Whose grave a tombstone stands on.
    TombstoneKind:
    /// A person.
    User => "user",
    /// A workspace.
    Workspace => "workspace",
    /// What somebody was known by at a provider.
    Identity => "identity",
    /// An account of a platform that was forgotten.
    Account => "account",
}

/// A deletion as anybody who has its code may see it: nothing of it says whose it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionState {
    /// What was to be deleted.
    pub kind: DeletionKind,
    /// How far it is.
    pub state: DeletionStanding,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
}

/// A name under which posts stay on a platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// The platform.
    pub platform: String,
    /// The handle people know the account by.
    pub username: String,
    /// How many of our publications are live there.
    pub posts: u64,
}

/// What went with a deletion, as far as something remains to be done or to be said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Workspaces that went with everything in them.
    pub workspaces: Vec<WorkspaceId>,
    /// Files without a row: their bytes are to be deleted.
    pub media: Vec<MediaId>,
    /// Accounts as they were, with a token that no other workspace holds: to be given back.
    pub accounts: Vec<Account>,
    /// What stays on the platforms.
    pub live: Vec<Live>,
    /// Workspaces that stay without an owner, after a backup was restored.
    pub ownerless: Vec<WorkspaceId>,
    /// Publications whose call may have left: they may still go live.
    pub on_their_way: Vec<PublicationId>,
}

/// What remains of somebody who was deleted: a hash that says so to a backup and nothing to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tombstone {
    /// Whose.
    pub kind: TombstoneKind,
    /// SHA-256 of who it was.
    pub hash: [u8; 32],
    /// Since when.
    pub at: DateTime<Utc>,
}

impl Tombstone {
    /// Of a person. Their id is random enough: nobody finds it by trying.
    #[must_use]
    pub fn of_user(id: UserId, at: DateTime<Utc>) -> Self {
        Self::of(TombstoneKind::User, &[id.0.as_bytes()], at)
    }

    /// Of a workspace.
    #[must_use]
    pub fn of_workspace(id: WorkspaceId, at: DateTime<Utc>) -> Self {
        Self::of(TombstoneKind::Workspace, &[id.0.as_bytes()], at)
    }

    /// Of an account: of our own row, not of the number that the platform gave it, which could be found
    /// by trying. Connected anew it is another row.
    #[must_use]
    pub fn of_account(id: AccountId, at: DateTime<Utc>) -> Self {
        Self::of(TombstoneKind::Account, &[id.0.as_bytes()], at)
    }

    /// Of what a person was known by. Providers count their people through, so that a plain hash
    /// could be found by trying: the person's id is hashed along.
    #[must_use]
    pub fn of_identity(user: UserId, provider: &str, subject: &str, at: DateTime<Utc>) -> Self {
        let parts = [user.0.as_bytes(), provider.as_bytes(), subject.as_bytes()];
        Self::of(TombstoneKind::Identity, &parts, at)
    }

    fn of(kind: TombstoneKind, parts: &[&[u8]], at: DateTime<Utc>) -> Self {
        let mut hash = Sha256::new_with_prefix(kind.as_str());
        for part in parts {
            // With their lengths, so that no two lists of parts are alike.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self {
            kind,
            hash: hash.finalize().into(),
            at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tombstones_of_others_are_others() {
        let now = DateTime::UNIX_EPOCH;
        let (a, b) = (UserId::generate(now), UserId::generate(now));
        let of =
            |user, provider, subject| Tombstone::of_identity(user, provider, subject, now).hash;
        assert_eq!(of(a, "google", "1"), of(a, "google", "1"));
        for other in [
            of(b, "google", "1"),
            of(a, "google1", ""),
            of(a, "googl", "e1"),
        ] {
            assert_ne!(of(a, "google", "1"), other);
        }
        let workspace = Tombstone::of_workspace(WorkspaceId(a.0), now);
        assert_ne!(Tombstone::of_user(a, now).hash, workspace.hash);
    }
}
