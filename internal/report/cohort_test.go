package report

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/chiron-mentoring/chiron/match/roster"
)

// cohort makes up a program of some size, as spreadsheets. Equal arguments give equal files.
func cohort(mentees, mentors int, seed uint64) []roster.Input {
	rng := rand.New(rand.NewPCG(seed, 1))
	one := func(list []string) string { return list[rng.IntN(len(list))] }
	some := func(list []string, least, most int) string {
		var picked []string
		for _, k := range rng.Perm(len(list))[:least+rng.IntN(most-least+1)] {
			picked = append(picked, list[k])
		}
		return strings.Join(picked, "; ")
	}
	given := []string{"Amal", "Léa", "Noah", "Priya", "Émile", "Chloé", "Tomasz", "Sofia", "Owen", "Maëlle", "Ifeoma", "Jonah", "Hana", "Lucas", "Mei", "Grace", "Samir", "Ruth", "Zahra", "Liam", "Ève", "Daniel", "Arjun", "Florence"}
	family := []string{"Haddad", "Tremblay", "Sinclair", "Raman", "Gagnon", "Bergeron", "Wilk", "Marchetti", "Fraser", "Caron", "Nwosu", "Penner", "Suzuki", "Desrosiers", "Zhang", "Abara", "Benali", "Kowalchuk", "O'Donnell", "Charbonneau", "Osei", "Mehta", "Audet", "Thorvaldson"}
	specialties := []string{"Anesthesiology", "Emergency medicine", "Family medicine", "General surgery", "Internal medicine", "Neurology", "Pediatrics", "Psychiatry"}
	purposes := []string{"belonging and transition", "career advancement", "career choice", "clinical skill", "education and teaching", "family life", "leadership and succession", "practice management", "research", "wellbeing and identity"}
	interests := []string{"addiction care", "clinical trials", "global health", "Indigenous health", "medical education", "medical humanities", "palliative care", "planetary health", "point-of-care ultrasound", "quality improvement", "rural practice", "simulation"}
	languages := []string{"English", "English", "English", "French; English", "French"}

	var m, f strings.Builder
	m.WriteString("id,name,specialty,year,languages,seeks,interests,mentors wanted,evaluated by,choice 1,choice 2,choice 3\n")
	for i := range mentees {
		fmt.Fprintf(&m, "R%04d,%s %s,%s,PGY%d,%s,%s,%s,%d,F%04d,F%04d,F%04d,F%04d\n", i+1, one(given), one(family), one(specialties), 1+rng.IntN(5),
			one(languages), some(purposes, 2, 4), some(interests, 1, 4), 1+rng.IntN(8)/7, 1+rng.IntN(mentors), 1+rng.IntN(mentors/3), 1+mentors/3+rng.IntN(mentors/3), 1+2*mentors/3+rng.IntN(mentors/3))
	}
	f.WriteString("id,name,specialty,welcomes,languages,offers,interests,places\n")
	for j := range mentors {
		own := one(specialties)
		fmt.Fprintf(&f, "F%04d,Dr %s %s,%s,%s; %s,%s,%s,%s,%d\n", j+1, one(given), one(family), own, own, some(specialties, 1, 3),
			one(languages), some(purposes, 2, 4), some(interests, 1, 4), 1+rng.IntN(3))
	}
	return []roster.Input{
		{Name: "mentees.csv", Data: []byte(m.String())}, {Name: "mentors.csv", Data: []byte(f.String())}, {Name: "rules.yaml", Data: []byte(cohortRules)},
	}
}

const cohortRules = `version: 1
seed: "dice 4 6 1 3 2"
goals: [placed, pairs, suitability, even load, lottery]
mentees:
  takes: mentors wanted
  choices: [choice 1, choice 2, choice 3]
  unlisted: last
mentors:
  takes: places
purposes:
  mentee: seeks
  mentor: offers
  per pair: one
  points: [10, 6, 3, 1]
must:
  - in: {mentee: specialty, mentor: welcomes}
    name: mentor welcomes the specialty
  - shared: languages
  - not contains: {mentee: evaluated by, mentor: id}
    name: does not evaluate the resident
points:
  - choice: mentee
    points: [8, 5, 3]
  - shared: interests
    points: 4
    most: 8
`
