-- name: erasure.ask
INSERT INTO erasure (person, asked_at, due_at, done_at) VALUES ($1, $2, $3, NULL)
ON CONFLICT (person) DO NOTHING;

-- name: erasure.find
SELECT person, asked_at, due_at, done_at FROM erasure WHERE person = $1;

-- name: erasure.cancel
DELETE FROM erasure WHERE person = $1 AND done_at IS NULL;

-- name: erasure.done
UPDATE erasure SET done_at = $2 WHERE person = $1;

-- name: erasure.all
-- Those who were erased, for who restores an older backup and erases them again.
SELECT person, asked_at, due_at, done_at FROM erasure WHERE done_at IS NOT NULL ORDER BY person;

-- name: erasure.end-consents
UPDATE consent SET withdrawn_at = $2, withdrawn_by = 'page' WHERE person = $1 AND withdrawn_at IS NULL;
