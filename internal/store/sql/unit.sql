-- name: unit.add
INSERT INTO unit (id, parent, name_en, name_fr, opened_day, closed_day) VALUES ($1, $2, $3, $4, $5, $6);

-- name: unit.set
UPDATE unit SET parent = $2, name_en = $3, name_fr = $4, opened_day = $5, closed_day = $6 WHERE id = $1;

-- name: unit.all
SELECT id, parent, name_en, name_fr, opened_day, closed_day FROM unit ORDER BY id;

-- name: unit.heads
SELECT unit, person, from_day, to_day FROM unit_head ORDER BY unit, person, from_day;

-- name: unit.head-add
INSERT INTO unit_head (unit, person, from_day, to_day) VALUES ($1, $2, $3, $4)
ON CONFLICT (unit, person, from_day) DO UPDATE SET to_day = excluded.to_day;

-- name: unit.head-delete
DELETE FROM unit_head WHERE person = $1;

-- name: unit.headed-by
-- The units that somebody leads on a day, those below them included.
WITH RECURSIVE below (id) AS (
  SELECT unit FROM unit_head WHERE person = $1 AND from_day <= $2 AND (to_day = '' OR to_day >= $2)
  UNION
  SELECT u.id FROM unit u JOIN below b ON u.parent = b.id
)
SELECT id FROM below ORDER BY id;
