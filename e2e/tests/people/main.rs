//! The whole story of a person through the SDK, at a server that runs as a process of its own: in by a
//! provider, an account connected, posts, disconnected, everything taken out, everything deleted. Then
//! every file is searched for what should be gone, and every host that was contacted is named.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[path = "../front/browser.rs"]
#[expect(
    dead_code,
    reason = "this story does less than those of the front door"
)]
mod browser;
mod hosts;
mod remains;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use contentzavod_client::types::{
    ConnectAccount, Content, InstagramReel, MeChange, NewApiKey, NewInvitation, NewPost,
    PublicationStatus, Role, WorkspaceChange,
};
use contentzavod_client::{Client, types};
use contentzavod_core::ports::{Clock as _, SystemClock};
use contentzavod_identity::stand_in::{Part, StandIn};
use contentzavod_instagram::Family;
use contentzavod_instagram::sandbox::{FACEBOOK_APP, INSTAGRAM_APP, Sandbox};
use e2e::front::{PARTS, SECRET, providers};
use e2e::process::{self, Binary, PATIENCE, Process};
use e2e::server::hosts as platform;
use futures::StreamExt;
use url::Url;
use uuid::Uuid;

use browser::Browser;
use hosts::Record;

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");
const NAME: &str = "Anna Karenina-Canary";
const STUDIO: &str = "Canary Studio of Anna";
const CAPTION: &str = "A caption as long as a canary sings";
const HANDLE: &str = "canary.of.anna";
const BY_PAGE: &str = "canary.by.page";
const FILE: &str = "canary-film.mp4";

/// Secrets of whoever runs the server: they stay, and are told nobody.
const OPERATORS: [&str; 3] = [SECRET, INSTAGRAM_APP.secret, FACEBOOK_APP.secret];

/// The providers and the platform in this process, the server in another.
struct World {
    stand_in: StandIn,
    sandbox: Sandbox,
    server: Process,
    record: Record,
    site: Url,
    folder: tempfile::TempDir,
    /// Whatever opened something, or proved something.
    secrets: Vec<String>,
}

/// The server's settings, with the providers and both apps.
fn settings(stand_in: &StandIn, sandbox: &Sandbox, site: &Url) -> Vec<(String, String)> {
    let own = [
        ("PUBLIC_URL", site.as_str()),
        ("INSTAGRAM__APP_ID", INSTAGRAM_APP.id),
        ("INSTAGRAM__APP_SECRET", INSTAGRAM_APP.secret),
        ("INSTAGRAM__META_APP_ID", FACEBOOK_APP.id),
        ("INSTAGRAM__META_APP_SECRET", FACEBOOK_APP.secret),
    ];
    let own = own.map(|(name, value)| (format!("CONTENTZAVOD_{name}"), value.to_owned()));
    let unlimited = process::UNLIMITED.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let all = own.into_iter().chain(unlimited).chain(providers(stand_in));
    all.chain(platform(sandbox.url().as_str())).collect()
}

impl World {
    async fn new() -> Self {
        let stand_in = StandIn::start(Arc::new(SystemClock::new())).await.unwrap();
        stand_in.reads("en");
        let sandbox = Sandbox::builder().processing(TimeDelta::milliseconds(200));
        let sandbox = sandbox.start().await.unwrap();
        let port = process::free_port().unwrap();
        let site: Url = format!("http://127.0.0.1:{port}/").parse().unwrap();
        for part in PARTS {
            let back = format!("{site}auth/{}/callback", part.as_str());
            stand_in.register(part, e2e::front::ID, SECRET, &[&back]);
        }
        let folder = tempfile::tempdir().unwrap();
        let record = Record::at(&folder.path().join("connections"));
        let mut command = Binary::find().unwrap().command();
        let address = format!("127.0.0.1:{port}");
        command.args(["serve", "--listen", &address, "--data-dir"]);
        command.arg(folder.path().join("data"));
        command.envs(settings(&stand_in, &sandbox, &site));
        // Whatever is ever logged.
        command.env("RUST_LOG", "trace");
        let log = folder.path().join("server.log");
        let mut server = Process::start(record.traced(&command), &log).unwrap();
        server.says("listening on ").unwrap();
        Self {
            stand_in,
            sandbox,
            server,
            record,
            site,
            folder,
            secrets: OPERATORS.map(str::to_owned).into(),
        }
    }

    /// Remembers what an address carries that opens something.
    fn note(&mut self, url: &Url) {
        for (name, value) in url.query_pairs() {
            if ["state", "code", "nonce"].contains(&&*name) {
                self.secrets.push(value.into_owned());
            }
        }
    }

    /// Somebody comes in by a provider.
    async fn comes_in(&mut self, part: Part, name: &str) -> Browser {
        let mut browser = Browser::new(self.site.as_str(), &self.site);
        self.stand_in.person(name);
        let start = format!("/auth/{}/start", part.as_str());
        let out = browser.click(&start).await.must(303).location().unwrap();
        self.note(&out);
        self.secrets.extend(browser.jar.values().cloned());
        let back = self.stand_in.agree(&out, name).unwrap();
        self.note(&back);
        let path = browser.path_here(&back);
        let came = browser.get(&path).await.must(303);
        browser.follow(came).await.must(200);
        self.secrets.push(browser.session().unwrap().to_owned());
        browser
    }

    /// The SDK with what a browser keeps.
    #[expect(
        clippy::disallowed_methods,
        reason = "the SDK takes any client, and a browser sends these headers by itself"
    )]
    fn client(&self, browser: &Browser) -> Client {
        let mut headers = reqwest::header::HeaderMap::new();
        let cookie = format!("cz_session={}", browser.session().unwrap());
        headers.insert("cookie", cookie.parse().unwrap());
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        let http = reqwest::Client::builder().default_headers(headers);
        Client::new_with_client(&self.base(), http.build().unwrap())
    }

    fn base(&self) -> String {
        self.site.as_str().trim_end_matches('/').to_owned()
    }

    /// An account is connected on the platform's pages.
    async fn connects(
        &mut self,
        browser: &mut Browser,
        client: &Client,
        (login, name): (&str, &str),
    ) -> types::Account {
        let body = ConnectAccount::builder().login(login.to_owned());
        let started = client.account_connect().body(body).send().await.unwrap();
        let page: Url = started.authorize_url.parse().unwrap();
        self.note(&page);
        let back = agrees(page, name).await;
        self.note(&back);
        let path = browser.path_here(&back);
        let page = browser.get(&path).await.must(200);
        assert!(page.body.contains(name), "{}", page.body);
        let all = client.account_list().send().await.unwrap();
        let mut all = all.into_inner().items.into_iter();
        all.find(|account| account.username == name).unwrap()
    }

    /// Meta says that somebody took our access to an account away.
    async fn takes_away(&mut self, browser: &mut Browser, family: Family, name: &str) {
        let signed = self.sandbox.signed_request(family, name);
        let form = format!("signed_request={signed}").into_bytes();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let path = "/webhooks/meta/deauthorize";
        let heard = browser.send(reqwest::Method::POST, path, &headers, Some(form));
        heard.await.must(200);
        self.secrets.push(signed);
    }

    /// Everything that is found of these in the server's files.
    fn remains(&self, left: &Left) -> BTreeSet<String> {
        remains::of(&self.folder.path().join("data"), left, &REEL[1000..1100])
    }
}

/// Somebody agrees on the platform's page.
#[expect(
    clippy::disallowed_methods,
    reason = "a browser that stays where it is"
)]
async fn agrees(mut page: Url, name: &str) -> Url {
    page.query_pairs_mut().append_pair("sandbox_account", name);
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let answer = browser.build().unwrap().get(page).send().await.unwrap();
    let to = answer.headers().get("location").expect("sent back");
    to.to_str().unwrap().parse().unwrap()
}

async fn names_it(client: &Client) -> types::Me {
    let workspace = WorkspaceChange::builder()
        .name(STUDIO.to_owned())
        .timezone("Europe/Moscow".to_owned());
    let workspace: WorkspaceChange = workspace.try_into().unwrap();
    let named = MeChange::builder().workspace(workspace);
    let me = client.me_update().body(named).send().await.unwrap();
    let me = me.into_inner();
    assert_eq!((&*me.name, &*me.workspace.name), (NAME, STUDIO));
    me
}

async fn uploads(client: &Client) -> Uuid {
    let media = client.media_create().filename(FILE).body(REEL.to_vec());
    media.send().await.unwrap().id
}

async fn posts(client: &Client, account: Uuid, after: TimeDelta) -> types::Post {
    let media = uploads(client).await;
    let reel = InstagramReel::builder().media_id(media).caption(CAPTION);
    let reel: InstagramReel = reel.try_into().unwrap();
    let body = NewPost::builder()
        .account_ids(vec![account])
        .content(Content::from(reel))
        .publish_at((SystemClock::new().now() + after).to_rfc3339());
    let made = client.post_create().body(body).send().await.unwrap();
    made.into_inner()
}

async fn until_live(client: &Client, post: Uuid) -> types::Publication {
    let begun = Instant::now();
    loop {
        let now = client.post_get().id(post).send().await.unwrap();
        let row = now.into_inner().publications.remove(0);
        if row.status == PublicationStatus::Published && row.permalink.is_some() {
            return row;
        }
        assert!(begun.elapsed() < 2 * PATIENCE, "{row:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A key that works, and an invitation; what opens them.
async fn lets_others_in(w: &World, client: &Client) -> (Client, Vec<String>) {
    let key = NewApiKey::builder().name("canary key");
    let key = client.api_key_create().body(key).send().await.unwrap();
    let secret = key.secret.expose().to_owned();
    let keyed = Client::with_api_key(&w.base(), secret.as_str()).unwrap();
    keyed.post_list().send().await.unwrap();
    let body = NewInvitation::builder().role(Role::Viewer);
    let made = client.invitation_create().body(body).send().await.unwrap();
    let link = made.url.expose().rsplit('/').next().unwrap().to_owned();
    (keyed, vec![secret, link])
}

/// What the inbox says of an account that posts wait for.
async fn told_of_disconnecting(client: &Client) -> String {
    let inbox = client.notification_list().send().await.unwrap();
    let items = inbox.into_inner().items.into_iter();
    let mut told = items.filter(|n| n.kind == "account_disconnected");
    told.next().expect("they are told what waits").message
}

async fn taken_out(client: &Client) -> Vec<u8> {
    let mut archive = client.me_export().send().await.unwrap().into_inner();
    let mut bytes = Vec::new();
    while let Some(piece) = archive.next().await {
        bytes.extend_from_slice(&piece.unwrap());
    }
    bytes
}

/// What should be gone with the person.
pub(crate) struct Left {
    /// Their own words, names, and what opened something.
    pub(crate) words: Vec<String>,
    /// Ids of their rows. The log of requests keeps the user's for as long as the page about privacy says.
    pub(crate) ids: Vec<String>,
}

impl Left {
    fn of(
        w: &World,
        me: &types::Me,
        accounts: &[&types::Account],
        live: &[types::Publication],
    ) -> Self {
        let mut words: Vec<String> = [NAME, STUDIO, CAPTION, HANDLE, BY_PAGE, FILE]
            .map(str::to_owned)
            .into();
        let theirs = w.secrets.iter();
        let theirs = theirs.filter(|secret| !OPERATORS.contains(&secret.as_str()));
        words.extend(theirs.cloned());
        words.extend(
            accounts
                .iter()
                .map(|account| account.remote_user_id.clone()),
        );
        for row in live {
            words.extend(row.remote_id.clone());
            words.extend(row.permalink.clone());
        }
        let mut ids = vec![me.id, me.workspace.id];
        ids.extend(accounts.iter().map(|account| account.id));
        ids.extend(live.iter().map(|row| row.id));
        let ids = ids.iter().map(Uuid::to_string).collect();
        Self { words, ids }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_comes_in_works_and_leaves_nothing() {
    let mut w = World::new().await;
    for (part, name) in [(Part::Telegram, "Boris"), (Part::Yandex, "Vera")] {
        w.comes_in(part, name).await;
    }
    let mut browser = w.comes_in(Part::Google, NAME).await;
    let client = w.client(&browser);
    let me = names_it(&client).await;
    let by_login = ("instagram", HANDLE);
    let account = w.connects(&mut browser, &client, by_login).await;
    let by_page = w
        .connects(&mut browser, &client, ("facebook", BY_PAGE))
        .await;
    let mut live = Vec::new();
    for account in [account.id, by_page.id] {
        let post = posts(&client, account, TimeDelta::seconds(4)).await;
        live.push(until_live(&client, post.id).await);
    }
    posts(&client, account.id, TimeDelta::days(1)).await;
    let (keyed, secrets) = lets_others_in(&w, &client).await;
    w.secrets.extend(secrets);
    client.account_delete().id(account.id).send().await.unwrap();
    let told = told_of_disconnecting(&client).await;
    assert!(told.contains(HANDLE) && told.contains(": 1"), "{told}");
    w.takes_away(&mut browser, Family::Facebook, BY_PAGE).await;
    let archive = taken_out(&client).await;
    assert!(archive.starts_with(b"PK"));
    for secret in w
        .secrets
        .iter()
        .map(String::as_bytes)
        .chain([&b"czv1."[..]])
    {
        assert_eq!(memchr::memmem::find(&archive, secret), None);
    }

    let left = Left::of(&w, &me, &[&account, &by_page], &live);
    let before = w.remains(&left);
    assert!(
        before.len() > 9,
        "what is searched for was there: {before:?}"
    );
    let farewell = client.me_delete().send().await.unwrap();
    assert_eq!((farewell.workspaces, farewell.stays_live.len()), (1, 2));
    for client in [&client, &keyed] {
        assert!(client.me_get().send().await.is_err());
    }
    assert_eq!(w.remains(&left), BTreeSet::new(), "left behind");
    w.secrets
        .push(farewell.confirmation_code.expose().to_owned());
    let log = w.folder.path().join("server.log");
    let traced = ["TRACE".to_owned()];
    assert_eq!(
        remains::in_file(&log, &traced).len(),
        1,
        "all of it is logged"
    );
    for words in [&left.words, &w.secrets] {
        assert_eq!(remains::in_file(&log, words), BTreeSet::new());
    }
    only_whom_the_settings_name(&mut w);
}

fn only_whom_the_settings_name(w: &mut World) {
    w.server.must_run().unwrap();
    w.server.kill().unwrap();
    let contacted = w.record.read();
    let expected = [w.stand_in.url(Part::Google), w.sandbox.url()];
    let expected: BTreeSet<String> = expected.iter().map(hosts::of).collect();
    assert_eq!(contacted, expected);
}
