//! Facts from a `moov` that was read whole.

mod audio;
mod edits;
mod entry;
mod gop;
mod locate;
mod pace;
mod video;

pub(crate) use video::text;

use std::io::{Read, Seek};

use mp4_atom::{Atom, Mehd, Mvhd};

use crate::boxes::{boxes, dig, find};
use crate::facts::{Edits, Facts};
use crate::track::{AUDIO, Track, VIDEO, millis, told};

/// More tracks than any honest file has; the rest is counted, not read.
const TRACKS_MAX: usize = 64;

/// The tracks of a movie, and what holds for all of them.
#[derive(Debug)]
pub(crate) struct Movie<'a> {
    tracks: Vec<Track<'a>>,
    /// Ticks in a second.
    timescale: u32,
    /// Ticks.
    duration: Option<u64>,
    fragmented: bool,
    /// Of all fragments, where it is told.
    fragments_last: Option<u64>,
}

impl<'a> Movie<'a> {
    /// From the body of `moov`; `None` if there is no movie in it.
    pub(crate) fn read(moov: &'a [u8]) -> Option<Self> {
        let head = Mvhd::decode_body(&mut find(moov, b"mvhd")?).ok()?;
        let tracks = boxes(moov).filter(|b| &b.kind == b"trak").take(TRACKS_MAX);
        let mehd = dig(moov, &[b"mvex", b"mehd"]);
        let mehd = mehd.and_then(|mut body| Mehd::decode_body(&mut body).ok());
        Some(Self {
            tracks: tracks.map(|trak| Track::read(trak.body)).collect(),
            timescale: head.timescale,
            duration: told(head.duration),
            fragmented: find(moov, b"mvex").is_some(),
            fragments_last: mehd.and_then(|m| told(m.fragment_duration)),
        })
    }

    fn of(&self, handler: [u8; 4]) -> impl Iterator<Item = &Track<'a>> {
        self.tracks.iter().filter(move |t| t.handler == handler)
    }

    /// What contradicts itself or the file's length.
    pub(crate) fn lie(&self, length: u64) -> Option<String> {
        let scales = self.of(VIDEO).chain(self.of(AUDIO)).map(|t| t.timescale);
        if scales.chain([self.timescale]).any(|scale| scale == 0) {
            return Some("a timescale of 0".to_owned());
        }
        let tables = self.tracks.iter().find_map(|t| t.tables.lie(length));
        tables.or_else(|| {
            let played = self.of(VIDEO).chain(self.of(AUDIO));
            played.filter(|_| !self.fragmented).find_map(Track::lie)
        })
    }

    /// Fills in what the movie says. Heads of frames are read from the file.
    pub(crate) fn tell<R: Read + Seek>(
        &self,
        reader: &mut R,
        facts: &mut Facts,
    ) -> std::io::Result<()> {
        facts.fragmented = self.fragmented;
        facts.duration_ms = self.lasts();
        facts.edits = self.edits();
        if let Some(track) = self.of(VIDEO).next() {
            video::tell(track, facts);
            if let Some(video) = &mut facts.video {
                let open = gop::is_open(reader, track)?;
                video.open_gop = open.filter(|_| !self.fragmented);
            }
        }
        facts.audio = self.of(AUDIO).next().map(audio::read);
        facts.audio_tracks = u32::try_from(self.of(AUDIO).count()).unwrap_or(u32::MAX);
        facts.other_tracks = self.others();
        facts.encrypted = self.tracks.iter().any(is_encrypted);
        Ok(())
    }

    /// Of the video track where there is one, else of the movie.
    fn lasts(&self) -> Option<u64> {
        if self.fragmented {
            // The tables of tracks tell nothing about the fragments that follow.
            return millis(self.fragments_last?, self.timescale).filter(|ms| *ms > 0);
        }
        let video = self.of(VIDEO).next();
        video.and_then(Track::lasts).or_else(|| {
            let whole = self.duration?;
            millis(whole, self.timescale)
        })
    }

    /// The worst of all edit lists.
    fn edits(&self) -> Edits {
        let tracks = self.of(VIDEO).chain(self.of(AUDIO));
        let each = tracks.map(|track| edits::read(track, self.timescale));
        each.fold(Edits::None, Edits::worse)
    }

    /// Handlers of tracks that are neither the picture nor sound.
    fn others(&self) -> Vec<String> {
        let second = self.of(VIDEO).skip(1);
        let strange = self
            .tracks
            .iter()
            .filter(|t| ![VIDEO, AUDIO].contains(&t.handler));
        strange
            .chain(second)
            .map(|t| video::text(t.handler))
            .collect()
    }
}

/// Sample entries of protected media.
fn is_encrypted(track: &Track<'_>) -> bool {
    track
        .entry
        .is_some_and(|(kind, _)| matches!(&kind, b"encv" | b"enca" | b"drmi" | b"drms"))
}
