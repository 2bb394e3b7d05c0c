//go:build unix

package person

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// asStored is the same over the same database, where the store answers and no directory in memory.
func (h *house) asStored() *People {
	return &People{DB: h.DB, Queue: h.Queue, Post: h.Post, Now: h.Now, counted: mostCounted}
}

// agree says that two answer the same for a viewer, page after page.
func (h *house) agree(what string, one, other *People, v account.Visit, f Filter) (found int) {
	h.Helper()
	for _, list := range []func(p *People, after string) (Listing, error){
		func(p *People, after string) (Listing, error) { return p.Directory(h.Context(), v, f, after) },
		func(p *People, after string) (Listing, error) { return p.List(h.Context(), v, "program", f, after) },
	} {
		if f.Marks == "" && len(v.Actor.Coordinates) == 0 {
			if l, err := list(one, ""); mentoring.IsFault(err, mentoring.NotFound) || len(l.Cards) == 0 && err != nil {
				continue // the list of a program, for a member
			}
		}
		for after, page := "", 0; page < 3; page++ {
			a, errA := list(one, after)
			b, errB := list(other, after)
			if !reflect.DeepEqual(a, b) || fmt.Sprint(errA) != fmt.Sprint(errB) {
				h.Fatalf("%s: %+v, page %d:\nin memory %d %v %+v %d, %v\nstored    %d %v %+v %d, %v", what, f, page, a.Total, names(a), a.Facets, a.Wider, errA, b.Total, names(b), b.Facets, b.Wider, errB)
			}
			found += len(a.Cards)
			if after = a.Next; after == "" {
				break
			}
		}
	}
	return found
}

// TestTheDirectoryInMemoryAnswersAsTheStoreDoesAfterEveryChange changes people in all the ways that there are, and after
// each compares all that two viewers are shown with what the store finds without a memory; also in a second instance over
// the same database, which learns of the changes from there alone.
func TestTheDirectoryInMemoryAnswersAsTheStoreDoesAfterEveryChange(t *testing.T) {
	both(t, func(h *house) {
		r, c := rand.New(rand.NewPCG(21, 22)), h.Context()
		second, stored := &People{DB: h.DB, Queue: h.Queue, Post: h.Post, Now: h.Now}, h.asStored()
		root, claire, member := h.administrator("root"), h.coordinator("claire"), h.somebody("member")
		var units []mentoring.UnitID
		for _, name := range []string{"North", "South"} {
			u, err := h.AddUnit(c, root, Unit{En: name, Fr: name})
			h.must(err)
			units = append(units, u)
		}
		purposes, interests := []string{"research", "family_life", "career_choice"}, []string{"sepsis", "ultrasound", "resuscitation"}
		visits := map[string]account.Visit{}
		var ids []string
		draw := func(from []string) string { return from[r.IntN(len(from))] }
		update := func(f func(tx *store.Tx) error) { h.Helper(); h.must(h.DB.Update(c, f)) }
		change := func() string {
			if len(ids) < 24 || r.IntN(12) == 0 {
				id := fmt.Sprintf("p%02d", len(visits))
				ids, visits[id] = append(ids, id), h.somebody(id)
				h.must(h.SaveName(c, visits[id], Name{Given: "Ana", Family: "Silva"}))
				h.must(h.SaveOffer(c, visits[id], Offer{Offers: terms(draw(purposes)), Capacity: 1, Listed: true}))
				h.enrol(id)
				return "somebody comes"
			}
			id := draw(ids)
			v := visits[id]
			switch r.IntN(14) {
			case 0, 1:
				place := mentoring.Term{Label: draw([]string{"Montréal", "Québec"})}
				_ = h.SaveName(c, v, Name{Given: draw([]string{"Hélène", "Zoé", "Li"}), Family: draw([]string{"Tremblay", "O'Brien", "Trembley"}), Place: place})
				return "a name"
			case 2:
				_ = h.SaveOffer(c, v, Offer{Offers: terms(draw(purposes)), Capacity: r.IntN(2), Listed: r.IntN(4) > 0})
				return "an offer"
			case 3:
				_ = h.SaveTopics(c, v, Topics{Interests: terms(draw(interests))})
				return "a topic"
			case 4, 5:
				_ = h.ShowField(c, v, []mentoring.Field{mentoring.FieldPlace, mentoring.FieldInterests, mentoring.FieldOffers, mentoring.FieldAppointments}[r.IntN(4)], mentoring.Audience(r.IntN(3)))
				return "a field is shown or not"
			case 6:
				_ = h.SaveAway(c, v, []mentoring.Span{{From: "2027-03-01", To: mentoring.Day(draw([]string{"2027-03-14", "2027-04-01"}))}}[:r.IntN(2)])
				return "away"
			case 7:
				_ = h.SaveAppointments(c, v, Appointed{Appointments: []mentoring.Appointment{{Unit: units[r.IntN(2)], Ladder: "rank", What: mentoring.Term{Code: "professor"}, Span: mentoring.Span{From: "2020-01-01"}}}})
				return "an appointment"
			case 13:
				update(func(tx *store.Tx) (err error) {
					if r.IntN(3) == 0 {
						_, err = tx.EndEnrolment("program", id)
					} else {
						_, err = tx.Enrol(store.Enrolment{Program: "program", Person: id, Since: h.now()})
					}
					return err
				})
				return "in the program or not"
			case 8:
				at := h.now()
				if r.IntN(2) == 0 {
					at = at.AddDate(-5000, 0, 0)
				}
				update(func(tx *store.Tx) error {
					if at.Year() < 0 {
						return tx.SuspendAccount(id, store.Account{}.SuspendedAt, "")
					}
					return tx.SuspendAccount(id, at, "reason")
				})
				return "suspended or not"
			case 9:
				_ = h.Mark(c, member, mentoring.PersonID(id), draw([]string{"kept", "aside", ""}))
				return "a mark"
			case 10:
				_ = h.Declare(c, claire, []Position{{Kind: mentoring.Evaluates, Other: mentoring.PersonID(id), Over: true}}[:r.IntN(2)])
				return "authority"
			case 11:
				h.must(h.ChangeUnit(c, root, Unit{ID: units[0], En: draw([]string{"North", "Tremblay wing"}), Fr: "Nord"}))
				h.Queue.Drain(c)
				return "a unit has another name"
			default:
				if r.IntN(3) > 0 {
					return "nothing"
				}
				ids = slices.DeleteFunc(ids, func(other string) bool { return other == id })
				update(func(tx *store.Tx) error {
					if err := tx.ForgetWords(id); err != nil {
						return err
					}
					return tx.DeletePerson(id)
				})
				return "somebody goes"
			}
		}
		found := 0
		for round := range 90 {
			what := change()
			if round < 24 || round%2 == 0 {
				continue
			}
			f := Filter{Text: draw([]string{"", "", "tremblay", "Tremblai", "montreal", "zoe", "north", "sepsi", "x"}), Room: r.IntN(4) == 0, Codes: map[mentoring.Field][]string{}}
			if r.IntN(3) == 0 {
				f.Codes[mentoring.FieldOffers] = []string{draw(purposes)}
			}
			if r.IntN(3) == 0 {
				f.Codes[mentoring.FieldInterests] = []string{draw(interests), draw(interests)}
			}
			if r.IntN(5) == 0 {
				f.Marks = draw([]string{"kept", "aside"})
			}
			which := []*People{h.People, second}[r.IntN(2)]
			found += h.agree(what, which, stored, member, f)
			f.Marks = ""
			found += h.agree(what, which, stored, claire, f)
			if round == 60 {
				h.must(h.Remember(c))
			}
			if round == 70 {
				h.memory.busy = true
				h.tidy(h.memory.held)
			}
		}
		if found < 200 {
			h.Errorf("%d found in all", found)
		}
		if h.memory.held == nil || second.memory.held == nil || stored.memory.held != nil {
			h.Error("nobody has looked into the memory")
		}
	})
}

// Where people are many, the store answers until the directory is in memory.
func TestNobodyWaitsUntilManyPeopleAreInMemory(t *testing.T) {
	both(t, func(h *house) {
		c := h.Context()
		v := h.somebody("viewer")
		now := h.now()
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			for k := range manyAtOnce {
				id := fmt.Sprintf("p%03d", k)
				if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
					return err
				}
				if err := tx.AddPerson(store.Person{ID: id, Sort: fmt.Sprint(k % 7), Listed: true, MadeAt: now, ChangedAt: now}); err != nil {
					return err
				}
			}
			return nil
		}))
		h.memory.busy = true // somebody has just begun to read it
		l, err := h.Directory(c, v, Filter{}, "")
		if err != nil || l.Total != manyAtOnce || h.memory.held != nil {
			h.Errorf("%d found, %v", l.Total, err)
		}
		h.must(h.Remember(c))
		h.agree("remembered", h.People, h.asStored(), v, Filter{})
		if h.memory.held.Len() != manyAtOnce {
			h.Errorf("%d in memory", h.memory.held.Len())
		}
	})
}

// What a transaction that fails has changed is never in memory.
func TestWhatWasNotSavedIsNotRemembered(t *testing.T) {
	both(t, func(h *house) {
		h.helene()
		v, c := h.somebody("amara"), h.Context()
		if l, err := h.Directory(c, v, Filter{Text: "tremblay"}, ""); err != nil || l.Total != 1 {
			h.Fatalf("%d, %v", l.Total, err)
		}
		failed := h.DB.Update(c, func(tx *store.Tx) error {
			w := h.work(tx)
			if _, err := w.come(v); err != nil {
				return err
			}
			if err := tx.SetWords("helene", nil); err != nil {
				return err
			}
			q, err := w.searchFor(Filter{Text: "tremblay"}, "")
			if err != nil {
				return err
			}
			var l Listing
			if _, err = w.find(q, place{}, &l); err != nil || l.Total != 0 {
				h.Errorf("in the transaction %d are found, %v", l.Total, err)
			}
			return fmt.Errorf("it fails")
		})
		if l, err := h.Directory(c, v, Filter{Text: "tremblay"}, ""); err != nil || l.Total != 1 || failed == nil {
			h.Errorf("%d, %v", l.Total, err)
		}
	})
}

func TestWhoIsSuspendedOrHasGoneOnWithAnotherAccountIsNotRemembered(t *testing.T) {
	both(t, func(h *house) {
		h.helene()
		v, c := h.somebody("amara"), h.Context()
		for _, step := range []struct {
			do   func(tx *store.Tx) error
			want int
		}{
			{func(*store.Tx) error { return nil }, 1},
			{func(tx *store.Tx) error { return tx.SuspendAccount("helene", h.now(), "reason") }, 0},
			{func(tx *store.Tx) error { return tx.SuspendAccount("helene", store.Account{}.SuspendedAt, "") }, 1},
			{func(tx *store.Tx) error { return tx.MergeAccount("helene", "amara") }, 0},
		} {
			h.must(h.DB.Update(c, step.do))
			if l, err := h.Directory(c, v, Filter{Text: "tremblay"}, ""); err != nil || l.Total != step.want {
				h.Errorf("%d found, want %d, %v", l.Total, step.want, err)
			}
		}
	})
}
