-- People: what each says of themselves and to whom, units, positions of authority, and the lists made of them.
-- Days are text such as 2027-07-01, and empty where a span is open at that end.
-- +goose Up

CREATE TABLE unit (
  id         TEXT NOT NULL PRIMARY KEY,
  parent     TEXT REFERENCES unit (id),
  name_en    TEXT NOT NULL CHECK (name_en <> ''),
  name_fr    TEXT NOT NULL CHECK (name_fr <> ''),
  opened_day TEXT NOT NULL,
  closed_day TEXT NOT NULL,
  CHECK (parent <> id),
  CHECK (closed_day = '' OR closed_day >= opened_day)
) STRICT;
CREATE INDEX unit_parent ON unit (parent);

CREATE TABLE person (
  id                TEXT    NOT NULL PRIMARY KEY REFERENCES account (id),
  given             TEXT    NOT NULL,
  family            TEXT    NOT NULL,
  pronoun           TEXT    NOT NULL,
  sort              TEXT    NOT NULL,
  guest             INTEGER NOT NULL CHECK (guest IN (0, 1)),
  home_code         TEXT    NOT NULL,
  home_label        TEXT    NOT NULL,
  place_code        TEXT    NOT NULL,
  place_label       TEXT    NOT NULL,
  zone              TEXT    NOT NULL,
  distance          TEXT    NOT NULL CHECK (distance IN ('', 'here', 'either', 'distance')),
  capacity          INTEGER NOT NULL CHECK (capacity >= 0),
  hours             INTEGER NOT NULL CHECK (hours >= 0),
  refuses           TEXT    NOT NULL,
  destination_code  TEXT    NOT NULL,
  destination_label TEXT    NOT NULL,
  destination_kind  TEXT    NOT NULL CHECK (destination_kind IN ('', 'training', 'staff')),
  destination_day   TEXT    NOT NULL,
  listed            INTEGER NOT NULL CHECK (listed IN (0, 1)),
  made_at           INTEGER NOT NULL,
  changed_at        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_sort ON person (sort, id);
CREATE UNIQUE INDEX person_listed ON person (sort, id) WHERE listed = 1;

CREATE TABLE person_term (
  person   TEXT    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  field    TEXT    NOT NULL,
  place    INTEGER NOT NULL CHECK (place >= 1),
  code     TEXT    NOT NULL,
  label    TEXT    NOT NULL,
  line     TEXT    NOT NULL,
  audience INTEGER NOT NULL CHECK (audience BETWEEN 0 AND 3),
  PRIMARY KEY (person, field, place),
  CHECK (code <> '' OR label <> '')
) STRICT, WITHOUT ROWID;
CREATE INDEX person_term_code ON person_term (field, code, audience, person) WHERE code <> '';

CREATE TABLE visibility (
  person   TEXT    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  field    TEXT    NOT NULL,
  audience INTEGER NOT NULL CHECK (audience BETWEEN 0 AND 3),
  PRIMARY KEY (person, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  person   TEXT    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  stage    TEXT    NOT NULL,
  body     TEXT    NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (person, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment (
  id         TEXT NOT NULL PRIMARY KEY,
  person     TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  unit       TEXT REFERENCES unit (id),
  unit_label TEXT NOT NULL,
  ladder     TEXT NOT NULL CHECK (ladder IN ('level', 'rank')),
  code       TEXT NOT NULL,
  label      TEXT NOT NULL,
  track      TEXT NOT NULL,
  from_day   TEXT NOT NULL,
  to_day     TEXT NOT NULL,
  CHECK (to_day = '' OR to_day >= from_day)
) STRICT;
CREATE INDEX appointment_person ON appointment (person);
CREATE INDEX appointment_unit ON appointment (unit);

CREATE TABLE away (
  person   TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  from_day TEXT NOT NULL CHECK (from_day <> ''),
  to_day   TEXT NOT NULL,
  PRIMARY KEY (person, from_day),
  CHECK (to_day >= from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_head (
  unit     TEXT NOT NULL REFERENCES unit (id),
  person   TEXT NOT NULL REFERENCES account (id),
  from_day TEXT NOT NULL,
  to_day   TEXT NOT NULL,
  PRIMARY KEY (unit, person, from_day),
  CHECK (to_day = '' OR to_day >= from_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_head_person ON unit_head (person);

CREATE TABLE authority (
  id          TEXT    NOT NULL PRIMARY KEY,
  from_person TEXT    NOT NULL REFERENCES account (id),
  to_person   TEXT    NOT NULL REFERENCES account (id),
  kind        TEXT    NOT NULL CHECK (kind IN ('supervises', 'evaluates', 'decides_promotion', 'pays', 'leads_unit_of', 'observes', 'family', 'business', 'co_applicant_competitor')),
  from_day    TEXT    NOT NULL,
  to_day      TEXT    NOT NULL,
  source      TEXT    NOT NULL CHECK (source IN ('declared', 'roster', 'coordinator')),
  declared_by TEXT    NOT NULL,
  made_at     INTEGER NOT NULL,
  CHECK (from_person <> to_person),
  CHECK (to_day = '' OR to_day >= from_day)
) STRICT;
CREATE UNIQUE INDEX authority_same ON authority (from_person, to_person, kind, from_day, source, declared_by);
CREATE INDEX authority_to ON authority (to_person);
CREATE INDEX authority_declared ON authority (declared_by);

CREATE TABLE veto (
  person  TEXT    NOT NULL REFERENCES account (id),
  other   TEXT    NOT NULL REFERENCES account (id),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (person, other),
  CHECK (person <> other)
) STRICT, WITHOUT ROWID;
CREATE INDEX veto_other ON veto (other);

CREATE TABLE declaration (
  person  TEXT    NOT NULL REFERENCES account (id),
  made_at INTEGER NOT NULL,
  none    INTEGER NOT NULL CHECK (none IN (0, 1)),
  PRIMARY KEY (person, made_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE delegate (
  id          TEXT    NOT NULL PRIMARY KEY,
  mentor      TEXT    NOT NULL REFERENCES account (id),
  address     TEXT    NOT NULL,
  folded      TEXT    NOT NULL,
  account     TEXT    REFERENCES account (id),
  made_at     INTEGER NOT NULL,
  accepted_at INTEGER,
  CHECK (mentor <> account),
  CHECK ((account IS NULL) = (accepted_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX delegate_address ON delegate (mentor, folded);
CREATE INDEX delegate_account ON delegate (account);
CREATE INDEX delegate_folded ON delegate (folded);

CREATE TABLE mark (
  person  TEXT    NOT NULL REFERENCES account (id),
  other   TEXT    NOT NULL REFERENCES account (id),
  kind    TEXT    NOT NULL CHECK (kind IN ('kept', 'aside')),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (person, other),
  CHECK (person <> other)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_other ON mark (other);

-- The words by which people are found, and the numbers that a word has in common with what differs by one mistake.
CREATE TABLE person_word (
  word     TEXT    NOT NULL,
  person   TEXT    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  audience INTEGER NOT NULL CHECK (audience BETWEEN 0 AND 3),
  PRIMARY KEY (word, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_word_person ON person_word (person);

CREATE TABLE word_key (
  key  INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (word, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX word_key_key ON word_key (key, word);

CREATE TABLE batch (
  id       TEXT    NOT NULL PRIMARY KEY,
  program  TEXT    NOT NULL,
  made_by  TEXT    NOT NULL,
  made_at  INTEGER NOT NULL,
  kind     TEXT    NOT NULL CHECK (kind IN ('people', 'rotation')),
  before   TEXT    NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX batch_made ON batch (made_at);

CREATE TABLE batch_person (
  batch  TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
  person TEXT NOT NULL,
  PRIMARY KEY (batch, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_person_person ON batch_person (person);

CREATE TABLE erasure (
  person   TEXT    NOT NULL PRIMARY KEY,
  asked_at INTEGER NOT NULL,
  due_at   INTEGER NOT NULL,
  done_at  INTEGER,
  CHECK (due_at >= asked_at)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE erasure;
DROP TABLE batch_person;
DROP TABLE batch;
DROP TABLE word_key;
DROP TABLE person_word;
DROP TABLE mark;
DROP TABLE delegate;
DROP TABLE declaration;
DROP TABLE veto;
DROP TABLE authority;
DROP TABLE unit_head;
DROP TABLE away;
DROP TABLE appointment;
DROP TABLE draft;
DROP TABLE visibility;
DROP TABLE person_term;
DROP TABLE person;
DROP TABLE unit;
