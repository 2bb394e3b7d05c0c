package main

import (
	"context"
	"fmt"

	"github.com/chiron-mentoring/chiron/internal/operate"
)

type backupCommand struct{}

func (*backupCommand) Help() string {
	return `Makes a backup in the folder of backups (backup.folder): one zip file with a copy of the database, what must be in it, and a signature. The server may go on running; the copy is of one moment.

Before it is said to be made, the backup is restored into a temporary folder: every page and reference is looked at, rows are counted, the schema is brought up to date, and the audit log is verified. A backup that fails is not kept, and the exit code is 1.

The keys are never in a backup. Keep a copy of their folder in another place.

` + settingsHelp + `

Examples:

    chiron backup
    chiron backup --backup-folder /mnt/elsewhere/chiron`
}

func (*backupCommand) Run(ctx context.Context, t *terminal) error {
	of, err := t.installation()
	if err != nil {
		return err
	}
	made, err := operate.Backup(ctx, of)
	if err != nil {
		return t.told(err)
	}
	t.describe(made)
	fmt.Fprintf(t.stdout, "The keys are not in it: keep a copy of %s in another place.\n", of.Keys.Folder())
	if made.Manifest.Audit != "" {
		fmt.Fprintf(t.stdout, "\nThe newest checkpoint of the audit log, to be kept by somebody else:\n\n%s", indented([]byte(made.Manifest.Audit)))
	}
	return nil
}

// describe says what a backup is.
func (t *terminal) describe(made *operate.Made) {
	m := made.Manifest
	fmt.Fprintf(t.stdout, "%s\n", made.Path)
	fmt.Fprintf(t.stdout, "%s in %s, version %d of the schema, %s. It was restored on trial, and all of it was there.\n",
		many(m.Rows(), "row", "rows"), many(int64(len(m.Tables)), "table", "tables"), m.Schema, operate.Room(made.Size))
	fmt.Fprintf(t.stdout, "The audit log verifies: %s.\n", logged(made.Log.Events, made.Log.Seals, made.Log.Unsealed))
	t.warnOfKeys(made.Unreadable)
}

// warnOfKeys says that private values cannot be read.
func (t *terminal) warnOfKeys(unreadable int64) {
	if unreadable > 0 {
		fmt.Fprintf(t.stderr, "chiron: %s cannot be read, since the key is not in the folder of keys. Put its file back from where you keep a copy; \"chiron keys show\" says which it is.\n",
			many(unreadable, "private value", "private values"))
	}
}

// logged says how much there is in an audit log.
func logged(events uint64, seals int64, unsealed int) string {
	words := fmt.Sprintf("%s under %s", many(int64(events), "event", "events"), many(seals, "seal", "seals"))
	if unsealed > 0 {
		words += fmt.Sprintf(", and %d not sealed yet", unsealed)
	}
	return words
}
