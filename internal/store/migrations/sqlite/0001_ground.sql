-- The ground floor: jobs, the audit log and what is known of the installation itself.
-- +goose Up

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE job (
  id           TEXT    NOT NULL PRIMARY KEY,
  kind         TEXT    NOT NULL,
  once         TEXT,
  payload      TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
  due          INTEGER NOT NULL,
  attempts     INTEGER NOT NULL CHECK (attempts >= 0),
  leased_by    TEXT,
  leased_until INTEGER,
  fault        TEXT    NOT NULL,
  made_at      INTEGER NOT NULL,
  ended_at     INTEGER,
  CHECK ((state = 'running') = (leased_by IS NOT NULL)),
  CHECK ((state = 'running') = (leased_until IS NOT NULL)),
  CHECK ((state IN ('done', 'dead')) = (ended_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX job_once ON job (once) WHERE state IN ('waiting', 'running');
CREATE INDEX job_due ON job (due, id) WHERE state = 'waiting';
CREATE INDEX job_leased ON job (leased_until) WHERE state = 'running';
CREATE INDEX job_ended ON job (state, ended_at);

CREATE TABLE seal (
  number    INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
  at        INTEGER NOT NULL,
  events    INTEGER NOT NULL CHECK (events >= 1),
  root      BLOB    NOT NULL,
  before    BLOB    NOT NULL,
  signature BLOB    NOT NULL
) STRICT;

CREATE TABLE event (
  id          TEXT    NOT NULL PRIMARY KEY,
  at          INTEGER NOT NULL,
  actor       TEXT    NOT NULL,
  for_whom    TEXT    NOT NULL,
  action      TEXT    NOT NULL,
  object_kind TEXT    NOT NULL,
  object_id   TEXT    NOT NULL,
  was         BLOB    NOT NULL,
  became      BLOB    NOT NULL,
  seal        INTEGER REFERENCES seal (number),
  place       INTEGER,
  CHECK ((seal IS NULL) = (place IS NULL))
) STRICT;
CREATE UNIQUE INDEX event_place ON event (seal, place);
CREATE INDEX event_unsealed ON event (at, id) WHERE seal IS NULL;

CREATE TABLE event_about (
  person TEXT NOT NULL,
  event  TEXT NOT NULL REFERENCES event (id),
  PRIMARY KEY (person, event)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE event_about;
DROP TABLE event;
DROP TABLE seal;
DROP TABLE job;
DROP TABLE setting;
