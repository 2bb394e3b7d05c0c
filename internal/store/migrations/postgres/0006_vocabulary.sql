-- Editions of lists that an installation uses in place of those of the program. The last one of a list is in use.
-- +goose Up

CREATE TABLE vocabulary (
  list    TEXT COLLATE "C" NOT NULL,
  number  BIGINT NOT NULL CHECK (number >= 1),
  edition TEXT NOT NULL,
  body    TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (list, number)
);

-- +goose Down
DROP TABLE vocabulary;
