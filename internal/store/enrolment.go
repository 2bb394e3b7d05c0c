package store

import "time"

// An Enrolment is that somebody is in a program. When it ends it is gone; the audit log says that it was.
type Enrolment struct {
	Program, Person string
	Since           time.Time
}

func scanEnrolment(r row) (e Enrolment, err error) {
	var since int64
	err = r.Scan(&e.Program, &e.Person, &since)
	e.Since = instant(since)
	return e, err
}

// Enrol takes somebody into a program. It returns false when they were in it.
func (tx *Tx) Enrol(e Enrolment) (bool, error) {
	n, err := tx.exec("enrolment.add", e.Program, e.Person, micros(e.Since))
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.changed(e.Person)
}

// EndEnrolment takes somebody out of a program. It returns false when they were not in it.
func (tx *Tx) EndEnrolment(program, person string) (bool, error) {
	n, err := tx.exec("enrolment.end", program, person)
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.changed(person)
}

// Enrolled says whether somebody is in a program.
func (tx *Tx) Enrolled(program, person string) (bool, error) {
	n, err := find(tx, "enrolment.is", func(r row) (n int, err error) { return n, r.Scan(&n) }, program, person)
	return n > 0, err
}

// EnrolmentsOf lists the programs that somebody is in, by id.
func (tx *Tx) EnrolmentsOf(person string) ([]Enrolment, error) {
	return list(tx, "enrolment.of", scanEnrolment, person)
}

// CountEnrolled counts who is in a program.
func (tx *Tx) CountEnrolled(program string) (int, error) {
	return find(tx, "enrolment.count", func(r row) (n int, err error) { return n, r.Scan(&n) }, program)
}
