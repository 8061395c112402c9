//! The vault's suite catches vaults that break one rule each.

use std::fmt;
use std::sync::Arc;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use contentzavod_core::model::{Sealed, Secret, WorkspaceId, random};
use contentzavod_core::ports::{SealContext, Vault, VaultError};
use contentzavod_core::testing::suite::vault::{Rings, cases};
use contentzavod_core::testing::suite::{broken, named, verdict};
use secrecy::ExposeSecret;
use uuid::Uuid;

/// What a vault does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Nothing,
    IgnoresTheRow,
    IgnoresTheWorkspace,
    JoinsTheContext,
    OneNonce,
    AcceptsAnyKey,
    TriesEveryKey,
    LeaksInDebug,
    LeaksInErrors,
    ForgetsOldKeys,
    SealsWithTheLastKey,
    TrimsTheSecret,
    IgnoresWhatFollows,
    TakesLooseBase64,
    CallsEverythingRefused,
}

/// A small vault of its own, right but for one thing.
struct Crooked {
    keys: Vec<(&'static str, [u8; 32])>,
    wrong: Wrong,
}

impl fmt::Debug for Crooked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.keys.iter();
        if self.wrong == Wrong::LeaksInDebug {
            let shown: Vec<_> = keys.map(|(_, key)| STANDARD.encode(key)).collect();
            return write!(f, "Crooked({shown:?})");
        }
        write!(
            f,
            "Crooked({:?})",
            keys.map(|(id, _)| id).collect::<Vec<_>>()
        )
    }
}

impl Crooked {
    fn aad(&self, key_id: &str, context: &SealContext<'_>) -> Vec<u8> {
        let mut place = *context;
        match self.wrong {
            Wrong::IgnoresTheRow => place.id = Uuid::nil(),
            Wrong::IgnoresTheWorkspace => place.workspace = WorkspaceId(Uuid::nil()),
            _ => {}
        }
        let key_id = if self.wrong == Wrong::TriesEveryKey {
            ""
        } else {
            key_id
        };
        let (workspace, id) = (place.workspace.to_string(), place.id.to_string());
        let mut out = Vec::new();
        for part in [key_id, &workspace, place.noun, place.field, &id] {
            if self.wrong != Wrong::JoinsTheContext {
                out.extend(part.len().to_be_bytes());
            }
            out.extend(part.as_bytes());
        }
        out
    }

    fn decode(&self, text: &str) -> Option<Vec<u8>> {
        if self.wrong == Wrong::TakesLooseBase64 {
            return URL_SAFE_NO_PAD.decode(text.trim_matches(['=', '\n'])).ok();
        }
        URL_SAFE_NO_PAD.decode(text).ok()
    }

    fn try_key(&self, key: &[u8; 32], parts: &[&str], aad: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; 12] = self.decode(parts[2])?.try_into().ok()?;
        let msg = self.decode(parts[3])?;
        let payload = Payload { msg: &msg, aad };
        cipher(key).decrypt(&Nonce::from(nonce), payload).ok()
    }

    fn try_open(&self, text: &str, context: &SealContext<'_>) -> Result<Vec<u8>, VaultError> {
        let mut parts: Vec<&str> = text.split('.').collect();
        if self.wrong == Wrong::IgnoresWhatFollows {
            parts.truncate(4);
        }
        let shaped = parts.len() == 4
            && parts[0] == "czv1"
            && self.decode(parts[2]).is_some_and(|nonce| nonce.len() == 12)
            && self.decode(parts[3]).is_some();
        if !shaped {
            return Err(VaultError::Malformed);
        }
        let aad = self.aad(parts[1], context);
        let usable: Vec<_> = match self.wrong {
            Wrong::TriesEveryKey => self.keys.iter().collect(),
            Wrong::ForgetsOldKeys => self.keys.iter().take(1).collect(),
            _ => self.keys.iter().filter(|(id, _)| *id == parts[1]).collect(),
        };
        if usable.is_empty() {
            return Err(VaultError::UnknownKey(parts[1].to_owned()));
        }
        let opened = usable
            .iter()
            .find_map(|(_, key)| self.try_key(key, &parts, &aad));
        opened.ok_or(VaultError::Refused)
    }
}

fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key))
}

impl Vault for Crooked {
    fn seal(&self, plain: &Secret, context: &SealContext<'_>) -> Result<Sealed, VaultError> {
        let key = if self.wrong == Wrong::SealsWithTheLastKey {
            self.keys.last()
        } else {
            self.keys.first()
        };
        let (id, key) = key.ok_or(VaultError::Refused)?;
        let nonce = match self.wrong {
            Wrong::OneNonce => [7; 12],
            _ => random::bytes(),
        };
        let aad = self.aad(id, context);
        let plain = match self.wrong {
            Wrong::TrimsTheSecret => plain.expose_secret().trim(),
            _ => plain.expose_secret(),
        };
        let msg = plain.as_bytes();
        let payload = Payload { msg, aad: &aad };
        let sealed = cipher(key).encrypt(&Nonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| VaultError::Refused)?;
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        Ok(Sealed(format!(
            "czv1.{id}.{}.{}",
            encode(&nonce),
            encode(&sealed)
        )))
    }

    fn open(&self, sealed: &Sealed, context: &SealContext<'_>) -> Result<Secret, VaultError> {
        match self.try_open(&sealed.0, context) {
            Ok(plain) => Ok(Secret::from(String::from_utf8(plain).expect("text"))),
            Err(VaultError::Refused) if self.wrong == Wrong::AcceptsAnyKey => {
                Ok(Secret::from("whatever"))
            }
            Err(VaultError::Refused) if self.wrong == Wrong::LeaksInErrors => {
                Err(VaultError::UnknownKey(STANDARD.encode(self.keys[0].1)))
            }
            Err(_) if self.wrong == Wrong::CallsEverythingRefused => Err(VaultError::Refused),
            Err(error) => Err(error),
        }
    }
}

const ONE: [u8; 32] = [1; 32];
const TWO: [u8; 32] = [2; 32];

fn rings(wrong: Wrong) -> Rings {
    let vault = |keys: &[(&'static str, [u8; 32])]| -> Arc<dyn Vault> {
        let keys = keys.to_vec();
        Arc::new(Crooked { keys, wrong })
    };
    Rings {
        first: vault(&[("old", ONE)]),
        rotated: vault(&[("new", TWO), ("old", ONE)]),
        dropped: vault(&[("new", TWO)]),
        stranger: vault(&[("old", TWO)]),
        keys: vec![STANDARD.encode(ONE), STANDARD.encode(TWO)],
    }
}

#[tokio::test]
async fn each_wrong_vault_is_caught_by_the_rule_it_breaks() {
    let expected = [
        (Wrong::IgnoresTheRow, "it_opens_in_no_other_context"),
        (Wrong::IgnoresTheWorkspace, "it_opens_in_no_other_context"),
        (
            Wrong::JoinsTheContext,
            "neighbouring_parts_of_a_context_do_not_run_together",
        ),
        (Wrong::OneNonce, "sealing_twice_gives_two_texts"),
        (Wrong::OneNonce, "a_nonce_is_used_once"),
        (
            Wrong::AcceptsAnyKey,
            "another_key_under_the_same_id_opens_nothing",
        ),
        (Wrong::AcceptsAnyKey, "any_changed_character_is_refused"),
        (Wrong::AcceptsAnyKey, "the_parts_of_two_secrets_do_not_mix"),
        (Wrong::TriesEveryKey, "the_key_id_is_part_of_what_is_sealed"),
        (Wrong::TriesEveryKey, "a_dropped_key_is_named"),
        (Wrong::LeaksInDebug, "no_debug_and_no_error_shows_a_secret"),
        (Wrong::LeaksInErrors, "no_debug_and_no_error_shows_a_secret"),
        (Wrong::ForgetsOldKeys, "after_rotation_old_texts_still_open"),
        (
            Wrong::SealsWithTheLastKey,
            "new_texts_carry_the_new_keys_id",
        ),
        (Wrong::TrimsTheSecret, "any_text_comes_back_as_it_was"),
        (
            Wrong::IgnoresWhatFollows,
            "a_shorter_or_longer_text_is_refused",
        ),
        (
            Wrong::TakesLooseBase64,
            "a_shorter_or_longer_text_is_refused",
        ),
        (
            Wrong::CallsEverythingRefused,
            "what_is_no_sealed_secret_is_malformed",
        ),
    ];
    for (wrong, rule) in expected {
        let case = named(&cases(), &format!("vault::{rule}"));
        let caught = verdict(&case, rings(wrong)).await;
        assert!(caught.is_err(), "{wrong:?} passes {rule}");
    }
}

/// The crooked vault is right but for the one thing: its faults are what the suite sees.
#[tokio::test]
async fn the_same_vault_without_a_fault_passes() {
    let found = broken(&cases(), async || rings(Wrong::Nothing)).await;
    assert_eq!(found, []);
}
