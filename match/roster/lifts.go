package roster

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A Lift is a rule that concerns a mentee, and the pairs that would be possible if it were lifted for the mentee alone.
type Lift struct {
	Rule  string
	Pairs []match.Pair
}

// Lifts lists the rules of the program without which a mentee could have further pairs, in the order of their names,
// each by itself. Rules that nobody may lift are not among them: conflicts, what the model asks for, and whatever is
// kept private. The pairs are made for the problem of this roster, in the order of their mentors. It is nil when there
// is nothing to lift, or nobody of this id.
func (r *Roster) Lifts(mentee string) []Lift {
	if r.lifts == nil {
		return nil
	}
	return r.lifts(mentee)
}

// Choices lists the pairs that a mentee could have by naming one person more, where mentees are paired only with those
// whom they name. The new one is ranked after all others. It is nil when choices are wishes among other things.
func (r *Roster) Choices(mentee string) []match.Pair {
	if r.choices == nil {
		return nil
	}
	return r.choices(mentee)
}

func (p *program) lifts(mentee string, classes [2]*classes) []Lift {
	i, ok := p.sides[0].at[mentee]
	if !ok {
		return nil
	}
	byRule := map[string][]candidate{}
	for j := range p.sides[1].persons {
		if rule := p.scorer.OnlyBarrier(i, j); rule != "" && p.named(i, j) {
			byRule[rule] = append(byRule[rule], p.candidatesOf(i, j)...)
		}
	}
	var all []Lift
	for rule, found := range byRule {
		if pairs := p.addable(found, classes); len(pairs) > 0 {
			all = append(all, Lift{rule, pairs})
		}
	}
	slices.SortFunc(all, func(a, b Lift) int { return strings.Compare(a.Rule, b.Rule) })
	return all
}

func (p *program) furtherChoices(mentee string, classes [2]*classes) []match.Pair {
	s := p.sides[match.MenteeSide]
	i, ok := s.at[mentee]
	if !ok || !s.chooses || !p.onlyListed(s) {
		return nil
	}
	var found []candidate
	for j := range p.sides[1].persons {
		if s.persons[i].place[j] == 0 && p.scorer.Barrier(i, j) == "" && p.accepts(match.MentorSide, j, i) {
			found = append(found, p.candidatesOf(i, j)...)
		}
	}
	return p.addable(found, classes)
}

// candidatesOf makes the candidates of two people whom the rules are not asked about. Those that pairs.csv forbids are
// left out, and so are those that it does not list if it lists any.
func (p *program) candidatesOf(i, j int) []candidate {
	var found []candidate
	if p.pairs != nil && p.pairs.listed {
		for _, k := range p.pairs.at[[2]int{i, j}] {
			one := p.pairs.rows[k]
			found = append(found, candidate{person: one.person, purpose: one.purpose, suitability: one.suitability, rank: one.rank, state: one.state, existing: one.existing})
		}
	} else {
		for _, pair := range p.scorer.Of(i, j) {
			found = append(found, candidate{person: [2]int{i, j}, purpose: score.Fold(pair.Purpose), suitability: pair.Suitability})
		}
	}
	for k := range found {
		c := &found[k]
		for side, s := range p.sides {
			if s.chooses {
				c.rank[side] = s.rankOf(c.person[side], c.person[1-side], s.longestList())
			}
		}
		p.stateOf(c)
	}
	return slices.DeleteFunc(found, func(c candidate) bool { return c.state == match.Forbidden })
}

// stateOf gives a candidate what pairs.csv says of it.
func (p *program) stateOf(c *candidate) {
	if p.pairs == nil || p.pairs.listed {
		return
	}
	for _, k := range p.pairs.at[c.person] {
		if one := p.pairs.rows[k]; one.purpose == "" || one.purpose == c.purpose {
			c.state, c.existing = one.state, one.existing
		}
	}
}

// addable are the candidates that can be put into the problem as it is, as pairs in the order of their mentors. Where a
// class of somebody is not in the problem because nobody was in it, no more are taken than the class allows, the most
// suitable first.
func (p *program) addable(found []candidate, classes [2]*classes) []match.Pair {
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.suitability, a.suitability), p.byMentor(a, b))
	})
	full := [2]map[newClass]int{{}, {}}
	var pairs []match.Pair
	for k := range found {
		c := &found[k]
		var leaf [2]string
		fits := true
		for side := range classes {
			name, ok := classes[side].place(c, full[side])
			leaf[side], fits = name, fits && ok
		}
		if !fits {
			continue
		}
		pair := match.Pair{
			Mentee: p.sides[0].persons[c.person[0]].id, Mentor: p.sides[1].persons[c.person[1]].id, Purpose: p.spelling[c.purpose],
			MenteeClass: leaf[0], MentorClass: leaf[1], MenteeRank: c.rank[0], MentorRank: c.rank[1],
			Values: map[string]int32{suitabilityColumn: c.suitability, rankColumn: int32(c.rank[0]), match.Existing: 0},
		}
		if c.existing {
			pair.Values[match.Existing] = 1
		}
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b match.Pair) int {
		return cmp.Or(strings.Compare(a.Mentor, b.Mentor), strings.Compare(a.Purpose, b.Purpose))
	})
	return pairs
}

func (p *program) byMentor(a, b candidate) int {
	mentors := p.sides[1].persons
	return cmp.Or(strings.Compare(mentors[a.person[1]].id, mentors[b.person[1]].id), strings.Compare(a.purpose, b.purpose))
}

// A newClass is a class that a person has not in the problem.
type newClass struct {
	who int
	id  classID
}

// place finds the innermost class for a candidate that is not in the problem. It is false when the candidate would be
// one too many for a class that the problem lacks, or lies in two classes of which neither contains the other.
func (c *classes) place(k *candidate, full map[newClass]int) (string, bool) {
	who := k.person[c.side]
	var inside []*classSet
	var lacking []newClass
	for r := range c.rules {
		value := score.Fold(c.valueOf(r, k))
		if value == "" || !c.bounds(r, value) {
			continue
		}
		at := slices.IndexFunc(c.sets[who], func(set *classSet) bool { return set.id == classID{r, value} })
		if at >= 0 {
			inside = append(inside, c.sets[who][at])
		} else if most, bounded := c.rules[r].most.of(value); bounded && most < c.program.sides[c.side].persons[who].takes {
			lacking = append(lacking, newClass{who, classID{r, value}})
		}
	}
	for _, one := range lacking {
		most, _ := c.rules[one.id.rule].most.of(one.id.value)
		if full[one]+c.present(one) >= most {
			return "", false
		}
	}
	slices.SortFunc(inside, func(a, b *classSet) int { return cmp.Compare(a.depth(), b.depth()) })
	for n := 1; n < len(inside); n++ {
		if !inside[n].lies(inside[n-1]) {
			return "", false
		}
	}
	for _, one := range lacking {
		full[one]++
	}
	if len(inside) == 0 {
		return "", true
	}
	innermost := inside[len(inside)-1].id
	return c.names[innermost.rule][innermost.value], true
}

// present counts the candidates of a person that would be in a class which the problem lacks because it bounds nothing
// there.
func (c *classes) present(one newClass) int {
	n := 0
	for k := range c.program.candidates {
		other := &c.program.candidates[k]
		if other.person[c.side] == one.who && score.Fold(c.valueOf(one.id.rule, other)) == one.id.value {
			n++
		}
	}
	return n
}

// depth counts the sets around a set.
func (s *classSet) depth() int {
	n := 0
	for up := s.inside; up != nil; up = up.inside {
		n++
	}
	return n
}

// lies says whether a set is inside another.
func (s *classSet) lies(in *classSet) bool {
	for up := s.inside; up != nil; up = up.inside {
		if up == in {
			return true
		}
	}
	return false
}
