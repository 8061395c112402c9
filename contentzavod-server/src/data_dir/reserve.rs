//! Space kept back for posts that are under way.
//!
//! A disk fills in steps, and what may still be written narrows with it:
//!
//! | free | refused with 507 |
//! |---|---|
//! | less than 64 MiB beside the upload | uploads ([`SpoolLimits::reserve`](crate::media::SpoolLimits)) |
//! | less than 32 MiB | whatever else makes the database grow: new posts, accounts, keys ([`SpoolLimits::floor`](crate::media::SpoolLimits)) |
//! | nothing | the ballast is given up, so that armed posts go out and their receipts are written |
//!
//! The ballast is a file whose blocks are really taken. The database has it removed at its first
//! write that finds no room; the engine's write is tried again a moment later. It is laid down anew
//! once there is room for it and for people.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::DataDir;
use crate::media::SpoolLimits;
use crate::telemetry::{DISK_FREE, DISK_RESERVE};

/// The database's log grows to 16 MiB before it is brought into the file, which grows too.
const BALLAST: u64 = 32 << 20;
/// So little is nothing: the next writes would fail in their middle.
const NOTHING: u64 = 4 << 20;
const LOOK: Duration = Duration::from_secs(2);

/// The ballast of a data directory. Whether it is there, its file says.
#[derive(Debug, Clone)]
pub struct Reserve {
    folder: PathBuf,
    file: PathBuf,
}

impl Reserve {
    pub(super) fn of(dir: &DataDir) -> Self {
        Self {
            folder: dir.path().to_owned(),
            file: dir.path().join("ballast"),
        }
    }

    /// Gives the ballast up where the disk is full, and lays it down where there is room. Blocks.
    pub fn tend(&self) {
        match self.tended() {
            Ok((free, held)) => {
                metrics::gauge!(DISK_FREE).set(as_f64(free));
                metrics::gauge!(DISK_RESERVE).set(as_f64(held));
            }
            Err(error) => {
                tracing::warn!(%error, "the reserve of disk space is not as it should be");
            }
        }
    }

    fn tended(&self) -> io::Result<(u64, u64)> {
        let free = fs4::available_space(&self.folder)?;
        let held = std::fs::metadata(&self.file).map_or(0, |file| file.len());
        if held > 0 && free < NOTHING {
            self.release();
            return Ok((fs4::available_space(&self.folder)?, 0));
        }
        // With room for people beside it: else it would be given up again at once.
        if held < BALLAST && free + held >= BALLAST + SpoolLimits::default().floor {
            lay(&self.file)?;
            tracing::info!(
                bytes = BALLAST,
                "disk space is kept back for posts under way"
            );
            return Ok((fs4::available_space(&self.folder)?, BALLAST));
        }
        Ok((free, held))
    }

    /// Gives the ballast up. Blocks.
    pub fn release(&self) {
        match std::fs::remove_file(&self.file) {
            Ok(()) => tracing::error!(
                bytes = BALLAST,
                "the disk is full: the space kept back is given to posts under way; nothing new is \
                 taken until space is freed"
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                tracing::error!("the disk is full, and no space is kept back any more");
            }
            Err(error) => tracing::error!(%error, "the disk is full, and the ballast stays"),
        }
    }

    /// Looks after the ballast until the shutdown.
    pub async fn keep(self, shutdown: CancellationToken) {
        loop {
            let reserve = self.clone();
            // A panic in it would be a defect, but none that ends the server.
            drop(tokio::task::spawn_blocking(move || reserve.tend()).await);
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge need not be exact beyond 2^53 bytes"
)]
const fn as_f64(bytes: u64) -> f64 {
    bytes as f64
}

/// Takes the blocks; nothing stays of a try that fails.
fn lay(path: &Path) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    let laid = fs4::FileExt::allocate(&file, BALLAST)
        .or_else(|_| write_out(&file))
        .and_then(|()| file.sync_all());
    laid.inspect_err(|_| drop(std::fs::remove_file(path)))
}

/// Where the filesystem cannot take blocks without bytes.
fn write_out(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    let block = [0x5a; 64 << 10];
    for _ in 0..BALLAST / block.len() as u64 {
        file.write_all(&block)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ballast_is_laid_given_up_and_laid_again() {
        let folder = tempfile::tempdir().unwrap();
        let reserve = DataDir::open(folder.path()).unwrap().reserve();
        let file = folder.path().join("ballast");
        reserve.tend();
        let taken = fs4::FileExt::allocated_size(&File::open(&file).unwrap()).unwrap();
        assert!(taken >= BALLAST, "{taken} bytes are really taken");
        reserve.release();
        assert!(!file.exists());
        // Half of one, as a crash may leave it, is none.
        std::fs::write(&file, [0; 10]).unwrap();
        reserve.tend();
        assert_eq!(std::fs::metadata(&file).unwrap().len(), BALLAST);
    }
}
