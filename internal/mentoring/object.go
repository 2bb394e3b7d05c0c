package mentoring

import (
	"slices"
	"strings"
)

// A Kind says what an object is. Each has a row in permissions.md.
type Kind string

// The kinds of the domain model, section 4.1.
const (
	Profile                  Kind = "profile" // name, unit, level, offers
	ApplicationStatement     Kind = "application statement"
	RankedPreferences        Kind = "ranked preferences"
	Vetoes                   Kind = "vetoes"
	SensitiveCharacteristics Kind = "sensitive characteristics"
	Relationship             Kind = "relationship" // that it exists
	Agreement                Kind = "agreement"    // its text
	MeetingsHeld             Kind = "meetings held"
	AgendaAndGoals           Kind = "agenda and goals" // and follow-ups
	Notebook                 Kind = "notebook"
	PrescribedMilestones     Kind = "prescribed milestones" // of formal apprenticeship and succession (GO-1)
	Pulse                    Kind = "pulse"
	SurveyAnswers            Kind = "survey answers"
	ReasonForEnding          Kind = "reason for ending"
	Concern                  Kind = "concern"
	InterestsAndAuthority    Kind = "interests and authority" // declarations of interest, authority edges
	HelpRequest              Kind = "help request"
	Pause                    Kind = "pause"          // and periods away
	Hours                    Kind = "hours"          // offered, and the effort budget
	MovedMeetings            Kind = "moved meetings" // and cancelled ones
	CheckInStatus            Kind = "check-in status"
	Variances                Kind = "variances"
	DossierEntries           Kind = "dossier entries"
	RelationshipOutside      Kind = "relationship outside programs"
	LessonDrafts             Kind = "lesson drafts"
)

// The kinds of the ground floor.
const (
	Account         Kind = "account" // e-mails, passkeys, sessions, delegates
	AuditTrail      Kind = "audit trail"
	ProgramSettings Kind = "program settings"
	Installation    Kind = "installation"
)

// An Object is what is asked for. Its zero value is nothing that anybody may see.
type Object struct {
	Kind         Kind
	Owner        PersonID   // whose it is, or who wrote it; "": of all participants alike
	Participants []PersonID // in the relationship that it belongs to; whether Owner is among them does not matter
	Program      ProgramID  // "": outside any program, so that no coordinator and no unit head sees it
	Units        []UnitID   // of the owner, or of the participants
	Addressee    PersonID   // of a concern or a help request
	Facts        Fact
}

// anyOne says whether something is true of the owner or of a participant.
func (o *Object) anyOne(is func(PersonID) bool) bool {
	return o.Owner != "" && is(o.Owner) ||
		slices.ContainsFunc(o.Participants, func(p PersonID) bool { return p != "" && is(p) })
}

// A Fact is something that opens a cell of the table, true of an object and whoever asks. Facts are a set; the empty set
// opens least.
type Fact uint16

// The facts that callers establish.
const (
	BothAccepted Fact = 1 << iota
	BeforePublication
	NeededForCase
	ConsentShown // the third of the three consents, "shown in my profile"
	ProgramSays
	PersonAsks
	ReasonGiven
	InReport // what comes out is a report, and no page about a person
	InPublicReport
	FromRoster
	BothEntered
	OwnMeeting // of whoever asks
	NamesViewer
	AuthorShares

	// Two that May establishes by itself.
	addressed   // to whoever asks
	independent // whoever asks is not evaluated by a person the object is about (MA-9)
	computed    = addressed | independent
)

// factWords are the facts as the table names them, in their order.
var factWords = [...]string{
	"both accepted", "before publication", "a case needs it", "shown", "the program says so", "they ask", "given",
	"in a report", "in a public report", "from the roster", "both entered", "their own meeting", "it names them",
	"the author shares it", "addressed", "independent",
}

func (f Fact) String() string {
	var words []string
	for k, word := range factWords {
		if f&(1<<k) != 0 {
			words = append(words, word)
		}
	}
	return strings.Join(words, " and ")
}
