package person

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
)

// Characteristics does what people and administrators can do with sensitive characteristics. What people say lies apart
// from their profiles, sealed; every use of it by somebody else names a consent that is live in that moment.
type Characteristics struct {
	People *People
	Vault  *private.Vault
}

// A saying is what a person says of one characteristic.
type saying struct {
	Codes []string `json:"codes,omitempty"`
	Words string   `json:"words,omitempty"`
	At    int64    `json:"at"` // microseconds of Unix time
}

// sayings are what a person says of all characteristics. They are sealed as one, so that neither their number nor which
// they are shows where they are kept.
type sayings map[mentoring.Characteristic]saying

func (s saying) value() mentoring.Value { return mentoring.Value{Codes: s.Codes, Words: s.Words} }
func (s saying) at() time.Time          { return time.UnixMicro(s.At).UTC() }

// placeOf is where the sayings of a person lie.
func placeOf(person string) private.Place {
	return private.Place{Person: person, Kind: private.Characteristics}
}

// load reads what a person says; of one who says nothing, nothing.
func (c *Characteristics) load(tx *store.Tx, person string) (sayings, error) {
	text, err := c.Vault.Get(tx, placeOf(person))
	if store.IsKind(err, store.NotFound) {
		return sayings{}, nil
	}
	if err != nil {
		return nil, err
	}
	return readSayings(text)
}

// loadOwn reads what a person says, for that person. What was damaged is as if it had not been said, so that they can say
// it again, and delete it.
func (c *Characteristics) loadOwn(tx *store.Tx, person string) (sayings, error) {
	said, err := c.load(tx, person)
	if errors.Is(err, &private.Fault{Kind: private.Damaged}) {
		return sayings{}, nil
	}
	return said, err
}

func readSayings(text []byte) (said sayings, err error) {
	if json.Unmarshal(text, &said) != nil { // whose error could quote it
		return nil, errors.New("what a person says of themselves cannot be read")
	}
	return said, nil
}

// save puts what a person says in place of what they said before.
func (c *Characteristics) save(tx *store.Tx, person string, said sayings) error {
	if len(said) == 0 {
		_, err := c.Vault.Delete(tx, placeOf(person))
		return err
	}
	text, err := json.Marshal(said)
	if err != nil {
		panic(err) // it holds texts and numbers
	}
	return c.Vault.Put(tx, placeOf(person), text)
}

// An OwnCharacteristic is what a person is asked for, and what they have said.
type OwnCharacteristic struct {
	Inquiry mentoring.Inquiry
	Said    bool
	Value   mentoring.Value
	Uses    []mentoring.Use // that the person's consents allow
	Until   time.Time       // when it is deleted, unless it is said again
}

// Own lists all characteristics that the installation asks for, with what the person has said.
func (c *Characteristics) Own(ctx context.Context, v account.Visit) ([]OwnCharacteristic, error) {
	return c.own(ctx, v, mentoring.See, own(v, mentoring.SensitiveCharacteristics))
}

// TakeAlong is what Own lists, for the export of all that is kept of a person. Whose account is suspended can take it, too.
func (c *Characteristics) TakeAlong(ctx context.Context, v account.Visit) ([]OwnCharacteristic, error) {
	return c.own(ctx, v, mentoring.ExportOwnData, own(v, mentoring.Account))
}

func (c *Characteristics) own(ctx context.Context, v account.Visit, action mentoring.Action, on mentoring.Object) (all []OwnCharacteristic, err error) {
	err = c.People.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, action, on).Refused(); err != nil {
			return err
		}
		asked, err := inquiries(w.Tx)
		if err != nil {
			return err
		}
		me := string(w.actor.Person)
		said, err := c.loadOwn(w.Tx, me)
		if err != nil {
			return err
		}
		consents, err := w.consents(me)
		for _, i := range asked {
			o := OwnCharacteristic{Inquiry: i}
			if s, is := said[i.Characteristic]; is {
				o.Said, o.Value, o.Uses, o.Until = true, s.value(), mentoring.LiveUses(consents, &i), i.Until(s.at())
			}
			all = append(all, o)
		}
		return err
	})
	return all, err
}

// A Telling is what a person says of a characteristic, and which uses they allow, having read what it is for.
type Telling struct {
	Inquiry  string // the id of what was read
	Value    mentoring.Value
	Uses     []mentoring.Use // all that are allowed from now on
	Wording  int             // the version of the texts of consent that were read
	Language string          // in which they were read
}

// Tell keeps what a person says, with their consents: those they gave before and do not give now are withdrawn. A value
// that may be used for nothing is not kept, so without any use the error is Invalid. If the installation has meanwhile
// written another purpose, or the texts are other ones, it is a Conflict: the person has read something else.
func (c *Characteristics) Tell(ctx context.Context, v account.Visit, t Telling) error {
	return c.People.act(ctx, v, mentoring.TellSensitive, own(v, mentoring.SensitiveCharacteristics), func(w *work) error {
		return c.tell(w, t)
	})
}

func (c *Characteristics) tell(w *work, t Telling) error {
	i, err := w.read(t.Inquiry, t.Wording, t.Language)
	if err != nil {
		return err
	}
	value, err := i.Characteristic.Read(t.Value)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(mentoring.Uses[:], func(use mentoring.Use) bool { return slices.Contains(t.Uses, use) }) {
		return invalid("characteristic.no-use")
	}
	me := string(w.actor.Person)
	said, err := c.loadOwn(w.Tx, me)
	if err != nil {
		return err
	}
	said[i.Characteristic] = saying{value.Codes, value.Words, w.now.UnixMicro()}
	if err := c.save(w.Tx, me, said); err != nil {
		return err
	}
	if err := w.allow(me, &i, t); err != nil {
		return err
	}
	return w.logCharacteristics("characteristic.tell", me)
}

// read is the inquiry that a person has read, with the texts of consent, if both are still what they were.
func (w *work) read(inquiry string, wording int, language string) (mentoring.Inquiry, error) {
	kept, err := w.Inquiry(inquiry)
	if err != nil {
		return mentoring.Inquiry{}, here(err)
	}
	i := inquiryOf(kept)
	switch {
	case !i.GoesOn() || wording != mentoring.Wording:
		return i, conflict("characteristic.changed")
	case language != "en" && language != "fr-CA":
		return i, invalid("account.language")
	}
	return i, nil
}

// logCharacteristics logs that a person did something with what they say of themselves. Which characteristic it was is
// not logged, and no hash of a value: there are too few values for a hash to hide one.
func (w *work) logCharacteristics(action, person string) error {
	return w.log(action, string(mentoring.SensitiveCharacteristics), person, nil, nil, person)
}

// Forget deletes what a person has said of a characteristic and withdraws all their consents to it, at once.
func (c *Characteristics) Forget(ctx context.Context, v account.Visit, of mentoring.Characteristic) error {
	return c.People.act(ctx, v, mentoring.WithdrawConsents, own(v, mentoring.SensitiveCharacteristics), func(w *work) error {
		me := string(w.actor.Person)
		withdrawn, err := w.withdraw(me, of, mentoring.Uses[:], mentoring.ByPage)
		if err != nil {
			return err
		}
		deleted, err := c.forget(w.Tx, me, of)
		if err != nil || !deleted && withdrawn == 0 {
			return err
		}
		return w.logCharacteristics("characteristic.forget", me)
	})
}

// forget deletes what a person has said of a characteristic, and says whether there was anything.
func (c *Characteristics) forget(tx *store.Tx, person string, of mentoring.Characteristic) (bool, error) {
	said, err := c.load(tx, person)
	if errors.Is(err, &private.Fault{Kind: private.Damaged}) {
		return true, c.save(tx, person, nil)
	}
	if err != nil {
		return false, err
	}
	if _, is := said[of]; !is {
		return false, nil
	}
	delete(said, of)
	return true, c.save(tx, person, said)
}

// Read gives what a person has said to somebody else, for one use, by the consent that allows it at this moment. When
// the consent is not live any more, was given for another use, or there never was one, the answer is NotHere, and
// nothing was opened.
func (c *Characteristics) Read(tx *store.Tx, by ConsentID, use mentoring.Use) (mentoring.Value, error) {
	person, of, err := allowed(tx, by, use)
	if err != nil {
		return mentoring.Value{}, err
	}
	said, err := c.load(tx, person)
	if err != nil {
		return mentoring.Value{}, err
	}
	s, is := said[of]
	if !is {
		return mentoring.Value{}, mentoring.NotHere()
	}
	return s.value(), nil
}

// A ShownCharacteristic is what a person lets those see with whom they are in a relationship.
type ShownCharacteristic struct {
	Characteristic mentoring.Characteristic
	Value          mentoring.Value
}

// Shown lists what an actor is shown of a person, in the order in which everybody's are shown. The object names the
// person as its owner, and the participants of the relationship through which the actor looks. To whom nothing is shown,
// the list is empty, whatever the person has said.
func (c *Characteristics) Shown(tx *store.Tx, actor mentoring.Actor, o mentoring.Object) (all []ShownCharacteristic, err error) {
	o.Kind, o.Facts = mentoring.SensitiveCharacteristics, mentoring.ConsentShown
	if o.Owner == actor.Person || mentoring.May(actor, mentoring.See, o).Sight != mentoring.All {
		return nil, nil
	}
	asked, err := inquiries(tx)
	if err != nil {
		return nil, err
	}
	consents, err := consentsOf(tx, string(o.Owner))
	if err != nil {
		return nil, err
	}
	for k := range asked {
		for _, consent := range consents {
			if !consent.Live(&asked[k], mentoring.InProfile) {
				continue
			}
			value, err := c.Read(tx, ConsentID(consent.ID), mentoring.InProfile)
			if err != nil {
				return nil, fmt.Errorf("show a characteristic: %w", err)
			}
			all = append(all, ShownCharacteristic{asked[k].Characteristic, value})
		}
	}
	return all, nil
}
