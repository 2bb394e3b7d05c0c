-- How people come in besides letters: passkeys, and the sign-ins of institutions.
-- +goose Up

CREATE TABLE passkey (
  id         TEXT    NOT NULL PRIMARY KEY,
  credential BLOB    NOT NULL UNIQUE,
  handle     BLOB    NOT NULL,
  account    TEXT    NOT NULL REFERENCES account (id),
  name       TEXT    NOT NULL CHECK (name <> ''),
  record     TEXT    NOT NULL,
  made_at    INTEGER NOT NULL,
  used_at    INTEGER
) STRICT;
CREATE INDEX passkey_account ON passkey (account);

CREATE TABLE identity (
  issuer      TEXT    NOT NULL,
  subject     TEXT    NOT NULL CHECK (subject <> ''),
  account     TEXT    NOT NULL REFERENCES account (id),
  institution TEXT    NOT NULL,
  address     TEXT    NOT NULL,
  made_at     INTEGER NOT NULL,
  used_at     INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_account ON identity (account);

CREATE TABLE ceremony (
  hash       BLOB    NOT NULL PRIMARY KEY,
  kind       TEXT    NOT NULL CHECK (kind IN ('add-passkey', 'passkey', 'institution', 'identity')),
  browser    BLOB    NOT NULL,
  account    TEXT    REFERENCES account (id),
  record     TEXT    NOT NULL,
  link       TEXT    UNIQUE REFERENCES link (id) ON DELETE CASCADE,
  made_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  CHECK (expires_at > made_at),
  CHECK (link IS NULL OR kind = 'identity')
) STRICT;
CREATE INDEX ceremony_account ON ceremony (account) WHERE account IS NOT NULL;
CREATE INDEX ceremony_expires ON ceremony (expires_at);

-- The page to go to once a link has opened the door.
ALTER TABLE link ADD COLUMN leads_to TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE link DROP COLUMN leads_to;
DROP TABLE ceremony;
DROP TABLE identity;
DROP TABLE passkey;
