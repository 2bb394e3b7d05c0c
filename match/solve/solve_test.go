package solve_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func TestBothEnginesAgreeWithBruteForce(t *testing.T) {
	t.Parallel()
	matchtest.Suite(t, func(ctx context.Context, p *match.Problem) (*match.Certificate, error) {
		return solve.Solve(ctx, p, solve.Options{})
	})
}

// programs are problems of the size of a department, with everything in them.
func programs(seed uint64) map[string]*match.Problem {
	shape := matchtest.Shape{Mentees: 200, Mentors: 60, Demand: 3, Purposes: 2, Classes: true, Conflicts: 20, Pins: 5, Floors: 100, Coarse: seed%2 == 0}
	best := matchtest.Cohort(seed, shape)
	best.Goals = []match.Goal{
		{Name: "minimum", Minimums: true},
		{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
		{Name: "poor", Column: "suitability", Band: &match.Band{From: 0, To: 2999}, Minimise: true},
		{Name: "kept", Column: match.Existing},
		{Name: "suitability", Column: "suitability"},
		{Name: "even", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5, -7, -9, -11}}}},
		{Name: "lottery 1", Lottery: 1},
		{Name: "lottery 2", Lottery: 2},
	}
	hard := *best
	hard.Goals, hard.HardMinimums = best.Goals[1:], true
	shape.Aim = match.StableForMentees
	forMentees := matchtest.Cohort(seed, shape)
	forMentors := *forMentees
	forMentors.Aim = match.StableForMentors
	placing := matchtest.Cohort(seed, matchtest.Shape{
		Aim: match.StableMorePlaced, Mentees: 200, Mentors: 60, Purposes: 2, Conflicts: 20, Pins: 5, Coarse: true,
	})
	return map[string]*match.Problem{"best": best, "hard": &hard, "for mentees": forMentees, "for mentors": &forMentors, "more placed": placing}
}

func TestProgramsWithEverythingInThemPassTheJudge(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		for name, p := range programs(seed) {
			c := solved(t, p)
			if err := match.Check(p, c); err != nil {
				t.Errorf("%s, seed %d: %v", name, seed, err)
			}
			if c.Outcome == match.IsStable && c.Other == nil {
				t.Errorf("%s, seed %d: nothing is said about other stable matchings", name, seed)
			}
		}
	}
}

func TestProgramsOfAnyShapePassTheJudge(t *testing.T) {
	t.Parallel()
	outcomes := map[match.Outcome]int{}
	for seed := range uint64(400) {
		p := anyProgram(seed)
		c := solved(t, p)
		outcomes[c.Outcome]++
		if err := match.Check(p, c); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	t.Log(outcomes)
}

// anyProgram draws the shape of a program, caps that take nothing or want more, and a list of goals in any order.
func anyProgram(seed uint64) *match.Problem {
	r := rand.New(rand.NewPCG(seed, 0))
	p := matchtest.Cohort(seed, matchtest.Shape{
		Aim:     []match.Aim{match.Optimal, match.Optimal, match.StableForMentees, match.StableForMentors}[r.IntN(4)],
		Mentees: 1 + r.IntN(150), Mentors: 1 + r.IntN(80), Candidates: 1 + r.IntN(20), Demand: 1 + r.IntN(4), Places: 1 + r.IntN(8),
		Purposes: r.IntN(4), Classes: r.IntN(3) > 0, Conflicts: r.IntN(200), Pins: r.IntN(2) * r.IntN(200), Floors: r.IntN(2) * 400, Coarse: r.IntN(2) == 0,
	})
	for c := range p.Min {
		if r.IntN(5) == 0 {
			p.Min[c] = r.Int32N(p.Max[c] + 1)
		}
	}
	if !slices.Contains(p.Edges.State, match.Pinned) {
		for c := range p.Max {
			if p.Minimum(c) == 0 && r.IntN(20) == 0 {
				p.Max[c] = 0
			}
		}
	}
	if p.Aim == match.Optimal {
		p.HardMinimums = r.IntN(3) == 0
		all := []match.Goal{
			{Name: "minimum", Minimums: true},
			{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
			{Name: "pairs", Pairs: true},
			{Name: "few", Pairs: true, Minimise: true},
			{Name: "poor", Column: "suitability", Band: &match.Band{From: 0, To: 2999}, Minimise: true},
			{Name: "kept", Column: match.Existing},
			{Name: "suitability", Column: "suitability"},
			{Name: "even", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3, -5, -7, -9, -11, -13, -15}}}},
			{Name: "both", Units: []match.Reward{{Of: "mentees", Units: []int64{4, 2, 1}}, {Of: "mentors", Units: []int64{3, 1, 0, -5, -7, -9, -11, -13}}}},
			{Name: "lottery", Lottery: 1},
		}
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		p.Goals = all[:1+r.IntN(len(all))]
	}
	return p
}

func solved(t *testing.T, p *match.Problem) *match.Certificate {
	t.Helper()
	c, err := solve.Solve(t.Context(), p, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Engine != solve.Engine {
		t.Fatalf("got engine %q, want %q", c.Engine, solve.Engine)
	}
	return c
}

func text(t *testing.T, c *match.Certificate) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNeitherTheOrderOfRowsNorTheProcessorsChangeAByte(t *testing.T) {
	was := runtime.GOMAXPROCS(0)
	t.Cleanup(func() { runtime.GOMAXPROCS(was) })
	for name, p := range programs(1) {
		var want []byte
		for seed := range uint64(4) {
			runtime.GOMAXPROCS(1 + int(seed)%2*7)
			again := rebuilt(t, p, rand.New(rand.NewPCG(seed, 0)))
			if again.Hash() != p.Hash() {
				t.Fatalf("%s: order %d of the rows makes another problem", name, seed)
			}
			got := text(t, solved(t, again))
			if want == nil {
				want = got
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s: order %d of the rows makes another certificate", name, seed)
			}
		}
	}
}

// rebuilt tells a builder all of p in a random order.
func rebuilt(t *testing.T, p *match.Problem, rng *rand.Rand) *match.Problem {
	t.Helper()
	b := match.NewBuilder(p.Aim)
	b.Goals, b.HardMinimums, b.Lottery = p.Goals, p.HardMinimums, p.Lottery
	className := func(c int32) string {
		if p.Parent(c) < 0 {
			return ""
		}
		return p.Classes[int(c)-len(p.Mentees)-len(p.Mentors)].Name
	}
	var rows []func()
	for c := range int32(p.NumCaps()) {
		side, person := p.Owner(c)
		id := [...][]string{p.Mentees, p.Mentors}[side][person]
		most, least := int(p.Max[c]), int(p.Minimum(int(c)))
		if up := p.Parent(c); up >= 0 {
			rows = append(rows, func() { b.Class(side, id, className(c), className(up), most, least) })
		} else {
			rows = append(rows, func() { b.Person(side, id, most, least) })
		}
	}
	e := &p.Edges
	for i := range e.Len() {
		pair := match.Pair{
			Mentee: p.Mentees[e.Mentee[i]], Mentor: p.Mentors[e.Mentor[i]], Purpose: p.PurposeName(i),
			MenteeClass: className(p.Leaf(match.MenteeSide, i)), MentorClass: className(p.Leaf(match.MentorSide, i)),
			MenteeRank: int(e.MenteeRank[i]), MentorRank: int(e.MentorRank[i]), State: p.State(i), Values: map[string]int32{},
		}
		for _, column := range p.Columns {
			pair.Values[column.Name] = column.Values[i]
		}
		rows = append(rows, func() { b.Pair(pair) })
	}
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	for _, tell := range rows {
		tell()
	}
	again, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func TestTheEndOfTheContextEndsTheSearch(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	problems := programs(1)
	problems["doubling"] = matchtest.Doubling(2)
	problems["tiny"] = matchtest.Tiny(1, matchtest.Together)
	for name, p := range problems {
		if c, err := solve.Solve(ended, p, solve.Options{}); !errors.Is(err, context.Canceled) || c != nil {
			t.Errorf("%s: got %v, %v; want no certificate and %v", name, c, err, context.Canceled)
		}
	}
	// In the middle, too, and soon.
	for _, aim := range []match.Aim{match.Optimal, match.StableForMentees} {
		ctx, cancel := context.WithCancel(t.Context())
		p := matchtest.Cohort(1, matchtest.Shape{Aim: aim, Mentees: 20_000})
		var stopped time.Time
		_, err := solve.Solve(ctx, p, solve.Options{Progress: func(done, total int) {
			if done > 0 && stopped.IsZero() {
				stopped = time.Now()
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want %v", aim, err, context.Canceled)
		}
		if late := time.Since(stopped); late > 5*time.Second {
			t.Errorf("%s: ended %v after the context", aim, late)
		}
		cancel()
	}
}

func TestProgressOnlyGrowsAndEndsAtTheTotal(t *testing.T) {
	t.Parallel()
	problems := programs(2)
	problems["many"] = matchtest.Cohort(1, matchtest.Shape{Mentees: 3000})
	problems["nobody"] = &match.Problem{Kind: match.TwoSided, Aim: match.StableForMentees}
	for name, p := range problems {
		calls, last, whole := 0, -1, -1
		c, err := solve.Solve(t.Context(), p, solve.Options{Progress: func(done, total int) {
			if done < last || done > total || calls > 0 && total != whole {
				t.Errorf("%s: from %d of %d to %d of %d", name, last, whole, done, total)
			}
			calls, last, whole = calls+1, done, total
		}})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if calls == 0 || last != whole {
			t.Errorf("%s: ended at %d of %d after %d calls", name, last, whole, calls)
		}
		if name == "many" && calls < 5 {
			t.Errorf("%s: got %d calls, want some on the way", name, calls)
		}
		if silent := solved(t, p); !bytes.Equal(text(t, c), text(t, silent)) {
			t.Errorf("%s: being watched changes the certificate", name)
		}
	}
}

func TestWhatCannotBeSolvedIsRefusedWithAFault(t *testing.T) {
	t.Parallel()
	great := matchtest.Tiny(1, matchtest.CountUnits)
	great.Goals = []match.Goal{{Name: "placed", Units: []match.Reward{{Of: "mentees", Units: []int64{1 << 49}}}}}
	peers := matchtest.Tiny(1, 0)
	peers.Kind = match.OneSided
	// A stable matching leaves the second mentor without anybody, whoever proposes.
	deserted := matchtest.Doubling(1)
	deserted.Max[0], deserted.HardMinimums = 2, true
	deserted.Min = []int32{2, 0}
	for name, test := range map[string]struct {
		p    *match.Problem
		want string
	}{
		"sums that overflow":              {great, "range"},
		"peers":                           {peers, "kind"},
		"a minimum that stability misses": {deserted, "minimum"},
	} {
		c, err := solve.Solve(t.Context(), test.p, solve.Options{})
		var fault *match.Fault
		if !errors.As(err, &fault) || fault.Code != test.want || fault.Text == "" || c != nil {
			t.Errorf("%s: got %v, %v; want a fault with code %q", name, c, err, test.want)
		}
	}
}

func TestBothExtremesOfTheDoublingFamilyAreFound(t *testing.T) {
	t.Parallel()
	for _, n := range []int{16, 64, 256} {
		for _, aim := range []match.Aim{match.StableForMentees, match.StableForMentors} {
			p := matchtest.Doubling(n)
			p.Aim = aim
			c := solved(t, p)
			if err := match.Check(p, c); err != nil {
				t.Errorf("%d people, %s: %v", n, aim, err)
			}
			proposers, others := p.Edges.MenteeRank, p.Edges.MentorRank
			if aim == match.StableForMentors {
				proposers, others = others, proposers
			}
			if len(c.Chosen) != n || c.Unique() || !allFirst(proposers, c.Chosen) || !allFirst(others, c.Other.Chosen) {
				t.Errorf("%d people, %s: want everybody's first choice on either side", n, aim)
			}
		}
	}
}

func allFirst(ranks, chosen []int32) bool {
	return !slices.ContainsFunc(chosen, func(e int32) bool { return ranks[e] != 1 })
}

// The same value comes from a textbook algorithm that shares nothing with the engine: shortest paths by Bellman and
// Ford in the network of all caps, one unit at a time, as long as a unit earns something.
func TestTheBestValueIsThatOfATextbookFlow(t *testing.T) {
	t.Parallel()
	for seed, shape := range []matchtest.Shape{
		{Mentees: 200, Mentors: 60, Demand: 3},
		{Mentees: 120, Mentors: 50, Demand: 3, Purposes: 2, Classes: true, Conflicts: 30},
		{Mentees: 60, Mentors: 200, Candidates: 30, Demand: 4, Coarse: true},
	} {
		p := matchtest.Cohort(uint64(seed), shape)
		p.Goals = []match.Goal{{Name: "suitability", Column: "suitability"}}
		suits := p.Column("suitability")
		for e := range suits {
			suits[e] -= 3000 // so that not every pair is worth forming
		}
		c := solved(t, p)
		if err := match.Check(p, c); err != nil {
			t.Errorf("%+v: %v", shape, err)
		}
		if got, want := c.Values[0], textbookFlow(p, suits); got != want {
			t.Errorf("%+v: got %d, want %d", shape, got, want)
		}
	}
}

// textbookFlow is the greatest sum of worth that a matching of p can have.
func textbookFlow(p *match.Problem, worth []int32) int64 {
	source, sink := p.NumCaps(), p.NumCaps()+1
	var from, to []int
	var room, cost []int64
	arc := func(a, b int, most, worth int64) { // and its way back, at the next place
		from, to = append(from, a, b), append(to, b, a)
		room, cost = append(room, most, 0), append(cost, -worth, worth)
	}
	for c := range p.NumCaps() {
		side, _ := p.Owner(int32(c))
		up := int(p.Parent(int32(c)))
		switch {
		case side == match.MenteeSide && up < 0:
			arc(source, c, int64(p.Max[c]), 0)
		case side == match.MenteeSide:
			arc(up, c, int64(p.Max[c]), 0)
		case up < 0:
			arc(c, sink, int64(p.Max[c]), 0)
		default:
			arc(c, up, int64(p.Max[c]), 0)
		}
	}
	for e := range p.Edges.Len() {
		if p.State(e) == match.Open {
			arc(int(p.Leaf(match.MenteeSide, e)), int(p.Leaf(match.MentorSide, e)), 1, int64(worth[e]))
		}
	}
	const unreached = 1 << 60
	total := int64(0)
	for {
		dist, via := make([]int64, p.NumCaps()+2), make([]int, p.NumCaps()+2)
		for v := range dist {
			dist[v] = unreached
		}
		dist[source] = 0
		for changed := true; changed; {
			changed = false
			for a := range from {
				if d := dist[from[a]] + cost[a]; room[a] > 0 && dist[from[a]] < unreached && d < dist[to[a]] {
					dist[to[a]], via[to[a]], changed = d, a, true
				}
			}
		}
		if dist[sink] >= 0 {
			return total
		}
		total -= dist[sink]
		for v := sink; v != source; v = from[via[v]] {
			room[via[v]]--
			room[via[v]^1]++
		}
	}
}
