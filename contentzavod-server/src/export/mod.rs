//! An export as one ZIP archive, written as it is read: whoever downloads it holds up the reading,
//! and no more than a few pieces are ever in memory.

mod readme;
mod zip;

use chrono::{DateTime, Utc};
use contentzavod_core::ports::ByteStream;
use contentzavod_core::service::export::{Body, Export, Part};
use futures::channel::mpsc;
use futures::stream::{self, BoxStream};
use futures::{SinkExt as _, StreamExt as _};

use bytes::Bytes;
use zip::{Names, Zip};

/// What the archive is served as.
pub const CONTENT_TYPE: &str = "application/zip";
/// Pieces that are written ahead of whoever reads.
const AHEAD: usize = 2;

/// The bytes of an archive; an error ends it, and what came before is no whole archive.
pub type Archive = BoxStream<'static, std::io::Result<Bytes>>;

/// Writes an export as a ZIP archive. Files of it are stored as they are: videos are packed already.
/// A part that goes while it is read is kept as far as it came, with one beside it that says so.
#[must_use]
pub fn archive(export: Export, made_at: DateTime<Utc>) -> Archive {
    let (sender, receiver) = mpsc::channel(AHEAD);
    let out = Out {
        sender,
        zip: Zip::new(made_at),
        names: Names::default(),
    };
    let written = stream::once(out.write(export)).filter_map(async |done| done.err().map(Err));
    // The writing is polled with the reading: where nobody reads, nothing is written.
    stream::select(receiver.map(Ok), written).boxed()
}

/// Where the archive goes.
struct Out {
    sender: mpsc::Sender<Bytes>,
    zip: Zip,
    names: Names,
}

impl Out {
    async fn write(mut self, mut export: Export) -> std::io::Result<()> {
        self.whole("README.txt", readme::TEXT.as_bytes().to_vec())
            .await?;
        while let Some(part) = export.next().await {
            let Part { path, body } = part.map_err(std::io::Error::other)?;
            match body {
                Body::Json(json) => self.whole(&path, json).await?,
                Body::File { length, bytes } => self.file(&path, length, bytes).await?,
            }
        }
        let (mut sender, zip) = (self.sender, self.zip);
        for piece in zip.end() {
            send(&mut sender, piece).await?;
        }
        Ok(())
    }

    async fn whole(&mut self, path: &str, body: Vec<u8>) -> std::io::Result<()> {
        let name = self.names.one(path);
        let head = self.zip.whole(&name, &body);
        self.send(head).await?;
        self.send(body).await
    }

    /// A file whose checksum is known when its last byte was sent.
    async fn file(&mut self, path: &str, length: u64, bytes: ByteStream) -> std::io::Result<()> {
        let name = self.names.one(path);
        let head = self.zip.begin(&name, length);
        self.send(head).await?;
        let ended = self.pieces(length, bytes).await?;
        let tail = self.zip.finish();
        self.send(tail).await?;
        match ended {
            Ok(()) => Ok(()),
            Err(why) => {
                let words = readme::incomplete(&name, &why);
                self.whole(&format!("{name}.incomplete.txt"), words.into_bytes())
                    .await
            }
        }
    }

    /// The bytes of a file, never more than it is said to have; inside, why there are fewer.
    async fn pieces(
        &mut self,
        length: u64,
        mut bytes: ByteStream,
    ) -> std::io::Result<Result<(), String>> {
        let mut left = length;
        while left > 0 {
            let piece = match bytes.next().await {
                Some(Ok(piece)) => piece,
                Some(Err(error)) => return Ok(Err(error.to_string())),
                None => return Ok(Err(format!("{left} bytes are missing"))),
            };
            let most = usize::try_from(left).unwrap_or(usize::MAX);
            let piece = piece.slice(..piece.len().min(most));
            left -= piece.len() as u64;
            self.zip.count(&piece);
            self.send(piece).await?;
        }
        Ok(Ok(()))
    }

    async fn send(&mut self, piece: impl Into<Bytes>) -> std::io::Result<()> {
        send(&mut self.sender, piece).await
    }
}

async fn send(sender: &mut mpsc::Sender<Bytes>, piece: impl Into<Bytes>) -> std::io::Result<()> {
    let sent = sender.send(piece.into()).await;
    sent.map_err(|_| std::io::Error::other("nobody reads the archive"))
}

#[cfg(test)]
mod tests;
