package mentoring

import "slices"

// A Standing is how somebody stands to an object: one of the columns of the table.
type Standing string

// The standings. Those of the first group are the columns of what is seen, in their order.
const (
	Self        Standing = "self"
	Counterpart Standing = "counterpart"
	Coordinator Standing = "coordinator"
	Evaluator   Standing = "coordinator who evaluates"
	UnitHead    Standing = "unit head"
	Operator    Standing = "operator"

	Anybody  Standing = "anybody"
	Member   Standing = "member" // whoever has signed in
	Delegate Standing = "delegate"
)

// Viewers are the columns of what is seen.
var Viewers = [...]Standing{Self, Counterpart, Coordinator, Evaluator, UnitHead, Operator}

var standings = append(Viewers[:], Anybody, Member, Delegate)

// standingsOf are all standings of an actor to an object, the nearest first. Who is in a relationship does not look at it
// as coordinator, unit head or administrator as well, and who steps into an account takes none of its offices along.
func standingsOf(a *Actor, o *Object) []Standing {
	if a.Person == "" {
		return []Standing{Anybody}
	}
	if o.Owner == a.Person {
		return []Standing{Self, Member, Anybody}
	}
	if slices.Contains(o.Participants, a.Person) {
		return []Standing{Counterpart, Member, Anybody}
	}
	if a.SteppingIn != "" {
		return []Standing{Member, Anybody}
	}
	var all []Standing
	switch {
	case !coordinates(a, o):
	case judgesOneOf(a, o) || leadsUnitOf(a, o):
		all = append(all, Evaluator)
	default:
		all = append(all, Coordinator)
	}
	if o.Program != "" && leadsUnitOf(a, o) {
		all = append(all, UnitHead)
	}
	if a.Operator {
		all = append(all, Operator)
	}
	if o.anyOne(func(person PersonID) bool { return slices.Contains(a.DelegateOf, person) }) {
		all = append(all, Delegate)
	}
	return append(all, Member, Anybody)
}

// coordinates says whether the column of coordinators is the actor's: by the program, or because the object was sent to
// them, who may then be a case officer.
func coordinates(a *Actor, o *Object) bool {
	sent := o.Addressee == a.Person && (o.Kind == Concern || o.Kind == HelpRequest)
	return sent || o.Program != "" && slices.Contains(a.Coordinates, o.Program)
}

// judgesOneOf says whether the firewall stands between an actor and an object (CF-9).
func judgesOneOf(a *Actor, o *Object) bool {
	return o.anyOne(func(person PersonID) bool { return judges(a.Edges, a.Person, person) })
}

func leadsUnitOf(a *Actor, o *Object) bool {
	return slices.ContainsFunc(o.Units, func(u UnitID) bool { return u != "" && slices.Contains(a.Heads, u) })
}

// factsFor are the facts of an object for an actor, those included that are not for callers to say.
func factsFor(a *Actor, o *Object) Fact {
	facts := o.Facts&^computed | independent
	if o.Addressee == a.Person {
		facts |= addressed
	}
	if o.anyOne(func(person PersonID) bool { return judges(a.Edges, person, a.Person) }) {
		facts &^= independent
	}
	return facts
}
