//go:build unix

package operate_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
	. "github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// doctor looks at a house, five minutes after noon, with a server of mails that greets.
func doctor(t testing.TB, of Installation) *Doctor {
	t.Helper()
	host, port, _ := strings.Cut(postOffice(t, "220 hello", "250 hello", "221 bye"), ":")
	c, err := config.Parse("chiron.yaml", nil, nil, map[string]string{
		"db": of.Source, "keys": of.Keys.Folder(), "backup-folder": of.Folder,
		"mail-host": host, "mail-port": port, "mail-tls": "none", "mail-sender": "chiron@example.org",
	})
	if err != nil {
		t.Fatal(err)
	}
	return &Doctor{Config: c, Now: func() time.Time { return noon.Add(5 * time.Minute) }}
}

// postOffice is a server of mails that says one line after the other, whatever it hears.
func postOffice(t testing.TB, lines ...string) (address string) {
	t.Helper()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { door.Close() })
	go func() {
		for {
			c, err := door.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				heard := bufio.NewScanner(c)
				for k, line := range lines {
					if k > 0 && !heard.Scan() {
						return
					}
					fmt.Fprintf(c, "%s\r\n", line)
				}
				heard.Scan()
			}()
		}
	}()
	return door.Addr().String()
}

// spell lists findings, for messages and for searching in them.
func spell(found []Finding) string {
	var lines []string
	for _, f := range found {
		lines = append(lines, fmt.Sprintf("%s %s: %s → %s", f.Grade, f.Check, f.Says, f.Do))
	}
	return strings.Join(lines, "\n")
}

func tamper(t testing.TB, source string, statements ...string) {
	t.Helper()
	raw := storetest.Raw(t, source)
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := raw.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestHealthyInstallationHasNoProblemAlsoWhileAServerRuns(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		of := house(t, engine)
		backup(t, of)
		d := doctor(t, of)
		before := dump(t, of.Source)
		storetest.Open(t, of.Source) // the server
		found := d.Examine(t.Context())
		if Worst(found) != Fine {
			t.Errorf("%s:\n%s", engine, spell(found))
		}
		seen := map[string]bool{}
		for _, f := range found {
			seen[f.Check] = true
		}
		for _, check := range []string{"settings", "keys", "database", "schema", "clock", "backup", "jobs", "letters", "administrators", "disk", "mail"} {
			if !seen[check] {
				t.Errorf("%s: %s was not looked at", engine, check)
			}
		}
		if found := d.Invariants(t.Context()); Worst(found) != Fine || len(found) < 7 {
			t.Errorf("%s:\n%s", engine, spell(found))
		}
		if words := difference(before, dump(t, of.Source)); words != "" {
			t.Errorf("%s: the doctor changed\n%s", engine, words)
		}
	}
}

func TestDoctorFindsWhatIsWrongAndSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for name, ailment := range map[string]struct {
		ail  func(t *testing.T, of Installation, d *Doctor)
		want string // grade, check and words
	}{
		"no backup at all": {func(t *testing.T, of Installation, d *Doctor) {}, "warning backup: there is none in"},
		"no backup for days": {func(t *testing.T, of Installation, d *Doctor) {
			d.Now = func() time.Time { return noon.AddDate(0, 0, 2) }
		}, "problem backup: there is none in"},
		"an old backup": {func(t *testing.T, of Installation, d *Doctor) {
			backup(t, of)
			d.Now = func() time.Time { return noon.Add(37 * time.Hour) }
		}, "problem backup: the newest in"},
		"a backup of tomorrow": {func(t *testing.T, of Installation, d *Doctor) {
			of.Now = func() time.Time { return noon.AddDate(0, 0, 1) }
			backup(t, of)
		}, "warning backup: the newest in"},
		"a clock that was turned back": {func(t *testing.T, of Installation, d *Doctor) {
			d.Now = func() time.Time { return noon.Add(-time.Hour) }
		}, "problem clock: the clock of this machine says 2027-03-14 11:00:00 UTC, and something was written down at 2027-03-14 12:00:00 UTC"},
		"keys that others can read": {func(t *testing.T, of Installation, d *Doctor) {
			if err := os.Chmod(filepath.Join(of.Keys.Folder(), "letters.key"), 0o644); err != nil {
				t.Fatal(err)
			}
		}, "problem keys: others can read the key"},
		"no keys": {func(t *testing.T, of Installation, d *Doctor) {
			if err := os.Rename(of.Keys.Folder(), of.Keys.Folder()+"x"); err != nil {
				t.Fatal(err)
			}
		}, "problem keys: there is no"},
		"keys of another installation": {func(t *testing.T, of Installation, d *Doctor) {
			d.Config.Keys = config.Folder(ring(t).Folder())
		}, "problem keys: the database belongs to another"},
		"a private value without its key": {func(t *testing.T, of Installation, d *Doctor) {
			other := ring(t).Sealing()[0].ID
			within(t, of.Source, func(db *store.DB) {
				update(t, db, func(tx *store.Tx) error {
					return errors.Join(tx.PutPrivate(private("a05", other)), tx.PutPrivate(private("a06", other)))
				})
			})
		}, "problem keys: a key is missing that seals 2 private values"},
		"keys beside the backups": {func(t *testing.T, of Installation, d *Doctor) {
			d.Config.Backup.Folder = config.Folder(filepath.Dir(of.Keys.Folder()))
		}, "problem keys: the folder of keys"},
		"an address of nobody": {func(t *testing.T, of Installation, d *Doctor) {
			tamper(t, of.Source, "PRAGMA foreign_keys = OFF", "UPDATE email SET account = 'nobody' WHERE account = 'a03'")
		}, "problem database: it is damaged: 1 rows of email refer to rows of account that are not there"},
		"a page that was overwritten": {func(t *testing.T, of Installation, d *Doctor) {
			if err := store.Gather(t.Context(), of.Source); err != nil {
				t.Fatal(err)
			}
			f, err := os.OpenFile(filepath.Join(of.Source, store.DatabaseFile), os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for page := int64(8); page < 40; page++ {
				if _, err := f.WriteAt([]byte(strings.Repeat("x", 100)), page*4096); err != nil {
					t.Fatal(err)
				}
			}
		}, "problem database: "},
		"an older schema": {func(t *testing.T, of Installation, d *Doctor) {
			within(t, of.Source, func(db *store.DB) {
				if err := db.MigrateTo(t.Context(), 1); err != nil {
					t.Fatal(err)
				}
			})
		}, "warning schema: it is of version 1, and this program works with"},
		"a newer schema": {func(t *testing.T, of Installation, d *Doctor) {
			tamper(t, of.Source, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
		}, "problem schema: it is of version 9999"},
		"no database": {func(t *testing.T, of Installation, d *Doctor) {
			d.Config.DB = config.Source(filepath.Join(t.TempDir(), "none"))
		}, "warning database: there is none in"},
		"late work": {func(t *testing.T, of Installation, d *Doctor) {
			d.Now = func() time.Time { return noon.Add(11 * time.Minute) }
		}, "warning jobs: 32 pieces of promised work should have been done more than 10 minutes ago"},
		"work that was given up": {func(t *testing.T, of Installation, d *Doctor) {
			tamper(t, of.Source, "UPDATE job SET state = 'dead', ended_at = 1 WHERE id = 'ja03'")
		}, `warning jobs: 1 piece of work of the kind "letter" was given up`},
		"refused letters": {func(t *testing.T, of Installation, d *Doctor) {
			tamper(t, of.Source, "UPDATE letter SET state = 'refused', ended_at = 1 WHERE id IN ('la03', 'la04')")
		}, "warning letters: 2 letters were refused for good"},
		"letters without a server for them": {func(t *testing.T, of Installation, d *Doctor) {
			d.Config.Mail.Host = ""
		}, "warning letters: 32 letters wait, since there is no server of mails"},
		"nobody who can act": {func(t *testing.T, of Installation, d *Doctor) {
			tamper(t, of.Source, "DELETE FROM role")
		}, "problem administrators: there are accounts, and nobody can act as administrator"},
		"a secret that cannot be read": {func(t *testing.T, of Installation, d *Doctor) {
			d.Config.Mail.Password = "/nowhere/password"
		}, "problem settings: read a secret: open /nowhere/password"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			of := house(t, store.SQLite)
			d := doctor(t, of)
			ailment.ail(t, of, d)
			found := d.Examine(t.Context())
			if words := spell(found); !strings.Contains(words, ailment.want) || strings.Contains(words, "@") || strings.Contains(words, "a03") {
				t.Errorf("want %s, without anybody's name; found\n%s", ailment.want, words)
			}
			for _, f := range found {
				if grade, _, _ := strings.Cut(ailment.want, " "); f.Grade == Problem && grade != "problem" {
					t.Errorf("there is a problem too: %+v", f)
				}
			}
		})
	}
}

func TestInstallationThatWasNeverStartedHasNoProblem(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		of := Installation{Source: storetest.Source(t, engine), Folder: filepath.Join(t.TempDir(), "backups"), Keys: ring(t)}
		d := doctor(t, of)
		d.Config.Keys = config.Folder(filepath.Join(t.TempDir(), "keys"))
		if found := d.Examine(t.Context()); Worst(found) != Warning || !strings.Contains(spell(found), "warning keys: there are none in") {
			t.Errorf("%s, nothing is there:\n%s", engine, spell(found))
		}
		within(t, of.Source, func(*store.DB) {})
		if found := d.Examine(t.Context()); Worst(found) != Warning {
			t.Errorf("%s, there is an empty database:\n%s", engine, spell(found))
		}
		within(t, of.Source, func(db *store.DB) {
			if err := of.Keys.Recognise(t.Context(), db); err != nil {
				t.Fatal(err)
			}
		})
		if found := d.Examine(t.Context()); Worst(found) != Problem {
			t.Errorf("%s, there were keys once:\n%s", engine, spell(found))
		}
	}
}

func TestDoctorFindsNoDatabaseServer(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	d := doctor(t, of)
	d.Config.DB = "postgres://chiron:hunter2@127.0.0.1:1/chiron"
	words := spell(d.Examine(t.Context()))
	if !strings.Contains(words, "problem database: the database cannot be used now") || !strings.Contains(words, "warning backup:") || strings.Contains(words, "hunter2") {
		t.Errorf("found\n%s", words)
	}
}

func TestDoctorSaysWhyADatabaseServerLetsNobodyIn(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(address string) string{
		"there is no such database there; make it, such as with createdb":                     func(a string) string { return strings.Replace(a, "/test", "/none", 1) },
		"it does not let this user in; look at the user and the password, and at pg_hba.conf": func(a string) string { return strings.Replace(a, "postgres@", "stranger:hunter2@", 1) },
	} {
		d := doctor(t, house(t, store.SQLite))
		d.Config.DB = config.Source(change(storetest.Source(t, store.PostgreSQL)))
		if words := spell(d.Examine(t.Context())); !strings.Contains(words, want) || strings.Contains(words, "hunter2") {
			t.Errorf("want %s; found\n%s", want, words)
		}
	}
}

func TestInvariantsFindWhatDoesNotHold(t *testing.T) {
	t.Parallel()
	both := map[string]string{
		"I3: this does not hold: the database holds all its rules":   "DROP INDEX email_owner",
		"I3: this does not hold: no account was merged into itself":  "UPDATE account SET merged_into = 'a07' WHERE id = 'a02'",
		"I5: this does not hold: every letter that waits":            "DELETE FROM job WHERE id = 'ja03'",
		"1 letter counts as sent without an attempt":                 "UPDATE letter SET state = 'sent', ended_at = 1 WHERE id = 'la03'",
		"I6: this does not hold: the audit log verifies":             "UPDATE event SET action = 'x' WHERE object_id = 'a03'",
		"I8: this does not hold: no job is held by a worker that is": "UPDATE job SET state = 'running', leased_by = 'x', leased_until = 1 WHERE id = 'ja03'",
	}
	own := map[store.Engine]map[string]string{
		store.PostgreSQL: {"missing is reference email account = account.id": "ALTER TABLE email DROP CONSTRAINT email_account_fkey"},
		store.SQLite:     {"I7: this does not hold": "PRAGMA foreign_keys = OFF; UPDATE email SET account = 'nobody' WHERE account = 'a03'"},
	}
	for _, engine := range engines {
		broken := maps.Clone(both)
		maps.Copy(broken, own[engine])
		for want, statement := range broken {
			t.Run(string(engine)+" "+want, func(t *testing.T) {
				t.Parallel()
				of := house(t, engine)
				tamper(t, of.Source, statement)
				found := doctor(t, of).Invariants(t.Context())
				if words := spell(found); !strings.Contains(words, want) || strings.Contains(words, "@") {
					t.Errorf("want %s; found\n%s", want, words)
				}
				problems := 0
				for _, f := range found {
					if f.Grade == Problem {
						problems++
					}
				}
				if problems != 1 {
					t.Errorf("%d problems in place of one:\n%s", problems, spell(found))
				}
			})
		}
	}
}

func TestServerOfMailsIsGreetedAndNothingMore(t *testing.T) {
	t.Parallel()
	of := house(t, store.SQLite)
	backup(t, of)
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("hunter2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, server := range map[string]struct {
		says []string
		tls  config.TLS
		user config.Text
		want string
	}{
		"greets":                     {[]string{"220 hello", "250 hello", "221 bye"}, config.None, "", "ok mail: the server of mails at 127.0.0.1:"},
		"lets us in":                 {[]string{"220 hello", "250-hello\r\n250 AUTH LOGIN PLAIN", "235 come in", "221 bye"}, config.None, "me", "greets and lets us in; no letter was sent"},
		"has other ways":             {[]string{"220 hello", "250-hello\r\n250 AUTH GSSAPI", "221 bye"}, config.None, "me", "greets; signing in was not tried"},
		"does not let us in":         {[]string{"220 hello", "250-hello\r\n250 AUTH PLAIN", "535 me@example.org is not known", "221 bye"}, config.None, "me", "does not let us in: it answers 535; look at mail.user"},
		"is full":                    {[]string{"554 go away, me@example.org"}, config.None, "", "problem mail: the server of mails at 127.0.0.1:"},
		"cannot protect":             {[]string{"220 hello", "250 hello", "221 bye"}, config.StartTLS, "", "does not offer STARTTLS, so nothing would be sent"},
		"speaks in the clear":        {[]string{"220 hello"}, config.Always, "", "cannot be reached: tls:"},
		"is no server of mails":      {[]string{"HTTP/1.1 400 Bad Request"}, config.None, "", "does not greet"},
		"says nothing":               {nil, config.None, "", "it takes too long"},
		"breaks off the negotiation": {[]string{"220 hello", "250-hello\r\n250 STARTTLS", "454 not now"}, config.StartTLS, "", "cannot be protected: it answers 454"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := doctor(t, of)
			settings := *d.Config
			host, port, _ := strings.Cut(postOffice(t, server.says...), ":")
			n := config.Port(0)
			if _, err := fmt.Sscan(port, &n); err != nil {
				t.Fatal(err)
			}
			settings.Mail.Host, settings.Mail.Port, settings.Mail.TLS, settings.Mail.User = config.Host(host), n, server.tls, server.user
			if server.user != "" {
				settings.Mail.Password = config.File(password)
			}
			d.Config = &settings
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			words := spell(d.Examine(ctx))
			if !strings.Contains(words, server.want) || strings.Contains(words, "hunter2") || strings.Contains(words, "@") {
				t.Errorf("want %s; found\n%s", server.want, words)
			}
		})
	}
}

func TestRoomIsThatOfTheDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	here, err := RoomOf(folder)
	if err != nil || here <= 0 {
		t.Errorf("%d, %v", here, err)
	}
	later, err := RoomOf(filepath.Join(folder, "not", "there", "yet"))
	if err != nil || later-here > 1<<30 || here-later > 1<<30 {
		t.Errorf("where a folder would be made there are %s in place of %s, %v", later, here, err)
	}
	for room, want := range map[Room]string{99_999_999: "99 MB false false", 100_000_000: "100 MB true false", 200_000_000: "200 MB true true", 2_560_000_000: "2.6 GB true true", 0: "0 kB false false"} {
		if got := fmt.Sprintf("%s %t %t", room, room.ForWrites(), room.ForUploads()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
