// Package audit keeps the log of who did what: written in the transaction of each change, sealed soon after, and so
// that nobody, not even who runs the database, can change, add or take away an event unnoticed once its seal was seen
// by somebody else.
//
// Events never hold content. They hold hashes of what a thing said before and after, so that a person's data can be
// erased and the log still verifies.
//
// Sealed events are the leaves of one hash tree (RFC 6962). A seal signs the tree's size and root as a checkpoint in
// the form that transparency logs use (C2SP tlog-checkpoint over signed-note), with a key that is kept outside the
// database. Whoever keeps one old checkpoint can later prove that the log still begins with the same events.
package audit

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// An Event is what is to be logged.
type Event struct {
	Actor   string   // a person's id, or the name of a part of the program
	ForWhom string   // on whose behalf, if not the actor's own
	Action  string   // a code such as "relationship.end"
	Kind    string   // of the thing that was changed, such as "relationship"
	Object  string   // its id
	Was     []byte   // what it said before; only a hash is kept. nil: it was not there
	Became  []byte   // and after; nil: it is gone
	About   []string // ids of the people who may read the event, besides the actor
}

// Record logs an event in the transaction of the change.
func Record(tx *store.Tx, now time.Time, e Event) error {
	about, in := []string{}, map[string]bool{"": true} // of a list there may be 20,000
	for _, person := range append([]string{e.Actor}, e.About...) {
		if !in[person] {
			about, in[person] = append(about, person), true
		}
	}
	return tx.AddEvent(store.Event{
		ID: rand.Text(), At: now, Actor: e.Actor, ForWhom: e.ForWhom, Action: e.Action, ObjectKind: e.Kind, ObjectID: e.Object,
		Was: digest(e.Was), Became: digest(e.Became), About: about,
	})
}

// digest is the hash of content; of no content, nothing.
func digest(content []byte) []byte {
	if content == nil {
		return nil
	}
	sum := sha256.Sum256(content)
	return sum[:]
}

// MostEvents is how many events a seal covers at most, so that sealing is a short transaction.
const MostEvents = 256

// frontier is the setting in which the tree is kept between seals.
const frontier = "audit.tree"

// A Sealer seals events.
type Sealer struct {
	DB     *store.DB
	Signer note.Signer // its name is the origin of the log, such as "mentoring.example.org/audit"
	Now    func() time.Time
}

// Seal seals the oldest unsealed events, at most [MostEvents], and returns how many there were. With several instances
// at work each event is sealed once: who comes second finds it sealed.
func (s *Sealer) Seal(ctx context.Context) (n int, err error) {
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		events, err := tx.UnsealedEvents(MostEvents)
		if n = len(events); err != nil || n == 0 {
			return err
		}
		last, err := tx.LastSeal()
		if err != nil && !store.IsKind(err, store.NotFound) {
			return err
		}
		t, err := grown(tx)
		if err != nil {
			return err
		}
		for k := range events {
			t.add(leaf(&events[k]))
		}
		root := t.root()
		signed, err := note.Sign(&note.Note{Text: checkpoint(s.Signer.Name(), t.size, root)}, s.Signer)
		if err != nil {
			return fmt.Errorf("sign the audit log: %w", err)
		}
		if err := tx.PutSetting(frontier, base64.StdEncoding.EncodeToString(t.bytes())); err != nil {
			return err
		}
		return tx.AddSeal(store.Seal{
			Number: last.Number + 1, At: s.Now(), Events: n, Root: root[:], Before: last.Root, Signature: signed,
		}, events)
	})
	return n, err
}

// grown is the tree over all sealed events, as the last seal left it.
func grown(tx *store.Tx) (*tree, error) {
	kept, err := tx.Setting(frontier)
	switch {
	case store.IsKind(err, store.NotFound):
		return &tree{}, nil
	case err != nil:
		return nil, err
	}
	data, err := base64.StdEncoding.DecodeString(kept)
	if err != nil {
		return nil, errors.New("the tree of the audit log cannot be read")
	}
	return treeOf(data)
}

// checkpoint is the text that a seal signs (C2SP tlog-checkpoint): origin, size and root, a line each.
func checkpoint(origin string, size uint64, root hash) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root[:]))
}

// A Checkpoint is what somebody kept of the log at an earlier time.
type Checkpoint struct {
	Size uint64
	Root [sha256.Size]byte
}

// Open reads a signed checkpoint and verifies its signature.
func Open(signed []byte, key note.Verifier) (Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList(key))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the checkpoint is not signed by this log: %w", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		return Checkpoint{}, errors.New("the checkpoint is not one of this log")
	}
	size, err := strconv.ParseUint(lines[1], 10, 63)
	if err != nil || lines[1] != strconv.FormatUint(size, 10) {
		return Checkpoint{}, errors.New("the checkpoint has no size")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != sha256.Size {
		return Checkpoint{}, errors.New("the checkpoint has no root")
	}
	return Checkpoint{size, hash(root)}, nil
}

// Latest is the newest checkpoint, signed, to be kept by somebody else; nil: nothing is sealed yet.
func Latest(tx *store.Tx) ([]byte, error) {
	last, err := tx.LastSeal()
	if store.IsKind(err, store.NotFound) {
		return nil, nil
	}
	return last.Signature, err
}

// Found is what [Verify] has seen.
type Found struct {
	Seals    int64
	Events   uint64 // that are sealed
	Unsealed int    // at most MostEvents are counted
}

// Verify reads the whole log and proves that every sealed event is there, unchanged and in its place, that every seal
// is signed by the key, and that the log begins as the checkpoints say which somebody kept. The error names the seal
// from which on it is not so. It costs one pass over the log and holds one seal's events at a time.
func Verify(ctx context.Context, db *store.DB, key note.Verifier, kept ...Checkpoint) (Found, error) {
	var found Found
	err := db.View(ctx, func(tx *store.Tx) error {
		v := verifier{tx: tx, key: key, kept: kept}
		if err := v.seals(ctx); err != nil {
			return err
		}
		unsealed, err := tx.UnsealedEvents(MostEvents)
		found = Found{v.number, v.tree.size, len(unsealed)}
		return err
	})
	return found, err
}

// A verifier walks over a log.
type verifier struct {
	tx     *store.Tx
	key    note.Verifier
	kept   []Checkpoint
	tree   tree
	number int64 // of the last seal that was verified
	before []byte
}

func (v *verifier) seals(ctx context.Context) error {
	const page = 100
	for {
		seals, err := v.tx.SealsAfter(v.number, page)
		if err != nil {
			return err
		}
		for _, s := range seals {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := v.seal(s); err != nil {
				return fmt.Errorf("the audit log is not intact, seal %d: %w", v.number+1, err)
			}
		}
		if len(seals) < page {
			break
		}
	}
	for _, c := range v.kept {
		if c.Size > v.tree.size {
			return fmt.Errorf("the audit log is not intact: %d events were sealed once, and now there are %d", c.Size, v.tree.size)
		}
	}
	grown, err := grown(v.tx)
	if err != nil {
		return err
	}
	if !bytes.Equal(grown.bytes(), v.tree.bytes()) {
		return fmt.Errorf("the audit log is not intact after seal %d: seals are missing", v.number)
	}
	return nil
}

func (v *verifier) seal(s store.Seal) error {
	if s.Number != v.number+1 {
		return errors.New("it is missing")
	}
	events, err := v.tx.SealedEvents(s.Number)
	switch {
	case err != nil:
		return err
	case len(events) != s.Events:
		return fmt.Errorf("it covers %d events, and %d are there", s.Events, len(events))
	case !bytes.Equal(s.Before, v.before):
		return errors.New("it does not follow on the seal before it")
	}
	for k := range events {
		if events[k].Place != int64(k) {
			return fmt.Errorf("the event at place %d is missing", k)
		}
		v.tree.add(leaf(&events[k]))
		for _, c := range v.kept {
			if c.Size == v.tree.size && c.Root != v.tree.root() {
				return fmt.Errorf("the first %d events are not those of a checkpoint that was kept", c.Size)
			}
		}
	}
	signed, err := Open(s.Signature, v.key)
	root := v.tree.root()
	switch {
	case err != nil:
		return err
	case !bytes.Equal(s.Root, root[:]) || signed != Checkpoint{v.tree.size, root}:
		return errors.New("an event under it was changed")
	}
	v.number, v.before = s.Number, s.Root
	return nil
}
