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
