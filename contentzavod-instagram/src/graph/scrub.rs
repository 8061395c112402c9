//! Texts of the platform, made fit to be shown: they repeat tokens and signed addresses.

/// Longest text kept, in characters.
const TEXT_MAX: usize = 240;
/// A run of token characters this long is taken for a secret; ids are shorter.
const RUN_MAX: usize = 31;

/// The text without addresses, without anything that looks like a token, on one line, cut short.
pub(crate) fn clean(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().map(clean_word).collect();
    let line: String = words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    if line.chars().count() <= TEXT_MAX {
        return line;
    }
    line.chars().take(TEXT_MAX).chain(['…']).collect()
}

fn clean_word(word: &str) -> &str {
    if word.contains("://") || word.contains("access_token") {
        "<address>"
    } else if longest_run(word) > RUN_MAX || word.split(not_token).any(is_token) {
        "<secret>"
    } else {
        word
    }
}

fn not_token(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '%'))
}

/// Tokens begin with `IG` or `EAA`; short words that do so are words.
fn is_token(run: &str) -> bool {
    run.len() >= 16 && (run.starts_with("IG") || run.starts_with("EAA"))
}

/// Names of constants, as in `INVALID_LOCATION_ID`, are no secrets however long.
fn longest_run(word: &str) -> usize {
    let constant = |run: &&str| run.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let runs = word.split(not_token).filter(|run| !constant(run));
    runs.map(str::len).max().unwrap_or(0)
}

/// A trace id: names a call to the platform's support, nothing else.
pub(crate) fn trace(text: &str) -> Option<String> {
    let fits = !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    fits.then(|| text.to_owned())
}
