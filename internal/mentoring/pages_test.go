package mentoring_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/mentoring"
)

var update = flag.Bool("update", false, "write the pages anew: go test ./internal/mentoring -run Pages -update")

// pages are the documents made of the table, by language.
var pages = map[string]string{
	"en":    "../../docs/reference/who-sees-what.md",
	"fr-CA": "../../docs/reference/who-sees-what.fr.md",
}

func TestPagesAreCurrent(t *testing.T) {
	t.Parallel()
	for language, file := range pages {
		want := page(language)
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil || string(got) != want {
			t.Errorf("%s is not what permissions.md says (%v): go test ./internal/mentoring -run Pages -update", file, err)
		}
	}
}

// page is the document in a language.
func page(language string) string {
	o := OverviewIn(language)
	other := "[En français](who-sees-what.fr.md)"
	if language != "en" {
		other = "[In English](who-sees-what.md)"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- %s -->\n\n# %s\n\n%s\n\n%s\n\n", o.Made, o.Title, other, o.What)
	writeTable(&b, o.Columns, o.Rows)
	fmt.Fprintf(&b, "\n%s\n\n## %s\n\n%s\n\n", strings.Join(o.Notes, "\n\n"), o.DoneTitle, o.Done)
	writeTable(&b, o.DoneColumns, o.DoneRows)
	return b.String()
}

func writeTable(b *strings.Builder, columns []string, rows [][]string) {
	writeRow(b, columns...)
	b.WriteString(strings.Repeat("|---", len(columns)) + "|\n")
	for _, row := range rows {
		writeRow(b, append([]string{"**" + row[0] + "**"}, row[1:]...)...)
	}
}

func writeRow(b *strings.Builder, cells ...string) {
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// keysOfThePage are all keys that a page of the table needs.
func keysOfThePage() []string {
	keys := []string{
		"page.title", "page.made", "page.what", "page.limits", "page.log", "page.outside", "page.done", "page.done-intro", "page.data",
		"page.action", "page.each", "page.who", "page.needs", "page.even", "page.suspended", "page.own-account",
		"page.otherwise", "page.and", "page.as-self", "page.never", "standing.stepping-in",
	}
	for _, viewer := range Viewers {
		keys = append(keys, viewer.Key())
	}
	for _, row := range DataRows() {
		keys = append(keys, row.Kind.Key(), row.OwnerKey())
		for _, cell := range row.Cells {
			for _, choice := range cell {
				keys = append(append(keys, choice.Sight.Key()), choice.If.Keys()...)
			}
		}
	}
	for _, row := range ActionRows() {
		keys = append(append(keys, row.Action.Key()), row.Needs.Keys()...)
		for _, grant := range row.Who {
			keys = append(append(keys, grant.Standing.Key()), grant.If.Keys()...)
		}
	}
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Compact(keys), func(key string) bool { return key == "" })
}

func TestBothLanguagesHaveWordsForEverythingAndNoOthers(t *testing.T) {
	t.Parallel()
	want := keysOfThePage()
	for language := range pages {
		words := Words(language)
		if got := slices.Sorted(maps.Keys(words)); !slices.Equal(got, want) {
			for _, key := range append(got, want...) {
				if slices.Contains(got, key) != slices.Contains(want, key) {
					t.Errorf("%s: %s is in one of words and table only", language, key)
				}
			}
		}
		for key, text := range words {
			if strings.TrimSpace(text) == "" || strings.Contains(text, "|") {
				t.Errorf("%s: %s says %q", language, key, text)
			}
			if strings.ContainsAny(text, "’\u00a0") {
				t.Errorf("%s: %s has an apostrophe or a space that is put in later: %q", language, key, text)
			}
		}
	}
	for key, english := range Words("en") {
		if french := Words("fr-CA")[key]; french == english && key != "page.action" {
			t.Errorf("%s is the same in both languages: %q", key, english)
		}
	}
	if Words("de") != nil {
		t.Error("there are words of a language that there is not")
	}
}

// Spacing after the Office québécois de la langue française, and words that people have agreed on.
func TestFrenchIsThatOfQuebec(t *testing.T) {
	t.Parallel()
	for key, text := range Words("fr-CA") {
		for _, wrong := range []string{" ;", " !", " ?", "«m", "“", "email", "e-mail", "mentorship", "matching"} {
			if strings.Contains(text, wrong) && key != "page.made" {
				t.Errorf("%s has %q: %s", key, wrong, text)
			}
		}
		for part := range strings.SplitSeq(text, ":") {
			if part != text && !strings.HasSuffix(part, " ") && !strings.HasSuffix(text, part) && key != "page.made" {
				t.Errorf("%s has no space before a colon: %s", key, text)
			}
		}
	}
}

func TestWordsHandedOutAreACopy(t *testing.T) {
	t.Parallel()
	words := Words("en")
	words["page.title"] = "changed"
	if Words("en")["page.title"] == "changed" {
		t.Error("a reader has changed the words of all")
	}
}
