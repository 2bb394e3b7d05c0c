-- name: person.add
INSERT INTO person (id, given, family, pronoun, sort, guest, home_code, home_label, place_code, place_label, zone, distance,
  capacity, hours, refuses, destination_code, destination_label, destination_kind, destination_day, listed, made_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22);

-- name: person.set
UPDATE person SET given = $2, family = $3, pronoun = $4, sort = $5, guest = $6, home_code = $7, home_label = $8,
  place_code = $9, place_label = $10, zone = $11, distance = $12, capacity = $13, hours = $14, refuses = $15,
  destination_code = $16, destination_label = $17, destination_kind = $18, destination_day = $19, listed = $20, changed_at = $21
WHERE id = $1;

-- name: person.find
SELECT id, given, family, pronoun, sort, guest, home_code, home_label, place_code, place_label, zone, distance, capacity,
  hours, refuses, destination_code, destination_label, destination_kind, destination_day, listed, made_at, changed_at
FROM person WHERE id = $1;

-- name: person.delete
-- What belongs to the profile goes with it.
DELETE FROM person WHERE id = $1;

-- name: person.terms
SELECT person, field, place, code, label, line, audience FROM person_term WHERE person = $1 ORDER BY field, place;

-- name: person.term-add
INSERT INTO person_term (person, field, place, code, label, line, audience) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: person.terms-delete
DELETE FROM person_term WHERE person = $1 AND field = $2;

-- name: person.terms-audience
UPDATE person_term SET audience = $3 WHERE person = $1 AND field = $2;

-- name: person.visibilities
SELECT field, audience FROM visibility WHERE person = $1 ORDER BY field;

-- name: person.visibility-set
INSERT INTO visibility (person, field, audience) VALUES ($1, $2, $3)
ON CONFLICT (person, field) DO UPDATE SET audience = excluded.audience;

-- name: person.drafts
SELECT stage, body, saved_at FROM draft WHERE person = $1 ORDER BY stage;

-- name: person.draft-set
INSERT INTO draft (person, stage, body, saved_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (person, stage) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at;

-- name: person.draft-delete
DELETE FROM draft WHERE person = $1 AND stage = $2;

-- name: person.drafts-sweep
DELETE FROM draft WHERE saved_at < $1;

-- name: person.aways
SELECT from_day, to_day FROM away WHERE person = $1 ORDER BY from_day;

-- name: person.away-add
INSERT INTO away (person, from_day, to_day) VALUES ($1, $2, $3) ON CONFLICT (person, from_day) DO NOTHING;

-- name: person.aways-delete
DELETE FROM away WHERE person = $1;

-- name: person.aways-sweep
DELETE FROM away WHERE to_day < $1;

-- name: person.appointments
SELECT id, person, unit, unit_label, ladder, code, label, track, from_day, to_day
FROM appointment WHERE person = $1 ORDER BY from_day DESC, ladder, id;

-- name: person.appointment-add
INSERT INTO appointment (id, person, unit, unit_label, ladder, code, label, track, from_day, to_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: person.appointments-delete
DELETE FROM appointment WHERE person = $1;

-- name: person.turning
-- People whose appointments begin or end between two days, so that what is derived from them changes.
SELECT DISTINCT person FROM appointment
WHERE from_day > $1 AND from_day <= $2 OR to_day >= $1 AND to_day < $2 AND to_day <> ''
ORDER BY person;

-- name: person.delete-account
-- An account that nobody has ever used and nothing else refers to.
DELETE FROM account WHERE id = $1;
