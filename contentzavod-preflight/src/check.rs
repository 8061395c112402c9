//! The check of a video: walk, read, apply every rule.

use std::io::{Read, Seek, SeekFrom};

use crate::facts::Facts;
use crate::faststart;
use crate::movie::{Movie, text};
use crate::policy::Policy;
use crate::report::Report;
use crate::rules::{self, Out};
use crate::sniff::{Kind, SNIFFED, sniff};
use crate::walk::{Ended, TopBox, Walk, walk};

/// A clip of fifteen minutes needs under 2 MB; more is no honest `moov`.
pub(crate) const MOOV_MAX: u64 = 16 * 1024 * 1024;

/// Checks a video of `length` bytes against a policy; every finding at once.
///
/// Never panics, never allocates by a length that the file only claims, and reads no more than the
/// index and the heads of some frames.
pub fn check<R: Read + Seek>(mut reader: R, length: u64, policy: &Policy) -> Report {
    let mut facts = Facts {
        bytes: length,
        ..Facts::default()
    };
    let mut out = Out::new(policy);
    if length == 0 {
        out.error("file.empty", "0", "1");
        return Report::new(out.found, facts);
    }
    rules::container::size(&facts, &mut out);
    let mut movable = false;
    let looked = look_inside(&mut reader, length, &mut facts, &mut movable, &mut out);
    if let Err(io) = looked {
        out.error("container.malformed", &io.to_string(), "MP4, MOV");
    }
    Report::judged(out.found, facts, movable)
}

fn look_inside<R: Read + Seek>(
    reader: &mut R,
    length: u64,
    facts: &mut Facts,
    movable: &mut bool,
    out: &mut Out<'_>,
) -> std::io::Result<()> {
    reader.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    reader
        .by_ref()
        .take(SNIFFED as u64)
        .read_to_end(&mut head)?;
    if !matches!(sniff(&head), Some(Kind::Mp4 | Kind::Mov)) {
        out.error("container.format", &seen(&head), "MP4, MOV");
        return Ok(());
    }
    facts.brand = brand(&head);
    rules::container::brand(facts, out);
    let found = walk(reader, length)?;
    *movable = faststart::is_movable(reader, &found);
    ending(&found, out);
    let Some(moov) = found.find(b"moov").copied() else {
        out.error("container.no_moov", "0", "moov");
        return Ok(());
    };
    let mdat = found.find(b"mdat").map(|b| b.body);
    facts.moov_front = Some(mdat.is_none_or(|mdat| moov.body < mdat));
    rules::container::moov_front(facts, out);
    let cut = matches!(found.ended, Ended::Truncated { .. });
    let claimed = (!cut).then_some(length);
    look_at_index(reader, moov, Claims { cut, claimed }, facts, out)
}

/// What may be asked of an index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claims {
    /// It may be cut off, which is named elsewhere.
    pub(crate) cut: bool,
    /// The length that its tables must fit in, where that is certain.
    pub(crate) claimed: Option<u64>,
}

/// Every rule about what `moov` says; `facts.moov_front` is told before.
pub(crate) fn look_at_index<R: Read + Seek>(
    reader: &mut R,
    moov: TopBox,
    claims: Claims,
    facts: &mut Facts,
    out: &mut Out<'_>,
) -> std::io::Result<()> {
    let Some(body) = whole(reader, moov)? else {
        let actual = format!("moov of {} bytes", moov.end - moov.body);
        out.error("container.malformed", &actual, "moov");
        return Ok(());
    };
    let Some(movie) = Movie::read(&body) else {
        if !claims.cut {
            out.error("container.malformed", "moov without mvhd", "moov");
        }
        return Ok(());
    };
    if let Some(lie) = claims.claimed.and_then(|length| movie.lie(length)) {
        out.error("container.malformed", &lie, "moov");
    }
    movie.tell(reader, facts)?;
    rules::container::fragmented(facts, out);
    rules::container::edit_list(facts, out);
    rules::container::extra_track(facts, out);
    rules::video::all(facts, out);
    rules::audio::all(facts, out);
    Ok(())
}

fn ending(found: &Walk, out: &mut Out<'_>) {
    match found.ended {
        Ended::Well => {}
        Ended::Truncated { kind, missing } => {
            let actual = format!("{missing} ({})", text(kind));
            out.error("container.truncated", &actual, "0");
        }
        Ended::Malformed { at } if found.find(b"moov").is_some() => {
            out.warning("container.trailing_bytes", &at.to_string(), "0");
        }
        Ended::Malformed { at } => {
            let actual = format!("byte {at}");
            out.error("container.malformed", &actual, "MP4, MOV");
        }
    }
}

/// Reads a box's body whole, but never more than there is; `None` above the cap.
pub(crate) fn whole<R: Read + Seek>(
    reader: &mut R,
    moov: TopBox,
) -> std::io::Result<Option<Vec<u8>>> {
    let size = moov.end - moov.body;
    if size > MOOV_MAX {
        return Ok(None);
    }
    reader.seek(SeekFrom::Start(moov.body))?;
    let mut body = Vec::new();
    reader.by_ref().take(size).read_to_end(&mut body)?;
    Ok(Some(body))
}

pub(crate) fn brand(head: &[u8]) -> Option<String> {
    (head.get(4..8)? == b"ftyp").then(|| {
        let brand = head.get(8..12).and_then(|brand| brand.try_into().ok());
        brand.map(text).unwrap_or_default()
    })
}

/// What the file is for a person: the name of its kind, or its first bytes.
pub(crate) fn seen(head: &[u8]) -> String {
    if let Some(kind) = sniff(head) {
        return kind.as_str().to_owned();
    }
    let letter = |b: &u8| {
        if b.is_ascii_graphic() {
            char::from(*b)
        } else {
            '.'
        }
    };
    let text: String = head.iter().take(8).map(letter).collect();
    format!("{text:?}")
}
