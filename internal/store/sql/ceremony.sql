-- name: ceremony.add
INSERT INTO ceremony (hash, kind, browser, account, record, link, made_at, expires_at)
VALUES ($1, $2, $3, $4, $5, NULL, $6, $7);

-- name: ceremony.find
SELECT hash, kind, browser, account, record, link, made_at, expires_at FROM ceremony WHERE hash = $1;

-- name: ceremony.by-link
SELECT hash, kind, browser, account, record, link, made_at, expires_at FROM ceremony WHERE link = $1;

-- name: ceremony.wait
-- The ceremony goes on when a link is used.
UPDATE ceremony SET link = $2 WHERE hash = $1;

-- name: ceremony.end
DELETE FROM ceremony WHERE hash = $1;

-- name: ceremony.end-account
DELETE FROM ceremony WHERE account = $1;

-- name: ceremony.sweep
DELETE FROM ceremony WHERE expires_at <= $1;
