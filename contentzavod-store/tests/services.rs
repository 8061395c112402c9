//! The use cases on a real SQLite file: what they refuse, and that nothing is written then.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[path = "services/accounts.rs"]
mod accounts;
#[path = "services/choose.rs"]
mod choose;
#[path = "services/connect.rs"]
mod connect;
#[path = "services/keys.rs"]
mod keys;
#[path = "services/quota.rs"]
mod quota;
#[path = "services/removed.rs"]
mod removed;
#[path = "services/rights.rs"]
mod rights;
#[path = "services/sign_in.rs"]
mod sign_in;

use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{Actor, Content, MediaId, PostId, Reel, Role, Scopes};
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{PostFilter, PostView};
use contentzavod_core::publication::{Numbers, State};
use contentzavod_core::service::{
    Conflict, Idempotency, Made, MePatch, PostPatch, PostRequest, Resolution, ServiceError,
    Standing,
};
use contentzavod_core::testing::{FakePublisher, ManualClock, Rig};
use contentzavod_core::words::Refused;
use contentzavod_store::SqliteStore;
use secrecy::ExposeSecret;

/// A rig, and the folder its file is in.
async fn rig() -> (Rig, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::new());
    let time = Arc::clone(&clock) as Arc<dyn Clock>;
    let path = folder.path().join("s.db");
    let store = SqliteStore::open(&path, Arc::clone(&time), MediaTtl::default());
    let store = Arc::new(store.await.unwrap());
    let platform = FakePublisher::staging(time);
    (
        Rig::new(store, clock, platform, Numbers::default()).await,
        folder,
    )
}

fn rules(error: ServiceError) -> Vec<(String, Option<String>)> {
    let ServiceError::Invalid(findings) = error else {
        panic!("{error:?}");
    };
    findings.into_iter().map(|f| (f.rule, f.field)).collect()
}

async fn count(rig: &Rig) -> usize {
    let filter = PostFilter {
        limit: 100,
        ..PostFilter::default()
    };
    rig.app.posts(rig.actor, filter).await.unwrap().items.len()
}

async fn request(rig: &Rig) -> PostRequest {
    let content = Content::InstagramReel(Reel::new(rig.media().await, "Hello"));
    PostRequest {
        publish_at: Some("2026-12-02T09:00".to_owned()),
        timezone: Some("Europe/Berlin".to_owned()),
        ..PostRequest::new(vec![rig.account("1").await], content)
    }
}

#[tokio::test]
async fn every_broken_rule_is_told_at_once_and_nothing_is_written() {
    let (rig, _folder) = rig().await;
    let account = rig.account("1").await;
    let foreign = contentzavod_core::model::AccountId::generate(rig.clock.now());
    let reel = Reel::new(MediaId::generate(rig.clock.now()), "x".repeat(2201));
    let bad = PostRequest {
        account_ids: vec![account, account, foreign],
        publish_at: Some("2026-03-29T02:30".to_owned()),
        timezone: Some("Europe/Berlin".to_owned()),
        max_late: Some("soon".to_owned()),
        ..PostRequest::new(Vec::new(), Content::InstagramReel(reel))
    };
    let found = rules(rig.app.create_post(rig.actor, bad).await.unwrap_err());
    for (rule, field) in [
        ("publish_at.gap", "publish_at"),
        ("max_late.format", "max_late"),
        ("account_ids.duplicate", "account_ids[1]"),
        ("account.not_found", "account_ids[2]"),
        ("media.not_found", "content.media_id"),
        ("caption.too_long", "content.caption"),
    ] {
        let wanted = (rule.to_owned(), Some(field.to_owned()));
        assert!(found.contains(&wanted), "{rule}: {found:?}");
    }
    assert_eq!(found.len(), 6, "{found:?}");
    assert_eq!(count(&rig).await, 0);
}

#[tokio::test]
async fn times_that_cannot_be_meant_are_refused() {
    let (rig, _folder) = rig().await;
    let good = request(&rig).await;
    for (at, zone, rule) in [
        ("2026-12-01T08:58:00Z", "UTC", "publish_at.past"),
        ("2036-01-01T00:00", "UTC", "publish_at.too_far"),
        ("tomorrow", "UTC", "publish_at.format"),
        ("2026-12-02T09:00", "Mars/Olympus", "timezone.unknown"),
    ] {
        let bad = PostRequest {
            publish_at: Some(at.to_owned()),
            timezone: Some(zone.to_owned()),
            ..good.clone()
        };
        let found = rules(rig.app.create_post(rig.actor, bad).await.unwrap_err());
        assert_eq!(found[0].0, rule, "{at} {zone}");
    }
    let none = PostRequest {
        account_ids: Vec::new(),
        ..good.clone()
    };
    let found = rules(rig.app.create_post(rig.actor, none).await.unwrap_err());
    assert_eq!(found[0].0, "account_ids.empty");
    let checked = rig.app.validate_post(rig.actor, &good).await.unwrap();
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    assert_eq!(
        checked.when.unwrap().instant.to_rfc3339(),
        "2026-12-02T08:00:00+00:00"
    );
    assert_eq!(count(&rig).await, 0, "validating writes nothing");
}

#[tokio::test]
async fn one_key_makes_one_post() {
    let (rig, _folder) = rig().await;
    let good = request(&rig).await;
    let render = |view: &PostView, _: &[_]| view.post.id.to_string().into_bytes();
    let once = async |print: u8| {
        let key = Idempotency {
            key: "k",
            fingerprint: [print; 32],
            render: &render,
        };
        rig.app.create_post_once(rig.actor, good.clone(), key).await
    };
    let Ok(Made::New(view, _)) = once(1).await else {
        panic!("not made");
    };
    let again = once(1).await.unwrap();
    assert_eq!(again, Made::Replayed(view.post.id.to_string().into_bytes()));
    assert!(matches!(once(2).await, Err(ServiceError::KeyReused)));
    assert_eq!(count(&rig).await, 1);
}

#[tokio::test]
async fn what_is_somebody_elses_is_not_there() {
    let (rig, _folder) = rig().await;
    let view = rig
        .app
        .create_post(rig.actor, request(&rig).await)
        .await
        .unwrap();
    let stranger: Actor = rig.app.create_user("Stranger").await.unwrap();
    let (post, row) = (view.post.id, view.publications[0].id);
    let missing = PostId::generate(rig.clock.now());
    let not_found =
        |error: ServiceError| assert!(matches!(error, ServiceError::NotFound(_)), "{error:?}");
    not_found(rig.app.post(rig.actor, missing).await.unwrap_err());
    not_found(rig.app.post(stranger, post).await.unwrap_err());
    not_found(rig.app.cancel_post(stranger, post).await.unwrap_err());
    not_found(rig.app.delete_post(stranger, post).await.unwrap_err());
    not_found(
        rig.app
            .change_post(stranger, post, PostPatch::default())
            .await
            .unwrap_err(),
    );
    not_found(rig.app.cancel_publication(stranger, row).await.unwrap_err());
    not_found(rig.app.receipt(stranger, row).await.unwrap_err());
    let media = view.post.content.media_id();
    not_found(
        rig.app
            .delete_media(stranger, media, true)
            .await
            .unwrap_err(),
    );
    not_found(
        rig.app
            .account(stranger, view.publications[0].account)
            .await
            .unwrap_err(),
    );
    assert_eq!(rig.state(&view).await, State::Scheduled);
}

#[tokio::test]
async fn a_draft_is_changed_and_scheduled_and_a_scheduled_one_keeps_its_accounts() {
    let (rig, _folder) = rig().await;
    let draft = PostRequest {
        draft: true,
        publish_at: None,
        ..request(&rig).await
    };
    let view = rig.app.create_post(rig.actor, draft).await.unwrap();
    assert_eq!(
        (rig.state(&view).await, view.post.publish_at),
        (State::Draft, None)
    );
    let other = rig.account("2").await;
    let patch = PostPatch {
        account_ids: Some(vec![other]),
        ..PostPatch::default()
    };
    let changed = rig
        .app
        .change_post(rig.actor, view.post.id, patch.clone())
        .await
        .unwrap();
    assert_eq!(changed.publications.len(), 1);
    assert_eq!(changed.publications[0].account, other);
    let when = PostPatch {
        draft: Some(false),
        publish_at: Some("2026-12-01T12:00:00Z".to_owned()),
        ..PostPatch::default()
    };
    let scheduled = rig
        .app
        .change_post(rig.actor, view.post.id, when)
        .await
        .unwrap();
    let row = &scheduled.publications[0];
    assert_eq!(row.state(), State::Scheduled);
    assert_eq!(Some(row.progress.due_at), scheduled.post.publish_at);
    let fixed = rig
        .app
        .change_post(rig.actor, view.post.id, patch)
        .await
        .unwrap_err();
    assert_eq!(rules(fixed)[0].0, "account_ids.fixed");
}

#[tokio::test]
async fn another_zone_moves_the_wall_clock_and_new_content_is_a_new_version() {
    let (rig, _folder) = rig().await;
    let view = rig
        .app
        .create_post(rig.actor, request(&rig).await)
        .await
        .unwrap();
    let patch = PostPatch {
        timezone: Some("UTC".to_owned()),
        ..PostPatch::default()
    };
    let moved = rig
        .app
        .change_post(rig.actor, view.post.id, patch)
        .await
        .unwrap();
    assert_eq!(
        moved.post.publish_at.unwrap().to_rfc3339(),
        "2026-12-02T09:00:00+00:00"
    );
    assert_eq!(
        moved.publications[0].progress.due_at,
        moved.post.publish_at.unwrap()
    );
    assert_eq!(moved.post.content_version, 1);
    let content = Content::InstagramReel(Reel::new(view.post.content.media_id(), "Other"));
    let patch = PostPatch {
        content: Some(content.clone()),
        ..PostPatch::default()
    };
    let changed = rig
        .app
        .change_post(rig.actor, view.post.id, patch)
        .await
        .unwrap();
    assert_eq!(
        (changed.post.content_version, &changed.post.content),
        (2, &content)
    );
    assert_eq!(changed.publications[0].progress.content_version, 2);
    assert_eq!(changed.publications[0].caption_key, content.caption_key());
}

/// What follows the zone is what was chosen: a wall-clock time does, an instant does not.
#[tokio::test]
async fn the_wall_clock_is_kept_where_it_was_chosen() {
    let (rig, _folder) = rig().await;
    let good = request(&rig).await;
    let nine = Some("2026-12-02T09:00".to_owned());
    let local = nine
        .as_ref()
        .map(|text| format!("{text}:00").parse().unwrap());
    for (at, kept) in [
        (nine.clone(), local),
        (Some("2026-12-02T09:00:00+01:00".to_owned()), None),
        (None, None),
    ] {
        let asked = PostRequest {
            publish_at: at,
            ..good.clone()
        };
        let post = rig.app.create_post(rig.actor, asked).await.unwrap().post;
        assert_eq!(post.local_time, kept);
        assert!(post.wall_clock().is_some(), "it is shown all the same");
        // A change says anew what it is.
        let patch = PostPatch {
            publish_at: nine.clone(),
            ..PostPatch::default()
        };
        let changed = rig.app.change_post(rig.actor, post.id, patch).await;
        assert_eq!(changed.unwrap().post.local_time, local);
        let patch = PostPatch {
            publish_at: Some("2026-12-03T09:00:00Z".to_owned()),
            ..PostPatch::default()
        };
        let changed = rig.app.change_post(rig.actor, post.id, patch).await;
        assert_eq!(changed.unwrap().post.local_time, None);
        // Another zone is a choice of the wall clock's time.
        let patch = PostPatch {
            timezone: Some("Asia/Tokyo".to_owned()),
            ..PostPatch::default()
        };
        let shown = rig.app.post(rig.actor, post.id).await.unwrap();
        let changed = rig.app.change_post(rig.actor, post.id, patch).await;
        assert_eq!(changed.unwrap().post.local_time, shown.post.wall_clock());
    }
}

#[tokio::test]
async fn what_makes_no_sense_where_it_stands_is_a_conflict() {
    let (rig, _folder) = rig().await;
    let account = rig.account("1").await;
    let post = rig.schedule(account, "Hello", TimeDelta::hours(1)).await;
    let row = post.publications[0].id;
    let conflict = |error: ServiceError| match error {
        ServiceError::Conflict(conflict) => conflict,
        other => panic!("{other:?}"),
    };
    let standing = |state| Standing {
        publication: row,
        state,
    };
    let retry = rig.app.retry_publication(rig.actor, row, None, None).await;
    let refused = |refused| Conflict::State {
        standing: standing(State::Scheduled),
        refused,
    };
    assert_eq!(conflict(retry.unwrap_err()), refused(Refused::Retry));
    let leave = rig
        .app
        .resolve_publication(rig.actor, row, &Resolution::Leave)
        .await;
    assert_eq!(conflict(leave.unwrap_err()), refused(Refused::Resolve));
    rig.run_for(TimeDelta::hours(2)).await;
    let cancel = rig.app.cancel_post(rig.actor, post.post.id).await;
    assert_eq!(
        conflict(cancel.unwrap_err()),
        Conflict::Final(vec![standing(State::Published)])
    );
    rig.app.delete_post(rig.actor, post.post.id).await.unwrap();
    assert_eq!(count(&rig).await, 0);
}

#[tokio::test]
async fn armed_is_past_taking_back_and_the_risk_must_be_accepted() {
    let (rig, _folder) = rig().await;
    let strict = Numbers {
        strict: true,
        ..Numbers::default()
    };
    let publisher = FakePublisher::staging(rig.clock.clone());
    publisher.script([contentzavod_core::testing::Mishap::Dropped]);
    let rig = Rig::new(rig.store.clone(), rig.clock.clone(), publisher, strict).await;
    let post = rig
        .schedule(rig.account("1").await, "Hello", TimeDelta::hours(1))
        .await;
    let row = post.publications[0].id;
    rig.run_for(TimeDelta::minutes(61)).await;
    assert_eq!(rig.state(&post).await, State::Uncertain);
    let cancel = rig
        .app
        .cancel_post(rig.actor, post.post.id)
        .await
        .unwrap_err();
    let past = Conflict::PastArming(vec![Standing {
        publication: row,
        state: State::Uncertain,
    }]);
    assert!(matches!(cancel, ServiceError::Conflict(c) if c == past));
    rig.run_for(TimeDelta::hours(1)).await;
    assert_eq!(rig.state(&post).await, State::NeedsReview);
    let again = |accept_duplicate_risk| Resolution::NotLive {
        accept_duplicate_risk,
        publish_at: None,
    };
    let refused = rig
        .app
        .resolve_publication(rig.actor, row, &again(false))
        .await
        .unwrap_err();
    assert!(matches!(refused, ServiceError::Conflict(Conflict::Risk(id)) if id == row));
    rig.app
        .resolve_publication(rig.actor, row, &again(true))
        .await
        .unwrap();
    rig.run_for(TimeDelta::minutes(10)).await;
    assert_eq!(rig.state(&post).await, State::Published);
    assert_eq!(rig.publisher.live().len(), 1);
}

#[tokio::test]
async fn a_key_opens_until_it_is_deleted_and_names_are_checked() {
    let (rig, _folder) = rig().await;
    let (key, secret) = rig.app.create_key(rig.actor, " CI ").await.unwrap();
    assert_eq!(key.name, "CI");
    let text = secret.expose_secret();
    assert!(text.starts_with(&key.prefix) && text.ends_with(&key.last_four));
    let found = rig.app.authenticate(text).await.unwrap().unwrap();
    assert_eq!((found.id, found.actor), (key.id, rig.actor));
    assert_eq!((found.role, &found.scopes), (Role::Owner, &Scopes::All));
    assert!(
        rig.app.keys(rig.actor).await.unwrap()[0]
            .last_used_at
            .is_some()
    );
    for wrong in [
        "",
        "cz_live_",
        &text[..text.len() - 1],
        &text.replace("cz_live_", "cz_test_"),
    ] {
        assert_eq!(rig.app.authenticate(wrong).await.unwrap(), None, "{wrong}");
    }
    rig.app.delete_key(rig.actor, key.id).await.unwrap();
    assert_eq!(rig.app.authenticate(text).await.unwrap(), None);
    let bad = MePatch {
        name: Some(" ".to_owned()),
        locale: Some("de".to_owned()),
        workspace_name: Some("x".repeat(101)),
        timezone: Some("Nowhere".to_owned()),
    };
    let found = rules(rig.app.update_me(rig.actor, bad).await.unwrap_err());
    assert_eq!(found.len(), 4, "{found:?}");
    let good = MePatch {
        timezone: Some("Asia/Tokyo".to_owned()),
        ..MePatch::default()
    };
    let (user, workspace) = rig.app.update_me(rig.actor, good).await.unwrap();
    assert_eq!(
        (user.name.as_str(), workspace.timezone.as_str()),
        ("Rig", "Asia/Tokyo")
    );
}

/// What is answered now is what is read later, whatever the clock and the request say beyond
/// milliseconds.
#[tokio::test]
async fn times_are_answered_as_they_are_kept() {
    let (rig, _folder) = rig().await;
    let odd = rig.clock.now() + TimeDelta::nanoseconds(123_456_789);
    rig.clock.jump(odd);
    let good = request(&rig).await;
    for at in [None, Some("2026-12-02T09:00:00.123456789Z".to_owned())] {
        let asked = PostRequest {
            publish_at: at,
            ..good.clone()
        };
        let answered = rig.app.create_post(rig.actor, asked).await.unwrap();
        let read = rig.app.post(rig.actor, answered.post.id).await.unwrap();
        assert_eq!(read.post, answered.post);
        let due = |view: &PostView| view.publications[0].progress.due_at;
        assert_eq!(due(&read), due(&answered));
        assert_eq!(Some(due(&read)), read.post.publish_at);
    }
}
