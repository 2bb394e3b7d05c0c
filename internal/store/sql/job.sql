-- name: job.add
INSERT INTO job (id, kind, once, payload, state, due, attempts, fault, made_at)
VALUES ($1, $2, $3, $4, 'waiting', $5, 0, '', $6)
ON CONFLICT (once) WHERE state IN ('waiting', 'running') DO NOTHING;

-- name: job.claim
-- Those that wait and are due, and those whose worker was not heard of before the lease ended.
UPDATE job SET state = 'running', attempts = attempts + 1, leased_by = $1, leased_until = $2
WHERE id IN (
  SELECT id FROM job
  WHERE state = 'waiting' AND due <= $3 OR state = 'running' AND leased_until <= $3
  ORDER BY due, id
  LIMIT $4
)
RETURNING id, kind, once, payload, state, due, attempts, leased_by, leased_until, fault, made_at, ended_at;

-- name: job.claim engine: postgres
UPDATE job SET state = 'running', attempts = attempts + 1, leased_by = $1, leased_until = $2
WHERE id IN (
  SELECT id FROM job
  WHERE state = 'waiting' AND due <= $3 OR state = 'running' AND leased_until <= $3
  ORDER BY due, id
  LIMIT $4
  FOR UPDATE SKIP LOCKED
)
RETURNING id, kind, once, payload, state, due, attempts, leased_by, leased_until, fault, made_at, ended_at;

-- name: job.extend
UPDATE job SET leased_until = $3 WHERE id = $1 AND leased_by = $2 AND state = 'running';

-- name: job.finish
UPDATE job SET state = 'done', leased_by = NULL, leased_until = NULL, ended_at = $3, fault = ''
WHERE id = $1 AND leased_by = $2 AND state = 'running';

-- name: job.retry
UPDATE job SET state = 'waiting', leased_by = NULL, leased_until = NULL, due = $3, fault = $4
WHERE id = $1 AND leased_by = $2 AND state = 'running';

-- name: job.bury
UPDATE job SET state = 'dead', leased_by = NULL, leased_until = NULL, ended_at = $3, fault = $4
WHERE id = $1 AND leased_by = $2 AND state = 'running';

-- name: job.revive
UPDATE job SET state = 'waiting', due = $2, attempts = 0, ended_at = NULL WHERE id = $1 AND state = 'dead';

-- name: job.forget
DELETE FROM job WHERE id = $1 AND state = 'dead';

-- name: job.dead
SELECT id, kind, once, payload, state, due, attempts, leased_by, leased_until, fault, made_at, ended_at
FROM job WHERE state = 'dead' ORDER BY ended_at DESC, id LIMIT $1;

-- name: job.count
SELECT state, COUNT(*) FROM job GROUP BY state ORDER BY state;

-- name: job.sweep
DELETE FROM job WHERE state = 'done' AND ended_at < $1;
