package store

import "time"

// An Authority is a position of one person towards another for some days.
type Authority struct {
	ID       string
	From, To string
	Kind     string
	Span     Span
	Source   string // declared, roster or coordinator
	By       string // who said so
	MadeAt   time.Time
}

func scanAuthority(r row) (Authority, error) {
	var a Authority
	var madeAt int64
	err := r.Scan(&a.ID, &a.From, &a.To, &a.Kind, &a.Span.From, &a.Span.To, &a.Source, &a.By, &madeAt)
	a.MadeAt = instant(madeAt)
	return a, err
}

// AddAuthority adds a position. The same one, said by the same source from the same day on, is there once: its end
// becomes the new one.
func (tx *Tx) AddAuthority(a Authority) error {
	_, err := tx.exec("authority.add", a.ID, a.From, a.To, a.Kind, a.Span.From, a.Span.To, a.Source, a.By, micros(a.MadeAt))
	return err
}

// Authority is the position of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Authority(id string) (Authority, error) {
	return find(tx, "authority.find", scanAuthority, id)
}

// AuthoritiesOf lists the positions that begin or end at a person, whenever they hold.
func (tx *Tx) AuthoritiesOf(person string) ([]Authority, error) {
	return list(tx, "authority.of", scanAuthority, person)
}

// DeleteAuthority deletes a position.
func (tx *Tx) DeleteAuthority(id string) error { return tx.one("authority.delete", id) }

// SweepAuthorities deletes positions that ended before a day.
func (tx *Tx) SweepAuthorities(before string) (int64, error) {
	return tx.sum(before, "authority.sweep", "authority.address-sweep")
}

// An Edge is a position that is in force.
type Edge struct{ From, To, Kind string }

// Standing lists the positions in force on a day that begin or end at a person. Leading a unit is one towards all who are
// appointed in it or below it; one that was declared towards an address is one towards whoever has it.
func (tx *Tx) Standing(person, day string) ([]Edge, error) {
	return list(tx, "authority.standing", func(r row) (e Edge, err error) { return e, r.Scan(&e.From, &e.To, &e.Kind) }, person, day)
}

// A Veto is a wish not to be matched with somebody.
type Veto struct {
	Other  string
	MadeAt time.Time
}

// AddVeto keeps a wish of a person; a second time changes nothing.
func (tx *Tx) AddVeto(person, other string, at time.Time) error {
	_, err := tx.exec("authority.veto-add", person, other, micros(at))
	return err
}

// DeleteVeto forgets a wish. It returns false when there was none.
func (tx *Tx) DeleteVeto(person, other string) (bool, error) {
	n, err := tx.exec("authority.veto-delete", person, other)
	return n > 0, err
}

// Vetoes lists the wishes of a person, never those about them.
func (tx *Tx) Vetoes(person string) ([]Veto, error) {
	return list(tx, "authority.vetoes", func(r row) (v Veto, err error) {
		var madeAt int64
		err = r.Scan(&v.Other, &madeAt)
		v.MadeAt = instant(madeAt)
		return v, err
	}, person)
}

// Apart says whether one of two people wishes not to be matched with the other, whether they named them or an address of
// theirs.
func (tx *Tx) Apart(a, b string) (bool, error) {
	n, err := find(tx, "authority.apart", func(r row) (n int, err error) { return n, r.Scan(&n) }, a, b)
	return n > 0, err
}

// SweepVetoes forgets wishes from before an instant.
func (tx *Tx) SweepVetoes(before time.Time) (int64, error) {
	return tx.sum(micros(before), "authority.veto-sweep", "authority.veto-address-sweep")
}

// A Declaration says that somebody has looked through their interests.
type Declaration struct {
	MadeAt time.Time
	None   bool // they have none to declare
}

// AddDeclaration adds a declaration of interests.
func (tx *Tx) AddDeclaration(person string, d Declaration) error {
	_, err := tx.exec("authority.declare", person, micros(d.MadeAt), flag(d.None))
	return err
}

// Declarations lists the declarations of a person, the latest first.
func (tx *Tx) Declarations(person string) ([]Declaration, error) {
	return list(tx, "authority.declarations", func(r row) (d Declaration, err error) {
		var madeAt int64
		err = r.Scan(&madeAt, &d.None)
		d.MadeAt = instant(madeAt)
		return d, err
	}, person)
}

// SweepDeclarations forgets declarations from before an instant.
func (tx *Tx) SweepDeclarations(before time.Time) (int64, error) {
	return tx.exec("authority.declaration-sweep", micros(before))
}

// sum runs queries with one argument and returns how many rows they changed.
func (tx *Tx) sum(arg any, names ...string) (total int64, err error) {
	for _, name := range names {
		n, err := tx.exec(name, arg)
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}
