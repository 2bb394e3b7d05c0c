package match_test

import (
	"fmt"
	"os"

	"github.com/chiron-mentoring/chiron/match"
)

// Two residents look for a mentor. Amina would like Dr. Roy best, Ben as well, and Dr. Roy has one place and would
// rather have Ben. Dr. Silva takes anybody.
func residents() *match.Problem {
	b := match.NewBuilder(match.StableForMentees)
	b.Person(match.MenteeSide, "amina", 1, 0)
	b.Person(match.MenteeSide, "ben", 1, 0)
	b.Person(match.MentorSide, "dr-roy", 1, 0)
	b.Person(match.MentorSide, "dr-silva", 2, 0)
	b.Pair(match.Pair{Mentee: "amina", Mentor: "dr-roy", MenteeRank: 1, MentorRank: 2})
	b.Pair(match.Pair{Mentee: "amina", Mentor: "dr-silva", MenteeRank: 2, MentorRank: 1})
	b.Pair(match.Pair{Mentee: "ben", Mentor: "dr-roy", MenteeRank: 1, MentorRank: 1})
	b.Pair(match.Pair{Mentee: "ben", Mentor: "dr-silva", MenteeRank: 2, MentorRank: 1})
	p, err := b.Problem()
	if err != nil {
		panic(err)
	}
	return p
}

// A certificate lists the pairs, by their numbers in the problem, and who was refused on the way. Whoever has the
// problem can tell whether it is right.
func ExampleCheck() {
	p := residents()
	c := &match.Certificate{
		Outcome:  match.IsStable,
		Chosen:   []int32{1, 2}, // Amina with Dr. Silva, Ben with Dr. Roy
		Rejected: []int32{0},    // Dr. Roy refused Amina, since Ben asked, too
	}
	fmt.Println("as it was found:", match.Check(p, c))

	c.Chosen = []int32{0, 3} // somebody exchanges the two in the spreadsheet
	fmt.Println("as it was edited:", match.Check(p, c))
	// Output:
	// as it was found: <nil>
	// as it was edited: the pair of mentee ben and mentor dr-roy is not chosen, but both would rather have it
}

// Dr. Roy takes three mentees, but only one of them for research. The mentees' rows come in any order; the problem's
// file does not show it.
func ExampleBuilder() {
	b := match.NewBuilder(match.Optimal)
	b.Person(match.MentorSide, "dr-roy", 3, 0)
	b.Class(match.MentorSide, "dr-roy", "research", "", 1, 0)
	for _, mentee := range []string{"chloe", "amina", "ben"} {
		b.Person(match.MenteeSide, mentee, 1, 0)
	}
	b.Pair(match.Pair{Mentee: "ben", Mentor: "dr-roy", Purpose: "research", MentorClass: "research", Values: map[string]int32{"suitability": 80}})
	b.Pair(match.Pair{Mentee: "chloe", Mentor: "dr-roy", Purpose: "career", Values: map[string]int32{"suitability": 60}})
	b.Pair(match.Pair{Mentee: "amina", Mentor: "dr-roy", Purpose: "research", MentorClass: "research", Values: map[string]int32{"suitability": 70}})
	b.Goals = []match.Goal{{Name: "placed", Pairs: true}, {Name: "suitability", Column: "suitability"}}
	p, err := b.Problem()
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := p.Write(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	//  "chiron": "problem/1",
	//  "kind": "two-sided",
	//  "aim": "optimal",
	//  "mentees": {
	//   "id": ["amina","ben","chloe"],
	//   "max": [1,1,1]
	//  },
	//  "mentors": {
	//   "id": ["dr-roy"],
	//   "max": [3]
	//  },
	//  "classes": {
	//   "name": ["research"],
	//   "parent": [3],
	//   "max": [1]
	//  },
	//  "purposes": ["career","research"],
	//  "edges": {
	//   "mentee": [0,1,2],
	//   "mentor": [0,0,0],
	//   "purpose": [1,1,0],
	//   "mentorCap": [4,4,3]
	//  },
	//  "columns": {
	//   "suitability": [70,80,60]
	//  },
	//  "goals": [{
	//   "name": "placed",
	//   "pairs": true
	//  },{
	//   "name": "suitability",
	//   "column": "suitability"
	//  }]
	// }
}
