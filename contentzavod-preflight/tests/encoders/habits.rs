//! Habits of phones and editors, and files that were harmed.

use crate::row::{Row, changed, made};

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = copies();
    rows.extend(edits());
    rows.extend(harmed());
    rows.extend(odd());
    rows
}

/// Made of the files of other rows, frames unchanged.
fn copies() -> Vec<Row> {
    let tone = "-f lavfi -i testsrc2=s=540x960:r=30:d=3.2 -f lavfi -i sine=r=48000:d=3.2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -ac 2 -b:a 96k -movflags +faststart";
    vec![
        made("upright.mp4", tone.replace("540x960", "1280x720"))
            .told("container.edit_list video.not_9_16"),
        changed("turned-90.mp4", "upright.mp4", |bytes| {
            turned(bytes, [0, 1, -1, 0])
        })
        .told("container.edit_list"),
        changed("turned-270.mp4", "upright.mp4", |bytes| {
            turned(bytes, [0, -1, 1, 0])
        })
        .told("container.edit_list"),
        changed("turned-180.mp4", "upright.mp4", |bytes| {
            turned(bytes, [-1, 0, 0, -1])
        })
        .told("container.edit_list video.not_9_16"),
        made("time-code.mov", format!("{tone} -timecode 01:00:00:00"))
            .told("container.edit_list container.extra_track"),
        made(
            "negative-offsets.mp4",
            format!("{tone} -preset veryfast -movflags +faststart+negative_cts_offsets"),
        )
        .told("container.edit_list"),
        made("3gp.3gp", tone.to_owned()).told("container.edit_list"),
        made("ipod.m4v", format!("{tone} -f ipod")).told("container.edit_list"),
    ]
}

/// Edit lists that do something.
fn edits() -> Vec<Row> {
    let picture = "-f lavfi -i testsrc2=s=540x960:r=30:d=4";
    let tone = "-f lavfi -i sine=r=48000:d=4";
    let coded = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -ac 2 -b:a 96k -movflags +faststart";
    vec![
        made(
            "late-sound.mp4",
            format!("{picture} -itsoffset 0.7 {tone} {coded}"),
        )
        .told("*container.edit_list"),
        made(
            "late-picture.mp4",
            format!("-itsoffset 0.7 {picture} {tone} {coded} -fps_mode passthrough"),
        )
        .told("*container.edit_list"),
        changed("cut-in.mp4", "plain.mp4", |bytes| edited(bytes, 600, None))
            .told("*container.edit_list"),
        changed("cut-off.mp4", "plain.mp4", |bytes| {
            edited(bytes, 0, Some(1500))
        })
        .told("*container.edit_list")
        .unprobed(),
    ]
}

/// Bytes that no encoder writes.
fn harmed() -> Vec<Row> {
    vec![
        changed("empty.mp4", "plain.mp4", |_| Vec::new())
            .told("*file.empty")
            .unprobed(),
        changed("text.mp4", "plain.mp4", |_| {
            b"not a video at all, but words".to_vec()
        })
        .told("*container.format")
        .unprobed(),
        changed("cut.mp4", "plain.mp4", |mut bytes| {
            bytes.truncate(bytes.len() / 2);
            bytes
        })
        .told("container.edit_list *container.truncated"),
        changed("cut-before-moov.mp4", "moov-last.mp4", |mut bytes| {
            bytes.truncate(bytes.len() / 2);
            bytes
        })
        .told("*container.truncated *container.no_moov")
        .unprobed(),
        changed("no-moov.mp4", "moov-last.mp4", |bytes| {
            without(&bytes, b"moov")
        })
        .told("*container.no_moov")
        .unprobed(),
    ]
}

/// What is odd and does no harm, and what does.
fn odd() -> Vec<Row> {
    vec![
        changed("tail.mp4", "plain.mp4", |mut bytes| {
            bytes.extend([0, 0, 0]);
            bytes
        })
        .told("container.edit_list container.trailing_bytes"),
        changed("unknown-boxes.mp4", "plain.mp4", |mut bytes| {
            bytes.extend(b"\0\0\0\x11beamsomebytes");
            bytes
        })
        .told("container.edit_list"),
        changed("endless-mdat.mp4", "plain.mp4", |bytes| {
            patched(bytes, |bytes, mdat| bytes[mdat..mdat + 4].fill(0))
        })
        .told("container.edit_list"),
        changed("strange-brand.mp4", "plain.mp4", |mut bytes| {
            bytes[8..12].copy_from_slice(b"ABCD");
            bytes
        })
        .told("container.edit_list container.brand"),
        changed("no-ftyp.mov", "moov-last.mov", |mut bytes| {
            // QuickTime of old begins with anything.
            bytes[4..8].copy_from_slice(b"free");
            bytes
        })
        .told("container.edit_list *container.moov_front")
        .unprobed(),
        changed("heavy.mp4", "plain.mp4", |bytes| padded(bytes, 300 << 20))
            .told("container.edit_list *file.size"),
        changed("nearly-heavy.mp4", "plain.mp4", |bytes| {
            padded(bytes, 300_000_000)
        })
        .told("container.edit_list file.size"),
        changed("timescale-0.mp4", "plain.mp4", |bytes| {
            let at = place(&bytes, b"mdhd") + 16;
            let mut bytes = bytes;
            bytes[at..at + 4].fill(0);
            bytes
        })
        .told("*container.malformed container.edit_list")
        .unprobed(),
    ]
}

/// The file with that many bytes of nothing behind.
fn padded(mut bytes: Vec<u8>, by: u32) -> Vec<u8> {
    bytes.extend(by.to_be_bytes());
    bytes.extend(b"free");
    bytes.resize(bytes.len() + by as usize - 8, 0);
    bytes
}

/// The first track's picture turned: a, b, c and d of its matrix.
fn turned(mut bytes: Vec<u8>, [a, b, c, d]: [i32; 4]) -> Vec<u8> {
    let matrix = place(&bytes, b"tkhd") + 4 + 40;
    for (index, value) in [(0, a), (1, b), (3, c), (4, d)] {
        let at = matrix + index * 4;
        bytes[at..at + 4].copy_from_slice(&(value << 16).to_be_bytes());
    }
    bytes
}

/// Where a box's four characters stand for the first time.
fn place(bytes: &[u8], kind: &[u8; 4]) -> usize {
    bytes
        .windows(4)
        .position(|w| w == kind)
        .expect("it is there")
}

fn patched(mut bytes: Vec<u8>, patch: impl Fn(&mut [u8], usize)) -> Vec<u8> {
    let mdat = place(&bytes, b"mdat") - 4;
    patch(&mut bytes, mdat);
    bytes
}

/// The first edit of the first track: where it begins, and how many milliseconds it lasts.
fn edited(mut bytes: Vec<u8>, begin: u32, last: Option<u32>) -> Vec<u8> {
    let entry = place(&bytes, b"elst") + 12;
    if let Some(last) = last {
        bytes[entry..entry + 4].copy_from_slice(&last.to_be_bytes());
    }
    let ticks = begin * 15360 / 1000;
    bytes[entry + 4..entry + 8].copy_from_slice(&ticks.to_be_bytes());
    bytes
}

/// The file without a box of the top level.
fn without(bytes: &[u8], kind: &[u8; 4]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(head) = bytes.get(at..at + 8) {
        let size = u32::from_be_bytes(head[..4].try_into().expect("four")) as usize;
        if &head[4..] != kind {
            out.extend(&bytes[at..at + size]);
        }
        at += size;
    }
    out
}
