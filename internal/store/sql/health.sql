-- name: health.newest
-- The latest instant at which something was written down, from what is written most often and found at once.
SELECT MAX(n.at) FROM (
  SELECT MAX(at) AS at FROM seal
  UNION ALL SELECT MAX(at) FROM event WHERE seal IS NULL
  UNION ALL SELECT MAX(made_at) FROM job
) n;

-- name: health.began
-- When the first thing was written down.
SELECT MIN(n.at) FROM (
  SELECT MIN(at) AS at FROM event WHERE seal = 1
  UNION ALL SELECT MIN(at) FROM event WHERE seal IS NULL
) n;

-- name: health.late-jobs
-- Work that waits since before an instant, or whose worker was last heard of before it.
SELECT COUNT(*) FROM job WHERE state = 'waiting' AND due < $1 OR state = 'running' AND leased_until < $1;

-- name: health.late-leases
SELECT COUNT(*) FROM job WHERE state = 'running' AND leased_until < $1;

-- name: health.dead-kinds
SELECT kind, COUNT(*) FROM job WHERE state = 'dead' GROUP BY kind ORDER BY kind;

-- name: health.unfinished-payloads
-- What the jobs of a kind are about that are not done.
SELECT payload FROM job WHERE kind = $1 AND state <> 'done';

-- name: health.waiting-letters
SELECT id FROM letter WHERE state = 'waiting' ORDER BY id;

-- name: health.unproved-letters
-- Letters that count as sent, though no attempt at it was.
SELECT COUNT(*) FROM letter l WHERE l.state = 'sent' AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.letter = l.id AND d.outcome = 'sent');

-- name: health.accounts
SELECT COUNT(*) FROM account;

-- name: health.merged-accounts
SELECT id, merged_into FROM account WHERE merged_into IS NOT NULL;

-- name: health.settings
SELECT COUNT(*) FROM setting;
