//! Sealing secrets with AES-256-GCM under a ring of keys.
//!
//! A sealed secret reads `czv1.<key id>.<nonce>.<ciphertext and tag>`, both parts base64url without
//! padding. The associated data is the list `czv1`, key id, workspace, noun, field, row id, each as
//! UTF-8 (ids in their hyphenated form) after its length in four big-endian bytes: a text copied to
//! another row, field or workspace, or renamed to another key, does not open. Only the named key is
//! tried, because GCM does not commit to one.

mod ring;

use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contentzavod_core::model::{Sealed, Secret, random};
use contentzavod_core::ports::{SealContext, Vault, VaultError};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

pub use ring::KeyRingError;

const FORMAT: &str = "czv1";
const NONCE_BYTES: usize = 12;

/// A [`Vault`] of AES-256 keys: the first seals, all of them open.
///
/// The keys are wiped from memory when it is dropped; `Debug` shows their ids only. With random
/// nonces one key may seal 2^32 secrets; rotate long before that.
pub struct KeyRingVault {
    /// Never empty; the first is the primary.
    keys: Vec<(String, Aes256Gcm)>,
}

impl KeyRingVault {
    /// Reads `id:base64,id:base64,…`: 32 bytes a key, the first is the primary.
    ///
    /// An id has 1 to 32 characters of `0-9A-Za-z_-`. White space around entries is ignored.
    ///
    /// # Errors
    ///
    /// A [`KeyRingError`] that names the entry, never its key.
    pub fn parse(entries: &Secret) -> Result<Self, KeyRingError> {
        ring::parse(entries).map(|keys| Self { keys })
    }

    /// A new entry for [`KeyRingVault::parse`]: a random id and a random key.
    #[must_use]
    pub fn generate() -> Secret {
        ring::generate()
    }

    /// The id of the key that seals.
    #[must_use]
    pub fn primary_id(&self) -> &str {
        self.key_ids().next().unwrap_or_default()
    }

    /// The ids of all keys, the primary first.
    pub fn key_ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(id, _)| id.as_str())
    }

    fn key(&self, id: &str) -> Option<&Aes256Gcm> {
        self.keys
            .iter()
            .find(|(key_id, _)| key_id == id)
            .map(|(_, key)| key)
    }

    /// Seals under the primary key with a nonce that must never be used again.
    fn seal_with_nonce(
        &self,
        plain: &Secret,
        context: &SealContext<'_>,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<Sealed, VaultError> {
        // Without keys there is nothing to seal with; `parse` makes no such ring.
        let (id, key) = self.keys.first().ok_or(VaultError::Refused)?;
        let aad = associated_data(id, context);
        let payload = Payload {
            msg: plain.expose_secret().as_bytes(),
            aad: &aad,
        };
        let sealed = key
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| VaultError::Refused)?;
        Ok(Sealed(format!(
            "{FORMAT}.{id}.{}.{}",
            URL_SAFE_NO_PAD.encode(nonce),
            URL_SAFE_NO_PAD.encode(sealed)
        )))
    }
}

impl fmt::Debug for KeyRingVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.key_ids().collect();
        f.debug_struct("KeyRingVault")
            .field("keys", &ids)
            .finish_non_exhaustive()
    }
}

impl Vault for KeyRingVault {
    fn seal(&self, plain: &Secret, context: &SealContext<'_>) -> Result<Sealed, VaultError> {
        self.seal_with_nonce(plain, context, random::bytes())
    }

    fn open(&self, sealed: &Sealed, context: &SealContext<'_>) -> Result<Secret, VaultError> {
        let parts = Parts::read(&sealed.0).ok_or(VaultError::Malformed)?;
        let key = self
            .key(parts.key_id)
            .ok_or_else(|| VaultError::UnknownKey(parts.key_id.to_owned()))?;
        let aad = associated_data(parts.key_id, context);
        let payload = Payload {
            msg: &parts.ciphertext,
            aad: &aad,
        };
        let plain = key
            .decrypt(&Nonce::from(parts.nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| VaultError::Refused)?;
        let text = std::str::from_utf8(&plain).map_err(|_| VaultError::Refused)?;
        // An exact copy: shrinking the buffer in place could leave an unwiped one behind.
        Ok(Secret::from(Box::<str>::from(text)))
    }
}

/// The parts of a sealed secret's text.
struct Parts<'a> {
    key_id: &'a str,
    nonce: [u8; NONCE_BYTES],
    ciphertext: Vec<u8>,
}

impl<'a> Parts<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split('.');
        let (format, key_id, nonce, ciphertext) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if format != FORMAT || !ring::is_key_id(key_id) || parts.next().is_some() {
            return None;
        }
        Some(Self {
            key_id,
            nonce: URL_SAFE_NO_PAD.decode(nonce).ok()?.try_into().ok()?,
            ciphertext: URL_SAFE_NO_PAD.decode(ciphertext).ok()?,
        })
    }
}

/// The list the ciphertext is bound to; lengths keep neighbours from running together.
fn associated_data(key_id: &str, context: &SealContext<'_>) -> Vec<u8> {
    let (workspace, row) = (context.workspace.to_string(), context.id.to_string());
    let parts = [
        FORMAT,
        key_id,
        &workspace,
        context.noun,
        context.field,
        &row,
    ];
    let mut out = Vec::with_capacity(parts.iter().map(|p| p.len() + 4).sum());
    for part in parts {
        // No part comes near 4 GiB.
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(part.as_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;
    use contentzavod_core::model::WorkspaceId;
    use uuid::Uuid;

    use super::*;

    /// Computed with Python's `cryptography`: key 00..1f, nonce 64..6f (hex), the context below.
    const VECTORS: [(&str, &str); 3] = [
        (
            "IGQVJ-canary-token",
            "czv1.k1.ZGVmZ2hpamtsbW5v.AVyPMDPENf9QAy2R9xEFliesSik02MagkSo71dbFkZtsNw",
        ),
        (
            "токен",
            "czv1.k1.ZGVmZ2hpamtsbW5v.mZkO2KlThivu38pgGb8Rm0s-Y5T086w1B1w",
        ),
        ("", "czv1.k1.ZGVmZ2hpamtsbW5v.QMFluiEjfHwNQXC5BgNMaQ"),
    ];

    #[test]
    fn sealing_gives_what_another_implementation_computed() {
        let ring = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        let vault = KeyRingVault::parse(&Secret::from(ring)).unwrap();
        let context = SealContext {
            workspace: WorkspaceId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001)),
            noun: "account",
            field: "token",
            id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002),
        };
        let nonce = std::array::from_fn(|i| 100 + u8::try_from(i).unwrap());
        for (plain, expected) in VECTORS {
            let sealed = vault.seal_with_nonce(&Secret::from(plain), &context, nonce);
            assert_eq!(sealed.unwrap().0, expected);
            let opened = vault.open(&Sealed(expected.to_owned()), &context).unwrap();
            assert_eq!(opened.expose_secret(), plain);
        }
    }

    #[test]
    fn the_cipher_is_aes_gcm_bound_to_what_is_said_beside_it() {
        let ring = format!("k1:{}", STANDARD.encode([7; 32]));
        let vault = KeyRingVault::parse(&Secret::from(ring)).unwrap();
        let (key, nonce) = (vault.key("k1").unwrap(), Nonce::from([1; NONCE_BYTES]));
        let expected = "1e84e5dbffdb38f761caec7cbefe824f1aba6e0cae";
        let said = b"czv1|k1|ig_accounts|42|access_token";
        let (msg, aad) = (&b"hello"[..], &said[..]);
        let sealed = key.encrypt(&nonce, Payload { msg, aad }).unwrap();
        let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, expected);
        let open = |aad| key.decrypt(&nonce, Payload { msg: &sealed, aad });
        assert_eq!(open(aad).unwrap(), b"hello");
        for other in [
            "czv1|k1|ig_accounts|43|access_token",
            "czv1|k1|ig_accounts|42|",
            "",
        ] {
            assert!(open(other.as_bytes()).is_err(), "{other}");
        }
    }

    #[test]
    fn neighbouring_parts_do_not_run_together() {
        let context = |noun, field| SealContext {
            workspace: WorkspaceId(Uuid::nil()),
            noun,
            field,
            id: Uuid::nil(),
        };
        assert_ne!(
            associated_data("k", &context("ab", "c")),
            associated_data("k", &context("a", "bc"))
        );
    }
}
