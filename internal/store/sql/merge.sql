-- name: merge.profile
INSERT INTO person (id, given, family, pronoun, sort, guest, home_code, home_label, place_code, place_label, zone, distance,
  capacity, hours, refuses, destination_code, destination_label, destination_kind, destination_day, listed, made_at, changed_at)
SELECT $2, given, family, pronoun, sort, guest, home_code, home_label, place_code, place_label, zone, distance,
  capacity, hours, refuses, destination_code, destination_label, destination_kind, destination_day, listed, made_at, changed_at
FROM person WHERE id = $1 ON CONFLICT (id) DO NOTHING;

-- name: merge.terms
UPDATE person_term SET person = $2 WHERE person = $1;

-- name: merge.visibility
UPDATE visibility SET person = $2 WHERE person = $1;

-- name: merge.drafts
UPDATE draft SET person = $2 WHERE person = $1;

-- name: merge.appointments
UPDATE appointment SET person = $2 WHERE person = $1;

-- name: merge.away
UPDATE away SET person = $2 WHERE person = $1;

-- name: merge.words
UPDATE person_word SET person = $2 WHERE person = $1;

-- name: merge.authority-loops
DELETE FROM authority WHERE from_person = $1 AND to_person = $2 OR from_person = $2 AND to_person = $1;

-- name: merge.authority-twice
-- Positions of the one that the other has too.
DELETE FROM authority WHERE id IN (
  SELECT a.id FROM authority a JOIN authority b ON b.kind = a.kind AND b.from_day = a.from_day AND b.source = a.source
    AND (b.declared_by = a.declared_by OR a.declared_by = $1 AND b.declared_by = $2)
    AND (a.from_person = $1 AND b.from_person = $2 AND b.to_person = a.to_person
      OR a.to_person = $1 AND b.to_person = $2 AND b.from_person = a.from_person));

-- name: merge.authority-from
UPDATE authority SET from_person = $2 WHERE from_person = $1;

-- name: merge.authority-to
UPDATE authority SET to_person = $2 WHERE to_person = $1;

-- name: merge.authority-by
UPDATE authority SET declared_by = $2 WHERE declared_by = $1;

-- name: merge.authority-address-own
-- What either declared towards an address of the other: the addresses are those of one person by now.
DELETE FROM authority_address WHERE person IN ($1, $2)
  AND (account IN ($1, $2) OR folded IN (SELECT e.folded FROM email e WHERE e.account IN ($1, $2)));

-- name: merge.authority-address-by
UPDATE authority_address SET person = $2 WHERE person = $1 AND NOT EXISTS (
  SELECT 1 FROM authority_address b WHERE b.person = $2 AND b.folded = authority_address.folded AND b.kind = authority_address.kind
    AND b.above = authority_address.above AND b.from_day = authority_address.from_day);

-- name: merge.authority-address-of
UPDATE authority_address SET account = $2 WHERE account = $1;

-- name: merge.authority-address-end
DELETE FROM authority_address WHERE person = $1;

-- name: merge.veto-by
INSERT INTO veto (person, other, made_at)
SELECT CAST($2 AS TEXT), other, made_at FROM veto WHERE person = $1 AND other <> $2 ON CONFLICT (person, other) DO NOTHING;

-- name: merge.veto-of
INSERT INTO veto (person, other, made_at)
SELECT person, CAST($2 AS TEXT), made_at FROM veto WHERE other = $1 AND person <> $2 ON CONFLICT (person, other) DO NOTHING;

-- name: merge.veto-end
DELETE FROM veto WHERE person = $1 OR other = $1;

-- name: merge.veto-address-own
DELETE FROM veto_address WHERE person IN ($1, $2)
  AND (account IN ($1, $2) OR folded IN (SELECT e.folded FROM email e WHERE e.account IN ($1, $2)));

-- name: merge.veto-address-by
UPDATE veto_address SET person = $2 WHERE person = $1
  AND folded NOT IN (SELECT b.folded FROM veto_address b WHERE b.person = $2);

-- name: merge.veto-address-of
UPDATE veto_address SET account = $2 WHERE account = $1;

-- name: merge.veto-address-end
DELETE FROM veto_address WHERE person = $1;

-- name: merge.declarations
INSERT INTO declaration (person, made_at, none)
SELECT CAST($2 AS TEXT), made_at, none FROM declaration WHERE person = $1 ON CONFLICT (person, made_at) DO NOTHING;

-- name: merge.declarations-end
DELETE FROM declaration WHERE person = $1;

-- name: merge.marks-by
INSERT INTO mark (person, other, kind, made_at)
SELECT CAST($2 AS TEXT), other, kind, made_at FROM mark WHERE person = $1 AND other <> $2 ON CONFLICT (person, other) DO NOTHING;

-- name: merge.marks-of
INSERT INTO mark (person, other, kind, made_at)
SELECT person, CAST($2 AS TEXT), kind, made_at FROM mark WHERE other = $1 AND person <> $2 ON CONFLICT (person, other) DO NOTHING;

-- name: merge.marks-end
DELETE FROM mark WHERE person = $1 OR other = $1;

-- name: merge.heads
INSERT INTO unit_head (unit, person, from_day, to_day)
SELECT unit, CAST($2 AS TEXT), from_day, to_day FROM unit_head WHERE person = $1 ON CONFLICT (unit, person, from_day) DO NOTHING;

-- name: merge.heads-end
DELETE FROM unit_head WHERE person = $1;

-- name: merge.delegates
UPDATE delegate SET mentor = $2
WHERE mentor = $1 AND COALESCE(account, '') <> $2 AND folded NOT IN (SELECT d.folded FROM delegate d WHERE d.mentor = $2);

-- name: merge.delegate-of
UPDATE delegate SET account = $2 WHERE account = $1 AND mentor <> $2;

-- name: merge.delegates-end
DELETE FROM delegate WHERE mentor = $1 OR account = $1;

-- name: merge.enrolments
INSERT INTO enrolment (program, person, since)
SELECT program, CAST($2 AS TEXT), since FROM enrolment WHERE person = $1 ON CONFLICT (program, person) DO NOTHING;

-- name: merge.enrolments-end
DELETE FROM enrolment WHERE person = $1;

-- name: merge.coordinations
INSERT INTO coordination (program, account, since)
SELECT program, CAST($2 AS TEXT), since FROM coordination WHERE account = $1 ON CONFLICT (program, account) DO NOTHING;

-- name: merge.coordinations-end
DELETE FROM coordination WHERE account = $1;
