package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/operate"
)

type restoreCommand struct {
	Backup   string `arg:"" help:"The backup, a file."`
	Into     string `required:"" placeholder:"PLACE" help:"Where to: a folder that is empty or not there yet, or postgres://USER@HOST/DATABASE of an empty database."`
	Replaces string `placeholder:"PLACE" help:"The database that it takes the place of, to learn who was erased since the backup. Default: the setting db."`
}

func (*restoreCommand) Help() string {
	return `Brings a backup to life, on SQLite or PostgreSQL, whichever it was made from. It goes only where nothing is, and needs the keys that the installation had.

Everything is looked at before anything is written: that the backup is whole and unaltered, signed by these keys, not of a newer program; that every page, reference and row is right; that the audit log verifies. The place then gets all of it or nothing. An older schema is brought up to date.

Nobody is signed in afterwards, and links in letters that were sent before open nothing: those that had ended since would live again. For the same reason invitations into programs do not come back, nor letters that waited to be sent to addresses without an account. The audit log says that it was restored.

Who was erased since the backup was made does not come back: they are erased again before the place gets anything. Who that is, it learns from the database that is replaced (--replaces, or else the setting db), and from erased.txt in the folder of backups and beside the backup. Where there is none of them, it says so.

Exit code 1: the backup or the place was refused, and nothing was changed.

` + settingsHelp + `

Examples:

    chiron restore chiron-backups/chiron-2027-03-14T12-00-00Z.zip --into chiron-data --replaces chiron-data.old
    chiron restore chiron-2027-03-14T12-00-00Z.zip --into postgres://chiron@db.example.org/chiron --keys /etc/chiron/keys`
}

func (c *restoreCommand) Run(ctx context.Context, t *terminal) error {
	if _, err := os.Stat(c.Backup); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%s: there is no such file; name a backup", c.Backup)
		}
		return asInput(err)
	}
	replaced, err := c.replaced(t)
	if err != nil {
		return err
	}
	of, err := t.at(c.Into).installation()
	if err != nil {
		return asFlag(err, "--into")
	}
	of.Replaces = replaced
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
	fmt.Fprintln(t.stdout, "Nobody is signed in, and links in letters from before open nothing. Invitations into programs that waited are to be made again.")
	t.tellErased(restored.Erased)
	fmt.Fprintf(t.stdout, "The server finds it there with db set to %s.\n", config.Source(c.Into))
	return nil
}

// replaced is the database that knows who was erased since the backup was made.
func (c *restoreCommand) replaced(t *terminal) (string, error) {
	if c.Replaces == "" {
		settings, err := t.config()
		if err != nil {
			return "", err
		}
		return string(settings.DB), nil
	}
	settings, err := t.at(c.Replaces).config()
	if err != nil {
		return "", asFlag(err, "--replaces")
	}
	return string(settings.DB), nil
}

// tellErased says who does not come back, and what to do where nothing says who that is.
func (t *terminal) tellErased(e operate.Erased) {
	if len(e.From) == 0 {
		fmt.Fprintln(t.stderr, "chiron: nothing says who was erased since the backup was made: there is neither a database that this one replaces nor a list, erased.txt, in the folder of backups or beside the backup. Whoever was erased since is back. Before the server starts, look for the list, and hand it in: chiron person erase --again FILE")
		return
	}
	for k := range e.From {
		e.From[k] = config.Source(e.From[k]).String()
	}
	known := strings.Join(e.From, " and ")
	if e.Again == 0 {
		fmt.Fprintf(t.stdout, "Nobody who was erased was in the backup (known from %s).\n", known)
		return
	}
	fmt.Fprintf(t.stdout, "Erased again, since they were erased after the backup was made: %s (known from %s).\n", many(int64(e.Again), "person", "people"), known)
}
