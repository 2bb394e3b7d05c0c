//go:build unix

package person

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestUnitsAreATreeThatMovesWithoutCirclesAndCloses(t *testing.T) {
	both(t, func(h *house) {
		root, c := h.administrator("root"), h.Context()
		add := func(en, fr string, parent mentoring.UnitID) mentoring.UnitID {
			id, err := h.AddUnit(c, root, Unit{En: en, Fr: fr, Parent: parent, Open: mentoring.Span{From: "2000-01-01"}})
			h.must(err)
			return id
		}
		school := add("School of medicine", "Faculté de médecine", "")
		pediatrics := add("Pediatrics", "Pédiatrie", school)
		neonatology := add("Neonatology", "", pediatrics)
		change := func(id, parent mentoring.UnitID, name string, closed mentoring.Day) error {
			return h.ChangeUnit(c, root, Unit{ID: id, Parent: parent, En: name, Open: mentoring.Span{From: "2000-01-01", To: closed}})
		}
		h.refuses("the school below what is below it", change(school, neonatology, "School", ""), mentoring.Conflict, "unit.circle")
		h.refuses("closed over what is open", change(pediatrics, school, "Pediatrics", "2027-01-01"), mentoring.Conflict, "unit.open-below")
		h.hidden("below nothing that there is", change(pediatrics, "x", "Pediatrics", ""))
		h.hidden("what is not there", change("x", "", "X", ""))
		h.hidden("somebody else", h.ChangeUnit(c, h.somebody("eve"), Unit{ID: school, En: "Mine"}))
		h.mistaken("without a name", change(school, "", " ", ""), "en", "person.no-name")
		h.must(change(neonatology, pediatrics, "Neonatology", "2026-12-31"))
		h.must(change(pediatrics, school, "Paediatrics", "2027-01-01"))
		all, err := h.Units(c, root)
		h.must(err)
		var shown []string
		for _, u := range all {
			shown = append(shown, fmt.Sprint(u.Depth, " ", u.En, " ", u.Fr, " ", u.Open.To))
		}
		if want := []string{"0 School of medicine Faculté de médecine ", "1 Paediatrics Paediatrics 2027-01-01", "2 Neonatology Neonatology 2026-12-31"}; !slices.Equal(shown, want) {
			h.Errorf("got %q", shown)
		}
	})
}

func TestPeopleAreFoundByTheUnitsAboveTheirsWhenThoseMove(t *testing.T) {
	both(t, func(h *house) {
		root, v, ben, c := h.administrator("root"), h.helene(), h.somebody("ben"), h.Context()
		unit := func(name string, parent mentoring.UnitID) mentoring.UnitID {
			id, err := h.AddUnit(c, root, Unit{En: name, Fr: name, Parent: parent})
			h.must(err)
			return id
		}
		north, south := unit("North", ""), unit("South", "")
		ward := unit("Ward", north)
		h.must(h.SaveAppointments(c, v, Appointed{Appointments: []mentoring.Appointment{{Unit: ward, Ladder: "rank", What: mentoring.Term{Code: "professor"}, Span: mentoring.Span{From: "2020-01-01", To: "2027-06-30"}}}}))
		found := func(unit mentoring.UnitID, text string) int {
			l, err := h.Directory(c, ben, Filter{Text: text, Codes: map[mentoring.Field][]string{fieldUnit: {string(unit)}}}, "")
			h.must(err)
			return l.Total
		}
		if found(north, "") != 1 || found(ward, "north") != 1 || found(south, "") != 0 {
			h.Error("she is not found by her unit and what it is part of")
		}
		h.must(h.ChangeUnit(c, root, Unit{ID: ward, Parent: south, En: "Ward", Fr: "Ward"}))
		h.Queue.Drain(c)
		if found(north, "") != 0 || found(south, "south") != 1 {
			h.Error("she is found where the unit was")
		}
		h.must(h.Refresh(c, "2027-06-29", "2027-06-30"))
		h.pass(110 * 24 * 3600 * 1e9) // to July
		h.must(h.Refresh(c, "2027-06-30", mentoring.DayOf(h.now())))
		if found(south, "") != 0 {
			h.Error("she is found by an appointment that has ended")
		}
	})
}

// TestPositionsInForceAreThoseOfAModel adds positions, units and those who lead them at random, and compares what an actor
// is given with a plain walk over all of it.
func TestPositionsInForceAreThoseOfAModel(t *testing.T) {
	both(t, func(h *house) {
		r, c := rand.New(rand.NewPCG(1, 9)), h.Context()
		people := []string{"a", "b", "c", "d"}
		for _, id := range people {
			h.somebody(id)
		}
		day := func() string { return fmt.Sprintf("2027-0%d-01", 1+r.IntN(6)) }
		var edges []store.Authority
		var heads []store.UnitHead
		var appointments []store.Appointment
		parents := map[string]string{}
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			for k := range 6 {
				id := fmt.Sprint("u", k)
				if k > 0 && r.IntN(3) > 0 {
					parents[id] = fmt.Sprint("u", r.IntN(k))
				}
				if err := tx.AddUnit(store.Unit{ID: id, Parent: parents[id], NameEn: id, NameFr: id}); err != nil {
					return err
				}
			}
			for k, id := range people {
				if err := tx.AddPerson(store.Person{ID: id, MadeAt: h.now(), ChangedAt: h.now()}); err != nil {
					return err
				}
				a := store.Appointment{ID: id, Person: id, Unit: fmt.Sprint("u", r.IntN(6)), Ladder: "rank", FromDay: "2027-02-01", ToDay: fmt.Sprintf("2027-0%d-01", 3+k)}
				appointments = append(appointments, a)
				if err := tx.SetAppointments(id, []store.Appointment{a}); err != nil {
					return err
				}
			}
			for k := range 12 {
				from, to := day(), day()
				if from > to {
					from, to = to, from
				}
				if k%3 == 0 {
					head := store.UnitHead{Unit: fmt.Sprint("u", r.IntN(6)), Person: people[r.IntN(4)], Span: store.Span{From: from, To: to}}
					heads = append(heads, head)
					if err := tx.SetUnitHead(head); err != nil {
						return err
					}
					continue
				}
				e := store.Authority{ID: fmt.Sprint(k), From: people[k%4], To: people[(k+1+r.IntN(3))%4], Kind: string(mentoring.Declarable[r.IntN(9)]), Span: store.Span{From: from, To: to}, Source: "roster", By: fmt.Sprint(k), MadeAt: h.now()}
				edges = append(edges, e)
				if err := tx.AddAuthority(e); err != nil {
					return err
				}
			}
			return nil
		}))
		in := func(from, to, day string) bool { return from <= day && (to == "" || day <= to) }
		below := func(unit, above string) bool {
			for at := unit; at != ""; at = parents[at] {
				if at == above {
					return true
				}
			}
			return false
		}
		some := 0
		for month := 1; month <= 7; month++ {
			today := fmt.Sprintf("2027-0%d-01", month)
			for _, me := range people {
				want := map[store.Edge]bool{}
				for _, e := range edges {
					if in(e.Span.From, e.Span.To, today) && (e.From == me || e.To == me) {
						want[store.Edge{From: e.From, To: e.To, Kind: e.Kind}] = true
					}
				}
				for _, head := range heads {
					for _, a := range appointments {
						if in(head.From, head.To, today) && in(a.FromDay, a.ToDay, today) && below(a.Unit, head.Unit) && head.Person != a.Person && (head.Person == me || a.Person == me) {
							want[store.Edge{From: head.Person, To: a.Person, Kind: "leads_unit_of"}] = true
						}
					}
				}
				h.must(h.DB.View(c, func(tx *store.Tx) error {
					got, err := tx.Standing(me, today)
					for _, e := range got {
						if !want[e] {
							h.Errorf("%s on %s: %v is not so", me, today, e)
						}
					}
					if len(got) != len(want) {
						h.Errorf("%s on %s: %v, want %v", me, today, got, want)
					}
					some += len(got)
					return err
				}))
			}
		}
		if some < 20 {
			h.Errorf("only %d positions", some)
		}
	})
}
