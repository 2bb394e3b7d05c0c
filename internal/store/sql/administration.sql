-- name: administration.holders
-- For administrators: who has a role, with the address that owns the account.
SELECT r.account, COALESCE(e.address, ''), r.granted_at, a.suspended_at
FROM role r JOIN account a ON a.id = r.account LEFT JOIN email e ON e.account = a.id AND e.owns = 1
WHERE r.role = $1 AND a.merged_into IS NULL ORDER BY r.granted_at, r.account;

-- name: administration.size engine: sqlite
SELECT c.page_count * s.page_size FROM pragma_page_count() c, pragma_page_size() s;

-- name: administration.size engine: postgres
SELECT pg_database_size(current_database());
