-- How people come in besides letters: passkeys, and the sign-ins of institutions.
-- +goose Up

CREATE TABLE passkey (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  credential BYTEA            NOT NULL UNIQUE,
  handle     BYTEA            NOT NULL,
  account    TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  name       TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
  record     TEXT COLLATE "C" NOT NULL,
  made_at    BIGINT           NOT NULL,
  used_at    BIGINT
);
CREATE INDEX passkey_account ON passkey (account);

CREATE TABLE identity (
  issuer      TEXT COLLATE "C" NOT NULL,
  subject     TEXT COLLATE "C" NOT NULL CHECK (subject <> ''),
  account     TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  institution TEXT COLLATE "C" NOT NULL,
  address     TEXT COLLATE "C" NOT NULL,
  made_at     BIGINT           NOT NULL,
  used_at     BIGINT           NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_account ON identity (account);

CREATE TABLE ceremony (
  hash       BYTEA            NOT NULL PRIMARY KEY,
  kind       TEXT COLLATE "C" NOT NULL CHECK (kind IN ('add-passkey', 'passkey', 'institution', 'identity')),
  browser    BYTEA            NOT NULL,
  account    TEXT COLLATE "C" REFERENCES account (id),
  record     TEXT COLLATE "C" NOT NULL,
  link       TEXT COLLATE "C" UNIQUE REFERENCES link (id) ON DELETE CASCADE,
  made_at    BIGINT           NOT NULL,
  expires_at BIGINT           NOT NULL,
  CHECK (expires_at > made_at),
  CHECK (link IS NULL OR kind = 'identity')
);
CREATE INDEX ceremony_account ON ceremony (account) WHERE account IS NOT NULL;
CREATE INDEX ceremony_expires ON ceremony (expires_at);

-- The page to go to once a link has opened the door.
ALTER TABLE link ADD COLUMN leads_to TEXT COLLATE "C" NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE link DROP COLUMN leads_to;
DROP TABLE ceremony;
DROP TABLE identity;
DROP TABLE passkey;
