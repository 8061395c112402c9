//! What is left of an account's quota at a time: told when a post is checked and when it is scheduled.

use chrono::TimeDelta;
use contentzavod_core::model::{AccountId, Content, Reel};
use contentzavod_core::service::PostRequest;
use contentzavod_core::testing::Rig;

use crate::rig;

fn hours(n: i64) -> TimeDelta {
    TimeDelta::hours(n)
}

async fn request(rig: &Rig, account: AccountId, after: TimeDelta) -> PostRequest {
    use contentzavod_core::ports::Clock;
    let content = Content::InstagramReel(Reel::new(rig.media().await, "Hello"));
    PostRequest {
        publish_at: Some((rig.clock.now() + after).to_rfc3339()),
        ..PostRequest::new(vec![account], content)
    }
}

/// Rule and words of the quota, as checking a post at a time tells them.
async fn told(rig: &Rig, account: AccountId, after: TimeDelta) -> Option<(String, String)> {
    let request = request(rig, account, after).await;
    let checked = rig.app.validate_post(rig.actor, &request).await.unwrap();
    let mut found = checked.findings.into_iter();
    let found = found.find(|f| f.rule.starts_with("publish_at.quota"))?;
    assert_eq!(found.field.as_deref(), Some("publish_at"));
    assert!(!found.is_error());
    Some((found.rule, found.actual.unwrap()))
}

fn few(left: &str) -> Option<(String, String)> {
    Some(("publish_at.quota_few".to_owned(), format!("@{left}")))
}

fn full(left: &str) -> Option<(String, String)> {
    Some(("publish_at.quota_full".to_owned(), format!("@{left}")))
}

#[tokio::test]
async fn what_the_platform_counted_and_what_is_to_come_is_reckoned_together() {
    let (rig, _folder) = rig().await;
    let account = rig.account("1").await;
    rig.publisher.use_quota(10);
    assert_eq!(told(&rig, account, hours(2)).await, None);
    rig.publisher.use_quota(46);
    rig.clock.advance(TimeDelta::minutes(2));
    let name = "user1";
    assert_eq!(
        told(&rig, account, hours(2)).await,
        few(&format!("{name}: 4 of 50"))
    );
    for n in 0..3 {
        rig.schedule(account, &format!("post {n}"), hours(1)).await;
    }
    assert_eq!(
        told(&rig, account, hours(2)).await,
        few(&format!("{name}: 1 of 50"))
    );
    rig.schedule(account, "the last", hours(1)).await;
    assert_eq!(
        told(&rig, account, hours(2)).await,
        full(&format!("{name}: 0 of 50"))
    );
    // Before they are due they count for nothing, and a day later they do not any more.
    let before = told(&rig, account, TimeDelta::minutes(30)).await;
    assert_eq!(before, few(&format!("{name}: 4 of 50")));
    assert_eq!(told(&rig, account, hours(26)).await, None);
    // Another account has its own.
    let other = rig.account("2").await;
    rig.publisher.use_quota(0);
    assert_eq!(told(&rig, other, hours(2)).await, None);
}

/// What is known of our own posts is not counted for longer than it counts.
#[tokio::test]
async fn what_went_out_through_us_counts_for_a_day() {
    let (rig, _folder) = rig().await;
    let account = rig.account("1").await;
    for n in 0..47 {
        rig.schedule(account, &format!("post {n}"), TimeDelta::zero())
            .await;
    }
    rig.run_for(hours(1)).await;
    rig.publisher.use_quota(47);
    let left = "user1: 3 of 50";
    assert_eq!(told(&rig, account, hours(1)).await, few(left));
    assert_eq!(told(&rig, account, hours(25)).await, None);
}

#[tokio::test]
async fn scheduling_tells_it_too_and_goes_on() {
    let (rig, _folder) = rig().await;
    let account = rig.account("1").await;
    rig.publisher.use_quota(50);
    assert!(told(&rig, account, hours(1)).await.is_some());
    let request = request(&rig, account, hours(1)).await;
    let made = rig.app.create_post_told(rig.actor, request).await.unwrap();
    let rules: Vec<&str> = made.1.iter().map(|f| &*f.rule).collect();
    assert_eq!(rules, ["publish_at.quota_full"]);
}

/// Asked of the platform, at most once a minute; where it does not tell, the last known stands.
#[tokio::test]
async fn an_account_shows_its_quota_as_it_is_now() {
    let (rig, _folder) = rig().await;
    let account = rig.account("1").await;
    let used = async || {
        let account = rig.app.account_with_quota(rig.actor, account).await;
        account.unwrap().quota.unwrap().used
    };
    rig.publisher.use_quota(3);
    assert_eq!(used().await, 3);
    rig.publisher.use_quota(4);
    assert_eq!(used().await, 3);
    rig.clock.advance(TimeDelta::minutes(1));
    assert_eq!(used().await, 4);
    rig.clock.advance(TimeDelta::minutes(1));
    rig.publisher.refuse_reads(1);
    rig.publisher.use_quota(5);
    assert_eq!(used().await, 4);
    assert_eq!(used().await, 5);
}
