//! Who may do what: every operation of the document against one table.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use reqwest::{Method, StatusCode};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::operations::{Body, Caller, Operation, all, code};
use crate::table::Key::{self, Any, None as NoKey, Whole, With};
use crate::table::Who::{self, Anybody, Editor, Owner, Viewer};
use crate::table::{TABLE, more, row};
use crate::world::World;

const SCOPES: [&str; 7] = [
    "accounts:read",
    "accounts:write",
    "media:write",
    "posts:read",
    "posts:write",
    "posts:publish",
    "account:export",
];

/// What a caller is told: nothing against it, or why not.
fn verdict(operation: &Operation, status: StatusCode, body: &str) -> String {
    match status.as_u16() {
        401 | 403 => code(body),
        404 if operation.has_parameter() => "may".to_owned(),
        // Others would be left without an owner: that is another matter.
        409 if operation.id == "me_delete" => "may".to_owned(),
        // What was sent is no video, no token, and nobody's.
        200..=299 | 422 if !operation.has_parameter() => "may".to_owned(),
        other => format!("{other}: {body}"),
    }
}

/// What the table says to somebody with a session.
fn to_role(who: Who, role: Who) -> &'static str {
    if role >= who { "may" } else { "auth.role" }
}

/// What the table says to a key of an owner with these scopes; `None`: made on the command line.
fn to_key(need: Key, scope: Option<&str>) -> &'static str {
    match (need, scope) {
        (Any, _) | (With(_) | Whole, None) => "may",
        (With(needed), Some(scope)) if needed == [scope] => "may",
        (With(_), Some(_)) => "auth.scope",
        (Whole | NoKey, _) => "auth.session",
    }
}

struct Crew {
    w: World,
    owner: Browser,
    viewer: Browser,
    editor: Browser,
}

impl Crew {
    async fn new() -> Self {
        let w = World::new().await;
        let mut owner = w.somebody("Anna").await;
        let viewer = w.member(&mut owner, "Vera", "viewer").await;
        let editor = w.member(&mut owner, "Egor", "editor").await;
        Self {
            w,
            owner,
            viewer,
            editor,
        }
    }

    /// A key of each scope, and one of the command line.
    async fn keys(&mut self) -> Vec<(Option<&'static str>, Caller)> {
        let mut keys = Vec::new();
        for scope in SCOPES {
            let body = json!({ "name": scope, "scopes": [scope] });
            let key = self.w.key(&mut self.owner, &body).await;
            keys.push((Some(scope), Caller::Key(self.w.browser(), key)));
        }
        let me = self.owner.me().await.unwrap();
        let id = |value: &Value| value.as_str().unwrap().parse().unwrap();
        let actor = contentzavod_core::model::Actor {
            user: contentzavod_core::model::UserId(id(&me["id"])),
            workspace: contentzavod_core::model::WorkspaceId(id(&me["workspace"]["id"])),
        };
        let (_, key) = self.w.server.zavod.create_key(actor, "cli").await.unwrap();
        let key = key.expose_secret().to_owned();
        keys.push((None, Caller::Key(self.w.browser(), key)));
        keys
    }
}

#[tokio::test]
async fn the_table_has_every_operation_and_no_other() {
    let w = World::new().await;
    let described: BTreeSet<_> = all(&w).await.into_iter().map(|o| o.id).collect();
    let known: BTreeSet<_> = TABLE.iter().map(|row| row.0.to_owned()).collect();
    assert_eq!(known, described);
}

#[tokio::test]
async fn each_role_may_what_the_table_says() {
    let crew = Crew::new().await;
    let mut wrong = Vec::new();
    for operation in all(&crew.w).await {
        let (who, ..) = row(&operation);
        for (role, browser) in [
            (Viewer, &crew.viewer),
            (Editor, &crew.editor),
            (Owner, &crew.owner),
        ] {
            let mut caller = Caller::Browser(browser.clone());
            let (status, body) = caller.tries(&operation).await;
            let said = verdict(&operation, status, &body);
            if said != to_role(who, role) {
                wrong.push(format!("{} as {role:?}: {said}", operation.id));
            }
        }
        let mut nobody = Caller::Browser(crew.w.browser());
        let (status, body) = nobody.tries(&operation).await;
        let said = verdict(&operation, status, &body);
        if said
            != if who == Anybody {
                "may"
            } else {
                "auth.required"
            }
        {
            wrong.push(format!("{} as nobody: {said}", operation.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn each_key_may_what_the_table_says() {
    let mut crew = Crew::new().await;
    let mut wrong = Vec::new();
    let operations = all(&crew.w).await;
    for (scope, mut caller) in crew.keys().await {
        for operation in &operations {
            let (_, need, _) = row(operation);
            let (status, body) = caller.tries(operation).await;
            let said = verdict(operation, status, &body);
            if said != to_key(need, scope) {
                wrong.push(format!("{} with {scope:?}: {said}", operation.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_a_body_asks_for_is_asked_about_too() {
    let mut crew = Crew::new().await;
    let operations = all(&crew.w).await;
    let keys = crew.keys().await;
    let mut wrong = Vec::new();
    for (id, body, who, need) in more() {
        let operation = operations.iter().find(|o| o.id == id).unwrap();
        let (path, body) = (operation.missing(), Body::Json(body));
        for (role, browser) in [
            (Viewer, &crew.viewer),
            (Editor, &crew.editor),
            (Owner, &crew.owner),
        ] {
            let mut caller = Caller::Browser(browser.clone());
            let (status, said) = caller.call(&operation.method, &path, &body).await;
            let said = verdict(operation, status, &said);
            if said != to_role(who, role) {
                wrong.push(format!("{id} as {role:?}: {said}"));
            }
        }
        for (scope, caller) in &keys {
            let mut caller = caller.clone();
            let (status, said) = caller.call(&operation.method, &path, &body).await;
            let said = verdict(operation, status, &said);
            if said != to_key(need, *scope) {
                wrong.push(format!("{id} with {scope:?}: {said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn eleven_minutes_after_signing_in_the_table_says_what_wants_a_fresh_proof() {
    let crew = Crew::new().await;
    crew.w.server.clock.advance(TimeDelta::minutes(11));
    let mut wrong = Vec::new();
    for operation in all(&crew.w).await {
        let (_, _, fresh) = row(&operation);
        let mut caller = Caller::Browser(crew.owner.clone());
        let (status, body) = caller.tries(&operation).await;
        let said = verdict(&operation, status, &body);
        if said != if fresh { "auth.stale" } else { "may" } {
            wrong.push(format!("{}: {said}", operation.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_role_that_changes_holds_at_once_for_sessions_and_keys() {
    let mut crew = Crew::new().await;
    let second = crew.w.member(&mut crew.owner, "Oleg", "owner").await;
    let mut second = second;
    let body = json!({ "name": "ci", "scopes": ["accounts:write", "posts:read"] });
    let key = crew.w.key(&mut second, &body).await;
    let mut key = Caller::Key(crew.w.browser(), key);
    let id = second.me().await.unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/v1/members/{id}");
    let connect = Body::Json(json!({ "access_token": "IGAAnobodys" }));
    let may = key.call(&Method::POST, "/v1/accounts", &connect).await;
    assert_eq!(may.0.as_u16(), 422, "{}", may.1);
    let less = json!({ "role": "viewer" });
    crew.owner
        .call(Method::PATCH, &path, Some(&less))
        .await
        .must(204);
    let said = key.call(&Method::POST, "/v1/accounts", &connect).await;
    assert_eq!(
        (said.0.as_u16(), code(&said.1).as_str()),
        (403, "auth.role")
    );
    let refused = second
        .call(Method::GET, "/v1/api-keys", None)
        .await
        .must(403);
    assert_eq!(refused.code(), "auth.role");
    // Sent away: neither opens anything.
    crew.owner.call(Method::DELETE, &path, None).await.must(204);
    assert_eq!(second.me().await, None);
    let said = key.call(&Method::GET, "/v1/users/me", &Body::None).await;
    assert_eq!(said.0.as_u16(), 401);
}

#[tokio::test]
async fn anybody_may_leave_but_the_last_owner() {
    let mut crew = Crew::new().await;
    let path = |me: Value| format!("/v1/members/{}", me["id"].as_str().unwrap());
    let own = path(crew.viewer.me().await.unwrap());
    let theirs = path(crew.editor.me().await.unwrap());
    let refused = crew
        .viewer
        .call(Method::DELETE, &theirs, None)
        .await
        .must(403);
    assert_eq!(refused.code(), "auth.role");
    crew.viewer.call(Method::DELETE, &own, None).await.must(204);
    assert_eq!(crew.viewer.me().await, None);
    let own = path(crew.owner.me().await.unwrap());
    let refused = crew.owner.call(Method::DELETE, &own, None).await.must(409);
    assert_eq!(refused.code(), "workspace.last_owner");
    let less = json!({ "role": "editor" });
    let refused = crew
        .owner
        .call(Method::PATCH, &own, Some(&less))
        .await
        .must(409);
    assert_eq!(refused.code(), "workspace.last_owner");
    assert_eq!(crew.owner.me().await.unwrap()["role"], "owner");
}
