package matchtest

import (
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// Brute force passes its own suite: so match.Check accepts every proof that follows from the definition.
func TestProofsFromTheDefinitionAreAccepted(t *testing.T) {
	t.Parallel()
	suite(t, Prove, 2000)
}

// The suite notices every false claim and every proof that match.Check refuses.
func TestAnEngineThatErrsFailsTheSuite(t *testing.T) {
	t.Parallel()
	noticed, passed := 0, 0
	for f := range Forgeries(2, 2000) {
		right := f.Accepted && Know(f.Problem).Holds(f.Certificate)
		fault := compare(f.Problem, f.Certificate)
		if !right && fault == "" {
			t.Errorf("%s passes:\n%s%s", f.What, write(f.Problem), write(f.Certificate))
		}
		if f.What == Unchanged && fault != "" {
			t.Errorf("a good certificate fails: %s\n%s%s", fault, write(f.Problem), write(f.Certificate))
		}
		if fault != "" {
			noticed++
		} else {
			passed++
		}
	}
	t.Logf("%d noticed, %d passed", noticed, passed)
	if noticed == 0 || passed == 0 {
		t.Errorf("%d noticed, %d passed: want some of both", noticed, passed)
	}
}

// Prices that prove the matching but are not the lowest are another certificate than equal inputs must give.
func TestPricesThatAreNotTheLowestFailTheSuite(t *testing.T) {
	t.Parallel()
	found := 0
	for f := range Forgeries(3, 3000) {
		if f.What == "a price changed" && f.Accepted {
			found++
			if fault := compare(f.Problem, f.Certificate); !strings.Contains(fault, "lowest") {
				t.Errorf("got %q, want a word about the lowest prices\n%s%s", fault, write(f.Problem), write(f.Certificate))
			}
		}
	}
	if found == 0 {
		t.Error("no price could be raised in any problem")
	}
}

func TestUniqueHasToBeTrue(t *testing.T) {
	t.Parallel()
	p := Doubling(4)
	c, err := Prove(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if fault := compare(p, c); fault != "" {
		t.Errorf("got %q for a good certificate", fault)
	}
	c.Other = &match.Replay{Chosen: c.Chosen, Rejected: c.Rejected}
	if fault := compare(p, c); fault == "" {
		t.Error("a certificate that calls one of 10 stable matchings the only one passes")
	}
}

func TestCoverageNamesWhatWasNotSeen(t *testing.T) {
	t.Parallel()
	c := NewCoverage(Demand | Pins | Ties)
	c.Add(Demand | Pins)
	c.Add(Pins | Ties)
	if got := strings.Join(c.Missing(), " "); got != "demand+ties" {
		t.Errorf("got %q, want %q", got, "demand+ties")
	}
	if c.Together() != 0 {
		t.Errorf("got %d problems with %s, want none", c.Together(), Together)
	}
	c.Add(Together)
	if c.Together() != 1 {
		t.Errorf("got %d problems with %s, want one", c.Together(), Together)
	}
}
