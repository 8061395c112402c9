//! The loop that encodes what was asked for, one after another.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use aws_lc_rs::digest::{Context, SHA256};
use chrono::TimeDelta;
use contentzavod_core::model::{Fix, Media};
use contentzavod_core::ports::Blobs;
use contentzavod_core::service::{Contentzavod, FixPlan, ServiceError, Upload};
use contentzavod_core::words::rules;
use contentzavod_preflight::Finding;
use futures::StreamExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio_util::sync::CancellationToken;

use super::Encoding;
use super::ffmpeg::{EncodeError, Encoder, Listener};
use crate::media::{Scratch, Spool};

/// Held for so long; renewed with every word of progress.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// What another process asked for is seen so late at most.
const LOOK: Duration = Duration::from_secs(15);
/// Begun so often and never ended: whatever ends it would end it again.
const TRIES: i64 = 3;

/// What the encoder works on.
#[derive(Debug)]
pub struct Worker {
    /// The use cases.
    pub zavod: Contentzavod,
    /// Where files lie meanwhile.
    pub spool: Spool,
    /// Where they come from.
    pub blobs: Arc<dyn Blobs>,
    /// The program.
    pub encoder: Encoder,
    /// Who asks.
    pub encoding: Encoding,
}

/// Holds on to what is being encoded.
struct Told<'a> {
    worker: &'a Worker,
    fix: &'a Fix,
}

#[async_trait]
impl Listener for Told<'_> {
    async fn goes_on(&self, percent: u8) -> bool {
        let room = self.worker.spool.room_for(0).is_ok();
        let renewed = self.worker.zavod.renew_fix(self.fix, percent, LEASE);
        // A database that does not answer may answer the next time; the lease is long.
        room && renewed.await.unwrap_or(true)
    }
}

/// Why a file was not encoded.
enum Trouble {
    /// The person is told.
    Told(Finding),
    /// It was called off, or another process has it.
    Lost,
    Service(ServiceError),
}

impl From<ServiceError> for Trouble {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Service(error.into())
    }
}

impl Worker {
    /// Encodes until the end; what is under way then is begun anew by the next process.
    pub async fn run(self, shutdown: CancellationToken) {
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = self.everything() => {}
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = self.encoding.asked() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Encodes what there is.
    pub async fn everything(&self) {
        loop {
            match self.zavod.claim_fix(LEASE).await {
                Ok(Some((fix, plan))) => self.one(&fix, &plan).await,
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, "what is to be encoded could not be read");
                    return;
                }
            }
        }
    }

    async fn one(&self, fix: &Fix, plan: &FixPlan) {
        tracing::info!(media = %fix.media, epoch = fix.epoch, "a video is encoded anew");
        let outcome = match self.encoded(fix, plan).await {
            Ok(()) | Err(Trouble::Lost) => Ok(()),
            Err(Trouble::Told(finding)) => self.zavod.fail_fix(fix, finding).await,
            Err(Trouble::Service(error)) => Err(error),
        };
        if let Err(error) = outcome {
            // Its lease ends, and it is begun anew.
            tracing::error!(media = %fix.media, %error, "a video was not encoded");
        }
    }

    async fn encoded(&self, fix: &Fix, plan: &FixPlan) -> Result<(), Trouble> {
        if fix.epoch > TRIES {
            return Err(Trouble::Told(rules::error("fix.gave_up")));
        }
        // The file as it is, and the new one.
        let needed = plan.media.bytes.saturating_mul(2);
        if self.spool.room_for(needed).is_err() {
            return Err(Trouble::Told(rules::error("fix.no_room")));
        }
        let (from, to) = (self.spool.scratch(), self.spool.scratch());
        self.fetch(&plan.media, from.path()).await?;
        let (duration, transcode) = (plan.media.duration_ms, &plan.transcode);
        let told = Told { worker: self, fix };
        let encoding = self
            .encoder
            .encode(from.path(), to.path(), transcode, duration, &told);
        match encoding.await {
            Ok(()) => {}
            Err(EncodeError::CalledOff) if self.spool.room_for(0).is_err() => {
                return Err(Trouble::Told(rules::error("fix.no_room")));
            }
            Err(EncodeError::CalledOff) => return Err(Trouble::Lost),
            Err(error @ EncodeError::TooLong(_)) => {
                tracing::warn!(media = %fix.media, %error, "a video was not encoded");
                return Err(Trouble::Told(rules::error("fix.too_long")));
            }
            Err(error) => {
                tracing::warn!(media = %fix.media, %error, "a video was not encoded");
                return Err(Trouble::Told(rules::error("fix.failed")));
            }
        }
        // Hashing and checking take a while too.
        if !self.zavod.renew_fix(fix, 99, LEASE).await? {
            return Err(Trouble::Lost);
        }
        let upload = self.upload(&to, &plan.media).await?;
        Ok(self.zavod.end_fix(fix, &plan.media, upload).await?)
    }

    async fn fetch(&self, media: &Media, to: &Path) -> Result<(), Trouble> {
        let range = 0..media.bytes;
        let bytes = self.blobs.range(media.id, range).await;
        let mut bytes = bytes.map_err(ServiceError::from)?;
        let mut file = tokio::fs::File::create(to).await?;
        while let Some(chunk) = bytes.next().await {
            file.write_all(&chunk?).await?;
        }
        file.flush().await?;
        Ok(())
    }

    /// The new file, hashed and on disk.
    async fn upload(&self, file: &Scratch, source: &Media) -> Result<Upload, Trouble> {
        let path = file.path().to_owned();
        let hashing = tokio::task::spawn_blocking(move || hashed(&path));
        let (bytes, sha256) = hashing.await.map_err(std::io::Error::other)??;
        Ok(Upload {
            path: file.path().to_owned(),
            bytes,
            sha256,
            filename: source.filename.clone(),
            keep_refused: false,
        })
    }
}

/// Length and hash of a file that is on disk afterwards.
fn hashed(path: &Path) -> std::io::Result<(u64, String)> {
    use std::io::Read as _;
    let mut file = std::fs::File::open(path)?;
    file.sync_all()?;
    let mut hash = Context::new(&SHA256);
    let (mut bytes, mut buffer) = (0, vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hex::encode(hash.finish())));
        }
        hash.update(buffer.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
}
