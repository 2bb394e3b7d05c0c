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
func checkBestForProposers(p *Problem, side Side, chosen, rejected []int32) error {
	if _, err := p.mark("refused", rejected); err != nil {
		return err
	}
	// When each edge was refused and when proposed, if ever.
	refused, sooner := make([]int32, p.Edges.Len()), make([]int32, p.Edges.Len())
	for e := range refused {
		refused[e], sooner[e] = never, -never
	}
	for t, e := range rejected {
		refused[e], sooner[e] = int32(t)+1, -int32(t)-1
	}
	// A proposer's better pairs are in the way until they are refused, so the later ones block for longer. Turning time
	// around asks the question that filled answers.
	proposers, receivers := p.Preferences(side), p.Preferences(1-side)
	proposed := proposers.filled(sooner)
	for e, t := range proposed {
		proposed[e] = 0
		if t != never {
			proposed[e] = -t
		}
	}
	// A receiver's better pairs support refusals once they are proposed.
	for e, t := range receivers.filled(proposed) {
		if refused[e] != never && t >= refused[e] {
			return fault("refusal", "the refusal of %s has no ground", p.edgeName(e))
		}
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

// Preferences lists everybody's edges on side s. It takes O(E) time where a person's ranks are 1, 2, 3 and so on, and
// O(d log d) for a person with ties, gaps or pins among d edges.
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
	list := make([]int32, start[persons])
	next := slices.Clone(start)
	for e, i := range of {
		if p.State(e) != Forbidden {
			list[next[i]] = int32(e)
			next[i]++
		}
	}
	order := p.Order(s)
	var scratch []int32
	for i := range persons {
		own := list[start[i]:start[i+1]]
		scratch = append(scratch[:0], own...)
		if !order.place(scratch, own) {
			slices.SortFunc(own, order.compare)
		}
	}
	return Preferences{p: p, side: s, Start: start, Edge: list}
}

// place puts the edges of one person in their places if their ranks are just 1 to len(edges) and none is pinned. It
// returns false if they are not, leaving the places as they come.
func (o *Order) place(edges, places []int32) bool {
	if o.rank == nil {
		return false
	}
	for at := range places {
		places[at] = -1
	}
	for _, e := range edges {
		at := int(o.rank[e]) - 1
		if at < 0 || at >= len(places) || places[at] >= 0 || o.p.State(int(e)) == Pinned {
			copy(places, edges)
			return false
		}
		places[at] = e
	}
	return true
}

func (o *Order) compare(a, b int32) int {
	switch {
	case a == b:
		return 0
	case o.Better(a, b):
		return -1
	}
	return 1
}

// filled tells for each edge e the smallest time t for which those of the same person's better edges whose times are
// up to t fill a cap of e; never, if they fill none, and -never for edges under a cap that takes nothing.
//
// For each person it keeps a basis of the better edges, taken by earliest time: nested caps form a matroid, so this
// greedy choice fills every cap as early as any choice does. An edge that full caps keep out takes the place of the
// latest edge on the innermost of them, if that one is later.
func (f *Preferences) filled(time []int32) []int32 {
	filled := make([]int32, len(time))
	for e := range filled {
		filled[e] = never
	}
	b := basis{p: f.p, side: f.side, time: time, onCap: make([]int32, f.p.NumCaps())}
	for i := range len(f.Start) - 1 {
		for _, e := range f.Edge[f.Start[i]:f.Start[i+1]] {
			t, out := b.full(e)
			filled[e] = t
			switch {
			case time[e] == never: // it never comes, so it fills nothing
			case t == never:
				b.put(e)
			case t != -never && time[e] < time[b.edges[out]]:
				b.take(out)
				b.put(e)
			}
		}
		b.clear()
	}
	return filled
}

// A basis is a set of one person's edges that fits all caps.
type basis struct {
	p     *Problem
	side  Side
	time  []int32
	edges []int32 // by time
	onCap []int32 // how many of them are on each cap
}

// full finds the caps of edge e that are full: the earliest time at which one was, and the place of the latest edge on
// the innermost of them. It returns never if none is full.
func (b *basis) full(e int32) (t int32, innermost int) {
	t, innermost = never, -1
	for c := b.p.Leaf(b.side, int(e)); c >= 0; c = b.p.Parent(c) {
		if b.onCap[c] < b.p.Max[c] {
			continue
		}
		if b.onCap[c] == 0 {
			return -never, -1
		}
		at := len(b.edges) - 1
		for b.p.Parent(c) >= 0 && !b.p.counts(b.side, b.edges[at], c) {
			at--
		}
		if innermost < 0 {
			innermost = at
		}
		t = min(t, b.time[b.edges[at]])
	}
	return t, innermost
}

func (b *basis) put(e int32) {
	at := len(b.edges)
	b.edges = append(b.edges, e)
	for ; at > 0 && b.time[b.edges[at-1]] > b.time[e]; at-- {
		b.edges[at] = b.edges[at-1]
	}
	b.edges[at] = e
	b.p.count(b.side, b.onCap, e, +1)
}

func (b *basis) take(at int) {
	b.p.count(b.side, b.onCap, b.edges[at], -1)
	b.edges = append(b.edges[:at], b.edges[at+1:]...)
}

func (b *basis) clear() {
	for _, e := range b.edges {
		b.p.count(b.side, b.onCap, e, -1)
	}
	b.edges = b.edges[:0]
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
