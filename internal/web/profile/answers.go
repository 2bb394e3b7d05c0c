package profile

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// answers are what a form says: typed by somebody, brought back from a draft, or made from what is kept. A form is drawn
// from them whichever it was, so that nothing typed is lost on the way.
type answers url.Values

func (a answers) one(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(url.Values(a).Get(name), "\r\n", "\n"))
}

func (a answers) has(name string) bool { return url.Values(a).Has(name) }

func (a answers) says(name, value string) bool {
	for _, said := range a[name] {
		if said == value {
			return true
		}
	}
	return false
}

// or is an answer or, where the form did not ask, what is kept.
func (a answers) or(name, kept string) string {
	if a.has(name) {
		return a.one(name)
	}
	return kept
}

// whole reads a whole number; nothing counts as 0. What is no number is a mistake.
func (a answers) whole(m *mentoring.Mistakes, name string, most int) int {
	text := a.one(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		m.Mistaken(name, 0, "person.number", "most", most)
	}
	return n
}

// row is the name of an answer in a row, from 1.
func row(name string, k int) string { return name + "-" + strconv.Itoa(k) }

// mostRows is how many rows a form is read with; the rules say how many are taken.
const mostRows = 40

// rows says in which rows of a form something is said: in one of the named answers, and the row was not taken away.
func (a answers) rows(names ...string) (said []int) {
	for k := 1; k <= mostRows; k++ {
		if a.has(row("remove", k)) {
			continue
		}
		for _, name := range names {
			if a.one(row(name, k)) != "" {
				said = append(said, k)
				break
			}
		}
	}
	return said
}

// closed are answers whose rows stand one right after the other, so that the rows of mistakes are those of the form.
func (a answers) closed(names ...string) answers {
	closed := answers{}
	for name, values := range a {
		if cut := strings.LastIndexByte(name, '-'); cut < 0 || !isNumber(name[cut+1:]) {
			closed[name] = values
		}
	}
	for to, from := range a.rows(names...) {
		for name := range a {
			if base, is := strings.CutSuffix(name, "-"+strconv.Itoa(from)); is {
				closed[row(base, to+1)] = a[name]
			}
		}
	}
	return closed
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// day reads a day; what is none is a mistake of its row.
func (a answers) day(m *mentoring.Mistakes, field, name string, k int) mentoring.Day {
	at := name
	if k > 0 {
		at = row(name, k)
	}
	d, right := mentoring.ReadDay(a.one(at))
	if !right {
		m.Mistaken(field, k, "person.day")
	}
	return d
}
