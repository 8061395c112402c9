//! Captions: their limits, and the form in which two of them are compared.

use unicode_normalization::UnicodeNormalization;

use crate::finding::Finding;
use crate::messages::error;
use crate::policy::CaptionPolicy;

/// The caption as platforms give it back: NFC, line ends as LF, trimmed.
///
/// Two captions with the same normal form cannot be told apart on the platform.
#[must_use]
pub fn normalise_caption(caption: &str) -> String {
    let lf = caption.replace("\r\n", "\n").replace('\r', "\n");
    lf.nfc().collect::<String>().trim().to_owned()
}

/// Every rule that a caption breaks, on the field `content.caption`.
///
/// Prevents the errors 100/2207010 (caption too long) and 2207040 (too many tags).
#[must_use]
pub fn check_caption(caption: &str, policy: &CaptionPolicy) -> Vec<Finding> {
    let text = normalise_caption(caption);
    let counted = [
        (
            "caption.too_long",
            text.chars().count(),
            policy.characters_max,
        ),
        ("caption.hashtags", marked(&text, '#'), policy.hashtags_max),
        ("caption.mentions", marked(&text, '@'), policy.mentions_max),
    ];
    counted
        .into_iter()
        .filter(|(_, count, most)| count > most)
        .map(|(rule, count, most)| {
            error(rule, &count.to_string(), &most.to_string()).field("content.caption")
        })
        .collect()
}

/// Counts words that begin with the mark: `#tag`, not `a#b`, not a lone `#`.
fn marked(text: &str, mark: char) -> usize {
    let mut count = 0;
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let word_follows = letters
            .peek()
            .is_some_and(|c| c.is_alphanumeric() || *c == '_');
        if letter == mark && !before.is_alphanumeric() && before != '_' && word_follows {
            count += 1;
        }
        before = letter;
    }
    count
}
