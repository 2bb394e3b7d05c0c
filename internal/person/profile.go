package person

import (
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Profile is what somebody says of themselves. What a page shows of it is a [Page].
type Profile struct {
	Given, Family, Pronoun string
	Guest                  bool           // from elsewhere, without an institution here
	Home                   mentoring.Term // the institution that a guest comes from

	Seeks    []mentoring.Term // purposes, with a line each
	Distance mentoring.Distance
	Languages,
	When []mentoring.Term

	Offers, // purposes, with a line each
	Support []mentoring.Term // kinds of support
	Capacity int // people
	Hours    int // a month
	Refuses  string

	Specialties, Interests, Training []mentoring.Term
	Appointments                     []mentoring.Appointment
	Away                             []mentoring.Span
	Place                            mentoring.Term
	Zone                             string // of the IANA database
	Destination                      mentoring.Destination
}

// kept is a profile as it is kept, with what belongs to it.
type kept struct {
	Profile
	id      string
	is      bool // it has been saved before
	showing mentoring.Showing
	madeAt  time.Time
	today   mentoring.Day // on which it was read
	stored  stored
}

// stored is what lies in the tables, so that only what differs is written.
type stored struct {
	terms        map[string][]store.Term // by field, those that follow from the rest among them
	appointments []store.Appointment
	away         []store.Span
}

// termFields are the fields of terms, and where a profile has them.
func (p *Profile) termFields() map[mentoring.Field]*[]mentoring.Term {
	return map[mentoring.Field]*[]mentoring.Term{
		mentoring.FieldSeeks: &p.Seeks, mentoring.FieldOffers: &p.Offers, mentoring.FieldSupport: &p.Support,
		mentoring.FieldSpecialties: &p.Specialties, mentoring.FieldInterests: &p.Interests,
		mentoring.FieldLanguages: &p.Languages, mentoring.FieldWhen: &p.When, mentoring.FieldTraining: &p.Training,
	}
}

// Fields of terms that lists look for and nobody fills in: they follow from the rest of a profile.
const (
	fieldUnit     = "unit"  // the unit of an appointment in force, and those above it
	fieldLevel    = "level" // the level or rank of one
	fieldDistance = "distance"
)

// load reads a profile. Of an account without one it is empty.
func (w *work) load(id string) (k kept, err error) {
	k.id, k.today, k.showing.Chosen = id, w.today, map[mentoring.Field]mentoring.Audience{}
	row, err := w.Person(id)
	switch {
	case store.IsKind(err, store.NotFound):
		k.madeAt = w.now
		return k, nil
	case err != nil:
		return k, err
	}
	k.is, k.madeAt, k.showing.Listed = true, row.MadeAt, row.Listed
	k.Profile = profileOf(row)
	for _, read := range []func(*kept) error{w.loadTerms, w.loadAppointments, w.loadAway, w.loadChosen} {
		if err := read(&k); err != nil {
			return k, err
		}
	}
	return k, nil
}

func profileOf(row store.Person) Profile {
	return Profile{
		Given: row.Given, Family: row.Family, Pronoun: row.Pronoun, Guest: row.Guest,
		Home:     mentoring.Term{Code: row.HomeCode, Label: row.HomeLabel},
		Distance: mentoring.Distance(row.Distance), Capacity: row.Capacity, Hours: row.Hours, Refuses: row.Refuses,
		Place: mentoring.Term{Code: row.PlaceCode, Label: row.PlaceLabel}, Zone: row.Zone,
		Destination: mentoring.Destination{
			Place: mentoring.Term{Code: row.DestinationCode, Label: row.DestinationLabel},
			Kind:  row.DestinationKind, From: mentoring.Day(row.DestinationDay),
		},
	}
}

func (w *work) loadTerms(k *kept) error {
	terms, err := w.Terms(k.id)
	fields := k.termFields()
	k.stored.terms = map[string][]store.Term{}
	for _, t := range terms {
		k.stored.terms[t.Field] = append(k.stored.terms[t.Field], t)
		if into := fields[mentoring.Field(t.Field)]; into != nil {
			*into = append(*into, mentoring.Term{Code: t.Code, Label: t.Label, Line: t.Line})
		}
	}
	return err
}

func (w *work) loadAppointments(k *kept) error {
	all, err := w.Tx.Appointments(k.id)
	k.stored.appointments = all
	for _, a := range all {
		k.Appointments = append(k.Appointments, mentoring.Appointment{
			ID: a.ID, Unit: mentoring.UnitID(a.Unit), Where: a.UnitLabel, Ladder: a.Ladder,
			What: mentoring.Term{Code: a.Code, Label: a.Label}, Track: a.Track,
			Span: mentoring.Span{From: mentoring.Day(a.FromDay), To: mentoring.Day(a.ToDay)},
		})
	}
	return err
}

func (w *work) loadAway(k *kept) error {
	all, err := w.Aways(k.id)
	k.stored.away = all
	for _, s := range all {
		k.Away = append(k.Away, mentoring.Span{From: mentoring.Day(s.From), To: mentoring.Day(s.To)})
	}
	return err
}

func (w *work) loadChosen(k *kept) error {
	chosen, err := w.Visibilities(k.id)
	for field, audience := range chosen {
		k.showing.Chosen[mentoring.Field(field)] = mentoring.Audience(audience)
	}
	return err
}

// put keeps a profile, and brings what follows from it up to date: what lists look for, and the words by which the person
// is found.
func (w *work) put(k *kept) error {
	keep := w.SetPerson
	if !k.is {
		keep, k.is = w.AddPerson, true
	}
	if err := keep(w.rowOf(k)); err != nil {
		return err
	}
	for field, terms := range k.termFields() {
		if err := w.setTerms(k, string(field), k.reach(field), storedTerms(*terms)); err != nil {
			return err
		}
	}
	if all := storedAppointments(k.Appointments); !slices.Equal(all, k.stored.appointments) {
		if err := w.SetAppointments(k.id, all); err != nil {
			return err
		}
		k.stored.appointments = all
	}
	var away []store.Span
	for _, s := range k.Away {
		away = append(away, store.Span{From: string(s.From), To: string(s.To)})
	}
	if !slices.Equal(away, k.stored.away) {
		if err := w.SetAways(k.id, away); err != nil {
			return err
		}
		k.stored.away = away
	}
	return w.index(k)
}

// setTerms writes the terms of a field, unless they lie there so already.
func (w *work) setTerms(k *kept, field string, audience int, terms []store.Term) error {
	for place := range terms {
		terms[place].Person, terms[place].Field, terms[place].Place, terms[place].Audience = k.id, field, place+1, audience
	}
	if slices.Equal(terms, k.stored.terms[field]) {
		return nil
	}
	if err := w.SetTerms(k.id, field, audience, terms); err != nil {
		return err
	}
	if k.stored.terms == nil {
		k.stored.terms = map[string][]store.Term{}
	}
	k.stored.terms[field] = terms
	return nil
}

func (w *work) rowOf(k *kept) store.Person {
	return store.Person{
		ID: k.id, Given: k.Given, Family: k.Family, Pronoun: k.Pronoun, Sort: sortOf(k.Given, k.Family),
		Guest: k.Guest, HomeCode: k.Home.Code, HomeLabel: k.Home.Label, PlaceCode: k.Place.Code, PlaceLabel: k.Place.Label,
		Zone: k.Zone, Distance: string(k.Distance), Capacity: k.Capacity, Hours: k.Hours, Refuses: k.Refuses,
		DestinationCode: k.Destination.Place.Code, DestinationLabel: k.Destination.Place.Label,
		DestinationKind: k.Destination.Kind, DestinationDay: string(k.Destination.From),
		Listed: k.showing.Listed, MadeAt: k.madeAt, ChangedAt: w.now,
	}
}

// sortOf is what lists are ordered by: the family name, then the given one, without accents and case.
func sortOf(given, family string) string { return search.Fold(family) + " " + search.Fold(given) }

func storedTerms(terms []mentoring.Term) (rows []store.Term) {
	for _, t := range terms {
		rows = append(rows, store.Term{Code: t.Code, Label: t.Label, Line: t.Line})
	}
	return rows
}

func storedAppointments(all []mentoring.Appointment) (rows []store.Appointment) {
	for _, a := range all {
		rows = append(rows, store.Appointment{
			ID: a.ID, Unit: string(a.Unit), UnitLabel: a.Where, Ladder: a.Ladder, Code: a.What.Code, Label: a.What.Label,
			Track: a.Track, FromDay: string(a.From), ToDay: string(a.To),
		})
	}
	return rows
}

// reach is how far a field goes in lists: to members, to those who run a program, or to neither. It asks what everybody
// asks, so that a list, a search and a count can hold nothing that a page would not show.
func (k *kept) reach(f mentoring.Field) int {
	switch {
	case mentoring.Shows(f, k.showing, mentoring.Member):
		return int(mentoring.Members)
	case mentoring.Shows(f, k.showing, mentoring.Coordinator):
		return int(mentoring.Coordinators)
	}
	return int(mentoring.OnlyMe)
}

// appointedOn are the appointments in force on a day.
func (p *Profile) appointedOn(d mentoring.Day) []mentoring.Appointment {
	return slices.DeleteFunc(slices.Clone(p.Appointments), func(a mentoring.Appointment) bool { return !a.Covers(d) })
}
