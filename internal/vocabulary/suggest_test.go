package vocabulary

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/search"
)

func TestSuggestionsForgiveAndFindOtherNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		list        *List
		typed       string
		language    Language
		first, code string
	}{
		{Places(), "montreal", English, "Montréal", "CA-QC-montreal"},
		{Places(), "Monreal", French, "Montréal", "CA-QC-montreal"},
		{Places(), "saint johns", English, "St. John's", "CA-NL-st-john-s"},
		{Places(), "quebec", French, "Québec", "CA-QC-quebec-city"},
		{Places(), "quebec city", English, "Québec City", "CA-QC-quebec-city"},
		{Places(), "londres", French, "Londres", "GB-london"},
		{Places(), "london ont", English, "London (Ontario)", "CA-ON-london"},
		{Places(), "trois rivieres", English, "Trois-Rivières", "CA-QC-trois-rivieres"},
		{Specialties(), "paediatrics", English, "pediatrics", "pediatrics"},
		{Specialties(), "ORL", French, "oto-rhino-laryngologie", "otolaryngology"},
		{Specialties(), "ent", English, "otolaryngology", "otolaryngology"},
		{Specialties(), "medecine d'urgance", French, "médecine d'urgence", "emergency"},
		{Levels(), "PGY1", English, "junior resident", "resident_junior"},
		{Institutions(), "mcgill", English, "McGill University", "ror.01pxwe438"},
		{Institutions(), "mcgill", French, "Université McGill", "ror.01pxwe438"},
		{Subjects(), "astma", English, "Asthma", "D001249"},
		{Subjects(), "asthme", French, "asthme", "D001249"},
		{Languages(), "anglais", English, "English", "en"},
		{Languages(), "ASL", French, "langue des signes américaine", "ase"},
	} {
		got := c.list.Suggest(c.typed, c.language, 5)
		if len(got) < 2 || got[0].Label != c.first || got[0].Code != c.code {
			t.Errorf("%q suggests %+v, want %s", c.typed, got, c.first)
			continue
		}
		if last := got[len(got)-1]; last.Code != "" || last.Label != c.typed {
			t.Errorf("%q cannot be kept: %+v", c.typed, last)
		}
	}
}

func TestWhatIsInNoListCanBeKept(t *testing.T) {
	t.Parallel()
	if got := Specialties().Suggest("  zebra \u00a0 husbandry ", English, 5); len(got) != 1 || got[0] != (Suggestion{Label: "zebra husbandry"}) {
		t.Errorf("%+v", got)
	}
	if got := Specialties().Suggest(" \u00a0", English, 5); got != nil {
		t.Errorf("nothing suggests %+v", got)
	}
	if got := Specialties().Suggest("med", English, 0); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestRetiredTermsLeadToTheirSuccessors(t *testing.T) {
	t.Parallel()
	l := mustRead(t, "interests", head+"new,,telehealth,télésanté,,,,\nold,,tele-medicine,télémédecine,,,yes,new\nolder,,phone medicine,médecine au téléphone,,,yes,old\ngone,,fax medicine,médecine par télécopieur,,,yes,\n")
	for typed, code := range map[string]string{"telemedicine": "new", "medecine au telephone": "new", "fax": "", "telehealth": "new"} {
		got := l.Suggest(typed, English, 3)
		if got[0].Code != code || len(got) > 2 {
			t.Errorf("%q suggests %+v", typed, got)
		}
	}
	if by := l.Suggest("phone", English, 3)[0].By; by != "phone medicine" {
		t.Errorf("it was found by %q", by)
	}
	if now, ok := l.Today("older"); !ok || now.Code != "new" {
		t.Errorf("today it is %+v", now)
	}
	if now, ok := l.Today("gone"); ok {
		t.Errorf("today it is %+v", now)
	}
}

// suggestSlowly orders all names that answer, as the comment of Suggest says.
func suggestSlowly(l *List, typed string, language Language, n int) []string {
	type answer struct {
		code        string
		rank        search.Rank
		words, name int
		at          int
	}
	var all []answer
	q := search.Parse(typed)
	for at, t := range l.Terms {
		names := append([]string{t.Label(language), t.En, t.Fr}, t.Synonyms...)
		for k, name := range names {
			if rank, ok := q.Match(search.Words(name)); ok && !q.Empty() {
				all = append(all, answer{t.Code, rank, len(strings.Fields(fold(name))), min(k, 1), at})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b answer) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.words, b.words), cmp.Compare(a.name, b.name), cmp.Compare(a.at, b.at))
	})
	var codes []string
	for _, a := range all {
		if len(codes) < n && !slices.Contains(codes, a.code) {
			codes = append(codes, a.code)
		}
	}
	return codes
}

func TestSuggestionsAreTheBestOfAll(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 1))
	for _, list := range []*List{Places(), Specialties(), Interests()} {
		for range 60 {
			words := strings.Fields(fold(list.Terms[random.IntN(len(list.Terms))].Fr))
			typed := words[random.IntN(len(words))]
			typed = typed[:1+random.IntN(len(typed))]
			var got []string
			for _, s := range list.Suggest(typed, French, 8) {
				if s.Code != "" {
					got = append(got, s.Code)
				}
			}
			if want := suggestSlowly(list, typed, French, 8); !slices.Equal(got, want) {
				t.Errorf("%s: %q suggests %q, want %q", list.Name, typed, got, want)
			}
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	var terms []Term
	for k := range 30_000 {
		t := Subjects().Terms[k%len(Subjects().Terms)]
		t.Code, t.Parent = fmt.Sprint(t.Code, "-", k), ""
		terms = append(terms, t)
	}
	l := newList("subjects", "", "", "", terms)
	l.Suggest("warm", English, 1)
	for _, typed := range []string{"d", "di", "disease", "diabetes mell", "neoplasmes", "cardiac arrythmia"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				l.Suggest(typed, English, 8)
			}
		})
	}
}
