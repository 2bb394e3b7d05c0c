package keys

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// The settings of the database that say which keys belong to it.
const (
	lettersSetting = "keys.letters" // the id
	auditSetting   = "keys.audit"   // the public key
)

// Recognise compares the keys with those that a database was first opened with, and notes them on the first time. A
// database that belongs to other keys is refused, with what to do; keys that were made a moment ago are then taken back,
// so that the right ones can be put in their place. Whether every private value has its sealing key is for
// internal/store/private to say.
func (r *Ring) Recognise(ctx context.Context, db *store.DB) error {
	err := db.Update(ctx, r.RecogniseIn)
	if wrong := (*Unknown)(nil); errors.As(err, &wrong) {
		return errors.Join(err, r.takeBack())
	}
	if err == nil {
		r.made = nil
	}
	return err
}

// RecogniseIn is Recognise in a transaction, and takes nothing back.
func (r *Ring) RecogniseIn(tx *store.Tx) error {
	for _, of := range [...]struct{ setting, file, now string }{
		{lettersSetting, lettersName, r.letters.id()},
		{auditSetting, auditName, r.audit.verifier},
	} {
		noted, err := tx.Setting(of.setting)
		switch {
		case store.IsKind(err, store.NotFound):
			err = tx.PutSetting(of.setting, of.now)
		case err == nil && noted != of.now:
			err = &Unknown{Folder: r.folder, File: of.file}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Claim lets a database belong to these keys in place of those it belonged to, and gives back what verifies the audit log
// by its former key; nil: it is the same one. It is for when keys were lost for good; no server must be running.
func (r *Ring) Claim(tx *store.Tx) (former note.Verifier, err error) {
	noted, err := PublicKeyOf(tx)
	if err != nil {
		return nil, err
	}
	if noted != "" && noted != r.audit.verifier {
		if former, err = note.NewVerifier(noted); err != nil {
			return nil, errors.New("the public key of the audit log that the database names is damaged")
		}
	}
	if err := tx.PutSetting(lettersSetting, r.letters.id()); err != nil {
		return nil, err
	}
	return former, tx.PutSetting(auditSetting, r.audit.verifier)
}

// PublicKeyOf is the public key of the audit log that a database belongs to; "": to none yet.
func PublicKeyOf(tx *store.Tx) (string, error) {
	key, err := tx.Setting(auditSetting)
	if store.IsKind(err, store.NotFound) {
		return "", nil
	}
	return key, err
}

// Unknown says that a database belongs to another key than there is.
type Unknown struct{ Folder, File string }

func (u *Unknown) Error() string {
	return fmt.Sprintf("the database belongs to another %s than there is in %s. Put the folder of keys back that this installation has used, "+
		"or set keys to where it is; nothing was changed. Without it private values cannot be read and the audit log cannot be continued. If the keys are lost for good: chiron keys replace", u.File, u.Folder)
}
