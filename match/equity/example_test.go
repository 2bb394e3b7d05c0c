package equity_test

import (
	"fmt"
	"log"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/equity"
)

// Of 80 residents at two sites, those by the sea are rarely given a mentor.
func ExampleAudit() {
	b := match.NewBuilder(match.StableForMentees)
	site := map[string]string{}
	for i := range 80 {
		id, mentor := fmt.Sprint("R", 100+i), fmt.Sprint("F", 100+i)
		site[id] = []string{"Harbour", "Hill", "Hill"}[i%3]
		b.Person(match.MenteeSide, id, 1, 0)
		b.Person(match.MentorSide, mentor, 1, 0)
		b.Pair(match.Pair{Mentee: id, Mentor: mentor})
	}
	p, err := b.Problem()
	if err != nil {
		log.Fatal(err)
	}
	var chosen []int32
	for i := range 80 {
		if i%3 > 0 && i%5 > 0 || i%2 > 0 {
			chosen = append(chosen, int32(i))
		}
	}

	report, err := equity.Audit(p, chosen, []equity.Characteristic{{Name: "site", Side: match.MenteeSide, Values: site}}, equity.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range report.Flags() {
		own, _ := c.Own.Rate()
		others, _ := c.Others.Rate()
		fmt.Printf("%s: %v of the %s, %v of the %s; by chance with a probability of %v\n", c.Outcome.Measure, own, c.Group, others, c.Other, c.Corrected)
	}
	// Output:
	// placed: 48.1% of the Harbour, 90.6% of the Hill; by chance with a probability of <0.0001
}
