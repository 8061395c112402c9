//! Edit lists told apart: those that change nothing anybody sees, and those that shift or cut.

use crate::facts::Edits;
use crate::track::{Track, millis};

/// A shift or a cut below it is the delay of an encoder, not somebody's edit.
const TOLERANCE_MS: u64 = 100;

/// What the edit list of a track does; `movie` is the movie's timescale.
pub(super) fn read(track: &Track<'_>, movie: u32) -> Edits {
    if track.edits_unreadable {
        return Edits::Changes("unreadable".to_owned());
    }
    if track.edits.is_empty() {
        return Edits::None;
    }
    what(track, movie).map_or(Edits::Trivial, Edits::Changes)
}

/// What it changes, for a person.
fn what(track: &Track<'_>, movie: u32) -> Option<String> {
    let mut waits = 0_u64;
    let mut shown = None;
    for edit in &track.edits {
        let Some(start) = edit.media_time else {
            // An empty edit: nothing is shown for a while.
            waits = waits.saturating_add(millis(edit.segment_duration, movie)?);
            continue;
        };
        if edit.media_rate.integer() != 1 || edit.media_rate.decimal() != 0 {
            return Some("changes the speed".to_owned());
        }
        if shown.replace((start, edit.segment_duration)).is_some() {
            return Some("puts pieces together".to_owned());
        }
    }
    if waits > TOLERANCE_MS {
        return Some(format!("begins {} s late", seconds(waits)));
    }
    let (start, length) = shown?;
    let first = first_shown(track);
    let skipped = track.millis(start.saturating_sub(first))?;
    if skipped > TOLERANCE_MS {
        return Some(format!("cuts {} s off the beginning", seconds(skipped)));
    }
    let whole = track.lasts()?;
    // No length stands for all that is there.
    let length = millis(length, movie).filter(|ms| *ms > 0)?;
    let rest = whole.saturating_sub(skipped).saturating_sub(length);
    (rest > TOLERANCE_MS).then(|| format!("cuts {} s off the end", seconds(rest)))
}

/// The presentation time of the earliest of the first frames.
fn first_shown(track: &Track<'_>) -> u64 {
    let offsets = track.tables.offsets.pairs();
    // Version 1 has signed offsets; negative ones begin no later than 0.
    offsets
        .take(1)
        .map(|(_, offset)| u64::from(offset))
        .find(|offset| *offset <= u64::from(u32::MAX / 2))
        .unwrap_or(0)
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}
