-- name: directory.page
-- Those who are listed in the order of names, behind a place in it.
SELECT p.id, p.sort FROM person p
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $1 AND m.other = p.id
WHERE p.id <> $1 AND p.listed = 1 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (CASE CAST($2 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $2 END)
  AND (CAST($3 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $4 AND w.to_day >= $4))
  AND (p.sort, p.id) > ($5, $6)
ORDER BY p.sort, p.id LIMIT $7;

-- name: directory.page-of-program
-- Those of a program in the order of names, behind a place in it, but for those whose unit the viewer leads. It begins with
-- those in the program, who may be a few among very many.
SELECT p.id, p.sort FROM enrolment n
CROSS JOIN person p
JOIN account a ON a.id = p.id
WHERE n.program = $1 AND p.id = n.person AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $4 AND (h.to_day = '' OR h.to_day >= $4))
  AND (CAST($3 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $4 AND w.to_day >= $4))
  AND (p.sort, p.id) > ($5, $6)
ORDER BY p.sort, p.id LIMIT $7;

-- name: directory.count-of-program
-- How many directory.page-of-program finds.
SELECT COUNT(*) FROM enrolment n
CROSS JOIN person p
JOIN account a ON a.id = p.id
WHERE n.program = $1 AND p.id = n.person AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $4 AND (h.to_day = '' OR h.to_day >= $4))
  AND (CAST($3 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $4 AND w.to_day >= $4));

-- name: directory.shown engine: sqlite
-- Those among some people who are listed, and whom the viewer finds.
SELECT p.id, p.sort FROM person p
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $1 AND m.other = p.id
WHERE p.id IN (SELECT value FROM json_each($5))
  AND p.id <> $1 AND p.listed = 1 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (CASE CAST($2 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $2 END)
  AND (CAST($3 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $4 AND w.to_day >= $4));

-- name: directory.shown-of-program engine: sqlite
-- Those among some people who are in a program, but for those whose unit the viewer leads.
SELECT p.id, p.sort FROM person p
JOIN account a ON a.id = p.id
JOIN enrolment n ON n.program = $1 AND n.person = p.id
WHERE p.id IN (SELECT value FROM json_each($5))
  AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $4 AND (h.to_day = '' OR h.to_day >= $4))
  AND (CAST($3 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $4 AND w.to_day >= $4));

-- name: directory.words-of engine: sqlite
-- The words by which some people are found, as far as an audience goes.
SELECT person, word FROM person_word
WHERE person IN (SELECT value FROM json_each($2)) AND audience <= CAST($1 AS INTEGER) ORDER BY person, word;

-- name: directory.codes-of engine: sqlite
-- The codes of some people, as far as an audience goes.
SELECT person, field, code FROM person_term
WHERE person IN (SELECT value FROM json_each($2)) AND audience <= CAST($1 AS INTEGER) AND code <> ''
  AND field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance') ORDER BY person, field, place;

-- name: directory.shown engine: postgres
-- Those among some people who are listed, and whom the viewer finds.
SELECT p.id, p.sort FROM person p
JOIN account a ON a.id = p.id
LEFT JOIN mark m ON m.person = $1 AND m.other = p.id
WHERE p.id IN (SELECT jsonb_array_elements_text(CAST($5 AS JSONB)))
  AND p.id <> $1 AND p.listed = 1 AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND (CASE CAST($2 AS TEXT) WHEN '' THEN COALESCE(m.kind, '') <> 'aside' ELSE m.kind = $2 END)
  AND (CAST($3 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $4 AND w.to_day >= $4));

-- name: directory.shown-of-program engine: postgres
-- Those among some people who are in a program, but for those whose unit the viewer leads.
SELECT p.id, p.sort FROM person p
JOIN account a ON a.id = p.id
JOIN enrolment n ON n.program = $1 AND n.person = p.id
WHERE p.id IN (SELECT jsonb_array_elements_text(CAST($5 AS JSONB)))
  AND a.suspended_at IS NULL AND a.merged_into IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM person_term u JOIN unit_head h ON h.unit = u.code
    WHERE u.person = p.id AND u.field = 'unit' AND h.person = $2
      AND h.from_day <= $4 AND (h.to_day = '' OR h.to_day >= $4))
  AND (CAST($3 AS INTEGER) = 0 OR p.capacity > 0 AND NOT EXISTS (
    SELECT 1 FROM away w WHERE w.person = p.id AND w.from_day <= $4 AND w.to_day >= $4));

-- name: directory.words-of engine: postgres
-- The words by which some people are found, as far as an audience goes.
SELECT person, word FROM person_word
WHERE person IN (SELECT jsonb_array_elements_text(CAST($2 AS JSONB))) AND audience <= CAST($1 AS INTEGER) ORDER BY person, word;

-- name: directory.codes-of engine: postgres
-- The codes of some people, as far as an audience goes.
SELECT person, field, code FROM person_term
WHERE person IN (SELECT jsonb_array_elements_text(CAST($2 AS JSONB))) AND audience <= CAST($1 AS INTEGER) AND code <> ''
  AND field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance') ORDER BY person, field, place;

-- name: directory.by-word
-- Whom a range of words leads to, up to a number.
SELECT person FROM person_word
WHERE word >= $1 AND word < $2 AND audience <= CAST($3 AS INTEGER) LIMIT $4;

-- name: directory.by-code
-- Who has a code, up to a number.
SELECT person FROM person_term
WHERE field = $1 AND code = $2 AND code <> '' AND audience <= CAST($3 AS INTEGER) LIMIT $4;

-- name: directory.words
SELECT word FROM person_word WHERE person = $1 ORDER BY word;

-- name: directory.words-reach
SELECT word, audience FROM person_word WHERE person = $1;

-- name: directory.word-delete
DELETE FROM person_word WHERE word = $1 AND person = $2;

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

-- name: directory.changed
-- Somebody has changed in what is found.
INSERT INTO person_change (person, number) SELECT $1, COALESCE(MAX(number), 0) + 1 FROM person_change WHERE TRUE
ON CONFLICT (person) DO UPDATE SET number = excluded.number;

-- name: directory.changes
SELECT person, number FROM person_change WHERE number > $1 ORDER BY number;

-- name: directory.last-change
SELECT COALESCE(MAX(number), 0) FROM person_change;

-- name: directory.findable engine: sqlite
-- Those among some people whom anybody can find, for the directory in memory.
SELECT p.id, p.sort, p.listed, p.capacity FROM person p JOIN account a ON a.id = p.id
WHERE p.id IN (SELECT value FROM json_each($1)) AND a.suspended_at IS NULL AND a.merged_into IS NULL ORDER BY p.id;

-- name: directory.findable-words engine: sqlite
SELECT person, word, audience FROM person_word WHERE person IN (SELECT value FROM json_each($1));

-- name: directory.findable-codes engine: sqlite
SELECT person, field, code, audience FROM person_term
WHERE person IN (SELECT value FROM json_each($1)) AND code <> ''
  AND field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance');

-- name: directory.findable-programs engine: sqlite
SELECT person, program FROM enrolment WHERE person IN (SELECT value FROM json_each($1));

-- name: directory.findable-away engine: sqlite
SELECT person, from_day, to_day FROM away WHERE person IN (SELECT value FROM json_each($1));

-- name: directory.findable engine: postgres
-- Those among some people whom anybody can find, for the directory in memory.
SELECT p.id, p.sort, p.listed, p.capacity FROM person p JOIN account a ON a.id = p.id
WHERE p.id IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB))) AND a.suspended_at IS NULL AND a.merged_into IS NULL ORDER BY p.id;

-- name: directory.findable-words engine: postgres
SELECT person, word, audience FROM person_word WHERE person IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)));

-- name: directory.findable-codes engine: postgres
SELECT person, field, code, audience FROM person_term
WHERE person IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB))) AND code <> ''
  AND field IN ('seeks', 'offers', 'support', 'specialties', 'interests', 'languages', 'when', 'unit', 'level', 'distance');

-- name: directory.findable-programs engine: postgres
SELECT person, program FROM enrolment WHERE person IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)));

-- name: directory.findable-away engine: postgres
SELECT person, from_day, to_day FROM away WHERE person IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)));
