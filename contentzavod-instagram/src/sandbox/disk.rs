//! The ledger's file: JSON lines, written and synced by one thread that takes together whatever
//! waits, so that a thousand publications at once cost a few syncs.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::ledger::Record;

/// Lines that one sync may cover.
const BATCH: usize = 1024;

type Line = (Vec<u8>, oneshot::Sender<bool>);

/// The file and its writer.
#[derive(Debug)]
pub(super) struct Disk {
    lines: Option<Sender<Line>>,
    writer: Option<JoinHandle<()>>,
}

/// Waits until a record is on disk.
#[derive(Debug)]
pub(super) struct Written(Option<oneshot::Receiver<bool>>);

impl Written {
    /// There is no file: nothing to wait for.
    pub(super) const fn nowhere() -> Self {
        Self(None)
    }

    /// Whether it is there. `false`: the disk refused it.
    pub(super) async fn done(self) -> bool {
        match self.0 {
            None => true,
            Some(answer) => answer.await.unwrap_or(false),
        }
    }
}

impl Disk {
    /// Opens a file and reads what is in it.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Vec<Record>)> {
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        // A line without its end was being written when an earlier run was killed. Nobody got an
        // answer that depends on it.
        let whole = text
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        file.set_len(whole as u64)?;
        let records = parse(&text[..whole])?;
        let (lines, waiting) = channel();
        let writer = std::thread::Builder::new()
            .name("sandbox-ledger".to_owned())
            .spawn(move || write(file, &waiting))?;
        let disk = Self {
            lines: Some(lines),
            writer: Some(writer),
        };
        Ok((disk, records))
    }

    /// Hands a record to the writer; records come to the file in the order of these calls.
    pub(super) fn write(&self, record: &Record) -> Written {
        let (answer, written) = oneshot::channel();
        if let (Ok(mut line), Some(lines)) = (serde_json::to_vec(record), &self.lines) {
            line.push(b'\n');
            // A writer that is gone drops the answer, and the wait ends with `false`.
            let _ = lines.send((line, answer));
        }
        Written(Some(written))
    }
}

impl Drop for Disk {
    /// Waits until everything is written.
    fn drop(&mut self) {
        drop(self.lines.take());
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn parse(text: &[u8]) -> io::Result<Vec<Record>> {
    let lines = text.split(|b| *b == b'\n').filter(|line| !line.is_empty());
    let record = |(place, line): (usize, &[u8])| {
        serde_json::from_slice(line).map_err(|error| {
            let why = format!("line {} of the ledger: {error}", place + 1);
            io::Error::new(io::ErrorKind::InvalidData, why)
        })
    };
    lines.enumerate().map(record).collect()
}

fn write(mut file: File, waiting: &Receiver<Line>) {
    while let Ok(first) = waiting.recv() {
        let (mut text, answer) = first;
        let mut answers = vec![answer];
        for (line, answer) in waiting.try_iter().take(BATCH - 1) {
            text.extend_from_slice(&line);
            answers.push(answer);
        }
        let done = file.write_all(&text).and_then(|()| file.sync_data());
        if let Err(error) = &done {
            tracing::error!(%error, "the ledger could not be written");
        }
        for answer in answers {
            let _ = answer.send(done.is_ok());
        }
        if done.is_err() {
            // Half a line may be there: nothing may follow it.
            return;
        }
    }
}
