//! The ledger: what the platform did, in order. It is the truth that a client's story is compared
//! with, so it is on disk before a call is answered.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::disk::{Disk, Written};

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Record {
    /// A container was made.
    Create(Created),
    /// A video was fetched or pushed, or could not be.
    Pull(Pulled),
    /// A media went live.
    Publish(Entry),
}

/// A container was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// When.
    pub at: DateTime<Utc>,
    /// The professional account's id.
    pub ig_user: String,
    /// The account's name.
    pub username: String,
    /// The container's id.
    pub container: String,
    /// The caption.
    pub caption: String,
    /// The other parameters as they came, addresses left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
}

/// What fetching the files of a container came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulled {
    /// When it ended.
    pub at: DateTime<Utc>,
    /// The container's id.
    pub container: String,
    /// Bytes of the video that were fetched.
    pub bytes: u64,
    /// SHA-256 of the video, lower-case hex; none when it failed.
    pub sha256: Option<String>,
    /// SHA-256 of the cover, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_sha256: Option<String>,
    /// Why it failed, for a person.
    pub error: Option<String>,
    /// Instagram's subcode of the failure.
    pub subcode: Option<u32>,
}

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
    /// It is not the first: people see the video twice.
    pub duplicate: bool,
}

/// The records, found quickly, and the file they are kept in.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    records: Vec<Record>,
    /// Places of publications, oldest first, by account.
    by_account: HashMap<String, Vec<usize>>,
    /// Places of publications by media.
    by_media: HashMap<String, usize>,
    disk: Option<Disk>,
}

impl Ledger {
    /// Opens a ledger; what an earlier run wrote is taken over.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let mut ledger = Self::default();
        if let Some(path) = path {
            let (disk, records) = Disk::open(path)?;
            records.into_iter().for_each(|record| ledger.take(record));
            ledger.disk = Some(disk);
        }
        Ok(ledger)
    }

    /// Notes a record. It is in memory at once, and on disk when [`Written`] says so.
    pub(super) fn note(&mut self, record: Record) -> Written {
        let written = self
            .disk
            .as_ref()
            .map_or_else(Written::nowhere, |disk| disk.write(&record));
        self.take(record);
        written
    }

    fn take(&mut self, record: Record) {
        if let Record::Publish(entry) = &record {
            let place = self.records.len();
            let mine = self.by_account.entry(entry.ig_user.clone()).or_default();
            mine.push(place);
            self.by_media.insert(entry.media.clone(), place);
        }
        self.records.push(record);
    }

    /// Everything, oldest first.
    pub(super) fn records(&self) -> &[Record] {
        &self.records
    }

    /// What an account published, newest first.
    pub(super) fn of_account(&self, ig_user: &str) -> impl Iterator<Item = &Entry> {
        let mine = self.by_account.get(ig_user).map_or(&[][..], Vec::as_slice);
        mine.iter().rev().filter_map(|place| self.entry(*place))
    }

    pub(super) fn of_media(&self, media: &str) -> Option<&Entry> {
        self.entry(*self.by_media.get(media)?)
    }

    fn entry(&self, place: usize) -> Option<&Entry> {
        self.records.get(place)?.entry()
    }

    /// Gives up the file; what is noted later stays in memory.
    pub(super) const fn close(&mut self) -> Option<Disk> {
        self.disk.take()
    }
}

impl Record {
    /// Its `kind` in JSON.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Create(_) => "create",
            Self::Pull(_) => "pull",
            Self::Publish(_) => "publish",
        }
    }

    /// The publication, if it is one.
    #[must_use]
    pub const fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Publish(entry) => Some(entry),
            _ => None,
        }
    }
}
