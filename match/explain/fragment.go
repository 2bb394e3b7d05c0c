package explain

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// What follows says single things, for pages that put them together in their own way. The texts are those of the
// coordinator.

// Say says a code that needs no arguments, such as what kept somebody from a mentor.
func (w Words) Say(c Code) string { return w.say(c) }

// Changes says what each goal counts more or less, in their order. Lotteries are left out.
func (w Words) Changes(goals []match.Goal, gain []int64) string { return w.changes(goals, gain) }

// Others says for how many people a change makes a difference.
func (w Words) Others(d Difference) string { return w.others(d) }

// Reason says what speaks for a pair, or against it.
func (w Words) Reason(r Reason) string { return w.reason(r) }

// Barrier says how many mentors a rule keeps away.
func (w Words) Barrier(b Barrier) string { return w.count("barrier", int64(b.Mentors), "rule", b.Rule) }

// Remedy says a remedy and what it does to the whole. Names are what mentors are called, by id.
func (w Words) Remedy(r Remedy, goals []match.Goal, names map[string]string) string {
	return w.remedy(r, goals, names)
}

// Bound says why a mentee has fewer mentors than wanted, and which rules keep mentors away; nil: the mentee has as many
// as wanted. It solves nothing and knows no remedy; [Explainer.Missing] looks for one.
func (x *Explainer) Bound(mentee string) *Missing {
	who := x.find(match.MenteeSide, mentee)
	if who < 0 || x.loads[who] >= x.p.Max[who] {
		return nil
	}
	return &Missing{Why: x.bound(who), Wanted: int(x.p.Max[who]), Got: int(x.loads[who]), Barriers: x.barriers(mentee)}
}

// barriers are the rules that keep mentors from a mentee, without those that are hidden.
func (x *Explainer) barriers(mentee string) []Barrier {
	if x.about.Barriers == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(x.about.Barriers(mentee)), func(b Barrier) bool { return slices.Contains(x.about.Hidden, b.Rule) })
}
