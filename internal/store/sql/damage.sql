-- name: damage.references engine: sqlite
-- Foreign keys, a row for each pair of columns.
SELECT t.name, k.id, k."from", k."table", COALESCE(k."to", (SELECT c.name FROM pragma_table_info(k."table") c WHERE c.pk = k.seq + 1))
FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'goose_%'
ORDER BY t.name, k.id, k.seq;

-- name: damage.references engine: postgres
SELECT t.relname::text, c.oid::bigint, a.attname::text, f.relname::text, b.attname::text
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
JOIN pg_namespace n ON n.oid = c.connamespace
CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (column_number, other_number, place)
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.column_number
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.other_number
WHERE c.contype = 'f' AND n.nspname = current_schema()
ORDER BY t.relname COLLATE "C", c.oid, k.place;

-- name: damage.whole engine: sqlite
SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok';

-- name: damage.whole engine: postgres
-- Constraints that were never proved, and indexes that were not finished.
SELECT 'the constraint ' || c.conname || ' is not validated' FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE n.nspname = current_schema() AND NOT c.convalidated
UNION ALL
SELECT 'the index ' || t.relname || ' is not valid' FROM pg_index i JOIN pg_class t ON t.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname = current_schema() AND NOT i.indisvalid;

-- name: damage.quick engine: sqlite
SELECT quick_check FROM pragma_quick_check WHERE quick_check <> 'ok';

-- name: damage.quick engine: postgres
SELECT 'the index ' || t.relname || ' is not valid' FROM pg_index i JOIN pg_class t ON t.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname = current_schema() AND NOT i.indisvalid;
