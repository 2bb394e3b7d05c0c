-- name: private.put
-- A value in place of an earlier one for the same person, kind and object. The row keeps its id.
INSERT INTO private_value (id, person, kind, about, key, sealed) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (person, kind, about) DO UPDATE SET key = excluded.key, sealed = excluded.sealed;

-- name: private.find
SELECT id, person, kind, about, key, sealed FROM private_value WHERE person = $1 AND kind = $2 AND about = $3;

-- name: private.page
-- The sweeps that apply the rules of a kind read all its rows, a page at a time.
SELECT id, person, kind, about, key, sealed FROM private_value WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: private.by-key
-- Sealing again what is sealed with an old key.
SELECT id, person, kind, about, key, sealed FROM private_value WHERE key = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: private.reseal
UPDATE private_value SET key = $2, sealed = $3 WHERE id = $1;

-- name: private.delete
DELETE FROM private_value WHERE person = $1 AND kind = $2 AND about = $3;

-- name: private.keys
SELECT key, COUNT(*) FROM private_value GROUP BY key ORDER BY key;

-- name: private.forsake
-- The key was lost, and with it what it has sealed.
DELETE FROM private_value WHERE key = $1;

-- name: private.delete-of
DELETE FROM private_value WHERE person = $1;
