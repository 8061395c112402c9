//! Lists: how many, and from where.

use contentzavod_core::model::Cursor;
use contentzavod_preflight::Finding;

use super::problem::Refused;

/// Items of a page when nothing is asked.
pub(super) const LIMIT_DEFAULT: u32 = 50;
/// Most items of a page.
pub(super) const LIMIT_MAX: u32 = 100;

/// How many items a page has.
///
/// # Errors
///
/// 422 outside of 1 to [`LIMIT_MAX`].
pub(super) fn limit(asked: Option<u32>) -> Result<usize, Refused> {
    let limit = asked.unwrap_or(LIMIT_DEFAULT);
    if (1..=LIMIT_MAX).contains(&limit) {
        return Ok(limit as usize);
    }
    let finding = Finding::error("limit.range", "A page has 1 to 100 items.")
        .field("limit")
        .actual(limit.to_string())
        .limit(format!("1 to {LIMIT_MAX}"));
    Err(parameter(finding))
}

/// The lists that have cursors.
#[derive(Debug, Clone, Copy)]
pub(super) enum List {
    Posts,
    Media,
}

impl List {
    /// How its cursors begin: a place in one list is none in another.
    const fn mark(self) -> char {
        match self {
            Self::Posts => 'p',
            Self::Media => 'm',
        }
    }
}

/// The place a page begins after.
///
/// # Errors
///
/// 422 for a text that is no cursor of this list.
pub(super) fn cursor(list: List, text: Option<&str>) -> Result<Option<Cursor>, Refused> {
    let Some(text) = text else {
        return Ok(None);
    };
    let place = text.strip_prefix(list.mark()).and_then(Cursor::decode);
    place.map(Some).ok_or_else(|| foreign("cursor", text))
}

/// The text of the place where the next page begins.
pub(super) fn next(list: List, place: Option<Cursor>) -> Option<String> {
    place.map(|place| format!("{}{}", list.mark(), place.encode()))
}

/// The position a feed is read after: the start where none is given.
///
/// # Errors
///
/// 422 for a text that is no position of ours.
pub(super) fn position(text: Option<&str>) -> Result<i64, Refused> {
    match text {
        None => Ok(0),
        Some(text) => text
            .parse()
            .ok()
            .filter(|n| *n >= 0)
            .ok_or_else(|| foreign("after", text)),
    }
}

fn foreign(field: &str, text: &str) -> Refused {
    let shown: String = text.chars().take(100).collect();
    let words = "This is no place in this list.";
    let finding = Finding::error("cursor.foreign", words)
        .field(field)
        .actual(shown)
        .fix("Send `next_cursor` of an earlier page as it was.");
    parameter(finding)
}

fn parameter(finding: Finding) -> Refused {
    Refused::broken("parameter.invalid", [finding])
}
