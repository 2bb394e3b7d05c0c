-- name: batch.add
INSERT INTO batch (id, program, made_by, made_at, kind, before, undone_at) VALUES ($1, $2, $3, $4, $5, $6, NULL);

-- name: batch.person-add
INSERT INTO batch_person (batch, person) VALUES ($1, $2);

-- name: batch.find
SELECT id, program, made_by, made_at, kind, before, undone_at FROM batch WHERE id = $1;

-- name: batch.of
SELECT id, program, made_by, made_at, kind, '', undone_at FROM batch WHERE program = $1 ORDER BY made_at DESC, id LIMIT $2;

-- name: batch.undone
UPDATE batch SET undone_at = $2, before = '' WHERE id = $1 AND undone_at IS NULL;

-- name: batch.sweep
DELETE FROM batch WHERE made_at < $1;

-- name: batch.forget
-- What undoing takes holds what was said of people: where one of them is erased, nothing is left to undo.
DELETE FROM batch WHERE id IN (SELECT p.batch FROM batch_person p WHERE p.person = $1);

-- name: batch.forget-maker
UPDATE batch SET made_by = '' WHERE made_by = $1;
