package run

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/chiron-mentoring/chiron/match"
)

func TestSummaryTellsACoordinatorTheResult(t *testing.T) {
	t.Parallel()
	got := ward(t).Summary()
	const want = `A stable matching, of all stable ones the best for mentees

Mentees                         4
  with a mentor                 3
  without                       1
  set aside besides             1   see unmatched.csv

Mentors                         3
  with a mentee                 2
  without                       1

Pairs                           3   see pairs.csv
  pinned                        1
  kept from before              1   of 1
Places wanted                   5
Places offered                  4

Pairs by the mentee's ranking
  first                         2
  second                        1

What is proved
  No mentee and mentor would both rather have each other than whom they have.
  It is the only matching of which this is true.
  The pinned pairs were given; they stand outside every comparison.

Lottery
  None was needed: nobody ranks two alike.

Put right or decided while reading the inputs (1)
  - mentors.csv, row 3, column "places": "3" is more than the classes take together; corrected to 2
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSummarySaysWhatIsProvedAndNoMore(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change    func(*match.Builder)
		says      []string
		saysNever []string
	}{
		"several stable matchings": {opposed,
			[]string{"every mentee fares as well here as in any of them, and some mentors would fare better in another"},
			[]string{"only matching", "lottery completed"}},
		"the same for mentors": {func(b *match.Builder) { opposed(b); b.Aim = match.StableForMentors },
			[]string{"the best for mentors", "every mentor fares as well", "some mentees would fare better"}, nil},
		"ties without a seed": {tie,
			[]string{"PRACTICE DRAW", "as the lottery completed them", "--seed"}, []string{"None was needed"}},
		"a seed without ties": {func(b *match.Builder) { b.Lottery.Seed = "dice 4 1 6" },
			[]string{"there were no equals", "Seed: dice 4 1 6"}, []string{"PRACTICE"}},
		"a seed in the rules": {func(b *match.Builder) { tie(b); b.Lottery.Seed = "dice 4 1 6" },
			[]string{"from the seed in the rules", "Seed: dice 4 1 6"}, []string{"PRACTICE"}},
		"goals": {goals,
			[]string{
				"1. placed                       3   pairs\n",
				"2. good                         1   pairs with suitability at least -2\n",
				"3. poor                         2   pairs with suitability at most -3 (the least)\n",
				"4. middling                     1   pairs with suitability from -2 to 1\n",
				"5. suitability                 -8   total of suitability\n",
				"6. covered                      3   mentees with at least one pair\n",
				"7. even                         5   sum of squared pairs per mentor (the least)\n",
				"Equals were told apart by a lottery",
			}, []string{"8.", "rather have"}},
		"goals without a lottery": {optimal, []string{"The goals ask for none"}, []string{"nobody ranks two alike"}},
		"hard minimums met":       {func(b *match.Builder) { optimal(b); atLeastOne(b) }, []string{"Minimums\n  All are met.", "1. minimums"}, []string{"short"}},
		"hard minimums out of reach": {unreachable,
			[]string{"No matching meets the minimums\n", "They ask for 2 pairs, and at most 0", "they are no result", "mentor uma: at least 2 wanted, 0 made"},
			[]string{"All are met", "does better", "Lottery"}},
		"soft minimums unmet": {func(b *match.Builder) { optimal(b); b.Person(match.MentorSide, "uma", 3, 2) },
			[]string{"Minimums that are not met\n  - mentor uma: at least 2 wanted, 0 made"}, []string{"no result"}},
		"an id with orders for the terminal": {func(b *match.Builder) { optimal(b); b.Person(match.MentorSide, "\x1b[31muma\n", 3, 2) },
			[]string{"mentor \uFFFD[31muma : at least"}, []string{"\x1b"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := ward(t, c.change).Summary()
			flat := strings.Join(strings.Fields(text), " ")
			for _, s := range c.says {
				if !strings.Contains(flat, strings.Join(strings.Fields(s), " ")) {
					t.Errorf("it does not say %q, but\n%s", s, text)
				}
			}
			for _, s := range c.saysNever {
				if strings.Contains(flat, s) {
					t.Errorf("it says %q:\n%s", s, text)
				}
			}
			for line := range strings.Lines(text) {
				if utf8.RuneCountInString(line) > 81 && !strings.Contains(line, "mentors.csv") {
					t.Errorf("a line is too long: %q", line)
				}
			}
		})
	}
}

// opposed adds two mentees and two mentors of whom each ranks first who ranks them last.
func opposed(b *match.Builder) {
	for _, n := range []string{"1", "2"} {
		b.Person(match.MenteeSide, "mentee "+n, 1, 0)
		b.Person(match.MentorSide, "mentor "+n, 1, 0)
	}
	for _, p := range []match.Pair{
		{Mentee: "mentee 1", Mentor: "mentor 1", MenteeRank: 1, MentorRank: 2},
		{Mentee: "mentee 1", Mentor: "mentor 2", MenteeRank: 2, MentorRank: 1},
		{Mentee: "mentee 2", Mentor: "mentor 1", MenteeRank: 2, MentorRank: 1},
		{Mentee: "mentee 2", Mentor: "mentor 2", MenteeRank: 1, MentorRank: 2},
	} {
		p.Purpose = "research"
		b.Pair(p)
	}
}

func goals(b *match.Builder) {
	b.Aim = match.Optimal
	b.Lottery.Seed = "dice 4 1 6"
	b.Goals = []match.Goal{
		{Name: "placed", Pairs: true},
		{Name: "good", Column: "suitability", Band: &match.Band{From: -2, To: math.MaxInt32}},
		{Name: "poor", Column: "suitability", Band: &match.Band{From: math.MinInt32, To: -3}, Minimise: true},
		{Name: "middling", Column: "suitability", Band: &match.Band{From: -2, To: 1}},
		{Name: "suitability", Column: "suitability"},
		{Name: "covered", Units: []match.Reward{{Of: "mentees", Units: []int64{1}}}},
		{Name: "even", Units: []match.Reward{{Of: "mentors", Units: []int64{-1, -3}}}},
		{Name: "lottery", Lottery: 1},
	}
}

// atLeastOne asks that an added mentor get one pair, and lets a mentee list them.
func atLeastOne(b *match.Builder) {
	b.HardMinimums = true
	b.Person(match.MentorSide, "uma", 1, 1)
	b.Pair(match.Pair{Mentee: "dee", Mentor: "uma", Purpose: "research", MenteeRank: 9, MentorRank: 9})
}

func TestSummaryOfNobody(t *testing.T) {
	t.Parallel()
	for name, people := range map[string]func(*match.Builder){
		"nobody":     func(*match.Builder) {},
		"no mentors": func(b *match.Builder) { b.Person(match.MenteeSide, "ana", 1, 0) },
		"no mentees": func(b *match.Builder) { b.Person(match.MentorSide, "roy", 1, 0) },
		"no one fits": func(b *match.Builder) {
			b.Person(match.MenteeSide, "ana", 1, 0)
			b.Person(match.MentorSide, "roy", 1, 0)
		},
	} {
		b := match.NewBuilder(match.StableForMentees)
		people(b)
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		r := &Run{Problem: p, Manifest: Manifest{Format: ManifestFormat, Engine: ThisEngine(), Lottery: Draw{Source: NoDraw}}}
		if err := r.solve(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if text := r.Summary(); !strings.Contains(text, "No possible pair is listed, so nobody could be paired.") || strings.Contains(text, "ranking") {
			t.Errorf("%s:\n%s", name, text)
		}
		if report, err := Check(t.Context(), written(t, r)); err != nil || report.Refused() > 0 {
			t.Errorf("%s: %v\n%v", name, err, report)
		}
	}
}

func TestSeedIsShownLetterByLetter(t *testing.T) {
	t.Parallel()
	r := ward(t, func(b *match.Builder) {
		tie(b)
		b.Lottery.Seed = "dice  4 1\u00a06 and so on: " + strings.Repeat("4 1 ", 30)
	})
	if text := r.Summary(); !strings.Contains(text, "  Seed: "+r.Problem.Lottery.Seed+"\n") {
		t.Errorf("the seed is %q:\n%s", r.Problem.Lottery.Seed, text)
	}
}
