package profile

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A finding is people of the directory among whom one is chosen, if it is not somebody who is named by an address.
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

// somebodyElse asks who is meant: one of those who were found, or whoever has an address. What is said of an address does
// not depend on whether somebody has it.
func (q *asking) somebodyElse(f finding, person string) (asked []question) {
	if len(f.people) > 0 {
		asked = append(asked, q.choices(ui.Choices{Field: q.field("person", person), Options: f.people}))
	}
	return append(asked, q.line(ui.Line{Field: q.field("address", "profile.address"), Kind: ui.Email, Autocomplete: "off"}))
}

// meant are the person who was chosen and the address that was typed, and the key of what is wrong with that: one of them
// must be there, and not both. A choice cannot be taken back in a browser, and so is not shown again beside an address.
func (a answers) meant() (other mentoring.PersonID, address, wrong string) {
	other, address = mentoring.PersonID(a.one("person")), a.one("address")
	switch {
	case other != "" && address != "":
		delete(a, "person")
		return other, address, "profile.choose-one"
	case other == "" && address == "":
		return other, address, "profile.choose-person"
	}
	return other, address, ""
}
