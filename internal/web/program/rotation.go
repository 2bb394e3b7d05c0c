package program

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// Where a rotation list is looked at and imported, and where an example of one is.
const (
	RotationPreviewPath = RotationPath + "/preview"
	RotationImportPath  = RotationPath + "/import"
	RotationExamplePath = RotationPath + "/example"
)

// rotationColumns is what the words of the columns of a rotation list begin with.
const rotationColumns = "program.rotation.column."

// Rotation is where a rotation list is handed in.
func Rotation(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	return h.rotation(http.StatusOK, "")
}

func (h here) rotation(status int, refused string) error {
	file := h.fileField(refused)
	p := parts{head: ui.Head{Title: h.Say("program.rotation.title"), Lead: h.Say("program.rotation.lead")}, problems: ui.Problems(file.Field)}
	var does []string
	for _, one := range []string{"observes", "evaluates", "read", "left", "undo"} {
		does = append(does, h.Say("program.rotation.does."+one))
	}
	t := ui.Table{Caption: h.Say("program.list.columns"), Columns: []ui.Column{{Label: h.Say("program.list.column")}, {Label: h.Say("program.list.says"), Long: true}}}
	for _, one := range []string{"person", "preceptor", "period", "year", "kind"} {
		t.Rows = append(t.Rows, ui.Row{{Text: h.Say(rotationColumns + one)}, {Text: h.Say("program.rotation.says." + one)}})
	}
	p.content = append(p.content, rotationSteps(h.Words, does, h.at(rotation)+"/example", h.at(rotation)+"/preview", file), flushCard(h.Words, t))
	return h.showAs(status, rotation, p)
}

// RotationExample is a small rotation list, in the reader's language.
func RotationExample(c *page.Call) error {
	if _, err := come(c); err != nil {
		return err
	}
	var out bytes.Buffer
	out.WriteString("\ufeff") // without it Excel takes UTF-8 for something else
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	if c.Words.Language != locale.English {
		w.Comma = ';'
	}
	var head []string
	for _, one := range []string{"person", "preceptor", "period", "year", "kind"} {
		head = append(head, c.Say(rotationColumns+one))
	}
	observes, evaluates := c.Say("program.rotation.word.observes"), c.Say("program.rotation.word.evaluates")
	rows := [][]string{
		head,
		{"resident.one@example.org", "preceptor.one@example.org", "1", "2026-2027", observes},
		{"resident.one@example.org", "preceptor.two@example.org", "2", "2026-2027", ""},
		{"resident.two@example.org", "preceptor.one@example.org", "2", "2026-2027", evaluates},
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return c.File(c.Say("program.rotation.example.name"), kinds[person.CSV], out.Bytes())
}

// PreviewRotation shows what a rotation list would put in force. Nothing changes by looking.
func PreviewRotation(c *page.Call) error {
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
		return h.rotation(status, text)
	}
	return h.lookAtRotation(file, nil, 0)
}

// lookAtRotation shows a rotation list as it was read, with what is said above it, if anything.
func (h here) lookAtRotation(file roster.Input, notice *ui.Notice, status int) error {
	r, err := h.House.People.ReadRotation(h.Request.Context(), h.Visit, h.id, file)
	if err != nil {
		return err
	}
	if status == 0 {
		status = statusOf(r.Problems)
	}
	p := parts{head: ui.Head{Title: h.Say("program.rotation.preview"), Back: ui.Link{Label: h.Say("program.rotation.title"), Href: h.at(rotation)}}}
	if notice != nil {
		p.notices = append(p.notices, *notice)
	}
	p.notices = append(p.notices, h.rotationNotices(r)...)
	shown := looked{
		action: h.at(rotation) + "/import", other: h.at(rotation), apply: h.Words.Count("program.rotation.import", int64(len(r.Placements))),
		ready: len(r.Problems) == 0 && len(r.Placements) > 0, along: along(file, r.Seen),
	}
	if len(r.Problems) > 0 {
		shown.tables = append(shown.tables, h.rowsTable(h.Say("program.rotation.problems"), r.Problems))
	}
	if len(r.Placements) > 0 {
		shown.tables = append(shown.tables, h.placementsTable(r.Placements))
	}
	p.content = append(p.content, lookedAt(h.Words, shown))
	if len(r.Left) > 0 {
		p.content = append(p.content, flushCard(h.Words, h.rowsTable(h.Say("program.rotation.left"), r.Left)))
	}
	if len(r.Headings) > 0 {
		p.content = append(p.content, flushCard(h.Words, h.headingsTable(r.Headings, rotationColumns)))
	}
	return h.showAs(status, rotation, p)
}

// rotationNotices are what is said of a rotation list as a whole.
func (h here) rotationNotices(r person.Rotation) (all []ui.Notice) {
	switch {
	case len(r.Problems) > 0:
		all = append(all, ui.Notice{Kind: ui.Care, Text: h.Say("program.list.problems"), Arrived: true})
	case len(r.Placements) == 0:
		all = append(all, ui.Notice{Kind: ui.Good, Text: h.Say("program.rotation.none"), Arrived: true})
	default:
		all = append(all, ui.Notice{Kind: ui.Private, Text: h.Say("program.list.nothing-yet"), Arrived: true})
	}
	if r.Same > 0 {
		all = append(all, ui.Notice{Text: h.Words.Count("program.rotation.same", int64(r.Same))})
	}
	if left := len(r.Left); left > 0 {
		all = append(all, ui.Notice{Text: h.Words.Count("program.rotation.left-out", int64(left))})
	}
	for _, shown := range []int{len(r.Placements), len(r.Left), len(r.Problems)} {
		if shown > mostShown {
			all = append(all, ui.Notice{Text: h.Say("program.rotation.first", "n", h.Words.Number(mostShown))})
			break
		}
	}
	return all
}

// placementsTable says who is with whom in which period.
func (h here) placementsTable(all []person.Placement) ui.Table {
	t := ui.Table{Caption: h.Say("program.rotation.placements"), Columns: []ui.Column{
		{Label: h.Say("program.rotation.who")}, {Label: h.Say("program.rotation.kind")}, {Label: h.Say("program.rotation.whom")}, {Label: h.Say("program.rotation.when")},
	}}
	shown, _ := shownOf(all)
	for _, one := range shown {
		when := h.Say("program.rotation.in", "period", one.Period, "year", strconv.Itoa(one.Year)+"–"+strconv.Itoa(one.Year+1))
		t.Rows = append(t.Rows, ui.Row{
			{Text: one.From}, {Text: h.Say("program.rotation.word." + string(one.Kind))}, {Text: one.To},
			{Text: when, Line: h.Say("program.rotation.days", "from", h.dayOf(one.Days.From), "to", h.dayOf(one.Days.To))},
		})
	}
	return t
}

// ImportRotation puts a rotation list in force as it was seen.
func ImportRotation(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	file, seen, err := carried(c)
	if err == nil {
		_, err = c.House.People.ImportRotation(c.Request.Context(), c.Visit, h.id, file, seen)
	}
	if err == nil {
		return c.GoSaying(h.at(imports), "said.rotation-imported")
	}
	notice, status, other := h.refusal(err)
	switch {
	case other != nil:
		return other
	case mentoring.IsFault(err, mentoring.Conflict), len(file.Data) > 0:
		return h.lookAtRotation(file, &notice, status)
	}
	return h.rotation(status, notice.Text)
}
