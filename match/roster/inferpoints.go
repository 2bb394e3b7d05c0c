package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// The weights of criteria, from 0 to 10, with which a program may begin. They follow what studies of mentoring programs
// found to matter: that the mentor offers what is sought, that people could choose, and what they have in common deeply
// before what they have in common at first sight (Eby 2013; Kendall 2015; DeCastro 2014).
const (
	purposeWeight  = 10
	choiceWeight   = 8
	valuesWeight   = 5
	mentorWeight   = 4 // the choice of a mentor
	interestWeight = 4
	pathWeight     = 3 // specialty and destination
	logisticWeight = 2
	loadWeight     = 1
)

// A line of the inferred rules, with the comment above it. Off says that the line is written as a comment, to be
// switched on by whoever agrees.
type ruleLine struct {
	why    string
	lines  []string
	weight int
	off    bool
}

// criteria are the hard rules, and what brings points.
type criteria struct {
	purposes     []ruleLine
	must, points []ruleLine
	answers      [2][]answerRulePlan
	lists        [][2]string // headings and separators
}

// criteria decides what is compared, from the columns of both sides.
func (p *plan) criteria() *criteria {
	c := &criteria{}
	p.addLanguages(c)
	p.addReferences(c)
	p.addPurposes(c)
	p.addChoices(c)
	p.addShared(c, asValues, valuesWeight, "what both hold dear")
	p.addShared(c, asInterests, interestWeight, "interests in common")
	p.addSpecialty(c)
	p.addPlaces(c)
	p.addTimes(c)
	p.addLoad(c)
	p.addProposals(c)
	return c
}

// both are the best columns of a meaning on both sides.
func (p *plan) both(as string) (mentee, mentor *columnView, ok bool) {
	mentee, mentor = p.sides[0].pick(as), p.sides[1].pick(as)
	return mentee, mentor, mentee != nil && mentor != nil
}

// columns writes what a criterion compares: one heading, or one for each side.
func columnsText(mentee, mentor *columnView) string {
	if folded(mentee.heading) == folded(mentor.heading) {
		return yamlText(mentee.heading)
	}
	return fmt.Sprintf("{mentee: %s, mentor: %s}", yamlText(mentee.heading), yamlText(mentor.heading))
}

// sureOf says how sure two columns are, and why.
func sureOf(columns ...*columnView) string {
	var parts []string
	for k, c := range columns {
		if k > 0 && folded(c.heading) == folded(columns[0].heading) {
			continue
		}
		parts = append(parts, fmt.Sprintf("%s: %s (%s: %s)", quoted(c.heading), c.as, c.sure, c.because))
	}
	return strings.Join(parts, ". ")
}

// isGuess says whether one of the columns is a guess, which decides nothing.
func isGuess(columns ...*columnView) bool {
	return slices.ContainsFunc(columns, func(c *columnView) bool { return c.sure == Guess })
}

func (p *plan) addLanguages(c *criteria) {
	mentee, mentor, ok := p.both(asLanguages)
	if !ok {
		return
	}
	line := ruleLine{why: "People need a language in common. " + sureOf(mentee, mentor), lines: []string{"- shared: " + columnsText(mentee, mentor), "  name: a common language"}}
	if p.neverShare(mentee, mentor) {
		line.off = true
		line.why += ". No language is written alike on both sides, so this would keep everybody from everybody"
		c.must = append(c.must, line)
		return
	}
	c.must = append(c.must, line)
	names, main := languageSpelling(mentee, mentor)
	for side, column := range [...]*columnView{mentee, mentor} {
		rule := answerRulePlan{heading: column.heading, why: "other names for one language; an empty cell stands for the language that most people speak"}
		for _, item := range column.values() {
			if name := names[item]; name != "" && len(item) <= longestKey {
				rule.means = append(rule.means, [2]string{column.spelling[item], strings.Replace(name, ";", orComma(column.separator), 1)})
			}
		}
		if column.filled < column.rows {
			rule.empty = main
		}
		if rule.means != nil || rule.empty != "" {
			c.answers[side] = append(c.answers[side], rule)
		}
	}
}

// orComma is a separator that is also right for a column whose cells have one item each.
func orComma(separator string) string {
	if separator == "" {
		return ","
	}
	return separator
}

// languageSpelling says which languages are written otherwise than most people write them, and the main language.
func languageSpelling(columns ...*columnView) (names map[string]string, main string) {
	times := map[int]map[string]int{}
	spelling := map[string]string{}
	for _, c := range columns {
		for item, n := range c.items {
			if number := languageOf()[item]; number > 0 {
				if times[number] == nil {
					times[number] = map[string]int{}
				}
				times[number][item] += n
			}
			if before, known := spelling[item]; !known || c.spelling[item] < before {
				spelling[item] = c.spelling[item]
			}
		}
	}
	usual := map[int]string{}
	most := -1
	for number := range len(languageOf()) + 1 {
		sum := 0
		for _, item := range sortedKeys(times[number]) {
			sum += times[number][item]
			if usual[number] == "" || times[number][item] > times[number][usual[number]] {
				usual[number] = item
			}
		}
		if sum > most && usual[number] != "" {
			most, main = sum, spelling[usual[number]]
		}
	}
	names = map[string]string{}
	english, french := languageOf()["english"], languageOf()["french"]
	for item := range spelling {
		switch number := languageOf()[item]; {
		case number > 0 && usual[number] != item:
			names[item] = spelling[usual[number]]
		case slices.Contains(bilingual, item):
			names[item] = cmp.Or(spelling[usual[english]], "English") + ";" + cmp.Or(spelling[usual[french]], "French")
		}
	}
	if main == "" {
		for _, c := range columns {
			for _, item := range c.values() {
				if c.items[item] > most {
					most, main = c.items[item], c.spelling[item]
				}
			}
		}
	}
	return names, main
}

// neverShare says whether two columns have no item in common, languages by whatever name.
func (p *plan) neverShare(a, b *columnView) bool {
	same := func(item string) string {
		if n := languageOf()[item]; n > 0 {
			return strconv.Itoa(n)
		}
		return item
	}
	known := map[string]bool{}
	for item := range b.items {
		if slices.Contains(bilingual, item) {
			return false
		}
		known[same(item)] = true
	}
	for item := range a.items {
		if known[same(item)] || slices.Contains(bilingual, item) {
			return false
		}
	}
	return true
}

// addReferences keeps people from those who evaluate them, and from those whom they do not want.
func (p *plan) addReferences(c *criteria) {
	id := func(side int) string { return yamlText(strings.Join(p.rules[side].id, " + ")) }
	for side := range p.rules {
		for _, r := range p.rules[side].refers {
			column := yamlText(r.column.heading)
			compared := fmt.Sprintf("- not contains: {mentee: %s, mentor: %s}", column, id(1))
			if side == int(match.MentorSide) {
				compared = fmt.Sprintf("- not in: {mentee: %s, mentor: %s}", id(0), column)
			}
			name := "  name: does not evaluate the mentee"
			if r.column.as == asVeto {
				name = "  private: yes" // nothing may tell who asked not to be paired
			}
			c.must = append(c.must, ruleLine{why: sureOf(r.column), lines: []string{compared, name}})
		}
	}
}

// addPurposes compares what is sought with what is offered.
func (p *plan) addPurposes(c *criteria) {
	mentee, mentor := p.sides[0].pick(asSought), p.sides[1].pick(asOffered)
	if mentor == nil {
		mentor = p.sides[1].topics(mentee)
	}
	if mentee == nil || mentor == nil {
		return
	}
	share := answered(mentee, mentor)
	columns := fmt.Sprintf("{mentee: %s, mentor: %s}", yamlText(mentee.heading), yamlText(mentor.heading))
	why := sureOf(mentee, mentor)
	if share < enough/2 || isGuess(mentee, mentor) {
		c.points = append(c.points, ruleLine{
			why:   fmt.Sprintf("%s. Only %d %% of what is sought is offered in the same words", why, share),
			lines: []string{"- shared: " + columns, fmt.Sprintf("  weight: %d", purposeWeight)}, weight: purposeWeight, off: share == 0,
		})
		return
	}
	ordered := mentee.shuffled || hasWord(mentee.heading, "most wanted first", "most important first", "order", "ordre", "priority", "priorite", "rank", "best first", "plus important en premier", "par importance")
	silent := max(percent(mentee.rows-mentee.filled, mentee.rows), percent(mentor.rows-mentor.filled, mentor.rows))
	if firm := share >= enough && silent <= 10; firm {
		p.addFirmPurposes(c, mentee, mentor, why, ordered)
	} else {
		why += fmt.Sprintf(". That the mentor offers what is sought is a wish here and no condition, because %d %% of what is sought is offered, and %d %% left the answer empty; write \"purposes:\" to change that", share, silent)
		ordered = false
	}
	if !ordered {
		lines := []string{"- shared: " + columns}
		if most := mostItemsOf(mentee); most < 3 {
			lines = append(lines, fmt.Sprintf("  most: %d", most))
		}
		c.points = append(c.points, ruleLine{why: why, lines: append(lines, "  name: offers what is sought", fmt.Sprintf("  weight: %d", purposeWeight)), weight: purposeWeight})
	}
}

// answered is the share of a column's items that another column has, in per cent.
func answered(mentee, mentor *columnView) int {
	n, of := 0, 0
	for item, times := range mentee.listed {
		of += times
		if mentor.listed[item] > 0 {
			n += times
		}
	}
	return percent(n, of)
}

// topics is the column of the side that speaks of what a column of the other side speaks of, in the same words, though
// its heading may be about something else: what residents call interests, their faculty calls expertise.
func (s *sideView) topics(other *columnView) *columnView {
	if other == nil {
		return nil
	}
	var best *columnView
	share := enough / 2
	for _, c := range s.columns {
		if !slices.Contains([]string{asOffered, asSought, asInterests}, c.as) || c.sure == Guess || c.entries == 0 {
			continue
		}
		if part := min(answered(other, c), 100); part >= share {
			best, share = c, part+1
		}
	}
	return best
}

// mostItemsOf is the length of the longest list of a column.
func mostItemsOf(c *columnView) int {
	most := 1
	for _, items := range c.lists {
		most = max(most, len(items))
	}
	return most
}

// addFirmPurposes makes it a condition that the mentor offers something that is sought.
func (p *plan) addFirmPurposes(c *criteria, mentee, mentor *columnView, why string, ordered bool) {
	lines := []string{"purposes:", "  mentee: " + yamlText(mentee.heading), "  mentor: " + yamlText(mentor.heading)}
	weight := 0
	if ordered {
		weight = purposeWeight
		lines = append(lines, fmt.Sprintf("  weight: %d", purposeWeight))
		why += ". The first in a mentee's list suits best"
	}
	c.purposes = append(c.purposes, ruleLine{why: why, lines: lines, weight: weight})
	for side, column := range [...]*columnView{mentee, mentor} {
		if column.filled == column.rows {
			continue
		}
		items := sortedKeys(mentor.listed)
		slices.SortStableFunc(items, func(a, b string) int { return cmp.Compare(mentee.listed[b], mentee.listed[a]) })
		var all []string
		for _, item := range items[:min(len(items), 40)] {
			all = append(all, mentor.spelling[item])
		}
		c.answers[side] = append(c.answers[side], answerRulePlan{
			heading: column.heading, empty: strings.Join(all, orComma(column.separator)+" "), why: "who left this empty is open to everything",
		})
	}
	for _, column := range []*columnView{mentee, mentor} {
		if column.separator == "," && column.filled > 0 {
			c.lists = append(c.lists, [2]string{column.heading, ","})
		}
	}
}

func (p *plan) addChoices(c *criteria) {
	for side, weight := range [...]int{choiceWeight, mentorWeight} {
		r := &p.rules[side]
		if r.choices == nil {
			continue
		}
		c.points = append(c.points, ruleLine{
			why:   fmt.Sprintf("The %s's wishes: a first choice suits best. %s", match.Side(side), sureOf(r.choices[0])),
			lines: []string{fmt.Sprintf("- choice: %s", match.Side(side)), fmt.Sprintf("  weight: %d", weight)}, weight: weight,
		})
		if r.cut != "" && len(r.choices) == 1 {
			c.lists = append(c.lists, [2]string{r.choices[0].heading, r.cut})
		}
	}
}

// addShared compares lists of both sides.
func (p *plan) addShared(c *criteria, as string, weight int, name string) {
	mentee, mentor, ok := p.both(as)
	if as == asInterests && !ok {
		if mentee == nil {
			mentee = p.sides[0].topics(mentor)
		} else {
			mentor = p.sides[1].topics(mentee)
		}
		ok = mentee != nil && mentor != nil
	}
	if !ok {
		return
	}
	lines := []string{"- shared: " + columnsText(mentee, mentor)}
	if most := min(mostItemsOf(mentee), mostItemsOf(mentor)); most < 3 {
		lines = append(lines, fmt.Sprintf("  most: %d", most))
	}
	c.points = append(c.points, ruleLine{why: sureOf(mentee, mentor), lines: append(lines, "  name: "+name, fmt.Sprintf("  weight: %d", weight)), weight: weight, off: isGuess(mentee, mentor)})
}

// addSpecialty compares specialties, and those that a mentor welcomes.
func (p *plan) addSpecialty(c *criteria) {
	mentee, mentor, ok := p.both(asSpecialty)
	if ok {
		kind := "same"
		if mentee.separator != "" || mentor.separator != "" {
			kind = "shared"
		}
		lines := []string{fmt.Sprintf("- %s: %s", kind, columnsText(mentee, mentor))}
		if kind == "shared" {
			lines = append(lines, "  most: 1")
		}
		c.points = append(c.points, ruleLine{why: sureOf(mentee, mentor), lines: append(lines, fmt.Sprintf("  weight: %d", pathWeight)), weight: pathWeight, off: isGuess(mentee, mentor)})
	}
	if welcomes := p.sides[1].pick(asWelcomes); welcomes != nil && mentee != nil && mentee.separator == "" && !isGuess(welcomes) {
		c.points = append(c.points, ruleLine{
			why:   sureOf(welcomes) + `. To make it a condition, move it to "must" and delete the weight`,
			lines: []string{fmt.Sprintf("- in: {mentee: %s, mentor: %s}", yamlText(mentee.heading), yamlText(welcomes.heading)), "  name: the mentor welcomes the specialty", fmt.Sprintf("  weight: %d", pathWeight)}, weight: pathWeight,
		})
	}
}

// addPlaces compares sites. Distance costs nothing when the mentee wants to go where the mentor is, or when two
// interests are shared.
func (p *plan) addPlaces(c *criteria) {
	destination := p.sides[0].pick(asDestination)
	mentee, mentor, ok := p.both(asSite)
	if !ok {
		return
	}
	lines := []string{"- near: " + columnsText(mentee, mentor)}
	columns := []*columnView{mentee, mentor}
	var unless []string
	if destination != nil && !isGuess(destination) {
		unless = append(unless, "destination: "+yamlText(destination.heading))
		columns = append(columns, destination)
	}
	if a, b, ok := p.both(asInterests); ok && !isGuess(a, b) && mostItemsOf(a) > 1 && mostItemsOf(b) > 1 {
		unless = append(unless, "shared: "+columnsText(a, b), "at least: 2")
	}
	if unless != nil {
		lines = append(lines, "  unless: {"+strings.Join(unless, ", ")+"}")
	}
	c.points = append(c.points, ruleLine{why: sureOf(columns...), lines: append(lines, fmt.Sprintf("  weight: %d", logisticWeight)), weight: logisticWeight, off: isGuess(mentee, mentor)})
}

// addTimes compares when people have time, if every answer can be read.
func (p *plan) addTimes(c *criteria) {
	mentee, mentor, ok := p.both(asTime)
	if !ok {
		return
	}
	line := ruleLine{why: sureOf(mentee, mentor), lines: []string{"- time: " + columnsText(mentee, mentor), fmt.Sprintf("  weight: %d", logisticWeight)}, weight: logisticWeight}
	for _, column := range []*columnView{mentee, mentor} {
		for _, cell := range sortedKeys(column.cells) {
			if _, fault := readWeek(column.spelling[cell], clause{}); fault != nil && !line.off {
				line.off = true
				line.why += fmt.Sprintf(". Not every answer can be read as times: %s %s", quoted(column.spelling[cell]), fault.problem)
			}
		}
	}
	zones := map[string]bool{}
	for _, s := range p.sides {
		if zone := s.pick(asZone); zone != nil {
			for cell := range zone.cells {
				zones[cell] = true
			}
		}
	}
	if len(zones) > 1 {
		line.off = true
		line.why += `. People live in several time zones: say which columns hold them with "zones: {mentee: COLUMN, mentor: COLUMN}", and when relationships begin with "relationship: {from: DATE}"`
	}
	c.points = append(c.points, line)
}

// addLoad prefers mentors who have few mentees already.
func (p *plan) addLoad(c *criteria) {
	load := p.sides[1].pick(asLoad)
	if load == nil || isGuess(load) {
		return
	}
	c.answers[1] = append(c.answers[1], loadAnswers(load)...)
	c.points = append(c.points, ruleLine{why: sureOf(load), lines: []string{"- load: " + yamlText(load.heading), fmt.Sprintf("  weight: %d", loadWeight)}, weight: loadWeight})
}

// loadAnswers are the answers of a column with the present load that are no plain numbers. An empty cell is none.
func loadAnswers(c *columnView) []answerRulePlan {
	rules := countAnswers(c)
	for k := range rules {
		if rules[k].empty != "" {
			rules[k].empty = "0"
		}
	}
	return rules
}

// addProposals writes down what may be wanted, and is left to people: nothing of it counts.
func (p *plan) addProposals(c *criteria) {
	if mentee, mentor, ok := p.both(asUnit); ok {
		c.must = append(c.must, ruleLine{
			why:   sureOf(mentee, mentor) + ". Where mentors should come from outside the unit, take away the #",
			lines: []string{"- different: " + columnsText(mentee, mentor)}, off: true,
		})
	}
	if mentee, mentor, ok := p.both(asLevel); ok {
		why := sureOf(mentee, mentor) + ". Where the mentor should be ahead of the mentee, take away the #"
		if !onOneScale(mentee, mentor) {
			why += ", and name the levels under \"scales\", the lowest first"
		}
		c.must = append(c.must, ruleLine{why: why, lines: []string{"- gap: " + columnsText(mentee, mentor), "  from: 1"}, off: true})
	}
	for side, s := range p.sides {
		for _, column := range s.all(asPeople) {
			c.points = append(c.points, ruleLine{
				why:   sureOf(column) + fmt.Sprintf(`. If it is one, write "choices: %s" under "%ss", "choices by:" and how people are named there, and take away the #`, yamlText(column.heading), match.Side(side)),
				lines: []string{fmt.Sprintf("- choice: %s", match.Side(side)), fmt.Sprintf("  weight: %d", choiceWeight)}, weight: choiceWeight, off: true,
			})
		}
	}
	for _, mentee := range p.sides[0].columns {
		if mentee.as != asUnknown || mentee.filled == 0 || !mentee.isChosen() || isCounting(mentee) || len(mentee.items) < 2 {
			continue
		}
		for _, mentor := range p.sides[1].columns {
			if mentor.as == asUnknown && folded(mentor.heading) == folded(mentee.heading) && mentor.isChosen() {
				c.points = append(c.points, ruleLine{
					why:   fmt.Sprintf("What %s is about is not known. If likeness in it is good, take away the #", quoted(mentee.heading)),
					lines: []string{"- shared: " + columnsText(mentee, mentor), fmt.Sprintf("  weight: %d", logisticWeight)}, weight: logisticWeight, off: true,
				})
			}
		}
	}
}

// onOneScale says whether all levels of two columns are on a scale that everybody may use, or are numbers.
func onOneScale(mentee, mentor *columnView) bool {
	scales := []*score.Scale{nil}
	for _, scale := range builtInScales {
		scales = append(scales, scale)
	}
	return slices.ContainsFunc(scales, func(scale *score.Scale) bool {
		on := func(cell string) bool { _, ok := scale.Level(cell); return ok }
		return mentee.share(on) == 100 && mentor.share(on) == 100
	})
}
