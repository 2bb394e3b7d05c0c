package roster

import (
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// TestNoPairBreaksAHardRule goes through the hard rules of the domain one by one. In each roster mentee a must not be
// paired with mentor M, and may be with N, so that the rule keeps apart those two and nobody else.
func TestNoPairBreaksAHardRule(t *testing.T) {
	t.Parallel()
	const (
		mentees = "id\na\nb\n"
		mentors = "id\nM\nN\n"
		with    = "version: 1\nconflicts: conflicts.csv\n"
	)
	conflict := func(kind string) []Input {
		return files("mentees.csv", mentees, "mentors.csv", mentors, "rules.yaml", with, "conflicts.csv", "person,other,kind\nM,a,"+kind+"\n")
	}
	tests := []struct {
		name  string
		files []Input
		rule  string
	}{
		{"H1 different persons", files("mentees.csv", "id\na\nb\n", "mentors.csv", "id\na\nN\n", "rules.yaml", "version: 1\n"), score.SamePerson},
		{"H3 no authority: evaluates", conflict("evaluates"), "one evaluates the other"},
		{"H3 no authority: promotion", conflict("decides promotion"), "one decides on the other's promotion"},
		{"H3 no authority: pay", conflict("pays"), "one pays the other"},
		{"H3 no authority: unit", conflict("leads_unit_of"), "one leads the other's unit"},
		{"H3 no care", conflict("treats"), keptApart},
		{"H4 no family", conflict("family"), keptApart},
		{"H5 no veto", conflict("not with"), keptApart},
		{"H7 rank of the model", files("mentees.csv", "id,level\na,fellow\nb,clerk\n", "mentors.csv", "id,level\nM,PGY4\nN,staff\n", "rules.yaml", "version: 1\nmodel: apprenticeship\n"), mentorAbove},
		{"H7 rank of friends", files("mentees.csv", "id,niveau\na,externe\nb,externe\n", "mentors.csv", "id,niveau\nM,fellow\nN,R1\n", "rules.yaml", "version: 1\nmodel: friendship\n"), adjacentLevels},
		{"H8 purpose offered", files("mentees.csv", "id,seeks\na,research\nb,research\n", "mentors.csv", "id,offers\nM,teaching\nN,research\n", "rules.yaml", "version: 1\npurposes: {mentee: seeks, mentor: offers}\n"), score.NoSharedPurpose},
		{"H9 common language", files("mentees.csv", "id,languages\na,fr\nb,fr\n", "mentors.csv", "id,languages\nM,en\nN,en; fr\n", "rules.yaml", "version: 1\nmust: [{shared: languages, name: a common language}]\n"), "a common language"},
		{"H10 time in common", files("mentees.csv", "id,free\na,Mon 9-12\nb,Mon 9-12\n", "mentors.csv", "id,free\nM,\"Mon 11:30-14:00\"\nN,lundi matin\n", "rules.yaml", "version: 1\nmust: [{time: free}]\n"), "time in common"},
		{"H11 no competitor", conflict("competitor"), "they compete for the same post"},
		{"H12 no earlier pair", conflict("previous"), keptApart},
		{"H13 safety", conflict("safety"), keptApart},
		{"H14 succession", files("mentees.csv", "id,role\na,program director\nb,lab head\n", "mentors.csv", "id,roles\nM,lab head\nN,lab head; program director\n", "rules.yaml", "version: 1\nmust: [{in: {mentee: role, mentor: roles}, name: holds or held the role}]\n"), "holds or held the role"},
		{"H16 mode and site", files("mentees.csv", "id,mode,site\na,in person,North\nb,distance,North\n", "mentors.csv", "id,mode,site\nM,hybrid,South\nN,hybrid,North; South\n", "rules.yaml", "version: 1\nmust: [{mode: mode, site: site}]\n"), "a way to meet"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := load(t, test.files)
			p := problemOf(t, r)
			mentor := "M"
			if test.rule == score.SamePerson {
				mentor = "a"
			}
			if got := r.Apart("a", mentor); got != test.rule {
				t.Errorf("a and %s are kept apart by %q, want %q", mentor, got, test.rule)
			}
			if r.Apart("a", "N") != "" {
				t.Errorf("a and N are kept apart by %q", r.Apart("a", "N"))
			}
			for _, edge := range edges(p) {
				if strings.HasPrefix(edge, "a "+mentor) {
					t.Errorf("the pair %q can be formed", edge)
				}
			}
			if !slices.ContainsFunc(edges(p), func(edge string) bool { return strings.HasPrefix(edge, "a N") }) {
				t.Error("a and N cannot be formed")
			}
		})
	}
}

// The rules that bound people and not pairs.
func TestWhoIsNotEligibleTakesNoPart(t *testing.T) {
	t.Parallel()
	r := load(t, files(
		"mentees.csv", "id,consent\na,no\nb,Oui\nc,\n", "mentors.csv", "id,appointment,hold,places\nM,active,no,1\nN,active,yes,many\n",
		"rules.yaml", "version: 1\nmentees: {eligible: {consent: [yes, oui]}}\nmentors: {takes: places, eligible: {appointment: active, hold: no}}\n"))
	if got, want := edges(problemOf(t, r)), []string{"b M"}; !slices.Equal(got, want) {
		t.Errorf("H2: the pairs are %q, want %q", got, want)
	}
	var aside []string
	for _, one := range r.SetAside {
		aside = append(aside, one.ID+" "+one.Why)
	}
	if want := []string{"a is not eligible", "c is not eligible", "N is not eligible"}; !slices.Equal(aside, want) {
		t.Errorf("set aside are %q, want %q, each with the same words", aside, want)
	}
}

func TestPlacesAndCirclesAreBounded(t *testing.T) {
	t.Parallel()
	p := problemOf(t, load(t, files("mentees.csv", "id\na\nb\nc\nd\ne\nf\n", "mentors.csv", "id,most,floor\nM,4,3\nN,1,0\n",
		"rules.yaml", "version: 1\nminimums: hard\nmentors: {takes: most, at least: floor}\n")))
	loads := p.Loads(solved(t, p).Chosen)
	if m, n := loads[6], loads[7]; m < 3 || m > 4 || n > 1 {
		t.Errorf("H6, H15: M has %d mentees and N %d, want 3 to 4 and 1 at most", m, n)
	}
}

func TestAConflictHoldsInBothDirectionsAndForPeopleWhoAreBoth(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id\na\nM\n", "mentors.csv", "id\na\nM\nN\n", "rules.yaml", "version: 1\nconflicts: conflicts.csv\n",
		"conflicts.csv", "person,other,kind\na,M,family\n"))
	if got, want := edges(problemOf(t, r)), []string{"M N", "a N"}; !slices.Equal(got, want) {
		t.Errorf("the pairs are %q, want %q", got, want)
	}
}

func TestAConflictCountsWhileTheRelationshipLasts(t *testing.T) {
	t.Parallel()
	for dates, apart := range map[string]bool{
		",":                                  true,
		"2026-01-01,2027-08-31":              false,
		"2026-01-01,2027-09-01":              true,
		"2028-06-30,":                        true,
		"2028-07-01,":                        false,
		",2027-08-31":                        false,
		"1 janvier 2028,\"Feb. 1st, 2028\"":  true,
		"2020-01-01 00:00:00,30/06/2020":     false,
		"2027-09-01T00:00:00,1er sept. 2027": true,
	} {
		r := load(t, files("mentees.csv", "id\na\n", "mentors.csv", "id\nM\n",
			"rules.yaml", "version: 1\nrelationship: {from: 2027-09-01, to: 2028-06-30}\nconflicts: conflicts.csv\n",
			"conflicts.csv", "person,other,kind,from,to\na,M,pays,"+dates+"\n"))
		if got := r.Apart("a", "M") != ""; got != apart {
			t.Errorf("%s: kept apart %v, want %v", dates, got, apart)
		}
	}
}

func TestADualRoleNeedsEverythingThatItDeclares(t *testing.T) {
	t.Parallel()
	all := strings.Join(declarations, "; ")
	for _, test := range []struct {
		model, kind, declared string
		apart                 bool
	}{
		{apprenticeship, "evaluates", all, false},
		{cloning, "leads_unit_of", all, false},
		{apprenticeship, "evaluates", strings.Join(declarations[1:], ";"), true},
		{apprenticeship, "evaluates", "", true},
		{apprenticeship, "family", all, true},
		{nurturing, "evaluates", all, true},
		{friendship, "pays", all, true},
		{apprenticeship, "observes", "", false},
		{nurturing, "observes", "", false},
		{friendship, "observes", "", false},
	} {
		levels := [2]string{"PGY1", "fellow"}
		if test.model == friendship {
			levels[1] = "PGY2"
		}
		r := load(t, files("mentees.csv", "id,level\na,"+levels[0]+"\n", "mentors.csv", "id,level\nM,"+levels[1]+"\n",
			"rules.yaml", "version: 1\nmodel: "+test.model+"\nconflicts: conflicts.csv\n",
			"conflicts.csv", "person,other,kind,declared\nM,a,"+test.kind+","+test.declared+"\n"))
		if got := r.Apart("a", "M") != ""; got != test.apart {
			t.Errorf("%s, %s declaring %q: kept apart %v, want %v", test.model, test.kind, test.declared, got, test.apart)
		}
	}
}

// TestNothingTellsAVetoFromASafetyBlock compares everything that is said in public of rosters that differ in the kind
// of one private conflict, and in who asked for it.
func TestNothingTellsAVetoFromASafetyBlock(t *testing.T) {
	t.Parallel()
	said := map[string]string{}
	for _, row := range []string{"a,M,not_with", "M,a,not_with", "a,M,safety", "M,a,safety", "M,a,treats", "a,M,family", "M,a,previous"} {
		r := load(t, files("mentees.csv", "id,choices,languages\na,M,fr\nb,M;N,fr\n", "mentors.csv", "id,languages\nM,en\nN,fr\n", "rules.yaml",
			"version: 1\nconflicts: conflicts.csv\nmust: [{shared: languages}]\nmentees: {unlisted: last}\n", "conflicts.csv", "person,other,kind\n"+row+"\n"))
		var all strings.Builder
		for _, note := range r.Notes {
			all.WriteString(note.String() + "\n")
		}
		for side, id := range map[match.Side]string{match.MenteeSide: "a", match.MentorSide: "M"} {
			for _, b := range r.Barriers(side, id) {
				if b.Rule == keptApart {
					t.Errorf("%s: what bound %s is said to be %q", row, id, b.Rule)
				}
			}
		}
		for _, lift := range r.Lifts("a") {
			all.WriteString(lift.Rule)
		}
		all.WriteString(r.Apart("a", "M"))
		for _, word := range []string{"veto", "safety", "family", "treats", "previous", "asked"} {
			if strings.Contains(all.String(), word) {
				t.Errorf("%s: the word %q stands in\n%s", row, word, all.String())
			}
		}
		said[all.String()] = row
	}
	if len(said) != 1 {
		t.Errorf("there are %d different texts: %q", len(said), said)
	}
}
