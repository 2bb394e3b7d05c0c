package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/operate"
)

type restoreCommand struct {
	Backup string `arg:"" help:"The backup, a file."`
	Into   string `required:"" placeholder:"PLACE" help:"Where to: a folder that is empty or not there yet, or postgres://USER@HOST/DATABASE of an empty database."`
}

func (*restoreCommand) Help() string {
	return `Brings a backup to life, on SQLite or PostgreSQL, whichever it was made from. It goes only where nothing is, and needs the keys that the installation had.

Everything is looked at before anything is written: that the backup is whole and unaltered, signed by these keys, not of a newer program; that every page, reference and row is right; that the audit log verifies. The place then gets all of it or nothing. An older schema is brought up to date.

Nobody is signed in afterwards, and links in letters that were sent before open nothing: those that had ended since would live again. The audit log says that it was restored.

Exit code 1: the backup or the place was refused, and nothing was changed.

` + settingsHelp + `

Examples:

    chiron restore chiron-backups/chiron-2027-03-14T12-00-00Z.zip --into chiron-data
    chiron restore chiron-2027-03-14T12-00-00Z.zip --into postgres://chiron@db.example.org/chiron --keys /etc/chiron/keys`
}

func (c *restoreCommand) Run(ctx context.Context, t *terminal) error {
	if _, err := os.Stat(c.Backup); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%s: there is no such file; name a backup", c.Backup)
		}
		return asInput(err)
	}
	of, err := t.at(c.Into).installation()
	if err != nil {
		return asFlag(err, "--into")
	}
	restored, err := operate.Restore(ctx, of, c.Backup)
	if err != nil {
		return t.told(err)
	}
	m := restored.Manifest
	fmt.Fprintf(t.stdout, "Restored: %s of %s.\n", many(m.Rows(), "row", "rows"), m.MadeAt.UTC().Format("2006-01-02 15:04:05 UTC"))
	if m.Schema < restored.Schema {
		fmt.Fprintf(t.stdout, "The schema was brought from version %d to %d.\n", m.Schema, restored.Schema)
	}
	fmt.Fprintf(t.stdout, "The audit log verifies: %s.\n", logged(restored.Log.Events, restored.Log.Seals, restored.Log.Unsealed))
	t.warnOfKeys(restored.Unreadable)
	fmt.Fprintln(t.stdout, "Nobody is signed in, and links in letters from before open nothing.")
	fmt.Fprintf(t.stdout, "The server finds it there with db set to %s.\n", config.Source(c.Into))
	return nil
}
