-- What the database knows of itself: `zone_rules` is the version of the time zones' rules by which
-- instants were reckoned from local times.
CREATE TABLE meta (
  name   TEXT NOT NULL PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
