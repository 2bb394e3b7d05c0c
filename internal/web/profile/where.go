package profile

import (
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

func appointmentsForm(units []person.Unit) form {
	return form{
		stage: mentoring.StageAppointments, path: AppointmentsPath, words: "appointments",
		shown: []mentoring.Field{mentoring.FieldAppointments},
		fill:  fillAppointments,
		ask:   func(q *asking) []question { return askAppointments(q, units) },
		save:  saveAppointments, rows: appointmentRows,
	}
}

// appointmentRows are the answers of which one makes a row an appointment.
var appointmentRows = []string{"what", "track", "unit", "where", "from", "to"}

func fillAppointments(m *person.Mine) answers {
	a := answers{"home": {m.Home.Label}}
	if m.Guest {
		a["guest"] = []string{"1"}
	}
	for k, one := range m.Appointments {
		a[row("id", k+1)] = []string{one.ID}
		a[row("what", k+1)] = []string{one.Ladder + " " + valueOf(one.What)}
		a[row("track", k+1)], a[row("unit", k+1)] = []string{one.Track}, []string{string(one.Unit)}
		if one.Unit == "" {
			a[row("where", k+1)] = []string{one.Where}
		}
		a[row("from", k+1)], a[row("to", k+1)] = []string{string(one.From)}, []string{string(one.To)}
	}
	return a
}

func askAppointments(q *asking, units []person.Unit) (asked []question) {
	said := len(q.a.rows(appointmentRows...))
	for k := 1; k <= q.rowsFor(said); k++ {
		track := q.rowField("track", "track", k)
		track.Hint, track.Optional = q.Say("profile.track.hint"), true
		fields := []question{
			{part: carriedFields([]ui.Hidden{{Name: row("id", k), Value: q.a.one(row("id", k))}})},
			q.choice(ui.Choice{Field: q.rowField("what", "level", k), Options: q.positions(q.a.one(row("what", k)))}),
			q.suggested(ui.Line{Field: track}, q.tracks()),
		}
		where := q.rowField("where", "where", k)
		if open := q.units(units, q.a.one(row("unit", k))); len(open) > 1 {
			fields = append(fields, q.choice(ui.Choice{Field: q.rowField("unit", "unit", k), Options: open}))
			where.Label, where.Optional = q.Say("profile.where.else"), true
		}
		fields = append(fields, q.line(ui.Line{Field: where}), q.line(ui.Line{Field: q.rowField("from", "appointments", k), Kind: ui.Day}),
			q.line(ui.Line{Field: q.rowField("to", "", k), Kind: ui.Day}))
		title := q.Say("profile.appointment", "n", k)
		if k > said {
			title = q.Say("profile.appointment.new")
		}
		asked = append(asked, q.group(title, k, k <= said, fields))
	}
	home := q.field("home", "profile.home")
	home.Optional = true
	return append(asked,
		q.choices(ui.Choices{
			Field: q.field("guest", "profile.guest"), Many: true,
			Options: []ui.Option{{Value: "1", Label: q.Say("profile.guest.yes"), Hint: q.Say("profile.guest.what")}},
		}),
		q.lookedUp(ui.Line{Field: home}, "institutions"))
}

// Tracks are ways of an academic career that faculties of medicine tell apart, as suggestions: each has its own names.
var tracks = []string{"teacher", "educator", "scientist", "administrator", "quality"}

func (q *asking) tracks() (names []string) {
	for _, code := range tracks {
		names = append(names, q.Say("profile.track."+code))
	}
	return names
}

// rowField is a field of a row. Mistakes in it come under the name that the rules have for it.
func (q *asking) rowField(name, rule string, k int) ui.Field {
	f := ui.Field{Name: row(name, k), Label: q.Say("profile." + name)}
	if rule != "" {
		f.Error = q.wrong[row(rule, k)]
	}
	return f
}

// positions are levels of training and academic ranks on one list, with what somebody has now in words of their own.
func (q *asking) positions(now string) []ui.Option {
	options := []ui.Option{{Label: q.Say("profile.what.none")}}
	for _, ladder := range []struct {
		name string
		list *vocabulary.List
	}{{"level", q.Lists().Levels()}, {"rank", q.Lists().Ranks()}} {
		for _, t := range ladder.list.Terms {
			if value := ladder.name + " " + t.Code; !t.Retired || value == now {
				options = append(options, ui.Option{Value: value, Label: upper(t.Label(language(q.Call)))})
			}
		}
		if what, is := strings.CutPrefix(now, ladder.name+" ="); is {
			options = append(options, ui.Option{Value: now, Label: what})
		}
	}
	return options
}

// units are those that are open, each as far to the right as it is deep, and the one that is chosen.
func (q *asking) units(units []person.Unit, now string) []ui.Option {
	options := []ui.Option{{Label: q.Say("profile.unit.none")}}
	today := mentoring.DayOf(q.House.Now())
	for _, u := range units {
		if u.Open.Covers(today) || string(u.ID) == now {
			options = append(options, ui.Option{Value: string(u.ID), Label: strings.Repeat("\u2003", u.Depth) + q.unitName(u)})
		}
	}
	return options
}

func (q *asking) unitName(u person.Unit) string {
	if language(q.Call) == vocabulary.French {
		return u.Fr
	}
	return u.En
}

func saveAppointments(c *page.Call, m *person.Mine, a answers) error {
	var mistakes mentoring.Mistakes
	said := person.Appointed{Guest: a.one("guest") == "1", Home: m.Home}
	if a.one("home") != m.Home.Label {
		said.Home = mentoring.Term{Label: a.one("home")}
	}
	for _, k := range a.rows(appointmentRows...) {
		var one mentoring.Appointment
		for _, was := range m.Appointments {
			if was.ID == a.one(row("id", k)) {
				one = was
			}
		}
		ladder, what, _ := strings.Cut(a.one(row("what", k)), " ")
		if unit := mentoring.UnitID(a.one(row("unit", k))); unit != one.Unit || unit == "" {
			one.Unit, one.Where = unit, a.one(row("where", k))
		}
		if valueOf(one.What) != what {
			one.What = termOf(what)
		}
		one.Ladder, one.Track = ladder, a.or(row("track", k), one.Track)
		one.From, one.To = a.day(&mistakes, "appointments", "from", k), a.day(&mistakes, "appointments", "to", k)
		said.Appointments = append(said.Appointments, one)
		if ladder == "" {
			mistakes.Mistaken("level", k, "profile.what.choose")
		}
	}
	if err := mistakes.Err(); err != nil {
		return err
	}
	return c.House.People.SaveAppointments(c.Request.Context(), c.Visit, said)
}

// appointments is the form with the units of the house.
func appointments(c *page.Call, do func(f form) error) error {
	units, err := c.House.People.Units(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	return do(appointmentsForm(units))
}

// AskAppointments asks where somebody is and was appointed; SaveAppointments saves it.
func AskAppointments(c *page.Call) error {
	return appointments(c, func(f form) error { return f.put(c) })
}
func SaveAppointments(c *page.Call) error {
	return appointments(c, func(f form) error { return f.take(c) })
}

func awayForm() form {
	return form{
		stage: mentoring.StageAway, path: AwayPath, words: "away", shown: []mentoring.Field{mentoring.FieldAway},
		fill: func(m *person.Mine) answers {
			a := answers{}
			for k, s := range m.Away {
				a[row("from", k+1)], a[row("to", k+1)] = []string{string(s.From)}, []string{string(s.To)}
			}
			return a
		},
		ask: func(q *asking) (asked []question) {
			said := len(q.a.rows("from", "to"))
			for k := 1; k <= q.rowsFor(said); k++ {
				title := q.Say("profile.period", "n", k)
				if k > said {
					title = q.Say("profile.period.new")
				}
				asked = append(asked, q.group(title, k, k <= said, []question{
					q.line(ui.Line{Field: q.rowField("from", "away", k), Kind: ui.Day}),
					q.line(ui.Line{Field: q.rowField("to", "", k), Kind: ui.Day}),
				}))
			}
			return asked
		},
		save: func(c *page.Call, _ *person.Mine, a answers) error {
			var mistakes mentoring.Mistakes
			var away []mentoring.Span
			for _, k := range a.rows("from", "to") {
				away = append(away, mentoring.Span{From: a.day(&mistakes, "away", "from", k), To: a.day(&mistakes, "away", "to", k)})
			}
			if err := mistakes.Err(); err != nil {
				return err
			}
			return c.House.People.SaveAway(c.Request.Context(), c.Visit, away)
		},
		rows: []string{"from", "to"},
	}
}

// AskAway asks when somebody is away; SaveAway saves it.
func AskAway(c *page.Call) error  { return awayForm().put(c) }
func SaveAway(c *page.Call) error { return awayForm().take(c) }

// What somebody wants to do where they go.
var destinations = []string{"training", "staff"}

func destinationForm() form {
	return form{
		stage: mentoring.StageDestination, path: DestinationPath, words: "destination", shown: []mentoring.Field{mentoring.FieldDestination},
		fill: func(m *person.Mine) answers {
			d := m.Destination
			return answers{"destination": {d.Place.Label}, "destination-kind": {d.Kind}, "destination-day": {string(d.From)}}
		},
		ask: func(q *asking) []question {
			day := q.field("destination-day", "profile.destination.day")
			day.Optional = true
			return []question{
				q.lookedUp(ui.Line{Field: q.field("destination", "profile.destination.place")}, "institutions"),
				q.choices(ui.Choices{
					Field:   q.field("destination-kind", "profile.destination.kind"),
					Options: append(q.options("profile.destination.kind.", destinations), ui.Option{Label: q.Say("profile.destination.kind.open")}),
				}),
				q.line(ui.Line{Field: day, Kind: ui.Day}),
			}
		},
		save: func(c *page.Call, m *person.Mine, a answers) error {
			var mistakes mentoring.Mistakes
			d := mentoring.Destination{Place: m.Destination.Place, Kind: a.one("destination-kind"), From: a.day(&mistakes, "destination-day", "destination-day", 0)}
			if err := mistakes.Err(); err != nil {
				return err
			}
			if a.one("destination") != d.Place.Label {
				d.Place = mentoring.Term{Label: a.one("destination")}
			}
			return c.House.People.SaveDestination(c.Request.Context(), c.Visit, d)
		},
	}
}

// AskDestination asks where somebody intends to go; SaveDestination saves it.
func AskDestination(c *page.Call) error  { return destinationForm().put(c) }
func SaveDestination(c *page.Call) error { return destinationForm().take(c) }
