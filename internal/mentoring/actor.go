package mentoring

import "slices"

// Ids of people, programs and units. The empty id is nobody's.
type (
	PersonID  string
	ProgramID string
	UnitID    string
)

// An Actor is who asks, with everything about them that permission depends on. The zero value is somebody who has not
// signed in.
type Actor struct {
	Person      PersonID
	SteppingIn  PersonID    // the administrator who uses the account of Person; "": nobody does
	Suspended   bool        // the account
	Operator    bool        // administers the installation
	Coordinates []ProgramID // as coordinator
	Heads       []UnitID    // as unit head
	DelegateOf  []PersonID  // for whom the actor books meetings
	Edges       []Edge      // of authority that are in force and begin or end at Person
}

// An Edge is a position of authority of one person towards another.
type Edge struct {
	Kind     EdgeKind
	From, To PersonID
}

// An EdgeKind says which position (domain model, section 4).
type EdgeKind string

// The kinds of edges.
const (
	Supervises       EdgeKind = "supervises" // teaches, with no say in assessments
	Evaluates        EdgeKind = "evaluates"
	DecidesPromotion EdgeKind = "decides_promotion"
	Pays             EdgeKind = "pays"
	LeadsUnitOf      EdgeKind = "leads_unit_of"
	Observes         EdgeKind = "observes" // for a teaching period at most
	Family           EdgeKind = "family"
	Business         EdgeKind = "business"
	CoApplicant      EdgeKind = "co_applicant_competitor"
	DoNotMatch       EdgeKind = "do_not_match"
)

var withoutJudgement = []EdgeKind{Supervises, Observes, Family, Business, CoApplicant, DoNotMatch}

// Evaluative says whether the edge closes the evaluator firewall (CF-9). A kind that is not known does.
func (k EdgeKind) Evaluative() bool { return !slices.Contains(withoutJudgement, k) }

// judges says whether a has an evaluative edge to b, among these.
func judges(edges []Edge, a, b PersonID) bool {
	return slices.ContainsFunc(edges, func(e Edge) bool { return e.From == a && e.To == b && e.Kind.Evaluative() })
}
