package store

// A PrivateRow is a private value as it is kept, sealed. What is in it, only internal/store/private can tell, and only
// that package asks for it.
type PrivateRow struct {
	ID     string // random
	Person string // whose it is
	Kind   string
	About  string // the id of what the value is about, besides the person; may be empty
	Key    string // the id of the key that seals it
	Sealed []byte
}

func scanPrivate(r row) (p PrivateRow, err error) {
	return p, r.Scan(&p.ID, &p.Person, &p.Kind, &p.About, &p.Key, &p.Sealed)
}

// PutPrivate puts a row in place of an earlier one for the same person, kind and object, whose id stays.
func (tx *Tx) PutPrivate(p PrivateRow) error {
	_, err := tx.exec("private.put", p.ID, p.Person, p.Kind, p.About, p.Key, p.Sealed)
	return err
}

// Private is the row for a person, a kind and an object. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Private(person, kind, about string) (PrivateRow, error) {
	return find(tx, "private.find", scanPrivate, person, kind, about)
}

// PrivatePage lists the rows of a kind by id, behind one, at most so many.
func (tx *Tx) PrivatePage(kind, after string, most int) ([]PrivateRow, error) {
	return list(tx, "private.page", scanPrivate, kind, after, most)
}

// PrivateByKey lists the rows that a key seals by id, behind one, at most so many.
func (tx *Tx) PrivateByKey(key, after string, most int) ([]PrivateRow, error) {
	return list(tx, "private.by-key", scanPrivate, key, after, most)
}

// ResealPrivate gives a row what another key has sealed.
func (tx *Tx) ResealPrivate(id, key string, sealed []byte) error {
	return tx.one("private.reseal", id, key, sealed)
}

// DeletePrivate deletes a row, and says whether it was there.
func (tx *Tx) DeletePrivate(person, kind, about string) (bool, error) {
	n, err := tx.exec("private.delete", person, kind, about)
	return n > 0, err
}

// DeletePrivateOf deletes all that is sealed of a person.
func (tx *Tx) DeletePrivateOf(person string) error {
	_, err := tx.exec("private.delete-of", person)
	return err
}

// ForsakePrivate deletes all rows that a key seals, and says how many there were.
func (tx *Tx) ForsakePrivate(key string) (int64, error) { return tx.exec("private.forsake", key) }

// A PrivateKey is a key by its id, and how many rows it seals.
type PrivateKey struct {
	ID   string
	Rows int64
}

// PrivateKeys lists the keys that seal any row.
func (tx *Tx) PrivateKeys() ([]PrivateKey, error) {
	return list(tx, "private.keys", func(r row) (k PrivateKey, err error) { return k, r.Scan(&k.ID, &k.Rows) })
}
