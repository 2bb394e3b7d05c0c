package people

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A card is a person in the list.
type card struct {
	id, name, href, line, words, how string
	me                               bool
	offers                           []string
	room                             *ui.Tag // nil: no offer is to be seen
	why                              string
	yes, no                          []string
	marks                            marks
}

// cardOf is a person in the list.
func cardOf(c *page.Call, p person.Card, back string) card {
	one := card{id: string(p.ID), name: nameOf(p.Page), href: pathOf(p.ID), line: from(c, p.Page), me: p.ID == c.Visit.Actor.Person}
	if p.Offering {
		tag := room(c, p.Page)
		one.room = &tag
	} else {
		p.Gaps = slices.DeleteFunc(p.Gaps, func(gap mentoring.Point) bool { return gap.Code == "room" }) // nothing is known of room
	}
	for _, t := range p.Offers {
		one.offers = append(one.offers, upper(label(c, c.Lists().Purposes(), t)))
		if one.words == "" {
			one.words = t.Line
		}
	}
	one.how = how(c, p.Page)
	if one.me {
		return one
	}
	one.marks = marksOf(c, p.Page, back+"#"+cardID(one.id))
	for k, reason := range p.Reasons {
		if reason.Term.Line == one.words {
			p.Reasons[k].Term.Line = "" // which stands beside it already
		}
	}
	one.yes, one.no = sentences(c, "people.yes.", p.Reasons), sentences(c, "people.no.", p.Gaps)
	one.why = c.Say("people.why", "name", shortName(p.Page))
	if len(one.yes) == 0 {
		one.why = c.Say("people.know", "name", shortName(p.Page))
	}
	return one
}

func cardID(id string) string { return "person-" + id }

// shortName is the given name where there is one.
func shortName(p person.Page) string {
	if p.Given != "" {
		return p.Given
	}
	return p.Family
}

// how is in which languages and how somebody meets, on a line.
func how(c *page.Call, p person.Page) string {
	distance := ""
	if p.Distance != mentoring.NoMatterYet {
		distance = upper(wordsFor(c, "people.distance.", string(p.Distance)))
	}
	return dotted(upper(c.Words.List(labels(c, c.Lists().Languages(), p.Languages))), distance, upper(c.Words.List(said(c, "people.when.", p.When))))
}
