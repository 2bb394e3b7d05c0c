package run

import (
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// said is what the summary of a stable matching says is proved. Ana and Ben want Roy, Ana would take Singh; all have one
// place. A tie makes Roy rank Ana and Ben alike.
func said(t *testing.T, draw Draw, lists match.Lists, change func(p *match.Problem)) string {
	t.Helper()
	b := match.NewBuilder(match.StableForMentees)
	for _, id := range []string{"ana", "ben"} {
		b.Person(match.MenteeSide, id, 1, 0)
	}
	for _, id := range []string{"roy", "singh"} {
		b.Person(match.MentorSide, id, 1, 0)
	}
	b.Pair(match.Pair{Mentee: "ana", Mentor: "roy", MenteeRank: 1, MentorRank: 1})
	b.Pair(match.Pair{Mentee: "ana", Mentor: "singh", MenteeRank: 2, MentorRank: 1})
	b.Pair(match.Pair{Mentee: "ben", Mentor: "roy", MenteeRank: 1, MentorRank: 2})
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	p.Lottery.Seed = draw.Seed
	change(p)
	r := &Run{Problem: p, Manifest: Manifest{Format: ManifestFormat, Engine: ThisEngine(), Lottery: draw, Lists: lists}}
	if err := r.solve(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(r.Summary()), " ")
	_, text, _ = strings.Cut(text, "What is proved ")
	text, _, _ = strings.Cut(text, " Lottery ")
	return text
}

func TestSummaryOfAStableMatchingSaysWhatHoldsAndUnderWhichLottery(t *testing.T) {
	t.Parallel()
	agreed, practice, none := Draw{SeedGiven, "dice 4"}, Draw{PracticeDraw, "abc"}, Draw{Source: NoDraw}
	strict := func(*match.Problem) {}
	tie := func(p *match.Problem) { p.Edges.MentorRank[2] = 1 }
	with := func(changes ...func(*match.Problem)) func(*match.Problem) {
		return func(p *match.Problem) {
			for _, change := range changes {
				change(p)
			}
		}
	}
	aim := func(aim match.Aim) func(*match.Problem) { return func(p *match.Problem) { p.Aim = aim } }
	const (
		stable  = "No mentee and mentor would both rather have each other than whom they have."
		only    = " It is the only matching of which this is true."
		lottery = " Under this lottery it is the only matching of which this is true, for the rankings as the lottery completed them; another draw can make another matching."
		safe    = " Ranking truly was safe for mentees: none could have come to a better mentor by another ranking."
		listed  = " Ranking truly was safe for mentees whose lists were not cut short: none of them could have come to a better mentor by another ranking."
		weak    = "No mentee and mentor would both strictly rather have each other than whom they have."
		chance  = " Others may do as well. That the lottery decided between them is no part of the proof; whoever solves the problem again sees it."
	)
	for name, test := range map[string]struct {
		draw   Draw
		lists  match.Lists
		change func(*match.Problem)
		want   string
	}{
		"no ties":                         {none, match.ListsHadRoom, strict, stable + only + safe},
		"no ties, and a seed":             {agreed, match.ListsHadRoom, strict, stable + only + safe},
		"nobody knows how long lists are": {none, match.ListsUnknown, strict, stable + only + listed},
		"a full list":                     {none, match.ListsFull, strict, stable + only},
		"a tie and an agreed seed":        {agreed, match.ListsHadRoom, tie, stable + lottery + safe},
		"a tie and a practice draw":       {practice, match.ListsHadRoom, tie, stable + lottery},
		"a tie and a lottery that travelled": {Draw{Source: CarriedDraw}, match.ListsUnknown, with(tie, func(p *match.Problem) {
			p.Lottery.Mentees, p.Lottery.Mentors = []int64{2, 1}, []int64{3, 4}
		}), stable + lottery},
		"the best for mentors":   {none, match.ListsHadRoom, aim(match.StableForMentors), stable + only},
		"a mentee who takes two": {none, match.ListsHadRoom, func(p *match.Problem) { p.Max[0] = 2 }, stable + only},
		"more placed, of two": {agreed, match.ListsHadRoom, with(tie, aim(match.StableMorePlaced)),
			weak + " No matching at all makes more pairs." + chance},
		"more placed, without ties": {none, match.ListsHadRoom, aim(match.StableMorePlaced),
			weak + " No other matching of which this is true makes more pairs. Without it, at most 2 could be made."},
	} {
		if got := said(t, test.draw, test.lists, test.change); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

// Two purposes with the same mentor, alike for both, are told apart by their names and by no lottery.
func TestSummaryCallsNoLotteryWhatTheNamesOfPurposesDecide(t *testing.T) {
	t.Parallel()
	b := match.NewBuilder(match.StableForMentees)
	b.Person(match.MenteeSide, "ana", 1, 0)
	b.Person(match.MentorSide, "roy", 1, 0)
	b.Pair(match.Pair{Mentee: "ana", Mentor: "roy", Purpose: "career", MenteeRank: 1, MentorRank: 1})
	b.Pair(match.Pair{Mentee: "ana", Mentor: "roy", Purpose: "research", MenteeRank: 1, MentorRank: 1})
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(solved(t, p).Summary()), " ")
	if want := "It is the only matching of which this is true, where purposes that both rank alike come in the order of their names."; !strings.Contains(text, want) {
		t.Errorf("got\n%s\nwant %q in it", text, want)
	}
}
