//! The check of a file that is still on its way: with `moov` in front, its head tells whether the
//! rest is worth waiting for.

use std::io::{self, Read, Seek, SeekFrom};

use crate::check::{Claims, MOOV_MAX, brand, look_at_index, seen};
use crate::facts::Facts;
use crate::policy::Policy;
use crate::report::{Report, Verdict};
use crate::rules::{self, Out};
use crate::sniff::{Kind, SNIFFED, sniff};
use crate::walk::{BOXES_MAX, TopBox, header};

/// The longest header of a box.
const HEADER: u64 = 16;
/// What [`sniff`] must see of a video.
const LEAST: u64 = SNIFFED as u64;

/// What the first bytes of a file show.
#[derive(Debug, Clone, PartialEq)]
pub enum Head {
    /// It cannot be told yet: ask again when so many bytes are there.
    Wants(u64),
    /// Nothing more can be told before all of it is there.
    Later,
    /// It will be refused whatever follows. The rest was not looked at.
    Hopeless(Box<Report>),
}

/// Looks at the first `arrived` bytes of a video, of `length` bytes in all where that is known.
///
/// Everything that can be told from an index in front of the frames is told. A file whose index
/// stands behind them, and anything that is no video, waits for [`check`](crate::check()).
///
/// # Errors
///
/// What the reader says; it must hold the bytes that arrived.
///
/// ```
/// use contentzavod_preflight::{Head, Policy, check_head};
///
/// let text = b"Dear diary, today I tried to upload you to Instagram. ".repeat(10);
/// let arrived = text.len() as u64;
/// let head = check_head(&mut std::io::Cursor::new(text), arrived, None, &Policy::instagram_reel())?;
/// assert!(matches!(head, Head::Hopeless(_)));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn check_head<R: Read + Seek>(
    reader: &mut R,
    arrived: u64,
    length: Option<u64>,
    policy: &Policy,
) -> io::Result<Head> {
    let end = length.unwrap_or(u64::MAX);
    let most = policy.bytes_max.value;
    if arrived < LEAST.min(end) {
        return Ok(Head::Wants(LEAST.min(end)));
    }
    let mut facts = Facts {
        bytes: length.unwrap_or(arrived),
        ..Facts::default()
    };
    let mut out = Out::new(policy);
    let mut head = Vec::new();
    reader.seek(SeekFrom::Start(0))?;
    reader.by_ref().take(LEAST).read_to_end(&mut head)?;
    rules::container::size(&facts, &mut out);
    match sniff(&head) {
        Some(Kind::Mp4 | Kind::Mov) => {}
        Some(Kind::Jpeg) => return Ok(Head::Later),
        _ => {
            out.error("container.format", &seen(&head), "MP4, MOV");
            return Ok(judged(out, facts, length, most));
        }
    }
    facts.brand = brand(&head);
    rules::container::brand(&facts, &mut out);
    match find_moov(reader, arrived, end)? {
        Place::Whole(moov) => {
            facts.moov_front = Some(true);
            let claims = Claims {
                cut: false,
                claimed: Some(end),
            };
            look_at_index(reader, moov, claims, &mut facts, &mut out)?;
        }
        Place::Wants(bytes) if facts.bytes <= most => return Ok(Head::Wants(bytes)),
        Place::Wants(_) | Place::Behind => {}
    }
    Ok(judged(out, facts, length, most))
}

fn judged(out: Out<'_>, facts: Facts, length: Option<u64>, most: u64) -> Head {
    let report = Report::new(out.found, facts);
    match report.verdict {
        Verdict::Reject => Head::Hopeless(Box::new(report)),
        // Its size alone may still refuse it.
        _ if length.is_none() => Head::Wants(most.saturating_add(1)),
        _ => Head::Later,
    }
}

enum Place {
    Whole(TopBox),
    Wants(u64),
    /// Not in front of the frames, or nowhere.
    Behind,
}

fn find_moov<R: Read + Seek>(reader: &mut R, arrived: u64, end: u64) -> io::Result<Place> {
    let mut at = 0_u64;
    for _ in 0..BOXES_MAX {
        if end.saturating_sub(at) < HEADER {
            break;
        }
        if arrived.saturating_sub(at) < HEADER {
            return Ok(Place::Wants(at.saturating_add(HEADER)));
        }
        let Some((kind, header, size)) = header(reader, at, end)? else {
            break;
        };
        if &kind == b"mdat" || size < header || size > end - at {
            break;
        }
        if &kind == b"moov" {
            let moov = TopBox {
                kind,
                at,
                body: at + header,
                end: at + size,
            };
            // One that is too large is named without being read.
            let told = moov.end <= arrived || size - header > MOOV_MAX;
            return Ok(if told {
                Place::Whole(moov)
            } else {
                Place::Wants(moov.end)
            });
        }
        at += size;
    }
    Ok(Place::Behind)
}
