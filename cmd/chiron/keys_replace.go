package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
)

type keysReplaceCommand struct {
	Lost bool `help:"Say that the keys are lost for good. Without it nothing is done."`
}

func (*keysReplaceCommand) Help() string {
	return `For the day when the folder of keys is lost, and no copy of it is found anywhere. Without it the server refuses to start. This lets the installation go on with new keys, or with those that are left:

- Private values that no key opens any more are deleted. Their people can say them again.
- Links and codes in letters that are under way open nothing. People ask for new ones.
- The audit log is verified with the public key that the database knows, and every seal is signed with the new key. A checkpoint that somebody has kept still says the right size and root, under the former key; give them the new public key.

Stop the server before. Look once more for a copy of the keys before that: this cannot be undone.

` + settingsHelp + `

Examples:

    chiron keys replace --lost`
}

func (c *keysReplaceCommand) Run(ctx context.Context, t *terminal) error {
	settings, err := t.config()
	if err != nil {
		return err
	}
	if !c.Lost {
		return &inputError{errors.New("this deletes private values whose keys are gone, and cannot be undone. If no copy of the keys is left: chiron keys replace --lost")}
	}
	if err := idle(ctx, settings.DB); err != nil {
		return asInput(err)
	}
	db, err := store.Open(ctx, string(settings.DB))
	if err != nil {
		return asInput(err)
	}
	return errors.Join(t.replaceKeys(ctx, db, string(settings.Keys), apartFrom(settings)), db.Close())
}

// idle says whether there is a database that no server has open, without making one. On SQLite opening it will tell.
func idle(ctx context.Context, source config.Source) error {
	db, err := store.Inspect(ctx, string(source))
	if store.IsKind(err, store.NotFound) {
		return fmt.Errorf("there is no database in %s that needs keys; set db", source)
	}
	if err != nil {
		return err
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		others, err := tx.OtherProcesses()
		if err == nil && others > 0 {
			err = fmt.Errorf("a server has %s open; stop it first", source)
		}
		return err
	})
	return errors.Join(err, db.Close())
}

// replaced is what was given up and done.
type replaced struct {
	values  int64
	seals   int
	changed bool // the key of the audit log
}

func (t *terminal) replaceKeys(ctx context.Context, db *store.DB, folder string, apart []string) error {
	former, err := publicKeyOf(ctx, db)
	if err != nil {
		return err
	}
	if former == "" {
		return &inputError{errors.New("this database belongs to no keys yet; start the server, which makes them")}
	}
	name, _, _ := strings.Cut(former, "+")
	ring, err := keys.Open(folder, name, time.Now(), apart...)
	if err != nil {
		return &inputError{err}
	}
	var done replaced
	err = db.Update(ctx, func(tx *store.Tx) (err error) { done, err = claim(ctx, tx, ring); return err })
	if err != nil {
		return &inputError{fmt.Errorf("nothing was changed in the database: %w", err)}
	}
	fmt.Fprintf(t.stdout, "The database belongs to the keys in %s now. Keep a copy of them, apart from the backups.\n", folder)
	fmt.Fprintf(t.stdout, "Deleted, since no key opens them: %s. Signed anew: %s of the audit log.\n",
		many(done.values, "private value", "private values"), many(int64(done.seals), "seal", "seals"))
	if done.changed {
		fmt.Fprintf(t.stdout, "The new public key of the audit log, for whoever keeps checkpoints:\n%s\n", ring.PublicKey())
	}
	return nil
}

func publicKeyOf(ctx context.Context, db *store.DB) (key string, err error) {
	err = db.View(ctx, func(tx *store.Tx) (err error) { key, err = keys.PublicKeyOf(tx); return err })
	return key, err
}

// claim lets a database belong to a ring, all or nothing, and writes it down.
func claim(ctx context.Context, tx *store.Tx, ring *keys.Ring) (done replaced, err error) {
	former, err := ring.Claim(tx)
	if err != nil {
		return done, err
	}
	if done.values, err = private.Forsake(tx, ring, time.Now()); err != nil {
		return done, err
	}
	if former != nil {
		if done.seals, err = audit.SignAnew(ctx, tx, former, ring.Signer()); err != nil {
			return done, err
		}
		done.changed = true
	}
	return done, audit.Record(tx, time.Now(), audit.Event{
		Actor: "console", Action: "installation.replace-keys", Kind: "installation", Object: "keys", Became: []byte(ring.PublicKey()),
	})
}
