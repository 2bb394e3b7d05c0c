package person

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Wish is not to be matched with whoever has an address.
type Wish struct {
	ID      string
	Address string // as typed
	MadeAt  time.Time
}

// mostWishes is how many addresses somebody may name.
const mostWishes = 50

// KeepApart asks that the visitor and somebody else are not matched, or takes that back. It needs no reason, nobody else
// is told, and it holds both ways (AP-6).
func (p *People) KeepApart(ctx context.Context, v account.Visit, other mentoring.PersonID, apart bool) error {
	return p.act(ctx, v, mentoring.KeepApart, own(v, mentoring.Vetoes), func(w *work) error {
		me := string(w.actor.Person)
		if string(other) == me {
			return invalid("authority.oneself")
		}
		if _, err := w.Account(string(other)); err != nil {
			return here(err)
		}
		if apart {
			if err := w.AddVeto(me, string(other), w.now); err != nil {
				return err
			}
			return w.log("veto.add", "vetoes", me, nil, other)
		}
		if was, err := w.DeleteVeto(me, string(other)); err != nil || !was {
			return err
		}
		return w.log("veto.remove", "vetoes", me, other, nil)
	})
}

// KeepApartFrom asks that the visitor and whoever has an address, now or later, are not matched. It is as [People.KeepApart]
// for those who are not in the directory. What it does and says is the same whether or not somebody has the address, and
// what is shown afterwards is the address as typed.
func (p *People) KeepApartFrom(ctx context.Context, v account.Visit, typed string) error {
	return p.act(ctx, v, mentoring.KeepApart, own(v, mentoring.Vetoes), func(w *work) error {
		address, folded, err := w.otherAddress(typed)
		if err != nil {
			return err
		}
		wishes, err := w.wishes()
		if err != nil {
			return err
		}
		if len(wishes) >= mostWishes {
			return invalid("person.too-many", "most", mostWishes)
		}
		me, wish := string(w.actor.Person), store.VetoAddress{ID: rand.Text(), Address: address, MadeAt: w.now}
		if err := w.AddVetoAddress(me, folded, wish); err != nil {
			return err
		}
		return w.log("veto.add", "vetoes", me, nil, wish.ID) // an address could be guessed from its hash
	})
}

// TakeBack takes a wish back that names an address. One that is not the visitor's, or that is gone, changes nothing.
func (p *People) TakeBack(ctx context.Context, v account.Visit, id string) error {
	return p.act(ctx, v, mentoring.KeepApart, own(v, mentoring.Vetoes), func(w *work) error {
		me := string(w.actor.Person)
		if was, err := w.DeleteVetoAddress(me, id); err != nil || !was {
			return err
		}
		return w.log("veto.remove", "vetoes", me, id, nil)
	})
}

func (w *work) wishes() (all []Wish, err error) {
	rows, err := w.VetoAddresses(string(w.actor.Person))
	for _, v := range rows {
		all = append(all, Wish(v))
	}
	return all, err
}

// otherAddress reads an address by which the visitor names somebody else. That it is one of theirs they know; nothing else
// is looked up.
func (w *work) otherAddress(typed string) (address, folded string, err error) {
	_, folded, right := notice.ReadAddress(typed)
	if !right {
		return "", "", invalid("account.address-not-right")
	}
	mine, err := w.Emails(string(w.actor.Person))
	if err == nil && slices.ContainsFunc(mine, func(e store.Email) bool { return e.Folded == folded }) {
		err = invalid("authority.own-address")
	}
	return strings.TrimSpace(typed), folded, err
}

// declareTowards keeps a position that the visitor declares towards whoever has an address, and returns its id.
func (w *work) declareTowards(one Position) (id string, err error) {
	address, folded, err := w.otherAddress(one.Address)
	if err != nil {
		return "", err
	}
	one.Other = mentoring.PersonID(folded) // so that the rule has two people before it
	if err := mentoring.CheckEdge(w.dated(one)); err != nil {
		return "", err
	}
	id = rand.Text()
	return id, w.AddAuthorityAddress(store.AuthorityAddress{
		ID: id, Person: string(w.actor.Person), Address: address, Kind: string(one.Kind), Above: one.Over,
		Span: store.Span{From: string(one.Span.From), To: string(one.Span.To)}, MadeAt: w.now,
	}, folded)
}

// addressed are the positions of a person that were declared towards an address: by them, and by others towards theirs. Who
// declared it reads the address, of everybody's positions alike; others read who has it, and neither address nor kind.
func (w *work) addressed(id string) (all []Position, err error) {
	me := string(w.actor.Person)
	by, err := w.AuthorityAddressesBy(id)
	if err != nil {
		return nil, err
	}
	of, err := w.AuthorityAddressesOf(id)
	for _, a := range slices.Concat(by, of) {
		one := Position{ID: a.ID, Over: a.Above, Span: mentoring.Span{From: mentoring.Day(a.Span.From), To: mentoring.Day(a.Span.To)}, Source: "declared", Mine: a.Person == me}
		switch {
		case a.Person != id && one.Mine:
			continue // whose the address is, the reader would see here
		case a.Person == id && a.Other == id:
			continue // it is their own by now
		case a.Person != id:
			one.Other, one.Over = mentoring.PersonID(a.Person), !a.Above
		case one.Mine:
			one.Kind, one.Address = mentoring.EdgeKind(a.Kind), a.Address
		default:
			one.Other = mentoring.PersonID(a.Other)
		}
		all = append(all, one)
	}
	return all, err
}
