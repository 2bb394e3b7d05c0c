package store

import "time"

// Administrator is the role of those who look after the installation.
const Administrator = "administrator"

// AddRole grants a role of the installation. It returns false when the account had it.
func (tx *Tx) AddRole(account, role string, at time.Time, by string) (bool, error) {
	n, err := tx.exec("role.add", account, role, micros(at), by)
	return n > 0, err
}

// TakeRole takes a role away. It returns false when the account did not have it.
func (tx *Tx) TakeRole(account, role string) (bool, error) {
	n, err := tx.exec("role.take", account, role)
	return n > 0, err
}

// Roles lists the roles of an account, sorted.
func (tx *Tx) Roles(account string) ([]string, error) { return list(tx, "role.of", scanText, account) }

// CountRole counts those who have a role and can act: their account is neither suspended nor merged into another one.
func (tx *Tx) CountRole(role string) (int, error) {
	return find(tx, "role.count", func(r row) (n int, err error) { return n, r.Scan(&n) }, role)
}
