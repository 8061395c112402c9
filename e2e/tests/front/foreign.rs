//! What belongs to another workspace is not there.

use std::collections::BTreeMap;

use contentzavod_core::ports::Clock as _;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::browser::Browser;
use crate::operations::{Body, Caller, MISSING, Operation, all, code, reel};
use crate::world::World;

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");

/// One of everything, and whose it is.
struct Things {
    owner: Browser,
    /// By the noun of the path.
    ids: BTreeMap<&'static str, String>,
    subject: String,
}

fn id(value: &Value) -> String {
    value["id"]
        .as_str()
        .unwrap_or_else(|| panic!("no id: {value}"))
        .to_owned()
}

impl Things {
    async fn new(w: &World) -> Self {
        let mut owner = w.somebody("Anna").await;
        let mut ids = BTreeMap::new();
        let me = owner.me().await.unwrap();
        ids.insert("workspaces", id(&me["workspace"]));
        ids.insert("members", id(&me));
        let subject = me["identities"][0]["subject"].as_str().unwrap().to_owned();
        let sessions = owner.call(Method::GET, "/v1/sessions", None).await.json();
        ids.insert("sessions", id(&sessions["items"][0]));
        ids.insert("invitations", w.invitation(&mut owner, "viewer").await.1);
        let mut make = async |path: &str, body: Value| {
            let made = owner.call(Method::POST, path, Some(&body)).await;
            made.must(201).json()
        };
        let key = make("/v1/api-keys", json!({ "name": "ci" })).await;
        ids.insert("api-keys", id(&key["api_key"]));
        let token = w.sandbox.add_account("anna_reels");
        let account = make("/v1/accounts", json!({ "access_token": token })).await;
        ids.insert("accounts", id(&account));
        let headers = [
            ("content-type", "application/octet-stream"),
            ("sec-fetch-site", "same-origin"),
        ];
        let media = owner
            .send(
                Method::POST,
                "/v1/media?filename=anna.mp4",
                &headers,
                Some(REEL.to_vec()),
            )
            .await;
        ids.insert("media", id(&media.must(201).json()));
        let at = w.server.clock.now() + chrono::TimeDelta::hours(3);
        let post = json!({
            "account_ids": [ids["accounts"]],
            "content": reel(ids["media"].parse().unwrap()),
            "publish_at": at.to_rfc3339(),
        });
        let post = owner
            .call(Method::POST, "/v1/posts", Some(&post))
            .await
            .must(201)
            .json();
        ids.insert("posts", id(&post));
        ids.insert("publications", id(&post["publications"][0]));
        Self {
            owner,
            ids,
            subject,
        }
    }

    /// The path of an operation with what is theirs.
    fn path(&self, operation: &Operation) -> String {
        let noun = operation.path.split('/').nth(2).unwrap();
        let path = operation.path.replace("{subject}", &self.subject);
        let path = path.replace("{provider}", "google");
        if !path.contains("{id}") {
            return path;
        }
        let id = self.ids.get(noun);
        let id = id.unwrap_or_else(|| panic!("{noun}: make one of it in `Things::new`"));
        path.replace("{id}", id)
    }

    /// All of it, as the owner sees it.
    async fn seen(&mut self) -> Vec<Value> {
        let mut seen = Vec::new();
        let nouns: Vec<_> = self.ids.keys().copied().collect();
        for noun in nouns.into_iter().filter(|noun| *noun != "publications") {
            let list = self
                .owner
                .call(Method::GET, &format!("/v1/{noun}"), None)
                .await;
            let list = list.must(200).json();
            assert!(list.to_string().contains(&self.ids[noun]), "{noun}: {list}");
            seen.push(list);
        }
        seen
    }
}

/// A refusal without what is another one in each.
fn bare(body: &str) -> Value {
    let mut problem: Value = serde_json::from_str(body).unwrap();
    assert!(
        problem
            .as_object_mut()
            .unwrap()
            .remove("request_id")
            .is_some()
    );
    problem
}

async fn strangers(w: &World) -> [Caller; 2] {
    let mut boris = w.somebody("Boris").await;
    let me = boris.me().await.unwrap();
    let actor = contentzavod_core::model::Actor {
        user: contentzavod_core::model::UserId(id(&me).parse().unwrap()),
        workspace: contentzavod_core::model::WorkspaceId(id(&me["workspace"]).parse().unwrap()),
    };
    let (_, key) = w.server.zavod.create_key(actor, "all").await.unwrap();
    let key = secrecy::ExposeSecret::expose_secret(&key).to_owned();
    [Caller::Browser(boris), Caller::Key(w.browser(), key)]
}

#[tokio::test]
async fn an_id_of_another_workspace_is_answered_like_one_that_is_nobodys() {
    let w = World::new().await;
    let mut things = Things::new(&w).await;
    let before = things.seen().await;
    let mut tried = 0;
    for mut stranger in strangers(&w).await {
        for operation in all(&w).await.iter().filter(|o| o.has_parameter()) {
            if operation.id == "workspace_enter" && matches!(stranger, Caller::Key(..)) {
                // No key enters anything: said before any id is looked at.
                continue;
            }
            let body = operation.body();
            let theirs = things.path(operation);
            let foreign = stranger.call(&operation.method, &theirs, &body).await;
            let missing = stranger.tries(operation).await;
            let name = &operation.id;
            assert_eq!(foreign.0.as_u16(), 404, "{name}: {}", foreign.1);
            assert_eq!(missing.0.as_u16(), 404, "{name}: {}", missing.1);
            assert_eq!(bare(&foreign.1), bare(&missing.1), "{name}");
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
    assert_eq!(things.seen().await, before, "and nothing has changed");
}

#[tokio::test]
async fn lists_show_nothing_of_another_workspace() {
    let w = World::new().await;
    let things = Things::new(&w).await;
    for mut stranger in strangers(&w).await {
        let lists = all(&w).await.into_iter();
        for operation in lists.filter(|o| o.method == Method::GET && !o.has_parameter()) {
            let (status, body) = stranger.tries(&operation).await;
            assert_eq!(status.as_u16(), 200, "{}: {body}", operation.id);
            for theirs in things
                .ids
                .values()
                .map(String::as_str)
                .chain(["Anna", "anna_reels"])
            {
                assert!(
                    !body.contains(theirs),
                    "{}: {theirs} in {body}",
                    operation.id
                );
            }
        }
        let path = format!("/v1/posts?account_id={}", things.ids["accounts"]);
        let (_, body) = stranger.call(&Method::GET, &path, &Body::None).await;
        assert!(!body.contains(&things.ids["posts"]), "{body}");
    }
}

#[tokio::test]
async fn what_a_body_names_of_another_workspace_is_not_there_either() {
    let w = World::new().await;
    let mut things = Things::new(&w).await;
    let media: Uuid = things.ids["media"].parse().unwrap();
    let account: Uuid = things.ids["accounts"].parse().unwrap();
    let before = things.seen().await;
    for mut stranger in strangers(&w).await {
        for path in ["/v1/posts", "/v1/posts/validate"] {
            let mut said = Vec::new();
            for (account, media) in [(account, media), (MISSING, MISSING)] {
                let body = json!({ "account_ids": [account], "content": reel(media) });
                let (status, text) = stranger.call(&Method::POST, path, &Body::Json(body)).await;
                let text = text
                    .replace(&account.to_string(), "…")
                    .replace(&media.to_string(), "…");
                let mut read: Value = serde_json::from_str(&text).unwrap();
                read.as_object_mut().unwrap().remove("request_id");
                said.push((status, read));
            }
            assert_eq!(said[0], said[1], "{path}");
            assert!(
                said[0].1.to_string().contains("media.not_found"),
                "{:?}",
                said[0]
            );
        }
        // Making a member of somebody whose id one knows.
        let path = format!("/v1/members/{}", things.ids["members"]);
        let role = Body::Json(json!({ "role": "editor" }));
        let (_, text) = stranger.call(&Method::PATCH, &path, &role).await;
        assert_eq!(code(&text), "member.not_found");
    }
    assert_eq!(things.seen().await, before);
}
