//go:build unix

package demo

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

func accountsOver(db *store.DB) *account.Accounts {
	secrets := notice.NewSecrets([32]byte{5})
	queue := job.New(db, time.Now, slog.New(slog.DiscardHandler))
	post := notice.New(db, queue, &mail.Catcher{}, time.Now, notice.Site{Name: "x", Address: "http://localhost:1", From: "chiron@localhost.example", Secrets: secrets})
	return &account.Accounts{DB: db, Queue: queue, Post: post, Secrets: secrets, Now: time.Now}
}

func TestEverybodyAtTheSchoolHasAnAccount(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		s, err := Open(t.Context(), accountsOver(db), Make{1, 120})
		if err != nil || len(s.Members) != 120 {
			t.Fatalf("%d members, %v", len(s.Members), err)
		}
		for k := range s.Members {
			p := &s.Members[k]
			e, err := account.Demonstration(t.Context(), db)
			if p.ID == "" || e == "" || err != nil {
				t.Fatalf("%s has no account, %v", p.Name(), err)
			}
			entered, err := accountsOver(db).EnterAs(t.Context(), account.Key{Remote: "127.0.0.1"}, p.ID)
			if k > 5 {
				break
			}
			if err != nil || entered.Visit.Actor.Operator != p.Administrator || (entered.Visit.Language == "fr-CA") != p.French() {
				t.Errorf("%s comes in as %+v, %v", p.Name(), entered.Visit, err)
			}
		}
	})
}

// TestEverybodyHasAProfileAndTheirPlace reads some of what was settled as their owners do.
func TestEverybodyHasAProfileAndTheirPlace(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		a := accountsOver(db)
		s, err := Open(t.Context(), a, Make{1, 120})
		if err != nil {
			t.Fatal(err)
		}
		people := &person.People{DB: db, Queue: a.Queue, Post: a.Post, Now: a.Now}
		for _, g := range s.Guides() {
			e, err := a.EnterAs(t.Context(), account.Key{Remote: "127.0.0.1"}, g.ID)
			if err != nil {
				t.Fatal(err)
			}
			mine, err := people.Mine(t.Context(), e.Visit)
			if err != nil || mine.Profile.Given != g.First || len(mine.Profile.Seeks) != len(g.Wishes) || len(mine.Profile.Offers) != len(g.Offers) || len(mine.Profile.Appointments) != 1 {
				t.Errorf("%s says %+v, %v", g.Name(), mine.Profile, err)
				continue
			}
			at := mine.Profile.Appointments[0]
			if at.Where == "" || at.What.Label == "" || g.French() != strings.HasPrefix(at.Where, "Département") && g.Specialty != "" {
				t.Errorf("%s is at %+v", g.Name(), at)
			}
		}
		ties := 0
		err = db.View(t.Context(), func(tx *store.Tx) error {
			for k := range s.Members {
				all, err := tx.AuthoritiesOf(string(s.Members[k].ID))
				if ties += len(all); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || ties == 0 {
			t.Errorf("there are %d positions of authority, %v", ties, err)
		}
	})
}

func TestSchoolIsFoundAgainAsItWasMade(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		first, err := Open(t.Context(), accountsOver(db), Make{3, 60})
		if err != nil {
			t.Fatal(err)
		}
		again, err := Open(t.Context(), accountsOver(db), Make{4, 90})
		if err != nil || again.Make != (Make{3, 60}) {
			t.Fatalf("found %+v, %v", again.Make, err)
		}
		same := slices.EqualFunc(first.Members, again.Members, func(a, b Member) bool { return a.ID == b.ID && a.Name() == b.Name() })
		if !same {
			t.Error("they are others")
		}
	})
}

func TestInstallationIsNeverADemonstration(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		a := accountsOver(db)
		token, err := a.FirstLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.BecomeFirst(t.Context(), account.Key{Token: token}, "dean@example.org", "en"); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), a, Make{1, 60}); !errors.Is(err, account.ErrUsed) {
			t.Errorf("got %v", err)
		}
	})
}

func TestPeopleAreFoundByNameAndByWhatTheyDo(t *testing.T) {
	t.Parallel()
	s := imagine(Make{1, 400}).sorted()
	everybody, counts := s.Find("", nil)
	sum := 0
	for _, way := range Ways {
		sum += counts[way]
	}
	if len(everybody) != 400 || sum != 400 || counts[Administers] != 1 || counts[Mentors] == 0 || counts[Both] == 0 {
		t.Errorf("%d people, %v", len(everybody), counts)
	}
	mentors, same := s.Find("", []Way{Mentors, Both})
	if len(mentors) != counts[Mentors]+counts[Both] || same[Seeks] != counts[Seeks] {
		t.Errorf("%d mentors of %v", len(mentors), same)
	}
	one := everybody[7]
	found, _ := s.Find(strings.ToUpper(one.Last)+" "+one.First, nil)
	if !slices.Contains(found, one) || len(found) > 20 {
		t.Errorf("%s is one of %d", one.Name(), len(found))
	}
	if nobody, counts := s.Find("zzzzzz", nil); len(nobody) != 0 || len(counts) != 0 {
		t.Errorf("found %v", counts)
	}
}

func TestThereIsSomebodyToBeginWithInEveryWay(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{1, 2, 3} {
		guides := imagine(Make{seed, 400}).sorted().Guides()
		french := 0
		for _, g := range guides {
			if g.French() {
				french++
			}
		}
		if len(guides) != 6 || french == 0 || guides[4].Coordinates == 0 || !guides[5].Administrator {
			t.Errorf("seed %d: %d guides", seed, len(guides))
		}
	}
	if imagine(Make{1, Fewest}).Members == nil {
		t.Error("a small school is none")
	}
}

func TestFolderThatIsNoDemonstrationIsLeftAlone(t *testing.T) {
	t.Parallel()
	for name, fill := range map[string]func(root string) error{
		"an installation": func(root string) error {
			return os.WriteFile(filepath.Join(root, store.DatabaseFile), []byte("x"), 0o600)
		},
		"a file":              func(root string) error { return os.WriteFile(filepath.Join(root, "thesis.docx"), []byte("x"), 0o600) },
		"a folder":            func(root string) error { return os.Mkdir(filepath.Join(root, "data"), 0o700) },
		"a sign that is none": func(root string) error { return os.Symlink("/etc/hostname", filepath.Join(root, signFile)) },
	} {
		root := t.TempDir()
		if err := fill(root); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenFolder(root); err == nil || !strings.Contains(err.Error(), root) {
			t.Errorf("%s: %v", name, err)
		}
		if entries, err := os.ReadDir(root); len(entries) != 1 || err != nil {
			t.Errorf("%s: there are now %d things, %v", name, len(entries), err)
		}
	}
}

func TestFolderForTheTimeBeingGoesAndOneWithANameStays(t *testing.T) {
	t.Parallel()
	f, err := OpenFolder("")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.MkdirAll(f.Data(), 0o700), f.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Root); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	named := filepath.Join(t.TempDir(), "school", "one")
	for range 2 { // and can be gone on with
		f, err := OpenFolder(named)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.MkdirAll(f.Data(), 0o700), f.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(f.Data()); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkSchool(b *testing.B) {
	for b.Loop() {
		db, err := store.Open(b.Context(), b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Open(b.Context(), accountsOver(db), Make{1, 400}); err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
