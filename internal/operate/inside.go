package operate

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// database looks at the database and, if there is one of this version, at what it says of the installation.
func (d *Doctor) database(ctx context.Context, ring *keys.Ring) {
	db, err := store.Inspect(ctx, string(d.Config.DB))
	if store.IsKind(err, store.NotFound) {
		d.add("database", Warning, "chiron serve makes one; or set db to where it is", "there is none in %s yet", d.Config.DB)
		return
	}
	if err != nil {
		d.failed("database", "look whether it runs, and whether db names it", err)
		return
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		damage, err := tx.Damage(true)
		if err != nil {
			return err
		}
		d.integrity(damage)
		version, err := tx.SchemaVersion()
		if err != nil {
			return err
		}
		if d.schema(version) {
			return d.inside(tx, ring)
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		d.failed("database", "look into the log of the server; if it cannot be read any more, restore the newest backup", err)
	}
}

func (d *Doctor) integrity(damage []string) {
	if len(damage) == 0 {
		d.add("database", Fine, "", "%s answers, and nothing in it is broken", d.Config.DB)
		return
	}
	d.add("database", Problem, "stop the server, keep a copy of everything, and restore the newest backup", "it is damaged: %s", strings.Join(damage, "; "))
}

func (d *Doctor) schema(version int64) (same bool) {
	newest := store.NewestVersion()
	switch {
	case version == 0:
		d.add("schema", Warning, "chiron serve or chiron migrate begins it", "there is nothing in the database yet")
	case version < newest:
		d.add("schema", Warning, "run chiron migrate, with the server stopped", "it is of version %d, and this program works with %d", version, newest)
	case version > newest:
		d.add("schema", Problem, "use the version of chiron that the server has", "it is of version %d, and this program knows %d", version, newest)
	default:
		d.add("schema", Fine, "", "it is of the newest version, %d", version)
	}
	return version == newest
}

// inside looks at what is in the database.
func (d *Doctor) inside(tx *store.Tx, ring *keys.Ring) error {
	if err := d.keysOf(tx, ring); err != nil {
		return err
	}
	for _, look := range []func(tx *store.Tx) error{d.clock, d.jobs, d.letters, d.administrators} {
		if err := look(tx); err != nil {
			return err
		}
	}
	return nil
}

// keysOf looks whether the database belongs to the keys.
func (d *Doctor) keysOf(tx *store.Tx, ring *keys.Ring) error {
	if ring == nil {
		return nil
	}
	err := ring.RecogniseIn(tx) // which can note nothing here
	if wrong := (*keys.Unknown)(nil); errors.As(err, &wrong) {
		d.failed("keys", "", err)
		return nil
	}
	n, err := unreadable(tx, ring)
	if n > 0 {
		d.add("keys", Problem, "put the file of the key back, from where you keep a copy of the keys", "a key is missing that seals %s", counted(int(n), "private value", "private values"))
	}
	return err
}

func (d *Doctor) clock(tx *store.Tx) error {
	newest, err := tx.NewestInstant()
	if err != nil {
		return err
	}
	if d.began, err = tx.Began(); err != nil {
		return err
	}
	now := d.Now()
	if ahead := newest.Sub(now); ahead > clockMayDiffer {
		d.add("clock", Problem, "set it, and let it be kept right by NTP; until then sessions and links last too long, and work waits",
			"the clock of this machine says %s, and something was written down at %s: it was turned back, or another machine's is wrong", instant(now), instant(newest))
		return nil
	}
	d.add("clock", Fine, "", "it says %s, which is after everything that was written down", instant(now))
	return nil
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func (d *Doctor) jobs(tx *store.Tx) error {
	late, err := tx.LateJobs(d.Now().Add(-workMayBeLate))
	if err != nil {
		return err
	}
	dead, err := tx.DeadKinds()
	if err != nil {
		return err
	}
	states, err := tx.CountJobs()
	if err != nil {
		return err
	}
	if late > 0 {
		d.add("jobs", Warning, "look whether chiron serve runs; it does them when it starts", "%s should have been done more than %d minutes ago", counted(late, "piece of promised work", "pieces of promised work"), int(workMayBeLate.Minutes()))
	}
	for _, kind := range sorted(dead) {
		d.add("jobs", Warning, "an administrator sees why, and can let it be tried again", "%s of the kind %q was given up", counted(dead[kind], "piece of work", "pieces of work"), kind)
	}
	if late == 0 && len(dead) == 0 {
		d.add("jobs", Fine, "", "none is late and none was given up; %d wait", states[store.JobWaiting])
	}
	return nil
}

func (d *Doctor) letters(tx *store.Tx) error {
	states, err := tx.CountLetters()
	if err != nil {
		return err
	}
	waiting, refused := states[store.LetterWaiting], states[store.LetterRefused]
	switch {
	case waiting > 0 && d.Config.Mail.Host == "":
		d.add("letters", Warning, "set mail.host; then they are sent", "%s, since there is no server of mails", counted(waiting, "letter waits", "letters wait"))
	case refused > 0:
		d.add("letters", Warning, "an administrator sees which and why, and can let them be sent again", "%s refused for good", counted(refused, "letter was", "letters were"))
	default:
		d.add("letters", Fine, "", "%d wait, %d were sent, %d came back", waiting, states[store.LetterSent], states[store.LetterBounced])
	}
	return nil
}

func (d *Doctor) administrators(tx *store.Tx) error {
	accounts, err := tx.CountAccounts()
	if err != nil {
		return err
	}
	n, err := tx.CountRole(store.Administrator)
	switch {
	case err != nil:
		return err
	case n == 0 && accounts > 0:
		d.add("administrators", Problem, "start chiron serve: it prints a link for a new one", "there are accounts, and nobody can act as administrator")
	case n == 0:
		d.add("administrators", Warning, "start chiron serve: it prints a link for the first one", "there is none yet")
	default:
		d.add("administrators", Fine, "", "%d can act", n)
	}
	return nil
}
