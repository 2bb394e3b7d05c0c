-- Who has changed in what lists and searches find, numbered in the order of the changes, so that a directory in memory
-- knows whom to read again. Whoever is gone stays here, for those who have not read that yet.
-- +goose Up
CREATE TABLE person_change (
  person TEXT    NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL CHECK (number >= 1)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_change_number ON person_change (number);

-- With all that is read by person, so that it is read from one place.
DROP INDEX person_word_person;
CREATE INDEX person_word_person ON person_word (person, audience, word);

-- +goose Down
DROP INDEX person_word_person;
CREATE INDEX person_word_person ON person_word (person);
DROP TABLE person_change;
