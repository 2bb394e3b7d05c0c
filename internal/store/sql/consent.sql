-- name: consent.add
INSERT INTO consent (id, person, inquiry, use, wording, language, channel, given_at, withdrawn_at, withdrawn_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '');

-- name: consent.withdraw
UPDATE consent SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL;

-- name: consent.find
SELECT id, person, inquiry, use, wording, language, channel, given_at, withdrawn_at, withdrawn_by
FROM consent WHERE id = $1;

-- name: consent.of
-- The person's own log.
SELECT id, person, inquiry, use, wording, language, channel, given_at, withdrawn_at, withdrawn_by
FROM consent WHERE person = $1 ORDER BY given_at, id;

-- name: consent.live
-- Who allows a use, in the order of random ids, which says nothing of them.
SELECT id, person, inquiry, use, wording, language, channel, given_at, withdrawn_at, withdrawn_by
FROM consent WHERE inquiry = $1 AND use = $2 AND withdrawn_at IS NULL AND id > $3 ORDER BY id LIMIT $4;
