package audit

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// SignAnew signs every seal with another key, when that which signed was lost, and says how many there were. Before, the
// log is verified by the former public key, and one that is not intact is refused: the new key vouches for nothing that
// the old one did not. The tree, and the roots in checkpoints that somebody kept, stay what they were. It costs one pass
// over the log and belongs in one transaction.
func SignAnew(ctx context.Context, tx *store.Tx, former note.Verifier, key note.Signer) (n int, err error) {
	v := verifier{tx: tx, key: former}
	if err := v.seals(ctx); err != nil {
		return 0, err
	}
	const page = 100
	for {
		seals, err := tx.SealsAfter(int64(n), page)
		if err != nil {
			return n, err
		}
		for _, s := range seals {
			if err := signAnew(tx, s, former, key); err != nil {
				return n, fmt.Errorf("sign seal %d anew: %w", s.Number, err)
			}
			n++
		}
		if len(seals) < page {
			return n, ctx.Err()
		}
	}
}

func signAnew(tx *store.Tx, s store.Seal, former note.Verifier, key note.Signer) error {
	says, err := Open(s.Signature, former)
	if err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: checkpoint(key.Name(), says.Size, says.Root)}, key)
	if err != nil {
		return errors.New("the new key cannot sign")
	}
	return tx.SignSeal(s.Number, signed)
}
