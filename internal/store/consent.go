package store

import "time"

// A Consent is a person's consent to one use of what they say of a characteristic. Rows are added and ended, and never
// changed otherwise, so that they are a log.
type Consent struct {
	ID          string
	Person      string
	Inquiry     string
	Use         string // statistics, matching or shown
	Wording     int
	Language    string
	Channel     string
	GivenAt     time.Time
	WithdrawnAt time.Time // zero: it was not
	WithdrawnBy string
}

func scanConsent(r row) (c Consent, err error) {
	var givenAt int64
	var withdrawnAt *int64
	err = r.Scan(&c.ID, &c.Person, &c.Inquiry, &c.Use, &c.Wording, &c.Language, &c.Channel, &givenAt, &withdrawnAt, &c.WithdrawnBy)
	c.GivenAt, c.WithdrawnAt = instant(givenAt), optionalInstant(withdrawnAt)
	return c, err
}

// AddConsent adds a consent that is given. A second one of the same person to the same use and inquiry breaks a rule.
func (tx *Tx) AddConsent(c Consent) error {
	_, err := tx.exec("consent.add", c.ID, c.Person, c.Inquiry, c.Use, c.Wording, c.Language, c.Channel, micros(c.GivenAt))
	return err
}

// WithdrawConsent ends a consent, and says whether it was given until now.
func (tx *Tx) WithdrawConsent(id string, at time.Time, by string) (bool, error) {
	n, err := tx.exec("consent.withdraw", id, micros(at), by)
	return n > 0, err
}

// Consent is the consent of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Consent(id string) (Consent, error) { return find(tx, "consent.find", scanConsent, id) }

// Consents lists all that a person ever consented to, the earliest first.
func (tx *Tx) Consents(person string) ([]Consent, error) {
	return list(tx, "consent.of", scanConsent, person)
}

// LiveConsents lists the consents to a use under an inquiry by id, behind one, at most so many.
func (tx *Tx) LiveConsents(inquiry, use, after string, most int) ([]Consent, error) {
	return list(tx, "consent.live", scanConsent, inquiry, use, after, most)
}
