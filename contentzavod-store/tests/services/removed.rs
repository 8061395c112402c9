//! What somebody took away on the platform's own pages.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{AccountStatus, NoticeKind, Secret};
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{Connected, Said};
use contentzavod_core::publication::State;
use contentzavod_core::service::ServiceError;

use crate::connect::{PLATFORM, World};

fn said(mark: u8, at: DateTime<Utc>) -> Said {
    Said {
        mark: [mark; 32],
        until: at + TimeDelta::days(1),
        at,
    }
}

async fn connected(w: &World, token: &str) -> Connected {
    let token = token.into();
    let connected = w.app.connect_with_token(w.rig.actor, PLATFORM, &token);
    connected.await.unwrap()
}

#[tokio::test]
async fn what_the_platform_took_away_waits_and_is_told() {
    let w = World::new().await;
    let account = connected(&w, "anna").await.account;
    let other = connected(&w, "bert").await.account;
    let post = w.rig.schedule(account.id, "Hello", TimeDelta::hours(1));
    let post = post.await;
    let now = w.rig.clock.now();
    let removed = |user: &'static str, mark: u8| {
        let said = said(mark, now);
        w.app.removed_by_platform(PLATFORM, user, said)
    };
    assert_eq!(removed("nobody", 1).await.unwrap(), 0);
    assert_eq!(removed("app-anna", 2).await.unwrap(), 1);
    let replayed = removed("app-anna", 2).await;
    assert!(matches!(replayed, Err(ServiceError::Replayed)));
    let after = w.app.account(w.rig.actor, account.id).await.unwrap();
    assert_eq!(
        (after.status, after.token),
        (AccountStatus::Reauthorize, None)
    );
    let kept = w.app.account(w.rig.actor, other.id).await.unwrap();
    assert_eq!(kept.status, AccountStatus::Active);
    w.rig.run_for(TimeDelta::minutes(40)).await;
    assert_eq!(w.rig.state(&post).await, State::WaitingAccount);
    let told = w.told().await;
    let of_account = told.iter().filter(|n| n.account == Some(account.id));
    let kinds: Vec<_> = of_account.map(|n| n.notice.kind).collect();
    assert_eq!(
        kinds,
        [NoticeKind::AccessRemoved, NoticeKind::WaitingAccount]
    );
    // Connected again it goes out.
    let again = connected(&w, "anna").await;
    assert_eq!((again.account.id, again.created), (account.id, false));
    w.rig.run_for(TimeDelta::minutes(30)).await;
    assert_eq!(w.rig.state(&post).await, State::Published);
}

#[tokio::test]
async fn who_disconnects_is_not_told_by_the_platform_as_well() {
    let w = World::new().await;
    let account = connected(&w, "anna").await.account;
    w.app.disconnect(w.rig.actor, account.id).await.unwrap();
    let said = said(1, w.rig.clock.now());
    let gone = w.app.removed_by_platform(PLATFORM, "app-anna", said);
    assert_eq!(gone.await.unwrap(), 0);
    assert_eq!(w.told().await, []);
    let after = w.app.account(w.rig.actor, account.id).await.unwrap();
    assert_eq!(after.status, AccountStatus::Disconnected);
}

/// Whoever clicks twice: there is one account, and its token opens.
#[tokio::test]
async fn an_account_that_is_connected_twice_at_once_publishes() {
    let w = World::new().await;
    let token = Secret::from("anna");
    let connect = || w.app.connect_with_token(w.rig.actor, PLATFORM, &token);
    let (one, two, three) = tokio::join!(connect(), connect(), connect());
    let ids = [one, two, three].map(|connected| connected.unwrap().account.id);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let account = w.app.account(w.rig.actor, ids[0]).await.unwrap();
    let sealed = account.token.unwrap().0;
    let for_this_row = format!("czv1.fake.{}.", account.id);
    assert!(sealed.starts_with(&for_this_row), "{sealed}");
}
