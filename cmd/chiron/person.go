package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/data"
)

type personCommand struct {
	Export personExportCommand `cmd:"" help:"Write all that the installation holds of a person into a file for them."`
	Import personImportCommand `cmd:"" help:"Take in a person who brings their data from another installation."`
	Erase  personEraseCommand  `cmd:"" help:"Erase a person now, or those again who came back with an old backup."`
}

func (*personCommand) Help() string {
	return `For the day on which a person asks in writing for what is theirs and cannot do it on the site, under "My data". Make sure first that it is the person who asks. Each of these is written into the audit log, where the person reads it.

With SQLite, stop the server first: only one process can have its data. With PostgreSQL the server may go on running.

` + settingsHelp
}

type personExportCommand struct {
	Person string `arg:"" name:"person" help:"Their id, or one of their addresses."`
	Output string `short:"o" placeholder:"PLACE" help:"A file that is not there yet, or a folder. Default: this folder."`
}

func (*personExportCommand) Help() string {
	return `Writes the archive that people can download themselves, in their language: a page to read, tables for spreadsheets, and person.json, which "chiron person import" takes in elsewhere. What the person answered about sensitive characteristics is not in it: only they open it, on the site.

The file tells a lot about somebody. Hand it over on a way that only they can read, and delete it.

` + settingsHelp + `

Examples:

    chiron person export helene@example.org
    chiron person export K7QW2M4XH3ZT5RBV6NAY7EJCDP -o /media/stick`
}

func (c *personExportCommand) Run(ctx context.Context, t *terminal) error {
	path, err := c.place(time.Now())
	if err != nil {
		return asInput(err)
	}
	return t.withPeople(ctx, func(db *store.DB, settings *config.Config) error {
		id, err := personOf(ctx, db, c.Person)
		if err != nil {
			return err
		}
		people := peopleIn(db, settings)
		lists, err := people.Lists.Lists(ctx)
		if err != nil {
			return err
		}
		now := time.Now()
		taken, err := privacy.ExportFor(ctx, db, now, id)
		if err != nil {
			return err
		}
		var file bytes.Buffer
		if err := (data.Archive{Taken: taken, Lists: lists, Site: settings.Name.String(), At: now}).Write(&file); err != nil {
			return err
		}
		if err := writeNew(path, file.Bytes()); err != nil {
			return asInput(fmt.Errorf("the log says that it was exported, and the file could not be written: %w", err))
		}
		fmt.Fprintf(t.stdout, "Wrote %s, with %s in it.\n", path, kindsOf(taken))
		fmt.Fprintln(t.stdout, "What the person answered about sensitive characteristics is not in it: it is sealed, and they take it along themselves, on the site.")
		fmt.Fprintln(t.stdout, "The person reads in the log that their data was exported. Hand the file to nobody else, and delete it then.")
		return nil
	})
}

func kindsOf(taken privacy.Taken) string {
	rows := 0
	for _, table := range taken.Data.Tables {
		rows += len(table)
	}
	return fmt.Sprintf("%s of %s and %s", many(int64(rows), "row", "rows"), many(int64(len(taken.Data.Tables)), "table", "tables"), many(int64(len(taken.Record.Trail)), "event", "events"))
}

// place is the file that is to be written.
func (c *personExportCommand) place(now time.Time) (string, error) {
	path := c.Output
	if info, err := os.Stat(path); path == "" || err == nil && info.IsDir() {
		path = filepath.Join(path, "chiron-"+now.UTC().Format("2006-01-02T15-04-05Z")+".zip")
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s is there already; name another file, or a folder", path)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return "", fmt.Errorf("there is no folder for %s; make it first", path)
	}
	return path, nil
}

// writeNew writes a file that only this user can read, where there is none.
func writeNew(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Close())
}

type personImportCommand struct {
	File string `arg:"" help:"The person.json out of the archive that the person has brought."`
}

func (*personImportCommand) Help() string {
	return `Takes in what a person said of themselves in another installation: profile, appointments, addresses, positions and wishes. They then sign in with their address.

Take the file from the person alone, and look whether the addresses in it are theirs: they count as proved. Whoever is here already, by their id or an address, is not taken in.

Consents are not taken in, nor answers about sensitive characteristics: they were given to another installation, for its purposes and after reading its texts. This one asks by itself. Sessions, letters and the log stay where they were.

` + settingsHelp + `

Examples:

    chiron person import person.json`
}

// mostPerson is how long a file to be taken in may be, in bytes.
const mostPerson = 16 << 20

func (c *personImportCommand) Run(ctx context.Context, t *terminal) error {
	file, err := os.Open(c.File)
	if err != nil {
		return asInput(err)
	}
	text, err := io.ReadAll(io.LimitReader(file, mostPerson+1))
	if err := errors.Join(err, file.Close()); err != nil {
		return asInput(err)
	}
	return t.withPeople(ctx, func(db *store.DB, settings *config.Config) error {
		id, err := privacy.New(peopleIn(db, settings)).Import(ctx, text)
		if privacy.IsRefused(err) {
			fmt.Fprintf(t.stderr, "chiron: %s: %v\n", c.File, err)
			return errNo
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(t.stdout, "Took in %s. They sign in with their address.\n", id)
		fmt.Fprintln(t.stdout, "Consents and answers about sensitive characteristics were not taken in: they were given to the other installation.")
		return nil
	})
}

type personEraseCommand struct {
	Person string `arg:"" optional:"" name:"person" help:"Their id, or one of their addresses."`
	Again  string `placeholder:"FILE" help:"Erase those again who stand in a list of erasures, such as erased.txt."`
	Yes    bool   `help:"Ask nothing. For scripts."`
}

func (*personEraseCommand) Help() string {
	return `Erases a person now, without the seven days that people have on the site to change their mind. It cannot be undone. Profile, addresses, answers, sessions and letters are deleted and the database is written anew; docs/reference/personal-data.md says what becomes of each column. Before, it asks for the address to be typed.

The number of the person and the time are added to erased.txt in the folder of backups. "chiron restore" reads it, and erases them again from a backup that still holds them. Where a backup was restored without that list, hand it in with --again.

` + settingsHelp + `

Examples:

    chiron person erase helene@example.org
    chiron person erase --again /mnt/elsewhere/erased.txt`
}

// Validate is asked before Run.
func (c *personEraseCommand) Validate() error {
	if (c.Person == "") == (c.Again == "") {
		return errors.New("say whom: an id or an address, or a list with --again")
	}
	return nil
}

func (c *personEraseCommand) Run(ctx context.Context, t *terminal) error {
	if c.Again != "" {
		return c.again(ctx, t)
	}
	return t.withPeople(ctx, func(db *store.DB, settings *config.Config) error {
		id, err := personOf(ctx, db, c.Person)
		if err == nil {
			err = mayErase(ctx, db, id)
		}
		if err != nil {
			return err
		}
		if !c.Yes && !t.confirms(c.Person) {
			return errNo
		}
		if err := privacy.Erase(ctx, db, time.Now(), "console", id); err != nil {
			return err
		}
		fmt.Fprintf(t.stdout, "Erased %s. The number leads to nobody any more; the log says that it was done.\n", id)
		return t.noteErased(ctx, db, settings)
	})
}

// mayErase refuses those without whom nobody could act as administrator, and those who are erased already.
func mayErase(ctx context.Context, db *store.DB, id string) error {
	return db.View(ctx, func(tx *store.Tx) error {
		if e, err := tx.Erasure(id); err == nil && !e.DoneAt.IsZero() {
			return &inputError{fmt.Errorf("%s was erased already, on %s", id, e.DoneAt.UTC().Format(time.DateOnly))}
		}
		err := privacy.MayGo(tx, id)
		if mentoring.IsFault(err, mentoring.Conflict) {
			return &inputError{errors.New("this is the last administrator. Let them make somebody else one first, on the site, under Installation")}
		}
		return err
	})
}

// confirms lets the address be typed once more.
func (t *terminal) confirms(who string) bool {
	fmt.Fprintf(t.stderr, "This erases %s now, for good. Type it once more to go on:\n", who)
	line, _ := bufio.NewReader(io.LimitReader(t.stdin, 1000)).ReadString('\n') // the end of what is typed is an answer, too
	if strings.EqualFold(strings.TrimSpace(line), who) {
		return true
	}
	fmt.Fprintln(t.stderr, "chiron: that is something else. Nothing was changed.")
	return false
}

func (t *terminal) noteErased(ctx context.Context, db *store.DB, settings *config.Config) error {
	folder := settings.Backup.Folder.String()
	if err := operate.NoteErased(ctx, db, folder); err != nil {
		return &inputError{fmt.Errorf("the person is erased, and a backup from before would bring them back: %w. Put that right; the next backup notes it", err)}
	}
	fmt.Fprintf(t.stdout, "Noted in %s, so that restoring an older backup does not bring them back. Backups from before still hold them: delete those that are too old.\n", filepath.Join(folder, operate.ErasedFile))
	return nil
}

func (c *personEraseCommand) again(ctx context.Context, t *terminal) error {
	ids, err := operate.ReadErased(c.Again)
	if err != nil {
		return asInput(err)
	}
	return t.withPeople(ctx, func(db *store.DB, settings *config.Config) error {
		n, err := privacy.Again(ctx, db, time.Now(), ids)
		if err != nil {
			return err
		}
		fmt.Fprintf(t.stdout, "Of %s in the list, %s here and erased again. The others are not here, or were erased here already.\n",
			many(int64(len(ids)), "person", "people"), many(int64(n), "was", "were"))
		if n == 0 {
			return nil
		}
		return t.noteErased(ctx, db, settings)
	})
}

// withPeople opens a database that is there and up to date, and does something with it.
func (t *terminal) withPeople(ctx context.Context, do func(db *store.DB, settings *config.Config) error) error {
	settings, err := t.config()
	if err != nil {
		return err
	}
	there := false
	if err := inspect(ctx, settings.DB, func(*store.Tx) error { there = true; return nil }); err != nil {
		return asInput(err)
	}
	if !there {
		return &inputError{fmt.Errorf("there is no database in %s of this version of the schema; set db, or bring it up to date with \"chiron migrate\"", settings.DB)}
	}
	db, err := store.Open(ctx, string(settings.DB))
	if err != nil {
		return asInput(err)
	}
	return errors.Join(do(db, settings), db.Close())
}

// peopleIn are the people of a database, for a command that writes no letters.
func peopleIn(db *store.DB, settings *config.Config) *person.People {
	queue := job.New(db, time.Now, slog.New(slog.DiscardHandler))
	site := notice.Site{Name: settings.Name.String(), Address: settings.URL.String()}
	return person.New(db, queue, notice.New(db, queue, mail.Nowhere{}, time.Now, site), time.Now)
}

// personOf is the id of whoever is meant by an id or an address. Of accounts that were merged it is the one that is left.
func personOf(ctx context.Context, db *store.DB, who string) (id string, err error) {
	err = db.View(ctx, func(tx *store.Tx) error {
		id = who
		if strings.Contains(who, "@") {
			e, err := tx.Email(notice.Fold(who))
			if err != nil {
				return err
			}
			id = e.Account
		}
		for {
			a, err := tx.Account(id)
			if err != nil || a.MergedInto == "" {
				return err
			}
			id = a.MergedInto
		}
	})
	if store.IsKind(err, store.NotFound) {
		return "", &inputError{errors.New("nobody here has this id or this address; look whether it is written as they sign in with it")}
	}
	return id, err
}
