package person

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/private"
)

// A ConsentID names one consent. Whoever reads a value of somebody else names the consent that allows it.
type ConsentID string

func consentOf(c store.Consent) mentoring.Consent {
	return mentoring.Consent{
		ID: c.ID, Person: mentoring.PersonID(c.Person), Inquiry: c.Inquiry, Use: mentoring.Use(c.Use), Wording: c.Wording,
		Language: c.Language, Channel: mentoring.Channel(c.Channel), GivenAt: c.GivenAt, WithdrawnAt: c.WithdrawnAt,
		WithdrawnBy: mentoring.Channel(c.WithdrawnBy),
	}
}

// consentsOf are all consents that a person ever gave.
func consentsOf(tx *store.Tx, person string) (all []mentoring.Consent, err error) {
	kept, err := tx.Consents(person)
	for _, c := range kept {
		all = append(all, consentOf(c))
	}
	return all, err
}

func (w *work) consents(person string) ([]mentoring.Consent, error) { return consentsOf(w.Tx, person) }

// allowed says whose value of which characteristic a consent allows to be used at this moment; if none, NotHere.
func allowed(tx *store.Tx, by ConsentID, use mentoring.Use) (person string, of mentoring.Characteristic, err error) {
	kept, err := tx.Consent(string(by))
	if err != nil {
		return "", "", here(err)
	}
	asked, err := tx.Inquiry(kept.Inquiry)
	if err != nil {
		return "", "", here(err)
	}
	consent, inquiry := consentOf(kept), inquiryOf(asked)
	if !consent.Live(&inquiry, use) {
		return "", "", mentoring.NotHere()
	}
	return kept.Person, inquiry.Characteristic, nil
}

// allow gives the consents of a telling that are not live yet, and withdraws those that are live and no more given.
func (w *work) allow(me string, i *mentoring.Inquiry, t Telling) error {
	consents, err := w.consents(me)
	if err != nil {
		return err
	}
	live := mentoring.LiveUses(consents, i)
	for _, use := range mentoring.Uses {
		given, was := slices.Contains(t.Uses, use), slices.Contains(live, use)
		switch {
		case given && !was:
			err = w.give(me, i, use, t.Wording, t.Language)
		case !given && was:
			_, err = w.withdraw(me, i.Characteristic, []mentoring.Use{use}, mentoring.ByPage)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *work) give(me string, i *mentoring.Inquiry, use mentoring.Use, wording int, language string) error {
	return w.AddConsent(store.Consent{
		ID: rand.Text(), Person: me, Inquiry: i.ID, Use: string(use), Wording: wording, Language: language,
		Channel: string(mentoring.ByPage), GivenAt: w.now,
	})
}

// withdraw ends the consents of a person to some uses of a characteristic, and says how many there were.
func (w *work) withdraw(person string, of mentoring.Characteristic, uses []mentoring.Use, by mentoring.Channel) (n int, err error) {
	i, err := inquiryAbout(w.Tx, of)
	if err != nil || i == nil {
		return 0, err
	}
	consents, err := w.consents(person)
	if err != nil {
		return 0, err
	}
	for _, c := range consents {
		if !slices.Contains(uses, c.Use) || !c.Live(i, c.Use) {
			continue
		}
		if _, err := w.WithdrawConsent(c.ID, w.now, string(by)); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Consent gives one consent to a use of what a person has said before. If they have said nothing, or the consent is given
// already, there is nothing to do.
func (c *Characteristics) Consent(ctx context.Context, v account.Visit, inquiry string, use mentoring.Use, wording int, language string) error {
	return c.People.act(ctx, v, mentoring.TellSensitive, own(v, mentoring.SensitiveCharacteristics), func(w *work) error {
		i, err := w.read(inquiry, wording, language)
		if err != nil {
			return err
		}
		if _, known := mentoring.ReadUse(string(use)); !known {
			return mentoring.NotHere()
		}
		me := string(w.actor.Person)
		said, err := c.loadOwn(w.Tx, me)
		if err != nil {
			return err
		}
		consents, err := w.consents(me)
		if err != nil {
			return err
		}
		if _, is := said[i.Characteristic]; !is || slices.Contains(mentoring.LiveUses(consents, &i), use) {
			return nil
		}
		if err := w.give(me, &i, use, wording, language); err != nil {
			return err
		}
		return w.logCharacteristics("consent.give", me)
	})
}

// Withdraw ends one consent, at once: the next read by it fails. With the last one of a characteristic, what was said of
// it is deleted, since nobody may use it any more.
func (c *Characteristics) Withdraw(ctx context.Context, v account.Visit, of mentoring.Characteristic, use mentoring.Use) error {
	return c.People.act(ctx, v, mentoring.WithdrawConsents, own(v, mentoring.SensitiveCharacteristics), func(w *work) error {
		me := string(w.actor.Person)
		n, err := w.withdraw(me, of, []mentoring.Use{use}, mentoring.ByPage)
		if err != nil || n == 0 {
			return err
		}
		left, err := w.uses(me, of)
		if err != nil {
			return err
		}
		if len(left) == 0 {
			// Without its key the value stays until the sweep finds it with its key again; the consent ends all the same.
			if _, err := c.forget(w.Tx, me, of); err != nil && !errors.Is(err, &private.Fault{Kind: private.KeyMissing}) {
				return err
			}
		}
		return w.logCharacteristics("consent.withdraw", me)
	})
}

// uses are what a person's consents allow of a characteristic now.
func (w *work) uses(person string, of mentoring.Characteristic) ([]mentoring.Use, error) {
	i, err := inquiryAbout(w.Tx, of)
	if err != nil {
		return nil, err
	}
	consents, err := w.consents(person)
	return mentoring.LiveUses(consents, i), err
}

// Allowing lists the consents that allow a use of a characteristic now, those behind one of them, at most so many, in an
// order that says nothing. It is for figures over many people and for matching, which then [Characteristics.Read] each.
func (c *Characteristics) Allowing(tx *store.Tx, of mentoring.Characteristic, use mentoring.Use, after ConsentID, most int) (ids []ConsentID, err error) {
	i, err := inquiryAbout(tx, of)
	if err != nil || i == nil {
		return nil, err
	}
	live, err := tx.LiveConsents(i.ID, string(use), string(after), most)
	for _, l := range live {
		ids = append(ids, ConsentID(l.ID))
	}
	return ids, err
}

// A LoggedConsent is an entry of the consent log, as its person reads it.
type LoggedConsent struct {
	Consent mentoring.Consent
	Inquiry mentoring.Inquiry
	EndedAt time.Time         // zero: the consent is live
	EndedBy mentoring.Channel // "": the consent is live
}

// ConsentLog lists all consents that a person ever gave, the earliest first.
func (c *Characteristics) ConsentLog(ctx context.Context, v account.Visit) (entries []LoggedConsent, err error) {
	err = c.People.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.See, own(v, mentoring.SensitiveCharacteristics)).Refused(); err != nil {
			return err
		}
		consents, err := w.consents(string(w.actor.Person))
		for _, given := range consents {
			asked, err := w.Inquiry(given.Inquiry)
			if err != nil {
				return err
			}
			entries = append(entries, endOf(given, inquiryOf(asked)))
		}
		return err
	})
	return entries, err
}

// LiveConsents lists the consents of a person that allow something now, the earliest first. Whoever may withdraw them sees
// them: also somebody whose account is suspended, who sees nothing else of what they have said.
func (c *Characteristics) LiveConsents(ctx context.Context, v account.Visit) (live []LoggedConsent, err error) {
	err = c.People.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.WithdrawConsents, own(v, mentoring.SensitiveCharacteristics)).Refused(); err != nil {
			return err
		}
		consents, err := w.consents(string(w.actor.Person))
		if err != nil {
			return err
		}
		asked, err := inquiries(w.Tx)
		for _, given := range consents {
			for k := range asked {
				if given.Live(&asked[k], given.Use) {
					live = append(live, LoggedConsent{Consent: given, Inquiry: asked[k]})
				}
			}
		}
		return err
	})
	return live, err
}

// endOf is a consent with its end: its own, or that of the inquiry, whichever came first.
func endOf(c mentoring.Consent, i mentoring.Inquiry) LoggedConsent {
	l := LoggedConsent{Consent: c, Inquiry: i, EndedAt: c.WithdrawnAt, EndedBy: c.WithdrawnBy}
	if !i.EndedAt.IsZero() && (l.EndedAt.IsZero() || i.EndedAt.Before(l.EndedAt)) {
		l.EndedAt, l.EndedBy = i.EndedAt, mentoring.ByInstallation
	}
	return l
}
