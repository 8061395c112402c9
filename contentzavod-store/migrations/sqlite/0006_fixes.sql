-- Files that are encoded anew, at most one a file.
CREATE TABLE media_fixes (
  media        TEXT NOT NULL PRIMARY KEY REFERENCES media (id),
  workspace    TEXT NOT NULL,
  shape        TEXT NOT NULL,
  status       TEXT NOT NULL,
  progress     INTEGER NOT NULL,         -- of a hundred
  epoch        INTEGER NOT NULL,
  tries        INTEGER NOT NULL,         -- since it was asked for
  lease_until  INTEGER,
  result       TEXT,
  findings     TEXT NOT NULL,            -- JSON array
  created_at   INTEGER NOT NULL,
  ended_at     INTEGER
) STRICT;

CREATE INDEX media_fixes_open ON media_fixes (created_at, media) WHERE status IN ('queued', 'running');
