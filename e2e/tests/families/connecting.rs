//! Connecting by either family, and what a machine can publish that nobody reaches.

use contentzavod_client::types::{InstagramReel, NewAccount, Problem};
use contentzavod_client::{Error, types};
use contentzavod_instagram::Family;

use crate::world::{COVER, REEL, World};

fn rules(problem: &Problem) -> Vec<(&str, &str)> {
    let found = problem.findings.iter();
    let found = found.map(|f| (f.field.as_deref().unwrap_or_default(), &*f.rule));
    found.collect()
}

async fn refused(world: &World, body: types::builder::NewAccount) -> Problem {
    let answer = world.client.account_create().body(body).send().await;
    match answer.unwrap_err() {
        Error::ErrorResponse(refused) => refused.into_inner(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn several_accounts_behind_one_token_are_listed_and_one_is_chosen() {
    let world = World::new().await;
    let new = || NewAccount::builder().access_token("EAA-sandbox-one+two");
    let problem = refused(&world, new()).await;
    assert_eq!(
        rules(&problem),
        [("remote_user_id", "remote_user_id.choose")]
    );
    let listed = problem.findings[0].actual.clone().unwrap();
    assert!(listed.contains("@one (Page of one)") && listed.contains("@two (Page of two)"));
    let two = listed.split("; ").nth(1).unwrap();
    let (id, _) = two.split_once(" = ").unwrap();
    let made = world
        .client
        .account_create()
        .body(new().remote_user_id(id.to_owned()));
    let account = made.send().await.unwrap().into_inner();
    assert_eq!((&*account.username, &*account.login), ("two", "facebook"));
    let problem = refused(&world, new().remote_user_id("17841400000000000".to_owned())).await;
    assert_eq!(
        rules(&problem),
        [("remote_user_id", "remote_user_id.unknown")]
    );
    let problem = refused(&world, new().login("basic_display".to_owned())).await;
    assert_eq!(rules(&problem), [("login", "login.unknown")]);
    assert_eq!(
        problem.findings[0].limit.as_deref(),
        Some("instagram, facebook")
    );
}

/// One account may come by one family today and by the other tomorrow: it stays the same.
#[tokio::test]
async fn an_account_changes_its_family_and_keeps_its_posts() {
    let world = World::new().await;
    let media = world.upload("reel.mp4", REEL).await;
    let account = world.connect(Family::Instagram, "demo").await;
    let reel = InstagramReel::builder().media_id(media).caption("moved");
    let post = world.in_an_hour(vec![account.id], reel.try_into().unwrap());
    let post = world.schedule(post).await;
    let again = world.connect(Family::Facebook, "demo").await;
    assert_eq!((again.id, &*again.login), (account.id, "facebook"));
    world.until_published(post.id).await;
    let made = world.made("demo");
    assert_eq!(made.options["upload_type"], "resumable");
}

/// What was prepared the old way is of no use then: it is prepared anew, and goes out once.
#[tokio::test]
async fn an_account_that_changes_its_family_after_staging_is_staged_anew() {
    for (first, then) in [
        (Family::Instagram, Family::Facebook),
        (Family::Facebook, Family::Instagram),
    ] {
        let world = World::new().await;
        let media = world.upload("reel.mp4", REEL).await;
        let account = world.connect(first, "demo").await;
        let reel = InstagramReel::builder().media_id(media).caption("moved");
        let post = world.in_an_hour(vec![account.id], reel.try_into().unwrap());
        let post = world.schedule(post).await;
        while world.sandbox.records().is_empty() {
            world.server.step().await.unwrap();
        }
        world.connect(then, "demo").await;
        world.until_published(post.id).await;
        let pushed = world.last_made("demo").options.contains_key("upload_type");
        assert_eq!(pushed, then == Family::Facebook);
        assert_eq!(world.sandbox.ledger().len(), 1);
    }
}

#[tokio::test]
async fn behind_nat_facebook_login_publishes_and_instagram_login_is_told_the_ways_out() {
    let world = World::unreachable().await;
    let media = world.upload("reel.mp4", REEL).await;
    let cover = world.upload("cover.jpg", COVER).await;
    let facebook = world.connect(Family::Facebook, "pushed").await;
    let instagram = world.connect(Family::Instagram, "pulled").await;
    let reel = || {
        InstagramReel::builder()
            .media_id(media)
            .caption("no address")
    };
    let post = |accounts, reel: types::builder::InstagramReel| {
        world.in_an_hour(accounts, reel.try_into().unwrap())
    };
    for (accounts, reel, expected) in [
        (
            vec![instagram.id],
            reel(),
            ("content.media_id", "delivery.no_public_url"),
        ),
        (
            vec![facebook.id, instagram.id],
            reel(),
            ("content.media_id", "delivery.no_public_url"),
        ),
        (
            vec![facebook.id],
            reel().cover_media_id(cover),
            ("content.cover_media_id", "delivery.cover_no_public_url"),
        ),
    ] {
        let made = world
            .client
            .post_create()
            .body(post(accounts, reel))
            .send()
            .await;
        let Err(Error::ErrorResponse(refused)) = made else {
            panic!("{made:?}")
        };
        assert_eq!(rules(&refused), [expected]);
    }
    let made = world.schedule(post(vec![facebook.id], reel())).await;
    world.until_published(made.id).await;
    assert_eq!(world.sandbox.ledger().len(), 1);
}
