//! Blobs in a local folder: what is on disk, and the suite of the port.
#![expect(clippy::unwrap_used, reason = "a failed helper fails its test")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use contentzavod_core::model::MediaId;
use contentzavod_core::ports::{BlobError, Blobs};
use contentzavod_core::testing::suite;
use contentzavod_core::testing::suite::blobs::Shelf;
use contentzavod_store::blobs::LocalBlobs;
use tempfile::TempDir;
use uuid::Uuid;

const ID: MediaId = MediaId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_00ab));

struct Place {
    dir: TempDir,
    blobs: LocalBlobs,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let blobs = LocalBlobs::open(dir.path().join("media")).unwrap();
        Self { dir, blobs }
    }

    fn spool(&self, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join("spooled");
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn stored(&self) -> PathBuf {
        self.dir.path().join("media/ab").join(ID.to_string())
    }
}

fn shelf(spool: TempDir) -> Shelf {
    let dir = tempfile::tempdir().unwrap();
    Shelf {
        blobs: Arc::new(LocalBlobs::open(dir.path().join("media")).unwrap()),
        spool: spool.path().to_owned(),
        keep: Box::new((dir, spool)),
    }
}

#[tokio::test]
async fn it_keeps_the_contract() {
    suite::blobs::blobs(async || shelf(tempfile::tempdir().unwrap())).await;
}

/// `/dev/shm` is a filesystem of its own wherever Linux has it: adopting copies.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn it_keeps_the_contract_across_filesystems() {
    use std::os::unix::fs::MetadataExt;
    let memory = || tempfile::tempdir_in("/dev/shm").unwrap();
    let device = |path: &Path| std::fs::metadata(path).unwrap().dev();
    let here = tempfile::tempdir().unwrap();
    assert_ne!(
        device(memory().path()),
        device(here.path()),
        "one filesystem"
    );
    suite::blobs::blobs(async || shelf(memory())).await;
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let path = place.spool(b"bytes");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    place.blobs.adopt(ID, &path).await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place.stored()), 0o600);
    assert_eq!(mode(place.stored().parent().unwrap()), 0o700);
    assert_eq!(mode(&place.dir.path().join("media")), 0o700);
}

#[tokio::test]
async fn a_folder_opened_again_has_its_bytes() {
    let place = Place::new();
    let path = place.spool(b"bytes");
    place.blobs.adopt(ID, &path).await.unwrap();
    let again = LocalBlobs::open(place.dir.path().join("media")).unwrap();
    assert_eq!(again.length(ID).await.unwrap(), 5);
    assert_eq!(std::fs::read(place.stored()).unwrap(), b"bytes");
}

#[cfg(unix)]
#[tokio::test]
async fn neither_a_link_nor_a_folder_is_adopted() {
    let place = Place::new();
    let target = place.spool(b"bytes");
    let link = place.dir.path().join("link");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    for path in [link.as_path(), place.dir.path()] {
        let adopted = place.blobs.adopt(ID, path).await;
        assert!(matches!(adopted, Err(BlobError::Unavailable(_))));
        assert!(path.exists() && !place.stored().exists());
    }
}

#[tokio::test]
async fn a_file_cut_short_under_a_reader_is_an_error_not_a_short_answer() {
    use futures::TryStreamExt;
    let place = Place::new();
    let path = place.spool(&vec![7; 2 * 1024 * 1024]);
    place.blobs.adopt(ID, &path).await.unwrap();
    let stream = place.blobs.range(ID, 0..2 * 1024 * 1024).await.unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(place.stored());
    file.unwrap().set_len(1024 * 1024).unwrap();
    let read: Result<Vec<_>, _> = stream.try_collect().await;
    let error = read.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named_as_trouble() {
    let place = Place::new();
    let file = place.spool(b"a file, not a folder");
    let opened = LocalBlobs::open(file.join("media"));
    assert!(matches!(opened, Err(BlobError::Unavailable(_))));
}

#[tokio::test]
async fn unfinished_copies_are_cleared_and_kept_bytes_stay() {
    let place = Place::new();
    let path = place.spool(b"bytes");
    place.blobs.adopt(ID, &path).await.unwrap();
    assert_eq!(place.blobs.clear_partial().await.unwrap(), 0);
    let partial = place.dir.path().join("media/partial");
    std::fs::create_dir(&partial).unwrap();
    std::fs::write(partial.join("half"), b"by").unwrap();
    assert_eq!(place.blobs.clear_partial().await.unwrap(), 1);
    assert_eq!(place.blobs.length(ID).await.unwrap(), 5);
    assert_eq!(std::fs::read_dir(partial).unwrap().count(), 0);
}
