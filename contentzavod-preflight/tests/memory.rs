//! However much a file claims, the check holds no more than its index and a little.

use std::io::Cursor;

use contentzavod_preflight::{Policy, check, faststart};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const REEL: &[u8] = include_bytes!("data/reel.mp4");
/// What is promised is 64 MB for a whole process; the file itself lies in this one, too.
const MOST: usize = 40 << 20;

/// The most that was held beyond what was there before.
fn peak(work: impl FnOnce()) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    work();
    MEMORY.peak_usage().saturating_sub(before)
}

fn sized(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).expect("small enough");
    [&size.to_be_bytes()[..], kind, body].concat()
}

/// The reel with a box somewhere in it made anew, and the lengths of those around it.
fn with(path: &[&[u8; 4]], bytes: &[u8], new: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut at, mut done) = (0, false);
    while at + 8 <= bytes.len() {
        let size: [u8; 4] = bytes[at..at + 4].try_into().expect("four bytes");
        let size = u32::from_be_bytes(size) as usize;
        let kind: [u8; 4] = bytes[at + 4..at + 8].try_into().expect("four bytes");
        let body = &bytes[at + 8..at + size];
        if !done && path.first().is_some_and(|first| **first == kind) {
            done = true;
            let body = match path.get(1..) {
                Some([]) | None => new(body),
                Some(rest) => with(rest, body, new),
            };
            out.extend(sized(&kind, &body));
        } else {
            out.extend(&bytes[at..at + size]);
        }
        at += size;
    }
    out.extend(&bytes[at..]);
    out
}

const STBL: [&[u8; 4]; 5] = [b"moov", b"trak", b"mdia", b"minf", b"stbl"];

/// The sample description's header, then entries.
fn entries(_: &[u8]) -> Vec<u8> {
    let count = 1_800_000_u32;
    let mut body = vec![0; 4];
    body.extend(count.to_be_bytes());
    for _ in 0..count {
        body.extend(b"\0\0\0\x08abcd");
    }
    body
}

/// The first entry of the pictures with a configuration of millions of empty units.
fn units(body: &[u8]) -> Vec<u8> {
    let mut config = vec![0_u8; 22];
    config.push(200);
    for _ in 0..200 {
        config.push(33);
        config.extend(30_000_u16.to_be_bytes());
        config.extend(vec![0; 60_000]);
    }
    // Header of the list, then the fixed part of an entry.
    let fixed = &body[16..16 + 78];
    let entry = sized(b"hvc1", &[fixed, &sized(b"hvcC", &config)[..]].concat());
    [&body[..4], &1_u32.to_be_bytes(), &entry].concat()
}

/// An edit list as long as there is room for.
fn edits(body: &[u8]) -> Vec<u8> {
    let count = 1_200_000_u32;
    let mut list = vec![0; 4];
    list.extend(count.to_be_bytes());
    list.extend([0; 12].repeat(count as usize));
    [body, &sized(b"edts", &sized(b"elst", &list))[..]].concat()
}

#[test]
fn bombs_are_checked_in_little_memory() {
    let path = [&STBL[..], &[b"stsd"]].concat();
    let bombs: [(&str, Vec<u8>); 4] = [
        ("entries", with(&path, REEL, &entries)),
        ("units", with(&path, REEL, &units)),
        ("edits", with(&STBL[..2], REEL, &edits)),
        (
            "tracks",
            with(&STBL[..1], REEL, &|body| {
                [body, &b"\0\0\0\x08trak".repeat(1_000_000)[..]].concat()
            }),
        ),
    ];
    for (name, bytes) in bombs {
        assert!(bytes.len() > 5 << 20, "{name} is no bomb");
        let length = bytes.len() as u64;
        let policy = Policy::instagram_reel();
        let held = peak(|| drop(check(Cursor::new(&bytes), length, &policy)));
        assert!(held < MOST, "{name}: {} MiB", held >> 20);
        let mut reader = Cursor::new(&bytes);
        let held = peak(|| drop(faststart(&mut reader, length, &mut std::io::sink())));
        assert!(held < MOST, "{name}, moved: {} MiB", held >> 20);
    }
}
