package profile

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// begins says whether somebody has said nothing yet: then they are asked for their name and for what brings them here.
func begins(mine *person.Mine) bool {
	return mine.Given+mine.Family == "" && !mine.Useful
}

// What brings somebody here. It is kept nowhere: what somebody is follows from what they seek and offer (EL-1).
var roles = []string{"mentee", "mentor", "both"}

func nameForm() form {
	return form{
		stage: mentoring.StageName, path: NamePath, words: "name",
		shown: []mentoring.Field{mentoring.FieldName, mentoring.FieldPronoun, mentoring.FieldPlace},
		fill: func(m *person.Mine) answers {
			return answers{"given": {m.Given}, "family": {m.Family}, "pronoun": {m.Pronoun}, "place": {m.Place.Label}, "zone": {m.Zone}}
		},
		ask: askName, save: saveName, next: SeeksPath,
	}
}

func askName(q *asking) []question {
	asked := []question{
		q.line(ui.Line{Field: q.field("given", "profile.given"), Autocomplete: "given-name"}),
		q.line(ui.Line{Field: q.field("family", "profile.family"), Autocomplete: "family-name"}),
	}
	if begins(q.mine) {
		return append(asked, q.choices(ui.Choices{Field: q.field("role", "profile.role"), Options: q.options("profile.role.", roles)}))
	}
	pronoun, place, zone := q.field("pronoun", "profile.field.pronoun"), q.field("place", "profile.place"), q.field("zone", "profile.zone")
	pronoun.Optional, place.Optional, zone.Optional = true, true, true
	return append(asked,
		q.line(ui.Line{Field: pronoun, Short: true}),
		q.lookedUp(ui.Line{Field: place}, "places"),
		q.choice(ui.Choice{Field: zone, Options: zoneOptions(q)}))
}

// options are codes of the program with their words, and with hints where there are some.
func (q *asking) options(key string, codes []string) (options []ui.Option) {
	for _, code := range codes {
		o := ui.Option{Value: code, Label: q.Say(key + code)}
		if hint := key + code + ".hint"; q.Words.Has(hint) {
			o.Hint = q.Say(hint)
		}
		options = append(options, o)
	}
	return options
}

// zones are those of Canada that differ, from the east. Whoever is elsewhere gets that of the place.
var zones = []string{
	"America/St_Johns", "America/Halifax", "America/Toronto", "America/Winnipeg", "America/Regina", "America/Edmonton",
	"America/Vancouver", "America/Whitehorse",
}

func zoneOptions(q *asking) []ui.Option {
	options := []ui.Option{{Label: q.Say("profile.zone.place")}}
	for _, zone := range zones {
		options = append(options, ui.Option{Value: zone, Label: q.Say("profile.zone." + zoneCodes[zone])})
	}
	if kept := q.a.one("zone"); kept != "" && !slices.Contains(zones, kept) {
		options = append(options, ui.Option{Value: kept, Label: kept})
	}
	return options
}

var zoneCodes = map[string]string{
	"America/St_Johns": "newfoundland", "America/Halifax": "atlantic", "America/Toronto": "eastern", "America/Winnipeg": "central",
	"America/Regina": "saskatchewan", "America/Edmonton": "mountain", "America/Vancouver": "pacific", "America/Whitehorse": "yukon",
}

func saveName(c *page.Call, m *person.Mine, a answers) error {
	if begins(m) && !slices.Contains(roles, a.one("role")) {
		var mistakes mentoring.Mistakes
		if a.one("given")+a.one("family") == "" {
			mistakes.Mistaken("family", 0, "person.no-name")
		}
		mistakes.Mistaken("role", 0, "profile.role.choose")
		return mistakes
	}
	n := person.Name{Given: a.one("given"), Family: a.one("family"), Pronoun: a.or("pronoun", m.Pronoun), Place: m.Place, Zone: a.or("zone", m.Zone)}
	if a.has("place") && a.one("place") != m.Place.Label {
		n.Place = mentoring.Term{Label: a.one("place")}
	}
	return c.House.People.SaveName(c.Request.Context(), c.Visit, n)
}

// AskName asks how somebody is called, and at first what brings them here; SaveName saves it.
func AskName(c *page.Call) error { return nameForm().put(c) }
func SaveName(c *page.Call) error {
	f := nameForm()
	switch c.Answer("role") {
	case "mentor":
		f.next = OffersPath
	case "both":
		f.next = SeeksPath + "?then=offers"
	}
	return f.take(c)
}
