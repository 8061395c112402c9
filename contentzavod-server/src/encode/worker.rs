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
use contentzavod_preflight::{Finding, Transcode, Verdict, check};
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
const TRIES: u32 = 3;

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
    /// Encodes until the end; what is under way then is given back for the next process.
    pub async fn run(self, shutdown: CancellationToken) {
        while !shutdown.is_cancelled() {
            self.everything(&shutdown).await;
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = self.encoding.asked() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Encodes what there is.
    pub async fn everything(&self, shutdown: &CancellationToken) {
        while !shutdown.is_cancelled() {
            let (fix, plan) = match self.zavod.claim_fix(LEASE).await {
                Ok(Some(claimed)) => claimed,
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, "what is to be encoded could not be read");
                    return;
                }
            };
            tokio::select! {
                () = shutdown.cancelled() => {
                    if let Err(error) = self.zavod.give_back_fix(&fix).await {
                        tracing::warn!(%error, "a video waits for its lease to end");
                    }
                }
                () = self.one(&fix, &plan) => {}
            }
        }
    }

    async fn one(&self, fix: &Fix, plan: &FixPlan) {
        tracing::info!(media = %fix.media, tries = fix.tries, "a video is encoded anew");
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
        if fix.tries > TRIES {
            return Err(Trouble::Told(rules::error("fix.gave_up")));
        }
        // The file as it is, the new one, and one that turned out not to be enough.
        let needed = plan.media.bytes.saturating_mul(3);
        if self.spool.room_for(needed).is_err() {
            return Err(Trouble::Told(rules::error("fix.no_room")));
        }
        let from = self.spool.scratch()?;
        self.fetch(&plan.media, from.path()).await?;
        let mut to = self.spool.scratch()?;
        let duration = plan.media.duration_ms;
        self.run_once(fix, &from, &to, &plan.transcode, duration)
            .await?;
        // What lies in fragments, or in another format, shows only now.
        if let Some((more, duration)) = self.hidden(fix, &plan.media, to.path()).await? {
            to = self.spool.scratch()?;
            self.run_once(fix, &from, &to, &more, duration).await?;
        }
        // Hashing and checking take a while too.
        if !self.zavod.renew_fix(fix, 99, LEASE).await? {
            return Err(Trouble::Lost);
        }
        let upload = self.upload(&to, &plan.media).await?;
        Ok(self.zavod.end_fix(fix, &plan.media, upload).await?)
    }

    async fn run_once(
        &self,
        fix: &Fix,
        from: &Scratch,
        to: &Scratch,
        plan: &Transcode,
        duration_ms: Option<u64>,
    ) -> Result<(), Trouble> {
        let told = Told { worker: self, fix };
        let encoder = &self.encoder;
        let run = encoder.encode(from.path(), to.path(), plan, duration_ms, &told);
        let Err(error) = run.await else {
            return Ok(());
        };
        let rule = match &error {
            _ if self.spool.room_for(0).is_err() => "fix.no_room",
            EncodeError::CalledOff => return Err(Trouble::Lost),
            EncodeError::TooLong(_) => "fix.too_long",
            _ => "fix.failed",
        };
        tracing::warn!(media = %fix.media, %error, "a video was not encoded");
        Err(Trouble::Told(rules::error(rule)))
    }

    /// What the new file breaks still, as another plan for the old one; `None` if it breaks nothing,
    /// or nothing that helps.
    async fn hidden(
        &self,
        fix: &Fix,
        source: &Media,
        new: &Path,
    ) -> Result<Option<(Transcode, Option<u64>)>, Trouble> {
        let (path, policy) = (new.to_owned(), self.zavod.intake().video.clone());
        let checking = tokio::task::spawn_blocking(move || {
            let file = std::fs::File::open(path)?;
            let length = file.metadata()?.len();
            std::io::Result::Ok(check(file, length, &policy))
        });
        let report = checking.await.map_err(std::io::Error::other)??;
        if report.verdict == Verdict::Accept {
            return Ok(None);
        }
        let found = report.findings.into_iter().filter(Finding::is_error);
        let mut findings = source.findings.clone();
        findings.extend(found);
        let duration = report.facts.duration_ms;
        let plan = Transcode::plan(&findings, duration, fix.shape);
        Ok(plan.ok().map(|plan| (plan, duration)))
    }

    async fn fetch(&self, media: &Media, to: &Path) -> Result<(), Trouble> {
        let range = 0..media.bytes;
        let bytes = self.blobs.range(media.id, range).await;
        let mut bytes = bytes.map_err(ServiceError::from)?;
        // Made before, so that nobody else may read it.
        let mut file = tokio::fs::OpenOptions::new().write(true).open(to).await?;
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
