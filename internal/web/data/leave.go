package data

import (
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// programsPath is where the pages of programs are, each with its way out.
const programsPath = "/programs"

// A takingPart is where somebody is and can leave, and what they coordinate.
type takingPart struct {
	listed bool // in the directory
	in     []person.Membership
	runs   []string // programs by name
}

func takingPartIn(c *page.Call) (p takingPart, err error) {
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return p, err
	}
	p.listed = mine.Listed
	all, _, err := c.House.People.Programs(c.Request.Context(), c.Visit)
	for _, one := range all {
		if !one.Since.IsZero() {
			p.in = append(p.in, one)
		}
		if one.Runs {
			p.runs = append(p.runs, nameIn(c, one.Program))
		}
	}
	return p, err
}

// some says whether there is something to leave, and several whether there is more than one.
func (p takingPart) some() bool    { return p.listed || len(p.in) > 0 }
func (p takingPart) several() bool { return len(p.in) > 1 || p.listed && len(p.in) > 0 }

func nameIn(c *page.Call, p mentoring.Program) string {
	return program.NameIn(p, string(c.Words.Language))
}

// A way is one out of a program.
type way struct {
	title, since string
	leave        ui.Button
}

// A leaving is the page of all that somebody can leave.
type leaving struct {
	head      ui.Head
	empty     *ui.Empty
	directory []string // what follows from leaving it; none: they are not in it
	programs  []way
	all       string // the words of the way out of everything; "": there is not more than one
}

// Leaving shows what somebody can leave, each with its way out, and the way out of all of it at once.
func Leaving(c *page.Call) error {
	p, err := takingPartIn(c)
	if err != nil {
		return err
	}
	l := leaving{head: ui.Head{Title: c.Say("data.leave"), Lead: c.Say("data.leave.lead"), Back: back(c)}}
	if p.listed {
		l.directory = []string{c.Say("data.leave.found"), c.Say("data.leave.stays"), c.Say("data.leave.again")}
	}
	for _, one := range p.in {
		name := nameIn(c, one.Program)
		l.programs = append(l.programs, way{
			title: name, since: c.Say("program.mine.since", "day", c.Day(one.Since)),
			leave: ui.Button{Label: c.Say("program.mine.leave"), Extra: name, Small: true, Href: programsPath + "/" + string(one.Program.ID) + "/leave"},
		})
	}
	if p.several() {
		l.all = c.Say(p.allKey())
	}
	if !p.some() {
		l.empty = &ui.Empty{Icon: ui.IconTick, Title: c.Say("data.leave.none"), Text: c.Say("data.leave.none.text")}
	}
	return c.Show(ui.Page{Title: l.head.Title, Readers: onlyMe(c)}, leavingPage(c.Words, l))
}

// allKey is the key of the way out of everything.
func (p takingPart) allKey() string {
	if p.listed {
		return "data.leave.all"
	}
	return "data.leave.all.programs"
}

// LeaveDirectory takes the person out of the directory. All that they said stays theirs.
func LeaveDirectory(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.People.LeaveDirectory(c.Request.Context(), c.Visit); err != nil {
		return err
	}
	return c.GoSaying(Path, "said.directory-left")
}

// AskLeavingAll asks before the person leaves the directory and all programs. Where there is nothing to leave it shows that.
func AskLeavingAll(c *page.Call) error {
	p, err := takingPartIn(c)
	if err != nil {
		return err
	}
	if !p.some() {
		return c.Go(LeavePath)
	}
	var effects, names []string
	if p.listed {
		effects = append(effects, c.Say("data.leave.found"))
	}
	for _, one := range p.in {
		names = append(names, nameIn(c, one.Program))
	}
	if len(names) > 0 {
		effects = append(effects, c.Say("data.leave.all.seen", "programs", c.Words.List(names)))
	}
	effects = append(effects, c.Say("data.leave.all.stays"), c.Say("data.leave.all.log"), c.Say("data.leave.all.back"))
	if len(p.runs) > 0 {
		effects = append(effects, c.Say("data.leave.all.coordinate", "programs", c.Words.List(p.runs)))
	}
	return c.Put(page.Question{
		Title: c.Say(p.allKey() + ".title"), Lead: c.Say("data.leave.lead"), Readers: onlyMe(c),
		Back:         ui.Link{Label: c.Say("data.leave"), Href: LeavePath},
		Confirmation: ui.Confirmation{Effects: effects, Action: LeaveAllPath, Confirm: c.Say(p.allKey()), Cancel: LeavePath},
	})
}

// LeaveAll takes the person out of all of it.
func LeaveAll(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.People.LeaveAll(c.Request.Context(), c.Visit); err != nil {
		return err
	}
	return c.GoSaying(Path, "said.all-left")
}
