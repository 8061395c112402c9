//! What the bytes are: content decides, never the file name.

/// A kind of file that a check exists for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// ISO base media with any brand but QuickTime's.
    Mp4,
    /// QuickTime.
    Mov,
    /// JPEG.
    Jpeg,
}

/// Reads the kind from the first bytes (32 are enough); `None` for anything else.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<Kind> {
    if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Some(Kind::Jpeg);
    }
    match (head.get(4..8)?, head.get(8..12)) {
        (b"ftyp", Some(b"qt  ")) => Some(Kind::Mov),
        (b"ftyp", _) => Some(Kind::Mp4),
        // QuickTime of old has no `ftyp`.
        (b"moov" | b"mdat" | b"wide" | b"free" | b"skip", _) => Some(Kind::Mov),
        _ => None,
    }
}
