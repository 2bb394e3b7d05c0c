package profile

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// lookedUp is a line that takes any words, with those of a list while somebody types.
func (q *asking) lookedUp(l ui.Line, of string) question {
	l.Value = q.a.one(l.Name)
	return question{[]ui.Field{l.Field}, looking(q.Words, l, of)}
}

// lookingUp asks for words while somebody types, and ties help and error to the line.
func lookingUp(l ui.Line, of string) templ.Attributes {
	a := templ.Attributes{
		"hx-get":     WordsPath + "?" + url.Values{"of": {of}, "name": {l.Name}}.Encode(),
		"hx-trigger": "input delay:250ms", "hx-target": "#" + l.Name + "-words", "hx-swap": "innerHTML",
	}
	described := ""
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
