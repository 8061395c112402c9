-- People's rights over their data: what was deleted, and that it was.

-- Deletions by the code under which they can be looked up. Nothing here says whose they were.
CREATE TABLE deletions (
  code        BLOB NOT NULL PRIMARY KEY,                  -- SHA-256
  kind        TEXT NOT NULL,
  found       INTEGER NOT NULL,                           -- 0: there was nothing to delete
  mark        BLOB,                                       -- SHA-256 of the request that asked for it
  asked_at    INTEGER NOT NULL,
  done_at     INTEGER                                     -- NULL while bytes are left
) STRICT, WITHOUT ROWID;

CREATE INDEX deletions_age ON deletions (asked_at);
CREATE INDEX deletions_mark ON deletions (mark) WHERE mark IS NOT NULL;
CREATE INDEX deletions_open ON deletions (code) WHERE done_at IS NULL;

-- Files whose rows went: nobody else would find their bytes again.
CREATE TABLE orphans (
  media       TEXT NOT NULL PRIMARY KEY,
  deletion    BLOB REFERENCES deletions (code)
) STRICT, WITHOUT ROWID;

CREATE INDEX orphans_deletion ON orphans (deletion);

-- Who is gone, so that a restored backup does not bring them back.
CREATE TABLE tombstones (
  kind        TEXT NOT NULL,
  hash        BLOB NOT NULL,                              -- SHA-256
  at          INTEGER NOT NULL,
  PRIMARY KEY (kind, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX tombstones_age ON tombstones (at);
CREATE INDEX accounts_remote ON accounts (platform, remote_user_id);
CREATE INDEX accounts_app_scoped ON accounts (platform, app_scoped_id)
  WHERE app_scoped_id IS NOT NULL;
CREATE INDEX api_keys_user ON api_keys (user);
CREATE INDEX media_workspace_bytes ON media (workspace) WHERE bytes_gone = 0;
