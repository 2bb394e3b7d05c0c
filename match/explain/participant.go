package explain

import (
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// A Participant is what a mentee or a mentor may read of the matching: the own pairs, and what speaks for them. It
// follows from the person's own wishes, from what the two of a pair have in common, and from the matching. It knows no
// scores, no prices, nobody but the partners, and not how these rank anybody; and of who has nobody it knows nothing,
// so that all of these read the same.
type Participant struct {
	Side     match.Side
	Contact  string
	Partners []Partner
	Fewer    bool // a mentee wanted more mentors
	Stable   bool // the matching follows from rankings
}

// A Partner is the other person of a pair.
type Partner struct {
	Name, Purpose string
	Settled       bool // the pair was fixed beforehand
	Before        bool // it exists already, and was to go on
	FirstChoice   bool // of the reader
	Shared        []Shared
}

// Shared is what two people have in common by one criterion.
type Shared struct {
	Criterion string
	Values    []string
}

// Participant tells a person what may be told to the person; the zero value has no reader, and false says that there is
// nobody with this id.
func (x *Explainer) Participant(side match.Side, id string) (Participant, bool) {
	who := x.find(side, id)
	if who < 0 {
		return Participant{}, false
	}
	t := Participant{Side: side, Contact: x.about.Contact}
	for _, e := range x.chosenOf(side, who) {
		t.Partners = append(t.Partners, x.partner(side, e))
	}
	if len(t.Partners) > 0 {
		t.Fewer = side == match.MenteeSide && len(t.Partners) < int(x.p.Max[who])
		t.Stable = x.p.Aim != match.Optimal
	}
	return t, true
}

func (x *Explainer) partner(side match.Side, e int32) Partner {
	p := x.p
	other := 1 - side
	t := Partner{
		Name:    x.name(other, x.idOf(other, p.Person(other, int(e)))),
		Purpose: p.PurposeName(int(e)),
		Settled: p.State(int(e)) == match.Pinned,
		Before:  x.keeps(int(e)),
	}
	switch {
	case side == match.MenteeSide && x.menteeRank:
		t.FirstChoice = p.Edges.MenteeRank[e] == 1
	case side == match.MentorSide && p.Aim != match.Optimal && p.Edges.MentorRank != nil:
		t.FirstChoice = p.Edges.MentorRank[e] == 1
	}
	t.Shared = x.shared(side, e)
	return t
}

// shared is what the reader on side s has in common with the partner, by criteria that count for the pair, in the order
// of the rules. What could tell how the partner ranks is left out: criteria that are met by other means than something
// in common, which may be choices; ids, which lists of choices hold; for a mentor, the part of the purpose, which is
// the smaller the later it stands in the mentee's list; and any order but that of the alphabet.
func (x *Explainer) shared(s match.Side, e int32) []Shared {
	ids := []string{score.Fold(x.p.Mentees[x.p.Edges.Mentee[e]]), score.Fold(x.p.Mentors[x.p.Edges.Mentor[e]])}
	var all []Shared
	for _, r := range x.scored(int(e)) {
		hidden := r.Points <= 0 || len(r.Values) == 0 || slices.Contains(x.about.Hidden, r.Criterion) ||
			s == match.MentorSide && r.Criterion == purposeCriterion ||
			slices.ContainsFunc(r.Values, func(v string) bool { return slices.Contains(ids, score.Fold(v)) })
		if !hidden && len(all) < mostReasons {
			all = append(all, Shared{r.Criterion, slices.Sorted(slices.Values(r.Values))})
		}
	}
	return all
}

// name is what people call somebody, or the id.
func (x *Explainer) name(s match.Side, id string) string {
	if name := x.about.Names[s][id]; name != "" {
		return name
	}
	return id
}

// Text is what the person reads.
func (t Participant) Text(w Words) string {
	var s page
	contact := t.Contact
	if contact == "" {
		contact = w.say("contact")
	}
	if len(t.Partners) == 0 {
		kind := Code("participant.nobody." + t.Side.String())
		s.line(w.say(kind))
		s.gap()
		s.line(w.say(kind+".next", "contact", contact))
		return s.String()
	}
	for _, one := range t.Partners {
		one.write(&s, w)
		s.gap()
	}
	if t.Stable {
		s.line(w.say("participant.stable"))
	} else {
		s.line(w.say("participant.best"))
	}
	s.gap()
	if t.Fewer {
		s.line(w.say("participant.fewer", "contact", contact))
	}
	s.line(w.say("participant.review", "contact", contact))
	return s.String()
}

func (p Partner) write(s *page, w Words) {
	if p.Purpose != "" {
		s.line(w.say("participant.paired.for", "name", p.Name, "purpose", p.Purpose))
	} else {
		s.line(w.say("participant.paired", "name", p.Name))
	}
	var reasons []string
	add := func(is bool, c Code) {
		if is {
			reasons = append(reasons, w.say(c, "name", p.Name))
		}
	}
	add(p.Settled, "participant.settled")
	add(p.Before, "participant.before")
	add(p.FirstChoice, "participant.first")
	for _, shared := range p.Shared {
		values := strings.Join(shared.Values, ", ")
		if shared.Criterion == purposeCriterion {
			reasons = append(reasons, w.say("participant.purpose", "name", p.Name, "values", values))
			continue
		}
		reasons = append(reasons, w.say("participant.shared", "criterion", capitalised(shared.Criterion), "values", values))
	}
	if len(reasons) > 0 {
		s.line(w.say("participant.why"))
	}
	for _, reason := range reasons[:min(len(reasons), mostReasons)] {
		s.item(reason)
	}
}

// capitalised begins a line with a capital letter.
func capitalised(text string) string {
	for i, r := range text {
		return strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return text
}

// purposeCriterion is what package score calls the part of the purpose in a suitability.
const purposeCriterion = "purpose"
