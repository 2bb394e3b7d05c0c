package profile

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Authority shows what stands between the person and others: positions of authority, and when they last declared that
// these are all.
func Authority(c *page.Call) error { return authorityWith(c, http.StatusOK, "") }

func authorityWith(c *page.Call, status int, refused string) error {
	a, err := c.House.People.MyAuthority(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{Title: c.Say("profile.authority"), Lead: c.Say("profile.authority.lead"), Back: back(c), Actions: []ui.Button{
		{Label: c.Say("profile.authority.add"), Icon: ui.IconPlus, Href: AddAuthorityPath},
	}}}
	if refused != "" {
		p.notices = append(p.notices, ui.Notice{Kind: ui.Wrong, Text: refused, Arrived: true})
	}
	p.notices = append(p.notices, due(c, a))
	table := ui.Table{Caption: c.Say("profile.authority.list"), Columns: []ui.Column{
		{Label: c.Say("profile.authority.who")}, {Label: c.Say("profile.authority.what")}, {Label: c.Say("profile.authority.days")},
		{Label: c.Say("profile.authority.source")}, {Label: c.Say("profile.do"), Hidden: true},
	}, Empty: &ui.Empty{Icon: ui.IconScale, Title: c.Say("profile.authority.none"), Text: c.Say("profile.authority.none.why")}}
	names := namesIn(c)
	for _, one := range a.Positions {
		table.Rows = append(table.Rows, positionRow(c, whoOf(names, one), one))
	}
	p.content = []templ.Component{flush(c.Words, table), declaring(c.Words, len(declaredIn(a)) == 0)}
	return showAs(c, status, p)
}

// due says until when the latest declaration holds.
func due(c *page.Call, a person.Authority) ui.Notice {
	switch {
	case a.DueBy.IsZero():
		return ui.Notice{Text: c.Say("profile.authority.never")}
	case c.House.Now().Before(a.DueBy):
		return ui.Notice{Kind: ui.Good, Text: c.Say("profile.authority.until", "when", c.Day(a.Declared[0].At), "until", c.Day(a.DueBy))}
	}
	return ui.Notice{Kind: ui.Care, Text: c.Say("profile.authority.over", "when", c.Day(a.Declared[0].At))}
}

// whoOf is how the other person of a position is called: as the person has named them.
func whoOf(names func(id mentoring.PersonID) string, one person.Position) string {
	if one.Address != "" {
		return one.Address
	}
	return names(one.Other)
}

func positionRow(c *page.Call, name string, one person.Position) ui.Row {
	what := c.Say("profile.edge.hidden")
	if one.Kind != "" {
		what = c.Say(edgeKey(one.Kind, one.Over))
	}
	r := ui.Row{{Text: name}, {Text: what}, {Text: span(c, one.Span)}, {Text: c.Say("profile.source." + one.Source)}, {}}
	if one.Mine && one.Source == "declared" {
		r[4].Part = beside([]posted{{
			Button: ui.Button{Label: c.Say("profile.authority.remove"), Extra: name, Small: true}, action: AuthorityPath,
			carried: []ui.Hidden{{Name: "without", Value: one.ID}},
		}})
	}
	return r
}

// edgeKey is the key of a position as the person says it: what they do, or what is done to them.
func edgeKey(kind mentoring.EdgeKind, over bool) string {
	if over {
		return "profile.edge.over." + string(kind)
	}
	return "profile.edge.under." + string(kind)
}

// namesIn says how people are called whom the person may know of. It asks once for each.
func namesIn(c *page.Call) func(id mentoring.PersonID) string {
	known := map[mentoring.PersonID]string{}
	return func(id mentoring.PersonID) string {
		if name, is := known[id]; is {
			return name
		}
		known[id] = c.Say("profile.somebody")
		if seen, err := c.House.People.Show(c.Request.Context(), c.Visit, id, person.Context{}); err == nil && nameOf(seen) != "" {
			known[id] = nameOf(seen)
		}
		return known[id]
	}
}

// declaredIn are the positions that the person declared.
func declaredIn(a person.Authority) []person.Position {
	return slices.DeleteFunc(slices.Clone(a.Positions), func(one person.Position) bool { return !one.Mine || one.Source != "declared" })
}

// Declare declares that what the person said is all, today, perhaps without one that is over.
func Declare(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	a, err := c.House.People.MyAuthority(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	without := c.Answer("without")
	positions := slices.DeleteFunc(declaredIn(a), func(one person.Position) bool { return one.ID == without })
	if err := c.House.People.Declare(c.Request.Context(), c.Visit, positions); err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return authorityWith(c, status, text)
	}
	return c.GoSaying(AuthorityPath, "said.declared")
}

// AskPosition asks for a position of authority between the person and somebody of the directory, or whoever has an address.
func AskPosition(c *page.Call) error { return positionWith(c, http.StatusOK, answers{}, nil) }

func positionWith(c *page.Call, status int, a answers, refused error) error {
	f, err := find(c, AddAuthorityPath)
	if err != nil {
		return err
	}
	q := &asking{Call: c, a: a, wrong: map[string]string{}}
	p := parts{head: ui.Head{Title: c.Say("profile.authority.add"), Lead: c.Say("profile.authority.add.lead"), Back: ui.Link{Label: c.Say("profile.authority"), Href: AuthorityPath}}}
	for _, m := range mentoring.MistakesIn(refused) {
		q.wrong[positionFields[m.Key]] = c.Say(m.Key, m.Args...)
	}
	if refused != nil && len(q.wrong) == 0 {
		text, _, other := c.Refusal(refused)
		if other != nil {
			return other
		}
		p.notices = append(p.notices, ui.Notice{Kind: ui.Wrong, Text: text, Arrived: true})
	}
	kinds := []ui.Option{{Label: c.Say("profile.authority.choose")}}
	for _, over := range []bool{false, true} {
		for _, kind := range mentoring.Declarable {
			if over && slices.Contains(bothWays, kind) {
				continue
			}
			kinds = append(kinds, ui.Option{Value: edgeValue(kind, over), Label: c.Say(edgeKey(kind, over))})
		}
	}
	to := q.field("to", "profile.to")
	to.Optional = true
	questions := append(q.somebodyElse(f, "profile.authority.who"),
		q.choice(ui.Choice{Field: q.field("kind", "profile.authority.what"), Options: kinds}),
		q.line(ui.Line{Field: q.field("from", "profile.from"), Kind: ui.Day}), q.line(ui.Line{Field: to, Kind: ui.Day}))
	var drawn []templ.Component
	for _, one := range questions {
		p.problems = append(p.problems, ui.Problems(one.fields...)...)
		drawn = append(drawn, one.part)
	}
	s := ui.Staged{Action: AddAuthorityPath, Save: c.Say("profile.authority.declare"), Who: ui.WhoSees{Text: c.Say("profile.authority.sees")}}
	p.content = []templ.Component{finder(c.Words, f, c.Say("profile.find.hint"), s, drawn)}
	return showAs(c, status, p)
}

// bothWays are positions that are the same from either side.
var bothWays = []mentoring.EdgeKind{mentoring.Family, mentoring.Business, mentoring.CoApplicant}

func edgeValue(kind mentoring.EdgeKind, over bool) string {
	if over {
		return "over " + string(kind)
	}
	return "under " + string(kind)
}

// positionFields are the fields beside which mistakes of a position stand.
var positionFields = map[string]string{
	"profile.choose-person": "address", "profile.choose-one": "address", "account.address-not-right": "address", "authority.own-address": "address",
	"authority.kind": "kind", "authority.oneself": "person", "person.span": "to", "authority.observes": "to", "person.day": "from",
}

// AddPosition declares a position besides those that were declared before.
func AddPosition(c *page.Call) error {
	typed, err := c.Form()
	if err != nil {
		return err
	}
	a := answers(typed)
	var mistakes mentoring.Mistakes
	other, address, wrong := a.meant()
	one := person.Position{Other: other, Address: address}
	one.Span = mentoring.Span{From: a.day(&mistakes, "from", "from", 0), To: a.day(&mistakes, "to", "to", 0)}
	for _, kind := range mentoring.Declarable {
		for _, over := range []bool{true, false} {
			if a.one("kind") == edgeValue(kind, over) {
				one.Kind, one.Over = kind, over
			}
		}
	}
	if wrong != "" {
		mistakes.Mistaken("address", 0, wrong)
	}
	if err := mistakes.Err(); err != nil {
		return positionWith(c, http.StatusUnprocessableEntity, a, err)
	}
	kept, err := c.House.People.MyAuthority(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	err = c.House.People.Declare(c.Request.Context(), c.Visit, append(declaredIn(kept), one))
	if mentoring.IsFault(err, mentoring.Invalid) {
		return positionWith(c, http.StatusUnprocessableEntity, a, err)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(AuthorityPath, "said.declared")
}
