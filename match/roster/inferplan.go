package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// A plan is what the inferred rules will say.
type plan struct {
	in    *inference
	who   *arrangement
	sides [2]*sideView
	pairs *pairsPlan
	veto  *tableView // the table of conflicts
	rules [2]sidePlan
}

// A sideView is the rows of one side with what their columns show.
type sideView struct {
	side    match.Side
	view    *tableView
	rows    []tableRow
	columns []*columnView
}

// A sidePlan is what the rules will say under "mentees" or "mentors".
type sidePlan struct {
	id, name  []string
	small     bool // ids are e-mail addresses
	latest    *columnView
	takes     *columnView
	consent   *columnView
	yes       []string
	choices   []*columnView
	choicesBy []string
	cut       string // the separator of choices, where it must be said
	share     int    // of the choices that name somebody
	refers    []refersPlan
	answers   []answerRulePlan
}

type refersPlan struct {
	column *columnView
	by     []string
}

// An answerRulePlan says what answers stand for.
type answerRulePlan struct {
	heading string
	means   [][2]string
	empty   string
	why     string
}

// longestKey bounds headings and answers that must stand before a colon: YAML takes no more than 1024 characters there.
const longestKey = 250

// plan makes the plan, or reports that nothing tells people apart and returns nil.
func (in *inference) plan(who *arrangement, rep *report) *plan {
	p := &plan{in: in, who: who}
	for side := range p.sides {
		p.sides[side] = viewSide(match.Side(side), who.viewOf(match.Side(side)), who.rowsOf(match.Side(side)))
		p.sides[side].view.used = true
	}
	if !p.chooseIDs(rep) {
		return nil
	}
	for side := range p.sides {
		s, r := p.sides[side], &p.rules[side]
		r.name = s.nameColumns()
		r.latest = s.timestamp()
		if r.takes = s.pick(asTakes); r.takes != nil {
			r.answers = append(r.answers, countAnswers(r.takes)...)
		}
		p.planConsent(s, r)
	}
	for side := range p.sides {
		p.planChoices(p.sides[side], p.sides[1-side], &p.rules[side], p.rules[1-side])
		p.planReferences(p.sides[side], p.sides[1-side], &p.rules[side], p.rules[1-side])
	}
	p.findPairs()
	for _, v := range in.tables {
		if v.isConflicts() && p.veto == nil {
			p.veto, v.used = v, true
			for _, c := range v.columns {
				c.set("part of a conflict", either, Certain, "the table has the headings of one with conflicts")
			}
		}
	}
	return p
}

func viewSide(side match.Side, v *tableView, rows []tableRow) *sideView {
	s := &sideView{side: side, view: v, rows: rows}
	for _, c := range v.columns {
		mine := *c
		mine.contents = contentsOf(rows, c.index)
		s.columns = append(s.columns, &mine)
	}
	return s
}

// all are the columns of a meaning that somebody of the side filled in, the surest first.
func (s *sideView) all(as string) []*columnView {
	var found []*columnView
	for _, c := range s.columns {
		if c.as == as && c.filled > 0 && (c.side == either || c.side == int(s.side)) {
			found = append(found, c)
		}
	}
	order := []Sure{Certain, Likely, Guess}
	slices.SortStableFunc(found, func(a, b *columnView) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.sure), slices.Index(order, b.sure)), compareBool(len(b.cells) > 1, len(a.cells) > 1), cmp.Compare(b.filled, a.filled))
	})
	return found
}

// pick is the best column of a meaning; nil: there is none.
func (s *sideView) pick(as string) *columnView {
	if all := s.all(as); len(all) > 0 {
		return all[0]
	}
	return nil
}

// original is a column as it is listed among the findings.
func (s *sideView) original(c *columnView) *columnView {
	at := slices.IndexFunc(s.view.columns, func(o *columnView) bool { return o.index == c.index })
	return s.view.columns[at]
}

// settle changes what a column is taken for, in the findings too.
func (s *sideView) settle(c *columnView, as string, sure Sure, because string) {
	for _, column := range []*columnView{c, s.original(c)} {
		column.as, column.sure, column.because = as, sure, because
	}
}

// timestamp is the column with the time of the answer, that of its end before that of its beginning.
func (s *sideView) timestamp() *columnView {
	all := slices.DeleteFunc(s.all(asTimestamp), func(c *columnView) bool { return c.sure == Guess })
	for _, words := range [][]string{{"completion", "recorded", "submitted", "submission", "timestamp", "horodateur", "end date", "heure de fin", "soumission"}, {""}} {
		for _, c := range all {
			if words[0] == "" || hasWord(c.heading, words...) {
				return c
			}
		}
	}
	return nil
}

// An idChoice is a way to tell people apart.
type idChoice struct {
	kind    string
	columns func(s *sideView) []string
	good    func(s *sideView) bool
}

// chooseIDs finds the columns that tell people apart: the best way that both sides have, and else the best of each.
func (p *plan) chooseIDs(rep *report) bool {
	ways := p.idChoices()
	for _, w := range ways {
		if w.good(p.sides[0]) && w.good(p.sides[1]) && !(w.kind == asID && p.idsCollide()) {
			for side, s := range p.sides {
				p.setID(side, w, s)
			}
			return true
		}
	}
	for side, s := range p.sides {
		for _, w := range ways {
			if w.good(s) {
				p.setID(side, w, s)
				break
			}
		}
		if p.rules[side].id != nil {
			continue
		}
		t := s.view.table
		rep.issue(Issue{
			File: t.file, Sheet: t.sheet, Row: t.headerRow, Problem: fmt.Sprintf("nothing tells the %ss apart: every column has empty cells or the same value twice", s.side),
			Instead: `add a column "id" with a number of its own for everybody`,
		})
	}
	return p.rules[0].id != nil && p.rules[1].id != nil
}

func (p *plan) setID(side int, w idChoice, s *sideView) {
	p.rules[side].id = w.columns(s)
	p.rules[side].small = w.kind == asEmail
}

// idChoices are the ways to tell people apart, the best first.
func (p *plan) idChoices() []idChoice {
	column := func(as string, accept func(s *sideView, c *columnView) bool) (func(s *sideView) []string, func(s *sideView) bool) {
		find := func(s *sideView) *columnView {
			for _, c := range s.all(as) {
				if accept(s, c) && len(c.heading) <= longestKey {
					return c
				}
			}
			return nil
		}
		return func(s *sideView) []string { return []string{find(s).heading} }, func(s *sideView) bool { return find(s) != nil }
	}
	way := func(kind, as string, accept func(s *sideView, c *columnView) bool) idChoice {
		columns, good := column(as, accept)
		return idChoice{kind, columns, good}
	}
	complete := func(s *sideView, c *columnView) bool { return c.filled == len(s.rows) }
	return []idChoice{
		way(asID, asID, func(s *sideView, c *columnView) bool { return complete(s, c) && c.distinct() && !isOfAnswer(c) }),
		way(asEmail, asEmail, func(s *sideView, c *columnView) bool { return complete(s, c) && (c.distinct() || s.timestamp() != nil) }),
		way(asID, asID, func(s *sideView, c *columnView) bool { return complete(s, c) && c.distinct() }),
		way(asName, asName, func(s *sideView, c *columnView) bool { return complete(s, c) && c.distinct() }),
		{asName, func(s *sideView) []string { return s.nameColumns() }, (*sideView).namesAreDistinct},
		way(asEmail, asEmail, complete),
		way(asID, asID, complete),
		way(asID, asUnknown, func(s *sideView, c *columnView) bool { return complete(s, c) && c.distinct() }),
		way(asName, asName, complete),
	}
}

// isOfAnswer says whether an id is that of an answer to a form, not of a person: whoever answers twice has two.
func isOfAnswer(c *columnView) bool {
	if hasWord(c.heading, "response", "record", "submission", "no", "number", "numero", "num") && !hasWord(c.heading, "student", "employee", "staff", "etudiant", "employe") {
		return true
	}
	highest := 0
	for cell := range c.cells {
		n, err := strconv.Atoi(cell)
		if err != nil {
			return false
		}
		highest = max(highest, n)
	}
	return highest <= 3*len(c.cells)+10
}

// idsCollide says whether the ids of two tables are alike although the people are not: forms number answers from 1.
func (p *plan) idsCollide() bool {
	if p.who.people != nil {
		return false
	}
	a, b := p.sides[0].pick(asID), p.sides[1].pick(asID)
	if a == nil || b == nil {
		return false
	}
	same := 0
	for cell := range a.cells {
		if b.cells[cell] > 0 {
			same++
		}
	}
	return same > 0 && (isOfAnswer(a) || isOfAnswer(b))
}

// nameColumns are the columns with what people are called.
func (s *sideView) nameColumns() []string {
	first, last, full := s.pick(asFirstName), s.pick(asLastName), s.pick(asName)
	switch {
	case first != nil && last != nil:
		return []string{first.heading, last.heading}
	case full != nil:
		return []string{full.heading}
	case first != nil:
		return []string{first.heading}
	case last != nil:
		return []string{last.heading}
	}
	return nil
}

// names are what people are called, by row.
func (s *sideView) names(columns []string) []string {
	var all []string
	for _, row := range s.rows {
		var words []string
		for _, heading := range columns {
			at, _ := s.view.table.find(heading)
			words = append(words, row.cells[at])
		}
		all = append(all, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	return all
}

func (s *sideView) namesAreDistinct() bool {
	columns := s.nameColumns()
	if len(columns) < 2 {
		return false
	}
	seen := map[string]bool{"": true}
	for _, name := range s.names(columns) {
		if seen[folded(name)] {
			return false
		}
		seen[folded(name)] = true
	}
	return true
}

// countAnswers says what the answers of a column with numbers stand for that are no plain numbers, and an empty cell.
func countAnswers(c *columnView) []answerRulePlan {
	rule := answerRulePlan{heading: c.heading}
	for _, cell := range sortedKeys(c.cells) {
		if n, err := strconv.Atoi(cell); err == nil && 0 <= n && n <= mostPlaces || len(cell) > longestKey {
			continue
		}
		n, ok := countIn(cell)
		if !ok {
			n = 1
		}
		rule.means = append(rule.means, [2]string{c.spelling[cell], strconv.Itoa(n)})
	}
	if c.filled < c.rows {
		rule.empty = "1"
	}
	if rule.means == nil && rule.empty == "" {
		return nil
	}
	rule.why = "answers that are no plain number; look whether these numbers are meant"
	return []answerRulePlan{rule}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// planConsent lets those take part who agreed.
func (p *plan) planConsent(s *sideView, r *sidePlan) {
	c := s.pick(asConsent)
	if c == nil || len(c.heading) > longestKey {
		return
	}
	for _, cell := range sortedKeys(c.cells) {
		if yes, _ := yesNo(cell); yes {
			r.yes = append(r.yes, c.spelling[cell])
		}
	}
	if len(r.yes) > 0 {
		r.consent = c
	}
}

func compareBool(a, b bool) int {
	number := map[bool]int{true: 1}
	return number[a] - number[b]
}
