package profile

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// purposes are what people seek and offer: those of the list, and those of somebody that are not in it.
func purposes(c *page.Call, own []mentoring.Term) []mentoring.Term {
	all := slices.DeleteFunc(slices.Clone(own), func(t mentoring.Term) bool { return t.Code != "" })
	for _, t := range c.Lists().Purposes().Children("") {
		all = append(all, mentoring.Term{Code: t.Code})
	}
	return all
}

func seeksForm() form {
	return form{
		stage: mentoring.StageSeeks, path: SeeksPath, words: "seeks", shown: []mentoring.Field{mentoring.FieldSeeks},
		fill: func(m *person.Mine) answers { return answers{"seeks": valuesOf(m.Seeks)} },
		ask: func(q *asking) []question {
			return q.purposes("seeks", ui.Choices{
				Field: q.field("seeks", "profile.seeks.which"), Many: true, Tiles: true,
				Options: tiles(q.Call, q.Lists().Purposes(), "profile.purpose.", q.a, "seeks", q.mine.Seeks),
			})
		},
		save: saveSeeks, next: LinesPath,
	}
}

// purposes asks for those of the list, and for one that is not in it.
func (q *asking) purposes(name string, of ui.Choices) []question {
	other := q.field(name+"-own", "profile."+name+".own")
	other.Optional = true
	return []question{q.choices(of), q.line(ui.Line{Field: other})}
}

// purposesIn are those that a form says: ticked, and in the person's own words.
func (a answers) purposesIn(m *mentoring.Mistakes, name string, had []mentoring.Term) []mentoring.Term {
	own := mentoring.Tidy(a.one(name + "-own"))
	m.CheckNames(name+"-own", 0, own)
	return mentoring.TidyTerms(append(picked(had, a[name]), mentoring.Term{Label: own}))
}

// saveSeeks saves purposes: those that were there keep their lines and their order.
func saveSeeks(c *page.Call, m *person.Mine, a answers) error {
	var mistakes mentoring.Mistakes
	seeks := a.purposesIn(&mistakes, "seeks", m.Seeks)
	if len(seeks) == 0 && !m.Done[mentoring.StageSeeks] {
		mistakes.Mistaken("seeks", 0, "profile.seeks.choose")
	}
	if err := mistakes.Err(); err != nil {
		return err
	}
	return c.House.People.SaveSeeks(c.Request.Context(), c.Visit, seeks)
}

func linesForm() form {
	return form{
		stage: mentoring.StageSeeks, path: LinesPath, words: "lines", shown: []mentoring.Field{mentoring.FieldSeeks},
		fill: func(m *person.Mine) answers {
			a := answers{}
			for k, t := range m.Seeks {
				a["line-"+keyOf(t)] = []string{t.Line}
				if k == 0 {
					a["first"] = []string{keyOf(t)}
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
		f := ui.Field{Name: "line-" + keyOf(t), Label: name, Error: q.wrong[row("seeks", k+1)], Optional: true}
		if hint := "profile.purpose." + t.Code + ".line"; q.Words.Has(hint) {
			f.Hint = q.Say(hint)
		}
		asked = append(asked, q.area(ui.Area{Field: f, Rows: 2, Draft: draftOf("line", keyOf(t))}))
		first = append(first, ui.Option{Value: keyOf(t), Label: name})
	}
	if len(first) > 1 {
		asked = append(asked, q.choices(ui.Choices{Field: q.field("first", "profile.first"), Options: first}))
	}
	return asked
}

func saveLines(c *page.Call, m *person.Mine, a answers) error {
	terms := slices.Clone(m.Seeks)
	for k, t := range terms {
		terms[k].Line = a.or("line-"+keyOf(t), t.Line)
	}
	if at := slices.IndexFunc(terms, func(t mentoring.Term) bool { return keyOf(t) == a.one("first") }); at > 0 {
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
