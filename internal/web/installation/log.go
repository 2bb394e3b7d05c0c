package installation

import (
	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Log shows how far the audit log is sealed, and the checkpoint by which others can hold it to its past.
func Log(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	s, err := c.House.Accounts.State(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	signed, err := c.House.Accounts.Checkpoint(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	facts := []ui.Answer{
		{Question: c.Say("installation.events"), Answer: c.Words.Number(int64(s.Events))},
		{Question: c.Say("installation.seals"), Answer: c.Words.Number(s.Seals)},
		{Question: c.Say("installation.sealed"), Answer: sealedAt(c, s)},
	}
	p := parts{head: ui.Head{Title: c.Say("installation.log"), Lead: c.Say("installation.log.lead"), Back: back(c)}}
	p.content = []templ.Component{checkpoint(c.Words, facts, string(signed))}
	return show(c, p)
}

// Checkpoint gives the newest checkpoint as a file, named by the day.
func Checkpoint(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	signed, err := c.House.Accounts.Checkpoint(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	if signed == nil {
		return mentoring.NotHere()
	}
	return c.File("checkpoint-"+c.House.Now().UTC().Format("2006-01-02")+".txt", "text/plain; charset=utf-8", signed)
}
