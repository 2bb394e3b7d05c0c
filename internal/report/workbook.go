package report

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/roster"
	"github.com/chiron-mentoring/chiron/match/run"
)

// A workbook is the pairs as a spreadsheet while it is written.
type workbook struct {
	book  *excelize.File
	sheet string
	rows  int
	err   error // the first one
}

// Workbook writes the pairs and the mentees without a mentor as a workbook that can be corrected by hand and handed in
// again beside the other spreadsheets: package roster reads what was changed. Equal runs give equal bytes.
func Workbook(r *run.Run, x *explain.Explainer, language locale.Language) ([]byte, error) {
	words, reasons := locale.For(language), locale.Explain(language)
	columns := roster.EditLanguages[string(language[:2])]
	w := workbook{book: excelize.NewFile(), sheet: words.Say("sheet.name")}
	defer w.book.Close()
	w.keep(w.book.SetSheetName("Sheet1", w.sheet))
	w.row(columns.Mentee, columns.MenteeName, columns.Mentor, columns.MentorName, columns.Purpose, columns.Decision, columns.Reason,
		words.Say("sheet.fit"), words.Say("sheet.why"), columns.Proposed, columns.ProposedPurpose, columns.ProposedMentee)
	p := r.Problem
	suitability := p.Column("suitability")
	for _, e := range r.Certificate.Chosen {
		mentee, mentor, purpose := p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]], p.PurposeName(int(e))
		fit := any("")
		if suitability != nil {
			fit = suitability[e]
		}
		w.row(mentee, r.Names.Mentees[mentee], mentor, r.Names.Mentors[mentor], purpose, "", "", fit, why(x, reasons, e), mentor, purpose, mentee)
	}
	loads := p.Loads(r.Certificate.Chosen)
	for i, id := range p.Mentees {
		if loads[i] < p.Max[i] {
			w.row(id, r.Names.Mentees[id], "", "", "", "", "", "", "", "", "", id)
		}
	}
	w.dress(columns, words)
	if w.err != nil {
		return nil, fmt.Errorf("write the workbook of pairs: %w", w.err)
	}
	var out bytes.Buffer
	if err := w.book.Write(&out); err != nil {
		return nil, fmt.Errorf("write the workbook of pairs: %w", err)
	}
	return out.Bytes(), nil
}

// mostReasons is how many reasons stand in a cell.
const mostReasons = 4

func why(x *explain.Explainer, words explain.Words, e int32) string {
	var said []string
	speaksFor, _ := x.Reasons(e)
	for _, reason := range speaksFor[:min(len(speaksFor), mostReasons)] {
		said = append(said, words.Reason(reason))
	}
	return strings.Join(said, "; ")
}

func (w *workbook) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

// row writes cells as text or as numbers, never as formulas.
func (w *workbook) row(cells ...any) {
	w.rows++
	for c, cell := range cells {
		if cell == "" {
			continue
		}
		at, err := excelize.CoordinatesToCellName(c+1, w.rows)
		w.keep(err)
		w.keep(w.book.SetCellValue(w.sheet, at, cell))
	}
}

// The columns of the workbook, as a spreadsheet program names them.
const (
	mentorCells   = "C"
	decisionCells = "F"
	reasonCells   = "G"
	whyCells      = "I"
	lastCells     = "L"
)

// dress makes the sheet readable: the header stays in sight, what may be changed is tinted, and a decision is chosen
// from a list.
func (w *workbook) dress(columns roster.EditColumns, words *locale.Catalogue) {
	style := func(s excelize.Style) int {
		id, err := w.book.NewStyle(&s)
		w.keep(err)
		return id
	}
	ground := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	heading := style(excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: ground("2E3A6E"), Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	open := style(excelize.Style{Fill: ground("FFF8E1")})
	quiet := style(excelize.Style{Font: &excelize.Font{Color: "777777"}})
	last := fmt.Sprint(w.rows)
	w.keep(w.book.SetCellStyle(w.sheet, "A1", lastCells+"1", heading))
	if w.rows > 1 {
		w.keep(w.book.SetCellStyle(w.sheet, mentorCells+"2", mentorCells+last, open))
		w.keep(w.book.SetCellStyle(w.sheet, decisionCells+"2", reasonCells+last, open))
		w.keep(w.book.SetCellStyle(w.sheet, "J2", lastCells+last, quiet))
	}
	for _, width := range []struct {
		from, to string
		width    float64
	}{{"A", "A", 14}, {"B", "B", 24}, {"C", "C", 14}, {"D", "E", 24}, {"F", "F", 16}, {"G", "G", 28}, {"H", "H", 8}, {whyCells, whyCells, 70}, {"J", lastCells, 20}} {
		w.keep(w.book.SetColWidth(w.sheet, width.from, width.to, width.width))
	}
	w.keep(w.book.SetPanes(w.sheet, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"}))
	w.keep(w.book.AutoFilter(w.sheet, "A1:"+lastCells+last, nil))
	help := words.Say("sheet.help")
	w.offer(decisionCells, help, words.Say("sheet.decision", "keep", columns.Keep, "apart", columns.Apart),
		words.Say("sheet.refused", "keep", columns.Keep, "apart", columns.Apart), columns.Keep, columns.Apart)
	w.offer(mentorCells, help, words.Say("sheet.mentor"), "")
}

// mostNewRows is how many rows below the last one are ready for pairs that somebody adds.
const mostNewRows = 200

// offer shows help at the cells of a column and, if there are any, the words that may stand in them.
func (w *workbook) offer(column, title, help, refused string, choice ...string) {
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, w.rows+mostNewRows))
	rule.SetInput(title, help)
	if len(choice) > 0 {
		w.keep(rule.SetDropList(choice))
		rule.SetError(excelize.DataValidationErrorStyleStop, title, refused)
	}
	w.keep(w.book.AddDataValidation(w.sheet, rule))
}
