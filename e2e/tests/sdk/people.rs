//! What only somebody does who signed in: sessions, workspaces, members, invitations, identities.

use std::collections::BTreeMap;
use std::sync::Arc;

use contentzavod_client::types::{
    ConnectAccount, KeyRotation, MemberChange, NewApiKey, NewInvitation, NewWorkspace, Role,
};
use contentzavod_core::model::{Purpose, Secret};
use contentzavod_core::service::{Back, Newcomer};
use contentzavod_identity::stand_in::{Part, StandIn};
use futures::StreamExt;
use secrecy::ExposeSecret;
use url::Url;

use super::*;

const ISSUED: [(&str, &str); 2] = [("CLIENT_ID", "us"), ("CLIENT_SECRET", "our secret")];

/// Settings by which a stand-in plays Google, and the sandbox knows our app.
pub(super) fn settings(stand_in: &StandIn) -> BTreeMap<String, String> {
    let issuer = stand_in.url(Part::Google).to_string();
    let google = ISSUED.into_iter().chain([("ISSUER", issuer.as_str())]);
    let google = google.map(|(name, value)| (format!("CONTENTZAVOD_GOOGLE__{name}"), value.into()));
    let app = contentzavod_instagram::sandbox::INSTAGRAM_APP;
    let ours = [("APP_ID", app.id), ("APP_SECRET", app.secret)];
    let ours = ours.map(|(name, value)| (format!("CONTENTZAVOD_INSTAGRAM__{name}"), value.into()));
    google.chain(ours).collect()
}

/// Comes back from Google as somebody; the token of the session.
async fn through_google(
    server: &Server,
    stand_in: &StandIn,
    purpose: Purpose,
    name: &str,
) -> Secret {
    let back = format!("{}/auth/google/callback", server.base);
    stand_in.register(Part::Google, "us", "our secret", &[&back]);
    stand_in.person(name);
    let back: Url = back.parse().unwrap();
    let started = server.zavod.start_sign_in("google", purpose, &back, None);
    let started = started.await.unwrap();
    let came = stand_in.agree(&started.url, name).unwrap();
    let brought: BTreeMap<_, _> = came.query_pairs().into_owned().collect();
    let end = server.zavod.finish_sign_in(
        "google",
        Back {
            state: brought["state"].clone(),
            code: Some(brought["code"].clone().into()),
            browser: Some(started.browser),
            ..Back::default()
        },
    );
    end.await.unwrap().token
}

/// A client of our own pages: with a session in place of a key.
#[expect(
    clippy::disallowed_methods,
    reason = "the SDK takes any client, and a browser sends these headers by itself"
)]
pub(super) fn signed_in(server: &Server, token: &Secret) -> Client {
    let mut headers = reqwest::header::HeaderMap::new();
    let cookie = format!("cz_session={}", token.expose_secret());
    headers.insert("cookie", cookie.parse().unwrap());
    headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
    let http = reqwest::Client::builder().default_headers(headers);
    Client::new_with_client(&server.base, http.build().unwrap())
}

impl Story {
    /// Everything of a person who signs in with Google, beside whoever has the key.
    pub(super) async fn somebody_signs_in(&mut self, stand_in: &StandIn) {
        let purpose = Purpose::SignIn { invitation: None };
        let token = through_google(&self.server, stand_in, purpose, "Boris").await;
        let client = signed_in(&self.server, &token);
        let keyed = std::mem::replace(&mut self.client, client);
        self.sessions_and_workspaces().await;
        self.members(stand_in).await;
        self.keys_go_on().await;
        let body = ConnectAccount::builder().login("instagram".to_owned());
        let started = call!(self, account_connect, body = body);
        assert!(
            started.authorize_url.contains("/oauth/authorize?"),
            "{started:?}"
        );
        self.identities(stand_in).await;
        self.client = keyed;
    }

    async fn sessions_and_workspaces(&mut self) {
        let sessions = call!(self, session_list).items;
        assert!(sessions.len() == 1 && sessions[0].current, "{sessions:?}");
        let body = NewWorkspace::builder().name("Second");
        let made = call!(self, workspace_create, body = body);
        call!(self, workspace_enter, id = made.id);
        assert_eq!(call!(self, me_get).workspace.name, "Second");
        let all = call!(self, workspace_list).items;
        assert_eq!(all.iter().filter(|one| one.current).count(), 1);
        assert_eq!(all.len(), 2);
    }

    async fn members(&mut self, stand_in: &StandIn) {
        let body = NewInvitation::builder().role(Role::Viewer);
        let made = call!(self, invitation_create, body = body);
        assert_eq!(call!(self, invitation_list).items.len(), 1);
        call!(self, invitation_delete, id = made.invitation.id);
        let body = NewInvitation::builder().role(Role::Viewer);
        let made = call!(self, invitation_create, body = body);
        let link = made.url.expose().rsplit('/').next().unwrap().to_owned();
        let purpose = Purpose::SignIn { invitation: None };
        let token = through_google(&self.server, stand_in, purpose, "Vera").await;
        let vera = signed_in(&self.server, &token)
            .me_get()
            .send()
            .await
            .unwrap();
        let (session, _) = self.server.zavod.session(&token).await.unwrap().unwrap();
        let actor = contentzavod_core::model::Actor {
            user: session.user,
            workspace: session.workspace,
        };
        self.server.zavod.join(actor, &link.into()).await.unwrap();
        let body = MemberChange::builder().role(Role::Editor);
        call!(self, member_update, id = vera.id, body = body);
        let members = call!(self, member_list).items;
        let hers = members.iter().find(|member| member.user_id == vera.id);
        assert_eq!(members.len(), 2);
        assert_eq!(hers.unwrap().role, Role::Editor);
        call!(self, member_delete, id = vera.id);
        assert_eq!(call!(self, member_list).items.len(), 1);
    }

    async fn keys_go_on(&mut self) {
        let body = NewApiKey::builder()
            .name("reader")
            .scopes(vec!["posts:read".to_owned()]);
        let made = call!(self, api_key_create, body = body);
        let body = KeyRotation::builder().grace_hours(1);
        let next = call!(self, api_key_rotate, id = made.api_key.id, body = body);
        assert_ne!(made.secret.expose(), next.secret.expose());
        let reader = Client::with_api_key(&self.server.base, next.secret.expose()).unwrap();
        reader.post_list().send().await.unwrap();
        let refused = reader.account_list().send().await.unwrap_err();
        assert!(
            matches!(refused, Error::ErrorResponse(ref problem) if problem.code == "auth.scope")
        );
    }

    async fn identities(&mut self, stand_in: &StandIn) {
        let own = call!(self, session_list).items.remove(0);
        let session = contentzavod_core::model::SessionId(own.id);
        let purpose = Purpose::Link { session };
        let token = through_google(&self.server, stand_in, purpose, "Boris at work").await;
        self.client = signed_in(&self.server, &token);
        let identities = call!(self, me_get).identities;
        assert_eq!(identities.len(), 2);
        let first = &identities[0];
        call!(
            self,
            identity_delete,
            provider = first.provider.clone(),
            subject = first.subject.clone()
        );
        assert_eq!(call!(self, me_get).identities.len(), 1);
        call!(self, session_delete, id = own.id);
        assert!(self.client.me_get().send().await.is_err(), "signed out");
    }
}

impl Story {
    /// Everything is taken out, and deleted.
    pub(super) async fn out_and_away(&mut self) {
        let mut archive = call!(self, me_export).into_inner();
        let mut bytes = Vec::new();
        while let Some(piece) = archive.next().await {
            bytes.extend_from_slice(&piece.unwrap());
        }
        assert!(bytes.starts_with(b"PK"), "a ZIP archive");
        let farewell = call!(self, me_delete);
        assert_eq!((farewell.workspaces, farewell.may_go_live), (1, 0));
        assert_eq!(farewell.stays_live[0].username, "anna");
        assert!(
            self.client.me_get().send().await.is_err(),
            "the key is gone"
        );
    }
}

/// A stand-in of the providers that goes by the same clock.
pub(super) async fn stand_in(clock: Arc<ManualClock>) -> StandIn {
    StandIn::start(clock).await.unwrap()
}

/// A person who came by a link, without any provider.
#[tokio::test]
async fn whoever_comes_by_a_link_may_use_the_sdk_with_their_session() {
    let clock = Arc::new(ManualClock::new());
    let sandbox = Sandbox::builder()
        .clock(clock.clone())
        .start()
        .await
        .unwrap();
    let server = Server::start(sandbox.url().as_str(), clock).await.unwrap();
    let link = server.zavod.first_owner_link().await.unwrap().unwrap();
    let who = Newcomer {
        name: "Anna".to_owned(),
        ..Newcomer::default()
    };
    let came = server.zavod.come_in(&link, who, None).await.unwrap();
    let client = signed_in(&server, &came.token);
    let me = client.me_get().send().await.unwrap();
    assert_eq!(
        (me.name.as_str(), me.identities[0].provider.as_str()),
        ("Anna", "link")
    );
}
