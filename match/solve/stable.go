package solve

import (
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// stable finds the stable matching that is best for the side of p's aim, and the one that is best for the other side,
// so that the certificate also tells whether there is more than one.
func stable(ctx context.Context, p *match.Problem, o Options) (*match.Certificate, error) {
	first := match.MenteeSide
	if p.Aim == match.StableForMentors {
		first = match.MentorSide
	}
	m := newMeter(ctx, o, len(p.Mentees)+len(p.Mentors))
	best, err := propose(p, first, m)
	if err != nil {
		return nil, err
	}
	other, err := propose(p, 1-first, m)
	if err != nil {
		return nil, err
	}
	if p.HardMinimums {
		for c, load := range p.Loads(best.Chosen) {
			if load < p.Minimum(c) {
				return nil, &match.Fault{Code: "minimum", Text: "the stable matching gives " + p.CapName(int32(c)) +
					" fewer pairs than the minimum, and a stable matching that meets minimums may not exist; make the minimums soft, or aim for " + string(match.Optimal)}
			}
		}
	}
	if err := m.finish(); err != nil {
		return nil, err
	}
	return &match.Certificate{
		Engine: Engine, Outcome: match.IsStable,
		Chosen: best.Chosen, Rejected: best.Rejected, Other: other,
	}, nil
}

// Propose runs deferred acceptance once and returns the stable matching that is best for side s, with the order of
// refusals that proves it. [Solve] runs it for both sides.
func Propose(ctx context.Context, p *match.Problem, s match.Side) (*match.Replay, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return propose(p, s, newMeter(ctx, Options{}, 0))
}

// propose is deferred acceptance (Gale, Shapley 1962) where both sides choose greedily, best first, under nested caps
// (Roth 1984 for several partners; Fleiner 2003 for nested caps, which form matroids): everybody proposes the best
// pairs that fit; who is offered too much refuses the worst; who is refused proposes the next best.
//
// It takes O(E·(c+D)) time, where c is the greatest number of pairs a receiver holds and D the depth of the caps;
// proposers with classes look through their list again after a refusal.
func propose(p *match.Problem, s match.Side, m *meter) (*match.Replay, error) {
	from, to := newProposers(p, s), newReceivers(p, 1-s)
	var rejected []int32
	var again []int32 // refused edges whose proposers have not proposed anew yet
	for i := range len(from.Start) - 1 {
		if err := m.step(); err != nil {
			return nil, err
		}
		for e := from.first(int32(i)); e >= 0; e = from.first(int32(i)) {
			again = append(again, to.offer(e))
			for len(again) > 0 {
				out := again[len(again)-1]
				again = again[:len(again)-1]
				if out < 0 {
					continue
				}
				rejected = append(rejected, out)
				if next := from.refused(out); next >= 0 {
					again = append(again, to.offer(next))
				}
			}
		}
		m.done++
	}
	return &match.Replay{Chosen: to.chosen(), Rejected: rejected}, nil
}

// proposers go down their lists.
type proposers struct {
	match.Preferences
	p      *match.Problem
	side   match.Side
	person []int32
	next   []int32 // per person, the place in the list after the last edge looked at
	room   []int32 // per person without classes, how many more to propose; unused with classes

	// With classes a pair passed over may fit later, so the list is gone through again from its start.
	classes bool
	onCap   []int32
	tried   []bool // per edge, whether it was proposed
}

func newProposers(p *match.Problem, s match.Side) *proposers {
	f := &proposers{Preferences: p.Preferences(s), p: p, side: s, person: people(p, s), classes: len(p.Classes) > 0}
	persons := len(f.Start) - 1
	f.next = slices.Clone(f.Start[:persons])
	f.room = make([]int32, persons)
	for i := range f.room {
		f.room[i] = p.Max[total(p, s, int32(i))]
	}
	if f.classes {
		f.onCap = make([]int32, p.NumCaps())
		f.tried = make([]bool, p.Edges.Len())
	}
	return f
}

// first is the next edge that person i proposes without having been refused, or -1.
func (f *proposers) first(i int32) int32 {
	if f.classes {
		return f.fitting(i)
	}
	if f.room[i] == 0 || f.next[i] == f.Start[i+1] {
		return -1
	}
	f.room[i]--
	f.next[i]++
	return f.Edge[f.next[i]-1]
}

// refused is the edge that is proposed in place of e, or -1.
func (f *proposers) refused(e int32) int32 {
	i := f.person[e]
	if f.classes {
		for c := f.p.Leaf(f.side, int(e)); c >= 0; c = f.p.Parent(c) {
			f.onCap[c]--
		}
		return f.fitting(i)
	}
	if f.next[i] == f.Start[i+1] {
		return -1
	}
	f.next[i]++
	return f.Edge[f.next[i]-1]
}

// fitting is the best edge of person i that is not proposed yet and fits all caps.
func (f *proposers) fitting(i int32) int32 {
next:
	for _, e := range f.Edge[f.Start[i]:f.Start[i+1]] {
		if f.tried[e] {
			continue
		}
		for c := f.p.Leaf(f.side, int(e)); c >= 0; c = f.p.Parent(c) {
			if f.onCap[c] == f.p.Max[c] {
				continue next
			}
		}
		for c := f.p.Leaf(f.side, int(e)); c >= 0; c = f.p.Parent(c) {
			f.onCap[c]++
		}
		f.tried[e] = true
		return e
	}
	return -1
}

// receivers hold the best of what they were offered.
type receivers struct {
	p       *match.Problem
	side    match.Side
	order   match.Order
	rank    []int32
	person  []int32
	hands   []hand // per person
	held    []holding
	classes bool
	onCap   []int32
}

// A hand is what a person holds: held[start:start+count], best first, and at most limit.
type hand struct{ start, count, limit int32 }

// A holding is a held edge with its rank, which decides most comparisons without looking further.
type holding struct{ rank, edge int32 }

func newReceivers(p *match.Problem, s match.Side) *receivers {
	r := &receivers{p: p, side: s, order: p.Order(s), person: people(p, s), classes: len(p.Classes) > 0}
	r.rank = p.Edges.MenteeRank
	persons := len(p.Mentees)
	if s == match.MentorSide {
		r.rank = p.Edges.MentorRank
		persons = len(p.Mentors)
	}
	offers := make([]int32, persons)
	for _, i := range r.person {
		offers[i]++
	}
	r.hands = make([]hand, persons)
	places := int32(0)
	for i := range r.hands {
		r.hands[i] = hand{start: places, limit: min(offers[i], p.Max[total(p, s, int32(i))])}
		places += r.hands[i].limit
	}
	r.held = make([]holding, places)
	if r.classes {
		r.onCap = make([]int32, p.NumCaps())
	}
	return r
}

func (r *receivers) holding(e int32) holding {
	if r.p.State(int(e)) == match.Pinned {
		return holding{0, e}
	}
	if r.rank == nil {
		return holding{1, e}
	}
	return holding{r.rank[e], e}
}

func (r *receivers) better(a, b holding) bool {
	if a.rank != b.rank {
		return a.rank < b.rank
	}
	return r.order.Better(a.edge, b.edge)
}

// offer gives edge e to its receiver, who returns the edge that has to go: another one, e itself, or -1 for none.
func (r *receivers) offer(e int32) int32 {
	h := &r.hands[r.person[e]]
	own := r.held[h.start : h.start+h.count]
	offered := r.holding(e)
	out, full := len(own)-1, h.count == h.limit
	if r.classes {
		out, full = r.worst(own, e)
	}
	if full {
		if out < 0 || !r.better(offered, own[out]) {
			return e
		}
		gone := own[out].edge
		if r.classes {
			r.add(gone, -1)
			r.add(e, +1)
		}
		for ; out > 0 && r.better(offered, own[out-1]); out-- {
			own[out] = own[out-1]
		}
		own[out] = offered
		return gone
	}
	if r.classes {
		r.add(e, +1)
	}
	h.count++
	own = own[:len(own)+1]
	at := len(own) - 1
	for ; at > 0 && r.better(offered, own[at-1]); at-- {
		own[at] = own[at-1]
	}
	own[at] = offered
	return -1
}

// worst says whether a cap of edge e is full, and which held edge would have to go for it: the worst one on the
// innermost full cap, or -1 if that cap takes none.
func (r *receivers) worst(own []holding, e int32) (out int, full bool) {
	for c := r.p.Leaf(r.side, int(e)); c >= 0; c = r.p.Parent(c) {
		if r.onCap[c] < r.p.Max[c] {
			continue
		}
		for out = len(own) - 1; out >= 0 && !r.on(own[out].edge, c); out-- {
		}
		return out, true
	}
	return -1, false
}

func (r *receivers) on(e, c int32) bool {
	for at := r.p.Leaf(r.side, int(e)); at >= 0; at = r.p.Parent(at) {
		if at == c {
			return true
		}
	}
	return false
}

func (r *receivers) add(e, by int32) {
	for c := r.p.Leaf(r.side, int(e)); c >= 0; c = r.p.Parent(c) {
		r.onCap[c] += by
	}
}

// chosen lists all edges that are held.
func (r *receivers) chosen() []int32 {
	var all []int32
	for _, h := range r.hands {
		for _, one := range r.held[h.start : h.start+h.count] {
			all = append(all, one.edge)
		}
	}
	slices.Sort(all)
	return all
}

func people(p *match.Problem, s match.Side) []int32 {
	if s == match.MenteeSide {
		return p.Edges.Mentee
	}
	return p.Edges.Mentor
}

// total is the cap of everything that person i on side s takes.
func total(p *match.Problem, s match.Side, i int32) int32 {
	if s == match.MentorSide {
		return int32(len(p.Mentees)) + i
	}
	return i
}
