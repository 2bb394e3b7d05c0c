-- name: program.add
INSERT INTO program (id, name_en, name_fr, line_en, line_fr, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: program.set
UPDATE program SET name_en = $2, name_fr = $3, line_en = $4, line_fr = $5 WHERE id = $1;

-- name: program.find
SELECT id, name_en, name_fr, line_en, line_fr, made_at, made_by FROM program WHERE id = $1;

-- name: program.all
SELECT id, name_en, name_fr, line_en, line_fr, made_at, made_by FROM program ORDER BY id;

-- name: program.coordinators
SELECT program, account, since FROM coordination ORDER BY program, since, account;

-- name: program.coordinators-of
SELECT account FROM coordination WHERE program = $1 ORDER BY since, account;

-- name: program.coordinated-by
SELECT program FROM coordination WHERE account = $1 ORDER BY program;

-- name: program.coordinate
INSERT INTO coordination (program, account, since) VALUES ($1, $2, $3) ON CONFLICT (program, account) DO NOTHING;

-- name: program.coordinate-no-more
DELETE FROM coordination WHERE program = $1 AND account = $2;
