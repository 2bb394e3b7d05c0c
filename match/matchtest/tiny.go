package matchtest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// OptimalFeatures and StableFeatures are what [Tiny] and [TinyStable] can make; PlacingFeatures what [TinyStable] can with
// the aim match.StableMorePlaced.
const (
	OptimalFeatures = 1<<numFeatures - 1
	StableFeatures  = Demand | MenteeClasses | MentorClasses | Nested | Minimums | Pins | Conflicts | Ties | Purposes | ZeroCaps | Drawn
	PlacingFeatures = StableFeatures &^ (Demand | MenteeClasses | MentorClasses | Nested)
)

// AnyFeatures draws a set of features for [Tiny] or [TinyStable] out of those possible: for an even seed with
// [Together] in it, so that half of all problems have everything that makes matching hard at once.
func AnyFeatures(seed uint64, possible Features) Features {
	f := Features(newRand(seed, 0).Uint64()) & possible
	if seed%2 == 0 {
		f |= Together & possible
	}
	return f
}

// Tiny makes a problem with the aim match.Optimal that has the features of f, at most five people on each side and at
// most twelve edges. It may have others that come by themselves: equal ranks always do when nobody has ranks.
func Tiny(seed uint64, f Features) *match.Problem {
	return tiny(seed, f&OptimalFeatures, match.Optimal)
}

// TinyStable does the same for a stable aim.
func TinyStable(seed uint64, f Features, aim match.Aim) *match.Problem {
	if aim == match.StableMorePlaced {
		f &= PlacingFeatures
	}
	return tiny(seed, f&StableFeatures, aim)
}

func newRand(seed, stream uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, stream)) }

// tiny tries until chance has brought all features asked for.
func tiny(seed uint64, f Features, aim match.Aim) *match.Problem {
	f = complete(f)
	for try := uint64(1); try < 10_000; try++ {
		m := &maker{rng: newRand(seed, try), f: f, aim: aim}
		if p := m.problem(); p != nil && Of(p).Has(f) {
			return p
		}
	}
	panic(fmt.Sprintf("no problem with %s and seed %d in 10000 tries", f, seed))
}

// complete adds what the features of f need.
func complete(f Features) Features {
	if f&(HardMinimums|CountMinimums) != 0 {
		f |= Minimums
	}
	if f.Has(CountClasses) || f.Has(Nested) {
		if f&(MenteeClasses|MentorClasses) == 0 {
			f |= MentorClasses
		}
	}
	if f.Has(Great) && f&(CountColumn|CountUnits|CountClasses) == 0 {
		f |= CountColumn
	}
	if f.Has(Negative) || f.Has(Minimise) && f&(CountPairs|CountColumn|CountBand|CountLottery) == 0 {
		f |= CountColumn
	}
	return f
}

// A maker makes one tiny problem at random.
type maker struct {
	rng     *rand.Rand
	f       Features
	aim     match.Aim
	classes [2]map[string][]string // per side and person, the names of the classes
}

func (m *maker) chance(percent int) bool { return m.rng.IntN(100) < percent }

// problem is nil when chance has brought one that cannot be, such as pins that do not fit.
func (m *maker) problem() *match.Problem {
	b := match.NewBuilder(match.StableForMentees) // the goals are drawn when the caps have their numbers
	var ids [2][]string
	for s := range ids {
		m.classes[s] = map[string][]string{}
		for i := range 1 + m.rng.IntN(5) {
			id := fmt.Sprintf("%c%d", "em"[s], i)
			ids[s] = append(ids[s], id)
			m.person(b, match.Side(s), id)
		}
	}
	m.pairs(b, ids)
	b.HardMinimums = m.f.Has(HardMinimums)
	m.lottery(b, ids)
	p, err := b.Problem()
	if err != nil {
		return nil
	}
	p.Aim = m.aim
	if m.aim == match.Optimal {
		p.Goals = m.goals(p)
	}
	if p.Validate() != nil {
		return nil
	}
	return p
}

func (m *maker) person(b *match.Builder, s match.Side, id string) {
	most := 1 + m.rng.IntN(3)
	if s == match.MenteeSide && !m.f.Has(Demand) {
		most = 1
	}
	most, least := m.cap(most)
	b.Person(s, id, most, least)
	has := [...]Features{MenteeClasses, MentorClasses}[s]
	if !m.f.Has(has) {
		return
	}
	for i := range m.rng.IntN(3) {
		name, parent := fmt.Sprintf("k%d", i), ""
		if i > 0 && m.f.Has(Nested) && m.chance(70) {
			parent = "k0"
		}
		most, least := m.cap(1 + m.rng.IntN(2))
		b.Class(s, id, name, parent, most, least)
		m.classes[s][id] = append(m.classes[s][id], name)
	}
}

// cap draws how many pairs a cap takes and wants.
func (m *maker) cap(most int) (int, int) {
	if m.f.Has(ZeroCaps) && m.chance(15) {
		most = 0
	}
	if m.f.Has(Minimums) && m.chance(40) {
		return most, m.rng.IntN(most + 1)
	}
	return most, 0
}

func (m *maker) pairs(b *match.Builder, ids [2][]string) {
	purposes := []string{""}
	if m.f.Has(Purposes) {
		purposes = []string{"career", "research"}
	}
	var pairs []match.Pair
	for _, mentee := range ids[0] {
		for _, mentor := range ids[1] {
			for _, purpose := range purposes {
				pairs = append(pairs, match.Pair{Mentee: mentee, Mentor: mentor, Purpose: purpose})
			}
		}
	}
	m.rng.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	pairs = pairs[:min(len(pairs), 2+m.rng.IntN(11))]
	ranked := [2]bool{!m.f.Has(Ties) || m.chance(80), !m.f.Has(Ties) || m.chance(80)}
	for i := range pairs {
		pair := &pairs[i]
		pair.MenteeClass = m.class(match.MenteeSide, pair.Mentee)
		pair.MentorClass = m.class(match.MentorSide, pair.Mentor)
		if ranked[0] {
			pair.MenteeRank = m.rank(i)
		}
		if ranked[1] {
			pair.MentorRank = m.rank(m.rng.IntN(12)*16 + i)
		}
		if m.f.Has(Pins) && m.chance(15) {
			pair.State = match.Pinned
		} else if m.f.Has(Conflicts) && m.chance(15) {
			pair.State = match.Forbidden
		}
		pair.Values = map[string]int32{"suits": m.worth(), "wish": m.worth()}
	}
	for _, pair := range pairs {
		b.Pair(pair)
	}
}

// class draws the innermost class of a pair of this person.
func (m *maker) class(s match.Side, id string) string {
	if names := m.classes[s][id]; len(names) > 0 && m.chance(75) {
		return names[m.rng.IntN(len(names))]
	}
	return ""
}

// rank turns a number that no other pair has into a rank: coarse when ties are wanted.
func (m *maker) rank(number int) int {
	if m.f.Has(Ties) {
		return 1 + m.rng.IntN(3)
	}
	return 1 + number
}

func (m *maker) worth() int32 {
	span := int32(1 + m.rng.IntN(9)) // few different values make many equal matchings
	worth := m.rng.Int32N(span + 1)
	if m.f.Has(Great) {
		worth = worth*200_000_000 + m.rng.Int32N(3)
	}
	if m.f.Has(Negative) && m.chance(40) {
		return -worth
	}
	return worth
}

func (m *maker) lottery(b *match.Builder, ids [2][]string) {
	if m.chance(70) {
		b.Lottery.Seed = fmt.Sprintf("seed %d", m.rng.IntN(1000))
	}
	if m.f.Has(Drawn) {
		numbers := func(n int) []int64 {
			list := make([]int64, n)
			for i := range list {
				list[i] = m.rng.Int64N(1 << 48)
				if m.chance(30) {
					list[i] = m.rng.Int64N(3)
				}
			}
			return list
		}
		b.Lottery.Mentees, b.Lottery.Mentors = numbers(len(ids[0])), numbers(len(ids[1]))
	}
}

// goals draws a list with every kind of goal asked for, in any order; at least one.
func (m *maker) goals(p *match.Problem) []match.Goal {
	var goals []match.Goal
	for _, kind := range []struct {
		f    Features
		goal func(p *match.Problem) match.Goal
	}{
		{CountPairs, m.pairsGoal}, {CountColumn, m.columnGoal}, {CountBand, m.bandGoal}, {CountUnits, m.unitsGoal},
		{CountClasses, m.classesGoal}, {CountMinimums, m.minimumsGoal}, {CountLottery, m.lotteryGoal},
	} {
		if m.f.Has(kind.f) {
			goals = append(goals, kind.goal(p))
		}
	}
	for m.f.Has(ManyGoals) && len(goals) < 9+int(p.Max[0])*4 {
		more := []func(*match.Problem) match.Goal{m.columnGoal, m.bandGoal, m.pairsGoal, m.lotteryGoal, m.unitsGoal}
		goals = append(goals, more[m.rng.IntN(len(more))](p))
	}
	if len(goals) == 0 {
		goals = append(goals, m.columnGoal(p))
	}
	m.rng.Shuffle(len(goals), func(i, j int) { goals[i], goals[j] = goals[j], goals[i] })
	for i := range goals {
		g := &goals[i]
		g.Name = fmt.Sprintf("goal %d", i+1)
		g.Minimise = m.f.Has(Minimise) && !g.Minimums && g.Units == nil && m.chance(50)
	}
	return goals
}

func (m *maker) column() string { return [...]string{"suits", "wish"}[m.rng.IntN(2)] }

func (m *maker) pairsGoal(*match.Problem) match.Goal { return match.Goal{Pairs: true} }

func (m *maker) columnGoal(*match.Problem) match.Goal { return match.Goal{Column: m.column()} }

func (m *maker) bandGoal(*match.Problem) match.Goal {
	from := m.rng.Int32N(6) - 2
	return match.Goal{Column: m.column(), Band: &match.Band{From: from, To: from + m.rng.Int32N(4)}}
}

func (m *maker) minimumsGoal(*match.Problem) match.Goal { return match.Goal{Minimums: true} }

func (m *maker) lotteryGoal(*match.Problem) match.Goal {
	return match.Goal{Lottery: 1 + m.rng.IntN(match.MaxLotteryDigit)}
}

func (m *maker) unitsGoal(p *match.Problem) match.Goal {
	sides := [...]string{"mentees", "mentors"}
	first := m.rng.IntN(2)
	rewards := []match.Reward{{Of: sides[first], Units: m.units(p)}}
	if m.chance(40) {
		rewards = append(rewards, match.Reward{Of: sides[1-first], Units: m.units(p)})
	} else if other := m.some(p, first); len(other) > 0 && m.chance(60) {
		rewards = append(rewards, match.Reward{Caps: other, Units: m.units(p)})
	}
	return match.Goal{Units: rewards}
}

// some draws caps that are no totals of the side.
func (m *maker) some(p *match.Problem, side int) []int32 {
	var caps []int32
	for c := range int32(p.NumCaps()) {
		isTotal := int(c) < len(p.Mentees)+len(p.Mentors)
		if s, _ := p.Owner(c); (!isTotal || int(s) != side) && m.chance(50) {
			caps = append(caps, c)
		}
	}
	return caps
}

func (m *maker) classesGoal(p *match.Problem) match.Goal {
	totals := len(p.Mentees) + len(p.Mentors)
	var rewards []match.Reward
	for c := totals; c < p.NumCaps(); c++ {
		if m.chance(60) {
			rewards = append(rewards, match.Reward{Caps: []int32{int32(c)}, Units: m.units(p)})
		}
	}
	if m.chance(50) {
		rewards = append(rewards, match.Reward{Of: "mentors", Units: m.units(p)})
	}
	return match.Goal{Units: rewards}
}

// units draws a reward that never grows from one unit to the next.
func (m *maker) units(p *match.Problem) []int64 {
	longest := int(slices.Max(p.Max))
	units := make([]int64, 1+m.rng.IntN(longest+1))
	for i := range units {
		units[i] = m.rng.Int64N(5)
		if m.f.Has(Great) {
			units[i] = units[i]<<40 + m.rng.Int64N(3)
		}
		if m.chance(30) {
			units[i] = -units[i]
		}
	}
	slices.SortFunc(units, func(a, b int64) int { return cmp.Compare(b, a) })
	if units[len(units)-1] < 0 { // then those after the last would count more
		for len(units) < longest {
			units = append(units, units[len(units)-1])
		}
	}
	return units
}
