package vocabulary

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Bounds of a file.
const (
	MostBytes    = 16 << 20
	mostTerms    = 50_000
	mostSynonyms = 40
	longestLabel = 200 // characters
	longestAbout = 500
	longestCode  = 64
)

// columns of a file. The first four are needed.
var columns = []string{"code", "parent", "en", "fr", "synonyms", "zone", "retired", "successor"}

// columnNames are other headings under which they are found.
var columnNames = map[string]string{
	"label_en": "en", "english": "en", "label_fr": "fr", "french": "fr", "français": "fr", "francais": "fr", "synonymes": "synonyms",
	"time zone": "zone", "timezone": "zone", "fuseau": "zone", "retiré": "retired", "retire": "retired", "successeur": "successor",
}

// about are the rows that may stand above the headings, and say what the list is.
const (
	aboutEdition = "#edition"
	aboutLicence = "#licence"
	aboutSource  = "#source"
)

// proper are lists of names, most of which are the same in both languages: where there is no French, the English one
// stands for it.
var proper = []string{"subjects", "institutions", "places"}

// codes are letters, digits and a few signs that no spreadsheet changes and no address needs to write otherwise.
var codes = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*$`)

// Read reads a list from CSV: rows that begin with #edition, #licence and #source, if any; a row of headings; and a row
// for each term, those above others in the tree first. The headings are code, parent, en and fr, and if wanted synonyms
// (with semicolons between them), zone, retired (yes, or nothing) and successor. Commas, semicolons and tabs may part the
// columns, and the text may be UTF-8, UTF-16 or Windows-1252. It costs one pass over the data. Where there are problems
// there is no list.
func Read(name string, data []byte) (*List, []Problem) {
	r := &reader{name: name, at: map[string]int{}, column: map[string]int{}}
	r.read(data)
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b Problem) int { return a.Row - b.Row })
		return nil, r.problems[:min(len(r.problems), mostProblems)]
	}
	return newList(name, r.about[aboutEdition], r.about[aboutLicence], r.about[aboutSource], r.terms), nil
}

// A reader reads one file.
type reader struct {
	name     string
	about    map[string]string
	column   map[string]int
	terms    []Term
	rows     []int // of the terms
	at       map[string]int
	problems []Problem
}

func (r *reader) say(row int, column, value, key string, args ...any) {
	r.problems = append(r.problems, Problem{row, column, shown(value), "vocabulary.problem." + key, args})
}

func (r *reader) read(data []byte) {
	if len(data) > MostBytes {
		r.say(0, "", "", "too-big", "mb", int64(MostBytes>>20))
		return
	}
	text, ok := decode(data)
	if !ok {
		r.say(0, "", "", "no-text")
		return
	}
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord, in.Comma, in.LazyQuotes, in.ReuseRecord = -1, separator(text), false, true
	r.about = map[string]string{}
	for len(r.problems) <= mostProblems {
		cells, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			r.say(rowOf(err), "", "", "quotes")
			return
		}
		row, _ := in.FieldPos(0)
		switch {
		case blank(cells):
		case len(r.column) > 0:
			r.term(row, cells)
		case strings.HasPrefix(cells[0], "#"):
			r.describe(row, cells)
		default:
			if r.headings(row, cells); len(r.problems) > 0 {
				return // nothing below makes sense
			}
		}
		if len(r.terms) > mostTerms {
			r.say(row, "", "", "too-many", "n", int64(mostTerms))
			return
		}
	}
	r.finish()
}

func rowOf(err error) int {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return parse.StartLine
	}
	return 0
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// describe takes a row that says what the list is.
func (r *reader) describe(row int, cells []string) {
	if len(cells) > 1 {
		text := clean(cells[1])
		r.about[strings.ToLower(strings.TrimSpace(cells[0]))] = text
		r.label(row, "", text, longestAbout)
	}
}

func (r *reader) headings(row int, cells []string) {
	for k, cell := range cells {
		name := strings.ToLower(strings.TrimSpace(cell))
		if other, ok := columnNames[name]; ok {
			name = other
		}
		switch _, twice := r.column[name]; {
		case name == "":
		case !slices.Contains(columns, name):
			r.say(row, clean(cell), cell, "unknown-column", "columns", strings.Join(columns, ", "))
		case twice:
			r.say(row, name, cell, "column-twice")
		default:
			r.column[name] = k
		}
	}
	for _, name := range columns[:4] {
		if _, ok := r.column[name]; !ok {
			r.say(row, name, "", "no-column")
		}
	}
}

// term takes a row.
func (r *reader) term(row int, cells []string) {
	cell := func(name string) string {
		k, ok := r.column[name]
		if !ok || k >= len(cells) {
			return ""
		}
		return clean(cells[k])
	}
	t := Term{Code: cell("code"), Parent: cell("parent"), En: cell("en"), Fr: cell("fr"), Zone: cell("zone"), Successor: cell("successor")}
	for synonym := range strings.SplitSeq(cell("synonyms"), ";") {
		if synonym = strings.TrimSpace(synonym); synonym != "" {
			t.Synonyms = append(t.Synonyms, synonym)
			r.label(row, "synonyms", synonym, longestLabel)
		}
	}
	if len(t.Synonyms) > mostSynonyms {
		r.say(row, "synonyms", cell("synonyms"), "too-many-synonyms", "n", int64(mostSynonyms))
	}
	switch strings.ToLower(cell("retired")) {
	case "":
	case "yes", "oui", "x", "1", "true", "vrai":
		t.Retired = true
	default:
		r.say(row, "retired", cell("retired"), "retired")
	}
	if t.Fr == "" && slices.Contains(proper, r.name) {
		t.Fr = t.En
	}
	switch {
	case t.Code == "":
		r.say(row, "code", "", "no-code")
		return
	case len(t.Code) > longestCode || !codes.MatchString(t.Code):
		r.say(row, "code", t.Code, "code", "n", int64(longestCode))
		return
	}
	if k, twice := r.at[t.Code]; twice {
		r.say(row, "code", t.Code, "code-twice", "row", int64(r.rows[k]))
		return
	}
	for _, label := range []struct{ column, text string }{{"en", t.En}, {"fr", t.Fr}} {
		if label.text == "" {
			r.say(row, label.column, "", "no-label")
		}
		r.label(row, label.column, label.text, longestLabel)
	}
	if t.Zone != "" {
		r.zone(row, t.Zone)
	}
	r.at[t.Code] = len(r.terms)
	r.terms = append(r.terms, t)
	r.rows = append(r.rows, row)
}

// label looks at words that people are going to read.
func (r *reader) label(row int, column, text string, most int) {
	switch {
	case utf8.RuneCountInString(text) > most:
		r.say(row, column, text, "long-label", "n", int64(most))
	case text != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(text)[0]):
		r.say(row, column, text, "formula")
	case strings.ContainsFunc(text, func(c rune) bool { return unicode.In(c, unicode.Cc, unicode.Bidi_Control) || c == utf8.RuneError }):
		r.say(row, column, text, "control")
	}
}

// zone looks whether a time zone exists, by the name that is in use now.
func (r *reader) zone(row int, zone string) {
	if now, ok := renamedZones[zone]; ok {
		r.say(row, "zone", zone, "old-zone", "zone", now)
	} else if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
		r.say(row, "zone", zone, "zone")
	}
}

// finish looks at what concerns several rows.
func (r *reader) finish() {
	if len(r.terms) == 0 && len(r.problems) == 0 {
		r.say(0, "", "", "empty")
	}
	named := map[string]int{}
	for k, t := range r.terms {
		if p, known := r.at[t.Parent]; t.Parent != "" && !known {
			r.say(r.rows[k], "parent", t.Parent, "no-parent")
		} else if t.Parent != "" && p >= k {
			r.say(r.rows[k], "parent", t.Parent, "late-parent", "row", int64(r.rows[p]))
		} else if t.Parent != "" && r.terms[p].Retired && !t.Retired {
			r.say(r.rows[k], "parent", t.Parent, "retired-parent")
		}
		r.succession(k, t)
		if !t.Retired {
			r.unique(k, t, named)
		}
	}
}

// succession looks at what comes in place of a term.
func (r *reader) succession(k int, t Term) {
	if t.Successor == "" {
		return
	}
	next, known := r.at[t.Successor]
	switch {
	case !t.Retired:
		r.say(r.rows[k], "successor", t.Successor, "successor-of-live")
	case !known:
		r.say(r.rows[k], "successor", t.Successor, "no-successor")
	default:
		for range r.terms {
			if next == k {
				r.say(r.rows[k], "successor", t.Successor, "circle")
				return
			}
			after, ok := r.at[r.terms[next].Successor]
			if !ok {
				return
			}
			next = after
		}
	}
}

// unique says where words name two terms that are offered, so that nobody could tell which is meant.
func (r *reader) unique(k int, t Term, named map[string]int) {
	for _, label := range []struct {
		column string
		words  []string
	}{{"en", []string{t.En}}, {"fr", []string{t.Fr}}, {"synonyms", t.Synonyms}} {
		for _, word := range label.words {
			folded := fold(word)
			if folded == "" {
				folded = word
			}
			if other, ok := named[folded]; ok && other != k {
				r.say(r.rows[k], label.column, word, "same-words", "row", int64(r.rows[other]))
			}
			named[folded] = k
		}
	}
}
