package roster

import (
	"slices"
	"strings"
	"testing"
)

const (
	weighedMentees = "id,site,to,interests,level,free,choice 1,choice 2\n" +
		"a,North,South,sepsis; simulation,PGY1,Mon 9-11,M,N\n" +
		"b,North,,ethics,PGY4,Mon 9-10,N,\n"
	weighedMentors = "id,site,interests,level,free,now\n" +
		"M,South,simulation; assessment,fellow,Mon 10-12,\n" +
		"N,North,sepsis,practising,Mon 9-10,3\n"
	weighedTrees = "trees:\n  interests:\n    - education: [simulation | sim, assessment]\n    - medicine: [[sepsis, septicemia], ethics]\n"
)

// TestWeightsTimesFits compares the suitability of every pair with what the reference says, worked out by hand.
func TestACriterionBringsItsWeightTimesItsFit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		criterion string
		want      []string
	}{
		{"shared: interests, weight: 3", []string{"a M =99", "a N =99", "b M =0", "b N =0"}},
		{"shared: interests, weight: 3, most: 1", []string{"a M =300", "a N =300", "b M =0", "b N =0"}},
		{"same: site, weight: 10", []string{"a M =0", "a N =1000", "b M =0", "b N =1000"}},
		{"different: site, weight: 10", []string{"a M =1000", "a N =0", "b M =1000", "b N =0"}},
		{"choice: mentee, weight: 8", []string{"a M =800", "a N =640", "b M =0", "b N =800"}},
		{"gap: level, ideal: 2, weight: 2", []string{"a M =200", "a N =100", "b M =150", "b N =150"}},
		{"gap: level, ideal: [1, 4], weight: 2", []string{"a M =150", "a N =200", "b M =200", "b N =150"}},
		// a: sepsis and medicine, simulation and education. M: education whole, medicine not.
		{"related: interests, weight: 1", []string{"a M =50", "a N =50", "b M =0", "b N =50"}},
		{"time: free, weight: 1", []string{"a M =50", "a N =50", "b M =0", "b N =50"}},
		{"time: free, most: 1 h, weight: 1", []string{"a M =100", "a N =100", "b M =0", "b N =100"}},
		{"near: site, weight: 4", []string{"a M =0", "a N =400", "b M =0", "b N =400"}},
		{"near: site, unless: {destination: to}, weight: 4", []string{"a M =400", "a N =400", "b M =0", "b N =400"}},
		{"near: site, unless: {shared: interests}, weight: 4", []string{"a M =0", "a N =400", "b M =0", "b N =400"}},
		{"near: site, unless: {shared: interests, at least: 1}, weight: 4", []string{"a M =400", "a N =400", "b M =0", "b N =400"}},
		{"load: now, weight: 1", []string{"a M =100", "a N =25", "b M =100", "b N =25"}},
		{"load: now, most: 6, weight: 1", []string{"a M =100", "a N =50", "b M =100", "b N =50"}},
		{"same: site, weight: 0", []string{"a M =0", "a N =0", "b M =0", "b N =0"}},
	} {
		r := load(t, files("mentees.csv", weighedMentees, "mentors.csv", weighedMentors,
			"rules.yaml", "version: 1\ngoals: [pairs]\n"+weighedTrees+"points: [{"+test.criterion+"}]\n"))
		if got := edges(problemOf(t, r)); !slices.Equal(got, test.want) {
			t.Errorf("%s gives\n%q, want\n%q", test.criterion, got, test.want)
		}
	}
}

func TestPurposesHaveAWeightToo(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id,seeks\na,x;y\n", "mentors.csv", "id,offers\nM,y\n", "rules.yaml", "version: 1\npurposes: {mentee: seeks, mentor: offers, weight: 10}\n"))
	p := problemOf(t, r)
	if got := p.Column("suitability")[0]; got != 800 {
		t.Errorf("the second purpose brings %d, want 800", got)
	}
	if reason := r.Reasons(0)[0]; reason.Fit != 80 || reason.Weight != 10 {
		t.Errorf("the reason is %+v, want fit 80 and weight 10", reason)
	}
}

func TestATreeMayStandInAFile(t *testing.T) {
	t.Parallel()
	rules := "version: 1\ntrees: {fields: Fields.csv}\nmust: [{related: specialty, tree: fields, at least: 50}]\n"
	r := load(t, files(
		"mentees.csv", "id,specialty\na,Heart surgery\nb,cardio\nc,astrology\n",
		"mentors.csv", "id,specialty\nM,cardiology\nN,nephrology\nO,orthopedics\nP,Astrology\n",
		"rules.yaml", rules, "fields.csv", "term,parent,synonyms\ninternal medicine,,\nCardiology,Internal Medicine,cardio; heart medicine\nnephrology,internal medicine,\nsurgery,,\nheart surgery,surgery,\northopedics,surgery,\n"))
	want := []string{"a O", "b M", "b N", "c P"}
	if got := edges(problemOf(t, r)); !slices.Equal(got, want) {
		t.Errorf("the pairs are %q, want %q", got, want)
	}
	if !slices.Contains(r.Files, "fields.csv") {
		t.Errorf("the files read are %q", r.Files)
	}
	var notes []string
	for _, n := range r.Notes {
		if n.Row > 0 {
			notes = append(notes, n.String())
		}
	}
	wantNotes := []string{
		`mentees.csv, row 4, column "specialty": "astrology" is not on the tree, here and perhaps in other rows; related to nothing but itself`,
		`mentors.csv, row 5, column "specialty": "Astrology" is not on the tree, here and perhaps in other rows; related to nothing but itself`,
	}
	if !slices.Equal(notes, wantNotes) {
		t.Errorf("the notes are\n%s\nwant\n%s", strings.Join(notes, "\n"), strings.Join(wantNotes, "\n"))
	}
}

func TestSeveralColumnsCountAsOne(t *testing.T) {
	t.Parallel()
	r := load(t, files("mentees.csv", "id,x,y\na,1,2\nb,3,\n", "mentors.csv", "id,z\nM,1;2\nN,3\n",
		"rules.yaml", "version: 1\nmust: [{shared: {mentee: [x, y], mentor: z}, at least: 1}]\npoints: [{shared: {mentee: [x, y], mentor: z}, points: 5}]\n"))
	if got, want := edges(problemOf(t, r)), []string{"a M =10", "b N =5"}; !slices.Equal(got, want) {
		t.Errorf("the pairs are %q, want %q", got, want)
	}
}

func TestALadderNeedsNotBeWritten(t *testing.T) {
	t.Parallel()
	for name, test := range map[string][2]string{
		"by itself, in two languages": {"id,level\na,PGY1\nb,Externe\n", "must: [{gap: level, from: 2, to: 3}]"},
		"by its name":                 {"id,level\na,PGY 1\nb,clerk\n", "must: [{gap: level, from: 2, to: 3, scale: training level}]"},
	} {
		r := load(t, files("mentees.csv", test[0], "mentors.csv", "id,level\nM,Fellow\nN,début de pratique\n", "rules.yaml", "version: 1\n"+test[1]+"\n"))
		if got, want := edges(problemOf(t, r)), []string{"a M", "a N", "b M"}; !slices.Equal(got, want) {
			t.Errorf("%s: the pairs are %q, want %q", name, got, want)
		}
	}
	for name, scale := range builtInScales {
		if low, ok := scale.Level(scale.Names()[0]); !ok || low != 0 {
			t.Errorf("%s begins at %d", name, low)
		}
	}
}

var brokenCriteria = []brokenFile{
	{"a weight that is too great", rulesAnd("points:\n  - same: grade\n    weight: 11\n"), `rules.yaml, line 8, points 1 weight: "11" is not a whole number that fits here; write a number from 0 to 10`},
	{"points and a weight", rulesAnd("points:\n  - same: grade\n    weight: 1\n    points: 3\n"), `rules.yaml, line 7, points 1: "points" stands beside a weight, which says already what the criterion brings; keep one of the two`},
	{"points for time", rulesAnd("points:\n  - time: name\n    points: 3\n"), `rules.yaml, line 7, points 1: "points" does not go with "time", whose fit is a number from 0 to 100; write "weight:" and a number from 0 to 10 instead`},
	{"time without a weight", rulesAnd("points:\n  - time: name\n"), `rules.yaml, line 7, points 1: the criterion has no weight; write "weight:" and a number from 0 to 10 below it`},
	{"a gap with a weight and no ideal", rulesAnd("points:\n  - gap: grade\n    weight: 3\n"), `rules.yaml, line 7, points 1: nothing says which gap is the best; write "ideal:" and a gap or several, such as [1, 2]`},
	{"an ideal with points", rulesAnd("points:\n  - gap: grade\n    ideal: 1\n    points: {1: 3}\n"), `rules.yaml, line 7, points 1: "ideal" goes with a weight only; write "weight:" instead of "points:", or delete it`},
	{"a tree of nothing", rulesAnd("points:\n  - same: grade\n    tree: x\n    weight: 1\n"), `rules.yaml, line 7, points 1: "tree" belongs to "related" or "near" only; delete it`},
	{"related without a tree", rulesAnd("points:\n  - related: grade\n    weight: 1\n"), `rules.yaml, line 7, points 1: nothing says which terms are related; write "tree:" and a name below it, and the terms under "trees"; or compare by "shared"`},
	{"a tree that is misspelled", rulesAnd("trees: {ranks: [a, b]}\npoints:\n  - related: grade\n    tree: rank\n    weight: 1\n"), `rules.yaml, line 8, points 1: "rank" is no tree; write "ranks"`},
	{"a tree with a term twice", rulesAnd("trees:\n  x:\n    - a: [b, c]\n    - B\n"), `rules.yaml, line 9, trees x: "B" stands on the tree already, in line 8; keep one of the two; a term has one place`},
	{"a tree in a file that is not there", rulesAnd("trees: {x: terms.csv}\n"), `rules.yaml, line 6, trees x: "terms.csv" is no file among those that were given; write one of "mentees.csv", "mentors.csv"`},
	{"a tree in a file with mistakes", map[string]string{
		"rules.yaml": soundFiles["rules.yaml"] + "trees: {x: terms.csv}\n",
		"terms.csv":  "term,parent,synonyms\nalpha,,\nb,alphas,\nc,d,\nd,c,\nalpha,,\ne,,b\n,alpha,\n"}, `
terms.csv, row 3, column "term": "alphas" is to stand above "b" and is no term itself; write "alpha" if that is meant
terms.csv, row 4, column "term": "c" stands above itself; look at the terms above it, and leave the parent of the most general one empty
terms.csv, row 5, column "term": "d" stands above itself; look at the terms above it, and leave the parent of the most general one empty
terms.csv, row 6, column "term": "alpha" stands on the tree already, in row 2; keep one of the two; a term has one place
terms.csv, row 7, column "term": "b" stands on the tree already, in row 3; keep one of the two; a term has one place
terms.csv, row 8, column "term": the cell is empty; write a term, or delete the row`},
	{"a mode without a site", rulesAnd("must:\n  - mode: name\n"), `rules.yaml, line 7, must 1: nothing says where people can meet in person; write "site:" and the column with each person's site`},
	{"a mode that is unknown", map[string]string{
		"mentees.csv": "id,mode,site\n1,by pigeon,x\n", "mentors.csv": "id,mode,site,places\nM,,x,1\n", "rules.yaml": soundFiles["rules.yaml"] + "must:\n  - mode: mode\n    site: site\n"},
		`mentees.csv, row 2, column "mode": "by pigeon" is no way to meet; write "in person", "distance" or "hybrid"`},
	{"a length of time without a unit", rulesAnd("must:\n  - time: name\n    at least: 2\n"), `rules.yaml, line 8, must 1 at least: "2" is no length of time; write it with its unit, such as "1 h" or "90 min"; at least 15 min`},
	{"times that cannot be read", map[string]string{
		"mentees.csv": "id,free\n1,Mon 1-3\n2,when I can\n", "mentors.csv": "id,free,places\nM,Mon am,1\n", "rules.yaml": soundFiles["rules.yaml"] + "must:\n  - time: free\n"}, `
mentees.csv, row 2, column "free": "Mon 1-3" does not say whether "1-3" is in the morning; write 01:00-03:00 if it is, and 13:00-15:00 if it is not
mentees.csv, row 3, column "free": "when I can" has "when", which is no day and no time; write days and hours of 24, such as "Mon 9:00-12:00; Thu 13:00-16:00"`},
	{"a zone that is several", map[string]string{
		"mentees.csv": "id,free,zone\n1,Mon am,London\n2,Mon am,\n3,,\n", "mentors.csv": "id,free,zone,places\nM,Mon am,HNE,1\n", "rules.yaml": soundFiles["rules.yaml"] + "must:\n  - time: free\n    zones: zone\n"}, `
mentees.csv, row 2, column "zone": "London" is no time zone that is known, or may be one of several; write its name, such as "America/Toronto", or how far it is from UTC, such as "UTC-5"
mentees.csv, row 3, column "zone": the cell is empty; write its name, such as "America/Toronto", or how far it is from UTC, such as "UTC-5"`},
	{"a load that is no number", map[string]string{
		"mentors.csv": "id,now,places\nM,some,1\n", "mentees.csv": "id\n1\n", "rules.yaml": soundFiles["rules.yaml"] + "points:\n  - load: now\n    weight: 1\n"},
		`mentors.csv, row 2, column "now": "some" is not a whole number of places; write a number from 0 to 10000`},
	{"a model without a level", map[string]string{"mentees.csv": "id\n1\n", "rules.yaml": soundFiles["rules.yaml"] + "model: apprenticeship\n"},
		`rules.yaml, line 6, model: "apprenticeship" asks how far apart two people are, and mentees.csv has no column "level"; write "level:" and the column with the level of each person; {mentee: COLUMN, mentor: COLUMN} if the two are called otherwise`},
	{"a model that is unknown", rulesAnd("model: friend\n"), `rules.yaml, line 6, model: "friend" is unknown here; write one of "apprenticeship", "cloning", "nurturing", "friendship"`},
	{"a relationship that ends before it begins", rulesAnd("relationship: {from: 2027-09-01, to: 2027-08-01}\n"), `rules.yaml, line 6, relationship: "2027-08-01" is before 2027-09-01; write the earlier day after "from"`},
	{"a day that can be read in two ways", rulesAnd("relationship: {from: 01/09/2027}\n"), `rules.yaml, line 6, relationship from: "01/09/2027" is no day that can be read in one way only; write 2027-09-01 or 2027-01-09, whichever is meant`},
	{"conflicts with every mistake", map[string]string{
		"mentees.csv": "id,e-mail\n007,x@y.org\n008,X@Y.org\n", "rules.yaml": soundFiles["rules.yaml"] + "conflicts: c.csv\n",
		"c.csv": "person,other,kind,from,to\n7,M1,evaluate,,\nm1,008,pays,1/2/2027,\nM1,x@y.org,pays,2027-02-01,2027-01-01\nM1,M1,,,\n,M1,pays,,\n"}, `
c.csv, row 2, column "kind": "evaluate" is no kind of conflict; write "evaluates"
c.csv, row 2, column "person": "7" is nobody's id; write "007"; spreadsheets lose leading zeros, so format the column as text
c.csv, row 3, column "from": "1/2/2027" is no day that can be read in one way only; write 2027-02-01 or 2027-01-02, whichever is meant
c.csv, row 3, column "person": "m1" is nobody's id; write "M1"
c.csv, row 4, column "to": "2027-01-01" is before 2027-02-01; write the earlier day under "from"
c.csv, row 4, column "other": "x@y.org" is the address of several people; write the id of the one who is meant
c.csv, row 5, column "kind": the cell is empty; write one of "evaluates", "decides_promotion", "pays", "leads_unit_of", "competitor", "treats", "family", "not_with", "safety", "previous", "observes"
c.csv, row 6, column "person": the cell is empty; write the id or the e-mail address of a person`},
	{"a person in conflict with themselves", map[string]string{"rules.yaml": soundFiles["rules.yaml"] + "conflicts: c.csv\n", "c.csv": "person,other,kind\nM1,M1,pays\n"},
		`c.csv, row 2, column "other": "M1" is the same person; write the other person`},
	{"a dual role that declares something else", map[string]string{"rules.yaml": soundFiles["rules.yaml"] + "model: cloning\nlevel: grade\nconflicts: c.csv\n", "c.csv": "person,other,kind,declared\nM1,007,pays,program allow\n"},
		`c.csv, row 2, column "declared": "program allow" is nothing that a dual role declares; write "program allows"`},
	{"wishes under the mentors", map[string]string{"rules.yaml": "version: 1\nmentors:\n  takes: places\n  wishes: grade\n"}, `rules.yaml, line 4, mentors wishes: mentors do not wish for mentees by what these are: a personal characteristic must never keep a mentee from help; delete it`},
	{"wishes under the mentees", rulesAnd("mentees:\n  wishes: grade\n"), `rules.yaml, line 7, mentees wishes: wishes stand on the top level of the rules; write "wishes: {mentee: COLUMN, mentor: COLUMN}" there`},
	{"wishes that no goal counts", rulesAnd("goals: [pairs]\nwishes: {mentee: name, mentor: name}\n"), `rules.yaml, line 7, wishes: there are wishes, and no goal counts them; write the goal "wishes" where it belongs, such as after "pairs"`},
	{"a goal without wishes", rulesAnd("goals: [wishes]\n"), `rules.yaml, line 6, goals: "wishes" counts wishes, and there are none; write "wishes:" and the columns of both sides, or delete the goal`},
	{"wishes in succession", rulesAnd("model: cloning\nlevel: grade\nwishes: {mentee: name, mentor: name}\n"), `rules.yaml, line 8, wishes: the model cloning takes no personal characteristics, because it is close to hiring; delete the wishes`},
	{"rules about what is sensitive", rulesAnd("sensitive: [name, nmae]\nmust: [{same: name}]\npoints: [{same: name, weight: 1}]\nmentees: {classes: [{by: name, at most: 1}]}\n"), `
rules.yaml, line 6, sensitive: "nmae" is no column of mentees.csv or mentors.csv; write "name"
rules.yaml, line 7, must 1: "name" is sensitive: a personal characteristic decides neither who may be paired nor how well two suit; delete the criterion; under "wishes" a mentee may wish that one of the mentors shares it
rules.yaml, line 8, points 1: "name" is sensitive: a personal characteristic decides neither who may be paired nor how well two suit; delete the criterion; under "wishes" a mentee may wish that one of the mentors shares it
rules.yaml, line 9, mentees classes 1: "name" is sensitive: how many pairs a person may have of a kind does not go by personal characteristics; delete the class`},
	{"a rule by what is wished", rulesAnd("wishes: {mentee: name, mentor: name}\nmust: [{same: name}]\n"),
		`rules.yaml, line 7, must 1: "name" is sensitive: a personal characteristic decides neither who may be paired nor how well two suit; delete the criterion; under "wishes" a mentee may wish that one of the mentors shares it`},
	{"words of eligibility that nobody has", rulesAnd("mentees: {eligible: {name: anna}}\n"), `
rules.yaml, line 6, mentees eligible: "anna" stands nowhere in the column "name" of mentees.csv, so nobody would take part; write "Ana"`},
}

func TestEveryMistakeInACriterionIsNamed(t *testing.T) {
	t.Parallel()
	for _, b := range brokenCriteria {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(b.inputs())
			if err == nil {
				t.Fatal("Load took the files as they are")
			}
			if got := err.Error(); got != strings.TrimSpace(b.want) {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(b.want))
			}
		})
	}
}
