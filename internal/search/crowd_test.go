package search_test

import (
	"iter"
	"runtime"
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/sample"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// crowd is people as a directory holds them: found by name, city and specialty, narrowed by what they chose.
func crowd(people int) iter.Seq[search.Entry] {
	return func(yield func(search.Entry) bool) {
		for p := range sample.Crowd(1, people) {
			city, _ := vocabulary.Places().Find(p.Place)
			specialty, _ := vocabulary.Specialties().Find(p.Specialty)
			e := search.Entry{
				ID: p.Email, Sort: search.Fold(p.Last + " " + p.First),
				Words: search.Everybody.For(search.Words(p.Name(), city.En, city.Fr, specialty.En, specialty.Fr)),
				Codes: []search.Code{{Field: "level", Value: p.Level, For: search.Everybody}, {Field: "specialty", Value: p.Specialty, For: search.Everybody}},
			}
			for field, values := range map[string][]string{"language": p.Languages, "interest": p.Interests, "offers": p.Offers, "seeks": p.Wishes, "support": p.Supports} {
				for _, value := range values {
					e.Codes = append(e.Codes, search.Code{Field: field, Value: value, For: search.Everybody})
				}
			}
			if !yield(e) {
				return
			}
		}
	}
}

func TestHeleneTremblayOfMontrealIsFoundInACrowd(t *testing.T) {
	t.Parallel()
	d := search.NewDirectory(crowd(5000))
	var first search.Place
	for p := range crowd(1) {
		first = search.Place{Sort: p.Sort, ID: p.ID}
	}
	for _, typed := range []string{"tremblay helene", "Tremblai Hélène", "helene trembly montreal", "montreal", "Monreal", "TREMBLAY H"} {
		answer := d.Find(search.Ask{Viewer: 1, Query: search.Parse(typed), Most: 5000})
		if !slices.ContainsFunc(answer.Page, func(p search.Place) bool { return p.ID == first.ID }) {
			t.Errorf("%q finds %d others", typed, answer.All)
		}
		if answer.All == d.Len() {
			t.Errorf("%q finds everybody", typed)
		}
	}
}

// BenchmarkDirectory is what stands in decision 9. Its peer looks at everybody.
func BenchmarkDirectory(b *testing.B) {
	const people = 200_000
	all := slices.Collect(crowd(people))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	d := search.NewDirectory(slices.Values(all))
	runtime.GC()
	runtime.ReadMemStats(&after)
	filters := []search.Choice{{Field: "language", Values: []string{"fr"}}, {Field: "level", Values: []string{"practising", "late_career"}}, {Field: "offers", Values: []string{"research", "career_choice"}}}
	counts := []string{"language", "level", "specialty", "interest", "offers", "seeks", "support"}
	for _, of := range []struct {
		name string
		search.Ask
	}{
		{"nothing", search.Ask{}},
		{"filters", search.Ask{Only: filters}},
		{"tremblai", search.Ask{Query: search.Parse("tremblai")}},
		{"tremblai, filters", search.Ask{Query: search.Parse("tremblai"), Only: filters}},
		{"tremblay helene, filters", search.Ask{Query: search.Parse("tremblay helene"), Only: filters}},
		{"montreal, filters", search.Ask{Query: search.Parse("montreal"), Only: filters}},
		{"helene montreal, filters", search.Ask{Query: search.Parse("helene montreal"), Only: filters}},
		{"helene montreal, filters and counts", search.Ask{Query: search.Parse("helene montreal"), Only: filters, Count: counts}},
		{"nothing, counts", search.Ask{Count: counts}},
		{"m", search.Ask{Query: search.Parse("m")}},
	} {
		of.Viewer, of.Most = 1, 25
		b.Run(of.name, func(b *testing.B) {
			for b.Loop() {
				d.Find(of.Ask)
			}
			b.ReportMetric(float64(d.Find(of.Ask).All), "found")
		})
	}
	b.Run("peer: everybody is looked at, montreal", func(b *testing.B) {
		q := search.Parse("montreal")
		words := make([][]string, people)
		for k, e := range all {
			for _, w := range e.Words {
				words[k] = append(words[k], w.Text)
			}
		}
		for b.Loop() {
			for k := range words {
				q.Match(words[k])
			}
		}
	})
	b.Run("change", func(b *testing.B) {
		for b.Loop() {
			d.With(all[:1], nil)
		}
	})
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			search.NewDirectory(slices.Values(all))
		}
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	})
}
