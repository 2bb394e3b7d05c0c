//go:build unix

package privacy

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// names lets somebody name an address in every way.
func (h *house) names(v account.Visit, address string) {
	h.Helper()
	c, span := h.Context(), mentoring.Span{From: "2027-01-01", To: "2027-12-31"}
	h.must(h.KeepApartFrom(c, v, address))
	h.must(h.Declare(c, v, []person.Position{{Kind: mentoring.Family, Address: address, Span: span}, {Kind: mentoring.Pays, Address: address, Over: true, Span: span}}))
}

// After erasure no trace of an address is left: of one that the person named, of theirs that somebody else named, and of
// one that they gave up before.
func TestErasureLeavesNoAddressThatWasNamed(t *testing.T) {
	both(t, func(h *house) {
		v, other := h.somebody("canary", "somebody@example.org"), h.somebody("other", "other@example.org")
		h.names(v, canary+"@Example.org")
		h.names(other, "somebody@example.org")
		h.update(func(tx *store.Tx) error {
			return tx.AddEmail(store.Email{Folded: "was-" + canary + "@example.org", Address: "was-" + canary + "@example.org", Account: "canary", Kind: store.Personal, VerifiedAt: h.now()})
		})
		h.must(h.KeepApartFrom(h.Context(), other, "was-"+canary+"@example.org"))
		h.update(func(tx *store.Tx) error { return tx.DeleteEmail("was-" + canary + "@example.org") })
		h.names(h.somebody("third", "third@example.org"), "nobody@example.org")
		if found := strings.Join(h.where(), " "); !strings.Contains(found, "veto_address.address") || !strings.Contains(found, "authority_address.folded") {
			t.Fatalf("the canary is only in %s", found)
		}
		h.must(h.Privacy.Erase(h.Context(), "canary"))
		if found := h.where(); len(found) != 0 {
			h.Errorf("the canary is still in %v", found)
		}
		if !strings.HasPrefix(h.source, "postgres") {
			h.noBytes()
		}
		if wishes, positions := h.count("veto_address"), h.count("authority_address"); wishes != 1 || positions != 2 {
			h.Errorf("%d wishes and %d positions are left, of somebody whom it is not about", wishes, positions)
		}
	})
}

func (h *house) count(table string) (n int) {
	h.Helper()
	raw := storetest.Raw(h.T, h.source)
	h.must(raw.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n))
	h.must(raw.Close())
	return n
}

// A person takes along whom they named, never whose the address is, and it is the same again elsewhere.
func TestWhatNamesAddressesIsTakenAlongAsTyped(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]store.Engine{{store.SQLite, store.PostgreSQL}, {store.PostgreSQL, store.SQLite}} {
		t.Run(string(pair[0]), func(t *testing.T) {
			t.Parallel()
			from, to := newHouse(t, pair[0]), newHouse(t, pair[1])
			v, other := from.somebody("ana", "ana@example.org"), from.somebody("other-id", "Known@Example.org")
			from.names(v, "Known@Example.org")
			from.names(other, "ana@example.org")
			from.update(func(tx *store.Tx) error { return tx.DeleteEmail("known@example.org") })
			data, err := from.Of(t.Context(), "ana")
			from.must(err)
			text, err := data.JSON()
			from.must(err)
			if len(data.Tables["veto_address"]) != 1 || len(data.Tables["authority_address"]) != 2 || bytes.Contains(text, []byte("other-id")) {
				t.Errorf("it says whose an address is, or not whom she named:\n%s", text)
			}
			id, err := to.Import(t.Context(), text)
			to.must(err)
			again, err := to.Of(t.Context(), id)
			to.must(err)
			if textAgain, err := again.JSON(); err != nil || !bytes.Equal(text, textAgain) {
				t.Errorf("it has changed on the way, %v:\n%s", err, firstDifference(text, textAgain))
			}
		})
	}
}

func TestWishesAboutAddressesGoWithTheOthers(t *testing.T) { // AP-7
	both(t, func(h *house) {
		h.names(h.somebody("ana", "ana@example.org"), "ben@example.org")
		h.pass(729 * day)
		h.must(h.Privacy.Sweep(h.Context()))
		if h.count("veto_address") != 1 || h.count("authority_address") != 2 {
			h.Error("they are gone before their term")
		}
		h.pass(2*day + time.Hour)
		h.must(h.Privacy.Sweep(h.Context()))
		if h.count("veto_address") != 0 || h.count("authority_address") != 2 {
			h.Error("a wish is kept too long, or a position goes that ended less than two years ago")
		}
		h.pass(365 * day)
		h.must(h.Privacy.Sweep(h.Context()))
		if h.count("authority_address") != 0 {
			h.Error("a position that ended is kept too long")
		}
	})
}
