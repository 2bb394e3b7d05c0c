//go:build unix

package person

import (
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// EL-2, EL-3: a declaration has its date, and none is one too.
func TestInterestsAreDeclaredWithTheirDateAndAnew(t *testing.T) {
	both(t, func(h *house) {
		v, c := h.somebody("ana"), h.Context()
		h.somebody("ben")
		h.must(h.Declare(c, v, []Position{{Kind: mentoring.Family, Other: "ben"}, {Kind: mentoring.Pays, Other: "ben", Over: true, Span: mentoring.Span{From: "2027-01-01", To: "2027-12-31"}}}))
		a, err := h.MyAuthority(c, v)
		h.must(err)
		if len(a.Positions) != 2 || len(a.Declared) != 1 || a.Declared[0].None || a.DueBy.Sub(a.Declared[0].At) != mentoring.DeclaredFor {
			h.Errorf("got %+v", a)
		}
		h.mistaken("oneself", h.Declare(c, v, []Position{{Kind: mentoring.Pays, Other: "ana"}}), "position", "authority.oneself")
		h.mistaken("a wish is no position", h.Declare(c, v, []Position{{Kind: mentoring.DoNotMatch, Other: "ben"}}), "position", "authority.kind")
		h.mistaken("observes for a year", h.Declare(c, v, []Position{{Kind: mentoring.Observes, Other: "ben", Span: mentoring.Span{From: "2027-01-01", To: "2027-12-31"}}}), "position", "authority.observes")
		if again, err := h.MyAuthority(c, v); err != nil || len(again.Positions) != 2 {
			h.Errorf("a declaration that was refused changed something: %+v, %v", again, err)
		}
		h.must(h.Declare(c, v, nil))
		if a, err = h.MyAuthority(c, v); err != nil || len(a.Positions) != 0 || len(a.Declared) != 2 || !a.Declared[0].None {
			h.Errorf("got %+v, %v", a, err)
		}
	})
}

func TestWhatOthersDeclaredIsAConflictWithoutItsKind(t *testing.T) {
	both(t, func(h *house) {
		ana, ben, claire, c := h.somebody("ana"), h.somebody("ben"), h.coordinator("claire"), h.Context()
		h.enrol("ana")
		h.must(h.Declare(c, ana, []Position{{Kind: mentoring.Family, Other: "ben"}}))
		a, err := h.MyAuthority(c, ben)
		h.must(err)
		if len(a.Positions) != 1 || a.Positions[0].Kind != "" || a.Positions[0].Other != "ana" {
			h.Errorf("Ben reads %+v", a.Positions)
		}
		a, err = h.AuthorityOf(c, claire, "ana", "program")
		if err != nil || len(a.Positions) != 1 || a.Positions[0].Kind != "" {
			h.Errorf("the coordinator reads %+v, %v", a.Positions, err)
		}
		_, err = h.AuthorityOf(c, ben, "ana", "program")
		h.hidden("Ben", err)
		if h.trail("ana")[0] != "authority.see" {
			h.Error("Ana cannot read who looked")
		}
	})
}

// AP-6: no reason, never shown, both ways.
func TestWishNotToBeMatchedHoldsBothWaysAndIsShownToNobody(t *testing.T) {
	both(t, func(h *house) {
		ana, ben, c := h.somebody("ana"), h.somebody("ben"), h.Context()
		h.must(h.KeepApart(c, ana, "ben", true))
		h.must(h.KeepApart(c, ana, "ben", true))
		for _, pair := range [][2]mentoring.PersonID{{"ana", "ben"}, {"ben", "ana"}} {
			h.must(h.DB.View(c, func(tx *store.Tx) error {
				for _, model := range []mentoring.Model{mentoring.Apprenticeship, mentoring.Cloning, mentoring.Nurturing, mentoring.Friendship} {
					barrier, err := BarrierBetween(tx, pair[0], pair[1], model, "2027-03-14")
					if err != nil || barrier != mentoring.Blocked {
						h.Errorf("%v, %s: %q, %v", pair, model, barrier, err)
					}
				}
				return nil
			}))
		}
		a, err := h.MyAuthority(c, ben)
		if err != nil || len(a.Apart)+len(a.Positions) != 0 || len(h.trail("ben")) != 0 || len(h.letters("ben@example.org")) != 0 {
			h.Errorf("Ben learns of it: %+v, %v", a, h.trail("ben"))
		}
		if a, err = h.MyAuthority(c, ana); err != nil || !slices.Equal(a.Apart, []mentoring.PersonID{"ben"}) {
			h.Errorf("Ana reads %+v, %v", a, err)
		}
		h.hidden("nobody", h.KeepApart(c, ana, "nobody", true))
		h.must(h.KeepApart(c, ana, "ben", false))
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			if apart, err := tx.Apart("ana", "ben"); apart || err != nil {
				h.Errorf("still apart, %v", err)
			}
			return nil
		}))
	})
}

const rotationList = `Resident,Preceptor,Period,Academic year
ana@example.org,ben@example.org,9,2026-2027
ana@example.org,Pédiatrie,P10,2026-27
`

// MO-13: observes blocks nothing.
func TestRotationListMakesEdgesThatBlockNothing(t *testing.T) {
	both(t, func(h *house) {
		h.somebody("ana")
		ben, head, claire, root, c := h.somebody("ben"), h.somebody("head"), h.coordinator("claire"), h.administrator("root"), h.Context()
		h.enrol("ana", "ben", "head")
		unit, err := h.AddUnit(c, root, Unit{En: "Pediatrics", Fr: "Pédiatrie"})
		h.must(err)
		h.must(h.LeadUnit(c, root, unit, "head", mentoring.Span{From: "2026-01-01"}))
		file := roster.Input{Name: "rotation.csv", Data: []byte(rotationList)}
		r, err := h.ReadRotation(c, claire, "program", file)
		h.must(err)
		want := []mentoring.Dated{
			{Edge: mentoring.Edge{Kind: mentoring.Observes, From: "ben", To: "ana"}, Span: mentoring.Span{From: "2027-02-08", To: "2027-03-07"}},
			{Edge: mentoring.Edge{Kind: mentoring.Observes, From: "head", To: "ana"}, Span: mentoring.Span{From: "2027-03-08", To: "2027-04-04"}},
		}
		if !slices.Equal(r.Edges, want) || len(r.Problems) != 0 {
			h.Errorf("got %+v", r)
		}
		_, err = h.ImportRotation(c, claire, "program", file, "something else")
		h.refuses("what was not seen", err, mentoring.Conflict, "import.changed-meanwhile")
		id, err := h.ImportRotation(c, claire, "program", file, r.Seen)
		h.must(err)
		for _, model := range []mentoring.Model{mentoring.Apprenticeship, mentoring.Cloning, mentoring.Nurturing, mentoring.Friendship} {
			h.must(h.DB.View(c, func(tx *store.Tx) error {
				barrier, err := BarrierBetween(tx, "head", "ana", model, "2027-03-14")
				if barrier != mentoring.Recusal {
					h.Errorf("%s: %q", model, barrier)
				}
				return err
			}))
		}
		if a, err := h.AuthorityOf(c, claire, "ana", "program"); err != nil || len(a.Positions) != 2 || a.Positions[0].Kind != mentoring.Observes {
			h.Errorf("the coordinator reads %+v, %v", a, err)
		}
		if a, err := h.MyAuthority(c, head); err != nil || len(a.Positions) != 1 || !a.Positions[0].Over {
			h.Errorf("the preceptor reads %+v, %v", a, err)
		}
		if h.trail("ana")[1] != "import.rotation" {
			h.Errorf("Ana reads %v", h.trail("ana"))
		}
		_, err = h.ReadRotation(c, ben, "program", file)
		h.hidden("somebody else imports", err)
		h.must(h.Undo(c, claire, "program", id))
		h.refuses("twice", h.Undo(c, claire, "program", id), mentoring.Conflict, "import.undone")
		if a, err := h.AuthorityOf(c, claire, "ana", "program"); err != nil || len(a.Positions) != 0 {
			h.Errorf("after undoing %+v, %v", a, err)
		}
	})
}

func TestEveryProblemOfARotationListIsNamedAndNothingIsImported(t *testing.T) {
	both(t, func(h *house) {
		h.somebody("ana")
		h.somebody("ben")
		claire, c := h.coordinator("claire"), h.Context()
		h.enrol("ana", "ben")
		file := roster.Input{Name: "rotation.csv", Data: []byte("person,supervisor,period,year,kind\nana,ben,1,2026,\nana,x@example.org,14,2026-2028,\nana,ben,14,2026-2028,\nana,ben,Block 2,2026,evaluates\nana,ana,3,2026,\nana,ben,4,2026,loves\nana,ben,P13,2026-27,évalue\n")}
		r, err := h.ReadRotation(c, claire, "program", file)
		h.must(err)
		_, err = h.ImportRotation(c, claire, "program", file, r.Seen)
		h.refuses("it is imported", err, mentoring.Invalid, "import.problems")
		var got []string
		for _, p := range r.Problems {
			got = append(got, p.Column+" "+p.Value+" "+p.Key)
		}
		want := []string{"year 2026-2028 import.year", "period 14 import.period", "supervisor ana authority.oneself", "kind loves import.kind"}
		if !slices.Equal(got, want) || r.Problems[0].Row != 4 || len(r.Placements) != 3 {
			h.Errorf("got %q", got)
		}
		if len(r.Left) != 1 || r.Left[0].Key != "import.not-in-program" || r.Left[0].Value != "x@example.org" {
			h.Errorf("left out are %+v", r.Left)
		}
		if a, err := h.AuthorityOf(c, claire, "ana", "program"); err != nil || len(a.Positions) != 0 {
			h.Errorf("something was imported: %+v, %v", a, err)
		}
		r, err = h.ReadRotation(c, claire, "program", roster.Input{Name: "x.csv", Data: []byte("a,b\n1,2\n")})
		if err != nil || len(r.Problems) != 4 || r.Problems[0].Key != "import.no-column.person" {
			h.Errorf("without columns: %+v, %v", r, err)
		}
	})
}
