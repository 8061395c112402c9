//! The suites of the core's ports on what this crate gives: the store on a real SQLite file, and
//! access through the vault. The vault's and the folder's own suites run beside their other tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use contentzavod_core::model::{AccountStatus, Secret, WorkspaceId};
use contentzavod_core::ports::access::token_context;
use contentzavod_core::ports::{Clock, Store, Vault, VaultAccess};
use contentzavod_core::testing::ManualClock;
use contentzavod_core::testing::suite;
use contentzavod_core::testing::suite::access::Keeper;
use contentzavod_core::testing::suite::store::{TTL, rows};
use contentzavod_store::SqliteStore;
use contentzavod_store::vault::KeyRingVault;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_keeps_the_contract_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let number = AtomicU32::new(0);
    suite::store::store(async || {
        let clock = Arc::new(ManualClock::new());
        let number = number.fetch_add(1, Ordering::Relaxed);
        let path = folder.path().join(format!("{number}.db"));
        let time = Arc::clone(&clock) as Arc<dyn Clock>;
        let store = SqliteStore::open(&path, time, TTL).await.unwrap();
        (Arc::new(store) as Arc<dyn Store>, clock)
    })
    .await;
}

#[tokio::test]
async fn access_through_the_vault_keeps_its_contract() {
    suite::access::access(async || {
        let vault = Arc::new(KeyRingVault::parse(&KeyRingVault::generate()).unwrap());
        let now = ManualClock::new().now();
        let workspace = WorkspaceId(Uuid::from_u128(1));
        let token = Secret::from("IGQVJ-canary-7a1f");
        let mut account = rows::account(workspace, "1", now);
        account.token = Some(vault.seal(&token, &token_context(&account)).unwrap());
        let mut without = rows::account(workspace, "2", now);
        without.token = None;
        without.status = AccountStatus::Disconnected;
        Keeper {
            source: Arc::new(VaultAccess::new(vault)),
            account,
            token,
            without,
        }
    })
    .await;
}
