//! Archives of the sizes where numbers grow, read back with a reader that is not ours.

use std::io::{Seek as _, SeekFrom, Write as _};

use super::*;

const MANY: u64 = 5 << 30;

/// CRC-32 of so many zeros, without going through them.
fn zeros(length: u64) -> Hasher {
    let mut one = Hasher::new();
    one.update(&[0]);
    let (mut all, mut power, mut left) = (Hasher::new(), one, length);
    while left > 0 {
        if left & 1 == 1 {
            all.combine(&power);
        }
        power.combine(&power.clone());
        left >>= 1;
    }
    all
}

#[test]
fn zeros_are_reckoned_as_they_would_be_read() {
    assert_eq!(zeros(100).finalize(), crc32fast::hash(&[0; 100]));
}

/// Five GiB that take no room: real readers find both entries, lengths and checksum.
#[test]
fn a_file_beyond_four_gib_is_read_back() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let mut zip = Zip::new(DateTime::UNIX_EPOCH);
    file.write_all(&zip.begin("large.mp4", MANY)).unwrap();
    file.seek(SeekFrom::Current(i64::try_from(MANY).unwrap()))
        .unwrap();
    let (entry, hasher) = zip.open.as_mut().unwrap();
    (entry.length, *hasher) = (MANY, zeros(MANY));
    zip.offset += MANY;
    file.write_all(&zip.finish()).unwrap();
    file.write_all(&zip.whole("after.json", b"{}")).unwrap();
    file.write_all(b"{}").unwrap();
    for piece in zip.end() {
        file.write_all(&piece).unwrap();
    }
    let mut read = ::zip::ZipArchive::new(file.reopen().unwrap()).unwrap();
    let large = read.by_name("large.mp4").unwrap();
    assert_eq!((large.size(), large.compressed_size()), (MANY, MANY));
    assert_eq!(large.crc32(), zeros(MANY).finalize());
    drop(large);
    let after = read.by_name("after.json").unwrap();
    assert!(after.header_start() > MANY);
    assert_eq!(std::io::read_to_string(after).unwrap(), "{}");
}

/// Behind a wide header the sizes have eight bytes, also where fewer bytes came.
#[test]
fn a_descriptor_is_as_wide_as_its_header() {
    for (length, expected) in [(MANY, 24), (u64::from(u32::MAX), 24), (10, 16)] {
        let mut zip = Zip::new(DateTime::UNIX_EPOCH);
        let head = zip.begin("a", length);
        zip.count(b"abc");
        assert_eq!(zip.finish().len(), expected);
        assert_eq!(head.len(), 31 + if expected == 24 { 20 } else { 0 });
    }
}

#[test]
fn more_entries_than_sixteen_bits_count_are_read_back() {
    let mut zip = Zip::new(DateTime::UNIX_EPOCH);
    let mut all = Vec::new();
    for n in 0..70_000 {
        all.extend(zip.whole(&format!("{n}.json"), b""));
    }
    zip.end().for_each(|piece| all.extend(piece));
    let read = ::zip::ZipArchive::new(std::io::Cursor::new(all)).unwrap();
    assert_eq!(read.len(), 70_000);
}

#[test]
fn names_are_one_each_and_stay_inside() {
    let mut names = Names::default();
    for (given, expected) in [
        ("a/b.json", "a/b.json"),
        ("a/b.json", "a/b (2).json"),
        ("A/B.json", "A/B (3).json"),
        ("a/b (2).json", "a/b (2) (2).json"),
        ("/../x\\..\\y", "x/y"),
        ("a.b/c", "a.b/c"),
        ("a.b/c", "a.b/c (2)"),
        ("..", "file"),
    ] {
        assert_eq!(names.one(given), expected);
    }
}

#[test]
fn times_are_those_of_the_old_format() {
    let at = "2026-11-28T13:37:42Z".parse().unwrap();
    assert_eq!(dos_time(at) >> 16, 46 << 9 | 11 << 5 | 28);
    assert_eq!(dos_time(at) & 0xffff, 13 << 11 | 37 << 5 | 21);
    assert_eq!(dos_time(DateTime::UNIX_EPOCH) >> 25, 0);
}
