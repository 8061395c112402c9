//! Faststart: `moov` moved in front of the media data. The one fix that touches neither picture nor
//! sound.

use std::fmt;
use std::io::{Read, Seek, SeekFrom, Write};

use crate::boxes::{Boxes, boxes, find};
use crate::check::whole;
use crate::finding::Finding;
use crate::messages;
use crate::table::Chunks;
use crate::walk::{Ended, TopBox, Walk, walk};

/// A `meta` of more bytes is not looked through.
const META_MAX: u64 = 1 << 20;
/// What is copied at once.
const BUFFER: usize = 256 << 10;

/// Boxes between `moov` and the tables that say where samples lie.
const WAY: [&[u8; 4]; 4] = [b"trak", b"mdia", b"minf", b"stbl"];

/// Why a file was not rewritten; nothing of use was written then.
#[derive(Debug)]
#[non_exhaustive]
pub enum FaststartError {
    /// `moov` stands in front already.
    NothingToDo,
    /// The file is of a kind that cannot be rewritten so: what is in the way.
    NotPossible(&'static str),
    /// Reading or writing failed.
    Io(std::io::Error),
}

impl fmt::Display for FaststartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingToDo => f.write_str("the index stands in front already"),
            Self::NotPossible(why) => write!(f, "the index cannot be moved: {why}"),
            Self::Io(error) => write!(f, "the index was not moved: {error}"),
        }
    }
}

impl std::error::Error for FaststartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<std::io::Error> for FaststartError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Writes a file of `length` bytes anew with `moov` in front of the media data; returns the bytes
/// written. Frames stay as they are, and nothing but the index is held in memory.
///
/// Check the result with [`check`](crate::check()) before it takes the place of the file.
///
/// # Errors
///
/// [`FaststartError`]; what was written until then is of no use.
///
/// ```
/// use contentzavod_preflight::{FaststartError, faststart};
///
/// let mut no_video = std::io::Cursor::new(b"hello, world".to_vec());
/// let refused = faststart(&mut no_video, 12, &mut std::io::sink());
/// assert!(matches!(refused, Err(FaststartError::NotPossible(_))));
/// ```
pub fn faststart<R: Read + Seek, W: Write>(
    reader: &mut R,
    length: u64,
    writer: &mut W,
) -> Result<u64, FaststartError> {
    let found = walk(reader, length)?;
    let (moov, front) = places(reader, &found)?;
    let body = whole(reader, moov)?.ok_or(FaststartError::NotPossible("it is too large"))?;
    let moved = index(&body, moov, front)?;
    let mut written = moved.len() as u64;
    let ends = found.boxes.iter().map(|b| b.end).max().unwrap_or(0);
    // In front of the media data, the index, what stood between, what stood behind.
    written += copy(reader, writer, 0, front)?;
    writer.write_all(&moved)?;
    written += copy(reader, writer, front, moov.at)?;
    written += copy(reader, writer, moov.end, ends)?;
    Ok(written)
}

/// What to tell of a file that [`faststart()`] mended: a warning of the rule `container.moov_moved`.
#[must_use]
pub fn moved() -> Finding {
    messages::warning("container.moov_moved", "mdat, moov", "moov, mdat")
}

/// Whether the index of a file can be moved at all.
pub(crate) fn is_movable<R: Read + Seek>(reader: &mut R, found: &Walk) -> bool {
    places(reader, found).is_ok()
}

/// `moov`, and where it shall go. Bytes behind the last box are left out.
fn places<R: Read + Seek>(reader: &mut R, found: &Walk) -> Result<(TopBox, u64), FaststartError> {
    if matches!(found.ended, Ended::Truncated { .. }) {
        return Err(FaststartError::NotPossible("the file is not whole"));
    }
    for kind in [b"moof", b"sidx"] {
        if found.find(kind).is_some() {
            return Err(FaststartError::NotPossible("the video is in fragments"));
        }
    }
    if let Some(meta) = found.find(b"meta")
        && has_places(reader, *meta)?
    {
        let why = "pictures lie beside the video";
        return Err(FaststartError::NotPossible(why));
    }
    let moov = found.find(b"moov").copied();
    let mdat = found.find(b"mdat").copied();
    let (Some(moov), Some(mdat)) = (moov, mdat) else {
        return Err(FaststartError::NotPossible(
            "index or media data are missing",
        ));
    };
    if moov.at < mdat.at {
        return Err(FaststartError::NothingToDo);
    }
    Ok((moov, mdat.at))
}

/// Whether a `meta` box says where in the file something lies.
fn has_places<R: Read + Seek>(reader: &mut R, meta: TopBox) -> Result<bool, FaststartError> {
    if meta.end - meta.body > META_MAX {
        return Ok(true);
    }
    let body = whole(reader, meta)?.unwrap_or_default();
    // With a version before its boxes, or as QuickTime has it, without.
    let inside = [body.get(4..), Some(&body[..])];
    Ok(inside
        .into_iter()
        .flatten()
        .any(|inside| find(inside, b"iloc").is_some()))
}

/// How offsets move.
#[derive(Debug, Clone, Copy)]
struct Shift {
    /// The index comes here.
    front: u64,
    /// It was here.
    from: u64,
    to: u64,
    /// Its length before and after.
    before: u64,
    after: u64,
    /// Offsets are written in 64 bits.
    long: bool,
}

impl Shift {
    fn of(self, offset: u64) -> Option<u64> {
        if offset < self.front {
            Some(offset)
        } else if offset < self.from {
            offset.checked_add(self.after)
        } else if offset < self.to {
            None
        } else {
            (offset - self.before).checked_add(self.after)
        }
    }
}

/// The index with its offsets as they will be, header and all.
fn index(body: &[u8], moov: TopBox, front: u64) -> Result<Vec<u8>, FaststartError> {
    let mut shift = Shift {
        front,
        from: moov.at,
        to: moov.end,
        before: moov.end - moov.at,
        after: 0,
        long: false,
    };
    for long in [false, true] {
        shift.long = long;
        // The length does not hang on the offsets.
        shift.after = 0;
        shift.after = rewritten(body, &WAY, shift)?.map_or(0, |body| body.len() as u64 + 8);
        if shift.after == 0 {
            continue;
        }
        if let Some(body) = rewritten(body, &WAY, shift)? {
            let size = u32::try_from(shift.after);
            let size = size.map_err(|_| FaststartError::NotPossible("it is too large"))?;
            return Ok([&size.to_be_bytes(), &b"moov"[..], &body].concat());
        }
    }
    Err(FaststartError::NotPossible(
        "an offset leads out of the media data",
    ))
}

/// The boxes of a body rewritten; `None` if an offset has no room or leads nowhere.
fn rewritten(
    body: &[u8],
    way: &[&[u8; 4]],
    shift: Shift,
) -> Result<Option<Vec<u8>>, FaststartError> {
    let mut out = Vec::with_capacity(body.len());
    let mut read = 0;
    let inner: Boxes<'_> = boxes(body);
    for inner in inner {
        if !inner.whole {
            return Err(FaststartError::NotPossible("its boxes are damaged"));
        }
        let end = inner.body_at + inner.body.len();
        read = end;
        let table = way.is_empty() && matches!(&inner.kind, b"stco" | b"co64");
        let new = if way.first().is_some_and(|kind| **kind == inner.kind) {
            let below = rewritten(inner.body, way.get(1..).unwrap_or_default(), shift)?;
            below.map(|body| (inner.kind, body))
        } else if table {
            offsets(&inner.kind, inner.body, shift)?
        } else if matches!(&inner.kind, b"saio" | b"mvex") {
            return Err(FaststartError::NotPossible(
                "it is encrypted or in fragments",
            ));
        } else {
            out.extend(body.get(inner.at..end).unwrap_or_default());
            continue;
        };
        let Some((kind, body)) = new else {
            return Ok(None);
        };
        let size = u32::try_from(body.len() + 8);
        let size = size.map_err(|_| FaststartError::NotPossible("it is too large"))?;
        out.extend(size.to_be_bytes());
        out.extend(kind);
        out.extend(body);
    }
    // Zeros that end a list stay.
    out.extend(body.get(read..).unwrap_or_default());
    Ok(Some(out))
}

type Named = ([u8; 4], Vec<u8>);

/// A table of offsets, moved.
fn offsets(kind: &[u8; 4], body: &[u8], shift: Shift) -> Result<Option<Named>, FaststartError> {
    let was_long = kind == b"co64";
    let chunks = if was_long {
        Chunks::co64(body)
    } else {
        Chunks::stco(body)
    };
    if chunks.lies() {
        return Err(FaststartError::NotPossible("its tables are cut off"));
    }
    let long = was_long || shift.long;
    // Version, flags and count stay.
    let mut out = body.get(..8).unwrap_or_default().to_vec();
    for index in 0..chunks.len() {
        let moved = chunks.get(index).and_then(|offset| shift.of(offset));
        match (moved, long) {
            (Some(offset), true) => out.extend(offset.to_be_bytes()),
            (Some(offset), false) => match u32::try_from(offset) {
                Ok(offset) => out.extend(offset.to_be_bytes()),
                Err(_) => return Ok(None),
            },
            (None, _) => return Ok(None),
        }
    }
    let kind = if long { *b"co64" } else { *b"stco" };
    Ok(Some((kind, out)))
}

fn copy<R: Read + Seek, W: Write>(
    reader: &mut R,
    writer: &mut W,
    from: u64,
    to: u64,
) -> Result<u64, FaststartError> {
    let length = to.saturating_sub(from);
    reader.seek(SeekFrom::Start(from))?;
    let mut buffer = vec![0; usize::try_from(length).map_or(BUFFER, |whole| whole.min(BUFFER))];
    let mut left = length;
    while left > 0 {
        let piece = usize::try_from(left).map_or(BUFFER, |left| left.min(BUFFER));
        let piece = buffer.get_mut(..piece).unwrap_or_default();
        reader.read_exact(piece)?;
        writer.write_all(piece)?;
        left -= piece.len() as u64;
    }
    Ok(length)
}
