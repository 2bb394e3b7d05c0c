-- name: account.add
INSERT INTO account (id, language, discreet, made_at, suspended_at, suspended_for, merged_into)
VALUES ($1, $2, $3, $4, NULL, '', NULL);

-- name: account.find
SELECT id, language, discreet, made_at, suspended_at, suspended_for, merged_into FROM account WHERE id = $1;

-- name: account.settings
UPDATE account SET language = $2, discreet = $3 WHERE id = $1 AND merged_into IS NULL;

-- name: account.suspend
UPDATE account SET suspended_at = $2, suspended_for = $3 WHERE id = $1 AND merged_into IS NULL;

-- name: account.merge
UPDATE account SET merged_into = $2 WHERE id = $1 AND merged_into IS NULL;

-- name: account.merged
-- The accounts that a person had before: all that were merged into this one, on one way or another.
WITH RECURSIVE former (id) AS (
  SELECT id FROM account WHERE merged_into = $1
  UNION
  SELECT a.id FROM account a JOIN former f ON a.merged_into = f.id
)
SELECT id FROM former ORDER BY id;
