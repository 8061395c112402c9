//! Groups of pictures: closed if no frame before a key frame in order of display needs what came
//! before it. Told from the heads of NAL units, of which a few bytes each are read.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use mp4_atom::Codec;

use super::locate::Locator;
use crate::track::Track;

/// Key frames that are looked at.
const SYNCS: usize = 2_000;
/// Key frames of which the order of display is looked up: each goes through the tables from their start.
const LOOKED_UP: u8 = 16;
/// NAL units before the first slice of a frame: delimiters, parameter sets, messages.
const UNITS: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    H264,
    Hevc,
}

/// Whether a group is open; `None` where it cannot be told.
pub(super) fn is_open<R: Read + Seek>(
    reader: &mut R,
    track: &Track<'_>,
) -> std::io::Result<Option<bool>> {
    let Some((family, length)) = lengths(track) else {
        return Ok(None);
    };
    let Some(syncs) = track.tables.sync else {
        // Every frame is a key frame: none needs another.
        return Ok(track.tables.sizes.is_some().then_some(false));
    };
    let mut locator = Locator::new(track.tables);
    let mut seen = false;
    let mut last = 0;
    let mut looked_up = 0;
    for row in 0..syncs.len().min(SYNCS) {
        let sample = syncs.u32(row, 0).and_then(|n| u64::from(n).checked_sub(1));
        let Some(sample) = sample.filter(|n| *n >= last) else {
            break;
        };
        last = sample;
        let Some(unit) = unit(reader, &mut locator, sample, family, length)? else {
            continue;
        };
        seen = true;
        let open = match family {
            // An instantaneous refresh: nothing reaches back over it.
            Family::H264 if unit == 5 => false,
            Family::H264 => {
                looked_up += 1;
                looked_up <= LOOKED_UP && follows_back(track, sample)
            }
            // A clean random access picture, and pictures after it that cannot be decoded alone.
            Family::Hevc if unit == 21 => {
                let next = self::unit(reader, &mut locator, sample + 1, family, length)?;
                matches!(next, Some(8 | 9))
            }
            Family::Hevc => false,
        };
        if open {
            return Ok(Some(true));
        }
    }
    Ok(seen.then_some(false))
}

/// Bytes that tell a unit's length in the samples of a track.
fn lengths(track: &Track<'_>) -> Option<(Family, usize)> {
    Some(match track.codecs.first()? {
        Codec::Avc1(entry) => (Family::H264, usize::from(entry.avcc.length_size)),
        Codec::Avc3(entry) => (Family::H264, usize::from(entry.avcc.length_size)),
        Codec::Hvc1(entry) => (
            Family::Hevc,
            usize::from(entry.hvcc.length_size_minus_one) + 1,
        ),
        Codec::Hev1(entry) => (
            Family::Hevc,
            usize::from(entry.hvcc.length_size_minus_one) + 1,
        ),
        _ => return None,
    })
}

/// The type of the first slice of a sample.
fn unit<R: Read + Seek>(
    reader: &mut R,
    locator: &mut Locator<'_>,
    sample: u64,
    family: Family,
    length: usize,
) -> std::io::Result<Option<u8>> {
    let Some((mut at, size)) = locator.find(sample) else {
        return Ok(None);
    };
    let end = at.saturating_add(u64::from(size));
    for _ in 0..UNITS {
        let mut head = [0; 5];
        let Some(head) = head.get_mut(..=length) else {
            return Ok(None);
        };
        if at.saturating_add(head.len() as u64) > end || !filled(reader, at, head)? {
            return Ok(None);
        }
        let Some((first, bytes)) = head.split_last() else {
            return Ok(None);
        };
        let kind = match family {
            Family::H264 => first & 0x1F,
            Family::Hevc => first >> 1 & 0x3F,
        };
        let slice = match family {
            Family::H264 => (1..=5).contains(&kind),
            Family::Hevc => kind < 32,
        };
        if slice {
            return Ok(Some(kind));
        }
        let body = bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b));
        at += bytes.len() as u64 + body;
    }
    Ok(None)
}

/// Fills the buffer from a place; false where the file ends before.
fn filled<R: Read + Seek>(reader: &mut R, at: u64, head: &mut [u8]) -> std::io::Result<bool> {
    reader.seek(SeekFrom::Start(at))?;
    match reader.read_exact(head) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// True if the frame after a key frame is shown before it.
fn follows_back(track: &Track<'_>, sample: u64) -> bool {
    let at = |sample| Some((decoded(track, sample)?, shown_after(track, sample)?));
    let (Some((key, key_offset)), Some((next, next_offset))) = (at(sample), at(sample + 1)) else {
        return false;
    };
    next + next_offset < key + key_offset
}

/// When a sample is decoded, in ticks.
fn decoded(track: &Track<'_>, sample: u64) -> Option<i128> {
    let (mut left, mut ticks) = (sample, 0_i128);
    for (count, delta) in track.tables.times.pairs() {
        let here = left.min(u64::from(count));
        ticks += i128::from(here) * i128::from(delta);
        left -= here;
        if left == 0 {
            return Some(ticks);
        }
    }
    None
}

/// How long after that it is shown.
fn shown_after(track: &Track<'_>, sample: u64) -> Option<i128> {
    let mut left = sample;
    for (count, offset) in track.tables.offsets.pairs() {
        match left.checked_sub(u64::from(count)) {
            Some(rest) => left = rest,
            // Signed in version 1, and no honest offset of version 0 is so large.
            None => return Some(i128::from(offset.cast_signed())),
        }
    }
    None
}
