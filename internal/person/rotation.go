package person

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// A Problem is something in a file that stands against it, for people to read in their language.
type Problem struct {
	Row    int    // as the spreadsheet shows it; 0: the whole file
	Column string // as the file heads it; "": the whole row
	Value  string // what stands there
	Key    string // of the text that says what to write
	Args   []any
}

// A Rotation is a rotation list as it was read: who is with whom in which of the 13 periods of an academic year.
type Rotation struct {
	Edges    []mentoring.Dated
	Problems []Problem
	Rows     int
}

// The columns of a rotation list, by what people head them with.
var rotationColumns = map[string][]string{
	"person":    {"person", "resident", "trainee", "learner", "email", "personne", "resident", "residente", "courriel"},
	"preceptor": {"preceptor", "supervisor", "attending", "unit", "unit/preceptor", "unit preceptor", "precepteur", "superviseur", "superviseure", "unite", "unite precepteur"},
	"period":    {"period", "block", "rotation", "periode", "stage", "bloc"},
	"year":      {"academic year", "year", "annee universitaire", "annee"},
	"kind":      {"kind", "role", "position", "type", "lien"},
}

// columnsOf finds where columns stand, by their headings.
func columnsOf(header []string, names map[string][]string) map[string]int {
	at := map[string]int{}
	for column, words := range names {
		for k, heading := range header {
			folded := search.Fold(heading)
			for _, word := range words {
				if _, has := at[column]; !has && folded == search.Fold(word) {
					at[column] = k
				}
			}
		}
	}
	return at
}

// ReadRotation reads a rotation list for a coordinator and changes nothing. The columns are person, preceptor or unit,
// period and academic year; people are named by their address, or by their id. Without a column for the kind the
// preceptor observes, which blocks nothing (MO-13). A unit stands for those who lead it at that time.
func (p *People) ReadRotation(ctx context.Context, v account.Visit, program mentoring.ProgramID, file roster.Input) (r Rotation, err error) {
	sheet, problem := sheetOf(file)
	if problem != nil {
		return Rotation{Problems: problem}, p.mayIn(ctx, v, mentoring.ImportRotation, program)
	}
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ImportRotation, settings(program)).Refused(); err != nil {
			return err
		}
		r, err = w.rotation(sheet)
		return err
	})
	return r, err
}

// ImportRotation puts the edges of a rotation list in force, all or none, and returns the id by which the import can be
// undone. A list with problems is refused.
func (p *People) ImportRotation(ctx context.Context, v account.Visit, program mentoring.ProgramID, file roster.Input) (id string, r Rotation, err error) {
	sheet, problem := sheetOf(file)
	if problem != nil {
		return "", Rotation{Problems: problem}, p.mayIn(ctx, v, mentoring.ImportRotation, program)
	}
	id = rand.Text()
	err = p.act(ctx, v, mentoring.ImportRotation, settings(program), func(w *work) error {
		if r, err = w.rotation(sheet); err != nil || len(r.Problems) > 0 {
			if err == nil {
				err = invalid("import.problems", "n", len(r.Problems))
			}
			return err
		}
		var added []string
		people := map[string]bool{}
		for _, e := range r.Edges {
			one := store.Authority{ID: rand.Text(), From: string(e.From()), To: string(e.To()), Kind: string(e.Kind), Span: store.Span{From: string(e.Span.From), To: string(e.Span.To)}, Source: "roster", By: "roster", MadeAt: w.now}
			if err := w.AddAuthority(one); err != nil {
				return err
			}
			added = append(added, one.ID)
			for _, side := range sides(e) {
				people[side] = true
			}
		}
		return w.keepBatch(id, "rotation", program, added, people)
	})
	return id, r, err
}

// keepBatch keeps what undoing a batch takes, and logs it for all whom it is about.
func (w *work) keepBatch(id, kind string, program mentoring.ProgramID, before any, people map[string]bool) error {
	text, err := json.Marshal(before)
	if err != nil {
		return err
	}
	batch := store.Batch{ID: id, Program: string(program), By: string(w.actor.Person), MadeAt: w.now, Kind: kind, Before: string(text)}
	var about []string
	for person := range people {
		about = append(about, person)
	}
	if err := w.AddBatch(batch, about); err != nil {
		return err
	}
	return w.log("import."+kind, "program settings", id, nil, text, about...)
}

func settings(program mentoring.ProgramID) mentoring.Object {
	return mentoring.Object{Kind: mentoring.ProgramSettings, Program: program}
}

// mayIn says whether the visitor may do something in a program.
func (p *People) mayIn(ctx context.Context, v account.Visit, action mentoring.Action, program mentoring.ProgramID) error {
	return p.view(ctx, v, func(w *work) error { return mentoring.May(w.actor, action, settings(program)).Refused() })
}

// sheetOf reads the table of a file. What is wrong with the file is said as the reader of files says it.
func sheetOf(file roster.Input) (*roster.Sheet, []Problem) {
	sheet, err := roster.ReadSheet(file)
	if err == nil {
		return sheet, nil
	}
	var all []Problem
	if found, ok := err.(*roster.Problems); ok {
		for _, issue := range found.Issues {
			all = append(all, Problem{issue.Row, issue.Column, issue.Value, "import.file", []any{"problem", issue.Problem, "instead", issue.Instead}})
		}
	}
	return nil, all
}

var yearIn = regexp.MustCompile(`^(20\d\d)(?:\s*[-–/]\s*(?:20)?(\d\d))?$`)

// readYear reads an academic year, such as 2026-2027, 2026-27 or 2026.
func readYear(text string) (mentoring.AcademicYear, bool) {
	found := yearIn.FindStringSubmatch(text)
	if found == nil {
		return mentoring.AcademicYear{}, false
	}
	from, err := strconv.Atoi(found[1])
	if found[2] != "" && found[2] != strconv.Itoa(from + 1)[2:] {
		return mentoring.AcademicYear{}, false
	}
	return mentoring.AcademicYear{From: from}, err == nil
}

// rotation reads the rows of a list.
func (w *work) rotation(sheet *roster.Sheet) (r Rotation, err error) {
	at := columnsOf(sheet.Header, rotationColumns)
	for _, column := range []string{"person", "preceptor", "period", "year"} {
		if _, has := at[column]; !has {
			r.Problems = append(r.Problems, Problem{Column: column, Key: "import.no-column", Args: []any{"column", column}})
		}
	}
	r.Rows = len(sheet.Rows)
	if len(r.Problems) > 0 {
		return r, nil
	}
	heads, err := w.UnitHeads()
	if err != nil {
		return r, err
	}
	tree, err := w.tree()
	if err != nil {
		return r, err
	}
	seen := map[mentoring.Dated]bool{}
	for _, row := range sheet.Rows {
		one := rotationRow{w: w, r: &r, row: row, at: at, header: sheet.Header}
		for _, e := range one.edges(tree, heads) {
			if !seen[e] {
				seen[e] = true
				r.Edges = append(r.Edges, e)
			}
		}
		if one.err != nil {
			return r, one.err
		}
	}
	return r, nil
}

// A rotationRow is one row while it is read.
type rotationRow struct {
	w      *work
	r      *Rotation
	row    roster.SheetRow
	at     map[string]int
	header []string
	err    error
}

func (o *rotationRow) cell(column string) string {
	k, has := o.at[column]
	if !has {
		return ""
	}
	return o.row.Cells[k]
}

func (o *rotationRow) problem(column, key string, args ...any) {
	heading := column
	if k, has := o.at[column]; has {
		heading = o.header[k]
	}
	o.r.Problems = append(o.r.Problems, Problem{o.row.Number, heading, o.cell(column), key, args})
}

func (o *rotationRow) edges(tree forest, heads []store.UnitHead) (edges []mentoring.Dated) {
	before := len(o.r.Problems)
	trainee := o.person("person")
	year, right := readYear(o.cell("year"))
	if !right {
		o.problem("year", "import.year")
	}
	n, err := strconv.Atoi(strings.TrimLeft(search.Fold(o.cell("period")), "pblocerid "))
	span, known := year.Period(n)
	if right && (err != nil || !known) {
		o.problem("period", "import.period", "most", mentoring.Periods)
	}
	kind := mentoring.Observes
	if said := o.cell("kind"); said != "" {
		kind = mentoring.EdgeKind(said)
	}
	for _, preceptor := range o.preceptors(tree, heads, span) {
		e := mentoring.Dated{Edge: mentoring.Edge{Kind: kind, From: preceptor, To: mentoring.PersonID(trainee)}, Span: span}
		if len(o.r.Problems) > before || o.err != nil {
			return nil
		}
		if err := mentoring.CheckEdge(e); err != nil {
			o.problem("kind", faultOf(err).Key)
			return nil
		}
		edges = append(edges, e)
	}
	return edges
}

// person is the id of the one in a cell, by address or id.
func (o *rotationRow) person(column string) string {
	id, err := o.w.named(o.cell(column))
	if err != nil {
		o.err = err
	}
	if id == "" {
		o.problem(column, "import.no-person")
	}
	return id
}

// preceptors are the people in a cell: one by address or id, or those who lead a unit by its name.
func (o *rotationRow) preceptors(tree forest, heads []store.UnitHead, span mentoring.Span) (all []mentoring.PersonID) {
	said := o.cell("preceptor")
	folded := search.Fold(said)
	for id := range tree.units {
		if folded == "" || folded != search.Fold(tree.en[id]) && folded != search.Fold(tree.fr[id]) {
			continue
		}
		for _, head := range heads {
			if head.Unit == string(id) && span.Meets(mentoring.Span{From: mentoring.Day(head.From), To: mentoring.Day(head.To)}) {
				all = append(all, mentoring.PersonID(head.Person))
			}
		}
		if len(all) == 0 {
			o.problem("preceptor", "import.unit-without-head")
		}
		return all
	}
	if id := o.person("preceptor"); id != "" {
		all = append(all, mentoring.PersonID(id))
	}
	return all
}

// named is the id of the account that an address or an id names; "": none.
func (w *work) named(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if strings.Contains(text, "@") {
		e, err := w.Email(notice.Fold(text))
		if store.IsKind(err, store.NotFound) || err == nil && !e.LeftUntil.IsZero() {
			return "", nil
		}
		return e.Account, err
	}
	a, err := w.Account(text)
	if store.IsKind(err, store.NotFound) {
		return "", nil
	}
	return a.ID, err
}
