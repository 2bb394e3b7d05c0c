package privacy

import (
	"context"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
)

const day = 24 * time.Hour

// A Term is how long a class of data is kept, and why.
type Term struct {
	Class string
	Keeps time.Duration
	Why   string
	sweep func(tx *store.Tx, before time.Time) (int64, error)
}

// Retention is how long things are kept that have an end of their own. Sessions, links and letters are swept by the
// account; private values by the characteristics; what a person says of themselves stays until they change it or go.
var Retention = []Term{
	{"drafts of profiles", 90 * day, "whoever comes back after a season begins anew", (*store.Tx).SweepDrafts},
	{"periods away", 30 * day, "an absence that is over is nobody's business", func(tx *store.Tx, before time.Time) (int64, error) {
		return tx.SweepAways(string(mentoring.DayOf(before)))
	}},
	{"wishes not to be matched", 730 * day, "AP-7: 24 months", (*store.Tx).SweepVetoes},
	{"positions of authority that have ended", 730 * day, "as long as the inputs of a matching", func(tx *store.Tx, before time.Time) (int64, error) {
		return tx.SweepAuthorities(string(mentoring.DayOf(before)))
	}},
	{"declarations of interest", 730 * day, "they hold for 12 months; one more shows that it was done", (*store.Tx).SweepDeclarations},
	{"delegates who never answered", 30 * day, "an address of somebody who did not want it", (*store.Tx).SweepDelegates},
	{"invitations into programs", mentoring.InvitationLasts, "whoever has not come by then does not want to", (*store.Tx).SweepInvitations},
	{"what undoing an import takes", person.UndoFor, "it can be undone no longer", (*store.Tx).SweepBatches},
	{"words by which nobody is found", 0, "they were somebody's", func(tx *store.Tx, _ time.Time) (int64, error) { return tx.SweepWords() }},
}

// Sweep deletes what has been kept for its term. It is done once a day.
func (p *Privacy) Sweep(ctx context.Context) error {
	now := p.People.Now()
	return p.People.DB.Update(ctx, func(tx *store.Tx) error {
		for _, term := range Retention {
			if _, err := term.sweep(tx, now.Add(-term.Keeps)); err != nil {
				return err
			}
		}
		return nil
	})
}
