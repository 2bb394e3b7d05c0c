package operate

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// Verified is what [VerifyLog] has seen.
type Verified struct {
	audit.Found
	Kept   int    // checkpoints that the log was held to
	Newest []byte // checkpoint, signed, which is proved too; nil: nothing is sealed yet
}

// VerifyLog verifies the audit log of an installation, also while a server has it open, and that it begins as all the
// checkpoints in a text say, which somebody kept. A log that is not intact is a [*Refusal].
func VerifyLog(ctx context.Context, of Installation, kept []byte) (*Verified, error) {
	checkpoints, err := readCheckpoints(kept, of.Keys.Verifier())
	if err != nil {
		return nil, err
	}
	db, err := store.Inspect(ctx, of.Source)
	if err != nil {
		return nil, err
	}
	v := &Verified{Kept: len(checkpoints)}
	err = db.View(ctx, func(tx *store.Tx) error {
		if err := mustBeNewest(tx); err != nil {
			return err
		}
		newest, err := audit.Latest(tx)
		v.Newest = newest
		return err
	})
	if err == nil && v.Newest != nil {
		var newest audit.Checkpoint
		newest, err = audit.Open(v.Newest, of.Keys.Verifier())
		checkpoints = append(checkpoints, newest)
	}
	if err == nil {
		v.Found, err = audit.Verify(ctx, db, of.Keys.Verifier(), checkpoints...)
	}
	return v, errors.Join(notIntact(ctx, err), db.Close())
}

// notIntact makes what a verification says a refusal, unless it could not be made.
func notIntact(ctx context.Context, err error) error {
	if fault := (*store.Fault)(nil); err == nil || ctx.Err() != nil || errors.As(err, &fault) || errors.As(err, new(*Refusal)) {
		return err
	}
	return refuse("%s", err)
}

// signatureMark begins the lines of signatures in signed notes.
const signatureMark = "— "

// readCheckpoints reads signed checkpoints, one below the other, however they were indented and spaced where they were
// kept.
func readCheckpoints(text []byte, key note.Verifier) (all []audit.Checkpoint, err error) {
	var body, signatures []string
	flush := func() error {
		if len(body)+len(signatures) == 0 {
			return nil
		}
		c, err := audit.Open([]byte(strings.Join(body, "\n")+"\n\n"+strings.Join(signatures, "\n")+"\n"), key)
		body, signatures = nil, nil
		if err != nil {
			return refuse("of the checkpoints that were kept, number %d: %s", len(all)+1, err)
		}
		all = append(all, c)
		return nil
	}
	for line := range bytes.Lines(text) {
		words := strings.TrimSpace(string(line))
		switch {
		case strings.HasPrefix(words, signatureMark):
			signatures = append(signatures, words)
		case words != "":
			if len(signatures) > 0 {
				if err := flush(); err != nil {
					return nil, err
				}
			}
			body = append(body, words)
		}
	}
	err = flush()
	return all, err
}
