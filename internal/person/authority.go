package person

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Position is a position of authority between two people for some days, as one of them or a coordinator reads it.
type Position struct {
	ID     string
	Kind   mentoring.EdgeKind // "": that there is one, and not which
	Other  mentoring.PersonID // "": nobody here, or somebody whom the reader named by an address
	Over   bool               // the person has it over the other
	Span   mentoring.Span
	Source string // "declared", "roster" or "coordinator"
	Mine   bool   // whoever reads it said so

	// Address is by which the reader named the other, as typed; then whoever has it is the other, and Other is empty: that
	// somebody has it, and who, is not said.
	Address string
}

// An Authority is what a page shows of a person's positions and declarations.
type Authority struct {
	Positions []Position
	Declared  []Declared // the latest first
	DueBy     time.Time  // until when the latest declaration holds; zero: there is none
	Apart     []mentoring.PersonID
	Wishes    []Wish // by addresses
}

// A Declared is a declaration of interests with its date.
type Declared struct {
	At   time.Time
	None bool // there was nothing to declare
}

// MyAuthority is the visitor's own: what they declared, what lists say, and whom they asked not to be matched with. What
// others declared of them says only that there is something, not what; what others asked is not there.
func (p *People) MyAuthority(ctx context.Context, v account.Visit) (a Authority, err error) {
	err = p.view(ctx, v, func(w *work) error {
		for _, kind := range []mentoring.Kind{mentoring.InterestsAndAuthority, mentoring.Vetoes} {
			if err := mentoring.May(w.actor, mentoring.See, own(v, kind)).Refused(); err != nil {
				return err
			}
		}
		me := string(w.actor.Person)
		if err := w.authority(&a, me, func(e store.Authority) bool { return e.By == me || e.Source == "roster" }); err != nil {
			return err
		}
		vetoes, err := w.Vetoes(me)
		for _, veto := range vetoes {
			a.Apart = append(a.Apart, mentoring.PersonID(veto.Other))
		}
		if err != nil {
			return err
		}
		a.Wishes, err = w.wishes()
		return err
	})
	return a, err
}

// authority reads the positions and declarations of a person. Of a position that is not plain the kind is left out.
func (w *work) authority(a *Authority, id string, plain func(store.Authority) bool) error {
	rows, err := w.AuthoritiesOf(id)
	if err != nil {
		return err
	}
	for _, e := range rows {
		one := Position{ID: e.ID, Over: e.From == id, Other: mentoring.PersonID(e.To), Source: e.Source, Mine: e.By == string(w.actor.Person)}
		if one.Span = (mentoring.Span{From: mentoring.Day(e.Span.From), To: mentoring.Day(e.Span.To)}); !one.Over {
			one.Other = mentoring.PersonID(e.From)
		}
		if plain(e) {
			one.Kind = mentoring.EdgeKind(e.Kind)
		}
		a.Positions = append(a.Positions, one)
	}
	addressed, err := w.addressed(id)
	if err != nil {
		return err
	}
	a.Positions = append(a.Positions, addressed...)
	declared, err := w.Declarations(id)
	for _, d := range declared {
		a.Declared = append(a.Declared, Declared{d.MadeAt, d.None})
	}
	if len(declared) > 0 {
		a.DueBy = declared[0].MadeAt.Add(mentoring.DeclaredFor)
	}
	return err
}

// AuthorityOf is what a coordinator sees of a person's positions: that there are some, and the kind of those that came
// from a list. One who evaluates the person sees nothing; that is for a deputy.
func (p *People) AuthorityOf(ctx context.Context, v account.Visit, id mentoring.PersonID, program mentoring.ProgramID) (a Authority, err error) {
	err = p.DB.Update(ctx, func(tx *store.Tx) error {
		w := p.work(tx)
		if _, err := w.come(v); err != nil {
			return err
		}
		if gone, err := w.isGone(id); err != nil || gone {
			return cmp.Or(err, error(mentoring.NotHere()))
		}
		if program, err = w.programOf(id, program); err != nil {
			return err
		}
		object := mentoring.Object{Kind: mentoring.InterestsAndAuthority, Owner: id, Program: program}
		decision := mentoring.May(w.actor, mentoring.See, object)
		if err := decision.Refused(); err != nil {
			return err
		}
		err := w.authority(&a, string(id), func(e store.Authority) bool {
			one := object
			if e.Source == "roster" {
				one.Facts = mentoring.FromRoster
			}
			return mentoring.May(w.actor, mentoring.See, one).Sight == mentoring.All
		})
		if err == nil && decision.Needs&mentoring.Log != 0 {
			err = w.log("authority.see", "interests and authority", string(id), nil, nil, string(id))
		}
		return err
	})
	return a, err
}

// Declare declares the visitor's interests, all of them, at this moment. What they declared before and is not among them
// any more is forgotten. No positions is a declaration too. Of a position with an address Other is not looked at.
func (p *People) Declare(ctx context.Context, v account.Visit, positions []Position) error {
	return p.act(ctx, v, mentoring.DeclareAuthority, own(v, mentoring.InterestsAndAuthority), func(w *work) error {
		me := w.actor.Person
		if err := w.dropDeclared(string(me)); err != nil {
			return err
		}
		if len(positions) > mentoring.MostSpans {
			return invalid("person.too-many", "most", mentoring.MostSpans)
		}
		var m mentoring.Mistakes
		logged := slices.Clone(positions)
		for k, one := range positions {
			id, err := w.declare(one)
			if mentoring.IsFault(err, mentoring.Internal) || err != nil && !isFault(err) {
				return err
			} else if err != nil {
				m = append(m, mentoring.Mistake{Field: "position", Row: k + 1, Fault: faultOf(err)})
			}
			logged[k].ID, logged[k].Address = id, "" // an address could be guessed from its hash
		}
		if err := m.Err(); err != nil {
			return err
		}
		if err := w.AddDeclaration(string(me), store.Declaration{MadeAt: w.now, None: len(positions) == 0}); err != nil {
			return err
		}
		return w.log("authority.declare", "interests and authority", string(me), nil, logged)
	})
}

// declare keeps one position that the visitor declares, and returns its id.
func (w *work) declare(one Position) (id string, err error) {
	if one.Address != "" {
		return w.declareTowards(one)
	}
	return w.addAuthority(w.dated(one), "declared")
}

// dated is a position that the visitor declares, as rules read it.
func (w *work) dated(one Position) mentoring.Dated {
	d := mentoring.Dated{Edge: mentoring.Edge{Kind: one.Kind, From: one.Other, To: w.actor.Person}, Span: one.Span}
	if one.Over {
		d.Edge.From, d.Edge.To = w.actor.Person, one.Other
	}
	return d
}

// dropDeclared forgets what somebody declared.
func (w *work) dropDeclared(me string) error {
	if err := w.DropAuthorityAddresses(me); err != nil {
		return err
	}
	rows, err := w.AuthoritiesOf(me)
	for _, e := range rows {
		if err == nil && e.By == me && e.Source == "declared" {
			err = w.DeleteAuthority(e.ID)
		}
	}
	return err
}

// addAuthority adds a position, if the rule takes it and both are here, and returns its id.
func (w *work) addAuthority(e mentoring.Dated, source string) (id string, err error) {
	if err := mentoring.CheckEdge(e); err != nil {
		return "", err
	}
	for _, id := range []mentoring.PersonID{e.From(), e.To()} {
		if _, err := w.Account(string(id)); err != nil {
			return "", here(err)
		}
	}
	id = rand.Text()
	return id, w.AddAuthority(store.Authority{
		ID: id, From: string(e.From()), To: string(e.To()), Kind: string(e.Kind),
		Span:   store.Span{From: string(e.Span.From), To: string(e.Span.To)},
		Source: source, By: string(w.actor.Person), MadeAt: w.now,
	})
}

// BarrierBetween is the worst that stands between two people today if they were to work in a model: a position of
// authority, or that one of them asked not to be matched with the other, by whichever way they named them. Matching and
// requests ask it.
func BarrierBetween(tx *store.Tx, a, b mentoring.PersonID, model mentoring.Model, today mentoring.Day) (mentoring.Barrier, error) {
	apart, err := tx.Apart(string(a), string(b))
	if err != nil || apart {
		return mentoring.Blocked, err
	}
	rows, err := tx.Standing(string(a), string(today))
	var edges []mentoring.Dated
	for _, e := range rows {
		edges = append(edges, mentoring.Dated{Edge: mentoring.Edge{Kind: mentoring.EdgeKind(e.Kind), From: mentoring.PersonID(e.From), To: mentoring.PersonID(e.To)}})
	}
	return mentoring.Between(edges, a, b, model, today), err
}

func isFault(err error) bool { return faultOf(err) != nil }

func faultOf(err error) *mentoring.Fault {
	f, _ := err.(*mentoring.Fault)
	return f
}

// sides are both ends of a position.
func sides(e mentoring.Dated) []string {
	return slices.Compact([]string{string(e.From()), string(e.To())})
}
