-- name: inspect.has engine: sqlite
SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = $1;

-- name: inspect.has engine: postgres
SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1;

-- name: inspect.version
SELECT MAX(version_id) FROM goose_db_version;

-- name: inspect.schema engine: sqlite
-- Everything that the schema says, a line for each thing.
SELECT type || ' ' || name || ': ' || sql FROM sqlite_schema
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND tbl_name NOT LIKE 'goose_%' ORDER BY 1;

-- name: inspect.schema engine: postgres
SELECT s.line FROM (
  SELECT 'column ' || table_name || '.' || column_name || ': ' || data_type || ' ' || COALESCE(collation_name, '-') || ' '
    || is_nullable || ' ' || COALESCE(column_default, '-') AS line
  FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE 'goose_%'
  UNION ALL
  SELECT 'constraint ' || c.conrelid::regclass || '.' || c.conname || ': ' || pg_get_constraintdef(c.oid)
    || CASE WHEN c.convalidated THEN '' ELSE ' NOT VALID' END
  FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
  WHERE n.nspname = current_schema() AND c.conrelid <> 0 AND c.conrelid::regclass::text NOT LIKE 'goose_%'
  UNION ALL
  SELECT 'index ' || indexname || ': ' || indexdef FROM pg_indexes
  WHERE schemaname = current_schema() AND tablename NOT LIKE 'goose_%'
  UNION ALL
  SELECT 'trigger ' || tgrelid::regclass || ': ' || pg_get_triggerdef(oid) FROM pg_trigger
  WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE 'goose_%'
) s
ORDER BY s.line COLLATE "C";

-- name: inspect.others engine: sqlite
-- How many other processes of this program have the database open; SQLite does not know, its lock does.
SELECT 0;

-- name: inspect.others engine: postgres
SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'chiron';
