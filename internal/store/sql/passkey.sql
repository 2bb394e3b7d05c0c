-- name: passkey.add
INSERT INTO passkey (id, credential, handle, account, name, record, made_at, used_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, NULL);

-- name: passkey.by-credential
SELECT id, credential, handle, account, name, record, made_at, used_at FROM passkey WHERE credential = $1;

-- name: passkey.of
SELECT id, credential, handle, account, name, record, made_at, used_at FROM passkey
WHERE account = $1 ORDER BY made_at, id;

-- name: passkey.use
UPDATE passkey SET record = $2, used_at = $3 WHERE id = $1;

-- name: passkey.rename
UPDATE passkey SET name = $3 WHERE id = $1 AND account = $2;

-- name: passkey.move
UPDATE passkey SET account = $2 WHERE account = $1;

-- name: passkey.delete
DELETE FROM passkey WHERE id = $1 AND account = $2;

-- name: passkey.delete-since
-- Those that somebody added to an account at an instant or later.
DELETE FROM passkey WHERE account = $1 AND made_at >= $2;
