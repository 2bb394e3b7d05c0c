-- Where a letter went, so that one that came back speaks of that address and of no later one.
-- +goose Up
ALTER TABLE letter ADD COLUMN sent_to TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE letter DROP COLUMN sent_to;
