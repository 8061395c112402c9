//! What the platform says to have been removed: erased everywhere, told once.

use chrono::TimeDelta;

use super::Fresh;
use super::world::{World, ok, secs};
use crate::model::{AccountStatus, Notice, NoticeKind};
use crate::ports::store::Removal;
use crate::testing::suite::cases;

cases!(
    "removals", world Fresh:
    what_the_platform_removed_is_erased_everywhere,
    nothing_brings_a_removed_token_back_but_connecting,
    a_removal_counts_once_by_its_mark,
    a_removal_tells_nobody_what_they_know,
    a_removal_is_of_one_platform,
);

impl World {
    async fn removed(&self, user_id: &str, mark: u8) -> Option<usize> {
        let removal = Removal {
            platform: "instagram".to_owned(),
            user_id: user_id.to_owned(),
            mark: [mark; 32],
            until: self.now() + TimeDelta::days(1),
        };
        ok(self.store.removed(removal).await)
    }
}

/// By either id, in every workspace, and of nobody else.
pub async fn what_the_platform_removed_is_erased_everywhere(w: World) {
    let (twin, other) = (w.beside("1").await, w.connect("2").await);
    w.pass(secs(5));
    assert_eq!(w.removed("nobody", 1).await, Some(0));
    assert_eq!(w.account_now(&w.account).await, w.account);
    for (id, mark) in [("1", 2), ("app-1", 3)] {
        assert_eq!(w.removed(id, mark).await, Some(2), "{id}");
        for (world, before) in [(&w, &w.account), (&twin, &twin.account)] {
            let after = world.account_now(before).await;
            assert_eq!(after.token, None, "{id}");
            assert_eq!(after.status, AccountStatus::Reauthorize);
            assert_eq!((after.token_expires_at, after.refresh_at), (None, None));
            let inbox = world.inbox().await;
            let last = inbox.last().expect("it is told");
            let notice = Notice::new(NoticeKind::AccessRemoved);
            assert_eq!(last.notice, notice.with("username", &before.username));
            assert_eq!(last.account, Some(before.id));
            ok(w.store.connect(before.clone()).await);
        }
    }
    assert_eq!(w.account_now(&other).await, other, "another remote user");
    assert_eq!(w.told().await.len(), 2);
}

/// What was under way comes too late.
pub async fn nothing_brings_a_removed_token_back_but_connecting(w: World) {
    let before = w.account.clone();
    assert_eq!(w.removed("1", 1).await, Some(1));
    assert_eq!(ok(w.store.next_refresh().await), None);
    let (version, at) = (before.token_version, w.now() + TimeDelta::days(1));
    let token = before.token.clone().expect("it had a token");
    let set = w.store.set_token(before.id, version, token, at, at).await;
    assert!(!ok(set), "a refresh under way");
    let status = AccountStatus::Active;
    let set = w.store.set_status(before.id, version, status).await;
    assert!(!ok(set), "a status under way");
    let account = w.connect("1").await;
    assert_eq!((account.id, account.status), (before.id, status));
    assert!(account.token.is_some());
}

/// And what is said again writes nothing, also about what was connected meanwhile.
pub async fn a_removal_counts_once_by_its_mark(w: World) {
    assert_eq!(w.removed("1", 1).await, Some(1));
    let again = w.connect("1").await;
    assert_eq!(w.removed("1", 1).await, None);
    assert_eq!(w.account_now(&again).await, again);
    assert_eq!(w.told().await, [NoticeKind::AccessRemoved]);
    assert!(!ok(w.store.mark([1; 32], w.now()).await), "marks are one");
    assert_eq!(w.removed("1", 2).await, Some(1));
}

/// Neither who disconnected it, nor who was told already that it must be connected again.
pub async fn a_removal_tells_nobody_what_they_know(w: World) {
    ok(w.store.disconnect(w.workspace, w.account.id).await);
    let before = w.account_now(&w.account).await;
    assert_eq!(w.removed("1", 1).await, Some(0));
    assert_eq!(w.account_now(&w.account).await, before);
    assert_eq!(w.told().await, []);
    w.connect("1").await;
    assert!(w.status(AccountStatus::Reauthorize).await);
    assert_eq!(w.removed("1", 2).await, Some(1));
    assert_eq!(w.account_now(&w.account).await.token, None);
    assert_eq!(w.told().await, [NoticeKind::Reauthorize]);
}

/// Numbers of different platforms mean different people.
pub async fn a_removal_is_of_one_platform(w: World) {
    let elsewhere = Removal {
        platform: "another".to_owned(),
        user_id: "1".to_owned(),
        mark: [1; 32],
        until: w.now() + TimeDelta::days(1),
    };
    assert_eq!(ok(w.store.removed(elsewhere).await), Some(0));
    assert_eq!(w.account_now(&w.account).await, w.account);
}
