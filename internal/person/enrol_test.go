//go:build unix

package person

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// received are the invitations that somebody reads.
func (h *house) received(v account.Visit) []Invitation {
	h.Helper()
	_, received, err := h.Programs(h.Context(), v)
	h.must(err)
	return received
}

// isIn says whether somebody is in the program "program".
func (h *house) isIn(id string) (in bool) {
	h.Helper()
	h.must(h.DB.View(h.Context(), func(tx *store.Tx) (err error) {
		in, err = tx.Enrolled("program", id)
		return err
	}))
	return in
}

func TestInvitedPersonReadsAcceptsLeavesAndIsInvitedAgain(t *testing.T) {
	both(t, func(h *house) {
		claire, amara, eve, c := h.coordinator("claire"), h.somebody("amara"), h.somebody("eve"), h.Context()
		invite := func() (n int) {
			n, err := h.Invite(c, claire, "program", []string{" Amara@Example.org "}, "fr-CA")
			h.must(err)
			return n
		}
		if n := invite(); n != 1 || len(h.letters("Amara@example.org")) != 1 {
			h.Fatalf("%d invited, %d letters", n, len(h.letters("Amara@example.org")))
		}
		if n := invite(); n != 0 {
			h.Error("somebody is invited twice")
		}
		if received := h.received(eve); len(received) != 0 {
			h.Errorf("somebody else reads %+v", received)
		}
		received := h.received(amara)
		if len(received) != 1 || received[0].Program.Fr != "Mentorat program" || received[0].AsWhat != store.Participant {
			h.Fatalf("Amara reads %+v", received)
		}
		_, err := h.Accept(c, eve, received[0].ID)
		h.hidden("somebody else accepts", err)
		h.hidden("somebody else declines", h.Decline(c, eve, received[0].ID))
		h.must(h.Decline(c, amara, received[0].ID))
		if received = h.received(amara); len(received) != 1 || !received[0].Declined || h.isIn("amara") {
			h.Errorf("after a no Amara reads %+v", received)
		}
		if all, _, err := h.Invitations(c, claire, "program", ""); err != nil || len(all) != 1 || all[0].DeclinedAt.IsZero() || all[0].MayRemind {
			h.Errorf("after a no the coordinator reads %+v, %v", all, err)
		}
		id, err := h.Accept(c, amara, received[0].ID) // she thinks better of it
		h.must(err)
		if in, received, err := h.Programs(c, amara); id != "program" || err != nil || len(in) != 1 || in[0].Runs || len(received) != 0 {
			h.Errorf("in %+v, invited to %+v, %v", in, received, err)
		}
		_, err = h.Accept(c, amara, received[0].ID)
		h.hidden("she accepts again", err)
		if n := invite(); n != 0 || len(h.received(amara)) != 0 {
			h.Error("somebody is invited who is in the program")
		}
		if l, err := h.List(c, claire, "program", Filter{}, ""); err != nil || l.Total != 1 || l.Cards[0].ID != "amara" {
			h.Errorf("the coordinator lists %+v, %v", l, err)
		}
		h.must(h.Leave(c, amara, "program"))
		h.hidden("she leaves again", h.Leave(c, amara, "program"))
		if l, err := h.List(c, claire, "program", Filter{}, ""); err != nil || l.Total != 0 {
			h.Errorf("after she left the coordinator lists %+v, %v", l, err)
		}
		if _, err := h.Show(c, claire, "amara", Context{Program: "program"}); !mentoring.IsFault(err, mentoring.NotFound) {
			h.Errorf("after she left the coordinator sees her: %v", err)
		}
		if n := invite(); n != 1 {
			h.Error("who left cannot be invited again")
		}
		for _, what := range []string{"program.join", "program.leave"} {
			if !slices.Contains(h.trail("amara"), what) {
				h.Errorf("Amara's trail has no %s: %v", what, h.trail("amara"))
			}
		}
	})
}

func TestProfileBeginsWithWhatTheCoordinatorWroteAndWhatThePersonSaidStays(t *testing.T) {
	both(t, func(h *house) {
		claire, amara, ben, root, c := h.coordinator("claire"), h.somebody("amara"), h.somebody("ben"), h.administrator("root"), h.Context()
		unit, err := h.AddUnit(c, root, Unit{En: "Pediatrics", Fr: "Pédiatrie"})
		h.must(err)
		h.must(h.SaveName(c, ben, Name{Given: "Benoît", Family: "Roy"}))
		file := roster1("e-mail,given name,family name,unit,level,from\namara@example.org,Amara,Okafor,Pédiatrie,PGY2,2026-07-01\nben@example.org,B.,R.,Pediatrics,PGY1,2026-07-01\n")
		d, err := h.ReadPeople(c, claire, "program", file)
		h.must(err)
		if len(d.Added) != 2 || len(d.Problems)+len(d.Removed) != 0 {
			h.Fatalf("got %+v", d)
		}
		_, err = h.ApplyPeople(c, claire, "program", file, d.Seen, false)
		h.must(err)
		for _, v := range []account.Visit{amara, ben} {
			_, err := h.Accept(c, v, h.received(v)[0].ID)
			h.must(err)
		}
		h.must(h.DB.View(c, func(tx *store.Tx) error {
			w := h.work(tx)
			a, _ := w.load("amara")
			b, err := w.load("ben")
			if a.Given != "Amara" || len(a.Appointments) != 1 || a.Appointments[0].Unit != unit || a.Appointments[0].What.Label != "PGY2" {
				h.Errorf("Amara begins with %+v", a.Profile)
			}
			if b.Given != "Benoît" || len(b.Appointments) != 1 || b.Appointments[0].What.Label != "PGY1" {
				h.Errorf("Ben has %+v", b.Profile)
			}
			return err
		}))
	})
}

func TestReminderIsWrittenOnceAndAnInvitationEnds(t *testing.T) {
	both(t, func(h *house) {
		claire, other, c := h.coordinator("claire"), h.somebody("other"), h.Context()
		_, err := h.Invite(c, claire, "program", []string{"dee@example.org"}, "en")
		h.must(err)
		all, _, err := h.Invitations(c, claire, "program", "")
		h.must(err)
		id := all[0].ID
		h.refuses("at once", h.Remind(c, claire, "program", id), mentoring.Conflict, "program.not-yet")
		h.pass(mentoring.RemindAfter)
		h.hidden("by somebody else", h.Remind(c, other, "program", id))
		h.must(h.Remind(c, claire, "program", id))
		h.refuses("twice", h.Remind(c, claire, "program", id), mentoring.Conflict, "program.not-yet")
		if n := len(h.letters("dee@example.org")); n != 2 {
			h.Errorf("%d letters", n)
		}
		h.pass(mentoring.InvitationLasts)
		if received := h.received(h.somebody("dee")); len(received) != 0 {
			h.Errorf("an invitation that is over can be answered: %+v", received)
		}
		h.hidden("somebody else takes it back", h.WithdrawInvitation(c, other, "program", id))
		h.must(h.WithdrawInvitation(c, claire, "program", id))
		if all, _, err := h.Invitations(c, claire, "program", ""); err != nil || len(all) != 0 {
			h.Errorf("what was taken back is there: %+v, %v", all, err)
		}
	})
}

func TestInvitationsComePageByPageAndNeverOfAnotherProgram(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.coordinator("claire"), h.Context()
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			if err := h.program(tx, "another"); err != nil {
				return err
			}
			_, err := tx.AddInvitation(store.Invitation{ID: "theirs", Program: "another", Part: store.Participant, Address: "x@example.org", Folded: "x@example.org", Language: "en", MadeAt: h.now(), MadeBy: "root"})
			return err
		}))
		var addresses []string
		for k := range 2*PageSize + 3 {
			addresses = append(addresses, string(rune('a'+k%26))+string(rune('a'+k/26))+"@example.org")
		}
		n, err := h.Invite(c, claire, "program", addresses, "en")
		h.must(err)
		seen, after, pages := map[string]bool{}, "", 0
		for {
			all, next, err := h.Invitations(c, claire, "program", after)
			h.must(err)
			for _, i := range all {
				seen[i.Address] = true
			}
			pages++
			if after = next; after == "" {
				break
			}
		}
		if n != len(addresses) || len(seen) != n || pages != 3 || seen["x@example.org"] {
			h.Errorf("%d invited, %d seen on %d pages", n, len(seen), pages)
		}
		_, _, err = h.Invitations(c, claire, "another", "")
		h.hidden("of another program", err)
		_, _, err = h.Invitations(c, claire, "program", "rubbish")
		h.hidden("behind no place", err)
		h.hidden("another program's", h.WithdrawInvitation(c, claire, "program", "theirs"))
	})
}

func TestWrongAddressesAreNamedAndNobodyIsInvited(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.coordinator("claire"), h.Context()
		_, err := h.Invite(c, claire, "program", []string{"ana@example.org", "ben at example", "x"}, "en")
		h.refuses("two that are none", err, mentoring.Invalid, "program.no-address")
		if f := faultOf(err); !slices.Contains(f.Args, any("ben at example, x")) {
			h.Errorf("named are %v", f.Args)
		}
		_, err = h.Invite(c, claire, "program", nil, "en")
		h.refuses("none", err, mentoring.Invalid, "program.no-addresses")
		_, err = h.Invite(c, claire, "program", make([]string, MostInvited+1), "en")
		h.refuses("too many", err, mentoring.Invalid, "program.too-many-addresses")
		_, err = h.Invite(c, h.somebody("eve"), "program", []string{"ana@example.org"}, "en")
		h.hidden("a member invites", err)
		if all, _, err := h.Invitations(c, claire, "program", ""); err != nil || len(all) != 0 || len(h.letters("ana@example.org")) != 0 {
			h.Errorf("somebody was invited: %+v, %v", all, err)
		}
	})
}

func TestAdministratorInvitesACoordinatorWhoSignsInAgain(t *testing.T) {
	both(t, func(h *house) {
		root, claire, member, c := h.administrator("root"), h.somebody("claire"), h.somebody("member"), h.Context()
		h.enrol("member")
		h.hidden("a member invites a coordinator", h.InviteCoordinator(c, member, "program", "claire@example.org", "en"))
		h.hidden("into no program", h.InviteCoordinator(c, root, "none", "claire@example.org", "en"))
		h.must(h.InviteCoordinator(c, root, "program", "claire@example.org", "en"))
		h.refuses("twice", h.InviteCoordinator(c, root, "program", "Claire@example.org", "en"), mentoring.Conflict, "program.invited-already")
		_, err := h.List(c, claire, "program", Filter{}, "")
		h.hidden("she lists before she has accepted", err)
		_, err = h.Accept(c, claire, h.received(claire)[0].ID)
		h.must(err)
		_, err = h.List(c, claire, "program", Filter{}, "")
		h.hidden("in the session from before", err)
		claire = h.signIn("claire")
		if _, err = h.List(c, claire, "program", Filter{}, ""); err != nil || len(h.received(claire)) != 0 {
			h.Errorf("the coordinator lists: %v", err)
		}
		if in, _, err := h.Programs(c, claire); err != nil || len(in) != 1 || !in[0].Runs || !in[0].Since.IsZero() {
			h.Errorf("she reads %+v, %v", in, err)
		}
		_, err = h.List(c, root, "program", Filter{}, "") // who looks after the installation sees no list of people
		h.hidden("the administrator lists", err)
	})
}

func TestInvitationToCoordinateIsTheAdministratorsAlone(t *testing.T) {
	both(t, func(h *house) {
		root, claire, dee, c := h.administrator("root"), h.coordinator("claire"), h.somebody("dee"), h.Context()
		h.must(h.InviteCoordinator(c, root, "program", "dee@example.org", "en"))
		_, err := h.Invite(c, claire, "program", []string{"ana@example.org"}, "en")
		h.must(err)
		all, _, err := h.Invitations(c, claire, "program", "")
		h.must(err)
		if len(all) != 1 || all[0].Address != "ana@example.org" {
			h.Fatalf("the coordinator reads %+v", all)
		}
		toTakePart, toCoordinate := all[0].ID, h.received(dee)[0].ID
		if one, err := h.Invitation(c, claire, "program", toTakePart); err != nil || one != all[0] {
			h.Errorf("she reads %+v, %v", one, err)
		}
		for who, v := range map[string]account.Visit{"the administrator": root, "somebody": dee} {
			_, err := h.Invitation(c, v, "program", toTakePart)
			h.hidden(who+" reads", err)
		}
		h.pass(mentoring.RemindAfter)
		root, claire = h.signIn("root"), h.signIn("claire")
		_, err = h.Invitation(c, claire, "program", toCoordinate)
		h.hidden("the coordinator reads one to coordinate", err)
		h.hidden("the coordinator reminds", h.Remind(c, claire, "program", toCoordinate))
		h.hidden("the coordinator withdraws", h.WithdrawInvitation(c, claire, "program", toCoordinate))
		h.hidden("the coordinator reminds as if she were not", h.RemindCoordinator(c, claire, "program", toCoordinate))
		h.hidden("the coordinator withdraws as if she were not", h.WithdrawCoordinator(c, claire, "program", toCoordinate))
		h.hidden("the administrator reminds to take part", h.RemindCoordinator(c, root, "program", toTakePart))
		h.hidden("the administrator withdraws one to take part", h.WithdrawCoordinator(c, root, "program", toTakePart))
		h.hidden("of another program", h.RemindCoordinator(c, root, "another", toCoordinate))
		h.must(h.RemindCoordinator(c, root, "program", toCoordinate))
		h.refuses("twice", h.RemindCoordinator(c, root, "program", toCoordinate), mentoring.Conflict, "program.not-yet")
		if n := len(h.letters("dee@example.org")); n != 2 {
			h.Errorf("%d letters", n)
		}
		h.must(h.WithdrawCoordinator(c, root, "program", toCoordinate))
		h.hidden("twice", h.WithdrawCoordinator(c, root, "program", toCoordinate))
		if len(h.received(h.signIn("dee"))) != 0 || len(h.received(h.somebody("ana"))) != 1 {
			h.Error("the wrong invitation was withdrawn")
		}
		if codes := h.trail("root"); !slices.Equal(codes[:2], []string{"program.withdraw", "program.remind"}) {
			h.Errorf("the administrator's trail is %v", codes)
		}
		h.pass(account.FreshFor + time.Minute)
		h.must(h.InviteCoordinator(c, h.signIn("root"), "program", "dee@example.org", "en"))
		h.refuses("long after signing in", h.WithdrawCoordinator(c, root, "program", h.received(dee)[0].ID), mentoring.Forbidden, "account.fresh-sign-in")
	})
}

func TestWhoeverLeavesAllIsOutOfDirectoryAndPrograms(t *testing.T) {
	both(t, func(h *house) {
		helene, ben, c := h.helene(), h.somebody("ben"), h.Context()
		h.enrol("helene", "ben")
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			if err := h.program(tx, "another"); err != nil {
				return err
			}
			_, enrolled := tx.Enrol(store.Enrolment{Program: "another", Person: "helene", Since: h.now()})
			_, runs := tx.AddCoordinator("another", "helene", h.now())
			return errors.Join(enrolled, runs)
		}))
		before, err := h.Mine(c, helene)
		h.must(err)
		h.must(h.LeaveAll(c, helene))
		in, _, err := h.Programs(c, helene)
		h.must(err)
		if len(in) != 1 || !in[0].Runs || !in[0].Since.IsZero() || !h.isIn("ben") {
			h.Errorf("she is in %+v, and Ben is %t", in, h.isIn("ben"))
		}
		_, err = h.Show(c, ben, "helene", Context{})
		h.hidden("a member sees her page", err)
		after, err := h.Mine(c, helene)
		h.must(err)
		if after.Listed || !reflect.DeepEqual(before.Profile, after.Profile) {
			h.Errorf("her profile has become %+v", after.Profile)
		}
		codes := h.trail("helene")
		if left := slices.Sorted(slices.Values(codes[:3])); !slices.Equal(left, []string{"profile.leave-directory", "program.leave", "program.leave"}) {
			h.Errorf("her trail is %v", codes)
		}
		h.must(h.LeaveAll(c, helene))
		h.must(h.LeaveDirectory(c, helene))
		if again := h.trail("helene"); len(again) != len(codes) {
			h.Errorf("who was out is written down as leaving: %v", again)
		}
	})
}

func TestCoordinatorTakesSomebodyOutWhoIsWrittenTo(t *testing.T) {
	both(t, func(h *house) {
		claire, c := h.coordinator("claire"), h.Context()
		ana, _, _ := h.somebody("ana"), h.somebody("ben"), h.somebody("cy")
		h.must(h.SaveName(c, ana, Name{Given: "Ana"}))
		h.enrol("ana", "cy")
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			return tx.AddAuthority(store.Authority{ID: "e", From: "claire", To: "cy", Kind: "evaluates", Source: "declared", By: "cy", MadeAt: h.now()})
		}))
		h.hidden("by a member", h.TakeOut(c, h.somebody("eve"), "program", "ana"))
		h.hidden("somebody who is not in it", h.TakeOut(c, claire, "program", "ben"))
		h.hidden("nobody", h.TakeOut(c, claire, "program", "none"))
		h.hidden("whom she evaluates (CF-9)", h.TakeOut(c, claire, "program", "cy"))
		h.must(h.TakeOut(c, claire, "program", "ana"))
		if h.isIn("ana") || !h.isIn("cy") || len(h.letters("ana@example.org")) != 1 || h.trail("ana")[0] != "program.take-out" {
			h.Errorf("after that: %t %t %v", h.isIn("ana"), h.isIn("cy"), h.trail("ana"))
		}
	})
}

func TestAddressThatWasNotProvedReadsNoInvitation(t *testing.T) {
	both(t, func(h *house) {
		claire, amara, c := h.coordinator("claire"), h.somebody("amara"), h.Context()
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			return tx.AddEmail(store.Email{Folded: "second@example.org", Address: "second@example.org", Account: "amara", Kind: store.Personal})
		}))
		_, err := h.Invite(c, claire, "program", []string{"second@example.org"}, "en")
		h.must(err)
		if received := h.received(amara); len(received) != 0 {
			h.Errorf("she reads %+v", received)
		}
		h.must(h.DB.Update(c, func(tx *store.Tx) error { return tx.VerifyEmail("second@example.org", time.Now()) }))
		if received := h.received(amara); len(received) != 1 {
			h.Errorf("then she reads %+v", received)
		}
	})
}

func TestSuspendedPersonIsSeenByPartnersAndAdministratorsAlone(t *testing.T) {
	both(t, func(h *house) {
		helene, claire, root, member, c := h.helene(), h.coordinator("claire"), h.administrator("root"), h.somebody("member"), h.Context()
		h.enrol("helene")
		of := map[string]func() error{
			"a member":      func() error { _, err := h.Show(c, member, "helene", Context{}); return err },
			"a coordinator": func() error { _, err := h.Show(c, claire, "helene", Context{Program: "program"}); return err },
		}
		for who, look := range of {
			if err := look(); err != nil {
				h.Errorf("%s: %v", who, err)
			}
		}
		h.must(h.DB.Update(c, func(tx *store.Tx) error { return tx.SuspendAccount("helene", h.now(), "reason") }))
		for who, look := range of {
			h.hidden(who, look())
		}
		for who, look := range map[string]func() error{
			"a partner": func() error {
				_, err := h.Show(c, member, "helene", Context{Partners: []mentoring.PersonID{"member", "helene"}})
				return err
			},
			"an administrator": func() error { _, err := h.Show(c, root, "helene", Context{}); return err },
		} {
			if err := look(); err != nil {
				h.Errorf("%s: %v", who, err)
			}
		}
		if _, err := h.Mine(c, helene); !mentoring.IsFault(err, mentoring.NotFound) {
			h.Errorf("her own pages are open: %v", err)
		}
	})
}

// Nobody is flooded by withdrawing and inviting again, least of all after a no.
func TestAddressIsWrittenToAFewTimesAboutAProgram(t *testing.T) {
	both(t, func(h *house) {
		claire, zoe, c := h.coordinator("claire"), h.somebody("zoe"), h.Context()
		again := func(address string) int {
			n, err := h.Invite(c, claire, "program", []string{address}, "en")
			h.must(err)
			all, _, err := h.Invitations(c, claire, "program", "")
			h.must(err)
			for _, i := range all {
				h.must(h.WithdrawInvitation(c, claire, "program", i.ID))
			}
			return n
		}
		sent := 0
		for range 6 {
			sent += again("dee@example.org")
		}
		if letters := len(h.letters("dee@example.org")); sent != mentoring.MostInvitations || letters != sent {
			h.Errorf("%d invited, %d letters", sent, letters)
		}
		if n := again("other@example.org"); n != 1 {
			h.Error("another address waits for it")
		}
		d, err := h.ReadPeople(c, claire, "program", roster1("e-mail\ndee@example.org\n"))
		if err != nil || d.Known != 1 || len(d.Added)+len(d.Problems) != 0 {
			h.Errorf("in a list: %+v, %v", d, err)
		}
		_, err = h.Invite(c, claire, "program", []string{"zoe@example.org"}, "en")
		h.must(err)
		h.must(h.Decline(c, zoe, h.received(zoe)[0].ID))
		all, _, err := h.Invitations(c, claire, "program", "")
		h.must(err)
		h.must(h.WithdrawInvitation(c, claire, "program", all[0].ID))
		if n := again("zoe@example.org"); n != 0 {
			h.Error("after a no she is written to at once")
		}
		h.pass(mentoring.InviteAgain)
		if n := again("zoe@example.org"); n != 1 {
			h.Error("three weeks later she cannot be invited")
		}
		h.pass(mentoring.InvitationLasts)
		if n := again("dee@example.org"); n != 1 {
			h.Error("two months later an address cannot be invited")
		}
	})
}

func TestWhoHasJoinedIsNotReminded(t *testing.T) {
	both(t, func(h *house) {
		claire, zoe, c := h.coordinator("claire"), h.somebody("zoe"), h.Context()
		h.must(h.DB.Update(c, func(tx *store.Tx) error {
			return tx.AddEmail(store.Email{Folded: "zoe2@example.org", Address: "zoe2@example.org", Account: "zoe", Kind: store.Personal, VerifiedAt: h.now()})
		}))
		_, err := h.Invite(c, claire, "program", []string{"zoe@example.org", "zoe2@example.org"}, "en")
		h.must(err)
		for _, i := range h.received(zoe) {
			if _, err = h.Accept(c, zoe, i.ID); err == nil {
				break
			}
		}
		h.must(err)
		h.pass(mentoring.RemindAfter)
		all, _, err := h.Invitations(c, claire, "program", "")
		h.must(err)
		for _, i := range all {
			h.refuses("who is in the program is reminded", h.Remind(c, claire, "program", i.ID), mentoring.Conflict, "program.not-yet")
		}
		if len(all) != 1 || len(h.letters("zoe@example.org"))+len(h.letters("zoe2@example.org")) != 2 {
			h.Errorf("%d invitations are left", len(all))
		}
	})
}
