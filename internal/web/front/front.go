// Package front is what anybody may read and choose: the first page, who sees what, language and colours.
package front

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/url"

	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// First is the first page: for strangers what this is and how to come in, for members what there is to do.
func First(c *page.Call) error {
	if c.SignedIn() {
		h, err := homeOf(c)
		if err != nil {
			return err
		}
		return c.Show(ui.Page{Title: h.head.Title}, homePage(c.Words, h))
	}
	return c.Show(ui.Page{Title: c.Say("welcome.title")}, welcome(c.Words, c.House.Name))
}

// Language lets the browser keep a language and goes back to where it was chosen.
func Language(c *page.Call) error {
	c.KeepLanguage(c.Path("tag"))
	return c.Go(c.Asked("to"))
}

// Colours lets the browser keep light or dark, and goes back.
func Colours(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	c.KeepTheme(c.Answer("theme"))
	return c.Go(c.Here())
}

// PolicyReport takes what a browser tells of the policy of the pages. Only which rule it was and of which of our pages'
// kinds of things is logged: the rest could name people.
func PolicyReport(c *page.Call) error {
	text, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return c.Nothing()
	}
	var told struct {
		Report struct {
			Directive string `json:"effective-directive"`
			Older     string `json:"violated-directive"`
			Blocked   string `json:"blocked-uri"`
		} `json:"csp-report"`
	}
	if json.Unmarshal(text, &told) != nil {
		return c.Nothing()
	}
	directive := told.Report.Directive
	if directive == "" {
		directive = told.Report.Older
	}
	c.House.Log.LogAttrs(c.Request.Context(), slog.LevelWarn, "a browser held something back",
		slog.String("rule", short(directive)), slog.String("from", origin(told.Report.Blocked)))
	return c.Nothing()
}

// origin is scheme and host of an address, or the one word that browsers say in its place.
func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "?"
	}
	if u.Host == "" {
		return short(u.Path)
	}
	return short(u.Scheme + "://" + u.Host)
}

// short is text of others made fit for a line of a log.
func short(text string) string {
	if len(text) > 60 {
		return text[:60]
	}
	return text
}
