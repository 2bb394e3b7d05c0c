package profile

import (
	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Overview shows what the profile says and leads to each part of it. Whoever has said nothing yet begins at once.
func Overview(c *page.Call) error {
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	if begins(&mine) && len(mine.Named) == 0 {
		return nameForm().putFor(c, &mine)
	}
	about, err := aroundProfile(c, &mine)
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{Title: c.Say("profile.title"), Lead: c.Say("profile.lead"), Actions: []ui.Button{
		{Label: c.Say("profile.seen-as"), Icon: ui.IconEye, Href: SeenAsPath}, {Label: c.Say("profile.visibility"), Href: VisibilityPath},
	}}}
	p.content = append(p.content, sent(draftsOf(c, &mine)))
	for _, n := range mine.Named {
		p.content = append(p.content, naming(c, n))
	}
	if better := improvements(&mine); len(better) > 0 {
		p.content = append(p.content, improving(c, better))
	}
	p.content = append(p.content,
		tasks(c.Words, "first", c.Say("profile.first-things"), firstTasks(c, &mine)),
		tasks(c.Words, "rest", c.Say("profile.rest"), restTasks(c, &mine)),
		tasks(c.Words, "around", c.Say("profile.around"), about))
	return show(c, p)
}

// task is a form on the overview: how far it is, and what it says so far.
func task(c *page.Call, mine *person.Mine, f form, line string) ui.Task {
	t := ui.Task{Label: c.Say("profile." + f.words), Hint: line, Href: f.path}
	if t.Hint == "" {
		t.Hint = c.Say("profile." + f.words + ".task")
	}
	if mine.Done[f.stage] {
		t.State = ui.TaskDone
	}
	if _, begun := f.begun(mine); begun {
		t.State = ui.TaskBegun
	}
	return t
}

func firstTasks(c *page.Call, m *person.Mine) []ui.Task {
	seeks := seeksForm()
	if draft := linesForm(); m.Done[mentoring.StageSeeks] {
		if _, begun := draft.begun(m); begun {
			seeks.path = draft.path
		}
	}
	offers := task(c, m, offersForm(), list(c, c.Lists().Purposes(), m.Offers))
	return []ui.Task{
		task(c, m, nameForm(), nameOf(m.Page)), task(c, m, seeks, list(c, c.Lists().Purposes(), m.Seeks)),
		task(c, m, howForm(), howLine(c, m.Page)), offers,
	}
}

func restTasks(c *page.Call, m *person.Mine) []ui.Task {
	var all []ui.Task
	if len(m.Offers) > 0 {
		support := task(c, m, supportForm(), "")
		support.State = ui.TaskOpen
		if len(m.Support) > 0 || m.Refuses != "" {
			support.State, support.Hint = ui.TaskDone, list(c, c.Lists().Supports(), m.Support)
		}
		all = append(all, support)
	}
	return append(all,
		task(c, m, appointmentsForm(nil), appointmentLine(c, m.Page)),
		task(c, m, topicsForm(), dotted(list(c, c.Lists().Specialties(), m.Specialties), list(c, c.Lists().AllInterests(), m.Interests))),
		task(c, m, destinationForm(), m.Destination.Place.Label),
		task(c, m, trainingForm(), list(c, nil, m.Training)),
		task(c, m, awayForm(), awayLine(c, m.Away)))
}

// aroundProfile is what belongs to a person besides what they say of themselves.
func aroundProfile(c *page.Call, m *person.Mine) ([]ui.Task, error) {
	declared := ui.Task{Label: c.Say("profile.authority"), Hint: c.Say("profile.authority.task"), Href: AuthorityPath}
	if !m.Declared.IsZero() && c.House.Now().Sub(m.Declared) < mentoring.DeclaredFor {
		declared.State, declared.Hint = ui.TaskDone, c.Say("profile.authority.declared", "when", c.Day(m.Declared))
	}
	all := []ui.Task{
		declared,
		{Label: c.Say("profile.apart"), Hint: c.Say("profile.apart.task"), Href: ApartPath},
		{Label: c.Say("profile.delegates"), Hint: c.Say("profile.delegates.task"), Href: DelegatesPath},
	}
	if len(m.Delegate) > 0 {
		all[2].State, all[2].Hint = ui.TaskDone, c.Words.Count("profile.delegates.count", int64(len(m.Delegate)))
	}
	asked, err := c.House.Characteristics.Own(c.Request.Context(), c.Visit)
	if err != nil {
		return nil, err
	}
	if len(asked) > 0 { // whether one is answered makes no difference here (AP-2)
		all = append(all, ui.Task{Label: c.Say("profile.characteristics"), Hint: c.Say("profile.characteristics.task"), Href: CharacteristicsPath})
	}
	return all, nil
}

// naming asks somebody whether they accept to book for another.
func naming(c *page.Call, n person.Naming) templ.Component {
	name := n.Given + " " + n.Family
	if n.Given+n.Family == "" {
		name = c.Say("profile.somebody")
	}
	notice := ui.Notice{Title: c.Say("profile.named", "name", name), Text: c.Say("profile.named.what")}
	return noticeWith(notice, []posted{
		{Button: ui.Button{Label: c.Say("profile.named.accept")}, action: DelegatesPath + "/" + n.ID + "/accept"},
	})
}

// An improvement is something that would help to find who suits somebody.
type improvement struct{ key, href string }

// mostImprovements are as many as anybody wants to read.
const mostImprovements = 3

// improvements are what would help most, the most helpful first. How much is filled in is no measure of anybody, and what
// is sensitive is never among them (AP-2).
func improvements(m *person.Mine) (better []improvement) {
	seeks, offers := len(m.Seeks) > 0, len(m.Offers) > 0
	for _, one := range []struct {
		is bool
		improvement
	}{
		{m.Given+m.Family == "", improvement{"name", NamePath}},
		{!seeks && !offers, improvement{"seeks", SeeksPath}},
		{seeks && !hasLine(m.Seeks), improvement{"lines", LinesPath}},
		{offers && !m.Listed, improvement{"listed", OffersPath}},
		{offers && m.Capacity == 0, improvement{"capacity", OffersPath}},
		{len(m.Languages) == 0 || m.Distance == "", improvement{"how", HowPath}},
		{offers && !hasLine(m.Offers), improvement{"support", SupportPath}},
		{len(m.Appointments) == 0 && !m.Guest, improvement{"appointments", AppointmentsPath}},
		{len(m.Specialties)+len(m.Interests) == 0, improvement{"topics", TopicsPath}},
		{len(m.When) == 0, improvement{"when", HowPath}},
	} {
		if one.is && len(better) < mostImprovements {
			better = append(better, one.improvement)
		}
	}
	return better
}

func hasLine(terms []mentoring.Term) bool {
	for _, t := range terms {
		if t.Line != "" {
			return true
		}
	}
	return false
}

func improving(c *page.Call, better []improvement) templ.Component {
	var links []ui.Link
	for _, one := range better {
		links = append(links, ui.Link{Label: c.Say("profile.better." + one.key), Href: one.href})
	}
	return linkCard(c.Words.Count("profile.better", int64(len(better))), links)
}
