package sample

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// TestSchoolHasThePublishedMargins compares the school with the shares as they were published, in per cent of a whole;
// every one of them holds to the rounding of single persons.
func TestSchoolHasThePublishedMargins(t *testing.T) {
	t.Parallel()
	faculty := func(p *Person) bool { return p.Part == Faculty }
	rank := func(name string) func(*Person) bool { return func(p *Person) bool { return p.Rank == name } }
	works := func(specialty string) func(*Person) bool {
		return func(p *Person) bool { return p.Part == Faculty && field(p.Specialty) == specialty }
	}
	both := func(a, b func(*Person) bool) func(*Person) bool { return func(p *Person) bool { return a(p) && b(p) } }
	woman := func(p *Person) bool { return p.Woman }
	mentor := func(p *Person) bool { return p.Mentors && p.Part == Faculty }
	takes := func(from, to int) func(*Person) bool {
		return func(p *Person) bool { return p.Mentors && from <= p.Places && p.Places <= to }
	}
	everybody := func(*Person) bool { return true }
	for seed := range uint64(20) {
		s := Make(seed, Everybody)
		for _, margin := range []struct {
			name        string
			part, whole func(*Person) bool
			percent     float64
		}{
			{"faculty", faculty, everybody, 100 * 420.0 / 1140},
			{"lecturers", rank("lecturer"), faculty, 10},
			{"assistant professors", rank("assistant"), faculty, 46},
			{"associate professors", rank("associate"), faculty, 21},
			{"professors", rank("professor"), faculty, 22},
			{"women among lecturers", woman, rank("lecturer"), 57.8},
			{"women among assistant professors", woman, rank("assistant"), 50.8},
			{"women among associate professors", woman, rank("associate"), 39.2},
			{"women among professors", woman, rank("professor"), 28.1},
			{"family physicians", works("family"), faculty, 28},
			{"internists", works("internal"), faculty, 24},
			{"pediatricians", works("pediatrics"), faculty, 11},
			{"surgeons", works("surgery"), faculty, 10},
			{"residents in family medicine", func(p *Person) bool { return p.Part == Resident && p.Specialty == "family" }, func(p *Person) bool { return p.Part == Resident }, 40},
			{"women among students", woman, func(p *Person) bool { return p.Part == Student }, 58},
			{"French first", func(p *Person) bool { return p.FrenchFirst }, everybody, 18},
			{"faculty who mentor", mentor, faculty, 45},
			{"mentors of one", takes(1, 1), takes(1, 6), 45},
			{"mentors of two", takes(2, 2), takes(1, 6), 30},
			{"mentors of three", takes(3, 3), takes(1, 6), 15},
			{"mentors of four to six", takes(4, 6), takes(1, 6), 10},
			{"those who do both", func(p *Person) bool { return p.Mentors && p.Seeks }, (*Person).takesPart, 12},
			{"those who leave out what is optional", func(p *Person) bool { return !p.Optional }, everybody, 12},
		} {
			whole := count(s, margin.whole)
			got := count(s, both(margin.whole, margin.part))
			if exact := margin.percent * float64(whole) / 100; math.Abs(float64(got)-exact) > 2 { // four parts are rounded
				t.Errorf("seed %d, %s: %d of %d, want %.1f", seed, margin.name, got, whole, exact)
			}
		}
		mistyped := count(s, func(p *Person) bool { return p.Mistyped })
		if taking := count(s, (*Person).takesPart); mistyped*100 < taking*9/10 || mistyped*100 > taking*2 {
			t.Errorf("seed %d: %d of %d mistyped their address", seed, mistyped, taking)
		}
	}
}

func TestListsAreOfThreeToEightAndTheMostPopularMentorIsNamedAboutFiveTimesAsOften(t *testing.T) {
	t.Parallel()
	sum := 0.0
	for seed := range uint64(20) {
		s := Make(seed, Everybody)
		named, all, most := map[int]int{}, 0, 0
		for i := range s.People {
			p := &s.People[i]
			if n := len(p.Choices); n != 0 && (n < 2 || n > 8) { // one may be family, and is struck out
				t.Errorf("seed %d: a list of %d", seed, n)
			}
			for _, j := range p.Choices {
				if j == i || !s.People[j].Mentors || slices.Index(p.Choices, j) != slices.IndexFunc(p.Choices, func(k int) bool { return k == j }) {
					t.Errorf("seed %d: person %d names %v", seed, i, p.Choices)
				}
				named[j]++
				all++
				most = max(most, named[j])
			}
		}
		sum += float64(most*count(s, func(p *Person) bool { return p.Mentors })) / float64(all)
	}
	if skew := sum / 20; skew < 4 || skew > 6.5 {
		t.Errorf("the most popular mentor is named %.1f times as often as the average one", skew)
	}
}

// TestNearlyAllChoicesAndAllPairsOfLastYearMayComeTrue looks for a language and a purpose in common, and for power of one
// over the other: a careful school has few notes, and still some of each kind.
func TestNearlyAllChoicesAndAllPairsOfLastYearMayComeTrue(t *testing.T) {
	t.Parallel()
	all, silent, purposeless, subject := 0, 0, 0, 0
	for seed := range uint64(20) {
		s := Make(seed, Everybody)
		apart := map[[2]int]bool{}
		for _, e := range s.Edges {
			apart[[2]int{e.Person, e.Other}], apart[[2]int{e.Other, e.Person}] = true, true
		}
		shares := func(a, b []string) bool {
			return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
		}
		for i := range s.People {
			p := &s.People[i]
			for _, j := range p.Choices {
				all++
				if !shares(p.Languages, s.People[j].Languages) {
					silent++
				}
				if !shares(p.Wishes, s.People[j].Offers) {
					purposeless++
				}
				if apart[[2]int{i, j}] {
					subject++
				}
			}
		}
		for _, pair := range s.Pairs {
			p, mentor := &s.People[pair[0]], &s.People[pair[1]]
			if !shares(p.Languages, mentor.Languages) || !shares(p.Wishes, mentor.Offers) || apart[pair] {
				t.Errorf("seed %d: %s and %s cannot go on", seed, p.Name(), mentor.Name())
			}
		}
	}
	if silent == 0 || purposeless == 0 || subject == 0 || (silent+purposeless+subject)*50 > all {
		t.Errorf("of %d choices %d share no language, %d no purpose, and %d are of somebody with power over the other", all, silent, purposeless, subject)
	}
}

// TestThreeToSixInAHundredSeekWhatIsScarceAndFindNoPlace counts, for each scarce purpose, those who seek nothing else and
// the places with mentors who offer it: whatever the matching, the rest is left without.
func TestThreeToSixInAHundredSeekWhatIsScarceAndFindNoPlace(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		s := Make(seed, Everybody)
		short := 0
		for _, of := range scarce {
			asked := count(s, func(p *Person) bool { return p.Seeks && slices.Equal(p.Wishes, []string{of.purpose}) })
			offered := 0
			for i := range s.People {
				if p := &s.People[i]; p.Mentors && slices.Contains(p.Offers, of.purpose) {
					offered += p.Places
				}
			}
			if asked <= offered {
				t.Errorf("seed %d: %d seek %s, and there are %d places", seed, asked, of.purpose, offered)
			}
			short += asked - offered
		}
		if mentees := count(s, func(p *Person) bool { return p.Seeks }); short*100 < 3*mentees || short*100 > 6*mentees {
			t.Errorf("seed %d: %d of %d mentees can find no place", seed, short, mentees)
		}
	}
}

func TestAnswersAreTheSameInATextFile(t *testing.T) {
	t.Parallel()
	s := Make(5, 200)
	asText, err := s.Files(Options{Language: vocabulary.French, CSV: true})
	if err != nil {
		t.Fatal(err)
	}
	asBook, err := s.Files(Options{Language: vocabulary.French})
	if err != nil {
		t.Fatal(err)
	}
	last := len(asText) - 1
	if asText[last].Name != "people.csv" || asBook[last].Name != "people.xlsx" {
		t.Fatalf("the files are %s and %s", asText[last].Name, asBook[last].Name)
	}
	want, err := csv.NewReader(bytes.NewReader(asText[last].Data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(asBook[last].Data))
	if err != nil {
		t.Fatal(err)
	}
	got, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d rows in the workbook and %d in the text file: %v", len(got), len(want), err)
	}
	for r := range got {
		for len(got[r]) < len(want[r]) { // empty cells at the end of a row
			got[r] = append(got[r], "")
		}
		if !slices.Equal(got[r], want[r]) {
			t.Errorf("row %d: %q in the workbook, %q in the text file", r+1, got[r], want[r])
		}
	}
}

func TestSameSeedMakesTheSameSchool(t *testing.T) {
	t.Parallel()
	a, err := Make(7, 300).Files(Options{Language: vocabulary.English})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Make(7, 300).Files(Options{Language: vocabulary.English})
	if err != nil {
		t.Fatal(err)
	}
	other, err := Make(8, 300).Files(Options{Language: vocabulary.English})
	if err != nil {
		t.Fatal(err)
	}
	for k := range a {
		if !bytes.Equal(a[k].Data, b[k].Data) {
			t.Errorf("%s differs from one time to the next", a[k].Name)
		}
		if bytes.Equal(a[k].Data, other[k].Data) {
			t.Errorf("%s is the same for another seed", a[k].Name)
		}
	}
}

// TestNobodyIsLostOnTheWayIntoTheSheets reads the workbook and finds everybody who takes part, one in fifty twice.
func TestNobodyIsLostOnTheWayIntoTheSheets(t *testing.T) {
	t.Parallel()
	for _, language := range []vocabulary.Language{vocabulary.English, vocabulary.French} {
		s := Make(3, Everybody)
		files, err := s.Files(Options{Language: language})
		if err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(bytes.NewReader(files[2].Data))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		in := map[string]int{}
		for _, row := range rows[1:] {
			in[row[1]]++
		}
		taking := count(s, (*Person).takesPart)
		if twice := len(rows) - 1 - len(in); len(in) != taking || twice != taking/50 {
			t.Errorf("%s: %d people in %d rows, and %d take part", language, len(in), len(rows)-1, taking)
		}
		for _, file := range files[:2] {
			listed, err := csv.NewReader(bytes.NewReader(file.Data)).ReadAll()
			if err != nil || len(listed) < 5 {
				t.Fatalf("%s has %d rows: %v", file.Name, len(listed), err)
			}
			for _, row := range listed[1:] {
				if in[row[0]] == 0 || in[row[1]] == 0 {
					t.Errorf("%s names %v, and one of them does not take part", file.Name, row)
				}
			}
		}
	}
}

func TestSmallSchoolsKeepTheProportions(t *testing.T) {
	t.Parallel()
	for _, people := range []int{0, 1, 2, 12, 60, 200, 5000} {
		s := Make(1, people)
		if len(s.People) != people {
			t.Errorf("a school of %d has %d people", people, len(s.People))
		}
		names := map[string]bool{}
		for i := range s.People {
			names[s.People[i].Name()] = true
			if address := s.People[i].Email; strings.ContainsFunc(address, func(r rune) bool { return r > 'z' || r == ' ' }) {
				t.Errorf("%s is no address", address)
			}
		}
		if len(names) != people {
			t.Errorf("%d people have %d names", people, len(names))
		}
		if _, err := s.Files(Options{Language: vocabulary.French}); err != nil {
			t.Errorf("a school of %d: %v", people, err)
		}
	}
}

func TestApportionedPartsAreExactSharesRounded(t *testing.T) {
	t.Parallel()
	for people := range 200 {
		sum := 0
		for k, part := range apportion(people, specialties) {
			sum += part.n
			if exact := float64(people*specialties[k].n) / 1000; math.Abs(float64(part.n)-exact) >= 1 {
				t.Errorf("%d of %d for a share of %s", part.n, people, fmt.Sprint(specialties[k]))
			}
		}
		if sum != people {
			t.Errorf("%d people become %d", people, sum)
		}
	}
}
