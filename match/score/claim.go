package score

import (
	"cmp"
	"math"
	"slices"
	"sync/atomic"

	"github.com/chiron-mentoring/chiron/match"
)

// Stakes are what pairs outside the lists would be worth, and the prices that they would have to pay. Goals are those
// of the ladder that the prices are for; a goal that counts lots is none of them, since lots tell equals apart and
// nothing else.
type Stakes struct {
	Goals       []match.Goal
	Suitability string           // the column that has it
	Others      map[string]int32 // what every pair outside the lists has in other columns; 0 where none is named

	// Price is the potential of the innermost cap on which a pair would count on a side: for each goal the sum of the
	// prices from the person's total down to the cap. It is nil when a cap without any room keeps the pair out. Several
	// goroutines may ask at a time.
	Price func(side match.Side, pair Pair) []int64
	// Lowest bounds the prices from below, per side and person as numbered here, in the order of the goals.
	Lowest [2][][]int64
}

// A Claim is what can be said of the pairs outside the lists.
type Claim struct {
	// Better are pairs that are worth more than the prices of both people, so that the matching could become better
	// with them: of each mentee the ones worth the most more, by mentee and mentor. If there are none, no pair outside
	// the lists could make the matching better in any goal.
	Better []Pair
	// Level are pairs that are worth just as much as the prices, by mentee and mentor: they make nothing better, and
	// there may be other matchings with them that are as good. Without any there are none.
	Level []Pair
	// Many says that there are level pairs, too many to list.
	Many bool
}

// Bounds of what a claim lists.
const (
	mostBetter = 32      // pairs of each mentee
	mostLooked = 256     // pairs of each mentee that are looked at before those are chosen; the others come next time
	mostLevel  = 500_000 // pairs in all; when there are more, none
)

// Claim looks for pairs outside the lists that could change a matching which the prices prove to be the best one within
// them. The reduced cost of a pair, a vector with a number for each goal, is what the pair is worth less the
// potentials of the caps it counts on; a pair whose vector is less than zero, at the first goal where it is not zero,
// has no part in any best matching.
//
// Nearly all pairs are passed over by two bounds that hold for every goal list in which a greater suitability is never
// worse: a pair outside the lists brings a mentee no more than the last on the mentee's own list, so that only mentors
// matter whose lowest potential leaves something of that; and of these only those whose own worth does. Both are exact.
// Where a greater suitability may be worse, every pair is looked at.
//
// Listed says which pairs are in the problem, at least those of the lists. Open is what the lists were made with.
func (s *Scorer) Claim(lists *Lists, listed func(mentee, mentor int) bool, open Open, stakes *Stakes) *Claim {
	return newClaimant(s, lists, listed, open, stakes).claim(mostLevel)
}

// claim lists so many level pairs, or none if there are more.
func (c *claimant) claim(mostLevel int64) *Claim {
	c.mostLevel = mostLevel
	found := make([]Claim, len(c.mentees))
	inChunks(len(c.mentees), func() func(from, to int) {
		one := c.copy()
		return func(from, to int) {
			for at := from; at < to; at++ {
				found[at] = one.judge(c.mentees[at])
				if c.level.Add(int64(len(found[at].Level))) > c.mostLevel {
					found[at].Level = nil
				}
			}
		}
	})
	all := &Claim{Many: c.level.Load() > c.mostLevel}
	for _, one := range found {
		all.Better = append(all.Better, one.Better...)
		all.Level = append(all.Level, one.Level...)
	}
	if all.Many {
		all.Level = nil // whatever came first is not more than the rest
	}
	for _, list := range [...][]Pair{all.Better, all.Level} {
		slices.SortFunc(list, func(a, b Pair) int {
			return cmp.Or(cmp.Compare(a.Mentee, b.Mentee), cmp.Compare(a.Mentor, b.Mentor), cmp.Compare(a.Purpose, b.Purpose))
		})
	}
	return all
}

// A claimant judges the pairs of one mentee after the other.
type claimant struct {
	*Stakes
	scorer    *Scorer
	lists     *Lists
	listed    func(mentee, mentor int) bool
	search    *search
	mentees   []int32
	prices    [][]int64       // the different lowest potentials of mentors, increasing
	ranked    []int32         // columns by the number of their mentor's lowest potential
	rank      []int32         // per such column, that number
	rising    bool            // a greater suitability is never worse
	level     *atomic.Int64   // pairs found so far,
	mostLevel int64           // and how many matter
	within    map[int32]reach // per worth of a pair, of the mentee at hand
	left      []int64
	pairs     []Pair
}

func newClaimant(s *Scorer, lists *Lists, listed func(int, int) bool, open Open, stakes *Stakes) *claimant {
	k := s.compiled()
	v := newView(k, 0, open[1])
	c := &claimant{Stakes: stakes, scorer: s, lists: lists, listed: listed, search: newSearch(v, 0), mentees: newView(k, 1, open[0]).columns, rising: stakes.rising(), level: &atomic.Int64{}}
	for column := range v.columns {
		c.ranked = append(c.ranked, int32(column))
	}
	lowest := func(column int32) []int64 { return stakes.Lowest[1][v.columns[column]] }
	slices.SortFunc(c.ranked, func(a, b int32) int {
		return cmp.Or(slices.Compare(lowest(a), lowest(b)), cmp.Compare(k.draw[1][v.columns[a]], k.draw[1][v.columns[b]]), cmp.Compare(a, b))
	})
	for _, column := range c.ranked {
		if n := len(c.prices); n == 0 || !slices.Equal(c.prices[n-1], lowest(column)) {
			c.prices = append(c.prices, lowest(column))
		}
		c.rank = append(c.rank, int32(len(c.prices)-1))
	}
	return c
}

func (c *claimant) copy() *claimant {
	one := *c
	one.search, one.within, one.left, one.pairs = newSearch(c.search.view, 0), map[int32]reach{}, nil, nil
	return &one
}

// rising says whether a greater suitability is never worse, in whatever goal.
func (s *Stakes) rising() bool {
	for i := range s.Goals {
		g := &s.Goals[i]
		if g.Column != s.Suitability || g.Column == "" {
			continue
		}
		up, down := g.Band == nil || g.Band.To == math.MaxInt32, g.Band != nil && g.Band.From == math.MinInt32
		if g.Minimise && !down || !g.Minimise && !up {
			return false
		}
	}
	return true
}

// worth writes what a pair outside the lists with this suitability counts in every goal.
func (s *Stakes) worth(suitability int32, to []int64) []int64 {
	to = to[:0]
	for i := range s.Goals {
		g := &s.Goals[i]
		value := int64(0)
		switch {
		case g.Pairs:
			value = 1
		case g.Column != "":
			in := s.Others[g.Column]
			if g.Column == s.Suitability {
				in = suitability
			}
			value = int64(in)
			if g.Band != nil {
				value = 0
				if g.Band.From <= in && in <= g.Band.To {
					value = 1
				}
			}
		}
		if g.Minimise {
			value = -value
		}
		to = append(to, value)
	}
	return to
}

// judge looks at the pairs of a mentee.
func (c *claimant) judge(mentee int32) Claim {
	var found Claim
	most := c.lists.least[mentee]
	if most == barred {
		return found
	}
	clear(c.within)
	end := int32(len(c.prices))
	if c.rising {
		end = c.reach(mentee, most).end
	}
	stop, _ := slices.BinarySearch(c.rank, end)
	many := c.level.Load() > c.mostLevel
	open := c.search.face(mentee)
	var better []overpriced
	for at, column := range c.ranked[:stop] {
		mentor := c.search.columns[column]
		var worth int32 = barred
		switch {
		case c.search.isApart(mentor):
			worth = c.search.scorerSays(mentor)
		case open:
			worth = c.search.value(column)
		}
		if worth == barred || c.rising && !c.reach(mentee, worth).covers(c.rank[at], many) || c.listed(int(mentee), int(mentor)) {
			continue
		}
		excess, level := c.reduced(int(mentee), int(mentor), worth)
		if excess.cost != nil {
			if better = append(better, excess); len(better) == mostLooked {
				break
			}
		}
		found.Level = append(found.Level, level...)
	}
	slices.SortStableFunc(better, func(a, b overpriced) int { return slices.Compare(b.cost, a.cost) })
	for _, one := range better[:min(len(better), mostBetter)] {
		found.Better = append(found.Better, one.pair)
	}
	return found
}

// A reach is how many of the mentors' lowest prices leave a mentee no worse with a pair that is worth so much. The last
// of them may take all that is left.
type reach struct {
	end   int32
	level bool
}

// covers says whether a price is within reach; if level pairs do not matter, whether it leaves something besides.
func (r reach) covers(price int32, butLevel bool) bool {
	return price < r.end && !(butLevel && r.level && price == r.end-1)
}

func (c *claimant) reach(mentee, worth int32) reach {
	r, known := c.within[worth]
	if known {
		return r
	}
	left := c.worth(worth, nil)
	for k, price := range c.Lowest[0][mentee] {
		left[k] -= price
	}
	at, exactly := slices.BinarySearchFunc(c.prices, left, slices.Compare)
	r = reach{int32(at), exactly}
	if exactly {
		r.end++
	}
	c.within[worth] = r
	return r
}

// An overpriced pair is worth more than its prices.
type overpriced struct {
	pair Pair
	cost []int64 // what is left of its worth
}

// reduced says which pairs of two people, for whatever purpose, are worth more than the prices, and which are level.
// Of the former it names the one with the most left.
func (c *claimant) reduced(i, j int, worth int32) (more overpriced, level []Pair) {
	c.pairs = c.scorer.ofWorth(i, j, worth, c.pairs[:0])
	for _, pair := range c.pairs {
		mentee, mentor := c.Price(match.MenteeSide, pair), c.Price(match.MentorSide, pair)
		if mentee == nil || mentor == nil {
			continue
		}
		c.left = c.worth(pair.Suitability, c.left)
		sign := int64(0)
		for k := range c.left {
			c.left[k] -= mentee[k] + mentor[k]
			if sign == 0 {
				sign = c.left[k]
			}
		}
		switch {
		case sign == 0:
			level = append(level, pair)
		case sign > 0 && (more.cost == nil || slices.Compare(c.left, more.cost) > 0):
			more = overpriced{pair, slices.Clone(c.left)}
		}
	}
	return more, level
}

// ofWorth appends what [Scorer.Of] lists for two people whose best pair is worth so much.
func (s *Scorer) ofWorth(i, j int, worth int32, pairs []Pair) []Pair {
	if s.rules.Purposes == nil {
		return append(pairs, Pair{i, j, "", worth})
	}
	best := int32(math.MinInt32)
	for place, purpose := range s.purposes.shared(i, j) {
		points := int32(s.purposePoints(place))
		best = max(best, points)
		pairs = append(pairs, Pair{i, j, purpose, worth + points})
		if !s.rules.Purposes.All {
			break
		}
	}
	for k := range pairs {
		pairs[k].Suitability -= best
	}
	return pairs
}
