//! Many at once: one key from many clients, one account at one instant, one caption twice, a thousand
//! accounts at one instant.

use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::ports::Clock as _;
use e2e::process::Binary;
use e2e::races::Track;
use futures::future::join_all;
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(240);

async fn track(accounts: usize) -> Track {
    Track::new(Binary::find().unwrap(), accounts).await.unwrap()
}

/// Waits until so many posts are published, and no other is there.
async fn published(track: &mut Track, count: usize) -> Vec<Value> {
    let begun = tokio::time::Instant::now();
    loop {
        track.world.server.must_run().unwrap();
        let posts = track.world.api.all("/v1/posts?limit=100").await.unwrap();
        let done = posts
            .iter()
            .filter(|post| post["status"] == "published")
            .count();
        if done == count {
            assert_eq!(posts.len(), count);
            return posts;
        }
        assert!(begun.elapsed() < PATIENCE, "{done} of {count}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn body(track: &Track, media: &str, caption: &str, due: &str) -> Value {
    json!({
        "account_ids": [track.accounts()[0]],
        "content": { "kind": "instagram_reel", "media_id": media, "caption": caption },
        "publish_at": due,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_from_sixty_four_clients_is_one_post() {
    let mut track = track(1).await;
    let api = track.world.api.clone();
    let media = api.upload(include_bytes!(
        "../../../contentzavod-preflight/tests/data/reel.mp4"
    ));
    let media = media.await.unwrap();
    let due = (track.world.clock.now() + TimeDelta::seconds(5)).to_rfc3339();
    let body = body(&track, &media, "one", &due);
    let asks = (0..64).map(|_| {
        let call = api.http.post(api.url("/v1/posts")).json(&body);
        api.asked(call.header("idempotency-key", "sixty-four"))
    });
    let answers: Vec<_> = join_all(asks)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let first = &answers[0];
    assert_eq!(first.0, 201, "{first:?}");
    assert!(answers.iter().all(|answer| answer == first), "{answers:?}");
    published(&mut track, 1).await;
    assert_eq!(track.live("one").unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_posts_of_one_account_at_one_instant_go_out_one_after_another_and_are_told_so() {
    let mut track = track(1).await;
    let account = track.accounts()[0].clone();
    let due = track.world.clock.now() + TimeDelta::seconds(5);
    for n in 0..20 {
        track
            .schedule(&account, &format!("at once {n}"), due)
            .await
            .unwrap();
    }
    let api = &track.world.api;
    let media = api.all("/v1/media?limit=1").await.unwrap()[0]["id"].clone();
    let body = body(
        &track,
        media.as_str().unwrap(),
        "the last",
        &due.to_rfc3339(),
    );
    for (language, words) in [("en", "one after another"), ("ru", "одну за другой")] {
        let call = api.http.post(api.url("/v1/posts/validate")).json(&body);
        let (status, told) = api
            .asked(call.header("accept-language", language))
            .await
            .unwrap();
        let found = told["findings"].as_array().unwrap();
        let crowded = found.iter().find(|f| f["rule"] == "publish_at.crowded");
        let crowded = crowded.unwrap_or_else(|| panic!("{status} {told}"));
        assert_eq!((status, &crowded["severity"]), (200, &json!("warning")));
        assert_eq!(crowded["actual"], "@race0: 20");
        assert!(
            crowded["message"].as_str().unwrap().contains(words),
            "{crowded}"
        );
    }
    published(&mut track, 20).await;
    for n in 0..20 {
        let live = track.live(&format!("at once {n}")).unwrap();
        assert!(live.len() == 1 && live[0].at >= due, "{live:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_posts_of_one_caption_are_two_and_each_knows_its_own() {
    let mut track = track(1).await;
    let account = track.accounts()[0].clone();
    let due = track.world.clock.now() + TimeDelta::seconds(5);
    for _ in 0..2 {
        track.schedule(&account, "twins", due).await.unwrap();
    }
    let posts = published(&mut track, 2).await;
    let mut said: Vec<&str> = posts
        .iter()
        .filter_map(|post| post["publications"][0]["remote_id"].as_str())
        .collect();
    let live = track.live("twins").unwrap();
    let mut live: Vec<&str> = live.iter().map(|entry| entry.media.as_str()).collect();
    said.sort_unstable();
    live.sort_unstable();
    assert_eq!((said.len(), said), (2, live));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_accounts_at_one_instant() {
    const COUNT: usize = 1000;
    let mut track = track(COUNT).await;
    let due = track.world.clock.now() + TimeDelta::seconds(40);
    for (n, account) in track.accounts().iter().enumerate() {
        track
            .schedule(account, &format!("thousand {n}"), due)
            .await
            .unwrap();
    }
    let left = due - track.world.clock.now();
    assert!(left > TimeDelta::zero(), "scheduling took too long");
    published(&mut track, COUNT).await;
    let mut late = Vec::new();
    for record in track.world.ledger().unwrap() {
        let Some(entry) = record.entry() else {
            continue;
        };
        assert!(entry.at >= due && entry.time == 1, "{entry:?}");
        late.push(entry.at - due);
    }
    late.sort_unstable();
    assert_eq!(late.len(), COUNT);
    println!(
        "{COUNT} at once: the middle one {} ms late, the last {} ms",
        late[COUNT / 2].num_milliseconds(),
        late[COUNT - 1].num_milliseconds()
    );
}
