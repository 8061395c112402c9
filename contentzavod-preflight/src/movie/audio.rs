//! Facts of the sound.

use super::entry::esds;
use super::video::{half, name};
use crate::bitstream::aac;
use crate::facts::AudioFacts;
use crate::track::Track;

/// AAC as `esds` names it: MPEG-4 audio, and the three of MPEG-2. MP3 hides in the same entry.
const AAC_OBJECT_TYPES: [u8; 4] = [0x40, 0x66, 0x67, 0x68];

pub(super) fn read(track: &Track<'_>) -> AudioFacts {
    let is_mp4a = track.entry.is_some_and(|(kind, _)| &kind == b"mp4a");
    let (codec, told) = match esds(track).filter(|_| is_mp4a) {
        Some((object, specific)) if AAC_OBJECT_TYPES.contains(&object) => {
            ("aac".to_owned(), specific.and_then(aac::config))
        }
        Some((object, _)) => (format!("mp4a.{object:02x}"), None),
        None => (name(track), None),
    };
    let channels = half(track, 16).and_then(|n| u16::try_from(n).ok());
    AudioFacts {
        codec,
        // The entry's own fields come last: 16.16 cannot hold 96 kHz.
        sample_rate: told.and_then(|t| t.rate).or_else(|| half(track, 24)),
        channels: told.and_then(|t| t.channels).or(channels),
        bitrate: track.bitrate(),
    }
}
