//! The reel, and files made from it.

use std::io::Cursor;

use contentzavod_preflight::{Policy, Report, check};

pub(crate) const REEL: &[u8] = include_bytes!("../data/reel.mp4");

pub(crate) fn report(bytes: &[u8]) -> Report {
    report_with(bytes, &Policy::instagram_reel())
}

pub(crate) fn report_with(bytes: &[u8], policy: &Policy) -> Report {
    check(Cursor::new(bytes), bytes.len() as u64, policy)
}

pub(crate) fn rules(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|f| f.rule.as_str()).collect()
}

/// The top-level boxes of a well-formed file.
pub(crate) fn boxes(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let size = u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
        out.push((&bytes[at + 4..at + 8], &bytes[at..at + size]));
        at += size;
    }
    out
}

/// The same boxes, `moov` last.
pub(crate) fn moov_last() -> Vec<u8> {
    let all = boxes(REEL);
    let (moov, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|(kind, _)| *kind == b"moov");
    rest.into_iter()
        .chain(moov)
        .flat_map(|(_, b)| b.to_vec())
        .collect()
}

/// The same boxes, one of them rewritten.
pub(crate) fn rewritten(kind: &[u8; 4], rewrite: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let rewritten = boxes(REEL).into_iter().map(|(found, bytes)| {
        if found == kind {
            rewrite(bytes)
        } else {
            bytes.to_vec()
        }
    });
    rewritten.collect::<Vec<_>>().concat()
}

/// Every occurrence replaced.
pub(crate) fn replaced(from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = REEL.to_vec();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(from.len()).position(|w| w == from) {
        bytes[at + found..at + found + to.len()].copy_from_slice(to);
        at += found + to.len();
    }
    bytes
}
