package program

import (
	"net/http"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// UndoPath is where an import is undone, after a question.
const UndoPath = BatchPath + "/undo"

// Imports shows what was imported of late, with the way to undo it.
func Imports(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	all, err := c.House.People.Batches(c.Request.Context(), c.Visit, h.id)
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{Title: h.Say("program.imports.title"), Lead: h.Say("program.imports.lead")}}
	if len(all) == 0 {
		none := ui.Empty{Icon: ui.IconUndo, Title: h.Say("program.imports.none"), Text: h.Say("program.imports.none.text"), Actions: []ui.Button{
			{Label: h.Say("program.nav.list"), Href: h.at(list), Icon: ui.IconUpload}, {Label: h.Say("program.nav.rotation"), Href: h.at(rotation), Icon: ui.IconCalendar},
		}}
		p.content = append(p.content, none.Draw())
		return h.show(imports, p)
	}
	p.content = append(p.content, flushCard(h.Words, h.importsTable(all)))
	return h.show(imports, p)
}

func (h here) importsTable(all []person.Batch) ui.Table {
	t := ui.Table{Caption: h.Say("program.imports.title"), Bare: true, Columns: []ui.Column{
		{Label: h.Say("program.imports.when")}, {Label: h.Say("program.imports.what")}, {Label: h.Say("program.imports.by")}, {Label: h.Say("program.imports.undo"), Hidden: true},
	}}
	for _, b := range all {
		row := ui.Row{{Text: h.When(b.At)}, {Text: h.Say("program.imports.kind." + b.Kind), Line: h.figuresOf(b)}, {Text: h.who(b)}, {}}
		switch {
		case b.Undone:
			row[3] = ui.Cell{Tag: &ui.Tag{Label: h.Say("program.imports.undone")}}
		case b.MayUndo(h.House.Now()):
			row[3] = ui.Cell{Actions: []ui.Button{{Label: h.Say("program.imports.undo"), Extra: h.When(b.At), Icon: ui.IconUndo, Small: true, Href: h.at(imports) + "/" + b.ID + "/undo"}}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// who did an import.
func (h here) who(b person.Batch) string {
	switch {
	case b.By == h.Visit.Actor.Person:
		return h.Say("program.imports.you")
	case b.Name == "":
		return h.Say("program.imports.somebody")
	}
	return b.Name
}

// figuresOf say how many an import is about; "" for one that was undone.
func (h here) figuresOf(b person.Batch) string {
	var all []string
	for _, one := range []struct {
		key string
		n   int
	}{
		{"program.imports.changed", b.Changed}, {"program.imports.invited", b.Invited}, {"program.imports.out", b.Out}, {"program.imports.edges", b.Edges},
	} {
		if one.n > 0 {
			all = append(all, h.Words.Count(one.key, int64(one.n)))
		}
	}
	return strings.Join(all, ", ")
}

// An undone is an import of which it is asked whether it is to be undone.
type undone struct {
	effects      []string
	action, back string
	ready        bool
}

// AskUndo asks whether an import is to be undone, and says what comes back and what does not.
func AskUndo(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	return h.askUndo(http.StatusOK, nil)
}

func (h here) askUndo(status int, notice *ui.Notice) error {
	u, err := h.House.People.Undoing(h.Request.Context(), h.Visit, h.id, h.Path("batch"))
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{
		Title: h.Say("program.imports.ask"), Lead: h.Say("program.imports.ask.lead", "what", h.Say("program.imports.kind."+u.Kind), "when", h.When(u.At)),
		Back: ui.Link{Label: h.Say("program.imports.title"), Href: h.at(imports)},
	}}
	for _, one := range u.Against {
		text := h.Say(one.Key)
		if one.N > 0 {
			text = h.Words.Count(one.Key, int64(one.N))
		}
		if names, left := shownOf(one.Names); len(names) > 0 {
			text += " " + h.Say("program.imports.names", "names", strings.Join(names, ", "))
			if left > 0 {
				text += " …"
			}
		}
		p.notices = append(p.notices, ui.Notice{Kind: ui.Wrong, Text: text, Arrived: notice != nil})
	}
	if notice != nil && len(u.Against) == 0 {
		p.notices = append(p.notices, *notice)
	}
	shown := undone{action: h.at(imports) + "/" + u.ID + "/undo", back: h.at(imports), ready: len(u.Against) == 0}
	if shown.ready {
		shown.effects = h.undoEffects(u)
	} else {
		shown.effects = []string{h.Say("program.imports.as-it-is")}
	}
	p.content = append(p.content, undoingCard(h.Words, shown))
	return h.showAs(status, imports, p)
}

// undoEffects are what comes of undoing.
func (h here) undoEffects(u person.Undoing) (all []string) {
	for _, one := range []struct {
		key string
		n   int
	}{
		{"program.imports.effect.back", len(u.Back)}, {"program.imports.effect.returning", u.Returning}, {"program.imports.effect.withdrawn", u.Withdrawn},
		{"program.imports.effect.answered", u.Answered}, {"program.imports.effect.edges", u.Edges},
	} {
		if one.n > 0 {
			all = append(all, h.Words.Count(one.key, int64(one.n)))
		}
	}
	if u.Kind == "people" {
		all = append(all, h.Say("program.imports.effect.letters"))
	}
	return append(all, h.Say("program.imports.effect.whole"), h.Say("program.imports.effect.trail"))
}

// Undo undoes an import: all of it or nothing.
func Undo(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	err = c.House.People.Undo(c.Request.Context(), c.Visit, h.id, c.Path("batch"))
	if err == nil {
		return c.GoSaying(h.at(imports), "said.import-undone")
	}
	notice, status, other := h.refusal(err)
	if other != nil {
		return other
	}
	return h.askUndo(status, &notice)
}
