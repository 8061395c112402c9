//! A file on its way: what its first bytes tell, and when.

use std::io::Cursor;

use contentzavod_preflight::{Head, Policy, check_head};

use crate::common::{REEL, boxes, moov_last, report_with, rules};

fn look(bytes: &[u8], arrived: usize, length: Option<u64>, policy: &Policy) -> Head {
    // What is behind has not come: it cannot be read.
    let there = &bytes[..arrived.min(bytes.len())];
    check_head(&mut Cursor::new(there), arrived as u64, length, policy).expect("it is there")
}

/// A policy that the reel breaks in three ways.
fn strict() -> Policy {
    let mut policy = Policy::instagram_reel();
    policy.width_max.value = 100;
    policy.duration_max_ms.value = 100;
    policy.sample_rate_max.value = 100;
    policy
}

/// Where the reel's index ends.
fn index_ends() -> usize {
    let all = boxes(REEL);
    all[..2].iter().map(|(_, bytes)| bytes.len()).sum()
}

#[test]
fn a_hopeless_file_is_known_as_soon_as_its_index_is_there() {
    let (length, ends) = (REEL.len() as u64, index_ends());
    let whole = report_with(REEL, &strict());
    // Asked again whenever it says so, it needs no more than the index.
    let mut arrived = 0;
    let told = loop {
        match look(REEL, arrived, Some(length), &strict()) {
            Head::Wants(bytes) => {
                assert!(bytes > arrived as u64 && bytes <= ends as u64, "{bytes}");
                arrived = usize::try_from(bytes).unwrap();
            }
            Head::Hopeless(report) => break report,
            Head::Later => panic!("at {arrived} of {ends}"),
        }
    };
    assert_eq!(arrived, ends);
    assert_eq!(rules(&told), rules(&whole));
}

#[test]
fn a_good_file_is_looked_at_once() {
    let policy = Policy::instagram_reel();
    let length = REEL.len() as u64;
    assert_eq!(look(REEL, index_ends(), Some(length), &policy), Head::Later);
    // Where its length is not known, that alone may still refuse it.
    let most = policy.bytes_max.value;
    let head = look(REEL, index_ends(), None, &policy);
    assert_eq!(head, Head::Wants(most + 1));
}

#[test]
fn an_index_behind_is_waited_for() {
    let last = moov_last();
    let head = look(&last, 4096, Some(last.len() as u64), &strict());
    assert_eq!(head, Head::Later);
}

#[test]
fn what_is_no_video_or_too_large_is_known_at_once() {
    let policy = Policy::instagram_reel();
    let told = |head: Head| -> Vec<String> {
        match head {
            Head::Hopeless(report) => report.findings.into_iter().map(|f| f.rule).collect(),
            other => vec![format!("{other:?}")],
        }
    };
    let text = b"This is what somebody called holiday.mp4, all of it text.".repeat(10);
    assert_eq!(
        told(look(&text, text.len(), Some(9_999), &policy)),
        ["container.format"]
    );
    let large = policy.bytes_max.value + 1;
    assert_eq!(told(look(REEL, 500, Some(large), &policy)), ["file.size"]);
    let short = look(&text, 10, Some(9_999), &policy);
    assert_eq!(short, Head::Wants(400), "ten bytes tell nothing");
}

#[test]
fn an_index_of_a_gigabyte_is_not_waited_for() {
    let mut bytes = REEL[..32].to_vec();
    bytes.extend((1_u32 << 28).to_be_bytes());
    bytes.extend(b"moov");
    bytes.extend([0; 500]);
    let head = look(
        &bytes,
        bytes.len(),
        Some(270 << 20),
        &Policy::instagram_reel(),
    );
    assert!(matches!(head, Head::Hopeless(r) if rules(&r) == ["container.malformed"]));
}

#[test]
fn a_cover_is_looked_at_when_it_is_whole() {
    let jpeg = [0xFF, 0xD8, 0xFF, 0xE0].repeat(200);
    let head = look(&jpeg, jpeg.len(), Some(5_000), &Policy::instagram_reel());
    assert_eq!(head, Head::Later);
}
