package roster

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

// The files are those of a published tutorial, raw and dirty, and its student-optimal allocation.
const daffidwilde = "testdata/daffidwilde-spa"

func TestStudentsGetThePublishedAllocation(t *testing.T) {
	t.Parallel()
	r := loadFolder(t, daffidwilde)
	p := problemOf(t, r)
	if p.Aim != match.StableForMentees {
		t.Errorf("the aim is %s, want %s", p.Aim, match.StableForMentees)
	}
	c := solved(t, p)

	file, err := os.Open(daffidwilde + "/expected_student_optimal.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}

	for _, row := range rows[1:] {
		if row[1] == "" {
			continue
		}
		want[row[0]] = row[1]
	}
	got := map[string]string{}
	for _, e := range c.Chosen {
		student, project := p.Mentees[p.Edges.Mentee[e]], p.PurposeName(int(e))
		got[student] = project
		if supervisor := p.Mentors[p.Edges.Mentor[e]]; !strings.HasPrefix(project, supervisor) {
			t.Errorf("project %s is with supervisor %s", project, supervisor)
		}
	}
	if len(got) != 93 {
		t.Errorf("%d students are placed, want 93", len(got))
	}
	for student, project := range want {
		if got[student] != project {
			t.Errorf("student %s has project %q, want %q", student, got[student], project)
		}
	}
	if got := profile(p, c); len(got) < 2 || got[0] != 46 || got[1] != 25 {
		t.Errorf("%v students have their first, second, ... choice; want 46, 25, ...", got)
	}
	var unplaced []string
	for _, student := range p.Mentees {
		if got[student] == "" {
			unplaced = append(unplaced, student)
		}
	}
	if want := []string{"190025", "190029", "190035", "190040"}; !slices.Equal(unplaced, want) {
		t.Errorf("without a project are %v, want %v", unplaced, want)
	}
}

func TestWhatStudentFilesContradictIsPutRightWithANote(t *testing.T) {
	t.Parallel()
	r := loadFolder(t, daffidwilde)
	kinds := map[string]int{}
	for _, note := range r.Notes {
		switch {
		case strings.HasPrefix(note.Instead, "corrected"):
			kinds["corrected in "+note.File]++
		case strings.HasPrefix(note.Instead, "counted once"):
			kinds["counted once"]++
		default:
			kinds[note.Instead]++
		}
	}
	for kind, want := range map[string]int{
		"corrected in projects.csv": 19, "corrected in supervisors.csv": 3, "set aside": 3, "left out": 1, "not read": 1,
	} {
		if kinds[kind] != want {
			t.Errorf("%d notes say %q, want %d", kinds[kind], kind, want)
		}
	}
	// The first student has G2 as choices 0, 11 and 13.
	for _, want := range []string{
		`students.csv, row 2, column "11": "G2" is chosen twice; counted once, as choice 1`,
		`projects.csv, row 35: "L1" is chosen by nobody; left out`,
		`supervisors.csv, row 13, column "capacity": "2" is more than the projects of L take together; corrected to 1`,
	} {
		if !slices.ContainsFunc(r.Notes, func(n Note) bool { return n.String() == want }) {
			t.Errorf("no note says %s", want)
		}
	}
	var aside []string
	for _, s := range r.SetAside {
		aside = append(aside, s.ID+": "+s.Why)
	}
	if want := []string{"190041: has no choices", "190082: has no choices", "190087: has no choices"}; !slices.Equal(aside, want) {
		t.Errorf("set aside are %v, want %v", aside, want)
	}
}

func TestSupervisorsWithoutRoomAreSetAside(t *testing.T) {
	t.Parallel()
	r := load(t, files(
		"students.csv", "name,rank,choice 1,choice 2\n1,2,P,Q\n2,1,Q,\n",
		"projects.csv", "code,capacity,supervisor\nP,1,S\nQ,1,T\n",
		"supervisors.csv", "name,capacity\nS,0\nT,1\n"))
	p := problemOf(t, r)
	if !slices.Equal(p.Mentors, []string{"T"}) || p.Edges.Len() != 2 {
		t.Errorf("the mentors are %v with %d pairs, want T with 2", p.Mentors, p.Edges.Len())
	}
	if p.Edges.MenteeRank[0] != 2 {
		t.Errorf("student 1 has Q as choice %d, want 2: the place in the list stays", p.Edges.MenteeRank[0])
	}
	if len(r.SetAside) != 1 || r.SetAside[0].ID != "S" {
		t.Errorf("set aside are %v, want S", r.SetAside)
	}
}
