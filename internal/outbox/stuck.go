package outbox

import (
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// CameBack says whether a server took the letter and it came back.
func (l Letter) CameBack() bool { return l.State == store.LetterBounced }

// Stuck lists the letters that no server took or that came back, the latest first, at most [Most] of each.
func (o *Outbox) Stuck(ctx context.Context, v account.Visit) (all []Letter, err error) {
	err = o.act(ctx, v, mentoring.See, func(w *work) error {
		all = nil
		for _, state := range []store.LetterState{store.LetterRefused, store.LetterBounced} {
			kept, err := w.Tx.Letters(state, Most)
			if err != nil {
				return err
			}
			for _, l := range kept {
				log, err := w.Deliveries(l.ID)
				if err != nil {
					return err
				}
				all = append(all, Letter{l.ID, notice.Template(l.Template), l.State, l.MadeAt, l.EndedAt, log})
			}
		}
		slices.SortStableFunc(all, func(a, b Letter) int { return b.EndedAt.Compare(a.EndedAt) })
		return w.log("letters.see", "installation", "", "")
	})
	return all, err
}
