package solve

import (
	"cmp"
	"context"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// morePlaced finds a weakly stable matching with at least two thirds as many pairs as any, and the cover that bounds what
// any matching has.
func morePlaced(ctx context.Context, p *match.Problem, o Options) (*match.Certificate, error) {
	m := newMeter(ctx, o, len(p.Mentees))
	a := newAsking(p)
	for i := range int32(len(p.Mentees)) {
		if err := m.step(); err != nil {
			return nil, err
		}
		if p.Max[i] > 0 {
			a.place(i)
		}
		m.done++
	}
	chosen := a.chosen()
	if err := meetMinimums(p, chosen); err != nil {
		return nil, err
	}
	if err := m.finish(); err != nil {
		return nil, err
	}
	return &match.Certificate{Engine: Engine, Outcome: match.IsWeaklyStable, Chosen: chosen, Cover: cover(p, chosen)}, nil
}

// An asking is deferred acceptance in which a mentee may ask the same mentor up to three times (Király 2011; in this form
// Csáji, Király, Yokoi 2023):
//
//   - tentatively, going through all whom the mentee ranks alike. A mentor without room lets a tentative mentee go for
//     anybody who asks otherwise, whatever the ranks: the mentee has equals to turn to, who may have room.
//   - firmly, when all of these are full.
//   - urgently, going through the whole list once more after everybody has refused. A mentor who ranks two alike prefers
//     the urgent one: the other may have mentors with room further down, the urgent one has none.
//
// Between equal mentees who ask alike, and among mentors ranked alike, the lottery decides, as [match.Problem.Order] has
// it. What results is the stable matching that is best for mentees in the strict lists of all these requests, so it does
// not depend on who asks first. It takes O(E·c) time, c being the most mentees a mentor takes.
type asking struct {
	p     *match.Problem
	lists [2]rankedLists
	now   []request // per mentee, what to ask next, or what was said yes to
	held  [][]held  // per mentor, best first
}

// rankedLists are the preferences of one side, in which runs of equals are known.
type rankedLists struct {
	match.Preferences
	place []int32 // per edge, where it stands in its person's list
	run   []int32 // per edge, where the run of its equals begins; places in Edge
}

// A request is a mentee's asking for the pair at a place of the mentee's list.
type request struct {
	manner manner
	at     int32
}

type manner uint8

const (
	tentative manner = iota
	firm
	urgent
	refused // by all, in every manner
)

// A held request is one that a mentor has said yes to for now. The smaller its numbers the better it is.
type held struct {
	tentative bool
	run       int32
	urgent    bool
	place     int32
	edge      int32
}

func (h held) compare(other held) int {
	return cmp.Or(
		compareBool(h.tentative, other.tentative), cmp.Compare(h.run, other.run),
		compareBool(other.urgent, h.urgent), cmp.Compare(h.place, other.place),
	)
}

// compareBool puts what is false first.
func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

func newAsking(p *match.Problem) *asking {
	a := &asking{p: p, now: make([]request, len(p.Mentees)), held: make([][]held, len(p.Mentors))}
	a.lists[match.MenteeSide] = newRankedLists(p, match.MenteeSide)
	a.lists[match.MentorSide] = newRankedLists(p, match.MentorSide)
	for i := range a.now {
		a.now[i] = a.inRun(a.lists[match.MenteeSide].Start[i], int32(i))
	}
	return a
}

func newRankedLists(p *match.Problem, s match.Side) rankedLists {
	l := rankedLists{Preferences: p.Preferences(s), place: make([]int32, p.Edges.Len()), run: make([]int32, p.Edges.Len())}
	rank := ranks(p, s)
	equal := func(e, f int32) bool {
		return p.State(int(e)) == p.State(int(f)) && (rank == nil || rank[e] == rank[f]) // no forbidden ones are listed
	}
	for i := range len(l.Start) - 1 {
		run := l.Start[i]
		for at := l.Start[i]; at < l.Start[i+1]; at++ {
			if !equal(l.Edge[at], l.Edge[run]) {
				run = at
			}
			l.place[l.Edge[at]], l.run[l.Edge[at]] = at, run
		}
	}
	return l
}

// place lets mentee i ask until somebody has room, and then whoever had to make way, and so on.
func (a *asking) place(i int32) {
	for i >= 0 {
		r := a.now[i]
		if r.manner == refused {
			return
		}
		gone := a.ask(r)
		i = -1
		if gone >= 0 {
			i = a.p.Edges.Mentee[gone]
			a.now[i] = a.after(a.now[i], i)
		}
	}
}

// ask makes a request and returns the edge that has to go for it, or its own, or -1.
func (a *asking) ask(r request) int32 {
	e := a.lists[match.MenteeSide].Edge[r.at]
	mentor := a.p.Edges.Mentor[e]
	theirs := &a.lists[match.MentorSide]
	own := a.held[mentor]
	most := int(a.p.Max[total(a.p, match.MentorSide, mentor)])
	one := held{tentative: r.manner == tentative, run: theirs.run[e], urgent: r.manner == urgent, place: theirs.place[e], edge: e}
	at, _ := slices.BinarySearchFunc(own, one, held.compare)
	if at == most {
		return e
	}
	gone := int32(-1)
	if len(own) == most {
		gone = own[most-1].edge
		own = own[:most-1]
	}
	a.held[mentor] = slices.Insert(own, at, one)
	return gone
}

// after is what mentee i asks when request r was refused.
func (a *asking) after(r request, i int32) request {
	list := &a.lists[match.MenteeSide]
	begin, end := list.Start[i], list.Start[i+1]
	run, next := list.run[list.Edge[r.at]], r.at+1
	switch {
	case r.manner == urgent && next < end:
		return request{urgent, next}
	case r.manner == urgent:
		return request{manner: refused}
	case next < end && list.run[list.Edge[next]] == run:
		return request{r.manner, next}
	case r.manner == tentative:
		return request{firm, run}
	case next < end:
		return a.inRun(next, i)
	}
	return request{urgent, begin}
}

// inRun is the first request for a run of equals of mentee i: a firm one where there is but one, who has no equals to
// turn to.
func (a *asking) inRun(at, i int32) request {
	list := &a.lists[match.MenteeSide]
	switch end := list.Start[i+1]; {
	case at == end:
		return request{manner: refused}
	case at+1 < end && list.run[list.Edge[at+1]] == at:
		return request{tentative, at}
	}
	return request{firm, at}
}

func (a *asking) chosen() []int32 {
	all := newEdgeSet(a.p)
	for _, own := range a.held {
		for _, one := range own {
			all.add(one.edge)
		}
	}
	return all.inOrder()
}
