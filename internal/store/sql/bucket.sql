-- name: bucket.find
SELECT empty_at FROM bucket WHERE name = $1;

-- name: bucket.put
INSERT INTO bucket (name, empty_at) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET empty_at = excluded.empty_at;

-- name: bucket.sweep
DELETE FROM bucket WHERE empty_at <= $1;
