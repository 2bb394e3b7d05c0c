-- Private values, each sealed; what an installation asks for and why; and who has consented to what.
-- +goose Up

CREATE TABLE private_value (
  id     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  person TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  kind   TEXT COLLATE "C" NOT NULL CHECK (kind <> ''),
  about  TEXT COLLATE "C" NOT NULL,
  key    TEXT COLLATE "C" NOT NULL CHECK (key <> ''),
  sealed BYTEA            NOT NULL CHECK (length(sealed) > 28),
  UNIQUE (person, kind, about)
);
CREATE INDEX private_value_key ON private_value (key, id);
CREATE INDEX private_value_kind ON private_value (kind, id);

CREATE TABLE inquiry (
  id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  characteristic TEXT COLLATE "C" NOT NULL CHECK (characteristic <> ''),
  purpose_en     TEXT COLLATE "C" NOT NULL CHECK (purpose_en <> ''),
  purpose_fr     TEXT COLLATE "C" NOT NULL CHECK (purpose_fr <> ''),
  necessity_en   TEXT COLLATE "C" NOT NULL CHECK (necessity_en <> ''),
  necessity_fr   TEXT COLLATE "C" NOT NULL CHECK (necessity_fr <> ''),
  months         BIGINT           NOT NULL CHECK (months >= 1),
  made_by        TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  made_at        BIGINT           NOT NULL,
  ended_at       BIGINT,
  CHECK (ended_at >= made_at)
);
CREATE UNIQUE INDEX inquiry_characteristic ON inquiry (characteristic) WHERE ended_at IS NULL;

CREATE TABLE consent (
  id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  person       TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  inquiry      TEXT COLLATE "C" NOT NULL REFERENCES inquiry (id),
  use          TEXT COLLATE "C" NOT NULL CHECK (use IN ('statistics', 'matching', 'shown')),
  wording      BIGINT           NOT NULL CHECK (wording >= 1),
  language     TEXT COLLATE "C" NOT NULL CHECK (language IN ('en', 'fr-CA')),
  channel      TEXT COLLATE "C" NOT NULL CHECK (channel <> ''),
  given_at     BIGINT           NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_by TEXT COLLATE "C" NOT NULL,
  CHECK (withdrawn_at >= given_at),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by = ''))
);
CREATE UNIQUE INDEX consent_given ON consent (person, inquiry, use) WHERE withdrawn_at IS NULL;
CREATE INDEX consent_person ON consent (person, given_at);
CREATE INDEX consent_use ON consent (inquiry, use, id) WHERE withdrawn_at IS NULL;

-- +goose Down
DROP TABLE consent;
DROP TABLE inquiry;
DROP TABLE private_value;
