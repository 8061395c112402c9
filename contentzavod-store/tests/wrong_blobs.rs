//! The blobs' suite catches stores of bytes that break one rule each.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use contentzavod_core::model::MediaId;
use contentzavod_core::ports::{BlobError, Blobs, ByteStream};
use contentzavod_core::testing::suite::blobs::{Shelf, cases};
use contentzavod_core::testing::suite::{broken, named, verdict};
use contentzavod_store::blobs::LocalBlobs;
use futures::TryStreamExt;
use uuid::Uuid;

/// What a store of bytes does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Nothing,
    AdoptsWithoutContent,
    KeepsTheSpooledFile,
    EatsARefusedFile,
    OverwritesOnAdopt,
    AdoptsNothingGladly,
    NamesByTimeOnly,
    LengthOffByOne,
    RangeOffByOne,
    RangeIncludesItsEnd,
    RangesAreClamped,
    RangeReadsAll,
    DeleteNotIdempotent,
    DeleteDoesNothing,
    DeleteTakesNeighbours,
    DeleteLeavesATomb,
    MissingIsEmpty,
    MissingIsTrouble,
}

/// Right but for one thing: a wrapper of the local folder.
#[derive(Debug)]
struct Crooked {
    inner: LocalBlobs,
    wrong: Wrong,
    deleted: std::sync::Mutex<Vec<MediaId>>,
}

impl Crooked {
    /// The id as this store understands it.
    fn id(&self, id: MediaId) -> MediaId {
        match self.wrong {
            Wrong::NamesByTimeOnly => MediaId(Uuid::from_u128(id.0.as_u128() >> 64)),
            _ => id,
        }
    }

    fn missing<T>(&self, result: Result<T, BlobError>) -> Result<T, BlobError> {
        match result {
            Err(BlobError::Missing) if self.wrong == Wrong::MissingIsTrouble => {
                Err(BlobError::Unavailable(std::io::ErrorKind::NotFound.into()))
            }
            other => other,
        }
    }

    async fn whole(&self, id: MediaId) -> Result<Bytes, BlobError> {
        let length = self.inner.length(id).await?;
        let stream = self.inner.range(id, 0..length).await?;
        let chunks: Vec<Bytes> = stream.try_collect().await.map_err(BlobError::Unavailable)?;
        Ok(chunks.concat().into())
    }
}

fn one(bytes: Bytes) -> ByteStream {
    Box::pin(futures::stream::iter([Ok(bytes)]))
}

#[async_trait]
impl Blobs for Crooked {
    async fn adopt(&self, id: MediaId, spooled: &Path) -> Result<(), BlobError> {
        let id = self.id(id);
        let exists = spooled.exists();
        match self.wrong {
            Wrong::AdoptsWithoutContent if exists => std::fs::write(spooled, b"").unwrap(),
            Wrong::OverwritesOnAdopt if exists => self.inner.delete(id).await?,
            Wrong::AdoptsNothingGladly if !exists => {
                std::fs::write(spooled, b"").unwrap();
            }
            Wrong::DeleteLeavesATomb if self.deleted.lock().unwrap().contains(&id) => {
                return Err(BlobError::Unavailable(
                    std::io::ErrorKind::AlreadyExists.into(),
                ));
            }
            _ => {}
        }
        let kept = std::fs::read(spooled).ok();
        let adopted = self.inner.adopt(id, spooled).await;
        match (self.wrong, &adopted) {
            (Wrong::KeepsTheSpooledFile, Ok(())) => {
                std::fs::write(spooled, kept.unwrap()).unwrap();
            }
            (Wrong::EatsARefusedFile, Err(_)) if exists => std::fs::remove_file(spooled).unwrap(),
            _ => {}
        }
        adopted
    }

    async fn length(&self, id: MediaId) -> Result<u64, BlobError> {
        let length = self.missing(self.inner.length(self.id(id)).await);
        match (self.wrong, length) {
            (Wrong::LengthOffByOne, Ok(length)) => Ok(length + 1),
            (Wrong::MissingIsEmpty, Err(BlobError::Missing)) => Ok(0),
            (_, length) => length,
        }
    }

    async fn range(&self, id: MediaId, range: Range<u64>) -> Result<ByteStream, BlobError> {
        let id = self.id(id);
        let length = match self.inner.length(id).await {
            Err(BlobError::Missing) if self.wrong == Wrong::MissingIsEmpty => {
                return Ok(one(Bytes::new()));
            }
            length => self.missing(length)?,
        };
        let range = match self.wrong {
            Wrong::RangeOffByOne if range.end < length => range.start + 1..range.end + 1,
            Wrong::RangeIncludesItsEnd if range.end < length => range.start..range.end + 1,
            Wrong::RangesAreClamped => {
                let end = range.end.min(length);
                range.start.min(end)..end
            }
            _ => range,
        };
        if self.wrong == Wrong::RangeReadsAll && range.start <= range.end && range.end <= length {
            let whole = self.whole(id).await?;
            let index = |n| usize::try_from(n).unwrap();
            return Ok(one(whole.slice(index(range.start)..index(range.end))));
        }
        self.inner.range(id, range).await
    }

    async fn delete(&self, id: MediaId) -> Result<(), BlobError> {
        let id = self.id(id);
        match self.wrong {
            Wrong::DeleteDoesNothing => return Ok(()),
            Wrong::DeleteNotIdempotent => drop(self.inner.length(id).await?),
            Wrong::DeleteTakesNeighbours => {
                let next = MediaId(Uuid::from_u128(id.0.as_u128() + 1));
                self.inner.delete(next).await?;
            }
            Wrong::DeleteLeavesATomb => self.deleted.lock().unwrap().push(id),
            _ => {}
        }
        self.inner.delete(id).await
    }
}

fn shelf(wrong: Wrong) -> Shelf {
    let dir = tempfile::tempdir().unwrap();
    let inner = LocalBlobs::open(dir.path().join("media")).unwrap();
    let deleted = std::sync::Mutex::default();
    Shelf {
        blobs: Arc::new(Crooked {
            inner,
            wrong,
            deleted,
        }),
        spool: dir.path().to_owned(),
        keep: Box::new(dir),
    }
}

#[tokio::test]
async fn each_wrong_store_of_bytes_is_caught_by_the_rule_it_breaks() {
    let expected = [
        (Wrong::AdoptsWithoutContent, "adopted_bytes_come_back"),
        (
            Wrong::KeepsTheSpooledFile,
            "the_spooled_file_is_gone_after_adopting",
        ),
        (
            Wrong::EatsARefusedFile,
            "adopting_an_id_again_keeps_its_bytes",
        ),
        (
            Wrong::EatsARefusedFile,
            "adopting_at_once_keeps_one_file_whole",
        ),
        (
            Wrong::OverwritesOnAdopt,
            "adopting_an_id_again_keeps_its_bytes",
        ),
        (
            Wrong::AdoptsNothingGladly,
            "a_file_that_cannot_be_adopted_leaves_nothing",
        ),
        (Wrong::NamesByTimeOnly, "each_id_has_its_own_bytes"),
        (Wrong::LengthOffByOne, "length_is_that_of_the_bytes"),
        (Wrong::LengthOffByOne, "an_empty_file_is_a_file"),
        (Wrong::RangeOffByOne, "a_range_gives_exactly_its_bytes"),
        (Wrong::RangeOffByOne, "ranges_are_read_side_by_side"),
        (
            Wrong::RangeIncludesItsEnd,
            "a_range_gives_exactly_its_bytes",
        ),
        (Wrong::RangesAreClamped, "a_range_outside_is_refused"),
        (Wrong::RangeReadsAll, "a_stream_comes_in_bounded_pieces"),
        (Wrong::DeleteNotIdempotent, "deleting_nothing_is_no_error"),
        (Wrong::DeleteDoesNothing, "deleted_bytes_are_missing"),
        (
            Wrong::DeleteTakesNeighbours,
            "deleting_takes_only_its_own_bytes",
        ),
        (
            Wrong::DeleteLeavesATomb,
            "a_deleted_id_can_be_adopted_again",
        ),
        (Wrong::MissingIsEmpty, "missing_bytes_are_missing"),
        (Wrong::MissingIsTrouble, "missing_bytes_are_missing"),
    ];
    for (wrong, rule) in expected {
        let case = named(&cases(), &format!("blobs::{rule}"));
        let caught = verdict(&case, shelf(wrong)).await;
        assert!(caught.is_err(), "{wrong:?} passes {rule}");
    }
}

/// The crooked store is right but for the one thing: its faults are what the suite sees.
#[tokio::test]
async fn the_same_store_of_bytes_without_a_fault_passes() {
    let found = broken(&cases(), async || shelf(Wrong::Nothing)).await;
    assert_eq!(found, []);
}
