//! Opening the file: pragmas, the version of SQLite, and the migrations of the schema.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::db::{all, first};
use super::map::Fault;

/// A step of the schema. The texts of those that were released never change.
#[derive(Debug, Clone, Copy)]
struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "initial",
        sql: include_str!("../../migrations/sqlite/0001_initial.sql"),
    },
    Migration {
        version: 2,
        name: "unnamed",
        sql: include_str!("../../migrations/sqlite/0002_unnamed.sql"),
    },
    Migration {
        version: 3,
        name: "zones",
        sql: include_str!("../../migrations/sqlite/0003_zones.sql"),
    },
    Migration {
        version: 4,
        name: "expiry",
        sql: include_str!("../../migrations/sqlite/0004_expiry.sql"),
    },
    Migration {
        version: 5,
        name: "faststart",
        sql: include_str!("../../migrations/sqlite/0005_faststart.sql"),
    },
    Migration {
        version: 6,
        name: "fixes",
        sql: include_str!("../../migrations/sqlite/0006_fixes.sql"),
    },
    Migration {
        version: 7,
        name: "people",
        sql: include_str!("../../migrations/sqlite/0007_people.sql"),
    },
    Migration {
        version: 8,
        name: "rights",
        sql: include_str!("../../migrations/sqlite/0008_rights.sql"),
    },
];

/// Which migrations were run, with their texts: another text under a known number is refused.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (
  version  INTEGER NOT NULL PRIMARY KEY,
  name     TEXT NOT NULL,
  sql      TEXT NOT NULL
) STRICT";

/// Below it, a WAL file that is reset at the wrong moment can corrupt the database: 3.51.3.
const OLDEST_SQLITE: i32 = 3_051_003;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// After which pause a file that somebody else turns to WAL is tried again.
const CONTENDED_PAUSE: Duration = Duration::from_millis(20);
/// More than the store has statements.
const STATEMENTS: usize = 200;

/// A post touches a dozen pages, and a group of them must not push each other out.
const WRITER_CACHE_KIB: i64 = 16 * 1024;
/// The log is brought into the file each 16 MiB.
const CHECKPOINT_PAGES: i64 = 4096;

/// How a file is opened.
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    path: PathBuf,
    max_pages: Option<u32>,
    on_full: OnFull,
}

/// What makes room when there is none.
#[derive(Clone)]
pub(super) struct OnFull(Arc<dyn Fn() + Send + Sync>);

impl std::fmt::Debug for OnFull {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OnFull")
    }
}

impl OnFull {
    /// Blocks.
    pub(super) fn make_room(&self) {
        (self.0)();
    }
}

impl SqliteOptions {
    /// The file, with defaults for the rest.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            max_pages: None,
            on_full: OnFull(Arc::new(|| ())),
        }
    }

    /// Called after a write that found no room, before its
    /// [`StoreError::Full`](contentzavod_core::ports::StoreError::Full) is answered: it may free
    /// some, so that the next try of whoever tries again succeeds. It may block.
    #[must_use]
    pub fn on_full(mut self, make_room: impl Fn() + Send + Sync + 'static) -> Self {
        self.on_full = OnFull(Arc::new(make_room));
        self
    }

    pub(super) fn full(&self) -> OnFull {
        self.on_full.clone()
    }

    /// The file never grows beyond so many pages (of 4 KiB): writes that need more fail with
    /// [`StoreError::Full`](contentzavod_core::ports::StoreError::Full), as on a full disk.
    #[must_use]
    pub const fn max_pages(mut self, pages: u32) -> Self {
        self.max_pages = Some(pages);
        self
    }

    /// A connection that writes to a file that is there.
    pub(super) fn writing(&self) -> Result<Connection, Fault> {
        let begun = Instant::now();
        loop {
            match self.try_writing() {
                // Turning a new file to WAL does not wait for others by itself.
                Err(error) if busy(&error) && begun.elapsed() < BUSY_TIMEOUT => {
                    std::thread::sleep(CONTENDED_PAUSE);
                }
                done => return Ok(done?),
            }
        }
    }

    fn try_writing(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = self.connect(flags)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        // What is deleted is overwritten: people have a right to it, and tokens are secrets.
        conn.pragma_update(None, "secure_delete", true)?;
        conn.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        if let Some(pages) = self.max_pages {
            conn.pragma_update(None, "max_page_count", pages)?;
        }
        Ok(conn)
    }

    /// A connection that only reads.
    pub(super) fn reading(&self) -> Result<Connection, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(self.connect(flags)?)
    }

    fn connect(&self, flags: OpenFlags) -> rusqlite::Result<Connection> {
        let conn = Connection::open_with_flags(&self.path, flags)?;
        conn.busy_timeout(BUSY_TIMEOUT)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS);
        // Else savepoints and sorts would need room on yet another disk.
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(conn)
    }
}

fn busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

/// Runs what is missing; the names of what was run. Several may do it at once: one of them works,
/// the others find the work done. Interrupted, it leaves nothing behind.
pub(super) fn migrate(options: &SqliteOptions) -> Result<Vec<String>, Fault> {
    require_version()?;
    make_private(&options.path)?;
    let mut conn = options.writing()?;
    let mut names = Vec::new();
    if missing(&conn)?.is_empty() {
        return Ok(names);
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(TABLE)?;
    for migration in missing(&tx)? {
        tx.execute_batch(migration.sql)?;
        let done = "INSERT INTO migrations (version, name, sql) VALUES (?1, ?2, ?3)";
        tx.execute(done, (migration.version, migration.name, migration.sql))?;
        names.push(title(&migration));
    }
    tx.commit()?;
    Ok(names)
}

/// What [`migrate`] would run. A missing file needs everything.
pub(super) fn pending(options: &SqliteOptions) -> Result<Vec<String>, Fault> {
    require_version()?;
    if !options.path.exists() {
        return Ok(MIGRATIONS.iter().map(title).collect());
    }
    let missing = missing(&options.reading()?)?;
    Ok(missing.iter().map(title).collect())
}

/// Refuses a file whose schema is not this version's.
pub(super) fn require_current(options: &SqliteOptions) -> Result<(), Fault> {
    if !options.path.exists() {
        let path = options.path.display();
        return Err(Fault::unavailable(format!("there is no database {path}")));
    }
    let missing = pending(options)?;
    if missing.is_empty() {
        return Ok(());
    }
    Err(Fault::unavailable(format!(
        "the database needs to be migrated first ({})",
        missing.join(", ")
    )))
}

/// What the integrity check finds.
pub(super) fn damage(options: &SqliteOptions) -> Result<Vec<String>, Fault> {
    let conn = options.reading()?;
    let mut check = conn.prepare("PRAGMA integrity_check")?;
    let found = check.query_map([], |row| row.get::<_, String>(0))?;
    let found: Vec<String> = found.collect::<Result<_, _>>()?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

/// Whether any row holds a sealed secret.
pub(super) fn holds_sealed(options: &SqliteOptions) -> Result<bool, Fault> {
    if !options.path.exists() {
        return Ok(false);
    }
    let conn = options.reading()?;
    let table = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'accounts'";
    let sealed = "SELECT 1 FROM accounts WHERE token IS NOT NULL LIMIT 1";
    let any = |sql| first(&conn, sql, [], |_| Ok(()));
    Ok(any(table)?.is_some() && any(sealed)?.is_some())
}

fn title(migration: &Migration) -> String {
    format!("{:04} {}", migration.version, migration.name)
}

/// The migrations that were not run yet. A file of a newer version is refused.
fn missing(conn: &Connection) -> Result<Vec<Migration>, Fault> {
    let known = first(
        conn,
        "SELECT 1 AS known FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'",
        [],
        |cells| cells.get::<i64>("known"),
    )?;
    if known.is_none() {
        return Ok(MIGRATIONS.to_vec());
    }
    let applied = all(
        conn,
        "SELECT version, sql FROM migrations ORDER BY version",
        [],
        |cells| Ok((cells.get::<i64>("version")?, cells.text("sql")?)),
    )?;
    for (version, sql) in &applied {
        match MIGRATIONS.iter().find(|m| m.version == *version) {
            None => {
                return Err(Fault::unavailable(format!(
                    "the database was written by a newer version (migration {version:04})"
                )));
            }
            Some(ours) if ours.sql != sql => {
                return Err(Fault::unavailable(format!(
                    "migration {version:04} of the database is not this version's"
                )));
            }
            Some(_) => {}
        }
    }
    let open = |m: &&Migration| !applied.iter().any(|(version, _)| *version == m.version);
    Ok(MIGRATIONS.iter().filter(open).copied().collect())
}

fn require_version() -> Result<(), Fault> {
    if rusqlite::version_number() >= OLDEST_SQLITE {
        return Ok(());
    }
    Err(Fault::unavailable(format!(
        "SQLite {} can corrupt a database in WAL mode; 3.51.3 or newer is needed",
        rusqlite::version()
    )))
}

/// Makes the file readable by its owner only; the files beside it take over its mode.
fn make_private(path: &Path) -> Result<(), Fault> {
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        open.mode(0o600);
    }
    match open.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Fault::unavailable(format!("{}: {error}", path.display()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_committed_survives_a_power_cut() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteOptions::new(&folder.path().join("db.sqlite"));
        migrate(&options).unwrap();
        let conn = options.writing().unwrap();
        let pragma =
            |name: &str| -> i64 { conn.pragma_query_value(None, name, |r| r.get(0)).unwrap() };
        let mode: String = conn
            .pragma_query_value(None, "journal_mode", |r| r.get(0))
            .unwrap();
        assert_eq!(mode, "wal");
        // 2 is FULL: the log is synced before a COMMIT returns.
        assert_eq!(pragma("synchronous"), 2);
        assert_eq!(pragma("foreign_keys"), 1);
        let reader = options.reading().unwrap();
        assert!(reader.execute("DELETE FROM events", []).is_err());
    }

    #[test]
    fn every_file_of_the_folder_is_a_migration_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let named: Vec<String> = MIGRATIONS
            .iter()
            .map(|m| format!("{:04}_{}.sql", m.version, m.name))
            .collect();
        assert_eq!(files, named);
    }
}
