-- name: invitation.add
INSERT INTO invitation (id, program, part, folded, address, language, given, family, unit, unit_label, ladder, code, label,
  from_day, to_day, made_at, made_by, reminded_at, declined_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, NULL, NULL)
ON CONFLICT (program, part, folded) DO NOTHING;

-- name: invitation.find
SELECT id, program, part, folded, address, language, given, family, unit, unit_label, ladder, code, label, from_day, to_day,
  made_at, made_by, reminded_at, declined_at FROM invitation WHERE id = $1;

-- name: invitation.of
-- The invitations to take part in a program, behind one in their order.
SELECT id, program, part, folded, address, language, given, family, unit, unit_label, ladder, code, label, from_day, to_day,
  made_at, made_by, reminded_at, declined_at FROM invitation
WHERE program = $1 AND part = 'participant' AND (made_at < $2 OR made_at = $2 AND id > $3) ORDER BY made_at DESC, id LIMIT $4;

-- name: invitation.coordinate
-- The invitations to coordinate a program, of all programs.
SELECT id, program, part, folded, address, language, given, family, unit, unit_label, ladder, code, label, from_day, to_day,
  made_at, made_by, reminded_at, declined_at FROM invitation WHERE part = 'coordinator' ORDER BY program, made_at DESC, id;

-- name: invitation.to
-- Those that are for an address which an account is known to read.
SELECT i.id, i.program, i.part, i.folded, i.address, i.language, i.given, i.family, i.unit, i.unit_label, i.ladder, i.code, i.label,
  i.from_day, i.to_day, i.made_at, i.made_by, i.reminded_at, i.declined_at
FROM invitation i JOIN email e ON e.folded = i.folded
WHERE e.account = $1 AND e.verified_at IS NOT NULL AND e.left_until IS NULL AND i.made_at >= $2
ORDER BY i.made_at DESC, i.id;

-- name: invitation.address
SELECT id, program, part, folded, address, language, given, family, unit, unit_label, ladder, code, label, from_day, to_day,
  made_at, made_by, reminded_at, declined_at FROM invitation WHERE program = $1 AND part = $2 AND folded = $3;

-- name: invitation.waits
-- Whether an address was invited into a program after an instant, or waits to be a delegate.
SELECT (SELECT COUNT(*) FROM invitation i WHERE i.folded = $1 AND i.made_at >= $2)
  + (SELECT COUNT(*) FROM delegate d WHERE d.folded = $1 AND d.account IS NULL);

-- name: invitation.language
-- The language in which an address was last written to, to invite it.
SELECT language FROM invitation WHERE folded = $1 ORDER BY made_at DESC, id LIMIT 1;

-- name: invitation.count
SELECT COUNT(*), COALESCE(SUM(CASE WHEN declined_at IS NULL THEN 0 ELSE 1 END), 0) FROM invitation
WHERE program = $1 AND part = 'participant' AND made_at >= $2;

-- name: invitation.remind
UPDATE invitation SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL AND declined_at IS NULL;

-- name: invitation.decline
UPDATE invitation SET declined_at = $2 WHERE id = $1 AND declined_at IS NULL;

-- name: invitation.delete
DELETE FROM invitation WHERE id = $1;

-- name: invitation.sweep
DELETE FROM invitation WHERE made_at < $1;
