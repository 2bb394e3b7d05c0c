//go:build unix

package person

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

var models = []mentoring.Model{mentoring.Apprenticeship, mentoring.Cloning, mentoring.Nurturing, mentoring.Friendship}

// barriers are those between two people in each model, the same from either side.
func (h *house) barriers(a, b mentoring.PersonID) (all []mentoring.Barrier) {
	h.Helper()
	for _, model := range models {
		h.must(h.DB.View(h.Context(), func(tx *store.Tx) error {
			one, err := BarrierBetween(tx, a, b, model, "2027-03-14")
			back, err2 := BarrierBetween(tx, b, a, model, "2027-03-14")
			if one != back || err2 != nil {
				h.Errorf("%s: %q and back %q, %v", model, one, back, err2)
			}
			all = append(all, one)
			return err
		}))
	}
	return all
}

// AP-6, H4, H5: no reason, both ways, in every model, and never shown; here for somebody who is in no directory.
func TestWishAboutAnAddressHoldsForWhoeverHasItAndIsShownToNobody(t *testing.T) {
	both(t, func(h *house) {
		ana, c := h.somebody("ana"), h.Context()
		h.must(h.KeepApartFrom(c, ana, " Ben@Example.org "))
		h.must(h.KeepApartFrom(c, ana, "ben@example.org"))
		ben := h.somebody("ben") // who comes later
		blocked := slices.Repeat([]mentoring.Barrier{mentoring.Blocked}, len(models))
		if got := h.barriers("ana", "ben"); !slices.Equal(got, blocked) {
			h.Errorf("between them: %q", got)
		}
		a, err := h.MyAuthority(c, ana)
		if err != nil || len(a.Wishes) != 1 || a.Wishes[0].Address != "Ben@Example.org" || len(a.Apart) != 0 {
			h.Fatalf("Ana reads %+v, %v", a, err)
		}
		if b, err := h.MyAuthority(c, ben); err != nil || len(b.Wishes)+len(b.Apart)+len(b.Positions) != 0 || len(h.trail("ben")) != 0 || len(h.letters("ben@example.org")) != 0 {
			h.Errorf("Ben learns of it: %+v, %v", b, h.trail("ben"))
		}
		h.must(h.TakeBack(c, ben, a.Wishes[0].ID)) // which is not his
		if got := h.barriers("ana", "ben"); !slices.Equal(got, blocked) {
			h.Errorf("after Ben took it back: %q", got)
		}
		h.must(h.TakeBack(c, ana, a.Wishes[0].ID))
		if got := h.barriers("ana", "ben"); slices.Contains(got, mentoring.Blocked) {
			h.Errorf("after Ana took it back: %q", got)
		}
	})
}

// MO-5, H3: an evaluative position towards an address stands like any other.
func TestPositionDeclaredTowardsAnAddressStandsBetweenTheTwo(t *testing.T) {
	both(t, func(h *house) {
		ana, claire, c := h.somebody("ana"), h.coordinator("claire"), h.Context()
		h.enrol("ana")
		span := mentoring.Span{From: "2027-01-01", To: "2027-12-31"}
		h.must(h.Declare(c, ana, []Position{
			{Kind: mentoring.Evaluates, Address: "Ben@Example.org", Span: span}, {Kind: mentoring.Observes, Over: true, Address: "zoe@example.org", Span: mentoring.Span{From: "2027-03-01", To: "2027-03-28"}},
		}))
		ben := h.somebody("ben")
		h.somebody("zoe")
		h.enrol("ben")
		if got, want := h.barriers("ana", "ben"), []mentoring.Barrier{mentoring.DualRole, mentoring.DualRole, mentoring.Blocked, mentoring.Blocked}; !slices.Equal(got, want) {
			h.Errorf("with Ben: %q", got)
		}
		if got, want := h.barriers("ana", "zoe"), slices.Repeat([]mentoring.Barrier{mentoring.Recusal}, len(models)); !slices.Equal(got, want) {
			h.Errorf("with Zoé: %q", got)
		}
		a, err := h.MyAuthority(c, ana)
		h.must(err)
		if one := a.Positions[0]; len(a.Positions) != 2 || one.Address != "Ben@Example.org" || one.Other != "" || one.Kind != mentoring.Evaluates || one.Over || one.Span != span || !one.Mine {
			h.Errorf("Ana reads %+v", a.Positions)
		}
		b, err := h.MyAuthority(c, ben)
		h.must(err)
		if len(b.Positions) != 1 || b.Positions[0].Kind != "" || b.Positions[0].Other != "ana" || b.Positions[0].Address != "" || !b.Positions[0].Over {
			h.Errorf("Ben reads %+v", b.Positions)
		}
		if a, err = h.AuthorityOf(c, claire, "ana", "program"); err != nil || len(a.Positions) != 2 || strings.Contains(fmt.Sprint(a), "example") || a.Positions[0].Kind != "" {
			h.Errorf("the coordinator reads %+v, %v", a.Positions, err)
		}
		h.must(h.Declare(c, claire, []Position{{Kind: mentoring.Evaluates, Address: "ben@example.org", Span: span}}))
		if b, err = h.AuthorityOf(c, claire, "ben", "program"); err != nil || len(b.Positions) != 1 || b.Positions[0].Mine {
			h.Errorf("the coordinator reads whose the address is that she named: %+v, %v", b.Positions, err)
		}
		h.must(h.Declare(c, ana, nil))
		if got := h.barriers("ana", "ben"); slices.Contains(got, mentoring.Blocked) {
			h.Errorf("after a declaration of nothing: %q", got)
		}
	})
}

// What is said, shown and logged of an address is the same whether or not somebody has it (security: unknown and
// forbidden look the same).
func TestNamingAnAddressDoesNotTellWhetherSomebodyHasIt(t *testing.T) {
	both(t, func(h *house) {
		c := h.Context()
		h.somebody("known")
		var told []string
		for _, who := range []string{"one", "two"} {
			v, address := h.somebody(who), map[string]string{"one": "known@example.org", "two": "never@example.org"}[who]
			var all strings.Builder
			say := func(values ...any) { fmt.Fprintln(&all, values...) }
			say(h.KeepApartFrom(c, v, address), h.KeepApartFrom(c, v, address))
			say(h.Declare(c, v, []Position{{Kind: mentoring.Family, Address: address, Over: true}}))
			say(h.Declare(c, v, []Position{{Kind: mentoring.Observes, Address: address}, {Kind: "x", Address: address}}))
			a, err := h.MyAuthority(c, v)
			for _, w := range a.Wishes {
				say(w.Address)
			}
			for _, p := range a.Positions {
				p.ID = ""
				say(fmt.Sprintf("%+v", p))
			}
			say(len(a.Apart), len(a.Declared), err)
			h.must(h.DB.View(c, func(tx *store.Tx) error {
				events, err := tx.EventsAbout(who, store.Event{}, 100)
				for _, e := range events {
					say(e.Actor, e.Action, e.ObjectKind, e.ObjectID, len(e.Was), len(e.Became), e.About)
				}
				return err
			}))
			say(len(h.letters("known@example.org")), len(h.trail("known")))
			told = append(told, strings.NewReplacer("known@", "x@", "never@", "x@", "one", "who", "two", "who").Replace(all.String()))
		}
		if told[0] != told[1] {
			h.Errorf("with an account:\n%s\nwithout:\n%s", told[0], told[1])
		}
		if strings.Count(told[0], "x@") != 2 || strings.Count(told[0], "veto.add") != 2 {
			h.Errorf("it tells nothing:\n%s", told[0])
		}
	})
}

func TestAddressThatIsOnesOwnOrNoneIsRefused(t *testing.T) {
	both(t, func(h *house) {
		ana, c := h.somebody("ana"), h.Context()
		h.refuses("no address", h.KeepApartFrom(c, ana, "ben at example"), mentoring.Invalid, "account.address-not-right")
		h.refuses("her own", h.KeepApartFrom(c, ana, "ANA@example.org"), mentoring.Invalid, "authority.own-address")
		h.mistaken("no address", h.Declare(c, ana, []Position{{Kind: mentoring.Pays, Address: "ben at example"}}), "position", "account.address-not-right")
		h.mistaken("her own", h.Declare(c, ana, []Position{{Kind: mentoring.Pays, Address: "ana@example.org"}}), "position", "authority.own-address")
		h.mistaken("a wish", h.Declare(c, ana, []Position{{Kind: mentoring.DoNotMatch, Address: "ben@example.org"}}), "position", "authority.kind")
		for k := range mostWishes {
			h.must(h.KeepApartFrom(c, ana, fmt.Sprintf("n%d@example.org", k)))
		}
		h.refuses("one more", h.KeepApartFrom(c, ana, "more@example.org"), mentoring.Invalid, "person.too-many")
	})
}

// An address can be guessed from its hash, so the log has none.
func TestLogHoldsNoHashOfAnAddress(t *testing.T) {
	both(t, func(h *house) {
		ana, c := h.somebody("ana"), h.Context()
		h.must(h.KeepApartFrom(c, ana, "ben@example.org"))
		h.must(h.Declare(c, ana, []Position{{Kind: mentoring.Pays, Address: "ben@example.org"}}))
		var first []store.Event
		h.must(h.DB.View(c, func(tx *store.Tx) (err error) { first, err = tx.EventsAbout("ana", store.Event{}, 100); return err }))
		h.must(h.KeepApartFrom(c, ana, "ben@example.org"))
		h.must(h.Declare(c, ana, []Position{{Kind: mentoring.Pays, Address: "ben@example.org"}}))
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			all, err := tx.EventsAbout("ana", store.Event{}, 100)
			for k, e := range all[:len(first)] {
				if string(e.Became) == string(first[k].Became) || len(e.Became) == 0 {
					h.Errorf("%s: the same address has the same hash", e.Action)
				}
			}
			return err
		}))
	})
}
