package profile

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Apart shows with whom the person asked not to be matched. Nobody else is ever told, and there is no reason (AP-6).
func Apart(c *page.Call) error { return apartWith(c, http.StatusOK, answers{}, "", "") }

// apartWith shows the page, again with what was typed if something stands against it: beside a field, or of everything.
func apartWith(c *page.Call, status int, typed answers, field, wrong string) error {
	a, err := c.House.People.MyAuthority(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	f, err := find(c, ApartPath)
	if err != nil {
		return err
	}
	q := &asking{Call: c, a: typed, wrong: map[string]string{field: wrong}}
	p := parts{head: ui.Head{Title: c.Say("profile.apart"), Lead: c.Say("profile.apart.lead"), Back: back(c)}}
	p.readers = &ui.WhoSees{Text: c.Say("profile.apart.sees"), Closed: true}
	if field == "" && wrong != "" {
		p.notices = append(p.notices, ui.Notice{Kind: ui.Wrong, Text: wrong, Arrived: true})
	}
	var drawn []templ.Component
	for _, one := range q.somebodyElse(f, "profile.apart.whom") {
		p.problems = append(p.problems, ui.Problems(one.fields...)...)
		drawn = append(drawn, one.part)
	}
	s := ui.Staged{Action: ApartPath, Save: c.Say("profile.apart.add")}
	p.content = []templ.Component{finder(c.Words, f, c.Say("profile.find.hint"), s, drawn), flush(c.Words, apartTable(c, a))}
	return showAs(c, status, p)
}

// apartTable are those with whom the person asked not to be matched: by their names, or by addresses as they were typed.
func apartTable(c *page.Call, a person.Authority) ui.Table {
	table := ui.Table{Caption: c.Say("profile.apart.list"), Columns: []ui.Column{{Label: c.Say("profile.authority.who")}, {Label: c.Say("profile.do"), Hidden: true}},
		Empty: &ui.Empty{Icon: ui.IconPeople, Title: c.Say("profile.apart.none"), Text: c.Say("profile.apart.none.why")}}
	add := func(who, field, value string) {
		table.Rows = append(table.Rows, ui.Row{{Text: who}, {Part: beside([]posted{{
			Button: ui.Button{Label: c.Say("profile.apart.remove"), Extra: who, Small: true}, action: ApartPath,
			carried: []ui.Hidden{{Name: field, Value: value}, {Name: "together", Value: "1"}},
		}})}})
	}
	names := namesIn(c)
	for _, other := range a.Apart {
		add(names(other), "person", string(other))
	}
	for _, wish := range a.Wishes {
		add(wish.Address, "wish", wish.ID)
	}
	return table
}

// KeepApart asks that the person and another are not matched, or takes that back. The other one is chosen, or named by an
// address; what comes then is the same whether or not somebody has it.
func KeepApart(c *page.Call) error {
	form, err := c.Form()
	if err != nil {
		return err
	}
	typed := answers(form)
	if wish := c.Answer("wish"); wish != "" {
		if err := c.House.People.TakeBack(c.Request.Context(), c.Visit, wish); err != nil {
			return err
		}
		return c.GoSaying(ApartPath, "said.settings")
	}
	other, address, wrong := typed.meant()
	if wrong != "" {
		return apartWith(c, http.StatusUnprocessableEntity, typed, "address", c.Say(wrong))
	}
	field := ""
	if address != "" {
		field, err = "address", c.House.People.KeepApartFrom(c.Request.Context(), c.Visit, address)
	} else {
		err = c.House.People.KeepApart(c.Request.Context(), c.Visit, other, c.Answer("together") == "")
	}
	if err != nil {
		text, status, refusal := c.Refusal(err)
		if refusal != nil {
			return refusal
		}
		return apartWith(c, status, typed, field, text)
	}
	return c.GoSaying(ApartPath, "said.settings")
}
