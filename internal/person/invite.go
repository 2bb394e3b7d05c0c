package person

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// An Invited is an invitation as those read it who invite: what was written then, and nothing of who may be behind the
// address. Invitations to take part are those of the coordinators of the program; invitations to coordinate it are those of
// the administrators of the installation.
type Invited struct {
	ID            string
	Address       string
	Given, Family string
	mentoring.Invitation
	MayRemind bool
}

// InvitedBy is what those read of an invitation who invite, at an instant.
func InvitedBy(i store.Invitation, now time.Time) Invited {
	at := sinceInvited(i)
	return Invited{i.ID, i.Address, i.Given, i.Family, at, at.MayRemind(now)}
}

func sinceInvited(i store.Invitation) mentoring.Invitation {
	return mentoring.Invitation{MadeAt: i.MadeAt, RemindedAt: i.RemindedAt, DeclinedAt: i.DeclinedAt}
}

// Invitations lists a page of the invitations to take part in a program that nobody has accepted, the latest first, and
// where the next one begins ("": nowhere), for a coordinator of it.
func (p *People) Invitations(ctx context.Context, v account.Visit, program mentoring.ProgramID, after string) (all []Invited, next string, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ListPeople, settings(program)).Refused(); err != nil {
			return err
		}
		from, err := readInvitation(after)
		if err != nil {
			return err
		}
		rows, err := w.InvitationsOf(string(program), from, PageSize+1)
		if len(rows) > PageSize {
			rows = rows[:PageSize]
			next = writeInvitation(rows[PageSize-1])
		}
		for _, i := range rows {
			all = append(all, InvitedBy(i, w.now))
		}
		return err
	})
	return all, next, err
}

// Invitation is an invitation to take part in a program, for a coordinator of it.
func (p *People) Invitation(ctx context.Context, v account.Visit, program mentoring.ProgramID, id string) (one Invited, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ListPeople, settings(program)).Refused(); err != nil {
			return err
		}
		i, err := w.invitation(program, store.Participant, id)
		one = InvitedBy(i, w.now)
		return err
	})
	return one, err
}

func writeInvitation(i store.Invitation) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(i.MadeAt.UnixMicro(), 36) + " " + i.ID))
}

func readInvitation(text string) (i store.Invitation, err error) {
	if text == "" {
		return i, nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(text)
	at, id, both := strings.Cut(string(plain), " ")
	micros, bad := strconv.ParseInt(at, 36, 64)
	if err != nil || bad != nil || !both || id == "" {
		return i, mentoring.NotHere()
	}
	return store.Invitation{ID: id, MadeAt: time.UnixMicro(micros)}, nil
}

// Invite invites whoever reads some addresses into a program, and returns how many letters go out. Who was invited before,
// is in the program, or was written to often enough for now, gets none. Whether an address has an account cannot be found out from here. What is no address is
// named, and nobody is invited.
func (p *People) Invite(ctx context.Context, v account.Visit, program mentoring.ProgramID, addresses []string, language string) (invited int, err error) {
	if len(addresses) > MostInvited {
		return 0, invalid("program.too-many-addresses", "most", MostInvited)
	}
	var wrong []string
	var right []store.Invitation
	for _, typed := range addresses {
		address, folded, ok := notice.ReadAddress(typed)
		if !ok {
			wrong = append(wrong, typed)
		}
		right = append(right, store.Invitation{Program: string(program), Part: store.Participant, Address: address, Folded: folded, Language: language})
	}
	switch {
	case len(wrong) > 0:
		return 0, invalid("program.no-address", "addresses", strings.Join(wrong, ", "))
	case len(right) == 0:
		return 0, invalid("program.no-addresses")
	}
	err = p.act(ctx, v, mentoring.InvitePeople, settings(program), func(w *work) error {
		invited = 0
		for _, i := range right {
			sent, err := w.invite(&i)
			if err != nil {
				return err
			}
			if sent {
				invited++
			}
		}
		return nil
	})
	return invited, err
}

// MostInvited is how many addresses can be invited at once by hand. A list takes more.
const MostInvited = 100

// InviteCoordinator invites whoever reads an address to coordinate a program, for an administrator of the installation.
func (p *People) InviteCoordinator(ctx context.Context, v account.Visit, program mentoring.ProgramID, typed, language string) error {
	address, folded, ok := notice.ReadAddress(typed)
	if !ok {
		return invalid("account.address-not-right")
	}
	return p.act(ctx, v, mentoring.GrantRoles, mentoring.Object{Kind: mentoring.Account}, func(w *work) error {
		if _, err := w.program(string(program)); err != nil {
			return err
		}
		sent, err := w.invite(&store.Invitation{Program: string(program), Part: store.Coordinator, Address: address, Folded: folded, Language: language})
		if err == nil && !sent {
			err = conflict("program.invited-already")
		}
		return err
	})
}

// invite keeps an invitation and writes the letter. It returns false where there is one already, or somebody is in the
// program by that address.
func (w *work) invite(i *store.Invitation) (sent bool, err error) {
	known, err := w.knows(i.Program, i.Part, i.Folded)
	if err != nil || known {
		return false, err
	}
	i.ID, i.MadeAt, i.MadeBy = rand.Text(), w.now, string(w.actor.Person)
	if i.Language == "" {
		i.Language = w.language
	}
	if sent, err = w.AddInvitation(*i); err != nil || !sent {
		return false, err
	}
	if err := w.countLetter(i.Program, i.Folded); err != nil {
		return false, err
	}
	if err := w.writeInvitation(*i, notice.Invited); err != nil {
		return false, err
	}
	return true, w.log("program.invite", "program settings", i.Program, nil, []string{i.Part, i.ID})
}

func (w *work) writeInvitation(i store.Invitation, asParticipant notice.Template) error {
	template := asParticipant
	if i.Part == store.Coordinator {
		template = notice.CoordinatorInvited
	}
	return w.p.Post.Write(w.Tx, notice.Letter{Template: template, Address: i.Address, Language: i.Language})
}

// letters is how often an address is written to about one program: who said no, or was invited by mistake, is left alone
// for a while, also by whoever withdraws an invitation and invites again.
var letters = store.Limit{Burst: mentoring.MostInvitations, Every: mentoring.InviteAgain}

func (w *work) lettersTo(program, folded string) string {
	return w.p.Post.Name("invitations into "+program, folded)
}

// countLetter counts a letter to an address about a program. Too many are a Conflict.
func (w *work) countLetter(program, folded string) error {
	allowed, _, err := w.Take(w.lettersTo(program, folded), letters, w.now)
	if err == nil && !allowed {
		err = conflict("program.not-yet")
	}
	return err
}

// knows says whether an address is not to be invited: somebody takes the part by it, was invited, or was written to often
// enough for now.
func (w *work) knows(program, part, folded string) (bool, error) {
	if in, err := w.inBy(program, part, folded); in || err != nil {
		return in, err
	}
	_, err := w.InvitationTo(program, part, folded)
	switch {
	case err == nil:
		return true, nil
	case !store.IsKind(err, store.NotFound):
		return false, err
	}
	allowed, err := w.Allows(w.lettersTo(program, folded), letters, w.now)
	return !allowed, err
}

// inBy says whether the one whom an address is known to reach takes a part in a program.
func (w *work) inBy(program, part, folded string) (bool, error) {
	e, err := w.Email(folded)
	switch {
	case store.IsKind(err, store.NotFound):
		return false, nil
	case err != nil || e.VerifiedAt.IsZero() || !e.LeftUntil.IsZero():
		return false, err
	case part == store.Coordinator:
		runs, err := w.CoordinatorsOf(program)
		return slices.Contains(runs, e.Account), err
	}
	return w.Enrolled(program, e.Account)
}

// invitation is one to take a part in a program.
func (w *work) invitation(program mentoring.ProgramID, part, id string) (store.Invitation, error) {
	i, err := w.Invitation(id)
	if err == nil && (i.Program != string(program) || i.Part != part) {
		return store.Invitation{}, mentoring.NotHere()
	}
	return i, here(err)
}

// Remind writes once more to somebody who was invited to take part in a program and has not answered, for a coordinator of
// it: once, after a week.
func (p *People) Remind(ctx context.Context, v account.Visit, program mentoring.ProgramID, id string) error {
	return p.act(ctx, v, mentoring.InvitePeople, settings(program), func(w *work) error {
		return w.remind(program, store.Participant, id)
	})
}

// RemindCoordinator does the same for somebody who was invited to coordinate, for an administrator of the installation.
func (p *People) RemindCoordinator(ctx context.Context, v account.Visit, program mentoring.ProgramID, id string) error {
	return p.act(ctx, v, mentoring.GrantRoles, mentoring.Object{Kind: mentoring.Account}, func(w *work) error {
		return w.remind(program, store.Coordinator, id)
	})
}

func (w *work) remind(program mentoring.ProgramID, part, id string) error {
	i, err := w.invitation(program, part, id)
	if err != nil {
		return err
	}
	in, err := w.inBy(i.Program, i.Part, i.Folded)
	if err != nil {
		return err
	}
	if in || !sinceInvited(i).MayRemind(w.now) {
		return conflict("program.not-yet")
	}
	if err := w.countLetter(i.Program, i.Folded); err != nil {
		return err
	}
	if reminded, err := w.RemindInvited(id, w.now); err != nil || !reminded {
		return err
	}
	if err := w.writeInvitation(i, notice.InvitedAgain); err != nil {
		return err
	}
	return w.log("program.remind", "program settings", i.Program, nil, i.ID)
}

// WithdrawInvitation takes an invitation to take part in a program back, for a coordinator of it. Nobody is told; who comes
// by its letter finds nothing to answer.
func (p *People) WithdrawInvitation(ctx context.Context, v account.Visit, program mentoring.ProgramID, id string) error {
	return p.act(ctx, v, mentoring.InvitePeople, settings(program), func(w *work) error {
		return w.takeBack(program, store.Participant, id)
	})
}

// WithdrawCoordinator takes an invitation to coordinate a program back, for an administrator of the installation.
func (p *People) WithdrawCoordinator(ctx context.Context, v account.Visit, program mentoring.ProgramID, id string) error {
	return p.act(ctx, v, mentoring.GrantRoles, mentoring.Object{Kind: mentoring.Account}, func(w *work) error {
		return w.takeBack(program, store.Coordinator, id)
	})
}

func (w *work) takeBack(program mentoring.ProgramID, part, id string) error {
	i, err := w.invitation(program, part, id)
	if err != nil {
		return err
	}
	if _, err := w.DeleteInvitation(id); err != nil {
		return err
	}
	return w.log("program.withdraw", "program settings", i.Program, i.ID, nil)
}
