-- Accounts, how their people come in, and what is written to them.
-- +goose Up

CREATE TABLE account (
  id            TEXT    NOT NULL PRIMARY KEY,
  language      TEXT    NOT NULL CHECK (language IN ('en', 'fr-CA')),
  discreet      INTEGER NOT NULL CHECK (discreet IN (0, 1)),
  made_at       INTEGER NOT NULL,
  suspended_at  INTEGER,
  suspended_for TEXT    NOT NULL,
  merged_into   TEXT    REFERENCES account (id),
  CHECK (merged_into <> id)
) STRICT;
CREATE INDEX account_merged ON account (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE role (
  account    TEXT    NOT NULL REFERENCES account (id),
  role       TEXT    NOT NULL CHECK (role IN ('administrator')),
  granted_at INTEGER NOT NULL,
  granted_by TEXT    NOT NULL,
  PRIMARY KEY (account, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE email (
  folded      TEXT    NOT NULL PRIMARY KEY,
  address     TEXT    NOT NULL,
  account     TEXT    NOT NULL REFERENCES account (id),
  kind        TEXT    NOT NULL CHECK (kind IN ('personal', 'institution')),
  owns        INTEGER NOT NULL CHECK (owns IN (0, 1)),
  verified_at INTEGER,
  left_until  INTEGER,
  CHECK (owns = 0 OR kind = 'personal'),
  CHECK (owns = 0 OR left_until IS NULL)
) STRICT;
CREATE UNIQUE INDEX email_owner ON email (account) WHERE owns = 1;
CREATE INDEX email_account ON email (account);

CREATE TABLE link (
  id         TEXT    NOT NULL PRIMARY KEY,
  hash       BLOB    NOT NULL UNIQUE,
  purpose    TEXT    NOT NULL CHECK (purpose IN ('sign-in', 'first-administrator', 'change', 'revert', 'merge')),
  account    TEXT    REFERENCES account (id),
  address    TEXT    NOT NULL,
  browser    BLOB    NOT NULL,
  attempts   INTEGER NOT NULL CHECK (attempts >= 0),
  made_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER,
  CHECK (expires_at > made_at)
) STRICT;
CREATE INDEX link_browser ON link (browser, made_at) WHERE used_at IS NULL;
CREATE INDEX link_account ON link (account) WHERE used_at IS NULL;
CREATE INDEX link_expires ON link (expires_at);

CREATE TABLE session (
  id           TEXT    NOT NULL PRIMARY KEY,
  hash         BLOB    NOT NULL UNIQUE,
  account      TEXT    NOT NULL REFERENCES account (id),
  label        TEXT    NOT NULL,
  shared       INTEGER NOT NULL CHECK (shared IN (0, 1)),
  made_at      INTEGER NOT NULL,
  proved_at    INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,
  idle_ends_at INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL,
  CHECK (idle_ends_at <= ends_at)
) STRICT;
CREATE INDEX session_account ON session (account);
CREATE INDEX session_ends ON session (idle_ends_at);

CREATE TABLE bucket (
  name     TEXT    NOT NULL PRIMARY KEY,
  empty_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bucket_empty ON bucket (empty_at);

CREATE TABLE letter (
  id         TEXT    NOT NULL PRIMARY KEY,
  message_id TEXT    NOT NULL UNIQUE,
  account    TEXT    REFERENCES account (id),
  address    TEXT    NOT NULL,
  template   TEXT    NOT NULL,
  args       TEXT    NOT NULL,
  language   TEXT    NOT NULL CHECK (language IN ('en', 'fr-CA')),
  state      TEXT    NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'withheld', 'bounced')),
  made_at    INTEGER NOT NULL,
  ended_at   INTEGER,
  CHECK (account IS NOT NULL OR address <> ''),
  CHECK ((state = 'waiting') = (ended_at IS NULL))
) STRICT;
CREATE INDEX letter_account ON letter (account, made_at);
CREATE INDEX letter_made ON letter (state, made_at);

CREATE TABLE delivery (
  letter  TEXT    NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  at      INTEGER NOT NULL,
  outcome TEXT    NOT NULL CHECK (outcome IN ('sent', 'later', 'refused', 'withheld', 'bounced')),
  detail  TEXT    NOT NULL,
  PRIMARY KEY (letter, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE suppression (
  folded TEXT    NOT NULL PRIMARY KEY,
  reason TEXT    NOT NULL CHECK (reason IN ('bounced', 'asked')),
  at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE suppression;
DROP TABLE delivery;
DROP TABLE letter;
DROP TABLE bucket;
DROP TABLE session;
DROP TABLE link;
DROP TABLE email;
DROP TABLE role;
DROP TABLE account;
