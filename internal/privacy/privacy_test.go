//go:build unix

package privacy

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A house is an installation of its own for a test.
type house struct {
	*testing.T
	*Privacy
	*person.People
	catcher *mail.Catcher
	source  string
	mu      sync.Mutex
	at      time.Time
}

func newHouse(t *testing.T, engine store.Engine) *house {
	h := &house{T: t, catcher: &mail.Catcher{}, source: storetest.Source(t, engine), at: time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)}
	db := storetest.Open(t, h.source)
	queue := job.New(db, h.now, slog.New(slog.DiscardHandler))
	site := notice.Site{Name: "Mentorat", Address: "https://mentoring.example.org", From: "chiron@example.org", Secrets: notice.NewSecrets([32]byte{1, 2, 3})}
	h.People = person.New(db, queue, notice.New(db, queue, h.catcher, h.now, site), h.now)
	h.Privacy = New(h.People)
	return h
}

func both(t *testing.T, test func(h *house)) {
	t.Helper()
	t.Parallel()
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			test(newHouse(t, engine))
		})
	}
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(time.Microsecond)
	return h.at
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) update(f func(tx *store.Tx) error) {
	h.Helper()
	h.must(h.DB.Update(h.Context(), f))
}

// somebody is a person with an account, an address and a session.
func (h *house) somebody(id, address string) account.Visit {
	h.Helper()
	now := h.now()
	h.update(func(tx *store.Tx) error {
		if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
			return err
		}
		return tx.AddEmail(store.Email{Folded: notice.Fold(address), Address: address, Account: id, Kind: store.Personal, Owns: true, VerifiedAt: now})
	})
	return h.signIn(id)
}

func (h *house) signIn(id string) account.Visit {
	now := h.now()
	s := store.Session{ID: rand.Text(), Hash: []byte(rand.Text()), Account: id, Label: strings.ReplaceAll(id, "canary", canary), MadeAt: now, ProvedAt: now, SeenAt: now, IdleEndsAt: now.AddDate(1, 0, 0), EndsAt: now.AddDate(1, 0, 0)}
	h.update(func(tx *store.Tx) error { return tx.AddSession(s) })
	return account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(id)}, SessionID: s.ID, Language: "en"}
}

// canary is in every text that the person of a test writes.
const canary = "zqcanaryqz"

func term(code string) []mentoring.Term {
	return []mentoring.Term{{Code: code, Label: canary + code, Line: canary}, {Label: canary + " own"}}
}

// canaries is a person who has said something everywhere, and of whom others have.
func (h *house) canaries() account.Visit {
	h.Helper()
	c := h.Context()
	v, other := h.somebody("canary", canary+"@Example.org"), h.somebody("other", "other@example.org")
	span := mentoring.Span{From: "2026-07-01"}
	h.update(func(tx *store.Tx) error {
		if err := tx.AddUnit(store.Unit{ID: "school", NameEn: "School", NameFr: "École"}); err != nil {
			return err
		}
		return tx.AddUnit(store.Unit{ID: "unit", Parent: "school", NameEn: "Unit", NameFr: "Unité"})
	})
	h.update(func(tx *store.Tx) error { // they coordinate a program, are in it, and were invited into another one
		for _, id := range []string{"program", "another"} {
			if err := tx.AddProgram(store.Program{ID: id, NameEn: "Residents " + id, NameFr: "Résidents " + id, MadeAt: h.now(), MadeBy: "canary"}); err != nil {
				return err
			}
		}
		_, enrolled := tx.Enrol(store.Enrolment{Program: "program", Person: "canary", Since: h.now()})
		_, runs := tx.AddCoordinator("program", "canary", h.now())
		_, invited := tx.AddInvitation(store.Invitation{
			ID: "i", Program: "another", Part: store.Participant, Folded: canary + "@example.org", Address: canary + "@Example.org", Language: "en",
			Given: canary, Family: canary, Unit: "unit", UnitLabel: canary, Ladder: "rank", Label: canary, MadeAt: h.now(), MadeBy: "other",
		})
		return errors.Join(enrolled, runs, invited)
	})
	for _, err := range []error{
		h.SaveName(c, v, person.Name{Given: canary, Family: canary + "son", Pronoun: canary, Place: mentoring.Term{Label: canary}, Zone: "America/Toronto"}),
		h.SaveSeeks(c, v, term("research")),
		h.SaveHow(c, v, person.How{Distance: mentoring.Here, Languages: term("fr")}),
		h.SaveOffer(c, v, person.Offer{Offers: term("family_life"), Capacity: 2, Refuses: canary, Listed: true}),
		h.SaveAppointments(c, v, person.Appointed{Appointments: []mentoring.Appointment{{Unit: "unit", Where: canary, Ladder: "rank", What: mentoring.Term{Code: "associate", Label: canary}, Track: canary, Span: span}}}),
		h.SaveTopics(c, v, person.Topics{Specialties: term("family"), Interests: term("sepsis")}),
		h.SaveAway(c, v, []mentoring.Span{{From: "2027-08-01", To: "2027-08-20"}}),
		h.SaveDestination(c, v, mentoring.Destination{Place: mentoring.Term{Label: canary}, Kind: "staff"}),
		h.SaveTraining(c, v, []mentoring.Term{{Label: canary}}),
		h.SaveDraft(c, v, mentoring.StageHow, canary),
		h.ShowField(c, v, mentoring.FieldWhen, mentoring.OnlyMe),
		h.Declare(c, v, []person.Position{{Kind: mentoring.Family, Other: "other", Span: span}}),
		h.Declare(c, other, []person.Position{{Kind: mentoring.Evaluates, Other: "canary", Over: true, Span: span}}),
		h.KeepApart(c, v, "other", true), h.KeepApart(c, other, "canary", true),
		h.Mark(c, other, "canary", "kept"),
		h.NameDelegate(c, v, "secretary@example.org"), h.NameDelegate(c, other, canary+"@example.org"),
	} {
		h.must(err)
	}
	return v
}

func TestEveryColumnOfTheSchemaHasItsFate(t *testing.T) {
	t.Parallel()
	columns, err := storetest.Open(t, storetest.Source(t, store.SQLite)).Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, c := range Columns() {
		got = append(got, c.Table+"."+c.Name)
		if c.Why == "" || !slices.Contains([]Fate{Delete, Anonymise, Keep, NotPersonal}, c.Fate) {
			t.Errorf("%s.%s: %q because %q", c.Table, c.Name, c.Fate, c.Why)
		}
	}
	for _, c := range columns {
		want = append(want, c.Table+"."+c.Name)
	}
	for _, one := range append(slices.Clone(got), want...) {
		if slices.Contains(got, one) != slices.Contains(want, one) {
			t.Errorf("%s is in one of schema and map only: say in internal/privacy/tables.go what becomes of it", one)
		}
	}
	for _, table := range Tables {
		for _, list := range [][]string{table.Owners, table.Addresses, table.Pseudonym, table.Export, table.Others} {
			for _, column := range list {
				if !slices.Contains(table.Columns, column) {
					t.Errorf("%s has no column %s", table.Name, column)
				}
			}
		}
	}
}

// TestErasureLeavesNoCanary looks at every byte that there is.
func TestErasureLeavesNoCanary(t *testing.T) {
	both(t, func(h *house) {
		v, told := h.canaries(), 0
		h.Erased = func(context.Context) error { told++; return nil }
		secret, public := keys(t)
		sealer := &audit.Sealer{DB: h.DB, Signer: secret, Now: h.now}
		_, err := sealer.Seal(h.Context())
		h.must(err)
		h.Queue.Drain(h.Context())
		if found := h.where(); len(found) < 15 {
			t.Fatalf("the canary is only in %v", found)
		}
		if _, err := h.AskErasure(h.Context(), v); err != nil {
			t.Fatal(err)
		}
		h.pass(ErasedAfter - time.Hour)
		h.Queue.Drain(h.Context())
		if len(h.where()) < 15 {
			t.Fatal("erased before its time")
		}
		if due, err := h.Due(h.Context(), v); due.IsZero() || err != nil {
			h.Errorf("nothing is due, %v", err)
		}
		h.pass(2 * time.Hour)
		h.Queue.Drain(h.Context())
		if found := h.where(); len(found) != 0 {
			h.Errorf("the canary is still in %v", found)
		}
		if !strings.HasPrefix(h.source, "postgres") {
			h.noBytes()
		}
		for {
			n, err := sealer.Seal(h.Context())
			h.must(err)
			if n == 0 {
				break
			}
		}
		if found, err := audit.Verify(h.Context(), h.DB, public); err != nil || found.Unsealed != 0 || found.Events < 15 {
			h.Errorf("the audit log does not verify: %+v, %v", found, err)
		}
		if _, err := h.Mine(h.Context(), v); !mentoring.IsFault(err, mentoring.NotFound) {
			h.Errorf("they are still here: %v", err)
		}
		h.must(h.DB.View(h.Context(), func(tx *store.Tx) error {
			all, err := tx.Erasures()
			if len(all) != 1 || all[0].Person != "canary" || all[0].DoneAt.IsZero() {
				h.Errorf("the ledger says %+v", all)
			}
			return err
		}))
		if n, err := Again(h.Context(), h.DB, h.now(), []string{"canary", "nobody"}); n != 0 || err != nil {
			h.Errorf("who is erased already is erased again: %d, %v", n, err)
		}
		if told == 0 {
			h.Error("nobody is told, so nothing outside the database knows")
		}
	})
}

// where are the columns that hold a canary, whatever the engine.
func (h *house) where() (found []string) {
	h.Helper()
	raw := storetest.Raw(h.T, h.source)
	columns, err := h.DB.Columns(h.Context())
	h.must(err)
	for _, c := range columns {
		if c.Type != "text" {
			continue
		}
		n := 0
		h.must(raw.QueryRow(fmt.Sprintf(`SELECT COUNT(*) FROM "%s" WHERE lower("%s") LIKE '%%%s%%'`, c.Table, c.Name, canary)).Scan(&n))
		if n > 0 {
			found = append(found, c.Table+"."+c.Name)
		}
	}
	h.must(raw.Close())
	return found
}

// noBytes looks at the files of the database, its log among them.
func (h *house) noBytes() {
	h.Helper()
	h.must(filepath.WalkDir(h.source, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(data), []byte(canary)) {
			h.Errorf("%s holds the canary", filepath.Base(path))
		}
		return err
	}))
}

func TestStayingIsPossibleUntilTheLastMoment(t *testing.T) {
	both(t, func(h *house) {
		v := h.canaries()
		_, err := h.AskErasure(h.Context(), v)
		h.must(err)
		h.must(h.Stay(h.Context(), v))
		h.pass(ErasedAfter + time.Hour)
		h.Queue.Drain(h.Context())
		if own, err := h.Mine(h.Context(), v); err != nil || own.Given != canary {
			h.Errorf("erased: %v", err)
		}
		root := h.somebody("root", "root@example.org")
		h.update(func(tx *store.Tx) error {
			_, err := tx.AddRole("root", store.Administrator, h.now(), "test")
			return err
		})
		if _, err := h.AskErasure(h.Context(), root); !mentoring.IsFault(err, mentoring.Conflict) {
			h.Errorf("the last administrator goes: %v", err)
		}
		h.pass(time.Hour)
		if _, err := h.AskErasure(h.Context(), v); !mentoring.IsFault(err, mentoring.Forbidden) {
			h.Errorf("without a fresh sign-in: %v", err)
		}
	})
}

func TestExportIsTakenInElsewhereAndIsTheSameAgain(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]store.Engine{{store.SQLite, store.PostgreSQL}, {store.PostgreSQL, store.SQLite}} {
		t.Run(string(pair[0]), func(t *testing.T) {
			t.Parallel()
			from, to := newHouse(t, pair[0]), newHouse(t, pair[1])
			from.canaries()
			data, err := from.Of(t.Context(), "canary")
			from.must(err)
			text, err := data.JSON()
			from.must(err)
			if bytes.Contains(text, []byte("evaluates")) || len(data.Tables) < 13 {
				t.Errorf("it holds what others declared, or little: %d tables", len(data.Tables))
			}
			id, err := to.Import(t.Context(), text)
			to.must(err)
			again, err := to.Of(t.Context(), id)
			to.must(err)
			if textAgain, err := again.JSON(); err != nil || !bytes.Equal(text, textAgain) {
				t.Errorf("it has changed on the way, %v:\n%s", err, firstDifference(text, textAgain))
			}
			if _, err := to.Import(t.Context(), text); err == nil {
				t.Error("it is taken in twice")
			}
			l, err := to.Directory(t.Context(), to.somebody("ben", "ben@example.org"), person.Filter{Text: canary}, "")
			if err != nil || l.Total != 1 {
				t.Errorf("who was taken in is not found: %v", err)
			}
		})
	}
}

func firstDifference(a, b []byte) string {
	x, y := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for k := range min(len(x), len(y)) {
		if x[k] != y[k] {
			return x[k] + "\n" + y[k]
		}
	}
	return fmt.Sprint(len(x), " lines and ", len(y))
}

func TestImportTakesNothingThatIsSomebodyElsesOrUnknown(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	h.canaries()
	data, err := h.Of(t.Context(), "canary")
	h.must(err)
	text, err := data.JSON()
	h.must(err)
	to := newHouse(t, store.SQLite)
	for what, spoilt := range map[string]string{
		"cut off": string(text[:len(text)/2]), "no JSON": "x", "another format": strings.Replace(string(text), format, "x", 1),
		"a role":                  `{"format":"chiron-person-1","person":"x","tables":{"role":[{"account":"x","role":"administrator","granted_at":1,"granted_by":"x"}]}}`,
		"somebody else's":         `{"format":"chiron-person-1","person":"x","tables":{"account":[{"id":"y","language":"en","discreet":0,"made_at":1}]}}`,
		"a table that is not":     `{"format":"chiron-person-1","person":"x","tables":{"person; DROP TABLE person":[{}]}}`,
		"a column that is not":    `{"format":"chiron-person-1","person":"x","tables":{"account":[{"id":"x","language":"en","discreet":0,"x":1}]}}`,
		"a number that is not":    `{"format":"chiron-person-1","person":"x","tables":{"account":[{"id":"x","language":"en","discreet":0,"made_at":1.5}]}}`,
		"no account":              `{"format":"chiron-person-1","person":"x","tables":{}}`,
		"an id with a line end":   `{"format":"chiron-person-1","person":"x\ny","tables":{"account":[{"id":"x\ny","language":"en","discreet":0,"made_at":1}]}}`,
		"text for a number":       `{"format":"chiron-person-1","person":"x","tables":{"account":[{"id":"x","language":"en","discreet":"no","made_at":1}]}}`,
		"two forms of an address": `{"format":"chiron-person-1","person":"x","tables":{"account":[{"id":"x","language":"en","discreet":0,"made_at":1}],"email":[{"account":"x","folded":"a@example.org","address":"b@example.org","kind":"personal","owns":1,"verified_at":1,"left_until":null}]}}`,
		"a consent":               `{"format":"chiron-person-1","person":"x","tables":{"account":[{"id":"x","language":"en","discreet":0,"made_at":1}],"consent":[{"person":"x"}]}}`,
		"what breaks the schema":  `{"format":"chiron-person-1","person":"x","tables":{"account":[{"id":"x","language":"la","discreet":0,"made_at":1}]}}`,
	} {
		if _, err := to.Import(t.Context(), []byte(spoilt)); !IsRefused(err) {
			t.Errorf("%s is taken in, or is no refusal: %v", what, err)
		}
	}
	to.somebody("here", canary+"@example.org")
	if _, err := to.Import(t.Context(), text); !IsRefused(err) || !strings.Contains(err.Error(), "address 1") {
		t.Errorf("somebody with the address of another account is taken in: %v", err)
	}
	to.must(to.DB.View(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Account("x"); !store.IsKind(err, store.NotFound) {
			t.Errorf("something was kept: %v", err)
		}
		return nil
	}))
}

func TestExportHoldsWhatWasWrittenDownAndNoSecret(t *testing.T) {
	both(t, func(h *house) {
		v := h.canaries()
		taken, err := h.Privacy.Export(h.Context(), v)
		h.must(err)
		data, err := taken.Data.JSON()
		h.must(err)
		if !bytes.Contains(data, []byte(canary)) || bytes.Contains(data, []byte("hash")) {
			h.Error("the data lacks something, or has a hash")
		}
		text, err := taken.Record.JSON()
		h.must(err)
		record := Record{}
		h.must(json.Unmarshal(text, &record))
		if len(record.Sessions) != 1 || len(record.Trail) < 10 || len(record.Letters) == 0 || len(taken.Record.Events) != len(record.Trail) {
			h.Errorf("the record has %d sessions, %d events, %d letters", len(record.Sessions), len(record.Trail), len(record.Letters))
		}
		var parts []string
		for _, p := range record.Programs {
			parts = append(parts, p.ProgramEn+" "+p.As)
		}
		if want := []string{"Residents program participant", "Residents program coordinator", "Residents another invited"}; !slices.Equal(parts, want) {
			h.Errorf("the parts in programs are %q", parts)
		}
		if bytes.Contains(text, []byte(`"other"`)) {
			h.Errorf("the record names somebody else: %s", text)
		}
		h.pass(time.Hour)
		if _, err := h.Privacy.Export(h.Context(), v); !mentoring.IsFault(err, mentoring.Forbidden) {
			h.Errorf("without a fresh sign-in: %v", err)
		}
	})
}

func TestWhoAsksInWritingGetsTheirDataAndReadsThatItWasDone(t *testing.T) {
	both(t, func(h *house) {
		h.canaries()
		taken, err := ExportFor(h.Context(), h.DB, h.now(), "canary")
		h.must(err)
		if !taken.Sealed || len(taken.Data.Tables) < 13 || taken.Record.Answers != nil {
			h.Errorf("%d tables, sealed: %v", len(taken.Data.Tables), taken.Sealed)
		}
		h.must(h.DB.View(h.Context(), func(tx *store.Tx) error {
			events, err := tx.EventsAbout("canary", store.Event{}, 1)
			if len(events) != 1 || events[0].Action != "account.export" || events[0].Actor != "console" {
				h.Errorf("the trail says %+v", events)
			}
			return err
		}))
		if _, err := ExportFor(h.Context(), h.DB, h.now(), "nobody"); !store.IsKind(err, store.NotFound) {
			h.Errorf("of nobody: %v", err)
		}
	})
}

func TestThingsGoWhenTheirTermIsOver(t *testing.T) { // AP-7 among others
	both(t, func(h *house) {
		h.canaries()
		h.update(func(tx *store.Tx) error {
			return tx.AddBatch(store.Batch{ID: "b", Program: "p", By: "other", MadeAt: h.now(), Kind: "people", Before: canary}, []string{"canary"})
		})
		left := func() string {
			var kept []string
			for _, table := range []string{"draft", "away", "veto", "declaration", "delegate", "batch", "invitation"} {
				n := 0
				raw := storetest.Raw(h.T, h.source)
				h.must(raw.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n))
				h.must(raw.Close())
				if n > 0 {
					kept = append(kept, table)
				}
			}
			return strings.Join(kept, " ")
		}
		last := time.Duration(0)
		for _, step := range []struct {
			after time.Duration
			want  string
		}{
			{6 * day, "draft away veto declaration delegate batch invitation"}, {8 * day, "draft away veto declaration delegate invitation"},
			{31 * day, "draft away veto declaration invitation"}, {61 * day, "draft away veto declaration"}, {91 * day, "away veto declaration"}, {200 * day, "veto declaration"},
			{729 * day, "veto declaration"}, {731 * day, ""},
		} {
			h.pass(step.after - last)
			last = step.after
			h.must(h.Privacy.Sweep(h.Context()))
			if got := left(); got != step.want {
				h.Errorf("after %v there is still %q, want %q", step.after, got, step.want)
			}
		}
	})
}

func keys(t *testing.T) (note.Signer, note.Verifier) {
	private, public, err := note.GenerateKey(rand.Reader, "mentoring.example.org/audit")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	return signer, verifier
}
