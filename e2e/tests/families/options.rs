//! Every option of a Reel, by both families, on the same server at the same time.

use std::collections::BTreeMap;

use contentzavod_client::types::{InstagramReel, Trial};
use contentzavod_instagram::Family;
use contentzavod_instagram::sandbox::{Entry, Record, Stage};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::world::{COVER, REEL, World};

/// Calls of one publication, at most.
const CALLS: u64 = 12;

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

/// A Reel with everything that a Reel can have.
fn whole(media: Uuid, cover: Option<Uuid>, trial: Trial) -> InstagramReel {
    let reel = InstagramReel::builder()
        .media_id(media)
        .caption("Утро в пекарне #bakery")
        .share_to_feed(false)
        .collaborators(names(&["friend.one", "friend_two"]))
        .user_tags(names(&["guest"]))
        .location_id("107886139241516".to_owned())
        .audio_name("Morning bells".to_owned())
        .trial(trial)
        .ai_generated(true);
    let reel = match cover {
        Some(cover) => reel.cover_media_id(cover),
        None => reel.thumb_offset_ms(1_200_u64),
    };
    reel.try_into().unwrap()
}

/// The parameters of that Reel, as they must come to the platform.
fn expected(username: &str, covered: bool, strategy: &str) -> BTreeMap<String, String> {
    let strategy = format!("{{\"graduation_strategy\":\"{strategy}\"}}");
    let mut form = vec![
        ("audio_name", "Morning bells"),
        ("collaborators", "[\"friend.one\",\"friend_two\"]"),
        ("is_ai_generated", "true"),
        ("location_id", "107886139241516"),
        ("media_type", "REELS"),
        ("share_to_feed", "false"),
        ("trial_params", &strategy),
        ("user_tags", "[{\"username\":\"guest\"}]"),
    ];
    if !covered {
        form.push(("thumb_offset", "1200"));
    }
    if username == "by.facebook" {
        form.push(("upload_type", "resumable"));
    }
    let owned = form.into_iter();
    owned.map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

#[tokio::test]
async fn every_option_arrives_by_either_family() {
    let world = World::new().await;
    let both = [
        world.connect(Family::Instagram, "by.instagram").await,
        world.connect(Family::Facebook, "by.facebook").await,
    ];
    assert_eq!(
        both.each_ref().map(|a| &*a.login),
        ["instagram", "facebook"]
    );
    let ids: Vec<Uuid> = both.iter().map(|a| a.id).collect();
    for (covered, trial, strategy) in [
        (true, Trial::Manual, "MANUAL"),
        (false, Trial::Performance, "SS_PERFORMANCE"),
    ] {
        let media = world.upload("reel.mp4", REEL).await;
        let cover = match covered {
            true => Some(world.upload("cover.jpg", COVER).await),
            false => None,
        };
        let post = world.in_an_hour(ids.clone(), whole(media, cover, trial));
        let post = world.schedule(post).await;
        let done = world.until_published(post.id).await;
        assert_eq!(done.publications.len(), 2);
        for username in ["by.instagram", "by.facebook"] {
            let made = world.last_made(username);
            let expected = expected(username, cover.is_some(), strategy);
            assert_eq!(made.options, expected, "{username}");
            assert_eq!(made.caption, "Утро в пекарне #bakery");
        }
        let live = world.sandbox.ledger();
        let same = |entry: &Entry| entry.sha256 == sha256(REEL) && !entry.duplicate;
        assert!(live.iter().all(same));
        let covers = world.covers();
        for seen in covers.iter().rev().take(2) {
            assert_eq!(*seen, cover.map(|_| sha256(COVER)));
        }
    }
    assert_eq!(world.sandbox.ledger().len(), 4);
    // What is told about a container is its name alone, wherever its video went.
    for post in world
        .client
        .post_list()
        .send()
        .await
        .unwrap()
        .into_inner()
        .items
    {
        for row in post.publications {
            let receipt = world.client.publication_receipt().id(row.id).send().await;
            let container = receipt.unwrap().into_inner().container_id.unwrap();
            assert!(container.bytes().all(|b| b.is_ascii_digit()), "{container}");
        }
    }
}

/// Fresh accounts have a small budget at Instagram: what needs no call makes none.
#[tokio::test]
async fn a_quiet_publication_needs_few_calls() {
    for family in Family::ALL {
        let world = World::new().await;
        let media = world.upload("reel.mp4", REEL).await;
        let account = world.connect(family, "quiet").await;
        let before = world.calls("quiet");
        let reel = InstagramReel::builder().media_id(media).caption("Quiet");
        let post = world.in_an_hour(vec![account.id], reel.try_into().unwrap());
        let post = world.schedule(post).await;
        world.until_published(post.id).await;
        let mut calls = world.calls("quiet");
        for (stage, n) in before {
            *calls.entry(stage).or_default() -= n;
        }
        let all: u64 = calls.values().sum();
        let shown: Vec<String> = calls
            .iter()
            .filter(|(_, n)| **n > 0)
            .map(|(stage, n)| format!("{} {n}", stage.name()))
            .collect();
        println!("{}: {all} calls: {}", family.as_str(), shown.join(", "));
        assert!(all <= CALLS, "{calls:?}");
        assert_eq!((calls[&Stage::Create], calls[&Stage::Publish]), (1, 1));
    }
}

/// What can change only in a new container is never left in an old one.
#[tokio::test]
async fn an_edit_after_staging_makes_a_new_container() {
    for family in Family::ALL {
        let world = World::new().await;
        let media = world.upload("reel.mp4", REEL).await;
        let account = world.connect(family, "edited").await;
        let reel = |caption: &str| -> InstagramReel {
            let reel = InstagramReel::builder().media_id(media).caption(caption);
            reel.try_into().unwrap()
        };
        let post = world.in_an_hour(vec![account.id], reel("first"));
        let post = world.schedule(post).await;
        for _ in 0..60 {
            world.server.step().await.unwrap();
            let stands = world.post(post.id).await.publications[0].status;
            if stands == contentzavod_client::types::PublicationStatus::Ready {
                break;
            }
        }
        assert_eq!(world.made("edited").caption, "first");
        let change = contentzavod_client::types::PostChange::builder()
            .content(contentzavod_client::types::Content::from(reel("second")));
        let changed = world
            .client
            .post_update()
            .id(post.id)
            .body(change)
            .send()
            .await;
        changed.unwrap();
        world.until_published(post.id).await;
        let live = world.sandbox.ledger();
        let captions: Vec<&str> = live.iter().map(|e| &*e.caption).collect();
        assert_eq!(captions, ["second"], "{family:?}");
        let creates = world.sandbox.records().into_iter();
        let creates = creates.filter(|r| matches!(r, Record::Create(_))).count();
        assert_eq!(creates, 2);
    }
}
