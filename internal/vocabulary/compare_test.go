package vocabulary

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

func TestADifferenceSaysWhatBecomesOfEachTerm(t *testing.T) {
	t.Parallel()
	was := mustRead(t, "interests", head+"a,,one,un\nb,,two,deux\nc,b,three,trois\nd,,four,quatre\ne,,five,cinq,,,yes\nf,,six,six\ng,,seven,sept\n")
	is := mustRead(t, "interests", head+"b,,two,deux\na,,ONE,un\nc,,three,trois\nd,,four,quatre,,,yes,b\ne,,five,cinq\ng,,seven,sept,sieben\nh,,eight,huit\n")
	d := Compare(was, is, map[string]int{"a": 3, "f": 7, "d": 1})
	codes := func(changes []Change) string {
		var all []string
		for _, c := range changes {
			all = append(all, c.Was.Code+">"+c.Is.Code+":"+fmt.Sprint(c.Uses))
		}
		return strings.Join(all, " ")
	}
	for what, got := range map[string][2]string{
		"added": {codes(d.Added), ">h:0"}, "lost": {codes(d.Lost), "f>:7"}, "retired": {codes(d.Retired), "d>d:1"}, "revived": {codes(d.Revived), "e>e:0"},
		"renamed": {codes(d.Renamed), "a>a:3"}, "moved": {codes(d.Moved), "c>c:0"}, "altered": {codes(d.Altered), "g>g:0"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %s, want %s", what, got[0], got[1])
		}
	}
	if !d.Order || d.None() {
		t.Error("the order is another one")
	}
}

func TestWhatAnEditionLosesIsRetiredAndNeverForgotten(t *testing.T) {
	t.Parallel()
	was := mustRead(t, "interests", head+"a,,one,un\nb,a,two,deux\nc,,three,trois,,,yes,b\n")
	is := mustRead(t, "interests", head+"x,,new,neuf\n")
	became, problems := Replace(was, is)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := mustRead(t, "interests", head+"x,,new,neuf\na,,one,un,,,yes\nb,a,two,deux,,,yes\nc,,three,trois,,,yes,b\n")
	if !reflect.DeepEqual(became.Terms, want.Terms) {
		t.Errorf("%+v", became.Terms)
	}
}

// TestEditionsOfEditionsCanAlwaysBeRead replaces lists that chance made, and looks for a code that was forgotten.
func TestEditionsOfEditionsCanAlwaysBeRead(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(6, 7))
	draw := func() *List {
		var text strings.Builder
		text.WriteString(head)
		live := []string{""}
		for _, k := range random.Perm(9)[:1+random.IntN(9)] {
			code := fmt.Sprint("t", k)
			retired := ""
			if random.IntN(4) == 0 {
				retired = "yes"
			}
			fmt.Fprintf(&text, "%s,%s,en%d,fr%d,,,%s,\n", code, live[random.IntN(len(live))], k, k, retired)
			if retired == "" {
				live = append(live, code)
			}
		}
		return mustRead(t, "interests", text.String())
	}
	for range 500 {
		now := draw()
		known := map[string]bool{}
		for range 4 {
			for _, term := range now.Terms {
				known[term.Code] = true
			}
			next := draw()
			became, problems := Replace(now, next)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			again, problems := Read("interests", became.CSV())
			if len(problems) > 0 || !reflect.DeepEqual(again.Terms, became.Terms) {
				t.Fatalf("%s\n%+v", became.CSV(), problems)
			}
			for code := range known {
				if _, ok := became.Find(code); !ok {
					t.Fatalf("%s is forgotten", code)
				}
			}
			if lost := Compare(now, became, nil).Lost; len(lost) > 0 {
				t.Fatalf("lost %v", lost)
			}
			now = became
		}
	}
}

func TestPurposesAreAddedToAndNeverTakenAwayOrRenamed(t *testing.T) {
	t.Parallel()
	text := string(Purposes().CSV())
	for what, edited := range map[string]string{
		"":       text + "local,,local purpose,besoin local,,,,\n",
		"needed": strings.Replace(text, "research,,", "science,,", 1),
		"fixed":  strings.Replace(text, "clinical skill,compétence", "bedside skill,compétence", 1),
	} {
		_, problems := Replace(Purposes(), mustRead(t, "purposes", edited))
		if got := fmt.Sprint(problems); what == "" && len(problems) > 0 || what != "" && !strings.HasSuffix(got, "vocabulary.problem."+what+"]") {
			t.Errorf("%s: %v", what, problems)
		}
	}
}

func TestALadderKeepsItsOrder(t *testing.T) {
	t.Parallel()
	text := string(Levels().CSV())
	between := strings.Replace(text, "fellow,,", "chief,,chief resident,résident en chef,,,,\nfellow,,", 1)
	if _, problems := Replace(Levels(), mustRead(t, "levels", between)); len(problems) > 0 {
		t.Errorf("a step between: %v", problems)
	}
	other := strings.Replace(between, "late career,fin de carrière", "senior,émérite depuis longtemps", 1)
	if _, problems := Replace(Levels(), mustRead(t, "levels", other)); len(problems) > 0 {
		t.Errorf("another label: %v", problems)
	}
	lines := strings.SplitAfter(text, "\n")
	lines[5], lines[6] = lines[6], lines[5]
	if _, problems := Replace(Levels(), mustRead(t, "levels", strings.Join(lines, ""))); len(problems) != 1 || problems[0].Key != "vocabulary.problem.order" {
		t.Errorf("another order: %v", problems)
	}
}
