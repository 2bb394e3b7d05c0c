package page

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A Question is a page of its own that asks before something is done: what follows from it, perhaps one thing to be typed,
// and a button.
type Question struct {
	Title, Lead string
	Back        ui.Link
	Readers     ui.WhoSees
	Side        ui.Side // of a program; zero: none
	ui.Confirmation
}

// Put answers with the page of a question.
func (c *Call) Put(q Question) error { return c.put(http.StatusOK, q, "") }

// PutAgain answers with the page of a question again, since what it was about was refused, and says why: beside what was
// typed, which must stand in the question, or else above it. What its reader cannot put right comes back as it is.
func (c *Call) PutAgain(q Question, refused error) error {
	text, status, other := c.Refusal(refused)
	if other != nil {
		return other
	}
	if q.Type != nil {
		line := *q.Type
		line.Error, q.Type = text, &line
		text = ""
	}
	return c.put(status, q, text)
}

func (c *Call) put(status int, q Question, refused string) error {
	p := ui.Page{Title: q.Title, Readers: q.Readers, Side: q.Side}
	var problems []ui.Problem
	if q.Type != nil {
		problems = ui.Problems(q.Type.Field)
	}
	p.Problems = len(problems)
	return c.ShowAs(status, p, question(c.Words, q, problems, refused))
}
