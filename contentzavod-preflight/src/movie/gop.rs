//! Groups of pictures: closed if no frame before a key frame in order of display needs what came
//! before it. Told from the heads of NAL units, of which a few bytes each are read.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use super::entry::{Coded, coded};
use super::locate::Locator;
use crate::table::Table;
use crate::track::Track;

/// Key frames that are looked at.
const SYNCS: usize = 2_000;
/// Key frames of which the order of display is looked up.
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
    let mut clock = Clock::new(track);
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
                looked_up <= LOOKED_UP && follows_back(&mut clock, sample)
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
    Some(match coded(track) {
        Coded::H264(Some(config)) => (Family::H264, usize::from(config.length_size)),
        Coded::Hevc(Some(config)) => (Family::Hevc, usize::from(config.length_size_minus_one) + 1),
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
    // Some systems refuse to seek where no file can reach.
    if i64::try_from(at).is_err() {
        return Ok(false);
    }
    reader.seek(SeekFrom::Start(at))?;
    match reader.read_exact(head) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// True if the frame after a key frame is shown before it.
fn follows_back(clock: &mut Clock<'_>, sample: u64) -> bool {
    let (Some(key), Some(next)) = (clock.shown(sample), clock.shown(sample + 1)) else {
        return false;
    };
    next < key
}

/// When samples are shown, found going forward through both tables: each row is passed once.
struct Clock<'a> {
    times: Runs<'a>,
    offsets: Runs<'a>,
}

impl<'a> Clock<'a> {
    fn new(track: &Track<'a>) -> Self {
        Self {
            times: Runs::new(track.tables.times),
            offsets: Runs::new(track.tables.offsets),
        }
    }

    /// Ticks; samples are asked for in rising order.
    fn shown(&mut self, sample: u64) -> Option<i128> {
        let (delta, before, ticks) = self.times.find(sample)?;
        let decoded = ticks + i128::from(sample - before) * i128::from(delta);
        let (offset, ..) = self.offsets.find(sample)?;
        // Signed in version 1, and no honest offset of version 0 is so large.
        Some(decoded + i128::from(offset.cast_signed()))
    }
}

/// A table of runs, and how far one has come in it.
struct Runs<'a> {
    table: Table<'a>,
    row: usize,
    /// Samples before the row, and what their values add up to.
    before: u64,
    sum: i128,
}

impl<'a> Runs<'a> {
    const fn new(table: Table<'a>) -> Self {
        Self {
            table,
            row: 0,
            before: 0,
            sum: 0,
        }
    }

    /// The value of a sample, how many samples stand before its run, and the sum of theirs.
    fn find(&mut self, sample: u64) -> Option<(u32, u64, i128)> {
        loop {
            let (count, value) = (self.table.u32(self.row, 0)?, self.table.u32(self.row, 1)?);
            let inside = sample.checked_sub(self.before)?;
            if inside < u64::from(count) {
                return Some((value, self.before, self.sum));
            }
            self.before += u64::from(count);
            self.sum += i128::from(count) * i128::from(value);
            self.row += 1;
        }
    }
}
