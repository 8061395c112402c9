//! Facts of the picture: the parameter sets win over the boxes.

use mp4_atom::{Codec, Hvcc, Pasp};

use super::pace;
use crate::bitstream::{Sps, h264, hevc};
use crate::facts::{Facts, VideoFacts};
use crate::track::Track;

/// The NAL unit type of a sequence parameter set of HEVC.
const HEVC_SPS: u8 = 33;

/// Fills in what the track says.
pub(super) fn tell(track: &Track<'_>, facts: &mut Facts) {
    let mut video = VideoFacts {
        entry: track.entry.map(|(kind, _)| text(kind)),
        rotation: rotation(track),
        bitrate: track.bitrate(),
        frames: track.tables.sizes.map(|sizes| sizes.count()),
        ..VideoFacts::default()
    };
    (video.fps, video.variable_fps) = pace::read(track);
    let codec = track.codecs.first();
    video.codec = match codec {
        Some(Codec::Avc1(_) | Codec::Avc3(_)) => "h264".to_owned(),
        Some(Codec::Hvc1(_) | Codec::Hev1(_)) => "hevc".to_owned(),
        other => name(track, other),
    };
    let (sps, pasp) = codec.map_or((None, None), stream);
    if let Some(sps) = sps {
        video.chroma = Some(chroma(sps.chroma).to_owned());
        video.bit_depth = Some(sps.depth);
        video.interlaced = Some(sps.interlaced);
        (video.coded_width, video.coded_height) = (some(sps.width), some(sps.height));
    }
    video.coded_width = video.coded_width.or_else(|| half(track, 24));
    video.coded_height = video.coded_height.or_else(|| half(track, 26));
    let pasp = pasp.map(|p| (p.h_spacing, p.v_spacing));
    let pixel = pasp.or_else(|| sps.and_then(|s| s.pixel));
    video.square_pixels = pixel.is_none_or(|(across, down)| across == down || down == 0);
    (facts.width, facts.height) = display(track, &video);
    facts.video = Some(video);
}

/// What the stream says of itself, and the shape of pixels as the box tells it.
fn stream(codec: &Codec) -> (Option<Sps>, Option<&Pasp>) {
    let first = |sets: &[Vec<u8>]| sets.first().and_then(|nal| h264::sps(nal));
    match codec {
        Codec::Avc1(e) => (first(&e.avcc.sequence_parameter_sets), e.pasp.as_ref()),
        Codec::Avc3(e) => (first(&e.avcc.sequence_parameter_sets), e.pasp.as_ref()),
        Codec::Hvc1(e) => (of_hvcc(&e.hvcc), e.pasp.as_ref()),
        Codec::Hev1(e) => (of_hvcc(&e.hvcc), e.pasp.as_ref()),
        _ => (None, None),
    }
}

/// The parameter set in `hvcC`; where it lies in the stream, what `hvcC` tells by itself.
fn of_hvcc(hvcc: &Hvcc) -> Option<Sps> {
    let sets = hvcc.arrays.iter().filter(|a| a.nal_unit_type == HEVC_SPS);
    let set = sets.flat_map(|array| &array.nalus).next();
    let alone = || {
        let [flags, ..] = hvcc.general_constraint_indicator_flags;
        Sps {
            chroma: hvcc.chroma_format_idc,
            depth: hvcc.bit_depth_luma_minus8 + 8,
            interlaced: flags >> 6 == 1,
            ..Sps::default()
        }
    };
    Some(set.and_then(|nal| hevc::sps(nal)).unwrap_or_else(alone))
}

/// A number of 16 bits in the sample entry.
pub(super) fn half(track: &Track<'_>, at: usize) -> Option<u32> {
    let (_, entry) = track.entry?;
    let two = entry.get(at..at + 2)?.try_into().ok()?;
    some(u16::from_be_bytes(two).into())
}

const fn chroma(idc: u8) -> &'static str {
    match idc {
        0 => "4:0:0",
        1 => "4:2:0",
        2 => "4:2:2",
        _ => "4:4:4",
    }
}

/// Width and height as they are shown.
fn display(track: &Track<'_>, video: &VideoFacts) -> (Option<u32>, Option<u32>) {
    let header = track.header.as_ref().filter(|h| !h.size_is_aspect_ratio);
    let told = |size: Option<u16>| size.and_then(|s| some(s.into()));
    let width = told(header.map(|h| h.width.integer())).or(video.coded_width);
    let height = told(header.map(|h| h.height.integer())).or(video.coded_height);
    if video.rotation % 180 == 90 {
        (height, width)
    } else {
        (width, height)
    }
}

/// The rotation that the matrix of `tkhd` stands for, of mirrored pictures too.
fn rotation(track: &Track<'_>) -> u16 {
    let Some(m) = track.header.as_ref().map(|h| &h.matrix) else {
        return 0;
    };
    match (m.a.signum(), m.b.signum(), m.d.signum()) {
        (0, 1, 0) => 90,
        (0, -1, 0) => 270,
        (_, _, -1) => 180,
        _ => 0,
    }
}

/// The codec's name for a person: the four characters of the entry, or the name of its type.
pub(super) fn name(track: &Track<'_>, codec: Option<&Codec>) -> String {
    match (track.entry, codec) {
        (Some((kind, _)), _) => text(kind),
        (None, Some(Codec::Unknown(kind, _))) => kind.to_string(),
        (None, _) => "none".to_owned(),
    }
}

fn text(kind: [u8; 4]) -> String {
    let letters = kind.map(|c| {
        if c.is_ascii_graphic() {
            char::from(c)
        } else {
            ' '
        }
    });
    String::from_iter(letters).trim().to_owned()
}

fn some(size: u32) -> Option<u32> {
    Some(size).filter(|size| *size > 0)
}
