package program

import (
	"encoding/base64"
	"net/http"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	webpeople "github.com/chiron-mentoring/chiron/internal/web/people"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// mostFile is how many bytes a list may have that somebody hands in: some 20,000 people.
const mostFile = 4 << 20

// MostFileBody is how many bytes a request with such a file may have, as a file or carried along in a form.
const MostFileBody = mostFile*4/3 + page.MostForm

// fileName is what a file is called in the form that hands it in, and in those that carry it along.
const fileName = "file"

// handedIn is the file that somebody hands in. It is known by its bytes, whatever its name says.
func handedIn(c *page.Call) (roster.Input, error) {
	data, err := webpeople.Upload(c, fileName, mostFile)
	return roster.Input{Name: "list", Data: data}, err
}

// carried is a file that came along from the page where it was looked at, and what was seen there.
func carried(c *page.Call) (file roster.Input, seen string, err error) {
	if _, err := c.Form(); err != nil {
		return file, "", err
	}
	data, err := base64.RawURLEncoding.DecodeString(c.Answer(fileName))
	if err != nil || len(data) == 0 || len(data) > mostFile {
		return file, "", &mentoring.Fault{Kind: mentoring.Invalid, Key: "lists.no-file", Err: err}
	}
	return roster.Input{Name: "list", Data: data}, c.Answer("seen"), nil
}

// along are what a form carries to the page after it.
func along(file roster.Input, seen string) []ui.Hidden {
	return []ui.Hidden{{Name: fileName, Value: base64.RawURLEncoding.EncodeToString(file.Data)}, {Name: "seen", Value: seen}}
}

// fileField asks for a file.
func (h here) fileField(refused string) ui.Upload {
	return ui.Upload{
		Field:  ui.Field{Name: fileName, Label: h.Say("program.list.file"), Hint: h.Say("program.list.file.hint"), Error: refused},
		Accept: ".csv,.tsv,.txt,.xlsx,.xlsm,text/csv",
	}
}

// headingsTable says which heading was read as which column, by the words of a catalogue.
func (h here) headingsTable(all []person.Heading, words string) ui.Table {
	t := ui.Table{Caption: h.Say("program.list.headings"), Columns: []ui.Column{{Label: h.Say("program.list.heading")}, {Label: h.Say("program.list.read-as")}}}
	for _, one := range all {
		as := ui.Cell{Tag: &ui.Tag{Label: h.Say("program.list.left-alone"), Tone: ui.ToneAmber}}
		if one.Column != "" {
			as = ui.Cell{Text: h.Say(words + one.Column)}
		}
		t.Rows = append(t.Rows, ui.Row{{Text: one.Heading}, as})
	}
	return t
}

// mostShown is how many rows of a kind a page shows.
const mostShown = 500

// shownOf are the first of a list, and how many are left out.
func shownOf[T any](all []T) (shown []T, left int) {
	if len(all) <= mostShown {
		return all, 0
	}
	return all[:mostShown], len(all) - mostShown
}

// rowProblems are problems in the words of the reader.
func (h here) rowProblems(all []person.Problem) (rows []ui.RowProblem, more int) {
	shown, more := shownOf(all)
	for _, p := range shown {
		rows = append(rows, ui.RowProblem{Row: p.Row, Column: p.Column, Value: p.Value, Text: h.Say(p.Key, p.Args...)})
	}
	return rows, more
}

// rowsTable is what was found in rows, as a table.
func (h here) rowsTable(caption string, all []person.Problem) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{
		{Label: h.Say("program.list.row"), Number: true}, {Label: h.Say("program.list.heading")}, {Label: h.Say("program.list.value"), Long: true}, {Label: h.Say("program.list.why"), Long: true},
	}}
	shown, _ := shownOf(all)
	for _, p := range shown {
		row := h.Say("ui.compared.file")
		if p.Row > 0 {
			row = h.Words.Number(int64(p.Row))
		}
		t.Rows = append(t.Rows, ui.Row{{Text: row}, {Text: p.Column}, {Text: p.Value}, {Text: h.Say(p.Key, p.Args...)}})
	}
	return t
}

// refusal is what a page says above its form when a file was refused. What the reader cannot put right comes back.
func (h here) refusal(refused error) (n ui.Notice, status int, err error) {
	text, status, err := h.Refusal(refused)
	return ui.Notice{Kind: ui.Wrong, Text: text, Arrived: true}, status, err
}

// dayOf is a day of the calendar in words.
func (h here) dayOf(d mentoring.Day) string {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return h.Words.Date(at)
}

// statusOf is 422 for what has problems.
func statusOf(problems []person.Problem) int {
	if len(problems) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// A looked is a file that was looked at, and what can be done with it.
type looked struct {
	action, other string // where it is applied, and where another one is handed in
	apply         string // the words of the button
	ready         bool   // it can be applied
	along         []ui.Hidden
	comparison    ui.Comparison
	tables        []ui.Table
}

// otherKind is how the button for another file looks: it is the main one where there is nothing to apply.
func (l looked) otherKind() ui.Kind {
	if l.ready {
		return ui.Quiet
	}
	return ui.Main
}
