-- name: suppression.put
INSERT INTO suppression (folded, reason, at) VALUES ($1, $2, $3)
ON CONFLICT (folded) DO UPDATE SET reason = excluded.reason, at = excluded.at;

-- name: suppression.find
SELECT folded, reason, at FROM suppression WHERE folded = $1;

-- name: suppression.lift
DELETE FROM suppression WHERE folded = $1;
