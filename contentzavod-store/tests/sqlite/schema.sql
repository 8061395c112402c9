CREATE INDEX accounts_app_scoped ON accounts (platform, app_scoped_id)
  WHERE app_scoped_id IS NOT NULL;
CREATE INDEX accounts_expiry ON accounts (token_expires_at)
  WHERE token IS NOT NULL AND token_expires_at IS NOT NULL;
CREATE INDEX accounts_refresh ON accounts (refresh_at)
  WHERE status = 'active' AND refresh_at IS NOT NULL;
CREATE INDEX accounts_remote ON accounts (platform, remote_user_id);
CREATE INDEX api_keys_user ON api_keys (user);
CREATE INDEX api_keys_workspace ON api_keys (workspace, created_at, id);
CREATE INDEX deletions_age ON deletions (asked_at);
CREATE INDEX deletions_mark ON deletions (mark) WHERE mark IS NOT NULL;
CREATE INDEX deletions_open ON deletions (code) WHERE done_at IS NULL;
CREATE INDEX events_workspace ON events (workspace, seq);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
CREATE INDEX identities_user ON identities (user, created_at);
CREATE INDEX invitations_workspace ON invitations (workspace, created_at, id);
CREATE INDEX logins_end ON logins (ends_at);
CREATE INDEX marks_end ON marks (ends_at);
CREATE INDEX media_bytes ON media (id) WHERE status = 'deleted' AND bytes_gone = 0;
CREATE INDEX media_expiry ON media (expires_at) WHERE status = 'ready' AND expires_at IS NOT NULL;
CREATE INDEX media_fixes_open ON media_fixes (created_at, media) WHERE status IN ('queued', 'running');
CREATE INDEX media_workspace ON media (workspace, created_at DESC, id DESC);
CREATE INDEX media_workspace_bytes ON media (workspace) WHERE bytes_gone = 0;
CREATE INDEX members_user ON members (user);
CREATE INDEX notifications_workspace ON notifications (workspace, seq);
CREATE INDEX orphans_deletion ON orphans (deletion);
CREATE INDEX post_media_media ON post_media (media);
CREATE INDEX posts_status ON posts (workspace, status, sort_at DESC, id DESC)
  WHERE deleted_at IS NULL;
CREATE INDEX posts_time ON posts (workspace, sort_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX publications_account ON publications (account, sort_at DESC, post DESC);
CREATE INDEX publications_bound ON publications (remote_key, remote_id)
  WHERE remote_id IS NOT NULL;
CREATE INDEX publications_due ON publications (lane, next_at, id)
  WHERE next_at IS NOT NULL AND lease_until IS NULL;
CREATE INDEX publications_leased ON publications (lane, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX publications_twins ON publications (remote_key, caption_key)
  WHERE state IN ('armed', 'uncertain', 'needs_review');
CREATE INDEX publications_unnamed ON publications (remote_key, caption_key)
  WHERE state = 'published' AND remote_id IS NULL;
CREATE INDEX publications_waiting ON publications (account)
  WHERE state IN ('waiting_account', 'waiting_quota');
CREATE INDEX sessions_end ON sessions (ends_at);
CREATE INDEX sessions_user ON sessions (user, created_at, id);
CREATE INDEX tombstones_age ON tombstones (at);
CREATE TABLE accounts (
  id                 TEXT NOT NULL PRIMARY KEY,
  workspace          TEXT NOT NULL,
  platform           TEXT NOT NULL,
  login              TEXT NOT NULL,
  remote_user_id     TEXT NOT NULL,
  app_scoped_id      TEXT,
  username           TEXT NOT NULL,
  status             TEXT NOT NULL,
  token              TEXT,              -- sealed; NULL once disconnected
  token_version      INTEGER NOT NULL,
  token_obtained_at  INTEGER,
  token_expires_at   INTEGER,
  scopes             TEXT NOT NULL,     -- JSON array
  quota              TEXT,              -- JSON
  quota_read_at      INTEGER,
  refresh_at         INTEGER,
  created_at         INTEGER NOT NULL,
  updated_at         INTEGER NOT NULL, expiry_told INTEGER,
  UNIQUE (workspace, platform, remote_user_id)
) STRICT;
CREATE TABLE api_keys (
  id            TEXT NOT NULL PRIMARY KEY,
  workspace     TEXT NOT NULL REFERENCES workspaces (id),
  user          TEXT NOT NULL REFERENCES users (id),
  name          TEXT NOT NULL,
  prefix        TEXT NOT NULL,
  last_four     TEXT NOT NULL,
  hash          BLOB NOT NULL UNIQUE,   -- SHA-256 of the key; the key itself is nowhere
  created_at    INTEGER NOT NULL,
  last_used_at  INTEGER
, scopes TEXT, expires_at INTEGER) STRICT;
CREATE TABLE deletions (
  code        BLOB NOT NULL PRIMARY KEY,                  -- SHA-256
  kind        TEXT NOT NULL,
  found       INTEGER NOT NULL,                           -- 0: there was nothing to delete
  mark        BLOB,                                       -- SHA-256 of the request that asked for it
  asked_at    INTEGER NOT NULL,
  done_at     INTEGER                                     -- NULL while bytes are left
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  at         INTEGER NOT NULL,
  workspace  TEXT NOT NULL,
  body       TEXT NOT NULL              -- JSON, tagged by kind
) STRICT;
CREATE TABLE idempotency_keys (
  workspace    TEXT NOT NULL,
  key          TEXT NOT NULL,
  fingerprint  BLOB NOT NULL,
  response     BLOB NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (workspace, key)
) STRICT;
CREATE TABLE identities (
  provider    TEXT NOT NULL,
  subject     TEXT NOT NULL,
  user        TEXT NOT NULL REFERENCES users (id),
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (provider, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE invitations (
  id          TEXT NOT NULL PRIMARY KEY,
  hash        BLOB NOT NULL UNIQUE,                       -- SHA-256
  workspace   TEXT REFERENCES workspaces (id),            -- NULL: the first owner makes one
  role        TEXT NOT NULL,
  made_by     TEXT REFERENCES users (id),
  created_at  INTEGER NOT NULL,
  ends_at     INTEGER NOT NULL
) STRICT;
CREATE TABLE logins (
  state       BLOB NOT NULL PRIMARY KEY,                  -- SHA-256
  browser     BLOB NOT NULL,                              -- SHA-256 of what only that browser knows
  provider    TEXT NOT NULL,
  purpose     TEXT NOT NULL,                              -- JSON
  pending     TEXT NOT NULL,                              -- sealed
  redirect    TEXT NOT NULL,
  return_to   TEXT,
  ends_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE marks (
  mark        BLOB NOT NULL PRIMARY KEY,                  -- SHA-256
  ends_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE media (
  id            TEXT NOT NULL PRIMARY KEY,
  workspace     TEXT NOT NULL,
  kind          TEXT NOT NULL,
  status        TEXT NOT NULL,
  filename      TEXT,
  content_type  TEXT NOT NULL,
  bytes         INTEGER NOT NULL,
  sha256        TEXT NOT NULL,
  duration_ms   INTEGER,
  width         INTEGER,
  height        INTEGER,
  findings      TEXT NOT NULL,          -- JSON array
  expires_at    INTEGER,                -- NULL while a publication needs the bytes
  bytes_gone    INTEGER NOT NULL DEFAULT 0,
  created_at    INTEGER NOT NULL
, original_sha256 TEXT) STRICT;
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
CREATE TABLE members (
  workspace   TEXT NOT NULL REFERENCES workspaces (id),
  user        TEXT NOT NULL REFERENCES users (id),
  created_at  INTEGER NOT NULL, role TEXT NOT NULL DEFAULT 'owner',
  PRIMARY KEY (workspace, user)
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (
  name   TEXT NOT NULL PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE migrations (
  version  INTEGER NOT NULL PRIMARY KEY,
  name     TEXT NOT NULL,
  sql      TEXT NOT NULL
) STRICT;
CREATE TABLE notifications (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  workspace    TEXT NOT NULL,
  kind         TEXT NOT NULL,
  params       TEXT NOT NULL,           -- JSON object
  publication  TEXT,
  post         TEXT,
  account      TEXT,
  media        TEXT,
  created_at   INTEGER NOT NULL
) STRICT;
CREATE TABLE orphans (
  media       TEXT NOT NULL PRIMARY KEY,
  deletion    BLOB REFERENCES deletions (code)
) STRICT, WITHOUT ROWID;
CREATE TABLE post_media (
  post   TEXT NOT NULL REFERENCES posts (id),
  media  TEXT NOT NULL REFERENCES media (id),
  main   INTEGER NOT NULL,              -- 1: what is published; 0: its cover
  PRIMARY KEY (post, media)
) STRICT, WITHOUT ROWID;
CREATE TABLE posts (
  id               TEXT NOT NULL PRIMARY KEY,
  workspace        TEXT NOT NULL,
  content          TEXT NOT NULL,       -- JSON, tagged by kind
  content_version  INTEGER NOT NULL,
  publish_at       INTEGER,
  local_time       TEXT,
  timezone         TEXT NOT NULL,
  max_late_secs    INTEGER NOT NULL,
  status           TEXT NOT NULL,       -- derived from the publications, in their transactions
  sort_at          INTEGER NOT NULL,    -- publish_at, or created_at where there is none
  rev              INTEGER NOT NULL,
  deleted_at       INTEGER,             -- gone from reads; its publications still name what is live
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL
) STRICT;
CREATE TABLE publications (
  id           TEXT NOT NULL PRIMARY KEY,
  workspace    TEXT NOT NULL,
  post         TEXT NOT NULL REFERENCES posts (id),
  account      TEXT NOT NULL REFERENCES accounts (id),
  position     INTEGER NOT NULL,        -- order within the post
  sort_at      INTEGER NOT NULL,        -- the post's, for lists of one account
  remote_key   TEXT NOT NULL,
  caption_key  TEXT NOT NULL,
  state        TEXT NOT NULL,
  lane         TEXT NOT NULL,
  due_at       INTEGER NOT NULL,
  next_at      INTEGER,                 -- the truth; the document's copy may be older
  lease_until  INTEGER,
  epoch        INTEGER NOT NULL,
  rev          INTEGER NOT NULL,
  losses       INTEGER NOT NULL,
  slot         TEXT UNIQUE,             -- the remote key while it holds the account's slot
  remote_id    TEXT,
  progress     TEXT NOT NULL,           -- JSON
  state_since  INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  UNIQUE (post, account)
) STRICT;
CREATE TABLE sessions (
  id          TEXT NOT NULL PRIMARY KEY,
  user        TEXT NOT NULL REFERENCES users (id),
  workspace   TEXT NOT NULL REFERENCES workspaces (id),   -- the one it works in
  hash        BLOB NOT NULL UNIQUE,                       -- SHA-256 of the token; the token itself is nowhere
  provider    TEXT NOT NULL,                              -- how its person came in
  created_at  INTEGER NOT NULL,
  signed_in_at INTEGER NOT NULL,                          -- when they last proved who they are
  seen_at     INTEGER NOT NULL,
  ends_at     INTEGER NOT NULL                            -- whatever happens
) STRICT;
CREATE TABLE tombstones (
  kind        TEXT NOT NULL,
  hash        BLOB NOT NULL,                              -- SHA-256
  at          INTEGER NOT NULL,
  PRIMARY KEY (kind, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE users (
  id          TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL,
  locale      TEXT NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE TABLE workspaces (
  id          TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL,
  timezone    TEXT NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;
