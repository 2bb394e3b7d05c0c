package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// keptApart is the name of all rules whose reason concerns nobody but those who asked: a veto, a safety block, care,
// family and an earlier pair have one name, so that nothing tells which it was or who asked.
const keptApart = "kept apart"

// A conflict is a kind of tie between two people that keeps them from being paired, in either direction.
type conflict struct {
	rule    string // what people call it
	dual    bool   // apprenticeship and cloning may declare it a dual role
	nothing bool   // it keeps nobody apart
}

// conflictKinds are the words of the column "kind".
var conflictKinds = map[string]conflict{
	"evaluates":         {rule: "one evaluates the other", dual: true},
	"decides_promotion": {rule: "one decides on the other's promotion", dual: true},
	"pays":              {rule: "one pays the other", dual: true},
	"leads_unit_of":     {rule: "one leads the other's unit", dual: true},
	"competitor":        {rule: "they compete for the same post"},
	"treats":            {rule: keptApart},
	"family":            {rule: keptApart},
	"not_with":          {rule: keptApart},
	"safety":            {rule: keptApart},
	"previous":          {rule: keptApart},
	"observes":          {nothing: true},
}

// conflictWords are the kinds in the order of the reference, those with names of their own first.
var conflictWords = []string{
	"evaluates", "decides_promotion", "pays", "leads_unit_of", "competitor", "treats", "family", "not_with", "safety", "previous", "observes",
}

// declarations are what a declared dual role needs, all of them.
var declarations = []string{"program allows", "no undergraduate", "mentee consents", "confidant accepted", "recusal plan"}

// A tie is a row of the conflicts that keeps two people apart.
type tie struct {
	person [2]int // mentee and mentor
	rule   string
}

// readConflicts reads the file of conflicts: person, other, kind, and perhaps from, to and declared.
func (p *program) readConflicts() {
	name := p.rules.policy.conflicts
	if name.name == "" {
		return
	}
	t := p.tableNamed(name.name, name)
	if t == nil {
		return
	}
	people := [2]int{t.require(p.rep, "person"), t.require(p.rep, "other")}
	kind := t.require(p.rep, "kind")
	dates := [2]int{t.optional("from"), t.optional("to")}
	declared := t.optional("declared")
	if people[0] < 0 || people[1] < 0 || kind < 0 {
		return
	}
	known := p.newDirectory()
	undated := false
	for _, row := range t.rows {
		what, ok := p.conflictKind(t, row, kind)
		when, dated := p.conflictPeriod(t, row, dates)
		one, other := known.find(p, t, row, people[0]), known.find(p, t, row, people[1])
		if !ok || !dated || one == nil || other == nil {
			continue
		}
		if one == other {
			issue := t.cell(row, people[1])
			issue.Problem, issue.Instead = "is the same person", "write the other person"
			p.rep.issue(issue)
			continue
		}
		if what.nothing {
			continue
		}
		if undated = undated || p.rules.policy.period == (period{}) && when != (period{}); !when.overlaps(p.rules.policy.period) {
			continue
		}
		if declared >= 0 && p.isDeclared(t, row, declared, what) {
			continue
		}
		p.tie(one, other, what.rule)
		p.tie(other, one, what.rule)
	}
	if undated {
		p.rep.note(Issue{
			File: p.rules.file, Row: p.rules.lines["conflicts"], Column: "conflicts", Problem: "some conflicts have dates, and nothing says when relationships begin and end",
			Instead: `all of them count, also those of the past; write "relationship: {from: DATE, to: DATE}" on the top level`,
		})
	}
}

// tie keeps a mentee and a mentor apart, if the one is a mentee and the other a mentor.
func (p *program) tie(mentee, mentor *known, rule string) {
	i, j := mentee.at[0], mentor.at[1]
	if i >= 0 && j >= 0 {
		p.ties = append(p.ties, tie{[2]int{i, j}, rule})
	}
}

func (p *program) conflictKind(t *table, row tableRow, column int) (conflict, bool) {
	word := strings.NewReplacer(" ", "_", "-", "_", "'", "", "’", "").Replace(score.Fold(row.cells[column]))
	what, ok := conflictKinds[word]
	if !ok {
		issue := t.cell(row, column)
		issue.Problem, issue.Instead = cmp.Or(emptyCell(row.cells[column]), "is no kind of conflict"), oneOf(word, conflictWords)
		p.rep.issue(issue)
	}
	return what, ok
}

func (p *program) conflictPeriod(t *table, row tableRow, columns [2]int) (period, bool) {
	var when period
	good := true
	for k, day := range [...]*date{&when.from, &when.to} {
		if columns[k] < 0 || row.cells[columns[k]] == "" {
			continue
		}
		read, ok, instead := parseDate(row.cells[columns[k]])
		if *day = read; !ok {
			good = false
			issue := t.cell(row, columns[k])
			issue.Problem, issue.Instead = "is no day that can be read in one way only", instead
			p.rep.issue(issue)
		}
	}
	if good && !when.from.IsZero() && !when.to.IsZero() && when.to.Before(when.from.Time) {
		good = false
		issue := t.cell(row, columns[1])
		issue.Problem, issue.Instead = fmt.Sprintf("is before %s", when.from), `write the earlier day under "from"`
		p.rep.issue(issue)
	}
	return when, good
}

// isDeclared says whether a row is a dual role with everything that it needs. Other models know no such thing.
func (p *program) isDeclared(t *table, row tableRow, column int, what conflict) bool {
	cell := row.cells[column]
	if cell == "" {
		return false
	}
	note := t.cell(row, column)
	note.Instead = "the two are kept apart"
	if model := p.rules.policy.model; !what.dual || model != apprenticeship && model != cloning {
		note.Problem = "declares a dual role, which only apprenticeship and cloning know, and only for who evaluates, decides on promotion, pays or leads the unit"
		p.rep.note(note)
		return false
	}
	var said, missing []string
	for word := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
		said = append(said, score.Fold(word))
	}
	for _, word := range declarations {
		if !slices.Contains(said, word) {
			missing = append(missing, fmt.Sprintf("%q", word))
		}
	}
	for _, word := range said {
		if word != "" && !slices.Contains(declarations, word) {
			issue := t.cell(row, column)
			issue.Value, issue.Problem, issue.Instead = word, "is nothing that a dual role declares", oneOf(word, declarations)
			p.rep.issue(issue)
			return false
		}
	}
	if len(missing) > 0 {
		note.Problem = "declares a dual role and lacks " + inWords(missing)
		p.rep.note(note)
		return false
	}
	return true
}

// compileConflicts makes a rule of each kind of tie: the mentors with whom a mentee has one.
func (p *program) compileConflicts() []score.Must {
	var musts []score.Must
	var named []string
	for _, word := range conflictWords {
		if rule := conflictKinds[word].rule; rule != "" && !slices.Contains(named, rule) {
			named = append(named, rule)
		}
	}
	for _, rule := range named {
		field := make(score.Field, len(p.sides[0].persons))
		any := false
		for _, one := range p.ties {
			if one.rule == rule {
				any = true
				field[one.person[0]] = append(field[one.person[0]], p.sides[1].persons[one.person[1]].id)
			}
		}
		if !any {
			continue
		}
		ids := make(score.Field, len(p.sides[1].persons))
		for j, one := range p.sides[1].persons {
			ids[j] = []string{one.id}
		}
		p.fields[match.MenteeSide]["tie "+rule], p.fields[match.MentorSide]["id"] = field, ids
		musts = append(musts, score.Must{
			Comparison: score.Comparison{Name: rule, Measure: score.PlaceWithMentee, Mentee: "tie " + rule, Mentor: "id"},
			Firm:       true,
		})
	}
	return musts
}
