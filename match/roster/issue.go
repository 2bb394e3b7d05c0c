package roster

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// An Issue is something in a file that somebody must put right before there can be a matching.
type Issue struct {
	File    string
	Sheet   string // of a workbook; "": the file is no workbook, or the issue concerns all of it
	Row     int    // as the spreadsheet shows it, from 1; the line of a rules file; 0: the whole file or sheet
	Column  string // the heading of the column, or the key of a rules file; "": the whole row
	Value   string // what stands there, perhaps shortened; "": nothing, or nothing in particular
	Problem string // what is wrong: a clause about the value, or a whole one when there is no value
	Instead string // what to write or to do instead
}

// String is the issue on one line.
func (i Issue) String() string {
	var b strings.Builder
	b.WriteString(i.File)
	if i.Sheet != "" {
		fmt.Fprintf(&b, ", sheet %q", i.Sheet)
	}
	if !hasLines(i.File) && i.File != inferredRules {
		if i.Row > 0 {
			fmt.Fprintf(&b, ", row %d", i.Row)
		}
		if i.Column != "" {
			fmt.Fprintf(&b, ", column %q", i.Column)
		}
	} else {
		if i.Row > 0 {
			fmt.Fprintf(&b, ", line %d", i.Row)
		}
		if i.Column != "" {
			b.WriteString(", " + i.Column)
		}
	}
	b.WriteString(": ")
	if i.Value != "" {
		fmt.Fprintf(&b, "%q ", i.Value)
	}
	b.WriteString(i.Problem)
	if i.Instead != "" {
		b.WriteString("; " + i.Instead)
	}
	return b.String()
}

// hasLines says whether people look into such a file with an editor, which shows lines, and not with a spreadsheet
// program, which shows rows and columns.
func hasLines(file string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".soi", ".dat"}, strings.ToLower(path.Ext(file)))
}

// A Note is something that the program decided by itself and somebody may want to know. Instead says what it did.
type Note Issue

// String is the note on one line.
func (n Note) String() string { return Issue(n).String() }

// Problems is the error for files that cannot be matched as they are.
type Problems struct {
	Issues []Issue // by file, sheet and row
	More   int     // further issues that were counted and not kept
}

// Error has one line per issue.
func (p *Problems) Error() string {
	lines := make([]string, 0, len(p.Issues)+1)
	for _, issue := range p.Issues {
		lines = append(lines, issue.String())
	}
	if p.More > 0 {
		lines = append(lines, fmt.Sprintf("... and %d more problems", p.More))
	}
	return strings.Join(lines, "\n")
}

// mostIssues and mostNotes bound what is kept of the findings in a file that is wrong everywhere.
const (
	mostIssues = 1000
	mostNotes  = 10_000

	mostSuggestions = 100
)

// A report collects what is found while files are read.
type report struct {
	issues     []Issue
	notes      []Note
	moreIssues int
	moreNotes  int
	lastNoteOf string // the file of the latest note that was not kept
}

func (r *report) issue(i Issue) {
	if len(r.issues) == mostIssues {
		r.moreIssues++
		return
	}
	i.Value = shortened(i.Value)
	r.issues = append(r.issues, i)
}

func (r *report) note(i Issue) {
	if len(r.notes) == mostNotes {
		r.moreNotes++
		r.lastNoteOf = i.File
		return
	}
	i.Value = shortened(i.Value)
	r.notes = append(r.notes, Note(i))
}

// meant says which of the words was probably meant, or else the other thing. It is asked for the first issues only:
// where a whole column is wrong, a suggestion for every cell would take long and help nobody.
func (r *report) meant(wrong string, at map[string]int, otherwise string) string {
	if len(r.issues) >= mostSuggestions {
		return otherwise
	}
	return cmp.Or(oneOf(wrong, keysOf(at)), otherwise)
}

func (r *report) failed() bool { return len(r.issues) > 0 }

// problems is the error that reports all issues, or nil.
func (r *report) problems() error {
	if !r.failed() {
		return nil
	}
	slices.SortStableFunc(r.issues, byPlace)
	return &Problems{Issues: r.issues, More: r.moreIssues}
}

// sortedNotes are the notes by file, sheet and row.
func (r *report) sortedNotes() []Note {
	slices.SortStableFunc(r.notes, func(a, b Note) int { return byPlace(Issue(a), Issue(b)) })
	if r.moreNotes > 0 {
		return append(r.notes, Note{File: r.lastNoteOf, Problem: fmt.Sprintf("there are %d more notes", r.moreNotes)})
	}
	return r.notes
}

func byPlace(a, b Issue) int {
	return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}

// shortened cuts a value to what fits into a message.
func shortened(value string) string {
	const most = 60
	if runes := []rune(value); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return value
}
