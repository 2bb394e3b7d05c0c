-- name: delegate.add
INSERT INTO delegate (id, mentor, address, folded, account, made_at, accepted_at) VALUES ($1, $2, $3, $4, NULL, $5, NULL);

-- name: delegate.of
SELECT id, mentor, address, account, made_at, accepted_at FROM delegate WHERE mentor = $1 ORDER BY made_at, id;

-- name: delegate.find
SELECT id, mentor, address, account, made_at, accepted_at FROM delegate WHERE id = $1;

-- name: delegate.waiting
-- Those who named one of the addresses that an account is known to read, and have had no answer.
SELECT d.id, d.mentor, d.address, d.account, d.made_at, d.accepted_at FROM delegate d JOIN email e ON e.folded = d.folded
WHERE e.account = $1 AND e.verified_at IS NOT NULL AND e.left_until IS NULL AND d.account IS NULL AND d.mentor <> $1
ORDER BY d.made_at, d.id;

-- name: delegate.accept
UPDATE delegate SET account = $2, accepted_at = $3 WHERE id = $1 AND account IS NULL;

-- name: delegate.delete
DELETE FROM delegate WHERE id = $1;

-- name: delegate.mentors
SELECT mentor FROM delegate WHERE account = $1 ORDER BY mentor;

-- name: delegate.delete-of
DELETE FROM delegate WHERE mentor = $1 OR account = $1 OR folded IN (SELECT e.folded FROM email e WHERE e.account = $1);

-- name: delegate.sweep
DELETE FROM delegate WHERE account IS NULL AND made_at < $1;
