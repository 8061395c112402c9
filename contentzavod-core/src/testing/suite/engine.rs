//! The engine's stories: the same on every store and every kind of platform.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::model::{AccountStatus, Content, NoticeKind, Reel};
use crate::ports::{Clock, RefusedCause, Store};
use crate::publication::{Numbers, State};
use crate::service::PostRequest;
use crate::testing::{FakePublisher, ManualClock, Mishap, Rig};

/// Makes a fake platform.
pub type Platform = fn(Arc<dyn Clock>) -> FakePublisher;

/// Runs every story on fresh stores.
///
/// # Panics
///
/// When a story does not end as it must.
pub async fn engine<F: AsyncFn() -> (Arc<dyn Store>, Arc<ManualClock>)>(fresh: F) {
    let platforms: [Platform; 3] = [
        FakePublisher::staging,
        FakePublisher::direct,
        FakePublisher::idempotent,
    ];
    for platform in platforms {
        let rig = async || {
            let (store, clock) = fresh().await;
            let publisher = platform(Arc::clone(&clock) as Arc<dyn Clock>);
            Rig::new(store, clock, publisher, Numbers::default()).await
        };
        on_time_and_once(rig().await).await;
        mishaps(&rig).await;
        cancelled_is_never_live(rig().await).await;
        dead_token_waits_for_a_new_one(rig().await).await;
        quota_waits(rig().await).await;
        quota_used_up_meanwhile_costs_no_sends(rig().await).await;
        restricted_is_sent_again_once_it_is_lifted(rig().await).await;
        restricted_with_a_dead_token_is_told(rig().await).await;
        gone_file_fails(rig().await).await;
        too_late_is_missed(rig().await).await;
        one_account_one_after_another(rig().await).await;
        a_sibling_follows_a_new_file(rig().await).await;
    }
}

async fn notices(rig: &Rig) -> Vec<NoticeKind> {
    let inbox = rig.app.notifications(rig.actor, 0, 100).await;
    let inbox = inbox.expect("the store answers");
    inbox.into_iter().map(|n| n.notice.kind).collect()
}

/// Nothing a moment before, live at the due time, linked soon after, told once.
async fn on_time_and_once(rig: Rig) {
    rig.publisher.process_for(3);
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(2)).await;
    let due = post.publications[0].progress.due_at;
    rig.run_until(due - TimeDelta::milliseconds(1)).await;
    assert!(rig.publisher.live().is_empty(), "never early");
    rig.run_until(due).await;
    let live = rig.publisher.live();
    assert_eq!(live.len(), 1, "{:?}", rig.publication(&post).await);
    assert_eq!(live[0].at, due, "on time");
    rig.run_for(TimeDelta::hours(30)).await;
    let row = rig.publication(&post).await;
    assert_eq!(row.state(), State::Published);
    assert_eq!(row.progress.remote_id.as_deref(), Some(live[0].id.as_str()));
    assert!(row.progress.permalink.is_some(), "{row:?}");
    assert_eq!(rig.publisher.live().len(), 1, "once");
    assert_eq!(notices(&rig).await, [NoticeKind::Published]);
    let receipt = rig.app.receipt(rig.actor, row.id).await;
    assert_eq!(receipt.expect("a receipt").sent_at, Some(due));
}

/// Whatever becomes of the first calls, in the end it is live once and said to be.
async fn mishaps<F: AsyncFn() -> Rig>(rig: &F) {
    let scripts: [&[Mishap]; 10] = [
        &[Mishap::ReplyLost],
        &[Mishap::ErrorAfter],
        &[Mishap::Dropped],
        &[Mishap::NoConnection, Mishap::NoConnection],
        &[Mishap::Refused(RefusedCause::NotReady)],
        &[Mishap::Refused(RefusedCause::Quota)],
        &[Mishap::SpamThoughLive],
        &[Mishap::Accepted],
        &[Mishap::Panic],
        &[Mishap::Dropped, Mishap::NoConnection, Mishap::ReplyLost],
    ];
    for script in scripts {
        let rig = rig().await;
        let account = rig.account("1").await;
        let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
        rig.publisher.script(script.iter().copied());
        rig.run_for(TimeDelta::hours(5)).await;
        let row = rig.publication(&post).await;
        assert_eq!(row.state(), State::Published, "{script:?}: {row:?}");
        let live = rig.publisher.live();
        assert_eq!(live.len(), 1, "{script:?}: {live:?}");
        assert_eq!(row.progress.remote_id.as_deref(), Some(live[0].id.as_str()));
        assert_eq!(notices(&rig).await, [NoticeKind::Published], "{script:?}");
    }
}

async fn cancelled_is_never_live(rig: Rig) {
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
    let due = post.publications[0].progress.due_at;
    rig.run_until(due - TimeDelta::seconds(2)).await;
    let cancelled = rig.app.cancel_post(rig.actor, post.post.id).await;
    cancelled.expect("it is not armed yet");
    rig.run_for(TimeDelta::hours(30)).await;
    assert_eq!(rig.state(&post).await, State::Cancelled);
    assert!(rig.publisher.live().is_empty());
}

async fn dead_token_waits_for_a_new_one(rig: Rig) {
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
    rig.publisher.kill_tokens(true);
    rig.run_for(TimeDelta::hours(2)).await;
    assert_eq!(rig.state(&post).await, State::WaitingAccount);
    let told = notices(&rig).await;
    assert!(told.contains(&NoticeKind::Reauthorize), "{told:?}");
    assert!(told.contains(&NoticeKind::WaitingAccount), "{told:?}");
    rig.publisher.kill_tokens(false);
    rig.account("1").await;
    rig.run_for(TimeDelta::minutes(10)).await;
    assert_eq!(rig.state(&post).await, State::Published);
    assert_eq!(rig.publisher.live().len(), 1);
}

async fn quota_waits(rig: Rig) {
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
    rig.publisher.use_quota(50);
    rig.run_for(TimeDelta::hours(2)).await;
    assert_eq!(rig.state(&post).await, State::WaitingQuota);
    rig.publisher.use_quota(49);
    rig.run_for(TimeDelta::minutes(10)).await;
    assert_eq!(rig.state(&post).await, State::Published);
}

/// Refused although the quota was free when it was looked at: it waits until it is free again.
async fn quota_used_up_meanwhile_costs_no_sends(rig: Rig) {
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
    rig.publisher.script([Mishap::Refused(RefusedCause::Quota)]);
    rig.run_for(TimeDelta::hours(1)).await;
    rig.publisher.use_quota(50);
    rig.run_for(TimeDelta::hours(1)).await;
    let row = rig.publication(&post).await;
    assert_eq!(row.state(), State::Uncertain, "{row:?}");
    assert_eq!(row.progress.send_count(), 1, "{row:?}");
    rig.publisher.use_quota(49);
    rig.run_for(TimeDelta::minutes(2)).await;
    assert_eq!(rig.state(&post).await, State::Published);
    assert_eq!(rig.publisher.live().len(), 1);
}

/// Nothing else of the account asks whether the restriction is gone.
async fn restricted_is_sent_again_once_it_is_lifted(rig: Rig) {
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
    rig.publisher
        .script([Mishap::Refused(RefusedCause::Restricted)]);
    rig.run_for(TimeDelta::hours(2)).await;
    assert_eq!(rig.state(&post).await, State::Published);
    assert_eq!(rig.publisher.live().len(), 1);
    let told = notices(&rig).await;
    assert_eq!(told, [NoticeKind::Restricted, NoticeKind::Published]);
}

/// What a person must do has changed: the app alone does not help any more.
async fn restricted_with_a_dead_token_is_told(rig: Rig) {
    let id = rig.account("1").await;
    let post = rig.schedule(id, "Hello", TimeDelta::hours(1)).await;
    let account = rig.app.account(rig.actor, id).await.expect("it is there");
    let (version, status) = (account.token_version, AccountStatus::Restricted);
    let set = rig.store.set_status(id, version, status).await;
    assert!(set.expect("the store answers"));
    rig.publisher.kill_tokens(true);
    rig.run_for(TimeDelta::hours(2)).await;
    assert_eq!(rig.state(&post).await, State::WaitingAccount);
    let told = notices(&rig).await;
    assert!(told.contains(&NoticeKind::Reauthorize), "{told:?}");
}

async fn gone_file_fails(rig: Rig) {
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
    let media = post.post.content.media_id();
    let refused = rig.app.delete_media(rig.actor, media, false).await;
    assert!(refused.is_err(), "a file in use is not deleted");
    rig.app
        .delete_media(rig.actor, media, true)
        .await
        .expect("its posts are cancelled with it");
    rig.run_for(TimeDelta::hours(2)).await;
    assert_eq!(rig.state(&post).await, State::Cancelled);
    assert!(rig.publisher.live().is_empty());
}

async fn too_late_is_missed(rig: Rig) {
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
    // The server was off all the time.
    rig.clock.advance(TimeDelta::hours(8));
    rig.run_for(TimeDelta::minutes(1)).await;
    assert_eq!(rig.state(&post).await, State::Missed);
    assert!(rig.publisher.live().is_empty());
    assert!(notices(&rig).await.contains(&NoticeKind::Missed));
    let row = rig.publication(&post).await;
    let retried = rig
        .app
        .retry_publication(rig.actor, row.id, None, None)
        .await;
    retried.expect("its file is kept for two hours");
    rig.run_for(TimeDelta::minutes(10)).await;
    assert_eq!(rig.state(&post).await, State::Published);
    assert_eq!(rig.publisher.live().len(), 1);
}

/// Three posts of one account at one instant go out one after another, each once.
async fn one_account_one_after_another(rig: Rig) {
    let account = rig.account("1").await;
    let mut posts = Vec::new();
    for caption in ["one", "two", "three"] {
        posts.push(rig.schedule(account, caption, TimeDelta::hours(1)).await);
    }
    rig.run_for(TimeDelta::hours(1) + TimeDelta::minutes(5))
        .await;
    for post in &posts {
        assert_eq!(rig.state(post).await, State::Published);
    }
    let mut captions: Vec<_> = rig
        .publisher
        .live()
        .into_iter()
        .map(|l| l.caption)
        .collect();
    captions.sort();
    assert_eq!(captions, ["one", "three", "two"]);
}

/// Two accounts missed their time; one is retried with another file, the other simply retried.
async fn a_sibling_follows_a_new_file(rig: Rig) {
    let accounts = vec![rig.account("1").await, rig.account("2").await];
    let content = Content::InstagramReel(Reel::new(rig.media().await, "Hello"));
    let request = PostRequest::new(accounts, content);
    let post = rig.app.create_post(rig.actor, request).await;
    let post = post.expect("the request breaks no rule");
    rig.clock.advance(TimeDelta::hours(8));
    rig.run_for(TimeDelta::minutes(1)).await;
    let other = rig.media().await;
    for (row, media) in post.publications.iter().zip([Some(other), None]) {
        let retried = rig
            .app
            .retry_publication(rig.actor, row.id, None, media)
            .await;
        retried.expect("both were missed");
    }
    rig.run_for(TimeDelta::minutes(10)).await;
    let view = rig.app.post(rig.actor, post.post.id).await;
    for row in view.expect("the post is there").publications {
        assert_eq!(row.state(), State::Published, "{row:?}");
        assert_eq!(row.progress.content_version, 2);
    }
    assert_eq!(rig.publisher.live().len(), 2);
}
