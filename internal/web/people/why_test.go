//go:build unix

package people_test

import (
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
)

// MA-6: true reasons and honest gaps of what both let be seen, without a number.
func TestPageOfAPersonSaysWhyTheyMaySuit(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss := h.First("boss@example.org")
		someone := crowd(h)
		v := amara(h)
		path := "/people/" + string(someone.Actor.Person)
		p := v.Get(path)
		shows(h, "her page", p, "Why Hélène may suit you", "Research: what you look for", "An interest you share: sepsis", "A language you share: French", "You can both meet in the evening", "Does not list: career choice")
		hides(h, "her page", p, "%")
		if n := strings.Count(p.Text(), "Trials, and how to end them"); n != 1 {
			h.Errorf("her line is said %d times", n)
		}
		for what, page := range map[string]servetest.Page{"her own": someone.Get(path), "the administrator's": boss.Get(path)} {
			hides(h, what, page, "may suit you", "Good to know about", `class="why"`)
		}
		h.Must(h.Server.People.ShowField(h.Context(), someone.Visit, mentoring.FieldInterests, mentoring.OnlyMe))
		h.Must(h.Server.People.ShowField(h.Context(), v.Visit, mentoring.FieldWhen, mentoring.OnlyMe))
		hides(h, "what is kept to oneself", v.Get(path), "interest you share", "in the evening")
		newcomer := comes(h, "newcomer@example.org")
		hides(h, "for who has said nothing", newcomer.Get(path), "may suit you", `class="why"`)
	})
}
