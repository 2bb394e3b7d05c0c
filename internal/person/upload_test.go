//go:build unix

package person

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// oddPieces are what names are made of that spreadsheets, or those who read them, may take for something else.
var oddPieces = []string{
	`"`, `""`, "=1+1", "+", "-", "@SUM(A1)", "＝x", "\n", "\r\n", "\t", "'", "''", "'=", " ", "\u00a0", ",", ";", "|", "\u05e9\u05dc\u05d5\u05dd", "\u200f\u0645\u0631\u064a\u0645",
	"_x0041_", "_x000D_", "ﬀ", "👩\u200d⚕", "O'Brien-Nguyễn", "de la Cruz", "#N/A", "TRUE", "1e5", "001", "2027-07-01", "\u200b", "&amp;", "<b>", "]]>", "Ö", "sep=;", "Total",
}

// oddName is a name of some pieces, never empty.
func oddName(r *rand.Rand) string {
	for {
		var name strings.Builder
		for range 1 + r.IntN(4) {
			name.WriteString(oddPieces[r.IntN(len(oddPieces))])
		}
		if tidy := mentoring.Tidy(name.String()); tidy != "" {
			return tidy
		}
	}
}

// oddFaculty is a program of people with odd names, of whom some have an appointment in words of their own.
func (h *house) oddFaculty(r *rand.Rand, people int) (claire account.Visit) {
	h.Helper()
	for k := range people {
		v := h.somebody(fmt.Sprintf("p%d", k))
		h.must(h.SaveName(h.Context(), v, Name{Given: oddName(r), Family: oddName(r)}))
		if k%2 == 0 {
			h.must(h.SaveAppointments(h.Context(), v, Appointed{Appointments: []mentoring.Appointment{{
				Where: oddName(r), Ladder: "rank", What: mentoring.Term{Code: "assistant", Label: oddName(r)}, Span: mentoring.Span{From: "2024-07-01"},
			}}}))
		}
		h.enrol(fmt.Sprintf("p%d", k))
	}
	return h.coordinator("claire")
}

// cells are the cells of a CSV file.
func (h *house) cells(file roster.Input) [][]string {
	h.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file.Data, []byte("\ufeff")))).ReadAll()
	h.must(err)
	return rows
}

// written is a CSV file of some cells.
func (h *house) written(rows [][]string) roster.Input {
	h.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	h.must(w.WriteAll(rows))
	return roster.Input{Name: "people.csv", Data: append([]byte("\ufeff"), out.Bytes()...)}
}

// byID are the rows of a list by the id in them, without the version.
func byID(rows [][]string) map[string]string {
	all := map[string]string{}
	for _, row := range rows {
		row = slices.Clone(row)
		row[1] = ""
		all[row[0]] = fmt.Sprintf("%q", row)
	}
	return all
}

func TestListOfOddNamesIsExportedChangedAndUndoneWithoutALoss(t *testing.T) {
	both(t, func(h *house) {
		r := rand.New(rand.NewPCG(6, uint64(len(h.Name()))))
		claire, c := h.oddFaculty(r, 24), h.Context()
		for _, form := range []SheetForm{CSV, XLSX} {
			d, err := h.ReadPeople(c, claire, "program", h.exported(claire, form))
			h.must(err)
			if !d.None() || d.Same != 24 || len(d.Left) != 0 {
				h.Errorf("%s: %+v", form, d)
			}
		}
		for range 5 {
			first := h.exported(claire, CSV)
			rows := h.cells(first)
			for range 6 {
				row := rows[1+r.IntN(len(rows)-1)]
				row[2+r.IntN(2)] = Harmless(oddName(r))
				if row[5] != "" {
					row[6] = "2025-07-01"
				}
			}
			edited := h.written(rows)
			d, err := h.ReadPeople(c, claire, "program", edited)
			h.must(err)
			if len(d.Problems)+len(d.Added)+len(d.Removed) != 0 || len(d.Changed) == 0 {
				h.Fatalf("got %+v", d)
			}
			id, err := h.ApplyPeople(c, claire, "program", edited, d.Seen, false)
			h.must(err)
			if got := byID(h.cells(h.exported(claire, CSV))); !maps.Equal(got, byID(rows)) {
				h.Errorf("after it was applied the list is\n%v\nand was handed in as\n%v", got, byID(rows))
			}
			h.must(h.Undo(c, claire, "program", id))
			got := h.cells(h.exported(claire, CSV))
			was := h.cells(first)
			for k := range got {
				got[k][1], was[k][1] = "", ""
			}
			if !bytes.Equal(h.written(got).Data, h.written(was).Data) {
				h.Errorf("after it was undone the list is\n%q\nand was\n%q", got, was)
			}
		}
	})
}

// An appointment that begins on a day to come leaves what is in force until then, and handing the list in once more
// changes nothing more.
func TestAppointmentToComeEndsTheOneInForceTheDayBefore(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.faculty(), h.Context()
		file := roster.Input{Name: "x.csv", Data: []byte("id,position,from\nana,associate professor,2027-07-01\n")}
		d, err := h.ReadPeople(c, claire, "program", file)
		h.must(err)
		id, err := h.ApplyPeople(c, claire, "program", file, d.Seen, false)
		h.must(err)
		read := func() (all []mentoring.Appointment) {
			h.must(h.DB.View(c, func(tx *store.Tx) error {
				k, err := h.work(tx).load("ana")
				all = k.Appointments
				return err
			}))
			return all
		}
		got := read()
		if len(got) != 2 || got[0].What.Code != "associate" || got[0].From != "2027-07-01" || got[0].Where != "Pediatrics" || got[1].What.Code != "assistant" || got[1].To != "2027-06-30" {
			h.Errorf("Ana has %+v", got)
		}
		if d, err = h.ReadPeople(c, claire, "program", file); err != nil || len(d.Changed)+len(d.Problems) != 0 || d.Same != 1 {
			h.Errorf("once more: %+v, %v", d, err)
		}
		h.must(h.Undo(c, claire, "program", id))
		if got := read(); len(got) != 1 || got[0].To != "" || got[0].What.Code != "assistant" {
			h.Errorf("after undoing Ana has %+v", got)
		}
	})
}

// What somebody wrote in words of their own stays where a list changes something else.
func TestCellsThatDoNotChangeNeedNotBeInAnyList(t *testing.T) {
	both(t, func(h *house) {
		v, claire, c := h.somebody("ana"), h.coordinator("claire"), h.Context()
		h.must(h.SaveName(c, v, Name{Given: "Ana", Family: "Silva"}))
		h.must(h.SaveAppointments(c, v, Appointed{Appointments: []mentoring.Appointment{{
			Where: "The lab upstairs", Ladder: "rank", What: mentoring.Term{Code: "assistant", Label: "Aide"}, Track: "science", Span: mentoring.Span{From: "2024-07-01"},
		}}}))
		h.enrol("ana")
		file := roster.Input{Name: "x.csv", Data: []byte("id,from\nana,2025-07-01\n")}
		d, err := h.ReadPeople(c, claire, "program", file)
		h.must(err)
		if len(d.Problems) != 0 || len(d.Changed) != 1 {
			h.Fatalf("got %+v", d)
		}
		_, err = h.ApplyPeople(c, claire, "program", file, d.Seen, false)
		h.must(err)
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			k, err := h.work(tx).load("ana")
			if a := k.Appointments[0]; len(k.Appointments) != 1 || a.Where != "The lab upstairs" || a.What.Label != "Aide" || a.Track != "science" || a.From != "2025-07-01" {
				h.Errorf("Ana has %+v", k.Appointments)
			}
			return err
		}))
		file.Data = []byte("id,unit,e-mail\nana,Nowhere,ana@example.com\n")
		d, err = h.ReadPeople(c, claire, "program", file)
		if err != nil || len(d.Problems) != 1 || d.Problems[0].Key != "import.no-unit" || len(d.Left) != 1 || d.Left[0].Key != "import.theirs" {
			h.Errorf("got %+v, %v", d, err)
		}
		_, err = h.ApplyPeople(c, v, "program", file, d.Seen, false)
		h.hidden("who is in the program applies a list", err)
		_, err = h.ReadPeople(c, v, "program", roster.Input{Name: "x.csv", Data: []byte("\x00")})
		h.hidden("who is in the program hands in what cannot be read", err)
	})
}

// brokenFiles are what people and others hand in, and what is said of it.
var brokenFiles = []struct{ what, key, content string }{
	{"nothing", "import.file.empty", ""},
	{"only headings", "import.file.empty", "id,given\n"},
	{"an unclosed quote", "import.file.quote", "id,given\n1,\"Ana\n2,Ben\n"},
	{"text behind a quote", "import.file.quote", "id,given\n1,\"Ana\"x\n"},
	{"NUL", "import.file.encoding", "id,given\n1,A\x00na\n"},
	{"two encodings", "import.file.encoding", "id,given\n1,Zoé Éé Öö\n2,Zo\xe9\n"},
	{"a cell too many", "import.file.width", "id,given\n1,Ana,x\n2,Ben\n3,Cy\n"},
	{"a heading twice", "import.file.heading-twice", "id,given,given\n1,Ana,x\n"},
	{"a column without a heading", "import.file.no-heading", "id,,given\n1,x,Ana\n"},
	{"ten million columns", "import.file.large", strings.Repeat(",", 10_000_000) + "\n"},
	{"a wide table", "import.file.large", "id" + strings.Repeat(",", 999) + strings.Repeat("\n1"+strings.Repeat(",", 999), 5_100)},
	{"PDF", "import.file.kind", "%PDF-1.7\n"},
	{"an old workbook", "import.file.kind", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxxx"},
	{"a web page", "import.file.kind", "<!doctype html><table><tr><td>id</td></tr></table>"},
	{"a damaged workbook", "import.file.damaged", "PK\x03\x04xxxx"},
	{"other columns", "import.no-column.address", "a,b\n1,2\n"},
}

func TestFilesThatCannotBeReadSayWhatToDo(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.faculty(), h.Context()
		first := h.exported(claire, CSV).Data
		for _, one := range brokenFiles {
			for _, name := range []string{"list", "people.csv", "people.xlsx"} {
				if len(one.content) > 1<<20 && name != "list" {
					continue // once is enough
				}
				d, err := h.ReadPeople(c, claire, "program", roster.Input{Name: name, Data: []byte(one.content)})
				h.must(err)
				if len(d.Problems) == 0 || d.Problems[0].Key != one.key {
					h.Errorf("%s in %s: %+v, want %s", one.what, name, d.Problems, one.key)
				}
			}
			if len(one.content) > 1<<20 {
				continue
			}
			_, err := h.ApplyPeople(c, claire, "program", roster.Input{Name: "list", Data: []byte(one.content)}, "", true)
			if !mentoring.IsFault(err, mentoring.Invalid) && !mentoring.IsFault(err, mentoring.Conflict) {
				h.Errorf("%s is applied: %v", one.what, err)
			}
		}
		formula := roster.Input{Name: "list", Data: []byte("id,given,family\nana,\"=HYPERLINK(\"\"http://x\"\")\",'@SUM(A1)\n")}
		d, err := h.ReadPeople(c, claire, "program", formula)
		h.must(err)
		if len(d.Changed) != 1 || d.Changed[0].Cells[0].Becomes != `=HYPERLINK("http://x")` || d.Changed[0].Cells[1].Becomes != "@SUM(A1)" {
			h.Errorf("formulas are read as %+v", d)
		}
		book := excelize.NewFile()
		for cell, value := range map[string]string{"A1": "id", "B1": "given", "C1": "remark", "A2": "ana", "C2": "x"} {
			h.must(book.SetCellStr("Sheet1", cell, value))
		}
		h.must(book.SetCellFormula("Sheet1", "B2", "NA()"))
		for what, want := range map[string]string{"#N/A": "import.file.error", "": "import.file.formula"} {
			d, err := h.ReadPeople(c, claire, "program", roster.Input{Name: "list", Data: withResult(h, book, what)})
			h.must(err)
			if len(d.Problems) == 0 || d.Problems[0].Key != want {
				h.Errorf("a formula with the result %q: %+v", what, d)
			}
		}
		if !bytes.Equal(h.exported(claire, CSV).Data, first) {
			h.Error("something was changed")
		}
	})
}

// withResult is a workbook of which the formula has a result; "": none.
func withResult(h *house, book *excelize.File, result string) []byte {
	h.Helper()
	var packed bytes.Buffer
	h.must(book.Write(&packed))
	in, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	h.must(err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		r, err := part.Open()
		h.must(err)
		content, err := io.ReadAll(r)
		h.must(err)
		into, err := w.Create(part.Name)
		h.must(err)
		cell, value := `<c r="B2">`, ""
		if result != "" {
			cell, value = `<c r="B2" t="e">`, "<v>"+result+"</v>"
		}
		text := regexp.MustCompile(`<c r="B2"[^>]*>`).ReplaceAllString(string(content), cell)
		_, err = io.WriteString(into, strings.ReplaceAll(text, "</f>", "</f>"+value))
		h.must(err)
	}
	h.must(w.Close())
	return out.Bytes()
}

// FuzzList hands in anything: it is refused in words, or compared, and what is compared can be compared again.
func FuzzList(f *testing.F) {
	for _, one := range brokenFiles {
		if len(one.content) < 10_000 {
			f.Add([]byte(one.content))
		}
	}
	f.Add([]byte("id,version,given,family,unit,position,from,to,e-mail,language\n,,Zoe,Zed,Pediatrics,PGY1,2027-07-01,,zoe@example.org,fr\nana,1,'=A,\"B\nC\",,,,,,\n"))
	f.Add([]byte("Courriel;Prénom;Nom\nzoe@hôpital.example;Zoé;Zed\n"))
	people, claire := fuzzed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, in := range []struct {
			names map[string][]string
			most  int
		}{{columnNames, mostUploaded}, {rotationColumns, mostPlaced}} {
			s, problems := sheetOf(roster.Input{Name: "list", Data: data}, in.names)
			if (problems == nil) != (s.Sheet != nil) || problems != nil && len(problems) == 0 {
				t.Fatalf("neither a table nor a reason: %+v", problems)
			}
			for _, p := range problems {
				if !strings.HasPrefix(p.Key, "import.file.") {
					t.Fatalf("%+v", p)
				}
			}
		}
		d, err := people.ReadPeople(t.Context(), claire, "program", roster.Input{Name: "list", Data: data})
		if err != nil {
			t.Fatal(err)
		}
		again, err := people.ReadPeople(t.Context(), claire, "program", roster.Input{Name: "list", Data: data})
		if err != nil || again.Seen != d.Seen {
			t.Fatalf("the same file is not the same: %v, %q %q", err, again.Seen, d.Seen)
		}
		for _, a := range d.Added {
			if _, _, right := notice.ReadAddress(a.Cells[0].Becomes); !right {
				t.Fatalf("somebody is to be invited by %q", a.Cells[0].Becomes)
			}
		}
		r, err := people.ReadRotation(t.Context(), claire, "program", roster.Input{Name: "list", Data: data})
		if err != nil || len(r.Edges) != len(r.Placements) {
			t.Fatalf("%v, %+v", err, r)
		}
		for _, e := range r.Edges {
			if mentoring.CheckEdge(e) != nil {
				t.Fatalf("%+v", e)
			}
		}
	})
}

// fuzzed is a program with one person and a coordinator.
func fuzzed(f *testing.F) (*People, account.Visit) {
	f.Helper()
	now := time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)
	db := storetest.Open(f, storetest.Source(f, store.SQLite))
	queue := job.New(db, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	site := notice.Site{Name: "Mentorat", Address: "https://mentoring.example.org", From: "chiron@example.org"}
	clock := func() time.Time { return now }
	people := New(db, queue, notice.New(db, queue, &mail.Catcher{}, clock, site), clock)
	err := db.Update(f.Context(), func(tx *store.Tx) error {
		errs := []error{tx.AddProgram(store.Program{ID: "program", NameEn: "P", NameFr: "P", MadeAt: now, MadeBy: "root"})}
		for _, id := range []string{"ana", "claire"} {
			errs = append(errs, tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}), tx.AddPerson(store.Person{ID: id, Given: id, MadeAt: now, ChangedAt: now}))
		}
		_, enrolled := tx.Enrol(store.Enrolment{Program: "program", Person: "ana", Since: now})
		_, runs := tx.AddCoordinator("program", "claire", now)
		session := store.Session{ID: "s", Hash: []byte("s"), Account: "claire", MadeAt: now, ProvedAt: now, SeenAt: now, IdleEndsAt: now.AddDate(1, 0, 0), EndsAt: now.AddDate(1, 0, 0)}
		return errors.Join(append(errs, enrolled, runs, tx.AddSession(session))...)
	})
	if err != nil {
		f.Fatal(err)
	}
	return people, account.Visit{Actor: mentoring.Actor{Person: "claire"}, SessionID: "s", Language: "en"}
}
