-- name: vocabulary.add
INSERT INTO vocabulary (list, number, edition, body, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6);

-- name: vocabulary.of
-- The editions of a list, the one in use first, without what stands in them.
SELECT list, number, edition, made_at, made_by FROM vocabulary WHERE list = $1 ORDER BY number DESC;

-- name: vocabulary.last
-- Which edition of each list is in use.
SELECT list, MAX(number) FROM vocabulary GROUP BY list ORDER BY list;

-- name: vocabulary.body
SELECT body FROM vocabulary WHERE list = $1 AND number = $2;

-- name: vocabulary.uses
-- How many people have chosen each code of a list, as far as profiles hold codes of it.
SELECT code, COUNT(*) FROM (
  SELECT code, person FROM person_term
  WHERE code <> '' AND field IN (
    CASE CAST($1 AS TEXT) WHEN 'purposes' THEN 'seeks' WHEN 'supports' THEN 'support' WHEN 'subjects' THEN 'interests' ELSE $1 END,
    CASE CAST($1 AS TEXT) WHEN 'purposes' THEN 'offers' ELSE '' END)
    AND CAST($1 AS TEXT) IN ('purposes', 'supports', 'specialties', 'interests', 'subjects', 'languages')
  UNION
  SELECT code, person FROM appointment
  WHERE code <> '' AND ladder = CASE CAST($1 AS TEXT) WHEN 'levels' THEN 'level' WHEN 'ranks' THEN 'rank' ELSE '' END
  UNION
  SELECT place_code, id FROM person WHERE place_code <> '' AND CAST($1 AS TEXT) = 'places'
  UNION
  SELECT home_code, id FROM person WHERE home_code <> '' AND CAST($1 AS TEXT) = 'institutions'
  UNION
  SELECT destination_code, id FROM person WHERE destination_code <> '' AND CAST($1 AS TEXT) = 'institutions'
) chosen GROUP BY code ORDER BY code;
