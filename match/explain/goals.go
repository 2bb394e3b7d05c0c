package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// withoutLottery leaves out what no coordinator cares for: the lottery's numbers are good for telling equals apart.
func withoutLottery(goals []match.Goal, gain []int64) []int64 {
	var rest []int64
	for k, n := range gain {
		if goals[k].Lottery == 0 {
			rest = append(rest, n)
		}
	}
	return rest
}

// isNothing says whether a gain is one in the lottery only.
func isNothing(goals []match.Goal, gain []int64) bool {
	return !slices.ContainsFunc(withoutLottery(goals, gain), func(n int64) bool { return n != 0 })
}

// wishesGoal counts wishes about personal characteristics. What a change of a single pair does to it would tell what
// one of the two is, so no text says it.
const wishesGoal = "wishes"

// changes says a vector over goals in words, goal by goal in their order.
func (w Words) changes(goals []match.Goal, gain []int64) string {
	var parts []string
	for k, n := range gain {
		if n == 0 || goals[k].Lottery > 0 || goals[k].Name == wishesGoal {
			continue
		}
		code, name, much := goalCode(&goals[k], n)
		parts = append(parts, w.count(code, much, "name", name))
	}
	if len(parts) == 0 {
		return w.say("goal.none")
	}
	return strings.Join(parts, ", ")
}

// goalCode is the code for a goal that counts n more, with the name of what is counted and how much it is.
func goalCode(g *match.Goal, n int64) (code Code, name string, much int64) {
	name, much = g.Name, max(n, -n)
	more := n > 0
	kind := "other"
	switch {
	case g.Pairs && !g.Minimise:
		kind = "pairs"
	case g.Column == match.Existing && g.Band == nil && !g.Minimise:
		kind = "existing"
	case g.Column != "" && g.Band == nil && g.Minimise:
		kind, name = "least", g.Column
	case g.Column != "" && g.Band == nil:
		kind, name = "column", g.Column
	case len(g.Units) == 1 && g.Units[0].Of != "" && isOne(g.Units[0].Units):
		kind = map[string]string{"mentees": "placed", "mentors": "mentors"}[g.Units[0].Of]
	case len(g.Units) == 1 && g.Units[0].Of != "" && isSquares(g.Units[0].Units):
		kind = "load"
	}
	if more {
		return Code(fmt.Sprintf("goal.%s.more", kind)), name, much
	}
	return Code(fmt.Sprintf("goal.%s.less", kind)), name, much
}

func isOne(units []int64) bool { return slices.Equal(units, []int64{1}) }

// isSquares recognises -1, -3, -5, ..., which add up to the squares of the loads.
func isSquares(units []int64) bool {
	for n, unit := range units {
		if unit != int64(-1-2*n) {
			return false
		}
	}
	return len(units) > 0
}
