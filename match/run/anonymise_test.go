package run

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/matchtest"
	"github.com/chiron-mentoring/chiron/match/roster"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// saltOf is a salt that is the same in each test run.
func saltOf(seed uint64) (s Salt) {
	copy(s[:], fmt.Sprintf("salt %d", seed))
	return s
}

// solved is a run without files behind it.
func solved(t *testing.T, p *match.Problem) *Run {
	t.Helper()
	r := &Run{Problem: p, Manifest: Manifest{Format: ManifestFormat, Engine: ThisEngine()}}
	if err := r.solve(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMatchingStaysTheSameUnderPseudonyms(t *testing.T) {
	t.Parallel()
	strict, lots := 0, 0
	for seed := range uint64(3000) {
		var p *match.Problem
		switch seed % 4 {
		case 0:
			p = matchtest.Tiny(seed, matchtest.AnyFeatures(seed/4, matchtest.OptimalFeatures))
		case 1:
			p = matchtest.TinyStable(seed, matchtest.AnyFeatures(seed/4, matchtest.StableFeatures), match.StableForMentees)
		case 2:
			p = matchtest.TinyStable(seed, matchtest.AnyFeatures(seed/4, matchtest.StableFeatures), match.StableForMentors)
		case 3:
			p = matchtest.TinyStable(seed, matchtest.AnyFeatures(seed/4, matchtest.PlacingFeatures), match.StableMorePlaced)
			p.Lottery = match.Lottery{Seed: "dice 4"} // without one the ids decide, and they change
		}
		r, salt := solved(t, p), saltOf(seed)
		a, err := r.Anonymise(salt, Hide{Purposes: seed%2 == 0})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if got, want := pairsOf(a), pseudonymousPairs(r, salt); !slices.Equal(got, want) {
			t.Fatalf("seed %d: the matching is %v, want %v", seed, got, want)
		}
		if !slices.Equal(a.Certificate.Values, r.Certificate.Values) || a.Certificate.Outcome != r.Certificate.Outcome {
			t.Fatalf("seed %d: %s with %v, want %s with %v", seed, a.Certificate.Outcome, a.Certificate.Values, r.Certificate.Outcome, r.Certificate.Values)
		}
		if a.Problem.Lottery.Seed != "" {
			t.Fatalf("seed %d: the seed is still there", seed)
		}
		again, err := solve.Solve(t.Context(), a.Problem, solve.Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if p.Aim == match.Optimal {
			if !slices.Equal(again.Values, a.Certificate.Values) || !reflect.DeepEqual(again.Prices, a.Certificate.Prices) {
				t.Fatalf("seed %d: renumbered %v at %v, solved anew %v at %v", seed, a.Certificate.Values, a.Certificate.Prices, again.Values, again.Prices)
			}
			continue
		}
		if !slices.Equal(again.Chosen, a.Certificate.Chosen) || again.Unique() != a.Certificate.Unique() {
			t.Fatalf("seed %d: renumbered %v, solved anew %v", seed, a.Certificate.Chosen, again.Chosen)
		}
		switch {
		case a.Problem.Lottery.Mentees != nil:
			lots++
		case !slices.Equal(slices.Sorted(slices.Values(a.Problem.Edges.MenteeRank)), slices.Sorted(slices.Values(p.Edges.MenteeRank))):
			strict++
		}
	}
	if strict == 0 || lots == 0 {
		t.Errorf("in %d problems lottery numbers travelled, in %d they decided nothing: too one-sided", lots, strict)
	}
}

// pairsOf names who is paired with whom, and for which of the purposes.
func pairsOf(r *Run) []string {
	return pairsNamed(r, func(_ match.Side, id string) string { return id })
}

func pseudonymousPairs(r *Run, s Salt) []string { return pairsNamed(r, s.Pseudonym) }

func pairsNamed(r *Run, name func(match.Side, string) string) []string {
	var list []string
	e := &r.Problem.Edges
	for _, k := range r.Certificate.Chosen {
		purpose := int32(-1)
		if e.Purpose != nil {
			purpose = e.Purpose[k]
		}
		list = append(list, fmt.Sprint(name(match.MenteeSide, r.Problem.Mentees[e.Mentee[k]]), " ", name(match.MentorSide, r.Problem.Mentors[e.Mentor[k]]), " ", purpose))
	}
	slices.Sort(list)
	return list
}

// residency is a small program by ids, with a rule or two of every kind.
func residency(t testing.TB) []roster.Input {
	t.Helper()
	inputs, err := roster.ReadFolder("../testdata/residency")
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

func TestPseudonymousFolderTellsNobodysIdOrName(t *testing.T) {
	t.Parallel()
	for _, aim := range []match.Aim{match.Optimal, match.StableForMentees} {
		r, err := Match(t.Context(), residency(t), Options{Aim: aim})
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.Anonymise(saltOf(1), Hide{})
		if err != nil {
			t.Fatal(err)
		}
		dir := written(t, a)
		secrets := slices.Concat(r.Problem.Mentees, r.Problem.Mentors, []string{r.Problem.Lottery.Seed, "dice"})
		for _, names := range [...]map[string]string{r.Names.Mentees, r.Names.Mentors} {
			for _, name := range names {
				secrets = append(secrets, strings.Fields(name)...)
			}
		}
		for _, class := range r.Problem.Classes {
			if !slices.Contains(r.Problem.Purposes, class.Name) {
				secrets = append(secrets, class.Name)
			}
		}
		for _, who := range r.Manifest.SetAside {
			secrets = append(secrets, who.ID)
		}
		for _, in := range r.Manifest.Inputs {
			secrets = append(secrets, in.SHA256)
		}
		if len(secrets) < 200 {
			t.Fatalf("only %d secrets to look for", len(secrets))
		}
		for _, file := range append(results[:], manifestFile) {
			text := read(t, dir, file)
			for _, secret := range secrets {
				if strings.Contains(text, secret) {
					t.Errorf("%s, %s tells %q", aim, file, secret)
				}
			}
		}
		if report, err := Check(t.Context(), dir); err != nil || report.Refused() > 0 {
			t.Errorf("%s: %v\n%v", aim, err, report)
		}
	}
}

func TestSecondCheckerAcceptsPseudonymousFolders(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CHIRON_REQUIRE_NODE") == "1" {
			t.Fatalf("CHIRON_REQUIRE_NODE=1, but: %v", err)
		}
		t.Skip("node is not installed")
	}
	for _, aim := range []match.Aim{match.Optimal, match.StableForMentors} {
		r, err := Match(t.Context(), residency(t), Options{Aim: aim, Seed: "dice 2 2 5"})
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.Anonymise(NewSalt(), Hide{Purposes: true})
		if err != nil {
			t.Fatal(err)
		}
		dir := written(t, a)
		out, err := exec.CommandContext(t.Context(), node, "../checker/check.mjs", filepath.Join(dir, problemFile), filepath.Join(dir, certificateFile)).CombinedOutput()
		if err != nil || !bytes.HasPrefix(out, []byte("accepted: ")) {
			t.Errorf("%s: %v\n%s", aim, err, out)
		}
	}
}

func TestHiddenPurposesAndClassesAreNumbered(t *testing.T) {
	t.Parallel()
	a, err := ward(t).Anonymise(saltOf(2), Hide{Purposes: true})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"purpose 1"}; !slices.Equal(a.Problem.Purposes, want) {
		t.Errorf("purposes %q, want %q", a.Problem.Purposes, want)
	}
	if got := a.Problem.Classes[0].Name; got != "class 1" {
		t.Errorf("class %q, want %q", got, "class 1")
	}
	if aside := a.Manifest.SetAside; len(aside) != 1 || aside[0].ID != saltOf(2).Pseudonym(match.MenteeSide, "eve") {
		t.Errorf("set aside: %v", aside)
	}
	if report, err := Check(t.Context(), written(t, a)); err != nil || report.Refused() > 0 {
		t.Errorf("%v\n%v", err, report)
	}
}

func TestPurposeThatNamesSomebodyMustBeHidden(t *testing.T) {
	t.Parallel()
	p := *ward(t).Problem
	p.Purposes = []string{"Research with SINGH"}
	r := solved(t, &p)
	var fault *match.Fault
	if _, err := r.Anonymise(saltOf(3), Hide{}); !errors.As(err, &fault) || !strings.Contains(fault.Text, "--purposes") {
		t.Errorf("got %v", err)
	}
	if _, err := r.Anonymise(saltOf(3), Hide{Purposes: true}); err != nil {
		t.Error(err)
	}
}

func TestSaltTellsWhoIsBehindAPseudonym(t *testing.T) {
	t.Parallel()
	r, salt := ward(t), NewSalt()
	again, err := ReadSalt(salt.String() + "\n")
	if err != nil || again != salt {
		t.Fatalf("got %v, %v", again, err)
	}
	for _, want := range []Person{{match.MenteeSide, "ana", "Ana"}, {match.MentorSide, "roy", "Élise Roy"}, {match.MenteeSide, "eve", "Eve"}} {
		if got := r.Who(again, salt.Pseudonym(want.Side, want.ID)); !slices.Equal(got, []Person{want}) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if got := r.Who(NewSalt(), salt.Pseudonym(match.MenteeSide, "ana")); got != nil {
		t.Errorf("another salt tells %v", got)
	}
	if _, err := ReadSalt("salt"); err == nil {
		t.Error("a word is taken for a salt")
	}
}

func TestEditedRunIsNotOpened(t *testing.T) {
	t.Parallel()
	dir := written(t, ward(t))
	if _, err := Open(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, pairsFile), []byte("mentee,mentor\nana,roy\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var refused *NotAccepted
	if _, err := Open(t.Context(), dir); !errors.As(err, &refused) {
		t.Errorf("got %v", err)
	}
}

func TestProofHoldsWithoutTheLottery(t *testing.T) {
	t.Parallel()
	for seed := range uint64(600) {
		p := matchtest.Tiny(seed, matchtest.AnyFeatures(seed, matchtest.OptimalFeatures&^(matchtest.CountLottery|matchtest.ManyGoals))|matchtest.CountColumn)
		p.Goals = append(p.Goals, match.Goal{Name: "lottery", Lottery: 1}, match.Goal{Name: "lottery 2", Lottery: 2})
		r := solved(t, p)
		a, err := r.Anonymise(saltOf(seed), Hide{Lottery: true})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if a.CarriesLottery() || len(a.Problem.Goals) != len(p.Goals)-2 {
			t.Fatalf("seed %d: the lottery is still there: %v", seed, a.Problem.Goals)
		}
		if got, want := pairsOf(a), pseudonymousPairs(r, saltOf(seed)); !slices.Equal(got, want) {
			t.Fatalf("seed %d: the matching is %v, want %v", seed, got, want)
		}
		again, err := solve.Solve(t.Context(), a.Problem, solve.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(again.Values, a.Certificate.Values) || !reflect.DeepEqual(again.Prices, a.Certificate.Prices) {
			t.Fatalf("seed %d: left %v at %v, solved anew %v at %v", seed, a.Certificate.Values, a.Certificate.Prices, again.Values, again.Prices)
		}
	}
}

func TestLotteryThatDecidesCannotBeLeftOut(t *testing.T) {
	t.Parallel()
	p := matchtest.TinyStable(3, matchtest.Ties, match.StableForMentees)
	p.Lottery = match.Lottery{Seed: "dice 1"}
	var fault *match.Fault
	if _, err := solved(t, p).Anonymise(saltOf(1), Hide{Lottery: true}); !errors.As(err, &fault) {
		t.Errorf("a stable matching with ties: %v", err)
	}
	q := matchtest.Tiny(3, matchtest.CountColumn)
	q.Goals = append([]match.Goal{{Name: "lottery", Lottery: 1}}, q.Goals...)
	if _, err := solved(t, q).Anonymise(saltOf(1), Hide{Lottery: true}); !errors.As(err, &fault) {
		t.Errorf("a lottery before other goals: %v", err)
	}
	if _, err := ward(t).Anonymise(saltOf(1), Hide{Lottery: true}); err != nil {
		t.Errorf("nobody is tied: %v", err)
	}
}
