package people

import (
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Marks are the buttons by which readers keep somebody or set them aside, for themselves alone.
type marks struct {
	action, back string
	buttons      []ui.Button
}

// marksOf are the buttons about somebody, on a page to come back to.
func marksOf(c *page.Call, p person.Page, back string) marks {
	button := func(key, kind string, icon ui.Icon) ui.Button {
		return ui.Button{Label: c.Say(key), Extra: NameOf(p), Icon: icon, Small: true, Name: "kind", Value: kind}
	}
	m := marks{action: pathOf(p.ID) + "/mark", back: back}
	switch p.Mark {
	case "kept":
		m.buttons = []ui.Button{button("people.mark.unkeep", "", ui.IconTick), button("people.mark.aside", "aside", "")}
	case "aside":
		m.buttons = []ui.Button{button("people.mark.back", "", ui.IconUndo)}
	default:
		m.buttons = []ui.Button{button("people.mark.keep", "kept", ui.IconBookmark), button("people.mark.aside", "aside", "")}
	}
	return m
}

// Mark keeps somebody on the reader's own list, sets them aside, or takes that back. They never learn of it.
func Mark(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	kind := c.Answer("kind")
	if err := c.House.People.Mark(c.Request.Context(), c.Visit, mentoring.PersonID(c.Path("person")), kind); err != nil {
		return err
	}
	to := page.Local(c.Answer("to"))
	if !strings.HasPrefix(to, Path) {
		to = Path
	}
	return c.GoSaying(to, map[string]string{"kept": "said.person-kept", "aside": "said.person-aside", "": "said.person-unmarked"}[kind])
}
