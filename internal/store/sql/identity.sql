-- name: identity.add
INSERT INTO identity (issuer, subject, account, institution, address, made_at, used_at)
VALUES ($1, $2, $3, $4, $5, $6, $6);

-- name: identity.find
SELECT issuer, subject, account, institution, address, made_at, used_at FROM identity
WHERE issuer = $1 AND subject = $2;

-- name: identity.of
SELECT issuer, subject, account, institution, address, made_at, used_at FROM identity
WHERE account = $1 ORDER BY made_at, issuer, subject;

-- name: identity.use
UPDATE identity SET institution = $3, address = $4, used_at = $5 WHERE issuer = $1 AND subject = $2;

-- name: identity.move
UPDATE identity SET account = $2 WHERE account = $1;

-- name: identity.delete
DELETE FROM identity WHERE issuer = $1 AND subject = $2 AND account = $3;

-- name: identity.delete-since
-- Those that somebody added to an account at an instant or later.
DELETE FROM identity WHERE account = $1 AND made_at >= $2;
