-- People come in by the front: what they sign in with, their sessions, and who may do what where.

-- What somebody is known by at a provider. Nothing else of what it sends is kept.
CREATE TABLE identities (
  provider    TEXT NOT NULL,
  subject     TEXT NOT NULL,
  user        TEXT NOT NULL REFERENCES users (id),
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (provider, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_user ON identities (user, created_at);

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

CREATE INDEX sessions_user ON sessions (user, created_at, id);
CREATE INDEX sessions_end ON sessions (ends_at);

-- A sign-in, or a connection of an account, on its way through somebody else's pages.
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

CREATE INDEX logins_end ON logins (ends_at);

-- What may be used once: signed statements, signed requests.
CREATE TABLE marks (
  mark        BLOB NOT NULL PRIMARY KEY,                  -- SHA-256
  ends_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX marks_end ON marks (ends_at);

-- Links that let somebody in once: the first owner, and whoever is invited.
CREATE TABLE invitations (
  id          TEXT NOT NULL PRIMARY KEY,
  hash        BLOB NOT NULL UNIQUE,                       -- SHA-256
  workspace   TEXT REFERENCES workspaces (id),            -- NULL: the first owner makes one
  role        TEXT NOT NULL,
  made_by     TEXT REFERENCES users (id),
  created_at  INTEGER NOT NULL,
  ends_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX invitations_workspace ON invitations (workspace, created_at, id);

ALTER TABLE members ADD COLUMN role TEXT NOT NULL DEFAULT 'owner';

-- NULL: everything, as the command line makes them.
ALTER TABLE api_keys ADD COLUMN scopes TEXT;
ALTER TABLE api_keys ADD COLUMN expires_at INTEGER;
