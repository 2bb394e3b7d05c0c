package program

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Settings shows what a program is called and what it is for, to change it.
func Settings(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	return h.settings(http.StatusOK, h.program.Program, nil)
}

func (h here) settings(status int, one mentoring.Program, wrong map[string]string) error {
	lines := Lines(h.Call, one, wrong)
	p := parts{head: ui.Head{Title: h.Say("program.nav.settings"), Lead: h.Say("program.settings.lead")}}
	for _, line := range lines {
		p.problems = append(p.problems, ui.Problems(line.Field)...)
	}
	p.content = append(p.content, settingsForm(h.Words, h.at(settings), h.at(overview), lines))
	return h.showAs(status, settings, p)
}

// Lines ask what a program is called and what it is for, in both languages.
func Lines(c *page.Call, one mentoring.Program, wrong map[string]string) []ui.Line {
	line := func(name, value, key string) ui.Line {
		return ui.Line{Field: ui.Field{Name: name, Label: c.Say(key), Error: wrong[name]}, Value: value, Autocomplete: "off"}
	}
	lines := []ui.Line{
		line(mentoring.FieldNameEn, one.En, "program.settings.name.english"), line(mentoring.FieldNameFr, one.Fr, "program.settings.name.french"),
		line(mentoring.FieldLineEn, one.LineEn, "program.settings.line.english"), line(mentoring.FieldLineFr, one.LineFr, "program.settings.line.french"),
	}
	lines[0].Hint, lines[2].Hint = c.Say("program.settings.name.hint"), c.Say("program.settings.line.hint")
	lines[2].Optional, lines[3].Optional = true, true
	return lines
}

// Typed is what a form with those lines says.
func Typed(c *page.Call) mentoring.Program {
	return mentoring.Program{
		En: c.Answer(mentoring.FieldNameEn), Fr: c.Answer(mentoring.FieldNameFr), LineEn: c.Answer(mentoring.FieldLineEn), LineFr: c.Answer(mentoring.FieldLineFr),
	}
}

// Wrong says by field what stands against those lines. Errors of another kind come back as they are.
func Wrong(c *page.Call, refused error) (wrong map[string]string, other error) {
	mistakes := mentoring.MistakesIn(refused)
	if len(mistakes) == 0 {
		return nil, refused
	}
	wrong = map[string]string{}
	for _, m := range mistakes {
		text, _, other := c.Refusal(m.Fault)
		if other != nil {
			return nil, other
		}
		wrong[m.Field] = text
	}
	return wrong, nil
}

// Change changes it.
func Change(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	one := Typed(c)
	one.ID = h.id
	if err := c.House.Programs.Change(c.Request.Context(), c.Visit, one); err != nil {
		wrong, other := Wrong(c, err)
		if other != nil {
			return other
		}
		return h.settings(http.StatusUnprocessableEntity, one, wrong)
	}
	return c.GoSaying(h.at(overview), "said.program-changed")
}
