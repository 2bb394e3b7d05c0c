package door

import (
	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

// Options are what the script hands to the device, as JSON (js/passkey.js).
func Options(c *page.Call) error {
	options, keep, err := c.House.Accounts.AskDevice(c.Request.Context(), c.Ask(), c.Remote())
	if err != nil {
		return err
	}
	c.KeepAsk(keep)
	return c.JSON(options)
}

// Passkey comes in by what the device answered, which the script has put into the form.
func Passkey(c *page.Call) error { return passkeyWith(c, key) }

func passkeyWith(c *page.Call, with func(*page.Call) account.Key) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	e, err := c.House.Accounts.ConfirmDevice(c.Request.Context(), with(c), []byte(c.Answer("answer")))
	if err != nil {
		return atDoor(c, err, goal(c.Answer("to")))
	}
	return enter(c, e, c.Answer("to"))
}
