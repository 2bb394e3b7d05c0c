package explain

import (
	"context"
	"fmt"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// An Auditor is what somebody reads who checks a result without knowing the people: ids, numbers and prices as in the
// files of the run, no names and nothing of what people wrote.
type Auditor struct {
	Side        match.Side
	ID          string
	Wanted, Got int
	Pairs       []AuditedPair
	Missing     *AuditedMissing
	Gain        *Gain
	Solved      int // changed problems
}

// An AuditedPair is a chosen edge with its part in the proof.
type AuditedPair struct {
	Edge                    int32
	Mentee, Mentor, Purpose string
	Pinned                  bool
	Ranks                   [2]int32 // 0: the side has none
	Points                  []Points // what the suitability is made of
	Proof                   []GoalPrices
	Next                    *Forced
	NextMentor              string
	last                    bool
}

// Points are one criterion's part in a suitability, without what people have in common.
type Points struct {
	Criterion string
	Points    int
}

// GoalPrices say for one goal what a pair counts, and what the caps on each side cost.
type GoalPrices struct {
	Goal                               string
	Counts, MenteePrices, MentorPrices int64
}

// AuditedMissing is what was found for somebody with fewer mentors than wanted.
type AuditedMissing struct {
	Why      Code
	Remedies []Remedy
}

// Auditor explains a person to an auditor. It solves as many problems as [Explainer.Coordinator].
func (x *Explainer) Auditor(ctx context.Context, side match.Side, id string) (Auditor, error) {
	before := x.resolved
	c, err := x.Coordinator(ctx, side, id)
	if err != nil {
		return Auditor{}, err
	}
	t := Auditor{Side: side, ID: id, Wanted: c.Wanted, Got: c.Got, Gain: c.Gain, Solved: x.resolved - before}
	for k, e := range x.chosenOf(side, x.find(side, id)) {
		pair := x.audited(e)
		pair.last = c.Pairs[k].last
		if next := c.Pairs[k].Next; next != nil {
			pair.Next, pair.NextMentor = &next.Forced, next.Mentor.ID
		}
		t.Pairs = append(t.Pairs, pair)
	}
	if c.Missing != nil {
		t.Missing = &AuditedMissing{c.Missing.Why, c.Missing.Remedies}
	}
	return t, nil
}

func (x *Explainer) audited(e int32) AuditedPair {
	p := x.p
	pair := AuditedPair{
		Edge: e, Mentee: p.Mentees[p.Edges.Mentee[e]], Mentor: p.Mentors[p.Edges.Mentor[e]], Purpose: p.PurposeName(int(e)),
		Pinned: p.State(int(e)) == match.Pinned,
	}
	for s, ranks := range [...][]int32{p.Edges.MenteeRank, p.Edges.MentorRank} {
		if ranks != nil {
			pair.Ranks[s] = ranks[e]
		}
	}
	helps, hurts := choose(x.scored(int(e)), x.about.Hidden)
	for _, r := range append(helps, hurts...) {
		pair.Points = append(pair.Points, Points{r.Criterion, r.Points})
	}
	for k := range x.potential {
		worth := p.Worth(&x.goals[k])
		pair.Proof = append(pair.Proof, GoalPrices{
			x.goals[k].Name, worth.Pair(int(e)),
			x.potential[k][p.Leaf(match.MenteeSide, int(e))], x.potential[k][p.Leaf(match.MentorSide, int(e))],
		})
	}
	return pair
}

// Text is what the auditor reads of one person.
func (t Auditor) Text(w Words) string {
	var s page
	s.line(w.say("audit.person", "side", t.Side.String(), "id", t.ID, "got", fmt.Sprint(t.Got), "wanted", fmt.Sprint(t.Wanted)))
	for _, pair := range t.Pairs {
		pair.write(&s, w)
	}
	if t.Missing != nil {
		s.say(w.say(t.Missing.Why))
		for _, r := range t.Missing.Remedies {
			kind := w.say(Code(fmt.Sprintf("remedy.kind.%d", r.Kind)))
			s.say(w.say("audit.remedy", "kind", kind, "what", w.what(r), "gain", vector(r.Gain), "others", w.others(r.Difference)))
		}
	}
	if t.Gain != nil {
		how := Code("audit.resolved")
		if t.Gain.Priced {
			how = "audit.priced"
		}
		s.say(w.say("audit.gain", "gain", vector(t.Gain.Gain), "how", w.say(how)))
	}
	s.say(w.count("audit.tried", int64(t.Solved)))
	return s.String()
}

func (p AuditedPair) write(s *page, w Words) {
	args := []string{"edge", fmt.Sprint(p.Edge), "mentee", p.Mentee, "mentor", p.Mentor, "purpose", "", "state", ""}
	if p.Purpose != "" {
		args[7] = w.say("audit.purpose", "purpose", p.Purpose)
	}
	if p.Pinned {
		args[9] = w.say("audit.settled")
	}
	s.say(w.say("audit.edge", args...))
	if p.Ranks != [2]int32{} {
		s.say(w.say("audit.ranks", "mentee", fmt.Sprint(p.Ranks[0]), "mentor", fmt.Sprint(p.Ranks[1])))
	}
	if len(p.Points) > 0 {
		var points []string
		for _, one := range p.Points {
			points = append(points, w.count("audit.point", int64(one.Points), "criterion", one.Criterion))
		}
		s.say(w.say("audit.points", "points", strings.Join(points, "; ")))
	}
	p.writeProof(s, w)
	switch {
	case !p.last || p.Next == nil:
	case p.Next.Impossible:
		s.say(w.say("audit.impossible", "edge", fmt.Sprint(p.Next.Edge), "mentor", p.NextMentor))
	default:
		s.say(w.say("audit.next", "edge", fmt.Sprint(p.Next.Edge), "mentor", p.NextMentor, "gain", vector(p.Next.Gain), "others", w.others(p.Next.Difference)))
	}
}

// what names what a remedy changes.
func (w Words) what(r Remedy) string {
	what := r.Mentor + r.Rule + w.limits(r)
	if r.Purpose != "" {
		what += w.say("audit.purpose", "purpose", r.Purpose)
	}
	return what
}

// writeProof is a table: the pair was rightly chosen if the first number in the last column that is not zero is
// positive, or if there is none.
func (p AuditedPair) writeProof(s *page, w Words) {
	if len(p.Proof) == 0 {
		return
	}
	heads := strings.Split(w.say("audit.heading"), " | ")
	fmt.Fprintf(s, "    %-24s", heads[0])
	for _, head := range heads[1:] {
		fmt.Fprintf(s, " %12s", head)
	}
	s.WriteString("\n")
	for _, g := range p.Proof {
		fmt.Fprintf(s, "    %-24s %12d %12d %12d %12d\n", g.Goal, g.Counts, g.MenteePrices, g.MentorPrices, g.Counts-g.MenteePrices-g.MentorPrices)
	}
}

// vector writes numbers in the order of the goals.
func vector(numbers []int64) string {
	return strings.ReplaceAll(fmt.Sprint(numbers), " ", ",")
}
