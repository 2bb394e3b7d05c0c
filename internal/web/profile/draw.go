package profile

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// lookedUp is a line that takes any words, with those of a list while somebody types.
func (q *asking) lookedUp(l ui.Line, of string) question {
	l.Value = q.a.one(l.Name)
	return question{[]ui.Field{l.Field}, suggesting(q.Words, l, templ.Attributes{
		"hx-get":     WordsPath + "?" + url.Values{"of": {of}, "name": {l.Name}}.Encode(),
		"hx-trigger": "input delay:250ms", "hx-target": "#" + l.Name + "-words", "hx-swap": "innerHTML",
	}, nil)}
}

// suggested is a line that takes any words, with some to choose from.
func (q *asking) suggested(l ui.Line, words []string) question {
	l.Value = q.a.one(l.Name)
	return question{[]ui.Field{l.Field}, suggesting(q.Words, l, nil, words)}
}

// described ties help and error to a line.
func described(l ui.Line) templ.Attributes {
	a, described := templ.Attributes{}, ""
	if l.Hint != "" {
		described = l.Name + "-hint"
	}
	if l.Error != "" {
		a["aria-invalid"] = "true"
		described += " " + l.Name + "-error"
	}
	if described != "" {
		a["aria-describedby"] = described
	}
	return a
}

// rowsFor is how many rows are drawn where so many are said: an empty one where there is none yet, or somebody asks for
// another.
func (q *asking) rowsFor(said int) int {
	if said == 0 || q.Asked("more") != "" {
		return said + 1
	}
	return said
}

// group is a row of a form. One that is there can be taken away.
func (q *asking) group(title string, k int, there bool, asked []question) question {
	one, remove := question{}, ""
	for _, a := range asked {
		one.fields = append(one.fields, a.fields...)
	}
	if there {
		remove = row("remove", k)
	}
	one.part = group(q.Words, title, remove, asked)
	return one
}
