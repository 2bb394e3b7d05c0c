package people

import (
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
	why                              why
	marks                            marks
}

// cardOf is a person in the list.
func cardOf(c *page.Call, p person.Card, back string) card {
	one := card{id: string(p.ID), name: NameOf(p.Page), href: pathOf(p.ID), line: from(c, p.Page), me: p.ID == c.Visit.Actor.Person}
	if p.Offering {
		tag := Room(c, p.Page)
		one.room = &tag
	}
	one.offers = Offers(c, p.Page)
	for _, t := range p.Offers {
		if one.words == "" {
			one.words = t.Line
		}
	}
	one.how = how(c, p.Page)
	if one.me {
		return one
	}
	one.marks = marksOf(c, p.Page, back+"#"+cardID(one.id))
	one.why = whyOf(c, p.Page, p.Reasons, p.Gaps, []string{one.words})
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
