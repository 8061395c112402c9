//! One whole story against wiremock alone, with exact bodies: the sandbox does not grade itself.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_client::Client;
use contentzavod_client::types::{self, Content, InstagramReel, NewAccount, NewPost};
use contentzavod_core::ports::Clock;
use contentzavod_core::testing::ManualClock;
use e2e::server::Server;
use serde_json::{Value, json};
use wiremock::matchers::{body_string, header, method, path, query_param};
use wiremock::{Mock, MockBuilder, MockServer, Request, Respond, ResponseTemplate};

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");
const TOKEN: &str = "IGAAtoken0123456789";
const USER: &str = "17841400000000001";
const CONTAINER: &str = "17889000000000001";
const MEDIA: &str = "17920000000000001";
const LINK: &str = "https://www.instagram.com/reel/DExample001/";
const FIELDS: &str = "id,caption,timestamp,permalink,media_product_type";

/// An answer that carries the platform's clock, which a post is held against.
struct Dated(Arc<ManualClock>, Value);

impl Respond for Dated {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let date = self.0.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        ResponseTemplate::new(200)
            .insert_header("date", date.as_str())
            .set_body_json(&self.1)
    }
}

struct Platform {
    server: MockServer,
    clock: Arc<ManualClock>,
}

impl Platform {
    /// Answers calls like this one, which must come this often.
    async fn expect(&self, call: MockBuilder, answer: Value, times: impl Into<wiremock::Times>) {
        let bearer = format!("Bearer {TOKEN}");
        call.and(header("authorization", bearer.as_str()))
            .respond_with(Dated(self.clock.clone(), answer))
            .expect(times)
            .mount(&self.server)
            .await;
    }

    /// Everything Instagram is asked on the way, and nothing else: wiremock answers the rest 404.
    async fn play(&self) {
        let get = |at: String| Mock::given(method("GET")).and(path(at));
        let post = |at: String| Mock::given(method("POST")).and(path(at));
        // Asked by the engine when it starts: is our clock right?
        let call = Mock::given(method("HEAD")).and(path("/"));
        let answer = Dated(self.clock.clone(), json!({}));
        let call = call.respond_with(answer).expect(1..);
        call.mount(&self.server).await;
        let me = json!({ "id": "9000", "user_id": USER, "username": "anna",
            "account_type": "BUSINESS" });
        let call = get("/v25.0/me".into());
        let call = call.and(query_param("fields", "id,user_id,username,account_type"));
        self.expect(call, me, 1).await;
        let finished = json!({ "status_code": "FINISHED", "id": CONTAINER });
        let call = get(format!("/v25.0/{CONTAINER}"));
        let call = call.and(query_param("fields", "status_code,status"));
        self.expect(call, finished, 1..=3).await;
        let call = get(format!("/v25.0/{USER}/media"));
        let call = call.and(query_param("fields", FIELDS));
        self.expect(call, json!({ "data": [] }), 1..).await;
        let quota = json!({ "data": [{ "quota_usage": 3,
            "config": { "quota_total": 50, "quota_duration": 86400 } }] });
        let call = get(format!("/v25.0/{USER}/content_publishing_limit"));
        let call = call.and(query_param("fields", "quota_usage,config"));
        self.expect(call, quota, 1..).await;
        let call = post(format!("/v25.0/{USER}/media_publish"));
        let call = call.and(body_string(format!("creation_id={CONTAINER}")));
        self.expect(call, json!({ "id": MEDIA }), 1).await;
        let link = json!({ "permalink": LINK, "timestamp": "2026-12-01T10:00:00+0000" });
        let call = get(format!("/v25.0/{MEDIA}"));
        let call = call.and(query_param("fields", "permalink,timestamp"));
        self.expect(call, link, 1).await;
    }

    /// The form that a container was asked for with, once it was.
    async fn create_form(&self) -> Option<Vec<(String, String)>> {
        let heard = self.server.received_requests().await.unwrap();
        let create = heard.iter().find(|call| {
            call.method == "POST" && call.url.path() == format!("/v25.0/{USER}/media")
        });
        let form = url::form_urlencoded::parse(&create?.body);
        Some(form.into_owned().collect())
    }
}

async fn scheduled(client: &Client, server: &Server) -> (types::Media, types::Post) {
    let media = client.media_create().body(REEL.to_vec());
    let media = media.send().await.unwrap().into_inner();
    let token = NewAccount::builder().access_token(TOKEN);
    let account = client.account_create().body(token).send().await.unwrap();
    let reel = InstagramReel::builder()
        .media_id(media.id)
        .caption("Доброе утро & #reel");
    let reel: InstagramReel = reel.try_into().unwrap();
    let post = NewPost::builder()
        .account_ids(vec![account.id])
        .content(Content::from(reel))
        .publish_at(server.after(TimeDelta::minutes(10)));
    let post = client.post_create().body(post).send().await.unwrap();
    (media, post.into_inner())
}

#[tokio::test]
async fn upload_publish_receipt() {
    let clock = Arc::new(ManualClock::new());
    let platform = Platform {
        server: MockServer::start().await,
        clock: clock.clone(),
    };
    platform.play().await;
    let create = Mock::given(method("POST")).and(path(format!("/v25.0/{USER}/media")));
    platform.expect(create, json!({ "id": CONTAINER }), 1).await;
    let server = Server::start(&platform.server.uri(), clock).await.unwrap();
    let client = server.client("Anna").await.unwrap();
    let (media, post) = scheduled(&client, &server).await;
    let row = post.publications[0].id;
    let form = loop {
        server.step().await.unwrap();
        if let Some(form) = platform.create_form().await {
            break form;
        }
    };
    let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["media_type", "video_url", "caption", "share_to_feed"]
    );
    assert_eq!(form[0].1, "REELS");
    assert_eq!(form[2].1, "Доброе утро & #reel");
    assert_eq!(form[3].1, "true");
    fetched_as_meta_does(&form[1].1).await;
    let receipt = loop {
        assert!(
            server.clock.now() < post.created_at + TimeDelta::hours(1),
            "never published"
        );
        server.step().await.unwrap();
        if let Ok(receipt) = client.publication_receipt().id(row).send().await
            && receipt.permalink.is_some()
        {
            break receipt.into_inner();
        }
    };
    assert_eq!(receipt.sha256, media.sha256);
    assert_eq!(receipt.container_id.as_deref(), Some(CONTAINER));
    assert_eq!(receipt.remote_id.as_deref(), Some(MEDIA));
    assert_eq!(receipt.permalink.as_deref(), Some(LINK));
    assert_eq!(receipt.due_at, post.publish_at.unwrap());
    assert!(receipt.sent_at.unwrap() >= receipt.due_at, "never early");
    assert_eq!(receipt.sends.len(), 1);
    platform.server.verify().await;
}

/// The link of the container gives the uploaded bytes to whoever holds it, whole and in ranges.
async fn fetched_as_meta_does(link: &str) {
    #[expect(
        clippy::disallowed_methods,
        reason = "this client plays Meta's crawler"
    )]
    let http = reqwest::Client::new();
    let head = http.head(link).send().await.unwrap();
    assert_eq!(head.status().as_u16(), 200);
    assert_eq!(head.headers()["content-length"], REEL.len().to_string());
    assert_eq!(head.headers()["content-type"], "video/mp4");
    let whole = http.get(link).send().await.unwrap();
    assert!(whole.bytes().await.unwrap() == REEL, "the same bytes");
    let part = http.get(link).header("range", "bytes=100-199");
    let part = part.send().await.unwrap();
    assert_eq!(part.status().as_u16(), 206);
    assert!(part.bytes().await.unwrap() == REEL[100..200]);
}
