//go:build unix

package storetest

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// profile is a person with something in every column.
func profile(id string) store.Person {
	return store.Person{
		ID: id, Given: "Hélène", Family: "Tremblay", Pronoun: "elle", Sort: "tremblay helene " + id, Guest: true, HomeCode: "ror", HomeLabel: "Home",
		PlaceCode: "mtl", PlaceLabel: "Montréal", Zone: "America/Toronto", Distance: "either", Capacity: 3, Hours: 4, Refuses: "letters",
		DestinationCode: "ror2", DestinationLabel: "There", DestinationKind: "staff", DestinationDay: "2028-07-01", Listed: true, MadeAt: second(noon), ChangedAt: second(noon),
	}
}

func TestProfileIsKeptWithAllThatBelongsToItAndGoesWithIt(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		terms := []store.Term{{Code: "research", Label: "recherche", Line: "trials"}, {Label: "own"}}
		appointment := store.Appointment{ID: "x", Person: "a", Unit: "u", UnitLabel: "Unité", Ladder: "rank", Code: "professor", Label: "titulaire", Track: "t", FromDay: "2027-01-01", ToDay: "2027-12-31"}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddUnit(store.Unit{ID: "u", NameEn: "U", NameFr: "U"}), tx.AddPerson(profile("a")), tx.SetTerms("a", "seeks", 2, terms), tx.SetVisibility("a", "seeks", 3), tx.SetVisibility("a", "seeks", 2),
				tx.SetDraft("a", store.Draft{Stage: "how", Body: "1", SavedAt: noon}), tx.SetDraft("a", store.Draft{Stage: "how", Body: "2", SavedAt: noon}),
				tx.SetAways("a", []store.Span{{From: "2027-05-01", To: "2027-05-02"}, {From: "2027-01-01", To: "2027-01-02"}}),
				tx.SetAppointments("a", []store.Appointment{appointment}), tx.SetWords("a", []store.Word{{Text: "tremblay", Keys: []uint32{1, 2}}}))
		})
		changed := profile("a")
		changed.Listed, changed.Given, changed.ChangedAt = false, "", second(noon.Add(time.Hour))
		update(t, db, func(tx *store.Tx) error { return errors.Join(tx.SetPerson(changed), tx.ShowTerms("a", "seeks", 1)) })
		view(t, db, func(tx *store.Tx) error {
			p, err := tx.Person("a")
			kept, err2 := tx.Terms("a")
			chosen, err3 := tx.Visibilities("a")
			drafts, err4 := tx.Drafts("a")
			away, err5 := tx.Aways("a")
			appointments, err6 := tx.Appointments("a")
			if p != changed || len(kept) != 2 || kept[0] != (store.Term{Person: "a", Field: "seeks", Place: 1, Code: "research", Label: "recherche", Line: "trials", Audience: 1}) ||
				!reflect.DeepEqual(chosen, map[string]int{"seeks": 2}) || len(drafts) != 1 || drafts[0].Body != "2" || away[0].From != "2027-01-01" || !slices.Equal(appointments, []store.Appointment{appointment}) {
				t.Errorf("got %+v %+v %v %v %v %v", p, kept, chosen, drafts, away, appointments)
			}
			turning, err7 := tx.Turning("2027-12-30", "2027-12-31")
			ended, err8 := tx.Turning("2027-12-31", "2028-01-01")
			if len(turning) != 0 || !slices.Equal(ended, []string{"a"}) {
				t.Errorf("turning %v, then %v", turning, ended)
			}
			return errors.Join(err, err2, err3, err4, err5, err6, err7, err8)
		})
		refused(t, db, "a person of nobody", store.ForeignKeyRule, func(tx *store.Tx) error { return tx.AddPerson(profile("x")) })
		refused(t, db, "twice", store.UniqueRule, func(tx *store.Tx) error { return tx.AddPerson(profile("a")) })
		refused(t, db, "less than nobody", store.CheckRule, func(tx *store.Tx) error { p := profile("b"); p.Capacity = -1; return tx.AddPerson(p) })
		refused(t, db, "a term of nothing", store.CheckRule, func(tx *store.Tx) error { return tx.SetTerms("a", "seeks", 0, []store.Term{{}}) })
		refused(t, db, "away before it begins", store.CheckRule, func(tx *store.Tx) error {
			return tx.SetAways("a", []store.Span{{From: "2027-02-02", To: "2027-02-01"}})
		})
		update(t, db, func(tx *store.Tx) error { return errors.Join(tx.ForgetWords("a"), tx.DeletePerson("a")) })
		view(t, db, func(tx *store.Tx) error {
			kept, err := tx.Terms("a")
			near, err2 := tx.WordsNear([]uint32{1, 2})
			if len(kept)+len(near) != 0 {
				t.Errorf("left behind: %v, %v", kept, near)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestWordOfTwoPeopleStaysWithTheOther(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		word := []store.Word{{Text: "roy", Keys: []uint32{7}}}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddPerson(profile("a")), tx.AddPerson(profile("b")), tx.SetWords("a", word), tx.SetWords("b", word), tx.ForgetWords("a"))
		})
		near := func() (words []string) {
			view(t, db, func(tx *store.Tx) (err error) { words, err = tx.WordsNear([]uint32{7}); return err })
			return words
		}
		if !slices.Equal(near(), []string{"roy"}) {
			t.Error("the word is gone for the other")
		}
		update(t, db, func(tx *store.Tx) error { return tx.SetWords("b", nil) })
		update(t, db, func(tx *store.Tx) error { _, err := tx.SweepWords(); return err })
		if len(near()) != 0 {
			t.Error("a word of nobody stays")
		}
	})
}

func TestPositionOfTheSameIsThereOnce(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		e := store.Authority{ID: "1", From: "a", To: "b", Kind: "pays", Span: store.Span{From: "2027-01-01", To: "2027-01-31"}, Source: "roster", By: "roster", MadeAt: second(noon)}
		longer := e
		longer.ID, longer.Span.To = "2", "2027-02-28"
		update(t, db, func(tx *store.Tx) error { return errors.Join(tx.AddAuthority(e), tx.AddAuthority(longer)) })
		view(t, db, func(tx *store.Tx) error {
			all, err := tx.AuthoritiesOf("b")
			if e.Span.To = "2027-02-28"; !slices.Equal(all, []store.Authority{e}) {
				t.Errorf("got %+v", all)
			}
			return err
		})
		for what, change := range map[string]func(e *store.Authority){
			"towards oneself": func(e *store.Authority) { e.To = "a" }, "a wish": func(e *store.Authority) { e.Kind = "do_not_match" },
			"before it begins": func(e *store.Authority) { e.Span.To = "2026-01-01" },
		} {
			one := e
			one.ID = "3"
			change(&one)
			refused(t, db, what, store.CheckRule, func(tx *store.Tx) error { return tx.AddAuthority(one) })
		}
		refused(t, db, "a wish about oneself", store.CheckRule, func(tx *store.Tx) error { return tx.AddVeto("a", "a", noon) })
	})
}

// TestMergedPersonKeepsWhatBothHad is about the safety of people: a wish not to be matched outlives a merge.
func TestMergedPersonKeepsWhatBothHad(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "old", "new", "x", "y")
		edge := func(id, from, to, by string) store.Authority {
			return store.Authority{ID: id, From: from, To: to, Kind: "pays", Span: store.Span{From: "2027-01-01"}, Source: "declared", By: by, MadeAt: noon}
		}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddUnit(store.Unit{ID: "u", NameEn: "U", NameFr: "U"}), tx.AddPerson(profile("old")), tx.SetTerms("old", "seeks", 0, []store.Term{{Code: "research"}}), tx.SetWords("old", []store.Word{{Text: "tremblay"}}),
				tx.AddVeto("old", "x", noon), tx.AddVeto("y", "old", noon), tx.AddVeto("old", "new", noon), tx.AddVeto("new", "x", noon),
				tx.AddAuthority(edge("1", "old", "x", "old")), tx.AddAuthority(edge("2", "new", "x", "new")), tx.AddAuthority(edge("3", "old", "new", "old")), tx.AddAuthority(edge("4", "y", "old", "y")),
				tx.AddDeclaration("old", store.Declaration{MadeAt: noon}), tx.SetMark("old", store.Mark{Other: "x", Kind: "kept"}, noon), tx.SetMark("y", store.Mark{Other: "old", Kind: "aside"}, noon),
				tx.SetUnitHead(store.UnitHead{Unit: "u", Person: "old", Span: store.Span{From: "2027-01-01"}}),
				tx.AddDelegate(store.Delegate{ID: "d", Mentor: "old", Address: "d@example.org", MadeAt: noon}, "d@example.org"), tx.MergePerson("old", "new"))
		})
		view(t, db, func(tx *store.Tx) error {
			p, err := tx.Person("new")
			words, err2 := tx.WordsOf("new")
			vetoes, err3 := tx.Vetoes("new")
			apart, err4 := tx.Apart("new", "y")
			edges, err5 := tx.AuthoritiesOf("new")
			marks, err6 := tx.Marks("new")
			headed, err7 := tx.UnitsHeadedBy("new", "2027-03-01")
			delegates, err8 := tx.Delegates("new")
			declared, err9 := tx.Declarations("new")
			if p.Family != "Tremblay" || len(words) != 1 || len(vetoes) != 1 || !apart || len(edges) != 2 || len(marks) != 1 || len(headed) != 1 || len(delegates) != 1 || len(declared) != 1 {
				t.Errorf("got %+v %v %v %v %v %v %v %v %v", p, words, vetoes, apart, edges, marks, headed, delegates, declared)
			}
			if _, err := tx.Person("old"); !store.IsKind(err, store.NotFound) {
				t.Error("the old profile stays")
			}
			left, err10 := tx.AuthoritiesOf("old")
			if len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
			return errors.Join(err, err2, err3, err4, err5, err6, err7, err8, err9, err10)
		})
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddPerson(profile("x")), tx.SetWords("x", []store.Word{{Text: "other"}}), tx.MergePerson("x", "new"))
		})
		view(t, db, func(tx *store.Tx) error {
			words, err := tx.WordsOf("new")
			if !slices.Equal(words, []string{"tremblay"}) {
				t.Errorf("who has a profile keeps it: %v", words)
			}
			return err
		})
	})
}

func TestErasureIsAskedOnceAndEndsOnce(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		e := store.Erasure{Person: "a", AskedAt: second(noon), DueAt: second(noon.Add(time.Hour))}
		later := e
		later.DueAt = noon.Add(2 * time.Hour)
		update(t, db, func(tx *store.Tx) error { return errors.Join(tx.AskErasure(e), tx.AskErasure(later)) })
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Erasure("a")
			if got != e {
				t.Errorf("got %+v", got)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error { return tx.EndErasure("a", noon.Add(time.Hour)) })
		update(t, db, func(tx *store.Tx) error {
			cancelled, err := tx.CancelErasure("a")
			if cancelled {
				t.Error("what is done is taken back")
			}
			return err
		})
		if err := db.Scrub(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestRecordsAreReadByNamesOfTheSchemaOnly(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a")
		view(t, db, func(tx *store.Tx) error {
			rows, err := tx.RecordsOf("account", []string{"id", "merged_into", "discreet"}, []string{"id"}, "a")
			if len(rows) != 1 || !reflect.DeepEqual(rows[0], store.Record{"id": "a", "merged_into": nil, "discreet": int64(0)}) {
				t.Errorf("got %+v", rows)
			}
			return err
		})
		defer func() {
			if recover() == nil {
				t.Error("a name that is no name is taken")
			}
		}()
		view(t, db, func(tx *store.Tx) error { return tx.DeleteRecords(`x"; DROP TABLE account`, []string{"id"}, "a") })
	})
}
