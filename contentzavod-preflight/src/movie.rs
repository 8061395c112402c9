//! Facts from a decoded `moov`.

use mp4_atom::{Codec, Moov, Trak};

use crate::facts::{AudioFacts, Facts, VideoFacts};

/// AAC as `esds` names it: MPEG-4 audio, and the three of MPEG-2.
const AAC_OBJECT_TYPES: [u8; 4] = [0x40, 0x66, 0x67, 0x68];

/// Sample rates by the index of an `AudioSpecificConfig`.
const RATES: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// Fills in what the movie says.
pub(crate) fn read(moov: &Moov, facts: &mut Facts) {
    let video = track(moov, b"vide");
    if let Some(trak) = video {
        let rotation = rotation(trak);
        let (w, h) = (
            u32::from(trak.tkhd.width.integer()),
            u32::from(trak.tkhd.height.integer()),
        );
        let turned = rotation % 180 == 90;
        let (w, h) = if turned { (h, w) } else { (w, h) };
        (facts.width, facts.height) = (Some(w).filter(|w| *w > 0), Some(h).filter(|h| *h > 0));
        facts.video = Some(VideoFacts {
            codec: video_codec(trak),
            fps: fps(trak),
            rotation,
        });
    }
    facts.audio = track(moov, b"soun").map(audio);
    facts.duration_ms = duration(moov, video);
}

/// Of the video track where there is one, else of the movie.
fn duration(moov: &Moov, video: Option<&Trak>) -> Option<u64> {
    if let Some(mvex) = &moov.mvex {
        // The tables of tracks tell nothing about the fragments that follow.
        let whole = mvex.mehd.as_ref()?.fragment_duration;
        return millis(whole, moov.mvhd.timescale).filter(|ms| *ms > 0);
    }
    let of_track = |trak: &Trak| {
        let (media, table) = (&trak.mdia.mdhd, &trak.mdia.minf.stbl.stts);
        let samples = || {
            let runs = table.entries.iter();
            runs.map(|r| u64::from(r.sample_count) * u64::from(r.sample_delta))
                .fold(0, u64::saturating_add)
        };
        millis(
            said(media.duration).unwrap_or_else(samples),
            media.timescale,
        )
    };
    video.and_then(of_track).or_else(|| {
        let movie = &moov.mvhd;
        millis(said(movie.duration)?, movie.timescale)
    })
}

/// A duration of all ones, in 32 or 64 bits, stands for one that is not known.
fn said(duration: u64) -> Option<u64> {
    Some(duration).filter(|d| ![u64::MAX, u64::from(u32::MAX)].contains(d))
}

fn track<'a>(moov: &'a Moov, handler: &[u8; 4]) -> Option<&'a Trak> {
    moov.trak
        .iter()
        .find(|t| <[u8; 4]>::from(t.mdia.hdlr.handler) == *handler)
}

fn millis(duration: u64, timescale: u32) -> Option<u64> {
    let scale = u128::from(timescale);
    let ms = u128::from(duration).checked_mul(1000)?.checked_div(scale)?;
    u64::try_from(ms).ok()
}

/// The rotation that the matrix of `tkhd` stands for, of mirrored pictures too.
fn rotation(trak: &Trak) -> u16 {
    let m = &trak.tkhd.matrix;
    match (m.a.signum(), m.b.signum(), m.d.signum()) {
        (0, 1, 0) => 90,
        (0, -1, 0) => 270,
        (_, _, -1) => 180,
        _ => 0,
    }
}

fn video_codec(trak: &Trak) -> String {
    match trak.mdia.minf.stbl.stsd.codecs.first() {
        Some(Codec::Avc1(_) | Codec::Avc3(_)) => "h264".to_owned(),
        Some(Codec::Hvc1(_) | Codec::Hev1(_)) => "hevc".to_owned(),
        other => name(other),
    }
}

/// The codec's name for a person: the four characters, or the name of the entry.
fn name(codec: Option<&Codec>) -> String {
    match codec {
        None => "none".to_owned(),
        Some(Codec::Unknown(kind, _)) => kind.to_string(),
        Some(known) => {
            let debug = format!("{known:?}");
            let end = debug.find('(').unwrap_or(debug.len());
            debug[..end].to_lowercase()
        }
    }
}

/// Frames per second: by the longest run of equal durations where there are few, else on average.
fn fps(trak: &Trak) -> Option<f64> {
    let scale = f64::from(trak.mdia.mdhd.timescale);
    let runs = &trak.mdia.minf.stbl.stts.entries;
    let longest = runs.iter().max_by_key(|r| r.sample_count)?;
    let fps = if runs.len() <= 3 && longest.sample_delta > 0 {
        scale / f64::from(longest.sample_delta)
    } else {
        let (mut count, mut ticks) = (0.0, 0.0);
        for run in runs {
            count += f64::from(run.sample_count);
            ticks += f64::from(run.sample_count) * f64::from(run.sample_delta);
        }
        count * scale / ticks
    };
    fps.is_finite().then_some(fps)
}

fn audio(trak: &Trak) -> AudioFacts {
    match trak.mdia.minf.stbl.stsd.codecs.first() {
        Some(Codec::Mp4a(entry)) => {
            let config = &entry.esds.es_desc.dec_config;
            let aac = AAC_OBJECT_TYPES.contains(&config.object_type_indication);
            let specific = config.dec_specific.as_ref().filter(|_| aac);
            let rate = specific.and_then(|s| RATES.get(usize::from(s.freq_index)).copied());
            // 16.16 cannot hold 96 kHz, so the entry's own field comes last.
            let field = Some(u32::from(entry.audio.sample_rate.integer())).filter(|r| *r > 0);
            let channels = specific.and_then(|s| match s.chan_conf {
                0 => None,
                7 => Some(8),
                n => Some(u16::from(n)),
            });
            let codec = if aac {
                "aac".to_owned()
            } else {
                format!("mp4a.{:02x}", config.object_type_indication)
            };
            AudioFacts {
                codec,
                sample_rate: rate.or(field),
                channels: channels.or(Some(entry.audio.channel_count).filter(|c| *c > 0)),
            }
        }
        other => AudioFacts {
            codec: name(other),
            sample_rate: None,
            channels: None,
        },
    }
}
