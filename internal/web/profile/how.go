package profile

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

func howForm() form {
	return form{
		stage: mentoring.StageHow, path: HowPath, words: "how",
		shown: []mentoring.Field{mentoring.FieldDistance, mentoring.FieldLanguages, mentoring.FieldWhen},
		fill: func(m *person.Mine) answers {
			return answers{"distance": {string(m.Distance)}, "languages": valuesOf(m.Languages), "when": codesOf(m.When)}
		},
		ask: askHow, save: saveHow, next: CheckPath,
	}
}

var distances = []string{string(mentoring.Here), string(mentoring.EitherWay), string(mentoring.FromDistance)}

func askHow(q *asking) []question {
	other := q.field("other", "profile.languages.other")
	other.Optional = true
	return []question{
		q.choices(ui.Choices{Field: q.field("distance", "profile.field.distance"), Options: q.options("profile.distance.", distances)}),
		q.choices(ui.Choices{Field: q.field("languages", "profile.field.languages"), Many: true, Options: q.languages()}),
		q.lookedUp(ui.Line{Field: other, Short: true}, "languages"),
		q.choices(ui.Choices{Field: q.field("when", "profile.field.when"), Many: true, Options: q.options("profile.when.", mentoring.Times)}),
	}
}

// languages are the two of the house, and what else the person has said.
func (q *asking) languages() (options []ui.Option) {
	for _, value := range append([]string{"en", "fr"}, q.a["languages"]...) {
		same := func(o ui.Option) bool { return o.Value == value }
		if text := saidBy(q.Call, q.Lists().Languages(), value, q.mine.Languages); text != "" && !slices.ContainsFunc(options, same) {
			options = append(options, ui.Option{Value: value, Label: upper(text)})
		}
	}
	return options
}

func saveHow(c *page.Call, m *person.Mine, a answers) error {
	languages := append(picked(m.Languages, a["languages"]), mentoring.Term{Label: a.one("other")})
	return c.House.People.SaveHow(c.Request.Context(), c.Visit, person.How{
		Distance: mentoring.Distance(a.one("distance")), Languages: languages, When: termsOf(a["when"]),
	})
}

// AskHow asks how somebody would like to meet; SaveHow saves it.
func AskHow(c *page.Call) error  { return howForm().put(c) }
func SaveHow(c *page.Call) error { return howForm().take(c) }
