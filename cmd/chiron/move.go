package main

import (
	"context"
	"fmt"

	"github.com/chiron-mentoring/chiron/internal/operate"
)

type moveCommand struct {
	To string `required:"" placeholder:"PLACE" help:"Where to: postgres://USER@HOST/DATABASE of an empty database, or a folder that is empty or not there yet."`
}

func (*moveCommand) Help() string {
	return `Copies everything from the database of the settings (db) to another one, of either engine, which must be empty. Stop the server first: what it wrote meanwhile would be missing, and so a server that runs is refused.

The other database gets every row or none. Rows are counted in both, and the audit log is verified there. The first database stays as it is; nothing reads it any more once the settings name the other one.

Exit code 1: it was refused, and nothing was changed.

` + settingsHelp + `

Examples:

    chiron move --to postgres://chiron@db.example.org/chiron
    chiron move --db postgres://chiron@db.example.org/chiron --to chiron-data`
}

func (c *moveCommand) Run(ctx context.Context, t *terminal) error {
	of, err := t.installation()
	if err != nil {
		return err
	}
	to, err := t.at(c.To).config()
	if err != nil {
		return asFlag(err, "--to")
	}
	moved, err := operate.Move(ctx, of, string(to.DB))
	if err != nil {
		return t.told(err)
	}
	fmt.Fprintf(t.stdout, "Moved: %s, as many as there were.\n", many(moved.Rows, "row", "rows"))
	fmt.Fprintf(t.stdout, "The audit log verifies: %s.\n", logged(moved.Log.Events, moved.Log.Seals, moved.Log.Unsealed))
	fmt.Fprintf(t.stdout, "Set db to %s before you start the server, and make a backup. Nothing was changed in the database from before.\n", to.DB)
	return nil
}
