package people

import (
	"encoding/base64"
	"net/http"
	"strconv"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/vocabulary/edition"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// mostList is how many bytes a file of a list may have here: five times the longest that the program brings along.
const mostList = 4 << 20

// MostListBody is how many bytes a request with such a file may have, as a file or carried along in a form.
const MostListBody = mostList*4/3 + page.MostForm

// administers refuses whoever does not look after the installation.
func administers(c *page.Call) error {
	return mentoring.May(c.Visit.Actor, mentoring.Administer, mentoring.Object{Kind: mentoring.Installation}).Refused()
}

func listPath(name string) string { return ListsPath + "/" + name }

// Lists shows all lists in the editions that are in use.
func Lists(c *page.Call) error {
	if err := administers(c); err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("lists.use"), Columns: []ui.Column{
		{Label: c.Say("lists.list")}, {Label: c.Say("lists.terms"), Number: true}, {Label: c.Say("lists.edition")}, {Label: c.Say("lists.source")},
	}}
	for _, name := range vocabulary.Names() {
		shelf, err := c.House.Lists.Shelf(c.Request.Context(), c.Visit, name)
		if err != nil {
			return err
		}
		table.Rows = append(table.Rows, ui.Row{
			{Text: c.Say("lists.name." + name), Href: listPath(name)}, {Text: c.Words.Number(int64(shelf.List.Live()))},
			{Text: editionOf(c, shelf)}, {Part: asItIs(shelf.List.Source, shelf.List.Licence)},
		})
	}
	head := ui.Head{Title: c.Say("lists.title"), Lead: c.Say("lists.lead"), Back: ui.Link{Label: c.Say("installation.title"), Href: installationPath}}
	return c.Show(ui.Page{Title: head.Title, Readers: administrators(c)}, stacked(parts{head: head, content: of(flush(c.Words, table))}))
}

// editionOf names the edition in use, and says whether it is the installation's own.
func editionOf(c *page.Call, s edition.Shelf) string {
	if s.Number == 0 {
		return c.Say("lists.edition.program", "edition", s.List.Edition)
	}
	return c.Say("lists.edition.own", "edition", s.List.Edition, "n", s.Number)
}

// A listPage is a list with what can be done to it.
type listPage struct {
	head    ui.Head
	name    string
	facts   []ui.Answer
	file    ui.Upload
	refused string
	number  int
	earlier *ui.Table
}

// List shows one list, to download it and put another in its place.
func List(c *page.Call) error { return listWith(c, http.StatusOK, "") }

func listWith(c *page.Call, status int, refused string) error {
	name := c.Path("list")
	if err := isList(c, name); err != nil {
		return err
	}
	s, err := c.House.Lists.Shelf(c.Request.Context(), c.Visit, name)
	if err != nil {
		return err
	}
	p := listPage{name: name, number: s.Number, refused: refused, head: listHead(c, name), facts: []ui.Answer{
		{Question: c.Say("lists.terms"), Answer: c.Words.Number(int64(s.List.Live()))}, {Question: c.Say("lists.edition"), Answer: editionOf(c, s)},
		{Question: c.Say("lists.source"), Answer: s.List.Source}, {Question: c.Say("lists.licence"), Answer: s.List.Licence},
	}}
	p.file = ui.Upload{Field: ui.Field{Name: "file", Label: c.Say("lists.file"), Hint: c.Say("lists.file.hint"), Error: refused}, Accept: ".csv,text/csv"}
	if len(s.Earlier) > 0 {
		p.earlier = &ui.Table{Caption: c.Say("lists.earlier"), Columns: []ui.Column{{Label: c.Say("lists.edition")}, {Label: c.Say("lists.since")}}}
		for _, e := range s.Earlier {
			p.earlier.Rows = append(p.earlier.Rows, ui.Row{{Text: e.Edition, Line: c.Say("lists.number", "n", e.Number)}, {Text: c.When(e.MadeAt)}})
		}
	}
	problems := ui.Problems(p.file.Field)
	return c.ShowAs(status, ui.Page{Title: p.head.Title, Problems: len(problems), Readers: administrators(c)}, listContent(c.Words, p, problems))
}

// isList refuses whoever may not, and what is no list, alike.
func isList(c *page.Call, name string) error {
	if err := administers(c); err != nil {
		return err
	}
	if _, known := vocabulary.Named(name); !known {
		return mentoring.NotHere()
	}
	return nil
}

func listHead(c *page.Call, name string) ui.Head {
	return ui.Head{Title: c.Say("lists.name." + name), Back: ui.Link{Label: c.Say("lists.title"), Href: ListsPath}}
}

// ListFile gives the edition in use as a file.
func ListFile(c *page.Call) error {
	name := c.Path("list")
	if err := isList(c, name); err != nil {
		return err
	}
	s, err := c.House.Lists.Shelf(c.Request.Context(), c.Visit, name)
	if err != nil {
		return err
	}
	return c.File(name+".csv", "text/csv; charset=utf-8", s.List.CSV())
}

// A comparing shows what a file would change.
type comparing struct {
	head    ui.Head
	action  string
	seen    string
	file    string // as it is carried along
	cancel  string
	notices []ui.Notice
	table   *ui.Table
	ready   bool // it can be applied
}

// mostChanges is how many changes are shown.
const mostChanges = 500

// PreviewList shows what an uploaded file would change, and for how many. Nothing changes.
func PreviewList(c *page.Call) error {
	name := c.Path("list")
	if err := isList(c, name); err != nil {
		return err
	}
	file, err := Upload(c, "file", mostList)
	if err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return listWith(c, status, text)
	}
	p, err := c.House.Lists.Preview(c.Request.Context(), c.Visit, name, file)
	if err != nil {
		return err
	}
	shown := comparing{
		head: ui.Head{Title: c.Say("lists.preview", "list", c.Say("lists.name."+name)), Back: ui.Link{Label: c.Say("lists.name." + name), Href: listPath(name)}}, cancel: listPath(name),
		action: listPath(name) + "/replace", seen: strconv.Itoa(p.Number), file: base64.RawURLEncoding.EncodeToString(file),
	}
	status := http.StatusOK
	switch {
	case len(p.Problems) > 0:
		status = http.StatusUnprocessableEntity
		shown.notices = []ui.Notice{{Kind: ui.Wrong, Text: c.Say("vocabulary.mistakes"), Arrived: true}}
		shown.table = mistakes(c, p.Problems)
	case p.Difference.None():
		shown.notices = []ui.Notice{{Text: c.Say("vocabulary.same"), Arrived: true}}
	default:
		shown.ready = true
		shown.notices = []ui.Notice{{Kind: ui.Private, Text: c.Say("lists.preview.lead")}}
		if p.Difference.Order {
			shown.notices = append(shown.notices, ui.Notice{Text: c.Say("lists.order")})
		}
		var left int
		if shown.table, left = changes(c, p.Difference); left > 0 {
			shown.notices = append(shown.notices, ui.Notice{Text: c.Words.Count("lists.more", int64(left))})
		}
	}
	return c.ShowAs(status, ui.Page{Title: shown.head.Title, Readers: administrators(c)}, comparingContent(c.Words, shown))
}

// mistakes are what stands against a file.
func mistakes(c *page.Call, all []vocabulary.Problem) *ui.Table {
	t := &ui.Table{Caption: c.Say("lists.problems"), Columns: []ui.Column{{Label: c.Say("lists.row")}, {Label: c.Say("lists.column")}, {Label: c.Say("lists.value")}, {Label: c.Say("lists.problem")}}}
	for _, p := range all {
		row := c.Say("lists.whole")
		if p.Row > 0 {
			row = c.Words.Number(int64(p.Row))
		}
		t.Rows = append(t.Rows, ui.Row{{Text: row}, {Text: p.Column}, {Text: p.Value}, {Text: upper(c.Say(p.Key, p.Args...))}})
	}
	return t
}

// changes are what a file would change, and how many changes are not shown.
func changes(c *page.Call, d vocabulary.Difference) (t *ui.Table, left int) {
	t = &ui.Table{Caption: c.Say("lists.changes"), Columns: []ui.Column{{Label: c.Say("lists.term")}, {Label: c.Say("lists.change")}, {Label: c.Say("lists.before")}, {Label: c.Say("lists.uses"), Number: true}}}
	for _, kind := range []struct {
		key  string
		tone ui.Tone
		all  []vocabulary.Change
	}{
		{"added", ui.ToneGreen, d.Added}, {"lost", ui.ToneRose, d.Lost}, {"retired", ui.ToneRose, d.Retired}, {"revived", ui.ToneGreen, d.Revived},
		{"renamed", ui.ToneAmber, d.Renamed}, {"moved", ui.ToneBlue, d.Moved}, {"altered", ui.ToneBlue, d.Altered},
	} {
		for _, one := range kind.all {
			if len(t.Rows) == mostChanges {
				left++
				continue
			}
			is, was := one.Is, one.Was
			if is.Code == "" {
				is = was
			}
			before := ""
			if was.Code != "" && (was.En != is.En || was.Fr != is.Fr) {
				before = was.En + " / " + was.Fr
			}
			t.Rows = append(t.Rows, ui.Row{
				{Text: is.En + " / " + is.Fr, Line: is.Code}, {Tag: &ui.Tag{Label: c.Say("lists.kind." + kind.key), Tone: kind.tone}},
				{Text: before}, {Text: c.Words.Number(int64(one.Uses))},
			})
		}
	}
	return t, left
}

// ReplaceList puts a file in the place of a list, as it was seen.
func ReplaceList(c *page.Call) error {
	name := c.Path("list")
	if err := isList(c, name); err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	file, err := base64.RawURLEncoding.DecodeString(c.Answer("file"))
	seen, wrong := strconv.Atoi(c.Answer("seen"))
	if err != nil || wrong != nil || len(file) == 0 {
		return listWith(c, http.StatusUnprocessableEntity, c.Say("lists.no-file"))
	}
	if _, err := c.House.Lists.Replace(c.Request.Context(), c.Visit, name, file, seen); err != nil {
		return listRefused(c, err)
	}
	return c.GoSaying(listPath(name), "said.list-replaced")
}

// UndoList goes back to the edition before.
func UndoList(c *page.Call) error {
	name := c.Path("list")
	if err := isList(c, name); err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	seen, err := strconv.Atoi(c.Answer("seen"))
	if err != nil {
		seen = 0
	}
	if _, err := c.House.Lists.Undo(c.Request.Context(), c.Visit, name, seen); err != nil {
		return listRefused(c, err)
	}
	return c.GoSaying(listPath(name), "said.list-undone")
}

func listRefused(c *page.Call, refused error) error {
	text, status, other := c.Refusal(refused)
	if other != nil {
		return other
	}
	return listWith(c, status, text)
}
