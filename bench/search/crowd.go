package main

import (
	"context"
	"fmt"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/sample"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// lot is how many people are settled in one transaction.
const lot = 1000

// units are a university with a department for each specialty.
func units() []person.Unit {
	all := []person.Unit{{ID: "university", En: "University", Fr: "Université"}}
	for _, s := range vocabulary.Specialties().Terms {
		all = append(all, person.Unit{ID: mentoring.UnitID(s.Code), Parent: "university", En: "Department of " + s.En, Fr: "Département de " + s.Fr})
	}
	return all
}

// fill makes a store a demonstration with a crowd of people, all of whom are listed and show where they live.
func fill(ctx context.Context, people *person.People, many int) error {
	if err := people.DB.Update(ctx, func(tx *store.Tx) error { return tx.PutSetting("demonstration", "bench") }); err != nil {
		return err
	}
	if err := people.Settle(ctx, person.Town{Units: units()}); err != nil {
		return err
	}
	var some []person.Settled
	settle := func() error {
		if err := enrol(ctx, people, some); err != nil {
			return err
		}
		err := people.Settle(ctx, person.Town{People: some})
		some = some[:0]
		return err
	}
	n := 0
	for p := range sample.Crowd(1, many) {
		n++
		some = append(some, settled(p, mentoring.PersonID(fmt.Sprintf("p%06d", n)), people.Now()))
		if len(some) == lot {
			if err := settle(); err != nil {
				return err
			}
		}
	}
	return settle()
}

// enrol gives people accounts, and profiles that show where they live.
func enrol(ctx context.Context, people *person.People, some []person.Settled) error {
	now := people.Now()
	return people.DB.Update(ctx, func(tx *store.Tx) error {
		for _, one := range some {
			id := string(one.ID)
			if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
				return err
			}
			if err := tx.AddPerson(store.Person{ID: id, MadeAt: now, ChangedAt: now}); err != nil {
				return err
			}
			if err := tx.SetVisibility(id, string(mentoring.FieldPlace), int(mentoring.Members)); err != nil {
				return err
			}
		}
		return nil
	})
}

// settled is what somebody of the crowd says of themselves.
func settled(p sample.Person, id mentoring.PersonID, now time.Time) person.Settled {
	city, _ := vocabulary.Places().Find(p.Place)
	label := city.En
	if p.FrenchFirst {
		label = city.Fr
	}
	one := person.Settled{
		ID:     id,
		Name:   person.Name{Given: p.First, Family: p.Last, Place: mentoring.Term{Code: p.Place, Label: label}, Zone: p.Zone()},
		Seeks:  terms(p.Wishes...),
		Offer:  person.Offer{Offers: terms(p.Offers...), Support: terms(p.Supports...), Capacity: p.Places, Hours: p.Hours, Listed: true},
		How:    person.How{Distance: mentoring.Distance(p.Distance), Languages: terms(p.Languages...), When: terms("evenings")},
		Topics: person.Topics{Interests: terms(p.Interests...)},
	}
	a := mentoring.Appointment{
		Unit: "university", Ladder: "level", What: mentoring.Term{Code: p.Level},
		Span: mentoring.Span{From: mentoring.DayOf(now.AddDate(-2, 0, 0))},
	}
	if p.Specialty != "" {
		one.Specialties, a.Unit = terms(p.Specialty), mentoring.UnitID(p.Specialty)
	}
	one.Appointments = []mentoring.Appointment{a}
	return one
}

func terms(codes ...string) (all []mentoring.Term) {
	for _, code := range codes {
		all = append(all, mentoring.Term{Code: code})
	}
	return all
}
