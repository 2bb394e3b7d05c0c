package profile

import (
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// list is terms as one line.
func list(c *page.Call, of *vocabulary.List, terms []mentoring.Term) string {
	return upper(c.Words.List(labels(c, of, terms)))
}

func nameOf(p person.Page) string { return strings.TrimSpace(p.Given + " " + p.Family) }

// day is a day of the calendar in words; "" is none.
func day(c *page.Call, d mentoring.Day) string {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return c.Words.Date(at)
}

// span is some days in words.
func span(c *page.Call, s mentoring.Span) string {
	switch {
	case s.From == "" && s.To == "":
		return ""
	case s.To == "":
		return c.Say("profile.span.since", "from", day(c, s.From))
	case s.From == "":
		return c.Say("profile.span.until", "to", day(c, s.To))
	}
	return c.Say("profile.span", "from", day(c, s.From), "to", day(c, s.To))
}

func codesSaid(c *page.Call, key string, terms []mentoring.Term) string {
	var texts []string
	for _, t := range terms {
		texts = append(texts, lower(c.Say(key+t.Code)))
	}
	return upper(c.Words.List(texts))
}

func distanceSaid(c *page.Call, d mentoring.Distance) string {
	if d == mentoring.NoMatterYet {
		return ""
	}
	return c.Say("profile.distance." + string(d))
}

// howLine is how somebody likes to meet, on one line.
func howLine(c *page.Call, p person.Page) string {
	return dotted(distanceSaid(c, p.Distance), list(c, c.Lists().Languages(), p.Languages), codesSaid(c, "profile.when.", p.When))
}

// dotted are the parts of a line that say something.
func dotted(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}

func appointmentSaid(c *page.Call, a mentoring.Appointment) string {
	list := c.Lists().Levels()
	if a.Ladder == "rank" {
		list = c.Lists().Ranks()
	}
	return dotted(upper(label(c, list, a.What)), a.Track, a.Where, span(c, a.Span))
}

func appointmentLine(c *page.Call, p person.Page) string {
	switch {
	case len(p.Appointments) > 0:
		return appointmentSaid(c, p.Appointments[0])
	case p.Guest:
		return c.Say("profile.guest.from", "home", p.Home.Label)
	}
	return ""
}

func awayLine(c *page.Call, away []mentoring.Span) string {
	var said []string
	for _, s := range away {
		said = append(said, span(c, s))
	}
	return strings.Join(said, " · ")
}

// linesOf are terms, each with its line.
func linesOf(c *page.Call, of *vocabulary.List, terms []mentoring.Term) string {
	var said []string
	for _, t := range terms {
		text := upper(label(c, of, t))
		if t.Line != "" {
			text = c.Say("profile.with-line", "what", text, "line", t.Line)
		}
		said = append(said, text)
	}
	return strings.Join(said, " · ")
}

// A part of a profile is a field with what it says, and where it is changed.
type part struct {
	field  mentoring.Field
	text   string
	change string
}

// partsOf is what a page of a person says, in the order in which it is asked.
func partsOf(c *page.Call, p person.Page) []part {
	var appointments []string
	for _, a := range p.Appointments {
		appointments = append(appointments, appointmentSaid(c, a))
	}
	if p.Guest {
		appointments = append(appointments, c.Say("profile.guest.from", "home", p.Home.Label))
	}
	room := ""
	if p.Offering && p.As != mentoring.Self {
		room = c.Say("profile.room." + map[bool]string{true: "yes", false: "no"}[p.Room])
	}
	capacity := ""
	if p.Capacity > 0 || p.Hours > 0 {
		capacity = dotted(c.Words.Count("profile.capacity.people", int64(p.Capacity)), c.Words.Count("profile.hours.month", int64(p.Hours)))
	}
	going := p.Destination
	return []part{
		{mentoring.FieldName, nameOf(p), NamePath},
		{mentoring.FieldPronoun, p.Pronoun, NamePath},
		{mentoring.FieldSeeks, linesOf(c, c.Lists().Purposes(), p.Seeks), SeeksPath},
		{mentoring.FieldDistance, distanceSaid(c, p.Distance), HowPath},
		{mentoring.FieldLanguages, list(c, c.Lists().Languages(), p.Languages), HowPath},
		{mentoring.FieldWhen, codesSaid(c, "profile.when.", p.When), HowPath},
		{mentoring.FieldOffers, linesOf(c, c.Lists().Purposes(), p.Offers), OffersPath},
		{mentoring.FieldSupport, list(c, c.Lists().Supports(), p.Support), SupportPath},
		{mentoring.FieldRoom, room, ""},
		{mentoring.FieldCapacity, capacity, OffersPath},
		{mentoring.FieldRefuses, p.Refuses, SupportPath},
		{mentoring.FieldAppointments, strings.Join(appointments, "; "), AppointmentsPath},
		{mentoring.FieldSpecialties, list(c, c.Lists().Specialties(), p.Specialties), TopicsPath},
		{mentoring.FieldInterests, list(c, c.Lists().AllInterests(), p.Interests), TopicsPath},
		{mentoring.FieldPlace, dotted(label(c, c.Lists().Places(), p.Place), zoneSaid(c, p.Zone)), NamePath},
		{mentoring.FieldDestination, dotted(label(c, c.Lists().Institutions(), going.Place), kindSaid(c, going.Kind), day(c, going.From)), DestinationPath},
		{mentoring.FieldTraining, list(c, nil, p.Training), TrainingPath},
		{mentoring.FieldAway, awaySaid(c, p), AwayPath},
	}
}

func zoneSaid(c *page.Call, zone string) string {
	if code := zoneCodes[zone]; code != "" {
		return c.Say("profile.zone." + code)
	}
	return zone
}

func kindSaid(c *page.Call, kind string) string {
	if kind == "" {
		return ""
	}
	return c.Say("profile.destination.kind." + kind)
}

// awaySaid is when somebody is away, or as much of it as is shown.
func awaySaid(c *page.Call, p person.Page) string {
	switch {
	case len(p.Away) > 0:
		return awayLine(c, p.Away)
	case p.IsAway && p.AwayUntil != "":
		return c.Say("profile.away.until", "to", day(c, p.AwayUntil))
	case p.IsAway:
		return c.Say("profile.away.now")
	}
	return ""
}

// answersOf are the parts that say something, or all of them.
func answersOf(c *page.Call, all []part, then string, empty bool) (shown []ui.Answer) {
	for _, p := range all {
		if p.text == "" && !empty || p.field == mentoring.FieldRoom && p.text == "" {
			continue
		}
		a := ui.Answer{Question: c.Say(fieldKey(p.field)), Answer: p.text}
		if then != "" && p.change != "" {
			a.Change = p.change + "?then=" + then
		}
		shown = append(shown, a)
	}
	return shown
}

// Check shows what was said in the first round, before somebody stops there or goes on.
func Check(c *page.Call) error {
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{Title: c.Say("profile.check"), Back: back(c)}}
	switch {
	case len(mine.Offers) > 0 && mine.Listed:
		p.notices = append(p.notices, ui.Notice{Kind: ui.Good, Title: c.Say("profile.check.stop"), Text: c.Say("profile.check.listed")})
	case len(mine.Offers) > 0:
		p.notices = append(p.notices, ui.Notice{Kind: ui.Good, Title: c.Say("profile.check.stop"), Text: c.Say("profile.check.unlisted")})
	case mine.Useful:
		p.notices = append(p.notices, ui.Notice{Kind: ui.Good, Title: c.Say("profile.check.stop"), Text: c.Say("profile.check.useful")})
	default:
		p.notices = append(p.notices, ui.Notice{Kind: ui.Care, Text: c.Say("profile.check.none"), Link: ui.Link{Label: c.Say("profile.seeks"), Href: SeeksPath}})
	}
	all := partsOf(c, mine.Page)
	p.content = append(p.content, sent(draftsOf(c, &mine)))
	p.content = append(p.content, checked(c.Words, answersOf(c, firstOf(&mine, all), "check", true), ui.WhoSees{Text: c.Say("profile.check.who"), Href: VisibilityPath}, []ui.Button{
		{Label: c.Say("profile.check.done"), Kind: ui.Main, Href: Path}, {Label: c.Say("profile.seen-as"), Href: SeenAsPath},
	}))
	return show(c, p)
}

// firstOf are the parts of the first round, and those of the rest that say something.
func firstOf(m *person.Mine, all []part) (first []part) {
	asked := map[mentoring.Field]bool{mentoring.FieldName: true, mentoring.FieldDistance: true, mentoring.FieldLanguages: true, mentoring.FieldWhen: true}
	asked[mentoring.FieldSeeks] = len(m.Offers) == 0
	if len(m.Offers) > 0 && len(m.Seeks) == 0 {
		asked = map[mentoring.Field]bool{mentoring.FieldName: true, mentoring.FieldOffers: true, mentoring.FieldCapacity: true}
	}
	for _, p := range all {
		if asked[p.field] || p.text != "" {
			first = append(first, p)
		}
	}
	return first
}
