//! Deletion and export as use cases: what is said, what follows, and what is never given out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{
    Access, Actor, Content, DeletionKind, DeletionStanding, Live, MediaId, Reel, Role, Secret,
};
use contentzavod_core::ports::store::Said;
use contentzavod_core::ports::{
    Answer, Blobs, CallError, Clock, Connector, Identified, LocalWake, NoLinks, Refreshed,
};
use contentzavod_core::publication::{Numbers, State};
use contentzavod_core::service::export::{Body, Export};
use contentzavod_core::service::{
    Conflict, Contentzavod, Front, Intake, NewKey, Parts, PostRequest, ServiceError,
};
use contentzavod_core::testing::{FakeBlobs, FakeVault, Rig};
use futures::StreamExt as _;
use secrecy::ExposeSecret;

use super::rig;

/// Remembers which tokens were given back.
#[derive(Debug, Default)]
struct Revoked(Mutex<Vec<String>>);

#[async_trait]
impl Connector for Revoked {
    fn platform(&self) -> &'static str {
        "instagram"
    }

    fn logins(&self) -> Vec<&'static str> {
        vec!["instagram"]
    }

    async fn identify(
        &self,
        _token: &Secret,
        _login: Option<&str>,
    ) -> Result<Answer<Vec<Identified>>, CallError> {
        unreachable!("nobody connects here")
    }

    async fn refresh(&self, _access: &Access) -> Result<Answer<Refreshed>, CallError> {
        unreachable!("nothing is refreshed here")
    }

    async fn revoke(&self, access: &Access) -> Result<(), CallError> {
        let token = access.token.expose_secret().to_owned();
        self.0.lock().unwrap().push(token);
        Ok(())
    }
}

/// The use cases over the rig's store, with files and a platform of ours.
struct House {
    rig: Rig,
    app: Contentzavod,
    blobs: Arc<FakeBlobs>,
    revoked: Arc<Revoked>,
    folder: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        let (rig, folder) = rig().await;
        let (blobs, revoked) = (Arc::new(FakeBlobs::default()), Arc::new(Revoked::default()));
        let app = Contentzavod::new(Parts {
            store: Arc::clone(&rig.store),
            vault: Arc::new(FakeVault),
            blobs: blobs.clone(),
            clock: rig.clock.clone(),
            links: Arc::new(NoLinks),
            wake: Arc::new(LocalWake::new()),
            publishers: vec![rig.publisher.clone()],
            connectors: vec![revoked.clone()],
            numbers: Numbers::default(),
            intake: Intake::default(),
            front: Front::default(),
        });
        Self {
            rig,
            app,
            blobs,
            revoked,
            folder,
        }
    }

    /// A file with bytes.
    async fn file(&self) -> MediaId {
        let id = self.rig.media().await;
        let path = self.folder.path().join(id.to_string());
        std::fs::write(&path, b"abc").unwrap();
        self.blobs.adopt(id, &path).await.unwrap();
        id
    }

    /// A post that went out.
    async fn published(&self) -> MediaId {
        let media = self.file().await;
        let account = self.rig.account("1").await;
        let content = Content::InstagramReel(Reel::new(media, format!("caption {media}")));
        let request = PostRequest::new(vec![account], content);
        let post = self.app.create_post(self.rig.actor, request).await.unwrap();
        self.rig.run_for(TimeDelta::minutes(10)).await;
        assert_eq!(self.rig.state(&post).await, State::Published);
        media
    }

    /// Every part by its path, as text.
    async fn taken(&self, actor: Actor) -> BTreeMap<String, String> {
        read(self.app.export(actor)).await.unwrap()
    }
}

async fn read(mut export: Export) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut parts = BTreeMap::new();
    while let Some(part) = export.next().await {
        let part = part?;
        let bytes = match part.body {
            Body::Json(json) => json,
            Body::File { length, mut bytes } => {
                let mut all = Vec::new();
                while let Some(piece) = bytes.next().await {
                    all.extend(piece.unwrap());
                }
                assert_eq!(all.len() as u64, length);
                all
            }
        };
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            parts.insert(part.path.clone(), text).is_none(),
            "{}",
            part.path
        );
    }
    Ok(parts)
}

#[tokio::test]
async fn whoever_deletes_themselves_hears_what_stays_and_leaves_nothing() {
    let house = House::new().await;
    house.published().await;
    let media = house.file().await;
    let (_, key) = house.app.create_key(house.rig.actor, "ci").await.unwrap();
    let farewell = house.app.delete_me(house.rig.actor).await.unwrap();
    assert_eq!((farewell.workspaces, farewell.files), (1, 1));
    let live = Live {
        platform: "instagram".to_owned(),
        username: "user1".to_owned(),
        posts: 1,
    };
    assert_eq!(farewell.live, [live]);
    assert_eq!(*house.revoked.0.lock().unwrap(), ["rig-token"]);
    assert!(
        house.blobs.length(media).await.is_err(),
        "the bytes are gone"
    );
    assert_eq!(house.rig.store.bytes_to_delete(9).await.unwrap(), []);
    let opened = house.app.authenticate(key.expose_secret()).await.unwrap();
    assert_eq!(opened, None);
    let code = farewell.code.expose_secret();
    assert_eq!(code.len(), 24);
    let found = house.app.deletion(code).await.unwrap().unwrap();
    assert_eq!(found.kind, DeletionKind::Person);
    assert_eq!(found.state, DeletionStanding::Done);
    let shown = format!("{farewell:?}");
    assert!(!shown.contains(code), "{shown}");
    for wrong in ["", "x", &code[1..], &format!("{}!", &code[1..])] {
        assert_eq!(house.app.deletion(wrong).await.unwrap(), None);
    }
    let again = house.app.delete_me(house.rig.actor).await;
    assert!(matches!(again, Err(ServiceError::NotFound(_))));
}

#[tokio::test]
async fn the_last_owner_is_told_which_workspaces_and_the_operator_may_force() {
    let house = House::new().await;
    let (actor, store) = (house.rig.actor, &house.rig.store);
    let other = house.app.create_user("Boris").await.unwrap();
    let invitation = contentzavod_core::model::Invitation {
        id: contentzavod_core::model::InvitationId::generate(house.rig.clock.now()),
        workspace: Some(actor.workspace),
        role: Role::Viewer,
        made_by: Some(actor.user),
        created_at: house.rig.clock.now(),
        ends_at: house.rig.clock.now() + TimeDelta::days(1),
    };
    store.invite(invitation, [1; 32]).await.unwrap();
    store.join(other.user, [1; 32]).await.unwrap();
    match house.app.delete_me(actor).await {
        Err(ServiceError::Conflict(Conflict::LastOwner(named))) => {
            let ids: Vec<_> = named.iter().map(|w| w.id).collect();
            assert_eq!(ids, [actor.workspace]);
        }
        other => panic!("{other:?}"),
    }
    assert!(house.app.me(actor).await.is_ok());
    let farewell = house.app.delete_user(actor.user, true).await.unwrap();
    assert_eq!(farewell.workspaces, 0);
    let role = store.role(other.user, actor.workspace).await.unwrap();
    assert_eq!(role, Some(Role::Owner));
}

#[tokio::test]
async fn a_forgotten_account_gets_a_code_and_so_does_an_unknown_one() {
    let house = House::new().await;
    house.published().await;
    let now = house.rig.clock.now();
    let mark = Some(Said {
        mark: [7; 32],
        until: now + TimeDelta::days(1),
        at: now,
    });
    let ids = ["1".to_owned()];
    let first = house
        .app
        .forget_remote("instagram", &ids, mark)
        .await
        .unwrap();
    let again = house
        .app
        .forget_remote("instagram", &ids, mark)
        .await
        .unwrap();
    assert_eq!((first.found, again.found), (1, 1));
    let nobody = ["9".to_owned()];
    let none = house.app.forget_remote("instagram", &nobody, None);
    let none = none.await.unwrap();
    for (deletion, state) in [
        (&first, DeletionStanding::Done),
        (&again, DeletionStanding::Done),
        (&none, DeletionStanding::Nothing),
    ] {
        let found = house.app.deletion(deletion.code.expose_secret()).await;
        let found = found.unwrap().unwrap();
        assert_eq!((found.kind, found.state), (DeletionKind::Account, state));
    }
    assert!(
        house.revoked.0.lock().unwrap().is_empty(),
        "it asked itself"
    );
    let posts = house.taken(house.rig.actor).await;
    let (_, page) = posts
        .iter()
        .find(|(path, _)| path.contains("/posts/"))
        .unwrap();
    assert!(
        page.contains("(deleted)") && !page.contains("user1"),
        "{page}"
    );
}

#[tokio::test]
async fn an_export_holds_everything_and_nothing_that_opens_anything() {
    let house = House::new().await;
    let actor = house.rig.actor;
    house.published().await;
    let (media, gone) = (house.file().await, house.file().await);
    house.blobs.delete(gone).await.unwrap();
    let new = NewKey {
        name: "n8n".to_owned(),
        ..NewKey::default()
    };
    let (_, secret) = house.app.make_key(actor, new).await.unwrap();
    let (_, link) = house.app.invite(actor, Role::Editor).await.unwrap();
    let parts = house.taken(actor).await;
    let folder = format!("workspaces/{}", actor.workspace);
    let part = |name: &str| {
        let path = format!("{folder}/{name}");
        parts
            .get(&path)
            .unwrap_or_else(|| panic!("{path}: {parts:?}"))
    };
    assert!(parts["profile.json"].contains("Rig"));
    assert!(parts["workspaces.json"].contains("\"owner\""));
    assert!(parts.contains_key("identities.json") && parts.contains_key("sessions.json"));
    assert!(part("members.json").contains("Rig"));
    assert!(part("accounts.json").contains("user1"));
    let keys = part("api_keys.json");
    assert!(
        keys.contains("n8n") && keys.contains("\"posts:read\""),
        "{keys}"
    );
    assert!(part("invitations.json").contains("\"editor\""));
    assert_eq!(parts["made_elsewhere.json"], "[]");
    assert!(part("notifications/000001.json").contains("published"));
    assert!(part("media/000001.json").contains(&media.to_string()));
    let posts = part("posts/000001.json");
    for held in ["caption ", "receipts", "permalink", "published_at"] {
        assert!(posts.contains(held), "{held}");
    }
    assert_eq!(part(&format!("files/{media}/file.mp4")), "abc");
    let missing = part(&format!("files/{gone}/missing.json"));
    assert!(missing.contains("the file is gone"), "{missing}");
    let account = house.app.accounts(actor).await.unwrap().remove(0);
    let sealed = account.token.unwrap().0;
    for (path, text) in &parts {
        for secret in [
            "rig-token",
            sealed.as_str(),
            secret.expose_secret(),
            link.expose_secret(),
            "\"hash\"",
        ] {
            assert!(!text.contains(secret), "{path} holds {secret}");
        }
    }
}

/// Of a workspace of somebody else there is what they made there, and nothing else.
#[tokio::test]
async fn an_export_holds_what_somebody_made_elsewhere() {
    let house = House::new().await;
    let actor = house.rig.actor;
    let olga = house.app.create_user("Olga").await.unwrap();
    let (_, link) = house.app.invite(olga, Role::Editor).await.unwrap();
    let workspace = house.app.join(actor, &link).await.unwrap();
    for (who, name) in [(actor.user, "her own"), (olga.user, "of the owner")] {
        let there = Actor {
            user: who,
            workspace,
        };
        let new = NewKey {
            name: name.to_owned(),
            ..NewKey::default()
        };
        house.app.make_key(there, new).await.unwrap();
    }
    let parts = house.taken(actor).await;
    let made = &parts["made_elsewhere.json"];
    assert!(
        made.contains("her own") && !made.contains("of the owner"),
        "{made}"
    );
    let folder = format!("workspaces/{workspace}");
    assert!(parts.keys().all(|path| !path.starts_with(&folder)));
}

/// Of one workspace there is nothing of others, and to whoever was sent away meanwhile no more of it.
#[tokio::test]
async fn an_export_of_one_workspace_is_of_that_one() {
    let house = House::new().await;
    let actor = house.rig.actor;
    let second = house.app.create_workspace(actor, "Second", None).await;
    let second = second.unwrap();
    let parts = read(house.app.export_workspace(actor)).await.unwrap();
    assert!(!parts["workspaces.json"].contains(&second.id.to_string()));
    for path in ["identities.json", "sessions.json", "made_elsewhere.json"] {
        assert!(!parts.contains_key(path), "{path}");
    }
    let folder = format!("workspaces/{}/", actor.workspace);
    assert!(parts.keys().any(|path| path.starts_with(&folder)));
    // The second owner sends the first away while that one reads.
    let olga = house.app.create_user("Olga").await.unwrap();
    let (_, link) = house.app.invite(actor, Role::Owner).await.unwrap();
    house
        .app
        .join(
            Actor {
                user: olga.user,
                ..actor
            },
            &link,
        )
        .await
        .unwrap();
    let mut export = house.app.export(actor);
    export.next().await.unwrap().unwrap();
    let there = Actor {
        user: olga.user,
        ..actor
    };
    house.app.remove_member(there, actor.user).await.unwrap();
    let rest: Vec<_> = export.collect().await;
    let refused = rest
        .iter()
        .any(|part| matches!(part, Err(ServiceError::NotFound(_))));
    assert!(refused, "{rest:?}");
    let leaked = rest
        .iter()
        .flatten()
        .any(|part| part.path.starts_with(&folder));
    assert!(!leaked, "{rest:?}");
}

/// Every row once, whatever the pages are.
#[tokio::test]
async fn an_export_goes_page_by_page() {
    let house = House::new().await;
    let actor = house.rig.actor;
    for n in 0..230 {
        let content = Content::InstagramReel(Reel::new(house.rig.media().await, format!("<{n}>")));
        let draft = PostRequest {
            draft: true,
            ..PostRequest::new(Vec::new(), content)
        };
        house.app.create_post(actor, draft).await.unwrap();
        house.rig.clock.advance(TimeDelta::milliseconds(1));
    }
    let parts = house.taken(actor).await;
    let pages = |name: &str| {
        let folder = format!("workspaces/{}/{name}/", actor.workspace);
        let of = parts
            .iter()
            .filter(move |(path, _)| path.starts_with(&folder));
        of.map(|(_, text)| text.clone()).collect::<Vec<_>>()
    };
    let posts = pages("posts");
    assert_eq!(posts.len(), 3);
    for n in 0..230 {
        let caption = format!("<{n}>");
        let found = posts.iter().map(|page| page.matches(&caption).count());
        assert_eq!(found.sum::<usize>(), 1, "{caption}");
    }
    assert_eq!(pages("media").len(), 3);
    assert_eq!(pages("files").len(), 230, "each is told as missing");
}

/// Of a workspace that somebody else owns only its name and their role are theirs.
#[tokio::test]
async fn what_others_own_is_theirs_to_take_out() {
    let house = House::new().await;
    let (actor, store) = (house.rig.actor, &house.rig.store);
    house.published().await;
    let other = house.app.create_user("Boris").await.unwrap();
    let now = house.rig.clock.now();
    let invitation = contentzavod_core::model::Invitation {
        id: contentzavod_core::model::InvitationId::generate(now),
        workspace: Some(actor.workspace),
        role: Role::Editor,
        made_by: Some(actor.user),
        created_at: now,
        ends_at: now + TimeDelta::days(1),
    };
    store.invite(invitation, [1; 32]).await.unwrap();
    store.join(other.user, [1; 32]).await.unwrap();
    let parts = house.taken(other).await;
    let foreign = format!("workspaces/{}", actor.workspace);
    assert!(
        parts.keys().all(|path| !path.starts_with(&foreign)),
        "{parts:?}"
    );
    assert!(parts["workspaces.json"].contains("\"editor\""));
    assert!(parts.values().all(|text| !text.contains("user1")));
    let nobody = contentzavod_core::model::UserId::generate(now);
    let export = read(house.app.export_user(nobody)).await;
    assert!(matches!(export, Err(ServiceError::NotFound("user"))));
}

/// The row stays, because it says what is live; what people wrote does not.
#[tokio::test]
async fn a_deleted_post_keeps_no_word_of_what_people_wrote() {
    let (rig, folder) = rig().await;
    let account = rig.account("1").await;
    let post = rig.schedule(account, "canary caption", TimeDelta::hours(1));
    let post = post.await.post.id;
    let written = || {
        let raw = rusqlite::Connection::open(folder.path().join("s.db")).unwrap();
        let content = "SELECT content FROM posts";
        raw.query_row(content, [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    assert!(written().contains("canary caption"), "{}", written());
    rig.app.delete_post(rig.actor, post).await.unwrap();
    assert!(!written().contains("canary"), "{}", written());
}
