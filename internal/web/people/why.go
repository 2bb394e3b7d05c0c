package people

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

// A why is why somebody suits the reader, and what is missing, in sentences. It has no number, and no per cent.
type why struct {
	title   string
	yes, no []string
}

func (w why) says() bool { return len(w.yes)+len(w.no) > 0 }

// whyOf is why somebody suits the reader, on their card and on their page alike. Lines of their own that stand beside it
// already are not said again, and nothing is said of room where no offer is to be seen.
func whyOf(c *page.Call, p person.Page, reasons, gaps []mentoring.Point, said []string) why {
	var yes, no []mentoring.Point
	for _, reason := range reasons {
		if slices.Contains(said, reason.Term.Line) {
			reason.Term.Line = ""
		}
		yes = append(yes, reason)
	}
	for _, gap := range gaps {
		if gap.Code != "room" || p.Offering {
			no = append(no, gap)
		}
	}
	w := why{c.Say("people.why", "name", shortName(p)), sentences(c, "people.yes.", yes), sentences(c, "people.no.", no)}
	if len(yes) == 0 {
		w.title = c.Say("people.know", "name", shortName(p))
	}
	return w
}

// saysPurpose says whether a card says something of what the reader looks for, which it does for whoever has said that.
func saysPurpose(p person.Card) bool {
	for _, points := range [][]mentoring.Point{p.Reasons, p.Gaps} {
		for _, point := range points {
			if point.Code == "purpose" {
				return true
			}
		}
	}
	return false
}

// sentences are points in words: reasons below one key, gaps below another.
func sentences(c *page.Call, key string, points []mentoring.Point) (all []string) {
	for _, point := range points {
		all = append(all, sentence(c, key, point))
	}
	return all
}

func sentence(c *page.Call, key string, p mentoring.Point) string {
	what := p.Term.Label
	switch p.Code {
	case "purpose":
		if what = label(c, c.Lists().Purposes(), p.Term); key == "people.yes." {
			what = upper(what)
		}
		if p.Term.Line != "" {
			return c.Say(key+"purpose.line", "what", what, "line", p.Term.Line)
		}
	case "interest":
		what = label(c, c.Lists().AllInterests(), p.Term)
	case "specialty":
		what = label(c, c.Lists().Specialties(), p.Term)
	case "language":
		what = label(c, c.Lists().Languages(), p.Term)
	case "when":
		what = wordsFor(c, "people.when.", p.Term.Code)
	case "place":
		what = label(c, c.Lists().Places(), p.Term)
	case "destination":
		what = label(c, c.Lists().Institutions(), p.Term)
	}
	return c.Say(key+p.Code, "what", what)
}
