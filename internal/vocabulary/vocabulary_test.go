package vocabulary

import (
	"strings"
	"testing"
)

func all() []*List {
	return []*List{Purposes(), Levels(), Ranks(), Languages(), Specialties(), Interests()}
}

func TestEveryWordNamesOneTermOfItsList(t *testing.T) {
	t.Parallel()
	for _, list := range all() {
		owner := map[string]string{}
		for _, term := range list.Terms {
			for _, word := range append([]string{term.En, term.Fr}, term.Synonyms...) {
				folded := strings.ToLower(word)
				if strings.TrimSpace(word) != word || word == "" {
					t.Errorf("%s: %q has spaces around it, or is empty", list.Name, word)
				}
				if other := owner[folded]; other != "" && other != term.Code {
					t.Errorf("%s: %q names %s and %s", list.Name, word, other, term.Code)
				}
				owner[folded] = term.Code
			}
		}
	}
}

func TestThereAreTenPurposesAndEightLevels(t *testing.T) {
	t.Parallel()
	if n := len(Purposes().Terms); n != 10 {
		t.Errorf("%d purposes", n)
	}
	if n := len(Levels().Terms); n != 8 {
		t.Errorf("%d levels", n)
	}
	if first, last := Levels().Terms[0].Code, Levels().Terms[7].Code; first != "student_pre" || last != "late_career" {
		t.Errorf("the ladder goes from %s to %s", first, last)
	}
}

func TestLabelsAreInTheLanguageThatIsAskedFor(t *testing.T) {
	t.Parallel()
	if en, fr := Specialties().Label("family", English), Specialties().Label("family", French); en != "family medicine" || fr != "médecine familiale" {
		t.Errorf("got %q and %q", en, fr)
	}
	if n := len(Specialties().Children("internal")); n != 12 {
		t.Errorf("internal medicine has %d children", n)
	}
}

func TestBrokenListsAreRefused(t *testing.T) {
	t.Parallel()
	header := "code,parent,en,fr,synonyms\n"
	for name, rows := range map[string]string{
		"a code twice":            "a,,x,x,\na,,y,y,\n",
		"a parent that is absent": "a,b,x,x,\n",
		"a parent further down":   "a,b,x,x,\nb,,y,y,\n",
		"no French":               "a,,x,,\n",
		"a cell too few":          "a,,x,x\n",
	} {
		if _, err := read("test", []byte(header+rows)); err == nil {
			t.Errorf("%s: the list is read", name)
		}
	}
}
