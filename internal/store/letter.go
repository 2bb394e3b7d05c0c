package store

import "time"

// A Letter is something that somebody is to be told by mail. It is written as a template and what fills it; the words
// come when it is sent. It holds ids and names of codes, never what people wrote.
type Letter struct {
	ID        string
	MessageID string // without angle brackets; the same however often it is sent
	Account   string // of the reader; "": only an address is known
	Address   string // where to; "": the address that owns the account when the letter is sent
	Template  string
	Args      string // JSON
	Language  string
	State     LetterState
	MadeAt    time.Time
	EndedAt   time.Time
	SentTo    string // a name for the address that it went to, from which the address cannot be found; "": it was not sent
	Attempts  int
}

// LetterState is where a letter stands.
type LetterState string

// The states of letters.
const (
	LetterWaiting  LetterState = "waiting"
	LetterSent     LetterState = "sent"     // a server has taken it
	LetterRefused  LetterState = "refused"  // for good
	LetterWithheld LetterState = "withheld" // on purpose: the reader does not want it, or is gone
	LetterBounced  LetterState = "bounced"  // it was taken, and came back
)

// A Delivery is an attempt at sending a letter, or what became known of it later.
type Delivery struct {
	Attempt int // from 1
	At      time.Time
	Outcome string // a state of letters, or "later": it will be tried again
	Detail  string // what the server said, in codes; never an address
}

// DeliveryLater is the outcome of an attempt that is followed by another.
const DeliveryLater = "later"

func scanLetter(r row) (Letter, error) {
	var l Letter
	var account *string
	var madeAt int64
	var endedAt *int64
	err := r.Scan(&l.ID, &l.MessageID, &account, &l.Address, &l.Template, &l.Args, &l.Language, &l.State, &madeAt, &endedAt, &l.SentTo, &l.Attempts)
	l.MadeAt, l.EndedAt = instant(madeAt), optionalInstant(endedAt)
	if account != nil {
		l.Account = *account
	}
	return l, err
}

// AddLetter adds a letter that waits.
func (tx *Tx) AddLetter(l Letter) error {
	_, err := tx.exec("letter.add", l.ID, l.MessageID, optionalText(l.Account), l.Address, l.Template, l.Args, l.Language, micros(l.MadeAt))
	return err
}

// Letter is the letter of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Letter(id string) (Letter, error) { return find(tx, "letter.find", scanLetter, id) }

// LetterByMessageID is the letter that a bounce speaks of.
func (tx *Tx) LetterByMessageID(id string) (Letter, error) {
	return find(tx, "letter.by-message-id", scanLetter, id)
}

// Letters lists letters in a state, the latest first.
func (tx *Tx) Letters(s LetterState, most int) ([]Letter, error) {
	return list(tx, "letter.latest", scanLetter, s, most)
}

// EndLetter says what became of a letter that waits, of one that was sent and came back, or of one that was refused or
// came back and is given up.
func (tx *Tx) EndLetter(id string, s LetterState, at time.Time) error {
	return tx.one("letter.end", id, s, micros(at))
}

// LetterSent says that a server has taken a letter that waited, and a name for where to.
func (tx *Tx) LetterSent(id string, at time.Time, to string) error {
	return tx.one("letter.sent", id, micros(at), to)
}

// LetterAgain lets a letter wait again that was refused or came back. It returns false when there is none in such a state.
func (tx *Tx) LetterAgain(id string) (bool, error) {
	n, err := tx.exec("letter.again", id)
	return n > 0, err
}

// CountLetters counts the letters in each state.
func (tx *Tx) CountLetters() (map[LetterState]int, error) {
	return counts[LetterState](tx, "letter.count")
}

// SweepLetters deletes letters that ended before an instant, with their deliveries.
func (tx *Tx) SweepLetters(before time.Time) (int64, error) {
	return tx.exec("letter.sweep", micros(before))
}

// AddDelivery adds a delivery of a letter, after those that there are.
func (tx *Tx) AddDelivery(letter string, d Delivery) error {
	_, err := tx.exec("letter.delivery-add", letter, micros(d.At), d.Outcome, d.Detail)
	return err
}

// Deliveries lists the deliveries of a letter, in order.
func (tx *Tx) Deliveries(letter string) ([]Delivery, error) {
	return list(tx, "letter.deliveries", func(r row) (Delivery, error) {
		var d Delivery
		var at int64
		err := r.Scan(&d.Attempt, &at, &d.Outcome, &d.Detail)
		d.At = instant(at)
		return d, err
	}, letter)
}

// DropLettersToAddresses forgets letters that wait to be sent to addresses which have no account.
func (tx *Tx) DropLettersToAddresses() error {
	_, err := tx.exec("letter.drop-unsent")
	return err
}
