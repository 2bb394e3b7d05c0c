package locale

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/match/explain"
)

func TestLanguagesSayTheSameKeysWithTheSameArguments(t *testing.T) {
	t.Parallel()
	english, french := For(English).entries, For(French).entries
	for _, key := range slices.Sorted(maps.Keys(english)) {
		e, f := english[key], french[key]
		if f[other] == "" {
			t.Errorf("%s: there is no French for %q", key, e[other])
			continue
		}
		want := arguments(e[other])
		if got := arguments(f[other]); !slices.Equal(got, want) {
			t.Errorf("%s in French takes %v, in English %v", key, got, want)
		}
		for _, text := range [...]string{e[one], f[one], f[many]} { // one thing needs not say all that many do
			for _, name := range arguments(text) {
				if !slices.Contains(want, name) {
					t.Errorf("%s takes %s only in %q", key, name, text)
				}
			}
		}
		if (e[one] == "") != (f[one] == "") {
			t.Errorf("%s has plural forms in one language only", key)
		}
	}
	for key := range french {
		if english[key][other] == "" {
			t.Errorf("%s: there is no English", key)
		}
	}
}

func TestExplanationsAreSaidInFrenchToo(t *testing.T) {
	t.Parallel()
	french := Explain(French)
	for _, code := range slices.Sorted(maps.Keys(explain.English)) {
		text, there := french[code]
		if !there {
			t.Errorf("%s: there is no French for %q", code, explain.English[code])
			continue
		}
		if got, want := arguments(text), arguments(explain.English[code]); !slices.Equal(got, want) {
			t.Errorf("%s in French takes %v, in English %v", code, got, want)
		}
	}
	for code := range french {
		if explain.English[code] == "" {
			t.Errorf("%s: there is no English", code)
		}
	}
	if got, want := Explain(English)["barrier.one"], "1 mentor by “{rule}”"; got != want {
		t.Errorf("in English got %q, want %q", got, want)
	}
}

var argument = regexp.MustCompile(`\{[a-z]+\}`)

// arguments lists the arguments of a text, each once.
func arguments(text string) []string {
	all := argument.FindAllString(text, -1)
	slices.Sort(all)
	return slices.Compact(all)
}

// Rules EN-1 and section 12.6 of the domain: words that nobody is to read about themselves.
var forbidden = map[Language]*regexp.Regexp{
	English: regexp.MustCompile(`(?i)\b(failed|fails|failure|rejected|terminated|dropped|inactive|overdue|non-compliant|matched score|user|submit)\b|!`),
	French:  regexp.MustCompile(`(?i)échec|échou|refusé|rejeté|résilié|abandonn|en retard|inactif|inactive|non conforme|utilisateur|protégé`),
}

func TestNobodyReadsAnUnkindWord(t *testing.T) {
	t.Parallel()
	for _, l := range Languages {
		for key, text := range everything(l) {
			if word := forbidden[l].FindString(text); word != "" {
				t.Errorf("%s, %s: %q says %q", l, key, text, word)
			}
		}
		if !forbidden[l].MatchString(map[Language]string{English: "The relationship was Terminated.", French: "La demande est rejetée"}[l]) {
			t.Errorf("%s: the words are not looked for", l)
		}
	}
}

// everything is all texts of a language by key and form.
func everything(l Language) map[string]string {
	texts := map[string]string{}
	for key, e := range For(l).entries {
		for c, text := range e {
			if text != "" {
				texts[key+"."+categoryNames[c]] = text
			}
		}
	}
	for code, text := range Explain(l) {
		texts["explain."+string(code)] = text
	}
	return texts
}

// As the Office québécois de la langue française asks.
var misset = regexp.MustCompile(`[\s\x{a0}\x{202f}][;!?]|[^\x{a0}\x{202f}]:( |$)| [%$]|« | »|[0-9]%|'|"|\.\.\.|\(s\)|·|  `)

func TestFrenchIsSetAsFrenchIs(t *testing.T) {
	t.Parallel()
	for key, text := range everything(French) {
		if wrong := misset.FindString(text); wrong != "" {
			t.Errorf("%s: %q is set wrong at %q", key, text, wrong)
		}
	}
	for _, wrong := range []string{"Qui ?", "Qui\u00a0?", "Ceci: cela", "84 %", "84%", "« mot »", "l'ami", "mentoré·e", "et...", "ami(s)"} {
		if !misset.MatchString(wrong) {
			t.Errorf("%q is taken for right", wrong)
		}
	}
}

func TestEnglishIsSetAsEnglishIs(t *testing.T) {
	t.Parallel()
	misset := regexp.MustCompile(`[ \x{a0}\x{202f}][;:!?%]|'|"|\.\.\.|\bprogramme\b|\bcolor|  `)
	for key, text := range everything(English) {
		if wrong := misset.FindString(text); wrong != "" {
			t.Errorf("%s: %q is set wrong at %q", key, text, wrong)
		}
	}
}

func TestPluralsFollowCLDR(t *testing.T) {
	t.Parallel()
	for l, forms := range map[Language]map[int64]category{
		English: {0: other, 1: one, 2: other, 11: other, 1_000_000: other},
		French:  {0: one, 1: one, 2: other, 11: other, 999_999: other, 1_000_000: many, 2_000_000: many, 2_000_001: other},
	} {
		for n, want := range forms {
			if got := l.plural(n); got != want {
				t.Errorf("%s: %d is %s, want %s", l, n, categoryNames[got], categoryNames[want])
			}
		}
	}
	for n, want := range map[int64]string{0: "0 personne mentorée", 1: "1 personne mentorée", 40: "40 personnes mentorées", 3_000_000: "3\u00a0000\u00a0000 de personnes mentorées"} {
		if got := For(French).Count("people.mentees", n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := For(English).Count("people.mentees", 0); got != "0 mentees" {
		t.Errorf("got %q", got)
	}
}

func TestNumbersAreWrittenAsEachLanguageDoes(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	for _, test := range [][3]string{
		{English.Number(2026), "2026", French.Number(2026)},
		{English.Number(13632), "13,632", ""}, {French.Number(13632), "13\u00a0632", ""},
		{English.Number(-1234567), "\u22121,234,567", ""}, {French.Number(-1234567), "\u22121\u00a0234\u00a0567", ""},
		{English.Percent(84, 100), "84%", ""}, {French.Percent(84, 100), "84\u00a0%", ""},
		{English.Percent(999, 1000), "99%", ""}, {English.Percent(1, 1000), "1%", ""},
		{English.Percent(0, 7), "0%", ""}, {English.Percent(7, 7), "100%", ""}, {English.Percent(0, 0), "–", ""},
		{English.Percent(1, 3), "33%", ""}, {English.Percent(2, 3), "67%", ""},
		{English.PerMille(684), "68.4%", ""}, {French.PerMille(684), "68,4\u00a0%", ""}, {French.Tenths(21), "2,1", ""},
		{English.Ordinal(1), "1st", ""}, {English.Ordinal(12), "12th", ""}, {English.Ordinal(22), "22nd", ""}, {English.Ordinal(103), "103rd", ""},
		{French.Ordinal(1), "1er", ""}, {French.Ordinal(2), "2e", ""},
		{English.Date(day), "1\u00a0November 2026", ""}, {French.Date(day), "1er\u00a0novembre 2026", ""},
		{English.List([]string{"a", "b", "c"}), "a, b and c", ""}, {French.List([]string{"a", "b"}), "a et b", ""}, {French.List(nil), "", ""},
		{English.Quote("x"), "“x”", ""}, {French.Quote("x"), "«\u00a0x\u00a0»", ""},
	} {
		if test[0] != test[1] || test[2] != "" && test[2] != test[1] {
			t.Errorf("got %q, want %q", test[0], test[1])
		}
	}
}

func TestLanguagesAreKnownByManyNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]Language{"en": English, "en_CA.UTF-8": English, "English": English, "fr": French, "fr-CA": French, "Français": French, "fr_FR.UTF-8": French} {
		if got, err := Parse(name); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"", "de", "C.UTF-8", "frisian"} {
		if l, err := Parse(name); err == nil || !strings.Contains(err.Error(), "write en or fr") {
			t.Errorf("%q is %q, %v", name, l, err)
		}
	}
}

func TestCatalogueWithAMistakeIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`[]`, `{"a": 1}`, `{"a": {"one": "x"}}`, `{"a": {"other": "x", "two": "y"}}`, `{`} {
		if _, err := read(French, []byte(text)); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

func TestKeyIsThereOnceInItsFile(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{"en.json": englishFile, "fr-CA.json": frenchFile, "explain.fr-CA.json": explainFrenchFile} {
		in := json.NewDecoder(strings.NewReader(string(file)))
		seen, depth := map[string]bool{}, 0
		for isKey := false; ; {
			token, err := in.Token()
			if err != nil {
				break
			}
			switch token := token.(type) {
			case json.Delim:
				if token == '{' {
					depth++
				} else {
					depth--
				}
				isKey = depth == 1
			case string:
				if depth != 1 {
					continue
				}
				if isKey && seen[token] {
					t.Errorf("%s: %q is there twice", name, token)
				}
				if isKey {
					seen[token] = true
				}
				isKey = !isKey
			}
		}
		if len(seen) < 100 {
			t.Errorf("%s: only %d keys were seen", name, len(seen))
		}
	}
}
