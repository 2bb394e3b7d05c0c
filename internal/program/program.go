// Package program is what programs are: who makes one, what it is called, who coordinates it. It leaves to the package
// person who is in a program and who is invited, and to matching what is done with them.
//
// Every function is one action: it asks for permission, applies the rule, saves and logs in one transaction.
package program

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// Programs does what people can do with programs.
type Programs struct {
	People *person.People // by whom permission is asked
	Post   *notice.Post
}

// A Coordinator coordinates a program.
type Coordinator struct {
	ID      mentoring.PersonID
	Name    string // "" where they have none yet
	Address string // that owns the account
	Since   time.Time
}

// A Program is one with those who coordinate it, for administrators of the installation.
type Program struct {
	mentoring.Program
	MadeAt       time.Time
	Coordinators []Coordinator
	Invited      []person.Invited // to coordinate, without having accepted; for administrators alone
	People       int              // who are in it; for administrators alone
}

var installation = mentoring.Object{Kind: mentoring.Installation}

func settings(id mentoring.ProgramID) mentoring.Object {
	return mentoring.Object{Kind: mentoring.ProgramSettings, Program: id}
}

// All lists all programs for an administrator of the installation, by name in a language ("en" or "fr-CA").
func (p *Programs) All(ctx context.Context, v account.Visit, language string) (all []Program, err error) {
	err = p.People.See(ctx, v, installation, func(tx *store.Tx) error {
		rows, err := tx.Programs()
		if err != nil {
			return err
		}
		runs, err := tx.Coordinations()
		if err != nil {
			return err
		}
		invited, err := tx.InvitationsToCoordinate()
		for _, row := range rows {
			if err != nil {
				return err
			}
			one := Program{Program: programOf(row), MadeAt: row.MadeAt, Invited: p.invitedTo(row.ID, invited)}
			if one.Coordinators, err = coordinators(tx, row.ID, runs); err == nil {
				one.People, err = tx.CountEnrolled(row.ID)
			}
			all = append(all, one)
		}
		return err
	})
	slices.SortFunc(all, func(a, b Program) int {
		return cmp.Or(strings.Compare(search.Fold(NameIn(a.Program, language)), search.Fold(NameIn(b.Program, language))), strings.Compare(string(a.ID), string(b.ID)))
	})
	return all, err
}

// NameIn is the name of a program in a language.
func NameIn(p mentoring.Program, language string) string {
	if language == "en" {
		return p.En
	}
	return p.Fr
}

func programOf(row store.Program) mentoring.Program {
	return mentoring.Program{ID: mentoring.ProgramID(row.ID), En: row.NameEn, Fr: row.NameFr, LineEn: row.LineEn, LineFr: row.LineFr}
}

func rowOf(p mentoring.Program) store.Program {
	return store.Program{ID: string(p.ID), NameEn: p.En, NameFr: p.Fr, LineEn: p.LineEn, LineFr: p.LineFr}
}

// coordinators are those of a program, as an administrator knows them: by name and address.
func coordinators(tx *store.Tx, id string, runs []store.Coordination) (all []Coordinator, err error) {
	for _, r := range runs {
		if r.Program != id {
			continue
		}
		c := Coordinator{ID: mentoring.PersonID(r.Account), Since: r.Since}
		if c.Name, c.Address, err = nameAndAddress(tx, r.Account); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// invitedTo are those of invitations that are into one program.
func (p *Programs) invitedTo(id string, invited []store.Invitation) (all []person.Invited) {
	for _, i := range invited {
		if i.Program == id {
			all = append(all, person.InvitedBy(i, p.People.Now()))
		}
	}
	return all
}

func nameAndAddress(tx *store.Tx, id string) (name, address string, err error) {
	person, err := tx.Person(id)
	if err != nil && !store.IsKind(err, store.NotFound) {
		return "", "", err
	}
	emails, err := tx.Emails(id)
	for _, e := range emails {
		if e.Owns {
			address = e.Address
		}
	}
	return strings.TrimSpace(person.Given + " " + person.Family), address, err
}

// tidied is a program without spaces that nobody means.
func tidied(p mentoring.Program) mentoring.Program {
	p.En, p.Fr, p.LineEn, p.LineFr = mentoring.Tidy(p.En), mentoring.Tidy(p.Fr), mentoring.Tidy(p.LineEn), mentoring.Tidy(p.LineFr)
	return p
}

func check(p mentoring.Program) error {
	var m mentoring.Mistakes
	m.CheckProgram(p)
	return m.Err()
}

// Make makes a program, for an administrator of the installation. Nobody is in it or coordinates it yet.
func (p *Programs) Make(ctx context.Context, v account.Visit, one mentoring.Program) (mentoring.ProgramID, error) {
	one = tidied(one)
	one.ID = mentoring.ProgramID(rand.Text())
	if err := check(one); err != nil {
		return "", err
	}
	return one.ID, p.People.Do(ctx, v, mentoring.MakeProgram, installation, func(tx *store.Tx, now time.Time) error {
		row := rowOf(one)
		row.MadeAt, row.MadeBy = now, string(v.Actor.Person)
		if err := tx.AddProgram(row); err != nil {
			return err
		}
		return log(tx, now, v, "program.make", one.ID, nil, one)
	})
}

// Program is a program for a coordinator of it: what it is called, and who else coordinates it.
func (p *Programs) Program(ctx context.Context, v account.Visit, id mentoring.ProgramID) (one Program, err error) {
	err = p.People.See(ctx, v, settings(id), func(tx *store.Tx) error {
		row, err := tx.Program(string(id))
		if err != nil {
			return here(err)
		}
		one.Program, one.MadeAt = programOf(row), row.MadeAt
		runs, err := tx.Coordinations()
		if err != nil {
			return err
		}
		one.Coordinators, err = coordinators(tx, row.ID, runs)
		for k := range one.Coordinators {
			one.Coordinators[k].Address = "" // which is of their account
		}
		return err
	})
	return one, err
}

// Figures are how many people whom the coordinator sees are in a program, and how many of those invited have not come.
type Figures struct{ In, Waiting, Declined int }

// Figures counts, for a coordinator.
func (p *Programs) Figures(ctx context.Context, v account.Visit, id mentoring.ProgramID) (f Figures, err error) {
	if f.In, err = p.People.CountIn(ctx, v, id); err != nil {
		return f, err
	}
	err = p.People.See(ctx, v, settings(id), func(tx *store.Tx) error {
		all, declined, err := tx.CountInvited(string(id), p.People.Now().Add(-mentoring.InvitationLasts))
		f.Waiting, f.Declined = all-declined, declined
		return err
	})
	return f, err
}

// Change changes what a program is called and the sentence on it, for a coordinator.
func (p *Programs) Change(ctx context.Context, v account.Visit, one mentoring.Program) error {
	one = tidied(one)
	if err := check(one); err != nil {
		return err
	}
	return p.People.Do(ctx, v, mentoring.ChangeProgram, settings(one.ID), func(tx *store.Tx, now time.Time) error {
		was, err := tx.Program(string(one.ID))
		if err != nil {
			return here(err)
		}
		if programOf(was) == one {
			return nil
		}
		if err := tx.SetProgram(rowOf(one)); err != nil {
			return err
		}
		return log(tx, now, v, "program.change", one.ID, programOf(was), one)
	})
}

// TakeCoordinator lets somebody coordinate a program no more, for an administrator of the installation. They are written
// to. A program may be without a coordinator; then nobody but its people see that it is there.
func (p *Programs) TakeCoordinator(ctx context.Context, v account.Visit, id mentoring.ProgramID, whom mentoring.PersonID) error {
	on := mentoring.Object{Kind: mentoring.Account, Owner: whom}
	return p.People.Do(ctx, v, mentoring.GrantRoles, on, func(tx *store.Tx, now time.Time) error {
		taken, err := tx.TakeCoordinator(string(id), string(whom))
		switch {
		case err != nil:
			return err
		case !taken:
			return mentoring.NotHere()
		}
		if err := p.Post.Write(tx, notice.Letter{Template: notice.CoordinatorEnds, Account: string(whom)}); err != nil {
			return err
		}
		return log(tx, now, v, "coordinator.end", id, whom, nil, string(whom))
	})
}

// here gives a missing thing the same answer as a forbidden one.
func here(err error) error {
	if store.IsKind(err, store.NotFound) {
		return mentoring.NotHere()
	}
	return err
}

// log logs what was done to a program.
func log(tx *store.Tx, now time.Time, v account.Visit, action string, id mentoring.ProgramID, was, became any, about ...string) error {
	return audit.Record(tx, now, audit.Event{
		Actor: string(v.Actor.Person), ForWhom: string(v.Actor.SteppingIn), Action: action, Kind: "program settings", Object: string(id),
		Was: said(was), Became: said(became), About: about,
	})
}

// said is what a thing says, in a form of which the log keeps a hash.
func said(value any) []byte {
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // it holds texts
	}
	return text
}
