//go:build unix

package profile_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
)

func TestProgramDirectorSeesNothing(t *testing.T) { // FV-6
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := h.Somebody("amara@example.org")
		v.Send("/profile/name", "given", "Amara", "family", "Okafor", "role", "mentee")
		v.Send("/profile/seeks", "seeks", "research")
		v.Send("/profile/seeks/lines", "line-research", "line-canary")
		for as, sees := range map[string]bool{"member": false, "coordinator": true, "program-director": false, "partner": true, "administrator": true, "anything-else": false} {
			p := v.Get("/profile/seen-as?as=" + as)
			_, content, _ := strings.Cut(p.Body, "<main")
			if got := strings.Contains(content, "Amara"); got != sees {
				h.Errorf("%s sees the name: %t", as, got)
			}
			if as != "coordinator" && strings.Contains(content, "line-canary") {
				h.Errorf("%s sees what would help: %s", as, p.Text())
			}
		}
		p := v.Get("/profile/seen-as?as=program-director")
		shows(h, "the director", p, "My program director: nothing", "not even that you have a mentor")
		hides(h, "the director of somebody not listed", p, "You asked to be in the directory")
		v.Send("/profile/offers", "offers", "research", "listed", "1")
		shows(h, "the director of somebody listed", v.Get("/profile/seen-as?as=program-director"), "My program director: nothing", "You asked to be in the directory")
	})
}

func TestEachPartIsSeenAsFarAsItsPersonSays(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v := helene(h)
		v.Send("/profile/how", "languages", "fr", "when", "weekends")
		hides(h, "a mentee, at first", v.Get("/profile/seen-as?as=member"), "On weekends")
		leads(h, "choosing", v.Send("/profile/visibility", "when", "0", "languages", "3", "name", "3", "capacity", "0"), "/profile/visibility")
		p := v.Get("/profile/seen-as?as=member")
		shows(h, "a mentee, then", p, "On weekends", "Hélène")
		hides(h, "a mentee, then", p, "French", "2 people")
		shows(h, "the form", v.Get("/profile/how"), "Every member who looks in the directory sees: in person or at a distance and when.", "Only you see: languages.")
		leads(h, "choosing for offers", v.Send("/profile/visibility", "offers", "2"), "/profile/visibility")
		shows(h, "the form of offers", v.Get("/profile/offers"), "Those who run a program, unit heads and administrators of this site see: what I offer.")
		hides(h, "a mentee, of offers", v.Get("/profile/seen-as?as=member"), "Career choice")
		shows(h, "an administrator, of offers", v.Get("/profile/seen-as?as=administrator"), "Career choice")
		shows(h, "the form of absences", v.Get("/profile/away"), "those who run a program that you are away")
		says(h, "an audience that there is none of", v.Send("/profile/visibility", "when", "9"), http.StatusUnprocessableEntity)
	})
}

func TestDelegateIsNamedAcceptsAndIsRemoved(t *testing.T) { // FV-7
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		v, sam, other := helene(h), h.Somebody("sam@example.org"), h.Somebody("other@example.org")
		shows(h, "nobody yet", v.Get("/profile/delegates"), "Nobody books for you")
		says(h, "no address", v.Send("/profile/delegates/name", "address", "sam at example"), http.StatusUnprocessableEntity)
		says(h, "oneself", v.Send("/profile/delegates/name", "address", "helene@example.org"), http.StatusConflict)
		leads(h, "naming", v.Send("/profile/delegates/name", "address", "sam@example.org"), "/profile/delegates")
		p := v.Get("/profile/delegates")
		shows(h, "the list", p, "sam@example.org Has not answered yet")
		path := regexp.MustCompile(`/profile/delegates/[^"/]+/`).FindString(p.Body)
		shows(h, "Sam's profile", sam.Get("/profile"), "Hélène Tremblay asks you to book meetings")
		says(h, "somebody else accepts", other.Send(path+"accept"), http.StatusNotFound)
		leads(h, "accepting", sam.Send(path+"accept"), "/profile")
		shows(h, "the list then", v.Get("/profile/delegates"), "sam@example.org Books for you")
		says(h, "somebody else removes", other.Send(path+"remove"), http.StatusNotFound)
		leads(h, "removing", v.Send(path+"remove"), "/profile/delegates")
		shows(h, "nobody again", v.Get("/profile/delegates"), "Nobody books for you")
		h.Pass(10 * time.Minute)
		if p := v.Get("/profile/delegates/name"); !strings.HasPrefix(p.Location(), "/prove") {
			h.Errorf("naming later leads to %q", p.Location())
		}
	})
}

func TestInterestsAreDeclaredAndNobodyIsToldOfAWish(t *testing.T) { // EL-2, EL-3, AP-6
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		mentor, v := helene(h), h.Somebody("amara@example.org")
		v.Send("/profile/name", "given", "Amara", "role", "mentee")
		shows(h, "at first", v.Get("/profile/authority"), "You have not declared anything yet", "Declare that there is nothing")
		leads(h, "nothing", v.Send("/profile/authority"), "/profile/authority")
		shows(h, "then", v.Get("/profile/authority"), "You declared on", "That holds until")

		p := v.Get("/profile/authority/add?q=helen+trembly")
		shows(h, "who is meant", p, "Hélène Tremblay", "This person assesses me")
		id := hidden(p, "person")
		says(h, "nobody", v.Send("/profile/authority/add", "kind", "under evaluates", "from", "2027-01-01", "q", "tremblay"), http.StatusUnprocessableEntity, "Choose a person or write an address.", "Hélène Tremblay")
		says(h, "turned round", v.Send("/profile/authority/add", "person", id, "kind", "under evaluates", "from", "2027-02-01", "to", "2027-01-01", "q", "tremblay"), http.StatusUnprocessableEntity, "1 answer")
		leads(h, "a position", v.Send("/profile/authority/add", "person", id, "kind", "under evaluates", "from", "2027-01-01"), "/profile/authority")
		p = v.Get("/profile/authority")
		shows(h, "the list", p, "Hélène Tremblay This person assesses me since 1 January 2027", "Declare that this is all")
		q := mentor.Get("/profile/authority")
		shows(h, "Hélène's list", q, "A position that somebody declared")
		hides(h, "Hélène's list", q, "assess this person", "assesses me", "Amara")
		leads(h, "without it", v.Send("/profile/authority", "without", hidden(p, "without")), "/profile/authority")
		shows(h, "nothing again", v.Get("/profile/authority"), "Nothing is known")
		h.Pass(370 * 24 * time.Hour)
		v, mentor = h.Somebody("amara@example.org"), h.Somebody("helene@example.org")
		shows(h, "a year later", v.Get("/profile/authority"), "more than twelve months ago")

		shows(h, "who is found", v.Get("/profile/apart?q=tremblay"), "Hélène Tremblay")
		says(h, "nobody chosen", v.Send("/profile/apart", "q", "tremblay"), http.StatusUnprocessableEntity, "Choose a person or write an address.")
		leads(h, "the wish", v.Send("/profile/apart", "person", id), "/profile/apart")
		shows(h, "the wish", v.Get("/profile/apart"), "Hélène Tremblay", "the other person never finds out")
		for _, path := range []string{"/profile", "/profile/apart", "/profile/authority", "/account/trail"} {
			hides(h, path+" of Hélène", mentor.Get(path), "Amara", "apart from", "rather not be matched")
		}
		leads(h, "taken back", v.Send("/profile/apart", "person", id, "together", "1"), "/profile/apart")
		shows(h, "nobody", v.Get("/profile/apart"), "You can be matched with anybody.")
	})
}

// asks has people asked about religion.
func asks(h *servetest.House, admin *servetest.Visitor) {
	h.Helper()
	leads(h, "asking", admin.Send("/installation/characteristics/religion",
		"purpose.english", "To see whether all are served alike.", "purpose.french", "Voir si tout le monde est bien servi.",
		"necessity.english", "Nothing less would show it here.", "necessity.french", "Rien de moins ne le montrerait ici.", "months", "12"), "/installation/characteristics")
}

func TestConsentIsGivenAndWithdrawn(t *testing.T) { // AP-2, AP-3, AP-4
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		admin, v := h.First("admin@example.org"), h.Somebody("amara@example.org")
		v.Send("/profile/name", "given", "Amara", "role", "mentee")
		hides(h, "the overview before", v.Get("/profile"), "/profile/characteristics")
		shows(h, "before anything is asked", v.Get("/profile/characteristics"), "Nothing is asked here")
		says(h, "what is not asked", v.Get("/profile/characteristics/religion"), http.StatusNotFound)
		says(h, "asking without a reason", admin.Send("/installation/characteristics/religion", "purpose.english", "because", "months", "40"), http.StatusUnprocessableEntity,
			"There is a problem with 5 answers", "because")
		asks(h, admin)

		better := v.Get("/profile").Text()
		p := v.Get("/profile/characteristics/religion")
		shows(h, "the question", p, "To see whether all are served alike.", "For 12 months after the answer", "and may guess my answer")
		if ticked(p, "answer") != nil || ticked(p, "use") != nil {
			h.Error("something is ticked beforehand")
		}
		inquiry := []string{"inquiry", hidden(p, "inquiry"), "wording", hidden(p, "wording"), "language", hidden(p, "language")}
		tell := func(answers ...string) servetest.Page {
			return v.Send("/profile/characteristics/religion", append(slices.Clone(inquiry), answers...)...)
		}
		p = tell("answer", "muslim")
		says(h, "an answer without a use", p, http.StatusUnprocessableEntity, "Allow at least one use")
		if got := ticked(p, "answer"); !slices.Equal(got, []string{"muslim"}) {
			h.Errorf("what was ticked is gone: %q", got)
		}
		says(h, "a use without an answer", tell("use", "matching"), http.StatusUnprocessableEntity, "Choose an answer or write your own")
		says(h, "an old question", v.Send("/profile/characteristics/religion", "inquiry", "another", "answer", "muslim", "use", "matching"), http.StatusConflict, "have changed in the meantime")
		leads(h, "the answer", tell("answer", "muslim", "use", "matching", "use", "statistics"), "/profile/characteristics")
		p = v.Get("/profile/characteristics/religion")
		if got := ticked(p, "use"); !slices.Equal(got, []string{"statistics", "matching"}) {
			h.Errorf("consents: %q", got)
		}
		if after := v.Get("/profile").Text(); after != better {
			h.Errorf("the overview is another one after an answer:\n%s\n%s", better, after)
		}
		leads(h, "withdrawing one", v.Send("/profile/characteristics/religion/withdraw", "use", "matching"), "/profile/characteristics")
		p = v.Get("/profile/characteristics")
		shows(h, "what is left", p, "Islam", "Statistics", "The consent has ended.")
		hides(h, "what is left", p, "Matching")
		leads(h, "withdrawing the last", v.Send("/profile/characteristics/religion/withdraw", "use", "statistics"), "/profile/characteristics")
		hides(h, "after the last", v.Get("/profile/characteristics"), "Islam")
		p = v.Get("/profile/consents")
		shows(h, "the log", p, "Version 1", "by you, on this site", "may guess my answer")
		hides(h, "the log", p, "Islam", "muslim", "In force")
		for _, path := range []string{"/installation/characteristics", "/installation/log"} {
			hides(h, path, admin.Get(path), "Islam", "muslim", "Amara")
		}

		leads(h, "the answer again", tell("answer", "muslim", "use", "shown"), "/profile/characteristics")
		leads(h, "deleting it", v.Send("/profile/characteristics/religion/forget"), "/profile/characteristics")
		hides(h, "after deleting", v.Get("/profile/characteristics"), "Islam")

		leads(h, "the answer once more", tell("answer", "muslim", "use", "shown"), "/profile/characteristics")
		shows(h, "another purpose", admin.Get("/installation/characteristics/religion"), "every consent to the old purpose ends at once")
		asks(h, admin)
		hides(h, "the consents then", v.Get("/profile/consents"), "In force")
		shows(h, "the question before it ends", admin.Get("/installation/characteristics/religion/stop"), "nothing that people said of it is used any more")
		leads(h, "stopping", admin.Send("/installation/characteristics/religion/stop"), "/installation/characteristics")
		p = admin.Get("/installation/characteristics")
		shows(h, "what was asked", p, "Asked before", "To see whether all are served alike.")
		says(h, "what is asked no more", v.Get("/profile/characteristics/religion"), http.StatusNotFound)
		shows(h, "the log in the end", v.Get("/profile/consents"), "because it is no longer asked for, or for another purpose")
		for _, path := range []string{"", "/religion", "/religion/stop", "/star-sign"} {
			says(h, path+" for somebody else", v.Get("/installation/characteristics"+path), http.StatusNotFound)
		}
	})
}

// AP-2: nothing here depends on a characteristic. EL-1: nobody is asked to choose a side.
func TestCharacteristicsAreNoStages(t *testing.T) {
	t.Parallel()
	for _, stage := range mentoring.Stages {
		for _, of := range mentoring.Characteristics() {
			if string(stage) == string(of) {
				t.Errorf("%s is a stage", of)
			}
		}
	}
}
