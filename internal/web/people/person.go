package people

import (
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A personPage is all that a page of a person shows.
type personPage struct {
	head    ui.Head
	notice  *ui.Notice
	profile Profile
	marks   *marks
	why     why
}

// A Profile is what a page shows of what somebody says of themselves.
type Profile struct {
	offers  []offered
	support []string
	refuses string
	how     []ui.Answer
	topics  []ui.Answer
}

// An offered purpose has a line of the person's own.
type offered struct{ what, line string }

// Person shows somebody as the reader may see them. Who is not to be seen is not here.
func Person(c *page.Call) error {
	p, err := c.House.People.Show(c.Request.Context(), c.Visit, mentoring.PersonID(c.Path("person")), person.Context{})
	if err != nil {
		return err
	}
	shown := personPage{profile: ProfileOf(c, p)}
	title := NameOf(p)
	if title == "" {
		title = c.Say("people.nameless")
	}
	shown.head = ui.Head{Title: title, Lead: LineOf(c, p), Back: ui.Link{Label: c.Say("people.title"), Href: Path}}
	if p.Offering {
		shown.head.Tags = []ui.Tag{Room(c, p)}
	}
	readers := ui.WhoSees{Text: c.Say("people.person.readers"), Href: "/who-sees-what"}
	switch p.As {
	case mentoring.Self:
		shown.notice = &ui.Notice{Kind: ui.Private, Text: c.Say("people.person.self"), Link: ui.Link{Label: c.Say("people.person.self.go"), Href: profilePath}}
		readers = ui.WhoSees{Text: c.Say("people.person.self.readers"), Closed: true}
	case mentoring.Member:
		m := marksOf(c, p, pathOf(p.ID))
		shown.marks = &m
		if shown.why, err = whyOn(c, p); err != nil {
			return err
		}
	case mentoring.Operator:
		shown.notice = &ui.Notice{Kind: ui.Care, Text: c.Say("people.person.operator")}
		readers = ui.WhoSees{Text: c.Say("people.person.operator.readers"), Href: "/who-sees-what"}
	}
	return c.Show(ui.Page{Title: title, Readers: readers}, personContent(c.Words, shown))
}

// Empty says whether there is nothing to show.
func (p Profile) Empty() bool {
	return len(p.offers)+len(p.support)+len(p.how)+len(p.topics) == 0 && p.refuses == ""
}

// ProfileOf is what somebody says of themselves, as far as it is shown to the reader.
func ProfileOf(c *page.Call, p person.Page) Profile {
	shown := Profile{refuses: p.Refuses, support: capitals(labels(c, c.Lists().Supports(), p.Support)), how: howAnswers(c, p), topics: topicAnswers(c, p)}
	for k, what := range Offers(c, p) {
		shown.offers = append(shown.offers, offered{what, p.Offers[k].Line})
	}
	return shown
}

// Offers are the purposes with which somebody helps, in words.
func Offers(c *page.Call, p person.Page) []string {
	return capitals(labels(c, c.Lists().Purposes(), p.Offers))
}

// LineOf is what stands below the name of somebody: their pronoun, what they are and where.
func LineOf(c *page.Call, p person.Page) string { return dotted(p.Pronoun, from(c, p)) }

// whyOn is why somebody suits the reader of their page, on which every line of theirs stands.
func whyOn(c *page.Call, p person.Page) (why, error) {
	reasons, gaps, err := c.House.People.Suit(c.Request.Context(), c.Visit, p)
	if err != nil {
		return why{}, err
	}
	var lines []string
	for _, t := range p.Offers {
		lines = append(lines, t.Line)
	}
	return whyOf(c, p, reasons, gaps, lines), nil
}

func capitals(texts []string) (all []string) {
	for _, text := range texts {
		all = append(all, upper(text))
	}
	return all
}

// answers are the questions that have an answer.
func answers(list ...ui.Answer) (some []ui.Answer) {
	for _, a := range list {
		if a.Answer != "" {
			some = append(some, a)
		}
	}
	return some
}

// howAnswers is how somebody meets, and where.
func howAnswers(c *page.Call, p person.Page) []ui.Answer {
	distance := ""
	if p.Distance != mentoring.NoMatterYet {
		distance = upper(wordsFor(c, "people.distance.", string(p.Distance)))
	}
	return answers(
		ui.Answer{Question: c.Say("people.facet.languages"), Answer: upper(c.Words.List(labels(c, c.Lists().Languages(), p.Languages)))},
		ui.Answer{Question: c.Say("people.facet.distance"), Answer: distance},
		ui.Answer{Question: c.Say("people.facet.when"), Answer: upper(c.Words.List(said(c, "people.when.", p.When)))},
		ui.Answer{Question: c.Say("people.place"), Answer: dotted(label(c, c.Lists().Places(), p.Place), zone(c, p.Zone))},
	)
}

// zone is how far a time zone is from universal time now; "" for one that there is not.
func zone(c *page.Call, name string) string {
	place, err := time.LoadLocation(name)
	if name == "" || err != nil {
		return ""
	}
	return c.Words.Zone(c.House.Now().In(place))
}

// topicAnswers is what somebody does and is interested in.
func topicAnswers(c *page.Call, p person.Page) []ui.Answer {
	positions := ""
	for _, a := range p.Appointments {
		positions = dotted(positions, position(c, a))
	}
	list := func(of *vocabulary.List, terms []mentoring.Term) string {
		return upper(c.Words.List(labels(c, of, terms)))
	}
	return answers(
		ui.Answer{Question: c.Say("people.positions"), Answer: positions},
		ui.Answer{Question: c.Say("people.facet.specialties"), Answer: list(c.Lists().Specialties(), p.Specialties)},
		ui.Answer{Question: c.Say("people.facet.interests"), Answer: list(c.Lists().AllInterests(), p.Interests)},
		ui.Answer{Question: c.Say("people.facet.seeks"), Answer: list(c.Lists().Purposes(), p.Seeks)},
		ui.Answer{Question: c.Say("people.training"), Answer: list(c.Lists().Purposes(), p.Training)},
		ui.Answer{Question: c.Say("people.destination"), Answer: label(c, c.Lists().Institutions(), p.Destination.Place)},
	)
}
