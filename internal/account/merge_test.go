//go:build unix

package account

import (
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// TestMergedAccountsTakeProfileAndPositionsAlong, and leave behind what was sealed with the name of the account that goes,
// with the consents that were given as that account.
func TestMergedAccountsTakeProfileAndPositionsAlong(t *testing.T) {
	both(t, func(h *house) {
		goes, stays, boss := h.somebody("old@example.org"), h.somebody("home@example.org"), h.somebody("boss@example.org")
		from, into := string(goes.Visit.Actor.Person), string(stays.Visit.Actor.Person)
		h.must(h.db.Update(h.Context(), func(tx *store.Tx) error {
			now := h.now()
			for _, step := range []error{
				tx.AddPerson(store.Person{ID: from, Given: "Zoé", Family: "Tremblay", Sort: "tremblay zoe", MadeAt: now, ChangedAt: now}),
				tx.AddAuthority(store.Authority{ID: "a", Kind: "evaluates", From: string(boss.Visit.Actor.Person), To: from, Span: store.Span{From: "2027-01-01"}, By: from, Source: "declared", MadeAt: now}),
				tx.AddInquiry(store.Inquiry{ID: "i", Characteristic: "gender", PurposeEnglish: "p", PurposeFrench: "p", NecessityEnglish: "n", NecessityFrench: "n", Months: 12, MadeBy: into, MadeAt: now}),
				tx.AddConsent(store.Consent{ID: "c", Person: from, Inquiry: "i", Use: "shown", Wording: 1, Language: "en", Channel: "page", GivenAt: now}),
				tx.PutPrivate(store.PrivateRow{ID: "v", Person: from, Kind: "characteristics", Key: "k", Sealed: make([]byte, 40)}),
			} {
				if step != nil {
					return step
				}
			}
			return nil
		}))
		if edges := h.somebody("old@example.org").Visit.Actor.Edges; len(edges) != 1 || edges[0].Kind != mentoring.Evaluates {
			h.Errorf("before, the positions are %v", edges)
		}
		h.pass(time.Hour)
		stays = h.somebody("home@example.org")
		h.must(h.AskMerge(h.Context(), stays.Visit, "old@example.org", ""))
		h.must(h.ConfirmMerge(h.Context(), stays.Visit, Key{Token: h.token("old@example.org")}))
		if edges := h.somebody("home@example.org").Visit.Actor.Edges; len(edges) != 1 || edges[0].To != mentoring.PersonID(into) {
			h.Errorf("after, the positions are %v", edges)
		}
		h.view(func(tx *store.Tx) error {
			if p, err := tx.Person(into); err != nil || p.Given != "Zoé" {
				h.Errorf("the profile is %+v: %v", p, err)
			}
			if _, err := tx.Private(from, "characteristics", ""); !store.IsKind(err, store.NotFound) {
				h.Errorf("what was sealed is still there: %v", err)
			}
			consents, err := tx.Consents(from)
			if len(consents) != 1 || consents[0].WithdrawnAt.IsZero() {
				h.Errorf("the consents are %+v", consents)
			}
			return err
		})
	})
}
