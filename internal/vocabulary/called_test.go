package vocabulary

import (
	"bytes"
	"strings"
	"testing"
)

func TestWordsNameATermInEitherLanguageHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for words, code := range map[string]string{
		"Health Equity": "D000069576", "équité en santé": "D000069576", "EQUITE  en sante": "D000069576", "health-equity": "D000069576", " healthequity ": "D000069576",
		"AVC": "D020521", "stroke": "D020521", "Anemia, Sickle Cell": "D000755", "sickle cell anemia": "D000755", "Drépanocytose": "D000755",
		"undergraduate medical education": "D004504",
		"healthy":                         "", "equity": "", "health equities": "", "equity health": "", "sickle anemia": "", "": "", " ": "", "-": "",
	} {
		if term, known := Subjects().Called(words); term.Code != code || known != (code != "") {
			t.Errorf("%q names %q", words, term.Code)
		}
	}
	if term, _ := Specialties().Called("MEDECINE de famille"); term.Code != "family" {
		t.Errorf("a synonym of a specialty names %q", term.Code)
	}
}

// The oracle is the list itself, looked through term by term.
func TestEveryNameOfAListLeadsToItsTerm(t *testing.T) {
	t.Parallel()
	for _, list := range append(all(t), Own().AllInterests()) {
		byKey := map[string]map[string]bool{}
		for _, term := range list.Terms {
			for _, name := range term.names() {
				now, _ := list.Today(term.Code)
				if byKey[nameKey(name)] == nil {
					byKey[nameKey(name)] = map[string]bool{}
				}
				byKey[nameKey(name)][now.Code] = true
			}
		}
		for _, term := range list.Terms {
			for _, name := range []string{term.En, term.Fr, strings.ToUpper(term.En), " " + term.Fr + " "} {
				found, known := list.Called(name)
				if meant := byKey[nameKey(name)]; !known || !meant[found.Code] {
					t.Errorf("%s: %q names %q, and is a name of %v", list.Name, name, found.Code, meant)
				}
			}
		}
	}
}

func TestNameOfARetiredTermLeadsToItsSuccessor(t *testing.T) {
	t.Parallel()
	list, problems := Read("interests", []byte("code,parent,en,fr,synonyms,retired,successor\n"+
		"a,,apples,pommes,,,\nb,,pears,poires,pommes poires,yes,a\nc,,plums,prunes,,yes,\nd,,quinces,coings,plums,,\n"))
	if problems != nil {
		t.Fatal(problems)
	}
	for words, code := range map[string]string{"pears": "a", "Pommes-poires": "a", "prunes": "", "plums": "d"} {
		if term, _ := list.Called(words); term.Code != code {
			t.Errorf("%q names %q, want %q", words, term.Code, code)
		}
	}
}

func TestWhatBothListsOfInterestsHaveIsOneThing(t *testing.T) {
	t.Parallel()
	every := Own().AllInterests()
	for words, code := range map[string]string{
		"heart failure": "heart_failure", "Insuffisance cardiaque": "heart_failure", "Diabetes Mellitus": "diabetes", "diabète": "diabetes",
		"Education, Medical": "education", "medical education": "education", "simulation": "simulation", "Health Equity": "D000069576",
	} {
		if term, _ := every.Called(words); term.Code != code {
			t.Errorf("%q names %q, want %q", words, term.Code, code)
		}
	}
	if subject, known := every.Find("D006333"); !known || !subject.Retired || subject.Successor != "heart_failure" || subject.Fr != "insuffisance cardiaque" {
		t.Errorf("the subject is %+v", subject)
	}
	for _, list := range []*List{Interests(), Subjects()} {
		for _, term := range list.Terms {
			if kept, known := every.Find(term.Code); !known || kept.En != term.En || kept.Fr != term.Fr {
				t.Fatalf("%s is lost: %+v", term.Code, kept)
			}
		}
		if _, retired := Subjects().Find("D006333"); !retired || list.Live() != len(list.Terms) {
			t.Errorf("%s has changed", list.Name)
		}
	}
}

func TestListsAreJoinedOnceForTwoEditions(t *testing.T) {
	t.Parallel()
	if first, again := Own().AllInterests(), Own().AllInterests(); first != again {
		t.Error("they are joined for every reader")
	}
	subjects, problems := Read("subjects", bytes.Replace(Subjects().CSV(), []byte("équité en santé"), []byte("justice en santé"), 1))
	if problems != nil {
		t.Fatal(problems)
	}
	other := Own().With(subjects)
	if term, _ := other.AllInterests().Called("Justice en santé"); term.Code != "D000069576" {
		t.Errorf("the new edition is not read: %+v", term)
	}
	if _, known := Own().AllInterests().Called("Justice en santé"); known {
		t.Error("the program's own has changed")
	}
	if first, again := other.AllInterests(), other.AllInterests(); first != again {
		t.Error("a new edition is joined for every reader")
	}
}

func BenchmarkCalled(b *testing.B) {
	every := Own().AllInterests()
	every.Called("")
	b.Run("word", func(b *testing.B) {
		for b.Loop() {
			every.Called("Épuisement  professionnel")
		}
	})
	b.Run("edition", func(b *testing.B) {
		for b.Loop() {
			namesOf(joined(Interests(), Subjects()))
		}
	})
}
