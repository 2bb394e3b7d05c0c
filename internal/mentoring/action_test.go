package mentoring_test

import (
	"slices"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/mentoring"
)

// asks are people as they come to the platform, each with what they may do to the account, the program, the relationship
// and the statement of "owner". It is written from the rules of the domain model, not from the table.
var asks = []struct {
	who   string
	actor Actor
	may   []Action
}{
	{"somebody who is not signed in", Actor{}, []Action{ReadPublicPages, SignIn}},
	{"a stranger", Actor{Person: "stranger"}, []Action{ReadPublicPages, SignIn, LookPeopleUp}},
	{"the owner", Actor{Person: "owner"}, []Action{
		ReadPublicPages, SignIn, SignOut, ExportOwnData, ChangeOwnSettings, EndOwnSessions, ChangeOwnPasskeys,
		ChangeOwnEmails, LinkInstitution, MergeOwnAccounts, EraseOwnAccount, NameDelegate, BookMeetings, ChangeOwnProfile,
		LookPeopleUp, MarkPeople, DeclareAuthority, KeepApart, TellSensitive, WithdrawConsents, AnswerInvitation, LeaveProgram,
	}},
	{"the owner, suspended", Actor{Person: "owner", Suspended: true}, []Action{ReadPublicPages, SignIn, SignOut, ExportOwnData, WithdrawConsents}},
	{"an administrator inside the owner's account", Actor{Person: "owner", SteppingIn: "root", Operator: true},
		[]Action{ReadPublicPages, SignOut}},
	{"the other person", Actor{Person: "other"}, []Action{ReadPublicPages, SignIn, BookMeetings, LookPeopleUp}},
	{"a secretary", Actor{Person: "viewer", DelegateOf: []PersonID{"other"}}, []Action{ReadPublicPages, SignIn, BookMeetings, LookPeopleUp}}, // FV-7
	{"a coordinator", viewers[2], []Action{
		ReadPublicPages, SignIn, ChangeProgram, InvitePeople, DraftMatching, PublishMatching, OpenSealed, LookPeopleUp,
		ListPeople, ExportPeople, ChangePeople, ImportRotation,
	}},
	{"a coordinator who evaluates the owner", viewers[3], []Action{ // CF-9
		ReadPublicPages, SignIn, ChangeProgram, InvitePeople, DraftMatching, PublishMatching, LookPeopleUp, ListPeople,
		ExportPeople, ChangePeople, ImportRotation,
	}},
	{"a unit head", viewers[4], []Action{ReadPublicPages, SignIn, LookPeopleUp}},
	{"an administrator", viewers[5], []Action{
		ReadPublicPages, SignIn, MakeProgram, Administer, GrantRoles, SuspendAccount, StepIn, LookPeopleUp, ChangeUnits, AskSensitive,
	}},
	{"an administrator, suspended", Actor{Person: "viewer", Operator: true, Suspended: true}, []Action{ReadPublicPages, SignIn}},
}

func TestEachDoesWhatIsTheirsAndNoMore(t *testing.T) {
	t.Parallel()
	for _, ask := range asks {
		for _, row := range ActionRows() {
			for _, kind := range row.On {
				got := May(ask.actor, row.Action, thing(kind, everyFact)).Allowed()
				if want := slices.Contains(ask.may, row.Action); got != want {
					t.Errorf("%s, %s: %t, want %t", ask.who, row.Action, got, want)
				}
			}
		}
	}
}

func TestConcernIsHandledByWhomItWasSentTo(t *testing.T) {
	t.Parallel()
	o := thing(Concern, 0)
	if May(Actor{Person: "viewer"}, HandleConcern, o).Allowed() {
		t.Error("anybody may")
	}
	o.Addressee = "viewer"
	if !May(Actor{Person: "viewer"}, HandleConcern, o).Allowed() {
		t.Error("the one addressed may not")
	}
	if May(Actor{Person: "viewer", Edges: []Edge{{LeadsUnitOf, "viewer", "other"}}}, HandleConcern, o).Allowed() {
		t.Error("somebody who leads the unit of the other side may")
	}
}

// What would take an account away from its owner, or open what is closed, takes more than a session.
func TestGraveActsTakeAFreshSignInAndALetter(t *testing.T) {
	t.Parallel()
	for _, action := range []Action{
		ChangeOwnPasskeys, ChangeOwnEmails, LinkInstitution, MergeOwnAccounts, EraseOwnAccount, NameDelegate, GrantRoles,
		SuspendAccount, StepIn,
	} {
		if needs := row(t, action).Needs; needs&FreshSignIn == 0 || needs&Letter == 0 {
			t.Errorf("%s needs %q", action, needs)
		}
	}
	for _, action := range []Action{OpenSealed, StepIn, SuspendAccount} {
		if needs := row(t, action).Needs; needs&Reason == 0 || needs&Letter == 0 {
			t.Errorf("%s needs %q", action, needs)
		}
	}
	for _, r := range ActionRows() {
		if r.Needs&Log == 0 && r.Action != ReadPublicPages && r.Action != LookPeopleUp {
			t.Errorf("%s is not written down", r.Action)
		}
	}
}

func row(t *testing.T, action Action) ActionRow {
	t.Helper()
	for _, r := range ActionRows() {
		if r.Action == action {
			return r
		}
	}
	t.Fatalf("%s has no row", action)
	return ActionRow{}
}

func TestActionIsKnownOnItsKindOnly(t *testing.T) {
	t.Parallel()
	for _, row := range ActionRows() {
		for _, data := range DataRows() {
			want := slices.Contains(row.On, data.Kind)
			if Known(row.Action, data.Kind) != want {
				t.Errorf("%s on %s: %t, want %t", row.Action, data.Kind, !want, want)
			}
			if o := thing(data.Kind, everyFact); !want && May(viewers[2], row.Action, o).Allowed() {
				t.Errorf("%s is done to %s", row.Action, data.Kind)
			}
		}
	}
	if !Known(See, Vetoes) || Known(See, "no such kind") || Known("no such action", Account) {
		t.Error("what has a row and what is known are not the same")
	}
}
