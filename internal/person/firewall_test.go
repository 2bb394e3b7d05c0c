//go:build unix

package person

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// lists are the ids in a coordinator's list of the program.
func (h *house) lists(v account.Visit) (ids []string) {
	h.Helper()
	l, err := h.List(h.Context(), v, "program", Filter{}, "")
	h.must(err)
	for _, one := range l.Cards {
		ids = append(ids, string(one.ID))
	}
	return ids
}

// another lets somebody coordinate the program besides those who do.
func (h *house) another(id string) account.Visit {
	h.Helper()
	v := h.somebody(id)
	h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
		_, err := tx.AddCoordinator("program", id, h.now())
		return err
	}))
	return v
}

func TestWhoEvaluatesCannotTakeTheRotationBackThatSaysSo(t *testing.T) { // CF-9
	both(t, func(h *house) {
		claire, c := h.coordinator("claire"), h.Context()
		deputy := h.another("deputy")
		h.must(h.SaveName(c, h.somebody("lin"), Name{Given: "Lin"}))
		h.enrol("lin")
		file := roster1("resident,preceptor,period,academic year,kind\nlin@example.org,claire@example.org,10,2026-2027,evaluates\n")
		r, err := h.ReadRotation(c, deputy, "program", file)
		h.must(err)
		id, err := h.ImportRotation(c, deputy, "program", file, r.Seen)
		h.must(err)
		if got := h.lists(claire); len(got) != 0 {
			h.Fatalf("whom she evaluates she lists: %v", got)
		}
		u, err := h.Undoing(c, claire, "program", id)
		h.must(err)
		if len(u.Against) != 1 || len(u.Against[0].Names) != 0 {
			h.Errorf("she reads %+v", u)
		}
		h.refuses("she takes it back", h.Undo(c, claire, "program", id), mentoring.Conflict, "import.undo.not-here")
		if got := h.lists(claire); len(got) != 0 {
			h.Errorf("then she lists %v", got)
		}
		h.must(h.Undo(c, deputy, "program", id))
	})
}

func TestWhoLedTheUnitThatSomebodyHasLeftSeesThemEverywhereAlike(t *testing.T) { // CF-9
	both(t, func(h *house) {
		claire, root, c := h.coordinator("claire"), h.administrator("root"), h.Context()
		surgery, err := h.AddUnit(c, root, Unit{En: "Surgery", Fr: "Chirurgie"})
		h.must(err)
		medicine, err := h.AddUnit(c, root, Unit{En: "Medicine", Fr: "Médecine"})
		h.must(err)
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			return tx.SetUnitHead(store.UnitHead{Unit: string(surgery), Person: "claire", Span: store.Span{From: "2020-01-01"}})
		}))
		was, ben := h.somebody("was"), h.somebody("ben")
		h.must(h.SaveName(c, was, Name{Given: "Wanda"}))
		h.must(h.SaveAppointments(c, was, Appointed{Appointments: []mentoring.Appointment{
			{Unit: surgery, Where: "Surgery", Ladder: "rank", What: mentoring.Term{Code: "professor"}, Span: mentoring.Span{From: "2025-07-01", To: "2026-06-30"}},
			{Unit: medicine, Where: "Medicine", Ladder: "rank", What: mentoring.Term{Code: "professor"}, Span: mentoring.Span{From: "2026-07-01"}},
		}}))
		h.must(h.SaveName(c, ben, Name{Given: "Ben"}))
		h.must(h.SaveAppointments(c, ben, Appointed{Appointments: []mentoring.Appointment{
			{Unit: surgery, Where: "Surgery", Ladder: "rank", What: mentoring.Term{Code: "professor"}, Span: mentoring.Span{From: "2026-07-01"}},
		}}))
		h.enrol("was", "ben")
		if got := h.lists(claire); !slices.Equal(got, []string{"was"}) {
			h.Fatalf("she lists %v", got)
		}
		page, err := h.Show(c, claire, "was", Context{Program: "program"})
		if err != nil || page.As != mentoring.Coordinator {
			h.Errorf("she opens the page as %q, %v", page.As, err)
		}
		if _, err := h.Show(c, claire, "ben", Context{Program: "program"}); err == nil {
			page, _ := h.Show(c, claire, "ben", Context{Program: "program"})
			if page.As == mentoring.Coordinator {
				h.Error("whose unit she leads she sees as any coordinator")
			}
		}
		var out bytes.Buffer
		_, err = h.Export(c, claire, "program", Filter{}, CSV, &out)
		h.must(err)
		d, err := h.ReadPeople(c, claire, "program", roster1(out.String()))
		h.must(err)
		if !d.None() || d.Same != 1 {
			h.Errorf("the list that she downloaded comes back with %+v", d)
		}
	})
}

func TestWhoLeftThemselvesIsNotBroughtBackByUndoing(t *testing.T) { // PL-4
	both(t, func(h *house) {
		claire, ana, c := h.coordinator("claire"), h.somebody("ana"), h.Context()
		h.must(h.SaveName(c, ana, Name{Given: "Ana"}))
		h.must(h.SaveName(c, h.somebody("ben"), Name{Given: "Ben"}))
		h.enrol("ana", "ben")
		file := roster1("id,given name\nben,Ben\n")
		d, err := h.ReadPeople(c, claire, "program", file)
		h.must(err)
		id, err := h.ApplyPeople(c, claire, "program", file, d.Seen, true)
		h.must(err)
		if h.isIn("ana") {
			h.Fatal("she was not taken out")
		}
		_, err = h.Invite(c, claire, "program", []string{"ana@example.org"}, "en")
		h.must(err)
		_, err = h.Accept(c, ana, h.received(ana)[0].ID)
		h.must(err)
		h.must(h.Leave(c, ana, "program"))
		if err := h.Undo(c, claire, "program", id); err == nil || h.isIn("ana") {
			h.Errorf("she left, and is in it again: %t, %v", h.isIn("ana"), err)
		}
	})
}

func TestVersionOfARowSaysNothingOfWhatTheCoordinatorDoesNotSee(t *testing.T) {
	both(t, func(h *house) {
		claire, ana, c := h.coordinator("claire"), h.somebody("ana"), h.Context()
		h.must(h.SaveName(c, ana, Name{Given: "Ana"}))
		h.enrol("ana")
		export := func() string {
			var out bytes.Buffer
			_, err := h.Export(c, claire, "program", Filter{}, CSV, &out)
			h.must(err)
			return out.String()
		}
		before := export()
		h.pass(26 * time.Hour)
		claire = h.signIn("claire")
		h.must(h.ShowField(c, ana, mentoring.FieldPlace, mentoring.OnlyMe))
		h.must(h.SaveAway(c, ana, []mentoring.Span{{From: "2027-06-01", To: "2027-06-14"}}))
		if after := export(); after != before {
			h.Errorf("the coordinator reads that she was here:\n%s\n%s", before, after)
		}
		h.must(h.SaveName(c, ana, Name{Given: "Anna"}))
		if export() == before {
			h.Error("what the coordinator sees has changed, and the list has not")
		}
	})
}

func TestNoCellIsAFormulaWhereverItsFileIsParted(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a,=1+1", "a;=1+1;b", "a\t=1+1", "a\n=1+1", "a,@x", "a; =1+1", "a,\"=1+1\"", "a,;=1", "\n=1+1"} {
		for _, language := range []string{"en", "fr-CA"} {
			var out bytes.Buffer
			if err := writeSheet(CSV, language, [][]string{{"x", name, "y"}}, &out); err != nil {
				t.Fatal(err)
			}
			for _, sign := range []string{",", ";", "\t"} { // as programs in other countries part it
				for cell := range strings.SplitSeq(strings.NewReplacer("\r", sign, "\n", sign).Replace(out.String()), sign) {
					if cell = strings.Trim(cell, "\ufeff\" "); cell != "" && strings.ContainsRune(formulas, []rune(cell)[0]) {
						t.Errorf("%q in %s, parted at %q, has %q", name, language, sign, cell)
					}
				}
			}
		}
		if back := meant(Harmless(name)); back != name {
			t.Errorf("%q comes back as %q", name, back)
		}
	}
}

func TestSuspendedPersonIsNobodysToMarkOrToReadPositionsOf(t *testing.T) {
	both(t, func(h *house) {
		h.helene()
		claire, member, c := h.coordinator("claire"), h.somebody("member"), h.Context()
		h.enrol("helene")
		h.must(h.DB.Update(c, func(tx *store.Tx) error { return tx.SuspendAccount("helene", h.now(), "reason") }))
		h.hidden("a member keeps her", h.Mark(c, member, "helene", "kept"))
		h.must(h.Mark(c, member, "helene", "")) // a mark from before can go
		_, err := h.AuthorityOf(c, claire, "helene", "program")
		h.hidden("a coordinator reads her positions", err)
	})
}

func FuzzHarmlessCellSaysTheSameAgain(f *testing.F) {
	for _, seed := range []string{"", "'", "''=,'=", "=,;'+\"-", "\t=x", "\r\n'=", "a, \"'@\"", "'a,'=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if got := meant(Harmless(cell)); got != cell {
			t.Errorf("%q comes back as %q", cell, got)
		}
	})
}

func TestUndoGoesByWhatAListChangesHoweverItIsKept(t *testing.T) {
	both(t, func(h *house) {
		claire, ana, ben, c := h.coordinator("claire"), h.somebody("ana"), h.somebody("ben"), h.Context()
		h.must(h.SaveName(c, ana, Name{Given: "Ana"}))
		h.must(h.SaveName(c, ben, Name{Given: "Ben"}))
		position := func(from mentoring.Day) mentoring.Appointment {
			return mentoring.Appointment{Where: "Surgery", Ladder: "rank", What: mentoring.Term{Code: "professor"}, Span: mentoring.Span{From: from}}
		}
		h.must(h.SaveAppointments(c, ana, Appointed{Appointments: []mentoring.Appointment{position("2024-07-01")}}))
		h.must(h.SaveAppointments(c, ben, Appointed{Appointments: []mentoring.Appointment{position("2024-07-01"), position("2023-07-01"), position("2021-07-01")}}))
		h.enrol("ana", "ben")
		file := roster1("id,unit,position,from,to\nana,,,,\nben,Surgery,Professor,2022-07-01,\n")
		d, err := h.ReadPeople(c, claire, "program", file)
		h.must(err)
		id, err := h.ApplyPeople(c, claire, "program", file, d.Seen, false)
		h.must(err)
		h.must(h.SaveAway(c, ana, []mentoring.Span{{From: "2027-06-01", To: "2027-06-14"}})) // which the list does not change
		u, err := h.Undoing(c, claire, "program", id)
		if err != nil || len(u.Back) != 2 || len(u.Against) != 0 {
			h.Fatalf("undoing would do %+v, %v", u, err)
		}
		h.must(h.Undo(c, claire, "program", id))
		mine, err := h.Mine(c, ana)
		if err != nil || len(mine.Appointments) != 1 || len(mine.Away) != 1 {
			h.Errorf("she has %+v, %v", mine.Profile, err)
		}
	})
}

func TestSuspendedCoordinatorIsNotNamedByARotationList(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.coordinator("claire"), h.Context()
		h.must(h.SaveName(c, h.another("deputy"), Name{Given: "Dee"}))
		h.must(h.SaveName(c, h.somebody("lin"), Name{Given: "Lin"}))
		h.enrol("lin")
		file := roster1("resident,preceptor,period,academic year\nlin@example.org,deputy@example.org,10,2026-2027\n")
		r, err := h.ReadRotation(c, claire, "program", file)
		h.must(err)
		if len(r.Placements) != 1 {
			h.Fatalf("got %+v", r)
		}
		h.must(h.DB.Update(c, func(tx *store.Tx) error { return tx.SuspendAccount("deputy", h.now(), "reason") }))
		if r, err = h.ReadRotation(c, claire, "program", file); err != nil || len(r.Placements) != 0 || len(r.Left) != 1 {
			h.Errorf("after that %+v, %v", r, err)
		}
	})
}

func TestWhoIsShownByHoldingAListAgainstTheProgramReadsOfIt(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.coordinator("claire"), h.Context()
		for _, id := range []string{"ana", "ben", "cy"} {
			h.must(h.SaveName(c, h.somebody(id), Name{Given: id}))
		}
		h.enrol("ana", "ben", "cy")
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			return tx.AddAuthority(store.Authority{ID: "e", From: "claire", To: "cy", Kind: "evaluates", Source: "declared", By: "cy", MadeAt: h.now()})
		}))
		reads := func(id string) (n int) {
			for _, code := range h.trail(id) {
				if code == "person.list" {
					n++
				}
			}
			return n
		}
		d, err := h.ReadPeople(c, claire, "program", roster1("id,given name\nana,Anna\n"))
		h.must(err)
		if len(d.Changed) != 1 || len(d.Removed) != 1 || reads("ana") != 1 || reads("ben") != 1 || reads("cy") != 0 {
			h.Errorf("Ana reads of it %d times, Ben %d, Cy, who is not shown, %d: %+v", reads("ana"), reads("ben"), reads("cy"), d)
		}
		_, err = h.ReadPeople(c, claire, "program", roster1("e-mail\nana@example.org\n"))
		h.must(err)
		if reads("ana") != 1 {
			h.Error("who is not shown reads of it")
		}
		r, err := h.ReadRotation(c, claire, "program", roster1("resident,preceptor,period,academic year\nana@example.org,ben@example.org,10,2026-2027\n"))
		h.must(err)
		if len(r.Placements) != 1 || reads("ana") != 2 || reads("ben") != 2 {
			h.Errorf("of a rotation list Ana reads %d times, Ben %d", reads("ana"), reads("ben"))
		}
	})
}
