package run

import (
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// Case is what there is to explain of the run: problem, certificate and names, and what the inputs say besides, where
// they are at hand.
func (r *Run) Case() explain.Case {
	told := explain.Case{Problem: r.Problem, Certificate: r.Certificate, Names: [2]map[string]string{r.Names.Mentees, r.Names.Mentors}}
	people := r.People
	if people == nil {
		return told
	}
	told.Reasons = people.Reasons
	told.Barriers = func(mentee string) []explain.Barrier {
		var all []explain.Barrier
		for _, b := range people.Barriers(match.MenteeSide, mentee) {
			all = append(all, explain.Barrier{Rule: b.Rule, Mentors: b.People})
		}
		return all
	}
	told.Lifts = func(mentee string) []explain.Lift {
		var all []explain.Lift
		for _, lift := range people.Lifts(mentee) {
			all = append(all, explain.Lift{Rule: lift.Rule, Pairs: lift.Pairs})
		}
		return all
	}
	told.Choices = people.Choices
	if people.Format != roster.People {
		// With ranks alone no rule keeps people apart, and one more choice can be thought of.
		told.Choices = func(mentee string) []match.Pair { return explain.LastChoices(r.Problem, r.Certificate, mentee) }
	}
	return told
}
