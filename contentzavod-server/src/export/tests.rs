//! Archives are read back with a reader that is not ours.

use std::io::{Cursor, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contentzavod_core::service::ServiceError;
use futures::stream;
use sha2::{Digest as _, Sha256};

use super::*;

fn json(path: &str, text: &str) -> Result<Part, ServiceError> {
    Ok(Part {
        path: path.to_owned(),
        body: Body::Json(text.as_bytes().to_vec()),
    })
}

fn file(
    path: &str,
    length: u64,
    pieces: Vec<std::io::Result<Bytes>>,
) -> Result<Part, ServiceError> {
    Ok(Part {
        path: path.to_owned(),
        body: Body::File {
            length,
            bytes: Box::pin(stream::iter(pieces)),
        },
    })
}

fn written(parts: Vec<Result<Part, ServiceError>>) -> Archive {
    archive(stream::iter(parts).boxed(), DateTime::UNIX_EPOCH)
}

async fn all(mut archive: Archive) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = archive.next().await {
        bytes.extend(piece?);
    }
    Ok(bytes)
}

fn text(read: &mut ::zip::ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    let mut entry = read.by_name(name).unwrap();
    entry.read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn everything_is_read_back_with_its_checksum() {
    let mut parts: Vec<_> = (0..200)
        .map(|n| json(&format!("posts/{n:06}.json"), &format!("[{n}]")))
        .collect();
    let video: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let pieces = video.chunks(65_536).map(|p| Ok(Bytes::copy_from_slice(p)));
    parts.push(file(
        "files/Ёлка 🎄.mp4",
        video.len() as u64,
        pieces.collect(),
    ));
    parts.push(json("posts/000000.json", "again"));
    parts.push(file("files/empty.mp4", 0, Vec::new()));
    let bytes = all(written(parts)).await.unwrap();
    let mut read = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    assert_eq!(read.len(), 204);
    assert_eq!(text(&mut read, "posts/000199.json"), "[199]");
    assert_eq!(text(&mut read, "posts/000000 (2).json"), "again");
    assert_eq!(text(&mut read, "files/empty.mp4"), "");
    let readme = text(&mut read, "README.txt");
    assert!(readme.contains("profile.json") && readme.contains("кто вы здесь"));
    let mut entry = read.by_name("files/Ёлка 🎄.mp4").unwrap();
    assert_eq!(entry.size(), video.len() as u64);
    let mut back = Vec::new();
    // Reading to the end compares the checksum.
    entry.read_to_end(&mut back).unwrap();
    assert_eq!(Sha256::digest(&back), Sha256::digest(&video));
}

#[tokio::test]
async fn a_file_that_goes_meanwhile_breaks_nothing() {
    let gone = || Err(std::io::Error::other("it is gone"));
    let some = || Ok(Bytes::from_static(b"abc"));
    let parts = vec![
        file("files/1/a.mp4", 10, vec![some(), gone()]),
        file("files/2/a.mp4", 10, vec![some()]),
        file("files/3/a.mp4", 2, vec![some()]),
        json("after.json", "{}"),
    ];
    let bytes = all(written(parts)).await.unwrap();
    let mut read = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    assert_eq!(text(&mut read, "files/1/a.mp4"), "abc");
    assert!(text(&mut read, "files/1/a.mp4.incomplete.txt").contains("it is gone"));
    assert!(text(&mut read, "files/2/a.mp4.incomplete.txt").contains("7 bytes"));
    assert_eq!(text(&mut read, "files/3/a.mp4"), "ab");
    assert_eq!(text(&mut read, "after.json"), "{}");
    assert!(read.by_name("files/3/a.mp4.incomplete.txt").is_err());
}

/// What cannot be read to its end is no archive: nobody takes half of it for everything.
#[tokio::test]
async fn a_failed_reading_ends_the_archive_with_an_error() {
    let parts = vec![json("a.json", "{}"), Err(ServiceError::NotFound("user"))];
    let failed = all(written(parts)).await;
    assert!(failed.unwrap_err().to_string().contains("user"));
}

/// A file is read only as fast as the archive is.
#[tokio::test]
async fn nothing_is_read_ahead_of_whoever_downloads() {
    let read = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&read);
    let bytes = stream::iter(0..1000).map(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok(Bytes::from_static(&[7; 1000]))
    });
    let part = Ok(Part {
        path: "large.mp4".to_owned(),
        body: Body::File {
            length: 1_000_000,
            bytes: Box::pin(bytes),
        },
    });
    let mut archive = written(vec![part]);
    for taken in 0..50 {
        assert!(archive.next().await.unwrap().is_ok());
        let ahead = read.load(Ordering::SeqCst);
        assert!(ahead <= taken + AHEAD + 3, "{ahead} after {taken}");
    }
}
