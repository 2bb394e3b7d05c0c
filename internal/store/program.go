package store

import "time"

// A Program is one of the installation's.
type Program struct {
	ID             string
	NameEn, NameFr string
	LineEn, LineFr string // one sentence on what it is for
	MadeAt         time.Time
	MadeBy         string
}

func scanProgram(r row) (Program, error) {
	var p Program
	var madeAt int64
	err := r.Scan(&p.ID, &p.NameEn, &p.NameFr, &p.LineEn, &p.LineFr, &madeAt, &p.MadeBy)
	p.MadeAt = instant(madeAt)
	return p, err
}

// AddProgram adds a program.
func (tx *Tx) AddProgram(p Program) error {
	_, err := tx.exec("program.add", p.ID, p.NameEn, p.NameFr, p.LineEn, p.LineFr, micros(p.MadeAt), p.MadeBy)
	return err
}

// SetProgram changes what a program is called and the sentence on it.
func (tx *Tx) SetProgram(p Program) error {
	return tx.one("program.set", p.ID, p.NameEn, p.NameFr, p.LineEn, p.LineFr)
}

// Program is the program of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Program(id string) (Program, error) { return find(tx, "program.find", scanProgram, id) }

// Programs lists all programs by id. An installation has a few dozen.
func (tx *Tx) Programs() ([]Program, error) { return list(tx, "program.all", scanProgram) }

// A Coordination is that somebody coordinates a program.
type Coordination struct {
	Program, Account string
	Since            time.Time
}

// Coordinations lists who coordinates what, by program, those who have done so for longest first.
func (tx *Tx) Coordinations() ([]Coordination, error) {
	return list(tx, "program.coordinators", func(r row) (c Coordination, err error) {
		var since int64
		err = r.Scan(&c.Program, &c.Account, &since)
		c.Since = instant(since)
		return c, err
	})
}

// CoordinatorsOf lists the accounts that coordinate a program, those who have done so for longest first.
func (tx *Tx) CoordinatorsOf(program string) ([]string, error) {
	return list(tx, "program.coordinators-of", scanText, program)
}

// CoordinatedBy lists the programs that an account coordinates, by id.
func (tx *Tx) CoordinatedBy(account string) ([]string, error) {
	return list(tx, "program.coordinated-by", scanText, account)
}

// AddCoordinator lets an account coordinate a program. It returns false when it did.
func (tx *Tx) AddCoordinator(program, account string, since time.Time) (bool, error) {
	n, err := tx.exec("program.coordinate", program, account, micros(since))
	return n > 0, err
}

// TakeCoordinator takes that away. It returns false when the account did not coordinate the program.
func (tx *Tx) TakeCoordinator(program, account string) (bool, error) {
	n, err := tx.exec("program.coordinate-no-more", program, account)
	return n > 0, err
}
