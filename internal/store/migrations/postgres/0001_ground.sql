-- The ground floor: jobs, the audit log and what is known of the installation itself.
-- +goose Up

CREATE TABLE setting (
  name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE job (
  id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind         TEXT COLLATE "C" NOT NULL,
  once         TEXT COLLATE "C",
  payload      TEXT COLLATE "C" NOT NULL,
  state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
  due          BIGINT           NOT NULL,
  attempts     BIGINT           NOT NULL CHECK (attempts >= 0),
  leased_by    TEXT COLLATE "C",
  leased_until BIGINT,
  fault        TEXT COLLATE "C" NOT NULL,
  made_at      BIGINT           NOT NULL,
  ended_at     BIGINT,
  CHECK ((state = 'running') = (leased_by IS NOT NULL)),
  CHECK ((state = 'running') = (leased_until IS NOT NULL)),
  CHECK ((state IN ('done', 'dead')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX job_once ON job (once) WHERE state IN ('waiting', 'running');
CREATE INDEX job_due ON job (due, id) WHERE state = 'waiting';
CREATE INDEX job_leased ON job (leased_until) WHERE state = 'running';
CREATE INDEX job_ended ON job (state, ended_at);

CREATE TABLE seal (
  number    BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
  at        BIGINT NOT NULL,
  events    BIGINT NOT NULL CHECK (events >= 1),
  root      BYTEA  NOT NULL,
  before    BYTEA  NOT NULL,
  signature BYTEA  NOT NULL
);

CREATE TABLE event (
  id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  at          BIGINT           NOT NULL,
  actor       TEXT COLLATE "C" NOT NULL,
  for_whom    TEXT COLLATE "C" NOT NULL,
  action      TEXT COLLATE "C" NOT NULL,
  object_kind TEXT COLLATE "C" NOT NULL,
  object_id   TEXT COLLATE "C" NOT NULL,
  was         BYTEA            NOT NULL,
  became      BYTEA            NOT NULL,
  seal        BIGINT           REFERENCES seal (number),
  place       BIGINT,
  CHECK ((seal IS NULL) = (place IS NULL))
);
CREATE UNIQUE INDEX event_place ON event (seal, place);
CREATE INDEX event_unsealed ON event (at, id) WHERE seal IS NULL;

CREATE TABLE event_about (
  person TEXT COLLATE "C" NOT NULL,
  event  TEXT COLLATE "C" NOT NULL REFERENCES event (id),
  PRIMARY KEY (person, event)
);

-- +goose Down
DROP TABLE event_about;
DROP TABLE event;
DROP TABLE seal;
DROP TABLE job;
DROP TABLE setting;
