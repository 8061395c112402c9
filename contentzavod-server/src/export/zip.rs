//! The ZIP format as far as an archive needs it that is never turned back: stored entries, with
//! ZIP64 where numbers grow beyond 32 bits (APPNOTE 6.3.10, 4.3 and 4.5.3).
//!
//! Written here because the crates either want to seek, or (async_zip 0.0.19) write descriptors of 32
//! bits behind ZIP64 headers, which readers that cannot seek refuse.

use std::collections::HashSet;

use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use crc32fast::Hasher;

const LOCAL: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
const END: u32 = 0x0605_4b50;

/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// Checksum and sizes come behind the bytes.
const DESCRIBED: u16 = 1 << 3;
const VERSION: u16 = 20;
const VERSION64: u16 = 45;
/// Written on Unix, so that the mode below counts.
const MADE_BY: u16 = 3 << 8 | VERSION64;
/// A plain file that its owner reads and writes.
const MODE: u32 = 0o100_600 << 16;
/// Says that the number stands in the ZIP64 field.
const BEYOND: u32 = u32::MAX;
/// Entries of the central directory that are sent as one piece.
const BATCH: usize = 256;

/// A number as the old fields hold it.
fn short(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(BEYOND)
}

/// Whether it needs the ZIP64 field.
fn beyond(n: u64) -> bool {
    short(n) == BEYOND
}

#[derive(Default)]
struct Field(Vec<u8>);

impl Field {
    fn u16(&mut self, n: u16) {
        self.0.extend(n.to_le_bytes());
    }

    fn u32(&mut self, n: u32) {
        self.0.extend(n.to_le_bytes());
    }

    fn u64(&mut self, n: u64) {
        self.0.extend(n.to_le_bytes());
    }
}

/// An entry as the central directory will tell of it.
#[derive(Debug, Clone)]
struct Entry {
    name: String,
    flags: u16,
    /// Its local header is of ZIP64, whatever its length came to.
    wide: bool,
    crc: u32,
    length: u64,
    offset: u64,
}

impl Entry {
    /// What stands before its bytes.
    fn local(&self, time: u32) -> Vec<u8> {
        // Behind a bit that says so, checksum and sizes are zero here.
        let described = self.flags & DESCRIBED != 0;
        let (crc, length) = if described {
            (0, 0)
        } else {
            (self.crc, short(self.length))
        };
        let size = if self.wide { BEYOND } else { length };
        let mut out = Field::default();
        out.u32(LOCAL);
        out.u16(if self.wide { VERSION64 } else { VERSION });
        out.u16(self.flags);
        out.u16(0);
        out.u32(time);
        out.u32(crc);
        out.u32(size);
        out.u32(size);
        out.u16(name_length(&self.name));
        out.u16(if self.wide { 20 } else { 0 });
        out.0.extend(self.name.as_bytes());
        if self.wide {
            out.u16(1);
            out.u16(16);
            out.u64(0);
            out.u64(0);
        }
        out.0
    }

    /// What stands behind its bytes.
    fn descriptor(&self) -> Vec<u8> {
        let mut out = Field::default();
        out.u32(DESCRIPTOR);
        out.u32(self.crc);
        for _ in 0..2 {
            if self.wide {
                out.u64(self.length);
            } else {
                out.u32(short(self.length));
            }
        }
        out.0
    }

    fn central(&self, time: u32, out: &mut Field) {
        let mut wide = Field::default();
        if beyond(self.length) {
            wide.u64(self.length);
            wide.u64(self.length);
        }
        if beyond(self.offset) {
            wide.u64(self.offset);
        }
        let needs = self.wide || !wide.0.is_empty();
        out.u32(CENTRAL);
        out.u16(MADE_BY);
        out.u16(if needs { VERSION64 } else { VERSION });
        out.u16(self.flags);
        out.u16(0);
        out.u32(time);
        out.u32(self.crc);
        out.u32(short(self.length));
        out.u32(short(self.length));
        out.u16(name_length(&self.name));
        // At most 24 bytes.
        let extra = u16::try_from(wide.0.len()).unwrap_or_default();
        out.u16(if extra > 0 { extra + 4 } else { 0 });
        out.u16(0);
        out.u16(0);
        out.u16(0);
        out.u32(MODE);
        out.u32(short(self.offset));
        out.0.extend(self.name.as_bytes());
        if extra > 0 {
            out.u16(1);
            out.u16(extra);
            out.0.extend(wide.0);
        }
    }
}

/// [`Names`] gives none that is longer.
fn name_length(name: &str) -> u16 {
    u16::try_from(name.len()).unwrap_or(u16::MAX)
}

/// An archive on its way: what it answers is to be sent in order, with the bytes between.
pub(super) struct Zip {
    time: u32,
    offset: u64,
    entries: Vec<Entry>,
    open: Option<(Entry, Hasher)>,
}

impl Zip {
    pub(super) fn new(made_at: DateTime<Utc>) -> Self {
        Self {
            time: dos_time(made_at),
            offset: 0,
            entries: Vec::new(),
            open: None,
        }
    }

    /// The header of an entry whose bytes are all here; they follow it.
    pub(super) fn whole(&mut self, name: &str, bytes: &[u8]) -> Vec<u8> {
        let entry = Entry {
            name: name.to_owned(),
            flags: UTF8,
            wide: false,
            crc: crc32fast::hash(bytes),
            length: bytes.len() as u64,
            offset: self.offset,
        };
        let head = entry.local(self.time);
        self.offset += (head.len() + bytes.len()) as u64;
        self.entries.push(entry);
        head
    }

    /// The header of an entry that is to be counted as it goes by.
    pub(super) fn begin(&mut self, name: &str, length: u64) -> Vec<u8> {
        let entry = Entry {
            name: name.to_owned(),
            flags: UTF8 | DESCRIBED,
            wide: beyond(length),
            crc: 0,
            length: 0,
            offset: self.offset,
        };
        let head = entry.local(self.time);
        self.offset += head.len() as u64;
        self.open = Some((entry, Hasher::new()));
        head
    }

    /// Bytes of the entry that was begun.
    pub(super) fn count(&mut self, bytes: &[u8]) {
        if let Some((entry, hasher)) = &mut self.open {
            hasher.update(bytes);
            entry.length += bytes.len() as u64;
        }
        self.offset += bytes.len() as u64;
    }

    /// What ends the entry that was begun.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        let Some((mut entry, hasher)) = self.open.take() else {
            return Vec::new();
        };
        entry.crc = hasher.finalize();
        let tail = entry.descriptor();
        self.offset += tail.len() as u64;
        self.entries.push(entry);
        tail
    }

    /// The central directory, piece by piece, and the end.
    pub(super) fn end(self) -> impl Iterator<Item = Vec<u8>> + Send {
        let (time, start) = (self.time, self.offset);
        let count = self.entries.len() as u64;
        let batches = self.entries.len().div_ceil(BATCH);
        let mut size = 0;
        (0..=batches).map(move |batch| {
            if batch == batches {
                return end(count, size, start);
            }
            let mut out = Field::default();
            for entry in self.entries.iter().skip(batch * BATCH).take(BATCH) {
                entry.central(time, &mut out);
            }
            size += out.0.len() as u64;
            out.0
        })
    }
}

/// What stands last: where the directory is.
fn end(count: u64, size: u64, start: u64) -> Vec<u8> {
    let mut out = Field::default();
    let few = u16::try_from(count).ok().filter(|n| *n < u16::MAX);
    if few.is_none() || beyond(size) || beyond(start) {
        out.u32(END64);
        out.u64(44);
        out.u16(MADE_BY);
        out.u16(VERSION64);
        out.u32(0);
        out.u32(0);
        out.u64(count);
        out.u64(count);
        out.u64(size);
        out.u64(start);
        out.u32(LOCATOR64);
        out.u32(0);
        out.u64(start + size);
        out.u32(1);
    }
    out.u32(END);
    out.u16(0);
    out.u16(0);
    out.u16(few.unwrap_or(u16::MAX));
    out.u16(few.unwrap_or(u16::MAX));
    out.u32(short(size));
    out.u32(short(start));
    out.u16(0);
    out.0
}

/// Time below, date above; it begins in 1980 and counts two seconds at a time.
fn dos_time(at: DateTime<Utc>) -> u32 {
    let year = u32::try_from(at.year().clamp(1980, 2107) - 1980).unwrap_or_default();
    let date = year << 9 | at.month() << 5 | at.day();
    let time = at.hour() << 11 | at.minute() << 5 | (at.second() / 2);
    date << 16 | time
}

/// Names that were given: no two entries share one, and none leads out of the folder.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// The path, or one like it where it was given before.
    pub(super) fn one(&mut self, path: &str) -> String {
        let parts = path.split(['/', '\\']);
        let parts = parts.filter(|part| !["", ".", ".."].contains(part));
        let mut path = parts.collect::<Vec<_>>().join("/");
        if path.is_empty() || path.len() > 1000 {
            "file".clone_into(&mut path);
        }
        let (stem, ending) = match path.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains('/') => (stem, format!(".{ending}")),
            _ => (path.as_str(), String::new()),
        };
        let again = (2_u64..).map(|n| format!("{stem} ({n}){ending}"));
        let mut names = std::iter::once(path.clone()).chain(again);
        // Systems that do not tell cases apart would write one over the other.
        let new = names.find(|name| self.0.insert(name.to_lowercase()));
        new.unwrap_or(path)
    }
}

#[cfg(test)]
mod tests;
