package roster

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A register finds the people of one side by what others call them: by id, by name, or by a column such as one with
// e-mail addresses.
type register struct {
	side  *people
	names map[string][]string         // ids by [nameKey]
	loose map[string][]string         // ids by name without single letters
	words map[string][]string         // ids by each word of the name: Dr. Roy is whoever alone is called Roy
	by    map[int]map[string][]string // per column, ids by folded cell
}

// registerOf knows everybody in the table of a side, those who are set aside too.
func registerOf(s *people) *register {
	d := &register{side: s, names: map[string][]string{}, loose: map[string][]string{}, words: map[string][]string{}, by: map[int]map[string][]string{}}
	for _, one := range s.everybody {
		add := func(to map[string][]string, key string) {
			if key != "" && !slices.Contains(to[key], one.id) {
				to[key] = append(to[key], one.id)
			}
		}
		add(d.names, nameKey(one.name, false))
		add(d.loose, nameKey(one.name, true))
		for _, word := range strings.Fields(nameKey(one.name, true)) {
			add(d.words, word)
		}
	}
	return d
}

// find lists the ids of those whom a text may mean. The ways are tried in their order; the first that finds somebody
// decides.
func (d *register) find(text string, by []way) []string {
	for _, w := range by {
		var ids []string
		switch {
		case w.name:
			if ids = d.names[nameKey(text, false)]; len(ids) == 0 {
				ids = d.loose[nameKey(text, true)]
			}
			if key := nameKey(text, true); len(ids) == 0 && len(key) > 2 {
				ids = d.words[key]
			}
		case w.column >= 0:
			ids = d.column(w.column)[score.Fold(strings.TrimPrefix(text, "mailto:"))]
		default:
			if id := d.side.spellingOf(text); id != "" {
				ids = []string{id}
			}
		}
		if len(ids) > 0 {
			return slices.Sorted(slices.Values(ids))
		}
	}
	return nil
}

func (d *register) column(c int) map[string][]string {
	if d.by[c] == nil {
		d.by[c] = map[string][]string{}
		for _, one := range d.side.everybody {
			if key := score.Fold(one.row.cells[c]); key != "" && !slices.Contains(d.by[c][key], one.id) {
				d.by[c][key] = append(d.by[c][key], one.id)
			}
		}
	}
	return d.by[c]
}

// spellingOf is an id as its owner's row spells it; "" when nobody has it.
func (s *people) spellingOf(id string) string {
	if _, known := s.ids[id]; known {
		return id
	}
	if s.smallIDs {
		if _, known := s.ids[smallID(id)]; known {
			return smallID(id)
		}
	}
	return ""
}

// A way is how a column names people.
type way struct {
	name   bool
	column int // of the table of those who are named; -1: by id
}

// ways reads how people are named: "id", "name", or a column of theirs.
func (p *program) ways(of *people, by []columnName) []way {
	var all []way
	for _, c := range by {
		switch score.Fold(c.name) {
		case "id":
			all = append(all, way{column: -1})
		case "name":
			all = append(all, way{name: true})
		default:
			if at := p.column(of, c); at >= 0 {
				all = append(all, way{column: at})
			}
		}
	}
	return all
}

// titles are words that belong to no name.
var titles = map[string]bool{
	"dr": true, "dre": true, "drs": true, "doctor": true, "docteur": true, "docteure": true, "prof": true, "professor": true, "professeur": true,
	"professeure": true, "mr": true, "mrs": true, "ms": true, "mx": true, "mme": true, "mlle": true, "monsieur": true, "madame": true,
	"md": true, "phd": true, "msc": true, "mph": true, "frcpc": true, "frcsc": true, "ccfp": true, "rn": true, "pharmd": true,
}

// nameKey is equal for names that differ only by capitals, accents, punctuation, titles and the order of their words.
// A loose key leaves out initials too.
func nameKey(name string, loose bool) string {
	words := strings.FieldsFunc(withoutAccents(strings.ToLower(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = slices.DeleteFunc(words, func(word string) bool { return titles[word] || loose && len([]rune(word)) == 1 })
	slices.Sort(words)
	return strings.Join(words, " ")
}

func withoutAccents(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text))
}

// nobodyWords say in a column of choices that there is none.
var nobodyWords = map[string]bool{
	"": true, "-": true, "--": true, "–": true, "—": true, "n/a": true, "na": true, "n.a.": true, "none": true, "no": true, "no preference": true, "anyone": true,
	"any": true, "nobody": true, "no one": true, "aucun": true, "aucune": true, "aucune préférence": true, "pas de préférence": true, "s/o": true, "sans objet": true,
	"personne": true, "non": true, "?": true, "tbd": true, "not sure": true, "unsure": true, "je ne sais pas": true,
}

// resolveChoices brings the choices of a side, which name people in the ways that the rules say, to ids. Without such
// ways they are ids already.
func (p *program) resolveChoices(s, others *people) {
	if s.rules.choicesBy == nil {
		return
	}
	by := p.ways(others, s.rules.choicesBy)
	d := registerOf(others)
	for i := range s.persons {
		one := &s.persons[i]
		written, cells := one.choices, one.choiceCells
		one.choices, one.choiceCells = nil, nil
		take := func(id string, c int) {
			if before := slices.Index(one.choices, id); before >= 0 {
				p.noteTwice(s, one.row, c, id, before)
				return
			}
			one.choices, one.choiceCells = append(one.choices, id), append(one.choiceCells, c)
		}
		for k := 0; k < len(written); k++ {
			text, c := written[k], cells[k]
			ids := d.find(text, by)
			if len(ids) == 0 && k+1 < len(written) && cells[k+1] == c {
				// A comma within "Roy, Marie" looks like one between two people.
				if joined := d.find(text+" "+written[k+1], by); len(joined) > 0 {
					ids, text, k = joined, text+", "+written[k+1], k+1
				}
			}
			switch {
			case len(ids) == 1:
				p.noteShortName(s, d, one.row, c, text, ids[0])
				take(ids[0], c)
			case len(ids) > 1:
				p.rep.issue(Issue{
					File: s.table.file, Sheet: s.table.sheet, Row: one.row.number, Column: s.table.header[c], Value: text,
					Problem: fmt.Sprintf("could be any of %s", quotedList(ids)), Instead: fmt.Sprintf("write the id of the %s who is meant", others.side),
				})
			case nobodyWords[score.Fold(text)]:
				p.rep.note(Issue{
					File: s.table.file, Sheet: s.table.sheet, Row: one.row.number, Column: s.table.header[c], Value: text,
					Problem: "names nobody", Instead: "taken as no choice",
				})
			case !others.table.gaps:
				p.reportStranger(s, d, one.row, c, text)
			}
		}
	}
}

// noteShortName says whom a single word was taken for.
func (p *program) noteShortName(s *people, d *register, row tableRow, column int, text, id string) {
	if key := nameKey(text, true); !slices.Contains(d.words[key], id) || len(d.loose[key]) > 0 || d.side.spellingOf(text) != "" {
		return
	}
	p.rep.note(Issue{
		File: s.table.file, Sheet: s.table.sheet, Row: row.number, Column: s.table.header[column], Value: text,
		Problem: "is a part of one name only", Instead: fmt.Sprintf("taken for %q", id),
	})
}

// reportStranger speaks of a choice that names nobody. If it resembles a name or an id it is probably misspelled; if not,
// somebody is wished for who is not there, which nobody can put right.
func (p *program) reportStranger(s *people, d *register, row tableRow, column int, text string) {
	issue := Issue{
		File: s.table.file, Sheet: s.table.sheet, Row: row.number, Column: s.table.header[column], Value: text,
		Problem: "is nobody in " + d.side.table.place(), Instead: "this choice cannot come true",
	}
	if len(p.rep.issues) >= mostSuggestions {
		p.rep.note(issue)
		return
	}
	if meant := d.resembling(text); meant != "" {
		issue.Instead = fmt.Sprintf("write %s if that is meant, or delete it", meant)
		p.rep.issue(issue)
		return
	}
	p.rep.note(issue)
}

// resembling is who has a name or an id that differs little from a text; "" when nobody or several people have.
func (d *register) resembling(text string) string {
	if key := closest(nameKey(text, true), sortedKeys(d.loose)); key != "" && len(d.loose[key]) == 1 {
		id := d.loose[key][0]
		for _, one := range d.side.everybody {
			if one.id == id {
				return fmt.Sprintf("%q or %q", one.name, id)
			}
		}
	}
	if id := closest(text, sortedKeys(d.side.ids)); id != "" {
		return fmt.Sprintf("%q", id)
	}
	return ""
}

// resolveReferences writes ids into the columns that name people of the other side. Whoever is not there is left as
// written: a supervisor need not be a mentor.
func (p *program) resolveReferences(s, others *people) {
	var d *register
	for _, rule := range s.rules.refers {
		c := p.column(s, rule.column)
		by := p.ways(others, rule.by)
		if c < 0 || len(by) < len(rule.by) {
			continue
		}
		if d == nil {
			d = registerOf(others)
		}
		separator := p.separatorOf(s.table, c)
		if p.rules.lists[score.Fold(s.table.header[c])] == "" && separator == "," {
			separator = ";" // a comma within a name is more frequent than one between two
		}
		for _, one := range s.persons {
			p.resolveCell(s, d, one.row, c, separator, by)
		}
	}
}

// resolveCell writes the ids of all people whom a cell may mean. For what such columns are good for, to keep people
// apart, one too many does less harm than one too few.
func (p *program) resolveCell(s *people, d *register, row tableRow, c int, separator string, by []way) {
	cell := row.cells[c]
	ids := d.find(cell, by)
	if len(ids) == 0 {
		for _, item := range splitItems(cell, separator) {
			if found := d.find(item, by); len(found) > 0 {
				ids = append(ids, found...)
			} else {
				ids = append(ids, item)
			}
		}
	} else if len(ids) > 1 {
		p.rep.note(Issue{
			File: s.table.file, Sheet: s.table.sheet, Row: row.number, Column: s.table.header[c], Value: cell,
			Problem: "could be any of " + quotedList(ids), Instead: "taken for all of them",
		})
	}
	if len(ids) > 0 {
		row.cells[c] = strings.Join(ids, separator)
	}
}

// place is the file of a table, with its sheet in a workbook.
func (t *table) place() string {
	if t.sheet == "" {
		return t.file
	}
	return fmt.Sprintf("%s, sheet %q", t.file, t.sheet)
}
