package store

import "time"

// A Passkey is a key pair whose private half stays on a person's device, or in what keeps their passwords.
type Passkey struct {
	ID         string // to name it by; opens nothing
	Credential []byte // its id, as the device knows it
	Handle     []byte // the account's, as the device knows it: that of the account for which it was made
	Account    string
	Name       string // for its person to know it again
	Record     string // what checks its signatures, as the package that does so writes it
	MadeAt     time.Time
	UsedAt     time.Time // zero: never
}

func scanPasskey(r row) (Passkey, error) {
	var p Passkey
	var madeAt int64
	var usedAt *int64
	err := r.Scan(&p.ID, &p.Credential, &p.Handle, &p.Account, &p.Name, &p.Record, &madeAt, &usedAt)
	p.MadeAt, p.UsedAt = instant(madeAt), optionalInstant(usedAt)
	return p, err
}

// AddPasskey adds a passkey that was not used yet.
func (tx *Tx) AddPasskey(p Passkey) error {
	_, err := tx.exec("passkey.add", p.ID, p.Credential, p.Handle, p.Account, p.Name, p.Record, micros(p.MadeAt))
	return err
}

// PasskeyByCredential is the passkey that a device names. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) PasskeyByCredential(credential []byte) (Passkey, error) {
	return find(tx, "passkey.by-credential", scanPasskey, credential)
}

// Passkeys lists the passkeys of an account, the oldest first.
func (tx *Tx) Passkeys(account string) ([]Passkey, error) {
	return list(tx, "passkey.of", scanPasskey, account)
}

// UsePasskey says that a passkey was used, and keeps what its next signature is checked with.
func (tx *Tx) UsePasskey(id, record string, at time.Time) error {
	return tx.one("passkey.use", id, record, micros(at))
}

// RenamePasskey changes the name of a passkey of an account. It returns false when the account has no such passkey.
func (tx *Tx) RenamePasskey(id, account, name string) (bool, error) {
	n, err := tx.exec("passkey.rename", id, account, name)
	return n > 0, err
}

// MovePasskeys gives all passkeys of an account to another one.
func (tx *Tx) MovePasskeys(from, to string) error {
	_, err := tx.exec("passkey.move", from, to)
	return err
}

// DeletePasskey forgets a passkey of an account. It returns false when the account has no such passkey.
func (tx *Tx) DeletePasskey(id, account string) (bool, error) {
	n, err := tx.exec("passkey.delete", id, account)
	return n > 0, err
}

// DeletePasskeysSince forgets those passkeys of an account that were added at an instant or later.
func (tx *Tx) DeletePasskeysSince(account string, since time.Time) (int64, error) {
	return tx.exec("passkey.delete-since", account, micros(since))
}
