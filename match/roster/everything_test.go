package roster

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// everything uses all words of the rules together.
var everything = map[string]string{
	"mentees.csv": `id,e-mail,consent,level,specialty,interests,languages,seeks,Availability [Monday],Availability [Evenings],city,site,mode,wants to go to,mentor should share,choice 1,choice 2
R1,ana@x.ca,yes,PGY1,Cardiology,sepsis;simulation,French;English,research;teaching,Morning,,Montréal,Nord,hybrid,Halifax,francophone,F1,F2
R2,bo@x.ca,yes,PGY3,Orthopedics,assessment,English,teaching,9-12,x,Halifax,Halifax,distance,,,F2,
R3,cy@x.ca,oui,clerk,nephrology,RCT;ethics,French,research,13h-16h,,Toronto,Sud,in person,,first generation,F3,F1
R4,di@x.ca,no,PGY2,Cardiology,,English,research,,,,,,,,,
`,
	"mentors.csv": `id,email,level,specialty,interests,languages,offers,free,zone,site,mode,describes,now,places
F1,one@x.ca,practising,cardio,simulation;sepsis,French,research,"Mon 8-12, lundi soir",HNE,Nord,hybrid,first generation;francophone,2,2
F2,two@x.ca,late career,surgery,assessment,English,teaching;research,flexible,AST,Halifax,distance,,0,2
F3,three@x.ca,new in practice,internal medicine,observational studies,French;English,research;teaching,lundi après-midi,America/Montreal,Sud,in person,,,1
`,
	"conflicts.csv": `person,other,kind,from,to
one@x.ca,R3,evaluates,2027-07-01,2028-06-30
R2,F3,not_with,,
F1,Z99,pays,,
`,
	"fields.csv": `term,parent,synonyms
internal medicine,,
cardiology,internal medicine,cardio
nephrology,internal medicine,
surgery,,
orthopedics,surgery,
`,
	"rules.yaml": `version: 1
model: apprenticeship
relationship: {from: 2027-09-07, to: 2028-06-30}
conflicts: conflicts.csv
wishes: {mentee: mentor should share, mentor: describes}
mentees: {eligible: {consent: [yes, oui]}}
mentors: {takes: places, classes: [{by: site, at most: 1}]}
trees:
  specialty: fields.csv
  interests:
    - education: [simulation, assessment]
    - clinical research: [[randomized trials, RCT], observational studies]
    - sepsis
    - ethics
purposes: {mentee: seeks, mentor: offers, weight: 10}
must:
  - shared: languages
  - time: {mentee: Availability, mentor: free}
    zones: {mentee: city, mentor: zone}
  - mode: mode
    site: site
points:
  - choice: mentee
    weight: 8
  - related: interests
    weight: 4
  - related: specialty
    weight: 3
  - near: site
    unless: {destination: wants to go to, shared: interests}
    weight: 2
  - load: now
    weight: 1
`,
}

func TestTheOrderOfRowsChangesNothingWhateverTheRulesSay(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(41, 1))
	first := ""
	for range 20 {
		var inputs []Input
		for name, content := range everything {
			if head, rows, ok := strings.Cut(content, "\n"); ok && strings.HasSuffix(name, ".csv") {
				lines := strings.Split(strings.TrimSpace(rows), "\n")
				random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
				content = head + "\n" + strings.Join(lines, "\n") + "\n"
			}
			inputs = append(inputs, Input{name, []byte(content)})
		}
		r := load(t, inputs)
		p := problemOf(t, r)
		if hash := p.Hash(); first == "" {
			first = hash
		} else if hash != first {
			t.Fatal("the problem depends on the order of the rows")
		}
		var reasons []string
		for e := range p.Edges.Len() {
			if p.Mentees[p.Edges.Mentee[e]]+p.Mentors[p.Edges.Mentor[e]] != "R1F1" {
				continue
			}
			for _, reason := range r.Reasons(e) {
				reasons = append(reasons, reason.Criterion+" "+strings.Join(reason.Values, ", "))
			}
		}
		want := []string{"purpose research", "choice of the mentee ", "related interests sepsis, simulation", "related specialty Cardiology", "near enough Nord", "present load "}
		if !slices.Equal(reasons, want) {
			t.Fatalf("the reasons for R1 and F1 are %q, want %q", reasons, want)
		}
		if got, want := edges(p), []string{"R1 F1 research =2750", "R1 F2 research =2072", "R2 F2 teaching =2650", "R3 F3 research =2382"}; !slices.Equal(got, want) {
			t.Fatalf("the pairs are %q, want %q", got, want)
		}
	}
}

func FuzzPolicies(f *testing.F) {
	f.Add(everything["rules.yaml"], everything["conflicts.csv"], everything["fields.csv"], everything["mentees.csv"])
	for _, b := range brokenCriteria {
		parts := map[string]string{}
		for _, in := range b.inputs() {
			parts[in.Name] = string(in.Data)
		}
		f.Add(parts["rules.yaml"], parts["c.csv"], parts["terms.csv"], parts["mentees.csv"])
	}
	f.Fuzz(func(t *testing.T, rules, conflicts, terms, mentees string) {
		inputs := files("rules.yaml", rules, "conflicts.csv", conflicts, "c.csv", conflicts, "fields.csv", terms, "terms.csv", terms,
			"mentees.csv", mentees, "mentors.csv", everything["mentors.csv"])
		loads(t, inputs)
		if r, err := Load(inputs); err == nil {
			for _, id := range r.built.Mentees {
				r.Lifts(id)
				r.Choices(id)
			}
		}
	})
}
