-- name: role.add
INSERT INTO role (account, role, granted_at, granted_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (account, role) DO NOTHING;

-- name: role.take
DELETE FROM role WHERE account = $1 AND role = $2;

-- name: role.of
SELECT role FROM role WHERE account = $1 ORDER BY role;

-- name: role.count
-- Those who can act: neither suspended nor merged into another account.
SELECT COUNT(*) FROM role r JOIN account a ON a.id = r.account
WHERE r.role = $1 AND a.suspended_at IS NULL AND a.merged_into IS NULL;
