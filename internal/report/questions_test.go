package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/equity"
	"github.com/chiron-mentoring/chiron/match/explain"
)

// TestPageAnswersTheFiveQuestions finds the answers in the page as a program would, and compares them with what is known
// of the run by other ways.
func TestPageAnswersTheFiveQuestions(t *testing.T) {
	t.Parallel()
	in := asked(t, cohort(300, 120, 1), locale.English)
	in.Supply[0].Rows = append(in.Supply[0].Rows, SupplyRow{Name: "point-of-care ultrasound", Asked: 15, Offered: 3})
	in.Equity = planted(t, &in)
	d := read(t, page(t, in))

	answers := map[string]string{}
	for _, n := range d.with("data-answer") {
		question, _ := attr(n, "data-answer")
		answers[question] = text(n)
	}
	if len(answers) != 5 || slices.Contains(slices.Collect(maps.Values(answers)), "") {
		t.Fatalf("the answers are %q", answers)
	}
	whoHasNobody(t, d, &in, answers["nobody"])
	whichToLookAt(t, d, &in, answers["look"])

	if want := "Point-of-care ultrasound: 12 short"; !strings.Contains(answers["supply"], want) || !strings.Contains(text(d.id("supply")), "12 short") {
		t.Errorf("what is lacking is %q, want %q", answers["supply"], want)
	}
	short := 0
	for _, n := range d.with("data-short") {
		if name, _ := attr(n, "data-name"); name == "Point-of-care ultrasound" {
			how, _ := attr(n, "data-short")
			short++
			if how != "12" {
				t.Errorf("%s are short", how)
			}
		}
	}
	if short != 1 {
		t.Errorf("%d rows tell the shortage", short)
	}

	if flags := d.with("data-flag"); len(flags) == 0 || !strings.Contains(text(flags[0]), "Abroad") || !strings.Contains(answers["fairness"], "served worse") {
		t.Errorf("the group that was served worse is not named: %q", answers["fairness"])
	}

	proof := text(d.id("proof"))
	if d.id("verify") == nil || !strings.Contains(proof, "chiron check RUN") || !strings.Contains(proof, in.Run.Problem.Hash()) {
		t.Error("the page does not say how to verify it")
	}
}

// planted is an audit in which those who have nobody were trained abroad, with a few others.
func planted(t *testing.T, in *Input) *equity.Report {
	t.Helper()
	p := in.Run.Problem
	loads := p.Loads(in.Run.Certificate.Chosen)
	trained := map[string]string{}
	for i, id := range p.Mentees {
		trained[id] = "in Canada"
		if loads[i] == 0 || i%6 == 0 {
			trained[id] = "abroad"
		}
	}
	report, err := equity.Audit(p, in.Run.Certificate.Chosen, []equity.Characteristic{{Name: "trained", Values: trained}}, equity.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func whoHasNobody(t *testing.T, d *document, in *Input, answer string) {
	t.Helper()
	p := in.Run.Problem
	loads := p.Loads(in.Run.Certificate.Chosen)
	named := map[string]*html.Node{}
	for _, n := range d.with("data-nobody") {
		id, _ := attr(n, "data-nobody")
		named[id] = n
	}
	nobody := 0
	for i, id := range p.Mentees {
		if p.Max[i] == 0 || loads[i] > 0 {
			continue
		}
		nobody++
		n := named[id]
		if n == nil {
			t.Errorf("%s has nobody, and is not named", id)
			continue
		}
		says := text(n)
		if m := in.Answers.Missing[int32(i)]; len(m.Remedies) > 0 && !strings.Contains(says, in.Run.Names.Mentors[m.Remedies[0].Mentor]) {
			t.Errorf("what would help %s is not said: %s", id, says)
		}
		if !in.Answers.Tried[int32(i)] && !strings.Contains(text(d.id("nobody")), "chiron explain RUN ID") {
			t.Errorf("how to find what would help %s is not said: %s", id, says)
		}
	}
	if nobody == 0 || len(named) != nobody || !strings.Contains(answer, fmt.Sprintf("%d mentees have nobody", nobody)) {
		t.Errorf("%d have nobody, %d are named, and the answer is %q", nobody, len(named), answer)
	}
}

func whichToLookAt(t *testing.T, d *document, in *Input, answer string) {
	t.Helper()
	if n := len(d.with("data-look")); n == 0 || !strings.Contains(answer, " pair") {
		t.Errorf("%d pairs to look at, and the answer is %q", n, answer)
	}
	fits := in.Run.Problem.Column(fitColumn)
	var own []int32
	for _, e := range in.Run.Certificate.Chosen {
		own = append(own, fits[e])
	}
	slices.Sort(own)
	lowest := false
	for _, n := range d.with("data-look") {
		edge, _ := attr(n, "data-look")
		var e int
		fmt.Sscan(edge, &e)
		lowest = lowest || fits[e] == own[0]
		if fits[e] >= own[len(own)/2] && in.Run.Problem.State(e) != match.Pinned {
			t.Errorf("edge %d is to be looked at, and fits better than half of the pairs", e)
		}
	}
	if !lowest {
		t.Error("the pair that fits least is not to be looked at")
	}
}

func TestPairsToLookAtAreFoundByTheirReasons(t *testing.T) {
	t.Parallel()
	b := match.NewBuilder(match.Optimal)
	b.Goals = []match.Goal{{Name: "pairs", Pairs: true}, {Name: "suitability", Column: fitColumn}}
	b.Column(fitColumn)
	for i, fit := range []int32{20, 20, 20, 20, 9, 10, 0, 30} {
		mentee, mentor := fmt.Sprint("m", i), fmt.Sprint("f", i)
		b.Person(match.MenteeSide, mentee, 1, 0)
		b.Person(match.MentorSide, mentor, 1, 0)
		pair := match.Pair{Mentee: mentee, Mentor: mentor, MenteeRank: 1, Values: map[string]int32{fitColumn: fit}}
		if i == 7 {
			pair.State = match.Pinned
		}
		b.Pair(pair)
	}
	in := solved(t, b, locale.English)
	in.Answers = nil
	var got []string
	for _, one := range secondLook(&in, count(&in)) {
		got = append(got, fmt.Sprint(in.Run.Problem.Mentees[in.Run.Problem.Edges.Mentee[one.edge]], one.why))
	}
	if want := "[m6[look.poor] m4[look.poor] m7[look.pinned]]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestReasonsAndPricesStandBesideThePairs(t *testing.T) {
	t.Parallel()
	in := pages(t)["with history"]
	d := read(t, page(t, in))
	all := text(d.tagged("body")[0])
	for _, want := range []string{
		"Shared interests", "Wish of the resident", "+10", "Next best for the mentee:", "If that pair were fixed:",
		"What changes against last time", "4 pairs stand in last-year.csv.", "Goes on", "Somebody has left",
		"Decided by hand", "together they said <so>", "not together", "Without all of them together:",
		"Mentees with at least one mentor", "Total fit", "The lottery, between matchings that are equal in all of this",
		"goes on from before", "2 of 2 pairs from before go on.", "from the seed in the rules", "autumn 2027, dice 4 6 1 3 2",
		"mentees.csv", "rules.yaml, the rules", "Nobody has more pairs than places: 41 mentor places were offered.",
		"1 person was set aside before the matching", "public health policy",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	why := strings.Count(all, "Why these two")
	if pairs := len(d.with("data-edge")); pairs != len(in.Run.Certificate.Chosen) || why != pairs {
		t.Errorf("%d pairs, of which %d have reasons", pairs, why)
	}
}

// What is sensitive is never named. The explainer knows what to hide; here is seen that no other way leads to the page.
func TestHiddenCriteriaAreNowhere(t *testing.T) {
	t.Parallel()
	in := residency(t, locale.English)
	hidden := []string{"shared interests", "a common language", "wish of the resident"}
	told := about(in.Run)
	told.Hidden = hidden
	x, err := explain.New(told)
	if err != nil {
		t.Fatal(err)
	}
	before := strings.ToLower(text(read(t, page(t, in)).root))
	if in.Answers, err = Ask(t.Context(), in, x); err != nil {
		t.Fatal(err)
	}
	after := strings.ToLower(text(read(t, page(t, in)).root))
	for _, name := range hidden {
		if !strings.Contains(before, name) || strings.Contains(after, name) {
			t.Errorf("%q: on the page %t, when hidden %t", name, strings.Contains(before, name), strings.Contains(after, name))
		}
	}
}

func TestHistogramCountsEveryPairOnce(t *testing.T) {
	t.Parallel()
	w := &writer{Catalogue: locale.For(locale.English)}
	for _, fits := range [][]int32{{5}, {-7, -7, 0, 3}, {0, 0, 0}, {-2_000_000_000, 2_000_000_000}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 900}} {
		f := &figures{fits: fits, median: fits[(len(fits)-1)/2]}
		h := w.fitChart(f)
		n := int64(0)
		for _, bar := range h.Bars {
			n += bar.Count
		}
		if n != int64(len(fits)) || len(h.Bars) > mostBars {
			t.Errorf("%v: %d bars count %d pairs", fits, len(h.Bars), n)
		}
	}
	if (&writer{Catalogue: locale.For(locale.English)}).fitChart(&figures{}) != nil {
		t.Error("nothing has a chart")
	}
}
