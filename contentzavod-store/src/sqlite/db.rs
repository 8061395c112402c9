//! Statements, prepared once a connection, and the cells of their rows.

use std::cell::Cell;
use std::fmt::Display;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, Row};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::map::Fault;

/// Runs a statement; how many rows it wrote.
pub(super) fn execute(conn: &Connection, sql: &str, params: impl Params) -> Result<usize, Fault> {
    Ok(conn.prepare_cached(sql)?.execute(params)?)
}

/// Every row of a query.
pub(super) fn all<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&Cells<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(&Cells::of(row))?);
    }
    Ok(found)
}

/// The first row of a query.
pub(super) fn first<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Cells<'_>) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    match rows.next()? {
        Some(row) => read(&Cells::of(row)).map(Some),
        None => Ok(None),
    }
}

/// The cells of a row, read in the order of its columns. Whatever does not read is named with its
/// table and the id of its row.
///
/// The names given are those of the columns: tests run with an assertion that they are.
#[derive(Debug)]
pub(super) struct Cells<'r> {
    row: &'r Row<'r>,
    next: Cell<usize>,
    table: Cell<&'static str>,
    id: Cell<usize>,
}

impl<'r> Cells<'r> {
    const fn of(row: &'r Row<'r>) -> Self {
        Self {
            row,
            next: Cell::new(0),
            table: Cell::new("?"),
            id: Cell::new(0),
        }
    }

    /// From here on the cells are those of a table; the next one is the id.
    pub(super) fn table(&self, name: &'static str) {
        self.table.set(name);
        self.id.set(self.next.get());
    }

    fn advance(&self, name: &str) -> usize {
        let at = self.next.replace(self.next.get() + 1);
        debug_assert_eq!(self.row.as_ref().column_name(at).unwrap_or("none"), name);
        at
    }

    /// Says that a cell is not what it should be.
    pub(super) fn bad(&self, column: &str, why: impl Display) -> Fault {
        let id = self.row.get_ref(self.id.get());
        let id = id.ok().and_then(|id| id.as_str().ok()).unwrap_or("?");
        Fault::corrupt(self.table.get(), id, format!("{column}: {why}"))
    }

    /// A cell as the driver reads it.
    pub(super) fn get<T: FromSql>(&self, column: &str) -> Result<T, Fault> {
        let at = self.advance(column);
        self.row.get(at).map_err(|e| self.bad(column, e))
    }

    fn opt_str(&self, column: &str) -> Result<Option<&'r str>, Fault> {
        let at = self.advance(column);
        let cell = self.row.get_ref(at).map_err(|e| self.bad(column, e))?;
        cell.as_str_or_null().map_err(|e| self.bad(column, e))
    }

    pub(super) fn str(&self, column: &str) -> Result<&'r str, Fault> {
        self.opt_str(column)?
            .ok_or_else(|| self.bad(column, "is empty"))
    }

    pub(super) fn text(&self, column: &str) -> Result<String, Fault> {
        self.str(column).map(str::to_owned)
    }

    pub(super) fn opt_text(&self, column: &str) -> Result<Option<String>, Fault> {
        Ok(self.opt_str(column)?.map(str::to_owned))
    }

    /// A number within the range of its type.
    pub(super) fn number<T: TryFrom<i64>>(&self, column: &str) -> Result<T, Fault> {
        self.opt_number(column)?
            .ok_or_else(|| self.bad(column, "is empty"))
    }

    pub(super) fn opt_number<T: TryFrom<i64>>(&self, column: &str) -> Result<Option<T>, Fault> {
        let n: Option<i64> = self.get(column)?;
        n.map(|n| T::try_from(n).map_err(|_| self.bad(column, format!("{n} is out of range"))))
            .transpose()
    }

    pub(super) fn time(&self, column: &str) -> Result<DateTime<Utc>, Fault> {
        self.opt_time(column)?
            .ok_or_else(|| self.bad(column, "is empty"))
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
        self.opt_id(column)?
            .ok_or_else(|| self.bad(column, "is empty"))
    }

    pub(super) fn opt_id<T: From<Uuid>>(&self, column: &str) -> Result<Option<T>, Fault> {
        self.opt_str(column)?
            .map(|text| {
                Uuid::from_str(text)
                    .map(T::from)
                    .map_err(|_| self.bad(column, "is no id"))
            })
            .transpose()
    }

    /// A word of a closed list.
    pub(super) fn word<T>(&self, column: &str, parse: fn(&str) -> Option<T>) -> Result<T, Fault> {
        let word = self.str(column)?;
        parse(word).ok_or_else(|| self.bad(column, format!("{word:?} is unknown")))
    }

    pub(super) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, Fault> {
        self.opt_json(column)?
            .ok_or_else(|| self.bad(column, "is empty"))
    }

    pub(super) fn opt_json<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>, Fault> {
        self.opt_str(column)?
            .map(|text| serde_json::from_str(text).map_err(|e| self.bad(column, e)))
            .transpose()
    }
}
