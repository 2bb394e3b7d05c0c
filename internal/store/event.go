package store

import (
	"math"
	"time"
)

// An Event says who did what to which thing, and when: never with which content. Was and Became are hashes of what the
// thing said before and after, so that a change can be shown to be the one that was logged even when the content is
// gone.
type Event struct {
	ID                   string
	At                   time.Time
	Actor                string // a person's id, or the name of a part of the program
	ForWhom              string // on whose behalf; "": the actor's own
	Action               string
	ObjectKind, ObjectID string
	Was, Became          []byte
	About                []string // ids of the people who may read the event; not read back
	Seal, Place          int64    // where the event stands in the sealed log, from 1 and from 0; 0, 0: not sealed yet
}

// A Seal closes some events, so that none of them can be changed, added or taken away unnoticed.
type Seal struct {
	Number    int64 // from 1
	At        time.Time
	Events    int
	Root      []byte // of the tree over the events
	Before    []byte // the hash of the seal before this one; of the first, nothing
	Signature []byte
}

func scanEvent(r row) (Event, error) {
	var e Event
	var at int64
	var seal, place *int64
	err := r.Scan(&e.ID, &at, &e.Actor, &e.ForWhom, &e.Action, &e.ObjectKind, &e.ObjectID, &e.Was, &e.Became, &seal, &place)
	if e.At = instant(at); seal != nil {
		e.Seal, e.Place = *seal, *place
	}
	return e, err
}

// AddEvent adds an event, unsealed.
func (tx *Tx) AddEvent(e Event) error {
	_, err := tx.exec("event.add", e.ID, micros(e.At), e.Actor, e.ForWhom, e.Action, e.ObjectKind, e.ObjectID, bytesOf(e.Was), bytesOf(e.Became))
	for _, person := range e.About {
		if err == nil {
			_, err = tx.exec("event.about", person, e.ID)
		}
	}
	return err
}

// bytesOf makes nothing an empty string of bytes, which columns take.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// UnsealedEvents lists events that no seal covers, the oldest first.
func (tx *Tx) UnsealedEvents(most int) ([]Event, error) {
	return list(tx, "event.unsealed", scanEvent, most)
}

// SealedEvents lists the events under a seal, in their places.
func (tx *Tx) SealedEvents(seal int64) ([]Event, error) {
	return list(tx, "event.sealed", scanEvent, seal)
}

// AddSeal adds a seal over events, which get their places in the order given.
func (tx *Tx) AddSeal(s Seal, events []Event) error {
	if _, err := tx.exec("seal.add", s.Number, micros(s.At), s.Events, s.Root, bytesOf(s.Before), s.Signature); err != nil {
		return err
	}
	for place, e := range events {
		n, err := tx.exec("event.place", e.ID, s.Number, place)
		if err != nil {
			return err
		}
		if n != 1 {
			return &Fault{Kind: Conflict, Rule: UniqueRule} // somebody else has sealed it
		}
	}
	return nil
}

func scanSeal(r row) (Seal, error) {
	var s Seal
	var at int64
	err := r.Scan(&s.Number, &at, &s.Events, &s.Root, &s.Before, &s.Signature)
	s.At = instant(at)
	return s, err
}

// LastSeal is the latest seal. Without one the error is a [*Fault] of kind [NotFound].
func (tx *Tx) LastSeal() (Seal, error) { return find(tx, "seal.last", scanSeal) }

// SignSeal puts another signature in place of a seal's.
func (tx *Tx) SignSeal(number int64, signature []byte) error {
	return tx.one("seal.sign", number, signature)
}

// SealsAfter lists seals with greater numbers, in order.
func (tx *Tx) SealsAfter(number int64, most int) ([]Seal, error) {
	return list(tx, "seal.after", scanSeal, number, most)
}

// EventsAbout lists events that a person may read, the latest first: those before another one, or, before the zero
// event, all.
func (tx *Tx) EventsAbout(person string, before Event, most int) ([]Event, error) {
	at := int64(math.MaxInt64)
	if before.ID != "" {
		at = micros(before.At)
	}
	return list(tx, "event.of", scanEvent, person, at, before.ID, most)
}

// CountEvents counts all events.
func (tx *Tx) CountEvents() (int, error) {
	return find(tx, "event.count", func(r row) (n int, err error) { return n, r.Scan(&n) })
}
