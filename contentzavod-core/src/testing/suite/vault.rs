//! What every [`Vault`] must do.

use std::collections::HashSet;
use std::sync::Arc;

use secrecy::ExposeSecret;
use uuid::Uuid;

use super::{Case, cases, run};
use crate::model::{Sealed, Secret, WorkspaceId};
use crate::ports::{SealContext, Vault, VaultError};

/// Vaults over the same and over other keys.
#[derive(Debug, Clone)]
pub struct Rings {
    /// Seals under its only key.
    pub first: Arc<dyn Vault>,
    /// After a rotation: a new primary key, and the key of `first` behind it.
    pub rotated: Arc<dyn Vault>,
    /// After the old key was dropped: only the new one.
    pub dropped: Arc<dyn Vault>,
    /// Another key under the id that `first` uses.
    pub stranger: Arc<dyn Vault>,
    /// Texts that no `Debug` may show: the keys as they were configured.
    pub keys: Vec<String>,
}

/// Runs every rule.
///
/// # Panics
///
/// With every broken rule.
pub async fn vault(make: impl AsyncFn() -> Rings) {
    run(CASES, make).await;
}

/// Every rule, for tests of the suite.
#[must_use]
pub fn cases() -> Vec<Case<Rings>> {
    CASES.to_vec()
}

cases!(
    "vault",
    sync Rings: what_was_sealed_opens_in_the_same_context,
    any_text_comes_back_as_it_was,
    it_opens_in_no_other_context,
    neighbouring_parts_of_a_context_do_not_run_together,
    sealing_twice_gives_two_texts,
    a_nonce_is_used_once,
    any_changed_character_is_refused,
    a_shorter_or_longer_text_is_refused,
    the_parts_of_two_secrets_do_not_mix,
    another_key_under_the_same_id_opens_nothing,
    after_rotation_old_texts_still_open,
    new_texts_carry_the_new_keys_id,
    the_key_id_is_part_of_what_is_sealed,
    a_dropped_key_is_named,
    what_is_no_sealed_secret_is_malformed,
    no_debug_and_no_error_shows_a_secret,
);

const PLAIN: &str = "IGQVJ-canary-7a1f";

const fn context() -> SealContext<'static> {
    SealContext {
        workspace: WorkspaceId(Uuid::from_u128(0x11)),
        noun: "account",
        field: "token",
        id: Uuid::from_u128(0x22),
    }
}

fn seal(vault: &Arc<dyn Vault>, plain: &str) -> Sealed {
    vault
        .seal(&Secret::from(plain), &context())
        .expect("a valid key seals")
}

fn opens(vault: &Arc<dyn Vault>, sealed: &Sealed) -> Option<String> {
    let opened = vault.open(sealed, &context()).ok()?;
    Some(opened.expose_secret().to_owned())
}

/// What was sealed opens in the same context.
pub fn what_was_sealed_opens_in_the_same_context(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    assert_eq!(opens(&rings.first, &sealed).as_deref(), Some(PLAIN));
    assert!(!sealed.0.contains(PLAIN), "the plain text shows");
}

/// Empty, long and non-ASCII secrets come back unchanged.
pub fn any_text_comes_back_as_it_was(rings: &Rings) {
    let long = "x".repeat(100_000);
    for plain in ["", "токен 🔑", "a\0b\n", long.as_str()] {
        let sealed = seal(&rings.first, plain);
        assert_eq!(opens(&rings.first, &sealed).as_deref(), Some(plain));
    }
}

/// It opens in no other workspace, noun, field or row.
pub fn it_opens_in_no_other_context(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    let home = context();
    let others = [
        SealContext {
            workspace: WorkspaceId(Uuid::from_u128(0x12)),
            ..home
        },
        SealContext {
            noun: "webhook",
            ..home
        },
        SealContext {
            field: "secret",
            ..home
        },
        SealContext {
            id: Uuid::from_u128(0x23),
            ..home
        },
        // The ids exchanged: each part has its own place.
        SealContext {
            workspace: WorkspaceId(home.id),
            id: home.workspace.0,
            ..home
        },
    ];
    for other in others {
        let opened = rings.first.open(&sealed, &other).err();
        assert_eq!(opened, Some(VaultError::Refused), "{other:?}");
    }
}

/// `ab` + `c` is another place than `a` + `bc`.
pub fn neighbouring_parts_of_a_context_do_not_run_together(rings: &Rings) {
    let place = |noun, field| SealContext {
        noun,
        field,
        ..context()
    };
    let sealed = rings
        .first
        .seal(&Secret::from(PLAIN), &place("ab", "c"))
        .expect("a valid key seals");
    for other in [place("a", "bc"), place("abc", ""), place("", "abc")] {
        let opened = rings.first.open(&sealed, &other).err();
        assert_eq!(opened, Some(VaultError::Refused), "{other:?}");
    }
}

/// Sealing the same secret twice gives two texts.
pub fn sealing_twice_gives_two_texts(rings: &Rings) {
    assert_ne!(seal(&rings.first, PLAIN), seal(&rings.first, PLAIN));
}

/// Many secrets, no nonce twice: AES-GCM loses everything by one repetition.
pub fn a_nonce_is_used_once(rings: &Rings) {
    let mut seen = HashSet::new();
    for n in 0..1000 {
        let sealed = seal(&rings.first, &n.to_string());
        let nonce = sealed.0.split('.').nth(2).map(str::to_owned);
        assert!(seen.insert(nonce), "a nonce stands twice");
    }
}

/// Any changed character is refused.
pub fn any_changed_character_is_refused(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    for index in 0..sealed.0.len() {
        for other in ["A", "B", ".", "-", "=", " "] {
            let mut text = sealed.0.clone();
            text.replace_range(index..=index, other);
            if text != sealed.0 {
                let opened = opens(&rings.first, &Sealed(text));
                assert_eq!(opened, None, "character {index} changed to {other:?}");
            }
        }
    }
}

/// Cut or lengthened texts are refused.
pub fn a_shorter_or_longer_text_is_refused(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    for length in 0..sealed.0.len() {
        let cut = Sealed(sealed.0[..length].to_owned());
        assert_eq!(opens(&rings.first, &cut), None, "cut to {length}");
    }
    for more in ["A", "AAAA", ".", ".AAAA", "=", "\n"] {
        let longer = Sealed(format!("{}{more}", sealed.0));
        assert_eq!(opens(&rings.first, &longer), None, "with {more:?}");
    }
}

/// The nonce of one and the ciphertext of another make nothing.
pub fn the_parts_of_two_secrets_do_not_mix(rings: &Rings) {
    let (one, two) = (seal(&rings.first, PLAIN), seal(&rings.first, PLAIN));
    let head = |s: &Sealed| s.0.rsplit_once('.').map(|(head, _)| head.to_owned());
    let tail = |s: &Sealed| s.0.rsplit_once('.').map(|(_, tail)| tail.to_owned());
    let (Some(head), Some(tail)) = (head(&one), tail(&two)) else {
        panic!("the texts have no parts");
    };
    let mixed = Sealed(format!("{head}.{tail}"));
    assert_eq!(opens(&rings.first, &mixed), None);
}

/// Another key under the same id is refused.
pub fn another_key_under_the_same_id_opens_nothing(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    assert_eq!(
        sealed.key_id(),
        seal(&rings.stranger, PLAIN).key_id(),
        "the stranger must use the same id"
    );
    let opened = rings.stranger.open(&sealed, &context()).err();
    assert_eq!(opened, Some(VaultError::Refused));
}

/// After rotation old texts still open.
pub fn after_rotation_old_texts_still_open(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    assert_eq!(opens(&rings.rotated, &sealed).as_deref(), Some(PLAIN));
}

/// After rotation new texts carry the new key's id and need the new key.
pub fn new_texts_carry_the_new_keys_id(rings: &Rings) {
    let (old, new) = (seal(&rings.first, PLAIN), seal(&rings.rotated, PLAIN));
    assert!(new.key_id().is_some(), "the text names its key");
    assert_ne!(old.key_id(), new.key_id());
    assert_eq!(opens(&rings.dropped, &new).as_deref(), Some(PLAIN));
    assert_eq!(opens(&rings.first, &new), None);
}

/// A text renamed to another key of the ring does not open.
pub fn the_key_id_is_part_of_what_is_sealed(rings: &Rings) {
    let (old, new) = (seal(&rings.first, PLAIN), seal(&rings.rotated, PLAIN));
    let (Some(old_id), Some(new_id)) = (old.key_id(), new.key_id()) else {
        panic!("the texts name no key");
    };
    let renamed = Sealed(old.0.replacen(old_id, new_id, 1));
    assert_eq!(opens(&rings.rotated, &renamed), None);
}

/// A key that is not in the ring is named by its id.
pub fn a_dropped_key_is_named(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    let opened = rings.dropped.open(&sealed, &context()).err();
    let id = sealed.key_id().unwrap_or_default().to_owned();
    assert_eq!(opened, Some(VaultError::UnknownKey(id)));
}

/// Text of another shape is malformed, not refused: it says that the row is wrong, not the key.
pub fn what_is_no_sealed_secret_is_malformed(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    let id = sealed.key_id().unwrap_or_default().to_owned();
    let texts = [
        String::new(),
        PLAIN.to_owned(),
        "czv1".to_owned(),
        format!("czv1.{id}"),
        format!("czv1.{id}.AAAA"),
        format!("czv1.{id}.!!!!.!!!!"),
        sealed.0.replacen("czv1", "czv2", 1),
        format!("{}.extra", sealed.0),
    ];
    for text in texts {
        let opened = rings.first.open(&Sealed(text.clone()), &context()).err();
        assert_eq!(opened, Some(VaultError::Malformed), "{text:?}");
    }
}

/// Neither the vault nor its errors nor what it opens show a key or a secret.
pub fn no_debug_and_no_error_shows_a_secret(rings: &Rings) {
    let sealed = seal(&rings.first, PLAIN);
    let elsewhere = SealContext {
        field: "other",
        ..context()
    };
    let mut shown = Vec::new();
    for vault in [
        &rings.first,
        &rings.rotated,
        &rings.dropped,
        &rings.stranger,
    ] {
        shown.push(format!("{vault:?} {vault:#?}"));
        if let Err(error) = vault.open(&sealed, &elsewhere) {
            shown.push(format!("{error} {error:?}"));
        }
        if let Ok(opened) = vault.open(&sealed, &context()) {
            shown.push(format!("{opened:?}"));
        }
    }
    shown.push(format!("{sealed:?}"));
    assert!(!rings.keys.is_empty(), "the subject names its keys");
    for (n, text) in shown.iter().enumerate() {
        assert!(!text.contains(PLAIN), "text {n} shows the secret");
        let leaks = rings.keys.iter().any(|key| text.contains(key.as_str()));
        assert!(!leaks, "text {n} shows a key");
    }
}
