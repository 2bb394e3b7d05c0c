package people

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A branch is a unit with those that are part of it.
type branch struct {
	name, href, days string
	below            []*branch
}

// mayChangeUnits refuses whoever does not look after the installation, before anything of a page is made.
func mayChangeUnits(c *page.Call) error {
	return mentoring.May(c.Visit.Actor, mentoring.ChangeUnits, mentoring.Object{Kind: mentoring.Installation}).Refused()
}

// Units shows the tree of units.
func Units(c *page.Call) error {
	if err := mayChangeUnits(c); err != nil {
		return err
	}
	all, err := c.House.People.Units(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	p := parts{readers: administrators(c), head: ui.Head{
		Title: c.Say("units.title"), Lead: c.Say("units.lead"), Back: ui.Link{Label: c.Say("installation.title"), Href: installationPath},
		Actions: []ui.Button{{Label: c.Say("units.add"), Icon: ui.IconPlus, Kind: ui.Main, Href: AddPath}},
	}}
	if len(all) == 0 {
		p.content = append(p.content, ui.Empty{Icon: ui.IconNetwork, Title: c.Say("units.none"), Text: c.Say("units.none.text")}.Draw())
	} else {
		p.content = append(p.content, treeCard(c.Words, treeOf(c, all)))
	}
	return c.Show(ui.Page{Title: p.head.Title, Readers: p.readers}, stacked(p))
}

// treeOf puts units below those that they are part of. Each comes after the one that it is part of.
func treeOf(c *page.Call, all []person.Unit) []*branch {
	root, at := &branch{}, map[mentoring.UnitID]*branch{}
	for _, u := range all {
		one := &branch{name: unitName(c, u), href: UnitsPath + "/" + string(u.ID), days: openDays(c, u.Open)}
		at[u.ID] = one
		above := root
		if found := at[u.Parent]; found != nil {
			above = found
		}
		above.below = append(above.below, one)
	}
	return root.below
}

func unitName(c *page.Call, u person.Unit) string {
	if language(c) == vocabulary.French {
		return u.Fr
	}
	return u.En
}

// openDays says from when and until when a unit is open, where it is not always.
func openDays(c *page.Call, s mentoring.Span) string {
	switch {
	case s.From == "" && s.To == "":
		return ""
	case s.To == "":
		return c.Say("units.since", "from", dayIn(c, s.From))
	case s.From == "":
		return c.Say("units.until", "to", dayIn(c, s.To))
	}
	return c.Say("units.span", "from", dayIn(c, s.From), "to", dayIn(c, s.To))
}

// A unitForm asks for all that a unit is.
type unitForm struct {
	head     ui.Head
	action   string
	refused  string
	problems []ui.Problem
	en, fr   ui.Line
	parent   ui.Choice
	from, to ui.Line
}

// AskUnit asks for a new unit.
func AskUnit(c *page.Call) error {
	if err := mayChangeUnits(c); err != nil {
		return err
	}
	return showUnit(c, http.StatusOK, person.Unit{Parent: mentoring.UnitID(c.Asked("parent"))}, nil)
}

// AddUnit adds it.
func AddUnit(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := mayChangeUnits(c); err != nil {
		return err
	}
	u, err := unitOf(c)
	if err == nil {
		_, err = c.House.People.AddUnit(c.Request.Context(), c.Visit, u)
	}
	if err != nil {
		return unitAgain(c, u, err)
	}
	return c.GoSaying(UnitsPath, "said.unit-added")
}

// Unit shows a unit, to rename it, move it, or close it.
func Unit(c *page.Call) error {
	if err := mayChangeUnits(c); err != nil {
		return err
	}
	all, err := c.House.People.Units(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	for _, u := range all {
		if string(u.ID) == c.Path("unit") {
			return showUnit(c, http.StatusOK, u, nil)
		}
	}
	return mentoring.NotHere()
}

// ChangeUnit renames a unit, moves it, or closes it.
func ChangeUnit(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := mayChangeUnits(c); err != nil {
		return err
	}
	u, err := unitOf(c)
	u.ID = mentoring.UnitID(c.Path("unit"))
	if err == nil {
		err = c.House.People.ChangeUnit(c.Request.Context(), c.Visit, u)
	}
	if err != nil {
		return unitAgain(c, u, err)
	}
	return c.GoSaying(UnitsPath, "said.unit-changed")
}

// unitOf is what a form says of a unit, and what stands against it as it was typed.
func unitOf(c *page.Call) (person.Unit, error) {
	var m mentoring.Mistakes
	day := func(name string) mentoring.Day {
		read, right := mentoring.ReadDay(c.Answer(name))
		if !right {
			m.Mistaken(name, 0, "person.day")
			return mentoring.Day(c.Answer(name))
		}
		return read
	}
	u := person.Unit{Parent: mentoring.UnitID(c.Answer("parent")), En: c.Answer("en"), Fr: c.Answer("fr")}
	u.Open = mentoring.Span{From: day("opened"), To: day("closed")}
	return u, m.Err()
}

// unitAgain shows the form again, with what stands against it.
func unitAgain(c *page.Call, u person.Unit, refused error) error {
	text, status, other := c.Refusal(refused)
	if mistakes := mentoring.MistakesIn(refused); len(mistakes) > 0 {
		return showUnit(c, http.StatusUnprocessableEntity, u, mistakes)
	}
	if other != nil {
		return other
	}
	return showUnitWith(c, status, u, nil, text)
}

func showUnit(c *page.Call, status int, u person.Unit, mistakes mentoring.Mistakes) error {
	return showUnitWith(c, status, u, mistakes, "")
}

func showUnitWith(c *page.Call, status int, u person.Unit, mistakes mentoring.Mistakes, refused string) error {
	all, err := c.House.People.Units(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	for _, m := range mistakes {
		if text, _, other := c.Refusal(m.Fault); other == nil {
			wrong[m.Field] = text
		}
	}
	f := unitForm{action: AddPath, refused: refused, head: ui.Head{Title: c.Say("units.add"), Back: ui.Link{Label: c.Say("units.title"), Href: UnitsPath}}}
	if u.ID != "" {
		f.action, f.head.Title, f.head.Lead = UnitsPath+"/"+string(u.ID), c.Say("units.change"), c.Say("units.change.lead")
	}
	line := func(name, value string, kind ui.Input, hint string) ui.Line {
		field := ui.Field{Name: name, Label: c.Say("units." + name), Error: wrong[name]}
		if hint != "" {
			field.Hint = c.Say(hint)
		}
		return ui.Line{Field: field, Value: value, Kind: kind, Autocomplete: "off"}
	}
	f.en, f.fr = line("en", u.En, ui.Words, "units.en.hint"), line("fr", u.Fr, ui.Words, "")
	f.from, f.to = line("opened", string(u.Open.From), ui.Day, "units.opened.hint"), line("closed", string(u.Open.To), ui.Day, "units.closed.hint")
	f.from.Optional, f.to.Optional, f.fr.Optional = true, true, true
	f.parent = ui.Choice{Field: ui.Field{Name: "parent", Label: c.Say("units.parent")}, Options: []ui.Option{{Label: c.Say("units.parent.none")}}}
	for _, other := range all {
		if other.ID != u.ID {
			name := unitName(c, other)
			for range other.Depth {
				name = "– " + name
			}
			f.parent.Options = append(f.parent.Options, ui.Option{Value: string(other.ID), Label: name, Chosen: other.ID == u.Parent})
		}
	}
	f.problems = ui.Problems(f.en.Field, f.fr.Field, f.from.Field, f.to.Field)
	return c.ShowAs(status, ui.Page{Title: f.head.Title, Problems: len(f.problems), Readers: administrators(c)}, unitPage(c.Words, f))
}
