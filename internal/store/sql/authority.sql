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

-- name: authority.standing
-- All positions that begin or end at somebody on a day: those written down, those declared towards an address that is
-- somebody's, and those that follow from leading a unit of somebody, or one above it.
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
),
named (id, other) AS (
  SELECT n.id, e.account FROM authority_address n JOIN email e ON e.folded = n.folded WHERE n.person = $1
  UNION
  SELECT n.id, n.account FROM authority_address n WHERE n.person = $1
  UNION
  SELECT n.id, e.account FROM email e JOIN authority_address n ON n.folded = e.folded WHERE e.account = $1
  UNION
  SELECT n.id, n.account FROM authority_address n WHERE n.account = $1
)
SELECT from_person, to_person, kind FROM authority
WHERE (from_person = $1 OR to_person = $1) AND from_day <= $2 AND (to_day = '' OR to_day >= $2)
UNION
SELECT CASE WHEN n.above = 1 THEN n.person ELSE d.other END, CASE WHEN n.above = 1 THEN d.other ELSE n.person END, n.kind
FROM named d JOIN authority_address n ON n.id = d.id
WHERE d.other <> n.person AND n.from_day <= $2 AND (n.to_day = '' OR n.to_day >= $2)
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
-- How many wishes of either stand between two people: those that name the other, and those that name an address that is
-- the other's, or was before they gave it up.
SELECT COUNT(*) FROM (
  SELECT v.person FROM veto v WHERE v.person = $1 AND v.other = $2 OR v.person = $2 AND v.other = $1
  UNION ALL
  SELECT n.person FROM veto_address n LEFT JOIN email e ON e.folded = n.folded
  WHERE n.person = $1 AND (e.account = $2 OR n.account = $2) OR n.person = $2 AND (e.account = $1 OR n.account = $1)
) w;

-- name: authority.veto-sweep
DELETE FROM veto WHERE made_at < $1;

-- name: authority.declare
INSERT INTO declaration (person, made_at, none) VALUES ($1, $2, $3);

-- name: authority.declarations
SELECT made_at, none FROM declaration WHERE person = $1 ORDER BY made_at DESC;

-- name: authority.sweep
-- Positions that ended before a day.
DELETE FROM authority WHERE to_day <> '' AND to_day < $1;

-- name: authority.declaration-sweep
DELETE FROM declaration WHERE made_at < $1;

-- name: authority.veto-address-add
INSERT INTO veto_address (id, person, folded, address, account, made_at) VALUES ($1, $2, $3, $4, NULL, $5)
ON CONFLICT (person, folded) DO NOTHING;

-- name: authority.veto-address-delete
DELETE FROM veto_address WHERE id = $1 AND person = $2;

-- name: authority.veto-addresses
-- Those of one person, as they were typed. Whose they are is not said.
SELECT id, address, made_at FROM veto_address WHERE person = $1 ORDER BY made_at, folded;

-- name: authority.veto-address-sweep
DELETE FROM veto_address WHERE made_at < $1;

-- name: authority.address-add
INSERT INTO authority_address (id, person, folded, address, account, kind, above, from_day, to_day, made_at)
VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8, $9)
ON CONFLICT (person, folded, kind, above, from_day) DO UPDATE SET to_day = excluded.to_day;

-- name: authority.addresses-by
-- What somebody declared towards addresses, and who has each of them now or had it before they gave it up.
SELECT n.id, n.person, n.address, COALESCE(e.account, n.account, ''), n.kind, n.above, n.from_day, n.to_day, n.made_at
FROM authority_address n LEFT JOIN email e ON e.folded = n.folded
WHERE n.person = $1 ORDER BY n.from_day, n.folded, n.kind, n.above;

-- name: authority.addresses-of
-- What others declared towards the addresses that somebody has, or had before they gave them up.
SELECT n.id, n.person, n.address, CAST($1 AS TEXT), n.kind, n.above, n.from_day, n.to_day, n.made_at
FROM authority_address n
WHERE n.person <> $1 AND (n.account = $1 OR n.folded IN (SELECT e.folded FROM email e WHERE e.account = $1))
ORDER BY n.from_day, n.id;

-- name: authority.addresses-drop
DELETE FROM authority_address WHERE person = $1;

-- name: authority.address-sweep
DELETE FROM authority_address WHERE to_day <> '' AND to_day < $1;
