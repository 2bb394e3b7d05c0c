package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// entriesOf makes people of a seed. Where they differ in who may see what, viewers are the bits 1 and 2.
func entriesOf(seed uint64, n int) []Entry {
	random := rand.New(rand.NewPCG(seed, 7))
	all := make([]Entry, n)
	cities := []string{"Montréal", "Toronto", "Vancouver", "Québec", "St. John's"}
	for k, name := range names(n) {
		by := []Audience{Everybody, Everybody, 1, 2}[random.IntN(4)]
		all[k] = Entry{
			ID: fmt.Sprintf("%026d", random.Uint64()), Sort: Fold(name),
			Words: slices.Concat(Everybody.For(Words(name)), by.For(Words(cities[min(random.IntN(6), random.IntN(5))]))),
			Codes: []Code{
				{"level", fmt.Sprint(random.IntN(8)), Everybody}, {"specialty", fmt.Sprint(random.IntN(70)), Everybody},
				{"language", []string{"en", "fr", "ar"}[min(random.IntN(3), random.IntN(3))], by},
			},
		}
		if random.IntN(3) == 0 {
			all[k].Codes = append(all[k].Codes, Code{"language", "es", 2}, Code{"language", "es", 2})
		}
	}
	return all
}

// answerSlowly is what a directory has to answer, from its definition.
func answerSlowly(all map[string]Entry, ask Ask) Answer {
	find := func(but string) []Place {
		var places []Place
		for _, e := range all {
			j, ok := e.judge(ask)
			if ok && !slices.ContainsFunc(j.lacking, func(lacking string) bool { return lacking != but }) {
				places = append(places, Place{j.rank, e.Sort, e.ID})
			}
		}
		slices.SortFunc(places, comparePlaces)
		return places
	}
	places := find("")
	answer := Answer{All: len(places), Counts: map[string]map[string]int{}}
	for _, field := range ask.Count {
		answer.Counts[field] = map[string]int{}
		for _, p := range find(field) {
			values := map[string]bool{}
			for _, c := range all[p.ID].Codes {
				if c.Field == field && c.For&ask.Viewer != 0 {
					values[c.Value] = true
				}
			}
			for value := range values {
				answer.Counts[field][value]++
			}
		}
	}
	for _, p := range places {
		if ask.After != (Place{}) && comparePlaces(p, ask.After) <= 0 {
			continue
		}
		if len(answer.Page) == ask.Most {
			answer.More = true
			break
		}
		answer.Page = append(answer.Page, p)
	}
	return answer
}

// drawAsk draws what somebody might ask.
func drawAsk(random *rand.Rand, all []Entry) Ask {
	ask := Ask{Viewer: 1 << random.IntN(2), Most: 1 + random.IntN(20), Count: []string{"level", "language", "specialty"}}
	if random.IntN(3) > 0 {
		ask.Query = Parse(typed(random, all[random.IntN(len(all))].Sort))
		if random.IntN(3) == 0 {
			ask.Query = Parse([]string{"montreal", "mo", "st johns", "qubec"}[random.IntN(4)])
		}
	}
	if random.IntN(2) == 0 {
		ask.Only = append(ask.Only, Choice{"language", []string{"fr", "es"}[:1+random.IntN(2)]})
	}
	if random.IntN(2) == 0 {
		ask.Only = append(ask.Only, Choice{"level", []string{"1", "3", "5", "no such"}})
	}
	if random.IntN(6) == 0 {
		ask.Only = append(ask.Only, Choice{"no such", []string{"1"}})
	}
	if random.IntN(5) == 0 {
		ask.Among = []string{}
		for range random.IntN(60) {
			ask.Among = append(ask.Among, all[random.IntN(len(all))].ID)
		}
	}
	ask.Except = map[string]bool{}
	for range random.IntN(4) {
		ask.Except[all[random.IntN(len(all))].ID] = true
	}
	if random.IntN(5) == 0 {
		ask.Not = append(ask.Not, Choice{"level", []string{"2", "3"}})
	}
	return ask
}

func TestADirectoryAnswersAsItsDefinitionDoesAlsoAfterChanges(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 9))
	pool := entriesOf(1, 1800)
	all := map[string]Entry{}
	for _, e := range pool[:900] {
		all[e.ID] = e
	}
	d := NewDirectory(maps.Values(all))
	for round := range 24 {
		if d.Len() != len(all) {
			t.Fatalf("round %d: %d entries, want %d", round, d.Len(), len(all))
		}
		for range 6 {
			ask := drawAsk(random, pool)
			for page := 0; ; page++ {
				got, want := d.Find(ask), answerSlowly(all, ask)
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Fatalf("round %d, page %d, %+v:\n got %+v\nwant %+v", round, page, ask, got, want)
				}
				if !got.More || page == 3 {
					break
				}
				ask.After = got.Page[len(got.Page)-1]
			}
		}
		var changed []Entry
		var gone []string
		for range random.IntN(60) {
			e := pool[random.IntN(len(pool))]
			if random.IntN(3) == 0 {
				gone = append(gone, e.ID)
				delete(all, e.ID)
			}
		}
		for range random.IntN(40) {
			e := pool[random.IntN(len(pool))]
			other := pool[random.IntN(len(pool))]
			e.Words, e.Codes, e.Sort = other.Words, other.Codes, other.Sort
			changed = append(changed, e)
			all[e.ID] = e
		}
		before := d
		was := before.Len()
		if d = d.With(changed, gone); before.Len() != was {
			t.Fatal("the directory before has changed")
		}
		if d.Untidy() || round%9 == 8 {
			d = d.Tidied()
		}
	}
}

func TestPagesOfADirectoryHoldEverybodyOnce(t *testing.T) {
	t.Parallel()
	all := entriesOf(3, 500)
	d := NewDirectory(slices.Values(all[:450])).With(all[450:], nil)
	for _, query := range []string{"", "montreal", "mo"} {
		ask := Ask{Viewer: 1, Query: Parse(query), Most: 7}
		seen := map[string]bool{}
		for {
			answer := d.Find(ask)
			for _, p := range answer.Page {
				if seen[p.ID] {
					t.Fatalf("%q: somebody stands on two pages", query)
				}
				seen[p.ID] = true
			}
			if !answer.More {
				if len(seen) != answer.All || answer.All == 0 {
					t.Errorf("%q: the pages hold %d of %d", query, len(seen), answer.All)
				}
				break
			}
			ask.After = answer.Page[len(answer.Page)-1]
		}
	}
}

func TestWhatAViewerMayNotSeeChangesNothingForThem(t *testing.T) {
	t.Parallel()
	all := entriesOf(5, 400)
	d := NewDirectory(slices.Values(all))
	for k := range all {
		all[k].Words, all[k].Codes = slices.Clone(all[k].Words), slices.Clone(all[k].Codes)
		for i := range all[k].Words {
			if all[k].Words[i].For == 2 {
				all[k].Words[i].Text = "elsewhere"
			}
		}
		all[k].Codes = slices.DeleteFunc(all[k].Codes, func(c Code) bool { return c.For == 2 })
	}
	other := NewDirectory(slices.Values(all))
	random := rand.New(rand.NewPCG(10, 11))
	for range 300 {
		ask := drawAsk(random, all)
		ask.Viewer = 1
		if a, b := fmt.Sprint(d.Find(ask)), fmt.Sprint(other.Find(ask)); a != b {
			t.Fatalf("%+v: %s, and where others see something else %s", ask, a, b)
		}
	}
}
