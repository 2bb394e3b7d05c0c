package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/demo"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/serve"
	pages "github.com/chiron-mentoring/chiron/internal/web/demo"
	webpage "github.com/chiron-mentoring/chiron/internal/web/page"
)

type demoCommand struct {
	Folder string `placeholder:"FOLDER" help:"Keep the demonstration in this folder, to go on with it another time. It must not exist, be empty, or hold a demonstration. Without it a folder is made for the time being, and removed at the end."`
	People int    `default:"400" placeholder:"N" help:"The size of the school (${default}); 1140 is that of a whole one, and takes some seconds more."`
	Seed   uint64 `default:"1" placeholder:"SEED" help:"A number; each makes another school (${default})."`
}

func (*demoCommand) Help() string {
	return `Starts the web platform with a make-believe medical school in it, and prints an address. Open it, and come in as anybody at the school by one button: a resident who looks for a mentor, a physician who mentors, somebody whose language is French, the administrator. Mails are caught and can be read there.

Only this machine can reach it, nothing is sent anywhere, and at the end (Ctrl-C) everything is removed. It never touches an installation: it makes its own database and keys, and opens no folder that another program made.

Of the settings, it goes by listen (an address of this machine alone), languages and log-level.

Examples:

    chiron demo
    chiron demo --people 200 --folder school --listen 127.0.0.1:9000`
}

// Validate is asked before Run.
func (c *demoCommand) Validate() error {
	if c.People < demo.Fewest || c.People > demo.Most {
		return fmt.Errorf("--people=%d makes no school to look at; write a number from %d to %d", c.People, demo.Fewest, demo.Most)
	}
	return nil
}

func (c *demoCommand) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := demoSettings(t.settings)
	if err != nil {
		return &inputError{err}
	}
	folder, err := demo.OpenFolder(c.Folder)
	if err != nil {
		return &inputError{err}
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	into, err := demoConfig(settings, folder)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(t.stderr, &slog.HandlerOptions{Level: into.LogLevel.Slog()}))
	desk := &pages.Desk{Catcher: &mail.Catcher{}}
	s, err := serve.Open(ctx, serve.Options{
		Config: into, Log: log, Now: time.Now, Sender: desk.Catcher, Notice: pages.Notice, Links: pages.Links,
		More: func(*serve.Server) []webpage.Route { return desk.Routes() },
	})
	if err != nil {
		return &inputError{err}
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	desk.School, err = demo.Open(ctx, s.Accounts, demo.Make{Seed: c.Seed, People: c.People})
	if errors.Is(err, account.ErrUsed) {
		return &inputError{err}
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(t.stdout, "The demonstration is at %s%s\n\nNobody in it exists, and nothing is sent anywhere. Stop it with Ctrl-C.\n%s\n",
		s.Config.URL, pages.PeoplePath, whatRemains(c.Folder))
	return s.Run(ctx)
}

func whatRemains(folder string) string {
	if folder == "" {
		return "Then everything is removed."
	}
	return "It stays in " + folder + ", and the same command goes on with it."
}

// demoSettings are those that were given, if a demonstration goes by them: it makes its own database, keys and address, and
// sends no mail.
func demoSettings(given map[string]string) (map[string]string, error) {
	settings := map[string]string{"name": "University of Northern Example"}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains([]string{"listen", "languages", "log-level"}, key) {
			return nil, fmt.Errorf("a demonstration does not go by the setting %s: it makes its own. Leave it out", key)
		}
		settings[key] = given[key]
	}
	listen, set := settings["listen"]
	if !set {
		settings["listen"] = freeDoor()
		return settings, nil
	}
	host, _, err := net.SplitHostPort(listen)
	if address, wrong := netip.ParseAddr(host); host != "localhost" && (err != nil || wrong != nil || !address.Unmap().IsLoopback()) {
		return nil, fmt.Errorf("listen is %q, where other machines could come in as anybody; write an address of this machine alone, such as 127.0.0.1:8080", listen)
	}
	return settings, nil
}

// freeDoor is the usual address where pages are or, if something else is there, any that is free.
func freeDoor() string {
	const usual = "127.0.0.1:8080"
	door, err := net.Listen("tcp", usual)
	if err != nil {
		return "127.0.0.1:0"
	}
	_ = door.Close() // nothing came through it
	return usual
}

// demoConfig are the settings of a demonstration in its folder. Neither the environment nor a file of settings has a say:
// they may be those of an installation.
func demoConfig(settings map[string]string, f demo.Folder) (*config.Config, error) {
	settings["db"], settings["keys"], settings["backup-folder"] = f.Data(), f.Keys(), f.Backups()
	c, err := config.Parse("", nil, nil, settings)
	if err != nil {
		var all config.Problems
		if errors.As(err, &all) {
			return nil, all
		}
		return nil, &inputError{errors.New(strings.TrimSpace(err.Error()))}
	}
	return c, nil
}
