package store

// A Unit is a part of an institution. Days are "" where it is open at that end.
type Unit struct {
	ID, Parent           string // Parent "": of none
	NameEn, NameFr       string
	OpenedDay, ClosedDay string
}

func scanUnit(r row) (Unit, error) {
	var u Unit
	var parent *string
	err := r.Scan(&u.ID, &parent, &u.NameEn, &u.NameFr, &u.OpenedDay, &u.ClosedDay)
	u.Parent = textOf(parent)
	return u, err
}

// Units lists all units by id. An institution has a few hundred.
func (tx *Tx) Units() ([]Unit, error) { return list(tx, "unit.all", scanUnit) }

// AddUnit adds a unit.
func (tx *Tx) AddUnit(u Unit) error {
	_, err := tx.exec("unit.add", u.ID, optionalText(u.Parent), u.NameEn, u.NameFr, u.OpenedDay, u.ClosedDay)
	return err
}

// SetUnit changes a unit: its names, its days, and what it stands below.
func (tx *Tx) SetUnit(u Unit) error {
	return tx.one("unit.set", u.ID, optionalText(u.Parent), u.NameEn, u.NameFr, u.OpenedDay, u.ClosedDay)
}

// A UnitHead leads a unit for some days.
type UnitHead struct {
	Unit, Person string
	Span
}

// UnitHeads lists those who lead units, by unit.
func (tx *Tx) UnitHeads() ([]UnitHead, error) {
	return list(tx, "unit.heads", func(r row) (h UnitHead, err error) { return h, r.Scan(&h.Unit, &h.Person, &h.From, &h.To) })
}

// SetUnitHead lets somebody lead a unit for some days.
func (tx *Tx) SetUnitHead(h UnitHead) error {
	_, err := tx.exec("unit.head-add", h.Unit, h.Person, h.From, h.To)
	return err
}

// DeleteUnitHeads forgets which units somebody led.
func (tx *Tx) DeleteUnitHeads(person string) error {
	_, err := tx.exec("unit.head-delete", person)
	return err
}

// UnitsHeadedBy lists the units that somebody leads on a day, with all below them.
func (tx *Tx) UnitsHeadedBy(person, day string) ([]string, error) {
	return list(tx, "unit.headed-by", scanText, person, day)
}
