//! The top-level walk: which boxes there are and where, by seeks alone (ISO/IEC 14496-12, 4.2).

use std::io::{Read, Seek, SeekFrom};

/// More boxes than any honest file has at the top.
pub(crate) const BOXES_MAX: usize = 10_000;

/// A box at the top level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopBox {
    /// Its four letters, e.g. `moov`.
    pub kind: [u8; 4],
    /// Where it begins, in bytes from the start of the file.
    pub at: u64,
    /// Where its body begins.
    pub body: u64,
    /// Where it ends; never past the file.
    pub end: u64,
}

/// How the walk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// At the end of the file.
    Well,
    /// A box reaches past the end of the file.
    Truncated {
        /// Which box.
        kind: [u8; 4],
        /// So many of its bytes are not there.
        missing: u64,
    },
    /// Bytes that are no box.
    Malformed {
        /// Where they begin.
        at: u64,
    },
}

/// The boxes of a file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// One after another, without gaps.
    pub boxes: Vec<TopBox>,
    /// What stood behind the last one.
    pub ended: Ended,
}

impl Walk {
    /// The first box of a kind.
    #[must_use]
    pub fn find(&self, kind: &[u8; 4]) -> Option<&TopBox> {
        self.boxes.iter().find(|b| &b.kind == kind)
    }
}

/// Walks the boxes of a file of `length` bytes: a few bytes are read of each, and ten thousand boxes
/// are the most.
///
/// # Errors
///
/// What the reader says, also when it holds fewer than `length` bytes.
///
/// ```
/// let file = std::io::Cursor::new(b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08mdat".to_vec());
/// let found = contentzavod_preflight::walk::walk(&mut { file }, 24)?;
/// assert_eq!(found.boxes.len(), 2);
/// assert_eq!(found.find(b"mdat").map(|b| b.at), Some(16));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn walk<R: Read + Seek>(reader: &mut R, length: u64) -> std::io::Result<Walk> {
    let mut boxes = Vec::new();
    let mut at = 0;
    while at < length {
        if boxes.len() >= BOXES_MAX {
            return Ok(ended(boxes, Ended::Malformed { at }));
        }
        let Some((kind, header, size)) = header(reader, at, length)? else {
            return Ok(ended(boxes, Ended::Malformed { at }));
        };
        if size < header {
            return Ok(ended(boxes, Ended::Malformed { at }));
        }
        let left = length - at;
        let (body, end) = (at + header, at + size.min(left));
        boxes.push(TopBox {
            kind,
            at,
            body,
            end,
        });
        if size > left {
            let missing = size - left;
            return Ok(ended(boxes, Ended::Truncated { kind, missing }));
        }
        at = end;
    }
    Ok(ended(boxes, Ended::Well))
}

const fn ended(boxes: Vec<TopBox>, ended: Ended) -> Walk {
    Walk { boxes, ended }
}

/// Kind, length of the header, and size of the box; `None` where there is no box.
pub(crate) fn header<R: Read + Seek>(
    reader: &mut R,
    at: u64,
    length: u64,
) -> std::io::Result<Option<([u8; 4], u64, u64)>> {
    if length - at < 8 {
        return Ok(None);
    }
    reader.seek(SeekFrom::Start(at))?;
    let mut head = [0; 8];
    reader.read_exact(&mut head)?;
    let [a, b, c, d, kind @ ..] = head;
    if !kind
        .iter()
        .all(|c| c.is_ascii_graphic() || *c == b' ' || *c == 0xA9)
    {
        return Ok(None);
    }
    Ok(match u32::from_be_bytes([a, b, c, d]) {
        // The last box may reach to the end of the file.
        0 => Some((kind, 8, length - at)),
        1 if length - at >= 16 => {
            let mut large = [0; 8];
            reader.read_exact(&mut large)?;
            Some((kind, 16, u64::from_be_bytes(large)))
        }
        1 => None,
        size => Some((kind, 8, u64::from(size))),
    })
}
