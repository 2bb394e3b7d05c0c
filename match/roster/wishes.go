package roster

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A wish is a mentee's, that one of the mentors shares something with the mentee: a language of the home, a path, an
// identity. One mentor is enough, however many the mentee has. So a wish is no property of a pair, which would push all
// mentors of a mentee the same way; it is a class of the mentee's pairs of which the first counts.

// wishClassName is what the class and its goal are about.
const wishClassName = "wish"

// readWishes reads what mentees wish and mentors are.
func (p *program) readWishes() {
	rule := p.rules.policy.wishes
	if rule == nil {
		return
	}
	if p.rules.policy.model == cloning {
		p.rep.issue(Issue{
			File: p.rules.file, Row: rule.line, Column: rule.path, Problem: "the model cloning takes no personal characteristics, because it is close to hiring",
			Instead: "delete the wishes",
		})
		return
	}
	columns, ok := p.columnsOfSides(rule.columns)
	if !ok {
		return
	}
	p.wished = p.fields[0][p.merged(match.MenteeSide, columns[0])]
	p.shares = make([]map[string]bool, len(p.sides[1].persons))
	for j, values := range p.fields[1][p.merged(match.MentorSide, columns[1])] {
		p.shares[j] = map[string]bool{}
		for _, value := range values {
			p.shares[j][score.Fold(value)] = true
		}
	}
	if p.wishes = p.anyWish(); !p.wishes {
		p.rep.note(Issue{
			File: p.rules.file, Row: rule.line, Column: rule.path, Problem: "no possible pair fulfils a wish",
			Instead: "the wishes are without effect; look whether words are spelled alike in both columns",
		})
	}
}

// wishClass is the rule that makes the class, if there are wishes that can come true.
func (p *program) wishClass() []classRule {
	if !p.wishes {
		return nil
	}
	return []classRule{{line: p.rules.policy.wishes.line, path: p.rules.policy.wishes.path, by: wishClassName}}
}

// wishOf is the value of a candidate for the class: something if it fulfils the mentee's wish.
func (p *program) wishOf(c *candidate) string {
	if p.shares != nil && slices.ContainsFunc(p.wished[c.person[0]], func(value string) bool { return p.shares[c.person[1]][score.Fold(value)] }) {
		return wishClassName
	}
	return ""
}

// rewardWishes says, in the goal of the wishes, which classes of the problem count.
func rewardWishes(problem *match.Problem) {
	at := slices.IndexFunc(problem.Goals, func(g match.Goal) bool { return g.Name == wishesGoal })
	if at < 0 {
		return
	}
	caps := []int32{}
	for k, class := range problem.Classes {
		cap := int32(len(problem.Mentees) + len(problem.Mentors) + k)
		if side, _ := problem.Owner(cap); side == match.MenteeSide && class.Name == wishClassName {
			caps = append(caps, cap)
		}
	}
	problem.Goals[at].Units = []match.Reward{{Caps: caps, Units: []int64{1}}}
}
