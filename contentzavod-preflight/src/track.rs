//! A track as its boxes lie in `moov`. One box that cannot be read spoils nothing but itself.

use mp4_atom::{Atom, Elst, ElstEntry, Mdhd, Tkhd};

use crate::boxes::{boxes, dig, find};
use crate::table::{Chunks, Sizes, Table};

/// A track; what is missing is empty.
#[derive(Debug)]
pub(crate) struct Track<'a> {
    pub(crate) handler: [u8; 4],
    pub(crate) header: Option<Tkhd>,
    /// Ticks of the media in a second; 0 where it is not told.
    pub(crate) timescale: u32,
    /// Ticks of the media; `None` where it is not known.
    pub(crate) duration: Option<u64>,
    /// The first sample entry's four characters, and the entry whole.
    pub(crate) entry: Option<([u8; 4], &'a [u8])>,
    pub(crate) edits: Vec<ElstEntry>,
    /// An edit list is there and cannot be read.
    pub(crate) edits_unreadable: bool,
    pub(crate) tables: Tables<'a>,
}

/// The sample tables.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tables<'a> {
    /// Runs of samples with one duration: how many, how long.
    pub(crate) times: Table<'a>,
    /// Runs of samples with one offset of presentation.
    pub(crate) offsets: Table<'a>,
    /// Which samples begin chunks: first chunk, samples a chunk, description.
    pub(crate) spread: Table<'a>,
    pub(crate) sizes: Option<Sizes<'a>>,
    pub(crate) chunks: Option<Chunks<'a>>,
    /// Numbers of sync samples, from 1; without the table every sample is one.
    pub(crate) sync: Option<Table<'a>>,
}

/// Bytes of an edit list: entries grow when they are read, and honest lists hold a few.
const EDITS_MAX: usize = 64 * 1024;

/// So far apart two durations of a track are not rounded but wrong.
const APART_MS: u64 = 1_000;

/// The four characters of handlers.
pub(crate) const VIDEO: [u8; 4] = *b"vide";
pub(crate) const AUDIO: [u8; 4] = *b"soun";

impl<'a> Track<'a> {
    /// From the body of `trak`.
    pub(crate) fn read(trak: &'a [u8]) -> Self {
        let mdia = find(trak, b"mdia").unwrap_or_default();
        let handler = find(mdia, b"hdlr").and_then(|body| body.get(8..12)?.try_into().ok());
        let media: Option<Mdhd> = atom(mdia, b"mdhd");
        let stbl = dig(mdia, &[b"minf", b"stbl"]).unwrap_or_default();
        let stsd = find(stbl, b"stsd");
        let list = dig(trak, &[b"edts", b"elst"]);
        let short = list.filter(|body| body.len() <= EDITS_MAX);
        let edits: Option<Elst> = short.and_then(|mut body| Elst::decode_body(&mut body).ok());
        Self {
            handler: handler.unwrap_or(*b"    "),
            header: atom(trak, b"tkhd"),
            timescale: media.as_ref().map_or(0, |m| m.timescale),
            duration: media.and_then(|m| told(m.duration)),
            entry: stsd.and_then(|body| {
                let entry = boxes(body.get(8..)?).next()?;
                Some((entry.kind, entry.body))
            }),
            edits_unreadable: list.is_some() && edits.is_none(),
            edits: edits.map_or_else(Vec::new, |list| list.entries),
            tables: Tables::read(stbl),
        }
    }

    /// Milliseconds of a number of ticks.
    pub(crate) fn millis(&self, ticks: u64) -> Option<u64> {
        millis(ticks, self.timescale)
    }

    /// Ticks of all samples, by the table.
    pub(crate) fn ticks(&self) -> u64 {
        let runs = self.tables.times.pairs();
        runs.map(|(count, delta)| u64::from(count) * u64::from(delta))
            .fold(0, u64::saturating_add)
    }

    /// A track that says nothing of its samples, or of their time what its head denies.
    pub(crate) fn lie(&self) -> Option<String> {
        let ticks = self.ticks();
        if self.tables.sizes.is_none_or(|sizes| sizes.count() == 0) || ticks == 0 {
            return Some("a track without samples".to_owned());
        }
        let (told, real) = (self.millis(self.duration?)?, self.millis(ticks)?);
        let apart = told.abs_diff(real);
        (apart > APART_MS && apart > real / 10)
            .then(|| "mdhd and stts tell different durations".to_owned())
    }

    /// How long the media lasts: as told, else by the table.
    pub(crate) fn lasts(&self) -> Option<u64> {
        self.millis(self.duration.unwrap_or_else(|| self.ticks()))
    }

    /// Bits a second, on average.
    pub(crate) fn bitrate(&self) -> Option<u64> {
        let bits = u128::from(self.tables.sizes?.sum()) * 8;
        let ticks = match self.ticks() {
            0 => self.duration?,
            ticks => ticks,
        };
        let rate = (bits * u128::from(self.timescale)).checked_div(u128::from(ticks))?;
        u64::try_from(rate).ok().filter(|rate| *rate > 0)
    }
}

impl<'a> Tables<'a> {
    fn read(stbl: &'a [u8]) -> Self {
        let mut tables = Self::default();
        // Once over all boxes: there may be millions.
        for inner in boxes(stbl) {
            let body = inner.body;
            match &inner.kind {
                b"stts" => tables.times = Table::read(body, 8),
                b"ctts" => tables.offsets = Table::read(body, 8),
                b"stsc" => tables.spread = Table::read(body, 12),
                b"stss" => tables.sync = Some(Table::read(body, 4)),
                b"stsz" => tables.sizes = Sizes::stsz(body),
                b"stz2" => tables.sizes = Sizes::stz2(body),
                b"stco" => tables.chunks = Some(Chunks::stco(body)),
                b"co64" => tables.chunks = Some(Chunks::co64(body)),
                _ => {}
            }
        }
        tables
    }

    /// A table that claims more than it holds, or points out of a file of `length` bytes.
    pub(crate) fn lie(&self, length: u64) -> Option<String> {
        let lying = [
            ("stts", self.times.lies),
            ("ctts", self.offsets.lies),
            ("stsc", self.spread.lies),
            ("stss", self.sync.is_some_and(|t| t.lies)),
            ("stsz", self.sizes.is_some_and(|t| t.lies())),
            ("stco", self.chunks.is_some_and(|t| t.lies())),
        ];
        if let Some((name, _)) = lying.into_iter().find(|(_, lies)| *lies) {
            return Some(format!("{name} is cut off"));
        }
        if self.sizes.is_some_and(|sizes| sizes.sum() > length) {
            return Some("stsz names more bytes than there are".to_owned());
        }
        let furthest = self.chunks.and_then(|chunks| chunks.furthest());
        furthest
            .filter(|at| *at >= length)
            .map(|at| format!("stco points to byte {at}"))
    }
}

fn atom<T: Atom>(all: &[u8], kind: &[u8; 4]) -> Option<T> {
    T::decode_body(&mut find(all, kind)?).ok()
}

/// A duration of all ones, in 32 or 64 bits, stands for one that is not known; 0 too.
pub(crate) fn told(duration: u64) -> Option<u64> {
    Some(duration).filter(|d| ![0, u64::MAX, u64::from(u32::MAX)].contains(d))
}

/// Milliseconds of a number of ticks.
pub(crate) fn millis(ticks: u64, timescale: u32) -> Option<u64> {
    let ms = u128::from(ticks)
        .checked_mul(1000)?
        .checked_div(u128::from(timescale))?;
    u64::try_from(ms).ok()
}
