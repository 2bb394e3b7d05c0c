-- Programs, who coordinates them, who is in them, and who was invited and has not answered yet. Of an invitation only what
-- whoever invited wrote is kept, under the address; there is no account behind it.
-- +goose Up

CREATE TABLE program (
  id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name_en TEXT COLLATE "C" NOT NULL CHECK (name_en <> ''),
  name_fr TEXT COLLATE "C" NOT NULL CHECK (name_fr <> ''),
  line_en TEXT COLLATE "C" NOT NULL,
  line_fr TEXT COLLATE "C" NOT NULL,
  made_at BIGINT    NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL
);

CREATE TABLE coordination (
  program TEXT COLLATE "C" NOT NULL REFERENCES program (id),
  account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  since   BIGINT    NOT NULL,
  PRIMARY KEY (program, account)
);
CREATE INDEX coordination_account ON coordination (account);

CREATE TABLE enrolment (
  program TEXT COLLATE "C" NOT NULL REFERENCES program (id),
  person  TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  since   BIGINT    NOT NULL,
  PRIMARY KEY (program, person)
);
CREATE INDEX enrolment_person ON enrolment (person);

CREATE TABLE invitation (
  id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  program     TEXT COLLATE "C" NOT NULL REFERENCES program (id),
  part        TEXT COLLATE "C" NOT NULL CHECK (part IN ('participant', 'coordinator')),
  folded      TEXT COLLATE "C" NOT NULL CHECK (folded <> ''),
  address     TEXT COLLATE "C" NOT NULL,
  language    TEXT COLLATE "C" NOT NULL CHECK (language IN ('en', 'fr-CA')),
  given       TEXT COLLATE "C" NOT NULL,
  family      TEXT COLLATE "C" NOT NULL,
  unit        TEXT COLLATE "C" REFERENCES unit (id),
  unit_label  TEXT COLLATE "C" NOT NULL,
  ladder      TEXT COLLATE "C" NOT NULL CHECK (ladder IN ('', 'level', 'rank')),
  code        TEXT COLLATE "C" NOT NULL,
  label       TEXT COLLATE "C" NOT NULL,
  from_day    TEXT COLLATE "C" NOT NULL,
  to_day      TEXT COLLATE "C" NOT NULL,
  made_at     BIGINT    NOT NULL,
  made_by     TEXT COLLATE "C" NOT NULL,
  reminded_at BIGINT,
  declined_at BIGINT,
  CHECK (to_day = '' OR to_day >= from_day)
);
CREATE UNIQUE INDEX invitation_address ON invitation (program, part, folded);
CREATE INDEX invitation_folded ON invitation (folded);
CREATE INDEX invitation_made ON invitation (made_at);

-- +goose Down
DROP TABLE invitation;
DROP TABLE enrolment;
DROP TABLE coordination;
DROP TABLE program;
