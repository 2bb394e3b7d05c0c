package person

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// A Unit is a part of the institution, as people read it.
type Unit struct {
	ID, Parent mentoring.UnitID
	En, Fr     string
	Open       mentoring.Span
	Depth      int // 0 for those below nothing
}

// A forest is all units, with the lists in use: what the codes of people stand for.
type forest struct {
	units  mentoring.Tree
	en, fr map[mentoring.UnitID]string
	lists  vocabulary.Set
}

// tree are the units as this action has left them.
func (w *work) tree() (forest, error) {
	if w.grown != nil {
		return *w.grown, w.unread
	}
	f := forest{mentoring.Tree{}, map[mentoring.UnitID]string{}, map[mentoring.UnitID]string{}, w.lists()}
	rows, err := w.Tx.Units()
	for _, u := range rows {
		id := mentoring.UnitID(u.ID)
		f.units[id] = mentoring.Unit{ID: id, Parent: mentoring.UnitID(u.Parent), Open: mentoring.Span{From: mentoring.Day(u.OpenedDay), To: mentoring.Day(u.ClosedDay)}}
		f.en[id], f.fr[id] = u.NameEn, u.NameFr
	}
	if err == nil {
		w.grown = &f
	}
	return f, cmp.Or(err, w.unread)
}

func (f forest) unit(id mentoring.UnitID) Unit {
	u := f.units[id]
	return Unit{u.ID, u.Parent, f.en[id], f.fr[id], u.Open, len(f.units.Path(id)) - 1}
}

// Units lists all units, each right after the one that it is part of, in the order of their English names. Those that are
// closed are there too, with their days: what happened in them stays.
func (p *People) Units(ctx context.Context, v account.Visit) (all []Unit, err error) {
	err = p.view(ctx, v, func(w *work) error {
		f, err := w.tree()
		below := map[mentoring.UnitID][]Unit{}
		for id, u := range f.units {
			below[u.Parent] = append(below[u.Parent], f.unit(id))
		}
		var add func(parent mentoring.UnitID)
		add = func(parent mentoring.UnitID) {
			slices.SortFunc(below[parent], func(a, b Unit) int {
				return cmp.Or(cmp.Compare(search.Fold(a.En), search.Fold(b.En)), cmp.Compare(a.ID, b.ID))
			})
			for _, u := range below[parent] {
				all = append(all, u)
				add(u.ID)
			}
		}
		add("")
		return err
	})
	return all, err
}

var installation = mentoring.Object{Kind: mentoring.Installation}

// AddUnit adds a unit and returns its id.
func (p *People) AddUnit(ctx context.Context, v account.Visit, u Unit) (id mentoring.UnitID, err error) {
	u.ID = mentoring.UnitID(rand.Text())
	err = p.act(ctx, v, mentoring.ChangeUnits, installation, func(w *work) error { return w.keepUnit(u, true) })
	return u.ID, err
}

// ChangeUnit changes the names of a unit, its days, and what it is part of. What it stood below, is below or stands below
// it may have changed meanwhile: a circle, a unit that outlives the one it is part of, and one that is closed over others
// that are open are refused as Conflict.
func (p *People) ChangeUnit(ctx context.Context, v account.Visit, u Unit) error {
	return p.act(ctx, v, mentoring.ChangeUnits, installation, func(w *work) error { return w.keepUnit(u, false) })
}

func (w *work) keepUnit(u Unit, isNew bool) error {
	u.En, u.Fr = mentoring.Tidy(u.En), mentoring.Tidy(u.Fr)
	var m mentoring.Mistakes
	if u.En == "" && u.Fr == "" {
		m.Mistaken("en", 0, "person.no-name")
	}
	m.CheckSpans("closed", []mentoring.Span{u.Open}, false)
	if err := m.Err(); err != nil {
		return err
	}
	u.En, u.Fr = cmp.Or(u.En, u.Fr), cmp.Or(u.Fr, u.En)
	f, err := w.tree()
	if err != nil {
		return err
	}
	was, known := f.units[u.ID], f.units[u.ID].ID != ""
	if !known && !isNew {
		return mentoring.NotHere()
	}
	before := f.unit(u.ID)
	f.units[u.ID] = mentoring.Unit{ID: u.ID, Parent: was.Parent, Open: u.Open}
	if err := f.units.MayStand(u.ID, u.Parent); err != nil {
		return err
	}
	for _, below := range f.units {
		if below.Parent == u.ID {
			if err := f.units.MayStand(below.ID, u.ID); err != nil {
				return conflict("unit.open-below")
			}
		}
	}
	row := store.Unit{ID: string(u.ID), Parent: string(u.Parent), NameEn: u.En, NameFr: u.Fr, OpenedDay: string(u.Open.From), ClosedDay: string(u.Open.To)}
	if isNew {
		w.grown = nil
		if err := w.Tx.AddUnit(row); err != nil {
			return err
		}
		return w.log("unit.add", "unit", row.ID, nil, row)
	}
	w.grown = nil
	if err := w.SetUnit(row); err != nil {
		return err
	}
	if err := w.p.reindexAll(w.Tx); err != nil {
		return err
	}
	return w.log("unit.change", "unit", row.ID, before, row)
}

// LeadUnit says who leads a unit on which days, and so is a unit head.
func (p *People) LeadUnit(ctx context.Context, v account.Visit, unit mentoring.UnitID, person mentoring.PersonID, s mentoring.Span) error {
	return p.act(ctx, v, mentoring.ChangeUnits, installation, func(w *work) error {
		if !s.Right() || s.From == "" {
			return invalid("person.span")
		}
		f, err := w.tree()
		if err != nil {
			return err
		}
		if f.units[unit].ID == "" {
			return mentoring.NotHere()
		}
		if _, err := w.Account(string(person)); err != nil {
			return here(err)
		}
		head := store.UnitHead{Unit: string(unit), Person: string(person), Span: store.Span{From: string(s.From), To: string(s.To)}}
		if err := w.SetUnitHead(head); err != nil {
			return err
		}
		return w.log("unit.lead", "unit", string(unit), nil, head, string(person))
	})
}
