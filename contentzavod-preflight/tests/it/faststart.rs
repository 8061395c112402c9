//! The index moved to the front: frames stay, offsets follow, harm is refused.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use contentzavod_preflight::{FaststartError, Verdict, faststart};
use proptest::prelude::*;

use crate::common::{REEL, boxes, moov_last, report, rules};

fn moved(bytes: &[u8]) -> Result<Vec<u8>, FaststartError> {
    let mut out = Vec::new();
    let written = faststart(&mut Cursor::new(bytes), bytes.len() as u64, &mut out)?;
    assert_eq!(written, out.len() as u64);
    Ok(out)
}

/// The reel in which offsets are as a file with `moov` last has them.
fn honest_moov_last() -> Vec<u8> {
    let moov = boxes(REEL).into_iter().find(|(kind, _)| *kind == b"moov");
    let shift = u32::try_from(moov.unwrap().1.len()).unwrap();
    let mut bytes = moov_last();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|w| w == b"stco") {
        let table = at + found + 8;
        let count = u32::from_be_bytes(bytes[table..table + 4].try_into().unwrap()) as usize;
        for row in 0..count {
            let cell = table + 4 + row * 4;
            let old = u32::from_be_bytes(bytes[cell..cell + 4].try_into().unwrap());
            bytes[cell..cell + 4].copy_from_slice(&(old - shift).to_be_bytes());
        }
        at = table;
    }
    bytes
}

#[test]
fn what_was_moved_back_comes_out_as_it_was() {
    let back = honest_moov_last();
    assert_eq!(rules(&report(&back)), ["container.moov_front"]);
    assert_eq!(report(&back).verdict, Verdict::Fixable);
    let forth = moved(&back).unwrap();
    assert_eq!(report(&forth).verdict, Verdict::Accept);
    let sorted = |bytes: &[u8]| {
        let mut all: Vec<_> = boxes(bytes).into_iter().map(|(_, b)| b.to_vec()).collect();
        all.sort();
        all
    };
    assert_eq!(
        sorted(&forth),
        sorted(REEL),
        "the same boxes, offsets and all"
    );
}

#[test]
fn what_cannot_be_moved_is_refused_in_words() {
    assert!(matches!(moved(REEL), Err(FaststartError::NothingToDo)));
    let back = honest_moov_last();
    let refused = |bytes: &[u8], why: &str| {
        let told = moved(bytes).unwrap_err().to_string();
        assert!(told.contains(why), "{told}");
    };
    refused(&back[..back.len() - 1], "not whole");
    refused(b"\0\0\0\x08mdat", "missing");
    let fragments = [&back[..], b"\0\0\0\x08moof"].concat();
    refused(&fragments, "fragments");
    // An offset into the index itself.
    let mut lost = back.clone();
    let table = back.windows(4).position(|w| w == b"stco").unwrap() + 12;
    let inside = u32::try_from(back.len() - 10).unwrap();
    lost[table..table + 4].copy_from_slice(&inside.to_be_bytes());
    refused(&lost, "out of the media data");
}

/// A file with five gigabytes of zeros in its media data.
struct Vast {
    head: Vec<u8>,
    zeros: u64,
    tail: Vec<u8>,
    at: u64,
}

impl Vast {
    fn length(&self) -> u64 {
        self.head.len() as u64 + self.zeros + self.tail.len() as u64
    }
}

impl Read for Vast {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let head = self.head.len() as u64;
        let tail_at = head + self.zeros;
        let n = if self.at < head {
            self.head[self.at as usize..].as_ref().read(buffer)?
        } else if self.at < tail_at {
            let n = buffer.len().min((tail_at - self.at) as usize);
            buffer[..n].fill(0);
            n
        } else {
            let from = ((self.at - tail_at) as usize).min(self.tail.len());
            self.tail[from..].as_ref().read(buffer)?
        };
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Vast {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        if let SeekFrom::Start(at) = to {
            self.at = at;
        }
        Ok(self.at)
    }
}

/// Keeps the beginning only.
struct Beginning(Vec<u8>);

impl Write for Beginning {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let room = (1 << 16_usize) - self.0.len();
        self.0.extend(&bytes[..bytes.len().min(room)]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn offsets_that_outgrow_32_bits_are_written_in_64() {
    let back = honest_moov_last();
    let moov = boxes(&back).into_iter().find(|(kind, _)| *kind == b"moov");
    let mut moov = moov.unwrap().1.to_vec();
    let table = moov.windows(4).position(|w| w == b"stco").unwrap() + 8;
    let last = u32::MAX - 8;
    moov[table + 4..table + 8].copy_from_slice(&last.to_be_bytes());
    let zeros = 5 << 30_u64;
    let head = [
        &b"\0\0\0\x10ftypisom\0\0\x02\0\0\0\0\x01mdat"[..],
        &u64::to_be_bytes(zeros + 16),
    ]
    .concat();
    let mut vast = Vast {
        head,
        zeros,
        tail: moov,
        at: 0,
    };
    let length = vast.length();
    let mut out = Beginning(Vec::new());
    let written = faststart(&mut vast, length, &mut out).unwrap();
    let table = out.0.windows(4).position(|w| w == b"co64").unwrap() + 8;
    let first = u64::from_be_bytes(out.0[table + 4..table + 12].try_into().unwrap());
    let index = u64::from(u32::from_be_bytes(out.0[16..20].try_into().unwrap()));
    assert_eq!(first, u64::from(last) + index);
    assert!(index > vast.tail.len() as u64 && written == length + index - vast.tail.len() as u64);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn whatever_the_index_holds_the_end_is_a_file_with_it_in_front_or_words(
        changes in prop::collection::vec((0..4000_usize, any::<u8>()), 0..12),
    ) {
        let mut bytes = honest_moov_last();
        let from = bytes.len() - 4000.min(bytes.len());
        for (at, value) in changes {
            bytes[from + at] = value;
        }
        if let Ok(moved) = moved(&bytes) {
            let told = report(&moved);
            prop_assert!(!rules(&told).contains(&"container.moov_front"), "{told:?}");
        }
    }
}
