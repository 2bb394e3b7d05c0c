-- name: directory.page-all
-- Everybody, in the order of names, behind a place in it.
SELECT p.id, 0, p.sort FROM person p
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND (p.sort, p.id) > ($6, $7)
ORDER BY p.sort, p.id LIMIT $8;

-- name: directory.facets-some
-- How many of everybody with room, or of those whom the viewer kept or set aside, have which code.
SELECT t.field, t.code, COUNT(*) FROM person p
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
JOIN person_term t ON t.person = p.id
WHERE t.code <> '' AND t.audience <= CAST($1 AS INTEGER) AND t.field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance')
  AND p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
GROUP BY t.field, t.code ORDER BY t.field, t.code;

-- name: directory.count-all
-- How many everybody is.
SELECT COUNT(*) FROM person p
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5));

-- name: directory.facets-all
-- How many have which code: of all, without looking at who is hidden from the viewer.
SELECT field, code, COUNT(*) FROM person_term
WHERE code <> '' AND audience <= CAST($1 AS INTEGER) AND field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance')
GROUP BY field, code ORDER BY field, code;

-- name: directory.facets-hidden
-- How many of those have which code that are hidden from the viewer, or left out of lists; for a coordinator, those over
-- whom they have authority, who are for a deputy (CF-9).
SELECT t.field, t.code, COUNT(*) FROM person_term t
WHERE t.code <> '' AND t.audience <= CAST($1 AS INTEGER) AND t.field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance') AND t.person IN (
  SELECT CAST($2 AS TEXT) UNION SELECT other FROM mark WHERE person = $2 AND kind = 'aside'
  UNION SELECT id FROM account WHERE suspended_at IS NOT NULL OR merged_into IS NOT NULL
  UNION SELECT e.to_person FROM authority e WHERE CAST($1 AS INTEGER) >= 2 AND e.from_person = $2
    AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
    AND e.from_day <= $3 AND (e.to_day = '' OR e.to_day >= $3)
  UNION SELECT u.person FROM person_term u JOIN unit_head h ON h.unit = u.code
  WHERE CAST($1 AS INTEGER) >= 2 AND u.field = 'unit' AND h.person = $2
    AND h.from_day <= $3 AND (h.to_day = '' OR h.to_day >= $3))
GROUP BY t.field, t.code ORDER BY t.field, t.code;

-- name: directory.page-terms engine: sqlite
-- Those who have one of the wanted codes in each of the fields asked for. The codes of one field, the rarest, lead.
WITH
wanted (lead, field, code) AS (
  SELECT json_extract(value, '$.lead'), json_extract(value, '$.field'), json_extract(value, '$.code') FROM json_each($6)
),
found (person, rank) AS (
  SELECT DISTINCT t.person, 0 FROM wanted w JOIN person_term t ON t.field = w.field AND t.code = w.code
  WHERE w.lead = 1 AND t.code <> '' AND t.audience <= CAST($1 AS INTEGER)
)
SELECT p.id, f.rank, p.sort FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term t JOIN wanted y ON y.field = t.field AND y.code = t.code
      WHERE t.person = p.id AND t.field = x.field AND t.audience <= CAST($1 AS INTEGER)))
  AND (f.rank, p.sort, p.id) > (CAST($7 AS INTEGER), $8, $9)
ORDER BY f.rank, p.sort, p.id LIMIT $10;

-- name: directory.count-terms engine: sqlite
-- How many they are.
WITH
wanted (lead, field, code) AS (
  SELECT json_extract(value, '$.lead'), json_extract(value, '$.field'), json_extract(value, '$.code') FROM json_each($6)
),
found (person, rank) AS (
  SELECT DISTINCT t.person, 0 FROM wanted w JOIN person_term t ON t.field = w.field AND t.code = w.code
  WHERE w.lead = 1 AND t.code <> '' AND t.audience <= CAST($1 AS INTEGER)
)
SELECT COUNT(*) FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term t JOIN wanted y ON y.field = t.field AND y.code = t.code
      WHERE t.person = p.id AND t.field = x.field AND t.audience <= CAST($1 AS INTEGER)));

-- name: directory.facets-terms engine: sqlite
-- How many of those have which code.
WITH
wanted (lead, field, code) AS (
  SELECT json_extract(value, '$.lead'), json_extract(value, '$.field'), json_extract(value, '$.code') FROM json_each($6)
),
found (person, rank) AS (
  SELECT DISTINCT t.person, 0 FROM wanted w JOIN person_term t ON t.field = w.field AND t.code = w.code
  WHERE w.lead = 1 AND t.code <> '' AND t.audience <= CAST($1 AS INTEGER)
)
SELECT t.field, t.code, COUNT(*) FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
JOIN person_term t ON t.person = p.id
WHERE t.code <> '' AND t.audience <= CAST($1 AS INTEGER) AND t.field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance')
  AND p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term z JOIN wanted y ON y.field = z.field AND y.code = z.code
      WHERE z.person = p.id AND z.field = x.field AND z.audience <= CAST($1 AS INTEGER)))
GROUP BY t.field, t.code ORDER BY t.field, t.code;

-- name: directory.page-text engine: sqlite
-- Those whose words answer all terms of one reading of what was typed, best first; and who have the codes wanted.
WITH
wanted (lead, field, code) AS (
  SELECT json_extract(value, '$.lead'), json_extract(value, '$.field'), json_extract(value, '$.code') FROM json_each($6)
),
asked (reading, term, terms, rank, low, high) AS (
  SELECT json_extract(value, '$.reading'), json_extract(value, '$.term'), json_extract(value, '$.terms'),
    json_extract(value, '$.rank'), json_extract(value, '$.low'), json_extract(value, '$.high') FROM json_each($7)
),
hit (person, reading, terms, rank) AS (
  SELECT w.person, a.reading, MIN(a.terms), MIN(a.rank) FROM asked a JOIN person_word w ON w.word >= a.low AND w.word < a.high
  WHERE w.audience <= CAST($1 AS INTEGER) GROUP BY w.person, a.reading, a.term
),
answer (person, rank) AS (
  SELECT person, SUM(rank) FROM hit GROUP BY person, reading HAVING COUNT(*) = MIN(terms)
),
found (person, rank) AS (SELECT person, CAST(MIN(rank) AS INTEGER) FROM answer GROUP BY person)
SELECT p.id, f.rank, p.sort FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term t JOIN wanted y ON y.field = t.field AND y.code = t.code
      WHERE t.person = p.id AND t.field = x.field AND t.audience <= CAST($1 AS INTEGER)))
  AND (f.rank, p.sort, p.id) > (CAST($8 AS INTEGER), $9, $10)
ORDER BY f.rank, p.sort, p.id LIMIT $11;

-- name: directory.count-text engine: sqlite
-- How many they are.
WITH
wanted (lead, field, code) AS (
  SELECT json_extract(value, '$.lead'), json_extract(value, '$.field'), json_extract(value, '$.code') FROM json_each($6)
),
asked (reading, term, terms, rank, low, high) AS (
  SELECT json_extract(value, '$.reading'), json_extract(value, '$.term'), json_extract(value, '$.terms'),
    json_extract(value, '$.rank'), json_extract(value, '$.low'), json_extract(value, '$.high') FROM json_each($7)
),
hit (person, reading, terms, rank) AS (
  SELECT w.person, a.reading, MIN(a.terms), MIN(a.rank) FROM asked a JOIN person_word w ON w.word >= a.low AND w.word < a.high
  WHERE w.audience <= CAST($1 AS INTEGER) GROUP BY w.person, a.reading, a.term
),
answer (person, rank) AS (
  SELECT person, SUM(rank) FROM hit GROUP BY person, reading HAVING COUNT(*) = MIN(terms)
),
found (person, rank) AS (SELECT person, CAST(MIN(rank) AS INTEGER) FROM answer GROUP BY person)
SELECT COUNT(*) FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term t JOIN wanted y ON y.field = t.field AND y.code = t.code
      WHERE t.person = p.id AND t.field = x.field AND t.audience <= CAST($1 AS INTEGER)));

-- name: directory.facets-text engine: sqlite
-- How many of those have which code.
WITH
wanted (lead, field, code) AS (
  SELECT json_extract(value, '$.lead'), json_extract(value, '$.field'), json_extract(value, '$.code') FROM json_each($6)
),
asked (reading, term, terms, rank, low, high) AS (
  SELECT json_extract(value, '$.reading'), json_extract(value, '$.term'), json_extract(value, '$.terms'),
    json_extract(value, '$.rank'), json_extract(value, '$.low'), json_extract(value, '$.high') FROM json_each($7)
),
hit (person, reading, terms, rank) AS (
  SELECT w.person, a.reading, MIN(a.terms), MIN(a.rank) FROM asked a JOIN person_word w ON w.word >= a.low AND w.word < a.high
  WHERE w.audience <= CAST($1 AS INTEGER) GROUP BY w.person, a.reading, a.term
),
answer (person, rank) AS (
  SELECT person, SUM(rank) FROM hit GROUP BY person, reading HAVING COUNT(*) = MIN(terms)
),
found (person, rank) AS (SELECT person, CAST(MIN(rank) AS INTEGER) FROM answer GROUP BY person)
SELECT t.field, t.code, COUNT(*) FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
JOIN person_term t ON t.person = p.id
WHERE t.code <> '' AND t.audience <= CAST($1 AS INTEGER) AND t.field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance')
  AND p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term z JOIN wanted y ON y.field = z.field AND y.code = z.code
      WHERE z.person = p.id AND z.field = x.field AND z.audience <= CAST($1 AS INTEGER)))
GROUP BY t.field, t.code ORDER BY t.field, t.code;

-- name: directory.page-terms engine: postgres
-- Those who have one of the wanted codes in each of the fields asked for. The codes of one field, the rarest, lead.
WITH
wanted (lead, field, code) AS (
  SELECT * FROM jsonb_to_recordset(CAST($6 AS JSONB)) AS x (lead BIGINT, field TEXT, code TEXT)
),
found (person, rank) AS (
  SELECT DISTINCT t.person, 0 FROM wanted w JOIN person_term t ON t.field = w.field AND t.code = w.code
  WHERE w.lead = 1 AND t.code <> '' AND t.audience <= CAST($1 AS INTEGER)
)
SELECT p.id, f.rank, p.sort FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term t JOIN wanted y ON y.field = t.field AND y.code = t.code
      WHERE t.person = p.id AND t.field = x.field AND t.audience <= CAST($1 AS INTEGER)))
  AND (f.rank, p.sort, p.id) > (CAST($7 AS INTEGER), $8, $9)
ORDER BY f.rank, p.sort, p.id LIMIT $10;

-- name: directory.count-terms engine: postgres
-- How many they are.
WITH
wanted (lead, field, code) AS (
  SELECT * FROM jsonb_to_recordset(CAST($6 AS JSONB)) AS x (lead BIGINT, field TEXT, code TEXT)
),
found (person, rank) AS (
  SELECT DISTINCT t.person, 0 FROM wanted w JOIN person_term t ON t.field = w.field AND t.code = w.code
  WHERE w.lead = 1 AND t.code <> '' AND t.audience <= CAST($1 AS INTEGER)
)
SELECT COUNT(*) FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term t JOIN wanted y ON y.field = t.field AND y.code = t.code
      WHERE t.person = p.id AND t.field = x.field AND t.audience <= CAST($1 AS INTEGER)));

-- name: directory.facets-terms engine: postgres
-- How many of those have which code.
WITH
wanted (lead, field, code) AS (
  SELECT * FROM jsonb_to_recordset(CAST($6 AS JSONB)) AS x (lead BIGINT, field TEXT, code TEXT)
),
found (person, rank) AS (
  SELECT DISTINCT t.person, 0 FROM wanted w JOIN person_term t ON t.field = w.field AND t.code = w.code
  WHERE w.lead = 1 AND t.code <> '' AND t.audience <= CAST($1 AS INTEGER)
)
SELECT t.field, t.code, COUNT(*) FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
JOIN person_term t ON t.person = p.id
WHERE t.code <> '' AND t.audience <= CAST($1 AS INTEGER) AND t.field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance')
  AND p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term z JOIN wanted y ON y.field = z.field AND y.code = z.code
      WHERE z.person = p.id AND z.field = x.field AND z.audience <= CAST($1 AS INTEGER)))
GROUP BY t.field, t.code ORDER BY t.field, t.code;

-- name: directory.page-text engine: postgres
-- Those whose words answer all terms of one reading of what was typed, best first; and who have the codes wanted.
WITH
wanted (lead, field, code) AS (
  SELECT * FROM jsonb_to_recordset(CAST($6 AS JSONB)) AS x (lead BIGINT, field TEXT, code TEXT)
),
asked (reading, term, terms, rank, low, high) AS (
  SELECT * FROM jsonb_to_recordset(CAST($7 AS JSONB))
    AS x (reading BIGINT, term BIGINT, terms BIGINT, rank BIGINT, low TEXT, high TEXT)
),
hit (person, reading, terms, rank) AS (
  SELECT w.person, a.reading, MIN(a.terms), MIN(a.rank) FROM asked a JOIN person_word w ON w.word >= a.low COLLATE "C" AND w.word < a.high COLLATE "C"
  WHERE w.audience <= CAST($1 AS INTEGER) GROUP BY w.person, a.reading, a.term
),
answer (person, rank) AS (
  SELECT person, SUM(rank) FROM hit GROUP BY person, reading HAVING COUNT(*) = MIN(terms)
),
found (person, rank) AS (SELECT person, CAST(MIN(rank) AS INTEGER) FROM answer GROUP BY person)
SELECT p.id, f.rank, p.sort FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term t JOIN wanted y ON y.field = t.field AND y.code = t.code
      WHERE t.person = p.id AND t.field = x.field AND t.audience <= CAST($1 AS INTEGER)))
  AND (f.rank, p.sort, p.id) > (CAST($8 AS INTEGER), $9, $10)
ORDER BY f.rank, p.sort, p.id LIMIT $11;

-- name: directory.count-text engine: postgres
-- How many they are.
WITH
wanted (lead, field, code) AS (
  SELECT * FROM jsonb_to_recordset(CAST($6 AS JSONB)) AS x (lead BIGINT, field TEXT, code TEXT)
),
asked (reading, term, terms, rank, low, high) AS (
  SELECT * FROM jsonb_to_recordset(CAST($7 AS JSONB))
    AS x (reading BIGINT, term BIGINT, terms BIGINT, rank BIGINT, low TEXT, high TEXT)
),
hit (person, reading, terms, rank) AS (
  SELECT w.person, a.reading, MIN(a.terms), MIN(a.rank) FROM asked a JOIN person_word w ON w.word >= a.low COLLATE "C" AND w.word < a.high COLLATE "C"
  WHERE w.audience <= CAST($1 AS INTEGER) GROUP BY w.person, a.reading, a.term
),
answer (person, rank) AS (
  SELECT person, SUM(rank) FROM hit GROUP BY person, reading HAVING COUNT(*) = MIN(terms)
),
found (person, rank) AS (SELECT person, CAST(MIN(rank) AS INTEGER) FROM answer GROUP BY person)
SELECT COUNT(*) FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
WHERE p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term t JOIN wanted y ON y.field = t.field AND y.code = t.code
      WHERE t.person = p.id AND t.field = x.field AND t.audience <= CAST($1 AS INTEGER)));

-- name: directory.facets-text engine: postgres
-- How many of those have which code.
WITH
wanted (lead, field, code) AS (
  SELECT * FROM jsonb_to_recordset(CAST($6 AS JSONB)) AS x (lead BIGINT, field TEXT, code TEXT)
),
asked (reading, term, terms, rank, low, high) AS (
  SELECT * FROM jsonb_to_recordset(CAST($7 AS JSONB))
    AS x (reading BIGINT, term BIGINT, terms BIGINT, rank BIGINT, low TEXT, high TEXT)
),
hit (person, reading, terms, rank) AS (
  SELECT w.person, a.reading, MIN(a.terms), MIN(a.rank) FROM asked a JOIN person_word w ON w.word >= a.low COLLATE "C" AND w.word < a.high COLLATE "C"
  WHERE w.audience <= CAST($1 AS INTEGER) GROUP BY w.person, a.reading, a.term
),
answer (person, rank) AS (
  SELECT person, SUM(rank) FROM hit GROUP BY person, reading HAVING COUNT(*) = MIN(terms)
),
found (person, rank) AS (SELECT person, CAST(MIN(rank) AS INTEGER) FROM answer GROUP BY person)
SELECT t.field, t.code, COUNT(*) FROM found f JOIN person p ON p.id = f.person
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $2 AND m.other = p.id
JOIN person_term t ON t.person = p.id
WHERE t.code <> '' AND t.audience <= CAST($1 AS INTEGER) AND t.field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance')
  AND p.id <> $2 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (p.listed = 1 OR CAST($1 AS INTEGER) >= 2)
  AND (CAST($1 AS INTEGER) < 2 OR NOT EXISTS (
    SELECT 1 FROM authority e WHERE e.from_person = $2 AND e.to_person = p.id
      AND e.kind IN ('evaluates', 'decides_promotion', 'pays', 'leads_unit_of')
      AND e.from_day <= $5 AND (e.to_day = '' OR e.to_day >= $5)
    UNION ALL
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $5 AND (h.to_day = '' OR h.to_day >= $5)))
  AND (CASE CAST($3 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $3 END)
  AND (CAST($4 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $5 AND w.to_day >= $5))
  AND NOT EXISTS (
    SELECT 1 FROM wanted x WHERE NOT EXISTS (
      SELECT 1 FROM person_term z JOIN wanted y ON y.field = z.field AND y.code = z.code
      WHERE z.person = p.id AND z.field = x.field AND z.audience <= CAST($1 AS INTEGER)))
GROUP BY t.field, t.code ORDER BY t.field, t.code;

-- name: directory.words
SELECT word FROM person_word WHERE person = $1 ORDER BY word;

-- name: directory.word-add
INSERT INTO person_word (word, person, audience) VALUES ($1, $2, $3);

-- name: directory.words-delete
DELETE FROM person_word WHERE person = $1;

-- name: directory.word-known
SELECT COUNT(*) FROM word_key WHERE word = $1;

-- name: directory.key-add
INSERT INTO word_key (word, key) VALUES ($1, $2) ON CONFLICT (word, key) DO NOTHING;

-- name: directory.near
-- Words that have a number in common with one that may be misspelt.
SELECT DISTINCT word FROM word_key WHERE key = $1;

-- name: directory.words-sweep
-- Words of nobody any more.
DELETE FROM word_key WHERE NOT EXISTS (SELECT 1 FROM person_word p WHERE p.word = word_key.word);

-- name: directory.forget-words
-- Words that were this person's alone.
DELETE FROM word_key WHERE word IN (SELECT w.word FROM person_word w WHERE w.person = $1)
  AND NOT EXISTS (SELECT 1 FROM person_word o WHERE o.word = word_key.word AND o.person <> $1);

-- name: directory.everybody
SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT $2;

-- name: directory.mark
INSERT INTO mark (person, other, kind, made_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (person, other) DO UPDATE SET kind = excluded.kind, made_at = excluded.made_at;

-- name: directory.unmark
DELETE FROM mark WHERE person = $1 AND other = $2;

-- name: directory.marks
SELECT other, kind FROM mark WHERE person = $1 ORDER BY made_at DESC, other;

-- name: directory.marks-delete
DELETE FROM mark WHERE person = $1 OR other = $1;

-- name: directory.how-many
-- How many entries have a code of a field: an estimate of how many people.
SELECT COUNT(*) FROM person_term WHERE field = $1 AND code = $2 AND code <> '' AND audience <= $3;
