//! A server with all three providers, which a stand-in plays, and people with browsers.

use std::ops::Deref;

use contentzavod_identity::stand_in::Part;
use e2e::front::Front;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use crate::browser::{Answer, Browser};

pub(crate) use e2e::front::{PARTS, SECRET};

pub(crate) struct World(pub(crate) Front);

impl Deref for World {
    type Target = Front;

    fn deref(&self) -> &Front {
        &self.0
    }
}

impl World {
    /// Whoever signs in with a provider gets a workspace.
    pub(crate) async fn new() -> Self {
        Self(Front::start(&[], None).await.unwrap())
    }

    /// Newcomers need an invitation.
    pub(crate) async fn invited() -> Self {
        let more = [("SIGN_IN__NEWCOMERS", "invited")];
        Self(Front::start(&more, None).await.unwrap())
    }

    /// Behind a proxy with TLS.
    pub(crate) async fn behind_https() -> Self {
        let public = Some("https://zavod.example.com/");
        Self(Front::start(&[], public).await.unwrap())
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.server.base, &self.site)
    }

    /// Somebody agrees at the provider: where their browser comes back to.
    pub(crate) async fn agreed(&self, browser: &mut Browser, start: &str, name: &str) -> Url {
        self.stand_in.person(name);
        let out = browser.click(start).await.must(303);
        self.stand_in.agree(&out.location().unwrap(), name).unwrap()
    }

    /// The whole way of somebody who begins there, and the answer of the callback.
    pub(crate) async fn through(&self, browser: &mut Browser, start: &str, name: &str) -> Answer {
        let back = self.agreed(browser, start, name).await;
        let path = browser.path_here(&back);
        browser.get(&path).await
    }

    /// Somebody signs in; where they come to rest.
    pub(crate) async fn sign_in(&self, browser: &mut Browser, part: Part, name: &str) -> Answer {
        let start = format!("/auth/{}/start", part.as_str());
        let back = self.through(browser, &start, name).await.must(303);
        browser.follow(back).await
    }

    /// A browser with somebody signed in.
    pub(crate) async fn somebody(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        self.sign_in(&mut browser, Part::Google, name)
            .await
            .must(200);
        browser
    }

    /// An owner where newcomers must be invited: they come by the first link.
    pub(crate) async fn first_owner(&self) -> Browser {
        let link = self.server.zavod.first_owner_link().await.unwrap().unwrap();
        let path = format!(
            "/auth/first/{}",
            secrecy::ExposeSecret::expose_secret(&link)
        );
        let mut browser = self.browser();
        let fields = [
            ("name", "Olga"),
            ("workspace", "Studio"),
            ("timezone", "Europe/Moscow"),
        ];
        let came = browser.post(&path, &fields).await.must(303);
        browser.follow(came).await.must(200);
        browser
    }

    /// The path of a new invitation, and its id.
    pub(crate) async fn invitation(&self, owner: &mut Browser, role: &str) -> (String, String) {
        let body = json!({ "role": role });
        let made = owner
            .call(Method::POST, "/v1/invitations", Some(&body))
            .await;
        let made = made.must(201).json();
        let url: Url = made["url"].as_str().unwrap().parse().unwrap();
        let id = made["invitation"]["id"].as_str().unwrap();
        (owner.path_here(&url), id.to_owned())
    }

    /// Somebody else in the workspace of an owner.
    pub(crate) async fn member(&self, owner: &mut Browser, name: &str, role: &str) -> Browser {
        let (path, _) = self.invitation(owner, role).await;
        let mut browser = self.browser();
        let start = start_invited(Part::Yandex, &path);
        let back = self.through(&mut browser, &start, name).await.must(303);
        browser.follow(back).await.must(200);
        browser
    }

    /// The secret of a new key of an owner.
    pub(crate) async fn key(&self, owner: &mut Browser, body: &Value) -> String {
        let made = owner.call(Method::POST, "/v1/api-keys", Some(body)).await;
        made.must(201).json()["secret"].as_str().unwrap().to_owned()
    }
}

/// Where somebody begins who follows an invitation.
pub(crate) fn start_invited(part: Part, invitation: &str) -> String {
    let secret = invitation.rsplit('/').next().unwrap();
    format!("/auth/{}/start?invitation={secret}", part.as_str())
}
