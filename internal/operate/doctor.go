package operate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Finding is what was found when something was looked at. It names nobody.
type Finding struct {
	Check string `json:"check"` // what was looked at, such as "keys"; of an invariant its number, such as "I7"
	Grade Grade  `json:"grade"`
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"` // about it
}

// Grade is how bad a finding is.
type Grade string

// The grades.
const (
	Fine    Grade = "ok"
	Warning Grade = "warning" // it works, and somebody should look at it
	Problem Grade = "problem" // it does not work, or something will be lost
)

// Worst is the worst grade of some findings.
func Worst(all []Finding) Grade {
	worst := Fine
	for _, f := range all {
		if f.Grade == Problem || f.Grade == Warning && worst == Fine {
			worst = f.Grade
		}
	}
	return worst
}

// A Doctor looks at an installation and changes nothing. The server may run meanwhile.
type Doctor struct {
	Config *config.Config
	Now    func() time.Time

	found []Finding
}

// Tolerances of the doctor.
const (
	clockMayDiffer = 2 * time.Minute  // between machines that write to one database
	workMayBeLate  = 10 * time.Minute // when a server runs
)

// Examine looks at everything that can be looked at in moments, and says what it found of each.
func (d *Doctor) Examine(ctx context.Context) []Finding {
	d.found = nil
	d.secrets()
	ring := d.keys(ctx)
	d.database(ctx, ring)
	d.rooms()
	d.mail(ctx)
	return d.found
}

func (d *Doctor) add(check string, grade Grade, do, says string, args ...any) {
	d.found = append(d.found, Finding{check, grade, fmt.Sprintf(says, args...), do})
}

// failed adds that something could not be looked at.
func (d *Doctor) failed(check, do string, err error) { d.add(check, Problem, do, "%s", err) }

// secrets looks whether the files that settings name for secrets can be read.
func (d *Doctor) secrets() {
	files := map[string]config.File{"mail.password-file": d.Config.Mail.Password}
	for _, p := range d.Config.Providers {
		files["oidc."+p.ID+".client-secret-file"] = p.Secret
	}
	right := true
	for key, file := range files {
		if file == "" {
			continue
		}
		if _, err := file.Reveal(); err != nil {
			right = false
			d.failed("settings", "write the secret into the file, for the user who runs the server to read, or change "+key, err)
		}
	}
	if right {
		d.add("settings", Fine, "", "they can be used")
	}
}

// keys reads the keys. An installation that was never started has none.
func (d *Doctor) keys(ctx context.Context) *keys.Ring {
	apart := []string{d.Config.Backup.Folder.String()}
	if d.Config.DB.IsFolder() {
		apart = append(apart, string(d.Config.DB))
	}
	ring, err := keys.Read(d.Config.Keys.String(), apart...)
	switch {
	case err == nil:
		d.add("keys", Fine, "", "all are in %s, which is apart from data and backups, and nobody else can read them", d.Config.Keys)
		return ring
	case !exists(d.Config.Keys.String()) && !d.isBegun(ctx):
		d.add("keys", Warning, "the first start of chiron serve makes them", "there are none in %s yet", d.Config.Keys)
	default:
		d.failed("keys", "", err)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// isBegun says whether there may be something in the database.
func (d *Doctor) isBegun(ctx context.Context) bool {
	db, err := store.Inspect(ctx, string(d.Config.DB))
	if err != nil {
		return !store.IsKind(err, store.NotFound)
	}
	defer db.Close()
	begun := true
	err = db.View(ctx, func(tx *store.Tx) error {
		version, err := tx.SchemaVersion()
		if err == nil && version > 0 {
			begun, err = tx.IsBegun()
		} else {
			begun = false
		}
		return err
	})
	return err != nil || begun
}

// database looks at the database and, if there is one of this version, at what it says of the installation.
func (d *Doctor) database(ctx context.Context, ring *keys.Ring) {
	db, err := store.Inspect(ctx, string(d.Config.DB))
	if store.IsKind(err, store.NotFound) {
		d.add("database", Warning, "chiron serve makes one; or set db to where it is", "there is none in %s yet", d.Config.DB)
		return
	}
	if err != nil {
		d.failed("database", "look whether it runs, and whether db names it", err)
		return
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		damage, err := tx.Damage(true)
		if err != nil {
			return err
		}
		d.integrity(damage)
		version, err := tx.SchemaVersion()
		if err != nil {
			return err
		}
		if d.schema(version) {
			return d.inside(tx, ring)
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		d.failed("database", "look into the log of the server; if it cannot be read any more, restore the newest backup", err)
	}
}

func (d *Doctor) integrity(damage []string) {
	if len(damage) == 0 {
		d.add("database", Fine, "", "%s answers, and nothing in it is broken", d.Config.DB)
		return
	}
	d.add("database", Problem, "stop the server, keep a copy of everything, and restore the newest backup", "it is damaged: %s", strings.Join(damage, "; "))
}

func (d *Doctor) schema(version int64) (same bool) {
	newest := store.NewestVersion()
	switch {
	case version == 0:
		d.add("schema", Warning, "chiron serve or chiron migrate begins it", "there is nothing in the database yet")
	case version < newest:
		d.add("schema", Warning, "run chiron migrate, with the server stopped", "it is of version %d, and this program works with %d", version, newest)
	case version > newest:
		d.add("schema", Problem, "use the version of chiron that the server has", "it is of version %d, and this program knows %d", version, newest)
	default:
		d.add("schema", Fine, "", "it is of the newest version, %d", version)
	}
	return version == newest
}

// inside looks at what is in the database.
func (d *Doctor) inside(tx *store.Tx, ring *keys.Ring) error {
	if ring != nil {
		err := ring.RecogniseIn(tx) // which can note nothing here
		if wrong := (*keys.Unknown)(nil); errors.As(err, &wrong) {
			d.failed("keys", "", err)
		}
	}
	for _, look := range []func(tx *store.Tx) error{d.clock, d.backups, d.jobs, d.letters, d.administrators} {
		if err := look(tx); err != nil {
			return err
		}
	}
	return nil
}

func (d *Doctor) clock(tx *store.Tx) error {
	newest, err := tx.NewestInstant()
	if err != nil {
		return err
	}
	now := d.Now()
	if ahead := newest.Sub(now); ahead > clockMayDiffer {
		d.add("clock", Problem, "set it, and let it be kept right by NTP; until then sessions and links last too long, and work waits",
			"the clock of this machine says %s, and something was written down at %s: it was turned back, or another machine's is wrong", instant(now), instant(newest))
		return nil
	}
	d.add("clock", Fine, "", "it says %s, which is after everything that was written down", instant(now))
	return nil
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func (d *Doctor) backups(tx *store.Tx) error {
	const do = "run chiron backup, and let it be run every day"
	began, err := tx.Began()
	if err != nil {
		return err
	}
	now, limit, folder := d.Now(), time.Duration(d.Config.Backup.Age), d.Config.Backup.Folder
	all, err := Backups(folder.String())
	switch {
	case err != nil:
		d.failed("backup", "let the user who runs the server read the folder", err)
	case len(all) == 0 && !began.IsZero() && now.Sub(began) > limit:
		d.add("backup", Problem, do, "there is none in %s", folder)
	case len(all) == 0:
		d.add("backup", Warning, do, "there is none in %s yet", folder)
	case now.Sub(all[0].At) > limit:
		d.add("backup", Problem, do, "the newest in %s is of %s, which is longer ago than backup.age allows (%s)", folder, instant(all[0].At), d.Config.Backup.Age)
	case all[0].At.Sub(now) > clockMayDiffer:
		d.add("backup", Warning, "look at the clock of this machine", "the newest in %s is of %s, which is still to come", folder, instant(all[0].At))
	default:
		d.add("backup", Fine, "", "the newest in %s is of %s", folder, instant(all[0].At))
	}
	return nil
}

func (d *Doctor) jobs(tx *store.Tx) error {
	late, err := tx.LateJobs(d.Now().Add(-workMayBeLate))
	if err != nil {
		return err
	}
	dead, err := tx.DeadKinds()
	if err != nil {
		return err
	}
	states, err := tx.CountJobs()
	if err != nil {
		return err
	}
	if late > 0 {
		d.add("jobs", Warning, "look whether chiron serve runs; it does them when it starts", "%s should have been done more than %d minutes ago", counted(late, "piece of promised work", "pieces of promised work"), int(workMayBeLate.Minutes()))
	}
	for _, kind := range sorted(dead) {
		d.add("jobs", Warning, "an administrator sees why, and can let it be tried again", "%s of the kind %q was given up", counted(dead[kind], "piece of work", "pieces of work"), kind)
	}
	if late == 0 && len(dead) == 0 {
		d.add("jobs", Fine, "", "none is late and none was given up; %d wait", states[store.JobWaiting])
	}
	return nil
}

func (d *Doctor) letters(tx *store.Tx) error {
	states, err := tx.CountLetters()
	if err != nil {
		return err
	}
	waiting, refused := states[store.LetterWaiting], states[store.LetterRefused]
	switch {
	case waiting > 0 && d.Config.Mail.Host == "":
		d.add("letters", Warning, "set mail.host; then they are sent", "%s, since there is no server of mails", counted(waiting, "letter waits", "letters wait"))
	case refused > 0:
		d.add("letters", Warning, "an administrator sees which and why, and can let them be sent again", "%s refused for good", counted(refused, "letter was", "letters were"))
	default:
		d.add("letters", Fine, "", "%d wait, %d were sent, %d came back", waiting, states[store.LetterSent], states[store.LetterBounced])
	}
	return nil
}

func (d *Doctor) administrators(tx *store.Tx) error {
	accounts, err := tx.CountAccounts()
	if err != nil {
		return err
	}
	n, err := tx.CountRole(store.Administrator)
	switch {
	case err != nil:
		return err
	case n == 0 && accounts > 0:
		d.add("administrators", Problem, "start chiron serve: it prints a link for a new one", "there are accounts, and nobody can act as administrator")
	case n == 0:
		d.add("administrators", Warning, "start chiron serve: it prints a link for the first one", "there is none yet")
	default:
		d.add("administrators", Fine, "", "%d can act", n)
	}
	return nil
}

// rooms looks at the disks that are written to.
func (d *Doctor) rooms() {
	folders := []string{d.Config.Backup.Folder.String()}
	if d.Config.DB.IsFolder() {
		folders = append([]string{string(d.Config.DB)}, folders...)
	}
	for _, folder := range folders {
		room, err := RoomOf(folder)
		switch {
		case err != nil:
			d.failed("disk", "", err)
		case !room.ForWrites():
			d.add("disk", Problem, "free some now: below "+LeastForWrites.String()+" nothing is written", "there are %s left on the disk of %s", room, filepath.Clean(folder))
		case !room.ForUploads():
			d.add("disk", Warning, "free some: below "+LeastForUploads.String()+" files and imports are not taken, below "+LeastForWrites.String()+" nothing is written", "there are %s left on the disk of %s", room, filepath.Clean(folder))
		default:
			d.add("disk", Fine, "", "there are %s left on the disk of %s", room, filepath.Clean(folder))
		}
	}
}

func (d *Doctor) mail(ctx context.Context) {
	m := d.Config.Mail
	if m.Host == "" {
		d.add("mail", Warning, "set mail.host and mail.sender; people sign in by letters", "there is no server of mails, so letters wait")
		return
	}
	said, err := greet(ctx, &m)
	if err != nil {
		d.failed("mail", "look at mail.host, mail.port and mail.tls, and whether this machine may connect there", err)
		return
	}
	d.add("mail", Fine, "", "%s; no letter was sent", said)
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

func sorted(of map[string]int) (keys []string) {
	for key := range of {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
