//go:build unix

package people_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestHeleneTremblayIsFoundByWhatPeopleType(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		crowd(h)
		v := amara(h)
		for _, typed := range []string{"montreal", "Montréal", "tremblay helene", "Tremblai", "septicemie"} {
			p := v.Get("/people?q=" + url.QueryEscape(typed))
			shows(h, typed, p, "Hélène Tremblay", "1 mentor")
			hides(h, typed, p, "Kwame Asante", "Li Wen Zhao")
		}
		p := v.Get("/people?q=letters")
		shows(h, "what she will not do, looked for", p, "Nobody answers to “letters”")
		hides(h, "what she will not do, looked for", p, "Hélène")
	})
}

func TestReasonsAreTrueGapsAreHonestAndNothingIsInPerCent(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		crowd(h)
		v := amara(h)
		p := v.Get("/people")
		shows(h, "the list", p, "3 mentors", "Why Hélène may suit you", "Research: what you look for", "An interest you share: sepsis", "A language you share: French",
			"You can both meet in the evening", "Does not list: career choice", "Has room", "Waiting list", "No place is free just now", "Does not list: research", "How the order is made By family name.")
		hides(h, "the list", p, "%", "2 places", "Say what would help you now")
		for _, card := range strings.Split(p.Body, "<article")[1:] {
			if yes, no := strings.Count(card, `class="yes"`), strings.Count(card, `class="no"`); yes > mentoring.MostReasons || no > mentoring.MostGaps || yes+no == 0 {
				h.Errorf("a card has %d reasons and %d gaps", yes, no)
			}
		}
		newcomer := comes(h, "newcomer@example.org")
		shows(h, "the list of who has said nothing", newcomer.Get("/people"), "Say what would help you now")
	})
}

func TestListIsNarrowedByAddressesAlone(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		crowd(h)
		v := amara(h)
		p := v.Get("/people?offers=research")
		shows(h, "research", p, "2 mentors", "Take off: Research")
		hides(h, "research", p, "Li Wen")
		p = v.Get("/people?offers=research&offers=career_choice&languages=fr&q=tremblay")
		shows(h, "three filters and a word", p, "1 mentor", "Take off: Research", "Take off: Career choice", "Take off: French", "Show all")
		for _, carried := range []string{`name="offers" value="research"`, `name="languages" value="fr"`, `name="q" value="tremblay"`} {
			if !strings.Contains(p.Body, carried) {
				h.Errorf("the forms do not carry %s along", carried)
			}
		}
		p = v.Get("/people?offers=practice_management&languages=fr")
		shows(h, "what nobody has", p, "No mentor has all of this", "there are 3", "Show them", "Take off: French")
		if form := p.Body[strings.Index(p.Body, "facets"):]; !strings.Contains(form, `name="languages" value="fr"`) {
			h.Error("the filters forget what was chosen")
		}
		shows(h, "with room", v.Get("/people?room=1"), "2 mentors")
		says(h, "a place that is none", v.Get("/people?after=zzz"), http.StatusNotFound)
		says(h, "a part that is none", v.Get("/people?list=hated"), http.StatusNotFound)
		shows(h, "a field that is none", v.Get("/people?religion=any&race=any"), "3 mentors")
	})
}

var inCard = regexp.MustCompile(`<article class="card" id="person-([^"]+)"`)

func TestPagesOfTheListLeaveNobodyOutAndShowNobodyTwice(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		for k := range person.PageSize + 3 {
			mentor(h, fmt.Sprintf("m%02d@example.org", k), fmt.Sprintf("G%02d", k), "Family", 1, terms("research")...)
		}
		v := comes(h, "zoe@example.org")
		var all []string
		for path := "/people?offers=research"; path != ""; {
			p := v.Get(path)
			shows(h, path, p, fmt.Sprintf("%d mentors", person.PageSize+3))
			for _, found := range inCard.FindAllStringSubmatch(p.Body, -1) {
				all = append(all, found[1])
			}
			path = ""
			if next := regexp.MustCompile(`href="(/people\?after=[^"]*)"`).FindStringSubmatch(p.Body); next != nil {
				path = strings.ReplaceAll(next[1], "&amp;", "&")
			}
		}
		slices.Sort(all)
		if len(all) != person.PageSize+3 || len(slices.Compact(all)) != person.PageSize+3 {
			h.Errorf("%d people in pages", len(all))
		}
	})
}

func TestKeptAndSetAsideIsSeenByNobodyElse(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		someone := crowd(h)
		v, other := amara(h), comes(h, "ben@example.org")
		other.Get("/people") // says welcome
		before := other.Get("/people")
		mark := "/people/" + string(someone.Actor.Person) + "/mark"
		leads(h, "keeping", v.Send(mark, "kind", "kept", "to", "/people?q=tremblay#x"), "/people?q=tremblay#x")
		shows(h, "the list", v.Get("/people?q=tremblay"), "Kept. Only you see that.", "Kept: take back")
		shows(h, "those kept", v.Get("/people?list=kept"), "1 mentor", "Hélène")
		leads(h, "setting aside", v.Send(mark, "kind", "aside", "to", "https://evil.example/"), "/people")
		p := v.Get("/people")
		shows(h, "the list without her", p, "2 mentors")
		hides(h, "the list without her", p, "Hélène")
		shows(h, "those set aside", v.Get("/people?list=aside"), "Hélène", "Bring back")
		leads(h, "bringing back", v.Send(mark), "/people")
		shows(h, "the list with her", v.Get("/people"), "3 mentors")
		v.Send(mark, "kind", "kept")
		if after := other.Get("/people"); after.Body != before.Body {
			h.Error("somebody else's list has changed")
		}
		hides(h, "her trail", someone.Get("/account/trail"), "kept", "set aside", "aside")
		says(h, "no such mark", v.Send(mark, "kind", "loved"), http.StatusNotFound)
		says(h, "oneself", v.Send("/people/"+string(v.Actor.Person)+"/mark", "kind", "kept"), http.StatusNotFound)
	})
}

func TestPageOfAPersonShowsWhatTheyChoseAndNothingElse(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss := h.First("boss@example.org")
		someone := crowd(h)
		v := amara(h)
		path := "/people/" + string(someone.Actor.Person)
		p := v.Get(path)
		shows(h, "her page", p, "Hélène Tremblay", "elle", "Associate professor, Family medicine", "Has room", "What I can help with", "Trials, and how to end them", "Coaching",
			"What I am not the person for", "Letters of reference", "English", "In person or at a distance", "Sepsis and canoeing", "Montréal")
		hides(h, "her page", p, "helene@example.org", "Capacity", "You see this profile because")
		shows(h, "her own page", someone.Get(path), "This is your own page")
		nobody, hidden := v.Get("/people/none"), v.Get("/people/"+string(comes(h, "unlisted@example.org").Actor.Person))
		says(h, "somebody who is not listed", hidden, http.StatusNotFound)
		if strip(nobody.Body, "none") != strip(hidden.Body, "none") && nobody.Text() != hidden.Text() {
			h.Errorf("who is not listed and who is not are not alike:\n%s\n%s", nobody.Text(), hidden.Text())
		}
		shows(h, "the administrator's view", boss.Get(path), "You see this profile because you look after the installation")
		h.Must(h.Server.People.ShowField(h.Context(), someone.Visit, mentoring.FieldInterests, mentoring.OnlyMe))
		hides(h, "her page after she keeps her interests", v.Get(path), "Sepsis", "canoeing")
	})
}

func strip(text, what string) string { return strings.ReplaceAll(text, what, "") }

// AP-4, AP-5: what is sensitive is no part of any list, order, count or text that is shown to others.
func TestWhoDiffersInASensitiveValueAloneLooksTheSameToOthers(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss := administrator(h)
		someone := crowd(h)
		v := amara(h)
		pages := []string{"/people", "/people?q=tremblay", "/people?offers=research", "/people?list=kept", "/people/" + string(someone.Actor.Person)}
		v.Get("/people") // says welcome
		boss.Get("/people")
		look := func() (all []string) {
			for _, path := range pages {
				all = append(all, v.Get(path).Body, boss.Get(path).Body)
			}
			return all
		}
		before := look()
		tells(h, boss, someone)
		for k, after := range look() {
			if after != before[k] {
				h.Errorf("%s has changed", pages[k/2])
			}
		}
	})
}

func TestListThatIsTooLongToCountSaysSoAndGoesOn(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	v, now := comes(h, "zoe@example.org"), h.Server.Now()
	h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
		for k := range 1001 {
			id := fmt.Sprintf("crowd%04d", k)
			if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
				return err
			}
			if err := tx.AddPerson(store.Person{ID: id, Given: id, Sort: id, Capacity: 1, Listed: true, MadeAt: now, ChangedAt: now}); err != nil {
				return err
			}
		}
		return nil
	}))
	p := v.Get("/people")
	shows(h, "the list", p, "More than 1000 mentors", "There are too many to count", "crowd0000", "crowd0019", "Next page")
	hides(h, "the list", p, "crowd0020", "Narrow the list", "Waiting list", "No place is free") // nobody here lets an offer be seen
	next := regexp.MustCompile(`href="(/people\?after=[^"]*)"`).FindStringSubmatch(p.Body)
	if next == nil {
		t.Fatal("nothing leads on")
	}
	p = v.Get(next[1])
	shows(h, "the next page", p, "crowd0020", "Back to the beginning")
	hides(h, "the next page", p, "crowd0019")
}
