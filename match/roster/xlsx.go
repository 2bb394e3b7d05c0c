package roster

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// Bounds of what the cells of a workbook hold together. One text can stand in a million cells and take no more room in
// the file than one letter.
const (
	mostTexts     = 1_000_000
	mostTextBytes = 100 << 20
	mostSheets    = 100
)

// A workbook is Office Open XML (ISO 29500) as spreadsheet programs write it, read for its cells only. Each cell becomes
// the text that the program shows, save for dates and numbers, which do not depend on the country. See cellText.
type workbook struct {
	*container
	sheets    []sheetPart
	texts     []string // the shared strings
	formats   []numberFormat
	since1904 bool // days are counted from 1904, as early Macintosh programs did
	cells     int  // so far, of all sheets
	textBytes int  // and what they hold
}

// A sheetPart is a sheet before it is read.
type sheetPart struct {
	name   string
	part   string
	hidden bool
	cells  bool // false: a sheet that is a chart or a macro
}

// readWorkbook reads the sheets that are not hidden and hold a cell.
func readWorkbook(in Input, rep *report) []*rawSheet {
	var fault *workbookFault
	w, err := openWorkbook(in.Data)
	if errors.As(err, &fault) {
		rep.issue(Issue{File: in.Name, Problem: fault.problem, Instead: fault.instead})
		return nil
	}
	var sheets []*rawSheet
	if len(w.sheets) > mostSheets {
		rep.issue(Issue{
			File: in.Name, Problem: fmt.Sprintf("the workbook has %d sheets, and more than %d are not read", len(w.sheets), mostSheets),
			Instead: "copy the sheets with the people into a new workbook",
		})
		return nil
	}
	for _, part := range w.sheets {
		if part.hidden || !part.cells {
			problem, instead := "is hidden", "not read; show it in the spreadsheet program if it is needed"
			if !part.cells {
				problem, instead = "holds a chart or a macro and no cells", "not read"
			}
			rep.note(Issue{File: in.Name, Sheet: part.name, Problem: problem, Instead: instead})
			continue
		}
		sheet, err := w.readSheet(part)
		if errors.As(err, &fault) {
			rep.issue(Issue{File: in.Name, Sheet: part.name, Problem: fault.problem, Instead: fault.instead})
			return nil
		}
		if len(sheet.rows) > 0 {
			sheets = append(sheets, sheet)
		}
	}
	if len(sheets) == 0 {
		rep.issue(Issue{File: in.Name, Problem: "no sheet that is shown has a cell with content", Instead: "look whether it is the right file, and show the sheets that are hidden"})
	}
	return sheets
}

// openWorkbook reads all but the sheets. Its errors are faults.
func openWorkbook(data []byte) (*workbook, error) {
	c, err := openContainer(data)
	if err != nil {
		return nil, err
	}
	if fault := c.otherDocument(); fault != nil {
		return nil, fault
	}
	w := &workbook{container: c}
	root, err := c.relations("")
	if err != nil {
		return nil, err
	}
	main := "xl/workbook.xml"
	for _, r := range root {
		if r.kind == "officeDocument" {
			main = r.target
		}
	}
	related, err := c.relations(main)
	if err != nil {
		return nil, err
	}
	if err := w.readMain(main, related); err != nil {
		return nil, err
	}
	for _, r := range related {
		switch {
		case r.kind == "sharedStrings" && w.texts == nil:
			err = w.readTexts(r.target)
		case r.kind == "styles" && w.formats == nil:
			err = w.readFormats(r.target)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// otherDocument recognises archives that are no workbook.
func (c *container) otherDocument() *workbookFault {
	for _, other := range []struct{ part, what, instead string }{
		{"content.xml", "the file is an OpenDocument file (.ods)", asWorkbook},
		{"index/document.iwa", "the file is a Numbers spreadsheet of Apple", `open it in Numbers and export it to Excel (File, Export To)`},
		{"index.zip", "the file is a Numbers spreadsheet of Apple", `open it in Numbers and export it to Excel (File, Export To)`},
		{"xl/workbook.bin", "the file is a binary workbook (.xlsb)", asWorkbook},
		{"word/document.xml", "the file is a text document of Word", "copy its table into a spreadsheet and save that as .xlsx"},
		{"ppt/presentation.xml", "the file is a presentation", "hand in the workbook with the people"},
	} {
		if c.parts[other.part] != nil {
			return &workbookFault{other.what, other.instead}
		}
	}
	if c.parts["[content_types].xml"] == nil {
		return &workbookFault{"the file is a zip archive and no workbook, or a damaged one", "unpack it and hand in the table that is inside, or save the workbook again"}
	}
	return nil
}

// A relation names a part that belongs to another one.
type relation struct{ id, kind, target string }

// relations are the parts that belong to a part, or to the workbook as a whole. It leaves out everything outside of the
// workbook.
func (c *container) relations(of string) ([]relation, error) {
	folder, file := path.Split(of)
	name := folder + "_rels/" + file + ".rels"
	if c.parts[partName(name)] == nil {
		return nil, nil
	}
	var all []relation
	err := c.each(name, func(element xml.StartElement, _ []string) error {
		if element.Name.Local != "Relationship" || strings.EqualFold(attribute(element, "TargetMode"), "External") {
			return nil
		}
		target := attribute(element, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", folder, target)
		}
		all = append(all, relation{attribute(element, "Id"), path.Base(attribute(element, "Type")), strings.TrimPrefix(target, "/")})
		return nil
	})
	return all, err
}

// readMain reads the list of sheets.
func (w *workbook) readMain(name string, related []relation) error {
	at := map[string]relation{}
	for _, r := range related {
		at[r.id] = r
	}
	seen := map[string]bool{}
	err := w.each(name, func(element xml.StartElement, around []string) error {
		switch element.Name.Local {
		case "workbookPr":
			w.since1904 = isTrue(attribute(element, "date1904"))
		case "sheet":
			r, known := relation{}, false
			for _, a := range element.Attr {
				if a.Name.Space != "" && a.Name.Local == "id" {
					r, known = at[a.Value]
				}
			}
			sheet := sheetPart{strings.Join(strings.Fields(attribute(element, "name")), " "), r.target, attribute(element, "state") != "" && attribute(element, "state") != "visible", r.kind == "worksheet"}
			switch {
			case !known:
				return damaged("the sheet %q is on its list and nowhere else", shortened(sheet.name))
			case seen[r.target]:
				return damaged("two sheets share the part %q", shortened(r.target))
			}
			seen[r.target] = true
			w.sheets = append(w.sheets, sheet)
		}
		return nil
	})
	if err == nil && len(w.sheets) == 0 {
		return damaged("it has no sheet")
	}
	return err
}

// readTexts reads the shared strings. How a text is set in type, and how it is pronounced, is left out.
func (w *workbook) readTexts(name string) error {
	x, err := w.open(name)
	if err != nil {
		return err
	}
	defer x.close.Close()
	w.texts = []string{}
	var text []byte
	for {
		token, err := x.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch piece := token.(type) {
		case xml.StartElement:
			if piece.Name.Local == "si" {
				text = text[:0]
			}
		case xml.CharData:
			if x.inText() {
				text = append(text, piece...)
			}
		case xml.EndElement:
			if piece.Name.Local != "si" {
				continue
			}
			if len(text) > mostCellBytes {
				return damaged("one of its texts is longer than a cell can hold")
			}
			if w.texts = append(w.texts, unescaped(string(text))); len(w.texts) > mostTexts {
				return &workbookFault{fmt.Sprintf("the workbook has more than %d different texts", mostTexts), "copy the people into a new workbook"}
			}
		}
	}
}

// inText says whether the present place is text of a string, and not its pronunciation (rPh).
func (x *markup) inText() bool {
	if len(x.open) == 0 || x.open[len(x.open)-1] != "t" {
		return false
	}
	for _, element := range x.open {
		if element == "rPh" {
			return false
		}
	}
	return true
}

// unescaped reads the escapes _xHHHH_ that stand for characters which XML cannot hold (ISO 29500-1, 22.4.2.4).
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for {
		at := strings.Index(text, "_x")
		if at < 0 || at+7 > len(text) {
			b.WriteString(text)
			return b.String()
		}
		code, err := strconv.ParseUint(text[at+2:at+6], 16, 16)
		if err != nil || text[at+6] != '_' {
			b.WriteString(text[:at+2])
			text = text[at+2:]
			continue
		}
		b.WriteString(text[:at])
		if code != 0 {
			b.WriteRune(rune(code))
		}
		text = text[at+7:]
	}
}
