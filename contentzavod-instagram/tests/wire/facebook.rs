//! Facebook Login: Pages, permissions, signed calls, and the container whose video is pushed.

use contentzavod_core::model::{Access, Secret};
use contentzavod_core::ports::{CallError, Connector, Identified, Publisher};
use contentzavod_instagram::{InstagramConnector, InstagramPublisher, MetaApp};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use wiremock::matchers::{method, path, query_param, query_param_is_missing};
use wiremock::{Mock, Request};

use crate::common::{
    CANARY, CONTAINER, Platform, USER, access, date, handle, header, json as reply, pairs, reel,
    request,
};

const SECRET: &str = "meta-app-secret";
/// HMAC-SHA256 of the canary token under that secret, made with openssl.
const PROOF: &str = "bc6d97d6d7fc120b60a6c6089cfe5d6f27766b854ab6c0e48c07fa542062e3e6";
/// As the app knows the person.
const PERSON: &str = "10200000000000001";
const PAGE_TOKEN: &str = "EAApage0123456789";

fn by_facebook() -> Access {
    Access {
        login: "facebook".to_owned(),
        ..access()
    }
}

fn app(id: Option<&str>) -> Option<MetaApp> {
    Some(MetaApp {
        id: id.map(str::to_owned),
        secret: Secret::from(SECRET),
    })
}

fn page(id: &str, name: &str, account: Option<(&str, &str)>) -> Value {
    let mut page = json!({ "id": id, "name": name, "access_token": PAGE_TOKEN });
    if let Some((id, username)) = account {
        page["instagram_business_account"] = json!({ "id": id, "username": username });
    }
    page
}

fn granted(all: &[&str]) -> Value {
    let rows: Vec<Value> = all
        .iter()
        .map(|p| json!({ "permission": p, "status": "granted" }))
        .collect();
    json!({ "data": rows })
}

const ALL: [&str; 3] = [
    "instagram_basic",
    "instagram_content_publish",
    "business_management",
];

/// A platform with these permissions and Pages.
async fn with(permissions: Value, pages: &[Value]) -> Platform {
    let platform = Platform::new().await;
    let get = |at: &str| Mock::given(method("GET")).and(path(at));
    let permissions = reply(200, &permissions);
    platform
        .mount(get("/v25.0/me/permissions").respond_with(permissions))
        .await;
    let list = reply(200, &json!({ "data": pages }));
    platform
        .mount(get("/v25.0/me/accounts").respond_with(list))
        .await;
    let person = reply(200, &json!({ "id": PERSON }));
    platform.mount(get("/v25.0/me").respond_with(person)).await;
    platform
}

async fn found(platform: &Platform) -> Result<Vec<Identified>, CallError> {
    let token = Secret::from(CANARY);
    let connector = platform.connector();
    let found = connector.identify(&token, Some("facebook")).await;
    found.map(|answer| answer.value)
}

fn said(error: &CallError) -> &str {
    &error.fault().code
}

fn query(heard: &Request) -> Vec<(String, String)> {
    heard.url.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn an_account_is_found_behind_its_page_and_the_pages_own_token_is_kept() {
    let pages = [
        page("1", "Bakery", None),
        page("2", "Demo Shop", Some((USER, "demo.shop"))),
    ];
    let platform = with(granted(&ALL), &pages).await;
    let found = found(&platform).await.unwrap();
    let [who] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!((&*who.remote_user_id, &*who.username), (USER, "demo.shop"));
    assert_eq!(
        (&*who.login, who.place.as_deref()),
        ("facebook", Some("Demo Shop"))
    );
    assert_eq!(who.token.as_ref().unwrap().expose_secret(), PAGE_TOKEN);
    assert_eq!(who.scopes, ALL);
    // Meta names the person, not the account, when they take our access away.
    assert_eq!(who.app_scoped_id.as_deref(), Some(PERSON));
    assert!(!who.renews && who.expires_at.is_none());
    let heard = platform.heard().await;
    let expected = [
        (
            "fields",
            "id,name,access_token,tasks,instagram_business_account{id,username}",
        ),
        ("limit", "100"),
    ];
    let expected = expected.map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(query(&heard[1]), expected);
    for call in &heard {
        let bearer = format!("Bearer {CANARY}");
        assert_eq!(header(call, "authorization"), Some(bearer.as_str()));
    }
}

#[tokio::test]
async fn the_look_of_a_token_tells_its_family() {
    let platform = with(granted(&ALL), &[page("2", "P", Some((USER, "demo.shop")))]).await;
    let token = Secret::from("EAAexample");
    let found = platform.connector().identify(&token, None).await.unwrap();
    assert_eq!(found.value[0].login, "facebook");
    // Said, it counts more than seen.
    let error = platform
        .connector()
        .identify(&token, Some("instagram"))
        .await;
    assert!(error.is_err());
    let usual = InstagramConnector::new(platform.config()).unwrap();
    let usual = usual.usual(contentzavod_instagram::Family::Facebook);
    assert_eq!(usual.logins(), ["facebook", "instagram"]);
    let found = usual.identify(&Secret::from("looks-like-none"), None).await;
    assert_eq!(found.unwrap().value[0].login, "facebook");
}

#[tokio::test]
async fn the_list_of_pages_is_followed_by_its_cursor_alone() {
    let platform = with(granted(&ALL), &[]).await;
    platform.now_answers(reply(200, &granted(&ALL))).await;
    let page_at = |after: Option<&str>| {
        let mock = Mock::given(path("/v25.0/me/accounts"));
        match after {
            Some(after) => mock.and(query_param("after", after)),
            None => mock.and(query_param_is_missing("after")),
        }
    };
    let first = json!({ "data": [page("1", "A", Some(("17841400000000011", "a")))], "paging": {
        "cursors": { "before": "x", "after": "QVF2" },
        "next": "https://elsewhere.example/v25.0/me/accounts?access_token=stolen" } });
    let last = json!({ "data": [page("2", "B", Some(("17841400000000012", "b")))], "paging": {
        "cursors": { "before": "y", "after": "QVF3" } } });
    let platform = Platform::new().await;
    platform
        .mount(page_at(None).respond_with(reply(200, &first)))
        .await;
    platform
        .mount(page_at(Some("QVF2")).respond_with(reply(200, &last)))
        .await;
    let permissions = Mock::given(path("/v25.0/me/permissions"));
    platform
        .mount(permissions.respond_with(reply(200, &granted(&ALL))))
        .await;
    let person = Mock::given(path("/v25.0/me")).respond_with(reply(200, &json!({ "id": PERSON })));
    platform.mount(person).await;
    let found = found(&platform).await.unwrap();
    let names: Vec<&str> = found.iter().map(|who| &*who.username).collect();
    assert_eq!(names, ["a", "b"]);
}

#[tokio::test]
async fn a_pages_own_token_is_of_that_page() {
    let platform = Platform::new().await;
    let no_edge = json!({ "error": { "code": 100, "type": "OAuthException",
        "message": "(#100) Tried accessing nonexisting field (accounts) on node type (Page)" } });
    for edge in ["permissions", "accounts"] {
        let at = format!("/v25.0/me/{edge}");
        let mock = Mock::given(path(at)).respond_with(reply(400, &no_edge));
        platform.mount(mock).await;
    }
    let own = json!({ "id": "2", "name": "Demo Shop",
        "instagram_business_account": { "id": USER, "username": "demo.shop" } });
    platform
        .mount(Mock::given(path("/v25.0/me")).respond_with(reply(200, &own)))
        .await;
    let found = found(&platform).await.unwrap();
    assert_eq!(found[0].remote_user_id, USER);
    // The token that was given is the one to keep.
    assert!(found[0].token.is_none() && !found[0].renews);
}

#[tokio::test]
async fn where_no_account_is_found_it_is_told_why() {
    let linked = [page("2", "P", Some((USER, "demo.shop")))];
    let unlinked = [page("1", "Bakery", None), page("2", "Florist", None)];
    let basic = ["instagram_basic", "instagram_content_publish"];
    for (permissions, pages, code, part) in [
        (
            &basic[..1],
            &linked[..],
            "instagram.permissions.missing",
            "instagram_content_publish",
        ),
        (
            &[][..],
            &linked[..],
            "instagram.permissions.missing",
            "instagram_basic",
        ),
        // Pages of a business portfolio are left out, with HTTP 200.
        (
            &basic[..],
            &[][..],
            "instagram.pages.hidden",
            "business_management",
        ),
        (&ALL[..], &[][..], "instagram.pages.none", ""),
        (
            &ALL[..],
            &unlinked[..],
            "instagram.pages.unlinked",
            "Bakery, Florist",
        ),
    ] {
        let platform = with(granted(permissions), pages).await;
        let error = found(&platform).await.unwrap_err();
        assert!(matches!(error, CallError::Permission(_)), "{error:?}");
        assert_eq!(said(&error), code);
        assert!(error.fault().message.contains(part), "{error:?}");
    }
    let declined = json!({ "data": [
        { "permission": "instagram_basic", "status": "granted" },
        { "permission": "instagram_content_publish", "status": "declined" } ] });
    let error = found(&with(declined, &linked).await).await.unwrap_err();
    assert_eq!(said(&error), "instagram.permissions.missing");
}

#[tokio::test]
async fn a_short_token_is_exchanged_first_where_the_app_is_known() {
    let platform = with(granted(&ALL), &[page("2", "P", Some((USER, "demo.shop")))]).await;
    let long =
        json!({ "access_token": "EAAlong", "token_type": "bearer", "expires_in": 5_183_999 });
    let exchange = Mock::given(method("POST")).and(path("/v25.0/oauth/access_token"));
    platform
        .mount(exchange.respond_with(reply(200, &long)))
        .await;
    let mut config = platform.config();
    config.meta_app = app(Some("1234"));
    let connector = InstagramConnector::new(config).unwrap();
    let found = connector.identify(&Secret::from("EAAshort"), None).await;
    assert_eq!(found.unwrap().value[0].username, "demo.shop");
    let heard = platform.heard().await;
    let expected = [
        ("grant_type", "fb_exchange_token"),
        ("client_id", "1234"),
        ("client_secret", SECRET),
        ("fb_exchange_token", "EAAshort"),
    ];
    let expected = expected.map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(pairs(&heard[0].body), expected);
    assert_eq!(heard[0].url.query(), None, "nothing stands in the address");
    for call in &heard[1..] {
        assert_eq!(header(call, "authorization"), Some("Bearer EAAlong"));
    }
    // A token that cannot be exchanged is used as it is.
    let platform = with(granted(&ALL), &[page("2", "P", Some((USER, "demo.shop")))]).await;
    let no_user = json!({ "error": { "code": 100, "message": "The token is not a user's" } });
    let exchange = Mock::given(method("POST")).and(path("/v25.0/oauth/access_token"));
    platform
        .mount(exchange.respond_with(reply(400, &no_user)))
        .await;
    let mut config = platform.config();
    config.meta_app = app(Some("1234"));
    let connector = InstagramConnector::new(config).unwrap();
    let found = connector.identify(&Secret::from("EAApage"), None).await;
    assert_eq!(found.unwrap().value[0].username, "demo.shop");
}

/// A Page's token made of one that lives an hour would end with it, and nobody would know.
#[tokio::test]
async fn an_exchange_that_may_work_later_connects_nothing_meanwhile() {
    for (status, body) in [
        (500, json!({ "error": { "code": 2, "is_transient": true } })),
        (
            400,
            json!({ "error": { "code": 4, "message": "too many calls" } }),
        ),
    ] {
        let platform = with(granted(&ALL), &[page("2", "P", Some((USER, "demo.shop")))]).await;
        let exchange = Mock::given(method("POST")).and(path("/v25.0/oauth/access_token"));
        platform
            .mount(exchange.respond_with(reply(status, &body)))
            .await;
        let mut config = platform.config();
        config.meta_app = app(Some("1234"));
        let connector = InstagramConnector::new(config).unwrap();
        let error = connector.identify(&Secret::from("EAAshort"), None).await;
        assert!(matches!(error, Err(CallError::Transient(_))), "{error:?}");
    }
}

/// Where no Page's token is handed out the person's is kept, and its end is known.
#[tokio::test]
async fn the_end_of_a_persons_token_is_kept() {
    let mut bare = page("2", "P", Some((USER, "demo.shop")));
    bare.as_object_mut().unwrap().remove("access_token");
    let platform = with(granted(&ALL), &[bare]).await;
    let long = json!({ "access_token": "EAAlong", "expires_in": 5_183_999 });
    let exchange = Mock::given(method("POST")).and(path("/v25.0/oauth/access_token"));
    platform
        .mount(exchange.respond_with(reply(200, &long)))
        .await;
    let mut config = platform.config();
    config.meta_app = app(Some("1234"));
    let connector = InstagramConnector::new(config).unwrap();
    let found = connector.identify(&Secret::from("EAAshort"), None).await;
    let who = found.unwrap().value.remove(0);
    assert_eq!(who.token.unwrap().expose_secret(), "EAAlong");
    let end = date() + chrono::TimeDelta::seconds(5_183_999);
    assert_eq!(who.expires_at, Some(end));
}

/// It is a setting that is wrong, not the content, and not a Page's token.
#[tokio::test]
async fn a_wrong_app_secret_is_the_operators_to_mend() {
    let wrong = json!({ "error": { "code": 100, "type": "GraphMethodException",
        "message": "Invalid appsecret_proof provided in the API argument" } });
    let platform = Platform::says(400, &wrong).await;
    let publisher = platform.publisher();
    let error = publisher
        .create(&by_facebook(), &request("c"))
        .await
        .unwrap_err();
    assert!(matches!(&error, CallError::Transient(f) if f.code == "instagram.app_secret"));
    let error = found(&platform).await.unwrap_err();
    assert_eq!(said(&error), "instagram.app_secret");
}

#[tokio::test]
async fn what_one_family_made_is_of_no_use_to_the_other() {
    let platform = Platform::says(200, &json!({ "id": CONTAINER })).await;
    let publisher = platform.publisher();
    let pulled = publisher
        .create(&access(), &request("c"))
        .await
        .unwrap()
        .value;
    // Also where no address was named.
    let pushed = publisher.create(&by_facebook(), &request("c")).await;
    let pushed = pushed.unwrap().value;
    for (handle, mine, other) in [
        (&pulled, "instagram", "facebook"),
        (&pushed, "facebook", "instagram"),
    ] {
        assert!(publisher.fits(handle, mine) && !publisher.fits(handle, other));
        assert_eq!(handle.name(), CONTAINER);
    }
}

#[tokio::test]
async fn calls_are_signed_where_the_secret_is_known() {
    let body = json!({ "id": CONTAINER, "status_code": "FINISHED" });
    let platform = Platform::says(200, &body).await;
    let mut config = platform.config();
    config.meta_app = app(None);
    let publisher = InstagramPublisher::new(config).unwrap();
    publisher.status(&by_facebook(), &handle()).await.unwrap();
    publisher.publish(&by_facebook(), &handle()).await.unwrap();
    for heard in platform.heard().await {
        let proof = query(&heard)
            .into_iter()
            .find(|(k, _)| k == "appsecret_proof");
        assert_eq!(proof.unwrap().1, PROOF);
    }
    // Nobody knows whether graph.instagram.com takes it.
    publisher.status(&access(), &handle()).await.unwrap();
    let heard = platform.heard().await;
    assert!(!heard.last().unwrap().url.as_str().contains("proof"));
    // Without the secret there is nothing to sign with.
    let plain = platform.publisher();
    plain.status(&by_facebook(), &handle()).await.unwrap();
    let heard = platform.heard().await;
    assert!(!heard.last().unwrap().url.as_str().contains("proof"));
}

#[tokio::test]
async fn the_container_of_a_pushed_video_names_no_address() {
    let uri = format!("https://rupload.facebook.com/ig-api-upload/v25.0/{CONTAINER}");
    let platform = Platform::says(200, &json!({ "id": CONTAINER, "uri": uri })).await;
    let mut request = request("Hello");
    request.media_url = None;
    reel(&mut request).thumb_offset_ms = Some(1500);
    let made = platform.publisher().create(&by_facebook(), &request).await;
    let made = made.unwrap().value;
    assert_eq!(made.0, format!("{CONTAINER} {uri}"));
    assert_eq!(made.name(), CONTAINER);
    let heard = platform.only().await;
    let expected = [
        ("media_type", "REELS"),
        ("upload_type", "resumable"),
        ("caption", "Hello"),
        ("share_to_feed", "true"),
        ("thumb_offset", "1500"),
    ];
    let expected = expected.map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(pairs(&heard.body), expected);
}

#[tokio::test]
async fn a_family_has_its_host() {
    let (mine, theirs) = (Platform::new().await, Platform::new().await);
    for platform in [&mine, &theirs] {
        let body = json!({ "id": CONTAINER, "status_code": "FINISHED" });
        platform.now_answers(reply(200, &body)).await;
    }
    let mut config = mine.config();
    config.facebook_url = theirs.config().graph_url;
    let publisher = InstagramPublisher::new(config).unwrap();
    publisher.status(&access(), &handle()).await.unwrap();
    publisher.status(&by_facebook(), &handle()).await.unwrap();
    assert_eq!(
        (mine.heard().await.len(), theirs.heard().await.len()),
        (1, 1)
    );
}

#[tokio::test]
async fn nothing_renews_access_by_facebook_login_and_it_is_not_called_dead() {
    let platform = Platform::new().await;
    let error = platform
        .connector()
        .refresh(&by_facebook())
        .await
        .unwrap_err();
    assert!(matches!(&error, CallError::Unreadable(f) if f.code == "instagram.no_refresh"));
    assert_eq!(platform.heard().await.len(), 0);
}

#[tokio::test]
async fn revoking_takes_all_permissions_back() {
    let platform = Platform::says(200, &json!({ "success": true })).await;
    platform.connector().revoke(&by_facebook()).await.unwrap();
    let heard = platform.only().await;
    let line = format!("{} {}", heard.method, heard.url.path());
    assert_eq!(line, "DELETE /v25.0/me/permissions");
}
