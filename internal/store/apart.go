package store

import "time"

// A VetoAddress is a wish not to be matched with whoever has an address.
type VetoAddress struct {
	ID      string
	Address string // as it was typed
	MadeAt  time.Time
}

// AddVetoAddress keeps a wish of a person about whoever has an address, now or later, under the folded form; a second time
// changes nothing. Whoever gives the address up is still meant.
func (tx *Tx) AddVetoAddress(person, folded string, v VetoAddress) error {
	_, err := tx.exec("authority.veto-address-add", v.ID, person, folded, v.Address, micros(v.MadeAt))
	return err
}

// DeleteVetoAddress forgets a wish of a person. It returns false when there was none.
func (tx *Tx) DeleteVetoAddress(person, id string) (bool, error) {
	n, err := tx.exec("authority.veto-address-delete", id, person)
	return n > 0, err
}

// VetoAddresses lists the wishes of a person about addresses, never those about theirs.
func (tx *Tx) VetoAddresses(person string) ([]VetoAddress, error) {
	return list(tx, "authority.veto-addresses", func(r row) (v VetoAddress, err error) {
		var madeAt int64
		err = r.Scan(&v.ID, &v.Address, &madeAt)
		v.MadeAt = instant(madeAt)
		return v, err
	}, person)
}

// An AuthorityAddress is a position that a person declared between them and whoever has an address.
type AuthorityAddress struct {
	ID      string
	Person  string // who declared it
	Address string // as it was typed
	Other   string // who has the address; "": nobody
	Kind    string
	Above   bool // the person has it over the other
	Span    Span
	MadeAt  time.Time
}

func scanAuthorityAddress(r row) (a AuthorityAddress, err error) {
	var madeAt int64
	err = r.Scan(&a.ID, &a.Person, &a.Address, &a.Other, &a.Kind, &a.Above, &a.Span.From, &a.Span.To, &madeAt)
	a.MadeAt = instant(madeAt)
	return a, err
}

// AddAuthorityAddress adds a position towards whoever has an address, under the folded form. The same one from the same
// day on is there once: its end becomes the new one. Other is not kept: it follows from who has the address.
func (tx *Tx) AddAuthorityAddress(a AuthorityAddress, folded string) error {
	_, err := tx.exec("authority.address-add", a.ID, a.Person, folded, a.Address, a.Kind, flag(a.Above), a.Span.From, a.Span.To, micros(a.MadeAt))
	return err
}

// AuthorityAddressesBy lists what a person declared towards addresses.
func (tx *Tx) AuthorityAddressesBy(person string) ([]AuthorityAddress, error) {
	return list(tx, "authority.addresses-by", scanAuthorityAddress, person)
}

// AuthorityAddressesOf lists what others declared towards addresses of a person.
func (tx *Tx) AuthorityAddressesOf(person string) ([]AuthorityAddress, error) {
	return list(tx, "authority.addresses-of", scanAuthorityAddress, person)
}

// DropAuthorityAddresses forgets what a person declared towards addresses.
func (tx *Tx) DropAuthorityAddresses(person string) error {
	_, err := tx.exec("authority.addresses-drop", person)
	return err
}
