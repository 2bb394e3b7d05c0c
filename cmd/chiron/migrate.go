package main

import (
	"context"
	"fmt"

	"github.com/chiron-mentoring/chiron/internal/operate"
)

type migrateCommand struct{}

func (*migrateCommand) Help() string {
	return `Shows which version of the schema the database has and which is the newest, and brings it up to date. Before that it makes a backup, as "chiron backup" does, and tries the upgrade on it. A database that is not there yet is begun.

On SQLite the upgrade is made on a copy that then takes the place of the database in one move: if anything fails, or the process is killed, there is the old database or the new one. Stop the server first. On PostgreSQL each step is a transaction; what is missing is made up by the next start.

` + settingsHelp + `

Examples:

    chiron migrate
    chiron migrate --db postgres://chiron@db.example.org/chiron`
}

func (*migrateCommand) Run(ctx context.Context, t *terminal) error {
	c, err := t.config()
	if err != nil {
		return err
	}
	versions, err := operate.LookAtVersions(ctx, string(c.DB))
	if err != nil {
		return t.told(err)
	}
	fmt.Fprintf(t.stdout, "%s\n", schemaOf(versions))
	of := installationOf(c, nil)
	if versions.Present > 0 && versions.Present < versions.Newest { // only a backup needs the keys
		if of, err = t.installation(); err != nil {
			return err
		}
	}
	migrated, err := operate.Migrate(ctx, of)
	if err != nil {
		return t.told(err)
	}
	if migrated.Backup != nil {
		fmt.Fprint(t.stdout, "A backup from before: ")
		t.describe(migrated.Backup)
	}
	if migrated.Present < migrated.Newest {
		fmt.Fprintf(t.stdout, "Now it has version %d.\n", migrated.Newest)
	}
	return nil
}

func schemaOf(v operate.Versions) string {
	switch v.Present {
	case 0:
		return fmt.Sprintf("There is no schema yet; the newest has version %d.", v.Newest)
	case v.Newest:
		return fmt.Sprintf("The schema has version %d, the newest. There is nothing to do.", v.Newest)
	}
	return fmt.Sprintf("The schema has version %d; the newest is %d.", v.Present, v.Newest)
}
