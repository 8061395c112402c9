//! The key ring vault: how rings are read, and the suite of the port.

use std::sync::Arc;

use contentzavod_core::model::{Secret, WorkspaceId};
use contentzavod_core::ports::{SealContext, Vault};
use contentzavod_core::testing::suite;
use contentzavod_core::testing::suite::vault::Rings;
use contentzavod_store::vault::{KeyRingError, KeyRingVault};
use secrecy::ExposeSecret;
use uuid::Uuid;

const KEY_1: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const KEY_2: &str = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

fn parse(text: &str) -> Result<KeyRingVault, KeyRingError> {
    KeyRingVault::parse(&Secret::from(text))
}

fn ring(text: &str) -> Arc<dyn Vault> {
    Arc::new(parse(text).expect("a key ring"))
}

#[tokio::test]
async fn it_keeps_the_contract() {
    suite::vault::vault(async || Rings {
        first: ring(&format!("old:{KEY_1}")),
        rotated: ring(&format!("new:{KEY_2},old:{KEY_1}")),
        dropped: ring(&format!("new:{KEY_2}")),
        stranger: ring(&format!("old:{KEY_2}")),
        keys: [KEY_1, KEY_2]
            .iter()
            .flat_map(|key| [key.trim_end_matches('='), &key[..12]])
            .map(str::to_owned)
            .collect(),
    })
    .await;
}

#[test]
fn a_ring_is_read_in_its_order_and_shows_ids_only() {
    let unpadded = KEY_2.trim_end_matches('=');
    let vault = parse(&format!(" k2:{unpadded} , k-1_:{KEY_1}\n")).unwrap();
    assert_eq!(vault.primary_id(), "k2");
    assert_eq!(vault.key_ids().collect::<Vec<_>>(), ["k2", "k-1_"]);
    assert_eq!(
        format!("{vault:?}"),
        r#"KeyRingVault { keys: ["k2", "k-1_"], .. }"#
    );
}

#[test]
fn what_is_wrong_with_an_entry_is_named() {
    let id = || "k2".to_owned();
    let second = |text: &str| parse(&format!("k1:{KEY_1},{text}")).unwrap_err();
    assert_eq!(parse("").unwrap_err(), KeyRingError::Empty);
    assert_eq!(parse(" \n").unwrap_err(), KeyRingError::Empty);
    let nameless = KeyRingError::Id { entry: 2 };
    let bad_ids = ["", KEY_2, ":", "k.2:AAAA", "k 2:AAAA", "ключ:AAAA"];
    for text in bad_ids {
        assert_eq!(second(text), nameless, "{text:?}");
    }
    assert_eq!(second(&format!("{KEY_2}:k2")), nameless, "exchanged");
    let bad = KeyRingError::Base64 { entry: 2, id: id() };
    for text in ["k2:!!!!", "k2:AAA\u{e9}", "k2:AAAA AAAA", "k2:-_-_"] {
        assert_eq!(second(text), bad, "{text:?}");
    }
    let length = |bytes| KeyRingError::Length {
        entry: 2,
        id: id(),
        bytes,
    };
    assert_eq!(second("k2:"), length(0));
    assert_eq!(second("k2:AAAA"), length(3));
    assert_eq!(second(&format!("k2:{}", "A".repeat(44))), length(33));
    let repeated = KeyRingError::Repeated {
        entry: 2,
        id: "k1".to_owned(),
    };
    assert_eq!(second(&format!("k1:{KEY_2}")), repeated);
}

#[test]
fn no_error_shows_any_part_of_a_key() {
    let texts = [
        KEY_2.to_owned(),
        format!("{KEY_2}:k2"),
        format!("k2:{}", &KEY_2[..40]),
        format!("k2:{KEY_2}!"),
        format!("k1:{KEY_2}"),
        format!("k2:{KEY_2}{KEY_2}"),
    ];
    for text in texts {
        let error = parse(&format!("k1:{KEY_1},{text}")).unwrap_err();
        let shown = format!("{error} {error:?}");
        for part in [&KEY_1[..6], &KEY_2[..6]] {
            assert!(!shown.contains(part), "{shown}");
        }
    }
}

#[test]
fn a_generated_entry_is_a_ring_of_one_key_and_never_the_same() {
    let (one, two) = (KeyRingVault::generate(), KeyRingVault::generate());
    assert_ne!(one.expose_secret(), two.expose_secret());
    let vault = KeyRingVault::parse(&one).unwrap();
    assert_eq!(vault.key_ids().count(), 1);
    let both = format!("{},{}", two.expose_secret(), one.expose_secret());
    let rotated = parse(&both).unwrap();
    let context = SealContext {
        workspace: WorkspaceId(Uuid::from_u128(1)),
        noun: "account",
        field: "token",
        id: Uuid::from_u128(2),
    };
    let sealed = vault.seal(&Secret::from("token"), &context).unwrap();
    assert_eq!(sealed.key_id(), Some(vault.primary_id()));
    let opened = rotated.open(&sealed, &context).unwrap();
    assert_eq!(opened.expose_secret(), "token");
}
