//! What every [`Blobs`] must do.

use std::any::Any;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use uuid::Uuid;

use super::{Case, cases, run};
use crate::model::MediaId;
use crate::ports::{BlobError, Blobs, ByteStream};

/// An empty store of bytes and a folder to spool into.
pub struct Shelf {
    /// The store.
    pub blobs: Arc<dyn Blobs>,
    /// A folder the suite may write to.
    pub spool: PathBuf,
    /// What must live as long as the case, such as a temporary folder.
    pub keep: Box<dyn Any + Send + Sync>,
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf")
            .field("blobs", &self.blobs)
            .field("spool", &self.spool)
            .finish_non_exhaustive()
    }
}

/// Runs every rule.
///
/// # Panics
///
/// With every broken rule.
pub async fn blobs(make: impl AsyncFn() -> Shelf) {
    run(CASES, make).await;
}

/// Every rule, for tests of the suite.
#[must_use]
pub fn cases() -> Vec<Case<Shelf>> {
    CASES.to_vec()
}

cases!(
    "blobs",
    Shelf: adopted_bytes_come_back,
    the_spooled_file_is_gone_after_adopting,
    an_empty_file_is_a_file,
    length_is_that_of_the_bytes,
    a_range_gives_exactly_its_bytes,
    a_range_outside_is_refused,
    a_stream_comes_in_bounded_pieces,
    ranges_are_read_side_by_side,
    each_id_has_its_own_bytes,
    adopting_an_id_again_keeps_its_bytes,
    adopting_at_once_keeps_one_file_whole,
    a_file_that_cannot_be_adopted_leaves_nothing,
    missing_bytes_are_missing,
    deleted_bytes_are_missing,
    deleting_nothing_is_no_error,
    deleting_takes_only_its_own_bytes,
    a_deleted_id_can_be_adopted_again,
);

const BIG: usize = 3 * 1024 * 1024 + 17;

const fn id(n: u128) -> MediaId {
    // As made by the clock: the same time in front, another end.
    MediaId(Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_0000_0000 | n,
    ))
}

/// Bytes in which each place is told from its neighbours.
fn pattern(length: usize, seed: usize) -> Vec<u8> {
    let byte = |n: usize| u8::try_from((n * 31 + n / 251 + seed) % 256).unwrap_or_default();
    (0..length).map(byte).collect()
}

impl Shelf {
    fn spool(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.spool.join(name);
        let written = std::fs::write(&path, bytes);
        written.expect("the suite may write to the spool folder");
        path
    }

    async fn put(&self, n: u128, bytes: &[u8]) {
        let path = self.spool(&format!("spooled-{n}"), bytes);
        let adopted = self.blobs.adopt(id(n), &path).await;
        adopted.expect("the file is adopted");
    }

    async fn try_range(&self, n: u128, range: Range<u64>) -> Result<ByteStream, BlobError> {
        self.blobs.range(id(n), range).await
    }

    async fn read(&self, n: u128, range: Range<u64>) -> Vec<u8> {
        let stream = self.try_range(n, range).await;
        let chunks: Vec<Bytes> = stream
            .expect("the range is there")
            .try_collect()
            .await
            .expect("the stream ends well");
        chunks.concat()
    }

    async fn all(&self, n: u128) -> Vec<u8> {
        let length = self.blobs.length(id(n)).await.expect("the bytes are there");
        self.read(n, 0..length).await
    }

    async fn is_missing(&self, n: u128) -> bool {
        let length = self.blobs.length(id(n)).await;
        let range = self.try_range(n, 0..0).await;
        matches!(length, Err(BlobError::Missing)) && matches!(range, Err(BlobError::Missing))
    }
}

/// What was adopted is read back byte for byte.
pub async fn adopted_bytes_come_back(shelf: Shelf) {
    let bytes = pattern(BIG, 1);
    shelf.put(1, &bytes).await;
    assert!(shelf.all(1).await == bytes, "other bytes came back");
}

/// After adopting, the spooled file is gone.
pub async fn the_spooled_file_is_gone_after_adopting(shelf: Shelf) {
    let path = shelf.spool("spooled", b"bytes");
    let adopted = shelf.blobs.adopt(id(1), &path).await;
    adopted.expect("the file is adopted");
    assert!(!path.exists(), "the spooled file is still there");
}

/// A file of no bytes is there, and reads as none.
pub async fn an_empty_file_is_a_file(shelf: Shelf) {
    shelf.put(1, b"").await;
    assert_eq!(shelf.blobs.length(id(1)).await.ok(), Some(0));
    assert_eq!(shelf.read(1, 0..0).await, b"");
}

/// `length` counts the bytes.
pub async fn length_is_that_of_the_bytes(shelf: Shelf) {
    for (n, length) in [(1, 1), (2, 255), (3, BIG)] {
        shelf.put(n, &pattern(length, 0)).await;
        let counted = shelf.blobs.length(id(n)).await.ok();
        assert_eq!(counted, u64::try_from(length).ok());
    }
}

/// A range gives exactly its bytes: at the start, in the middle, at the end, one, and none.
pub async fn a_range_gives_exactly_its_bytes(shelf: Shelf) {
    let bytes = pattern(BIG, 2);
    shelf.put(1, &bytes).await;
    let ranges = [
        0..1,
        0..BIG,
        1..2,
        BIG - 1..BIG,
        65_535..65_537,
        1_048_575..2_097_153,
        7..7,
        BIG..BIG,
    ];
    for range in ranges {
        let asked = range.start as u64..range.end as u64;
        let read = shelf.read(1, asked).await;
        assert_eq!(read.len(), range.len(), "length of {range:?}");
        assert!(read == bytes[range.clone()], "bytes of {range:?}");
    }
}

/// A range that begins or ends beyond the file, or runs backwards, is refused.
pub async fn a_range_outside_is_refused(shelf: Shelf) {
    shelf.put(1, b"0123456789").await;
    #[expect(
        clippy::reversed_empty_ranges,
        reason = "a range that runs backwards is what is refused here"
    )]
    let outside = [0..11, 10..11, 11..11, 11..12, 3..2, 0..u64::MAX];
    for range in outside {
        let read = shelf.try_range(1, range.clone()).await;
        let refused = matches!(read, Err(BlobError::Range));
        assert!(refused, "{range:?}: {:?}", read.err());
    }
}

/// A big file comes in pieces, none of which holds much memory.
pub async fn a_stream_comes_in_bounded_pieces(shelf: Shelf) {
    shelf.put(1, &pattern(BIG, 3)).await;
    let stream = shelf.try_range(1, 0..BIG as u64).await;
    let mut stream = stream.expect("the range is there");
    let mut total = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.expect("the stream goes on");
        assert!(!chunk.is_empty(), "an empty piece");
        assert!(chunk.len() <= 1 << 20, "{} bytes at once", chunk.len());
        total += chunk.len();
    }
    assert_eq!(total, BIG);
}

/// Readers of one file do not move each other.
pub async fn ranges_are_read_side_by_side(shelf: Shelf) {
    let bytes = pattern(BIG, 4);
    shelf.put(1, &bytes).await;
    let middle = BIG / 2;
    let one = shelf.try_range(1, 0..middle as u64).await;
    let two = shelf.try_range(1, middle as u64..BIG as u64).await;
    let mut one = one.expect("the range is there");
    let mut two = two.expect("the range is there");
    let (mut first, mut second) = (Vec::new(), Vec::new());
    loop {
        let (a, b) = (one.next().await, two.next().await);
        if a.is_none() && b.is_none() {
            break;
        }
        first.extend(
            a.map(|c| c.expect("the stream goes on"))
                .unwrap_or_default(),
        );
        second.extend(
            b.map(|c| c.expect("the stream goes on"))
                .unwrap_or_default(),
        );
    }
    assert!(first == bytes[..middle], "the first half");
    assert!(second == bytes[middle..], "the second half");
}

/// Ids made in the same millisecond do not share bytes.
pub async fn each_id_has_its_own_bytes(shelf: Shelf) {
    for n in 1..=20 {
        shelf.put(n, n.to_string().as_bytes()).await;
    }
    for n in 1..=20 {
        assert_eq!(shelf.all(n).await, n.to_string().as_bytes());
    }
}

/// Adopting an id again is refused, leaving both files, or leaves the same bytes.
pub async fn adopting_an_id_again_keeps_its_bytes(shelf: Shelf) {
    shelf.put(1, b"first").await;
    let path = shelf.spool("again", b"second, longer");
    if shelf.blobs.adopt(id(1), &path).await.is_err() {
        assert!(path.exists(), "refused, and yet the spooled file is gone");
    }
    assert_eq!(shelf.all(1).await, b"first");
}

/// Of files adopted at once under one id one wins, whole; the others are refused and stay.
pub async fn adopting_at_once_keeps_one_file_whole(shelf: Shelf) {
    let paths: Vec<PathBuf> = (0..8)
        .map(|n| shelf.spool(&n.to_string(), &pattern(100_000, n)))
        .collect();
    let adopting = paths.iter().map(|path| shelf.blobs.adopt(id(1), path));
    let adopted = futures::future::join_all(adopting).await;
    let read = shelf.all(1).await;
    let winner = (0..8).find(|n| pattern(100_000, *n) == read);
    let winner = winner.expect("the bytes are those of one of the files");
    assert!(adopted[winner].is_ok(), "the winner was refused");
    for (path, result) in paths.iter().zip(&adopted) {
        assert_ne!(path.exists(), result.is_ok(), "{path:?}: {result:?}");
    }
}

/// A spooled file that is not there is an error, and no bytes appear.
pub async fn a_file_that_cannot_be_adopted_leaves_nothing(shelf: Shelf) {
    let path = shelf.spool.join("never-written");
    let adopted = shelf.blobs.adopt(id(1), &path).await;
    assert!(adopted.is_err(), "there was nothing to adopt");
    assert!(shelf.is_missing(1).await, "bytes from nowhere");
}

/// Bytes that were never there are missing.
pub async fn missing_bytes_are_missing(shelf: Shelf) {
    shelf.put(1, b"another").await;
    assert!(shelf.is_missing(2).await);
}

/// Deleted bytes are missing.
pub async fn deleted_bytes_are_missing(shelf: Shelf) {
    shelf.put(1, b"bytes").await;
    let deleted = shelf.blobs.delete(id(1)).await;
    deleted.expect("the bytes are deleted");
    assert!(shelf.is_missing(1).await);
}

/// Deleting what is not there, or not there any more, is no error.
pub async fn deleting_nothing_is_no_error(shelf: Shelf) {
    let never = shelf.blobs.delete(id(1)).await;
    assert!(never.is_ok(), "never there: {never:?}");
    shelf.put(1, b"bytes").await;
    for time in ["once", "twice"] {
        let deleted = shelf.blobs.delete(id(1)).await;
        assert!(deleted.is_ok(), "{time}: {deleted:?}");
    }
}

/// Deleting one leaves the others.
pub async fn deleting_takes_only_its_own_bytes(shelf: Shelf) {
    shelf.put(1, b"one").await;
    shelf.put(2, b"two").await;
    let deleted = shelf.blobs.delete(id(1)).await;
    deleted.expect("the bytes are deleted");
    assert_eq!(shelf.all(2).await, b"two");
}

/// After deleting, the id is free.
pub async fn a_deleted_id_can_be_adopted_again(shelf: Shelf) {
    shelf.put(1, b"old").await;
    let deleted = shelf.blobs.delete(id(1)).await;
    deleted.expect("the bytes are deleted");
    shelf.put(1, b"new").await;
    assert_eq!(shelf.all(1).await, b"new");
}
