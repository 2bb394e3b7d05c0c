package match

import (
	"math"
	"slices"
)

// checkStable says whether the matching is stable and the best stable one for the side that the aim names; and if
// the certificate shows the other side's best one, the same of that.
func checkStable(p *Problem, c *Certificate) error {
	proposers, others := MenteeSide, MentorSide
	if p.Aim == StableForMentors {
		proposers, others = others, proposers
	}
	if p.HardMinimums {
		loads := p.Loads(c.Chosen)
		for cap, load := range loads {
			if load < p.Minimum(cap) {
				return fault("minimum", "%s has %d pairs, and must have %d", p.CapName(int32(cap)), load, p.Minimum(cap))
			}
		}
	}
	if err := checkReplay(p, proposers, c.Chosen, c.Rejected); err != nil {
		return err
	}
	if c.Other == nil {
		return nil
	}
	if _, err := checkMatching(p, c.Other.Chosen); err != nil {
		return err
	}
	return checkReplay(p, others, c.Other.Chosen, c.Other.Rejected)
}

func checkReplay(p *Problem, proposers Side, chosen, rejected []int32) error {
	if err := checkNoBlockingPair(p, chosen); err != nil {
		return err
	}
	return checkBestForProposers(p, proposers, chosen, rejected)
}

// checkNoBlockingPair looks for two people who would both rather have each other. A person would rather have a pair
// that is not chosen if there is room on all its caps, or if the innermost cap without room holds a pair which the
// person likes less: caps are nested, so giving up that one makes room on all of them.
func checkNoBlockingPair(p *Problem, chosen []int32) error {
	isChosen, err := p.mark("chosen", chosen)
	if err != nil {
		return err
	}
	orders := [...]Order{p.Order(MenteeSide), p.Order(MentorSide)}
	loads := p.Loads(chosen)
	worst := make([]int32, p.NumCaps()) // the least liked chosen edge on each cap
	for c := range worst {
		worst[c] = -1
	}
	for _, e := range chosen {
		for s := range orders {
			for c := p.Leaf(Side(s), int(e)); c >= 0; c = p.Parent(c) {
				if worst[c] < 0 || orders[s].Better(worst[c], e) {
					worst[c] = e
				}
			}
		}
	}
	wants := func(s Side, e int32) bool {
		for c := p.Leaf(s, int(e)); c >= 0; c = p.Parent(c) {
			if loads[c] == p.Max[c] {
				return worst[c] >= 0 && orders[s].Better(e, worst[c])
			}
		}
		return true
	}
	for e := range int32(len(isChosen)) {
		if !isChosen[e] && p.State(int(e)) != Forbidden && wants(MenteeSide, e) && wants(MentorSide, e) {
			return fault("blocking", "%s is not chosen, but both would rather have it", p.edgeName(int(e)))
		}
	}
	return nil
}

// never is the time of what never happens.
const never = math.MaxInt32

// checkBestForProposers says whether the refusals prove that no stable matching gives anybody on the proposing side a
// pair which that person likes better than the chosen ones.
//
// The time of a refusal is its place in the list. A pair is *proposed* as soon as its proposer would choose it among
// the pairs not refused by then: refusals of better pairs have made room for it. A refusal is *supported* if, among
// the pairs proposed before it, its receiver can fill a cap of the refused pair with pairs it likes better. Then no
// stable matching holds a refused pair. For suppose one did, and take the earliest refusal with that property. The
// receiver could exchange the refused pair for one of the supporting ones, which it likes better (caps are nested, so
// the exchange exists); and the proposer of that one wants it too, since it chooses it among all pairs not refused
// earlier, and the stable matching has no others. So that pair blocks. Hence nobody can do better than to choose among
// the pairs never refused, and that must be the matching. (Gale, Shapley 1962; for caps, Fleiner 2003.)
func checkBestForProposers(p *Problem, proposers Side, chosen, rejected []int32) error {
	if _, err := p.mark("refused", rejected); err != nil {
		return err
	}
	refused := make([]int32, p.Edges.Len()) // when; never
	for e := range refused {
		refused[e] = never
	}
	for t, e := range rejected {
		refused[e] = int32(t) + 1
	}
	// A proposer's best pairs are out of the way when they are refused: later refusals keep others out for longer.
	proposed := make([]int32, len(refused))
	waits := p.Preferences(proposers)
	waits.sweep(func(e int32) int32 { return -refused[e] }, func(e, soonest int32) {
		proposed[e] = 0
		if soonest != never {
			proposed[e] = -soonest
		}
	})
	// A receiver's best pairs support refusals when they are proposed: earlier proposals support more.
	var bad int32 = -1
	supports := p.Preferences(1 - proposers)
	supports.sweep(func(e int32) int32 { return proposed[e] }, func(e, filled int32) {
		if refused[e] != never && filled >= refused[e] && bad < 0 {
			bad = e
		}
	})
	if bad >= 0 {
		return fault("refusal", "the refusal of %s has no ground", p.edgeName(int(bad)))
	}
	isChosen, err := p.mark("chosen", chosen)
	if err != nil {
		return err
	}
	for e := range refused {
		if p.State(e) != Forbidden && isChosen[e] != (refused[e] == never && proposed[e] != never) {
			return fault("replay", "after the listed refusals %s would end otherwise", p.edgeName(e))
		}
	}
	return nil
}

// Preferences are the edges of each person on one side, best first, without forbidden ones.
type Preferences struct {
	p     *Problem
	side  Side
	Start []int32 // the edges of person i are Edge[Start[i]:Start[i+1]]
	Edge  []int32
}

// Preferences sorts everybody's edges on side s in O(E log d), where d is the most edges of one person.
func (p *Problem) Preferences(s Side) Preferences {
	persons, of := len(p.Mentees), p.Edges.Mentee
	if s == MentorSide {
		persons, of = len(p.Mentors), p.Edges.Mentor
	}
	start := make([]int32, persons+1)
	for e, i := range of {
		if p.State(e) != Forbidden {
			start[i+1]++
		}
	}
	for i := range persons {
		start[i+1] += start[i]
	}
	order := p.Order(s)
	// Sorting whole numbers is faster than calling Better: rank above, edge below; Better then decides equal ranks.
	keys := make([]uint64, start[persons])
	next := slices.Clone(start)
	for e, i := range of {
		if p.State(e) == Forbidden {
			continue
		}
		rank := uint64(1)
		if p.State(e) == Pinned {
			rank = 0
		} else if order.rank != nil {
			rank = uint64(order.rank[e])
		}
		keys[next[i]] = rank<<32 | uint64(e)
		next[i]++
	}
	list := make([]int32, len(keys))
	for i := range persons {
		own := list[start[i]:start[i+1]]
		ownKeys := keys[start[i]:start[i+1]]
		slices.Sort(ownKeys)
		for a := 0; a < len(own); {
			b := a
			for ; b < len(own) && ownKeys[b]>>32 == ownKeys[a]>>32; b++ {
				own[b] = int32(uint32(ownKeys[b]))
			}
			if b-a > 1 {
				slices.SortFunc(own[a:b], func(x, y int32) int {
					if order.Better(x, y) {
						return -1
					}
					return 1
				})
			}
			a = b
		}
	}
	return Preferences{p: p, side: s, Start: start, Edge: list}
}

// sweep goes through each person's edges, best first, and tells for each edge e the smallest time t for which the
// better edges of times up to t fill a cap of e; never, if they do not fill any.
//
// It keeps the basis of the better edges, taken by earliest time: nested caps form a matroid, so this greedy choice
// fills every cap as early as any choice does. An edge that a full cap keeps out takes the place of the latest edge on
// the innermost such cap, if that one is later.
func (f *Preferences) sweep(time func(e int32) int32, tell func(e, filled int32)) {
	p := f.p
	var basis []int32 // sorted by time
	onCap := make([]int32, p.NumCaps())
	// latest is the place in the basis of the last edge on cap c.
	latest := func(c int32) int {
		at := len(basis) - 1
		for p.Parent(c) >= 0 && !p.counts(f.side, basis[at], c) {
			at--
		}
		return at
	}
	for i := range len(f.Start) - 1 {
		for _, e := range f.Edge[f.Start[i]:f.Start[i+1]] {
			filled, out := int32(never), -1
			room := true
			for c := p.Leaf(f.side, int(e)); c >= 0; c = p.Parent(c) {
				if onCap[c] < p.Max[c] {
					continue
				}
				room = false
				if onCap[c] == 0 { // a cap of zero is full before time begins
					filled = -never
					break
				}
				at := latest(c)
				if out < 0 {
					out = at
				}
				filled = min(filled, time(basis[at]))
			}
			tell(e, filled)
			if !room {
				if out < 0 || time(basis[out]) <= time(e) {
					continue
				}
				p.count(f.side, onCap, basis[out], -1)
				basis = slices.Delete(basis, out, out+1)
			}
			at := len(basis)
			for at > 0 && time(basis[at-1]) > time(e) {
				at--
			}
			basis = slices.Insert(basis, at, e)
			p.count(f.side, onCap, e, +1)
		}
		for _, e := range basis {
			p.count(f.side, onCap, e, -1)
		}
		basis = basis[:0]
	}
}

// counts says whether edge e counts on cap c of side s.
func (p *Problem) counts(s Side, e, c int32) bool {
	for at := p.Leaf(s, int(e)); at >= 0; at = p.Parent(at) {
		if at == c {
			return true
		}
	}
	return false
}

// count adds by to every cap of edge e on side s.
func (p *Problem) count(s Side, onCap []int32, e, by int32) {
	for c := p.Leaf(s, int(e)); c >= 0; c = p.Parent(c) {
		onCap[c] += by
	}
}
