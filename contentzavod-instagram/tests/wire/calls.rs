//! Every call, byte for byte.

use contentzavod_core::model::{MediaKind, Quota, Trial};
use contentzavod_core::ports::{
    CallError, HandleState, HandleStatus, MediaSource, Published, Publisher, Republish,
};
use serde_json::json;
use wiremock::Request;

use crate::common::{
    CANARY, CONTAINER, MEDIA, Platform, USER, access, date, handle, header, link, media, pairs,
    reel, request,
};

/// Method, path and query of a call that carries the token as a bearer and nowhere else.
fn line(heard: &Request) -> String {
    let bearer = format!("Bearer {CANARY}");
    assert_eq!(header(heard, "authorization"), Some(bearer.as_str()));
    assert!(!heard.url.as_str().contains(CANARY));
    assert!(!String::from_utf8_lossy(&heard.body).contains(CANARY));
    // A small compressed answer could unfold beyond the cap.
    assert_eq!(header(heard, "accept-encoding"), None);
    let query = heard.url.query().map_or(String::new(), |q| format!("?{q}"));
    format!("{} {}{query}", heard.method, heard.url.path())
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_plain_reel_sends_four_fields() {
    let platform = Platform::says(200, &json!({ "id": CONTAINER })).await;
    let answer = platform
        .publisher()
        .create(&access(), &request("Привет #demo\nзавтра & всегда"))
        .await
        .unwrap();
    assert_eq!(answer.value, handle());
    assert_eq!(answer.remote_time, Some(date()));
    let heard = platform.only().await;
    assert_eq!(line(&heard), format!("POST /v25.0/{USER}/media"));
    assert_eq!(
        header(&heard, "content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let expected = owned(&[
        ("media_type", "REELS"),
        ("video_url", "https://media.example.org/m/video-token"),
        ("caption", "Привет #demo\nзавтра & всегда"),
        ("share_to_feed", "true"),
    ]);
    assert_eq!(pairs(&heard.body), expected);
}

#[tokio::test]
async fn every_option_of_a_reel_is_a_form_field() {
    let platform = Platform::says(200, &json!({ "id": CONTAINER })).await;
    let mut request = request("");
    let options = reel(&mut request);
    options.share_to_feed = false;
    options.thumb_offset_ms = Some(1500);
    options.collaborators = vec!["friend.one".to_owned(), "friend_two".to_owned()];
    options.user_tags = vec!["tagged.one".to_owned()];
    options.location_id = Some("106377336067638".to_owned());
    options.audio_name = Some("Our song".to_owned());
    options.trial = Some(Trial::Performance);
    options.ai_generated = true;
    platform
        .publisher()
        .create(&access(), &request)
        .await
        .unwrap();
    let expected = owned(&[
        ("media_type", "REELS"),
        ("video_url", "https://media.example.org/m/video-token"),
        ("share_to_feed", "false"),
        ("thumb_offset", "1500"),
        ("collaborators", r#"["friend.one","friend_two"]"#),
        ("user_tags", r#"[{"username":"tagged.one"}]"#),
        ("location_id", "106377336067638"),
        ("audio_name", "Our song"),
        (
            "trial_params",
            r#"{"graduation_strategy":"SS_PERFORMANCE"}"#,
        ),
        ("is_ai_generated", "true"),
    ]);
    assert_eq!(pairs(&platform.only().await.body), expected);
}

#[tokio::test]
async fn a_cover_picture_replaces_the_moment_of_the_video() {
    let platform = Platform::says(200, &json!({ "id": CONTAINER })).await;
    let mut request = request("c");
    let cover = media(MediaKind::Image);
    let options = reel(&mut request);
    options.thumb_offset_ms = Some(1500);
    options.cover_media_id = Some(cover.id);
    options.trial = Some(Trial::Manual);
    request.cover = Some(cover);
    request.cover_url = Some(link("/m/cover-token"));
    platform
        .publisher()
        .create(&access(), &request)
        .await
        .unwrap();
    let expected = owned(&[
        ("media_type", "REELS"),
        ("video_url", "https://media.example.org/m/video-token"),
        ("caption", "c"),
        ("share_to_feed", "true"),
        ("cover_url", "https://media.example.org/m/cover-token"),
        ("trial_params", r#"{"graduation_strategy":"MANUAL"}"#),
    ]);
    assert_eq!(pairs(&platform.only().await.body), expected);
}

#[tokio::test]
async fn nothing_is_sent_without_an_address_to_fetch_from() {
    let platform = Platform::says(200, &json!({ "id": CONTAINER })).await;
    let mut no_video = request("c");
    no_video.media_url = None;
    let mut no_cover = request("c");
    no_cover.cover = Some(media(MediaKind::Image));
    for request in [no_video, no_cover] {
        let error = platform
            .publisher()
            .create(&access(), &request)
            .await
            .unwrap_err();
        assert!(matches!(&error, CallError::Content(f) if f.code == "delivery.no_public_url"));
    }
    assert_eq!(platform.heard().await.len(), 0);
}

#[tokio::test]
async fn a_created_container_without_a_usable_id_is_none() {
    for body in [json!({}), json!({ "id": "" }), json!({ "id": "../me" })] {
        let platform = Platform::says(200, &body).await;
        let error = platform
            .publisher()
            .create(&access(), &request("c"))
            .await
            .unwrap_err();
        assert!(matches!(error, CallError::Unreadable(_)), "{body}");
    }
}

#[tokio::test]
async fn delivery_is_the_platforms_own_business() {
    #[derive(Debug)]
    struct Untouched;
    #[async_trait::async_trait]
    impl MediaSource for Untouched {
        fn len(&self) -> u64 {
            panic!("the platform fetches the file")
        }
        async fn read_from(&self, _: u64) -> std::io::Result<contentzavod_core::ports::ByteStream> {
            panic!("the platform fetches the file")
        }
    }
    let platform = Platform::new().await;
    platform
        .publisher()
        .deliver(&access(), &handle(), &Untouched)
        .await
        .unwrap();
    assert_eq!(platform.heard().await.len(), 0);
}

#[tokio::test]
async fn status_asks_for_the_state_and_its_reason() {
    let states = [
        ("IN_PROGRESS", HandleState::InProgress),
        ("FINISHED", HandleState::Finished),
        ("finished", HandleState::Finished),
        ("PUBLISHED", HandleState::Published),
        ("EXPIRED", HandleState::Expired),
    ];
    for (word, state) in states {
        let platform = Platform::says(200, &json!({ "status_code": word, "id": CONTAINER })).await;
        let status = platform.publisher().status(&access(), &handle()).await;
        assert_eq!(status.unwrap().value, HandleStatus::of(state));
        let expected = format!("GET /v25.0/{CONTAINER}?fields=status_code%2Cstatus");
        assert_eq!(line(&platform.only().await), expected);
    }
}

#[tokio::test]
async fn a_status_we_do_not_know_is_no_status() {
    for body in [
        json!({ "id": CONTAINER }),
        json!({ "status_code": "SLEEPING" }),
        json!({ "status_code": 7 }),
    ] {
        let platform = Platform::says(200, &body).await;
        let error = platform.publisher().status(&access(), &handle()).await;
        assert!(matches!(error, Err(CallError::Unreadable(_))), "{body}");
    }
}

#[tokio::test]
async fn publish_sends_the_container_and_reads_the_media_id() {
    for id in [json!(MEDIA), json!(17_920_000_000_000_001_u64)] {
        let platform = Platform::says(200, &json!({ "id": id })).await;
        let answer = platform.publisher().publish(&access(), &handle()).await;
        assert_eq!(answer.unwrap().value, Published::Live(MEDIA.to_owned()));
        let heard = platform.only().await;
        assert_eq!(line(&heard), format!("POST /v25.0/{USER}/media_publish"));
        assert_eq!(pairs(&heard.body), owned(&[("creation_id", CONTAINER)]));
    }
}

#[tokio::test]
async fn quota_reads_usage_and_total() {
    let body = json!({ "data": [{ "quota_usage": 2,
        "config": { "quota_total": 50, "quota_duration": 86400 } }] });
    let platform = Platform::says(200, &body).await;
    let quota = platform.publisher().quota(&access()).await.unwrap().value;
    let expected = Quota {
        used: 2,
        total: 50,
        window_secs: 86_400,
    };
    assert_eq!(quota, expected);
    let expected =
        format!("GET /v25.0/{USER}/content_publishing_limit?fields=quota_usage%2Cconfig");
    assert_eq!(line(&platform.only().await), expected);
}

#[tokio::test]
async fn a_quota_without_its_numbers_is_not_guessed() {
    for body in [
        json!({ "data": [] }),
        json!({ "data": [{ "quota_usage": 2 }] }),
        json!({ "data": [{ "config": { "quota_total": 50 } }] }),
    ] {
        let platform = Platform::says(200, &body).await;
        let error = platform.publisher().quota(&access()).await;
        assert!(matches!(error, Err(CallError::Unreadable(_))), "{body}");
    }
}

#[tokio::test]
async fn ids_that_could_leave_their_path_are_not_sent() {
    let platform = Platform::says(200, &json!({ "id": MEDIA })).await;
    let publisher = platform.publisher();
    for id in ["", "..", "a/b", "1?x=1", "1#", "1 2"] {
        assert!(publisher.permalink(&access(), id).await.is_err(), "{id}");
        let mut stranger = access();
        id.clone_into(&mut stranger.remote_user_id);
        assert!(publisher.recent(&stranger).await.is_err(), "{id}");
        assert!(publisher.publish(&stranger, &handle()).await.is_err());
    }
    assert_eq!(platform.heard().await.len(), 0);
}

#[tokio::test]
async fn the_token_of_an_unknown_login_family_is_not_sent() {
    let platform = Platform::says(200, &json!({ "id": MEDIA })).await;
    let publisher = platform.publisher();
    let mut stranger = access();
    "basic_display".clone_into(&mut stranger.login);
    let status = publisher.status(&stranger, &handle()).await.unwrap_err();
    assert!(matches!(&status, CallError::Token(f) if f.code == "instagram.login_family"));
    assert!(publisher.create(&stranger, &request("c")).await.is_err());
    assert!(publisher.publish(&stranger, &handle()).await.is_err());
    assert_eq!(platform.heard().await.len(), 0);
}

#[tokio::test]
async fn the_base_may_have_a_path_of_its_own() {
    let platform = Platform::says(200, &json!({ "id": MEDIA })).await;
    let mut config = platform.config();
    config.graph_url = config.graph_url.join("/ig/").unwrap();
    "v26.0".clone_into(&mut config.version);
    let publisher = contentzavod_instagram::InstagramPublisher::new(config).unwrap();
    publisher.publish(&access(), &handle()).await.unwrap();
    let expected = format!("POST /ig/v26.0/{USER}/media_publish");
    assert_eq!(line(&platform.only().await), expected);
}

#[tokio::test]
async fn the_capabilities_are_those_of_a_platform_that_pulls() {
    let publisher = Platform::new().await.publisher();
    let c = publisher.capabilities();
    assert_eq!(c.platform, "instagram");
    assert_eq!(c.kinds, ["instagram_reel"]);
    assert!(c.can_stage && c.pulls);
    assert_eq!(c.handle_life.num_hours(), 24);
    assert_eq!(c.dead_after.num_hours(), 25);
    assert_eq!(c.publish_timeout.num_seconds(), 30);
    assert_eq!(c.republish, Republish::Unknown);
}

#[test]
fn a_configuration_that_cannot_work_is_named() {
    use contentzavod_instagram::{ConfigError, GraphConfig, InstagramPublisher};
    for version in ["", "25.0", "v25", "v25.0/me", "v.0", "vx.0"] {
        let config = GraphConfig {
            version: version.to_owned(),
            ..GraphConfig::default()
        };
        let error = InstagramPublisher::new(config).unwrap_err();
        assert!(matches!(error, ConfigError::Version(v) if v == version));
    }
    for address in [
        "ftp://x.example",
        "data:x",
        "https://u:p@x.example",
        "https://x.example/?a=b",
    ] {
        let config = GraphConfig {
            graph_url: address.parse().unwrap(),
            ..GraphConfig::default()
        };
        let error = InstagramPublisher::new(config).unwrap_err();
        assert!(matches!(error, ConfigError::Address { name: "graph_url" }));
    }
}
