//! The account's list of media, and the link of one.

use chrono::{TimeZone, Utc};
use contentzavod_core::ports::{CallError, Link, Publisher, RemoteMedia};
use serde_json::{Value, json};
use wiremock::matchers::query_param;
use wiremock::{Mock, ResponseTemplate};

use crate::common::{MEDIA, Platform, USER, access, json as reply};

const ALL: &str = "id,caption,timestamp,permalink,media_product_type";

async fn recent(items: Value) -> Result<Vec<RemoteMedia>, CallError> {
    let platform = Platform::says(200, &json!({ "data": items })).await;
    let answer = platform.publisher().recent(&access()).await;
    answer.map(|a| a.value)
}

fn captions(list: &[RemoteMedia]) -> Vec<Option<&str>> {
    list.iter().map(|m| m.caption.as_deref()).collect()
}

#[tokio::test]
async fn the_list_is_read_field_by_field() {
    let items = json!([
        { "id": MEDIA, "caption": "Привет #demo", "timestamp": "2026-11-20T10:00:01+0000",
          "permalink": "https://www.instagram.com/reel/DExample001/",
          "media_product_type": "REELS" },
        { "id": 17_920_000_000_000_002_u64, "timestamp": "2026-11-19T12:00:00+03:00",
          "media_product_type": "FEED" },
        { "id": "3", "caption": "c", "timestamp": "long ago", "permalink": "javascript:alert(1)" },
    ]);
    let platform = Platform::says(200, &json!({ "data": items })).await;
    let list = platform.publisher().recent(&access()).await.unwrap().value;
    let expected = vec![
        RemoteMedia {
            id: MEDIA.to_owned(),
            kind: Some("instagram_reel".to_owned()),
            caption: Some("Привет #demo".to_owned()),
            at: Some(Utc.with_ymd_and_hms(2026, 11, 20, 10, 0, 1).unwrap()),
            permalink: Some("https://www.instagram.com/reel/DExample001/".to_owned()),
        },
        RemoteMedia {
            id: "17920000000000002".to_owned(),
            kind: Some("instagram_feed".to_owned()),
            caption: Some(String::new()),
            at: Some(Utc.with_ymd_and_hms(2026, 11, 19, 9, 0, 0).unwrap()),
            permalink: None,
        },
        RemoteMedia {
            id: "3".to_owned(),
            kind: None,
            caption: Some("c".to_owned()),
            at: None,
            permalink: None,
        },
    ];
    assert_eq!(list, expected);
    let heard = platform.only().await;
    assert_eq!(heard.url.path(), format!("/v25.0/{USER}/media"));
    let query: Vec<_> = heard.url.query_pairs().into_owned().collect();
    let expected = [("fields", ALL), ("limit", "50")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(query, expected);
}

#[tokio::test]
async fn an_absent_caption_is_empty_only_where_captions_show() {
    let list = recent(json!([{ "id": "1" }, { "id": "2", "caption": "two" }])).await;
    assert_eq!(captions(&list.unwrap()), [Some(""), Some("two")]);
    // The platform may be hiding captions from this token: none is known.
    let list = recent(json!([{ "id": "1" }, { "id": "2" }])).await;
    assert_eq!(captions(&list.unwrap()), [None, None]);
    assert_eq!(recent(json!([])).await.unwrap(), []);
}

#[tokio::test]
async fn where_fields_are_refused_the_list_is_read_without_captions() {
    let platform = Platform::new().await;
    let refused = json!({ "error": { "code": 100,
        "message": "(#100) Tried accessing nonexisting field (caption)" } });
    let list = json!({ "data": [{ "id": MEDIA, "timestamp": "2026-11-20T10:00:01+0000" }] });
    for (fields, answer) in [
        (ALL, reply(400, &refused)),
        ("id,timestamp,permalink", reply(200, &list)),
    ] {
        let mock = Mock::given(query_param("fields", fields)).respond_with(answer);
        platform.mount(mock.expect(1)).await;
    }
    let list = platform.publisher().recent(&access()).await.unwrap().value;
    assert_eq!(captions(&list), [None]);
    assert_eq!(list[0].kind, None);
}

#[tokio::test]
async fn other_refusals_of_the_list_are_not_asked_again() {
    for (code, subcode) in [(100, 33), (190, 463), (4, 0), (10, 0)] {
        let body = json!({ "error": { "code": code, "error_subcode": subcode } });
        let platform = Platform::says(400, &body).await;
        assert!(platform.publisher().recent(&access()).await.is_err());
        assert_eq!(platform.heard().await.len(), 1, "{code}/{subcode}");
    }
}

#[tokio::test]
async fn a_list_with_a_hole_is_not_readable() {
    for items in [
        json!([{ "id": "1" }, { "caption": "no id" }]),
        json!({}),
        json!(null),
    ] {
        let error = recent(items).await;
        assert!(matches!(error, Err(CallError::Unreadable(_))));
    }
}

#[tokio::test]
async fn a_link_is_an_address_of_the_web() {
    let good = json!({ "permalink": "https://www.instagram.com/reel/DExample001/",
        "timestamp": "2026-11-20T10:00:01+0000", "id": MEDIA });
    let platform = Platform::says(200, &good).await;
    let link = platform.publisher().permalink(&access(), MEDIA).await;
    let expected = Link {
        permalink: "https://www.instagram.com/reel/DExample001/".to_owned(),
        published_at: Some(Utc.with_ymd_and_hms(2026, 11, 20, 10, 0, 1).unwrap()),
    };
    assert_eq!(link.unwrap().value, expected);
    let heard = platform.only().await;
    assert_eq!(heard.url.path(), format!("/v25.0/{MEDIA}"));
    assert_eq!(heard.url.query(), Some("fields=permalink%2Ctimestamp"));
    for bad in [
        json!({}),
        json!({ "permalink": "" }),
        json!({ "permalink": "javascript:x" }),
    ] {
        let platform = Platform::answers(ResponseTemplate::new(200).set_body_json(&bad)).await;
        let error = platform.publisher().permalink(&access(), MEDIA).await;
        assert!(matches!(error, Err(CallError::Unreadable(_))), "{bad}");
    }
}
