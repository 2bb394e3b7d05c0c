package sample

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

const (
	careless     = 15  // one list in so many has a name on it that nobody looked up
	profilesRead = 500 // nobody reads more descriptions of mentors than that
)

// choose lets three of four of those who look for a mentor name three to eight, among those who speak their language,
// offer what they look for and do not evaluate them, and rather of the same field or site. The most popular mentor is
// named about five times as often as the average one.
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
	popular := map[int]int{}
	for k, j := range m.random.Perm(len(mentors)) {
		popular[mentors[j]] = 1_000_000 / (k + 1 + len(mentors)/7) // Zipf-Mandelbrot
	}
	for i := range people {
		if people[i].Seeks && m.random.IntN(4) > 0 {
			people[i].Choices = m.list(i, m.profiles(mentors), popular)
		}
	}
}

// profiles are the mentors of whom somebody reads before choosing.
func (m *maker) profiles(mentors []int) []int {
	if len(mentors) <= profilesRead {
		return mentors
	}
	from := m.random.IntN(len(mentors) - profilesRead + 1)
	return mentors[from : from+profilesRead]
}

// list is the list of choices of one person. One list in so many names a mentor who evaluates the person, or somebody
// popular who perhaps offers something else or speaks another language.
func (m *maker) list(i int, mentors []int, popular map[int]int) []int {
	weights, careful := make([]int, len(mentors)), make([]int, len(mentors))
	for k, j := range mentors {
		if j != i {
			weights[k] = popular[j]
			careful[k] = popular[j] * m.likes(i, j)
		}
	}
	wanted := min(3+m.random.IntN(6), len(mentors)-1)
	var list []int
	if m.random.IntN(careless) == 0 {
		if m.random.IntN(2) == 0 {
			weights = m.superiors(i, mentors, weights)
		}
		if k, ok := m.weighed(weights); ok {
			list, careful[k] = append(list, mentors[k]), 0
		}
	}
	for len(list) < wanted {
		k, ok := m.weighed(careful)
		if !ok {
			break
		}
		list, careful[k] = append(list, mentors[k]), 0
	}
	if len(list) < 3 {
		return nil // the form asks for three at least
	}
	other := m.random.IntN(len(list))
	list[0], list[other] = list[other], list[0]
	return list
}

// superiors are the weights of those mentors with power over a person, or of all where there are none.
func (m *maker) superiors(i int, mentors, weights []int) []int {
	found := false
	of := make([]int, len(weights))
	for k, j := range mentors {
		if m.apart[pair(i, j)] {
			of[k], found = weights[k], true
		}
	}
	if !found {
		return weights
	}
	return of
}

// weighed draws one of several by their weights, unless all weights are 0.
func (m *maker) weighed(weights []int) (int, bool) {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	if sum == 0 {
		return 0, false
	}
	ticket := m.random.IntN(sum)
	for k, w := range weights {
		if ticket -= w; ticket < 0 {
			return k, true
		}
	}
	panic("sample: a ticket beyond the sum of the weights")
}

// likes says how many reasons somebody has to name a mentor; none if the two cannot be paired.
func (m *maker) likes(i, j int) int {
	p, mentor := &m.school.People[i], &m.school.People[j]
	if !m.mayMeet(i, j) {
		return 0
	}
	reasons := 1
	if p.Specialty != "" && field(p.Specialty) == field(mentor.Specialty) {
		reasons += 3
	}
	if p.Site == mentor.Site || p.Destination == mentor.Site {
		reasons++
	}
	if slices.Contains(mentor.Offers, p.Wishes[0]) {
		reasons += 2
	}
	return reasons
}

// mayMeet says whether somebody and a mentor have a language and a purpose in common, and no power over each other.
func (m *maker) mayMeet(i, j int) bool {
	p, mentor := &m.school.People[i], &m.school.People[j]
	return common(p.Languages, mentor.Languages) && common(p.Wishes, mentor.Offers) && !m.apart[pair(i, j)]
}

func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(word string) bool { return slices.Contains(b, word) })
}

// pair names two people whatever their order.
func pair(i, j int) [2]int { return [2]int{min(i, j), max(i, j)} }

// field is the specialty without what is below it.
func field(specialty string) string {
	if t, ok := vocabulary.Specialties().Find(specialty); ok && t.Parent != "" {
		return t.Parent
	}
	return specialty
}

// subspecialties are those of which people of a field are drawn, the same ones whatever the lists grow into, so that a seed
// goes on making the same school.
var subspecialties = map[string][]string{
	"internal":        {"cardiology", "critical_care", "endocrinology", "gastroenterology", "geriatrics", "hematology", "infectious_diseases", "medical_oncology", "nephrology", "neurology", "respirology", "rheumatology"},
	"pediatrics":      {"developmental_pediatrics", "neonatology", "pediatric_emergency"},
	"psychiatry":      {"child_psychiatry", "geriatric_psychiatry"},
	"surgery":         {"cardiac_surgery", "general_surgery", "neurosurgery", "ophthalmology", "orthopedic_surgery", "otolaryngology", "plastic_surgery", "urology"},
	"anesthesia":      {"pain_medicine"},
	"obgyn":           {"maternal_fetal"},
	"other_specialty": {"dermatology", "diagnostic_radiology", "pathology", "physiatry", "public_health", "radiation_oncology"},
}
