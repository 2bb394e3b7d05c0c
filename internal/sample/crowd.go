package sample

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// Crowd gives so many people who belong to no school, to try lists and searches on: across Canada, with names, cities,
// specialties and languages about as frequent as there, so that there are many of some and one of others. The first one
// is Hélène Tremblay of Montréal. Names occur more than once, addresses do not. The same seed gives the same people, and
// one at a time, so that a crowd of 200,000 needs no more room than one person.
func Crowd(seed uint64, people int) iter.Seq[Person] {
	return func(yield func(Person) bool) {
		c := newCrowd(seed)
		for n := range people {
			p := c.person()
			if n == 0 {
				p.First, p.Last, p.Place, p.Woman, p.FrenchFirst, p.Languages = "Hélène", "Tremblay", "CA-QC-montreal", true, true, []string{"fr", "en"}
			}
			p.Email = fmt.Sprintf("%s.%s.%d@crowd.example", asciiOnly(p.First), asciiOnly(p.Last), n)
			if !yield(p) {
				return
			}
		}
	}
}

// A crowd draws people.
type crowd struct {
	random                     *rand.Rand
	rare                       []string // family names, the more frequent first
	rareAt, cityAt, languageAt *rand.Zipf
	cities, languages          []string
	specialties                []vocabulary.Term
	interests, supports        []vocabulary.Term
}

// commonName is the share of people, per 1000, whose family name is one of the common ones.
const commonName = 250

// syllables of which rare family names are made.
var syllables = strings.Fields("ka lo mi ber tre su no ra dan vi che pol gra mon sen li wo zha kim té ri bo la fu gar o' el mac saint- ñez öl ski")

func newCrowd(seed uint64) *crowd {
	random := rand.New(rand.NewPCG(seed, 0x6372_6f77_64))
	c := &crowd{
		random: random, rareAt: rand.NewZipf(random, 1.1, 20, 39_999), specialties: vocabulary.Specialties().Terms,
		interests: vocabulary.Interests().Terms, supports: vocabulary.Supports().Terms,
	}
	for range 40_000 {
		name := ""
		for range 2 + random.IntN(3) {
			name += syllables[random.IntN(len(syllables))]
		}
		first := []rune(name)
		c.rare = append(c.rare, strings.ToUpper(string(first[0]))+string(first[1:]))
	}
	for _, city := range vocabulary.Places().Terms {
		if strings.HasPrefix(city.Parent, "CA-") {
			c.cities = append(c.cities, city.Code)
		}
	}
	largest := []string{"CA-ON-toronto", "CA-QC-montreal", "CA-BC-vancouver", "CA-AB-calgary", "CA-AB-edmonton", "CA-ON-ottawa", "CA-MB-winnipeg", "CA-QC-quebec-city", "CA-ON-hamilton"}
	c.cities = slices.Concat(largest, slices.DeleteFunc(c.cities, func(city string) bool { return slices.Contains(largest, city) }))
	c.cityAt = rand.NewZipf(random, 1.2, 2, uint64(len(c.cities)-1))
	for _, language := range vocabulary.Languages().Terms[2:] {
		c.languages = append(c.languages, language.Code)
	}
	c.languageAt = rand.NewZipf(random, 1.3, 2, uint64(len(c.languages)-1))
	return c
}

func (c *crowd) pick(words []string) string { return words[c.random.IntN(len(words))] }

// someCodes draws n codes, each once.
func (c *crowd) someCodes(terms []vocabulary.Term, n int) []string {
	var codes []string
	for len(codes) < n {
		if code := terms[c.random.IntN(len(terms))].Code; !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

func (c *crowd) person() Person {
	p := Person{Woman: c.random.IntN(1000) < womenLearner, FrenchFirst: c.random.IntN(1000) < 220, Optional: true}
	p.First, p.Last = c.pick(firstNames(&p)), c.rare[c.rareAt.Uint64()]
	if c.random.IntN(1000) < commonName {
		p.Last = c.pick(lastNames(&p))
	}
	p.Place = c.cities[c.cityAt.Uint64()]
	p.Part = []Part{Faculty, Faculty, Faculty, Resident, Resident, Student, Student, Fellow}[c.random.IntN(8)]
	switch p.Part {
	case Faculty:
		p.Level, p.Rank = []string{"new_in_practice", "practising", "practising", "late_career"}[c.random.IntN(4)], ranks[min(c.random.IntN(5), c.random.IntN(5))].name
	case Resident:
		p.Level = []string{"resident_junior", "resident_senior"}[c.random.IntN(2)]
	case Student:
		p.Level = []string{"student_pre", "clerk"}[c.random.IntN(2)]
	case Fellow:
		p.Level = "fellow"
	}
	if p.Level != "student_pre" {
		p.Specialty = c.specialties[min(c.random.IntN(len(c.specialties)), c.random.IntN(len(c.specialties)))].Code
	}
	p.Languages = []string{"en"}
	if p.FrenchFirst {
		p.Languages = []string{"fr", "en"}
	}
	if c.random.IntN(4) == 0 {
		p.Languages = append(p.Languages, c.languages[c.languageAt.Uint64()])
	}
	p.Interests = c.someCodes(c.interests, 1+c.random.IntN(4))
	p.Distance = []string{"here", "either", "distance"}[min(c.random.IntN(3), c.random.IntN(3))]
	purposes := vocabulary.Purposes().Terms
	if p.Mentors = p.Part == Faculty && c.random.IntN(1000) < volunteering; p.Mentors {
		p.Places, p.Hours = 1+min(c.random.IntN(5), c.random.IntN(5)), 1+c.random.IntN(6)
		p.Offers, p.Supports = c.someCodes(purposes, 1+c.random.IntN(4)), c.someCodes(c.supports, 1+c.random.IntN(3))
	}
	if p.Seeks = !p.Mentors || c.random.IntN(8) == 0; p.Seeks {
		p.Wanted, p.Wishes = 1, c.someCodes(purposes, 1+c.random.IntN(3))
	}
	return p
}
