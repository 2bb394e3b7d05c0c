package profile

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Apart shows with whom the person asked not to be matched. Nobody else is ever told, and there is no reason (AP-6).
func Apart(c *page.Call) error { return apartWith(c, http.StatusOK, "") }

func apartWith(c *page.Call, status int, wrong string) error {
	a, err := c.House.People.MyAuthority(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	f, err := find(c, ApartPath)
	if err != nil {
		return err
	}
	names := namesIn(c)
	table := ui.Table{Caption: c.Say("profile.apart.list"), Columns: []ui.Column{{Label: c.Say("profile.authority.who")}, {Label: c.Say("profile.do"), Hidden: true}},
		Empty: &ui.Empty{Icon: ui.IconPeople, Title: c.Say("profile.apart.none"), Text: c.Say("profile.apart.none.why")}}
	for _, other := range a.Apart {
		name := names(other)
		table.Rows = append(table.Rows, ui.Row{{Text: name}, {Part: beside([]posted{{
			Button: ui.Button{Label: c.Say("profile.apart.remove"), Extra: name, Small: true}, action: ApartPath,
			carried: []ui.Hidden{{Name: "person", Value: string(other)}, {Name: "together", Value: "1"}},
		}})}})
	}
	field := ui.Field{Name: "person", Label: c.Say("profile.apart.whom"), Error: wrong}
	p := parts{head: ui.Head{Title: c.Say("profile.apart"), Lead: c.Say("profile.apart.lead"), Back: back(c)}}
	p.readers = &ui.WhoSees{Text: c.Say("profile.apart.sees"), Closed: true}
	if wrong != "" && len(f.people) > 0 {
		p.problems = ui.Problems(field)
	} else if wrong != "" {
		p.notices = append(p.notices, ui.Notice{Kind: ui.Wrong, Text: wrong, Arrived: true})
	}
	s := ui.Staged{Action: ApartPath, Save: c.Say("profile.apart.add")}
	p.content = []templ.Component{
		finder(c.Words, f, c.Say("profile.find.hint"), s, []templ.Component{ui.ChoicesField(c.Words, ui.Choices{Field: field, Options: f.people})}),
		flush(c.Words, table),
	}
	return showAs(c, status, p)
}

// KeepApart asks that the person and another are not matched, or takes that back.
func KeepApart(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	other, apart := mentoring.PersonID(c.Answer("person")), c.Answer("together") == ""
	if other == "" {
		return apartWith(c, http.StatusUnprocessableEntity, c.Say("profile.choose-person"))
	}
	if err := c.House.People.KeepApart(c.Request.Context(), c.Visit, other, apart); err != nil {
		text, status, refusal := c.Refusal(err)
		if refusal != nil {
			return refusal
		}
		return apartWith(c, status, text)
	}
	return c.GoSaying(ApartPath, "said.settings")
}
