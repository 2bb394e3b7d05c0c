package installation

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/outbox"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Failures shows the letters that no server took or that came back, and work that was tried as often as it may be.
func Failures(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	letters, err := c.House.Outbox.Stuck(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	jobs, err := c.House.Outbox.DeadJobs(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{Title: c.Say("installation.failures"), Lead: c.Say("installation.failures.lead", "zone", c.Zone()), Back: back(c)}}
	if len(letters)+len(jobs) == 0 {
		none := ui.Empty{Icon: ui.IconTick, Title: c.Say("installation.failures.none"), Text: c.Say("installation.failures.none.what")}
		p.content = []templ.Component{none.Draw()}
		return show(c, p)
	}
	if len(letters) > 0 {
		p.content = append(p.content, flush(c.Words, letterTable(c, letters)))
	}
	if len(jobs) > 0 {
		p.content = append(p.content, flush(c.Words, workTable(c, jobs)))
	}
	return show(c, p)
}

func letterTable(c *page.Call, letters []outbox.Letter) ui.Table {
	table := ui.Table{Caption: c.Say("installation.letters"), Columns: []ui.Column{
		{Label: c.Say("installation.letter.subject")}, {Label: c.Say("installation.letter.what")}, {Label: c.Say("installation.letter.when")},
		{Label: c.Say("installation.do"), Hidden: true},
	}}
	for _, l := range letters {
		subject := l.Template.Subject(string(c.Words.Language), c.House.Name)
		state := ui.Cell{Text: c.Say("installation.letter.refused"), Line: detail(c, l.Detail())}
		if l.CameBack() {
			state.Text = c.Say("installation.letter.bounced")
		}
		at := LettersPath + "/" + l.ID
		table.Rows = append(table.Rows, ui.Row{{Text: subject}, state, {Text: c.When(l.EndedAt)}, {Part: beside([]posted{
			{ui.Button{Label: c.Say("installation.letter.again"), Extra: subject, Small: true}, at + "/again"},
			{ui.Button{Label: c.Say("installation.letter.give-up"), Extra: subject, Small: true, Kind: ui.Quiet, Href: at + "/give-up"}, ""},
		})}})
	}
	return table
}

// detail is what a letter came to, in words or, from a server, in its codes.
func detail(c *page.Call, code string) string {
	switch {
	case code == "":
		return ""
	case slices.Contains(notice.Details(), code):
		return c.Say("installation.detail." + code)
	}
	return c.Say("installation.detail.server", "code", code)
}

func workTable(c *page.Call, jobs []outbox.Job) ui.Table {
	table := ui.Table{Caption: c.Say("installation.work"), Columns: []ui.Column{
		{Label: c.Say("installation.work.kind")}, {Label: c.Say("installation.work.fault")}, {Label: c.Say("installation.work.when")},
		{Label: c.Say("installation.do"), Hidden: true},
	}}
	for _, j := range jobs {
		at := WorkPath + "/" + j.ID
		table.Rows = append(table.Rows, ui.Row{
			{Text: j.Kind, Line: c.Words.Count("installation.work.attempts", int64(j.Attempts))}, {Part: said(j.Fault)}, {Text: c.When(j.EndedAt)},
			{Part: beside([]posted{
				{ui.Button{Label: c.Say("installation.work.again"), Extra: j.Kind, Small: true}, at + "/again"},
				{ui.Button{Label: c.Say("installation.work.give-up"), Extra: j.Kind, Small: true, Kind: ui.Quiet, Href: at + "/give-up"}, ""},
			})},
		})
	}
	return table
}

// decide does something with a thing that failed, and goes back to the list. What somebody else decided meanwhile is not
// here any more.
func decide(c *page.Call, do func(ctx context.Context, v account.Visit, id string) error, said string) error {
	if err := operator(c); err != nil {
		return err
	}
	if err := do(c.Request.Context(), c.Visit, c.Path("id")); err != nil {
		return err
	}
	return c.GoSaying(FailuresPath, said)
}

// SendAgain has a letter sent again.
func SendAgain(c *page.Call) error {
	return decide(c, c.House.Outbox.SendAgain, "said.letter-again")
}

// GiveUpLetter lays a letter aside.
func GiveUpLetter(c *page.Call) error {
	return decide(c, c.House.Outbox.GiveUp, "said.letter-given-up")
}

// TryAgain has work tried again.
func TryAgain(c *page.Call) error {
	return decide(c, c.House.Outbox.Retry, "said.work-again")
}

// GiveUpWork gives work up.
func GiveUpWork(c *page.Call) error {
	return decide(c, c.House.Outbox.Forget, "said.work-given-up")
}

// AskGiveUpLetter asks before a letter is laid aside.
func AskGiveUpLetter(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	letters, err := c.House.Outbox.Stuck(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if l.ID == c.Path("id") {
			subject := l.Template.Subject(string(c.Words.Language), c.House.Name)
			return c.Put(givingUp(c, LettersPath, subject, c.Say("installation.letter.give-up"), c.Say("installation.letter.give-up.effect")))
		}
	}
	return mentoring.NotHere()
}

// AskGiveUpWork asks before work is given up.
func AskGiveUpWork(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	jobs, err := c.House.Outbox.DeadJobs(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.ID == c.Path("id") {
			return c.Put(givingUp(c, WorkPath, j.Kind, c.Say("installation.work.give-up"), c.Say("installation.work.give-up.effect")))
		}
	}
	return mentoring.NotHere()
}

func givingUp(c *page.Call, path, what, do, effect string) page.Question {
	return page.Question{
		Title: do, Lead: what, Readers: administrators(c), Back: ui.Link{Label: c.Say("installation.failures"), Href: FailuresPath},
		Confirmation: ui.Confirmation{
			Effects: []string{effect}, Action: path + "/" + c.Path("id") + "/give-up", Confirm: do, Cancel: FailuresPath, Final: true,
		},
	}
}
