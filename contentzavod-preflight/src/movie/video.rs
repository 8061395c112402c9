//! Facts of the picture: the parameter sets win over the boxes.

use mp4_atom::Hvcc;

use super::entry::{Coded, coded, pixel};
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
    let (codec, sps) = match coded(track) {
        Coded::H264(config) => {
            let set = config.and_then(|c| c.sequence_parameter_sets.into_iter().next());
            ("h264".to_owned(), set.and_then(|nal| h264::sps(&nal)))
        }
        Coded::Hevc(config) => ("hevc".to_owned(), config.and_then(|c| of_hvcc(&c))),
        Coded::Other => (name(track), None),
    };
    video.codec = codec;
    if let Some(sps) = sps {
        video.chroma = Some(chroma(sps.chroma).to_owned());
        video.bit_depth = Some(sps.depth);
        video.interlaced = Some(sps.interlaced);
        (video.coded_width, video.coded_height) = (some(sps.width), some(sps.height));
    }
    video.coded_width = video.coded_width.or_else(|| half(track, 24));
    video.coded_height = video.coded_height.or_else(|| half(track, 26));
    let pixel = pixel(track).or_else(|| sps.and_then(|s| s.pixel));
    video.square_pixels = pixel.is_none_or(|(across, down)| across == down || down == 0);
    (facts.width, facts.height) = display(track, &video);
    facts.video = Some(video);
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

/// The codec's name for a person: the four characters of the entry.
pub(super) fn name(track: &Track<'_>) -> String {
    track
        .entry
        .map_or_else(|| "none".to_owned(), |(kind, _)| text(kind))
}

/// Four characters for a person.
pub(crate) fn text(kind: [u8; 4]) -> String {
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
