//go:build unix

package account

import (
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// TestWhatIsOverIsKeptForItsTime sweeps on the days around which links, jobs and letters go.
func TestWhatIsOverIsKeptForItsTime(t *testing.T) {
	both(t, func(h *house) {
		_, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org", Browser: "b"})
		h.must(err)
		token := h.token("zoe@example.org")
		kept := func() (links, jobs, letters int) {
			h.must(h.Sweep(h.Context()))
			h.view(func(tx *store.Tx) error {
				if _, err := tx.LinkByHash(hashOf(token)); err == nil {
					links = 1
				}
				counted, err := tx.CountJobs()
				if err != nil {
					return err
				}
				jobs = counted[store.JobDone]
				sent, err := tx.CountLetters()
				letters = sent[store.LetterSent]
				return err
			})
			return links, jobs, letters
		}
		const day = 24 * time.Hour
		for _, at := range []struct {
			after                time.Duration
			links, jobs, letters int
		}{{0, 1, 1, 1}, {23 * time.Hour, 1, 1, 1}, {2 * day, 0, 1, 1}, {12 * day, 0, 0, 1}, {50 * day, 0, 0, 0}} {
			h.pass(at.after)
			if links, jobs, letters := kept(); links != at.links || jobs != at.jobs || letters != at.letters {
				h.Errorf("after %v more: %d links, %d jobs, %d letters; want %d, %d, %d", at.after, links, jobs, letters, at.links, at.jobs, at.letters)
			}
		}
	})
}
