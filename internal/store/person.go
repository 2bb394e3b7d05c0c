package store

import "time"

// A Person is what somebody says of themselves in single values; the rest are terms, spans and appointments. The id is
// the account's.
type Person struct {
	ID                              string
	Given, Family, Pronoun          string
	Sort                            string // by which lists are ordered
	Guest                           bool   // from elsewhere
	HomeCode, HomeLabel             string // the institution that a guest comes from
	PlaceCode, PlaceLabel, Zone     string
	Distance                        string // here, either, distance, or ""
	Capacity, Hours                 int
	Refuses                         string
	DestinationCode                 string
	DestinationLabel                string
	DestinationKind, DestinationDay string
	Listed                          bool // in the directory
	MadeAt, ChangedAt               time.Time
}

func scanPerson(r row) (Person, error) {
	var p Person
	var madeAt, changedAt int64
	err := r.Scan(&p.ID, &p.Given, &p.Family, &p.Pronoun, &p.Sort, &p.Guest, &p.HomeCode, &p.HomeLabel, &p.PlaceCode, &p.PlaceLabel,
		&p.Zone, &p.Distance, &p.Capacity, &p.Hours, &p.Refuses, &p.DestinationCode, &p.DestinationLabel, &p.DestinationKind,
		&p.DestinationDay, &p.Listed, &madeAt, &changedAt)
	p.MadeAt, p.ChangedAt = instant(madeAt), instant(changedAt)
	return p, err
}

// values are those that people change, in the order of the queries.
func (p Person) values() []any {
	return []any{p.ID, p.Given, p.Family, p.Pronoun, p.Sort, flag(p.Guest), p.HomeCode, p.HomeLabel, p.PlaceCode, p.PlaceLabel, p.Zone,
		p.Distance, p.Capacity, p.Hours, p.Refuses, p.DestinationCode, p.DestinationLabel, p.DestinationKind, p.DestinationDay, flag(p.Listed)}
}

// AddPerson adds the person of an account.
func (tx *Tx) AddPerson(p Person) error {
	if _, err := tx.exec("person.add", append(p.values(), micros(p.MadeAt), micros(p.ChangedAt))...); err != nil {
		return err
	}
	return tx.changed(p.ID)
}

// SetPerson changes what a person says of themselves; MadeAt stays.
func (tx *Tx) SetPerson(p Person) error {
	if err := tx.one("person.set", append(p.values(), micros(p.ChangedAt))...); err != nil {
		return err
	}
	return tx.changed(p.ID)
}

// Person is the person of an account. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Person(id string) (Person, error) { return find(tx, "person.find", scanPerson, id) }

// DeletePerson deletes a profile with all its terms, spans, appointments, drafts and words.
func (tx *Tx) DeletePerson(id string) error {
	if _, err := tx.exec("person.delete", id); err != nil {
		return err
	}
	return tx.changed(id)
}

// A Term is a word of a person in a field, chosen from a list or their own. Audience says how far it goes, from 0 for all
// members to 3 for nobody else.
type Term struct {
	Person, Field     string
	Place             int // in the field, from 1
	Code, Label, Line string
	Audience          int
}

func scanTerm(r row) (Term, error) {
	var t Term
	err := r.Scan(&t.Person, &t.Field, &t.Place, &t.Code, &t.Label, &t.Line, &t.Audience)
	return t, err
}

// Terms lists the terms of a person by field and place.
func (tx *Tx) Terms(person string) ([]Term, error) { return list(tx, "person.terms", scanTerm, person) }

// SetTerms replaces the terms of a field. Person, Field and Place of each are set by where it stands.
func (tx *Tx) SetTerms(person, field string, audience int, terms []Term) error {
	_, err := tx.exec("person.terms-delete", person, field)
	for k, t := range terms {
		if err == nil {
			_, err = tx.exec("person.term-add", person, field, k+1, t.Code, t.Label, t.Line, audience)
		}
	}
	if err != nil {
		return err
	}
	return tx.changed(person)
}

// ShowTerms changes how far the terms of a field go.
func (tx *Tx) ShowTerms(person, field string, audience int) error {
	if _, err := tx.exec("person.terms-audience", person, field, audience); err != nil {
		return err
	}
	return tx.changed(person)
}

// Visibilities are the audiences that a person has chosen, by field.
func (tx *Tx) Visibilities(person string) (map[string]int, error) {
	type choice struct {
		field    string
		audience int
	}
	all, err := list(tx, "person.visibilities", func(r row) (c choice, err error) { return c, r.Scan(&c.field, &c.audience) }, person)
	chosen := map[string]int{}
	for _, c := range all {
		chosen[c.field] = c.audience
	}
	return chosen, err
}

// SetVisibility changes the audience of a field.
func (tx *Tx) SetVisibility(person, field string, audience int) error {
	_, err := tx.exec("person.visibility-set", person, field, audience)
	return err
}

// A Draft is a stage of a profile that somebody has begun to fill in, as the page keeps it.
type Draft struct {
	Stage, Body string
	SavedAt     time.Time
}

func scanDraft(r row) (Draft, error) {
	var d Draft
	var savedAt int64
	err := r.Scan(&d.Stage, &d.Body, &savedAt)
	d.SavedAt = instant(savedAt)
	return d, err
}

// Drafts lists the drafts of a person by stage.
func (tx *Tx) Drafts(person string) ([]Draft, error) {
	return list(tx, "person.drafts", scanDraft, person)
}

// SetDraft keeps a draft in place of the one before.
func (tx *Tx) SetDraft(person string, d Draft) error {
	_, err := tx.exec("person.draft-set", person, d.Stage, d.Body, micros(d.SavedAt))
	return err
}

// DeleteDraft forgets a draft, if there is one.
func (tx *Tx) DeleteDraft(person, stage string) error {
	_, err := tx.exec("person.draft-delete", person, stage)
	return err
}

// SweepDrafts forgets drafts that were saved before an instant.
func (tx *Tx) SweepDrafts(before time.Time) (int64, error) {
	return tx.exec("person.drafts-sweep", micros(before))
}

// A Span is days from the first to the last, both included; "" leaves it open.
type Span struct{ From, To string }

func scanSpan(r row) (s Span, err error) { return s, r.Scan(&s.From, &s.To) }

// Aways lists the periods in which a person is away, in order.
func (tx *Tx) Aways(person string) ([]Span, error) {
	return list(tx, "person.aways", scanSpan, person)
}

// SetAways replaces the periods in which a person is away.
func (tx *Tx) SetAways(person string, spans []Span) error {
	_, err := tx.exec("person.aways-delete", person)
	for _, s := range spans {
		if err == nil {
			_, err = tx.exec("person.away-add", person, s.From, s.To)
		}
	}
	if err != nil {
		return err
	}
	return tx.changed(person)
}

// SweepAways forgets periods that ended before a day.
func (tx *Tx) SweepAways(before string) (int64, error) { return tx.exec("person.aways-sweep", before) }

// An Appointment is a place of a person in a unit, on one of the two ladders: "level" or "rank".
type Appointment struct {
	ID, Person      string
	Unit, UnitLabel string // "": none of this institution's
	Ladder          string
	Code, Label     string
	Track           string
	FromDay, ToDay  string
}

func scanAppointment(r row) (Appointment, error) {
	var a Appointment
	var unit *string
	err := r.Scan(&a.ID, &a.Person, &unit, &a.UnitLabel, &a.Ladder, &a.Code, &a.Label, &a.Track, &a.FromDay, &a.ToDay)
	a.Unit = textOf(unit)
	return a, err
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// Appointments lists the appointments of a person, the latest first.
func (tx *Tx) Appointments(person string) ([]Appointment, error) {
	return list(tx, "person.appointments", scanAppointment, person)
}

// SetAppointments replaces the appointments of a person.
func (tx *Tx) SetAppointments(person string, all []Appointment) error {
	_, err := tx.exec("person.appointments-delete", person)
	for _, a := range all {
		if err == nil {
			_, err = tx.exec("person.appointment-add", a.ID, person, optionalText(a.Unit), a.UnitLabel, a.Ladder, a.Code, a.Label, a.Track, a.FromDay, a.ToDay)
		}
	}
	return err
}

// Turning lists people of whom an appointment began or ended after one day and up to another.
func (tx *Tx) Turning(after, until string) ([]string, error) {
	return list(tx, "person.turning", scanText, after, until)
}

// DeleteAccount deletes an account that nobody has ever used: whatever refers to it is a Conflict.
func (tx *Tx) DeleteAccount(id string) error { return tx.one("person.delete-account", id) }
