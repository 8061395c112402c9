//! What the bytes are: content decides, never the file name.

/// A kind of file that is known by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// ISO base media with any brand but QuickTime's.
    Mp4,
    /// QuickTime.
    Mov,
    /// JPEG.
    Jpeg,
    /// Matroska and WebM.
    Matroska,
    /// The transport stream of MPEG.
    MpegTs,
    /// AVI.
    Avi,
    /// GIF.
    Gif,
}

/// Bytes that [`sniff`] looks at, at most.
pub const SNIFFED: usize = 400;

/// Bytes of a packet of a transport stream, and what each begins with.
const PACKET: usize = 188;
const SYNC: u8 = 0x47;

impl Kind {
    /// Its name for a person.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mp4 => "MP4",
            Self::Mov => "MOV",
            Self::Jpeg => "JPEG",
            Self::Matroska => "Matroska",
            Self::MpegTs => "MPEG-TS",
            Self::Avi => "AVI",
            Self::Gif => "GIF",
        }
    }

    /// Its content type.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Jpeg => "image/jpeg",
            Self::Matroska => "video/x-matroska",
            Self::MpegTs => "video/mp2t",
            Self::Avi => "video/x-msvideo",
            Self::Gif => "image/gif",
        }
    }

    /// How ffmpeg calls what reads it; it must be told, or a list of other files could pass for one.
    pub(crate) const fn demuxer(self) -> &'static str {
        match self {
            Self::Mp4 | Self::Mov => "mov",
            Self::Jpeg => "jpeg_pipe",
            Self::Matroska => "matroska",
            Self::MpegTs => "mpegts",
            Self::Avi => "avi",
            Self::Gif => "gif",
        }
    }

    /// Kinds that are no MP4, and that an encoder makes one of.
    pub(crate) fn foreign(name: &str) -> Option<Self> {
        let all = [Self::Matroska, Self::MpegTs, Self::Avi, Self::Gif];
        all.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Reads the kind from the first bytes ([`SNIFFED`] are enough); `None` for anything else.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<Kind> {
    if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Some(Kind::Jpeg);
    }
    if head.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
        return Some(Kind::Matroska);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"AVI ") {
        return Some(Kind::Avi);
    }
    if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        return Some(Kind::Gif);
    }
    let packets = [0, PACKET, 2 * PACKET];
    if packets.iter().all(|at| head.get(*at) == Some(&SYNC)) {
        return Some(Kind::MpegTs);
    }
    match (head.get(4..8)?, head.get(8..12)) {
        (b"ftyp", Some(b"qt  ")) => Some(Kind::Mov),
        (b"ftyp", _) => Some(Kind::Mp4),
        // QuickTime of old has no `ftyp`.
        (b"moov" | b"mdat" | b"wide" | b"free" | b"skip", _) => Some(Kind::Mov),
        _ => None,
    }
}
