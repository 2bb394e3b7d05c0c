package person

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// The columns of the list of people as a spreadsheet. Those that can be changed there come first. Version says which
// state of a person the row is; address is for people who are added, and empty for those who are here: whose addresses
// are theirs.
var sheetColumns = []string{"id", "version", "given", "family", "unit", "position", "from", "to", "address", "offers", "listed"}

// columnNames are what the columns of a list that comes back may be headed with.
var columnNames = map[string][]string{
	"id": {"id"}, "version": {"version"}, "given": {"given", "first name", "prenom"}, "family": {"family", "last name", "nom", "nom de famille"},
	"unit": {"unit", "unite", "department", "departement"}, "position": {"position", "level", "rank", "niveau", "rang"},
	"from": {"from", "de", "depuis"}, "to": {"to", "a", "jusqu au"}, "address": {"address", "email", "e mail", "courriel"},
	"offers": {"offers"}, "listed": {"listed"},
}

// changeable are the columns of which a change is taken.
var changeable = []string{"given", "family", "unit", "position", "from", "to"}

// A sheetRow is a person as a row of the list, by column.
type sheetRow map[string]string

// rowFor is the row of a person as a coordinator sees them. Of several appointments in force it has the latest.
func (k *kept) rowFor(page Page, changedAt int64) sheetRow {
	row := sheetRow{
		"id": k.id, "version": strconv.FormatInt(changedAt, 36), "given": page.Given, "family": page.Family,
		"listed": map[bool]string{true: "yes", false: "no"}[page.Listed],
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
	return row
}

// A SheetForm is a form of spreadsheets.
type SheetForm string

// The forms.
const (
	CSV  SheetForm = "csv"
	XLSX SheetForm = "xlsx"
)

// Export writes the list of people of a filter as a spreadsheet for a coordinator, and returns how many there are. No
// cell of it can be taken for a formula. It holds one page of people in memory at a time, whatever the length of the
// list.
func (p *People) Export(ctx context.Context, v account.Visit, program mentoring.ProgramID, f Filter, form SheetForm, out io.Writer) (n int, err error) {
	if form != CSV && form != XLSX {
		return 0, mentoring.NotHere()
	}
	err = p.act(ctx, v, mentoring.ExportPeople, settings(program), func(w *work) error {
		return w.log("person.export", "program settings", string(program), nil, f.Codes)
	})
	if err != nil {
		return 0, err
	}
	rows, finish, err := sheetWriter(form, out)
	if err != nil {
		return 0, err
	}
	if err := rows(sheetColumns); err != nil {
		return 0, err
	}
	err = p.view(ctx, v, func(w *work) error {
		return w.eachListed(f, program, func(row sheetRow) error {
			n++
			cells := make([]string, len(sheetColumns))
			for k, column := range sheetColumns {
				cells[k] = row[column]
			}
			return rows(cells)
		})
	})
	if err != nil {
		return n, err
	}
	return n, finish()
}

// manyAtOnce is how many people are read at a time where all are.
const manyAtOnce = 500

// eachListed does something with the row of each person whom a coordinator finds.
func (w *work) eachListed(f Filter, program mentoring.ProgramID, do func(row sheetRow) error) error {
	f.Marks = ""
	q, err := w.searchFor(f, mentoring.Coordinators)
	if err != nil {
		return err
	}
	for after := (store.Found{}); ; {
		names, err := w.Find(q.Search, after, manyAtOnce)
		if err != nil || len(names) == 0 {
			return err
		}
		found, _, err := w.decide(q, names, false)
		if err != nil {
			return err
		}
		slices.SortFunc(found, func(a, b place) int { return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID)) })
		for _, one := range found {
			_, row, err := w.rowOfPerson(one.ID, program)
			if err == nil {
				err = do(row)
			}
			if err != nil {
				return err
			}
		}
		after = names[len(names)-1]
	}
}

func (w *work) rowOfPerson(id string, program mentoring.ProgramID) (kept, sheetRow, error) {
	k, err := w.load(id)
	if err != nil {
		return k, nil, err
	}
	kept, err := w.Person(id)
	if err != nil {
		return k, nil, here(err)
	}
	as, _ := mentoring.EyeOf(w.actor, k.object(Context{Program: program}))
	return k, k.rowFor(k.pageOf(as, w.today), kept.ChangedAt.UnixMicro()), nil
}

// sheetWriter writes rows in a form. Finish writes what is left.
func sheetWriter(form SheetForm, out io.Writer) (row func(cells []string) error, finish func() error, err error) {
	if form == CSV {
		if _, err := out.Write([]byte("\ufeff")); err != nil { // without it Excel takes UTF-8 for something else
			return nil, nil, err
		}
		w := csv.NewWriter(out)
		w.UseCRLF = true
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

// workbookWriter writes a workbook with one sheet. All cells are text, which is never a formula.
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
const formulas = "=+-@\t\r＝＋－＠"

// Harmless is a cell of CSV that no program takes for a formula: an apostrophe goes before it.
func Harmless(cell string) string {
	if strings.HasPrefix(cell, "'") || cell != "" && strings.ContainsRune(formulas, []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// meant is what a cell said before it was made harmless.
func meant(cell string) string {
	rest, quoted := strings.CutPrefix(cell, "'")
	if quoted && rest != "" && strings.ContainsRune(formulas+"'", []rune(rest)[0]) {
		return rest
	}
	return cell
}
