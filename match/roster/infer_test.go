package roster

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/match"
)

// A sheet of answers as forms export them, with what each column is.
var exportedForms = []struct {
	name string
	file string
	want []string // per column
}{
	{"Google Forms in English", "Timestamp,Email Address,First name,Last name,I would like to be a…,PGY level,Specialty,Languages spoken,What are you looking for?,What can you offer?,How many mentees can you take?,Research interests,Gender\n" +
		"2027/04/05 8:30:12 AM EST,ana@x.ca,Ana,Roy,Mentee,PGY2,Pediatrics,\"English, French\",\"Research, Wellbeing\",,,\"Global health, Simulation\",Woman\n" +
		"2027/04/05 9:30:12 AM EST,bo@x.ca,Bo,Chan,Mentor,,Pediatrics,English,,\"Research, Teaching\",2,\"Global health\",Man\n" +
		"2027/04/06 9:30:12 AM EST,cy@x.ca,Cy,Diop,Both,PGY5,Surgery,\"English, French\",\"Research\",\"Wellbeing\",1,\"Simulation\",Man\n",
		[]string{asTimestamp, asEmail, asFirstName, asLastName, asRole, asLevel, asSpecialty, asLanguages, asSought, asOffered, asTakes, asInterests, asSensitive}},
	{"Google Forms in French", "Horodateur,Adresse e-mail,Nom,Prénom,Je souhaite être,Année de résidence,Spécialité,Langues parlées,Que recherchez-vous?,Que pouvez-vous offrir?,Combien de mentorés pouvez-vous accompagner?,Champs d’intérêt,État civil\n" +
		"2027/04/05 08:30:12,ana@x.ca,Roy,Ana,Mentoré(e),R2,Pédiatrie,\"Français, Anglais\",\"Recherche, Mieux-être\",,,\"Santé mondiale, Simulation\",Célibataire\n" +
		"2027/04/05 09:30:12,bo@x.ca,Chan,Bo,Mentor(e),,Pédiatrie,Français,,\"Recherche, Enseignement\",2,Santé mondiale,Marié\n" +
		"2027/04/06 09:30:12,cy@x.ca,Diop,Cy,Les deux,R5,Chirurgie,\"Français, Anglais\",Recherche,Mieux-être,1,Simulation,\n",
		[]string{asTimestamp, asEmail, asLastName, asFirstName, asRole, asLevel, asSpecialty, asLanguages, asSought, asOffered, asTakes, asInterests, asSensitive}},
	{"MS Forms", "ID;Start time;Completion time;Email;Name;What is your role?;Department;Which languages do you speak?;Areas where you need support;Areas of expertise;How many residents could you mentor?;Anything else?\n" +
		"1;4/5/27 8:30:12;4/5/27 8:41:00;anonymous;Ana Roy;Mentee;Medicine;English\\;French\\;;Research\\;;;;I look forward to meeting somebody who has been through the same questions before me and can tell me what helped\n" +
		"2;4/5/27 9:30:12;4/5/27 9:41:00;anonymous;Bo Chan;Mentor;Surgery;English\\;;;Research\\;Teaching\\;;2;\n" +
		"3;4/6/27 9:30:12;4/6/27 9:41:00;anonymous;Cy Diop;Mentor;Medicine;English\\;French\\;;;Research\\;;1;\n",
		[]string{asID, asTimestamp, asTimestamp, asUnknown, asName, asRole, asUnit, asLanguages, asSought, asOffered, asTakes, asProse}},
	{"Qualtrics", "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,RecipientLastName,RecipientFirstName,RecipientEmail,DistributionChannel,UserLanguage,Role,Supervisor,Availability\n" +
		"2027-07-18 08:28:09,2027-07-18 08:28:48,0,130.92.34.66,100,38,1,2027-07-18 08:28:48,R_2YPOQ602ER1jkf1,Roy,Ana,ana@x.ca,email,EN,I want to be a mentor,,Mon 9-12\n" +
		"2027-07-18 09:28:09,2027-07-18 09:28:48,0,130.92.34.67,100,44,1,2027-07-18 09:28:48,R_2YPOQ602ER1jkf2,Chan,Bo,bo@x.ca,email,EN,I am looking for a mentor,Ana Roy,Tue 9-12\n",
		[]string{asTimestamp, asTimestamp, asTechnical, asTechnical, asTechnical, asTechnical, asTechnical, asTimestamp, asID, asLastName, asFirstName, asEmail, asTechnical, asTechnical, asRole, asEvaluator, asTime}},
	{"REDCap", "record_id,name_first,name_last,email,dob,sex,mentor_mentee,year_of_training,demographics_complete,current_mentees,time_zone\n" +
		"1,Ana,Roy,ana@x.ca,1990-09-23,1,Mentor,Staff,2,2,America/Toronto\n2,Bo,Chan,bo@x.ca,1995-09-23,0,Mentee,PGY1,2,,America/Toronto\n",
		[]string{asID, asFirstName, asLastName, asEmail, asSensitive, asSensitive, asRole, asLevel, asTechnical, asLoad, asZone}},
	{"a coordinator's own list in French", "Matricule,Nom complet,Courriel,Département,Rang universitaire,Places disponibles,Ce que j’offre,Lieu de travail,Valeurs,Mentorés actuels\n" +
		"A1,Ana Roy,ana@x.ca,Médecine,Professeure agrégée,2,recherche; enseignement,Montréal,écoute; rigueur,1\nA2,Bo Chan,bo@x.ca,Chirurgie,Professeur adjoint,1,recherche,Laval,rigueur,0\n",
		[]string{asID, asName, asEmail, asUnit, asLevel, asTakes, asOffered, asSite, asValues, asLoad}},
	{"a civil-service form", "Timestamp,Do you want to sign up as a mentor?,Do you agree to us using the information you provide to us in this way?,Your first name,Your last name,Your Civil Service email address,Your job title or role,Your department or agency,Your grade,Your profession\n" +
		"2027/04/05 8:30:12,Yes,Yes,Ana,Roy,ana@x.uk,Analyst,Treasury,Grade 7,Policy\n2027/04/05 9:30:12,No,Yes,Bo,Chan,bo@x.uk,Analyst,Treasury,HEO,Policy\n",
		[]string{asTimestamp, asRole, asConsent, asFirstName, asLastName, asEmail, asLevel, asUnit, asLevel, asSpecialty}},
	{"what nobody should be matched by", "id,Pronouns,Race/ethnicity,Religion,Age,Date of birth,Marital status,Do you identify as Indigenous?,Sexual orientation,How do you describe yourself?,Identité de genre,Origine ethnique,Handicap\n" +
		"1,she/her,White,None,31,1995-01-01,Married,No,Straight,Female,femme,x,non\n2,he/him,Black,Muslim,32,1994-01-01,Single,Yes,Gay,Male,homme,y,oui\n",
		append([]string{asID}, slices.Repeat([]string{asSensitive}, 12)...)},
	{"headings that mislead", "Name,Interested in being a mentor?,Do you need accommodation?,Years of service,Conflict of interest with,Program,Full time?\n" +
		"Ana Roy,Yes,No,3,Bo Chan,Family medicine,Yes\nBo Chan,No,No,5,,Surgery,No\n",
		[]string{asName, asRole, asUnknown, asUnknown, asVeto, asSpecialty, asUnknown}},
}

func TestColumnsOfExportedFormsAreTakenForWhatTheyAre(t *testing.T) {
	t.Parallel()
	for _, form := range exportedForms {
		t.Run(form.name, func(t *testing.T) {
			t.Parallel()
			rep := &report{}
			tables := readTables(Input{"form.csv", []byte(strings.ReplaceAll(quoteSemicolons(form.file), "\\;", ";"))}, rep)
			if rep.failed() || len(tables) != 1 {
				t.Fatal(rep.problems())
			}
			columns := newInference(tables).tables[0].columns
			if len(columns) != len(form.want) {
				t.Fatalf("%d columns, want %d", len(columns), len(form.want))
			}
			for k, c := range columns {
				if c.as != form.want[k] {
					t.Errorf("%q is taken for %s (%s: %s), want %s", c.heading, c.as, c.sure, c.because, form.want[k])
				}
				if c.because == "" || c.sure == "" {
					t.Errorf("%q: nothing says how sure or why", c.heading)
				}
			}
		})
	}
}

// quoteSemicolons puts cells with an escaped semicolon into quotes.
func quoteSemicolons(file string) string {
	if !strings.Contains(file, "\\;") {
		return file
	}
	var lines []string
	for _, line := range strings.Split(file, "\n") {
		line = strings.ReplaceAll(line, "\\;", "\x00")
		var cells []string
		for _, cell := range strings.Split(line, ";") {
			if strings.Contains(cell, "\x00") {
				cell = `"` + strings.ReplaceAll(cell, "\x00", "\\;") + `"`
			}
			cells = append(cells, cell)
		}
		lines = append(lines, strings.Join(cells, ";"))
	}
	return strings.Join(lines, "\n")
}

// A cohort is tables without rules, and the pairs that they amount to.
type cohort struct {
	name  string
	files []Input
	want  []string // the pairs, as edges writes them, without their suitability
}

var cohorts = []cohort{
	{"one table with a column of roles",
		files("people.csv", "e-mail,role,places\na@x.ca,mentee,\nb@x.ca,both,1\nm@x.ca,mentor,2\n"),
		[]string{"a@x.ca b@x.ca", "a@x.ca m@x.ca", "b@x.ca m@x.ca"}},
	{"one table in French",
		files("inscriptions.csv", "Adresse courriel,Je souhaite être,Places disponibles\na@x.ca,Mentorée,\nb@x.ca,Les deux,1\nm@x.ca,Mentor,2\n"),
		[]string{"a@x.ca b@x.ca", "a@x.ca m@x.ca", "b@x.ca m@x.ca"}},
	{"roles to tick",
		files("people.csv", "e-mail,I would like to be a\na@x.ca,Mentee;\nb@x.ca,Mentee;Mentor;\nm@x.ca,Mentor;\n"),
		[]string{"a@x.ca b@x.ca", "a@x.ca m@x.ca", "b@x.ca m@x.ca"}},
	{"two questions with yes and no",
		files("people.csv", "e-mail,Do you want to be a mentor?,Would you like to have a mentor?\na@x.ca,No,Yes\nb@x.ca,Yes,Yes\nm@x.ca,Yes,No\nz@x.ca,No,No\n"),
		[]string{"a@x.ca b@x.ca", "a@x.ca m@x.ca", "b@x.ca m@x.ca"}},
	{"one question with yes and no",
		files("people.csv", "e-mail,Do you want to sign up as a mentor?\na@x.ca,No\nm@x.ca,Yes\n"),
		[]string{"a@x.ca m@x.ca"}},
	{"columns that tell the parts apart",
		files("people.csv", "e-mail,What are you looking for?,What can you offer?\na@x.ca,research,\nb@x.ca,teaching,research\nm@x.ca,,teaching;research\n"),
		[]string{"a@x.ca b@x.ca research", "a@x.ca m@x.ca research", "b@x.ca m@x.ca teaching"}},
	{"two files by their names",
		files("residents.csv", "id\na\nb\n", "faculty.csv", "id\nm\n"),
		[]string{"a m", "b m"}},
	{"two files by their content",
		files("list 1.csv", "id,seeks,evaluated by\na,research,n\nb,research,\n", "list 2.csv", "id,offers,places\nm,research,1\nn,research,1\n"),
		[]string{"a m research", "b m research", "b n research"}},
	{"somebody in both files",
		files("mentees.csv", "e-mail\na@x.ca\nB@x.ca\n", "mentors.csv", "e-mail\nb@X.ca\nm@x.ca\n"),
		[]string{"a@x.ca b@x.ca", "a@x.ca m@x.ca", "b@x.ca m@x.ca"}},
	{"the latest answer counts",
		files("people.csv", "Timestamp,e-mail,role,places\n2027-04-06 08:00,m@x.ca,mentor,0\n2027-04-07 08:00,M@x.ca,mentor,1\n2027-04-05 08:00,a@x.ca,mentee,\n"),
		[]string{"a@x.ca m@x.ca"}},
	{"answers in words",
		files("people.csv", "e-mail,role,How many mentees could you take?\na@x.ca,mentee,\nm@x.ca,mentor,up to two\nn@x.ca,mentor,none this year\n"),
		[]string{"a@x.ca m@x.ca"}},
	{"last year's pairs by name",
		files("people.csv", "e-mail,name,role\na@x.ca,Ana Roy,mentee\nb@x.ca,Bo Chan,mentee\nm@x.ca,Dr Cy Diop,mentor\n", "jumelages 2026.csv", "mentorée,mentor\n\"Roy, Ana\",Cy Diop\nGone Away,Cy Diop\n"),
		[]string{"a@x.ca m@x.ca existing", "b@x.ca m@x.ca"}},
	{"a list of conflicts",
		files("people.csv", "e-mail,role\na@x.ca,mentee\nb@x.ca,mentee\nm@x.ca,mentor\n", "who not with whom.csv", "person,other,kind\nm@x.ca,a@x.ca,evaluates\n"),
		[]string{"b@x.ca m@x.ca"}},
	{"nobody is paired without a language in common, nor with an evaluator",
		files("mentees.csv", "id,languages,supervisor\na,French,\nb,English,Dr Cy Diop\nc,Français,\nd,,\n", "mentors.csv", "id,name,languages\nm,Cy Diop,English\nn,Di Evans,bilingual\n"),
		[]string{"a n", "b n", "c n", "d m", "d n"}},
	{"those who did not agree are left out",
		files("people.csv", "e-mail,role,Do you agree to take part?\na@x.ca,mentee,Yes\nb@x.ca,mentee,No\nm@x.ca,mentor,I agree\n"),
		[]string{"a@x.ca m@x.ca"}},
	{"the names of two tables with ids that count answers",
		files("mentees.csv", "ID,Name\n1,Ana\n2,Bo\n", "mentors.csv", "ID,Name\n1,Cy\n2,Di\n"),
		[]string{"Ana Cy", "Ana Di", "Bo Cy", "Bo Di"}},
}

// hospital is how two departments of one hospital keep their lists.
var hospital = files(
	"Faculty 2027.csv", "\"Mentor Name (Last, First)\",Division,Academic Rank,Areas of expertise,Max # mentees,Clinic site,E-mail\n"+
		"\"Roy, Élise\",Cardiology,Associate Professor,\"Research, QI\",2,Civic,eroy@h.ca\n"+
		"\"Chan, Bo\",Nephrology,Assistant Professor,\"Wellness, Research\",1,General,bchan@h.ca\n",
	"Residents.csv", "Resident,PGY,Interests,Top 3 mentor choices,Home site,Preferred email\n"+
		"Ana Bell,PGY1,\"Research, QI\",\"Dr. Roy; Dr. Bo Chan\",Civic,abell@h.ca\n"+
		"Li Wei,PGY3,Wellness,Chan,General,lwei@h.ca\n")

func TestListsThatWereNeverMeantForEachOtherGoTogether(t *testing.T) {
	t.Parallel()
	r := load(t, hospital)
	want := []string{
		"abell@h.ca bchan@h.ca =840", // the second choice, and one of two interests
		"abell@h.ca eroy@h.ca =1400", // the first choice, both interests, the same site
		"lwei@h.ca bchan@h.ca =1200", // the first choice, one interest, the same site
		"lwei@h.ca eroy@h.ca =0",
	}
	if got := edges(problemOf(t, r)); !slices.Equal(got, want) {
		t.Errorf("the pairs are %q, want %q, by the rules\n%s", got, want, r.Inferred)
	}
	if r.Mentees["abell@h.ca"] != "Ana Bell" || r.Mentors["eroy@h.ca"] != "Roy, Élise" {
		t.Errorf("people are called %v and %v", r.Mentees, r.Mentors)
	}
}

func TestTablesWithoutRulesBecomePairs(t *testing.T) {
	t.Parallel()
	for _, c := range cohorts {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := load(t, c.files)
			var got []string
			for _, edge := range edges(problemOf(t, r)) {
				var words []string
				for _, word := range strings.Fields(edge) {
					if !strings.HasPrefix(word, "=") && !strings.Contains(word, "/") {
						words = append(words, word)
					}
				}
				got = append(got, strings.Join(words, " "))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("the pairs are\n%q, want\n%q\nby the rules\n%s", got, c.want, r.Inferred)
			}
			if r.Inferred == nil || len(r.Findings) == 0 || r.Rules != "" {
				t.Error("the roster does not say that its rules were inferred")
			}
		})
	}
}

// readsBack says whether inferred rules are read without a single issue, and come out the same whatever the order of
// the rows.
func readsBack(t *testing.T, inputs []Input) {
	t.Helper()
	text, findings, err := Infer(inputs)
	if err != nil {
		return
	}
	rep := &report{}
	readRules(Input{"rules.yaml", text}, rep)
	if rep.failed() {
		t.Fatalf("the inferred rules\n%s\nare refused: %v", text, rep.problems())
	}
	again, findingsAgain, err := Infer(slices.Clone(inputs))
	if err != nil || string(again) != string(text) || !slices.Equal(findings, findingsAgain) {
		t.Fatalf("the same tables gave\n%s\nand then\n%s (%v)", text, again, err)
	}
}

func TestInferredRulesAreReadLikeOthersAndDoNotDependOnTheOrderOfRows(t *testing.T) {
	t.Parallel()
	all := slices.Clone(cohorts)
	for _, dir := range []string{residency, "testdata/mentor-match-small"} {
		inputs, err := ReadFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		inputs = slices.DeleteFunc(inputs, func(in Input) bool { return in.Name == "rules.yaml" })
		all = append(all, cohort{name: dir, files: inputs})
	}
	random := rand.New(rand.NewPCG(3, 4))
	for _, c := range all {
		readsBack(t, c.files)
		want, _, err := Infer(c.files)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			var moved []Input
			for _, in := range c.files {
				moved = append(moved, shuffled(in, random))
			}
			if got, _, _ := Infer(moved); string(got) != string(want) {
				t.Errorf("%s: with shuffled rows the rules are\n%s\nwant\n%s", c.name, got, want)
			}
		}
		// What is inferred says all that is needed: as a file beside the tables it makes the same problem.
		without, err := Load(c.files)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		with := load(t, append(slices.Clone(c.files), Input{"rules.yaml", want}))
		if bytesOf(t, problemOf(t, with)) != bytesOf(t, problemOf(t, without)) {
			t.Errorf("%s: saved as a file, the inferred rules make another problem", c.name)
		}
	}
}

func TestAFormWithoutRulesGivesASensibleMatching(t *testing.T) {
	t.Parallel()
	inputs, err := ReadFolder("testdata/mentor-match-small")
	if err != nil {
		t.Fatal(err)
	}
	inputs = slices.DeleteFunc(inputs, func(in Input) bool { return in.Name == "rules.yaml" })
	p := problemOf(t, load(t, inputs))
	c := solved(t, p)
	if c.Values[0] != 50 {
		t.Errorf("%d of 50 mentees have a mentor", c.Values[0])
	}
	alike := 0
	for _, e := range c.Chosen {
		if p.Column("suitability")[e] > 0 {
			alike++
		}
	}
	if alike < 40 {
		t.Errorf("only %d pairs have a profession in common", alike)
	}
}

func TestWhatPeopleAreDecidesNothing(t *testing.T) {
	t.Parallel()
	head := "e-mail,role,gender,Race,Marital status,identity,interests,mentor identity\n"
	people := func(gender func(i int) string) []Input {
		var b strings.Builder
		b.WriteString(head)
		for i := range 12 {
			fmt.Fprintf(&b, "p%d@x.ca,%s,%s,Black,Single,Lesbian,%s,Gay\n", i, []string{"mentee", "mentor"}[i%2], gender(i), []string{"a;b", "b;c", "c"}[i%3])
		}
		return files("people.csv", b.String())
	}
	one := load(t, people(func(i int) string { return []string{"Woman", "Man"}[i%2] }))
	other := load(t, people(func(i int) string { return []string{"Man", "Woman"}[i/6] }))
	if bytesOf(t, problemOf(t, one)) != bytesOf(t, problemOf(t, other)) {
		t.Error("other genders make another problem")
	}
	text := string(one.Inferred)
	for _, line := range strings.Split(text, "\n") {
		for _, word := range []string{"gender", "Race", "Marital", "identity"} {
			if strings.Contains(line, word) && !strings.HasPrefix(strings.TrimSpace(line), "#") {
				t.Errorf("the inferred rules say %q", line)
			}
		}
	}
	if !strings.Contains(text, "#   mentees: [{column: gender, sensitive: true}, {column: Race, sensitive: true}, {column: Marital status, sensitive: true}, {column: identity, sensitive: true}, {column: mentor identity, sensitive: true}]") {
		t.Errorf("the personal characteristics are not proposed for the audit:\n%s", text)
	}
}

func TestOrderOfPreferenceIsTakenFromTheAnswers(t *testing.T) {
	t.Parallel()
	infer := func(first, second string) string {
		text, _, err := Infer(files("mentees.csv", "id,seeks\na,"+first+"\nb,"+second+"\n", "mentors.csv", "id,offers\nm,x;y\nn,x\n"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if text := infer("x;y", "y;x"); !strings.Contains(text, "  mentor: offers\n  weight: 10\n") {
		t.Errorf("lists in several orders are not taken as ordered:\n%s", text)
	}
	if text := infer("x;y", "y"); !strings.Contains(text, "- shared: {mentee: seeks, mentor: offers}") || strings.Contains(text, "  mentor: offers\n  weight:") {
		t.Errorf("lists in the order of a form are taken as ordered:\n%s", text)
	}
}

func TestTablesThatCannotBeToldApartAreRefusedWithARemedy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		files []Input
		want  string
	}{
		{"one table without roles", files("people.csv", "e-mail,name\na@x.ca,Ana\nb@x.ca,Bo\n"),
			`people.csv, row 1: this is the only table of people, and nothing in it says who is a mentee and who a mentor; add a column "role" with "mentee", "mentor" or "both" for everybody, or a second table`},
		{"nobody is a mentor", files("people.csv", "e-mail,role\na@x.ca,mentee\nb@x.ca,mentee\n"),
			`people.csv, row 1, column "role": in the only table of people the roles are "mentee", so that nobody is a mentee or nobody a mentor; write "mentee", "mentor" or "both" for everybody, or add a second table`},
		{"no column with people", files("table.csv", "colour,size\nred,1\nred,2\n"),
			`the folder: no table has a column that tells people apart; write one row per person, with an id, an e-mail address or a name under a heading such as "id", "e-mail" or "name"`},
		{"two tables alike", files("a.csv", "e-mail\na@x.ca\n", "b.csv", "e-mail\nb@x.ca\n"),
			`the folder: it cannot be told which table holds the mentees and which the mentors: there are a.csv and b.csv; call one file or sheet "Mentees" and one "Mentors", or write "mentees: {file: NAME}" and "mentors: {file: NAME}" in rules.yaml; people of one side belong into one table`},
		{"ids that stand twice", files("people.csv", "e-mail,role\na@x.ca,mentee\na@x.ca,mentee\nm@x.ca,mentor\n"),
			`people.csv, row 3, column "e-mail": "a@x.ca" stands in row 2 already; delete one of the rows, or give two people two ids`},
		{"answers of one person at one time", files("people.csv", "Timestamp,e-mail,role\n2027-01-01 8:00,a@x.ca,mentee\n2027-01-01 8:00,a@x.ca,mentee\n2027-01-01 8:00,m@x.ca,mentor\n"), `
people.csv, row 3, column "Timestamp": "2027-01-01 8:00" does not say whether the row counts or row 2, which is of the same mentee; delete one of the rows`},
		{"a name that two mentors have", files("mentees.csv", "id,mentors you would like\na,Ana Roy\nb,Bo Chan\nc,Bo Chan\n", "mentors.csv", "id,name\nm,Ana Roy\nn,Dr. Ana Roy\no,Bo Chan\n"),
			`mentees.csv, row 2, column "mentors you would like": "Ana Roy" could be any of "m" and "n"; write the id of the mentor who is meant`},
		{"a role that means nothing", append(files("people.csv", "e-mail,role\na@x.ca,mentee\nb@x.ca,mentr\nm@x.ca,mentor\n"), Input{"rules.yaml", []byte("version: 1\npeople:\n  id: e-mail\n  role: {column: role, mentee: mentee, mentor: mentor}\n")}),
			`people.csv, row 3, column "role": "mentr" is no role; write "mentor", or add the word under "people role" in rules.yaml`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(test.files)
			if err == nil {
				t.Fatal("Load took the files as they are")
			}
			if got := err.Error(); got != strings.TrimSpace(test.want) {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(test.want))
			}
		})
	}
}

func TestARosterOfOneTableKnowsWhoIsBoth(t *testing.T) {
	t.Parallel()
	r := load(t, files("people.csv", "id,name,role\na,Ana,mentee\nb,Bo,both\nm,Mo,mentor\n"))
	p := problemOf(t, r)
	if !slices.Equal(p.Mentees, []string{"a", "b"}) || !slices.Equal(p.Mentors, []string{"b", "m"}) {
		t.Errorf("mentees %v and mentors %v", p.Mentees, p.Mentors)
	}
	if r.Mentees["b"] != "Bo" || r.Mentors["b"] != "Bo" {
		t.Errorf("b is called %q and %q", r.Mentees["b"], r.Mentors["b"])
	}
	if got := r.Barriers(match.MenteeSide, "b"); len(got) != 1 || got[0].Rule != "they are the same person" {
		t.Errorf("b is kept from mentors by %v", got)
	}
}

// bookOf writes tables into the sheets of a workbook, by the names of the sheets, in their order.
func bookOf(t *testing.T, name string, sheets ...[][]string) Input {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for k, rows := range sheets {
		sheet := rows[0][0]
		if k == 0 {
			f.SetSheetName("Sheet1", sheet)
		} else if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for r, row := range rows[1:] {
			for c, cell := range row {
				f.SetCellStr(sheet, fmt.Sprint(letters(c), r+1), cell)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return Input{name, b.Bytes()}
}

func TestSheetsOfAWorkbookBecomePairs(t *testing.T) {
	t.Parallel()
	book := bookOf(t, "cohorte.xlsx",
		[][]string{{"À lire"}, {"Les réponses sont dans les autres feuilles."}},
		[][]string{{"Personnes mentorées"}, {"Programme de mentorat 2027"}, {}, {"Courriel", "Prénom", "Nom"}, {"a@x.ca", "Ana", "Roy"}, {"B@x.ca", "Bo", "Chan"}},
		[][]string{{"Mentors"}, {"Courriel", "Nom complet", "Places disponibles"}, {"b@x.ca", "Bo Chan", "1"}, {"m@x.ca", "Mo Diop", "2"}},
		[][]string{{"Conflits"}, {"person", "other", "kind"}, {"a@x.ca", "m@x.ca", "family"}},
		[][]string{{"Jumelages 2026"}, {"Mentoré", "Mentor"}, {"Roy, Ana", "Bo Chan"}})
	r := load(t, []Input{book})
	p := problemOf(t, r)
	if got, want := edges(p), []string{"a@x.ca b@x.ca existing", "b@x.ca m@x.ca"}; !slices.Equal(got, want) {
		t.Errorf("the pairs are %q, want %q, by the rules\n%s", got, want, r.Inferred)
	}
	if r.Mentees["a@x.ca"] != "Ana Roy" || r.Mentors["m@x.ca"] != "Mo Diop" {
		t.Errorf("people are called %v and %v", r.Mentees, r.Mentors)
	}
	readsBack(t, []Input{book})
	if p := problemOf(t, load(t, []Input{book, {"rules.yaml", r.Inferred}})); !slices.Equal(edges(p), []string{"a@x.ca b@x.ca existing", "b@x.ca m@x.ca"}) {
		t.Errorf("with the inferred rules as a file the pairs are %q", edges(p))
	}
}

func TestRulesNameTheSheetsThatTheyMean(t *testing.T) {
	t.Parallel()
	book := bookOf(t, "all.xlsx",
		[][]string{{"2026"}, {"id", "name"}, {"old", "Old"}}, [][]string{{"Residents"}, {"id", "name"}, {"a", "Ana"}}, [][]string{{"Staff"}, {"id", "name"}, {"m", "Mo"}})
	for _, test := range []struct{ name, rules, want string }{
		{"sheets", "mentees: {file: all.xlsx, sheet: residents}\nmentors: {sheet: Staff}\n", "a m"},
		{"a file of several sheets", "mentees: {file: all.xlsx}\nmentors: {sheet: Staff}\n", `rules.yaml, line 2, mentees file: "all.xlsx" has several sheets with tables; write "sheet:" below it and one of "2026", "Residents" and "Staff"`},
		{"a sheet that is not there", "mentees: {sheet: Resident}\nmentors: {sheet: Staff}\n", `rules.yaml, line 2, mentees sheet: "Resident" is no sheet with a table; write "Residents"`},
		{"a file that is not there", "mentees: {file: al.xlsx}\nmentors: {sheet: Staff}\n", `rules.yaml, line 2, mentees file: "al.xlsx" is no file among those that were given; write "all.xlsx"`},
		{"one sheet for both", "mentees: {sheet: Staff}\nmentors: {sheet: Staff}\n", `rules.yaml, line 3, mentors sheet: "Staff" is the table of the mentees too; write "people:" with "role:" in place of the two, which says who is who in one table`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r, err := Load([]Input{book, {"rules.yaml", []byte("version: 1\n" + test.rules)}})
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				got = strings.Join(edges(problemOf(t, r)), ", ")
			}
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestTablesAreFoundWhereRulesDoNotNameThem(t *testing.T) {
	t.Parallel()
	r := load(t, files("faculty.csv", "id\nm\n", "residents.csv", "id\na\n", "rules.yaml", "version: 1\n"))
	if got := edges(problemOf(t, r)); !slices.Equal(got, []string{"a m"}) {
		t.Errorf("the pairs are %q", got)
	}
	if r.Inferred != nil || r.Rules != "rules.yaml" {
		t.Error("rules were inferred although there are some")
	}
	var notes []string
	for _, n := range r.Notes {
		notes = append(notes, n.String())
	}
	for _, want := range []string{"residents.csv: is not named in the rules; taken for the table of mentees", "faculty.csv: is not named in the rules; taken for the table of mentors"} {
		if !slices.Contains(notes, want) {
			t.Errorf("the notes are %q, without %q", notes, want)
		}
	}
}

func TestTheOtherTableIsFoundWhereRulesNameOne(t *testing.T) {
	t.Parallel()
	two := files("list 1.csv", "id\na\n", "list 2.csv", "id\nm\n", "rules.yaml", "version: 1\nmentors: {file: List 2.csv}\n")
	if got := edges(problemOf(t, load(t, two))); !slices.Equal(got, []string{"a m"}) {
		t.Errorf("the pairs are %q", got)
	}
	_, err := Load(append(two, Input{"list 3.csv", []byte("id\nz\n")}))
	if want := `rules.yaml: nothing says which table holds the mentees; write "file:" and its name under "mentees"`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestChoicesAreFoundByNameAndByAddress(t *testing.T) {
	t.Parallel()
	r := load(t, files(
		"mentees.csv", "id,wishes\na,\"Roy, Élise; bo@x.ca\"\nb,DR. ELISE M. ROY\nc,Zebulon Quixote\nd,aucune\n",
		"mentors.csv", "id,first,last,mail\nm,Elise,Roy,e@x.ca\nn,Bo,Chan,bo@x.ca\n",
		"rules.yaml", "version: 1\nmentors: {name: [first, last]}\nmentees:\n  choices: wishes\n  choices by: [id, mail, name]\n  unlisted: last\nlists: {wishes: ;}\npoints: [{choice: mentee, weight: 8}]\n"))
	if got, want := edges(problemOf(t, r)), []string{"a m =800", "a n =640", "b m =800", "b n =0", "c m =0", "c n =0", "d m =0", "d n =0"}; !slices.Equal(got, want) {
		t.Errorf("the pairs are %q, want %q", got, want)
	}
	var notes []string
	for _, n := range r.Notes {
		if n.Column == "wishes" {
			notes = append(notes, n.String())
		}
	}
	want := []string{
		`mentees.csv, row 4, column "wishes": "Zebulon Quixote" is nobody in mentors.csv; this choice cannot come true`,
		`mentees.csv, row 5, column "wishes": "aucune" names nobody; taken as no choice`,
	}
	if !slices.Equal(notes, want) {
		t.Errorf("the notes are %q, want %q", notes, want)
	}
	_, err := Load(files("mentees.csv", "id,wishes\na,Elise Ray\n", "mentors.csv", "id,name\nm,Elise Roy\n", "rules.yaml", "version: 1\nmentees: {choices: wishes, choices by: name}\n"))
	if want := `mentees.csv, row 2, column "wishes": "Elise Ray" is nobody in mentors.csv; write "Elise Roy" or "m" if that is meant, or delete it`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTheLaterOfTwoTimesIsTold(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b         string
		later, known bool
	}{
		{"2027-04-05 08:00:01", "2027-04-05 08:00:02", true, true},
		{"2027/04/05 11:59:00 PM EST", "2027/04/05 8:00:00 AM EST", false, true},
		{"2027/04/05 12:10:00 AM", "2027/04/05 1:10:00 AM", true, true},
		{"1/31/2027 8:00", "2/1/2027 8:00", true, true},  // January 31st, so the month comes first
		{"1/2/2027 8:00", "2/1/2027 8:00", false, false}, // either
		{"1/2/2027 8:00", "2/3/2027 8:00", true, true},   // later both ways
		{"31.1.27 8:00", "1.2.27 8:00", true, true},      // days first
		{"46117.5", "46117.25", false, true},             // as workbooks count
		{"2027-04-05 08:00", "2027-04-05 08:00", false, false},
		{"yesterday", "2027-04-05 08:00", false, false},
		{"2027-02-30", "2027-03-01", false, false}, // no such day
	} {
		if later, known := isLater(test.a, test.b); later != test.later || known != test.known {
			t.Errorf("isLater(%q, %q) = %v, %v", test.a, test.b, later, known)
		}
	}
}

func TestRealExportsAreReadOrRefusedWithoutRules(t *testing.T) {
	t.Parallel()
	root := dataFolder(t, "matching-and-import")
	files := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".csv" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		input := Input{filepath.Base(path), data}
		readsBack(t, []Input{input})
		loads(t, []Input{input})
		loads(t, []Input{input, {"faculty.csv", []byte("id,name\nm,Ana Roy\n")}})
		return nil
	})
	if err != nil || files < 25 {
		t.Errorf("%d files were tried (%v)", files, err)
	}
}
