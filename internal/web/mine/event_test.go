package mine

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/locale"
)

// codes are the actions that the program logs, as its sources say them. Of one that is put together there is what it
// begins with.
func codes(t *testing.T) map[string]string {
	t.Helper()
	said := regexp.MustCompile(`(?:\.(?:log|logLetter|logCharacteristics)\(|\bAction: )"([a-z]+\.[a-z.-]*)"`)
	all := map[string]string{}
	err := filepath.WalkDir("../..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		for _, found := range said.FindAllStringSubmatch(string(text), -1) {
			all[found[1]] = name
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 40 {
		t.Fatalf("only %d codes are found", len(all))
	}
	return all
}

func TestEveryEventHasWords(t *testing.T) {
	t.Parallel()
	for code, name := range codes(t) {
		for _, language := range locale.Languages {
			if keyOf(locale.For(language), code) == "" {
				t.Errorf("%s logs %q, for which there are no words in %s", name, code, language)
			}
		}
	}
	if keyOf(locale.For(locale.English), "nobody.does-this") != "" {
		t.Error("everything counts as said")
	}
}

func TestSentencesSayWhoDidWhatToWhom(t *testing.T) {
	t.Parallel()
	w := locale.For(locale.English)
	for name, test := range map[string]struct {
		event     account.Event
		text, who string
	}{
		"what I did":                   {account.Event{Actor: "ME", Action: "account.sign-in", Kind: "account", Object: "ME"}, "You signed in.", ""},
		"what I did to somebody":       {account.Event{Actor: "ME", Action: "account.suspend", Kind: "account", Object: "ABE"}, "You suspended somebody’s account.", ""},
		"what was done to me":          {account.Event{Actor: "ABE", Action: "account.suspend", Kind: "account", Object: "ME"}, "An administrator suspended your account.", ""},
		"what I did under another id":  {account.Event{Actor: "OLD", Action: "account.sign-in", Kind: "account", Object: "OLD"}, "You signed in.", ""},
		"what the console did":         {account.Event{Actor: "console", Action: "installation.restore", Kind: "installation", Object: "2027"}, "The installation was restored from a backup.", "It was done on the server itself, not by these pages."},
		"what a part of Chiron did":    {account.Event{Actor: "match", Action: "email.change", Kind: "account", Object: "ME"}, "A new address came to own your account.", "Chiron did this by itself."},
		"what somebody did":            {account.Event{Actor: "ABE", Action: "email.change", Kind: "account", Object: "ME"}, "A new address came to own your account.", "Somebody else did this."},
		"what there are no words for":  {account.Event{Actor: "ME", Action: "moon.land", Kind: "moon", Object: "M"}, "Something was done that these pages have no words for (moon.land).", ""},
		"what is about no person's id": {account.Event{Actor: "ME", Action: "letter.again", Kind: "letter", Object: "L"}, "You had a letter sent again.", ""},
	} {
		if got := sentenceOf(w, "ME", test.event); got.text != test.text || got.who != test.who {
			t.Errorf("%s: %q %q, want %q %q", name, got.text, got.who, test.text, test.who)
		}
	}
}
