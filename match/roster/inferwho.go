package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// An arrangement says which tables hold whom.
type arrangement struct {
	people *tableView // holds both sides; nil: there is one table for each
	sides  [2]*tableView
	roles  []inferredRole   // of people
	filled [2][]*columnView // of people: whoever answered there is on the side
	sure   Sure
	why    string
}

// An inferredRole is a column of roles with the meaning of its words.
type inferredRole struct {
	column *columnView
	words  map[string]roleSet // by folded cell or item
}

// arrange finds out which tables hold mentees and mentors, or reports what to write where so that it can be told, and
// returns nil.
func (in *inference) arrange(rep *report) *arrangement {
	var people, mixed []*tableView
	for _, v := range in.tables {
		if !v.holdsPeople() {
			continue
		}
		people = append(people, v)
		if v.roleArrangement() != nil {
			mixed = append(mixed, v)
		}
	}
	if len(people) == 0 {
		if len(in.tables) > 0 {
			rep.issue(Issue{
				File: theFolder, Problem: "no table has a column that tells people apart",
				Instead: `write one row per person, with an id, an e-mail address or a name under a heading such as "id", "e-mail" or "name"`,
			})
		}
		return nil
	}
	if len(people) == 1 {
		return in.inOneTable(people[0], rep)
	}
	if sides, sure, why, ok := inTwoTables(people); ok {
		return &arrangement{sides: sides, sure: sure, why: why}
	}
	if len(mixed) == 1 {
		return mixed[0].roleArrangement()
	}
	var names []string
	for _, v := range people {
		names = append(names, v.table.place())
	}
	rep.issue(Issue{
		File: theFolder, Problem: fmt.Sprintf("it cannot be told which table holds the mentees and which the mentors: there are %s", inWords(names)),
		Instead: `call one file or sheet "Mentees" and one "Mentors", or write "mentees: {file: NAME}" and "mentors: {file: NAME}" in rules.yaml; people of one side belong into one table`,
	})
	return nil
}

// inOneTable tells roles apart within one table.
func (in *inference) inOneTable(v *tableView, rep *report) *arrangement {
	if a := v.roleArrangement(); a != nil {
		return a
	}
	issue := Issue{
		File: v.table.file, Sheet: v.table.sheet, Row: v.table.headerRow, Problem: "this is the only table of people, and nothing in it says who is a mentee and who a mentor",
		Instead: `add a column "role" with "mentee", "mentor" or "both" for everybody, or a second table`,
	}
	for _, c := range v.only(asRole) {
		var words []string
		for _, word := range c.values() {
			words = append(words, c.spelling[word])
		}
		issue.Column = c.heading
		issue.Problem = fmt.Sprintf("in the only table of people the roles are %s, so that nobody is a mentee or nobody a mentor", quotedList(words))
		issue.Instead = `write "mentee", "mentor" or "both" for everybody, or add a second table`
	}
	rep.issue(issue)
	return nil
}

// holdsPeople says whether each row of a table may be a person: something tells rows apart, and the rows are not pairs.
func (v *tableView) holdsPeople() bool {
	if v.isConflicts() || len(v.table.rows) == 0 {
		return false
	}
	if mentee, mentor := v.pairColumns(); mentee != nil && mentor != nil {
		return false
	}
	return slices.ContainsFunc(v.columns, func(c *columnView) bool {
		return slices.Contains([]string{asID, asEmail, asName, asFirstName, asLastName}, c.as) && 2*c.filled >= c.rows
	})
}

// pairColumns are the columns of a table of pairs: one for the mentee, one for the mentor, and no roles.
func (v *tableView) pairColumns() (mentee, mentor *columnView) {
	for _, c := range v.columns {
		words := plainWords(c.heading)
		if len(words) > 4 || c.isProse() || isCounting(c) && c.as != asID || slices.Contains([]string{asTakes, asLoad, asChoice, asRole, asConsent, asOffered, asSought, asLevel, asLanguages, asInterests, asSpecialty, asUnit, asSite}, c.as) ||
			c.share(func(cell string) bool { _, known := yesNo(cell); return known }) >= mostly && c.as != asID {
			continue
		}
		of := func(word string) bool { return slices.Contains(words, word) }
		switch {
		case of("mentee") && !of("mentor") && mentee == nil:
			mentee = c
		case of("mentor") && !of("mentee") && mentor == nil:
			mentor = c
		}
	}
	return mentee, mentor
}

// isConflicts says whether a table lists who must be kept apart, in the columns that conflicts are read from.
func (v *tableView) isConflicts() bool {
	for _, heading := range []string{"person", "other", "kind"} {
		if _, there := v.table.find(heading); !there {
			return false
		}
	}
	return true
}

// inTwoTables finds the table of each side by the names of sheets and files, and else by what the columns are about.
func inTwoTables(people []*tableView) (sides [2]*tableView, sure Sure, why string, ok bool) {
	var of [2][]*tableView
	var unnamed []*tableView
	for _, v := range people {
		if side, known := v.namedSide(); known {
			of[side] = append(of[side], v)
		} else {
			unnamed = append(unnamed, v)
		}
	}
	sure, why = Certain, "the names of the tables say so"
	if len(of[0]) != 1 || len(of[1]) != 1 {
		for _, v := range unnamed {
			if side, known := v.contentSide(); known {
				of[side] = append(of[side], v)
				sure, why = Likely, "the columns speak of it"
			}
		}
	}
	for side := range of {
		if len(people) == 2 && len(of[side]) == 0 && len(of[1-side]) == 1 {
			of[side] = slices.DeleteFunc(slices.Clone(people), func(v *tableView) bool { return v == of[1-side][0] })
			sure, why = Likely, "the other table is that of the others"
		}
	}
	if len(of[0]) != 1 || len(of[1]) != 1 {
		return sides, sure, why, false
	}
	return [2]*tableView{of[0][0], of[1][0]}, sure, why, true
}

// namedSide tells by its name whose table it is: by that of the sheet, and else of the file.
func (v *tableView) namedSide() (int, bool) {
	if side, known := sideNamed(v.table.sheet); known {
		return side, true
	}
	return sideNamed(strings.TrimSuffix(v.table.file, pathExt(v.table.file)))
}

func pathExt(name string) string {
	if at := strings.LastIndexByte(name, '.'); at >= 0 {
		return name[at:]
	}
	return ""
}

// contentSide tells by the columns whose table it is.
func (v *tableView) contentSide() (int, bool) {
	votes := [2]int{}
	for _, c := range v.columns {
		if c.side != either && c.filled > 0 {
			votes[c.side]++
		}
		if c.as == asRole {
			for item := range c.items {
				if set, known := roleWord(item); known && set[0] != set[1] {
					votes[match.MentorSide] += map[bool]int{true: 3}[set[1]]
					votes[match.MenteeSide] += map[bool]int{true: 3}[set[0]]
				}
			}
		}
	}
	switch {
	case votes[0] > votes[1]:
		return 0, true
	case votes[1] > votes[0]:
		return 1, true
	}
	return 0, false
}

// roleArrangement tells mentees and mentors apart within a table; nil: it cannot be told.
func (v *tableView) roleArrangement() *arrangement {
	for _, sure := range []Sure{Certain, Likely} {
		for _, c := range v.only(asRole) {
			if words, both := c.roleWords(roleWord); both && c.sure == sure {
				return &arrangement{people: v, roles: []inferredRole{{c, words}}, sure: sure, why: c.because}
			}
		}
	}
	if a := v.askedRoles(); a != nil {
		return a
	}
	if a := v.filledRoles(); a != nil {
		return a
	}
	for _, c := range v.columns {
		if words, both := c.roleWords(careerRole); both && (c.as == asLevel || c.as == asRole || c.as == asUnknown) {
			return &arrangement{people: v, roles: []inferredRole{{c, words}}, sure: Guess, why: "those in training are taken for mentees, the others for mentors"}
		}
	}
	return nil
}

// roleWords says what all answers of a column mean; both says that every answer means something, and that there are
// mentees and mentors among them.
func (c *columnView) roleWords(meaning func(string) (roleSet, bool)) (words map[string]roleSet, both bool) {
	words = map[string]roleSet{}
	var any roleSet
	for item := range c.items {
		set, known := meaning(item)
		if !known {
			return nil, false
		}
		words[item] = set
		any[0], any[1] = any[0] || set[0], any[1] || set[1]
	}
	return words, any[0] && any[1]
}

// askedRoles looks for questions such as "Do you want to be a mentor?" with yes and no.
func (v *tableView) askedRoles() *arrangement {
	var asked [2]*columnView
	for _, c := range v.columns {
		if c.as != asRole && c.as != asName && c.as != asUnknown || c.share(func(cell string) bool { _, known := yesNo(cell); return known }) < 100 {
			continue
		}
		if set, known := roleWord(c.heading); known && set[0] != set[1] {
			side := match.MenteeSide
			if set[1] {
				side = match.MentorSide
			}
			if asked[side] == nil {
				asked[side] = c
			}
		}
	}
	a := &arrangement{people: v, sure: Likely, why: "the heading asks for it, and the answers are yes and no"}
	for side, c := range asked {
		if c == nil {
			continue
		}
		words := map[string]roleSet{}
		var any roleSet
		for cell := range c.cells {
			yes, _ := yesNo(cell)
			var set roleSet
			set[side] = yes
			if asked[1-side] == nil {
				set[1-side] = !yes
			}
			words[cell] = set
			any[0], any[1] = any[0] || set[0], any[1] || set[1]
		}
		if asked[1-side] == nil && !(any[0] && any[1]) {
			return nil
		}
		a.roles = append(a.roles, inferredRole{c, words})
	}
	if len(a.roles) == 0 {
		return nil
	}
	return a
}

// filledRoles takes those who say what they offer for mentors, and those who say what they seek for mentees.
func (v *tableView) filledRoles() *arrangement {
	a := &arrangement{people: v, sure: Likely, why: "who answered what mentors are asked is a mentor, and who answered what mentees are asked is a mentee"}
	for _, as := range [][2]string{{asSought, asOffered}, {asTakes, asTakes}, {asEvaluator, asTakes}} {
		for side := range a.filled {
			a.filled[side] = slices.DeleteFunc(v.only(as[side]), func(c *columnView) bool { return c.side != side || c.filled == 0 })
		}
		if len(a.filled[0]) > 0 && len(a.filled[1]) > 0 {
			return a
		}
	}
	return nil
}

// peopleRules are the rules that the arrangement of one table amounts to.
func (a *arrangement) peopleRules() *peopleRules {
	r := &peopleRules{place: placeOf(a.people.table)}
	for _, role := range a.roles {
		rule := roleRule{column: columnName{name: role.column.heading}, words: role.words}
		for _, word := range role.sorted() {
			rule.spelt = append(rule.spelt, role.column.spelling[word])
		}
		r.roles = append(r.roles, rule)
	}
	for side, columns := range a.filled {
		for _, c := range columns {
			r.filled[side] = append(r.filled[side], columnName{name: c.heading})
		}
	}
	return r
}

func (r inferredRole) sorted() []string {
	var words []string
	for word := range r.words {
		words = append(words, word)
	}
	slices.Sort(words)
	return words
}

// rowsOf are the rows of a side.
func (a *arrangement) rowsOf(side match.Side) []tableRow {
	if a.people == nil {
		return a.sides[side].table.rows
	}
	var rows []tableRow
	rules := a.peopleRules()
	for _, row := range a.people.table.rows {
		is := roleSet{}
		for k, role := range a.roles {
			set, _ := rules.roles[k].of(row.cells[role.column.index])
			is[0], is[1] = is[0] || set[0], is[1] || set[1]
		}
		for s, columns := range a.filled {
			is[s] = is[s] || slices.ContainsFunc(columns, func(c *columnView) bool { return row.cells[c.index] != "" })
		}
		if is[side] {
			rows = append(rows, row)
		}
	}
	return rows
}

// viewOf is the table in which a side stands.
func (a *arrangement) viewOf(side match.Side) *tableView {
	if a.people != nil {
		return a.people
	}
	return a.sides[side]
}

// folded is how cells are compared.
func folded(cell string) string { return score.Fold(cell) }
