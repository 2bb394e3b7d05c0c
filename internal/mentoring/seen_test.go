package mentoring_test

import (
	"fmt"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/mentoring"
)

// A cell is what the domain model says of one kind of data and one viewer: what is shown when nothing special is true,
// and what instead when facts are. It is written down from the document and shares nothing with permissions.md.
type cell struct {
	otherwise Sight
	when      Fact
	shown     Sight
}

func always(s Sight) cell            { return cell{otherwise: s} }
func only(f Fact, s Sight) cell      { return cell{Nothing, f, s} }
func either(f Fact, s, o Sight) cell { return cell{o, f, s} }
func (c cell) expect(facts Fact) Sight {
	if c.when != 0 && facts&c.when == c.when {
		return c.shown
	}
	return c.otherwise
}

var (
	yes = always(All)
	no  = always(Nothing)
)

// domainModel is the table of section 4.1. The columns: self, counterpart, coordinator, coordinator who evaluates the
// person, unit head, administrator. The words of the document stand beside the cells that are no plain yes or no.
var domainModel = map[Kind][6]cell{
	Profile: {yes, yes, yes, yes, yes, yes},
	ApplicationStatement: {yes,
		only(BothAccepted, All),      // statement only after both accept
		only(BeforePublication, All), // only until publication, then sealed, CF-9
		no, no, no},                  // no (deputy)
	RankedPreferences: {yes,
		no, // ranks never
		only(BeforePublication, All), no, no, no},
	Vetoes: {yes,
		no,                                     // never
		either(NeededForCase, All, Constraint), // as a constraint, name hidden unless needed for a case
		no, no, no},
	SensitiveCharacteristics: {yes,
		only(ConsentShown, All), // only with the consent "shown"
		always(AggregateOf10),   // only aggregated, n>=10
		always(AggregateOf10),   // same
		only(InPublicReport, AggregateOf10),
		no}, // encrypted at rest, not in UI
	Relationship: {yes, yes, yes, yes,
		either(ProgramSays, All, AggregateOf5), // only if program says so, in aggregate otherwise
		always(Metadata)},
	Agreement: {yes, yes,
		always(SetClauses), // locked + bounded clauses; open clauses no
		always(Status),     // status only
		no, no},
	MeetingsHeld: {yes, yes,
		always(CountAndLastDate), always(Count),
		always(AggregateOf5), // aggregated; the number is that of SU-4
		no},
	AgendaAndGoals: {yes,
		always(Shared), // shared ones
		no, no, no,
		no}, // no (encrypted at rest)
	Notebook: {yes,
		always(Shared), // shared entries
		no, no, no,
		no}, // no (end-to-end ciphertext)
	PrescribedMilestones: {yes, yes,
		always(Ticks), // tick state
		no, no, no},
	Pulse: {yes,
		no,                     // never
		only(PersonAsks, Flag), // flag "wants contact" only when the person asks
		no, no, no},
	SurveyAnswers: {yes,
		always(PooledBy4),    // pooled, in releases of 4
		always(AggregateOf5), // aggregated n>=5
		always(AggregateOf5), always(AggregateOf5), no},
	ReasonForEnding: {yes, no, // yes (own)
		only(ReasonGiven, Category), // category, only if given, aggregated in reports
		no,
		always(AggregateOf5), // aggregated
		no},
	Concern:       {yes, no, no, no, no, no}, // the routed officer only
	HelpRequest:   {yes, no, no, no, no, no}, // the one addressed
	Pause:         {yes, always(PausedUntil), always(Paused), always(Status), no, no},
	Hours:         {yes, only(BothEntered, All), always(Sum), no, always(AggregateOf5), no},
	MovedMeetings: {yes, only(OwnMeeting, All), no, no, no, no}, // own meetings
	CheckInStatus: {yes, no, no, no, no, no},
	Variances:     {yes, yes, yes, no, no, no}, // deputy
	InterestsAndAuthority: {yes, // own
		always(ConflictExists),               // that a conflict exists, not its kind
		either(FromRoster, All, WithoutKind), // yes (kind only for edges the roster gave)
		no, no, no},                          // deputy
	DossierEntries:      {yes, only(NamesViewer, All), no, no, no, no}, // what names them
	RelationshipOutside: {yes, yes, no, no, no, always(Metadata)},      // no coordinator at all
	LessonDrafts:        {yes, only(AuthorShares, All), no, no, no, no},
}

// groundFloor are the rows that the platform needs besides: what is one's own account, and what belongs to nobody.
var groundFloor = map[Kind][6]cell{
	Account:         {yes, no, no, no, no, always(Metadata)},
	AuditTrail:      {yes, no, no, no, no, always(Metadata)},
	ProgramSettings: {no, no, yes, yes, no, always(Metadata)},
	Installation:    {no, no, no, no, no, yes},
}

// viewers are one actor for each column, looking at what belongs to "owner" of "program" and "unit".
var viewers = [6]Actor{
	{Person: "owner"},
	{Person: "other"},
	{Person: "viewer", Coordinates: []ProgramID{"program"}},
	{Person: "viewer", Coordinates: []ProgramID{"program"}, Edges: []Edge{{Evaluates, "viewer", "owner"}}},
	{Person: "viewer", Heads: []UnitID{"unit"}},
	{Person: "viewer", Operator: true},
}

// thing is an object of a kind as most of them are.
func thing(kind Kind, facts Fact) Object {
	o := Object{Kind: kind, Owner: "owner", Participants: []PersonID{"owner", "other"}, Program: "program", Units: []UnitID{"unit"}, Facts: facts}
	if kind == ProgramSettings || kind == Installation {
		o.Owner, o.Participants = "", nil
	}
	return o
}

// everyFact is all that callers can say.
const everyFact = BothAccepted | BeforePublication | NeededForCase | ConsentShown | ProgramSays | PersonAsks | ReasonGiven |
	InReport | InPublicReport | FromRoster | BothEntered | OwnMeeting | NamesViewer | AuthorShares

// singles are no fact, each alone, and all that do not turn the object into a report.
var singles = func() []Fact {
	sets := []Fact{0, everyFact &^ InReport}
	for f := Fact(1); f <= everyFact; f <<= 1 {
		sets = append(sets, f)
	}
	return sets
}()

func TestEveryCellOfTheDomainModelIsAsWritten(t *testing.T) {
	t.Parallel()
	rows := 0
	for _, written := range []map[Kind][6]cell{domainModel, groundFloor} {
		for kind, cells := range written {
			rows++
			for column, want := range cells {
				for _, facts := range singles {
					if facts == InReport && kind == ReasonForEnding {
						continue // tested below
					}
					got := May(viewers[column], See, thing(kind, facts))
					if expected := want.expect(facts); got.Sight != expected && (expected != Nothing || got.Allowed()) {
						t.Errorf("%s, %s, when %s: shows %q, want %q", kind, Viewers[column], facts, got.Sight, expected)
					}
				}
			}
		}
	}
	if rows != len(DataRows()) {
		t.Errorf("the table has %d rows, of which %d are tested", len(DataRows()), rows)
	}
}

// The promises behind a plain no: what is encrypted, what never changes, and who sees it instead.
func TestEveryNoSaysWhy(t *testing.T) {
	t.Parallel()
	want := map[string]Sight{}
	say := func(s Sight, column int, kinds ...Kind) {
		for _, kind := range kinds {
			want[fmt.Sprint(kind, column)] = s
		}
	}
	say(Never, 1, RankedPreferences, Vetoes, Pulse, HelpRequest)
	say(Deputy, 3, ApplicationStatement, RankedPreferences, InterestsAndAuthority, HelpRequest, Variances)
	say(Encrypted, 5, SensitiveCharacteristics, AgendaAndGoals)
	say(Ciphertext, 5, Notebook)
	for _, row := range DataRows() {
		for column, cell := range row.Cells {
			last, expected := cell[len(cell)-1], want[fmt.Sprint(row.Kind, column)]
			if expected == "" {
				expected = Nothing
			}
			if !last.Sight.Shows() && last.Sight != expected {
				t.Errorf("%s, %s: %q, want %q", row.Kind, Viewers[column], last.Sight, expected)
			}
			delete(want, fmt.Sprint(row.Kind, column))
		}
	}
	if len(want) > 0 {
		t.Errorf("the table does not say these: %v", want)
	}
}

func TestReasonForEndingIsAFigureInReports(t *testing.T) {
	t.Parallel()
	got := May(viewers[2], See, thing(ReasonForEnding, InReport|ReasonGiven)).Sight
	if got != AggregateOf5 {
		t.Errorf("a coordinator's report shows %q", got)
	}
}

func TestConcernAndHelpReachTheAddresseeAlone(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Concern, HelpRequest} {
		o := thing(kind, everyFact)
		o.Addressee = "viewer"
		for _, program := range []ProgramID{"program", ""} {
			o.Program = program
			officer := Actor{Person: "viewer"}
			if got := May(officer, See, o).Sight; got != All {
				t.Errorf("%s: the one addressed sees %q", kind, got)
			}
			colleague := Actor{Person: "colleague", Coordinates: []ProgramID{"program"}}
			if got := May(colleague, See, o); got.Allowed() {
				t.Errorf("%s: another coordinator sees %q", kind, got.Sight)
			}
			officer.Edges = []Edge{{Pays, "viewer", "other"}}
			if got := May(officer, See, o); got.Allowed() {
				t.Errorf("%s: an officer who pays the other side sees %q", kind, got.Sight)
			}
			officer.Edges, officer.Heads = nil, []UnitID{"unit"}
			if got := May(officer, See, o); got.Allowed() {
				t.Errorf("%s: an officer who leads the unit sees %q", kind, got.Sight)
			}
		}
		o.Addressee = "other"
		if got := May(Actor{Person: "other", Coordinates: []ProgramID{"program"}}, See, o); got.Allowed() {
			t.Errorf("%s: the person it is about sees %q when it is sent to them", kind, got.Sight)
		}
	}
	for _, row := range DataRows() {
		o := thing(row.Kind, everyFact)
		o.Addressee = "viewer"
		if got := May(Actor{Person: "viewer"}, See, o); got.Allowed() && row.Kind != Concern && row.Kind != HelpRequest {
			t.Errorf("%s: an addressee, of which it has none, sees %q", row.Kind, got.Sight)
		}
	}
}

func TestCoordinatorDoesNotSeeHowTheirEvaluatorRanked(t *testing.T) { // MA-9
	t.Parallel()
	coordinator := viewers[2]
	coordinator.Edges = []Edge{{Evaluates, "owner", "viewer"}}
	if got := May(coordinator, See, thing(RankedPreferences, BeforePublication)); got.Allowed() {
		t.Errorf("shows %q", got.Sight)
	}
	if got := May(coordinator, OpenSealed, thing(RankedPreferences, 0)); got.Allowed() {
		t.Error("the seal can be broken")
	}
}

func TestRelationshipOutsideProgramsHasNoCoordinator(t *testing.T) {
	t.Parallel()
	for _, row := range DataRows() {
		if row.Kind == Installation {
			continue
		}
		o := thing(row.Kind, everyFact)
		o.Program = ""
		for _, viewer := range viewers[2:5] {
			viewer.Coordinates = append(viewer.Coordinates, "")
			if got := May(viewer, See, o); got.Allowed() {
				t.Errorf("%s shows %q", row.Kind, got.Why)
			}
		}
	}
}

func TestPositionOfAuthorityOverAThirdPersonClosesNothing(t *testing.T) {
	t.Parallel()
	coordinator := viewers[2]
	coordinator.Edges = []Edge{{Evaluates, "viewer", "stranger"}, {Evaluates, "stranger", "owner"}, {Evaluates, "stranger", "viewer"}, {Observes, "viewer", "owner"}}
	for _, row := range DataRows() {
		o := thing(row.Kind, everyFact)
		if got, want := May(coordinator, See, o), May(viewers[2], See, o); got != want {
			t.Errorf("%s: shows %q, without %q", row.Kind, got.Sight, want.Sight)
		}
	}
}

// An id that is missing somewhere is nobody's, and matches no other one that is missing.
func TestMissingIdsMatchNothing(t *testing.T) {
	t.Parallel()
	empty := Actor{
		Person: "viewer", Coordinates: []ProgramID{""}, Heads: []UnitID{""}, DelegateOf: []PersonID{""},
		Edges: []Edge{{Evaluates, "viewer", ""}, {Evaluates, "", "viewer"}},
	}
	for _, row := range DataRows() {
		o := Object{Kind: row.Kind, Participants: []PersonID{"", "other"}, Units: []UnitID{""}, Facts: everyFact}
		if got := May(empty, See, o); got.Allowed() {
			t.Errorf("%s: shows %q", row.Kind, got.Why)
		}
		o.Program = "program"
		empty.Coordinates = append(empty.Coordinates, "program")
		if got, want := May(empty, See, o), May(viewers[2], See, o); got != want {
			t.Errorf("%s: a coordinator sees %q, want %q", row.Kind, got.Why, want.Why)
		}
		empty.Coordinates = empty.Coordinates[:1]
	}
	if May(empty, BookMeetings, Object{Kind: Relationship, Participants: []PersonID{""}}).Allowed() {
		t.Error("a delegate of nobody books")
	}
}

// Callers say what is true of an object; to whom it was sent, and who evaluates whom, they do not say as facts.
func TestCallersCannotSayWhatIsNotTheirsToSay(t *testing.T) {
	t.Parallel()
	const everyBit = ^Fact(0)
	for _, kind := range []Kind{Concern, HelpRequest} {
		if got := May(viewers[2], See, thing(kind, everyBit)); got.Allowed() {
			t.Errorf("%s: shows %q", kind, got.Why)
		}
	}
	coordinator := viewers[2]
	coordinator.Edges = []Edge{{Pays, "owner", "viewer"}}
	if got := May(coordinator, See, thing(RankedPreferences, everyBit)); got.Allowed() {
		t.Errorf("ranks: shows %q", got.Why)
	}
}
