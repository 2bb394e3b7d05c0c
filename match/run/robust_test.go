package run

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// rivals is a run in which two mentees would suit one mentor: so well the first, so well the second. Besides there is
// a pair that nobody contests.
func rivals(t *testing.T, first, second int32, goals ...match.Goal) *Run {
	t.Helper()
	b := match.NewBuilder(match.Optimal)
	b.Goals = append(goals, match.Goal{Name: "suitability", Column: "suitability"})
	for _, id := range []string{"ana", "ben", "cho"} {
		b.Person(match.MenteeSide, id, 1, 0)
	}
	b.Person(match.MentorSide, "roy", 1, 0)
	b.Person(match.MentorSide, "tam", 1, 0)
	for _, pair := range []struct {
		mentee, mentor string
		points         int32
	}{{"ana", "roy", first}, {"ben", "roy", second}, {"cho", "tam", 7}} {
		b.Pair(match.Pair{Mentee: pair.mentee, Mentor: pair.mentor, Values: map[string]int32{"suitability": pair.points}})
	}
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	return solved(t, p)
}

func TestPairsWithAClearLeadOutlastAnyShake(t *testing.T) {
	t.Parallel()
	s, err := Shake(t.Context(), rivals(t, 100, 80), 10, nil) // 90 against 88 at worst
	if err != nil {
		t.Fatal(err)
	}
	if s.Pairs != 2 || s.Always != 2 || s.Stay[0] != 2 || len(s.Stay) != shakes {
		t.Errorf("got %+v", s)
	}
}

func TestPairsWithANarrowLeadAreShakenOff(t *testing.T) {
	t.Parallel()
	r := rivals(t, 100, 99)
	s, err := Shake(t.Context(), r, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Always != 1 || s.Stay[0] != 1 || s.Stay[len(s.Stay)-1] != 2 {
		t.Errorf("got %+v", s)
	}
	again, err := Shake(t.Context(), r, 10, nil)
	if err != nil || !reflect.DeepEqual(s, again) {
		t.Errorf("shaken again: %+v, %v", again, err)
	}
}

func TestBandsTakeHalfAPointMore(t *testing.T) {
	t.Parallel()
	r := rivals(t, 100, 99, match.Goal{Name: "good", Column: "suitability", Band: &match.Band{From: 100, To: 1 << 30}})
	p, err := shaken(r.Problem, []string{"suitability"}, 10, 3)
	if err != nil {
		t.Fatal(err)
	}
	if band := *p.Goals[0].Band; band.From != 9950 || band.To != 1<<31-1 {
		t.Errorf("got %+v", band)
	}
	for e, v := range p.Column("suitability") {
		before := r.Problem.Column("suitability")[e]
		if v < 90*before || v > 110*before {
			t.Errorf("%d became %d", before, v)
		}
	}
}

func TestWhatHoldsNoPointsIsNotShaken(t *testing.T) {
	t.Parallel()
	var fault *match.Fault
	if s, err := Shake(t.Context(), ward(t), 10, nil); !errors.As(err, &fault) {
		t.Errorf("a stable run: %+v, %v", s, err)
	}
	r := rivals(t, 1, 2)
	r.Problem.Goals = []match.Goal{{Name: "pairs", Pairs: true}}
	if s, err := Shake(t.Context(), r, 10, nil); !errors.As(err, &fault) {
		t.Errorf("a run without points: %+v, %v", s, err)
	}
	if s, err := Shake(t.Context(), rivals(t, 1<<30, 2), 10, nil); !errors.As(err, &fault) {
		t.Errorf("points that are too great: %+v, %v", s, err)
	}
	chance := rivals(t, 1, 2)
	chance.Problem.Goals = append(chance.Problem.Goals, match.Goal{Name: "lottery", Column: drawnPrefix + "1"}, match.Goal{Name: "existing", Column: match.Existing})
	if got := pointsOf(chance.Problem); !slices.Equal(got, []string{"suitability"}) {
		t.Errorf("shaken would be %q", got)
	}
}
