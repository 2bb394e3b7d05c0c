//go:build unix

package person

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A school is a house with an administrator in which people can be asked for sensitive characteristics.
type school struct {
	*house
	*Characteristics
	root account.Visit
}

func inSchool(t *testing.T, test func(s *school)) {
	t.Helper()
	both(t, func(h *house) { test(newSchool(h)) })
}

func newSchool(h *house) *school {
	ring, err := keys.Open(filepath.Join(h.TempDir(), "keys"), "mentoring.example.org/audit", h.now())
	h.must(err)
	vault, err := private.Open(h.Context(), h.DB, ring, h.now)
	h.must(err)
	return &school{h, &Characteristics{h.People, vault}, h.administrator("root")}
}

// asks lets the installation ask for a characteristic, and gives back the inquiry's id.
func (s *school) asks(of mentoring.Characteristic) string {
	s.Helper()
	s.root = s.signIn("root")
	id, err := s.Ask(s.Context(), s.root, mentoring.Inquiry{
		Characteristic: of, Months: 12,
		Purpose:   mentoring.InBoth{English: "To see whether all are served alike.", French: "Voir si tout le monde est bien servi."},
		Necessity: mentoring.InBoth{English: "Without it nobody could tell.", French: "Sans cela, personne ne le saurait."},
	})
	s.must(err)
	return id
}

func (s *school) tells(v account.Visit, inquiry, code string, uses ...mentoring.Use) {
	s.Helper()
	s.must(s.Tell(s.Context(), v, telling(inquiry, code, uses...)))
}

func telling(inquiry, code string, uses ...mentoring.Use) Telling {
	return Telling{Inquiry: inquiry, Value: mentoring.Value{Codes: []string{code}}, Uses: uses, Wording: mentoring.Wording, Language: "fr-CA"}
}

// says is what a person sees of their own; nil: nothing was said.
func (s *school) says(v account.Visit, of mentoring.Characteristic) *OwnCharacteristic {
	s.Helper()
	all, err := s.Own(s.Context(), v)
	s.must(err)
	for _, o := range all {
		if o.Inquiry.Characteristic == of && o.Said {
			return &o
		}
	}
	return nil
}

// reads is what somebody else gets by the consent of one person to a use.
func (s *school) reads(of mentoring.Characteristic, use mentoring.Use) (value mentoring.Value, by []ConsentID, err error) {
	s.Helper()
	err = s.DB.View(s.Context(), func(tx *store.Tx) (err error) {
		if by, err = s.Allowing(tx, of, use, "", 10); err == nil && len(by) == 1 {
			value, err = s.Read(tx, by[0], use)
		}
		return err
	})
	return value, by, err
}

func (s *school) read(by ConsentID, use mentoring.Use) (value mentoring.Value, err error) {
	err = s.DB.View(s.Context(), func(tx *store.Tx) (err error) { value, err = s.Read(tx, by, use); return err })
	return value, err
}

func (s *school) isKept(person string) (kept bool) {
	s.Helper()
	s.must(s.DB.View(s.Context(), func(tx *store.Tx) error {
		_, err := tx.Private(person, string(private.Characteristics), "")
		if kept = err == nil; store.IsKind(err, store.NotFound) {
			return nil
		}
		return err
	}))
	return kept
}

func TestNothingIsAskedBeforeTheInstallationSaysWhy(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		if all, err := s.Own(ctx, helene); len(all) != 0 || err != nil {
			t.Errorf("asked for at installation: %v, %v", all, err)
		}
		right := mentoring.Inquiry{
			Characteristic: mentoring.Religion, Months: 6,
			Purpose:   mentoring.InBoth{English: "To see whether all are served alike.", French: "Voir si tout le monde est bien servi."},
			Necessity: mentoring.InBoth{English: "Without it nobody could tell.", French: "Sans cela, personne ne le saurait."},
		}
		_, err := s.Ask(ctx, helene, right)
		s.hidden("a member asks", err)
		_, err = s.Ask(ctx, helene, mentoring.Inquiry{})
		s.hidden("a member asks for nothing", err)
		_, err = s.Ask(ctx, s.coordinator("coordinator"), right)
		s.hidden("a coordinator asks", err)
		_, err = s.Ask(ctx, s.root, mentoring.Inquiry{Characteristic: mentoring.Religion})
		if len(mentoring.MistakesIn(err)) != 5 {
			t.Errorf("without purpose, necessity and months: %v", err)
		}
		s.pass(time.Hour)
		_, err = s.Ask(ctx, s.root, right)
		s.refuses("an administrator who signed in long ago asks", err, mentoring.Forbidden, "account.fresh-sign-in")
		s.hidden("nobody was asked, and it ends", s.StopAsking(ctx, s.signIn("root"), mentoring.Religion))

		id := s.asks(mentoring.Religion)
		s.asks(mentoring.Age)
		all, err := s.Own(ctx, helene)
		if len(all) != 2 || all[0].Inquiry.Characteristic != mentoring.Age || all[1].Inquiry.ID != id || all[1].Said || all[1].Uses != nil || err != nil {
			t.Errorf("got %+v, %v", all, err)
		}
		_, err = s.Inquiries(ctx, helene)
		s.hidden("a member reads the log of inquiries", err)
		if past, err := s.Inquiries(ctx, s.root); len(past) != 2 || err != nil {
			t.Errorf("an administrator reads %v, %v", past, err)
		}
		if got := s.trail("root"); !slices.Equal(got, []string{"characteristic.ask", "characteristic.ask"}) {
			t.Errorf("the trail says %v", got)
		}
	})
}

func TestPersonSaysChangesAndDeletesTheirOwn(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene, noor := s.Context(), s.somebody("helene"), s.somebody("noor")
		religion, gender := s.asks(mentoring.Religion), s.asks(mentoring.Gender)
		s.tells(helene, religion, "jewish", mentoring.InMatching)
		s.must(s.Tell(ctx, helene, Telling{Inquiry: gender, Value: mentoring.Value{Codes: []string{"woman"}, Words: "trans"}, Uses: []mentoring.Use{mentoring.InStatistics}, Wording: 1, Language: "en"}))
		s.tells(helene, religion, "none", mentoring.InMatching)
		o := s.says(helene, mentoring.Religion)
		if o == nil || !reflect.DeepEqual(o.Value.Codes, []string{"none"}) || o.Until.Sub(s.at).Hours() < 364*24 {
			t.Errorf("changed: %+v", o)
		}
		if o := s.says(helene, mentoring.Gender); o == nil || o.Value.Words != "trans" {
			t.Errorf("the other one: %+v", o)
		}
		if s.says(noor, mentoring.Religion) != nil {
			t.Error("another person sees it as their own")
		}
		s.must(s.Forget(ctx, helene, mentoring.Gender))
		if s.says(helene, mentoring.Gender) != nil || s.says(helene, mentoring.Religion) == nil || !s.isKept("helene") {
			t.Error("deleted: not that one, or not that one alone")
		}
		if _, by, err := s.reads(mentoring.Gender, mentoring.InStatistics); len(by) != 0 || err != nil {
			t.Errorf("deleted, and still in use: %v, %v", by, err)
		}
		s.must(s.Forget(ctx, helene, mentoring.Gender))
		s.must(s.Forget(ctx, helene, mentoring.Religion))
		if s.isKept("helene") {
			t.Error("there is a row for nothing")
		}
		for what, wrong := range map[string]struct {
			t    Telling
			kind mentoring.FaultKind
			key  string
		}{
			"a code of another list":     {telling(gender, "jewish", mentoring.InMatching), mentoring.Invalid, "characteristic.unreadable"},
			"texts that were not read":   {Telling{Inquiry: gender, Value: mentoring.Value{Words: "x"}, Uses: mentoring.Uses[:], Wording: 7, Language: "en"}, mentoring.Conflict, "characteristic.changed"},
			"in no language":             {Telling{Inquiry: gender, Value: mentoring.Value{Words: "x"}, Uses: mentoring.Uses[:], Wording: 1}, mentoring.Invalid, "account.language"},
			"an inquiry nobody made":     {telling("nowhere", "woman", mentoring.InMatching), mentoring.NotFound, "fault.not-here"},
			"a value for no use":         {telling(gender, "woman"), mentoring.Invalid, "characteristic.no-use"},
			"a value for an unknown use": {telling(gender, "woman", "gossip"), mentoring.Invalid, "characteristic.no-use"},
		} {
			s.refuses(what, s.Tell(ctx, helene, wrong.t), wrong.kind, wrong.key)
		}
		if s.isKept("helene") {
			t.Error("something that was refused is kept")
		}
	})
}

// The log says that a person did something, and neither what they said nor of which characteristic, not even as a hash:
// there are so few values that each could be tried.
func TestAuditLogHoldsNothingToGuessFrom(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		id := s.asks(mentoring.Religion)
		s.tells(helene, id, "jewish", mentoring.InMatching)
		s.must(s.Consent(ctx, helene, id, mentoring.InProfile, 1, "en"))
		s.must(s.Withdraw(ctx, helene, mentoring.Religion, mentoring.InProfile))
		s.must(s.Forget(ctx, helene, mentoring.Religion))
		if got := s.trail("helene"); !slices.Equal(got, []string{"characteristic.forget", "consent.withdraw", "consent.give", "characteristic.tell"}) {
			t.Errorf("the trail says %v", got)
		}
		s.must(s.DB.View(ctx, func(tx *store.Tx) error {
			events, err := tx.EventsAbout("helene", store.Event{}, 100)
			for _, e := range events {
				if len(e.Was) != 0 || len(e.Became) != 0 || e.ObjectID != "helene" || e.ObjectKind != "sensitive characteristics" {
					t.Errorf("%+v", e)
				}
			}
			return err
		}))
		if letters := s.letters("helene@example.org"); len(letters) != 0 {
			t.Errorf("letters: %v", letters)
		}
	})
}

func TestAdministratorInsideTheAccountSeesAndChangesNothing(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		id := s.asks(mentoring.Religion)
		s.tells(helene, id, "sikh", mentoring.InProfile)
		inside := helene
		inside.Actor.SteppingIn = "root"
		_, err := s.Own(ctx, inside)
		s.hidden("own", err)
		_, err = s.ConsentLog(ctx, inside)
		s.hidden("consent log", err)
		s.hidden("tell", s.Tell(ctx, inside, telling(id, "none", mentoring.InProfile)))
		s.hidden("withdraw", s.Withdraw(ctx, inside, mentoring.Religion, mentoring.InProfile))
		s.hidden("forget", s.Forget(ctx, inside, mentoring.Religion))
		s.hidden("nobody", s.Tell(ctx, account.Visit{}, telling(id, "none", mentoring.InProfile)))
		if o := s.says(helene, mentoring.Religion); o == nil || o.Value.Codes[0] != "sikh" {
			t.Errorf("afterwards: %+v", o)
		}
	})
}

func TestInstallationThatStopsAskingUsesNothingAnyMore(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		id := s.asks(mentoring.Religion)
		s.tells(helene, id, "sikh", mentoring.Uses[:]...)
		_, by, _ := s.reads(mentoring.Religion, mentoring.InMatching)
		s.must(s.StopAsking(ctx, s.signIn("root"), mentoring.Religion))
		if _, err := s.read(by[0], mentoring.InMatching); !mentoring.IsFault(err, mentoring.NotFound) {
			t.Errorf("the next read: %v", err)
		}
		if all, err := s.Own(ctx, helene); len(all) != 0 || err != nil {
			t.Errorf("still asked for: %v, %v", all, err)
		}
		s.refuses("telling", s.Tell(ctx, helene, telling(id, "sikh", mentoring.InMatching)), mentoring.Conflict, "characteristic.changed")
		s.must(s.Sweep(ctx))
		if s.isKept("helene") {
			t.Error("it is kept for nobody")
		}

		// Asked for again, for whatever purpose, nobody has consented.
		s.asks(mentoring.Religion)
		if _, by, err := s.reads(mentoring.Religion, mentoring.InMatching); len(by) != 0 || err != nil {
			t.Errorf("consents have come back: %v, %v", by, err)
		}
	})
}

func TestWhatWasSaidGoesWithTheClock(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx := s.Context()
		helene, noor := s.somebody("helene"), s.somebody("noor")
		religion, age := s.asks(mentoring.Religion), s.asks(mentoring.Age)
		s.tells(helene, religion, "hindu", mentoring.InStatistics)
		s.pass(200 * 24 * time.Hour)
		s.tells(helene, age, "30-39", mentoring.InStatistics)
		s.tells(noor, religion, "muslim", mentoring.InStatistics)
		s.must(s.Sweep(ctx))
		if s.says(helene, mentoring.Religion) == nil {
			t.Error("it went before its time")
		}
		s.pass(170 * 24 * time.Hour)
		s.must(s.Sweep(ctx))
		helene, noor = s.signIn("helene"), s.signIn("noor")
		if s.says(helene, mentoring.Religion) != nil || s.says(helene, mentoring.Age) == nil || s.says(noor, mentoring.Religion) == nil {
			t.Error("after twelve months: not that one, or not that one alone")
		}
		log, err := s.ConsentLog(ctx, helene)
		if len(log) != 2 || log[0].EndedBy != mentoring.ByClock || !log[1].EndedAt.IsZero() || err != nil {
			t.Errorf("the consent log says %+v, %v", log, err)
		}
		s.pass(400 * 24 * time.Hour)
		s.must(s.Sweep(ctx))
		if s.isKept("helene") || s.isKept("noor") {
			t.Error("something is still kept")
		}
	})
}

func TestAnotherPurposeIsAnotherConsent(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		first := s.asks(mentoring.Religion)
		s.tells(helene, first, "none", mentoring.InMatching)
		_, by, _ := s.reads(mentoring.Religion, mentoring.InMatching)
		second := s.asks(mentoring.Religion)
		if _, err := s.read(by[0], mentoring.InMatching); !mentoring.IsFault(err, mentoring.NotFound) {
			t.Errorf("the old consent allows the new purpose: %v", err)
		}
		s.refuses("telling what was not read", s.Tell(ctx, helene, telling(first, "none", mentoring.InMatching)), mentoring.Conflict, "characteristic.changed")
		s.pass(20 * 24 * time.Hour)
		s.must(s.Sweep(ctx))
		if o := s.says(helene, mentoring.Religion); o == nil || o.Uses != nil {
			t.Errorf("there is no time to consent anew: %+v", o)
		}
		s.must(s.Consent(ctx, helene, second, mentoring.InStatistics, 1, "en"))
		if value, _, err := s.reads(mentoring.Religion, mentoring.InStatistics); err != nil || !slices.Equal(value.Codes, []string{"none"}) {
			t.Errorf("with the new consent: %v, %v", value, err)
		}
		log, err := s.ConsentLog(ctx, helene)
		if len(log) != 2 || log[0].EndedBy != mentoring.ByInstallation || log[1].EndedBy != "" || log[1].Consent.Language != "en" || err != nil {
			t.Errorf("the consent log says %+v, %v", log, err)
		}

		third := s.asks(mentoring.Religion)
		s.pass(31 * 24 * time.Hour)
		s.must(s.Sweep(ctx))
		if s.isKept("helene") {
			t.Error("it is kept for no use")
		}
		s.must(s.Consent(ctx, helene, third, mentoring.InStatistics, 1, "en"))
		if _, by, _ := s.reads(mentoring.Religion, mentoring.InStatistics); len(by) != 0 {
			t.Error("a consent to nothing was given")
		}
	})
}

func TestMergedAccountLeavesNothingBehind(t *testing.T) {
	inSchool(t, func(s *school) {
		ctx, helene := s.Context(), s.somebody("helene")
		s.somebody("other")
		s.tells(helene, s.asks(mentoring.Religion), "none", mentoring.InMatching)
		s.must(s.DB.Update(ctx, func(tx *store.Tx) error { return tx.MergeAccount("helene", "other") }))
		s.must(s.Sweep(ctx))
		if _, by, err := s.reads(mentoring.Religion, mentoring.InMatching); s.isKept("helene") || len(by) != 0 || err != nil {
			t.Errorf("left behind: %v, %v", by, err)
		}
	})
}

func TestOneDamagedRowHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	source := storetest.Source(t, store.SQLite)
	s := newSchool(newHouse(t, storetest.Open(t, source)))
	id := s.asks(mentoring.Religion)
	for _, who := range []string{"a", "b", "c"} {
		s.tells(s.somebody(who), id, "none", mentoring.InMatching)
	}
	if _, err := storetest.Raw(t, source).Exec("UPDATE private_value SET sealed = zeroblob(1056) WHERE person = 'b'"); err != nil {
		t.Fatal(err)
	}
	s.pass(400 * 24 * time.Hour)
	err := s.Sweep(s.Context())
	if !errors.Is(err, &private.Fault{Kind: private.Damaged}) || strings.Contains(err.Error(), "none") {
		t.Errorf("sweeping: %v", err)
	}
	if s.isKept("a") || !s.isKept("b") || s.isKept("c") {
		t.Error("not the others were deleted, and they alone")
	}
}

// What cannot be opened can still be withdrawn, deleted and said again.
func TestPersonWhoseRowIsDamagedIsNotStuck(t *testing.T) {
	t.Parallel()
	source := storetest.Source(t, store.SQLite)
	s := newSchool(newHouse(t, storetest.Open(t, source)))
	raw := storetest.Raw(t, source)
	ctx, id, age := s.Context(), s.asks(mentoring.Religion), s.asks(mentoring.Age)
	spoilt := func(who, how string) account.Visit {
		v := s.somebody(who)
		s.tells(v, id, "none", mentoring.InMatching, mentoring.InProfile)
		s.tells(v, age, "30-39", mentoring.InMatching)
		if _, err := raw.Exec("UPDATE private_value SET "+how+" WHERE person = $1", who); err != nil {
			t.Fatal(err)
		}
		return v
	}
	const damaged, keyless = "sealed = zeroblob(1056)", "key = 'feedfeedfeedfeed'"

	again := spoilt("again", damaged)
	if s.says(again, mentoring.Religion) != nil {
		t.Error("something can be read")
	}
	s.tells(again, id, "sikh", mentoring.InMatching)
	if o := s.says(again, mentoring.Religion); o == nil || o.Value.Codes[0] != "sikh" || len(o.Uses) != 1 {
		t.Errorf("said again: %+v", o)
	}
	s.must(s.Forget(ctx, spoilt("forget", damaged), mentoring.Religion))
	if s.isKept("forget") {
		t.Error("what is damaged cannot be deleted")
	}

	withdraw := spoilt("withdraw", keyless)
	s.must(s.Withdraw(ctx, withdraw, mentoring.Age, mentoring.InMatching))
	log, err := s.ConsentLog(ctx, withdraw)
	if len(log) != 3 || log[2].EndedAt.IsZero() || log[2].Inquiry.Characteristic != mentoring.Age || err != nil {
		t.Errorf("without the key, withdrawn: %+v, %v", log, err)
	}
	missing := &private.Fault{Kind: private.KeyMissing}
	if err := s.Forget(ctx, withdraw, mentoring.Religion); !errors.Is(err, missing) || !s.isKept("withdraw") {
		t.Errorf("without the key, deleted: %v", err)
	}
	if err := s.Tell(ctx, withdraw, telling(id, "sikh", mentoring.InMatching)); !errors.Is(err, missing) {
		t.Errorf("without the key, said over: %v", err)
	}
}

// Everything that somebody says lies in the database in no form that can be read.
func TestFilesOfTheDatabaseHoldNoAnswer(t *testing.T) {
	t.Parallel()
	folder := storetest.Source(t, store.SQLite)
	s := newSchool(newHouse(t, storetest.Open(t, folder)))
	id, helene := s.asks(mentoring.Gender), s.somebody("helene")
	const canary = "canary 4711 of the seventh sea"
	for _, words := range []string{canary, canary + " again"} {
		s.must(s.Tell(context.Background(), helene, Telling{Inquiry: id, Value: mentoring.Value{Codes: []string{"two-spirit"}, Words: words}, Uses: mentoring.Uses[:], Wording: 1, Language: "en"}))
	}
	s.must(s.Forget(s.Context(), helene, mentoring.Gender))
	files, err := os.ReadDir(folder)
	s.must(err)
	found := false
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(folder, file.Name()))
		s.must(err)
		found = found || bytes.Contains(data, []byte("served alike"))
		if bytes.Contains(data, []byte(canary)) || bytes.Contains(data, []byte("two-spirit")) {
			t.Errorf("%s holds the answer", file.Name())
		}
	}
	if !found {
		t.Error("the search finds not even what is written in the open")
	}
}
