package program

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// Where a list is looked at, and where it is applied.
const (
	ListPreviewPath = ListPath + "/preview"
	ListApplyPath   = ListPath + "/apply"
)

// listColumns is what the words of the columns of a list begin with.
const listColumns = "program.list.column."

// columnsShown are the columns of a list in their order, and what can be done with each.
var columnsShown = []struct{ name, use string }{
	{"id", "kept"}, {"version", "kept"}, {"given", "changed"}, {"family", "changed"}, {"unit", "changed"}, {"position", "changed"},
	{"from", "changed"}, {"to", "changed"}, {"address", "new"}, {"language", "new"}, {"offers", "read"}, {"room", "read"}, {"listed", "read"},
}

// List is where the list of people is changed with a spreadsheet, and where a list of people to invite is handed in.
func List(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	return h.list(http.StatusOK, "")
}

func (h here) list(status int, refused string) error {
	file := h.fileField(refused)
	p := parts{head: ui.Head{Title: h.Say("program.list.title"), Lead: h.Say("program.list.lead")}, problems: ui.Problems(file.Field)}
	p.content = append(p.content, listSteps(h.Words, h.at(people)+"/file", h.at(list)+"/preview", file), flushCard(h.Words, h.columnsTable()))
	return h.showAs(status, list, p)
}

// columnsTable says what each column of a list is, and what can be done with it.
func (h here) columnsTable() ui.Table {
	t := ui.Table{Caption: h.Say("program.list.columns"), Columns: []ui.Column{
		{Label: h.Say("program.list.column")}, {Label: h.Say("program.list.says"), Long: true}, {Label: h.Say("program.list.use"), Long: true},
	}}
	for _, one := range columnsShown {
		t.Rows = append(t.Rows, ui.Row{
			{Text: h.Say(listColumns + one.name)}, {Text: h.Say("program.list.says." + one.name)}, {Text: h.Say("program.list.use." + one.use)},
		})
	}
	return t
}

// PreviewList shows what a list would change. Nothing changes by looking.
func PreviewList(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	file, err := handedIn(c)
	if err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return h.list(status, text)
	}
	return h.compare(file, nil, 0)
}

// compare shows a list held against the people of the program, with what is said above it, if anything.
func (h here) compare(file roster.Input, notice *ui.Notice, status int) error {
	d, err := h.House.People.ReadPeople(h.Request.Context(), h.Visit, h.id, file)
	if err != nil {
		return err
	}
	if status == 0 {
		status = statusOf(d.Problems)
	}
	p := parts{head: ui.Head{Title: h.Say("program.list.preview"), Back: ui.Link{Label: h.Say("program.list.title"), Href: h.at(list)}}}
	if notice != nil {
		p.notices = append(p.notices, *notice)
	}
	p.notices = append(p.notices, h.listNotices(d)...)
	shown := looked{action: h.at(list) + "/apply", other: h.at(list), comparison: h.comparison(d), ready: len(d.Problems) == 0 && !d.None(), along: along(file, d.Seen), apply: h.Say("program.list.apply")}
	p.content = append(p.content, lookedAt(h.Words, shown))
	if len(d.Left) > 0 {
		p.content = append(p.content, flushCard(h.Words, h.rowsTable(h.Say("program.list.left"), d.Left)))
	}
	if len(d.Headings) > 0 {
		p.content = append(p.content, flushCard(h.Words, h.headingsTable(d.Headings, listColumns)))
	}
	return h.showAs(status, list, p)
}

// listNotices are what is said of a list as a whole.
func (h here) listNotices(d person.Diff) (all []ui.Notice) {
	switch {
	case len(d.Problems) > 0:
		all = append(all, ui.Notice{Kind: ui.Care, Text: h.Say("program.list.problems"), Arrived: true})
	case d.None():
		text := h.Say("program.list.none")
		if d.Same > 0 {
			text += " " + h.Words.Count("ui.compared.same", int64(d.Same))
		}
		all = append(all, ui.Notice{Kind: ui.Good, Text: text, Arrived: true})
	default:
		all = append(all, ui.Notice{Kind: ui.Private, Text: h.Say("program.list.nothing-yet"), Arrived: true})
	}
	if d.Known > 0 {
		all = append(all, ui.Notice{Text: h.Words.Count("program.list.known", int64(d.Known))})
	}
	return all
}

// comparison is a difference in the words of the reader.
func (h here) comparison(d person.Diff) ui.Comparison {
	c := ui.Comparison{Same: d.Same, Changed: h.compared(d.Changed), New: h.compared(d.Added), Gone: h.compared(d.Removed)}
	c.Problems, c.MoreProblems = h.rowProblems(d.Problems)
	c.New.Note, c.Gone.Note = h.Say("program.list.new"), h.Say("program.list.gone")
	if len(d.Removed) > 0 && len(d.Problems) == 0 {
		c.Gone.Ask = &ui.Choices{
			Field: ui.Field{Name: "end", Label: h.Say("program.list.end")}, Many: true,
			Options: []ui.Option{{Value: "yes", Label: h.Words.Count("program.list.end.yes", int64(len(d.Removed))), Hint: h.Say("program.list.end.hint")}},
		}
	}
	return c
}

func (h here) compared(all []person.RowDiff) (rows ui.ComparedRows) {
	shown, more := shownOf(all)
	rows.More = more
	for _, one := range shown {
		r := ui.ComparedRow{Row: one.Row, Name: one.Name}
		if one.ID != "" {
			r.Href = h.at(people) + "/" + string(one.ID)
		}
		for _, cell := range one.Cells {
			if cell.Column == "language" {
				cell.Becomes = h.Say("program.list.language." + cell.Becomes)
			}
			if one.ID == "" && cell.Column == "address" && r.Name == "" {
				r.Name = cell.Becomes
				continue
			}
			r.Cells = append(r.Cells, ui.ComparedCell{Column: h.Say(listColumns + cell.Column), Was: cell.Was, Becomes: cell.Becomes})
		}
		if r.Name == "" {
			r.Name = h.Say("program.people.no-name")
		}
		rows.Rows = append(rows.Rows, r)
	}
	return rows
}

// ApplyList applies a list as it was seen: all of it or nothing.
func ApplyList(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	file, seen, err := carried(c)
	if err == nil {
		_, err = c.House.People.ApplyPeople(c.Request.Context(), c.Visit, h.id, file, seen, c.Answer("end") == "yes")
	}
	if err == nil {
		return c.GoSaying(h.at(imports), "said.list-applied")
	}
	notice, status, other := h.refusal(err)
	switch {
	case other != nil:
		return other
	case mentoring.IsFault(err, mentoring.Conflict), len(file.Data) > 0:
		return h.compare(file, &notice, status)
	}
	return h.list(status, notice.Text)
}
