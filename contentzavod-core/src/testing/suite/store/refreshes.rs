//! Tokens that fall due for a refresh, and writing their successors.

use chrono::{DateTime, TimeDelta, Utc};

use super::world::{World, ok, secs};
use super::{Fresh, rows};
use crate::model::{Account, AccountId, AccountStatus, NoticeKind, Sealed};
use crate::testing::suite::cases;

cases!(
    "refreshes", world Fresh:
    a_refresh_is_claimed_when_it_is_due,
    a_claimed_refresh_moves_on_by_its_lease,
    a_claim_of_refreshes_keeps_its_limit,
    only_active_accounts_are_refreshed,
    the_next_refresh_is_the_earliest,
    a_successor_is_written,
    a_successor_needs_the_token_it_follows,
    a_postponed_refresh_needs_its_token,
    an_end_is_told_at_ten_three_and_one_days,
    a_new_token_is_told_of_anew,
    who_has_no_token_is_told_of_no_end,
);

const PAUSE: TimeDelta = TimeDelta::minutes(10);

impl World {
    /// An account whose token is due for a refresh at a time.
    async fn refreshed_at(&self, remote: &str, at: DateTime<Utc>) -> Account {
        let mut row = rows::account(self.workspace, remote, self.now());
        row.refresh_at = Some(at);
        ok(self.store.connect(row).await).account
    }

    async fn due(&self) -> Vec<AccountId> {
        let items = ok(self.store.claim_refresh(PAUSE, 100).await);
        items.iter().map(|i| i.account.id).collect()
    }

    async fn next(&self) -> Option<DateTime<Utc>> {
        ok(self.store.next_refresh().await)
    }

    async fn succeed(&self, account: &Account, version: i64, token: &str) -> bool {
        let token = Sealed(token.to_owned());
        let (expires, refresh) = (self.now() + secs(600), self.now() + secs(300));
        let set = self
            .store
            .set_token(account.id, version, token, expires, refresh);
        ok(set.await)
    }
}

/// From the very moment; an account without one never.
pub async fn a_refresh_is_claimed_when_it_is_due(w: World) {
    let account = w.refreshed_at("2", w.now() + secs(10)).await;
    w.pass(secs(10) - TimeDelta::milliseconds(1));
    assert_eq!(w.due().await, []);
    w.pass(TimeDelta::milliseconds(1));
    let items = ok(w.store.claim_refresh(PAUSE, 5).await);
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].account.id, account.id);
    assert_eq!(items[0].account.token, account.token);
    assert_eq!(items[0].account.token_version, account.token_version);
}

/// Nobody else gets it meanwhile; if nothing came of it, it is due again.
pub async fn a_claimed_refresh_moves_on_by_its_lease(w: World) {
    let account = w.refreshed_at("2", w.now() - TimeDelta::days(1)).await;
    assert_eq!(w.due().await, [account.id]);
    let moved = w.account_now(&account).await.refresh_at;
    assert_eq!(moved, Some(w.now() + PAUSE));
    assert_eq!(w.next().await, moved);
    assert_eq!(w.due().await, []);
    w.pass(PAUSE);
    assert_eq!(w.due().await, [account.id]);
}

/// The rest with the next claims.
pub async fn a_claim_of_refreshes_keeps_its_limit(w: World) {
    for remote in ["2", "3", "4"] {
        w.refreshed_at(remote, w.now()).await;
    }
    let mut sizes = Vec::new();
    for limit in [0, 2, 2, 2] {
        sizes.push(ok(w.store.claim_refresh(PAUSE, limit).await).len());
    }
    assert_eq!(sizes, [0, 2, 1, 0]);
}

/// A dead or erased token is not refreshed, and wakes nobody.
pub async fn only_active_accounts_are_refreshed(w: World) {
    let statuses = [AccountStatus::Reauthorize, AccountStatus::Restricted];
    for (n, status) in statuses.into_iter().enumerate() {
        let account = w.refreshed_at(&format!("remote {n}"), w.now()).await;
        let version = account.token_version;
        assert!(ok(w.store.set_status(account.id, version, status).await));
    }
    let gone = w.refreshed_at("3", w.now()).await;
    ok(w.store.disconnect(w.workspace, gone.id).await);
    w.pass(TimeDelta::days(1));
    assert_eq!(w.due().await, []);
    assert_eq!(w.next().await, None);
}

/// Over all workspaces.
pub async fn the_next_refresh_is_the_earliest(w: World) {
    assert_eq!(w.next().await, None);
    let theirs = w.beside("9").await;
    for (world, after, next) in [(&w, 50, 50), (&theirs, 20, 20), (&w, 30, 20)] {
        let at = world.now() + secs(after);
        world.refreshed_at(&format!("remote {after}"), at).await;
        assert_eq!(w.next().await, Some(w.now() + secs(next)));
    }
}

/// Token, times and a raised version; the row is otherwise as it was.
pub async fn a_successor_is_written(w: World) {
    let account = w.refreshed_at("2", w.now()).await;
    w.pass(secs(5));
    assert!(w.succeed(&account, account.token_version, "new").await);
    let expected = Account {
        token: Some(Sealed("new".to_owned())),
        token_version: account.token_version + 1,
        token_obtained_at: Some(w.now()),
        token_expires_at: Some(w.now() + secs(600)),
        refresh_at: Some(w.now() + secs(300)),
        updated_at: w.now(),
        ..account.clone()
    };
    assert_eq!(w.account_now(&account).await, expected);
    assert_eq!(w.due().await, []);
}

/// Of two refreshes of one token one is written.
pub async fn a_successor_needs_the_token_it_follows(w: World) {
    let version = w.account.token_version;
    let one = w.succeed(&w.account, version, "one");
    let two = w.succeed(&w.account, version, "two");
    let (one, two) = futures::future::join(one, two).await;
    assert!(one != two, "{one} and {two}");
    let kept = w.account_now(&w.account).await;
    let token = if one { "one" } else { "two" };
    assert_eq!(kept.token, Some(Sealed(token.to_owned())));
    assert_eq!(kept.token_version, version + 1);
    for other in [version - 1, version, version + 2] {
        assert!(!w.succeed(&w.account, other, "late").await, "{other}");
    }
    assert_eq!(w.account_now(&w.account).await, kept);
}

/// Whoever holds an old token does not move the refresh of the new one.
pub async fn a_postponed_refresh_needs_its_token(w: World) {
    let account = w.refreshed_at("2", w.now()).await;
    let version = account.token_version;
    let later = w.now() + secs(100);
    ok(w.store
        .postpone_refresh(account.id, version - 1, later)
        .await);
    assert_eq!(w.next().await, Some(w.now()));
    ok(w.store.postpone_refresh(account.id, version, later).await);
    assert_eq!(w.next().await, Some(later));
    assert_eq!(w.due().await, []);
}

impl World {
    /// An account whose token ends at a time.
    async fn ending_at(&self, remote: &str, at: DateTime<Utc>) -> Account {
        let mut row = rows::account(self.workspace, remote, self.now());
        row.token_expires_at = Some(at);
        ok(self.store.connect(row).await).account
    }

    async fn tell(&self) -> usize {
        ok(self.store.tell_expiry(100).await)
    }

    /// The days and the account of each notice of an end.
    async fn ends(&self) -> Vec<(String, Option<AccountId>)> {
        let inbox = self.inbox().await.into_iter();
        let ends = inbox.filter(|n| n.notice.kind == NoticeKind::TokenEnding);
        ends.map(|n| (n.notice.params["days"].clone(), n.account))
            .collect()
    }
}

/// Once for each, with the name and the time; the nearest alone where several were slept through.
pub async fn an_end_is_told_at_ten_three_and_one_days(w: World) {
    let day = TimeDelta::days(1);
    let end = w.now() + day * 11;
    let account = w.ending_at("2", end).await;
    assert_eq!(w.tell().await, 0);
    w.pass(day - TimeDelta::milliseconds(1));
    assert_eq!(w.tell().await, 0);
    w.pass(TimeDelta::milliseconds(1));
    for _ in 0..3 {
        w.tell().await;
    }
    let ten = ("10".to_owned(), Some(account.id));
    assert_eq!(w.ends().await, [ten]);
    w.pass(day * 7);
    assert_eq!((w.tell().await, w.tell().await), (1, 0));
    w.pass(day * 2);
    assert_eq!((w.tell().await, w.tell().await), (1, 0));
    let days: Vec<String> = w.ends().await.into_iter().map(|(days, _)| days).collect();
    assert_eq!(days, ["10", "3", "1"]);
    let notice = w.inbox().await.remove(0).notice;
    let said = end.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(notice.params["expires_at"], said);
    assert_eq!(notice.params["username"], account.username);
    w.pass(day * 5);
    assert_eq!(w.tell().await, 0);
    let late = w.ending_at("3", w.now() + secs(3600)).await;
    w.tell().await;
    let last = w.ends().await.pop();
    assert_eq!(last, Some(("1".to_owned(), Some(late.id))));
}

/// A successor, or the same account connected again, has its own end.
pub async fn a_new_token_is_told_of_anew(w: World) {
    let end = w.now() + TimeDelta::days(2);
    let account = w.ending_at("2", end).await;
    assert_eq!((w.tell().await, w.tell().await), (1, 0));
    assert!(w.succeed(&account, account.token_version, "new").await);
    assert_eq!((w.tell().await, w.tell().await), (1, 0));
    w.ending_at("2", w.now() + TimeDelta::days(9)).await;
    assert_eq!((w.tell().await, w.tell().await), (1, 0));
    let days: Vec<String> = w.ends().await.into_iter().map(|(days, _)| days).collect();
    assert_eq!(days, ["3", "1", "10"]);
}

/// Neither is who waits for a new one, and who has one without an end.
pub async fn who_has_no_token_is_told_of_no_end(w: World) {
    let soon = w.now() + secs(60);
    let gone = w.ending_at("2", soon).await;
    ok(w.store.disconnect(w.workspace, gone.id).await);
    let dead = w.ending_at("3", soon).await;
    let (version, status) = (dead.token_version, AccountStatus::Reauthorize);
    ok(w.store.set_status(dead.id, version, status).await);
    let mut endless = rows::account(w.workspace, "4", w.now());
    endless.token_expires_at = None;
    ok(w.store.connect(endless).await);
    assert_eq!(w.tell().await, 0);
}
