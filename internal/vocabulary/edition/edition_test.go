//go:build unix

package edition

import (
	"bytes"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

var morning = time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)

// house is an installation with an administrator, anna, and a member, ben, who have signed in.
func house(t *testing.T, db *store.DB) (e *Editions, anna, ben account.Visit) {
	t.Helper()
	visit := func(person string) account.Visit {
		return account.Visit{Actor: mentoring.Actor{Person: mentoring.PersonID(person), Operator: true}, SessionID: "session-" + person} // as it once was
	}
	must(t, db.Update(t.Context(), func(tx *store.Tx) error {
		for _, id := range []string{"anna", "ben"} {
			if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: morning}); err != nil {
				return err
			}
			s := store.Session{ID: "session-" + id, Hash: []byte(id), Account: id, MadeAt: morning, ProvedAt: morning, SeenAt: morning, IdleEndsAt: morning.Add(time.Hour), EndsAt: morning.Add(time.Hour)}
			if err := tx.AddSession(s); err != nil {
				return err
			}
		}
		_, err := tx.AddRole("anna", store.Administrator, morning, "console")
		return err
	}))
	var looks atomic.Int64
	return &Editions{DB: db, Now: func() time.Time { return morning.Add(time.Duration(looks.Add(1)) * time.Microsecond) }}, visit("anna"), visit("ben")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refuses(t *testing.T, what string, err error, kind mentoring.FaultKind, key string) {
	t.Helper()
	if f, ok := err.(*mentoring.Fault); !ok || f.Kind != kind || key != "" && f.Key != key {
		t.Errorf("%s: %v", what, err)
	}
}

const mine = "#edition,2028.1\ncode,parent,en,fr\nadjunct,,adjunct professor,professeur auxiliaire\n"

func ranks(extra string) []byte {
	return append(bytes.Replace(vocabulary.Ranks().CSV(), []byte("2027.1"), []byte("2028.1"), 1), extra...)
}

func TestAnAdministratorReplacesAListAndGoesBack(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		e, anna, _ := house(t, db)
		must(t, db.Update(t.Context(), func(tx *store.Tx) error {
			err := tx.AddPerson(store.Person{ID: "ben", Given: "Ben", Family: "Roy", Sort: "roy ben", MadeAt: morning, ChangedAt: morning})
			if err == nil {
				err = tx.SetAppointments("ben", []store.Appointment{{ID: "1", UnitLabel: "here", Ladder: "rank", Code: "professor", Label: "professor"}})
			}
			return err
		}))
		file := ranks("adjunct,,adjunct professor,professeur auxiliaire,,,,\n")
		file = bytes.Replace(file, []byte("professeur titulaire"), []byte("professeure ou professeur titulaire"), 1)
		p, err := e.Preview(t.Context(), anna, "ranks", file)
		if must(t, err); p.Number != 0 || len(p.Problems) > 0 || len(p.Difference.Added) != 1 || len(p.Difference.Renamed) != 1 || p.Difference.Renamed[0].Uses != 1 {
			t.Fatalf("%+v", p)
		}
		if l, err := e.List(t.Context(), "ranks"); err != nil || l != vocabulary.Ranks() {
			t.Errorf("a preview changes %v, %v", l, err)
		}
		number, err := e.Replace(t.Context(), anna, "ranks", file, 0)
		if must(t, err); number != 1 {
			t.Errorf("it has the number %d", number)
		}
		l, err := e.List(t.Context(), "ranks")
		must(t, err)
		if term, ok := l.Find("adjunct"); !ok || term.Retired || l.Edition != "2028.1" {
			t.Errorf("%+v", l)
		}
		if again, err := e.List(t.Context(), "ranks"); err != nil || again != l {
			t.Errorf("an edition is read twice: %v", err)
		}
		other := &Editions{DB: db, Now: e.Now} // of another process
		if there, err := other.List(t.Context(), "ranks"); err != nil || !reflect.DeepEqual(there.Terms, l.Terms) {
			t.Errorf("elsewhere it is %v, %v", there, err)
		}
		number, err = e.Undo(t.Context(), anna, "ranks", 1)
		if must(t, err); number != 2 {
			t.Errorf("it has the number %d", number)
		}
		l, err = e.List(t.Context(), "ranks")
		must(t, err)
		if term, ok := l.Find("adjunct"); !ok || !term.Retired || l.Live() != vocabulary.Ranks().Live() || l.Label("professor", vocabulary.French) != "professeur titulaire" {
			t.Errorf("%+v", l.Terms)
		}
		if there, err := other.List(t.Context(), "ranks"); err != nil || there.Live() != l.Live() {
			t.Errorf("elsewhere it is %v, %v", there, err)
		}
		s, err := e.Shelf(t.Context(), anna, "ranks")
		if must(t, err); s.Number != 2 || len(s.Earlier) != 2 || s.Earlier[1].MadeBy != "anna" || s.Earlier[1].MadeAt.Sub(morning) > time.Second {
			t.Errorf("%+v", s)
		}
		must(t, db.View(t.Context(), func(tx *store.Tx) error {
			events, err := tx.UnsealedEvents(10)
			if len(events) != 2 || events[0].Action != "vocabulary.replace" || events[1].Action != "vocabulary.undo" || events[0].Actor != "anna" || events[0].ObjectID != "ranks" {
				t.Errorf("the log says %+v", events)
			}
			return err
		}))
	})
}

func TestOnlyAdministratorsOfTheMomentChangeLists(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		e, anna, ben := house(t, db)
		gone := anna
		gone.SessionID = "another"
		for who, v := range map[string]account.Visit{"a member": ben, "nobody": {}, "whose session is over": gone} {
			_, err := e.Replace(t.Context(), v, "ranks", ranks("x,,x,x,,,,\n"), 0)
			refuses(t, who+" replaces", err, mentoring.NotFound, "")
			_, err = e.Undo(t.Context(), v, "ranks", 0)
			refuses(t, who+" undoes", err, mentoring.NotFound, "")
			_, err = e.Preview(t.Context(), v, "ranks", ranks(""))
			refuses(t, who+" previews", err, mentoring.NotFound, "")
			_, err = e.Shelf(t.Context(), v, "ranks")
			refuses(t, who+" looks", err, mentoring.NotFound, "")
		}
		must(t, db.Update(t.Context(), func(tx *store.Tx) error { _, err := tx.TakeRole("anna", store.Administrator); return err }))
		_, err := e.Replace(t.Context(), anna, "ranks", ranks("x,,x,x,,,,\n"), 0)
		refuses(t, "a former administrator", err, mentoring.NotFound, "")
		must(t, db.View(t.Context(), func(tx *store.Tx) error {
			in, err := tx.EditionsInUse()
			if len(in) != 0 {
				t.Errorf("in use are %v", in)
			}
			return err
		}))
	})
}

func TestNothingIsReplacedUnseenOrByWhatIsWrong(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		e, anna, _ := house(t, db)
		_, err := e.Undo(t.Context(), anna, "ranks", 0)
		refuses(t, "nothing to undo", err, mentoring.Conflict, "vocabulary.nothing-to-undo")
		_, err = e.Replace(t.Context(), anna, "ranks", vocabulary.Ranks().CSV(), 0)
		refuses(t, "the same", err, mentoring.Invalid, "vocabulary.same")
		_, err = e.Replace(t.Context(), anna, "ranks", []byte(mine), 0)
		refuses(t, "a ladder without its steps", err, mentoring.Invalid, "vocabulary.mistakes")
		_, err = e.Replace(t.Context(), anna, "interests", []byte("code,en\n"), 0)
		refuses(t, "no list", err, mentoring.Invalid, "vocabulary.mistakes")
		_, err = e.Replace(t.Context(), anna, "colours", []byte(mine), 0)
		refuses(t, "an unknown list", err, mentoring.NotFound, "")
		p, err := e.Preview(t.Context(), anna, "ranks", []byte(mine))
		if must(t, err); len(p.Problems) != 5 || !strings.HasPrefix(p.Problems[0].Key, "vocabulary.problem.") {
			t.Errorf("%+v", p.Problems)
		}
		if _, err = e.Replace(t.Context(), anna, "interests", []byte(mine), 0); err != nil {
			t.Fatal(err)
		}
		_, err = e.Replace(t.Context(), anna, "interests", ranks(""), 0)
		refuses(t, "what somebody else has changed meanwhile", err, mentoring.Conflict, "vocabulary.changed")
		l, err := e.List(t.Context(), "interests")
		must(t, err)
		if term, ok := l.Find("sepsis"); !ok || !term.Retired || l.Live() != 1 {
			t.Errorf("what was lost is %+v", term)
		}
	})
}
