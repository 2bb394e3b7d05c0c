-- Accounts, how their people come in, and what is written to them.
-- +goose Up

CREATE TABLE account (
  id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  language      TEXT COLLATE "C" NOT NULL CHECK (language IN ('en', 'fr-CA')),
  discreet      BIGINT           NOT NULL CHECK (discreet IN (0, 1)),
  made_at       BIGINT           NOT NULL,
  suspended_at  BIGINT,
  suspended_for TEXT COLLATE "C" NOT NULL,
  merged_into   TEXT COLLATE "C" REFERENCES account (id),
  CHECK (merged_into <> id)
);
CREATE INDEX account_merged ON account (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE role (
  account    TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  role       TEXT COLLATE "C" NOT NULL CHECK (role IN ('administrator')),
  granted_at BIGINT           NOT NULL,
  granted_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account, role)
);

CREATE TABLE email (
  folded      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  address     TEXT COLLATE "C" NOT NULL,
  account     TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('personal', 'institution')),
  owns        BIGINT           NOT NULL CHECK (owns IN (0, 1)),
  verified_at BIGINT,
  left_until  BIGINT,
  CHECK (owns = 0 OR kind = 'personal'),
  CHECK (owns = 0 OR left_until IS NULL)
);
CREATE UNIQUE INDEX email_owner ON email (account) WHERE owns = 1;
CREATE INDEX email_account ON email (account);

CREATE TABLE link (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  hash       BYTEA            NOT NULL UNIQUE,
  purpose    TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('sign-in', 'first-administrator', 'change', 'revert', 'merge')),
  account    TEXT COLLATE "C" REFERENCES account (id),
  address    TEXT COLLATE "C" NOT NULL,
  browser    BYTEA            NOT NULL,
  attempts   BIGINT           NOT NULL CHECK (attempts >= 0),
  made_at    BIGINT           NOT NULL,
  expires_at BIGINT           NOT NULL,
  used_at    BIGINT,
  CHECK (expires_at > made_at)
);
CREATE INDEX link_browser ON link (browser, made_at) WHERE used_at IS NULL;
CREATE INDEX link_account ON link (account) WHERE used_at IS NULL;
CREATE INDEX link_expires ON link (expires_at);

CREATE TABLE session (
  id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  hash         BYTEA            NOT NULL UNIQUE,
  account      TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  label        TEXT COLLATE "C" NOT NULL,
  shared       BIGINT           NOT NULL CHECK (shared IN (0, 1)),
  made_at      BIGINT           NOT NULL,
  proved_at    BIGINT           NOT NULL,
  seen_at      BIGINT           NOT NULL,
  idle_ends_at BIGINT           NOT NULL,
  ends_at      BIGINT           NOT NULL,
  CHECK (idle_ends_at <= ends_at)
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_ends ON session (idle_ends_at);

CREATE TABLE bucket (
  name     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  empty_at BIGINT           NOT NULL
);
CREATE INDEX bucket_empty ON bucket (empty_at);

CREATE TABLE letter (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  message_id TEXT COLLATE "C" NOT NULL UNIQUE,
  account    TEXT COLLATE "C" REFERENCES account (id),
  address    TEXT COLLATE "C" NOT NULL,
  template   TEXT COLLATE "C" NOT NULL,
  args       TEXT COLLATE "C" NOT NULL,
  language   TEXT COLLATE "C" NOT NULL CHECK (language IN ('en', 'fr-CA')),
  state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'withheld', 'bounced')),
  made_at    BIGINT           NOT NULL,
  ended_at   BIGINT,
  CHECK (account IS NOT NULL OR address <> ''),
  CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX letter_account ON letter (account, made_at);
CREATE INDEX letter_made ON letter (state, made_at);

CREATE TABLE delivery (
  letter  TEXT COLLATE "C" NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
  attempt BIGINT           NOT NULL CHECK (attempt >= 1),
  at      BIGINT           NOT NULL,
  outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('sent', 'later', 'refused', 'withheld', 'bounced')),
  detail  TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (letter, attempt)
);

CREATE TABLE suppression (
  folded TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  reason TEXT COLLATE "C" NOT NULL CHECK (reason IN ('bounced', 'asked')),
  at     BIGINT           NOT NULL
);

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
