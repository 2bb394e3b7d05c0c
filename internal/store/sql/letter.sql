-- name: letter.add
INSERT INTO letter (id, message_id, account, address, template, args, language, state, made_at, ended_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, NULL);

-- name: letter.find
SELECT l.id, l.message_id, l.account, l.address, l.template, l.args, l.language, l.state, l.made_at, l.ended_at, l.sent_to,
  (SELECT COUNT(*) FROM delivery d WHERE d.letter = l.id)
FROM letter l WHERE l.id = $1;

-- name: letter.by-message-id
SELECT l.id, l.message_id, l.account, l.address, l.template, l.args, l.language, l.state, l.made_at, l.ended_at, l.sent_to,
  (SELECT COUNT(*) FROM delivery d WHERE d.letter = l.id)
FROM letter l WHERE l.message_id = $1;

-- name: letter.latest
SELECT l.id, l.message_id, l.account, l.address, l.template, l.args, l.language, l.state, l.made_at, l.ended_at, l.sent_to,
  (SELECT COUNT(*) FROM delivery d WHERE d.letter = l.id)
FROM letter l WHERE l.state = $1 ORDER BY l.made_at DESC, l.id DESC LIMIT $2;

-- name: letter.end
UPDATE letter SET state = $2, ended_at = $3 WHERE id = $1 AND (state IN ('waiting', 'sent') OR state IN ('refused', 'bounced') AND $2 = 'withheld');

-- name: letter.sent
UPDATE letter SET state = 'sent', ended_at = $2, sent_to = $3 WHERE id = $1 AND state = 'waiting';

-- name: letter.again
-- Somebody has asked for it to be sent again.
UPDATE letter SET state = 'waiting', ended_at = NULL WHERE id = $1 AND state IN ('refused', 'bounced');

-- name: letter.count
SELECT state, COUNT(*) FROM letter GROUP BY state ORDER BY state;

-- name: letter.sweep
DELETE FROM letter WHERE ended_at < $1;

-- name: letter.delivery-add
INSERT INTO delivery (letter, attempt, at, outcome, detail)
SELECT $1, COALESCE(MAX(attempt), 0) + 1, $2, $3, $4 FROM delivery WHERE letter = $1;

-- name: letter.delivery-add engine: postgres
INSERT INTO delivery (letter, attempt, at, outcome, detail)
SELECT $1::text, COALESCE(MAX(attempt), 0) + 1, $2::bigint, $3::text, $4::text FROM delivery WHERE letter = $1::text;

-- name: letter.deliveries
SELECT attempt, at, outcome, detail FROM delivery WHERE letter = $1 ORDER BY attempt;

-- name: letter.drop-unsent
DELETE FROM letter WHERE state = 'waiting' AND account IS NULL;
