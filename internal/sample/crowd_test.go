package sample

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// known says whether all codes are those of terms that are offered.
func known(t *testing.T, list *vocabulary.List, codes ...string) {
	t.Helper()
	for _, code := range codes {
		if term, ok := list.Find(code); code != "" && (!ok || term.Retired) {
			t.Fatalf("%s has no term %q", list.Name, code)
		}
	}
}

func TestPeopleOfTheSampleChooseFromTheLists(t *testing.T) {
	t.Parallel()
	people := slices.Concat(Make(1, Everybody).People, slices.Collect(Crowd(1, 3000)))
	for _, below := range subspecialties {
		known(t, vocabulary.Specialties(), below...)
	}
	for _, p := range people {
		known(t, vocabulary.Levels(), p.Level)
		known(t, vocabulary.Ranks(), p.Rank)
		known(t, vocabulary.Specialties(), p.Specialty)
		known(t, vocabulary.Languages(), p.Languages...)
		known(t, vocabulary.Interests(), p.Interests...)
		known(t, vocabulary.Purposes(), slices.Concat(p.Offers, p.Wishes)...)
		known(t, vocabulary.Supports(), p.Supports...)
		known(t, vocabulary.Places(), p.Place)
		if _, err := time.LoadLocation(p.Zone()); err != nil || p.Zone() == "" {
			t.Fatalf("%s has the time zone %q", p.Name(), p.Zone())
		}
		if p.Mentors != (p.Hours > 0) || p.Mentors != (len(p.Supports) > 0) || (p.AwayFrom == "") != (p.AwayTo == "") || p.AwayTo < p.AwayFrom || (p.Move == "") != (p.Destination == "") {
			t.Fatalf("%+v", p)
		}
		if len([]rune(p.Line)) > 200 || p.Distance == "" {
			t.Fatalf("%+v", p)
		}
	}
}

func TestProfilesOfASchoolDifferAndAreTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	a, b := Make(4, 300), Make(4, 300)
	if !reflect.DeepEqual(a, b) {
		t.Error("the same seed makes two schools")
	}
	for what, is := range map[string]func(*Person) bool{
		"elsewhere": func(p *Person) bool { return p.Distance == "distance" }, "away": func(p *Person) bool { return p.AwayFrom != "" },
		"with a line": func(p *Person) bool { return p.Line != "" }, "who refuse something": func(p *Person) bool { return p.Refuses != "" },
		"who move": func(p *Person) bool { return p.Move == "training" },
	} {
		if n := count(a, is); n == 0 || n == len(a.People) {
			t.Errorf("%d people are %s", n, what)
		}
	}
}

func TestACrowdIsTheSameForTheSameSeedAndHasManyOfSomeAndOneOfOthers(t *testing.T) {
	t.Parallel()
	all := slices.Collect(Crowd(1, 20_000))
	if again := slices.Collect(Crowd(1, 100)); !reflect.DeepEqual(again, all[:100]) {
		t.Error("the same seed makes two crowds")
	}
	if p := all[0]; p.Name() != "Hélène Tremblay" || p.Place != "CA-QC-montreal" {
		t.Errorf("the first one is %s of %s", p.Name(), p.Place)
	}
	names, cities, addresses := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, p := range all {
		names[p.Last]++
		cities[p.Place]++
		addresses[p.Email] = true
	}
	once := 0
	for _, n := range names {
		if n == 1 {
			once++
		}
	}
	if share := 1000 * names["Tremblay"] / len(all); share < 1 || share > 10 || once < 1000 || len(addresses) != len(all) {
		t.Errorf("%d per 1000 are called Tremblay, %d names occur once, %d addresses", share, once, len(addresses))
	}
	if share := 1000 * cities["CA-QC-montreal"] / len(all); share < 50 || share > 250 || len(cities) < 150 {
		t.Errorf("%d per 1000 live in Montréal, and there are %d cities", share, len(cities))
	}
}

func BenchmarkCrowd(b *testing.B) {
	for b.Loop() {
		for range Crowd(1, 10_000) {
		}
	}
}
