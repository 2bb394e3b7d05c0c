package matchtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"iter"
	"math/big"
	"math/bits"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Set is a set of edges, bit e for edge e.
type Set uint64

// Has says whether edge e is in the set.
func (x Set) Has(e int) bool { return x>>e&1 == 1 }

// Len is the number of edges in the set.
func (x Set) Len() int { return bits.OnesCount64(uint64(x)) }

// Edges lists the set in increasing order.
func (x Set) Edges() []int32 {
	list := []int32{}
	for e := range 64 {
		if x.Has(e) {
			list = append(list, int32(e))
		}
	}
	return list
}

// SetOf is the set of the listed edges; numbers that no edge can have are passed over.
func SetOf(edges []int32) Set {
	x := Set(0)
	for _, e := range edges {
		if 0 <= e && e < 64 {
			x |= 1 << e
		}
	}
	return x
}

// All goes through every matching of p: every set of edges that has the pinned ones, none of the forbidden ones, and
// no more on any cap than it takes. The problem has at most 64 edges.
func All(p *match.Problem) iter.Seq[Set] { return define(p).all() }

// An Optimum is what the goals of a problem allow.
type Optimum struct {
	Values     []int64 // per goal of the ladder; only the minimums when Impossible
	Matchings  []Set   // all that reach the values
	Impossible bool    // no matching meets the hard minimums
}

// Best looks at every matching and keeps those with the greatest values, compared goal by goal.
func Best(p *match.Problem) Optimum {
	d := define(p)
	ladder := d.ladder()
	best := d.best(ladder)
	if p.HardMinimums && best.Values[0] < d.wanted() {
		best = d.best(ladder[:1])
		best.Impossible = true
	}
	return best
}

// AllStable looks at every matching and keeps those that no pair blocks. An edge blocks a matching if both its people,
// choosing freely from what they have and that edge, would take the edge.
func AllStable(p *match.Problem) []Set {
	d := define(p)
	var stable []Set
	for x := range d.all() {
		if !slices.ContainsFunc(d.open, func(e int) bool { return !x.Has(e) && d.blocks(x, e) }) {
			stable = append(stable, x)
		}
	}
	return stable
}

// BestFor is the stable matching in which everybody on side s, choosing freely from what they have in it and in any
// other stable matching, would keep what they have; false if there is none.
func BestFor(p *match.Problem, s match.Side, stable []Set) (Set, bool) {
	d := define(p)
	for _, x := range stable {
		if !slices.ContainsFunc(stable, func(y Set) bool { return d.chooseAll(s, x|y) != x }) {
			return x, true
		}
	}
	return 0, false
}

// A definition is a problem laid out for looking things up.
type definition struct {
	p       *match.Problem
	pinned  Set
	open    []int      // the edges that are neither pinned nor forbidden
	onCap   []Set      // per cap, the edges that count on it
	paths   [2][][]int // per side and edge, the caps it counts on
	prefers [2][][]int // per side and person, the edges that are not forbidden, best first
}

func define(p *match.Problem) *definition {
	edges := p.Edges.Len()
	if edges > 64 {
		panic(fmt.Sprintf("looking at every matching needs a problem of at most 64 edges, not %d", edges))
	}
	d := &definition{p: p, onCap: make([]Set, p.NumCaps())}
	people := [2]int{len(p.Mentees), len(p.Mentors)}
	for s := range d.paths {
		d.paths[s] = make([][]int, edges)
		d.prefers[s] = make([][]int, people[s])
	}
	for e := range edges {
		state := match.Open
		if p.Edges.State != nil {
			state = p.Edges.State[e]
		}
		switch state {
		case match.Open:
			d.open = append(d.open, e)
		case match.Pinned:
			d.pinned |= 1 << e
		}
		for s, person := range [2]int32{p.Edges.Mentee[e], p.Edges.Mentor[e]} {
			d.paths[s][e] = pathOf(p, s, e)
			for _, c := range d.paths[s][e] {
				d.onCap[c] |= 1 << e
			}
			if state != match.Forbidden {
				d.prefers[s][person] = append(d.prefers[s][person], e)
			}
		}
	}
	for s := range d.prefers {
		for _, list := range d.prefers[s] {
			slices.SortFunc(list, d.order(s))
		}
	}
	return d
}

// pathOf lists the caps on side s that edge e counts on, from the innermost to the person's total.
func pathOf(p *match.Problem, s, e int) []int {
	total, leaf := int(p.Edges.Mentee[e]), p.Edges.MenteeCap
	if s == int(match.MentorSide) {
		total, leaf = len(p.Mentees)+int(p.Edges.Mentor[e]), p.Edges.MentorCap
	}
	c := total
	if leaf != nil {
		c = int(leaf[e])
	}
	path := []int{c}
	for c != total {
		c = int(p.Classes[c-len(p.Mentees)-len(p.Mentors)].Parent)
		path = append(path, c)
	}
	return path
}

// order compares two edges of one person on side s: pinned first, then by rank, by lottery, by the other person, by
// that person's rank, by number.
func (d *definition) order(s int) func(a, b int) int {
	p := d.p
	ranks, others, otherRanks := p.Edges.MenteeRank, p.Edges.Mentor, p.Edges.MentorRank
	if s == int(match.MentorSide) {
		ranks, others, otherRanks = p.Edges.MentorRank, p.Edges.Mentee, p.Edges.MenteeRank
	}
	key := func(e int) [6]int64 {
		pinned, rank, otherRank := int64(1), int64(0), int64(0)
		if d.pinned.Has(e) {
			pinned = 0
		}
		if ranks != nil {
			rank = int64(ranks[e])
		}
		if otherRanks != nil {
			otherRank = int64(otherRanks[e])
		}
		number := drawn(p.Lottery.Seed, p.Lottery.Mentees, "mentee", p.Mentees, p.Edges.Mentee[e])
		if s == int(match.MenteeSide) {
			number += drawn(p.Lottery.Seed, p.Lottery.Mentors, "mentor", p.Mentors, p.Edges.Mentor[e])
			number %= 1 << 48
		}
		return [6]int64{pinned, rank, number, int64(others[e]), otherRank, int64(e)}
	}
	return func(a, b int) int {
		x, y := key(a), key(b)
		return slices.Compare(x[:], y[:])
	}
}

// drawn is the lottery number of person i: the one given, or the first 48 bits of the HMAC.
func drawn(seed string, given []int64, domain string, ids []string, i int32) int64 {
	if given != nil {
		return given[i]
	}
	if seed == "" {
		return 0
	}
	return slice(seed, 0, 48, domain, ids[i])
}

// slice reads bits from, from+1, ... of the HMAC of the words as a number.
func slice(seed string, from, length uint, words ...string) int64 {
	mac := hmac.New(sha256.New, []byte(seed))
	for _, w := range words {
		mac.Write([]byte(w + "\x00"))
	}
	number := new(big.Int).SetBytes(mac.Sum(nil))
	number.Rsh(number, 256-from-length)
	return number.And(number, big.NewInt(1<<length-1)).Int64()
}

func (d *definition) all() iter.Seq[Set] {
	return func(yield func(Set) bool) {
		if d.fits(d.pinned) {
			d.extend(d.pinned, d.open, yield)
		}
	}
}

// extend yields every matching that consists of x and some of the edges.
func (d *definition) extend(x Set, edges []int, yield func(Set) bool) bool {
	if len(edges) == 0 {
		return yield(x)
	}
	if with := x | 1<<edges[0]; d.hasRoom(x, edges[0]) && !d.extend(with, edges[1:], yield) {
		return false
	}
	return d.extend(x, edges[1:], yield)
}

func (d *definition) load(x Set, c int) int { return (x & d.onCap[c]).Len() }

func (d *definition) fits(x Set) bool {
	for c := range d.onCap {
		if d.load(x, c) > int(d.p.Max[c]) {
			return false
		}
	}
	return true
}

// hasRoom says whether edge e can join x.
func (d *definition) hasRoom(x Set, e int) bool {
	return d.hasRoomOn(match.MenteeSide, x, e) && d.hasRoomOn(match.MentorSide, x, e)
}

func (d *definition) hasRoomOn(s match.Side, x Set, e int) bool {
	for _, c := range d.paths[s][e] {
		if d.load(x, c) >= int(d.p.Max[c]) {
			return false
		}
	}
	return true
}

// choose is what a person takes from the edges on offer: best first, each that still has room on all its caps.
func (d *definition) choose(s match.Side, person int32, offer Set) Set {
	taken := Set(0)
	for _, e := range d.prefers[s][person] {
		if offer.Has(e) && d.hasRoomOn(s, taken, e) {
			taken |= 1 << e
		}
	}
	return taken
}

func (d *definition) chooseAll(s match.Side, offer Set) Set {
	taken := Set(0)
	for person := range d.prefers[s] {
		taken |= d.choose(s, int32(person), offer)
	}
	return taken
}

func (d *definition) blocks(x Set, e int) bool {
	with := x | 1<<e
	return d.choose(match.MenteeSide, d.p.Edges.Mentee[e], with).Has(e) &&
		d.choose(match.MentorSide, d.p.Edges.Mentor[e], with).Has(e)
}

// A count is a goal written out: what each edge counts, and what the first, second, ... unit on each cap counts.
type count struct {
	edge []int64
	unit [][]int64
}

func (d *definition) ladder() []count {
	var ladder []count
	if d.p.HardMinimums {
		ladder = append(ladder, d.count(&match.Goal{Minimums: true}))
	}
	for i := range d.p.Goals {
		ladder = append(ladder, d.count(&d.p.Goals[i]))
	}
	return ladder
}

func (d *definition) count(g *match.Goal) count {
	p := d.p
	n := count{edge: make([]int64, p.Edges.Len()), unit: make([][]int64, p.NumCaps())}
	for e := range n.edge {
		n.edge[e] = worthOf(p, g, e)
		if g.Minimise {
			n.edge[e] = -n.edge[e]
		}
	}
	if g.Minimums && p.Min != nil {
		for c, least := range p.Min {
			n.unit[c] = slices.Repeat([]int64{1}, int(least))
		}
	}
	for _, r := range g.Units {
		for c := range n.unit {
			isMentee, isMentor := c < len(p.Mentees), c >= len(p.Mentees) && c < len(p.Mentees)+len(p.Mentors)
			if r.Of == "mentees" && isMentee || r.Of == "mentors" && isMentor || slices.Contains(r.Caps, int32(c)) {
				n.unit[c] = r.Units
			}
		}
	}
	return n
}

// worthOf is what edge e by itself counts in goal g, before the sign.
func worthOf(p *match.Problem, g *match.Goal, e int) int64 {
	switch {
	case g.Pairs:
		return 1
	case g.Lottery > 0:
		purpose := ""
		if p.Edges.Purpose != nil {
			purpose = p.Purposes[p.Edges.Purpose[e]]
		}
		return slice(p.Lottery.Seed, uint(20*(g.Lottery-1)), 20, "pair", p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]], purpose)
	}
	for _, column := range p.Columns {
		if g.Column == "" || column.Name != g.Column {
			continue
		}
		v := column.Values[e]
		if g.Band == nil {
			return int64(v)
		}
		if g.Band.From <= v && v <= g.Band.To {
			return 1
		}
	}
	return 0
}

// value is what matching x counts.
func (d *definition) value(n *count, x Set) int64 {
	sum := int64(0)
	for e, worth := range n.edge {
		if x.Has(e) {
			sum += worth
		}
	}
	for c, units := range n.unit {
		for _, worth := range units[:min(len(units), d.load(x, c))] {
			sum += worth
		}
	}
	return sum
}

func (d *definition) values(ladder []count, x Set) []int64 {
	values := make([]int64, len(ladder))
	for k := range ladder {
		values[k] = d.value(&ladder[k], x)
	}
	return values
}

func (d *definition) best(ladder []count) Optimum {
	var best Optimum
	for x := range d.all() {
		values := d.values(ladder, x)
		switch slices.Compare(values, best.Values) {
		case 1:
			best = Optimum{Values: values, Matchings: []Set{x}}
		case 0:
			best.Matchings = append(best.Matchings, x)
		}
	}
	return best
}

// wanted is the sum of all minimums.
func (d *definition) wanted() int64 {
	sum := int64(0)
	for _, least := range d.p.Min {
		sum += int64(least)
	}
	return sum
}
