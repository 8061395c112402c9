//! What it answers, as the platform words it.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use crate::bench::{bench, bench_with};
use crate::web;

#[tokio::test]
async fn the_way_of_a_reel() {
    let b = bench().await;
    let me = b
        .get("/v25.0/me?fields=user_id,username,account_type,media_count")
        .await;
    let user = me.body["user_id"].as_str().unwrap();
    assert_eq!(me.body["username"], "demo");
    assert_eq!(me.body["account_type"], "BUSINESS");
    assert_ne!(me.body["id"], me.body["user_id"], "the app sees its own id");

    let made = b
        .post(
            &format!("/v25.0/{user}/media"),
            &b.reel("reel.mp4", "Hello #demo"),
        )
        .await;
    assert_eq!(made.body, json!({ "id": made.id() }));
    let container = made.id();
    b.pulled(&container).await;
    let (code, text) = b.status(&container).await;
    assert_eq!(
        (code.as_str(), text.starts_with("In Progress:")),
        ("IN_PROGRESS", true)
    );
    let early = b.publish("demo", &container).await;
    assert_eq!((early.status, early.error()), (400, (9007, 2_207_027)));
    assert_eq!(early.body["error"]["error_user_title"], "Cannot Publish");

    b.clock.advance(TimeDelta::milliseconds(1499));
    assert_eq!(b.status(&container).await.0, "IN_PROGRESS");
    b.clock.advance(TimeDelta::milliseconds(1));
    let ready = "Finished: Media has been uploaded and it is ready to be published.";
    assert_eq!(
        b.status(&container).await,
        ("FINISHED".into(), ready.into())
    );

    let live = b.publish("demo", &container).await;
    let media = live.id();
    assert_eq!(live.body, json!({ "id": media }));
    assert_ne!(media, container);
    let done = "Published: Media has been successfully published.";
    assert_eq!(
        b.status(&container).await,
        ("PUBLISHED".into(), done.into())
    );

    let link = b
        .get(&format!("/v25.0/{media}?fields=permalink,timestamp"))
        .await;
    let entry = &b.sandbox.ledger()[0];
    assert_eq!(
        link.body,
        json!({ "id": media, "permalink": entry.permalink, "timestamp": "2026-12-01T09:00:01+0000" })
    );
    assert_eq!(b.get("/me?fields=media_count").await.body["media_count"], 1);
}

#[tokio::test]
async fn the_list_is_newest_first_and_as_long_as_asked() {
    let b = bench().await;
    let mut live = Vec::new();
    for caption in ["one", "", "three"] {
        let container = b.ready("demo", caption).await;
        live.push(b.publish("demo", &container).await.id());
    }
    let other = b.ready("other", "not mine").await;
    b.publish("other", &other).await.id();
    let list = b
        .get("/v25.0/me/media?fields=id,caption,media_product_type&limit=2")
        .await;
    let expected = json!({ "data": [
        { "id": live[2], "caption": "three", "media_product_type": "REELS" },
        // The platform leaves out what is empty.
        { "id": live[1], "media_product_type": "REELS" },
    ] });
    assert_eq!(list.body, expected);
    let all = b.get("/v25.0/me/media").await;
    assert_eq!(all.body["data"].as_array().unwrap().len(), 3);
    assert_eq!(
        all.body["data"][0],
        json!({ "id": live[2] }),
        "ids without fields"
    );
    assert_eq!(b.get("/v25.0/me/media?limit=0").await.error(), (100, 0));
}

#[tokio::test]
async fn a_body_is_a_form_json_or_the_query() {
    let b = bench().await;
    let mut reel = b.reel("reel.mp4", "Hello");
    reel["share_to_feed"] = json!(false);
    reel["collaborators"] = json!(["friend.one"]);
    reel["trial_params"] = json!({ "graduation_strategy": "MANUAL" });
    let post = || {
        b.request(Method::POST, "/v25.0/me/media")
            .bearer_auth("sandbox-demo")
    };
    let by_json = b.send(post().json(&reel)).await.id();
    for name in ["share_to_feed", "collaborators", "trial_params"] {
        reel[name] = Value::String(reel[name].to_string());
    }
    let by_form = b.send(post().form(&reel)).await.id();
    let by_query = b.send(post().query(&reel)).await.id();
    for container in [by_json, by_form, by_query] {
        assert_eq!(
            b.pulled(&container).await.sha256,
            Some(web::sha256(web::REEL))
        );
    }
    let broken = post().header("content-type", "application/json").body("{");
    assert_eq!(b.send(broken).await.error(), (100, 0));
}

#[tokio::test]
async fn headers_tell_the_platforms_time_and_limits() {
    let b = bench().await;
    b.clock.advance(TimeDelta::hours(5));
    let reply = b.get("/v25.0/me?fields=user_id").await;
    let header = |name: &str| reply.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("date"), "Tue, 01 Dec 2026 14:00:00 GMT");
    let app: Value = serde_json::from_str(&header("x-app-usage")).unwrap();
    assert!(app["call_count"].is_u64(), "{app}");
    let business = header("x-business-use-case-usage");
    let business: Value = serde_json::from_str(&business).unwrap();
    let mine = &business[reply.body["user_id"].as_str().unwrap()][0];
    assert_eq!(mine["type"], "instagram", "{business}");
    assert_eq!(mine["estimated_time_to_regain_access"], 0);
    let first = header("x-fb-trace-id");
    assert_ne!(
        b.get("/v25.0/me").await.headers["x-fb-trace-id"],
        first.as_str()
    );
}

#[tokio::test]
async fn fields_are_those_of_the_node() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let media = b.publish("demo", &container).await.id();
    assert_eq!(
        b.get(&format!("/v25.0/{container}")).await.body,
        json!({ "id": container })
    );
    for path in [
        format!("/v25.0/{container}?fields=status_code,permalink"),
        format!("/v25.0/{container}?fields=timestamp"),
        format!("/v25.0/{media}?fields=status_code"),
        "/v25.0/me?fields=email".to_owned(),
        "/v25.0/me/media?fields=video_url".to_owned(),
    ] {
        let reply = b.get(&path).await;
        assert_eq!((reply.status, reply.error()), (400, (100, 0)), "{path}");
        let message = reply.body["error"]["message"].as_str().unwrap();
        assert!(message.contains("nonexisting field"), "{message}");
    }
}

#[tokio::test]
async fn the_quota_is_counted_in_a_moving_day() {
    let b = bench_with(|builder| builder.quota(2)).await;
    let quota = async || {
        let path = "/v25.0/me/content_publishing_limit?fields=quota_usage,config";
        b.get(path).await.body["data"][0].clone()
    };
    let config = json!({ "quota_total": 2, "quota_duration": 86_400 });
    assert_eq!(quota().await, json!({ "quota_usage": 0, "config": config }));
    let first = b.ready("demo", "1").await;
    b.publish("demo", &first).await.id();
    b.clock.advance(TimeDelta::hours(12));
    let second = b.ready("demo", "2").await;
    b.publish("demo", &second).await.id();
    let third = b.ready("demo", "3").await;
    let full = b.publish("demo", &third).await;
    assert_eq!((full.status, full.error()), (403, (9, 2_207_042)));
    assert_eq!(quota().await["quota_usage"], 2);
    assert_eq!(b.status(&third).await.0, "FINISHED", "the container waits");
    let other = b.ready("other", "4").await;
    b.publish("other", &other).await.id();
    let day = b.sandbox.ledger()[0].at + TimeDelta::hours(24);
    b.clock.advance_to(day - TimeDelta::milliseconds(1));
    assert_eq!(quota().await["quota_usage"], 2);
    b.clock.advance_to(day);
    assert_eq!(quota().await["quota_usage"], 1);
    b.publish("demo", &third).await.id();
}

#[tokio::test]
async fn a_container_lives_a_day() {
    let b = bench().await;
    let left = b.create("demo", "reel.mp4", "left").await;
    let used = b.create("demo", "reel.mp4", "used").await;
    b.pulled(&left).await;
    b.pulled(&used).await;
    b.clock
        .advance(TimeDelta::hours(24) - TimeDelta::milliseconds(1));
    assert_eq!(b.status(&left).await.0, "FINISHED");
    b.publish("demo", &used).await.id();
    b.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(b.status(&left).await.0, "EXPIRED");
    assert_eq!(b.publish("demo", &left).await.error(), (24, 2_207_008));
    assert_eq!(
        b.status(&used).await.0,
        "PUBLISHED",
        "what is live stays so"
    );

    let b = bench_with(|builder| builder.container_life(TimeDelta::minutes(1))).await;
    let short = b.ready("demo", "short").await;
    b.clock.advance(TimeDelta::minutes(1));
    assert_eq!(b.status(&short).await.0, "EXPIRED");
}
