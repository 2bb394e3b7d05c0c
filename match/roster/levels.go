package roster

import (
	"fmt"
	"math"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// The ladders that everybody may use without writing them, in English and French.
var builtInScales = map[string]*score.Scale{
	"training level": ladder(
		"student_pre|pre-clerkship student|pre-clerkship|preclerkship|preclinical student|medical student|med student|pré-externat|préexternat|étudiant en médecine|étudiante en médecine|étudiant|étudiante|student|MS1|MS2",
		"clerk|clerkship|clinical clerk|clerkship student|externe|externat|MS3|MS4",
		"resident_junior|junior resident|resident (junior)|resident|résident junior|résidente junior|résident|résidente|intern|PGY1|PGY2|PGY-1|PGY-2|PGY 1|PGY 2|R1|R2",
		"resident_senior|senior resident|resident (senior)|chief resident|résident senior|résidente senior|résident coordonnateur|résidente coordonnatrice|PGY3|PGY4|PGY5|PGY6|PGY7|PGY-3|PGY-4|PGY-5|PGY-6|PGY-7|PGY 3|PGY 4|PGY 5|PGY 6|PGY 7|R3|R4|R5|R6|R7",
		"fellow|fellowship|clinical fellow|research fellow|formation complémentaire",
		"new_in_practice|new in practice|early career|début de pratique|début de carrière|nouvellement en pratique",
		"practising|practicing|in practice|mid-career|mid career|staff|staff physician|attending|attending physician|faculty|consultant|en pratique|mi-carrière|médecin en exercice|patron",
		"late_career|late career|senior faculty|emeritus|retired|fin de carrière|retraité|retraitée|émérite",
	),
	"academic rank": ladder(
		"lecturer|instructor|clinical instructor|clinical lecturer|chargé d'enseignement|chargée d'enseignement|chargé d'enseignement de clinique|chargée d'enseignement de clinique|chargé de cours|chargée de cours",
		"assistant professor|assistant|assistant clinical professor|clinical assistant professor|professeur adjoint|professeure adjointe|adjoint|adjointe|professeur adjoint de clinique|professeure adjointe de clinique",
		"associate professor|associate|associate clinical professor|clinical associate professor|professeur agrégé|professeure agrégée|agrégé|agrégée|professeur agrégé de clinique|professeure agrégée de clinique",
		"full professor|professor|clinical professor|professeur titulaire|professeure titulaire|titulaire|professeur titulaire de clinique|professeure titulaire de clinique",
	),
}

func ladder(levels ...string) *score.Scale {
	var names [][]string
	for _, level := range levels {
		names = append(names, strings.Split(level, "|"))
	}
	scale, err := score.NewScale(names...)
	if err != nil {
		panic(err) // a mistake in the lists above
	}
	return scale
}

// scaleNamed is a scale of the rules, or one that everybody may use.
func (p *program) scaleNamed(name string) *score.Scale {
	if scale := p.rules.scales[score.Fold(name)]; scale != nil {
		return scale
	}
	return builtInScales[score.Fold(name)]
}

// compileGap finds the scale of a gap, and reports cells that are on no level of it.
func (p *program) compileGap(c *criterion, mentee, mentor int) (*score.Scale, bool) {
	if c.scale != "" {
		scale := p.scaleNamed(c.scale)
		if scale == nil {
			p.rep.issue(Issue{
				File: p.rules.file, Row: c.line, Column: c.path, Value: c.scale, Problem: "is no scale",
				Instead: `write its levels under "scales", the lowest first`,
			})
			return nil, false
		}
		p.checkLevels(p.sides[0], mentee, scale)
		p.checkLevels(p.sides[1], mentor, scale)
		return scale, true
	}
	return p.scaleOf(mentee, mentor, c.line, c.path)
}

// scaleOf is the scale of two columns: that of one of them in the rules; or, if they hold words, one that everybody may
// use and that has them all; or nil, which takes cells as whole numbers.
func (p *program) scaleOf(mentee, mentor, line int, path string) (*score.Scale, bool) {
	tables := [2]*table{p.sides[0].table, p.sides[1].table}
	scale := p.rules.scales[score.Fold(tables[0].header[mentee])]
	if scale == nil {
		scale = p.rules.scales[score.Fold(tables[1].header[mentor])]
	}
	if scale == nil && p.holdsWords(mentee, mentor) {
		for _, name := range []string{"training level", "academic rank"} {
			if p.isOn(builtInScales[name], mentee, mentor) {
				p.rep.note(Issue{
					File: p.rules.file, Row: line, Column: path, Value: tables[0].header[mentee], Problem: "has no scale in the rules",
					Instead: fmt.Sprintf("taken as the scale %q", name),
				})
				return builtInScales[name], true
			}
		}
		p.rep.issue(Issue{
			File: p.rules.file, Row: line, Column: path, Value: tables[0].header[mentee], Problem: "holds words, and nothing says which is higher",
			Instead: fmt.Sprintf(`name the levels of %q under "scales", the lowest first`, tables[0].header[mentee]),
		})
		return nil, false
	}
	p.checkLevels(p.sides[0], mentee, scale)
	p.checkLevels(p.sides[1], mentor, scale)
	return scale, true
}

// isOn says whether all cells of two columns that are not empty are levels of a scale.
func (p *program) isOn(scale *score.Scale, columns ...int) bool {
	for side, column := range columns {
		for _, one := range p.sides[side].persons {
			if _, ok := scale.Level(one.row.cells[column]); !ok && one.row.cells[column] != "" {
				return false
			}
		}
	}
	return true
}

// The rules of rank that models ask for by themselves.
const (
	mentorAbove    = "the mentor is on a higher level"
	adjacentLevels = "both are on the same level or on neighbouring ones"
)

// compileModel makes the rule of rank that the model asks for. Programs may be stricter, with a gap of their own
// besides; less strict they cannot be.
func (p *program) compileModel() []score.Must {
	must := score.Must{Firm: true}
	must.Measure = score.Gap
	switch p.rules.policy.model {
	case apprenticeship, cloning:
		must.Name, must.From, must.To = mentorAbove, 1, math.MaxInt
	case friendship:
		must.Name, must.From, must.To = adjacentLevels, -1, 1
	default:
		return nil
	}
	levels := p.rules.policy.level
	if levels[0] == nil {
		if !p.haveLevel(&levels) {
			return nil
		}
	}
	columns, ok := p.columnsOfSides(levels)
	if !ok {
		return nil
	}
	mentee, mentor := columns[0][0], columns[1][0]
	if must.Scale, ok = p.scaleOf(mentee, mentor, p.rules.lines["level"], "level"); !ok {
		return nil
	}
	must.Mentee, must.Mentor = p.field(match.MenteeSide, mentee, false), p.field(match.MentorSide, mentor, false)
	p.noteEmpty(match.MenteeSide, columns[0], must.Name)
	p.noteEmpty(match.MentorSide, columns[1], must.Name)
	return []score.Must{must}
}

// haveLevel takes the column "level" of both sides, or reports that the model needs to know it.
func (p *program) haveLevel(levels *[2][]columnName) bool {
	for side, s := range p.sides {
		for _, name := range []string{"level", "training level", "niveau", "niveau de formation"} {
			if at, there := s.table.find(name); there {
				levels[side] = []columnName{{s.table.header[at], p.rules.policy.modelLine, "level"}}
				break
			}
		}
		if levels[side] == nil {
			p.rep.issue(Issue{
				File: p.rules.file, Row: p.rules.policy.modelLine, Column: "model", Value: p.rules.policy.model,
				Problem: fmt.Sprintf("asks how far apart two people are, and %s has no column \"level\"", s.table.file),
				Instead: `write "level:" and the column with the level of each person; {mentee: COLUMN, mentor: COLUMN} if the two are called otherwise`,
			})
			return false
		}
	}
	return true
}
