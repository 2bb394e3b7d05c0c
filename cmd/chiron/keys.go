package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
)

type keysCommand struct {
	Show   keysShowCommand   `cmd:"" help:"List the keys, their ages, and how much each one seals. Never the keys themselves."`
	Rotate keysRotateCommand `cmd:"" help:"Make a new key for private values, and seal with it what older ones have sealed."`
	Drop   keysDropCommand   `cmd:"" help:"Delete an old key that nothing is sealed with any more."`

	Replace keysReplaceCommand `cmd:"" help:"Go on without keys that are lost for good, and without what they have sealed."`
}

func (*keysCommand) Help() string {
	return `The keys of an installation lie in a folder (keys), apart from the data and from backups. Who has the data without the keys can read nothing private; who loses the keys cannot either. Keep a copy of the folder in another place than the backups.

` + settingsHelp
}

type keysShowCommand struct{}

func (*keysShowCommand) Help() string {
	return `Reads the folder of keys and, if it is there, the database, also while a server runs. It writes no key: what stands here can be shown to others.

` + settingsHelp
}

// ring reads the keys of the settings.
func (t *terminal) ring() (*keys.Ring, *config.Config, error) {
	c, err := t.config()
	if err != nil {
		return nil, nil, err
	}
	ring, err := keys.Read(string(c.Keys), apartFrom(c)...)
	if err != nil {
		return nil, nil, &inputError{err}
	}
	return ring, c, nil
}

// apartFrom are the folders that keys must be kept apart from.
func apartFrom(c *config.Config) []string {
	apart := []string{string(c.Backup.Folder)}
	if c.DB.IsFolder() {
		apart = append(apart, string(c.DB))
	}
	return apart
}

// A sealing is what a database says of the keys that seal its private values.
type sealing struct {
	known bool   // there is a database
	used  string // the id of the key in use
	rows  map[string]int64
}

// sealingIn looks at a database, beside a server that may be running.
func sealingIn(ctx context.Context, source config.Source) (s sealing, err error) {
	err = inspect(ctx, source, func(tx *store.Tx) error {
		used, rows, err := private.InUse(tx)
		s = sealing{true, used, map[string]int64{}}
		for _, k := range rows {
			s.rows[k.ID] = k.Rows
		}
		return err
	})
	return s, err
}

// inspect looks at a database that is there and has the schema of this program; of another it says nothing.
func inspect(ctx context.Context, source config.Source, look func(tx *store.Tx) error) error {
	db, err := store.Inspect(ctx, string(source))
	switch {
	case store.IsKind(err, store.NotFound):
		return nil
	case err != nil:
		return fmt.Errorf("look at %s: %w", source, err)
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		if version, err := tx.SchemaVersion(); err != nil || version != store.NewestVersion() {
			return err
		}
		return look(tx)
	})
	return errors.Join(err, db.Close())
}

func (*keysShowCommand) Run(ctx context.Context, t *terminal) error {
	ring, c, err := t.ring()
	if err != nil {
		return err
	}
	in, err := sealingIn(ctx, c.DB)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.stdout, "The keys in %s:\n\n", ring.Folder())
	table := tabwriter.NewWriter(t.stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "file\tid\tsince\tdays\tseals")
	for _, k := range ring.List() {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", k.File, k.ID, k.From.Format("2006-01-02 15:04"), days(k.From, time.Now()), in.says(k))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(t.stdout, "\nWhoever keeps this public key can verify the audit log:\n%s\n", ring.PublicKey())
	for id, n := range in.rows {
		if _, known := ring.Key(id); !known {
			return &inputError{fmt.Errorf("the key %s, which seals %s, is not there; put its file back", id, privateValues(n))}
		}
	}
	return nil
}

// days is how many days a key is old; 0: it has not begun.
func days(from, now time.Time) int { return max(0, int(now.Sub(from).Hours()/24)) }

// says is what a key is for and how much it seals.
func (s sealing) says(k keys.Listed) string {
	switch {
	case k.Use != "sealing":
		return map[string]string{"letters": "links and codes of letters", "audit": "the audit log"}[k.Use]
	case !s.known:
		return "private values"
	case k.ID == s.used:
		return privateValues(s.rows[k.ID]) + "; in use"
	case k.From.After(time.Now()):
		return "private values, later"
	}
	return privateValues(s.rows[k.ID])
}

func privateValues(n int64) string { return many(n, "private value", "private values") }

type keysRotateCommand struct {
	In time.Duration `name:"in" placeholder:"TIME" help:"Begin to use the new key after a while, such as 24h, so that its file can be carried to other machines before."`
}

func (*keysRotateCommand) Help() string {
	return `Makes a new key in the folder of keys. Then private values that older keys have sealed are sealed with it again, a few at a time, while people go on working. Stop or kill it at any point: the next time it goes on from there, and so does the server.

On SQLite a server that runs does the sealing itself, within a minute; watch it with "chiron keys show".

Old keys stay, since backups from before need them. When these are gone: chiron keys drop ID.

Where several machines serve one database and do not share the folder, use --in, and carry the new file to all of them before the time is over.

` + settingsHelp
}

// Validate is asked before Run.
func (c *keysRotateCommand) Validate() error {
	if c.In < 0 || c.In > 90*24*time.Hour {
		return fmt.Errorf("--in=%s is no time to wait; write one such as 24h, up to 2160h", c.In)
	}
	return nil
}

func (c *keysRotateCommand) Run(ctx context.Context, t *terminal) error {
	ring, settings, err := t.ring()
	if err != nil {
		return err
	}
	key, err := ring.Renew(time.Now().Add(c.In))
	if err != nil {
		return &inputError{err}
	}
	fmt.Fprintf(t.stdout, "Made the key %s in %s. Keep a copy of it where you keep the others.\n", key.ID, key.File)
	if c.In > 0 {
		fmt.Fprintf(t.stdout, "It comes into use at %s. Until then, carry the file to the other machines that serve this database.\n", key.From.Format("2006-01-02 15:04 MST"))
		return nil
	}
	db, err := store.Open(ctx, string(settings.DB))
	if store.IsKind(err, store.Unavailable) && settings.DB.IsFolder() {
		fmt.Fprintln(t.stdout, `The server that is running takes it into use within a minute, and seals with it what older keys have sealed. Watch it with "chiron keys show".`)
		return nil
	}
	if err != nil {
		return &inputError{fmt.Errorf("the key is made, and values are still sealed with the older ones: %w. The next server, or the next \"chiron keys rotate\", goes on", err)}
	}
	return errors.Join(t.reseal(ctx, db, ring), db.Close())
}

// reseal seals all private values of a database with the key in use.
func (t *terminal) reseal(ctx context.Context, db *store.DB, ring *keys.Ring) error {
	if err := ring.Recognise(ctx, db); err != nil {
		return &inputError{err}
	}
	vault, err := private.Open(ctx, db, ring, time.Now)
	if err != nil {
		return &inputError{err}
	}
	done, err := vault.Rotate(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.stdout, "Sealed %s again.\n", privateValues(int64(done.Resealed)))
	for _, row := range done.Damaged {
		fmt.Fprintf(t.stdout, "The value in row %s cannot be opened, and stays as it is.\n", row)
	}
	fmt.Fprintln(t.stdout, `Backups from before still need the older keys. When these are gone: chiron keys drop ID`)
	if len(done.Damaged) > 0 {
		return errNo
	}
	return nil
}

type keysDropCommand struct {
	ID string `arg:"" name:"id" help:"The id of the key, as \"chiron keys show\" writes it."`
}

func (*keysDropCommand) Help() string {
	return `Deletes the file of a key with which no private value is sealed any more. Backups that were made before the key was changed then read nothing private: drop it when they are gone, or at once if the key has become known to somebody.

` + settingsHelp
}

func (c *keysDropCommand) Run(ctx context.Context, t *terminal) error {
	ring, settings, err := t.ring()
	if err != nil {
		return err
	}
	key, known := ring.Key(c.ID)
	if !known {
		return &inputError{fmt.Errorf("no private value is sealed with a key %q; \"chiron keys show\" lists the ids of those that seal", c.ID)}
	}
	looked := false
	err = inspect(ctx, settings.DB, func(tx *store.Tx) error { looked = true; return private.MayDrop(tx, ring, c.ID) })
	switch {
	case errors.Is(err, private.ErrNeeded):
		return &inputError{fmt.Errorf("the key %s is still needed, or not older than the one in use; \"chiron keys rotate\" seals again what it has sealed", c.ID)}
	case err == nil && !looked:
		return &inputError{fmt.Errorf("there is no database in %s that could say whether the key is needed; set db, and bring it up to date with \"chiron migrate\"", settings.DB)}
	case err != nil:
		return err
	}
	if err := ring.Drop(c.ID, time.Now()); err != nil {
		return &inputError{err}
	}
	fmt.Fprintf(t.stdout, "Deleted %s. Delete it in the copies of the folder of keys too.\n", key.File)
	return nil
}
