//! The ledger: what people would see, written down before the call is answered.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A publication as the platform executed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it went live.
    pub at: DateTime<Utc>,
    /// The professional account's id.
    pub ig_user: String,
    /// The account's name.
    pub username: String,
    /// The container it came from.
    pub container: String,
    /// The media's id.
    pub media: String,
    /// Where people would see it.
    pub permalink: String,
    /// The caption.
    pub caption: String,
    /// SHA-256 of the bytes that were fetched, lower-case hex.
    pub sha256: String,
    /// Which publication of its container this is, from 1.
    pub time: u32,
}

/// The entries, and the file they are kept in.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: Vec<Entry>,
    file: Option<File>,
}

impl Ledger {
    /// Opens a ledger; entries of an earlier run are taken over.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(path)?;
        let mut entries = Vec::new();
        for line in BufReader::new(File::open(path)?).lines() {
            entries.push(serde_json::from_str(&line?)?);
        }
        Ok(Self {
            entries,
            file: Some(file),
        })
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Writes an entry down; on disk when it returns.
    pub(super) fn write(&mut self, entry: Entry) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            let mut line = serde_json::to_vec(&entry)?;
            line.push(b'\n');
            file.write_all(&line)?;
            file.flush()?;
        }
        self.entries.push(entry);
        Ok(())
    }
}
