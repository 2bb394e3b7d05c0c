-- name: authority.add
INSERT INTO authority (id, from_person, to_person, kind, from_day, to_day, source, declared_by, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (from_person, to_person, kind, from_day, source, declared_by) DO UPDATE SET to_day = excluded.to_day;

-- name: authority.find
SELECT id, from_person, to_person, kind, from_day, to_day, source, declared_by, made_at FROM authority WHERE id = $1;

-- name: authority.of
SELECT id, from_person, to_person, kind, from_day, to_day, source, declared_by, made_at
FROM authority WHERE from_person = $1 OR to_person = $1 ORDER BY from_day, id;

-- name: authority.delete
DELETE FROM authority WHERE id = $1;

-- name: authority.delete-of
DELETE FROM authority WHERE from_person = $1 OR to_person = $1;

-- name: authority.forget-declarer
UPDATE authority SET declared_by = '' WHERE declared_by = $1;

-- name: authority.standing
-- All positions that begin or end at somebody on a day: those written down, and those that follow from leading a unit of
-- somebody, or one above it.
WITH RECURSIVE
led (unit) AS (
  SELECT h.unit FROM unit_head h WHERE h.person = $1 AND h.from_day <= $2 AND (h.to_day = '' OR h.to_day >= $2)
  UNION
  SELECT u.id FROM unit u JOIN led l ON u.parent = l.unit
),
mine (unit) AS (
  SELECT a.unit FROM appointment a
  WHERE a.person = $1 AND a.unit IS NOT NULL AND a.from_day <= $2 AND (a.to_day = '' OR a.to_day >= $2)
  UNION
  SELECT u.parent FROM unit u JOIN mine m ON u.id = m.unit WHERE u.parent IS NOT NULL
)
SELECT from_person, to_person, kind FROM authority
WHERE (from_person = $1 OR to_person = $1) AND from_day <= $2 AND (to_day = '' OR to_day >= $2)
UNION
SELECT h.person, $1, 'leads_unit_of' FROM unit_head h JOIN mine m ON m.unit = h.unit
WHERE h.person <> $1 AND h.from_day <= $2 AND (h.to_day = '' OR h.to_day >= $2)
UNION
SELECT $1, a.person, 'leads_unit_of' FROM led l CROSS JOIN appointment a -- in this order: most lead nothing
WHERE a.unit = l.unit AND a.person <> $1 AND a.from_day <= $2 AND (a.to_day = '' OR a.to_day >= $2)
ORDER BY 1, 2, 3;

-- name: authority.veto-add
INSERT INTO veto (person, other, made_at) VALUES ($1, $2, $3) ON CONFLICT (person, other) DO NOTHING;

-- name: authority.veto-delete
DELETE FROM veto WHERE person = $1 AND other = $2;

-- name: authority.vetoes
-- Those of one person. What others said of them is not for anybody to read.
SELECT other, made_at FROM veto WHERE person = $1 ORDER BY made_at, other;

-- name: authority.apart
SELECT COUNT(*) FROM veto WHERE person = $1 AND other = $2 OR person = $2 AND other = $1;

-- name: authority.veto-delete-of
DELETE FROM veto WHERE person = $1 OR other = $1;

-- name: authority.veto-sweep
DELETE FROM veto WHERE made_at < $1;

-- name: authority.declare
INSERT INTO declaration (person, made_at, none) VALUES ($1, $2, $3);

-- name: authority.declarations
SELECT made_at, none FROM declaration WHERE person = $1 ORDER BY made_at DESC;

-- name: authority.declarations-delete
DELETE FROM declaration WHERE person = $1;

-- name: authority.sweep
-- Positions that ended before a day.
DELETE FROM authority WHERE to_day <> '' AND to_day < $1;

-- name: authority.declaration-sweep
DELETE FROM declaration WHERE made_at < $1;
