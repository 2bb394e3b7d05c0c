package notice

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryLetterHasWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	needed := []string{"foot", "stop", "code", "discreet.subject"}
	for code, s := range shapes {
		needed = append(needed, string(code)+".subject", string(code)+".lead", string(code)+".after")
		if s.link || s.page != "" {
			needed = append(needed, string(code)+".button")
		}
	}
	slices.Sort(needed)
	for _, w := range []words{english, french} {
		if have := slices.Sorted(maps.Keys(w.by)); !slices.Equal(have, needed) {
			t.Errorf("%s has the keys\n%v\nand needs\n%v", w.language, have, needed)
		}
		for key, text := range w.by {
			if text == "" && !strings.HasSuffix(key, ".after") {
				t.Errorf("%s: %s is empty", w.language, key)
			}
			if strings.HasSuffix(key, ".subject") && (len([]rune(text)) > 50 || strings.Contains(text, "{site}")) {
				t.Errorf("%s: the subject %q is long, or says where it is from", w.language, text)
			}
			if len(strings.Fields(text)) > 50 {
				t.Errorf("%s: %s is long", w.language, key)
			}
		}
	}
	for key := range english.by {
		if strings.Count(english.by[key], "{site}") != strings.Count(french.by[key], "{site}") {
			t.Errorf("%s names the installation in one language only", key)
		}
		if english.by[key] == french.by[key] && english.by[key] != "" {
			t.Errorf("%s is the same in both languages", key)
		}
	}
}

// TestWordsAreKind looks for words that the domain model rules out (12.6), and for shouting.
func TestWordsAreKind(t *testing.T) {
	t.Parallel()
	never := map[string]*regexp.Regexp{
		"en":    regexp.MustCompile(`(?i)\b(fail\w*|reject\w*|terminat\w*|dropped|inactive|overdue|non-complian\w*|score|invalid|denied|error)\b|!`),
		"fr-CA": regexp.MustCompile(`(?i)(échec|échou|refus|rejet|résili|abandonn|en retard|inactif|non conforme|invalide|erreur fatale)|!|\b(mail|email|login)\b`),
	}
	for _, w := range []words{english, french} {
		for key, text := range w.by {
			if found := never[w.language].FindString(text); found != "" {
				t.Errorf("%s: %s says %q", w.language, key, found)
			}
		}
	}
}

// TestWordsAreTypeset looks for what the catalogues are written without and read with.
func TestWordsAreTypeset(t *testing.T) {
	t.Parallel()
	for key, text := range french.by {
		if strings.Contains(text, "'") || regexp.MustCompile(`[^\x{00a0}]:|\s[;?!]|«[^\x{00a0}]|[^\x{00a0}]»`).MatchString(text) {
			t.Errorf("%s: %q", key, text)
		}
	}
	var raw map[string]string
	if err := json.Unmarshal(frenchFile, &raw); err != nil {
		t.Fatal(err)
	}
	for key, text := range raw {
		if strings.ContainsAny(text, "\u00a0\u202f’") {
			t.Errorf("%s is written with what is put in when it is read", key)
		}
	}
}
