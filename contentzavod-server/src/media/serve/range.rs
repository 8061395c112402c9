//! The `Range` header (RFC 9110, section 14.2): which bytes of a file are asked for.

use std::ops::Range;

/// What a request wants of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of it: no range, one we do not understand, or several (which may be answered so).
    Whole,
    /// These bytes; at least one, and all of them exist.
    Part(Range<u64>),
    /// Bytes the file does not have.
    Outside,
}

/// Reads a `Range` header for a file of `length` bytes.
#[must_use]
pub fn wanted(header: &str, length: u64) -> Wanted {
    let Some(spec) = single(header) else {
        return Wanted::Whole;
    };
    let range = match spec {
        Spec::From(first) => first..length,
        Spec::Between(first, last) => first..last.saturating_add(1).min(length),
        Spec::Last(count) => length.saturating_sub(count)..length,
    };
    if range.is_empty() {
        return Wanted::Outside;
    }
    Wanted::Part(range)
}

#[derive(Debug, Clone, Copy)]
enum Spec {
    /// `5-`
    From(u64),
    /// `5-9`
    Between(u64, u64),
    /// `-5`
    Last(u64),
}

/// The one range of a header; `None` when there is not exactly one, or it cannot be read.
fn single(header: &str) -> Option<Spec> {
    let (unit, spec) = header.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = spec.trim_matches([' ', '\t']).split_once('-')?;
    match (first, last) {
        ("", count) => Some(Spec::Last(number(count)?)),
        (first, "") => Some(Spec::From(number(first)?)),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            // One that runs backwards is no range at all.
            (first <= last).then_some(Spec::Between(first, last))
        }
    }
}

/// Digits and nothing else; more than fit are more than any file has.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}
