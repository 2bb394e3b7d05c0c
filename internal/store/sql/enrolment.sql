-- name: enrolment.add
INSERT INTO enrolment (program, person, since) VALUES ($1, $2, $3) ON CONFLICT (program, person) DO NOTHING;

-- name: enrolment.end
DELETE FROM enrolment WHERE program = $1 AND person = $2;

-- name: enrolment.is
SELECT COUNT(*) FROM enrolment WHERE program = $1 AND person = $2;

-- name: enrolment.of
SELECT program, person, since FROM enrolment WHERE person = $1 ORDER BY program;

-- name: enrolment.count
SELECT COUNT(*) FROM enrolment WHERE program = $1;
