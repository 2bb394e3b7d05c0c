package installation

import (
	"net/url"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	programs "github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/program"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// invitedTable are those who were invited to coordinate a program and have not accepted.
func invitedTable(c *page.Call, one programs.Program) ui.Table {
	t := ui.Table{Caption: c.Say("installation.programs.invited"), Columns: []ui.Column{
		{Label: c.Say("installation.programs.address")}, {Label: c.Say("installation.programs.since")}, {Label: c.Say("installation.programs.until")},
		{Label: c.Say("program.invite.state")}, {Label: c.Say("installation.do"), Hidden: true},
	}}
	for _, i := range one.Invited {
		at, buttons := invitedPath(one.ID, i.ID), []posted(nil)
		if i.MayRemind {
			buttons = append(buttons, posted{Button: ui.Button{Label: c.Say("program.invite.remind"), Extra: i.Address, Small: true}, action: at + "/remind"})
		}
		buttons = append(buttons, posted{Button: ui.Button{Label: c.Say("program.invite.withdraw"), Extra: i.Address, Small: true, Kind: ui.Quiet, Href: at + "/withdraw"}})
		t.Rows = append(t.Rows, ui.Row{
			{Text: i.Address}, {Text: c.Day(i.MadeAt)}, {Text: c.Day(i.MadeAt.Add(mentoring.InvitationLasts))}, program.Answer(c, i), {Part: beside(buttons)},
		})
	}
	return t
}

func invitedPath(id mentoring.ProgramID, invited string) string {
	return programPath(id) + "/coordinators/invited/" + url.PathEscape(invited)
}

// theInvited is the invitation of the address, to coordinate the program of the address.
func theInvited(c *page.Call) (one programs.Program, i person.Invited, err error) {
	if one, err = theProgram(c); err != nil {
		return one, i, err
	}
	for _, i := range one.Invited {
		if i.ID == c.Path("invited") {
			return one, i, nil
		}
	}
	return one, i, mentoring.NotHere()
}

// RemindCoordinator writes once more to somebody who was invited to coordinate and has not answered.
func RemindCoordinator(c *page.Call) error {
	one, i, err := theInvited(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.People.RemindCoordinator(c.Request.Context(), c.Visit, one.ID, i.ID); err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return showProgram(c, status, one, []ui.Notice{{Kind: ui.Wrong, Text: text, Arrived: true}})
	}
	return c.GoSaying(programPath(one.ID), "said.invitation-reminded")
}

func withdrawing(c *page.Call) (q page.Question, one programs.Program, i person.Invited, err error) {
	if one, i, err = theInvited(c); err != nil {
		return q, one, i, err
	}
	q = program.Withdrawing(c, i, invitedPath(one.ID, i.ID)+"/withdraw", ui.Link{Label: nameOf(c, one.Program), Href: programPath(one.ID)})
	q.Lead, q.Readers = nameOf(c, one.Program), administrators(c)
	return q, one, i, nil
}

// AskWithdrawing asks before an invitation to coordinate is taken back.
func AskWithdrawing(c *page.Call) error {
	q, _, _, err := withdrawing(c)
	if err != nil {
		return err
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(q)
}

// WithdrawCoordinator takes it back.
func WithdrawCoordinator(c *page.Call) error {
	q, one, i, err := withdrawing(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.People.WithdrawCoordinator(c.Request.Context(), c.Visit, one.ID, i.ID); err != nil {
		return c.PutAgain(q, err)
	}
	return c.GoSaying(programPath(one.ID), "said.invitation-withdrawn")
}
