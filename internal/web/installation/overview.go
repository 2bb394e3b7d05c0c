package installation

import (
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Overview shows how the installation is: at first what somebody should look at, if there is anything.
func Overview(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	s, err := c.House.Accounts.State(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	backup := latestBackup(c)
	p := parts{head: ui.Head{Title: c.Say("installation.title"), Lead: c.Say("installation.lead", "zone", c.Zone())}}
	if list := concerns(c, s, backup); len(list) > 0 {
		p.content = append(p.content, toLookAt(c.Words, list))
	}
	letters, work := figures(c, s)
	p.content = append(p.content, ui.Figures(letters), ui.Figures(work), house(c.Words, facts(c, s, backup), places(c)))
	return show(c, p)
}

// A concern is something that somebody should look at.
type concern struct {
	text string
	more ui.Link
}

// concerns are what somebody should look at.
func concerns(c *page.Call, s account.State, b backup) (list []concern) {
	care := func(text string) { list = append(list, concern{text: text}) }
	if stuck := s.Letters.Stuck + s.Work.Stuck; stuck > 0 {
		text := c.Words.Count("installation.care.failed", int64(stuck))
		list = append(list, concern{text, ui.Link{Label: c.Say("installation.failures"), Href: FailuresPath}})
	}
	if free, known := room(c); known && !free.ForUploads() {
		care(c.Say("installation.care.disk", "free", c.Words.Bytes(int64(free))))
	}
	if c.House.Config.Mail.Host == "" {
		care(c.Say("installation.care.mail"))
	}
	switch {
	case b.failed:
		care(c.Say("installation.care.backup-unread"))
	case b.at == "":
		care(c.Say("installation.care.backup-none"))
	case b.old:
		care(c.Say("installation.care.backup-old", "when", b.at))
	}
	return list
}

// figures are how many letters and works there are in each state.
func figures(c *page.Call, s account.State) (letters, work []ui.Figure) {
	figure := func(label string, n int) ui.Figure { return ui.Figure{Label: label, Value: c.Words.Number(int64(n))} }
	letters = []ui.Figure{
		figure(c.Say("installation.letters.waiting"), s.Letters.Waiting),
		figure(c.Say("installation.letters.sent"), s.Letters.Sent),
		figure(c.Say("installation.letters.failed"), s.Letters.Stuck),
		figure(c.Say("installation.letters.withheld"), s.Letters.Withheld),
	}
	work = []ui.Figure{
		figure(c.Say("installation.work.waiting"), s.Work.Waiting),
		figure(c.Say("installation.work.running"), s.Work.GoingOn),
		figure(c.Say("installation.work.done"), s.Work.Done),
		figure(c.Say("installation.work.failed"), s.Work.Stuck),
	}
	return letters, work
}

// A backup is the newest one, as far as the folder tells.
type backup struct {
	at     string // "": there is none
	old    bool   // older than the settings allow
	failed bool   // the folder cannot be read
}

func latestBackup(c *page.Call) backup {
	saved, err := operate.Backups(string(c.House.Config.Backup.Folder))
	if err != nil || len(saved) == 0 {
		return backup{failed: err != nil}
	}
	age := c.House.Now().Sub(saved[0].At)
	return backup{at: c.When(saved[0].At), old: age > time.Duration(c.House.Config.Backup.Age)}
}

// room is how much can still be written to the disk of the data or, where the data is elsewhere, of the backups; false: it
// cannot be measured.
func room(c *page.Call) (operate.Room, bool) {
	folder := string(c.House.Config.Backup.Folder)
	if c.House.Config.DB.IsFolder() {
		folder = string(c.House.Config.DB)
	}
	r, err := operate.RoomOf(folder)
	return r, err == nil
}

func facts(c *page.Call, s account.State, b backup) []ui.Answer {
	config := c.House.Config
	schema := c.Say("installation.schema.newest", "version", s.Schema)
	if s.Schema != s.Newest {
		schema = c.Say("installation.schema.other", "version", s.Schema, "newest", s.Newest)
	}
	newest := b.at
	if newest == "" {
		newest = c.Say("installation.backup.none")
	}
	var list []ui.Answer
	if c.House.Version != "" {
		list = []ui.Answer{{Question: c.Say("installation.program"), Answer: c.House.Version}}
	}
	list = append(list, []ui.Answer{
		{Question: c.Say("installation.address"), Answer: config.URL.String()},
		{Question: c.Say("installation.database"), Answer: engineName(s) + ", " + c.Words.Bytes(s.Size)},
		{Question: c.Say("installation.schema"), Answer: schema},
		{Question: c.Say("installation.backup"), Answer: newest},
	}...)
	if free, known := room(c); known {
		list = append(list, ui.Answer{Question: c.Say("installation.disk"), Answer: c.Words.Bytes(int64(free))})
	}
	return append(list,
		ui.Answer{Question: c.Say("installation.events"), Answer: c.Words.Number(int64(s.Events))},
		ui.Answer{Question: c.Say("installation.sealed"), Answer: sealedAt(c, s)},
	)
}

// sealedAt is when the audit log was sealed last.
func sealedAt(c *page.Call, s account.State) string {
	if s.SealedAt.IsZero() {
		return c.Say("installation.log.unsealed")
	}
	return c.When(s.SealedAt)
}

// engineName is the database by the name that it has everywhere.
func engineName(s account.State) string {
	if s.PostgreSQL {
		return "PostgreSQL"
	}
	return "SQLite"
}

func places(c *page.Call) []ui.Place {
	return []ui.Place{
		{Label: c.Say("installation.administrators"), Href: AdministratorsPath, Line: c.Say("installation.administrators.hint")},
		{Label: c.Say("installation.accounts"), Href: AccountsPath, Line: c.Say("installation.accounts.hint")},
		{Label: c.Say("installation.programs"), Href: ProgramsPath, Line: c.Say("installation.programs.hint")},
		{Label: c.Say("units.title"), Href: Path + "/units", Line: c.Say("units.hint")},
		{Label: c.Say("lists.title"), Href: Path + "/lists", Line: c.Say("lists.hint")},
		{Label: c.Say("profile.inquiries"), Href: Path + "/characteristics", Line: c.Say("profile.inquiries.hint")},
		{Label: c.Say("installation.failures"), Href: FailuresPath, Line: c.Say("installation.failures.hint")},
		{Label: c.Say("installation.settings"), Href: SettingsPath, Line: c.Say("installation.settings.hint")},
		{Label: c.Say("installation.log"), Href: LogPath, Line: c.Say("installation.log.hint")},
	}
}
