//! What lies in the data directory, and what must never happen to it.

#![expect(clippy::unwrap_used, reason = "the helpers of a test fail it, too")]
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{Sealed, Secret, WorkspaceId};
use contentzavod_core::ports::store::AccountStore as _;
use contentzavod_core::ports::{Clock as _, SealContext, SystemClock, Vault as _};
use contentzavod_core::testing::suite::store::rows;
use contentzavod_server::data_dir::{DataDir, DataDirError};
use contentzavod_store::SqliteStore;
use secrecy::ExposeSecret;
use uuid::Uuid;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn fresh() -> (tempfile::TempDir, DataDir) {
    let folder = tempfile::tempdir().unwrap();
    let dir = DataDir::open(&folder.path().join("deep/data")).unwrap();
    (folder, dir)
}

fn context() -> SealContext<'static> {
    SealContext {
        workspace: WorkspaceId(Uuid::nil()),
        noun: "account",
        field: "token",
        id: Uuid::nil(),
    }
}

#[test]
fn it_is_made_for_its_owner_only_and_may_be_opened_again() {
    let (_folder, dir) = fresh();
    assert_eq!(mode(dir.path()), 0o700);
    fs::set_permissions(dir.path(), Permissions::from_mode(0o750)).unwrap();
    DataDir::open(dir.path()).unwrap();
    assert_eq!(mode(dir.path()), 0o750);
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(DataDir::open(&file), Err(DataDirError::Io { .. })));
}

#[test]
fn a_key_is_made_once_and_found_again() {
    let (_folder, dir) = fresh();
    let first = dir.keys(None).unwrap();
    assert_eq!(mode(&dir.key_file()), 0o600);
    let sealed = first
        .vault
        .seal(&Secret::from("token"), &context())
        .unwrap();
    let again = dir.keys(None).unwrap();
    let opened = again.vault.open(&sealed, &context()).unwrap();
    assert_eq!(opened.expose_secret(), "token");
    assert_eq!(
        first.masters[0].expose_secret(),
        again.masters[0].expose_secret()
    );
    // Nothing half-made is left beside it.
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn processes_that_start_together_agree_on_one_key() {
    let (_folder, dir) = fresh();
    let ids: Vec<String> = std::thread::scope(|scope| {
        let start = || scope.spawn(|| dir.keys(None).unwrap().vault.primary_id().to_owned());
        let all: Vec<_> = (0..8).map(|_| start()).collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[test]
fn what_the_operator_set_wins_and_every_key_of_it_is_at_hand() {
    let (_folder, dir) = fresh();
    let unpadded = KEY.trim_end_matches('=');
    let ring = Secret::from(format!(" new:{KEY}, old:{unpadded}"));
    let keys = dir.keys(Some(&ring)).unwrap();
    assert_eq!(keys.vault.primary_id(), "new");
    assert!(!dir.key_file().exists());
    let expected: [u8; 32] = std::array::from_fn(|i| u8::try_from(i).unwrap());
    assert_eq!(keys.masters.len(), 2);
    assert!(keys.masters.iter().all(|m| *m.expose_secret() == expected));
    assert_eq!(keys.link_keys().len(), 2);
    assert!(!format!("{keys:?}").contains("AAECAw"));
}

#[test]
fn a_key_file_that_others_can_read_is_refused_with_the_command_that_mends_it() {
    let (_folder, dir) = fresh();
    dir.keys(None).unwrap();
    for bits in [0o640, 0o604, 0o620] {
        fs::set_permissions(dir.key_file(), Permissions::from_mode(bits)).unwrap();
        let error = dir.keys(None).unwrap_err().to_string();
        let command = format!("chmod 600 '{}'", dir.key_file().display());
        assert!(error.contains(&command), "{error}");
    }
    fs::set_permissions(dir.key_file(), Permissions::from_mode(0o400)).unwrap();
    dir.keys(None).unwrap();
}

#[test]
fn an_unreadable_ring_is_named_and_not_shown_and_not_replaced() {
    let (_folder, dir) = fresh();
    for text in ["", "k1:hunter2hunter2", "hunter2"] {
        fs::write(dir.key_file(), text).unwrap();
        fs::set_permissions(dir.key_file(), Permissions::from_mode(0o600)).unwrap();
        let error = dir.keys(None).unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(told.contains("encryption.keys"), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
        assert_eq!(fs::read_to_string(dir.key_file()).unwrap(), text);
    }
}

#[tokio::test]
async fn a_lost_key_is_not_replaced_when_it_has_sealed_tokens() {
    let (_folder, dir) = fresh();
    let clock = Arc::new(SystemClock::default());
    let now = clock.now();
    let path = dir.database();
    let store = SqliteStore::open(&path, clock, MediaTtl::default());
    let store = store.await.unwrap();
    // A database without any token: a key may be made.
    dir.keys(None).unwrap();
    fs::remove_file(dir.key_file()).unwrap();

    let mut account = rows::account(WorkspaceId(Uuid::nil()), "1", now);
    account.token = Some(Sealed("czv1.k.n.c".to_owned()));
    store.connect(account).await.unwrap();
    // Both beside an open store and after it was closed.
    dir.keys(None).unwrap_err();
    store.close().await;
    let error = dir.keys(None).unwrap_err();
    assert!(matches!(error, DataDirError::KeyMissing { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("the key that sealed the tokens is missing")
    );
    assert!(!dir.key_file().exists());
    // The way out that the message names.
    dir.keys(Some(&Secret::from(format!("k1:{KEY}")))).unwrap();

    fs::write(
        dir.database(),
        "no database at all, but long enough to be looked at as one",
    )
    .unwrap();
    assert!(matches!(dir.keys(None), Err(DataDirError::Database(_))));
}

#[test]
fn a_second_engine_is_refused_and_told_who_holds_the_directory() {
    let (_folder, dir) = fresh();
    let lock = dir.lock().unwrap();
    assert_eq!(mode(&dir.lock_file()), 0o600);
    let error = dir.lock().unwrap_err();
    let DataDirError::Held { pid, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(*pid, Some(std::process::id()));
    let told = error.to_string();
    assert!(
        told.contains("another `contentzavod serve` (process "),
        "{told}"
    );
    // The keys are not behind the lock: other commands work beside `serve`.
    dir.keys(None).unwrap();
    drop(lock);
    // A longer number of an earlier holder does not shine through.
    fs::write(dir.lock_file(), "99999999999999999999\n").unwrap();
    let _lock = dir.lock().unwrap();
    let text = fs::read_to_string(dir.lock_file()).unwrap();
    assert_eq!(text, format!("{}\n", std::process::id()));
}
