package operate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	began time.Time // when the first thing was written down, if that could be looked at
}

// Tolerances of the doctor.
const (
	clockMayDiffer = 2 * time.Minute  // between machines that write to one database
	workMayBeLate  = 10 * time.Minute // when a server runs
)

// Examine looks at everything that can be looked at in moments, and says what it found of each.
func (d *Doctor) Examine(ctx context.Context) []Finding {
	d.found, d.began = nil, time.Time{}
	d.secrets()
	ring := d.keys(ctx)
	d.database(ctx, ring)
	d.backups()
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

func (d *Doctor) backups() {
	const do = "run chiron backup, and let it be run every day"
	now, limit, folder := d.Now(), time.Duration(d.Config.Backup.Age), d.Config.Backup.Folder
	all, err := Backups(folder.String())
	switch {
	case err != nil:
		d.failed("backup", "let the user who runs the server read the folder", err)
	case len(all) == 0 && !d.began.IsZero() && now.Sub(d.began) > limit:
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
