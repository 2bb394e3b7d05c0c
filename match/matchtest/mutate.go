package matchtest

import (
	"bytes"
	"context"
	"iter"
	"math/rand/v2"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Mutant is a certificate that differs from a good one. Most claim what is false; some happen to be good proofs of
// what is true, which is why a checker is not to refuse them all.
type Mutant struct {
	What        string // what was done to it
	Certificate *match.Certificate
}

// Mutants forges certificate c of problem p in every way it knows, once each, where that changes anything. The problem
// must be tiny.
func Mutants(rng *rand.Rand, p *match.Problem, c *match.Certificate) []Mutant {
	f := &forger{Rand: rng, d: define(p), p: p}
	original := write(c)
	var mutants []Mutant
	for _, forgery := range forgeries {
		f.c = clone(c)
		if forgery.forge(f) && !bytes.Equal(write(f.c), original) {
			mutants = append(mutants, Mutant{forgery.what, f.c})
		}
	}
	return mutants
}

// A Forgery is a mutant with its problem, and what match.Check said of it.
type Forgery struct {
	Problem *match.Problem
	Mutant
	Accepted bool
}

// Unchanged is what was done to the good certificates among the forgeries.
const Unchanged = "nothing"

// Forgeries yields n of them, as they are after being written to a file and read again: mutants of good certificates
// of tiny problems, good certificates of problems that were changed afterwards, and, one in thirty or so, the good
// ones themselves.
func Forgeries(seed uint64, n int) iter.Seq[Forgery] {
	return func(yield func(Forgery) bool) {
		for number := seed << 32; n > 0; number++ {
			for _, forgery := range forgeriesOf(number) {
				if !yield(forgery) {
					return
				}
				if n--; n == 0 {
					return
				}
			}
		}
	}
}

// forgeriesOf makes the forgeries that begin with problem number number.
func forgeriesOf(number uint64) []Forgery {
	rng := newRand(number, 1)
	var p *match.Problem
	if number%2 == 0 {
		p = Tiny(number/2, AnyFeatures(number/2, OptimalFeatures))
	} else {
		aim := [...]match.Aim{match.StableForMentees, match.StableForMentors, match.StableMorePlaced}[rng.IntN(3)]
		p = TinyStable(number/2, AnyFeatures(number/2, StableFeatures), aim)
	}
	good, err := Prove(context.Background(), p)
	if err != nil {
		panic(err) // tiny problems are valid
	}
	mutants := append(Mutants(rng, p, good), Mutant{Unchanged, clone(good)})
	twice := mutants[rng.IntN(len(mutants))]
	for _, again := range Mutants(rng, p, twice.Certificate) {
		if rng.IntN(4) == 0 {
			mutants = append(mutants, Mutant{twice.What + ", " + again.What, again.Certificate})
		}
	}
	var all []Forgery
	add := func(p *match.Problem, m Mutant) {
		m.Certificate.Problem = p.Hash() // a forger would see to that
		m.Certificate = rereadCertificate(m.Certificate)
		all = append(all, Forgery{p, m, match.Check(p, m.Certificate) == nil})
	}
	for _, m := range mutants {
		add(p, m)
	}
	for range 4 {
		if other := changed(rng, p); other != nil {
			add(other, Mutant{"another problem", recount(other, good)})
		}
	}
	return all
}

func clone(c *match.Certificate) *match.Certificate {
	d := *c
	d.Chosen, d.Rejected, d.Values, d.Cover = slices.Clone(c.Chosen), slices.Clone(c.Rejected), slices.Clone(c.Values), slices.Clone(c.Cover)
	if c.Prices != nil {
		d.Prices = make([][]int64, len(c.Prices))
		for k := range d.Prices {
			d.Prices[k] = slices.Clone(c.Prices[k])
		}
	}
	if c.Other != nil {
		d.Other = &match.Replay{Chosen: slices.Clone(c.Other.Chosen), Rejected: slices.Clone(c.Other.Rejected)}
	}
	return &d
}

// rereadCertificate is what a certificate is after a file.
func rereadCertificate(c *match.Certificate) *match.Certificate {
	again, err := match.ReadCertificate(bytes.NewReader(write(c)))
	if err != nil {
		panic(err) // whatever is written can be read
	}
	return again
}

// A forger changes its copy c of a good certificate.
type forger struct {
	*rand.Rand
	d *definition
	p *match.Problem
	c *match.Certificate
}

// forgeries are the ways to forge; each says whether there was anything for it to change.
var forgeries = []struct {
	what  string
	forge func(f *forger) bool
}{
	{"a pair dropped", (*forger).dropPair},
	{"a pair added", (*forger).addPair},
	{"a pair swapped for another", func(f *forger) bool { return f.dropPair() && f.addPair() }},
	{"a pair dropped and recounted", func(f *forger) bool { return f.dropPair() && f.recount() }},
	{"a pair added and recounted", func(f *forger) bool { return f.addPair() && f.recount() }},
	{"another matching, recounted", func(f *forger) bool { f.c.Chosen = f.anyMatching(); return f.recount() }},
	{"a matching as good in the first goal, recounted", (*forger).nearlyAsGood},
	{"the pairs out of order", func(f *forger) bool { return f.swap(f.c.Chosen) }},
	{"a pair twice", func(f *forger) bool { return f.twice(&f.c.Chosen) }},
	{"a pair that does not exist", (*forger).inventPair},
	{"another outcome", (*forger).otherOutcome},
	{"only the minimums claimed impossible", (*forger).claimImpossible},
	{"a value changed", (*forger).changeValue},
	{"a value dropped", (*forger).dropValue},
	{"a price changed", func(f *forger) bool { return f.changePrice(1 + f.Int64N(2)) }},
	{"a price lowered", func(f *forger) bool { return f.changePrice(-1 - f.Int64N(2)) }},
	{"a price out of range", func(f *forger) bool { return f.changePrice(1 << (48 + f.IntN(11))) }},
	{"a price dropped", (*forger).dropPrice},
	{"a row of prices dropped", (*forger).dropPrices},
	{"a row of prices made nothing", (*forger).clearPrices},
	{"two rows of prices swapped", (*forger).swapPrices},
	{"prices shifted from one side to the other", (*forger).shiftSides},
	{"a price shifted from a total to its class", (*forger).shiftToClass},
	{"a refusal dropped", func(f *forger) bool { return f.drop(&f.c.Rejected) }},
	{"two refusals swapped", func(f *forger) bool { return f.swap(f.c.Rejected) }},
	{"a refusal added", (*forger).addRefusal},
	{"a refusal twice", func(f *forger) bool { return f.twice(&f.c.Rejected) }},
	{"the refusals backwards", func(f *forger) bool { slices.Reverse(f.c.Rejected); return len(f.c.Rejected) > 1 }},
	{"the refusals shuffled", (*forger).shuffleRefusals},
	{"no refusals", func(f *forger) bool { had := len(f.c.Rejected) > 0; f.c.Rejected = []int32{}; return had }},
	{"a pair refused instead of chosen", (*forger).refuseChosen},
	{"another stable matching with likely refusals", (*forger).otherStable},
	{"the other side's matching in both places", (*forger).bothOther},
	{"the matching in both places", (*forger).bothMain},
	{"the two matchings exchanged", (*forger).exchange},
	{"the other matching dropped", func(f *forger) bool { had := f.c.Other != nil; f.c.Other = nil; return had }},
	{"another matching than the other", (*forger).changeOther},
	{"a refusal of the other dropped", func(f *forger) bool { return f.c.Other != nil && f.drop(&f.c.Other.Rejected) }},
	{"two refusals of the other swapped", func(f *forger) bool { return f.c.Other != nil && f.swap(f.c.Other.Rejected) }},
	{"another weakly stable matching", (*forger).otherWeaklyStable},
	{"a place in the cover dropped", func(f *forger) bool { return f.drop(&f.c.Cover) }},
	{"a place in the cover added", (*forger).addCover},
	{"a place in the cover exchanged", func(f *forger) bool { return f.drop(&f.c.Cover) && f.addCover() }},
	{"a place in the cover twice", func(f *forger) bool { return f.twice(&f.c.Cover) }},
	{"the cover out of order", func(f *forger) bool { return f.swap(f.c.Cover) }},
	{"a place in the cover that does not exist", (*forger).inventCover},
	{"the proof of the other kind", (*forger).otherKind},
}

// edge draws a number of an edge; false if the problem has none.
func (f *forger) edge() (int32, bool) {
	n := f.p.Edges.Len()
	if n == 0 {
		return 0, false
	}
	return f.Int32N(int32(n)), true
}

func (f *forger) drop(list *[]int32) bool {
	if len(*list) == 0 {
		return false
	}
	at := f.IntN(len(*list))
	*list = slices.Delete(*list, at, at+1)
	return true
}

func (f *forger) twice(list *[]int32) bool {
	if len(*list) == 0 {
		return false
	}
	at := f.IntN(len(*list))
	*list = slices.Insert(*list, at, (*list)[at])
	return true
}

func (f *forger) swap(list []int32) bool {
	if len(list) < 2 {
		return false
	}
	at := f.IntN(len(list) - 1)
	list[at], list[at+1] = list[at+1], list[at]
	return true
}

func (f *forger) dropPair() bool { return f.drop(&f.c.Chosen) }

func (f *forger) addPair() bool {
	e, ok := f.edge()
	at, chosen := slices.BinarySearch(f.c.Chosen, e)
	if !ok || chosen {
		return false
	}
	f.c.Chosen = slices.Insert(f.c.Chosen, at, e)
	return true
}

func (f *forger) inventPair() bool {
	if n := int32(f.p.Edges.Len()); f.IntN(2) == 0 {
		f.c.Chosen = append(f.c.Chosen, n+f.Int32N(2))
	} else {
		f.c.Chosen = slices.Insert(f.c.Chosen, 0, -1-f.Int32N(2))
	}
	return true
}

// recount makes the values those of the chosen edges, so that only the prices can tell that they are not the best.
func (f *forger) recount() bool {
	f.c = recount(f.p, f.c)
	return f.c.Values != nil
}

func recount(p *match.Problem, c *match.Certificate) *match.Certificate {
	c = clone(c)
	if c.Values == nil {
		return c
	}
	d := define(p)
	ladder := d.ladder()
	c.Values = d.values(ladder[:min(len(ladder), len(c.Values))], SetOf(c.Chosen))
	return c
}

// anyMatching draws a matching by adding edges in a random order, as many as fit or fewer.
func (f *forger) anyMatching() []int32 {
	x := f.d.pinned
	for _, at := range f.Perm(len(f.d.open)) {
		if e := f.d.open[at]; f.d.hasRoom(x, e) && f.IntN(8) > 0 {
			x |= 1 << e
		}
	}
	return x.Edges()
}

// nearlyAsGood takes a matching that equals the best in some first goals, as many as can be without being the same.
func (f *forger) nearlyAsGood() bool {
	if f.c.Values == nil {
		return false
	}
	ladder := f.d.ladder()
	was, equal := SetOf(f.c.Chosen), -1
	best := f.d.values(ladder, was)
	for x := range f.d.all() {
		values := f.d.values(ladder, x)
		same := 0
		for same < len(values) && values[same] == best[same] {
			same++
		}
		if x != was && same < len(values) && same > equal {
			equal, f.c.Chosen = same, x.Edges()
		}
	}
	return equal >= 0 && f.recount()
}

func (f *forger) otherOutcome() bool {
	outcomes := []match.Outcome{match.IsStable, match.IsWeaklyStable, match.IsOptimal, match.IsImpossible, ""}
	was := f.c.Outcome
	for f.c.Outcome == was {
		f.c.Outcome = outcomes[f.IntN(len(outcomes))]
	}
	return true
}

func (f *forger) claimImpossible() bool {
	if f.c.Outcome != match.IsOptimal || len(f.c.Values) == 0 || len(f.c.Prices) == 0 {
		return false
	}
	f.c.Outcome, f.c.Values, f.c.Prices = match.IsImpossible, f.c.Values[:1], f.c.Prices[:1]
	return true
}

func (f *forger) changeValue() bool {
	if len(f.c.Values) == 0 {
		return false
	}
	f.c.Values[f.IntN(len(f.c.Values))] += 1 - 2*f.Int64N(2)
	return true
}

func (f *forger) dropValue() bool {
	if len(f.c.Values) == 0 {
		return false
	}
	f.c.Values = f.c.Values[1:]
	return true
}

func (f *forger) changePrice(by int64) bool {
	if len(f.c.Prices) == 0 {
		return false
	}
	row := f.c.Prices[f.IntN(len(f.c.Prices))]
	if len(row) == 0 {
		return false
	}
	row[f.IntN(len(row))] += by
	return true
}

func (f *forger) dropPrice() bool {
	if len(f.c.Prices) == 0 {
		return false
	}
	k := f.IntN(len(f.c.Prices))
	if len(f.c.Prices[k]) == 0 {
		return false
	}
	f.c.Prices[k] = f.c.Prices[k][1:]
	return true
}

func (f *forger) dropPrices() bool {
	if len(f.c.Prices) == 0 {
		return false
	}
	f.c.Prices = f.c.Prices[:len(f.c.Prices)-1]
	return true
}

func (f *forger) clearPrices() bool {
	if len(f.c.Prices) == 0 {
		return false
	}
	clear(f.c.Prices[f.IntN(len(f.c.Prices))])
	return true
}

func (f *forger) swapPrices() bool {
	if len(f.c.Prices) < 2 {
		return false
	}
	k := f.IntN(len(f.c.Prices) - 1)
	f.c.Prices[k], f.c.Prices[k+1] = f.c.Prices[k+1], f.c.Prices[k]
	return true
}

// shiftSides raises the totals of one side in a component and lowers those of the other by the same, which leaves
// every residual as it is.
func (f *forger) shiftSides() bool {
	if len(f.c.Prices) == 0 {
		return false
	}
	start, ok := f.edge()
	if !ok {
		return false
	}
	in := f.component(f.p.Edges.Mentee[start])
	row, by := f.c.Prices[f.IntN(len(f.c.Prices))], 1-2*f.Int64N(2)
	for c := range min(len(f.p.Mentees)+len(f.p.Mentors), len(row)) {
		switch {
		case in[c] && c < len(f.p.Mentees):
			row[c] += by
		case in[c]:
			row[c] -= by
		}
	}
	return true
}

// component marks the totals of all who are linked with a cap by edges.
func (f *forger) component(total int32) []bool {
	in := make([]bool, f.p.NumCaps())
	in[total] = true
	for range in {
		for e, i := range f.p.Edges.Mentee {
			if j := int32(len(f.p.Mentees)) + f.p.Edges.Mentor[e]; in[i] || in[j] {
				in[i], in[j] = true, true
			}
		}
	}
	return in
}

func (f *forger) shiftToClass() bool {
	if len(f.c.Prices) == 0 || len(f.p.Classes) == 0 {
		return false
	}
	class := f.IntN(len(f.p.Classes))
	row := f.c.Prices[f.IntN(len(f.c.Prices))]
	if len(row) < f.p.NumCaps() {
		return false
	}
	by := 1 - 2*f.Int64N(2)
	row[f.p.NumCaps()-len(f.p.Classes)+class] += by
	row[f.p.Classes[class].Parent] -= by
	return true
}

func (f *forger) addRefusal() bool {
	e, ok := f.edge()
	if !ok || f.c.Outcome != match.IsStable || slices.Contains(f.c.Rejected, e) {
		return false
	}
	f.c.Rejected = slices.Insert(f.c.Rejected, f.IntN(len(f.c.Rejected)+1), e)
	return true
}

func (f *forger) shuffleRefusals() bool {
	list := f.c.Rejected
	f.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return len(list) > 2
}

func (f *forger) refuseChosen() bool {
	if f.c.Outcome != match.IsStable || len(f.c.Chosen) == 0 {
		return false
	}
	at := f.IntN(len(f.c.Chosen))
	f.c.Rejected = append(f.c.Rejected, f.c.Chosen[at])
	return f.drop(&f.c.Chosen)
}

// otherStable takes a stable matching that is not the best for those who propose, with the refusals that it would take
// to get there: of all pairs that its proposers would rather have.
func (f *forger) otherStable() bool {
	if f.c.Outcome != match.IsStable {
		return false
	}
	stable := AllStable(f.p)
	x := stable[f.IntN(len(stable))]
	f.c.Chosen, f.c.Rejected = x.Edges(), f.refusalsTo(x)
	return true
}

func (f *forger) refusalsTo(x Set) []int32 {
	proposers := (&Truth{Problem: f.p}).Proposers()
	refused := []int32{}
	for person, list := range f.d.prefers[proposers] {
		for _, e := range list {
			if !x.Has(e) && f.d.choose(proposers, int32(person), x|1<<e).Has(e) {
				refused = append(refused, int32(e))
			}
		}
	}
	f.Shuffle(len(refused), func(i, j int) { refused[i], refused[j] = refused[j], refused[i] })
	return refused
}

func (f *forger) bothOther() bool {
	if f.c.Other == nil {
		return false
	}
	f.c.Chosen = slices.Clone(f.c.Other.Chosen)
	if f.IntN(2) == 0 {
		f.c.Rejected = slices.Clone(f.c.Other.Rejected)
	}
	return true
}

func (f *forger) bothMain() bool {
	if f.c.Other == nil {
		return false
	}
	f.c.Other.Chosen = slices.Clone(f.c.Chosen)
	if f.IntN(2) == 0 {
		f.c.Other.Rejected = slices.Clone(f.c.Rejected)
	}
	return true
}

func (f *forger) exchange() bool {
	if f.c.Other == nil {
		return false
	}
	f.c.Chosen, f.c.Other.Chosen = f.c.Other.Chosen, f.c.Chosen
	f.c.Rejected, f.c.Other.Rejected = f.c.Other.Rejected, f.c.Rejected
	return true
}

func (f *forger) changeOther() bool {
	if f.c.Other == nil {
		return false
	}
	f.c.Other.Chosen = f.anyMatching()
	return true
}

// otherWeaklyStable takes any weakly stable matching, however few it places.
func (f *forger) otherWeaklyStable() bool {
	if f.p.Aim != match.StableMorePlaced {
		return false
	}
	stable := AllWeaklyStable(f.p)
	f.c.Chosen = stable[f.IntN(len(stable))].Edges()
	return true
}

func (f *forger) addCover() bool {
	total := f.Int32N(int32(len(f.p.Mentees) + len(f.p.Mentors)))
	at, there := slices.BinarySearch(f.c.Cover, total)
	if there || f.c.Outcome != match.IsWeaklyStable {
		return false
	}
	f.c.Cover = slices.Insert(f.c.Cover, at, total)
	return true
}

func (f *forger) inventCover() bool {
	if totals := int32(len(f.p.Mentees) + len(f.p.Mentors)); f.IntN(2) == 0 {
		f.c.Cover = append(f.c.Cover, totals+f.Int32N(2))
	} else {
		f.c.Cover = slices.Insert(f.c.Cover, 0, -1-f.Int32N(2))
	}
	return true
}

// otherKind adds what belongs to the proof of a claim of another kind.
func (f *forger) otherKind() bool {
	switch kind := f.IntN(3); {
	case kind == 0 && f.c.Outcome != match.IsWeaklyStable:
		f.c.Cover = []int32{}
	case kind == 1 && f.c.Outcome != match.IsStable:
		f.c.Other = &match.Replay{Chosen: f.c.Chosen}
	case kind == 2 && f.c.Values == nil:
		f.c.Values, f.c.Prices = []int64{}, [][]int64{}
	default:
		return false
	}
	return true
}

// changed is p with one thing changed; nil when that is no problem any more.
func changed(rng *rand.Rand, p *match.Problem) *match.Problem {
	q := rereadProblem(p)
	if n := q.Edges.Len(); n > 0 {
		e := rng.IntN(n)
		switch rng.IntN(6) {
		case 0:
			if q.Edges.MenteeRank != nil {
				q.Edges.MenteeRank[e] = 1 + rng.Int32N(20)
			}
		case 1:
			if q.Edges.MentorRank != nil {
				q.Edges.MentorRank[e] = 1 + rng.Int32N(200)
			}
		case 2:
			if q.Edges.State != nil {
				q.Edges.State[e] = match.State(rng.IntN(3))
			}
		case 3:
			values := q.Columns[rng.IntN(len(q.Columns))].Values
			values[e] += 1 - 2*rng.Int32N(2)
		case 4:
			q.Lottery.Seed += "!"
		}
	}
	if c := rng.IntN(q.NumCaps()); rng.IntN(3) == 0 {
		q.Max[c] += 1 - 2*rng.Int32N(2)
	} else if q.Min != nil && rng.IntN(3) == 0 {
		q.Min[c] += 1 - 2*rng.Int32N(2)
	}
	if q.Validate() != nil {
		return nil
	}
	return q
}

// rereadProblem is a copy of p that shares nothing with it.
func rereadProblem(p *match.Problem) *match.Problem {
	q, err := match.ReadProblem(bytes.NewReader(write(p)))
	if err != nil {
		panic(err)
	}
	return q
}
