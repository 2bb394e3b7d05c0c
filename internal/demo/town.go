package demo

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/sample"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// settle gives everybody a profile, a unit and their positions of authority. Members are in the order of the sample.
func (s *School) settle(ctx context.Context, a *account.Accounts) error {
	units, of := unitsOf()
	t := person.Town{Units: units}
	today := a.Now()
	for k := range s.Members {
		t.People = append(t.People, settled(&s.Members[k], of, today))
	}
	for _, e := range s.edges {
		t.Ties = append(t.Ties, person.Tie{
			Kind: kinds[e.Kind], From: s.Members[e.Person].ID, To: s.Members[e.Other].ID,
			Span: mentoring.Span{From: mentoring.Day(e.From), To: mentoring.Day(e.To)},
		})
	}
	t.Programs = s.programs()
	people := &person.People{DB: a.DB, Queue: a.Queue, Post: a.Post, Now: a.Now}
	return people.Settle(ctx, t)
}

// kinds are those of ties, by their names in the sample.
var kinds = map[string]mentoring.EdgeKind{
	"evaluates": mentoring.Evaluates, "leads_unit_of": mentoring.LeadsUnitOf, "family": mentoring.Family, "not_with": mentoring.DoNotMatch,
}

// unitsOf are the faculty and a department for each specialty that stands below no other, by its code.
func unitsOf() (units []person.Unit, of map[string]mentoring.UnitID) {
	faculty := person.Unit{ID: mentoring.UnitID(rand.Text()), En: "Faculty of Medicine", Fr: "Faculté de médecine"}
	units, of = []person.Unit{faculty}, map[string]mentoring.UnitID{"": faculty.ID}
	for _, term := range vocabulary.Specialties().Children("") {
		u := person.Unit{ID: mentoring.UnitID(rand.Text()), Parent: faculty.ID, En: "Department: " + term.En, Fr: "Département : " + term.Fr}
		units, of[term.Code] = append(units, u), u.ID
	}
	return units, of
}

// settled is a member as they would have filled in their profile.
func settled(m *Member, units map[string]mentoring.UnitID, now time.Time) person.Settled {
	one := person.Settled{
		ID:     m.ID,
		Name:   person.Name{Given: m.First, Family: m.Last, Zone: "America/Toronto"},
		Seeks:  terms(m.Wishes),
		Offer:  person.Offer{Offers: terms(m.Offers), Capacity: m.Places, Listed: m.Mentors},
		How:    person.How{Distance: mentoring.EitherWay, Languages: terms(m.Languages), When: terms([]string{timeOf(m)})},
		Topics: person.Topics{Interests: terms(m.Interests)},
	}
	if m.Specialty != "" {
		one.Specialties = terms([]string{m.Specialty})
	}
	if m.Destination != "" {
		one.Destination = mentoring.Destination{Place: mentoring.Term{Label: m.Destination}, Kind: "training"}
	}
	one.Appointments = []mentoring.Appointment{appointment(m, units, now)}
	return one
}

// appointment is where a member is: learners since the summer in which their training began, faculty since a few years ago.
func appointment(m *Member, units map[string]mentoring.UnitID, now time.Time) mentoring.Appointment {
	years, ladder, what := max(m.Year, 1), "level", m.Level
	if m.Part == sample.Faculty && m.Rank != "" {
		years, ladder, what = 6, "rank", m.Rank
	}
	if now.Month() < time.July {
		years++
	}
	path := vocabulary.Specialties().Path(m.Specialty)
	unit := units[""]
	if len(path) > 0 {
		unit = units[path[len(path)-1]]
	}
	return mentoring.Appointment{
		Unit: unit, Ladder: ladder, What: mentoring.Term{Code: what},
		Span: mentoring.Span{From: mentoring.DayOf(time.Date(now.Year()-years+1, time.July, 1, 12, 0, 0, 0, time.UTC))},
	}
}

func timeOf(m *Member) string {
	if m.Evening {
		return "evenings"
	}
	return "daytime"
}

func terms(codes []string) (all []mentoring.Term) {
	for _, code := range codes {
		all = append(all, mentoring.Term{Code: code})
	}
	return all
}
