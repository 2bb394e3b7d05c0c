package person

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// A Problem is something in a file that stands against it, for people to read in their language.
type Problem struct {
	Row    int    // as the spreadsheet shows it; 0: the whole file
	Column string // as the file heads it; "": the whole row, or a column that it does not have
	Value  string // what stands there
	Key    string // of the text that says what to write
	Args   []any
}

// A Heading is the heading of a column of a file, and what it was understood as.
type Heading struct {
	Heading string
	Column  string // such as "given"; "": nothing is taken of it
}

// A sheet is the table of a file, with where its columns stand.
type sheet struct {
	*roster.Sheet
	at map[string]int // by what each column was understood as
}

// sheetOf reads the table of a file. What is wrong with the file is said as problems.
func sheetOf(file roster.Input, names map[string][]string) (sheet, []Problem) {
	s, err := roster.ReadSheet(file)
	if err == nil {
		read := sheet{s, columnsOf(s.Header, names)}
		if errors := read.errors(); len(errors) > 0 {
			return sheet{}, errors
		}
		return read, nil
	}
	all := []Problem{}
	if found, ok := err.(*roster.Problems); ok {
		for _, issue := range found.Issues {
			all = append(all, Problem{issue.Row, issue.Column, issue.Value, fileKey(issue.Problem), nil})
		}
	}
	if len(all) == 0 {
		all = append(all, Problem{Key: "import.file.other"})
	}
	return sheet{}, all
}

// errors are cells, in columns of which something is taken, that hold an error of the spreadsheet such as #N/A: to read
// them as empty would take away what stands here.
func (s sheet) errors() (all []Problem) {
	for _, note := range s.Notes {
		taken := slices.ContainsFunc(slices.Collect(maps.Values(s.at)), func(k int) bool { return s.Header[k] == note.Column })
		if taken && strings.HasPrefix(note.Problem, "is an error") {
			all = append(all, Problem{note.Row, note.Column, note.Value, "import.file.error", nil})
		}
	}
	return all
}

// fileFaults are the keys of what the reader of files says, by a part of it. It says it in English alone, and with more
// about the inside of a file than anybody needs who made it with a spreadsheet program.
var fileFaults = []struct {
	key  string
	says []string
}{
	{"import.file.empty", []string{"the file is empty", "nobody under the header", "nothing in it but empty cells"}},
	{"import.file.password", []string{"protected with a password"}},
	{"import.file.quote", []string{"never closed", "longer than a spreadsheet allows", "text follows a closing quote"}},
	{"import.file.heading-twice", []string{"the heading stands over"}},
	{"import.file.no-heading", []string{"stands under no heading"}},
	{"import.file.width", []string{"and the header"}},
	{"import.file.formula", []string{"without a saved result"}},
	{"import.file.encoding", []string{"is NUL", "from two encodings", "says that it is UTF", "the characters cannot be read"}},
	{"import.file.large", []string{
		"has more than", "unpacks to more than", "unpack to more than", "are not read", "are read", "are more than", "merged areas", "is larger than", "of text",
	}},
	{"import.file.damaged", []string{"the workbook is damaged", "or a damaged one"}},
	{"import.file.kind", []string{
		"old binary workbook", "binary workbook", "OpenDocument", "Numbers spreadsheet", "document of Word", "is a presentation", "is a PDF", "compressed archive",
		"XML Spreadsheet", "is a web page", "is XML and no table", "files of the kind", "no workbook",
	}},
}

// fileKey is the key of what the reader of files says is wrong.
func fileKey(problem string) string {
	if strings.HasPrefix(problem, "files of the kind") {
		return "import.file.kind"
	}
	for _, f := range fileFaults {
		if slices.ContainsFunc(f.says, func(part string) bool { return strings.Contains(problem, part) }) {
			return f.key
		}
	}
	return "import.file.other"
}

// columnsOf finds where columns stand, by their headings: each where one of its names stands first.
func columnsOf(header []string, names map[string][]string) map[string]int {
	of := map[string]string{} // the column of a folded name
	for column, words := range names {
		for _, word := range words {
			of[search.Fold(word)] = column
		}
	}
	at := map[string]int{}
	for k, heading := range header {
		column, known := of[search.Fold(heading)]
		if _, has := at[column]; known && !has {
			at[column] = k
		}
	}
	return at
}

// headings says of each heading what it was understood as. Of the columns named last nothing is taken.
func (s sheet) headings(but ...string) (all []Heading) {
	as := map[int]string{}
	for column, k := range s.at {
		if !slices.Contains(but, column) {
			as[k] = column
		}
	}
	for k, heading := range s.Header {
		if heading != "" {
			all = append(all, Heading{heading, as[k]})
		}
	}
	return all
}

func (s sheet) has(column string) bool {
	_, has := s.at[column]
	return has
}

// cell is what a row says in a column, without spaces that nobody means; "" where there is no such column.
func (s sheet) cell(row roster.SheetRow, column string) string {
	k, has := s.at[column]
	if !has {
		return ""
	}
	return mentoring.Tidy(meant(row.Cells[k]))
}

// mostQuoted is how much of a cell a problem quotes, in bytes.
const mostQuoted = 200

// problem is one in a cell.
func (s sheet) problem(row roster.SheetRow, column, key string, args ...any) Problem {
	heading := ""
	if k, has := s.at[column]; has {
		heading = s.Header[k]
	}
	value := s.cell(row, column)
	if len(value) > mostQuoted {
		value = strings.ToValidUTF8(value[:mostQuoted], "") + "…"
	}
	return Problem{row.Number, heading, value, key, args}
}

// missing are problems for columns that must be there.
func (s sheet) missing(columns ...string) (all []Problem) {
	for _, column := range columns {
		if !s.has(column) {
			all = append(all, Problem{Key: "import.no-column." + column})
		}
	}
	return all
}

// byRow sorts problems as the file has them. Those of one row stay as they were found.
func byRow(all []Problem) {
	slices.SortStableFunc(all, func(a, b Problem) int { return cmp.Compare(a.Row, b.Row) })
}
