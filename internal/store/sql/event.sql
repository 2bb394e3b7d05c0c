-- name: event.add
INSERT INTO event (id, at, actor, for_whom, action, object_kind, object_id, was, became)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: event.about
INSERT INTO event_about (person, event) VALUES ($1, $2);

-- name: event.unsealed
SELECT id, at, actor, for_whom, action, object_kind, object_id, was, became, seal, place
FROM event WHERE seal IS NULL ORDER BY at, id LIMIT $1;

-- name: event.place
UPDATE event SET seal = $2, place = $3 WHERE id = $1 AND seal IS NULL;

-- name: event.sealed
SELECT id, at, actor, for_whom, action, object_kind, object_id, was, became, seal, place
FROM event WHERE seal = $1 ORDER BY place;

-- name: event.of
SELECT e.id, e.at, e.actor, e.for_whom, e.action, e.object_kind, e.object_id, e.was, e.became, e.seal, e.place
FROM event_about a JOIN event e ON e.id = a.event
WHERE a.person = $1 AND (e.at, e.id) < ($2, $3)
ORDER BY e.at DESC, e.id DESC LIMIT $4;

-- name: event.count
SELECT COUNT(*) FROM event;
