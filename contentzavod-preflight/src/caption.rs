//! Captions: the form in which two of them are compared.

use unicode_normalization::UnicodeNormalization;

/// The caption as platforms give it back: NFC, line ends as LF, trimmed.
///
/// Two captions with the same normal form cannot be told apart on the platform.
#[must_use]
pub fn normalise_caption(caption: &str) -> String {
    let lf = caption.replace("\r\n", "\n").replace('\r', "\n");
    lf.nfc().collect::<String>().trim().to_owned()
}
