package sample

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// purposesOf are what people of a part look for, the most common first; where a purpose stands twice it is so much more
// common.
var purposesOf = map[Part][]string{
	Student:  {"career_choice", "career_choice", "career_choice", "clinical_skill", "clinical_skill", "wellbeing_identity", "wellbeing_identity", "belonging_transition", "research"},
	Resident: {"career_choice", "career_choice", "career_choice", "clinical_skill", "clinical_skill", "wellbeing_identity", "family_life", "practice_management", "practice_management", "education_teaching", "research"},
	Fellow:   {"career_advancement", "career_advancement", "career_choice", "education_teaching", "family_life", "practice_management", "research"},
	Faculty:  {"career_advancement", "career_advancement", "education_teaching", "education_teaching", "wellbeing_identity", "practice_management", "family_life", "research"},
}

// offered are what mentors offer, each as often as its share says.
var offered = repeat([]share{
	{"clinical_skill", 6}, {"career_choice", 6}, {"career_advancement", 4}, {"education_teaching", 4}, {"wellbeing_identity", 3},
	{"family_life", 2}, {"practice_management", 2},
})

// A scarcity is a purpose of which a program finds out that too few offer it: out of 1000 mentees so many seek nothing
// else, and for so many there are places with mentors who offer it.
type scarcity struct {
	purpose       string
	by            []Part
	asked, places int
}

// scarce leaves about one mentee in twenty-five without a mentor.
var scarce = []scarcity{
	{"research", []Part{Student, Resident, Fellow}, 170, 145},
	{"belonging_transition", []Part{Student, Resident}, 50, 38},
	{"leadership_succession", []Part{Fellow, Faculty}, 25, 18},
}

// enrol decides who takes part: 45 % of faculty mentor; two thirds of residents, half of the fellows and a fifth of the
// students look for a mentor; and of all who take part 12 % do both.
func (m *maker) enrol() {
	of := map[Part][]int{}
	for i, p := range m.school.People {
		of[p.Part] = append(of[p.Part], i)
	}
	people := m.school.People
	m.mark(len(of[Faculty]), perMille(len(of[Faculty]), volunteering), func(k int) { people[of[Faculty][k]].Mentors = true })
	for _, part := range []share{{string(Resident), 667}, {string(Fellow), 500}, {string(Student), 200}} {
		group := of[Part(part.name)]
		m.mark(len(group), perMille(len(group), part.n), func(k int) { people[group[k]].Seeks = true })
	}
	m.enrolBoth()
	var mentors []int
	for i := range people {
		if people[i].Mentors {
			mentors = append(mentors, i)
		}
	}
	m.deal(len(mentors), places, func(k int, n string) { fmt.Sscan(n, &people[mentors[k]].Places) })
	for i := range people {
		m.askAndOffer(&people[i])
	}
	m.makeScarce(mentors)
	var alone []int
	for i := range people {
		if people[i].Seeks && !people[i].Mentors {
			alone = append(alone, i)
		}
	}
	m.mark(len(alone), min(len(alone), perMille(len(mentors)+len(alone), mistyping)), func(k int) { people[alone[k]].Mistyped = true })
}

// enrolBoth gives the other part too to some who take part: to younger faculty who mentor, and to senior residents and
// fellows who look for a mentor.
func (m *maker) enrolBoth() {
	var taking, may []int
	for i, p := range m.school.People {
		if !p.Mentors && !p.Seeks {
			continue
		}
		taking = append(taking, i)
		if p.Mentors && (p.Rank == "lecturer" || p.Rank == "assistant") || p.Level == "resident_senior" || p.Level == "fellow" {
			may = append(may, i)
		}
	}
	m.mark(len(may), min(len(may), perMille(len(taking), bothRoles)), func(k int) {
		p := &m.school.People[may[k]]
		p.Mentors, p.Seeks = true, true
	})
}

func (m *maker) askAndOffer(p *Person) {
	if p.Seeks {
		p.Wanted = 1 + m.random.IntN(3)/2
		p.Wishes = m.distinct(purposesOf[p.Part], 1+m.random.IntN(3))
		for !slices.ContainsFunc(p.Wishes, func(w string) bool { return !isScarce(w) }) {
			p.Wishes = m.distinct(purposesOf[p.Part], 1+len(p.Wishes))
		}
	}
	if p.Mentors {
		p.Offers = m.distinct(offered, 2+m.random.IntN(3))
	}
}

// place is where a purpose stands in its list.
func place(purpose string) int {
	return slices.IndexFunc(vocabulary.Purposes().Terms, func(t vocabulary.Term) bool { return t.Code == purpose })
}

// makeScarce lets some seek a scarce purpose and nothing else, and gives it to mentors with the places there are to be.
func (m *maker) makeScarce(mentors []int) {
	people := m.school.People
	mentees := count(m.school, func(p *Person) bool { return p.Seeks })
	for _, s := range scarce {
		var may []int
		for i := range people {
			if p := &people[i]; p.Seeks && slices.Contains(s.by, p.Part) && len(p.Wishes) > 1 {
				may = append(may, i)
			}
		}
		m.mark(len(may), min(len(may), perMille(mentees, s.asked)), func(k int) { people[may[k]].Wishes = []string{s.purpose} })
		left := perMille(mentees, s.places)
		for _, k := range m.random.Perm(len(mentors)) {
			if p := &people[mentors[k]]; p.Places <= left && !slices.ContainsFunc(p.Offers, isScarce) {
				p.Offers = append(p.Offers, s.purpose)
				left -= p.Places
			}
		}
	}
	for _, i := range mentors {
		slices.SortFunc(people[i].Offers, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	}
}

func isScarce(purpose string) bool {
	return slices.ContainsFunc(scarce, func(s scarcity) bool { return s.purpose == purpose })
}

// count says how many people are so.
func count(s *School, is func(*Person) bool) int {
	n := 0
	for i := range s.People {
		if is(&s.People[i]) {
			n++
		}
	}
	return n
}

// repeat writes each word as often as its share says, to draw from.
func repeat(shares []share) []string {
	var words []string
	for _, s := range shares {
		words = append(words, slices.Repeat([]string{s.name}, s.n)...)
	}
	return words
}

// distinct draws n words, each once.
func (m *maker) distinct(words []string, n int) []string {
	var drawn []string
	for len(drawn) < n {
		if word := m.draw(words); !slices.Contains(drawn, word) {
			drawn = append(drawn, word)
		}
	}
	return drawn
}
