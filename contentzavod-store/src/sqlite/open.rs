//! Opening the file: pragmas, the version of SQLite, the schema.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{Migrate, MigrateError, Migration, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};

use super::map::Fault;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Where sqlx keeps which migrations were run.
const MIGRATIONS_TABLE: &str = "_sqlx_migrations";
/// Below it, a WAL file that is reset at the wrong moment can corrupt the database.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const READERS: u32 = 4;
/// How often, and after which pause, a file that somebody else is at is tried again.
const CONTENDED_TRIES: usize = 250;
const CONTENDED_PAUSE: Duration = Duration::from_millis(20);

/// How a file is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqliteOptions {
    path: PathBuf,
    max_pages: Option<u32>,
}

impl SqliteOptions {
    /// The file, with defaults for the rest.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            max_pages: None,
        }
    }

    /// The file never grows beyond so many pages (of 4 KiB): writes that need more fail with
    /// [`StoreError::Full`](contentzavod_core::ports::StoreError::Full), as on a full disk.
    #[must_use]
    pub const fn max_pages(mut self, pages: u32) -> Self {
        self.max_pages = Some(pages);
        self
    }

    /// Options of a connection that writes to a file that is there.
    pub(super) fn writing(&self) -> SqliteConnectOptions {
        let options = SqliteConnectOptions::new()
            .filename(&self.path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(200)
            .disable_statement_logging();
        match self.max_pages {
            Some(pages) => options.pragma("max_page_count", pages.to_string()),
            None => options,
        }
    }

    fn reading(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(&self.path)
            .read_only(true)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(200)
            .disable_statement_logging()
    }
}

pub(super) fn readers(options: &SqliteOptions) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(BUSY_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(options.reading())
}

/// Why a try to migrate ended.
enum Stop {
    /// Somebody else was at the file: it may have done the work.
    Contended(Fault),
    Failed(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        // Busy, locked, a schema that changed under us, a table that is there by now.
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        let code = code.and_then(|c| c.parse::<i64>().ok()).map(|c| c & 0xff);
        if matches!(code, Some(1 | 5 | 6 | 17)) {
            Self::Contended(error.into())
        } else {
            Self::Failed(error.into())
        }
    }
}

impl From<MigrateError> for Stop {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            error => Self::Failed(Fault::unavailable(error)),
        }
    }
}

/// Runs what is missing; the names of what was run. Several may do it at once: one of them works,
/// the others find the work done.
pub(super) async fn migrate(options: &SqliteOptions) -> Result<Vec<String>, Fault> {
    make_private(&options.path)?;
    for _ in 0..CONTENDED_TRIES {
        match try_migrate(options).await {
            Ok(names) => return Ok(names),
            Err(Stop::Failed(fault)) => return Err(fault),
            Err(Stop::Contended(Fault(error))) => {
                tracing::debug!(%error, "somebody else is at the database; trying again");
                tokio::time::sleep(CONTENDED_PAUSE).await;
            }
        }
    }
    match try_migrate(options).await {
        Ok(names) => Ok(names),
        Err(Stop::Failed(fault) | Stop::Contended(fault)) => Err(fault),
    }
}

/// Runs what is missing, each migration in a transaction of its own.
async fn try_migrate(options: &SqliteOptions) -> Result<Vec<String>, Stop> {
    let mut conn = options.writing().connect().await?;
    require_version(&mut conn).await?;
    let missing = missing(&mut conn).await?;
    if !missing.is_empty() {
        conn.ensure_migrations_table(MIGRATIONS_TABLE).await?;
        for migration in &missing {
            conn.apply(MIGRATIONS_TABLE, migration).await?;
        }
    }
    conn.close().await?;
    Ok(missing.into_iter().map(name).collect())
}

/// What [`migrate`] would run. A missing file needs everything.
pub(super) async fn pending(options: &SqliteOptions) -> Result<Vec<String>, Fault> {
    if !options.path.exists() {
        return Ok(MIGRATIONS.iter().map(name).collect());
    }
    let mut conn = options.reading().connect().await?;
    require_version(&mut conn).await?;
    let missing = missing(&mut conn).await?;
    conn.close().await?;
    Ok(missing.into_iter().map(name).collect())
}

/// Refuses a file whose schema is not this version's.
pub(super) async fn require_current(options: &SqliteOptions) -> Result<(), Fault> {
    if !options.path.exists() {
        let path = options.path.display();
        return Err(Fault::unavailable(format!("there is no database {path}")));
    }
    let missing = pending(options).await?;
    if missing.is_empty() {
        return Ok(());
    }
    Err(Fault::unavailable(format!(
        "the database needs to be migrated first ({})",
        missing.join(", ")
    )))
}

fn name(migration: &Migration) -> String {
    format!("{:04} {}", migration.version, migration.description)
}

/// The migrations that were not run yet. A file of a newer version is refused.
async fn missing(conn: &mut SqliteConnection) -> Result<Vec<&'static Migration>, Fault> {
    let known: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?)",
    )
    .bind(MIGRATIONS_TABLE)
    .fetch_one(&mut *conn)
    .await?;
    let applied = if known {
        conn.list_applied_migrations(MIGRATIONS_TABLE)
            .await
            .map_err(Fault::unavailable)?
    } else {
        Vec::new()
    };
    for done in &applied {
        let version = done.version;
        match MIGRATIONS.iter().find(|m| m.version == version) {
            None => {
                return Err(Fault::unavailable(format!(
                    "the database was written by a newer version (migration {version:04})"
                )));
            }
            Some(ours) if ours.checksum != done.checksum => {
                return Err(Fault::unavailable(format!(
                    "migration {version:04} of the database is not this version's"
                )));
            }
            Some(_) => {}
        }
    }
    let open = |m: &&Migration| !applied.iter().any(|a| a.version == m.version);
    Ok(MIGRATIONS.iter().filter(open).collect())
}

async fn require_version(conn: &mut SqliteConnection) -> Result<(), Fault> {
    let text: String = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(conn)
        .await?;
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    if (part(), part(), part()) < OLDEST_SQLITE {
        let (a, b, c) = OLDEST_SQLITE;
        return Err(Fault::unavailable(format!(
            "SQLite {text} can corrupt a database in WAL mode; {a}.{b}.{c} or newer is needed"
        )));
    }
    Ok(())
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

    #[tokio::test]
    async fn what_was_committed_survives_a_power_cut() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteOptions::new(&folder.path().join("db.sqlite"));
        migrate(&options).await.unwrap();
        let mut conn = options.writing().connect().await.unwrap();
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
            .fetch_one(&mut conn)
            .await
            .unwrap();
        // 2 is FULL: the log is synced before a COMMIT returns.
        let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
            .fetch_one(&mut conn)
            .await
            .unwrap();
        let keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
            .fetch_one(&mut conn)
            .await
            .unwrap();
        assert_eq!((mode.as_str(), synchronous, keys), ("wal", 2, 1));
        let mut reader = readers(&options).acquire().await.unwrap();
        let write = sqlx::query("DELETE FROM events")
            .execute(&mut *reader)
            .await;
        assert!(write.is_err(), "readers cannot write");
    }
}
