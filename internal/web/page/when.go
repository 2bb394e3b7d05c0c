package page

import (
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// Fresh is nil if whoever asks has signed in lately enough for what asks for that, and otherwise leads to a fresh
// sign-in and back to this page. A page with such a form asks before it is filled in, so that nothing typed is lost.
func (c *Call) Fresh() error {
	if c.House.Now().Sub(c.Visit.ProvedAt) <= account.FreshFor {
		return nil
	}
	return &mentoring.Fault{Kind: mentoring.Forbidden, Key: freshSignIn}
}

// there is an instant as clocks show it where the house stands: instants are kept without a place.
func (h *House) there(at time.Time) time.Time { return at.In(h.Now().Location()) }

// Day is the day of an instant where the house stands: "1 November 2026".
func (c *Call) Day(at time.Time) string { return c.Words.Date(c.House.there(at)) }

// Clock is the time of day of an instant where the house stands: "17:30" or "17 h 30".
func (c *Call) Clock(at time.Time) string { return c.Words.Clock(c.House.there(at)) }

// When is day and time of an instant: "1 November 2026, 17:30".
func (c *Call) When(at time.Time) string { return c.Day(at) + ", " + c.Clock(at) }

// Zone names the time zone of the house, such as "UTC−05:00".
func (c *Call) Zone() string { return c.Words.Zone(c.House.Now()) }
