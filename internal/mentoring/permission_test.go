package mentoring_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/mentoring"
)

// atMost says whether one sight tells no more than another. What is not in the list is not less.
func atMost(a, b Sight) bool {
	less := map[Sight][]Sight{
		Status:        {Paused, PausedUntil, SetClauses},
		Paused:        {PausedUntil},
		Count:         {CountAndLastDate},
		AggregateOf10: {AggregateOf5},
		AggregateOf5:  {Category, Sum, Count, CountAndLastDate},
		Metadata:      {Status},
	}
	return a == b || !a.Shows() || b == All || slices.Contains(less[a], b)
}

// A world is somebody who asks, and something they ask for, drawn so that every standing and every fact turns up often.
type world struct {
	Actor
	Object
}

func draw(r *rand.Rand) world {
	people := []PersonID{"ana", "ben", "cy", "dee", ""}
	kinds := DataRows()
	one := func() PersonID { return people[r.IntN(len(people))] }
	w := world{
		Actor{Person: one(), Coordinates: []ProgramID{"p"}, Operator: r.IntN(4) == 0, Suspended: r.IntN(12) == 0},
		Object{Kind: kinds[r.IntN(len(kinds))].Kind, Owner: one(), Program: "p", Facts: Fact(r.Uint32())},
	}
	if r.IntN(8) == 0 {
		w.SteppingIn = "root"
	}
	for range r.IntN(3) {
		w.Participants = append(w.Participants, one())
	}
	for _, chance := range []func(){
		func() { w.Coordinates = nil },
		func() { w.Units = []UnitID{"u"} },
		func() { w.Heads = []UnitID{"u"} },
		func() { w.Addressee = one() },
		func() { w.DelegateOf = []PersonID{one()} },
		func() { w.Program = "" },
		func() { w.Edges = append(w.Edges, edge(r, w.Person, one())) },
		func() { w.Edges = append(w.Edges, edge(r, one(), w.Person)) },
	} {
		if r.IntN(3) == 0 {
			chance()
		}
	}
	return w
}

func edge(r *rand.Rand, from, to PersonID) Edge {
	kinds := []EdgeKind{Supervises, Evaluates, DecidesPromotion, Pays, LeadsUnitOf, Observes, Family, Business, CoApplicant, DoNotMatch}
	return Edge{kinds[r.IntN(len(kinds))], from, to}
}

// everyAction is See and whatever else the table knows.
func everyAction() []Action {
	all := []Action{See}
	for _, row := range ActionRows() {
		all = append(all, row.Action)
	}
	return all
}

// inWorlds tries a property in many worlds and with every action, and wants it to have had something to say.
func inWorlds(t *testing.T, holds func(w world, action Action) (said bool, fault string)) {
	t.Helper()
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 9))
	said := 0
	for range 6000 {
		w := draw(r)
		for _, action := range everyAction() {
			spoke, fault := holds(w, action)
			if spoke {
				said++
			}
			if fault != "" {
				t.Fatalf("%s %s: %s\nactor %+v\nobject %+v", action, w.Kind, fault, w.Actor, w.Object)
			}
		}
	}
	if said < 20 {
		t.Errorf("the property was about %d cases only", said)
	}
}

// narrows says that a change of the world takes something away and gives nothing.
func narrows(change func(w *world)) func(w world, action Action) (bool, string) {
	return func(w world, action Action) (bool, string) {
		before := May(w.Actor, action, w.Object)
		change(&w)
		after := May(w.Actor, action, w.Object)
		if !atMost(after.Sight, before.Sight) {
			return true, fmt.Sprintf("%q before, %q after", before.Why, after.Why)
		}
		return after.Sight != before.Sight, ""
	}
}

func TestPositionOfAuthorityNeverWidensWhatIsSeen(t *testing.T) {
	inWorlds(t, narrows(func(w *world) { w.Edges = append(w.Edges, Edge{Evaluates, w.Person, w.Owner}) }))
}

func TestPositionOfAuthorityOverTheOtherSideClosesToo(t *testing.T) {
	inWorlds(t, narrows(func(w *world) {
		for _, p := range w.Participants {
			w.Edges = append(w.Edges, Edge{Pays, w.Person, p})
		}
	}))
}

func TestSteppingInNeverWidens(t *testing.T) {
	inWorlds(t, narrows(func(w *world) { w.SteppingIn = "root" }))
}

func TestSuspensionNeverWidens(t *testing.T) {
	inWorlds(t, narrows(func(w *world) { w.Suspended = true }))
}

func TestPublicationSealsAndNeverOpens(t *testing.T) {
	inWorlds(t, narrows(func(w *world) { w.Facts &^= BeforePublication }))
}

func TestLessIsTrueMeansLessIsSeen(t *testing.T) {
	inWorlds(t, narrows(func(w *world) { w.Facts &= InReport }))
}

func TestEvaluativeKindsAreTheFourOfTheFirewall(t *testing.T) {
	t.Parallel()
	for kind, want := range map[EdgeKind]bool{
		Evaluates: true, DecidesPromotion: true, Pays: true, LeadsUnitOf: true, "a kind of tomorrow": true,
		Supervises: false, Observes: false, Family: false, Business: false, CoApplicant: false, DoNotMatch: false,
	} {
		if kind.Evaluative() != want {
			t.Errorf("%s: %t, want %t", kind, !want, want)
		}
	}
}

func TestOwnerSeesTheirOwnWholly(t *testing.T) {
	t.Parallel()
	for _, row := range DataRows() {
		got := May(Actor{Person: "owner"}, See, thing(row.Kind, 0))
		if want := row.SelfIs != "nobody"; got.Allowed() != want || want && got.Sight != All {
			t.Errorf("%s shows %q", row.Kind, got.Sight)
		}
	}
}

// What others say in private stays with them, whatever consents and settings there are.
func TestWhatOthersSaidPrivatelyStaysWithThem(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Pulse, Vetoes, RankedPreferences, HelpRequest, Concern, ReasonForEnding, CheckInStatus} {
		if got := May(Actor{Person: "other", Operator: true, Coordinates: []ProgramID{"program"}}, See, thing(kind, everyFact)); got.Allowed() {
			t.Errorf("%s: the other person sees %q", kind, got.Sight)
		}
	}
}

// MO-9: in a friendship both have the same rights. They have in every model: exchanging two people, wherever they stand,
// changes no decision.
func TestTwoPeopleExchangedDecideAlike(t *testing.T) {
	exchange := func(p PersonID) PersonID {
		switch p {
		case "ana":
			return "ben"
		case "ben":
			return "ana"
		}
		return p
	}
	inWorlds(t, func(w world, action Action) (bool, string) {
		before := May(w.Actor, action, w.Object)
		w.Person, w.Owner, w.Addressee = exchange(w.Person), exchange(w.Owner), exchange(w.Addressee)
		w.Participants, w.DelegateOf, w.Edges = slices.Clone(w.Participants), slices.Clone(w.DelegateOf), slices.Clone(w.Edges)
		for k := range w.Participants {
			w.Participants[k] = exchange(w.Participants[k])
		}
		for k := range w.DelegateOf {
			w.DelegateOf[k] = exchange(w.DelegateOf[k])
		}
		for k, e := range w.Edges {
			w.Edges[k] = Edge{e.Kind, exchange(e.From), exchange(e.To)}
		}
		after := May(w.Actor, action, w.Object)
		if before != after {
			return true, fmt.Sprintf("%+v before, %+v after", before, after)
		}
		return before.Allowed(), ""
	})
}

func TestNobodyWithoutAPlaceSeesAnything(t *testing.T) {
	t.Parallel()
	for _, row := range DataRows() {
		for name, actor := range map[string]Actor{
			"not signed in":                 {},
			"not signed in, with offices":   {Operator: true, Coordinates: []ProgramID{"program"}, Heads: []UnitID{"unit"}},
			"somebody else":                 {Person: "stranger"},
			"coordinator of another":        {Person: "stranger", Coordinates: []ProgramID{"another"}, Heads: []UnitID{"another"}},
			"delegate":                      {Person: "stranger", DelegateOf: []PersonID{"owner", "other"}},
			"who evaluates":                 {Person: "stranger", Edges: []Edge{{Evaluates, "stranger", "owner"}}},
			"stepped in to a coordinator's": {Person: "stranger", SteppingIn: "root", Operator: true, Coordinates: []ProgramID{"program"}},
		} {
			if got := May(actor, See, thing(row.Kind, everyFact)); got.Allowed() {
				t.Errorf("%s: %s sees %q", row.Kind, name, got.Sight)
			}
		}
	}
	if got := May(Actor{}, See, Object{}); got.Allowed() {
		t.Error("nobody sees nothing in particular")
	}
}

// CF-8, and more strictly: an administrator inside an account sees of it what a coordinator sees wholly, and no more.
func TestSteppingInOpensNothingPrivate(t *testing.T) {
	t.Parallel()
	inside := Actor{Person: "owner", SteppingIn: "root"}
	coordinator := column(Coordinator)
	for _, row := range DataRows() {
		cell := row.Cells[coordinator]
		want := len(cell) == 1 && cell[0] == Choice{Sight: All} && row.SelfIs != "nobody"
		got := May(inside, See, thing(row.Kind, everyFact))
		if got.Allowed() != want {
			t.Errorf("%s: shows %q", row.Kind, got.Sight)
		}
		if got.Allowed() && got.Needs&Log == 0 {
			t.Errorf("%s: is not written down", row.Kind)
		}
	}
}

func column(s Standing) int { return slices.Index(Viewers[:], s) }

func TestCoordinatorWhoEvaluatesSeesAtMostWhatOthersDo(t *testing.T) {
	t.Parallel()
	for _, row := range DataRows() {
		for _, facts := range singles {
			free, bound := May(viewers[2], See, thing(row.Kind, facts)), May(viewers[3], See, thing(row.Kind, facts))
			if !atMost(bound.Sight, free.Sight) {
				t.Errorf("%s, %s: %q, other coordinators %q", row.Kind, facts, bound.Sight, free.Sight)
			}
		}
	}
}

func TestLookingAtOthersIsWrittenDown(t *testing.T) {
	t.Parallel()
	for _, row := range DataRows() {
		for k, viewer := range viewers {
			got := May(viewer, See, thing(row.Kind, 0))
			want := k >= 2 && got.Allowed() && got.Sight.Least() == 0
			if (got.Needs == Log) != want {
				t.Errorf("%s, %s: %q needs %q", row.Kind, Viewers[k], got.Sight, got.Needs)
			}
		}
	}
}

func TestUnknownAndForbiddenAnswerAlike(t *testing.T) {
	t.Parallel()
	stranger := Actor{Person: "stranger"}
	unknown := []error{
		May(stranger, See, Object{Kind: "no such kind", Owner: "stranger"}).Refused(),
		May(stranger, "no such action", Object{Kind: Account, Owner: "stranger"}).Refused(),
		May(stranger, SignOut, Object{Kind: Notebook, Owner: "stranger"}).Refused(),
		NotHere(),
	}
	forbidden := []error{
		May(stranger, See, thing(Pulse, 0)).Refused(),
		May(stranger, EraseOwnAccount, thing(Account, 0)).Refused(),
		May(Actor{Person: "owner", Suspended: true}, See, thing(Account, 0)).Refused(),
		May(Actor{}, PublishMatching, thing(ProgramSettings, 0)).Refused(),
	}
	for _, err := range append(unknown, forbidden...) {
		if !reflect.DeepEqual(err, error(NotHere())) {
			t.Errorf("the answer is %#v", err)
		}
	}
	if err := May(stranger, SignOut, Object{Kind: Account, Owner: "stranger"}).Refused(); err != nil {
		t.Errorf("what is allowed answers %v", err)
	}
}

func BenchmarkMay(b *testing.B) {
	o := thing(MeetingsHeld, 0)
	for b.Loop() {
		May(viewers[3], See, o)
	}
}
