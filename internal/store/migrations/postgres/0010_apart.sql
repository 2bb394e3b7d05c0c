-- Wishes and declared positions towards somebody who is named by an address. They hold for whichever account has that
-- address when they are read, so that naming somebody looks the same whether or not there is an account.
-- +goose Up
CREATE TABLE veto_address (
  id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  person  TEXT COLLATE "C" NOT NULL REFERENCES account (id),
  folded  TEXT COLLATE "C" NOT NULL CHECK (folded <> ''),
  address TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" REFERENCES account (id), -- whose the address was before they gave it up
  made_at BIGINT           NOT NULL
);
CREATE UNIQUE INDEX veto_address_same ON veto_address (person, folded);
CREATE INDEX veto_address_folded ON veto_address (folded);
CREATE INDEX veto_address_account ON veto_address (account);

CREATE TABLE authority_address (
  id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  person   TEXT COLLATE "C" NOT NULL REFERENCES account (id), -- who declared it
  folded   TEXT COLLATE "C" NOT NULL CHECK (folded <> ''),
  address  TEXT COLLATE "C" NOT NULL,
  account  TEXT COLLATE "C" REFERENCES account (id),
  kind     TEXT COLLATE "C" NOT NULL CHECK (kind IN ('supervises', 'evaluates', 'decides_promotion', 'pays', 'leads_unit_of', 'observes', 'family', 'business', 'co_applicant_competitor')),
  above    BIGINT           NOT NULL CHECK (above IN (0, 1)), -- 1: the person has it over whoever has the address
  from_day TEXT COLLATE "C" NOT NULL,
  to_day   TEXT COLLATE "C" NOT NULL,
  made_at  BIGINT           NOT NULL,
  CHECK (to_day = '' OR to_day >= from_day)
);
CREATE UNIQUE INDEX authority_address_same ON authority_address (person, folded, kind, above, from_day);
CREATE INDEX authority_address_folded ON authority_address (folded);
CREATE INDEX authority_address_account ON authority_address (account);

-- +goose Down
DROP TABLE authority_address;
DROP TABLE veto_address;
