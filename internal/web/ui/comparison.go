package ui

import "github.com/chiron-mentoring/chiron/internal/locale"

// A Comparison is a list that was brought along, held against what is here: what would change, and what needs a human
// being first. Nothing has happened yet.
type Comparison struct {
	Problems           []RowProblem
	MoreProblems       int // counted, not shown
	Changed, New, Gone ComparedRows
	Same               int // rows in which nothing changes
}

// ComparedRows are the rows that would change in one way.
type ComparedRows struct {
	Note string // what happens to them; may be empty
	Rows []ComparedRow
	More int      // further rows, counted and not shown
	Ask  *Choices // a question about all of them; the Comparison stands in a form then
}

// A ComparedRow is a row with those of its cells that differ.
type ComparedRow struct {
	Row              int // as the spreadsheet shows it; 0: it is not in the file
	Name, Line, Href string
	Cells            []ComparedCell
}

// A ComparedCell is what stood in a cell and what would. Where one of them is empty, the page says so in a word.
type ComparedCell struct{ Column, Was, Becomes string }

// A RowProblem is something in the file to put right. Its fields are as the spreadsheet shows them.
type RowProblem struct {
	Row    int    // 0: the whole file
	Column string // empty: the whole row
	Value  string // what stands there
	Text   string // what is wrong, and what to write instead
}

// mostInSight is how many rows of a group are in sight before the others are unfolded.
const mostInSight = 10

// Empty says that nothing is wrong and nothing would change.
func (c Comparison) Empty() bool {
	return c.problems()+c.Changed.count()+c.New.count()+c.Gone.count() == 0
}

func (c Comparison) problems() int { return len(c.Problems) + c.MoreProblems }

func (r ComparedRows) count() int { return len(r.Rows) + r.More }

// A compared is one of the ways in which rows differ, as the page shows it.
type compared struct {
	ComparedRows
	name string // of its id and its words
	icon Icon
}

func (g compared) id() string { return "compared-" + g.name }

// groups are the ways in which rows differ, in the order of the page.
func (c Comparison) groups() []compared {
	return []compared{{c.Changed, "changed", IconSwap}, {c.New, "new", IconPlus}, {c.Gone, "gone", IconMinus}}
}

// strip is how many rows there are of each kind; those of which there are any lead to them.
func (c Comparison) strip(w *locale.Catalogue) []Figure {
	figure := func(label, id string, n int) Figure {
		f := Figure{Label: label, Value: w.Number(int64(n))}
		if n > 0 {
			f.Href = "#" + id
		}
		return f
	}
	list := []Figure{figure(w.Say("ui.compared.problems"), "compared-problems", c.problems())}
	for _, g := range c.groups() {
		list = append(list, figure(w.Say("ui.compared."+g.name), g.id(), g.count()))
	}
	return list
}

// inSight parts a list into what is seen at once and what is folded. A fold that would hide a row or two is not worth it.
func inSight[T any](list []T) (seen, folded []T) {
	if len(list) <= mostInSight+2 {
		return list, nil
	}
	return list[:mostInSight], list[mostInSight:]
}

// problemTable is problems as a table, for those who look from cell to cell.
func problemTable(w *locale.Catalogue, caption string, list []RowProblem) Table {
	t := Table{Caption: caption, Bare: true, Columns: []Column{
		{Label: w.Say("ui.compared.where")}, {Label: w.Say("ui.compared.value"), Long: true}, {Label: w.Say("ui.compared.instead"), Long: true},
	}}
	for _, p := range list {
		where := Cell{Text: w.Say("ui.compared.file"), Line: p.Column}
		if p.Row > 0 {
			where.Text = w.Say("ui.compared.row", "n", w.Number(int64(p.Row)))
		}
		value := Cell{Part: standing(w, p.Value)}
		t.Rows = append(t.Rows, Row{where, value, {Text: p.Text}})
	}
	return t
}
