-- name: seal.last
SELECT number, at, events, root, before, signature FROM seal ORDER BY number DESC LIMIT 1;

-- name: seal.after
SELECT number, at, events, root, before, signature FROM seal WHERE number > $1 ORDER BY number LIMIT $2;

-- name: seal.add
INSERT INTO seal (number, at, events, root, before, signature) VALUES ($1, $2, $3, $4, $5, $6);

-- name: seal.sign
-- The key that signed was lost; another one signs the same root.
UPDATE seal SET signature = $2 WHERE number = $1;
