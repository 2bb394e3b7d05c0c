package mentoring

import "slices"

// An Audience is whom a person lets see a part of their profile. Each holds those of the next: what members see,
// partners see too.
type Audience int

// The audiences, from the widest.
const (
	Members      Audience = iota // whoever has signed in; only of those who are listed in the directory
	Partners                     // those in a relationship with the person
	Coordinators                 // those who run a program, and the matching
	OnlyMe                       // and nobody else
)

// A Field is a part of a profile with an audience of its own.
type Field string

// The fields of a profile.
const (
	FieldName         Field = "name" // given and family
	FieldPronoun      Field = "pronoun"
	FieldAppointments Field = "appointments" // unit, rank or level, from and to; where a guest comes from
	FieldSeeks        Field = "seeks"        // what would help now
	FieldOffers       Field = "offers"
	FieldSupport      Field = "support" // kinds of support offered
	FieldSpecialties  Field = "specialties"
	FieldInterests    Field = "interests"
	FieldLanguages    Field = "languages"
	FieldDistance     Field = "distance"
	FieldWhen         Field = "when"
	FieldPlace        Field = "place" // and the time zone
	FieldDestination  Field = "destination"
	FieldRefuses      Field = "refuses" // what the person will not do
	FieldTraining     Field = "training"
	FieldRoom         Field = "room"     // "has room" or "waiting list"; never how many (FV-9)
	FieldCapacity     Field = "capacity" // in people, and in hours a month
	FieldAway         Field = "away"
)

// A Visibility says how far a field goes before its person has chosen, and how far it goes at the least and at the most.
type Visibility struct {
	Field             Field
	Default           Audience
	Widest, Narrowest Audience
	Offer             bool // whether a field shows to those who see name, unit, level and offers (domain model, 4.1)
}

// Visibilities are those of all fields, in the order in which people are asked. Name, unit, level and offers are seen by
// those who run a program whatever the person chooses. Of the others each can be kept to oneself. Nothing goes to members
// before the person asks to be listed.
var Visibilities = []Visibility{
	{FieldName, Members, Members, Members, true},
	{FieldPronoun, Members, Members, OnlyMe, false},
	{FieldAppointments, Members, Members, Coordinators, true},
	{FieldSeeks, Coordinators, Members, OnlyMe, false},
	{FieldOffers, Members, Members, Coordinators, true},
	{FieldSupport, Members, Members, OnlyMe, false},
	{FieldSpecialties, Members, Members, OnlyMe, false},
	{FieldInterests, Members, Members, OnlyMe, false},
	{FieldLanguages, Members, Members, OnlyMe, false},
	{FieldDistance, Members, Members, OnlyMe, false},
	{FieldWhen, Partners, Members, OnlyMe, false},
	{FieldPlace, Coordinators, Members, OnlyMe, false},
	{FieldDestination, Coordinators, Members, OnlyMe, false},
	{FieldRefuses, Members, Members, OnlyMe, false},
	{FieldTraining, Members, Members, OnlyMe, false},
	{FieldRoom, Members, Members, Members, true},
	{FieldCapacity, OnlyMe, OnlyMe, OnlyMe, false},
	{FieldAway, OnlyMe, OnlyMe, OnlyMe, false},
}

// VisibilityOf is the row of a field.
func VisibilityOf(f Field) (Visibility, bool) {
	k := slices.IndexFunc(Visibilities, func(v Visibility) bool { return v.Field == f })
	if k < 0 {
		return Visibility{}, false
	}
	return Visibilities[k], true
}

// Choosable says whether the person has a say.
func (v Visibility) Choosable() bool { return v.Widest != v.Narrowest }

// Allows says whether the person may choose an audience.
func (v Visibility) Allows(a Audience) bool { return v.Widest <= a && a <= v.Narrowest }

// A Showing is what a person has chosen: an audience by field, where it is not the default, and whether they are listed.
type Showing struct {
	Listed bool
	Chosen map[Field]Audience
}

// AudienceOf is how far a field goes. What was chosen against the rules counts as the narrowest.
func (s Showing) AudienceOf(f Field) Audience {
	v, known := VisibilityOf(f)
	if !known {
		return OnlyMe
	}
	chosen, has := s.Chosen[f]
	switch {
	case !has:
		return v.Default
	case !v.Allows(chosen):
		return v.Narrowest
	}
	return chosen
}

// Shows says whether somebody with a standing sees a field of a profile. It is the only place where that is decided:
// pages, lists, searches, counts and reasons ask it, or ask [Widest] and compare audiences.
//
// Whoever has no column, such as a program director, sees nothing. A coordinator who evaluates the person, a unit head
// and an administrator see name, unit, level and offers, and what any member sees.
func Shows(f Field, s Showing, as Standing) bool {
	v, known := VisibilityOf(f)
	if !known {
		return false
	}
	if offer := v.Offer && s.AudienceOf(f) <= Coordinators; offer && slices.Contains([]Standing{Evaluator, UnitHead, Operator}, as) {
		return true
	}
	reach, some := ReachOf(as)
	if !some || reach == Members && !s.Listed {
		return false
	}
	return s.AudienceOf(f) <= reach
}

// ReachOf is the narrowest audience that somebody with a standing is part of; false: of none.
func ReachOf(as Standing) (Audience, bool) {
	switch as {
	case Self:
		return OnlyMe, true
	case Coordinator:
		return Coordinators, true
	case Counterpart:
		return Partners, true
	case Member, Evaluator, UnitHead, Operator:
		return Members, true
	}
	return 0, false
}

// EyeOf is the standing as which an actor sees the profile of a person: the nearest that the table lets see it, else as a
// member of the directory, else none.
func EyeOf(a Actor, profile Object) (Standing, Decision) {
	if d := May(a, See, profile); d.Allowed() {
		for _, standing := range standingsOf(&a, &profile) {
			if slices.Contains(Viewers[:], standing) {
				return standing, d
			}
		}
	}
	if d := May(a, LookPeopleUp, profile); d.Allowed() {
		return Member, d
	}
	return "", refusal("profile: no standing")
}
