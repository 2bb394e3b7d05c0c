package profile

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// purposes are what people seek and offer.
func purposes(c *page.Call) []vocabulary.Term { return c.Lists().Purposes().Children("") }

func seeksForm() form {
	return form{
		stage: mentoring.StageSeeks, path: SeeksPath, words: "seeks", shown: []mentoring.Field{mentoring.FieldSeeks},
		fill: func(m *person.Mine) answers { return answers{"seeks": codesOf(m.Seeks)} },
		ask: func(q *asking) []question {
			return []question{q.choices(ui.Choices{
				Field: q.field("seeks", "profile.seeks.which"), Many: true, Tiles: true,
				Options: tiles(q.Call, q.Lists().Purposes(), "profile.purpose.", q.a, "seeks"),
			})}
		},
		save: saveSeeks, next: LinesPath,
	}
}

// saveSeeks saves purposes: those that were there keep their lines and their order.
func saveSeeks(c *page.Call, m *person.Mine, a answers) error {
	if len(a["seeks"]) == 0 && !m.Done[mentoring.StageSeeks] {
		var mistakes mentoring.Mistakes
		mistakes.Mistaken("seeks", 0, "profile.seeks.choose")
		return mistakes
	}
	return c.House.People.SaveSeeks(c.Request.Context(), c.Visit, kept(m.Seeks, a["seeks"]))
}

// kept are the terms of codes: first those that were there, as they were, then the new ones.
func kept(was []mentoring.Term, codes []string) (terms []mentoring.Term) {
	for _, t := range was {
		if slices.Contains(codes, t.Code) {
			terms = append(terms, t)
		}
	}
	for _, code := range codes {
		if !slices.Contains(codesOf(was), code) {
			terms = append(terms, mentoring.Term{Code: code})
		}
	}
	return terms
}

func linesForm() form {
	return form{
		stage: mentoring.StageSeeks, path: LinesPath, words: "lines", shown: []mentoring.Field{mentoring.FieldSeeks},
		fill: func(m *person.Mine) answers {
			a := answers{}
			for k, t := range m.Seeks {
				a["line-"+t.Code] = []string{t.Line}
				if k == 0 {
					a["first"] = []string{t.Code}
				}
			}
			return a
		},
		ask: askLines, save: saveLines, next: HowPath,
	}
}

func askLines(q *asking) (asked []question) {
	var first []ui.Option
	for k, t := range q.mine.Seeks {
		name := upper(label(q.Call, q.Lists().Purposes(), t))
		f := ui.Field{Name: "line-" + t.Code, Label: name, Error: q.wrong[row("seeks", k+1)], Optional: true}
		if hint := "profile.purpose." + t.Code + ".line"; q.Words.Has(hint) {
			f.Hint = q.Say(hint)
		}
		asked = append(asked, q.area(ui.Area{Field: f, Rows: 2, Draft: draftOf("line", t.Code)}))
		first = append(first, ui.Option{Value: t.Code, Label: name})
	}
	if len(first) > 1 {
		asked = append(asked, q.choices(ui.Choices{Field: q.field("first", "profile.first"), Options: first}))
	}
	return asked
}

func saveLines(c *page.Call, m *person.Mine, a answers) error {
	terms := slices.Clone(m.Seeks)
	for k := range terms {
		terms[k].Line = a.one("line-" + terms[k].Code)
	}
	if at := slices.Index(codesOf(terms), a.one("first")); at > 0 {
		wanted := terms[at]
		terms = slices.Insert(slices.Delete(terms, at, at+1), 0, wanted)
	}
	return c.House.People.SaveSeeks(c.Request.Context(), c.Visit, terms)
}

// AskSeeks asks what would help now; SaveSeeks saves it.
func AskSeeks(c *page.Call) error  { return seeksForm().put(c) }
func SaveSeeks(c *page.Call) error { return seeksForm().take(c) }

// AskLines asks for a line about each purpose; SaveLines saves them.
func AskLines(c *page.Call) error {
	return linesForm().putIf(c, SeeksPath, func(m *person.Mine) bool { return len(m.Seeks) > 0 })
}
func SaveLines(c *page.Call) error { return linesForm().take(c) }

// putIf shows a form that needs the answers of another one, or else leads there.
func (f form) putIf(c *page.Call, other string, ready func(m *person.Mine) bool) error {
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	if !ready(&mine) {
		return c.Go(other)
	}
	return f.putFor(c, &mine)
}
