package person

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// An Invitation is one as the person reads it who was invited. What those who invite read is an [Invited].
type Invitation struct {
	ID       string
	Program  mentoring.Program
	AsWhat   string // [store.Participant] or [store.Coordinator]
	MadeAt   time.Time
	Until    time.Time
	Declined bool
}

// A Membership is a program that the visitor is in, or coordinates.
type Membership struct {
	Program mentoring.Program
	Since   time.Time // zero: they are not in it
	Runs    bool      // they coordinate it
}

// Programs lists what the visitor is in or coordinates, and what they were invited to, each by name.
func (p *People) Programs(ctx context.Context, v account.Visit) (in []Membership, received []Invitation, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.See, own(v, mentoring.Account)).Refused(); err != nil {
			return err
		}
		if in, err = w.memberships(); err != nil {
			return err
		}
		received, err = w.received()
		return err
	})
	return in, received, err
}

func (w *work) memberships() (all []Membership, err error) {
	since := map[string]time.Time{}
	rows, err := w.EnrolmentsOf(string(w.actor.Person))
	ids := slices.Clone(w.actor.Coordinates)
	for _, e := range rows {
		since[e.Program] = e.Since
		if !slices.Contains(ids, mentoring.ProgramID(e.Program)) {
			ids = append(ids, mentoring.ProgramID(e.Program))
		}
	}
	for _, id := range ids {
		if err != nil {
			return nil, err
		}
		var one mentoring.Program
		one, err = w.program(string(id))
		all = append(all, Membership{one, since[string(id)], slices.Contains(w.actor.Coordinates, id)})
	}
	slices.SortFunc(all, func(a, b Membership) int { return w.byName(a.Program, b.Program) })
	return all, err
}

// received are the invitations of the actor that can be answered. Who is in already is not asked.
func (w *work) received() (all []Invitation, err error) {
	me := string(w.actor.Person)
	rows, err := w.InvitationsTo(me, w.now.Add(-mentoring.InvitationLasts))
	seen := map[[2]string]bool{}
	for _, i := range rows {
		if err != nil {
			return nil, err
		}
		if seen[[2]string{i.Program, i.Part}] || i.Part == store.Coordinator && slices.Contains(w.actor.Coordinates, mentoring.ProgramID(i.Program)) {
			continue
		}
		seen[[2]string{i.Program, i.Part}] = true
		var is bool
		if is, err = w.Enrolled(i.Program, me); err != nil || is && i.Part == store.Participant {
			continue
		}
		var one mentoring.Program
		one, err = w.program(i.Program)
		all = append(all, Invitation{i.ID, one, i.Part, i.MadeAt, i.MadeAt.Add(mentoring.InvitationLasts), !i.DeclinedAt.IsZero()})
	}
	return all, err
}

// program is what a program is called. Without it the error is NotHere.
func (w *work) program(id string) (mentoring.Program, error) {
	p, err := w.Program(id)
	return mentoring.Program{ID: mentoring.ProgramID(p.ID), En: p.NameEn, Fr: p.NameFr, LineEn: p.LineEn, LineFr: p.LineFr}, here(err)
}

// byName compares programs by their names in the language of the actor.
func (w *work) byName(a, b mentoring.Program) int {
	if w.language == "en" {
		return cmp.Or(strings.Compare(search.Fold(a.En), search.Fold(b.En)), strings.Compare(string(a.ID), string(b.ID)))
	}
	return cmp.Or(strings.Compare(search.Fold(a.Fr), search.Fold(b.Fr)), strings.Compare(string(a.ID), string(b.ID)))
}

// programOf is a program if somebody is in it, and else none: a coordinator's eye reaches no farther.
func (w *work) programOf(id mentoring.PersonID, program mentoring.ProgramID) (mentoring.ProgramID, error) {
	if program == "" {
		return "", nil
	}
	in, err := w.Enrolled(string(program), string(id))
	if !in {
		return "", err
	}
	return program, err
}

// answerable is an invitation of the actor that can be answered. There is none for whoever else asks.
func (w *work) answerable(id string) (store.Invitation, error) {
	all, err := w.InvitationsTo(string(w.actor.Person), w.now.Add(-mentoring.InvitationLasts))
	if err != nil {
		return store.Invitation{}, err
	}
	k := slices.IndexFunc(all, func(i store.Invitation) bool { return i.ID == id })
	if k < 0 {
		return store.Invitation{}, mentoring.NotHere()
	}
	return all[k], nil
}

// Accept accepts an invitation, and returns the program. A participant's profile begins with what whoever invited wrote,
// where nothing is in it yet; what somebody has said themselves stays. Who begins to coordinate signs in again, for the
// shorter sessions of those who can do more.
func (p *People) Accept(ctx context.Context, v account.Visit, id string) (program mentoring.ProgramID, err error) {
	err = p.act(ctx, v, mentoring.AnswerInvitation, own(v, mentoring.Account), func(w *work) error {
		i, err := w.answerable(id)
		if err != nil {
			return err
		}
		program = mentoring.ProgramID(i.Program)
		if _, err := w.DeleteInvitation(i.ID); err != nil {
			return err
		}
		if err := w.Empty(w.lettersTo(i.Program, i.Folded), w.now); err != nil {
			return err
		}
		if i.Part == store.Coordinator {
			return w.beginToCoordinate(i)
		}
		return w.enrol(i)
	})
	return program, err
}

func (w *work) beginToCoordinate(i store.Invitation) error {
	me := string(w.actor.Person)
	if _, err := w.AddCoordinator(i.Program, me, w.now); err != nil {
		return err
	}
	if _, err := w.EndOtherSessions(me, ""); err != nil {
		return err
	}
	if err := w.p.Post.Write(w.Tx, notice.Letter{Template: notice.CoordinatorBegins, Account: me}); err != nil {
		return err
	}
	return w.log("coordinator.begin", "program settings", i.Program, nil, me, me, i.MadeBy)
}

func (w *work) enrol(i store.Invitation) error {
	me := string(w.actor.Person)
	k, err := w.load(me)
	if err != nil {
		return err
	}
	if k.Given+k.Family == "" {
		k.Given, k.Family = i.Given, i.Family
	}
	if len(k.Appointments) == 0 && i.Ladder != "" {
		k.Appointments = []mentoring.Appointment{{
			ID: rand.Text(), Unit: mentoring.UnitID(i.Unit), Where: i.UnitLabel, Ladder: i.Ladder,
			What: mentoring.Term{Code: i.Code, Label: i.Label}, Span: mentoring.Span{From: mentoring.Day(i.From), To: mentoring.Day(i.To)},
		}}
	}
	if err := w.put(&k); err != nil {
		return err
	}
	if _, err := w.Enrol(store.Enrolment{Program: i.Program, Person: me, Since: w.now}); err != nil {
		return err
	}
	return w.log("program.join", "program settings", i.Program, nil, me, me)
}

// Decline says no to an invitation. It needs no reason, and can be thought better of while the invitation lasts.
func (p *People) Decline(ctx context.Context, v account.Visit, id string) error {
	return p.act(ctx, v, mentoring.AnswerInvitation, own(v, mentoring.Account), func(w *work) error {
		i, err := w.answerable(id)
		if err != nil {
			return err
		}
		if declined, err := w.DeclineInvitation(i.ID, w.now); err != nil || !declined {
			return err
		}
		if err := w.Fill(w.lettersTo(i.Program, i.Folded), letters, w.now); err != nil {
			return err
		}
		return w.log("program.decline", "program settings", i.Program, nil, i.ID)
	})
}

// TakeOut takes somebody out of a program, for a coordinator of it. They are written to; their account and all that they
// say of themselves stay theirs.
func (p *People) TakeOut(ctx context.Context, v account.Visit, program mentoring.ProgramID, id mentoring.PersonID) error {
	return p.act(ctx, v, mentoring.ChangePeople, settings(program), func(w *work) error {
		k, err := w.load(string(id))
		if err != nil {
			return err
		}
		in, err := w.programOf(id, program)
		switch {
		case err != nil:
			return err
		case in == "" || w.judged(&k, program):
			return mentoring.NotHere()
		}
		return w.takeOut(string(program), string(id))
	})
}

func (w *work) takeOut(program, id string) error {
	if out, err := w.EndEnrolment(program, id); err != nil || !out {
		return err
	}
	if err := w.p.Post.Write(w.Tx, notice.Letter{Template: notice.ProgramEnded, Account: id}); err != nil {
		return err
	}
	return w.log("program.take-out", "program settings", program, id, nil, id)
}

// judged says whether the firewall stands between the actor and somebody in a program (CF-9).
func (w *work) judged(k *kept, program mentoring.ProgramID) bool {
	as, _ := mentoring.EyeOf(w.actor, k.object(Context{Program: program}))
	return as == mentoring.Evaluator
}
