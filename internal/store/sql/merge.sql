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

-- name: merge.veto-by
INSERT INTO veto (person, other, made_at)
SELECT CAST($2 AS TEXT), other, made_at FROM veto WHERE person = $1 AND other <> $2 ON CONFLICT (person, other) DO NOTHING;

-- name: merge.veto-of
INSERT INTO veto (person, other, made_at)
SELECT person, CAST($2 AS TEXT), made_at FROM veto WHERE other = $1 AND person <> $2 ON CONFLICT (person, other) DO NOTHING;

-- name: merge.veto-end
DELETE FROM veto WHERE person = $1 OR other = $1;

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
