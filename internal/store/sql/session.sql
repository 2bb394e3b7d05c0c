-- name: session.add
INSERT INTO session (id, hash, account, label, shared, made_at, proved_at, seen_at, idle_ends_at, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: session.by-hash
SELECT id, hash, account, label, shared, made_at, proved_at, seen_at, idle_ends_at, ends_at FROM session WHERE hash = $1;

-- name: session.of
SELECT id, hash, account, label, shared, made_at, proved_at, seen_at, idle_ends_at, ends_at FROM session
WHERE account = $1 AND idle_ends_at > $2 ORDER BY seen_at DESC, id;

-- name: session.see
UPDATE session SET seen_at = $2, idle_ends_at = $3 WHERE id = $1 AND seen_at < $2;

-- name: session.end
DELETE FROM session WHERE id = $1 AND account = $2;

-- name: session.end-others
DELETE FROM session WHERE account = $1 AND id <> $2;

-- name: session.sweep
DELETE FROM session WHERE idle_ends_at <= $1;
