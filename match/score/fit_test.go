package score

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestFitsAreWholeNumbersFromNothingToAll(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		fit      Fit
		measured int
		want     int
	}{
		{"none of three", Fit{Full: 3}, 0, 0},
		{"one of three", Fit{Full: 3}, 1, 33},
		{"two of three", Fit{Full: 3}, 2, 66},
		{"all three", Fit{Full: 3}, 3, 100},
		{"more than all", Fit{Full: 3}, 9, 100},
		{"less than none", Fit{Full: 3}, -9, 0},
		{"no load", Fit{None: 4}, 0, 100},
		{"some load", Fit{None: 4}, 3, 25},
		{"too much load", Fit{None: 4}, 7, 0},
		{"first choice", *FitByPlace(), 1, 100},
		{"fifth choice", *FitByPlace(), 5, 20},
		{"sixth choice", *FitByPlace(), 6, 0},
		{"no choice", *FitByPlace(), 0, 0},
		{"ideal gap", *FitByGap(1, 2), 2, 100},
		{"one level off", *FitByGap(1, 2), 0, 75},
		{"between two ideals", *FitByGap(1, 5), 3, 50},
		{"three levels off", *FitByGap(1), -2, 25},
		{"far off", *FitByGap(1), -3, 0},
	} {
		if got := test.fit.Of(test.measured); got != test.want {
			t.Errorf("%s: the fit of %d is %d, want %d", test.name, test.measured, got, test.want)
		}
	}
}

// TestDistanceCostsNothing goes through random places, destinations and interests: the fit is 100 if the places have one
// in common, the destination is the mentor's place or around it, or two interests are shared; else it is that of the
// tree.
func TestDistanceCostsNothingForThoseWhoWillMoveOrShareEnough(t *testing.T) {
	t.Parallel()
	tree, faults := NewTree([]Term{
		{Name: "west"}, {Name: "east"}, {Name: "Calgary", Above: "west"}, {Name: "Victoria", Above: "west"},
		{Name: "Halifax", Above: "east"}, {Name: "Saint John", Above: "east", Synonyms: []string{"St. John"}},
	})
	if faults != nil {
		t.Fatal(faults)
	}
	region := map[string]string{"calgary": "west", "victoria": "west", "halifax": "east", "saint john": "east", "st. john": "east"}
	name := func(place string) string { return strings.Replace(Fold(place), "st.", "saint", 1) }
	places := []string{"Calgary", "Victoria", "Halifax", "Saint John", "St. John", "abroad"}
	interests := []string{"sepsis", "simulation", "ethics", "aging"}
	random := rand.New(rand.NewPCG(5, 5))
	some := func(words []string, most int) []string {
		var all []string
		for range random.IntN(most + 1) {
			all = append(all, words[random.IntN(len(words))])
		}
		return all
	}
	exempt := 0
	for range 3000 {
		site, mentorSite, destination := some(places, 2), some(places, 2), some(append(places, "east", "west"), 1)
		own, others := some(interests, 3), some(interests, 3)
		s, err := New(
			People{IDs: []string{"a"}, Fields: map[string]Field{"site": {site}, "to": {destination}, "interests": {own}}},
			People{IDs: []string{"M"}, Fields: map[string]Field{"site": {mentorSite}, "interests": {others}}},
			Rules{Points: []Points{{
				Comparison: Comparison{Name: "near", Measure: Near, Mentee: "site", Mentor: "site", Tree: tree, Unless: &Unless{"to", "interests", "interests", 2}},
				Fit:        &Fit{Full: BestFit}, Weight: 2,
			}}})
		if err != nil {
			t.Fatal(err)
		}
		want, because := 0, Here
		for _, a := range site {
			for _, b := range mentorSite {
				switch {
				case name(a) == name(b):
					want = 100
				case region[Fold(a)] != "" && region[Fold(a)] == region[Fold(b)]:
					want = max(want, 50)
				}
			}
		}
		shared := map[string]bool{}
		for _, one := range own {
			if slices.Contains(others, one) {
				shared[one] = true
			}
		}
		if want < 100 && len(shared) >= 2 {
			want, because = 100, Shared
		}
		for _, there := range destination {
			for _, b := range mentorSite {
				if (want < 100 || because == Shared) && (name(there) == name(b) || Fold(there) == region[Fold(b)]) {
					want, because = 100, Destination
				}
			}
		}
		about := fmt.Sprintf("at %v, to %v, likes %v; mentor at %v, likes %v", site, destination, own, mentorSite, others)
		if got := s.Of(0, 0)[0].Suitability; int(got) != 2*want {
			t.Fatalf("%s: %d, want %d", about, got, 2*want)
		}
		if want == 0 {
			continue
		}
		reason := s.Reasons(0, 0, "")[0]
		if reason.Because != because || len(reason.Values) == 0 || reason.Fit != want || reason.Weight != 2 {
			t.Fatalf("%s: the reason is %+v, want because %d", about, reason, because)
		}
		if because != Here {
			exempt++
		}
	}
	if exempt < 300 {
		t.Errorf("distance cost nothing only %d times", exempt)
	}
}

func TestRelatedTermsAreReasonsInTheMenteesWords(t *testing.T) {
	t.Parallel()
	tree, faults := NewTree([]Term{
		{Name: "internal medicine"}, {Name: "cardiology", Above: "internal medicine", Synonyms: []string{"cardio"}},
		{Name: "nephrology", Above: "internal medicine"}, {Name: "surgery"},
	})
	if faults != nil {
		t.Fatal(faults)
	}
	for _, test := range []struct{ mentee, mentor, want string }{
		{"Cardio", "cardiology", "[Cardio]"},
		{"cardiology", "nephrology", "[internal medicine]"},
		{"cardiology/nephrology", "nephrology", "[internal medicine nephrology]"},
		{"internal medicine", "nephrology", "[internal medicine]"},
		{"cardiology/drawing", "drawing/surgery", "[drawing]"},
	} {
		s, err := New(People{IDs: []string{"a"}, Fields: map[string]Field{"x": one(test.mentee)}}, People{IDs: []string{"M"}, Fields: map[string]Field{"x": one(test.mentor)}},
			Rules{Points: []Points{{Comparison: Comparison{Name: "field", Measure: Related, Mentee: "x", Mentor: "x", Tree: tree}, Fit: &Fit{Full: BestFit}, Weight: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(s.Reasons(0, 0, "")[0].Values); got != test.want {
			t.Errorf("%s and %s have %s in common, want %s", test.mentee, test.mentor, got, test.want)
		}
	}
}

func TestTimeIsCountedInMinutesOfAWeek(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 8))
	for range 200 {
		var weeks [2]Week
		var free [2][QuartersPerWeek]bool
		for side := range weeks {
			for range random.IntN(6) {
				from := random.IntN(3*QuartersPerWeek) - QuartersPerWeek
				to := from + random.IntN(40)
				weeks[side].Add(from, to)
				for q := from; q < to; q++ {
					free[side][(q+QuartersPerWeek)%QuartersPerWeek] = true
				}
			}
		}
		s, err := New(People{IDs: []string{"a"}, Weeks: map[string][]Week{"w": {weeks[0]}}}, People{IDs: []string{"M"}, Weeks: map[string][]Week{"w": {weeks[1]}}},
			Rules{Must: []Must{{Comparison: Comparison{Measure: Time, Mentee: "w", Mentor: "w"}}}})
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for q := range free[0] {
			if free[0][q] && free[1][q] {
				want += 15
			}
		}
		if got, known := s.must[0].measure(0, 0); got != want || !known {
			t.Fatalf("%d minutes in common, want %d", got, want)
		}
	}
}
