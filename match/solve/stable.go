package solve

import (
	"context"

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
	if err := meetMinimums(p, best.Chosen); err != nil {
		return nil, err
	}
	if err := m.finish(); err != nil {
		return nil, err
	}
	return &match.Certificate{
		Engine: Engine, Outcome: match.IsStable,
		Chosen: best.Chosen, Rejected: best.Rejected, Other: other,
	}, nil
}

// meetMinimums refuses a stable matching that misses hard minimums.
func meetMinimums(p *match.Problem, chosen []int32) error {
	if !p.HardMinimums {
		return nil
	}
	for c, load := range p.Loads(chosen) {
		if load < p.Minimum(c) {
			return &match.Fault{Code: "minimum", Text: "the stable matching gives " + p.CapName(int32(c)) +
				" fewer pairs than the minimum, and a stable matching that meets minimums may not exist; make the minimums soft, or aim for " + string(match.Optimal)}
		}
	}
	return nil
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
	for i := range int32(len(from.list)) {
		if err := m.step(); err != nil {
			return nil, err
		}
		for made, ok := from.first(i); ok; made, ok = from.first(i) {
			for refused := to.offer(made); refused.edge >= 0; {
				rejected = append(rejected, refused.edge)
				next, ok := from.instead(refused)
				if !ok {
					break
				}
				refused = to.offer(next)
			}
		}
		m.done++
	}
	return &match.Replay{Chosen: to.chosen(), Rejected: rejected}, nil
}

// A proposal is an edge as the receiver sees it: with its rank, which decides most comparisons without looking
// further.
type proposal struct {
	listed
	from int32
}

// listed is an edge as it stands in a proposer's list.
type listed struct{ rank, edge, to int32 }

// none is the proposal that is refused when nobody is.
var none = proposal{listed: listed{edge: -1}}

// proposers go down their lists.
type proposers struct {
	p    *match.Problem
	side match.Side
	made []listed // everybody's list, best first, one after the other
	list []span   // per person

	// With classes a pair passed over may fit later, so the list is gone through again from its start.
	classes bool
	start   []int32
	onCap   []int32
	tried   []bool // per place in made
}

// A span is the part of a person's list that is left, and how many more the person wants.
type span struct{ next, end, room int32 }

func newProposers(p *match.Problem, s match.Side) *proposers {
	lists := p.Preferences(s)
	f := &proposers{p: p, side: s, start: lists.Start, classes: len(p.Classes) > 0}
	f.list = make([]span, len(lists.Start)-1)
	f.made = make([]listed, len(lists.Edge))
	to, rank := people(p, 1-s), ranks(p, 1-s)
	for i := range f.list {
		f.list[i] = span{lists.Start[i], lists.Start[i+1], p.Max[total(p, s, int32(i))]}
		for at := lists.Start[i]; at < lists.Start[i+1]; at++ {
			e := lists.Edge[at]
			made := listed{rank: 1, edge: e, to: to[e]}
			if p.State(int(e)) == match.Pinned {
				made.rank = 0
			} else if rank != nil {
				made.rank = rank[e]
			}
			f.made[at] = made
		}
	}
	if f.classes {
		f.onCap = make([]int32, p.NumCaps())
		f.tried = make([]bool, len(f.made))
	}
	return f
}

// first is the next that person i proposes without having been refused.
func (f *proposers) first(i int32) (proposal, bool) {
	own := &f.list[i]
	if f.classes {
		return f.fitting(i)
	}
	if own.room == 0 || own.next == own.end {
		return none, false
	}
	own.room--
	own.next++
	return proposal{f.made[own.next-1], i}, true
}

// instead is what is proposed in place of a refused proposal.
func (f *proposers) instead(refused proposal) (proposal, bool) {
	if f.classes {
		for c := f.p.Leaf(f.side, int(refused.edge)); c >= 0; c = f.p.Parent(c) {
			f.onCap[c]--
		}
		return f.fitting(refused.from)
	}
	own := &f.list[refused.from]
	if own.next == own.end {
		return none, false
	}
	own.next++
	return proposal{f.made[own.next-1], refused.from}, true
}

// fitting is the best that person i has not proposed yet and that fits all caps.
func (f *proposers) fitting(i int32) (proposal, bool) {
next:
	for at := f.start[i]; at < f.start[i+1]; at++ {
		if f.tried[at] {
			continue
		}
		leaf := f.p.Leaf(f.side, int(f.made[at].edge))
		for c := leaf; c >= 0; c = f.p.Parent(c) {
			if f.onCap[c] == f.p.Max[c] {
				continue next
			}
		}
		for c := leaf; c >= 0; c = f.p.Parent(c) {
			f.onCap[c]++
		}
		f.tried[at] = true
		return proposal{f.made[at], i}, true
	}
	return none, false
}

// receivers hold the best of what they were offered.
type receivers struct {
	p       *match.Problem
	side    match.Side
	order   match.Order
	hands   []hand // per person
	held    []proposal
	classes bool
	onCap   []int32
}

// A hand is what a person holds: held[start:start+count], best first, and at most limit. The worst rank in a full hand
// stands here too, since most proposals fail on it.
type hand struct{ start, count, limit, worst int32 }

func newReceivers(p *match.Problem, s match.Side) *receivers {
	r := &receivers{p: p, side: s, order: p.Order(s), classes: len(p.Classes) > 0}
	persons := len(p.Mentees)
	if s == match.MentorSide {
		persons = len(p.Mentors)
	}
	offers := make([]int32, persons)
	for _, i := range people(p, s) {
		offers[i]++
	}
	r.hands = make([]hand, persons)
	places := int32(0)
	for i := range r.hands {
		r.hands[i] = hand{start: places, limit: min(offers[i], p.Max[total(p, s, int32(i))])}
		places += r.hands[i].limit
	}
	r.held = make([]proposal, places)
	if r.classes {
		r.onCap = make([]int32, p.NumCaps())
	}
	return r
}

func (r *receivers) better(a, b proposal) bool {
	if a.rank != b.rank {
		return a.rank < b.rank
	}
	return r.order.Better(a.edge, b.edge)
}

// offer makes a proposal to its receiver, who returns what has to go: another one, the same, or none.
func (r *receivers) offer(made proposal) proposal {
	h := &r.hands[made.to]
	if h.count == h.limit && made.rank > h.worst {
		return made
	}
	own := r.held[h.start : h.start+h.count]
	out, full := len(own)-1, h.count == h.limit
	if r.classes {
		out, full = r.worst(own, made.edge)
	}
	gone := none
	if full {
		if out < 0 || !r.better(made, own[out]) {
			return made
		}
		gone = own[out]
		if r.classes {
			r.add(gone.edge, -1)
		}
	} else {
		h.count++
		out = len(own)
		own = own[:out+1]
	}
	if r.classes {
		r.add(made.edge, +1)
	}
	for ; out > 0 && r.better(made, own[out-1]); out-- {
		own[out] = own[out-1]
	}
	own[out] = made
	if h.count == h.limit {
		h.worst = own[len(own)-1].rank
	}
	return gone
}

// worst says whether a cap of edge e is full, and which held edge would have to go for it: the worst one on the
// innermost full cap, or -1 if that cap takes none.
func (r *receivers) worst(own []proposal, e int32) (out int, full bool) {
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
	all := newEdgeSet(r.p)
	for _, h := range r.hands {
		for _, one := range r.held[h.start : h.start+h.count] {
			all.add(one.edge)
		}
	}
	return all.inOrder()
}

func people(p *match.Problem, s match.Side) []int32 {
	if s == match.MenteeSide {
		return p.Edges.Mentee
	}
	return p.Edges.Mentor
}

// ranks are the ranks that people on side s give to edges; nil when all are tied.
func ranks(p *match.Problem, s match.Side) []int32 {
	if s == match.MenteeSide {
		return p.Edges.MenteeRank
	}
	return p.Edges.MentorRank
}

// total is the cap of everything that person i on side s takes.
func total(p *match.Problem, s match.Side, i int32) int32 {
	if s == match.MentorSide {
		return int32(len(p.Mentees)) + i
	}
	return i
}
