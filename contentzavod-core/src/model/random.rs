//! The one home of randomness in the core: ids, tokens and jitter come from here.

use rand::RngExt;

/// The digits of [`base62`], in their order.
pub(crate) const BASE62: &[u8; 62] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Fills an array with bytes of the operating system's generator.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this module is randomness's one home"
)]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0u8; N];
    rand::rng().fill(&mut out[..]);
    out
}

/// Text of `len` characters of `0-9A-Za-z`, without modulo bias.
#[must_use]
pub fn base62(len: usize) -> String {
    let mut out = String::with_capacity(len);
    while out.len() < len {
        for byte in bytes::<32>() {
            // 248 = 4 * 62: bytes above it would favour the first letters.
            if byte < 248 && out.len() < len {
                out.push(char::from(BASE62[usize::from(byte % 62)]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn base62_has_the_length_and_the_alphabet() {
        let text = super::base62(30);
        assert_eq!(text.len(), 30);
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric()));
        assert_ne!(text, super::base62(30));
    }
}
