package person

import (
	"context"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// Leave takes the visitor out of a program (PL-4). It needs no reason; what they say of themselves stays theirs.
func (p *People) Leave(ctx context.Context, v account.Visit, program mentoring.ProgramID) error {
	return p.act(ctx, v, mentoring.LeaveProgram, own(v, mentoring.Account), func(w *work) error { return w.leave(string(program)) })
}

// LeaveDirectory lets the visitor be listed no more. All that they say of themselves stays as it is. Who is not listed
// leaves nothing.
func (p *People) LeaveDirectory(ctx context.Context, v account.Visit) error {
	return p.act(ctx, v, mentoring.ChangeOwnProfile, own(v, mentoring.Profile), (*work).leaveDirectory)
}

// LeaveAll takes the visitor out of the directory and of every program that they are in (PL-4): out of all, or out of none.
// What they coordinate they go on coordinating, which an administrator can end.
func (p *People) LeaveAll(ctx context.Context, v account.Visit) error {
	return p.act(ctx, v, mentoring.LeaveProgram, own(v, mentoring.Account), func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ChangeOwnProfile, own(v, mentoring.Profile)).Refused(); err != nil {
			return err
		}
		in, err := w.EnrolmentsOf(string(w.actor.Person))
		for _, e := range in {
			if err == nil {
				err = w.leave(e.Program)
			}
		}
		if err != nil {
			return err
		}
		return w.leaveDirectory()
	})
}

func (w *work) leave(program string) error {
	me := string(w.actor.Person)
	left, err := w.EndEnrolment(program, me)
	switch {
	case err != nil:
		return err
	case !left:
		return mentoring.NotHere()
	}
	return w.log("program.leave", "program settings", program, me, nil, me)
}

func (w *work) leaveDirectory() error {
	k, err := w.load(string(w.actor.Person))
	if err != nil || !k.showing.Listed {
		return err
	}
	k.showing.Listed = false
	if err := w.put(&k); err != nil {
		return err
	}
	return w.log("profile.leave-directory", "profile", k.id, nil, nil)
}
