//! Facts of the sound.

use mp4_atom::Codec;

use super::video::{half, name};
use crate::bitstream::aac;
use crate::facts::AudioFacts;
use crate::track::Track;

/// AAC as `esds` names it: MPEG-4 audio, and the three of MPEG-2. MP3 hides in the same entry.
const AAC_OBJECT_TYPES: [u8; 4] = [0x40, 0x66, 0x67, 0x68];

pub(super) fn read(track: &Track<'_>) -> AudioFacts {
    let first = track.codecs.first();
    let (codec, told) = match first {
        Some(Codec::Mp4a(entry)) => {
            let config = &entry.esds.es_desc.dec_config;
            if AAC_OBJECT_TYPES.contains(&config.object_type_indication) {
                let specific = config.dec_specific.as_ref();
                ("aac".to_owned(), specific.and_then(|s| aac::config(&s.raw)))
            } else {
                (format!("mp4a.{:02x}", config.object_type_indication), None)
            }
        }
        other => (name(track, other), None),
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
