package store

import "time"

// A Suppression is an address to which nothing is sent that its reader is not waiting for.
type Suppression struct {
	Folded string
	Reason SuppressionReason
	At     time.Time
}

// SuppressionReason says why nothing is sent to an address.
type SuppressionReason string

// The reasons.
const (
	SuppressedBounced SuppressionReason = "bounced"
	SuppressedAsked   SuppressionReason = "asked"
)

// Suppress puts an address on the list, for the latest reason.
func (tx *Tx) Suppress(s Suppression) error {
	_, err := tx.exec("suppression.put", s.Folded, s.Reason, micros(s.At))
	return err
}

// Suppression is what the list says of an address. If it is not there the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Suppression(folded string) (Suppression, error) {
	return find(tx, "suppression.find", func(r row) (Suppression, error) {
		var s Suppression
		var at int64
		err := r.Scan(&s.Folded, &s.Reason, &at)
		s.At = instant(at)
		return s, err
	}, folded)
}

// LiftSuppression takes an address off the list, if it is there.
func (tx *Tx) LiftSuppression(folded string) error {
	_, err := tx.exec("suppression.lift", folded)
	return err
}
