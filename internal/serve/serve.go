// Package serve puts the rooms of the platform together, opens the doors and keeps the house running: pages, letters,
// the seals of the audit log, sweeping, health. It decides nothing about mentoring.
//
// A server may be killed at any moment. There is no other way of ending that promises more: what was answered is kept,
// what was promised is in the queue, and the next start goes on from there.
package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/outbox"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
	"github.com/chiron-mentoring/chiron/internal/web"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Options are what a server is made from.
type Options struct {
	Config *config.Config
	Log    *slog.Logger
	Now    func() time.Time
	Sender mail.Sender // in place of the one that the settings name; nil: that one

	Program string // the version of this program, for those who look after the installation

	// Of a demonstration.
	Notice string                       // key of what stands above every page
	Links  []ui.Link                    // behind it, with keys as labels
	More   func(s *Server) []page.Route // further addresses
}

// A Server is a house that is ready to open. The rooms are there for commands and demonstrations to use.
type Server struct {
	Config          *config.Config
	Program         string // its version
	DB              *store.DB
	Keys            *keys.Ring
	Queue           *job.Queue
	Post            *notice.Post
	Accounts        *account.Accounts
	People          *person.People
	Characteristics *person.Characteristics
	Vault           *private.Vault
	Privacy         *privacy.Privacy
	Sealer          *audit.Sealer
	Now             func() time.Time
	Log             *slog.Logger

	doors   doors
	pages   http.Handler
	measure *measures
	full    atomic.Bool // the disk: pages only show
}

// Open listens, opens keys and store, and puts the rooms together. Pages are answered by Run. Close must be called.
func Open(ctx context.Context, o Options) (s *Server, err error) {
	s = &Server{Config: o.Config, Program: o.Program, Now: o.Now, Log: o.Log, measure: newMeasures()}
	defer func() {
		if err != nil {
			err, s = errors.Join(err, s.Close()), nil
		}
	}()
	if s.doors, err = listen(o.Config); err != nil {
		return s, err
	}
	if s.Config.URL == "" { // any port that was free
		_, port, _ := net.SplitHostPort(s.doors.pages.Addr().String())
		s.Config.URL = config.Origin("http://localhost:" + port)
	}
	if err = s.unlock(ctx, o.More != nil); err != nil {
		return s, err
	}
	return s, s.furnish(o)
}

// unlock opens keys and store, which must belong together.
func (s *Server) unlock(ctx context.Context, demonstration bool) (err error) {
	if s.Keys, err = keys.Open(string(s.Config.Keys), s.host()+"/audit", s.Now(), apart(s.Config)...); err != nil {
		return err
	}
	if err = s.upgrade(ctx); err != nil {
		return err
	}
	if s.DB, err = store.Open(ctx, string(s.Config.DB)); err != nil {
		return fmt.Errorf("open %s: %w", s.Config.DB, err)
	}
	if err := s.Keys.Recognise(ctx, s.DB); err != nil {
		return err
	}
	if err := s.isWhatItShouldBe(ctx, demonstration); err != nil {
		return err
	}
	s.Vault, err = private.Open(ctx, s.DB, s.Keys, s.Now)
	return err
}

// upgrade brings the schema of an older version up to date, after a backup. On PostgreSQL several instances may start at
// once, and opening the store does what is missing, one step in one transaction; there the backup is its keeper's.
func (s *Server) upgrade(ctx context.Context) error {
	if !s.Config.DB.IsFolder() {
		return nil
	}
	versions, err := operate.LookAtVersions(ctx, string(s.Config.DB))
	if err != nil || versions.Present == 0 || versions.Present >= versions.Newest {
		return err
	}
	done, err := operate.Migrate(ctx, operate.Installation{
		Source: string(s.Config.DB), Folder: string(s.Config.Backup.Folder), Keys: s.Keys, Program: s.Program, Now: s.Now,
	})
	if err != nil {
		return fmt.Errorf("upgrade %s from version %d of the schema: %w", s.Config.DB, versions.Present, err)
	}
	s.Log.LogAttrs(ctx, slog.LevelInfo, "the schema was upgraded, after a backup",
		slog.Int64("from", done.Present), slog.Int64("to", done.Newest), slog.String("backup", done.Backup.Path))
	return nil
}

// isWhatItShouldBe refuses a demonstration where people are to be served: in one, anybody can be anybody.
func (s *Server) isWhatItShouldBe(ctx context.Context, demonstration bool) error {
	mark, err := account.Demonstration(ctx, s.DB)
	if err == nil && mark != "" && !demonstration {
		return fmt.Errorf("%s is a demonstration, and nobody in it exists. Start it with chiron demo, or choose another place for the data", s.Config.DB)
	}
	return err
}

// host is the name under which people reach the house.
func (s *Server) host() string {
	at, err := url.Parse(s.Config.URL.String())
	if err != nil {
		panic(err) // the settings were read
	}
	return at.Hostname()
}

// furnish puts the rooms together.
func (s *Server) furnish(o Options) (err error) {
	sender := o.Sender
	if sender == nil {
		if sender, err = senderOf(s.Config.Mail); err != nil {
			return err
		}
	}
	secrets := notice.NewSecrets(s.Keys.Letters())
	from := s.Config.Mail.Sender.Address.Address
	if from == "" {
		from = "chiron@" + s.host()
	}
	s.Queue = job.New(s.DB, s.Now, s.Log)
	s.Post = notice.New(s.DB, s.Queue, sender, s.Now, notice.Site{
		Name: s.Config.Name.String(), Address: s.Config.URL.String(), From: from, Secrets: secrets,
	})
	institutions, err := institution.FromSettings(s.Config.Providers)
	if err != nil {
		return err
	}
	s.Accounts = &account.Accounts{
		DB: s.DB, Queue: s.Queue, Post: s.Post, Secrets: secrets, Now: s.Now, Open: s.Config.Join == config.Anybody,
		Keep: keepOf(s.Config.Retention),
		Name: s.Config.Name.String(), Origin: s.Config.URL.String(),
		Institutions: institution.NewDesk(s.Config.URL.String(), s.Now, institutions),
	}
	s.People = person.New(s.DB, s.Queue, s.Post, s.Now)
	s.Characteristics = &person.Characteristics{People: s.People, Vault: s.Vault}
	s.Privacy = privacy.New(s.People)
	s.Privacy.Sensitive = s.Characteristics.TakeAlong
	s.Privacy.Erased = func(ctx context.Context) error { return operate.NoteErased(ctx, s.DB, s.Config.Backup.Folder.String()) }
	s.Sealer = &audit.Sealer{DB: s.DB, Signer: s.Keys.Signer(), Now: s.Now}
	s.pages = s.site(o)
	return nil
}

// Close closes what Open opened.
func (s *Server) Close() error {
	err := s.doors.close()
	if s.DB != nil {
		err = errors.Join(err, s.DB.Close())
	}
	return err
}

// Pages answers every address of the site, as Run does at the doors.
func (s *Server) Pages() http.Handler { return s.pages }

func (s *Server) site(o Options) http.Handler {
	options := web.Options{
		Accounts: s.Accounts, Outbox: &outbox.Outbox{DB: s.DB, Queue: s.Queue, Post: s.Post, Now: s.Now}, Privacy: s.Privacy,
		People: s.People, Characteristics: s.Characteristics, Lists: s.People.Lists,
		Programs: &program.Programs{People: s.People, Post: s.Post},
		Config:   s.Config, Version: s.Program, Log: s.Log, Now: s.Now, Name: s.Config.Name.String(), Origin: s.Config.URL.String(),
		Proxies: s.Config.Proxies, Languages: languagesOf(s.Config.Languages), Notice: o.Notice, Links: o.Links, Seen: s.measure.answered,
		Places: make(chan struct{}, crowd), Full: s.full.Load,
	}
	if o.More != nil {
		options.More = o.More(s)
	}
	return web.New(options)
}

// apart are the folders that keys must not lie in.
func apart(c *config.Config) []string {
	folders := []string{string(c.Backup.Folder)}
	if c.DB.IsFolder() {
		folders = append(folders, string(c.DB))
	}
	return folders
}

func languagesOf(tags config.Languages) (all []locale.Language) {
	for _, tag := range tags {
		if l, err := locale.Parse(tag); err == nil {
			all = append(all, l)
		}
	}
	return all
}

// senderOf is how letters leave: by the server that the settings name or, without one, not yet.
func senderOf(m config.Mail) (mail.Sender, error) {
	if m.Host == "" {
		return mail.Nowhere{}, nil
	}
	relay := &mail.Relay{
		Host: m.Host.String(), Port: int(m.Port), Encryption: mail.Encryption(m.TLS.String()), User: m.User.String(),
	}
	if m.Password != "" {
		password, err := m.Password.Reveal()
		if err != nil {
			return nil, err
		}
		relay.Password = password
	}
	return relay, nil
}

// keepOf is how long the settings let things be kept.
func keepOf(r config.Retention) account.Keep {
	const day = 24 * time.Hour
	return account.Keep{Links: time.Duration(r.SignIns) * day, Letters: time.Duration(r.Letters) * day, Jobs: time.Duration(r.Jobs) * day}
}

// FirstLink is the address under which the first administrator comes in; "": there is one already.
func (s *Server) FirstLink(ctx context.Context) (string, error) {
	token, err := s.Accounts.FirstLink(ctx)
	if mentoring.IsFault(err, mentoring.Conflict) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return s.Config.URL.String() + "/link/" + token, nil
}
