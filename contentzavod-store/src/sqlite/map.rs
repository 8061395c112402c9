//! Between rows and nouns: times, words, documents, and errors.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use contentzavod_core::ports::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row as _, Sqlite, Type};
use uuid::Uuid;

/// SQLite's answer when a file cannot grow.
const FULL: i64 = 13;
/// The same from the shared memory file beside the database.
const FULL_SHARED: i64 = 4874;
const CORRUPT: i64 = 11;
const CONSTRAINT: i64 = 19;
const NOT_A_DATABASE: i64 = 26;

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

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(database) = &error {
            let code: i64 = database.code().and_then(|c| c.parse().ok()).unwrap_or(0);
            let words = database.message().to_owned();
            return Self(match (code, code & 0xff) {
                (FULL_SHARED, _) | (_, FULL) => StoreError::Full,
                (_, CORRUPT | CONSTRAINT | NOT_A_DATABASE) => StoreError::Corrupt(words),
                _ => StoreError::Unavailable(words),
            });
        }
        match error {
            sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => {
                Self(StoreError::Corrupt(error.to_string()))
            }
            _ => Self::unavailable(error),
        }
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

/// Reads one row of a table. Whatever does not read is named with table and id.
#[derive(Clone, Copy)]
pub(super) struct Cells<'r> {
    row: &'r SqliteRow,
    table: &'static str,
    id_column: &'static str,
}

impl<'r> Cells<'r> {
    pub(super) const fn new(
        row: &'r SqliteRow,
        table: &'static str,
        id_column: &'static str,
    ) -> Self {
        Self {
            row,
            table,
            id_column,
        }
    }

    fn bad(&self, column: &str, why: impl Display) -> Fault {
        let id: Cow<'_, str> = match self.row.try_get::<&str, _>(self.id_column) {
            Ok(id) => Cow::Borrowed(id),
            Err(_) => Cow::Borrowed("?"),
        };
        Fault::corrupt(self.table, id, format!("{column}: {why}"))
    }

    /// A cell as the driver reads it.
    pub(super) fn get<T>(&self, column: &str) -> Result<T, Fault>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite>,
    {
        self.row
            .try_get(column)
            .map_err(|e| self.bad(column, format!("does not read ({e})")))
    }

    pub(super) fn text(&self, column: &str) -> Result<String, Fault> {
        self.get(column)
    }

    /// A number within the range of its type.
    pub(super) fn number<T: TryFrom<i64>>(&self, column: &str) -> Result<T, Fault> {
        let n: i64 = self.get(column)?;
        T::try_from(n).map_err(|_| self.bad(column, format!("{n} is out of range")))
    }

    pub(super) fn opt_number<T: TryFrom<i64>>(&self, column: &str) -> Result<Option<T>, Fault> {
        let n: Option<i64> = self.get(column)?;
        n.map(|n| T::try_from(n).map_err(|_| self.bad(column, format!("{n} is out of range"))))
            .transpose()
    }

    pub(super) fn time(&self, column: &str) -> Result<DateTime<Utc>, Fault> {
        self.opt_time(column)?
            .ok_or_else(|| self.bad(column, "there is no time"))
    }

    pub(super) fn opt_time(&self, column: &str) -> Result<Option<DateTime<Utc>>, Fault> {
        let millis: Option<i64> = self.get(column)?;
        millis
            .map(|m| {
                DateTime::from_timestamp_millis(m)
                    .ok_or_else(|| self.bad(column, format!("{m} is no time")))
            })
            .transpose()
    }

    pub(super) fn id<T: From<Uuid>>(&self, column: &str) -> Result<T, Fault> {
        let text: &str = self.get(column)?;
        Uuid::from_str(text)
            .map(T::from)
            .map_err(|_| self.bad(column, "no id"))
    }

    pub(super) fn opt_id<T: From<Uuid>>(&self, column: &str) -> Result<Option<T>, Fault> {
        let text: Option<&str> = self.get(column)?;
        text.map(|t| {
            Uuid::from_str(t)
                .map(T::from)
                .map_err(|_| self.bad(column, "no id"))
        })
        .transpose()
    }

    /// A word of a closed list.
    pub(super) fn word<T>(&self, column: &str, parse: fn(&str) -> Option<T>) -> Result<T, Fault> {
        let word: &str = self.get(column)?;
        parse(word).ok_or_else(|| self.bad(column, format!("{word:?} is unknown")))
    }

    pub(super) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, Fault> {
        let text: &str = self.get(column)?;
        serde_json::from_str(text).map_err(|e| self.bad(column, e))
    }

    pub(super) fn opt_json<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>, Fault> {
        let text: Option<&str> = self.get(column)?;
        text.map(|t| serde_json::from_str(t).map_err(|e| self.bad(column, e)))
            .transpose()
    }

    /// Says that the row contradicts itself.
    pub(super) fn contradiction(&self, column: &str, why: impl Display) -> Fault {
        self.bad(column, why)
    }
}
