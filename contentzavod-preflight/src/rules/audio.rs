//! Rules of the sound. What they find would come to 352/2207026, which names no cause.

use super::Out;
use crate::facts::{AudioFacts, Facts};

/// Encoders miss a target a little.
const OVER_TARGET: u64 = 10;

/// Every rule of the sound.
pub(crate) fn all(facts: &Facts, out: &mut Out<'_>) {
    let Some(audio) = &facts.audio else {
        out.warning("audio.missing", "0", "1");
        return;
    };
    codec(audio, out);
    if let Some(rate) = audio.sample_rate {
        sample_rate(rate, out);
    }
    if let Some(channels) = audio.channels {
        self::channels(channels, out);
    }
    if let Some(bitrate) = audio.bitrate {
        self::bitrate(bitrate, out);
    }
    if facts.audio_tracks > 1 {
        out.warning("audio.multiple", &facts.audio_tracks.to_string(), "1");
    }
}

fn codec(audio: &AudioFacts, out: &mut Out<'_>) {
    let known = &out.policy.audio_codecs.value;
    // Encryption is told by a rule of its own.
    if audio.codec != "enca" && !known.contains(&audio.codec) {
        out.error("audio.codec", &audio.codec, &known.join(", "));
    }
}

fn sample_rate(rate: u32, out: &mut Out<'_>) {
    let most = out.policy.sample_rate_max.value;
    if rate > most {
        out.error("audio.sample_rate", &rate.to_string(), &most.to_string());
    }
}

fn channels(channels: u16, out: &mut Out<'_>) {
    let most = out.policy.channels_max.value;
    if channels > most {
        out.error("audio.channels", &channels.to_string(), &most.to_string());
    }
}

/// A target of the specification rather than a limit: it is told, not refused.
fn bitrate(bitrate: u64, out: &mut Out<'_>) {
    let most = out.policy.audio_bitrate_max.value;
    if bitrate > most + most / OVER_TARGET {
        out.warning("audio.bitrate", &bitrate.to_string(), &most.to_string());
    }
}
