// Package private keeps what must stay between a person and the activity that it was told to, such as sensitive
// characteristics: each value sealed with a key that is kept outside the database, so that who reads the whole database,
// or a backup of it, learns that there is a value and not what it says.
//
// Only the activities may import it that ARCHITECTURE.md draws an arrow from. It seals, opens and changes keys; who may
// read a value, and what has to be agreed to before, the activity says.
package private

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Kind of private values belongs to one activity.
type Kind string

// Characteristics are the sensitive characteristics of a person, all of them in one value, so that not even their number
// shows.
const Characteristics Kind = "characteristics"

// A Place is where a value lies. There is one value at most in each.
type Place struct {
	Person string // whose it is: the id of an account
	Kind   Kind
	About  string // the id of what else it is about; may be empty
}

// A Vault seals values and opens them.
type Vault struct {
	db   *store.DB
	ring *keys.Ring
	now  func() time.Time
}

// current is the setting that says which key seals. Every transaction that seals reads it, so that none seals with a key
// that another has put out of use.
const current = "private.key"

// Open makes a vault, and takes the newest key into use that has begun. A database with values whose keys are not there
// is refused, with what to do: it would lose nothing, but show people that they have said nothing.
func Open(ctx context.Context, db *store.DB, ring *keys.Ring, now func() time.Time) (*Vault, error) {
	v := &Vault{db, ring, now}
	err := db.Update(ctx, func(tx *store.Tx) error {
		rows, err := tx.PrivateKeys()
		if err != nil {
			return err
		}
		for _, k := range rows {
			if _, known := ring.Key(k.ID); !known {
				return fmt.Errorf("private values cannot be read (%d): %w", k.Rows, v.missing("", k.ID))
			}
		}
		_, err = v.turn(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// Put seals a text in a place, over an earlier one.
func (v *Vault) Put(tx *store.Tx, at Place, text []byte) error {
	key, err := v.sealing(tx)
	if err != nil {
		return err
	}
	row, err := tx.Private(at.Person, string(at.Kind), at.About)
	if store.IsKind(err, store.NotFound) {
		row, err = store.PrivateRow{ID: rand.Text(), Person: at.Person, Kind: string(at.Kind), About: at.About}, nil
	}
	if err != nil {
		return err
	}
	seal(&row, key, text)
	return tx.PutPrivate(row)
}

// Get opens the text in a place. Without one the error is a store fault of kind NotFound; one that cannot be opened is a
// [*Fault].
func (v *Vault) Get(tx *store.Tx, at Place) ([]byte, error) {
	row, err := tx.Private(at.Person, string(at.Kind), at.About)
	if err != nil {
		return nil, err
	}
	return v.open(&row)
}

// Delete empties a place, and says whether anything was in it.
func (v *Vault) Delete(tx *store.Tx, at Place) (bool, error) {
	return tx.DeletePrivate(at.Person, string(at.Kind), at.About)
}

// An Entry is a value and where it lies.
type Entry struct {
	Place
	Row  string // the id of its row, by which pages go on
	Text []byte
	Err  error // a *Fault, where it cannot be opened; Text is nil then
}

// Page lists the values of a kind in an order that says nothing: those behind a row, at most so many. It is for the rules
// that a kind has for all its values, such as how long they are kept.
func (v *Vault) Page(tx *store.Tx, kind Kind, after string, most int) ([]Entry, error) {
	rows, err := tx.PrivatePage(string(kind), after, most)
	page := make([]Entry, len(rows))
	for k := range rows {
		r := &rows[k]
		page[k] = Entry{Place: Place{r.Person, kind, r.About}, Row: r.ID}
		page[k].Text, page[k].Err = v.open(r)
	}
	return page, err
}

// step is what lengths of texts are rounded up to before they are sealed, so that the length of what is sealed says next
// to nothing. It holds all that most people say of themselves.
const step = 1024

// padded is a text with its length in front and as many zeros behind as it takes.
func padded(text []byte) []byte {
	length := 4 + len(text)
	out := make([]byte, (length+step-1)/step*step)
	binary.BigEndian.PutUint32(out, uint32(len(text)))
	copy(out[4:], text)
	return out
}

func unpadded(text []byte) ([]byte, bool) {
	if len(text) < 4 || uint64(binary.BigEndian.Uint32(text)) > uint64(len(text)-4) {
		return nil, false
	}
	return text[4 : 4+binary.BigEndian.Uint32(text)], true
}

// bound is what a sealed text is bound to, so that it can be opened in its row alone: not in another table, for another
// person, as another kind, or under another key. Each part stands with its length, so that none runs into the next.
func bound(r *store.PrivateRow) []byte {
	var b bytes.Buffer
	for _, part := range []string{"chiron/v1/private_value", r.ID, r.Person, r.Kind, r.About, r.Key} {
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		b.WriteString(part)
	}
	return b.Bytes()
}

func seal(r *store.PrivateRow, key keys.Key, text []byte) {
	r.Key = key.ID
	r.Sealed = key.AEAD().Seal(nil, nil, padded(text), bound(r))
}

func (v *Vault) open(r *store.PrivateRow) ([]byte, error) {
	key, known := v.ring.Key(r.Key)
	if !known {
		return nil, v.missing(r.ID, r.Key)
	}
	if len(r.Sealed) < key.AEAD().Overhead() {
		return nil, &Fault{Damaged, r.ID, r.Key, ""}
	}
	plain, err := key.AEAD().Open(nil, nil, r.Sealed, bound(r))
	if err != nil { // which says nothing but that
		return nil, &Fault{Damaged, r.ID, r.Key, ""}
	}
	text, right := unpadded(plain)
	if !right {
		return nil, &Fault{Damaged, r.ID, r.Key, ""}
	}
	return text, nil
}
