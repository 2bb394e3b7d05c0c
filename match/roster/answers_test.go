package roster

import (
	"slices"
	"strings"
	"testing"
)

func TestCommasThatBelongToAnAnswerDoNotCutIt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		cells []string
		want  string // the answers, cells separated by /
	}{
		{"plain", []string{"Research, Wellbeing", "Research"}, "Research|Wellbeing/Research"},
		{"a part that never stands alone", []string{"Surgery, general, Research, Teaching", "Research, Teaching", "Surgery, general"}, "Surgery, general|Research|Teaching/Research|Teaching/Surgery, general"},
		{"two that begin alike", []string{"Surgery, general, Surgery, of children, Research", "Surgery, of children, Research", "Surgery, general"}, "Surgery, general|Surgery, of children|Research/Surgery, of children|Research/Surgery, general"},
		{"three parts", []string{"Care of the young, the old, and the poor, Research", "Care of the young, the old, and the poor, Teaching, Research"}, "Care of the young, the old, and the poor|Research/Care of the young, the old, and the poor|Teaching|Research"},
		{"brackets", []string{"Methods (surveys, interviews), Writing", "Writing"}, "Methods (surveys, interviews)|Writing/Writing"},
		{"brackets that are never closed", []string{"Methods (surveys, Writing"}, "Methods (surveys|Writing"},
		{"a part that stands alone elsewhere", []string{"Surgery, general, Research, Teaching", "Surgery, Teaching", "Surgery, general"}, "Surgery|general|Research|Teaching/Surgery|Teaching/Surgery|general"},
		{"a part that comes once", []string{"Surgery, general, Research, Teaching"}, "Surgery|general|Research|Teaching"},
		{"languages, as people type them", []string{"Français, anglais", "Français, anglais", "Français, anglais"}, "Français|anglais/Français|anglais/Français|anglais"},
		{"small letters everywhere", []string{"english, french", "english, french"}, "english|french/english|french"},
		{"always together, with capitals", []string{"English, French", "English, French"}, "English|French/English|French"},
		{"nothing", []string{"", " , "}, "/"},
	} {
		a := commaAnswersIn(test.cells)
		var got []string
		for _, cell := range test.cells {
			got = append(got, strings.Join(a.split(cell), "|"))
		}
		if strings.Join(got, "/") != test.want {
			t.Errorf("%s: %q, want %q", test.name, strings.Join(got, "/"), test.want)
		}
		turned := slices.Clone(test.cells)
		slices.Reverse(turned)
		if b := commaAnswersIn(turned); len(b.continues) != len(a.continues) {
			t.Errorf("%s: in another order of rows %v belong to the piece before, and not %v", test.name, b.continues, a.continues)
		}
	}
}

func TestAnAnswerWithACommaIsNoted(t *testing.T) {
	t.Parallel()
	rep := &report{}
	table := readTable(Input{"people.csv", []byte("id,seeks\n1,\"Surgery, general, Research, Teaching\"\n2,\"Surgery, general, Research\"\n")}, rep)
	for range 2 {
		if got := table.answersIn(table.rows[0].cells[1], 1, rep); len(got) != 3 {
			t.Errorf("the answers are %q", got)
		}
	}
	want := `people.csv, row 1, column "seeks": "Surgery, general" has a comma and comes as one; taken as one answer; if it is several, name another separator for "seeks" under "lists" in the rules`
	if got := noteLines(rep); got != want {
		t.Errorf("the notes are\n%s\nwant\n%s", got, want)
	}
}
