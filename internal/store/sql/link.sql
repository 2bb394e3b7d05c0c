-- name: link.add
INSERT INTO link (id, hash, purpose, account, address, browser, attempts, made_at, expires_at, used_at, leads_to)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, NULL, $9);

-- name: link.by-hash
SELECT id, hash, purpose, account, address, browser, attempts, made_at, expires_at, used_at, leads_to FROM link WHERE hash = $1;

-- name: link.by-browser
-- The latest that the browser asked for.
SELECT id, hash, purpose, account, address, browser, attempts, made_at, expires_at, used_at, leads_to FROM link
WHERE browser = $1 AND purpose = $2 AND used_at IS NULL ORDER BY made_at DESC, id DESC LIMIT 1;

-- name: link.use
UPDATE link SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2;

-- name: link.attempt
UPDATE link SET attempts = attempts + 1 WHERE id = $1;

-- name: link.close-purpose
UPDATE link SET used_at = $2 WHERE purpose = $1 AND used_at IS NULL;

-- name: link.close-account
-- Those of an account that were made at an instant or later.
UPDATE link SET used_at = $3 WHERE account = $1 AND made_at >= $2 AND used_at IS NULL;

-- name: link.sweep
DELETE FROM link WHERE expires_at <= $1;
