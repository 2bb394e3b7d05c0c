package match

import (
	"strings"
	"unicode/utf8"
)

// maxGoalValue bounds what a matching can count in one goal: the greatest whole number up to which JavaScript's
// floating point is exact.
const maxGoalValue = int64(1)<<53 - 1

// Validate says whether p is a problem in canonical form that can be judged without overflow: nil, or a [*Fault] with
// the first thing that is wrong.
func (p *Problem) Validate() error {
	for _, check := range [...]func(*Problem) error{
		validateKind, validatePeople, validateCaps, validatePlacing, validateEdges, validatePins, validateColumns, validateLottery, validateGoals,
	} {
		if err := check(p); err != nil {
			return err
		}
	}
	return nil
}

func validateKind(p *Problem) error {
	switch p.Kind {
	case TwoSided:
	case OneSided:
		return fault("kind", "problems of the kind %q (peers among themselves) are reserved for a later version; split the people into mentees and mentors", OneSided)
	default:
		return fault("kind", "the kind %q is unknown; the known one is %q", p.Kind, TwoSided)
	}
	switch p.Aim {
	case StableForMentees, StableForMentors, StableMorePlaced, Optimal:
		return nil
	}
	return fault("aim", "the aim %q is unknown; the known ones are %q, %q, %q and %q", p.Aim, StableForMentees, StableForMentors, StableMorePlaced, Optimal)
}

func validatePeople(p *Problem) error {
	for _, list := range [...]struct {
		what string
		ids  []string
	}{{"mentee", p.Mentees}, {"mentor", p.Mentors}, {"purpose", p.Purposes}} {
		for i, id := range list.ids {
			if id == "" || !isText(id) {
				return fault("id", "%s %d has an id that is empty or not UTF-8", list.what, i)
			}
			if i > 0 && list.ids[i-1] >= id {
				return fault("id", "the %s ids are not strictly increasing at %q", list.what, id)
			}
		}
	}
	return nil
}

// isText says whether s is UTF-8 and stays itself when it is written and read: the mark of what could not be read,
// U+FFFD, would make different texts the same.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsRune(s, utf8.RuneError)
}

func validateCaps(p *Problem) error {
	if len(p.Max) != p.NumCaps() || p.Min != nil && len(p.Min) != p.NumCaps() {
		return fault("caps", "there are %d caps, %d greatest and %d smallest numbers", p.NumCaps(), len(p.Max), len(p.Min))
	}
	totals := len(p.Mentees) + len(p.Mentors)
	for i, class := range p.Classes {
		if class.Parent < 0 || int(class.Parent) >= totals+i {
			return fault("class", "class %d (%q) does not lie in an earlier cap", i, class.Name)
		}
		if class.Name == "" || !isText(class.Name) {
			return fault("class", "class %d has a name that is empty or not UTF-8", i)
		}
	}
	for c := range p.Max {
		if p.Max[c] < 0 || p.Minimum(c) < 0 || p.Minimum(c) > p.Max[c] {
			return fault("caps", "%s takes from %d to %d pairs: that is no range", p.CapName(int32(c)), p.Minimum(c), p.Max[c])
		}
	}
	return nil
}

// validatePlacing refuses to place more people where nobody knows how to promise that it does.
func validatePlacing(p *Problem) error {
	if p.Aim != StableMorePlaced {
		return nil
	}
	for i, id := range p.Mentees {
		if p.Max[i] > 1 {
			return fault("aim", "the aim %q needs mentees who take one mentor each, and mentee %s takes %d; let each take 1, or aim for %q", p.Aim, id, p.Max[i], StableForMentees)
		}
	}
	if len(p.Classes) > 0 {
		return fault("aim", "the aim %q needs people without classes, and there is %s; leave the classes out, or aim for %q", p.Aim, p.CapName(int32(p.NumCaps()-1)), StableForMentees)
	}
	return nil
}

func validateEdges(p *Problem) error {
	e := &p.Edges
	n := e.Len()
	for _, column := range [...]struct {
		name   string
		length int
		absent bool
		values []int32
		from   int32
		to     int64 // beyond an int on machines of 32 bits
	}{
		{"mentee", len(e.Mentee), false, e.Mentee, 0, int64(len(p.Mentees))},
		{"mentor", len(e.Mentor), false, e.Mentor, 0, int64(len(p.Mentors))},
		{"purpose", len(e.Purpose), e.Purpose == nil, e.Purpose, 0, int64(len(p.Purposes))},
		{"menteeCap", len(e.MenteeCap), e.MenteeCap == nil, e.MenteeCap, 0, int64(p.NumCaps())},
		{"mentorCap", len(e.MentorCap), e.MentorCap == nil, e.MentorCap, 0, int64(p.NumCaps())},
		{"menteeRank", len(e.MenteeRank), e.MenteeRank == nil, e.MenteeRank, 1, 1 << 31},
		{"mentorRank", len(e.MentorRank), e.MentorRank == nil, e.MentorRank, 1, 1 << 31},
		{"state", len(e.State), e.State == nil, nil, 0, 0},
	} {
		if column.absent {
			continue
		}
		if column.length != n {
			return fault("edges", "the column %s has %d values for %d edges", column.name, column.length, n)
		}
		for i, v := range column.values {
			if v < column.from || int64(v) >= column.to {
				return fault("edges", "edge %d: %s is %d, outside %d to %d", i, column.name, v, column.from, column.to-1)
			}
		}
	}
	if n > 1<<31-2 {
		return fault("edges", "there are more than %d edges", 1<<31-2)
	}
	for i := range n {
		if p.State(i) > Forbidden {
			return fault("edges", "edge %d: the state %d is unknown", i, e.State[i])
		}
		if i > 0 && !e.increasing(i) {
			return fault("edges", "edge %d does not come after the one before it by mentee, mentor and purpose", i)
		}
		if e.MenteeCap != nil {
			if side, person := p.Owner(e.MenteeCap[i]); side != MenteeSide || person != e.Mentee[i] {
				return fault("edges", "edge %d: menteeCap is not a cap of its mentee", i)
			}
		}
		if e.MentorCap != nil {
			if side, person := p.Owner(e.MentorCap[i]); side != MentorSide || person != e.Mentor[i] {
				return fault("edges", "edge %d: mentorCap is not a cap of its mentor", i)
			}
		}
	}
	return nil
}

// increasing says whether edge i comes after edge i-1 by mentee, mentor and purpose.
func (e *Edges) increasing(i int) bool {
	if e.Mentee[i-1] != e.Mentee[i] {
		return e.Mentee[i-1] < e.Mentee[i]
	}
	if e.Mentor[i-1] != e.Mentor[i] {
		return e.Mentor[i-1] < e.Mentor[i]
	}
	return e.Purpose != nil && e.Purpose[i-1] < e.Purpose[i]
}

// validatePins says whether the pinned pairs fit the caps together.
func validatePins(p *Problem) error {
	var pinned []int32
	for e, s := range p.Edges.State {
		if s == Pinned {
			pinned = append(pinned, int32(e))
		}
	}
	for c, load := range p.Loads(pinned) {
		if load > p.Max[c] {
			return fault("pinned", "%d pinned pairs count on %s, which takes at most %d", load, p.CapName(int32(c)), p.Max[c])
		}
	}
	return nil
}

func validateColumns(p *Problem) error {
	for i, c := range p.Columns {
		if c.Name == "" || !isText(c.Name) || i > 0 && p.Columns[i-1].Name >= c.Name {
			return fault("columns", "the names of the columns are not strictly increasing UTF-8 at %q", c.Name)
		}
		if len(c.Values) != p.Edges.Len() {
			return fault("columns", "the column %q has %d values for %d edges", c.Name, len(c.Values), p.Edges.Len())
		}
	}
	return nil
}

func validateLottery(p *Problem) error {
	if !isText(p.Lottery.Seed) {
		return fault("lottery", "the seed of the lottery is not UTF-8")
	}
	for _, numbers := range [...]struct {
		drawn  []int64
		people int
	}{{p.Lottery.Mentees, len(p.Mentees)}, {p.Lottery.Mentors, len(p.Mentors)}} {
		if numbers.drawn != nil && len(numbers.drawn) != numbers.people {
			return fault("lottery", "there are %d lottery numbers for %d people", len(numbers.drawn), numbers.people)
		}
		for _, n := range numbers.drawn {
			if n < 0 || n >= lotteryRange {
				return fault("lottery", "the lottery number %d is outside 0 to 2^48-1", n)
			}
		}
	}
	return nil
}

func validateGoals(p *Problem) error {
	if (p.Aim == Optimal) != (len(p.Goals) > 0) {
		return fault("goals", "a problem has goals if and only if its aim is %q", Optimal)
	}
	seen := map[string]bool{}
	for i := range p.Goals {
		g := &p.Goals[i]
		if g.Name == "" || !isText(g.Name) || seen[g.Name] || p.HardMinimums && g.Name == "minimums" {
			return fault("goals", "goal %d has no name of its own: %q", i+1, g.Name)
		}
		seen[g.Name] = true
		if err := p.validateGoal(g); err != nil {
			return err
		}
	}
	ladder := p.Ladder()
	for i := range ladder {
		if err := p.validateRange(&ladder[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *Problem) validateGoal(g *Goal) error {
	sources := 0
	for _, has := range [...]bool{g.Pairs, g.Column != "", len(g.Units) > 0, g.Minimums, g.Lottery != 0} {
		if has {
			sources++
		}
	}
	if sources != 1 {
		return fault("goals", "the goal %q must count exactly one of pairs, a column, units, minimums and lottery", g.Name)
	}
	if g.Minimise && (len(g.Units) > 0 || g.Minimums) {
		return fault("goals", "the goal %q cannot be minimised; give its units the other sign", g.Name)
	}
	if g.Column != "" && p.Column(g.Column) == nil && p.Edges.Len() > 0 {
		return fault("goals", "the goal %q counts the column %q, which does not exist", g.Name, g.Column)
	}
	if g.Band != nil && (g.Column == "" || g.Band.From > g.Band.To) {
		return fault("goals", "the goal %q has a band without a column, or an empty one", g.Name)
	}
	if g.Lottery < 0 || g.Lottery > MaxLotteryDigit {
		return fault("goals", "the goal %q counts lottery digit %d, outside 1 to %d", g.Name, g.Lottery, MaxLotteryDigit)
	}
	rewarded := make([]bool, p.NumCaps())
	for _, r := range g.Units {
		if err := p.validateReward(g, &r, rewarded); err != nil {
			return err
		}
	}
	return nil
}

func (p *Problem) validateReward(g *Goal, r *Reward, rewarded []bool) error {
	if r.Of != "" && r.Of != "mentees" && r.Of != "mentors" || (r.Of == "") == (r.Caps == nil) {
		return fault("goals", "the goal %q rewards units of %q; say \"mentees\", \"mentors\" or list caps", g.Name, r.Of)
	}
	most, last := int32(0), int32(-1)
	for _, c := range r.caps(p) {
		if c <= last || int(c) >= len(rewarded) || rewarded[c] {
			return fault("goals", "the goal %q rewards cap %d, which does not exist, is out of order or is rewarded twice", g.Name, c)
		}
		last = c
		rewarded[c] = true
		most = max(most, p.Max[c])
	}
	for n := range r.Units {
		next := int64(0)
		if n+1 < len(r.Units) {
			next = r.Units[n+1]
		}
		// Units beyond every cap need not be listed, so the nothing after the last one does not count there.
		if next > r.Units[n] && n+1 < int(most) {
			return fault("goals", "in the goal %q unit %d counts more than the one before it", g.Name, n+2)
		}
	}
	return nil
}

// validateRange refuses goals whose values or prices could grow too great to be exact. A price is a sum of worths
// along a path that passes each cap at most once, so it is below the number of caps times the greatest worth; a value
// is a sum over at most as many pairs as the mentees ask for.
func (p *Problem) validateRange(g *Goal) error {
	var worth Worth
	greatest := int64(1)
	if g.Lottery > 0 {
		greatest = 1<<lotteryBits - 1 // drawing all the numbers would take longer and say no more
	} else {
		worth = p.Worth(g)
	}
	for _, v := range worth.pair {
		if g.Band == nil {
			greatest = max(greatest, int64(v), -int64(v))
		}
	}
	for _, units := range worth.units {
		for _, u := range units {
			if u < -maxPotential || u > maxPotential {
				return fault("range", "in the goal %q a unit counts %d, which is out of range", g.Name, u)
			}
			greatest = max(greatest, u, -u)
		}
	}
	pairs, places := int64(1), int64(1)
	for i := range p.Mentees {
		pairs += int64(p.Max[i])
	}
	for j := range p.Mentors {
		places += int64(p.Max[len(p.Mentees)+j])
	}
	pairs = min(pairs, places, int64(p.Edges.Len())+1)
	units := int64(2*p.NumCaps() + 3) // a path alternates between pairs and caps
	if greatest > maxPotential/units || greatest > maxGoalValue/(pairs+1)/int64(p.depth()+1) {
		return fault("range", "the goal %q counts up to %d each: its sums would not be exact; use smaller numbers", g.Name, greatest)
	}
	return nil
}

// depth is the greatest number of caps that a pair counts on.
func (p *Problem) depth() int {
	levels := make([]int, len(p.Classes))
	totals := len(p.Mentees) + len(p.Mentors)
	deepest := [2]int{1, 1}
	for i, class := range p.Classes {
		levels[i] = 2
		if up := int(class.Parent) - totals; up >= 0 {
			levels[i] = levels[up] + 1
		}
		side, _ := p.Owner(int32(totals + i))
		deepest[side] = max(deepest[side], levels[i])
	}
	return deepest[MenteeSide] + deepest[MentorSide]
}
