//! Between nouns and columns: times, documents, lists, and errors.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use contentzavod_core::ports::StoreError;
use rusqlite::ErrorCode;
use serde::Serialize;

/// A file beside the database (its shared index) cannot grow.
const FULL_SHARED: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// A [`StoreError`] that `?` makes of the driver's errors.
#[derive(Debug)]
pub(super) struct Fault(pub(super) StoreError);

impl Fault {
    /// A row that does not read as what it should be.
    pub(super) fn corrupt(table: &str, id: impl Display, what: impl Display) -> Self {
        Self(StoreError::Corrupt(format!("{table} {id}: {what}")))
    }

    pub(super) fn unavailable(what: impl Display) -> Self {
        Self(StoreError::Unavailable(what.to_string()))
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self(error)
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        let words = error.to_string();
        Self(match error {
            E::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => StoreError::Full,
                _ if failure.extended_code == FULL_SHARED => StoreError::Full,
                ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ConstraintViolation => StoreError::Corrupt(words),
                _ => StoreError::Unavailable(words),
            },
            E::FromSqlConversionFailure(..)
            | E::InvalidColumnType(..)
            | E::IntegralValueOutOfRange(..)
            | E::Utf8Error(..)
            | E::QueryReturnedNoRows => StoreError::Corrupt(words),
            _ => StoreError::Unavailable(words),
        })
    }
}

/// Milliseconds since 1970.
pub(super) const fn ms(time: DateTime<Utc>) -> i64 {
    time.timestamp_millis()
}

/// Milliseconds since 1970, rounded up: for "not before".
pub(super) fn ms_up(time: DateTime<Utc>) -> i64 {
    let floor = time.timestamp_millis();
    let whole = time.timestamp_subsec_nanos().is_multiple_of(1_000_000);
    if whole { floor } else { floor + 1 }
}

/// The same time without what the database does not keep.
pub(super) fn whole_ms(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms(time)).unwrap_or(time)
}

/// A document for a column.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault(StoreError::Corrupt(e.to_string())))
}

/// Ids as a JSON array, for `json_each`.
pub(super) fn id_list<T: Display>(ids: impl IntoIterator<Item = T>) -> String {
    let mut text = String::from("[");
    for id in ids {
        if text.len() > 1 {
            text.push(',');
        }
        text.push('"');
        text.push_str(&id.to_string());
        text.push('"');
    }
    text.push(']');
    text
}

/// A limit for SQL.
pub(super) fn limit(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A count for a column.
pub(super) fn count(n: u64) -> Result<i64, Fault> {
    i64::try_from(n).map_err(|_| Fault(StoreError::Corrupt(format!("{n} is no count"))))
}
