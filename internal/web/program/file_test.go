//go:build unix

package program_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// headings are those of the file in both languages.
var headings = map[string][]string{
	"en":    {"id", "version", "given name", "family name", "unit", "position", "from", "to", "e-mail", "language", "offers", "has room", "in the directory"},
	"fr-CA": {"id", "version", "prénom", "nom", "unité", "poste", "du", "au", "courriel", "langue", "offre", "places libres", "au répertoire"},
}

// read reads a file as other programs do.
func read(h *servetest.House, p servetest.Page, form, language string) (rows [][]string) {
	h.Helper()
	if p.Status != http.StatusOK {
		h.Fatalf("the file: %d %s %s", p.Status, p.Location(), p.Text())
	}
	if form == "csv" {
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(p.Body, "\ufeff")))
		if language != "en" {
			r.Comma = ';'
		}
		rows, err := r.ReadAll()
		h.Must(err)
		return rows
	}
	book, err := excelize.OpenReader(strings.NewReader(p.Body))
	h.Must(err)
	defer book.Close()
	if len(book.GetSheetList()) != 1 {
		h.Errorf("the sheets are %v", book.GetSheetList())
	}
	sheet := book.GetSheetName(0)
	rows, err = book.GetRows(sheet)
	h.Must(err)
	for r, row := range rows {
		for k := range row {
			at, err := excelize.CoordinatesToCellName(k+1, r+1)
			h.Must(err)
			if formula, err := book.GetCellFormula(sheet, at); formula != "" || err != nil {
				h.Errorf("%s is a formula: %q, %v", at, formula, err)
			}
		}
	}
	return rows
}

func TestFileHasThoseOfTheListAndNothingThatRuns(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		enrols(h, "P1", profiled(h, "evil", "=HYPERLINK(1)", "@Aaron", "paediatrics"))
		for _, language := range []string{"en", "fr-CA"} {
			changes(h, func(tx *store.Tx) error {
				a, err := tx.Account(c.claire.id())
				if err != nil {
					return err
				}
				return tx.SetAccount(a.ID, language, a.Discreet)
			})
			for _, form := range []string{"csv", "xlsx"} {
				p := c.claire.Get("/programs/P1/people/file?form=" + form + "&offers=research")
				rows := read(h, p, form, language)
				if got, want := strings.Join(rows[0], "|"), strings.Join(headings[language], "|"); got != want {
					h.Errorf("%s in %s is headed %s", form, language, got)
				}
				var names []string
				for _, row := range rows[1:] {
					names = append(names, row[2]+" "+row[3])
					for _, cell := range row {
						if form == "csv" && cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") || strings.Contains(cell, "@example") {
							h.Errorf("%s has the cell %q", form, cell)
						}
					}
				}
				want := map[string]string{"csv": "'=HYPERLINK(1) '@Aaron, Cy Aho, Ana Silva", "xlsx": "=HYPERLINK(1) @Aaron, Cy Aho, Ana Silva"}[form]
				if got := strings.Join(names, ", "); got != want {
					h.Errorf("%s in %s has %s, want %s", form, language, got, want)
				}
				name := map[string]string{"en": "pediatrics-mentoring", "fr-CA": "mentorat-en-pediatrie"}[language] + "-" + h.Server.Now().UTC().Format(time.DateOnly) + "." + form
				if got := p.Header.Get("Content-Disposition"); got != `attachment; filename="`+name+`"` {
					h.Errorf("the file is called %s, want %s", got, name)
				}
				if p.Header.Get("Cache-Control") != "no-store" || p.Header.Get("X-Content-Type-Options") != "nosniff" {
					h.Errorf("the headers are %v", p.Header)
				}
				hides(h, form, p, theirs...)
			}
		}
		if rows := read(h, c.claire.Get("/programs/P1/people/file?q=royer"), "csv", "fr-CA"); len(rows) != 1 {
			h.Errorf("a file of nobody has %v", rows)
		}
		says(h, "the file of a program of others", c.claire.Get("/programs/P2/people/file"), http.StatusNotFound)
		says(h, "the file for a member", comes(h, "member@example.org").Get("/programs/P1/people/file"), http.StatusNotFound)
	})
}

func TestFileNeedsAFreshSignInAndComesBackToIt(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		h.Pass(time.Hour)
		path := "/programs/P1/people/file?form=xlsx&offers=research&q=silva"
		leads(h, "the file, after an hour", c.claire.Get(path), "/prove?to=%2Fprograms%2FP1%2Fpeople%2Ffile%3Fform%3Dxlsx%26offers%3Dresearch%26q%3Dsilva")
		shows(h, "the list, after an hour", c.claire.Get("/programs/P1/people"), "3 people")
	})
}

func TestFileOfALongListIsWhole(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		claire := comes(h, "claire@example.org")
		makes(h, "P1", "神経内科", "神経内科", claire)
		crowds(h, "P1", "a", 3*person.PageSize)
		p := claire.Get("/programs/P1/people/file?form=csv")
		if rows := read(h, p, "csv", "en"); len(rows) != 3*person.PageSize+1 {
			h.Errorf("%d rows", len(rows))
		}
		if !strings.Contains(p.Header.Get("Content-Disposition"), `"P1-`) {
			h.Errorf("the file is called %s", p.Header.Get("Content-Disposition"))
		}
	})
}
