//! Captions: their limits, and the form in which two of them are compared.

use unicode_normalization::UnicodeNormalization;

use crate::finding::Finding;
use crate::messages::{error, warning};
use crate::policy::{CaptionPolicy, levelled};

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
    let characters = text.chars().count();
    let tags = hashtags(&text);
    let limits = [
        ("caption.too_long", characters, &policy.characters_max),
        ("caption.hashtags", tags, &policy.hashtags_max),
        ("caption.mentions", mentions(&text), &policy.mentions_max),
    ];
    let over = limits
        .into_iter()
        .filter(|(_, count, most)| *count > most.value);
    let mut found: Vec<_> = over
        .map(|(rule, count, most)| error(rule, &count.to_string(), &most.value.to_string()))
        .collect();
    // No public source says what Instagram counts. Its apps may count as their languages do.
    let units = text.encode_utf16().count();
    let (few, most) = (policy.hashtags_warn.value, policy.characters_max.value);
    let doubts = [
        (
            "caption.perhaps_too_long",
            units,
            most,
            characters <= most && units > most,
        ),
        (
            "caption.hashtags_many",
            tags,
            few,
            tags > few && tags <= policy.hashtags_max.value,
        ),
    ];
    for (rule, count, most, _) in doubts.into_iter().filter(|(.., doubt)| *doubt) {
        found.push(warning(rule, &count.to_string(), &most.to_string()));
    }
    found
        .into_iter()
        .filter_map(|finding| levelled(&policy.levels, finding))
        .map(|finding| finding.field("content.caption"))
        .collect()
}

/// Counts `#tag` in any script, emoji too, and both of `#one#two`; neither `a#b` nor a lone `#`.
fn hashtags(text: &str) -> usize {
    let of_tag = |c: char| is_word(c) || matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..);
    let mut count = 0;
    let (mut in_tag, mut before) = (false, ' ');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = letter == '#' && (in_tag || !is_word(before));
        if begins && letters.peek().is_some_and(|c| of_tag(*c)) {
            count += 1;
            in_tag = true;
        } else {
            in_tag &= of_tag(letter);
        }
        before = letter;
    }
    count
}

/// Counts `@user`. The names of Instagram are in Latin letters, so `@кто` is none.
fn mentions(text: &str) -> usize {
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    let mut count = 0;
    while let Some(letter) = letters.next() {
        let name_follows = letters
            .peek()
            .is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_');
        count += usize::from(letter == '@' && !is_word(before) && name_follows);
        before = letter;
    }
    count
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
