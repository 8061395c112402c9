//! What the platform says to have been removed: erased everywhere, told once.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta};

use super::world::{World, ok, secs};
use super::{Fresh, rows};
use crate::model::{AccountStatus, Notice, NoticeKind, retention};
use crate::ports::store::{Forget, Removal, Said};
use crate::testing::suite::cases;

cases!(
    "removals", world Fresh:
    what_the_platform_removed_is_erased_everywhere,
    nothing_brings_a_removed_token_back_but_connecting,
    a_removal_counts_once_by_its_mark,
    a_removal_tells_nobody_what_they_know,
    a_removal_is_of_one_platform,
    a_message_is_not_about_what_was_connected_later,
    accounts_that_nothing_refers_to_are_forgotten,
);

impl World {
    fn said(&self, mark: u8) -> Said {
        Said {
            mark: [mark; 32],
            until: self.now() + TimeDelta::days(1),
            at: self.now(),
        }
    }

    async fn removed(&self, user_id: &str, mark: u8) -> Option<usize> {
        let removal = Removal {
            platform: "instagram".to_owned(),
            user_id: user_id.to_owned(),
            said: self.said(mark),
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
        said: w.said(1),
    };
    assert_eq!(ok(w.store.removed(elsewhere).await), Some(0));
    assert_eq!(w.account_now(&w.account).await, w.account);
}

/// It may come hours late: whoever connected again meanwhile keeps what they connected.
pub async fn a_message_is_not_about_what_was_connected_later(w: World) {
    let (removed, asked) = (w.said(1), w.said(2));
    w.pass(TimeDelta::minutes(2));
    let again = w.connect("1").await;
    let removal = Removal {
        platform: "instagram".to_owned(),
        user_id: "1".to_owned(),
        said: removed,
    };
    assert_eq!(ok(w.store.removed(removal).await), Some(0));
    let forget = Forget {
        platform: "instagram".to_owned(),
        remote_ids: vec!["1".to_owned()],
        code: [1; 32],
        said: Some(asked),
    };
    assert_eq!(ok(w.store.forget_remote(forget.clone()).await), 0);
    assert_eq!(w.account_now(&again).await, again);
    // Once it is disconnected there is nothing that somebody wanted to have.
    ok(w.store.disconnect(w.workspace, again.id).await);
    let later = Forget {
        code: [2; 32],
        said: Some(Said {
            mark: [3; 32],
            ..asked
        }),
        ..forget
    };
    assert_eq!(ok(w.store.forget_remote(later).await), 1);
}

/// An account that was disconnected goes after its time, unless a post refers to it; one that only
/// deleted posts refer to says nothing any more.
pub async fn accounts_that_nothing_refers_to_are_forgotten(w: World) {
    let long_ago = DateTime::UNIX_EPOCH;
    let (active, posted) = (w.connect("active").await, w.connect("posted").await);
    let was_posted = w.connect("was posted").await;
    let mut written = Vec::new();
    for account in [&posted, &was_posted] {
        let post = w.draft(&[account], &rows::unique("caption"));
        written.push(w.put(post).await);
    }
    let mut gone = rows::unchanged(&written[1]);
    gone.delete = true;
    assert!(w.change(gone).await);
    for id in [w.account.id, posted.id, was_posted.id] {
        ok(w.store.disconnect(w.workspace, id).await);
    }
    w.pass(retention::DISCONNECTED - secs(1));
    assert_eq!(ok(w.store.forget_ended(long_ago).await), 0);
    w.pass(secs(1));
    assert_eq!(ok(w.store.forget_ended(long_ago).await), 2);
    // Which was first is not told by a clock that stands still.
    let left = ok(w.store.accounts(w.workspace).await);
    let named: BTreeSet<_> = left
        .iter()
        .map(|account| &*account.remote_user_id)
        .collect();
    assert!(
        named.contains("active") && named.contains("posted"),
        "{named:?}"
    );
    assert!(
        !named.contains("was posted") && !named.contains("1"),
        "{named:?}"
    );
    assert_eq!(ok(w.store.forget_ended(long_ago).await), 0, "once");
    let ids: BTreeSet<_> = left.iter().map(|account| account.id).collect();
    assert!(ids.contains(&active.id) && ids.contains(&posted.id));
}
