-- name: schema.columns engine: sqlite
SELECT t.name, c.name, c.type, c."notnull" = 0
FROM sqlite_schema t JOIN pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'goose_%'
ORDER BY t.name, c.name;

-- name: schema.columns engine: postgres
SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name NOT LIKE 'goose_%'
ORDER BY table_name COLLATE "C", column_name COLLATE "C";

-- name: schema.unique engine: sqlite
SELECT t.name || ' (' || (
  SELECT group_concat(c.name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) c
) || ')' || CASE WHEN i.partial = 1 THEN ' partial' ELSE '' END AS index_name
FROM sqlite_schema t JOIN pragma_index_list(t.name) i
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'goose_%' AND i."unique" = 1
UNION
SELECT t.name || ' (' || c.name || ')'
FROM sqlite_schema t JOIN pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'goose_%' AND c.pk = 1 AND c.type = 'INTEGER'
ORDER BY index_name;

-- name: schema.unique engine: postgres
SELECT u.index_name FROM (
  SELECT t.relname || ' (' || (
    SELECT string_agg(a.attname, ', ' ORDER BY k.place)
    FROM unnest(i.indkey) WITH ORDINALITY AS k (column_number, place)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.column_number
  ) || ')' || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END AS index_name
  FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE n.nspname = current_schema() AND i.indisunique AND t.relname NOT LIKE 'goose_%'
) u
ORDER BY u.index_name COLLATE "C";
