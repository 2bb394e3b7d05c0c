//go:build unix

package person

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// faculty is a program with three people in a unit, one of whom has a name that spreadsheets take for a formula.
func (h *house) faculty() (claire account.Visit) {
	h.Helper()
	c, root := h.Context(), h.administrator("root")
	unit, err := h.AddUnit(c, root, Unit{En: "Pediatrics", Fr: "Pédiatrie"})
	h.must(err)
	for _, one := range [][3]string{{"ana", "Ana", "Silva"}, {"ben", "=HYPERLINK(1)", "Roy"}, {"cy", "Cy", "'Aho"}} {
		v := h.somebody(one[0])
		h.must(h.SaveName(c, v, Name{Given: one[1], Family: one[2]}))
		h.must(h.SaveAppointments(c, v, Appointed{Appointments: []mentoring.Appointment{{Unit: unit, Ladder: "rank", What: mentoring.Term{Code: "assistant"}, Span: mentoring.Span{From: "2024-07-01"}}}}))
	}
	h.enrol("ana", "ben", "cy")
	return h.coordinator("claire")
}

// exported is the list as a file.
func (h *house) exported(v account.Visit, form SheetForm) roster.Input {
	h.Helper()
	var out bytes.Buffer
	n, err := h.Export(h.Context(), v, "program", Filter{}, form, &out)
	h.must(err)
	if n == 0 {
		h.Fatal("nobody is exported")
	}
	return roster.Input{Name: "people." + string(form), Data: out.Bytes()}
}

func TestExportedListComesBackWithoutADifferenceInBothForms(t *testing.T) {
	both(t, func(h *house) {
		claire := h.faculty()
		for _, form := range []SheetForm{CSV, XLSX} {
			file := h.exported(claire, form)
			d, err := h.ReadPeople(h.Context(), claire, "program", file)
			h.must(err)
			if len(d.Added)+len(d.Changed)+len(d.Removed)+len(d.Problems) != 0 || d.Same < 3 {
				h.Errorf("%s: %+v", form, d)
			}
		}
		if text := string(h.exported(claire, CSV).Data); strings.Contains(text, ",=") || strings.Contains(text, "@example.org") || !strings.Contains(text, ",'=HYPERLINK(1),") {
			h.Errorf("the list has formulas or addresses:\n%s", text)
		}
		book, err := excelize.OpenReader(bytes.NewReader(h.exported(claire, XLSX).Data))
		h.must(err)
		for row := range 4 {
			cell := fmt.Sprintf("C%d", row+1)
			if formula, err := book.GetCellFormula("Sheet1", cell); formula != "" || err != nil {
				h.Errorf("%s is a formula %q, %v", cell, formula, err)
			}
		}
		if got := h.trail("ana"); got[0] != "person.export" {
			h.Errorf("Ana, who is in the file, reads %v", got)
		}
		_, err = h.Export(h.Context(), h.somebody("eve"), "program", Filter{}, CSV, &bytes.Buffer{})
		h.hidden("a member exports", err)
	})
}

// edited changes the exported list as somebody would in Excel.
func edited(file roster.Input, changes ...string) roster.Input {
	file.Data = []byte(strings.NewReplacer(changes...).Replace(string(file.Data)))
	return file
}

func TestListIsEditedComparedAppliedAndUndone(t *testing.T) { // FV-8
	both(t, func(h *house) {
		claire, c := h.faculty(), h.Context()
		file := edited(h.exported(claire, CSV), "Ana,Silva", "Ana Maria,Silva", "Roy,Pediatrics,assistant professor", "Roy,Pédiatrie,associate professor")
		lines := strings.Split(string(file.Data), "\r\n")
		lines = slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, "Aho") })
		file.Data = []byte(strings.Join(lines, "\r\n") + ",,Dee,Dao,Pediatrics,PGY1,2027-07-01,,Dee@example.org,français,,,\r\n")
		d, err := h.ReadPeople(c, claire, "program", file)
		h.must(err)
		if len(d.Added) != 1 || len(d.Changed) != 2 || len(d.Removed) != 1 || len(d.Problems) != 0 {
			t.Fatalf("got %+v", d)
		}
		cells := func(name string) (found []CellDiff) {
			for _, r := range d.Changed {
				if strings.HasPrefix(r.Name, name) {
					found = r.Cells
				}
			}
			return found
		}
		if got := cells("Ana"); !slices.Equal(got, []CellDiff{{"given", "Ana", "Ana Maria"}}) {
			h.Errorf("Ana: %+v", got)
		}
		if got := cells("="); !slices.Equal(got, []CellDiff{{"unit", "Pediatrics", "Pédiatrie"}, {"position", "assistant professor", "associate professor"}}) {
			h.Errorf("Ben: %+v", got)
		}
		_, err = h.ApplyPeople(c, claire, "program", file, "something else", true)
		h.refuses("what was not seen", err, mentoring.Conflict, "import.changed-meanwhile")
		id, err := h.ApplyPeople(c, claire, "program", file, d.Seen, true)
		h.must(err)
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			w := h.work(tx)
			ana, _ := w.load("ana")
			ben, _ := w.load("ben")
			cy, _ := w.load("cy")
			if ana.Given != "Ana Maria" || ben.Appointments[0].What.Code != "associate" || len(ben.appointedOn(w.today)) != 1 || len(cy.Appointments) != 1 {
				h.Errorf("after: %+v %+v %+v", ana.Profile, ben.Appointments, cy.Appointments)
			}
			if in, err := w.Enrolled("program", "cy"); in || err != nil {
				h.Errorf("who is not in the list any more is in the program, %v", err)
			}
			if _, err := w.Email("dee@example.org"); !store.IsKind(err, store.NotFound) {
				h.Errorf("there is an account that nobody asked for: %v", err)
			}
			dee, err := w.InvitationTo("program", store.Participant, "dee@example.org")
			if dee.Given != "Dee" || dee.Language != "fr-CA" || dee.Ladder != "level" || dee.From != "2027-07-01" {
				h.Errorf("Dee is invited as %+v", dee)
			}
			return err
		}))
		if len(h.letters("Dee@example.org")) != 1 || !slices.Contains(h.trail("ana"), "import.people") {
			h.Error("those whom it is about are not told")
		}
		if again, err := h.ReadPeople(c, claire, "program", file); err != nil || len(again.Added)+len(again.Changed)+len(again.Problems) != 0 || again.Known != 1 {
			h.Errorf("the same file again: %+v, %v", again, err)
		}
		h.must(h.Undo(c, claire, "program", id))
		if n := len(h.letters("cy@example.org")); n != 2 {
			h.Errorf("who was taken out and is in again has %d letters", n)
		}
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			w := h.work(tx)
			ana, _ := w.load("ana")
			in, err := w.Enrolled("program", "cy")
			if _, gone := w.InvitationTo("program", store.Participant, "dee@example.org"); !store.IsKind(gone, store.NotFound) || ana.Given != "Ana" || !in {
				h.Errorf("after undoing: %+v, %t, %v", ana.Profile, in, gone)
			}
			return err
		}))
	})
}

func TestUndoIsRefusedWhereSomebodyHasChangedSince(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.faculty(), h.Context()
		file := edited(h.exported(claire, CSV), "Ana,Silva", "Ana Maria,Silva", "Cy,", "Cyan,")
		d, err := h.ReadPeople(c, claire, "program", file)
		h.must(err)
		id, err := h.ApplyPeople(c, claire, "program", file, d.Seen, false)
		h.must(err)
		h.must(h.SaveName(c, h.signIn("ana"), Name{Given: "Anamaria", Family: "Silva"}))
		h.refuses("Ana has changed her name", h.Undo(c, claire, "program", id), mentoring.Conflict, "import.undo.changed-since")
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			cy, err := h.work(tx).load("cy")
			if cy.Given != "Cyan" {
				h.Error("half of it was undone")
			}
			return err
		}))
		all, err := h.Batches(c, claire, "program")
		if err != nil || len(all) != 1 || all[0].Undone {
			h.Errorf("got %+v, %v", all, err)
		}
	})
}

func TestEveryProblemOfAListIsNamedWithRowColumnAndValue(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.faculty(), h.Context()
		old := h.exported(claire, CSV)
		h.must(h.SaveName(c, h.signIn("cy"), Name{Given: "Cy", Family: "Aho"}))
		file := roster.Input{Name: "people.csv", Data: []byte("id,Given,Family,Unit,Level,From,To,E-mail\n" +
			"ana,,,Pediatrics,assistant,2024-07-01,,\nben,B,Roy,Magic,wizard,01/07/2024,,\nben,B,Roy,,,,,\nnobody,X,Y,,,,,\n" +
			",New,Person,,,,,not an address\n,New,Person,,,,,ana@example.org\n,Dee,Dao,Pediatrics,PGY1,2027-07-01,2026-07-01,dee@example.org\n,Eli,Lo,,,,,Dee@example.org\n")}
		d, err := h.ReadPeople(c, claire, "program", file)
		h.must(err)
		var got []string
		for _, p := range d.Problems {
			got = append(got, fmt.Sprint(p.Row, " ", p.Column, " ", p.Value, " ", p.Key))
		}
		want := []string{
			"2 Family  person.no-name", "3 Unit Magic import.no-unit", "3 Level wizard import.no-position", "3 From 01/07/2024 person.day",
			"4 id ben import.twice", "5 id nobody import.no-person", "6 E-mail not an address import.no-address",
			"8 To 2026-07-01 person.span", "9 E-mail Dee@example.org import.twice",
		}
		if !slices.Equal(got, want) {
			h.Errorf("got\n%s", strings.Join(got, "\n"))
		}
		if d.Known != 1 {
			h.Errorf("%d addresses are known of, not the one of Ana", d.Known)
		}
		_, err = h.ApplyPeople(c, claire, "program", file, d.Seen, false)
		h.refuses("it is applied", err, mentoring.Invalid, "import.problems")
		d, err = h.ReadPeople(c, claire, "program", edited(old, "Cy,", "Cyan,"))
		if err != nil || len(d.Problems) != 1 || d.Problems[0].Key != "import.changed-since" {
			h.Errorf("somebody has changed since the list was downloaded: %+v, %v", d, err)
		}
	})
}

// roster1 is a file with a list.
func roster1(text string) roster.Input { return roster.Input{Name: "list.csv", Data: []byte(text)} }
