//! Rules of the sound. All prevent 352/2207026, which names no cause.

use crate::facts::Facts;
use crate::finding::Finding;
use crate::messages::{error, warning};
use crate::policy::Policy;

/// Every rule of the sound.
pub(crate) fn all(facts: &Facts, policy: &Policy, out: &mut Vec<Finding>) {
    let Some(audio) = &facts.audio else {
        out.push(warning("audio.missing", "0", "1"));
        return;
    };
    let known = &policy.audio_codecs.value;
    if !known.contains(&audio.codec) {
        out.push(error("audio.codec", &audio.codec, &known.join(", ")));
    }
    let most = policy.sample_rate_max.value;
    if let Some(rate) = audio.sample_rate.filter(|r| *r > most) {
        out.push(error(
            "audio.sample_rate",
            &rate.to_string(),
            &most.to_string(),
        ));
    }
    let most = policy.channels_max.value;
    if let Some(channels) = audio.channels.filter(|c| *c > most) {
        out.push(error(
            "audio.channels",
            &channels.to_string(),
            &most.to_string(),
        ));
    }
}
