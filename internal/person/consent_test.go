//go:build unix

package person

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// AP-3: of the eight sets of consents, each allows its own uses and no other.
func TestNoConsentImpliesAnother(t *testing.T) {
	inSchool(t, func(s *school) {
		helene := s.somebody("helene")
		id := s.asks(mentoring.Religion)
		for set := 1; set < 8; set++ {
			var given []mentoring.Use
			for k, use := range mentoring.Uses {
				if set&(1<<k) != 0 {
					given = append(given, use)
				}
			}
			s.tells(helene, id, "buddhist", given...)
			if o := s.says(helene, mentoring.Religion); o == nil || !slices.Equal(o.Uses, given) {
				t.Fatalf("given %v, live %+v", given, o)
			}
			for _, use := range mentoring.Uses {
				value, by, err := s.reads(mentoring.Religion, use)
				if allowed := slices.Contains(given, use); err != nil || allowed != (len(by) == 1) || allowed != (len(value.Codes) == 1) {
					t.Errorf("given %v, %s reads %v by %v: %v", given, use, value, by, err)
				}
				for _, consent := range by {
					for _, other := range mentoring.Uses {
						if _, err := s.read(consent, other); other != use && !mentoring.IsFault(err, mentoring.NotFound) {
							t.Errorf("the consent to %s allows %s: %v", use, other, err)
						}
					}
				}
			}
		}
	})
}

func TestReadAfterWithdrawalFails(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		s.tells(helene, s.asks(mentoring.Religion), "muslim", mentoring.Uses[:]...)
		ids := map[mentoring.Use]ConsentID{}
		for _, use := range mentoring.Uses {
			value, by, err := s.reads(mentoring.Religion, use)
			if err != nil || !slices.Equal(value.Codes, []string{"muslim"}) {
				t.Fatalf("%s: %v, %v", use, value, err)
			}
			ids[use] = by[0]
		}
		for k, use := range mentoring.Uses {
			s.must(s.Withdraw(ctx, helene, mentoring.Religion, use))
			for n, other := range mentoring.Uses {
				if _, err := s.read(ids[other], other); (err == nil) != (n > k) {
					t.Errorf("%s was withdrawn, and reading for %s: %v", use, other, err)
				}
			}
			s.must(s.Withdraw(ctx, helene, mentoring.Religion, use)) // twice is once
		}
		if s.isKept("helene") || s.says(helene, mentoring.Religion) != nil {
			t.Error("with the last consent the value does not go")
		}
		if _, err := s.read("nowhere", mentoring.InMatching); !mentoring.IsFault(err, mentoring.NotFound) {
			t.Errorf("by a consent that nobody gave: %v", err)
		}
		log, err := s.ConsentLog(ctx, helene)
		if len(log) != 3 || err != nil {
			t.Fatalf("the consent log says %+v, %v", log, err)
		}
		for _, l := range log {
			c := l.Consent
			if l.EndedAt.IsZero() || l.EndedBy != mentoring.ByPage || c.Channel != mentoring.ByPage || c.Wording != 1 || c.Language != "fr-CA" || c.GivenAt.IsZero() || l.EndedAt.Before(c.GivenAt) || l.Inquiry.Characteristic != mentoring.Religion {
				t.Errorf("the consent log says %+v", l)
			}
		}
	})
}

func TestSuspendedPersonWithdrawsAndTellsNothing(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		id := s.asks(mentoring.Religion)
		s.tells(helene, id, "none", mentoring.InMatching)
		s.must(s.DB.Update(ctx, func(tx *store.Tx) error { return tx.SuspendAccount("helene", s.now(), "asked to") }))
		s.hidden("telling", s.Tell(ctx, helene, telling(id, "sikh", mentoring.InMatching)))
		s.hidden("consenting", s.Consent(ctx, helene, id, mentoring.InProfile, 1, "en"))
		s.must(s.Withdraw(ctx, helene, mentoring.Religion, mentoring.InMatching))
		if s.isKept("helene") {
			t.Error("it was not withdrawn")
		}
	})
}

// looks are ways to stand to a person.
func looks(person string) map[string]mentoring.Object {
	owner := mentoring.PersonID(person)
	return map[string]mentoring.Object{
		"counterpart": {Owner: owner, Participants: []mentoring.PersonID{"viewer", owner}, Program: "program"},
		"others":      {Owner: owner, Program: "program", Units: []mentoring.UnitID{"unit"}},
		"forged":      {Owner: owner, Facts: ^mentoring.Fact(0), Kind: mentoring.Profile},
	}
}

// viewers are people who look at somebody else.
var viewers = map[string]mentoring.Actor{
	"nobody":      {},
	"stranger":    {Person: "viewer"},
	"coordinator": {Person: "viewer", Coordinates: []mentoring.ProgramID{"program"}},
	"unit head":   {Person: "viewer", Heads: []mentoring.UnitID{"unit"}},
	"operator":    {Person: "viewer", Operator: true},
	"suspended":   {Person: "viewer", Suspended: true},
}

func TestShownToThosePartneredAndToNobodyElse(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		religion, age, gender := s.asks(mentoring.Religion), s.asks(mentoring.Age), s.asks(mentoring.Gender)
		s.tells(helene, religion, "none", mentoring.InProfile)
		s.tells(helene, age, "40-49", mentoring.InProfile, mentoring.InMatching)
		s.tells(helene, gender, "man", mentoring.InMatching, mentoring.InStatistics)
		s.must(s.DB.View(ctx, func(tx *store.Tx) error {
			for who, actor := range viewers {
				for how, object := range looks("helene") {
					shown, err := s.Shown(tx, actor, object)
					s.must(err)
					want := ""
					if how == "counterpart" && who != "nobody" && who != "suspended" {
						want = "[{age {[40-49] }} {religion {[none] }}]"
					}
					if got := fmt.Sprint(shown); got != want && !(want == "" && got == "[]") {
						t.Errorf("%s, %s: %s, want %s", who, how, got, want)
					}
				}
			}
			return nil
		}))
	})
}

// seen is everything that these functions show of a person to others, and all that lies open in the database, in a text
// with the person's own name and the names of rows taken out, and the same text without the values that are shown to
// those who may see them.
func (s *school) seen(tx *store.Tx, person string) (whole, alike string) {
	var b, values strings.Builder
	for _, look := range []struct{ who, how string }{
		{"nobody", "counterpart"}, {"suspended", "counterpart"}, {"stranger", "counterpart"}, {"stranger", "others"},
		{"coordinator", "others"}, {"unit head", "others"}, {"operator", "others"}, {"operator", "forged"},
	} {
		shown, err := s.Shown(tx, viewers[look.who], looks(person)[look.how])
		s.must(err)
		for _, one := range shown {
			fmt.Fprintln(&b, look, one.Characteristic)
			fmt.Fprintln(&values, one.Value)
		}
	}
	row, err := tx.Private(person, string(private.Characteristics), "")
	if !store.IsKind(err, store.NotFound) {
		s.must(err)
	}
	fmt.Fprintln(&b, row.Kind, row.About, row.Key, len(row.ID), len(row.Sealed))
	consents, err := tx.Consents(person)
	s.must(err)
	slices.SortFunc(consents, func(a, b store.Consent) int { return strings.Compare(a.Use, b.Use) }) // at one instant their order is random
	for _, c := range consents {
		fmt.Fprintln(&b, c.Inquiry, c.Use, c.Wording, c.Language, c.Channel, c.GivenAt, c.WithdrawnAt, c.WithdrawnBy)
	}
	if !strings.HasSuffix(person, "0") { // one in ten is enough of the log, which takes longest to read
		return b.String() + values.String(), b.String()
	}
	events, err := tx.EventsAbout(person, store.Event{}, 3)
	s.must(err)
	for _, e := range events {
		fmt.Fprintln(&b, e.At, e.Action, e.ObjectKind, len(e.Was), len(e.Became), e.ObjectID == person)
	}
	return b.String() + values.String(), b.String()
}

// Two people who differ only in a sensitive value are indistinguishable in everything that is shown to others, but for the
// value itself to whom they let see it.
func TestTwoWhoDifferInAnAnswerAloneLookAlike(t *testing.T) {
	t.Parallel()
	const together = 100
	pairs := 10_000
	if testing.Short() {
		pairs = 500
	}
	s := newSchool(newHouse(t, storetest.Open(t, storetest.Source(t, store.SQLite))))
	random := rand.New(rand.NewPCG(1, 2))
	asked := map[mentoring.Characteristic]string{}
	for _, c := range mentoring.Characteristics() {
		asked[c] = s.asks(c)
	}
	differ, shownToSome := 0, 0
	for first := 0; first < pairs; first += together {
		at := s.now()
		s.must(s.DB.Update(s.Context(), func(tx *store.Tx) error {
			for n := first; n < first+together; n++ {
				of := mentoring.Characteristics()[random.IntN(8)]
				choices := of.Choices()
				x := random.IntN(len(choices))
				values := [2]mentoring.Value{{Codes: []string{choices[x]}}, {Codes: []string{choices[(x+1+random.IntN(len(choices)-1))%len(choices)]}}}
				if random.IntN(2) == 0 {
					values[1] = mentoring.Value{Words: strings.Repeat("é", 1+random.IntN(mentoring.MostWords))}
				}
				uses := mentoring.Uses[:1+random.IntN(3)]
				if random.IntN(2) == 0 {
					uses = mentoring.Uses[random.IntN(3):]
				}
				open := slices.Contains(uses, mentoring.InProfile)
				var alike, whole [2]string
				for k := range 2 {
					who := fmt.Sprintf("%c%05d", 'a'+k, n)
					s.must(tx.AddAccount(store.Account{ID: who, Language: "en", MadeAt: at}))
					w := s.Characteristics.People.work(tx)
					w.now, w.actor = at, mentoring.Actor{Person: mentoring.PersonID(who)}
					s.must(s.tell(w, Telling{Inquiry: asked[of], Value: values[k], Uses: uses, Wording: 1, Language: "en"}))
					whole[k], alike[k] = s.seen(tx, who)
				}
				if alike[0] != alike[1] {
					t.Fatalf("%v and %v of %s, for %v:\n%s\n%s", values[0], values[1], of, uses, alike[0], alike[1])
				}
				if differ++; open != (whole[0] != whole[1]) {
					t.Fatalf("for %v they are seen to differ: %t", uses, !open)
				}
				if open {
					shownToSome++
				}
			}
			return nil
		}))
	}
	if differ != pairs || shownToSome < pairs/4 {
		t.Errorf("of %d pairs %d were looked at, and %d let the value be seen", pairs, differ, shownToSome)
	}
}

// Who consented must be able to find out to what: a version of the texts keeps its words for ever. Another text is
// another version.
func TestVersionsOfConsentKeepTheirWords(t *testing.T) {
	t.Parallel()
	versions := []string{"39eed883c2b04a3c"}
	if len(versions) != mentoring.Wording {
		t.Fatalf("version %d is in use, and %d are held to their words", mentoring.Wording, len(versions))
	}
	for k, want := range versions {
		h := sha256.New()
		for _, language := range []locale.Language{locale.English, locale.French} {
			for _, use := range mentoring.Uses {
				text := locale.For(language).Say(use.TextKey(k + 1))
				if len(text) < 50 {
					t.Fatalf("version %d, %s: %q", k+1, use, text)
				}
				fmt.Fprintln(h, text)
			}
		}
		if got := hex.EncodeToString(h.Sum(nil)[:8]); got != want {
			t.Errorf("version %d has other words than it had (%s)", k+1, got)
		}
	}
}

func TestEveryCharacteristicAndChoiceHasWords(t *testing.T) {
	t.Parallel()
	for _, language := range []locale.Language{locale.English, locale.French} {
		words := locale.For(language)
		keys := []string{}
		for _, c := range mentoring.Characteristics() {
			keys = append(keys, c.Key())
			for _, code := range c.Choices() {
				keys = append(keys, c.ChoiceKey(code))
			}
		}
		for _, use := range mentoring.Uses {
			keys = append(keys, use.Key())
		}
		for _, by := range []mentoring.Channel{mentoring.ByPage, mentoring.ByInstallation, mentoring.ByClock, mentoring.ByMerging} {
			keys = append(keys, by.Key())
		}
		for _, field := range []string{"purpose.english", "purpose.french", "necessity.english", "necessity.french", "months", "unreadable", "too-long", "empty", "alone", "no-use", "changed"} {
			keys = append(keys, "characteristic."+field)
		}
		for _, key := range keys {
			if !words.Has(key) {
				t.Errorf("%s: there are no words for %s", language, key)
			}
		}
	}
}
