package profile

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A finding is people of the directory among whom one is chosen.
type finding struct {
	search ui.SearchBox
	people []ui.Option
	asked  bool // something was typed
}

// find looks for people by what was typed. Only those who are in the directory are found, and never the person.
func find(c *page.Call, path string) (f finding, err error) {
	typed := c.Asked("q")
	if c.Request.Method == http.MethodPost {
		typed = c.Answer("q")
	}
	f.search = ui.SearchBox{Action: path, Name: "q", Value: typed, Label: c.Say("profile.find")}
	if f.asked = typed != ""; !f.asked {
		return f, nil
	}
	found, err := c.House.People.Directory(c.Request.Context(), c.Visit, person.Filter{Text: typed}, "")
	for _, card := range found.Cards {
		if card.ID == c.Visit.Actor.Person {
			continue
		}
		f.people = append(f.people, ui.Option{Value: string(card.ID), Label: nameOf(card.Page), Hint: appointmentLine(c, card.Page)})
	}
	return f, err
}
