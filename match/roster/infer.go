package roster

import (
	"cmp"
	"fmt"
	"slices"
)

// Sure is how sure the program is of what it takes a column for.
type Sure string

// Certain is a column whose heading and content agree, Likely one of which one of the two tells. A Guess changes nothing
// until somebody confirms it.
const (
	Certain Sure = "certain"
	Likely  Sure = "likely"
	Guess   Sure = "a guess"
)

// A Finding is what a column of a table was taken for when there were no rules.
type Finding struct {
	File, Sheet, Column string
	As                  string // such as "languages"
	Sure                Sure
	Because             string // what heading and content showed
}

// String is the finding on one line.
func (f Finding) String() string {
	where := f.File
	if f.Sheet != "" {
		where += fmt.Sprintf(", sheet %q", f.Sheet)
	}
	return fmt.Sprintf("%s, column %q: %s (%s: %s)", where, shortened(f.Column), f.As, f.Sure, f.Because)
}

// Infer looks at the tables among the inputs and writes rules for them: the text of a commented rules file, which
// [Load] reads like any other. Rules files among the inputs are not looked at. The same tables give the same bytes,
// whatever the order of their rows. If nobody can tell who is who the error is a [*Problems].
func Infer(inputs []Input) (text []byte, findings []Finding, err error) {
	rep := &report{}
	inputs = slices.DeleteFunc(slices.Clone(inputs), func(in Input) bool { return partOf(in.Name) == rulesFile })
	slices.SortFunc(inputs, func(a, b Input) int { return cmp.Compare(a.Name, b.Name) })
	f := recognise(inputs, rep)
	if f == nil {
		return nil, nil, rep.problems()
	}
	if f.format != People {
		rep.issue(Issue{File: theFolder, Problem: fmt.Sprintf("these are files of the format %s, whose columns have fixed meanings", f.format), Instead: "match them without rules"})
		return nil, nil, rep.problems()
	}
	p := &program{roster: &Roster{}, rep: rep, folder: f, files: openTables(f)}
	text, findings = p.infer()
	return text, findings, rep.problems()
}

// inferredRules is what the inferred rules are called in messages.
const inferredRules = "the inferred rules"

// takeRules reads the rules, or infers them where there are none, and says whether there are any then.
func (p *program) takeRules() bool {
	if in, given := p.folder.parts[rulesFile]; given {
		if p.rules = readRules(in, p.rep); !p.rules.unread {
			return true
		}
		// Without rules nobody knows what the columns mean; that the files are tables can be said.
		for _, s := range p.files {
			p.useFile(s)
		}
		return false
	}
	text, findings := p.infer()
	if text == nil {
		return false
	}
	p.roster.Inferred, p.roster.Findings = text, findings
	p.rep.note(Issue{
		File: rulesFile, Problem: "is not there, so the rules were inferred from the tables",
		Instead: `read what they say ("chiron rules" writes them down), and save them under this name when they are right`,
	})
	p.rules = readRules(Input{inferredRules, text}, p.rep)
	return !p.rules.unread
}

// infer makes rules of the tables, or reports why it cannot and returns nil.
func (p *program) infer() ([]byte, []Finding) {
	if missing := p.missingSide(); missing != "" {
		p.reportMissing(missing)
		return nil, nil
	}
	in := newInference(p.ofPeople())
	who := p.arranged(in)
	if who == nil {
		return nil, nil
	}
	plan := in.plan(who, p.rep)
	if plan == nil {
		return nil, nil
	}
	return plan.text(), in.findings()
}

// An inference is what is known of the tables while rules are made of them.
type inference struct {
	tables []*tableView
}

// A tableView is a table with what its columns are taken for.
type tableView struct {
	table   *table
	columns []*columnView
	used    bool // by the rules
}

func newInference(tables []*table) *inference {
	in := &inference{}
	for _, t := range tables {
		v := &tableView{table: t}
		for c, heading := range t.header {
			if at, ok := t.find(heading); heading == "" || !ok || at != c {
				continue // nobody can name it
			}
			column := &columnView{index: c, heading: heading, contents: contentsOf(t.rows, c), side: either}
			column.take()
			v.columns = append(v.columns, column)
		}
		v.resolveNames()
		in.tables = append(in.tables, v)
	}
	return in
}

// findings lists the columns of all tables that were used, in the order of the files and their columns.
func (in *inference) findings() []Finding {
	var all []Finding
	for _, v := range in.tables {
		for _, c := range v.columns {
			if v.used {
				all = append(all, Finding{v.table.file, v.table.sheet, c.heading, c.as, c.sure, c.because})
			}
		}
	}
	return all
}
