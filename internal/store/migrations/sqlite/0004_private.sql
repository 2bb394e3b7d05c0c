-- Private values, each sealed; what an installation asks for and why; and who has consented to what.
-- +goose Up

CREATE TABLE private_value (
  id     TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL REFERENCES account (id),
  kind   TEXT NOT NULL CHECK (kind <> ''),
  about  TEXT NOT NULL,
  key    TEXT NOT NULL CHECK (key <> ''),
  sealed BLOB NOT NULL CHECK (length(sealed) > 28),
  UNIQUE (person, kind, about)
) STRICT;
CREATE INDEX private_value_key ON private_value (key, id);
CREATE INDEX private_value_kind ON private_value (kind, id);

CREATE TABLE inquiry (
  id             TEXT    NOT NULL PRIMARY KEY,
  characteristic TEXT    NOT NULL CHECK (characteristic <> ''),
  purpose_en     TEXT    NOT NULL CHECK (purpose_en <> ''),
  purpose_fr     TEXT    NOT NULL CHECK (purpose_fr <> ''),
  necessity_en   TEXT    NOT NULL CHECK (necessity_en <> ''),
  necessity_fr   TEXT    NOT NULL CHECK (necessity_fr <> ''),
  months         INTEGER NOT NULL CHECK (months >= 1),
  made_by        TEXT    NOT NULL REFERENCES account (id),
  made_at        INTEGER NOT NULL,
  ended_at       INTEGER,
  CHECK (ended_at >= made_at)
) STRICT;
CREATE UNIQUE INDEX inquiry_characteristic ON inquiry (characteristic) WHERE ended_at IS NULL;

CREATE TABLE consent (
  id           TEXT    NOT NULL PRIMARY KEY,
  person       TEXT    NOT NULL REFERENCES account (id),
  inquiry      TEXT    NOT NULL REFERENCES inquiry (id),
  use          TEXT    NOT NULL CHECK (use IN ('statistics', 'matching', 'shown')),
  wording      INTEGER NOT NULL CHECK (wording >= 1),
  language     TEXT    NOT NULL CHECK (language IN ('en', 'fr-CA')),
  channel      TEXT    NOT NULL CHECK (channel <> ''),
  given_at     INTEGER NOT NULL,
  withdrawn_at INTEGER,
  withdrawn_by TEXT    NOT NULL,
  CHECK (withdrawn_at >= given_at),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by = ''))
) STRICT;
CREATE UNIQUE INDEX consent_given ON consent (person, inquiry, use) WHERE withdrawn_at IS NULL;
CREATE INDEX consent_person ON consent (person, given_at);
CREATE INDEX consent_use ON consent (inquiry, use, id) WHERE withdrawn_at IS NULL;

-- +goose Down
DROP TABLE consent;
DROP TABLE inquiry;
DROP TABLE private_value;
