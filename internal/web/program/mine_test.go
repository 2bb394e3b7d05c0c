//go:build unix

package program_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// asks invites somebody to take a part in a program, as a coordinator or an administrator would.
func asks(h *servetest.House, program, part, address string) (id string) {
	h.Helper()
	id = strings.ToUpper(part[:4]) + program + strings.Split(address, "@")[0]
	changes(h, func(tx *store.Tx) error {
		_, err := tx.AddInvitation(store.Invitation{ID: id, Program: program, Part: part, Address: address, Folded: address, Language: "en", MadeAt: h.Server.Now(), MadeBy: "SOMEBODY"})
		return err
	})
	return id
}

func TestSomebodyAcceptsAndLeaves(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		runs := comes(h, "claire@example.org")
		makes(h, "ONE", "Residents and mentors", "Résidents et mentors", runs)
		zoe := comes(h, "zoe@example.org")
		h.Must(h.Server.People.ShowField(h.Context(), zoe.Visit, mentoring.FieldSeeks, mentoring.OnlyMe))
		shows(h, "nothing yet", zoe.Get("/programs"), "You are in no program yet", "See my addresses")

		received := asks(h, "ONE", store.Participant, "zoe@example.org")
		shows(h, "first page", zoe.Get("/"), "Waiting for you", "An invitation: Residents and mentors")
		p := zoe.Get("/programs")
		shows(h, "invitation", p, "Residents and mentors", "In any case: your name, your unit, rank or level, what you offer and whether you have room.", "As you have chosen in your profile: your pronoun", "Not: what would help you now", "Program directors and competence committees see nothing", "The invitation lasts until")
		if accept, decline := strings.Count(p.Body, "/accept\""), strings.Count(p.Body, "/decline\""); accept != 1 || decline != 1 {
			h.Errorf("%d ways to accept and %d to decline", accept, decline)
		}
		if strings.Contains(p.Body, "btn-main") {
			h.Error("one answer weighs more than the other")
		}

		leads(h, "declining", zoe.Send("/invitations/"+received+"/decline"), "/programs")
		shows(h, "declined", zoe.Get("/programs"), "You said no. If you think better of it, you can still accept.", "Accept")
		hides(h, "first page after a no", zoe.Get("/"), "Waiting for you")
		leads(h, "accepting after all", zoe.Send("/invitations/"+received+"/accept"), "/programs?joined=ONE")
		shows(h, "what comes next", zoe.Get("/programs?joined=ONE"), "You now take part in: Residents and mentors", "Begin my profile", "Since ")
		h.Must(h.Server.People.SaveSeeks(h.Context(), zoe.Visit, terms("research")))
		shows(h, "what comes next with a profile", zoe.Get("/programs?joined=ONE"), "Look at my profile")
		hides(h, "a program that nobody asked of", zoe.Get("/programs?joined=TWO"), "What comes next")
		says(h, "accepting twice", zoe.Send("/invitations/"+received+"/accept"), 404)

		shows(h, "before leaving", zoe.Get("/programs/ONE/leave"), "Leave Residents and mentors?", "Your account and your profile stay yours", "You need no reason")
		leads(h, "leaving", zoe.Send("/programs/ONE/leave"), "/programs")
		hides(h, "after leaving", zoe.Get("/programs"), "Residents and mentors")
		says(h, "leaving twice", zoe.Send("/programs/ONE/leave"), 404)
		shows(h, "trail", zoe.Get("/account/trail"), "You accepted an invitation into a program.", "You declined an invitation.", "You left a program.")
	})
}

func TestWhoBeginsToCoordinateSignsInAgain(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		makes(h, "ONE", "Residents and mentors", "Résidents et mentors", comes(h, "omar@example.org"))
		claire := comes(h, "claire@example.org")
		says(h, "before", claire.Get("/programs/ONE"), 404)
		received := asks(h, "ONE", store.Coordinator, "claire@example.org")
		shows(h, "invitation", claire.Get("/programs"), "You are invited to coordinate", "a session ends after half an hour without use", "can read it", "You never see what people write")
		hides(h, "invitation", claire.Get("/programs"), "In any case")
		leads(h, "accepting", claire.Send("/invitations/"+received+"/accept"), "/sign-in?became=coordinator&to=%2Fprograms%2FONE")
		p := claire.Get("/sign-in?became=coordinator&to=%2Fprograms%2FONE")
		shows(h, "door", p, "You now coordinate the program. Please sign in again")
		if strings.Contains(p.Body, "data-toast") || !strings.Contains(p.Body, "note-good") {
			h.Errorf("what it says does not stay: %s", p.Body)
		}
		leads(h, "old session", claire.Get("/programs"), "/sign-in?to=%2Fprograms")

		again := comes(h, "claire@example.org")
		shows(h, "first page", again.Get("/"), "You coordinate", "Residents and mentors")
		shows(h, "programs", again.Get("/programs"), "You coordinate", "Residents and mentors")
		shows(h, "overview", again.Get("/programs/ONE"), "Nobody is in this program yet", "Import a file", "Invite by address", "what you never see", "You")
		says(h, "leaving what one is not in", again.Get("/programs/ONE/leave"), 404)
	})
}

func TestOverviewSaysWhatIsNextAndNothingMore(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		claire, omar := comes(h, "claire@example.org"), comes(h, "omar@example.org")
		h.Must(h.Server.People.SaveName(h.Context(), omar.Visit, person.Name{Given: "Omar", Family: "Benali"}))
		makes(h, "ONE", "Residents and mentors", "Résidents et mentors", claire, omar)
		asks(h, "ONE", store.Participant, "zoe@example.org")
		p := claire.Get("/programs/ONE")
		shows(h, "waiting", p, "Invited, no answer yet 1", "Omar Benali", "No file has been imported yet")
		hides(h, "overview", p, "zoe@example.org", "omar@example.org", "claire@example.org")
		leads(h, "renaming", claire.Send("/programs/ONE/settings", "en", " Rounds ", "fr", "Tournées", "line_en", "For new residents.", "line_fr", "Pour les nouvelles résidentes et les nouveaux résidents."), "/programs/ONE")
		shows(h, "renamed", claire.Get("/programs/ONE"), "Rounds", "For new residents.", "One person has not answered yet, and that is fine.")
		zoe := comes(h, "zoe@example.org")
		zoe.Send("/invitations/PARTONEzoe/accept")
		shows(h, "all have answered", claire.Get("/programs/ONE"), "In the program 1", "No invitation is waiting", "Import a rotation list")
		changes(h, func(tx *store.Tx) error {
			return tx.AddBatch(store.Batch{ID: "B1", Program: "ONE", By: omar.id(), MadeAt: h.Server.Now(), Kind: "people", Before: "[]"}, nil)
		})
		if p := claire.Get("/programs/ONE"); !strings.Contains(p.Body, `href="/programs/ONE/imports/B1/undo"`) || !strings.Contains(p.Text(), "Omar Benali, ") {
			h.Errorf("an import cannot be undone from the overview: %s", p.Text())
		}
		says(h, "a name in one language", claire.Send("/programs/ONE/settings", "en", "Rounds", "fr", "", "line_en", "kept as typed"), 422, "A program has a name in both languages.", "in the other language only")
		shows(h, "nothing changed", claire.Get("/programs/ONE"), "For new residents.")
		for _, path := range []string{"/programs/ONE", "/programs/ONE/settings", "/programs/ONE/invitations", "/programs/ONE/invitations/add"} {
			says(h, path, zoe.Get(path), 404)
		}
	})
}

func TestInvitationsAreSentRemindedAndWithdrawn(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		claire := comes(h, "claire@example.org")
		makes(h, "ONE", "Residents and mentors", "Résidents et mentors", claire)
		const add, list = "/programs/ONE/invitations/add", "/programs/ONE/invitations"
		shows(h, "form", claire.Get(add), "You are invited to a mentoring program", "Une invitation à un programme de mentorat", "Read the invitation")
		typed := "Zoé <zoe@example.org>\nnobody at home"
		p := claire.Send(add, "addresses", typed, "language", "fr-CA")
		says(h, "what is no address", p, 422, "Not an address: nobody at home.")
		if !strings.Contains(p.Body, "Zoé &lt;zoe@example.org&gt;") || !strings.Contains(p.Body, `value="fr-CA" checked`) {
			h.Errorf("what was typed is gone: %s", p.Body)
		}
		says(h, "nothing", claire.Send(add, "addresses", "  "), 422, "Write at least one address")
		hides(h, "nobody was invited", claire.Get(list), "zoe@example.org")
		leads(h, "inviting", claire.Send(add, "addresses", "Zoé <zoe@example.org>; amara@example.org", "language", "fr-CA"), list+"?sent=2")
		leads(h, "inviting again", claire.Send(add, "addresses", "ZOE@example.org", "language", "en"), list+"?sent=0")
		if m := h.Letter("zoe@example.org", 0); m.Subject != "Une invitation à un programme de mentorat" {
			h.Errorf("the letter is about %q", m.Subject)
		}
		shows(h, "list", claire.Get(list+"?sent=2"), "2 letters are on their way", "2 have not answered yet", "zoe@example.org", "amara@example.org", "Can be reminded once, from")
		hides(h, "list", claire.Get(list+"?sent=2"), "Remind once")
		id := invitationOf(h, "zoe@example.org")
		says(h, "too early", claire.Send(list+"/"+id+"/remind"), 409, "a week after the invitation", "amara@example.org")

		h.Pass(8 * 24 * time.Hour)
		claire = comes(h, "claire@example.org")
		shows(h, "a week later", claire.Get(list), "Remind once")
		leads(h, "reminding", claire.Send(list+"/"+id+"/remind"), list)
		shows(h, "reminded", claire.Get(list), "Not yet; reminded on")
		if m := h.Letter("zoe@example.org", 1); !strings.Contains(m.Subject, "tient toujours") {
			h.Errorf("the reminder is about %q", m.Subject)
		}
		coordinating := asks(h, "ONE", store.Coordinator, "omar@example.org") // which is the administrators' business
		hides(h, "list", claire.Get(list), "omar@example.org", coordinating)
		says(h, "one to coordinate", claire.Get(list+"/"+coordinating+"/withdraw"), 404)
		says(h, "withdrawing one to coordinate", claire.Send(list+"/"+coordinating+"/withdraw"), 404)
		says(h, "reminding of one to coordinate", claire.Send(list+"/"+coordinating+"/remind"), 404)
		comes(h, "amara@example.org").Send("/invitations/" + invitationOf(h, "amara@example.org") + "/decline")
		shows(h, "a no", claire.Get(list), "1 has not answered yet, 1 said no", "Said no on")

		shows(h, "before withdrawing", claire.Get(list+"/"+id+"/withdraw"), "Withdraw the invitation to zoe@example.org?", "Nobody is written to", "Rotation list")
		leads(h, "withdrawing", claire.Send(list+"/"+id+"/withdraw"), list)
		hides(h, "withdrawn", claire.Get(list), "zoe@example.org")
		says(h, "withdrawing twice", claire.Get(list+"/"+id+"/withdraw"), 404)
		shows(h, "what was invited to", comes(h, "zoe@example.org").Get("/programs"), "You are in no program yet")
	})
}

// invitationOf is the id of the one into the first program that an address has.
func invitationOf(h *servetest.House, address string) (id string) {
	h.Helper()
	changes(h, func(tx *store.Tx) error {
		all, err := tx.InvitationsOf("ONE", store.Invitation{}, 100)
		for _, i := range all {
			if i.Folded == address {
				id = i.ID
			}
		}
		return err
	})
	return id
}

func TestLongListOfInvitationsIsTurnedPageByPage(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		claire := comes(h, "claire@example.org")
		makes(h, "ONE", "Residents and mentors", "Résidents et mentors", claire)
		var all []string
		for k := range 45 {
			all = append(all, "guest"+string(rune('a'+k/26))+string(rune('a'+k%26))+"@example.org")
		}
		claire.Send("/programs/ONE/invitations/add", "addresses", strings.Join(all, "\n"), "language", "en")
		seen, path := 0, "/programs/ONE/invitations"
		for range 3 {
			p := claire.Get(path)
			seen += strings.Count(p.Body, "/withdraw")
			_, rest, more := strings.Cut(p.Body, path[:len("/programs/ONE/invitations")]+"?after=")
			after, _, _ := strings.Cut(rest, `"`)
			if !more {
				break
			}
			path = "/programs/ONE/invitations?after=" + after
		}
		if seen != 45 {
			h.Errorf("%d invitations are shown, want 45", seen)
		}
	})
}
