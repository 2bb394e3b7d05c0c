//go:build unix

package person

import (
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// MA-6: the reasons on a page are those of the card, of what both let be seen, and nobody else has any.
func TestPageOfAPersonHasTheReasonsOfTheirCard(t *testing.T) {
	both(t, func(h *house) {
		helene, ana, c := h.helene(), h.somebody("ana"), h.Context()
		h.must(h.SaveSeeks(c, ana, terms("research", "career_choice")))
		h.must(h.SaveHow(c, ana, How{Languages: terms("fr"), When: terms("evenings")}))
		h.must(h.SaveTopics(c, ana, Topics{Interests: terms("sepsis")}))
		suits := func() (reasons, gaps []mentoring.Point) {
			page, err := h.Show(c, ana, "helene", Context{})
			h.must(err)
			reasons, gaps, err = h.Suit(c, ana, page)
			h.must(err)
			l, err := h.Directory(c, ana, Filter{}, "")
			if err != nil || len(l.Cards) != 1 || !slices.Equal(reasons, l.Cards[0].Reasons) || !slices.Equal(gaps, l.Cards[0].Gaps) {
				h.Errorf("the card says %+v, the page %v and %v, %v", l.Cards, reasons, gaps, err)
			}
			return reasons, gaps
		}
		reasons, gaps := suits()
		if len(reasons) != 3 || reasons[0].Code != "purpose" || len(gaps) != 1 || gaps[0].Term.Code != "career_choice" {
			h.Errorf("reasons %v, gaps %v", reasons, gaps)
		}
		h.must(h.ShowField(c, ana, mentoring.FieldLanguages, mentoring.OnlyMe))
		h.must(h.ShowField(c, helene, mentoring.FieldInterests, mentoring.OnlyMe))
		if reasons, _ = suits(); len(reasons) != 1 {
			h.Errorf("what is kept to oneself is a reason: %v", reasons)
		}
		for what, v := range map[string]Page{"her own page": {ID: "ana", As: mentoring.Self}, "a coordinator's": {ID: "helene", As: mentoring.Coordinator}, "an administrator's": {ID: "helene", As: mentoring.Operator}} {
			if reasons, gaps, err := h.Suit(c, ana, v); len(reasons)+len(gaps) != 0 || err != nil {
				h.Errorf("%s says %v, %v, %v", what, reasons, gaps, err)
			}
		}
	})
}
