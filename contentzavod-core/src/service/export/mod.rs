//! Everything that is somebody's, part by part: read page by page, so that an account of any size
//! takes no more memory than one page.
//!
//! Nothing in it opens anything: no token, no key, no hash of one.

mod pages;
mod views;

use std::collections::VecDeque;

use futures::stream::{self, BoxStream, StreamExt as _};
use serde::Serialize;
use serde_json::json;

use super::error::ServiceError;
use super::facade::Contentzavod;
use crate::model::{
    Account, Actor, Cursor, Media, MediaStatus, Role, UserId, Workspace, WorkspaceId,
};
use crate::ports::{BlobError, ByteStream};

/// A part of an export.
pub struct Part {
    /// Where it stands: names between slashes, none of them `..`; no two parts share one.
    pub path: String,
    /// What it holds.
    pub body: Body,
}

/// What a part holds.
pub enum Body {
    /// A JSON document.
    Json(Vec<u8>),
    /// A file that was uploaded.
    File {
        /// Its length.
        length: u64,
        /// Its bytes; an error, or fewer of them, when it goes while it is read.
        bytes: ByteStream,
    },
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut part = f.debug_struct("Part");
        part.field("path", &self.path);
        match &self.body {
            Body::Json(json) => part.field("json", &json.len()),
            Body::File { length, .. } => part.field("file", length),
        };
        part.finish()
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Json(json) => f.debug_tuple("Json").field(&json.len()).finish(),
            Self::File { length, .. } => f.debug_tuple("File").field(length).finish(),
        }
    }
}

/// The parts as they are read. An error ends it: what came before is not everything.
pub type Export = BoxStream<'static, Result<Part, ServiceError>>;

/// What is still to be read.
enum Task {
    Person,
    Workspace(Workspace),
    Posts(WorkspaceId, Option<Cursor>, u32),
    Notices(WorkspaceId, i64, u32),
    Files(WorkspaceId, Option<Cursor>, u32),
    File(Media),
}

impl Task {
    const fn workspace(&self) -> Option<WorkspaceId> {
        match self {
            Self::Person => None,
            Self::Workspace(workspace) => Some(workspace.id),
            Self::Posts(id, ..) | Self::Notices(id, ..) | Self::Files(id, ..) => Some(*id),
            Self::File(media) => Some(media.workspace),
        }
    }
}

/// A walk over everything.
struct Walk {
    app: Contentzavod,
    user: UserId,
    /// Only this workspace.
    only: Option<WorkspaceId>,
    /// The accounts of the workspace that is being read.
    accounts: Vec<Account>,
    tasks: VecDeque<Task>,
    ready: VecDeque<Part>,
}

impl Contentzavod {
    /// Everything of whoever asks, and of the workspaces they own.
    #[must_use]
    pub fn export(&self, actor: Actor) -> Export {
        self.export_user(actor.user)
    }

    /// As [`Self::export`], for the operator. Its first part is an error when there is no such person.
    #[must_use]
    pub fn export_user(&self, user: UserId) -> Export {
        self.walk(user, None)
    }

    /// Everything of whoever asks and of the workspace they work in, if they own it.
    #[must_use]
    pub fn export_workspace(&self, actor: Actor) -> Export {
        self.walk(actor.user, Some(actor.workspace))
    }

    fn walk(&self, user: UserId, only: Option<WorkspaceId>) -> Export {
        let walk = Walk {
            app: self.clone(),
            user,
            only,
            accounts: Vec::new(),
            tasks: VecDeque::from([Task::Person]),
            ready: VecDeque::new(),
        };
        stream::try_unfold(walk, async |mut walk| {
            Ok(walk.next().await?.map(|part| (part, walk)))
        })
        .boxed()
    }
}

impl Walk {
    async fn next(&mut self) -> Result<Option<Part>, ServiceError> {
        loop {
            if let Some(part) = self.ready.pop_front() {
                return Ok(Some(part));
            }
            let Some(task) = self.tasks.pop_front() else {
                return Ok(None);
            };
            if let Some(workspace) = task.workspace() {
                // Reading takes as long as whoever reads: they may have been sent away meanwhile.
                let role = self.app.store().role(self.user, workspace).await?;
                if role != Some(Role::Owner) {
                    return Err(ServiceError::NotFound("workspace"));
                }
            }
            match task {
                Task::Person => self.person().await?,
                Task::Workspace(workspace) => self.workspace(workspace).await?,
                Task::Posts(workspace, after, page) => self.posts(workspace, after, page).await?,
                Task::Notices(workspace, after, page) => {
                    self.notices(workspace, after, page).await?;
                }
                Task::Files(workspace, after, page) => self.files(workspace, after, page).await?,
                Task::File(media) => self.file(&media).await?,
            }
        }
    }

    /// Who they are, how they come in, and where they are.
    async fn person(&mut self) -> Result<(), ServiceError> {
        let user = self.app.store().user(self.user).await?;
        let user = user.ok_or(ServiceError::NotFound("user"))?;
        let mut places = self.app.store().workspaces(self.user).await?;
        self.put("profile.json", &user)?;
        if let Some(only) = self.only {
            // Whoever asks may see one workspace, and not what the person is elsewhere.
            places.retain(|(workspace, _)| workspace.id == only);
        } else {
            let identities = self.app.store().identities(self.user).await?;
            let sessions = self.app.store().sessions(self.user).await?;
            self.put("identities.json", &identities)?;
            self.put("sessions.json", &sessions)?;
            self.elsewhere(&places).await?;
        }
        let shown: Vec<_> = places.iter().map(views::place).collect();
        self.put("workspaces.json", &shown)?;
        let owned = places.into_iter().filter(|(_, role)| *role == Role::Owner);
        self.tasks
            .extend(owned.map(|(workspace, _)| Task::Workspace(workspace)));
        Ok(())
    }

    /// What they made in workspaces of others: it says who they are, whoever owns the rest.
    async fn elsewhere(&mut self, places: &[(Workspace, Role)]) -> Result<(), ServiceError> {
        let mut made = Vec::new();
        for (workspace, _) in places.iter().filter(|(_, role)| *role != Role::Owner) {
            let store = self.app.store();
            let keys = store.keys(workspace.id).await?;
            let invitations = store.invitations(workspace.id).await?;
            let own = keys.iter().filter(|key| key.user == self.user);
            let keys: Vec<_> = own.map(views::key).collect();
            let invitations: Vec<_> = invitations
                .into_iter()
                .filter(|invitation| invitation.made_by == Some(self.user))
                .collect();
            if !keys.is_empty() || !invitations.is_empty() {
                let id = workspace.id;
                made.push(json!({ "workspace": id, "api_keys": keys, "invitations": invitations }));
            }
        }
        self.put("made_elsewhere.json", &made)
    }

    async fn workspace(&mut self, workspace: Workspace) -> Result<(), ServiceError> {
        let id = workspace.id;
        let store = self.app.store();
        let members = store.members(id).await?;
        let keys = store.keys(id).await?;
        let invitations = store.invitations(id).await?;
        let keys: Vec<_> = keys.iter().map(views::key).collect();
        self.accounts = store.accounts(id).await?;
        let accounts: Vec<_> = self.accounts.iter().map(views::account).collect();
        self.put(&at(id, "members.json"), &members)?;
        self.put(&at(id, "accounts.json"), &accounts)?;
        self.put(&at(id, "api_keys.json"), &keys)?;
        self.put(&at(id, "invitations.json"), &invitations)?;
        // Before the next workspace, whose accounts are others.
        for task in [
            Task::Files(id, None, 1),
            Task::Notices(id, 0, 1),
            Task::Posts(id, None, 1),
        ] {
            self.tasks.push_front(task);
        }
        Ok(())
    }

    /// The bytes of a file, or a part that says that they are gone.
    async fn file(&mut self, media: &Media) -> Result<(), ServiceError> {
        let folder = at(media.workspace, &format!("files/{}", media.id));
        let opened = self.app.opened(media).await;
        let (length, bytes) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                let gone = json!({ "media": media.id, "missing": error.to_string() });
                return self.put(&format!("{folder}/missing.json"), &gone);
            }
        };
        self.ready.push_back(Part {
            path: format!("{folder}/{}", views::file_name(media)),
            body: Body::File { length, bytes },
        });
        Ok(())
    }

    fn put(&mut self, path: &str, value: &impl Serialize) -> Result<(), ServiceError> {
        let json = serde_json::to_vec_pretty(value).map_err(std::io::Error::other)?;
        self.ready.push_back(Part {
            path: path.to_owned(),
            body: Body::Json(json),
        });
        Ok(())
    }
}

impl Contentzavod {
    async fn opened(&self, media: &Media) -> Result<(u64, ByteStream), BlobError> {
        if media.status == MediaStatus::Deleted {
            return Err(BlobError::Missing);
        }
        let length = self.inner.blobs.length(media.id).await?;
        let bytes = self.inner.blobs.range(media.id, 0..length).await?;
        Ok((length, bytes))
    }
}

/// A path within a workspace's folder.
fn at(workspace: WorkspaceId, name: &str) -> String {
    format!("workspaces/{workspace}/{name}")
}
