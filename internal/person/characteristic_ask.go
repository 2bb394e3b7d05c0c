package person

import (
	"context"
	"crypto/rand"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// inquiryOf is an inquiry as the rules have it.
func inquiryOf(i store.Inquiry) mentoring.Inquiry {
	return mentoring.Inquiry{
		ID: i.ID, Characteristic: mentoring.Characteristic(i.Characteristic),
		Purpose:   mentoring.InBoth{English: i.PurposeEnglish, French: i.PurposeFrench},
		Necessity: mentoring.InBoth{English: i.NecessityEnglish, French: i.NecessityFrench},
		Months:    i.Months, MadeAt: i.MadeAt, EndedAt: i.EndedAt,
	}
}

// inquiries are those that go on, in the order of the characteristics.
func inquiries(tx *store.Tx) (all []mentoring.Inquiry, err error) {
	kept, err := tx.InquiriesNow()
	for _, of := range mentoring.Characteristics() {
		for _, i := range kept {
			if i.Characteristic == string(of) {
				all = append(all, inquiryOf(i))
			}
		}
	}
	return all, err
}

// inquiryAbout is the inquiry about a characteristic that goes on; nil: there is none.
func inquiryAbout(tx *store.Tx, of mentoring.Characteristic) (*mentoring.Inquiry, error) {
	all, err := inquiries(tx)
	k := slices.IndexFunc(all, func(i mentoring.Inquiry) bool { return i.Characteristic == of })
	if k < 0 {
		return nil, err
	}
	return &all[k], err
}

// Inquiries lists what the installation asks for and has ever asked for, the latest first, for administrators.
func (c *Characteristics) Inquiries(ctx context.Context, v account.Visit) (all []mentoring.Inquiry, err error) {
	err = c.People.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.See, mentoring.Object{Kind: mentoring.Installation}).Refused(); err != nil {
			return err
		}
		kept, err := w.Tx.Inquiries()
		for _, i := range kept {
			all = append(all, inquiryOf(i))
		}
		return err
	})
	return all, err
}

// Ask lets the installation ask for a characteristic, for a purpose that is written down. If it asked for it before, that
// ends, and with it every consent: nobody has consented to the new purpose yet. ID and instants are filled in.
func (c *Characteristics) Ask(ctx context.Context, v account.Visit, i mentoring.Inquiry) (id string, err error) {
	id = rand.Text()
	err = c.People.act(ctx, v, mentoring.AskSensitive, mentoring.Object{Kind: mentoring.Installation}, func(w *work) error {
		if err := i.Check(); err != nil {
			return err
		}
		if _, err := w.endInquiry(i.Characteristic); err != nil {
			return err
		}
		made := store.Inquiry{
			ID: id, Characteristic: string(i.Characteristic), PurposeEnglish: i.Purpose.English, PurposeFrench: i.Purpose.French,
			NecessityEnglish: i.Necessity.English, NecessityFrench: i.Necessity.French, Months: i.Months,
			MadeBy: string(w.actor.Person), MadeAt: w.now,
		}
		if err := w.AddInquiry(made); err != nil {
			return err
		}
		return w.log("characteristic.ask", "inquiry", id, nil, made)
	})
	return id, err
}

// StopAsking ends the asking for a characteristic. From this moment nothing that people have said of it is used any more;
// it is deleted when [Characteristics.Sweep] comes next.
func (c *Characteristics) StopAsking(ctx context.Context, v account.Visit, of mentoring.Characteristic) error {
	return c.People.act(ctx, v, mentoring.AskSensitive, mentoring.Object{Kind: mentoring.Installation}, func(w *work) error {
		ended, err := w.endInquiry(of)
		switch {
		case err != nil:
			return err
		case ended == "":
			return mentoring.NotHere()
		}
		return w.log("characteristic.stop-asking", "inquiry", ended, []byte(of), nil)
	})
}

// endInquiry ends the inquiry about a characteristic that goes on, and says which; "": there was none.
func (w *work) endInquiry(of mentoring.Characteristic) (id string, err error) {
	i, err := inquiryAbout(w.Tx, of)
	if err != nil || i == nil {
		return "", err
	}
	return i.ID, w.EndInquiry(i.ID, w.now)
}
