package person

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A sheetColumn is a column of the list of people as a spreadsheet: how the program heads it in both languages, and what
// else it may be headed with in a list that comes back.
type sheetColumn struct {
	name, en, fr string
	others       []string
}

// sheetColumns are those of the list. Version says which state of a row it is, by what it shows and nothing else: when
// somebody was last here is not for coordinators; address and language are for people
// who are to be invited, and empty for those who are here: whose addresses are theirs.
var sheetColumns = []sheetColumn{
	{"id", "id", "id", nil},
	{"version", "version", "version", nil},
	{"given", "given name", "prénom", []string{"given", "first name"}},
	{"family", "family name", "nom", []string{"family", "last name", "surname", "nom de famille"}},
	{"unit", "unit", "unité", []string{"department", "département", "service"}},
	{"position", "position", "poste", []string{"level", "training level", "rank", "niveau", "niveau de formation", "rang"}},
	{"from", "from", "du", []string{"de", "depuis", "since"}},
	{"to", "to", "au", []string{"jusqu'au", "until"}},
	{"address", "e-mail", "courriel", []string{
		"address", "email", "mail", "email address", "e-mail address", "adresse", "adresse courriel", "adresse de courriel",
		"adresse e-mail", "adresse mail", "adresse électronique", "courrier électronique",
	}},
	{"language", "language", "langue", []string{"language of letters"}},
	{"offers", "offers", "offre", nil},
	{"room", "has room", "places libres", nil},
	{"listed", "in the directory", "au répertoire", nil},
}

// changeable are the columns of which a change is taken, and shownOnly those that are for reading alone.
var (
	changeable = []string{"given", "family", "unit", "position", "from", "to"}
	shownOnly  = []string{"offers", "room", "listed"}
)

// columnNames are what the columns of a list that comes back may be headed with.
var columnNames = func() map[string][]string {
	names := map[string][]string{}
	for _, c := range sheetColumns {
		names[c.name] = append([]string{c.name, c.en, c.fr}, c.others...)
	}
	return names
}()

// headings head the columns in a language.
func headings(language string) (all []string) {
	for _, c := range sheetColumns {
		if language == "en" {
			all = append(all, c.en)
		} else {
			all = append(all, c.fr)
		}
	}
	return all
}

// A sheetRow is a person as a row of the list, by column.
type sheetRow map[string]string

// rowFor is the row of a person as a coordinator sees them. Of several appointments in force it has the latest.
func (k *kept) rowFor(page Page, language string) sheetRow {
	yes, no := "yes", "no"
	if language != "en" {
		yes, no = "oui", "non"
	}
	said := map[bool]string{true: yes, false: no}
	row := sheetRow{
		"id": k.id, "given": page.Given, "family": page.Family, "listed": said[page.Listed],
	}
	if page.Offering {
		row["room"] = said[page.Room]
	}
	var offers []string
	for _, t := range page.Offers {
		offers = append(offers, t.Label)
	}
	row["offers"] = strings.Join(offers, "; ")
	if len(page.Appointments) > 0 {
		a := page.Appointments[0]
		row["unit"], row["position"], row["from"], row["to"] = a.Where, a.What.Label, string(a.From), string(a.To)
	}
	row["version"] = row.version()
	return row
}

// version says in short what a row says in the columns of which a change is taken.
func (r sheetRow) version() string {
	var cells []string
	for _, column := range changeable {
		cells = append(cells, r[column])
	}
	return digestOf(cells)[:12]
}

// A SheetForm is a form of spreadsheets.
type SheetForm string

// The forms.
const (
	CSV  SheetForm = "csv"
	XLSX SheetForm = "xlsx"
)

// Export writes the people of a program whom a filter finds as a spreadsheet for a coordinator, in the coordinator's
// language, and returns how many there are. No cell of it can be taken for a formula. Where the language is French the
// values of CSV are parted by semicolons, as spreadsheet programs expect there. Whoever is in the file can read in their
// trail that it was made; it is written when that is kept.
func (p *People) Export(ctx context.Context, v account.Visit, program mentoring.ProgramID, f Filter, form SheetForm, out io.Writer) (n int, err error) {
	if form != CSV && form != XLSX {
		return 0, mentoring.NotHere()
	}
	var language string
	var ids []string
	var cells [][]string
	err = p.view(ctx, v, func(w *work) error {
		if err := w.permit(v, mentoring.ExportPeople, settings(program)); err != nil {
			return err
		}
		language, ids, cells = w.language, nil, [][]string{headings(w.language)}
		return w.eachListed(f, program, func(row sheetRow) error {
			ids = append(ids, row["id"])
			cells = append(cells, row.cells())
			return nil
		})
	})
	if err != nil {
		return 0, err
	}
	err = p.act(ctx, v, mentoring.ExportPeople, settings(program), func(w *work) error {
		return w.log("person.export", "program settings", string(program), nil, f.Codes, ids...)
	})
	if err != nil {
		return 0, err
	}
	return len(ids), writeSheet(form, language, cells, out)
}

// cells are those of a row in the order of the columns.
func (r sheetRow) cells() []string {
	cells := make([]string, len(sheetColumns))
	for k, column := range sheetColumns {
		cells[k] = r[column.name]
	}
	return cells
}

func writeSheet(form SheetForm, language string, rows [][]string, out io.Writer) error {
	row, finish, err := sheetWriter(form, language, out)
	for _, cells := range rows {
		if err == nil {
			err = row(cells)
		}
	}
	if err != nil {
		return err
	}
	return finish()
}

// manyAtOnce is how many people are read at a time where all are.
const manyAtOnce = 500

// eachListed does something with the row of each person whom a coordinator finds.
func (w *work) eachListed(f Filter, program mentoring.ProgramID, do func(row sheetRow) error) error {
	return w.eachFound(f, program, func(id string) error {
		_, row, err := w.rowOfPerson(id, program)
		if err != nil {
			return err
		}
		return do(row)
	})
}

// eachFound does something with each person whom a coordinator finds, by name.
func (w *work) eachFound(f Filter, program mentoring.ProgramID, do func(id string) error) error {
	q, err := w.searchFor(f, program)
	if err != nil {
		return err
	}
	for names, err := range w.lots(q.Search, store.Found{}) {
		if err != nil {
			return err
		}
		found, _, err := w.decide(q, names, false)
		if err != nil {
			return err
		}
		slices.SortFunc(found, func(a, b place) int { return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID)) })
		for _, one := range found {
			if err := do(one.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) rowOfPerson(id string, program mentoring.ProgramID) (kept, sheetRow, error) {
	k, err := w.load(id)
	if err != nil {
		return k, nil, err
	}
	if !k.is {
		return k, nil, mentoring.NotHere()
	}
	return k, k.rowFor(w.coordinatorsPage(&k, program), w.language), nil
}

// sheetWriter writes rows in a form. Finish writes what is left.
func sheetWriter(form SheetForm, language string, out io.Writer) (row func(cells []string) error, finish func() error, err error) {
	if form == CSV {
		if _, err := out.Write([]byte("\ufeff")); err != nil { // without it Excel takes UTF-8 for something else
			return nil, nil, err
		}
		w := csv.NewWriter(out)
		w.UseCRLF = true
		if language != "en" {
			w.Comma = ';'
		}
		return func(cells []string) error {
			safe := make([]string, len(cells))
			for k, cell := range cells {
				safe[k] = Harmless(cell)
			}
			return w.Write(safe)
		}, func() error { w.Flush(); return w.Error() }, nil
	}
	return workbookWriter(out)
}

// workbookWriter writes a workbook with one sheet. All cells are text, which is never a formula, so that an apostrophe
// goes before those alone that would lose one when the list comes back.
func workbookWriter(out io.Writer) (row func(cells []string) error, finish func() error, err error) {
	book := excelize.NewFile()
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, nil, err
	}
	n := 0
	row = func(cells []string) error {
		n++
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		values := make([]any, len(cells))
		for k, cell := range cells {
			values[k] = cell
			if meant(cell) != cell {
				values[k] = Harmless(cell)
			}
		}
		return stream.SetRow(at, values)
	}
	finish = func() error {
		defer book.Close()
		if err := stream.Flush(); err != nil {
			return err
		}
		return book.Write(out)
	}
	return row, finish, nil
}

// formulas are what spreadsheet programs take for the beginning of a formula, or of a command (OWASP, CSV injection).
const formulas = "=+-@\t\r\n＝＋－＠"

// Where a formula begins inside of a cell for a program that parts a file at other signs than it was written with, as those
// of other countries do; and where an apostrophe keeps one from it.
var (
	formulaInside = regexp.MustCompile(`([,;\t\r\n][ "]*'*)([=+\-@＝＋－＠])`)
	keptInside    = regexp.MustCompile(`([,;\t\r\n][ "]*'*)'([=+\-@＝＋－＠])`)
)

// Harmless is a cell of CSV that no program takes for a formula, wherever it parts the file: an apostrophe goes before
// whatever would begin one.
func Harmless(cell string) string {
	cell = formulaInside.ReplaceAllString(cell, "$1'$2")
	if strings.HasPrefix(cell, "'") || cell != "" && strings.ContainsRune(formulas, []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// meant is what a cell said before it was made harmless.
func meant(cell string) string {
	cell = keptInside.ReplaceAllString(cell, "$1$2")
	rest, quoted := strings.CutPrefix(cell, "'")
	if quoted && rest != "" && strings.ContainsRune(formulas+"'", []rune(rest)[0]) {
		return rest
	}
	return cell
}
