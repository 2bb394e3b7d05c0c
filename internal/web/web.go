// Package web is how things look: every address of the site, and what stands around every page. Which handler answers an
// address, and which row of the permission table lets whom come, is in routes.go, on one screen.
//
// Pages reach what is kept through activities alone, where permission is asked. Nothing here knows the store.
package web

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/outbox"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/vocabulary/edition"
	"github.com/chiron-mentoring/chiron/internal/web/assets"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Options are what a site is made from.
type Options struct {
	Accounts        *account.Accounts
	People          *person.People
	Characteristics *person.Characteristics
	Config          *config.Config // what is in force
	Privacy         *privacy.Privacy
	Lists           *edition.Editions
	Outbox          *outbox.Outbox
	Programs        *program.Programs
	Version         string // of this program
	Log             *slog.Logger
	Now             func() time.Time
	Name            string          // of the installation
	Origin          string          // such as "https://mentoring.example.org"
	Proxies         config.Networks // whose word on who asks is believed
	Languages       []locale.Language
	Seen            func(page.Answered) // told of every answer; nil: nobody is
	Full            func() bool         // whether nothing may be changed, since the disk is full; nil: it never is
	Places          chan struct{}       // as many requests are answered at once; nil: any number
	More            []page.Route        // of a demonstration
	Notice          string              // key of what stands on every page, as in a demonstration; "": nothing
	Links           []ui.Link           // behind that, with keys as labels
}

// New makes the site.
func New(o Options) http.Handler {
	house := &page.House{
		Accounts: o.Accounts, People: o.People, Characteristics: o.Characteristics, Config: o.Config, Outbox: o.Outbox, Privacy: o.Privacy, Lists: o.Lists, Programs: o.Programs, Version: o.Version, Log: o.Log, Now: o.Now, Name: o.Name, Origin: o.Origin,
		Proxies: o.Proxies, Languages: o.Languages, Seen: o.Seen, Around: around, Notice: o.Notice, Links: o.Links, Full: o.Full, Places: o.Places,
	}
	mux := http.NewServeMux()
	house.Mount(mux, Routes())
	house.Mount(mux, o.More)
	mux.Handle(assets.Root, assets.Handler())
	mux.Handle("/", house.NotHere())
	return house.Protect(mux)
}
