package score

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A wood is a random forest of terms named t0, t1, ... with synonyms s0, s1, ...
type wood struct {
	terms []Term
	above map[string]string
}

func newWood(random *rand.Rand, terms int) wood {
	w := wood{above: map[string]string{}}
	for k := range terms {
		term := Term{Name: fmt.Sprint("t", k), Synonyms: []string{fmt.Sprint("S", k)}}
		if k > 0 && random.IntN(4) > 0 {
			term.Above = fmt.Sprint("t", random.IntN(k))
		}
		w.terms = append(w.terms, term)
		w.above[term.Name] = term.Above
	}
	random.Shuffle(len(w.terms), func(i, j int) { w.terms[i], w.terms[j] = w.terms[j], w.terms[i] })
	return w
}

func (w wood) tree(t *testing.T) *Tree {
	t.Helper()
	tree, faults := NewTree(w.terms)
	if faults != nil {
		t.Fatalf("%v: %v", w.terms, faults)
	}
	return tree
}

// crown is the one term above all others, if there is one.
func (w wood) crown() string {
	var tops []string
	for name, above := range w.above {
		if above == "" {
			tops = append(tops, name)
		}
	}
	if len(tops) == 1 && len(w.above) > 1 {
		return tops[0]
	}
	return ""
}

// closed is a set of values with all that is above them, written down from the definition.
func (w wood) closed(values []string) map[string]bool {
	all := map[string]bool{}
	for _, value := range values {
		name := strings.Replace(strings.ToLower(value), "s", "t", 1)
		if _, known := w.above[name]; !known {
			all[value] = true
			continue
		}
		for at := name; at != ""; at = w.above[at] {
			if at == name || at != w.crown() {
				all[at] = true
			}
		}
	}
	return all
}

func (w wood) related(mentee, mentor []string) int {
	sought, offered := w.closed(mentee), w.closed(mentor)
	shared := 0
	for term := range sought {
		if offered[term] {
			shared++
		}
	}
	if shared == 0 {
		return 0
	}
	return 100 * shared / len(sought)
}

func relatedBy(t *testing.T, tree *Tree, mentee, mentor []string) int {
	t.Helper()
	got, known := measured(t, Comparison{Measure: Related, Tree: tree}, strings.Join(mentee, "/"), strings.Join(mentor, "/"))
	if !known {
		t.Fatal("it is not known how two people are related")
	}
	return got
}

func TestTermsAreRelatedByWhatIsAboveThem(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 1))
	for range 300 {
		w := newWood(random, 2+random.IntN(12))
		tree := w.tree(t)
		pick := func(most int) []string {
			var all []string
			for range 1 + random.IntN(most) {
				word := w.terms[random.IntN(len(w.terms))]
				all = append(all, []string{word.Name, word.Synonyms[0], "unknown", " T" + word.Name[1:]}[random.IntN(4)])
			}
			return all
		}
		for range 20 {
			mentee, mentor := pick(4), pick(4)
			plain := func(list []string) []string {
				out := slices.Clone(list)
				for k := range out {
					out[k] = Fold(out[k])
				}
				return out
			}
			if got, want := relatedBy(t, tree, mentee, mentor), w.related(plain(mentee), plain(mentor)); got != want {
				t.Fatalf("%v: %v and %v are related by %d, want %d", w.terms, mentee, mentor, got, want)
			}
			if got := relatedBy(t, tree, mentee, mentee); got != 100 {
				t.Fatalf("%v is related to itself by %d", mentee, got)
			}
			if got, more := relatedBy(t, tree, mentee, mentor), relatedBy(t, tree, mentee, append(pick(2), mentor...)); more < got {
				t.Fatalf("%v: what the mentor does besides %v lowers %d to %d", w.terms, mentor, got, more)
			}
		}
	}
}

// TestNearerOnTheTreeIsNeverLess compares single terms: the deeper the nearest term above both, the higher the fit.
func TestNearerOnTheTreeIsNeverLess(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 2))
	for range 100 {
		w := newWood(random, 9)
		tree := w.tree(t)
		up := func(term string) []string {
			var path []string
			for at := term; at != ""; at = w.above[at] {
				path = append([]string{at}, path...)
			}
			return path
		}
		meet := func(a, b string) int {
			n := 0
			for n < min(len(up(a)), len(up(b))) && up(a)[n] == up(b)[n] {
				n++
			}
			return n
		}
		for a := range w.above {
			for b := range w.above {
				for c := range w.above {
					near, far := relatedBy(t, tree, []string{a}, []string{b}), relatedBy(t, tree, []string{a}, []string{c})
					if meet(a, b) > meet(a, c) && near < far {
						t.Fatalf("%v: %s is nearer to %s than to %s, and related by %d and %d", w.terms, a, b, c, near, far)
					}
					if meet(a, c) == 0 && far != 0 {
						t.Fatalf("%v: %s and %s have nothing above both, and are related by %d", w.terms, a, c, far)
					}
				}
			}
		}
	}
}

func TestTermsThatCannotStandOnATreeAreNamed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		terms []Term
		want  string
	}{
		"twice":             {[]Term{{Name: "a"}, {Name: "A "}}, "[{1 0 A  0}]"},
		"a synonym twice":   {[]Term{{Name: "a", Synonyms: []string{"b"}}, {Name: "c", Synonyms: []string{"B"}}}, "[{1 0 B 0}]"},
		"its own synonym":   {[]Term{{Name: "a", Synonyms: []string{"A"}}}, "[]"},
		"an orphan":         {[]Term{{Name: "a", Above: "z"}}, "[{0 1 z -1}]"},
		"below a synonym":   {[]Term{{Name: "a", Synonyms: []string{"b"}}, {Name: "c", Above: "B"}}, "[]"},
		"above itself":      {[]Term{{Name: "a", Above: "a"}}, "[{0 2 a -1}]"},
		"a cycle and a way": {[]Term{{Name: "d", Above: "a"}, {Name: "a", Above: "b"}, {Name: "b", Above: "c"}, {Name: "c", Above: "a"}}, "[{1 2 a -1} {2 2 b -1} {3 2 c -1}]"},
	} {
		if _, faults := NewTree(test.terms); fmt.Sprint(faults) != test.want {
			t.Errorf("%s: got %v, want %s", name, faults, test.want)
		}
	}
}
