-- Programs, who coordinates them, who is in them, and who was invited and has not answered yet. Of an invitation only what
-- whoever invited wrote is kept, under the address; there is no account behind it.
-- +goose Up

CREATE TABLE program (
  id      TEXT NOT NULL PRIMARY KEY,
  name_en TEXT NOT NULL CHECK (name_en <> ''),
  name_fr TEXT NOT NULL CHECK (name_fr <> ''),
  line_en TEXT NOT NULL,
  line_fr TEXT NOT NULL,
  made_at INTEGER    NOT NULL,
  made_by TEXT NOT NULL
) STRICT;

CREATE TABLE coordination (
  program TEXT NOT NULL REFERENCES program (id),
  account TEXT NOT NULL REFERENCES account (id),
  since   INTEGER    NOT NULL,
  PRIMARY KEY (program, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX coordination_account ON coordination (account);

CREATE TABLE enrolment (
  program TEXT NOT NULL REFERENCES program (id),
  person  TEXT NOT NULL REFERENCES account (id),
  since   INTEGER    NOT NULL,
  PRIMARY KEY (program, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolment_person ON enrolment (person);

CREATE TABLE invitation (
  id          TEXT NOT NULL PRIMARY KEY,
  program     TEXT NOT NULL REFERENCES program (id),
  part        TEXT NOT NULL CHECK (part IN ('participant', 'coordinator')),
  folded      TEXT NOT NULL CHECK (folded <> ''),
  address     TEXT NOT NULL,
  language    TEXT NOT NULL CHECK (language IN ('en', 'fr-CA')),
  given       TEXT NOT NULL,
  family      TEXT NOT NULL,
  unit        TEXT REFERENCES unit (id),
  unit_label  TEXT NOT NULL,
  ladder      TEXT NOT NULL CHECK (ladder IN ('', 'level', 'rank')),
  code        TEXT NOT NULL,
  label       TEXT NOT NULL,
  from_day    TEXT NOT NULL,
  to_day      TEXT NOT NULL,
  made_at     INTEGER    NOT NULL,
  made_by     TEXT NOT NULL,
  reminded_at INTEGER,
  declined_at INTEGER,
  CHECK (to_day = '' OR to_day >= from_day)
) STRICT;
CREATE UNIQUE INDEX invitation_address ON invitation (program, part, folded);
CREATE INDEX invitation_folded ON invitation (folded);
CREATE INDEX invitation_made ON invitation (made_at);

-- +goose Down
DROP TABLE invitation;
DROP TABLE enrolment;
DROP TABLE coordination;
DROP TABLE program;
