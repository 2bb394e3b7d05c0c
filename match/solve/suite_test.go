package solve_test

import (
	"context"
	"testing"
	"reflect"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/solve"
)

func TestSolveAgreesWithBruteForce(t *testing.T) {
	matchtest.Suite(t, func(ctx context.Context, p *match.Problem) (*match.Certificate, error) {
		return solve.Solve(ctx, p, solve.Options{})
	})
}
func TestTmp(t *testing.T) {
	bad:=0
	for seed := uint64(0); seed < 5000; seed++ {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures))
		a, _ := matchtest.Prove(t.Context(), p)
		b, err := solve.Solve(t.Context(), p, solve.Options{})
		if err != nil { t.Fatal(err) }
		if !reflect.DeepEqual(a.Prices,b.Prices) {bad++; if bad<4 {t.Errorf("%d\n%v\n%v", seed, a.Prices,b.Prices)}}
	}
	t.Log(bad)
}
