package match

// Unique says whether the matching of an accepted optimal certificate is the only one that counts as much in every
// goal. If not, it names an edge that another such matching has otherwise: chosen here and not there, or the reverse.
// Whether a stable matching is the only one is a claim of its certificate, see [Certificate.Unique].
//
// Prices that prove one optimal matching prove all of them: each keeps to the pairs with residual zero and to the units
// that cost nothing either way. Two optimal matchings differ by cycles of such changes, so the matching is the only one
// if and only if no cycle of free changes leads across an edge. Strongly connected components tell in O(E·D) time for
// caps of depth D (Tarjan 1972).
func Unique(p *Problem, c *Certificate) (unique bool, other int32) {
	free := newFreeMoves(p, c)
	component := free.components()
	for e := range free.edges {
		if free.edges[e] && component[free.from(e)] == component[free.to(e)] {
			return false, int32(e)
		}
	}
	return true, -1
}

// freeMoves are the changes to a matching that change no goal, as arcs between the caps and the ground, which all
// totals touch. Pairs flow from the ground through the mentees' caps to the mentors' caps and back to the ground; an
// arc leads the way of a pair that may be added, and against that of a pair that may be taken back.
type freeMoves struct {
	p      *Problem
	edges  []bool // whether the edge may be added or dropped
	chosen []bool
	start  []int32 // arcs[start[v]:start[v+1]] are the nodes that node v leads to
	arcs   []int32
}

func newFreeMoves(p *Problem, c *Certificate) *freeMoves {
	f := &freeMoves{p: p, edges: make([]bool, p.Edges.Len()), chosen: make([]bool, p.Edges.Len())}
	for _, e := range c.Chosen {
		f.chosen[e] = true
	}
	signs := newSigns(p, p.Loads(c.Chosen))
	ladder := p.Ladder()
	for k := range c.Prices {
		worth := p.Worth(&ladder[k])
		signs.compare(&worth, c.Prices[k], p.sums(c.Prices[k]))
	}
	ground := int32(p.NumCaps())
	f.start = make([]int32, ground+2)
	// Twice over the same moves: first to count them, then to write them down.
	var put func(from, to int32)
	moves := func() {
		for e, sign := range signs.pairs {
			if f.edges[e] = sign == 0 && p.State(e) == Open; f.edges[e] {
				put(f.from(e), f.to(e))
			}
		}
		for v := range ground {
			up := p.Parent(v)
			if up < 0 {
				up = ground
			}
			into, out := up, v // the way of a pair
			if side, _ := p.Owner(v); side == MentorSide {
				into, out = v, up
			}
			if signs.loads[v] < p.Max[v] && signs.next[v] == 0 {
				put(into, out)
			}
			if signs.loads[v] > 0 && signs.last[v] == 0 {
				put(out, into)
			}
		}
	}
	put = func(from, _ int32) { f.start[from+1]++ }
	moves()
	for v := range ground + 1 {
		f.start[v+1] += f.start[v]
	}
	f.arcs = make([]int32, f.start[ground+1])
	next := append([]int32(nil), f.start...)
	put = func(from, to int32) {
		f.arcs[next[from]] = to
		next[from]++
	}
	moves()
	return f
}

// from is where the move of edge e begins: at the mentee's cap if it may be added, else at the mentor's.
func (f *freeMoves) from(e int) int32 {
	if f.chosen[e] {
		return f.p.Leaf(MentorSide, e)
	}
	return f.p.Leaf(MenteeSide, e)
}

func (f *freeMoves) to(e int) int32 {
	if f.chosen[e] {
		return f.p.Leaf(MenteeSide, e)
	}
	return f.p.Leaf(MentorSide, e)
}

// components numbers the strongly connected components and returns each node's. It is Tarjan's algorithm with a stack
// of its own, since a path may be as long as there are people.
func (f *freeMoves) components() []int32 {
	nodes := int32(len(f.start) - 1)
	component := make([]int32, nodes) // 0: not known yet
	order := make([]int32, nodes)     // when a node was first met, from 1; 0: not yet
	low := make([]int32, nodes)       // the earliest node it leads back to
	at := make([]int32, nodes)        // the next arc to follow
	var path, open []int32
	met, found := int32(0), int32(0)
	meet := func(v int32) {
		met++
		order[v], low[v], at[v] = met, met, f.start[v]
		path, open = append(path, v), append(open, v)
	}
	for root := range nodes {
		if order[root] > 0 {
			continue
		}
		meet(root)
		for len(path) > 0 {
			v := path[len(path)-1]
			if at[v] < f.start[v+1] {
				w := f.arcs[at[v]]
				at[v]++
				if order[w] == 0 {
					meet(w)
				} else if component[w] == 0 {
					low[v] = min(low[v], order[w])
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				up := path[len(path)-1]
				low[up] = min(low[up], low[v])
			}
			if low[v] < order[v] {
				continue
			}
			found++
			for done := false; !done; {
				w := open[len(open)-1]
				open = open[:len(open)-1]
				component[w] = found
				done = w == v
			}
		}
	}
	return component
}
