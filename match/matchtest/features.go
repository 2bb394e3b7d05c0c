package matchtest

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"github.com/chiron-mentoring/chiron/match"
)

// Features is a set of things that a problem can have.
type Features uint32

const (
	Demand        Features = 1 << iota // a mentee takes several mentors
	MenteeClasses                      // a mentee has a class
	MentorClasses                      // a mentor has a class
	Nested                             // a class lies in a class
	Minimums                           // a cap wants pairs
	HardMinimums                       // and must have them
	Pins                               // a pair is pinned
	Conflicts                          // a pair is forbidden
	Ties                               // somebody ranks two pairs alike
	Purposes                           // pairs have purposes
	ZeroCaps                           // a cap takes nothing
	Negative                           // a pair counts less than nothing
	Drawn                              // lottery numbers come with the problem
	CountPairs                         // a goal counts pairs,
	CountColumn                        // the values of a column,
	CountBand                          // the pairs in a band,
	CountUnits                         // units on totals,
	CountClasses                       // units on classes,
	CountMinimums                      // units up to the minimums,
	CountLottery                       // digits of the lottery,
	Minimise                           // the less, the better
	Great                              // something counts more than 2^28
	ManyGoals                          // there are more than eight goals
	numFeatures   = iota
)

var featureNames = strings.Fields(`demand mentee-classes mentor-classes nested minimums hard-minimums pins conflicts ties
	purposes zero-caps negative drawn pairs column band units class-units minimum-units lottery minimise great
	many-goals`)

// Everything that makes matching hard at once.
const Together = Demand | MenteeClasses | MentorClasses | Minimums | Pins

// Has says whether all features of g are in f.
func (f Features) Has(g Features) bool { return f&g == g }

func (f Features) String() string {
	var names []string
	for i, name := range featureNames {
		if f.Has(1 << i) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "+")
}

// Of says what problem p has.
func Of(p *match.Problem) Features {
	n := len(p.Mentees)
	totals := n + len(p.Mentors)
	d := define(p)
	var f Features
	add := func(g Features, has bool) {
		if has {
			f |= g
		}
	}
	add(Demand, slices.ContainsFunc(p.Max[:n], func(most int32) bool { return most > 1 }))
	for i, class := range p.Classes {
		add(MentorClasses, d.isMentors(totals+i))
		add(MenteeClasses, !d.isMentors(totals+i))
		add(Nested, int(class.Parent) >= totals)
	}
	wants := slices.ContainsFunc(p.Min, func(least int32) bool { return least > 0 })
	add(Minimums, wants)
	add(HardMinimums, wants && p.HardMinimums)
	add(Pins, d.pinned != 0)
	add(Conflicts, slices.Contains(p.Edges.State, match.Forbidden))
	add(Ties, d.hasTies())
	add(Purposes, len(p.Purposes) > 0)
	add(ZeroCaps, slices.Contains(p.Max, 0))
	add(Drawn, p.Lottery.Mentees != nil)
	add(ManyGoals, len(p.Goals) > 8)
	for i := range p.Goals {
		g := &p.Goals[i]
		add(CountPairs, g.Pairs)
		add(CountColumn, g.Column != "" && g.Band == nil)
		add(CountBand, g.Band != nil)
		add(CountMinimums, g.Minimums)
		add(CountLottery, g.Lottery > 0)
		add(Minimise, g.Minimise)
		counts := d.count(g)
		add(Negative, slices.ContainsFunc(counts.edge, func(worth int64) bool { return worth < 0 }))
		for _, worths := range append(counts.unit, counts.edge) {
			add(Great, slices.ContainsFunc(worths, func(worth int64) bool { return max(worth, -worth) > 1<<28 }))
		}
		for _, r := range g.Units {
			inClass := slices.ContainsFunc(r.Caps, func(c int32) bool { return int(c) >= totals })
			add(CountClasses, inClass)
			add(CountUnits, !inClass)
		}
	}
	return f
}

func (d *definition) hasTies() bool {
	ranks := [...][]int32{d.p.Edges.MenteeRank, d.p.Edges.MentorRank}
	for s, people := range d.prefers {
		for _, list := range people {
			for i := 1; i < len(list); i++ {
				if ranks[s] == nil || ranks[s][list[i-1]] == ranks[s][list[i]] {
					return true
				}
			}
		}
	}
	return false
}

// A Coverage counts which features were seen together.
type Coverage struct {
	mu       sync.Mutex
	possible Features
	problems int
	together int
	pairs    [numFeatures][numFeatures]int
}

// NewCoverage counts pairs of the given features.
func NewCoverage(possible Features) *Coverage { return &Coverage{possible: possible} }

// Add counts one problem.
func (c *Coverage) Add(f Features) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.problems++
	if f.Has(Together) {
		c.together++
	}
	for rest := f; rest != 0; rest &= rest - 1 {
		for also := f; also != 0; also &= also - 1 {
			c.pairs[bits.TrailingZeros32(uint32(rest))][bits.TrailingZeros32(uint32(also))]++
		}
	}
}

// Together is the number of problems that had all of [Together].
func (c *Coverage) Together() int { return c.together }

// Missing names the pairs of features that no problem had.
func (c *Coverage) Missing() []string {
	var missing []string
	c.eachPair(func(i, j int) {
		if c.pairs[i][j] == 0 {
			missing = append(missing, featureNames[i]+"+"+featureNames[j])
		}
	})
	return missing
}

func (c *Coverage) eachPair(tell func(i, j int)) {
	for i := range numFeatures {
		for j := i + 1; j < numFeatures; j++ {
			if c.possible.Has(1<<i | 1<<j) {
				tell(i, j)
			}
		}
	}
}

func (c *Coverage) String() string {
	all, rarest := 0, c.problems
	c.eachPair(func(i, j int) {
		all++
		rarest = min(rarest, c.pairs[i][j])
	})
	return fmt.Sprintf("%d problems, %d of them with %s; %d of %d pairs of features seen, the rarest %d times; not seen: %v",
		c.problems, c.together, Together, all-len(c.Missing()), all, rarest, c.Missing())
}
