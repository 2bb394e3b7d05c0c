-- name: copy.foreign engine: postgres
-- Foreign keys with what they say, to be taken away and made again.
SELECT t.relname::text, c.conname::text, pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = c.connamespace
WHERE c.contype = 'f' AND n.nspname = current_schema()
ORDER BY c.conname COLLATE "C";
