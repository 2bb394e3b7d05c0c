-- name: email.add
INSERT INTO email (folded, address, account, kind, owns, verified_at, left_until)
VALUES ($1, $2, $3, $4, $5, $6, NULL);

-- name: email.find
SELECT folded, address, account, kind, owns, verified_at, left_until FROM email WHERE folded = $1;

-- name: email.of
SELECT folded, address, account, kind, owns, verified_at, left_until FROM email
WHERE account = $1 ORDER BY owns DESC, folded;

-- name: email.verify
UPDATE email SET verified_at = $2 WHERE folded = $1 AND verified_at IS NULL;

-- name: email.leave
-- The address is not used any more, and kept for its account until an instant.
UPDATE email SET owns = 0, left_until = $2 WHERE folded = $1;

-- name: email.own
-- The address owns its account, which no other address does at this moment.
UPDATE email SET owns = 1, left_until = NULL WHERE folded = $1;

-- name: email.move
UPDATE email SET account = $2, owns = 0 WHERE account = $1;

-- name: email.meant-apart
-- Whoever gives an address up is still meant by those who named it: one address, or all that are kept from others no longer.
-- An address that was never shown to be anybody's goes without a trace.
UPDATE veto_address SET account = (SELECT e.account FROM email e WHERE e.folded = veto_address.folded)
WHERE account IS NULL AND folded IN (
  SELECT e.folded FROM email e WHERE e.verified_at IS NOT NULL AND (e.folded = $1 OR e.left_until <= $2));

-- name: email.meant-authority
UPDATE authority_address SET account = (SELECT e.account FROM email e WHERE e.folded = authority_address.folded)
WHERE account IS NULL AND folded IN (
  SELECT e.folded FROM email e WHERE e.verified_at IS NOT NULL AND (e.folded = $1 OR e.left_until <= $2));

-- name: email.invitations
-- Invitations by which whoever gives an address up was invited, while they used it. Those from after that are for the next
-- one. An address that was never shown to be anybody's has none.
DELETE FROM invitation WHERE EXISTS (
  SELECT 1 FROM email e WHERE e.folded = invitation.folded AND e.verified_at IS NOT NULL AND (e.folded = $1 OR e.left_until <= $2)
    AND (e.left_until IS NULL OR invitation.made_at < e.left_until - $3));

-- name: email.delete
DELETE FROM email WHERE folded = $1;

-- name: email.sweep
DELETE FROM email WHERE left_until <= $1;
