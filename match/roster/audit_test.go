package roster

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

const auditRules = `version: 1
scales:
  level: [PGY1, PGY2]
mentees: {takes: 1}
mentors: {takes: 1}
audit:
  mentees: [level, {column: site, sensitive: false}, {column: origin, sensitive: true}]
  mentors: [rank]
  mentor level: rank
  mentor hours: hours
`

func auditInputs(rules string) []Input {
	return files(
		"mentees.csv", "id,level,site,origin,gender,tongues,choices\n1,pgy1,North,x,F,fr;en,A\n2,PGY2, north ,,M,fr,A;B\n3,,Centre,y,F,en,\n",
		"mentors.csv", "id,rank,hours,gender\nA,full,10,F\nB,Assistant,,M\n",
		"rules.yaml", rules)
}

func TestTheAuditGivesOneSpellingOfEachValue(t *testing.T) {
	t.Parallel()
	audit := load(t, auditInputs(auditRules+"points:\n  - choice: mentee\n    points: [2, 1]\n")).Audit()
	want := []struct {
		name      string
		side      match.Side
		sensitive bool
		values    map[string]string
		order     []string
	}{
		{"level", match.MenteeSide, false, map[string]string{"1": "PGY1", "2": "PGY2"}, []string{"PGY1", "PGY2"}},
		{"site", match.MenteeSide, false, map[string]string{"1": "North", "2": "North", "3": "Centre"}, nil},
		{"origin", match.MenteeSide, true, map[string]string{"1": "x", "3": "y"}, nil},
		{"rank", match.MentorSide, false, map[string]string{"A": "full", "B": "Assistant"}, nil},
	}
	if len(audit.Characteristics) != len(want) {
		t.Fatalf("%d characteristics, want %d", len(audit.Characteristics), len(want))
	}
	for i, w := range want {
		c := audit.Characteristics[i]
		if c.Name != w.name || c.Side != w.side || c.Sensitive != w.sensitive || !maps.Equal(c.Values, w.values) || !slices.Equal(c.Order, w.order) {
			t.Errorf("got %+v, want %+v", c, w)
		}
	}
	if audit.Level == nil || audit.Level.Name != "rank" || !maps.Equal(audit.Hours, map[string]int{"A": 10}) {
		t.Errorf("level %+v, hours %v", audit.Level, audit.Hours)
	}
	if got := audit.Choices; len(got) != 2 || !slices.Equal(got["2"], []string{"A", "B"}) {
		t.Errorf("choices %v", got)
	}
}

func TestWhatSoundsSensitiveIsTakenAsSensitive(t *testing.T) {
	t.Parallel()
	r := load(t, auditInputs("version: 1\naudit:\n  mentees: [gender]\n"))
	if c := r.Audit().Characteristics[0]; !c.Sensitive {
		t.Errorf("gender is not sensitive: %+v", c)
	}
	note := `rules.yaml, line 3, audit mentees: "gender" sounds like a sensitive characteristic; taken as one; {column: …, sensitive: false} says that it is none`
	if !slices.ContainsFunc(r.Notes, func(n Note) bool { return n.String() == note }) {
		t.Errorf("no such note: %s, in %v", note, r.Notes)
	}
	r = load(t, auditInputs("version: 1\naudit:\n  mentees: [{column: gender, sensitive: false}]\n"))
	if c := r.Audit().Characteristics[0]; c.Sensitive {
		t.Errorf("gender is sensitive although the rules deny it: %+v", c)
	}
	for heading, want := range map[string]bool{
		"Gender": true, "sex at birth": true, "Genre": true, "Âge": true, "Age band": true, "Visible minority": true, "Minorité visible": true,
		"Race / ethnicity": true, "Handicap": true, "sexual orientation": true, "Marital status": true,
		"level": false, "language": false, "agency": false, "general surgery": false, "message": false, "research": false, "stage": false, "site": false,
	} {
		if got := soundsSensitive(heading); got != want {
			t.Errorf("%q sounds sensitive: %v, want %v", heading, got, want)
		}
	}
}

func TestMistakesInTheAuditAreNamedWithTheirLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, audit, want string }{
		{"a column that is not there", "audit:\n  mentees: [levle]\n",
			`rules.yaml, line 3, audit mentees: "levle" is no column of mentees.csv; write "level"`},
		{"a column twice", "audit:\n  mentees:\n    - level\n    - Level\n",
			`rules.yaml, line 5, audit mentees: "Level" stands in line 4 already; keep one of the two`},
		{"a word that is unknown", "audit:\n  mentes: [level]\n",
			`rules.yaml, line 3, audit: "mentes" is unknown here; write "mentees"`},
		{"no column", "audit:\n  mentees: [{sensitive: true}]\n",
			`rules.yaml, line 3, audit mentees: nothing says which column is meant; write {column: COLUMN, sensitive: true}`},
		{"neither yes nor no", "audit:\n  mentees: [{column: site, sensitive: perhaps}]\n",
			`rules.yaml, line 3, audit mentees sensitive: "perhaps" is unknown here; write one of "true", "false", "yes", "no"`},
		{"a list", "lists:\n  tongues: \";\"\naudit:\n  mentees: [tongues]\n",
			`rules.yaml, line 5, audit mentees: "tongues" holds lists, and a group needs one value for each person; make a column with one value for each person, or delete it here`},
		{"words for hours", "audit:\n  mentor hours: rank\n", `
mentors.csv, row 2, column "rank": "full" is not a whole number of hours; write a number from 0 to 10000, or leave the cell empty
mentors.csv, row 3, column "rank": "Assistant" is not a whole number of hours; write a number from 0 to 10000, or leave the cell empty`},
		{"mentors told apart by what is sensitive", "audit:\n  mentors: [{column: gender, sensitive: true}]\n  mentor level: gender\n",
			`rules.yaml, line 4, audit mentor level: "gender" is sensitive, and what mentees got is not told by what their mentors are; name a column such as rank, or delete the line`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(auditInputs("version: 1\n" + c.audit))
			if err == nil {
				t.Fatal("Load took the files as they are")
			}
			if got := err.Error(); got != strings.TrimSpace(c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(c.want))
			}
		})
	}
}

func TestWhatIsAuditedAsSensitiveDecidesNothing(t *testing.T) {
	t.Parallel()
	for _, rules := range []string{
		"audit: {mentees: [gender]}\nmust:\n  - same: gender\n",
		"audit: {mentees: [{column: origin, sensitive: true}]}\npoints:\n  - in: {mentee: origin, mentor: rank}\n    points: 3\n",
		"audit: {mentors: [gender]}\nmentors:\n  classes:\n    - by: gender\n      at most: 1\n",
	} {
		_, err := Load(auditInputs("version: 1\n" + rules))
		if err == nil || !strings.Contains(err.Error(), "is sensitive") {
			t.Errorf("%s\nwas not refused for being sensitive: %v", rules, err)
		}
	}
	if _, err := Load(auditInputs("version: 1\naudit: {mentees: [{column: site, sensitive: false}, level]}\nmust:\n  - different: {mentee: site, mentor: rank}\n")); err != nil {
		t.Errorf("an ordinary column was refused: %v", err)
	}
}
