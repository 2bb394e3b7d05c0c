-- Editions of lists that an installation uses in place of those of the program. The last one of a list is in use.
-- +goose Up

CREATE TABLE vocabulary (
  list    TEXT NOT NULL,
  number  INTEGER NOT NULL CHECK (number >= 1),
  edition TEXT NOT NULL,
  body    TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (list, number)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE vocabulary;
