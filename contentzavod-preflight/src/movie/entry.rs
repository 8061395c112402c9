//! The first sample entry: what it is called, and the boxes in it that are of use. Each is read by
//! itself and none beyond [`PART_MAX`], so that an odd one spoils nothing and a long one costs nothing.

use mp4_atom::{Atom, Avcc, Hvcc};

use crate::boxes::{boxes, find, u32};
use crate::track::Track;

/// Configurations are a few hundred bytes long; entries in them grow when they are read.
const PART_MAX: usize = 64 * 1024;
/// What stands before the boxes in an entry of pictures.
const OF_PICTURES: usize = 78;
/// The same of sound, by the version of QuickTime.
const OF_SOUND: [usize; 3] = [28, 44, 64];

/// How the picture is coded.
#[derive(Debug)]
pub(super) enum Coded {
    H264(Option<Avcc>),
    Hevc(Option<Hvcc>),
    Other,
}

/// How the picture of a track is coded.
pub(super) fn coded(track: &Track<'_>) -> Coded {
    let Some((kind, body)) = track.entry else {
        return Coded::Other;
    };
    let inside = body.get(OF_PICTURES..).unwrap_or_default();
    match &kind {
        b"avc1" | b"avc3" => Coded::H264(part(inside, b"avcC")),
        b"hvc1" | b"hev1" => Coded::Hevc(part(inside, b"hvcC")),
        _ => Coded::Other,
    }
}

fn part<T: Atom>(inside: &[u8], kind: &[u8; 4]) -> Option<T> {
    let body = find(inside, kind).filter(|body| body.len() <= PART_MAX);
    T::decode_body(&mut body?).ok()
}

/// How wide and how high a pixel is.
pub(super) fn pixel(track: &Track<'_>) -> Option<(u32, u32)> {
    let (_, body) = track.entry?;
    let pasp = find(body.get(OF_PICTURES..)?, b"pasp")?;
    Some((u32(pasp, 0)?, u32(pasp, 4)?))
}

/// What `esds` says of a track of `mp4a`: the type of object, and its configuration.
pub(super) fn esds<'a>(track: &Track<'a>) -> Option<(u8, Option<&'a [u8]>)> {
    let (_, body) = track.entry?;
    let version = body.get(8..10)?.try_into().map(u16::from_be_bytes).ok()?;
    let inside = body.get(*OF_SOUND.get(usize::from(version))?..)?;
    // QuickTime puts it into a box of its own.
    let wave = boxes(inside).find(|b| &b.kind == b"wave").map(|b| b.body);
    let esds = find(inside, b"esds").or_else(|| find(wave?, b"esds"))?;
    config(esds.get(4..)?)
}

/// Descriptors in descriptors (ISO/IEC 14496-1, 7.2.6): the stream, its decoder, its configuration.
fn config(descriptors: &[u8]) -> Option<(u8, Option<&[u8]>)> {
    let stream = descriptor(descriptors, 3)?;
    let flags = *stream.get(2)?;
    let mut at = 3;
    if flags & 0x80 != 0 {
        at += 2;
    }
    if flags & 0x40 != 0 {
        at += 1 + usize::from(*stream.get(at)?);
    }
    if flags & 0x20 != 0 {
        at += 2;
    }
    let decoder = descriptor(stream.get(at..)?, 4)?;
    let specific = decoder.get(13..).and_then(|rest| descriptor(rest, 5));
    Some((*decoder.first()?, specific))
}

/// The body of the first descriptor, if it is of this kind; cut where the bytes end.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    if *bytes.first()? != tag {
        return None;
    }
    let (mut length, mut at) = (0_usize, 1);
    // Seven bits a byte, four bytes at most.
    loop {
        let byte = *bytes.get(at)?;
        length = length << 7 | usize::from(byte & 0x7F);
        at += 1;
        if byte & 0x80 == 0 || at > 4 {
            break;
        }
    }
    let end = at.saturating_add(length).min(bytes.len());
    bytes.get(at..end)
}
