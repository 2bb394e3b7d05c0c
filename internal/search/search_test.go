package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextsAreFoldedAsPeopleTypeThemInHaste(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Hélène Tremblay": "helene tremblay", "MONTRÉAL": "montreal", "Montre\u0301al": "montreal",
		"O'Neil": "o neil", "O’Neil": "o neil", "St-Pierre": "st pierre", "St.\u00a0John’s": "st john s",
		"Müller": "muller", "Weiß": "weiss", "WEIẞ": "weiss", "Nguyễn Thị Đào": "nguyen thi dao",
		"Cœur": "coeur", "Æsop": "aesop", "Søren": "soren", "Łukasz": "lukasz", "Þór": "thor", "İpek Işık": "ipek isik",
		"李小龙": "李 小 龙", "김민수": "김 민 수", "Σωκράτης": "σωκρατησ", "Юрий": "юрии", "ﬁn": "fin", "Ｗｏｎｇ": "wong",
		"soft\u00adhyphen": "softhyphen", "Kaha\u02bbi": "kahai", "": "", " -- ": "", "PGY-1": "pgy 1",
		"مُحَمَّد": "محمد", strings.Repeat("é", 60): strings.Repeat("e", longestWord), strings.Repeat("x", 60): strings.Repeat("x", longestWord),
		"\xff a \xc3": "a",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q is folded to %q, want %q", text, got, want)
		}
	}
}

// people are names and cities as they would stand in a directory.
var people = []string{
	"Hélène Tremblay|Montréal", "Sean O'Neil|St. John's", "Marie-Ève Saint-Pierre|Québec", "Jürgen Müller|Sault Ste. Marie", "Anna Weiß|Trois-Rivières",
	"Nguyễn Thị Đào|Vancouver", "李 小龙|Richmond", "João da Silva|Toronto", "Fiona Mac Donald|Halifax", "Lê Văn Minh|Hamilton", "Jan van der Berg|London",
	"Yasmin El-Amin|Montréal", "Wei Wu|Montréal", "Jean-Yves Côté|Saguenay", "Zoé Roy|Moncton",
}

func TestASearchForgives(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, finds string }{
		{"montreal", "Hélène Tremblay, Yasmin El-Amin, Wei Wu"},
		{"tremblay helene", "Hélène Tremblay"}, {"Tremblai", "Hélène Tremblay"}, {"HÉLÈNE TREM", "Hélène Tremblay"}, {"tremblay montreal", "Hélène Tremblay"},
		{"rtemblay", "Hélène Tremblay"}, {"tremblya", "Hélène Tremblay"}, {"trembly", "Hélène Tremblay"}, {"ttremblay", "Hélène Tremblay"},
		{"h tremblay", "Hélène Tremblay"}, {"Dre Tremblay", "Hélène Tremblay"}, {"tremblay, hélène", "Hélène Tremblay"},
		{"oneil", "Sean O'Neil"}, {"o'neil", "Sean O'Neil"}, {"O’Neill", "Sean O'Neil"}, {"o neil", "Sean O'Neil"}, {"neil", "Sean O'Neil"}, {"st johns", "Sean O'Neil"},
		{"saint pierre", "Marie-Ève Saint-Pierre"}, {"st-pierre", "Marie-Ève Saint-Pierre"}, {"stpierre", "Marie-Ève Saint-Pierre"}, {"pierre st", "Marie-Ève Saint-Pierre"},
		{"marieeve", "Marie-Ève Saint-Pierre"}, {"sainte marie", "Marie-Ève Saint-Pierre, Jürgen Müller"}, {"sault st marie", "Jürgen Müller"},
		{"muller", "Jürgen Müller"}, {"Mueller", "Jürgen Müller"}, {"juergen müller", "Jürgen Müller"}, {"mueler", "Jürgen Müller"},
		{"weiss", "Anna Weiß"}, {"weiß", "Anna Weiß"}, {"nguyen", "Nguyễn Thị Đào"}, {"Nguyễn dao", "Nguyễn Thị Đào"}, {"ngyuen", "Nguyễn Thị Đào"},
		{"李", "李 小龙"}, {"李小龙", "李 小龙"}, {"小龙", "李 小龙"},
		{"dasilva", "João da Silva"}, {"da silva", "João da Silva"}, {"silva joao", "João da Silva"},
		{"macdonald", "Fiona Mac Donald"}, {"mcdonald", "Fiona Mac Donald"}, {"mac donald", "Fiona Mac Donald"}, {"van le", "Lê Văn Minh"}, {"minh le", "Lê Văn Minh"},
		{"vanderberg", "Jan van der Berg"}, {"berg", "Jan van der Berg"}, {"elamin", "Yasmin El-Amin"}, {"jean yves", "Jean-Yves Côté"}, {"cote", "Jean-Yves Côté"},
		{"wu", "Wei Wu"}, {"zoe", "Zoé Roy"},
		{"ray", ""}, {"wo", ""}, {"tremblay wei", ""}, {"trmbla", ""}, {"helen tremblay quebec", ""}, {"龙李王", ""},
	} {
		q := Parse(c.typed)
		var found []string
		for _, p := range people {
			name, city, _ := strings.Cut(p, "|")
			if _, ok := q.Match(Words(name, city)); ok {
				found = append(found, name)
			}
		}
		if got := strings.Join(found, ", "); got != c.finds {
			t.Errorf("%q finds %q, want %q", c.typed, got, c.finds)
		}
	}
}

func TestWhatIsWrittenRightComesFirst(t *testing.T) {
	t.Parallel()
	order := []string{"Chan", "Chandra", "Khan"}
	q := Parse("chan")
	for k, name := range order {
		if rank, ok := q.Match(Words(name)); !ok || rank != Rank(k) {
			t.Errorf("%s has rank %d, %t", name, rank, ok)
		}
	}
}

func TestAQueryWithoutWordsFindsEverything(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", "  ", "-- '", "%%%%", "\u200b"} {
		if rank, ok := Parse(typed).Match(Words("Zoé Roy")); !Parse(typed).Empty() || !ok || rank != 0 {
			t.Errorf("%q is not empty", typed)
		}
	}
}

func TestNumbersAreTakenAtTheirWord(t *testing.T) {
	t.Parallel()
	if _, ok := Parse("pgy1").Match(Words("PGY2")); ok {
		t.Error("PGY1 finds PGY2")
	}
}

// distance is that of Damerau and Levenshtein, by its definition.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		d[i][0] = i
	}
	for j := range y {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			other := 1
			if x[i-1] == y[j-1] {
				other = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+other)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(x)][len(y)]
}

// word draws a word of few letters, so that words are often near each other.
func word(random *rand.Rand) string {
	letters := make([]rune, 1+random.IntN(10))
	for k := range letters {
		letters[k] = []rune("abé")[random.IntN(3)]
	}
	return string(letters)
}

func TestNearIsADistanceOfOneAtMostAndSharesAKey(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 1))
	nearby := 0
	for range 100_000 {
		a, b := word(random), word(random)
		want := distance(a, b) <= 1
		if got := near(a, b); got != want {
			t.Fatalf("%s and %s: near is %t, their distance %d", a, b, got, distance(a, b))
		}
		common := slices.ContainsFunc(Keys(a), func(key uint32) bool { return slices.Contains(Keys(b), key) })
		if want && min(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) >= shortestKept {
			if nearby++; !common {
				t.Fatalf("%s and %s are near and have no key in common", a, b)
			}
		}
		if n := len(Keys(a)); n > keyed+1 {
			t.Fatalf("%s has %d keys", a, n)
		}
	}
	if nearby < 500 {
		t.Errorf("only %d pairs were near", nearby)
	}
}

func TestEveryMistakeInEveryNameIsForgiven(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"tremblay", "nguyen", "roy", "li", "chan", "okafor", "nikolaidis"} {
		for _, typed := range mistakes(name) {
			_, ok := Parse(typed).Match(Words(name))
			if want := len(typed) >= shortestTyped && len(name) >= shortestKept || typed == name || strings.HasPrefix(name, typed); ok != want {
				t.Errorf("%q finds %s: %t, want %t", typed, name, ok, want)
			}
		}
	}
}

// mistakes are all ways to make one mistake in a word.
func mistakes(name string) []string {
	var all []string
	for k := range len(name) {
		all = append(all, name[:k]+name[k+1:], name[:k]+"x"+name[k:], name[:k]+"x"+name[k+1:])
		if k > 0 {
			all = append(all, name[:k-1]+name[k:k+1]+name[k-1:k]+name[k+1:])
		}
	}
	return append(all, name+"x")
}

func TestOrderOfWordsAndAccentsNeverMatter(t *testing.T) {
	t.Parallel()
	for _, p := range people {
		name, city, _ := strings.Cut(p, "|")
		words := strings.Fields(Fold(name + " " + city))
		slices.Reverse(words)
		rank, ok := Parse(strings.Join(words, " ")).Match(Words(name, city))
		if !ok || rank != 0 {
			t.Errorf("%q does not find %s", words, name)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, p := range people {
		f.Add(p, "tremblay")
	}
	f.Add("\xff\u0345İ\u1e9e가\u0301", "")
	f.Fuzz(func(t *testing.T, text, typed string) {
		folded := Fold(text)
		if again := Fold(folded); again != folded {
			t.Errorf("%q is folded to %q, and that to %q", text, folded, again)
		}
		if !utf8.ValidString(folded) || len(folded) > 20*len(text) {
			t.Errorf("%q becomes %q", text, folded)
		}
		words := Words(text)
		if !slices.IsSorted(words) || slices.Contains(words, "") {
			t.Errorf("the words of %q are %q", text, words)
		}
		for _, w := range words {
			if strings.ContainsRune(w, ' ') || utf8.RuneCountInString(w) > longestWord {
				t.Errorf("%q is no word", w)
			}
		}
		q := Parse(typed)
		for _, term := range q.Terms() {
			for _, w := range words {
				held(t, term, w)
			}
		}
		if rank, ok := q.Match(words); ok && (rank < 0 || rank > Rank(mostTerms)*Mistake) {
			t.Errorf("rank %d", rank)
		}
		if _, ok := Parse(text).Match(words); !ok && len(strings.Fields(folded)) <= mostTerms && !strings.Contains(folded, "dr") && !strings.Contains(folded, "prof") {
			t.Errorf("%q does not find itself among %q", text, words)
		}
	})
}

// held holds what an index would find for a term and a word to what the term itself says.
func held(t *testing.T, term Term, w string) {
	t.Helper()
	from, before := term.Span()
	inSpan := w == from || term.Prefix && from <= w && w < before
	common := slices.ContainsFunc(term.Keys(), func(key uint32) bool { return slices.Contains(Keys(w), key) })
	rank, ok := term.Match(w)
	switch {
	case ok && rank < Mistake && !inSpan:
		t.Errorf("%q answers %v and is not in its span", w, term)
	case ok && rank == Mistake && !common:
		t.Errorf("%q answers %v by a mistake and has no key of it", w, term)
	case inSpan && (!ok || rank == Mistake):
		t.Errorf("%q is in the span of %v and does not answer it", w, term)
	}
}
