//! Reading and making key rings.

use aes_gcm::aead::KeyInit;
use aes_gcm::{Aes256Gcm, Key};
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use contentzavod_core::model::{Secret, random};
use secrecy::ExposeSecret;
use zeroize::{Zeroize, Zeroizing};

const KEY_BYTES: usize = 32;
const ID_MAX: usize = 32;

/// Standard base64; padding may be left out, as some tools do.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a key ring cannot be read. Entries count from 1; no variant holds any part of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyRingError {
    /// There is no entry.
    #[error("there is no key; expected id:base64, separated by commas")]
    Empty,
    /// An entry is not `id:base64`, or its id has a forbidden shape. The id is not shown: the two
    /// may have been exchanged.
    #[error(
        "key entry {entry} does not begin with an id and a colon; an id has 1 to 32 characters of 0-9 A-Z a-z _ -"
    )]
    Id {
        /// Which entry.
        entry: usize,
    },
    /// The key is not base64.
    #[error("the key of entry {entry} (id {id:?}) is not base64")]
    Base64 {
        /// Which entry.
        entry: usize,
        /// Its id.
        id: String,
    },
    /// The key has another length than 32 bytes.
    #[error("the key of entry {entry} (id {id:?}) has {bytes} bytes instead of 32")]
    Length {
        /// Which entry.
        entry: usize,
        /// Its id.
        id: String,
        /// Its length in bytes.
        bytes: usize,
    },
    /// An id stands twice.
    #[error("entry {entry} repeats the key id {id:?}")]
    Repeated {
        /// Which entry.
        entry: usize,
        /// Its id.
        id: String,
    },
}

/// True for 1 to 32 characters of `0-9A-Za-z_-`: nothing that separates entries or parts, and too
/// short for a key in base64.
pub(super) fn is_key_id(id: &str) -> bool {
    (1..=ID_MAX).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

pub(super) fn parse(entries: &Secret) -> Result<Vec<(String, Aes256Gcm)>, KeyRingError> {
    let text = entries.expose_secret().trim();
    if text.is_empty() {
        return Err(KeyRingError::Empty);
    }
    let mut keys: Vec<(String, Aes256Gcm)> = Vec::new();
    for (index, text) in text.split(',').enumerate() {
        let entry = index + 1;
        let (id, key) = parse_entry(entry, text.trim())?;
        if keys.iter().any(|(known, _)| *known == id) {
            return Err(KeyRingError::Repeated { entry, id });
        }
        keys.push((id, key));
    }
    Ok(keys)
}

fn parse_entry(entry: usize, text: &str) -> Result<(String, Aes256Gcm), KeyRingError> {
    let (id, key) = text
        .split_once(':')
        .filter(|(id, _)| is_key_id(id))
        .ok_or(KeyRingError::Id { entry })?;
    let id = id.to_owned();
    // Room for all of it, so that the buffer never grows and leaves a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(key.len()));
    if BASE64.decode_vec(key, &mut bytes).is_err() {
        return Err(KeyRingError::Base64 { entry, id });
    }
    if bytes.len() != KEY_BYTES {
        let bytes = bytes.len();
        return Err(KeyRingError::Length { entry, id, bytes });
    }
    let mut key = Key::<Aes256Gcm>::default();
    key.copy_from_slice(&bytes);
    let cipher = Aes256Gcm::new(&key);
    key.zeroize();
    Ok((id, cipher))
}

pub(super) fn generate() -> Secret {
    let key = Zeroizing::new(random::bytes::<KEY_BYTES>());
    let encoded = Zeroizing::new(BASE64.encode(key.as_slice()));
    let entry = Zeroizing::new(format!("k{}:{}", random::base62(8), *encoded));
    Secret::from(Box::<str>::from(entry.as_str()))
}
