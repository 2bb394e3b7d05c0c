package roster

import (
	"fmt"
	"math"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// The goals that a rules file can name.
const (
	pairsGoal         = "pairs"
	placedGoal        = "placed"
	mentorsPlacedGoal = "mentors placed"
	suitabilityGoal   = "suitability"
	rankSumGoal       = "rank sum"
	firstChoicesGoal  = "first choices"
	generousGoal      = "generous"
	greedyGoal        = "greedy"
	existingGoal      = "existing"
	wishesGoal        = "wishes"
	evenLoadGoal      = "even load"
	minimumsGoal      = "minimums"
	poorGoal          = "few poor matches"
	lotteryGoal       = "lottery"
)

var goalNames = []string{
	pairsGoal, placedGoal, mentorsPlacedGoal, suitabilityGoal, rankSumGoal, firstChoicesGoal,
	generousGoal, greedyGoal, existingGoal, wishesGoal, evenLoadGoal, minimumsGoal, poorGoal, lotteryGoal,
}

// The columns of a problem that goals count.
const (
	suitabilityColumn = "suitability"
	rankColumn        = "rank" // the mentee's
)

// Facts are what goals need to know of the pairs and people whom they are about.
type facts struct {
	scored   bool  // pairs have a suitability
	ranked   bool  // mentees rank their pairs
	existing bool  // some pairs exist already
	wishes   bool  // some pairs would fulfil a wish
	minimums bool  // some people or classes want a least number of pairs
	ranks    []int // the mentees' ranks that occur, increasing
	load     int   // the most pairs that any mentor takes
	pairs    int   // possible ones
	poor     int   // a pair with less suitability is a poor match; 0: none is
}

// checkGoals reports goals that would count nothing, and orders in which one would undo the others.
func (r *rules) checkGoals(aim match.Aim, f facts, rep *report) {
	if aim != match.Optimal {
		if len(r.goals) > 0 {
			rep.issue(Issue{
				File: r.file, Row: r.goals[0].line, Column: "goals", Problem: fmt.Sprintf("goals decide nothing when the aim is %s", aim),
				Instead: fmt.Sprintf(`write "aim: %s", or delete the goals`, match.Optimal),
			})
		}
		if f.minimums && !r.hard {
			rep.issue(Issue{
				File: r.file, Row: r.aimLine, Column: "aim", Value: string(aim), Problem: `takes no account of wishes such as "at least"`,
				Instead: `write "minimums: hard" to make them conditions, or delete "at least"`,
			})
		}
		if w := r.policy.wishes; w != nil {
			rep.issue(Issue{
				File: r.file, Row: w.line, Column: w.path, Problem: fmt.Sprintf("wishes are a goal, and the aim %s takes none", aim),
				Instead: fmt.Sprintf(`write "aim: %s", or delete the wishes`, match.Optimal),
			})
		}
		if len(r.points) > 0 {
			rep.note(Issue{
				File: r.file, Row: r.lines["points"], Column: "points", Problem: fmt.Sprintf("points decide nothing when the aim is %s", aim),
				Instead: "shown beside the pairs, no more",
			})
		}
		return
	}
	fault := func(g goalWord, problem, instead string) {
		rep.issue(Issue{File: r.file, Row: g.line, Column: "goals", Value: g.name, Problem: problem, Instead: instead})
	}
	for k, g := range r.goals {
		switch g.name {
		case suitabilityGoal:
			if !f.scored {
				fault(g, "counts points, and there are none", `write criteria under "points", or delete the goal`)
			}
		case rankSumGoal, firstChoicesGoal, generousGoal, greedyGoal:
			if !f.ranked {
				fault(g, "counts choices of the mentees, and there are none", `write their columns after "choices:" under "mentees", or delete the goal`)
			}
		case minimumsGoal:
			if r.hard {
				fault(g, "comes before all goals already, because the minimums are hard", `delete it, or write "minimums: soft"`)
			} else if !f.minimums {
				fault(g, "counts minimums, and there are none", `write "at least:" under "mentees" or "mentors", or delete the goal`)
			}
		case wishesGoal:
			if r.policy.wishes == nil {
				fault(g, "counts wishes, and there are none", `write "wishes:" and the columns of both sides, or delete the goal`)
			}
		case poorGoal:
			if !f.scored {
				fault(g, "counts points, and there are none", `write criteria under "points", or delete the goal`)
			} else if f.poor == 0 {
				fault(g, "needs to know what a poor match is", `write "poor:" and the suitability below which a pair is one`)
			}
		case lotteryGoal:
			if k != len(r.goals)-1 {
				fault(g, "leaves nothing to decide to the goals after it", "write it last")
			}
		}
		if (g.name == rankSumGoal || g.name == evenLoadGoal || g.name == poorGoal) && !slices.ContainsFunc(r.goals[:k], wantsPairs) {
			fault(g, "would be best reached by making no pairs at all", `write "pairs" or "placed" before it`)
		}
	}
	if f.minimums && !r.hard && len(r.goals) > 0 && !slices.ContainsFunc(r.goals, func(g goalWord) bool { return g.name == minimumsGoal }) {
		rep.issue(Issue{
			File: r.file, Row: r.goals[0].line, Column: "goals", Problem: `"at least" is written, and no goal asks for it`,
			Instead: `write the goal "minimums" where it belongs, or "minimums: hard"`,
		})
	}
	if w := r.policy.wishes; w != nil && len(r.goals) > 0 && !slices.ContainsFunc(r.goals, func(g goalWord) bool { return g.name == wishesGoal }) {
		rep.issue(Issue{
			File: r.file, Row: w.line, Column: w.path, Problem: "there are wishes, and no goal counts them",
			Instead: `write the goal "wishes" where it belongs, such as after "pairs"`,
		})
	}
}

// wantsPairs says whether a goal by itself leads to pairs being made.
func wantsPairs(g goalWord) bool {
	return g.name != rankSumGoal && g.name != evenLoadGoal && g.name != existingGoal && g.name != poorGoal
}

// defaultGoals are the goals of rules that name none: first that everybody has somebody, then what is known of pairs.
func defaultGoals(f facts, hard bool) []goalWord {
	var goals []goalWord
	add := func(name string, useful bool) {
		if useful {
			goals = append(goals, goalWord{name: name})
		}
	}
	add(minimumsGoal, f.minimums && !hard)
	add(placedGoal, true)
	add(existingGoal, f.existing)
	add(pairsGoal, true)
	add(wishesGoal, f.wishes)
	add(suitabilityGoal, f.scored)
	add(rankSumGoal, f.ranked && !f.scored)
	add(evenLoadGoal, f.scored || !f.ranked)
	add(lotteryGoal, true)
	return goals
}

// expand turns words into goals that can be judged.
func expand(words []goalWord, f facts) []match.Goal {
	var goals []match.Goal
	add := func(g match.Goal) {
		if !slices.ContainsFunc(goals, func(before match.Goal) bool { return before.Name == g.Name }) {
			goals = append(goals, g)
		}
	}
	for _, word := range words {
		switch word.name {
		case pairsGoal:
			add(match.Goal{Name: pairsGoal, Pairs: true})
		case placedGoal:
			add(match.Goal{Name: placedGoal, Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}})
		case mentorsPlacedGoal:
			add(match.Goal{Name: mentorsPlacedGoal, Units: []match.Reward{{Of: "mentors", Units: []int64{1}}}})
		case suitabilityGoal:
			add(match.Goal{Name: suitabilityGoal, Column: suitabilityColumn})
		case rankSumGoal:
			add(match.Goal{Name: rankSumGoal, Column: rankColumn, Minimise: true})
		case firstChoicesGoal:
			add(match.Goal{Name: firstChoicesGoal, Column: rankColumn, Band: &match.Band{From: 1, To: 1}})
		case generousGoal:
			// Nobody is the worst that a mentee can get, so the number of pairs comes first.
			add(match.Goal{Name: pairsGoal, Pairs: true})
			bands := rankBands(f.ranks)
			slices.Reverse(bands)
			for _, band := range bands {
				if band.From > 1 {
					add(match.Goal{Name: bandName("fewest", band), Column: rankColumn, Band: &band, Minimise: true})
				}
			}
		case greedyGoal:
			for _, band := range rankBands(f.ranks) {
				add(match.Goal{Name: bandName("most", band), Column: rankColumn, Band: &band})
			}
		case existingGoal:
			add(match.Goal{Name: existingGoal, Column: match.Existing})
		case wishesGoal:
			// Which caps it counts is known when they have numbers: see rewardWishes.
			add(match.Goal{Name: wishesGoal, Units: []match.Reward{{Caps: []int32{}, Units: []int64{1}}}})
		case evenLoadGoal:
			add(match.Goal{Name: evenLoadGoal, Units: []match.Reward{{Of: "mentors", Units: squares(f.load)}}})
		case minimumsGoal:
			add(match.Goal{Name: minimumsGoal, Minimums: true})
		case poorGoal:
			add(match.Goal{Name: poorGoal, Column: suitabilityColumn, Band: &match.Band{From: math.MinInt32, To: int32(f.poor - 1)}, Minimise: true})
		case lotteryGoal:
			for digit := 1; digit <= lotteryDigits(f.pairs); digit++ {
				name := lotteryGoal
				if digit > 1 {
					name = fmt.Sprintf("%s %d", lotteryGoal, digit)
				}
				add(match.Goal{Name: name, Lottery: digit})
			}
		}
	}
	return goals
}

// mostBands bounds the goals that "generous" and "greedy" stand for. Later ranks share the last band.
const mostBands = 16

// rankBands makes a band of each rank that occurs.
func rankBands(ranks []int) []match.Band {
	var bands []match.Band
	for _, rank := range ranks {
		if len(bands) == mostBands {
			bands[mostBands-1].To = math.MaxInt32
			break
		}
		bands = append(bands, match.Band{From: int32(rank), To: int32(rank)})
	}
	return bands
}

func bandName(which string, band match.Band) string {
	if band.To == math.MaxInt32 {
		return fmt.Sprintf("%s with choice %d or later", which, band.From)
	}
	return fmt.Sprintf("%s with choice %d", which, band.From)
}

// squares are rewards whose sum is the greatest when the sum of the squared loads is the least: the n-th pair of a
// mentor adds n² - (n-1)² to it.
func squares(load int) []int64 {
	units := make([]int64, load)
	for n := range units {
		units[n] = -int64(2*n + 1)
	}
	return units
}

// lotteryDigits is how many digits of the lottery decide. Two matchings draw alike in one digit of 20 bits about once
// in a million; with many pairs there are many matchings to tell apart.
func lotteryDigits(pairs int) int {
	if pairs > 10_000 {
		return 2
	}
	return 1
}
