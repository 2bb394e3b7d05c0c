-- People: what each says of themselves and to whom, units, positions of authority, and the lists made of them.
-- Days are text such as 2027-07-01, and empty where a span is open at that end.
-- +goose Up

CREATE TABLE unit (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  parent     TEXT COLLATE "C" REFERENCES unit (id),
  name_en    TEXT COLLATE "C" NOT NULL CHECK (name_en <> ''),
  name_fr    TEXT COLLATE "C" NOT NULL CHECK (name_fr <> ''),
  opened_day TEXT COLLATE "C" NOT NULL,
  closed_day TEXT COLLATE "C" NOT NULL,
  CHECK (parent <> id),
  CHECK (closed_day = '' OR closed_day >= opened_day)
);
CREATE INDEX unit_parent ON unit (parent);

CREATE TABLE person (
  id                TEXT COLLATE "C"    NOT NULL PRIMARY KEY REFERENCES account (id),
  given             TEXT COLLATE "C"    NOT NULL,
  family            TEXT COLLATE "C"    NOT NULL,
  pronoun           TEXT COLLATE "C"    NOT NULL,
  sort              TEXT COLLATE "C"    NOT NULL,
  guest             BIGINT NOT NULL CHECK (guest IN (0, 1)),
  home_code         TEXT COLLATE "C"    NOT NULL,
  home_label        TEXT COLLATE "C"    NOT NULL,
  place_code        TEXT COLLATE "C"    NOT NULL,
  place_label       TEXT COLLATE "C"    NOT NULL,
  zone              TEXT COLLATE "C"    NOT NULL,
  distance          TEXT COLLATE "C"    NOT NULL CHECK (distance IN ('', 'here', 'either', 'distance')),
  capacity          BIGINT NOT NULL CHECK (capacity >= 0),
  hours             BIGINT NOT NULL CHECK (hours >= 0),
  refuses           TEXT COLLATE "C"    NOT NULL,
  destination_code  TEXT COLLATE "C"    NOT NULL,
  destination_label TEXT COLLATE "C"    NOT NULL,
  destination_kind  TEXT COLLATE "C"    NOT NULL CHECK (destination_kind IN ('', 'training', 'staff')),
  destination_day   TEXT COLLATE "C"    NOT NULL,
  listed            BIGINT NOT NULL CHECK (listed IN (0, 1)),
  made_at           BIGINT NOT NULL,
  changed_at        BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_sort ON person (sort, id);
CREATE UNIQUE INDEX person_listed ON person (sort, id) WHERE listed = 1;

CREATE TABLE person_term (
  person   TEXT COLLATE "C"    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  field    TEXT COLLATE "C"    NOT NULL,
  place    BIGINT NOT NULL CHECK (place >= 1),
  code     TEXT COLLATE "C"    NOT NULL,
  label    TEXT COLLATE "C"    NOT NULL,
  line     TEXT COLLATE "C"    NOT NULL,
  audience BIGINT NOT NULL CHECK (audience BETWEEN 0 AND 3),
  PRIMARY KEY (person, field, place),
  CHECK (code <> '' OR label <> '')
);
CREATE INDEX person_term_code ON person_term (field, code, audience, person) WHERE code <> '';

CREATE TABLE visibility (
  person   TEXT COLLATE "C"    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  field    TEXT COLLATE "C"    NOT NULL,
  audience BIGINT NOT NULL CHECK (audience BETWEEN 0 AND 3),
  PRIMARY KEY (person, field)
);

CREATE TABLE draft (
  person   TEXT COLLATE "C"    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  stage    TEXT COLLATE "C"    NOT NULL,
  body     TEXT COLLATE "C"    NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (person, stage)
);

CREATE TABLE appointment (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  person     TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  unit       TEXT COLLATE "C" REFERENCES unit (id),
  unit_label TEXT COLLATE "C" NOT NULL,
  ladder     TEXT COLLATE "C" NOT NULL CHECK (ladder IN ('level', 'rank')),
  code       TEXT COLLATE "C" NOT NULL,
  label      TEXT COLLATE "C" NOT NULL,
  track      TEXT COLLATE "C" NOT NULL,
  from_day   TEXT COLLATE "C" NOT NULL,
  to_day     TEXT COLLATE "C" NOT NULL,
  CHECK (to_day = '' OR to_day >= from_day)
);
CREATE INDEX appointment_person ON appointment (person);
CREATE INDEX appointment_unit ON appointment (unit);

CREATE TABLE away (
  person   TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  from_day TEXT COLLATE "C" NOT NULL CHECK (from_day <> ''),
  to_day   TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (person, from_day),
  CHECK (to_day >= from_day)
);

CREATE TABLE unit_head (
  unit     TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  person   TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  from_day TEXT COLLATE "C" NOT NULL,
  to_day   TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (unit, person, from_day),
  CHECK (to_day = '' OR to_day >= from_day)
);
CREATE INDEX unit_head_person ON unit_head (person);

CREATE TABLE authority (
  id          TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
  from_person TEXT COLLATE "C"    NOT NULL REFERENCES account (id),
  to_person   TEXT COLLATE "C"    NOT NULL REFERENCES account (id),
  kind        TEXT COLLATE "C"    NOT NULL CHECK (kind IN ('supervises', 'evaluates', 'decides_promotion', 'pays', 'leads_unit_of', 'observes', 'family', 'business', 'co_applicant_competitor')),
  from_day    TEXT COLLATE "C"    NOT NULL,
  to_day      TEXT COLLATE "C"    NOT NULL,
  source      TEXT COLLATE "C"    NOT NULL CHECK (source IN ('declared', 'roster', 'coordinator')),
  declared_by TEXT COLLATE "C"    NOT NULL,
  made_at     BIGINT NOT NULL,
  CHECK (from_person <> to_person),
  CHECK (to_day = '' OR to_day >= from_day)
);
CREATE UNIQUE INDEX authority_same ON authority (from_person, to_person, kind, from_day, source, declared_by);
CREATE INDEX authority_to ON authority (to_person);
CREATE INDEX authority_declared ON authority (declared_by);

CREATE TABLE veto (
  person  TEXT COLLATE "C"    NOT NULL REFERENCES account (id),
  other   TEXT COLLATE "C"    NOT NULL REFERENCES account (id),
  made_at BIGINT NOT NULL,
  PRIMARY KEY (person, other),
  CHECK (person <> other)
);
CREATE INDEX veto_other ON veto (other);

CREATE TABLE declaration (
  person  TEXT COLLATE "C"    NOT NULL REFERENCES account (id),
  made_at BIGINT NOT NULL,
  none    BIGINT NOT NULL CHECK (none IN (0, 1)),
  PRIMARY KEY (person, made_at)
);

CREATE TABLE delegate (
  id          TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
  mentor      TEXT COLLATE "C"    NOT NULL REFERENCES account (id),
  address     TEXT COLLATE "C"    NOT NULL,
  folded      TEXT COLLATE "C"    NOT NULL,
  account     TEXT COLLATE "C"    REFERENCES account (id),
  made_at     BIGINT NOT NULL,
  accepted_at BIGINT,
  CHECK (mentor <> account),
  CHECK ((account IS NULL) = (accepted_at IS NULL))
);
CREATE UNIQUE INDEX delegate_address ON delegate (mentor, folded);
CREATE INDEX delegate_account ON delegate (account);
CREATE INDEX delegate_folded ON delegate (folded);

CREATE TABLE mark (
  person  TEXT COLLATE "C"    NOT NULL REFERENCES account (id),
  other   TEXT COLLATE "C"    NOT NULL REFERENCES account (id),
  kind    TEXT COLLATE "C"    NOT NULL CHECK (kind IN ('kept', 'aside')),
  made_at BIGINT NOT NULL,
  PRIMARY KEY (person, other),
  CHECK (person <> other)
);
CREATE INDEX mark_other ON mark (other);

-- The words by which people are found, and the numbers that a word has in common with what differs by one mistake.
CREATE TABLE person_word (
  word     TEXT COLLATE "C"    NOT NULL,
  person   TEXT COLLATE "C"    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  audience BIGINT NOT NULL CHECK (audience BETWEEN 0 AND 3),
  PRIMARY KEY (word, person)
);
CREATE INDEX person_word_person ON person_word (person);

CREATE TABLE word_key (
  key  BIGINT NOT NULL,
  word TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (word, key)
);
CREATE INDEX word_key_key ON word_key (key, word);

CREATE TABLE batch (
  id       TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
  program  TEXT COLLATE "C"    NOT NULL,
  made_by  TEXT COLLATE "C"    NOT NULL,
  made_at  BIGINT NOT NULL,
  kind     TEXT COLLATE "C"    NOT NULL CHECK (kind IN ('people', 'rotation')),
  before   TEXT COLLATE "C"    NOT NULL,
  undone_at BIGINT
);
CREATE INDEX batch_made ON batch (made_at);

CREATE TABLE batch_person (
  batch  TEXT COLLATE "C" NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
  person TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (batch, person)
);
CREATE INDEX batch_person_person ON batch_person (person);

CREATE TABLE erasure (
  person   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  asked_at BIGINT           NOT NULL,
  due_at   BIGINT           NOT NULL,
  done_at  BIGINT,
  CHECK (due_at >= asked_at)
);

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
