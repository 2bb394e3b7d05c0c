package sample

import (
	"math/rand/v2"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// A Profile is what somebody tells of themselves besides what the form asks for. Codes are those of package vocabulary.
type Profile struct {
	Place    string   // a city
	Distance string   // where they like to meet: "here", "either" or "distance"
	Hours    int      // a month, that they can give; 0: they have not said
	Supports []string // kinds of support that a mentor offers
	Line     string   // what they add to what they want most, in their first language; "": nothing
	Refuses  string   // what a mentor will not do, likewise
	AwayFrom string   // a day such as 2027-07-05; "": not away
	AwayTo   string
	Move     string // why they go to their destination: "training" or "staff"; "": they go nowhere
}

// Zone is the time zone of a person.
func (p *Person) Zone() string {
	place, _ := vocabulary.Places().Find(p.Place)
	return place.Zone
}

// placeOf are the cities of the sites. The school is make-believe; its part of the country is not.
var placeOf = map[string]string{
	Sites[0]: "CA-ON-greater-sudbury", Sites[1]: "CA-QC-rouyn-noranda", Sites[2]: "CA-ON-sioux-lookout", Sites[3]: "CA-ON-thunder-bay",
}

// elsewhere is where one person in twenty lives, who then likes to meet at a distance.
var elsewhere = []string{"CA-ON-toronto", "CA-QC-montreal", "CA-BC-vancouver", "CA-NS-halifax", "CA-MB-winnipeg", "CA-NT-yellowknife", "FR-paris"}

// lines are what people add to a purpose, in English and French.
var lines = map[string][2]string{
	"clinical_skill":         {"I would like to feel at ease with procedures.", "J'aimerais être plus à l'aise avec les gestes techniques."},
	"career_choice":          {"I hesitate between two paths.", "J'hésite entre deux voies."},
	"career_advancement":     {"Promotion is two years away.", "Ma promotion approche : il me reste deux ans."},
	"research":               {"I have a question and no method yet.", "J'ai une question, mais pas encore de méthode."},
	"education_teaching":     {"I want to teach at the bedside.", "J'aimerais enseigner au chevet."},
	"leadership_succession":  {"I was asked to lead a clinic.", "On m'a demandé de diriger une clinique."},
	"wellbeing_identity":     {"A year of nights has left its mark.", "Une année de nuits m'a laissé des traces."},
	"family_life":            {"We expect a child in the spring.", "Nous attendons un enfant au printemps."},
	"belonging_transition":   {"I came here from another country.", "J'arrive d'un autre pays."},
	"practice_management":    {"I open my own practice soon.", "J'ouvre bientôt mon cabinet."},
	"what mentors decline":   {"I do not write letters of reference.", "Je n'écris pas de lettres de recommandation."},
	"what others decline":    {"No meetings after six in the evening.", "Pas de rencontres après 18 heures."},
	"what some will not say": {"", ""},
}

// portray draws what only profiles hold. It has a random stream of its own, so that spreadsheets of a school stay what
// they were.
func (m *maker) portray(seed uint64) {
	draws := rand.New(rand.NewPCG(seed, 0x70_726f_6669_6c65))
	supports := vocabulary.Supports().Terms
	for i := range m.school.People {
		p := &m.school.People[i]
		p.Place, p.Distance = placeOf[p.Site], [...]string{"here", "either", "either"}[draws.IntN(3)]
		if draws.IntN(20) == 0 {
			p.Place, p.Distance = elsewhere[draws.IntN(len(elsewhere))], "distance"
		}
		language := 0
		if p.FrenchFirst {
			language = 1
		}
		if p.Seeks && draws.IntN(2) == 0 {
			p.Line = lines[p.Wishes[0]][language]
		}
		if p.Mentors {
			p.Hours = max(1, p.Places*(1+draws.IntN(3)))
			for _, k := range draws.Perm(len(supports))[:2+draws.IntN(3)] {
				p.Supports = append(p.Supports, supports[k].Code)
			}
			p.Refuses = lines[[...]string{"what mentors decline", "what others decline", "what some will not say", "what some will not say"}[draws.IntN(4)]][language]
		}
		if draws.IntN(12) == 0 {
			away := [...][2]string{{"2027-07-05", "2027-08-01"}, {"2027-12-20", "2028-01-03"}, {"2027-05-10", "2027-11-30"}}[draws.IntN(3)]
			p.AwayFrom, p.AwayTo = away[0], away[1]
		}
		if p.Destination != "" {
			p.Move = [...]string{"training", "staff"}[draws.IntN(2)]
		}
	}
}
