-- name: inquiry.add
INSERT INTO inquiry (id, characteristic, purpose_en, purpose_fr, necessity_en, necessity_fr, months, made_by, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: inquiry.end
UPDATE inquiry SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL;

-- name: inquiry.find
SELECT id, characteristic, purpose_en, purpose_fr, necessity_en, necessity_fr, months, made_by, made_at, ended_at
FROM inquiry WHERE id = $1;

-- name: inquiry.now
-- The inquiries that go on: what people are asked.
SELECT id, characteristic, purpose_en, purpose_fr, necessity_en, necessity_fr, months, made_by, made_at, ended_at
FROM inquiry WHERE ended_at IS NULL ORDER BY characteristic;

-- name: inquiry.all
-- The log of what was ever asked for, for administrators and auditors.
SELECT id, characteristic, purpose_en, purpose_fr, necessity_en, necessity_fr, months, made_by, made_at, ended_at
FROM inquiry ORDER BY made_at DESC, id;
