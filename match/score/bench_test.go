package score

import (
	"flag"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"
)

var wholeBenchmark = flag.Bool("whole", false, "benchmark all 100,000 mentees, not a sample of them")

// school is a make-believe school of 15 criteria for so many people, in the proportions of real ones: a few large
// departments and many small ones, interests of which some are common, choices of three.
func school(mentees, mentors int) (People, People, Rules) {
	random := rand.New(rand.NewPCG(5, 25))
	skewed := func(n int) int { return min(random.IntN(n), random.IntN(n)) }
	several := func(word string, n, most int) []string {
		var all []string
		for range 1 + random.IntN(most) {
			all = append(all, fmt.Sprint(word, skewed(n)))
		}
		return all
	}
	one := func(word string, n int) []string { return []string{fmt.Sprint(word, skewed(n))} }
	people := func(prefix string, n int) People {
		p := People{Fields: map[string]Field{}, Weeks: map[string][]Week{}}
		put := func(field string, values []string) { p.Fields[field] = append(p.Fields[field], values) }
		for i := range n {
			p.IDs = append(p.IDs, fmt.Sprint(prefix, i))
			put("id", []string{fmt.Sprint(prefix, i)})
			put("purposes", several("purpose", 12, 4))
			put("interests", several("interest", 128, 6))
			put("specialty", one("specialty", 120))
			put("languages", several("language", 10, 3))
			put("site", one("site", 40))
			put("destination", one("site", 40))
			put("rank", []string{fmt.Sprint(random.IntN(4) + map[string]int{"M": 2}[prefix])})
			put("stage", one("stage", 5))
			put("values", several("value", 12, 4))
			put("unit", one("unit", 300))
			put("load", []string{fmt.Sprint(skewed(6))})
			put("format", one("format", 3))
			put("track", one("track", 6))
			var choices []string
			for range 3 {
				choices = append(choices, fmt.Sprint("M", random.IntN(mentors)))
			}
			put("choices", choices)
			var week Week
			for range 1 + random.IntN(6) {
				from := random.IntN(5)*QuartersPerDay + (8+random.IntN(10))*4
				week.Add(from, from+8)
			}
			p.Weeks["week"] = append(p.Weeks["week"], week)
		}
		return p
	}
	regions := []Term{}
	for r := range 8 {
		regions = append(regions, Term{Name: fmt.Sprint("region", r)})
	}
	for k := range 40 {
		regions = append(regions, Term{Name: fmt.Sprint("site", k), Above: fmt.Sprint("region", k%8)})
	}
	for g := range 12 {
		regions = append(regions, Term{Name: fmt.Sprint("group", g)})
	}
	for k := range 120 {
		regions = append(regions, Term{Name: fmt.Sprint("specialty", k), Above: fmt.Sprint("group", k%12)})
	}
	tree, _ := NewTree(regions)
	same := func(measure Measure, field string) Comparison {
		return Comparison{Name: field, Measure: measure, Mentee: field, Mentor: field, Tree: tree}
	}
	near := same(Near, "site")
	near.Unless = &Unless{Destination: "destination", Mentee: "interests", Mentor: "interests", AtLeast: 2}
	share := func(full int) *Fit { return &Fit{Full: full} }
	rules := Rules{
		Purposes: &Purposes{Mentee: "purposes", Mentor: "purposes", Points: []int{500, 300, 100}},
		Must:     []Must{{Comparison: same(Common, "unit"), To: 0}, {Comparison: same(Gap, "rank"), From: 1, To: NoLimit}},
		Points: []Points{
			{Comparison: same(Common, "interests"), Fit: share(3), Weight: 8},
			{Comparison: same(Related, "specialty"), Fit: share(100), Weight: 6},
			{Comparison: same(Common, "languages"), Fit: share(1), Weight: 5},
			{Comparison: same(Time, "week"), Fit: share(240), Weight: 3},
			{Comparison: near, Fit: share(100), Weight: 4},
			{Comparison: same(Gap, "rank"), Fit: FitByGap(2), Weight: 3},
			{Comparison: same(Common, "stage"), Fit: share(1), Weight: 2},
			{Comparison: same(Common, "values"), Fit: share(3), Weight: 3},
			{Comparison: Comparison{Name: "load", Measure: Number, Mentor: "load"}, Fit: &Fit{None: 5}, Weight: 2},
			{Comparison: same(Common, "format"), Fit: share(1), Weight: 1},
			{Comparison: same(Common, "track"), Fit: share(1), Weight: 2},
			{Comparison: Comparison{Name: "choice", Measure: PlaceWithMentee, Mentee: "choices", Mentor: "id"}, Fit: FitByPlace(), Weight: 10},
		},
	}
	return people("m", mentees), people("M", mentors), rules
}

func schoolSize() (mentees, mentors int) {
	if *wholeBenchmark {
		return 100_000, 25_000
	}
	return 2_000, 25_000
}

// BenchmarkTopK makes the lists of the mentees' best mentors, 32 each, by 15 criteria.
func BenchmarkTopK(b *testing.B) {
	mentees, mentors := schoolSize()
	m, M, rules := school(mentees, mentors)
	s, err := New(m, M, rules)
	if err != nil {
		b.Fatal(err)
	}
	s.compiled()
	for _, side := range []int{0, 1} {
		b.Run([]string{"mentees", "mentors"}[side], func(b *testing.B) {
			pairs := 0
			v, people := newView(s.compiled(), side, nil), newView(s.compiled(), 1-side, nil).columns
			start := cpu()
			for b.Loop() {
				v.each(people, 32, func(int32, []hit) {})
				pairs += mentees * mentors
			}
			b.ReportMetric(float64((cpu()-start).Nanoseconds())/float64(pairs), "cpu-ns/pair")
		})
	}
}

func BenchmarkKernel(b *testing.B) {
	mentees, mentors := schoolSize()
	m, M, rules := school(mentees, mentors)
	for b.Loop() {
		s, err := New(m, M, rules)
		if err != nil {
			b.Fatal(err)
		}
		k := s.compiled()
		if len(k.slow) > 0 {
			b.Errorf("%d criteria are slow", len(k.slow))
		}
	}
}

// A record is a person of the reference loop: 128 interests, and eight codes of less than 32.
type record struct {
	interests [2]uint64
	codes     [8]uint8
}

// BenchmarkReference is the loop that one would write by hand for a program of this size: two counts of interests,
// eight look-ups, a threshold and a list of 32.
func BenchmarkReference(b *testing.B) {
	mentees, mentors := schoolSize()
	random := rand.New(rand.NewPCG(1, 2))
	people := func(n int) []record {
		all := make([]record, n)
		for i := range all {
			for range 4 {
				all[i].interests[random.IntN(2)] |= 1 << random.IntN(64)
			}
			for c := range all[i].codes {
				all[i].codes[c] = uint8(random.IntN(32))
			}
		}
		return all
	}
	rows, columns := people(mentees), people(mentors)
	var tables [8][32][32]int32
	for c := range tables {
		for x := range tables[c] {
			for y := range tables[c][x] {
				tables[c][x][y] = int32(random.IntN(300))
			}
		}
	}
	points := [...]int32{0, 250, 500, 800, 800, 800, 800}
	type found struct{ worth, mentor int32 }
	pairs, checksum := 0, int32(0)
	start := cpu()
	for b.Loop() {
		for i := range rows {
			row := &rows[i]
			var at [8]*[32]int32
			for c := range at {
				at[c] = &tables[c][row.codes[c]]
			}
			best := make([]found, 0, 33)
			floor := int32(-1)
			for j := range columns {
				column := &columns[j]
				n := bits.OnesCount64(row.interests[0]&column.interests[0]) + bits.OnesCount64(row.interests[1]&column.interests[1])
				worth := points[n] +
					at[0][column.codes[0]&31] + at[1][column.codes[1]&31] + at[2][column.codes[2]&31] + at[3][column.codes[3]&31] +
					at[4][column.codes[4]&31] + at[5][column.codes[5]&31] + at[6][column.codes[6]&31] + at[7][column.codes[7]&31]
				if worth <= floor {
					continue
				}
				k := sort.Search(len(best), func(k int) bool { return best[k].worth < worth })
				best = slices.Insert(best, k, found{worth, int32(j)})
				if len(best) > 32 {
					best = best[:32]
					floor = best[31].worth
				}
			}
			checksum += floor
		}
		pairs += mentees * mentors
	}
	b.ReportMetric(float64((cpu()-start).Nanoseconds())/float64(pairs), "cpu-ns/pair")
	if checksum == 0 {
		b.Error("the loop found nothing")
	}
}
