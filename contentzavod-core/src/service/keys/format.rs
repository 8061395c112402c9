//! What a key looks like: `cz_live_`, thirty random characters, and a checksum that tells a mistyped
//! key from one that was deleted without a look-up.

use sha2::{Digest, Sha256};

use crate::model::Secret;
use crate::model::random::{BASE62, base62};
use crate::ports::store::KeyHash;

/// What every key begins with, so that scanners find leaked ones.
pub(super) const PREFIX: &str = "cz_live_";
/// 178 bits.
const RANDOM: usize = 30;
const CHECK: usize = 6;

/// A new key.
pub(super) fn generate() -> Secret {
    let body = format!("{PREFIX}{}", base62(RANDOM));
    let check = checksum(&body);
    format!("{body}{check}").into()
}

/// True when the text has the shape and the checksum of a key.
pub(super) fn well_formed(key: &str) -> bool {
    has_shape(key, RANDOM, checksum) || former(key)
}

/// Keys made before checksums were CRC-32 had 32 random characters and six of a hash. They work on.
fn former(key: &str) -> bool {
    let check = |body: &str| hex::encode(Sha256::digest(body.as_bytes()))[..CHECK].to_owned();
    has_shape(key, 32, check)
}

fn has_shape(key: &str, random: usize, check: impl Fn(&str) -> String) -> bool {
    let body = PREFIX.len() + random;
    key.len() == body + CHECK
        && key.starts_with(PREFIX)
        && key[PREFIX.len()..]
            .bytes()
            .all(|b| b.is_ascii_alphanumeric())
        && check(&key[..body]) == key[body..]
}

/// CRC-32/ISO-HDLC of everything before it, in six digits of base 62.
fn checksum(body: &str) -> String {
    let mut rest = crc32fast::hash(body.as_bytes());
    let mut digits = [BASE62[0]; CHECK];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[(rest % 62) as usize];
        rest /= 62;
    }
    digits.iter().copied().map(char::from).collect()
}

/// Keys have 178 bits of randomness: a plain hash is enough, and looking it up leaks nothing.
pub(super) fn hash(key: &str) -> KeyHash {
    KeyHash(Sha256::digest(key.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    const KEY: &str = "cz_live_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT2AT2OE";

    #[test]
    fn the_published_vector() {
        assert_eq!(crc32fast::hash(&KEY.as_bytes()[..38]), 1_986_949_726);
        assert_eq!(checksum(&KEY[..38]), "2AT2OE");
        assert!(well_formed(KEY));
        assert_eq!(
            hex::encode(hash(KEY).0),
            "1eac398e098c9d762fd207ea5d786d1999860d7cc9548c032ebb1d3e05682d76"
        );
    }

    #[test]
    fn a_small_checksum_is_padded() {
        // CRC-32 of the empty text is zero, and the largest has six digits.
        assert_eq!(checksum(""), "000000");
        assert!(u64::from(u32::MAX) < 62_u64.pow(6));
    }

    #[test]
    fn a_key_is_well_formed_and_a_mistyped_one_is_not() {
        let key = generate();
        let text = key.expose_secret();
        assert_eq!(text.len(), 44);
        assert!(well_formed(text), "{} characters", text.len());
        for at in 0..text.len() {
            let mut wrong = text.as_bytes().to_vec();
            wrong[at] = if wrong[at] == b'x' { b'y' } else { b'x' };
            assert!(!well_formed(std::str::from_utf8(&wrong).unwrap()), "{at}");
        }
        for wrong in ["", PREFIX, &text[1..], "cz_live_ääääääääääääääääää"] {
            assert!(!well_formed(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_key_of_the_former_format_is_one() {
        let body = "cz_live_0123456789abcdefABCDEF0123456789";
        let check = hex::encode(Sha256::digest(body.as_bytes()));
        assert!(well_formed(&format!("{body}{}", &check[..6])));
        assert!(!well_formed(&format!("{body}000000")));
        assert!(!well_formed(&format!("{}{}", &body[..39], &check[..6])));
    }
}
