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
	Student:  {"career_choice", "career_choice", "career_choice", "research", "wellbeing_identity", "belonging_transition", "clinical_skill"},
	Resident: {"career_choice", "career_choice", "research", "research", "clinical_skill", "wellbeing_identity", "family_life", "practice_management", "education_teaching", "belonging_transition"},
	Fellow:   {"career_advancement", "career_advancement", "research", "research", "education_teaching", "family_life", "belonging_transition"},
	Faculty:  {"career_advancement", "career_advancement", "leadership_succession", "research", "education_teaching", "wellbeing_identity", "practice_management"},
}

// offered are what mentors offer. Leadership, research and belonging are scarce: that is what a program finds out.
var offered = []string{
	"clinical_skill", "clinical_skill", "clinical_skill", "career_choice", "career_choice", "career_choice", "career_advancement",
	"education_teaching", "education_teaching", "wellbeing_identity", "family_life", "practice_management", "research", "research",
	"leadership_succession", "belonging_transition",
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
	var alone []int
	for i := range people {
		m.askAndOffer(&people[i])
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
	}
	if p.Mentors {
		p.Offers = m.distinct(offered, 2+m.random.IntN(3))
		slices.SortFunc(p.Offers, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	}
}

// place is where a purpose stands in its list.
func place(purpose string) int {
	return slices.IndexFunc(vocabulary.Purposes().Terms, func(t vocabulary.Term) bool { return t.Code == purpose })
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

// choose lets three of four of those who look for a mentor name three to eight, among those of the same field, site or
// purpose for choice. The most popular mentor is named about five times as often as the average one.
func (m *maker) choose() {
	people := m.school.People
	var mentors []int
	for i := range people {
		if people[i].Mentors {
			mentors = append(mentors, i)
		}
	}
	if len(mentors) < 10 {
		return // too few for lists of their own
	}
	popular := make([]int, len(mentors))
	for k, j := range m.random.Perm(len(mentors)) {
		popular[j] = 1_000_000 / (k + 1 + len(mentors)/15) // Zipf-Mandelbrot
	}
	for i := range people {
		p := &people[i]
		if !p.Seeks || m.random.IntN(4) == 0 {
			continue
		}
		weights := make([]int, len(mentors))
		for k, j := range mentors {
			if j != i {
				weights[k] = popular[k] * likes(p, &people[j])
			}
		}
		for range min(3+m.random.IntN(6), len(mentors)-1) {
			k := m.weighed(weights)
			p.Choices = append(p.Choices, mentors[k])
			weights[k] = 0
		}
	}
}

// weighed draws one of several by their weights.
func (m *maker) weighed(weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	ticket := m.random.IntN(sum)
	for k, w := range weights {
		if ticket -= w; ticket < 0 {
			return k
		}
	}
	panic("sample: a ticket beyond the sum of the weights")
}

// likes says how many reasons there are to name a mentor.
func likes(p, mentor *Person) int {
	reasons := 1
	if p.Specialty != "" && field(p.Specialty) == field(mentor.Specialty) {
		reasons += 3
	}
	if p.Site == mentor.Site || p.Destination == mentor.Site {
		reasons++
	}
	if slices.ContainsFunc(p.Wishes, func(w string) bool { return slices.Contains(mentor.Offers, w) }) {
		reasons += 3
	}
	return reasons
}

// field is the specialty without what is below it.
func field(specialty string) string {
	if t, ok := vocabulary.Specialties().Find(specialty); ok && t.Parent != "" {
		return t.Parent
	}
	return specialty
}

// connect says who has authority over whom this year, who is family, who asked not to be paired with whom, and which
// pairs of last year go on.
func (m *maker) connect() {
	people := m.school.People
	byField := map[string][]int{}
	for i := range people {
		if people[i].Part == Faculty {
			byField[field(people[i].Specialty)] = append(byField[field(people[i].Specialty)], i)
		}
	}
	mentors := map[int]int{}
	for i := range people {
		p := &people[i]
		near := byField[field(p.Specialty)]
		if p.Part == Resident && len(near) > 0 {
			m.edge(near[m.random.IntN(len(near))], i, "evaluates", "2027-07-01", "2028-06-30")
		}
		if !p.Seeks || p.Mistyped || len(p.Choices) == 0 {
			continue
		}
		switch first := p.Choices[0]; m.random.IntN(40) {
		case 0:
			m.edge(i, p.Choices[len(p.Choices)-1], "family", "", "")
			p.Choices = p.Choices[:len(p.Choices)-1]
		case 1:
			m.edge(i, m.draws(near, first), "not_with", "", "")
		case 2, 3, 4, 5:
			if mentors[first] < people[first].Places {
				mentors[first]++
				m.school.Pairs = append(m.school.Pairs, [2]int{i, first})
			}
		}
	}
}

// draws picks one of several people, or the other when there is nobody.
func (m *maker) draws(from []int, other int) int {
	if len(from) == 0 {
		return other
	}
	return from[m.random.IntN(len(from))]
}

func (m *maker) edge(person, other int, kind, from, to string) {
	if person != other {
		m.school.Edges = append(m.school.Edges, Edge{person, other, kind, from, to})
	}
}
