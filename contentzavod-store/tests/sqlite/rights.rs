//! What is left in the file of somebody who was deleted: nothing, in no table and on no page.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use contentzavod_core::model::{
    ApiKey, ApiKeyId, Content, Identity, Invitation, InvitationId, Login, Media, Notice,
    NoticeKind, Purpose, Reel, Role, Scopes, Sealed, Session, SessionId, Shape, User, UserId,
    Workspace, WorkspaceId,
};
use contentzavod_core::ports::store::{
    AccountStore, Admission, ApiKeyStore, Arrival, FixStore, Forget, IdempotencyKey, KeyHash,
    MediaStore, NewPost, PostStore, RightsStore, SessionStore, UserDeleted,
};
use contentzavod_core::publication::{Lane, Progress, State};
use rusqlite::types::ValueRef;

use super::world::{World, outcome, ready};

/// Somebody who leaves a row in every table that people have rows in.
struct Victim {
    user: UserId,
    workspace: WorkspaceId,
    /// Whatever tells of them.
    traces: Vec<String>,
}

impl World {
    /// Signs somebody in.
    async fn person(&self, subject: &str) -> Session {
        let now = self.now();
        let user = User {
            id: UserId::generate(now),
            name: format!("Name of {subject}"),
            locale: "en".to_owned(),
            created_at: now,
        };
        let workspace = Workspace {
            id: WorkspaceId::generate(now),
            name: format!("Room of {subject}"),
            timezone: "UTC".to_owned(),
            created_at: now,
        };
        let session = Session {
            id: SessionId::generate(now),
            user: user.id,
            workspace: workspace.id,
            provider: "google".to_owned(),
            created_at: now,
            signed_in_at: now,
            seen_at: now,
            ends_at: now + TimeDelta::days(30),
        };
        let arrival = Arrival {
            provider: "google".to_owned(),
            subject: subject.to_owned(),
            newcomer: user,
            open: true,
            workspace,
            invitation: None,
            session,
            token: InvitationId::generate(now)
                .0
                .as_bytes()
                .repeat(2)
                .try_into()
                .unwrap(),
            before: None,
        };
        match self.store.admit(arrival).await.unwrap() {
            Admission::In { session, .. } => session,
            Admission::Uninvited => panic!("they are let in"),
        }
    }

    /// A row in every table.
    async fn victim(&self, subject: &str, remote: &str) -> Victim {
        let session = self.person(subject).await;
        let (user, workspace) = (session.user, session.workspace);
        self.doors(&session, subject).await;
        let mut account = self.account_row(remote);
        account.workspace = workspace;
        account.app_scoped_id = Some(format!("scoped-{remote}"));
        account.username = format!("handle.{subject}");
        account.token = Some(Sealed(format!("czv1.k.nonce.cipher-{subject}")));
        let account = self.store.connect(account).await.unwrap().account;
        let media = self.file(workspace, subject).await;
        let fixed = self.file(workspace, subject).await;
        let fix = self.store.ask_fix(workspace, fixed.id, Shape::Keep);
        fix.await.unwrap();
        let mut new = self.due(&[&account], media.id, &format!("caption of {subject}"));
        new.post.workspace = workspace;
        new.publications[0].workspace = workspace;
        self.written(&new, subject).await;
        self.published(subject).await;
        let traces = [
            "Name of ",
            "Room of ",
            "handle.",
            "cipher-",
            "caption of ",
            "film of ",
            "key of ",
            "answer of ",
            "container of ",
            "remote of ",
            "link of ",
            "said of ",
            "subject-",
        ];
        let traces = traces.iter().map(|of| format!("{of}{subject}"));
        Victim {
            user,
            workspace,
            traces: traces
                .map(|t| t.replace("subject-", ""))
                .chain([remote.to_owned(), format!("scoped-{remote}")])
                .collect(),
        }
    }

    /// Keys, an invitation, and ways that have begun.
    async fn doors(&self, session: &Session, subject: &str) {
        let now = self.now();
        let key = ApiKey {
            id: ApiKeyId::generate(now),
            user: session.user,
            workspace: session.workspace,
            name: format!("key of {subject}"),
            prefix: "cz_live_0aB1".to_owned(),
            last_four: "T2OE".to_owned(),
            created_at: now,
            last_used_at: None,
            scopes: Scopes::All,
            expires_at: None,
        };
        let hash = KeyHash(key.id.0.as_bytes().repeat(2).try_into().unwrap());
        assert!(self.store.insert_key(key, hash, 9).await.unwrap());
        let invitation = Invitation {
            id: InvitationId::generate(now),
            workspace: Some(session.workspace),
            role: Role::Viewer,
            made_by: Some(session.user),
            created_at: now,
            ends_at: now + TimeDelta::days(7),
        };
        let hash = invitation.id.0.as_bytes().repeat(2).try_into().unwrap();
        self.store.invite(invitation, hash).await.unwrap();
        let again = Purpose::Again {
            session: session.id,
        };
        let connect = Purpose::Connect {
            user: session.user,
            workspace: session.workspace,
            login: "instagram".to_owned(),
            session: None,
        };
        for purpose in [again, connect] {
            let state = InvitationId::generate(now).0.as_bytes().repeat(2);
            let login = Login {
                state: state.try_into().unwrap(),
                browser: [0; 32],
                provider: "google".to_owned(),
                purpose,
                pending: Sealed(format!("czv1.k.nonce.cipher-{subject}")),
                redirect: "https://here.test".to_owned(),
                return_to: None,
                ends_at: now + TimeDelta::minutes(10),
            };
            self.store.begin_login(login).await.unwrap();
        }
    }

    async fn file(&self, workspace: WorkspaceId, subject: &str) -> Media {
        let mut media = self.media_row();
        media.workspace = workspace;
        media.filename = Some(format!("film of {subject}.mp4"));
        self.store.insert_media(media).await.unwrap()
    }

    async fn written(&self, new: &NewPost, subject: &str) {
        let key = IdempotencyKey {
            key: new.post.id.to_string(),
            fingerprint: [0; 32],
            response: format!("answer of {subject}").into_bytes(),
        };
        self.store.schedule(new.clone(), Some(key)).await.unwrap();
    }

    /// The one row that is due goes out.
    async fn published(&self, subject: &str) {
        let now = self.now();
        self.moved(Lane::Stage, |p| {
            ready(p, now);
            let container = p.container.as_mut().unwrap();
            container.handle.0 = format!("container of {subject}");
        })
        .await;
        let items = self.claim(Lane::Send, 1).await;
        let mut outcome = outcome(&items[0].publication, |p: &mut Progress| {
            p.state = State::Published;
            p.remote_id = Some(format!("remote of {subject}"));
            p.permalink = Some(format!("https://link of {subject}"));
            p.published_at = Some(now);
            p.next_at = None;
        });
        let notice = Notice::new(NoticeKind::Published);
        outcome.notices = vec![notice.with("message", format!("said of {subject}"))];
        self.record(outcome).await;
    }

    /// Which tables hold one of these texts.
    fn tables_with(&self, marks: &[String]) -> BTreeSet<String> {
        let raw = self.raw();
        let mut found = BTreeSet::new();
        for table in tables(&raw) {
            let mut rows = raw.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = rows.column_count();
            let mut rows = rows.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                for at in 0..columns {
                    let cell = match row.get_ref(at).unwrap() {
                        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
                        _ => continue,
                    };
                    let cell = String::from_utf8_lossy(&cell);
                    if marks.iter().any(|mark| cell.contains(mark.as_str())) {
                        found.insert(table.clone());
                    }
                }
            }
        }
        found
    }

    /// Which of these texts stand anywhere in the files.
    fn on_disk(&self, marks: &[String]) -> Vec<String> {
        let mut bytes = Vec::new();
        for end in ["", "-wal", "-shm"] {
            let path = format!("{}{end}", self.path().display());
            bytes.extend(std::fs::read(path).unwrap_or_default());
        }
        let there = |mark: &&String| memchr::memmem::find(&bytes, mark.as_bytes()).is_some();
        marks.iter().filter(there).cloned().collect()
    }

    async fn delete(&self, victim: &Victim) {
        let deleted = self.store.delete_user(victim.user, false, [1; 32]).await;
        let UserDeleted::Done(erased) = deleted.unwrap() else {
            panic!("they were not deleted");
        };
        assert_eq!(erased.media.len(), 2);
        self.store.bytes_deleted(&erased.media).await.unwrap();
    }
}

fn tables(raw: &rusqlite::Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema \
               WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut rows = raw.prepare(sql).unwrap();
    let rows = rows.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Tables with rows of people: they name somebody, a workspace, or something in one.
fn of_people(raw: &rusqlite::Connection) -> BTreeSet<String> {
    let owned = [
        "workspace",
        "user",
        "made_by",
        "account",
        "post",
        "media",
        "publication",
    ];
    let told = [
        "users",
        "workspaces",
        "accounts",
        "posts",
        "media",
        "publications",
    ];
    let mut found: BTreeSet<String> = told.map(str::to_owned).into();
    for table in tables(raw) {
        let mut columns = raw
            .prepare("SELECT name FROM pragma_table_info(?1)")
            .unwrap();
        let columns = columns.query_map([&table], |row| row.get(0)).unwrap();
        let columns: Vec<String> = columns.map(Result::unwrap).collect();
        let mut refers = raw
            .prepare("SELECT \"table\" FROM pragma_foreign_key_list(?1)")
            .unwrap();
        let refers = refers.query_map([&table], |row| row.get(0)).unwrap();
        let refers: Vec<String> = refers.map(Result::unwrap).collect();
        let names = columns.iter().any(|c| owned.contains(&c.as_str()));
        if names || refers.iter().any(|t| told.contains(&t.as_str())) {
            found.insert(table);
        }
    }
    // Ids of files without an owner: they go when the bytes are gone.
    found.remove("orphans");
    found
}

/// A new table of people's rows fails here until the test writes a row into it and the deletion
/// removes it.
#[tokio::test]
async fn no_table_keeps_a_row_of_somebody_who_was_deleted() {
    let world = World::new().await;
    let stays = world.victim("anna", "17841400000000001").await;
    let goes = world.victim("boris", "17841400000000002").await;
    let raw = world.raw();
    let ids = |victim: &Victim| {
        let mut marks = vec![victim.user.to_string(), victim.workspace.to_string()];
        marks.extend(victim.traces.clone());
        for table in ["posts", "media", "accounts", "publications", "sessions"] {
            let sql = format!("SELECT id FROM {table} WHERE workspace = ?1");
            let mut rows = raw.prepare(&sql).unwrap();
            let rows = rows.query_map([victim.workspace.to_string()], |row| row.get(0));
            marks.extend(rows.unwrap().map(Result::<String, _>::unwrap));
        }
        marks
    };
    let (theirs, others) = (ids(&goes), ids(&stays));
    let mut expected = of_people(&raw);
    // A sign-in under way names its session or person within its purpose.
    expected.insert("logins".to_owned());
    assert_eq!(world.tables_with(&theirs), expected);
    let before = world.tables_with(&others);
    world.delete(&goes).await;
    assert_eq!(world.tables_with(&theirs), BTreeSet::new());
    assert_eq!(world.tables_with(&others), before);
    let mut dangling = raw.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!dangling.exists([]).unwrap());
}

/// Between the rows of somebody who stays, over many pages, split and joined.
#[tokio::test]
async fn no_page_of_the_files_keeps_what_was_deleted() {
    let world = World::new().await;
    let stays = world.victim("anna", "17841400000000001").await;
    let goes = world.victim("boris", "17841400000000002").await;
    for n in 0..150 {
        for (victim, name) in [(&stays, "anna"), (&goes, "boris")] {
            let media = world.file(victim.workspace, name).await;
            let caption = format!("caption of {name} {n} ").repeat(1 + n % 40);
            let mut new = world.draft(&[], media.id, &caption);
            new.post.workspace = victim.workspace;
            new.post.content = Content::InstagramReel(Reel::new(media.id, caption));
            world.written(&new, name).await;
            if n % 3 == 0 {
                let gone = world.store.delete_media(victim.workspace, media.id);
                gone.await.unwrap();
            }
        }
    }
    assert_eq!(world.on_disk(&goes.traces), goes.traces);
    let deleted = world.store.delete_user(goes.user, false, [1; 32]).await;
    assert!(matches!(deleted.unwrap(), UserDeleted::Done(_)));
    assert!(world.store.scrub().await.unwrap());
    assert_eq!(world.on_disk(&goes.traces), Vec::<String>::new());
    assert_eq!(world.on_disk(&stays.traces), stays.traces);
    let id = [goes.user.to_string(), goes.workspace.to_string()];
    assert_eq!(world.on_disk(&id), Vec::<String>::new());
}

/// What stays of it are the posts as their workspace wrote them.
#[tokio::test]
async fn no_page_keeps_what_was_known_of_a_forgotten_account() {
    let world = World::new().await;
    let victim = world.victim("boris", "17841400000000002").await;
    world.victim("anna", "17841400000000001").await;
    let known = [
        "handle.boris",
        "scoped-17841400000000002",
        "17841400000000002",
        "container of boris",
        "remote of boris",
        "link of boris",
        "said of boris",
    ];
    let known = known.map(str::to_owned).to_vec();
    assert_eq!(world.on_disk(&known), known);
    let forget = Forget {
        platform: "instagram".to_owned(),
        remote_ids: vec!["scoped-17841400000000002".to_owned()],
        code: [1; 32],
        said: None,
    };
    assert_eq!(world.store.forget_remote(forget).await.unwrap(), 1);
    assert!(world.store.scrub().await.unwrap());
    assert_eq!(world.on_disk(&known), Vec::<String>::new());
    let token = world.raw().query_row(
        "SELECT token FROM accounts WHERE workspace = ?1",
        [victim.workspace.to_string()],
        |row| row.get::<_, Option<String>>(0),
    );
    assert_eq!(token, Ok(None));
}

/// A file that is too large to be written anew beside the work is when the server starts.
#[tokio::test]
async fn what_a_large_file_keeps_between_rows_goes_at_the_start() {
    let world = World::new().await;
    let goes = world.victim("boris", "17841400000000002").await;
    let stays = world.person("anna").await;
    let raw = world.raw();
    let due = || -> i64 {
        let sql = "SELECT count(*) FROM meta WHERE name = 'scrub'";
        raw.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    raw.execute_batch("CREATE TABLE ballast (bytes BLOB) STRICT")
        .unwrap();
    raw.execute("INSERT INTO ballast VALUES (zeroblob(17000000))", [])
        .unwrap();
    assert_eq!(due(), 0);
    world.delete(&goes).await;
    assert!(world.store.scrub().await.unwrap());
    assert_eq!(due(), 1);
    let log = format!("{}-wal", world.path().display());
    assert_eq!(std::fs::metadata(&log).unwrap().len(), 0);
    assert!(world.store.compact().await.unwrap());
    assert_eq!(due(), 0);
    let marks: Vec<_> = [goes.user.to_string(), goes.workspace.to_string()]
        .into_iter()
        .chain(goes.traces)
        .collect();
    assert_eq!(world.on_disk(&marks), Vec::<String>::new());
    assert_eq!(world.store.sessions(stays.user).await.unwrap(), [stays]);
}

/// A reader that keeps its snapshot keeps the log; it is said, and nothing waits for ever.
#[tokio::test]
async fn a_reader_in_the_way_is_told() {
    let world = World::new().await;
    let victim = world.victim("boris", "17841400000000002").await;
    let raw = world.raw();
    raw.execute_batch("BEGIN; SELECT count(*) FROM users;")
        .unwrap();
    world.delete(&victim).await;
    assert!(!world.store.scrub().await.unwrap());
    raw.execute_batch("COMMIT").unwrap();
    assert!(world.store.scrub().await.unwrap());
    assert_eq!(world.on_disk(&victim.traces), Vec::<String>::new());
}

/// Identities that nobody refers to any more do not come back with the next sign-in.
#[tokio::test]
async fn whoever_signs_in_again_finds_nothing_of_before() {
    let world = World::new().await;
    let victim = world.victim("boris", "17841400000000002").await;
    world.delete(&victim).await;
    let session = world.person("boris").await;
    assert_ne!(session.user, victim.user);
    let known: Vec<Identity> = world.store.identities(session.user).await.unwrap();
    assert_eq!(known.len(), 1);
    let workspaces = world.store.workspaces(session.user).await.unwrap();
    assert_eq!(workspaces.len(), 1);
    assert_ne!(workspaces[0].0.id, victim.workspace);
}
