// Package sample makes a make-believe medical school, the University of Northern Example: faculty, residents, fellows
// and students, who mentors and who looks for a mentor, what they ask and offer, who evaluates whom. Nobody in it
// exists. Tests, examples, demonstrations and documents all use it.
//
// The school follows margins that were published: ranks, and women by rank, from the census of Canadian faculties of
// 2020/21 (AFMC, as tabulated in BMC Medical Education 2024); the mix of specialties, the shares of those who mentor
// and how many they take are round numbers in their neighbourhood. Margins are met exactly, to the rounding of one
// person, for every seed and size; only who gets what is drawn.
package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// Part is what somebody does at the school.
type Part string

// The parts.
const (
	Faculty  Part = "faculty"
	Resident Part = "resident"
	Fellow   Part = "fellow"
	Student  Part = "student"
)

// A Person is somebody at the school. Codes are those of package vocabulary.
type Person struct {
	First, Last, Email string
	Part               Part
	Woman              bool
	FrenchFirst        bool
	Languages          []string
	Rank               string // of faculty
	Level              string // of everybody
	Year               int    // of training, from 1; 0: none
	Specialty          string // "" for students before clerkship
	Site               string
	Destination        string // a site where the person hopes to work next; "": none
	Interests          []string
	Evening            bool  // has time in the evening rather than by day
	Days               []int // with time, from 0 for Monday

	Mentors, Seeks bool     // takes part as mentor, as mentee; some do both
	Places         int      // mentees taken
	Wanted         int      // mentors wanted
	Offers, Wishes []string // purposes, the most wanted first
	Choices        []int    // mentors by number, the best first
	Optional       bool     // filled in what need not be filled in
	Mistyped       bool     // wrote the own address wrong

	Profile
}

// Name is what the person is called.
func (p *Person) Name() string { return p.First + " " + p.Last }

// An Edge is a position of authority or a private fact between two people, which keeps them from being paired.
type Edge struct {
	Person, Other int    // who evaluates, and whom
	Kind          string // evaluates, leads_unit_of, family, not_with
	From, To      string // dates such as 2027-07-01; "": none
}

// A School is everybody at it.
type School struct {
	People []Person
	Edges  []Edge
	Pairs  [][2]int // mentee and mentor of last year who go on
}

// Everybody is the size of the whole school.
const Everybody = 1140

// Sites are where people work. The first is the largest.
var Sites = []string{"Exampleville General", "Hôpital du Nord", "St. Cosmas Rural Site", "Lakeshore Children's"}

// Parts of the whole school: faculty, residents, fellows and students of [Everybody].
var parts = []share{{string(Faculty), 420}, {string(Resident), 260}, {string(Fellow), 60}, {string(Student), 400}}

// Shares of faculty by rank, per 1000, and of women in each rank.
var (
	ranks        = []share{{"lecturer", 100}, {"assistant", 460}, {"associate", 210}, {"professor", 220}, {"other_rank", 10}}
	womenByRank  = map[string]int{"lecturer": 578, "assistant": 508, "associate": 392, "professor": 281, "other_rank": 500}
	specialties  = []share{{"family", 280}, {"internal", 240}, {"pediatrics", 110}, {"emergency", 80}, {"psychiatry", 80}, {"surgery", 100}, {"anesthesia", 50}, {"obgyn", 40}, {"other_specialty", 20}}
	residentsIn  = []share{{"family", 400}, {"internal", 200}, {"pediatrics", 92}, {"emergency", 66}, {"psychiatry", 66}, {"surgery", 84}, {"anesthesia", 42}, {"obgyn", 33}, {"other_specialty", 17}}
	places       = []share{{"1", 450}, {"2", 300}, {"3", 150}, {"4", 50}, {"5", 30}, {"6", 20}}
	sites        = []share{{Sites[0], 550}, {Sites[1], 200}, {Sites[2], 100}, {Sites[3], 150}}
	womenLearner = 580 // per 1000 students, fellows and residents
	frenchFirst  = 180
	volunteering = 450 // of faculty
	bothRoles    = 120 // of all who take part
	complete     = 880 // fill in what is optional
	mistyping    = 10  // of those who take part
)

// Make makes the school of a seed with so many people, who keep the proportions of the whole.
func Make(seed uint64, people int) *School {
	m := maker{random: rand.New(rand.NewPCG(seed, 0x6368_6972_6f6e)), school: &School{}, apart: map[[2]int]bool{}}
	for _, part := range apportion(people, parts) {
		m.hire(Part(part.name), part.n)
	}
	m.name()
	m.enrol()
	m.lead()
	m.choose()
	m.connect()
	m.portray(seed)
	return m.school
}

// A maker fills a school.
type maker struct {
	random *rand.Rand
	school *School
	apart  map[[2]int]bool // of whom one has power over the other, or who asked for it
}

// hire adds so many people of a part, with all that is not about taking part.
func (m *maker) hire(part Part, n int) {
	group := make([]Person, n)
	women := perMille(n, womenLearner)
	switch part {
	case Faculty:
		m.deal(n, ranks, func(i int, rank string) { group[i].Rank = rank })
		m.deal(n, specialties, func(i int, s string) { group[i].Specialty = m.within(s) })
		women = -1
	case Resident:
		m.deal(n, residentsIn, func(i int, s string) { group[i].Specialty = s })
	case Fellow:
		m.deal(n, specialties, func(i int, s string) { group[i].Specialty = m.within(s) })
	}
	if women >= 0 {
		m.mark(n, women, func(i int) { group[i].Woman = true })
	} else {
		m.womenInRanks(group)
	}
	m.mark(n, perMille(n, frenchFirst), func(i int) { group[i].FrenchFirst = true })
	m.mark(n, perMille(n, complete), func(i int) { group[i].Optional = true })
	m.deal(n, sites, func(i int, site string) { group[i].Site = site })
	for i := range group {
		m.describe(&group[i], part)
	}
	m.school.People = append(m.school.People, group...)
}

// within is a specialty or one below it, so that a third of a field stay general.
func (m *maker) within(field string) string {
	below := subspecialties[field]
	if len(below) == 0 || m.random.IntN(3) == 0 {
		return field
	}
	return m.draw(below)
}

func (m *maker) womenInRanks(group []Person) {
	for _, rank := range ranks {
		var of []int
		for i := range group {
			if group[i].Rank == rank.name {
				of = append(of, i)
			}
		}
		m.mark(len(of), perMille(len(of), womenByRank[rank.name]), func(k int) { group[of[k]].Woman = true })
	}
}

// describe draws what has no published margin.
func (m *maker) describe(p *Person, part Part) {
	p.Part = part
	switch part {
	case Faculty:
		p.Level = [...]string{"new_in_practice", "practising", "practising", "late_career"}[m.random.IntN(4)]
		if p.Rank == "professor" && p.Level == "new_in_practice" {
			p.Level = "practising"
		}
	case Resident:
		longest := 5
		if p.Specialty == "family" {
			longest = 2
		}
		p.Year = 1 + m.random.IntN(longest)
		p.Level = "resident_junior"
		if p.Year > 2 {
			p.Level = "resident_senior"
		}
	case Fellow:
		p.Level, p.Year = "fellow", 1+m.random.IntN(2)
	case Student:
		p.Year = 1 + m.random.IntN(4)
		p.Level = "student_pre"
		if p.Year > 2 {
			p.Level = "clerk"
		}
	}
	p.Languages = []string{"en"}
	switch {
	case p.FrenchFirst && m.random.IntN(5) == 0:
		p.Languages = []string{"fr"}
	case p.FrenchFirst:
		p.Languages = []string{"fr", "en"}
	case m.random.IntN(4) == 0:
		p.Languages = append(p.Languages, "fr")
	}
	if m.random.IntN(6) == 0 {
		p.Languages = append(p.Languages, [...]string{"ar", "zh", "pa", "es"}[m.random.IntN(4)])
	}
	for _, term := range m.some(vocabulary.Interests().Terms, 2+m.random.IntN(3)) {
		p.Interests = append(p.Interests, term.Code)
	}
	if p.Part != Faculty && m.random.IntN(4) == 0 {
		p.Destination = Sites[m.random.IntN(len(Sites))]
	}
	p.Evening = m.random.IntN(3) == 0
	for day := range 5 {
		if m.random.IntN(5) < 3 {
			p.Days = append(p.Days, day)
		}
	}
	if p.Days == nil {
		p.Days = []int{m.random.IntN(5)}
	}
}

// name gives everybody a name that nobody else has, and an address. Where names run out, middle initials help.
func (m *maker) name() {
	taken, addresses := map[string]bool{}, map[string]int{}
	for i := range m.school.People {
		p := &m.school.People[i]
		p.First, p.Last = m.draw(firstNames(p)), m.draw(lastNames(p))
		for try := 0; taken[p.Name()]; try++ {
			p.First, p.Last = m.draw(firstNames(p)), m.draw(lastNames(p))
			for range try / 20 {
				p.First += fmt.Sprintf(" %c.", 'A'+m.random.IntN(26))
			}
		}
		taken[p.Name()] = true
		local := asciiOnly(p.First) + "." + asciiOnly(p.Last)
		if addresses[local]++; addresses[local] > 1 {
			local += fmt.Sprint(addresses[local])
		}
		p.Email = local + "@une.example"
	}
}

func (m *maker) draw(words []string) string { return words[m.random.IntN(len(words))] }

// asciiOnly is a name as it stands in an address: small letters without accents, and no other signs than hyphens.
func asciiOnly(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', r == '-':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return -1
	}, norm.NFD.String(name))
}

// some draws n terms, each once, in the order of the list.
func (m *maker) some(terms []vocabulary.Term, n int) []vocabulary.Term {
	var drawn []vocabulary.Term
	for _, k := range slices.Sorted(slices.Values(m.random.Perm(len(terms))[:min(n, len(terms))])) {
		drawn = append(drawn, terms[k])
	}
	return drawn
}
