//! Accounts: connected, disconnected, and in which status.

use chrono::TimeDelta;

use super::world::{World, ok, secs};
use super::{Fresh, rows};
use crate::model::{AccountId, AccountStatus, Notice, NoticeKind, Quota, Sealed};
use crate::publication::State;
use crate::testing::suite::cases;

cases!(
    "accounts", world Fresh:
    an_account_is_read_back_as_it_was_connected,
    connecting_again_renews_the_known_row,
    connecting_at_once_makes_one_row,
    each_workspace_connects_for_itself,
    accounts_come_oldest_first,
    disconnecting_erases_the_token,
    disconnecting_tells_of_posts_that_wait,
    nothing_brings_a_token_back_but_connecting,
    a_status_needs_the_token_it_was_read_with,
    leaving_active_is_told_once,
    a_dead_token_is_told_of_a_restricted_account_too,
    other_moves_of_the_status_are_not_told,
    a_quota_is_kept,
    tokens_of_other_keys_are_found_page_by_page,
    a_token_is_sealed_anew_only_while_it_is_the_same,
    one_remote_user_may_stand_in_two_workspaces,
);

impl World {
    pub(super) async fn status(&self, status: AccountStatus) -> bool {
        let version = self.account_now(&self.account).await.token_version;
        let id = self.account.id;
        ok(self.store.set_status(id, version, status).await)
    }
}

/// Every field comes back, by id and by the remote user.
pub async fn an_account_is_read_back_as_it_was_connected(w: World) {
    let mut given = rows::account(w.workspace, "remote 2", w.now());
    given.username = "имя_2".to_owned();
    given.login = "facebook".to_owned();
    given.refresh_at = Some(w.now() + TimeDelta::days(7));
    let connected = ok(w.store.connect(given.clone()).await);
    assert!(connected.created);
    assert_eq!(connected.account, given);
    assert_eq!(w.account_now(&given).await, given);
    let by_remote = w
        .store
        .account_by_remote(w.workspace, "instagram", "remote 2");
    assert_eq!(ok(by_remote.await), Some(given.clone()));
    for (platform, remote) in [("instagram", "remote"), ("another", "remote 2")] {
        let found = w.store.account_by_remote(w.workspace, platform, remote);
        assert_eq!(ok(found.await), None, "{platform} {remote}");
    }
    let mut bare = rows::account(w.workspace, "3", w.now());
    (bare.app_scoped_id, bare.token_expires_at) = (None, None);
    bare.scopes = Vec::new();
    let connected = ok(w.store.connect(bare.clone()).await);
    assert_eq!(connected.account, bare);
}

/// The row keeps its id and its making; token, login, scopes and name are the new ones.
pub async fn connecting_again_renews_the_known_row(w: World) {
    ok(w.store.disconnect(w.workspace, w.account.id).await);
    w.pass(secs(30));
    let mut given = rows::account(w.workspace, "1", w.now());
    given.username = "renamed".to_owned();
    given.login = "facebook".to_owned();
    given.scopes = vec!["other".to_owned()];
    given.refresh_at = Some(w.now() + TimeDelta::days(7));
    let connected = ok(w.store.connect(given.clone()).await);
    assert!(!connected.created);
    let account = connected.account;
    assert_eq!(account.id, w.account.id);
    assert_eq!(account.created_at, w.account.created_at);
    assert_eq!(account.status, AccountStatus::Active);
    assert_eq!(
        (account.token.clone(), account.login.clone()),
        (given.token, given.login)
    );
    assert_eq!(
        (account.username.clone(), account.scopes.clone()),
        (given.username, given.scopes)
    );
    assert_eq!(account.token_obtained_at, given.token_obtained_at);
    assert_eq!(account.token_expires_at, given.token_expires_at);
    assert_eq!(account.refresh_at, given.refresh_at);
    assert!(
        account.token_version > w.account.token_version,
        "a new token"
    );
    assert_eq!(w.account_now(&account).await, account);
    let all = ok(w.store.accounts(w.workspace).await);
    assert_eq!(all, [account]);
}

/// (workspace, platform, remote user) is unique, also for requests at once.
pub async fn connecting_at_once_makes_one_row(w: World) {
    let connecting = (0..8).map(|_| {
        let row = rows::account(w.workspace, "2", w.now());
        w.store.connect(row)
    });
    let connected = futures::future::join_all(connecting).await;
    let connected: Vec<_> = connected.into_iter().map(ok).collect();
    assert_eq!(connected.iter().filter(|c| c.created).count(), 1);
    let first = connected[0].account.id;
    assert!(connected.iter().all(|c| c.account.id == first));
    assert_eq!(ok(w.store.accounts(w.workspace).await).len(), 2);
}

/// One remote user in two workspaces is two rows that know nothing of each other.
pub async fn each_workspace_connects_for_itself(w: World) {
    let theirs = w.beside("1").await;
    assert_ne!(theirs.account.id, w.account.id);
    ok(theirs
        .store
        .disconnect(theirs.workspace, theirs.account.id)
        .await);
    assert_eq!(w.account_now(&w.account).await, w.account);
    assert_eq!(
        ok(w.store.accounts(w.workspace).await),
        std::slice::from_ref(&w.account)
    );
}

/// In the order of their making; disconnected ones stay among them.
pub async fn accounts_come_oldest_first(w: World) {
    let mut expected = vec![w.account.id];
    for remote in ["3", "2"] {
        w.pass(secs(1));
        expected.push(w.connect(remote).await.id);
    }
    ok(w.store.disconnect(w.workspace, expected[1]).await);
    let listed = ok(w.store.accounts(w.workspace).await);
    let ids: Vec<AccountId> = listed.iter().map(|a| a.id).collect();
    assert_eq!(ids, expected);
    let nobody = crate::model::WorkspaceId::generate(w.now());
    assert_eq!(ok(w.store.accounts(nobody).await), []);
}

/// In the same write: the answer is the row as it was, and no token is left behind it.
pub async fn disconnecting_erases_the_token(w: World) {
    w.pass(secs(5));
    let before = ok(w.store.disconnect(w.workspace, w.account.id).await);
    assert_eq!(before, Some(w.account.clone()));
    let after = w.account_now(&w.account).await;
    assert_eq!(after.token, None);
    assert_eq!(after.status, AccountStatus::Disconnected);
    assert_eq!(ok(w.store.next_refresh().await), None);
    let again = ok(w.store.disconnect(w.workspace, w.account.id).await);
    assert_eq!(again, Some(after), "the row stays");
}

/// With their number: drafts and what has ended wait for nothing.
pub async fn disconnecting_tells_of_posts_that_wait(w: World) {
    let other = w.connect("2").await;
    ok(w.store.disconnect(w.workspace, other.id).await);
    assert_eq!(w.told().await, [], "nothing waits for it");
    w.at(State::Draft).await;
    for hours in [1, 2] {
        w.scheduled(w.now() + TimeDelta::hours(hours)).await;
    }
    for _ in 0..2 {
        ok(w.store.disconnect(w.workspace, w.account.id).await);
    }
    let [told] = &w.inbox().await[..] else {
        panic!("told once: {:?}", w.told().await)
    };
    let notice = Notice::new(NoticeKind::AccountDisconnected)
        .with("username", &w.account.username)
        .with("posts", "2");
    assert_eq!(told.notice, notice);
    assert_eq!(told.account, Some(w.account.id));
}

/// What was under way when the person disconnected comes too late.
pub async fn nothing_brings_a_token_back_but_connecting(w: World) {
    let before = w.account.clone();
    ok(w.store.disconnect(w.workspace, before.id).await);
    let (version, at) = (before.token_version, w.now() + TimeDelta::days(1));
    let token = before.token.clone().expect("it had a token");
    let set = w.store.set_token(before.id, version, token, at, at).await;
    assert!(!ok(set), "a refresh under way");
    let status = AccountStatus::Active;
    let set = w.store.set_status(before.id, version, status).await;
    assert!(!ok(set), "a status under way");
    let after = w.account_now(&before).await;
    assert_eq!(
        (after.token, after.status),
        (None, AccountStatus::Disconnected)
    );
    let account = w.connect("1").await;
    assert_eq!(account.status, AccountStatus::Active);
    assert!(account.token.is_some());
}

/// A verdict about an old token says nothing about the new one.
pub async fn a_status_needs_the_token_it_was_read_with(w: World) {
    let (id, version) = (w.account.id, w.account.token_version);
    for other in [version - 1, version + 1] {
        let set = w.store.set_status(id, other, AccountStatus::Reauthorize);
        assert!(!ok(set.await), "{other}");
    }
    assert_eq!(w.account_now(&w.account).await, w.account);
    assert_eq!(w.told().await, []);
    let nobody = AccountId::generate(w.now());
    let set = w
        .store
        .set_status(nobody, version, AccountStatus::Restricted);
    assert!(!ok(set.await), "no such account");
    let set = w.store.set_status(id, version, AccountStatus::Restricted);
    assert!(ok(set.await));
}

/// With the name people know, about the account.
pub async fn leaving_active_is_told_once(w: World) {
    let expected = [
        (AccountStatus::Reauthorize, NoticeKind::Reauthorize),
        (AccountStatus::Restricted, NoticeKind::Restricted),
    ];
    for (n, (status, kind)) in expected.into_iter().enumerate() {
        for _ in 0..2 {
            assert!(w.status(status).await);
            assert_eq!(w.account_now(&w.account).await.status, status);
        }
        let inbox = w.inbox().await;
        assert_eq!(inbox.len(), n + 1, "{status:?}");
        let notice = Notice::new(kind).with("username", &w.account.username);
        assert_eq!(inbox[n].notice, notice);
        assert_eq!(inbox[n].account, Some(w.account.id));
        assert_eq!(
            (inbox[n].workspace, inbox[n].publication),
            (w.workspace, None)
        );
        assert!(w.status(AccountStatus::Active).await);
    }
}

/// Following the app's instructions does not help any more: the person must connect again.
pub async fn a_dead_token_is_told_of_a_restricted_account_too(w: World) {
    assert!(w.status(AccountStatus::Restricted).await);
    for _ in 0..2 {
        assert!(w.status(AccountStatus::Reauthorize).await);
    }
    let told = [NoticeKind::Restricted, NoticeKind::Reauthorize];
    assert_eq!(w.told().await, told);
}

/// Becoming active, and a restriction beside a dead token, is nothing new to act on.
pub async fn other_moves_of_the_status_are_not_told(w: World) {
    assert!(w.status(AccountStatus::Active).await);
    assert_eq!(w.told().await, []);
    assert!(w.status(AccountStatus::Reauthorize).await);
    for status in [AccountStatus::Restricted, AccountStatus::Active] {
        assert!(w.status(status).await);
    }
    assert_eq!(w.told().await, [NoticeKind::Reauthorize]);
}

/// The last one read, with its time.
pub async fn a_quota_is_kept(w: World) {
    for used in [3, 25] {
        w.pass(secs(9));
        let quota = Quota {
            used,
            total: 25,
            window_secs: 86_400,
        };
        ok(w.store.set_quota(w.account.id, quota, w.now()).await);
        let account = w.account_now(&w.account).await;
        assert_eq!(account.quota, Some(quota));
        assert_eq!(account.quota_read_at, Some(w.now()));
        assert_eq!(account.token, w.account.token);
    }
}

/// By id, of every workspace; not those of the key, and not those without a token.
pub async fn tokens_of_other_keys_are_found_page_by_page(w: World) {
    let mut others = Vec::new();
    for n in 0..5 {
        let mut account = rows::account(w.workspace, &format!("sealed {n}"), w.now());
        let key = if n == 2 { "new" } else { "old" };
        account.token = Some(Sealed(format!("czv1.{key}.nonce.{n}")));
        let account = ok(w.store.connect(account).await).account;
        match n {
            2 => {}
            3 => drop(ok(w.store.disconnect(w.workspace, account.id).await)),
            _ => others.push(account.id),
        }
    }
    others.push(w.account.id);
    others.sort_unstable();
    let mut found = Vec::new();
    loop {
        let after = found.last().copied();
        let page = ok(w.store.sealed_by_others("new", after, 2).await);
        assert!(page.len() <= 2, "a page is too long");
        if page.is_empty() {
            break;
        }
        found.extend(page.iter().map(|account| account.id));
    }
    assert_eq!(found, others);
}

/// The version stays; a token that was replaced meanwhile is not brought back.
pub async fn a_token_is_sealed_anew_only_while_it_is_the_same(w: World) {
    let before = w.account_now(&w.account).await;
    let was = before.token.clone().expect("a token");
    let anew = Sealed("czv1.new.nonce.same".to_owned());
    let id = before.id;
    assert!(ok(w.store.reseal(id, &was, anew.clone()).await));
    let mut wanted = before.clone();
    wanted.token = Some(anew.clone());
    assert_eq!(w.account_now(&w.account).await, wanted);
    assert!(
        !ok(w.store.reseal(id, &was, was.clone()).await),
        "not the same any more"
    );
    assert_eq!(w.account_now(&w.account).await, wanted);
    ok(w.store.disconnect(w.workspace, id).await);
    assert!(
        !ok(w.store.reseal(id, &anew, was).await),
        "nothing is left to seal"
    );
    assert_eq!(w.account_now(&w.account).await.token, None);
}

/// And then each is told of the other, as long as that one holds a token.
pub async fn one_remote_user_may_stand_in_two_workspaces(w: World) {
    let remote = w.account.remote_user_id.clone();
    assert!(!ok(w.store.shared(w.account.id).await), "alone");
    let other = w.beside("another").await;
    assert!(
        !ok(w.store.shared(w.account.id).await),
        "another remote user"
    );
    let twin = w.beside(&remote).await;
    assert!(ok(w.store.shared(w.account.id).await));
    assert!(ok(w.store.shared(twin.account.id).await));
    assert!(!ok(w.store.shared(other.account.id).await));
    ok(w.store.disconnect(twin.workspace, twin.account.id).await);
    assert!(!ok(w.store.shared(w.account.id).await), "its token is gone");
    assert!(
        ok(w.store.shared(twin.account.id).await),
        "it still sees the other"
    );
}
