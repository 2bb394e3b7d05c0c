package person

import (
	"context"
	"crypto/rand"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Settled is somebody make-believe, with all that they say of themselves. Terms need no labels, and appointments no ids.
type Settled struct {
	ID mentoring.PersonID
	Name
	Offer
	How
	Topics
	Seeks        []mentoring.Term
	Appointments []mentoring.Appointment
	Destination  mentoring.Destination
}

// A Town is all that a demonstration is settled with.
type Town struct {
	Units  []Unit // those that others stand below before them
	People []Settled
	Ties   []Tie

	Programs []SettledProgram
}

// A Tie is a position of authority of one person towards another on some days, or the wish of one not to be matched with
// the other.
type Tie struct {
	Kind     mentoring.EdgeKind
	From, To mentoring.PersonID
	mentoring.Span
}

// Settle settles a demonstration in one transaction, by the rules that hold for everybody. In any other store there is no
// such thing.
func (p *People) Settle(ctx context.Context, t Town) error {
	return p.DB.Update(ctx, func(tx *store.Tx) error {
		w := p.work(tx)
		if mark, err := account.MarkOf(tx); err != nil || mark == "" {
			if err == nil {
				err = mentoring.NotHere()
			}
			return err
		}
		w.actor.Person = "demonstration" // for the log
		for _, u := range t.Units {
			if err := w.keepUnit(u, true); err != nil {
				return err
			}
		}
		for _, one := range t.People {
			if err := w.settle(one); err != nil {
				return err
			}
		}
		for _, tie := range t.Ties {
			if err := w.tie(tie); err != nil {
				return err
			}
		}
		for _, program := range t.Programs {
			if err := w.settleProgram(program); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *work) settle(one Settled) error {
	a, err := w.Account(string(one.ID))
	if err != nil {
		return here(err)
	}
	w.language, w.actor.Person = a.Language, one.ID
	k, err := w.load(a.ID)
	if err != nil {
		return err
	}
	var m mentoring.Mistakes
	k.Given, k.Family, k.Pronoun, k.Place, k.Zone = one.Given, one.Family, one.Pronoun, one.Place, one.Zone
	k.Seeks = w.terms(&m, mentoring.FieldSeeks, one.Seeks, nil, mentoring.MostSought)
	k.Offers = w.terms(&m, mentoring.FieldOffers, one.Offers, nil, mentoring.MostTerms)
	k.Support = codes(&m, mentoring.FieldSupport, one.Support, w.supports())
	k.Capacity, k.Hours, k.Refuses, k.showing.Listed = one.Capacity, one.Hours, one.Refuses, one.Listed
	k.Distance, k.When = one.Distance, codes(&m, mentoring.FieldWhen, one.When, mentoring.Times)
	k.Languages = w.terms(&m, mentoring.FieldLanguages, one.Languages, nil, mentoring.MostTerms)
	k.Specialties = w.terms(&m, mentoring.FieldSpecialties, one.Specialties, nil, mentoring.MostTerms)
	k.Interests = w.terms(&m, mentoring.FieldInterests, one.Interests, nil, mentoring.MostTerms)
	k.Profile.Destination = one.Destination
	m.CheckName(k.Given, k.Family, k.Pronoun)
	m.CheckPlaces(k.Capacity, k.Hours, k.Refuses)
	if err := w.appoint(&k, &m, one.Appointments); err != nil {
		return err
	}
	if err := m.Err(); err != nil {
		return err
	}
	if err := w.put(&k); err != nil {
		return err
	}
	return w.log("profile.settle", "profile", k.id, nil, k.Profile)
}

// tie keeps a tie.
func (w *work) tie(t Tie) error {
	from, to := string(t.From), string(t.To)
	if t.Kind == mentoring.DoNotMatch {
		w.actor.Person = t.From
		if err := w.AddVeto(from, to, w.now); err != nil {
			return err
		}
		return w.log("veto.add", "vetoes", from, nil, to)
	}
	w.actor.Person = "demonstration"
	err := w.AddAuthority(store.Authority{
		ID: rand.Text(), From: from, To: to, Kind: string(t.Kind), Source: "roster", MadeAt: w.now,
		Span: store.Span{From: string(t.Span.From), To: string(t.Span.To)},
	})
	if err != nil {
		return err
	}
	return w.log("authority.add", "interests and authority", from, nil, t.Kind, from, to)
}
