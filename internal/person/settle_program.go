package person

import (
	"crypto/rand"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A SettledProgram is a program of a demonstration, with those who coordinate it, who are in it, and who were invited and
// have not answered.
type SettledProgram struct {
	mentoring.Program
	Coordinators, In, Invited []mentoring.PersonID
}

// settleProgram keeps a program and who is in it. No letters are written.
func (w *work) settleProgram(p SettledProgram) error {
	id := string(p.ID)
	var m mentoring.Mistakes
	m.CheckProgram(p.Program)
	if err := m.Err(); err != nil {
		return err
	}
	err := w.AddProgram(store.Program{ID: id, NameEn: p.En, NameFr: p.Fr, LineEn: p.LineEn, LineFr: p.LineFr, MadeAt: w.now, MadeBy: "demonstration"})
	if err != nil {
		return err
	}
	for _, one := range p.Coordinators {
		if _, err := w.AddCoordinator(id, string(one), w.now); err != nil {
			return err
		}
		if err := w.log("coordinator.begin", "program settings", id, nil, one, string(one)); err != nil {
			return err
		}
	}
	for _, one := range p.In {
		if _, err := w.Enrol(store.Enrolment{Program: id, Person: string(one), Since: w.now}); err != nil {
			return err
		}
		if err := w.log("program.join", "program settings", id, nil, one, string(one)); err != nil {
			return err
		}
	}
	for _, one := range p.Invited {
		if err := w.settleInvitation(id, string(one)); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) settleInvitation(program, id string) error {
	a, err := w.Account(id)
	if err != nil {
		return here(err)
	}
	emails, err := w.Emails(id)
	if err != nil {
		return err
	}
	k, err := w.load(id)
	if err != nil {
		return err
	}
	for _, e := range emails {
		if !e.Owns {
			continue
		}
		_, err := w.AddInvitation(store.Invitation{
			ID: rand.Text(), Program: program, Part: store.Participant, Address: e.Address, Folded: notice.Fold(e.Address), Language: a.Language,
			Given: k.Given, Family: k.Family, MadeAt: w.now, MadeBy: "demonstration",
		})
		if err != nil {
			return err
		}
	}
	return nil
}
