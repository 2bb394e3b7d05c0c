//go:build unix

package program_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A clinic is two programs with people in one, in both and in none, and those who coordinate them.
type clinic struct {
	claire, dora somebody // coordinate P1 and P2
	all          map[string]somebody
}

// theirs are the names of all who are not for the coordinator of P1: in P2 alone, in no program, suspended, judged by her,
// or in a unit that she leads.
var theirs = []string{"Royer", "Nolan", "Suslov", "Judge", "Unger"}

// opens fills a house with a clinic. Ana Silva is in P1, and so are Eve, who has no name, and Cy Aho, who is in P2 as well.
func opens(h *servetest.House) (c clinic) {
	h.Helper()
	boss := h.First("boss@example.org")
	c = clinic{claire: comes(h, "claire@example.org"), dora: comes(h, "dora@example.org"), all: map[string]somebody{}}
	makes(h, "P1", "Pediatrics mentoring", "Mentorat en pédiatrie", c.claire)
	makes(h, "P2", "Surgery mentoring", "Mentorat en chirurgie", c.dora)
	changes(h, func(tx *store.Tx) error {
		for _, id := range []string{"paediatrics", "cardiology"} {
			if err := tx.AddUnit(store.Unit{ID: id, NameEn: strings.ToUpper(id[:1]) + id[1:], NameFr: "Unité " + id}); err != nil {
				return err
			}
		}
		return tx.SetUnitHead(store.UnitHead{Unit: "cardiology", Person: c.claire.id(), Span: store.Span{From: "2020-01-01"}})
	})
	for _, one := range []struct{ id, given, family, unit string }{
		{"ana", "Ana", "Silva", "paediatrics"}, {"ben", "Ben", "Royer", "paediatrics"}, {"cy", "Cy", "Aho", "paediatrics"}, {"dee", "Dee", "Nolan", "paediatrics"},
		{"eve", "", "", ""}, {"sus", "Sus", "Suslov", "paediatrics"}, {"jo", "Jo", "Judge", "paediatrics"}, {"uma", "Uma", "Unger", "cardiology"},
	} {
		c.all[one.id] = profiled(h, one.id, one.given, one.family, one.unit)
	}
	enrols(h, "P1", c.all["ana"], c.all["cy"], c.all["eve"], c.all["sus"], c.all["jo"], c.all["uma"])
	enrols(h, "P2", c.all["ben"], c.all["cy"])
	changes(h, func(tx *store.Tx) error {
		return tx.AddAuthority(store.Authority{ID: "edge", From: c.claire.id(), To: "jo", Kind: "evaluates", Span: store.Span{From: "2020-01-01"}, Source: "declared", By: "jo", MadeAt: h.Server.Now()})
	})
	if p := boss.Send("/installation/accounts/suspend", "person", "sus", "reason", "a reason"); p.Status >= 400 {
		h.Fatalf("suspending: %d %s", p.Status, p.Text())
	}
	return c
}

// profiled is somebody who offers help with research, in French, and lets members see it; without a name, one who has said
// nothing at all.
func profiled(h *servetest.House, id, given, family, unit string) somebody {
	h.Helper()
	s, ctx, people := lives(h, id), h.Context(), h.Server.People
	if family == "" {
		changes(h, func(tx *store.Tx) error {
			return tx.AddPerson(store.Person{ID: id, MadeAt: h.Server.Now(), ChangedAt: h.Server.Now()})
		})
		return s
	}
	h.Must(people.SaveName(ctx, s.Visit, person.Name{Given: given, Family: family}))
	h.Must(people.SaveOffer(ctx, s.Visit, person.Offer{Offers: []mentoring.Term{{Code: "research", Line: "Trials of " + family}}, Capacity: 1, Listed: id != "cy"}))
	h.Must(people.SaveHow(ctx, s.Visit, person.How{Languages: terms("fr")}))
	h.Must(people.SaveTopics(ctx, s.Visit, person.Topics{Interests: terms("sepsis")}))
	h.Must(people.SaveAppointments(ctx, s.Visit, person.Appointed{Appointments: []mentoring.Appointment{{
		Unit: mentoring.UnitID(unit), Ladder: "rank", What: mentoring.Term{Code: "assistant"}, Span: mentoring.Span{From: "2020-07-01"},
	}}}))
	return s
}

func TestCoordinatorSeesThePeopleOfTheProgramAndNobodyElse(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		p := c.claire.Get("/programs/P1/people")
		shows(h, "the list", p, "3 people", "Ana Silva", "Cy Aho", "(no name yet)", "Paediatrics", "Assistant professor", "Research", "Has room", "In the directory", "Not in the directory",
			"People over whom you have a position of authority are not shown to you; another coordinator sees them.", "Download 3 people")
		hides(h, "the list", p, theirs...)
		hides(h, "the list", p, "@example.org", "Waiting list", "Trials of")
		shows(h, "the list of P2", c.dora.Get("/programs/P2/people"), "2 people", "Ben Royer", "Cy Aho")
		for _, typed := range []string{"Royer", "ben royer", "Nolan", "Suslov", "judge", "Unger", "jo judge"} {
			p := c.claire.Get("/programs/P1/people?q=" + url.QueryEscape(typed))
			shows(h, typed, p, "Nobody answers to")
			hides(h, typed, p, "Without what you narrowed", "Ana Silva")
		}
		for _, filter := range []string{"offers=research", "languages=fr", "unit=paediatrics", "level=assistant", "interests=sepsis", "room=1", "q=sepsis", "q=paediatrics&offers=research&languages=fr"} {
			p := c.claire.Get("/programs/P1/people?" + filter)
			shows(h, filter, p, "2 people", "Ana Silva", "Cy Aho")
			hides(h, filter, p, append(slices.Clone(theirs), "(no name yet)")...)
			for _, count := range regexp.MustCompile(`class="cnt"><span class="sr">, </span>(\d+)`).FindAllStringSubmatch(p.Body, -1) {
				if count[1] != "2" {
					h.Errorf("%s: %s people are counted", filter, count[1])
				}
			}
		}
		shows(h, "those who lead to another unit", c.claire.Get("/programs/P1/people?unit=cardiology"), "Nobody has all of this", "there are 3", "Take off: Cardiology")
	})
}

func TestPeopleOfAProgramAreFoundByWhatCoordinatorsType(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		enrols(h, "P1", profiled(h, "helene", "Hélène", "Tremblay", "paediatrics"))
		for _, typed := range []string{"helene", "Hélène", "Tremblai", "tremblay helene"} {
			p := c.claire.Get("/programs/P1/people?q=" + url.QueryEscape(typed))
			shows(h, typed, p, "1 person", "Hélène Tremblay", "Download 1 person")
			hides(h, typed, p, "Silva")
		}
		p := c.claire.Get("/programs/P1/people?offers=research&languages=fr&languages=en&q=tremblay")
		shows(h, "three filters", p, "Take off: Research", "Take off: French", "Take off: English", "Offers help with", "Show all")
		for _, carried := range []string{`name="offers" value="research"`, `name="languages" value="fr"`, `name="q" value="tremblay"`} {
			if strings.Count(p.Body, carried) < 2 { // in a form and in that of the file
				h.Errorf("the forms do not carry %s along", carried)
			}
		}
		if !strings.Contains(p.Body, `href="/programs/P1/people/helene?languages=fr&amp;languages=en&amp;offers=research&amp;q=tremblay"`) {
			h.Errorf("the page of a person does not lead back to the list as it was narrowed:\n%s", p.Body)
		}
		shows(h, "the list without anybody", c.dora.Get("/programs/P2/people?q=zzzz"), "Nobody answers to")
	})
}

// AP-5: nobody can be looked for by what is sensitive, or by anything else that is no facet.
func TestListOfAProgramCannotBeNarrowedBySomethingElse(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		for _, asked := range []string{"religion=any", "race=any", "gender=woman", "disability=", "list=kept", "page=2", "form=csv", "offers=research&sexual_orientation=x", "after=zzz"} {
			for _, path := range []string{"/programs/P1/people", "/programs/P1/people/ana", "/programs/P1/people/file"} {
				if asked == "form=csv" && strings.HasSuffix(path, "file") || asked == "after=zzz" && path != "/programs/P1/people" {
					continue
				}
				says(h, path+" by "+asked, c.claire.Get(path+"?"+asked), http.StatusNotFound)
			}
		}
		says(h, "a form that is none", c.claire.Get("/programs/P1/people/file?form=pdf"), http.StatusNotFound)
	})
}

var inRow = regexp.MustCompile(`href="/programs/P1/people/([^"?/]+)`)

func TestPagesOfTheProgramLeaveNobodyOutAndShowNobodyTwice(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		claire := comes(h, "claire@example.org")
		makes(h, "P1", "One", "Un", claire)
		makes(h, "P2", "Two", "Deux", claire)
		crowds(h, "P1", "a", person.PageSize+3)
		crowds(h, "P2", "b", 4)
		var all []string
		for path := "/programs/P1/people"; path != ""; {
			p := claire.Get(path)
			shows(h, path, p, fmt.Sprintf("%d people", person.PageSize+3))
			for _, found := range inRow.FindAllStringSubmatch(p.Body, -1) {
				all = append(all, found[1])
			}
			path = ""
			if next := regexp.MustCompile(`href="(/programs/P1/people\?after=[^"]*)"`).FindStringSubmatch(p.Body); next != nil {
				path = strings.ReplaceAll(next[1], "&amp;", "&")
			}
		}
		all = slices.DeleteFunc(all, func(id string) bool { return id == "file" })
		slices.Sort(all)
		if n := len(all); n != person.PageSize+3 || len(slices.Compact(all)) != n || strings.HasPrefix(all[n-1], "b") {
			h.Errorf("people in pages: %v", all)
		}
	})
}

// crowds puts many people into a program, without a word of any of them but their names.
func crowds(h *servetest.House, program, prefix string, many int) {
	h.Helper()
	now := h.Server.Now()
	changes(h, func(tx *store.Tx) error {
		for k := range many {
			id := fmt.Sprintf("%s%04d", prefix, k)
			if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now}); err != nil {
				return err
			}
			if err := tx.AddPerson(store.Person{ID: id, Given: id, Sort: id, MadeAt: now, ChangedAt: now}); err != nil {
				return err
			}
			if _, err := tx.Enrol(store.Enrolment{Program: program, Person: id, Since: now}); err != nil {
				return err
			}
		}
		return nil
	})
}

// The store answers while the directory is read into memory, which begins when somebody first looks: both say the same.
func TestListOfAProgramIsTheSameFromTheStoreAndFromMemory(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		crowds(h, "P2", "x", 500)
		crowds(h, "P1", "y", 30)
		c.claire.Get("/account") // says welcome
		path := "/programs/P1/people"
		stored := c.claire.Get(path)
		h.Must(h.Server.People.Remember(h.Context()))
		if remembered := c.claire.Get(path); stored.Body != remembered.Body {
			h.Errorf("from the store\n%s\nfrom memory\n%s", stored.Text(), remembered.Text())
		}
		shows(h, "the list", stored, "33 people", "Ana Silva")
		hides(h, "the list", stored, theirs...)
	})
}

// CF-9 also for whoever begins to lead a unit, or whose position is over.
func TestPositionsOfAuthorityHideAndShowAsTheyBeginAndEnd(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		today := mentoring.DayOf(h.Server.Now())
		changes(h, func(tx *store.Tx) error {
			if err := tx.SetUnitHead(store.UnitHead{Unit: "paediatrics", Person: c.claire.id(), Span: store.Span{From: "2020-01-01"}}); err != nil {
				return err
			}
			return tx.SetUnitHead(store.UnitHead{Unit: "cardiology", Person: c.claire.id(), Span: store.Span{From: "2020-01-01", To: string(mentoring.DayOf(h.Server.Now().Add(-48 * time.Hour)))}})
		})
		p := c.claire.Get("/programs/P1/people")
		shows(h, "the list on "+string(today), p, "2 people", "Uma Unger", "(no name yet)")
		hides(h, "the list", p, "Silva", "Aho")
		says(h, "the page of one she leads", c.claire.Get("/programs/P1/people/ana"), http.StatusNotFound)
		shows(h, "the page of one she leads no more", c.claire.Get("/programs/P1/people/uma"), "Uma Unger")
		deputy := comes(h, "deputy@example.org")
		changes(h, func(tx *store.Tx) error {
			_, err := tx.AddCoordinator("P1", deputy.id(), h.Server.Now())
			return err
		})
		shows(h, "the deputy's list", deputy.Get("/programs/P1/people"), "5 people", "Ana Silva", "Jo Judge", "Uma Unger")
	})
}

// AP-4, AP-5: what is sensitive is no part of what coordinators see, in any list, order, count, page or file.
func TestWhoDiffersInASensitiveValueAloneLooksTheSameToCoordinators(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		boss := comes(h, "boss@example.org")
		c.claire.Get("/account") // says welcome
		look := func() (all []string) {
			for _, path := range []string{"/programs/P1/people", "/programs/P1/people?q=silva", "/programs/P1/people?offers=research&languages=fr", "/programs/P1/people/ana", "/programs/P1/people/file?form=csv"} {
				all = append(all, c.claire.Get(path).Body)
			}
			return all
		}
		before := look()
		inquiry, err := h.Server.Characteristics.Ask(h.Context(), boss.Visit, mentoring.Inquiry{
			Characteristic: mentoring.Religion, Months: 12,
			Purpose:   mentoring.InBoth{English: "To see whether all are served alike.", French: "Voir si tout le monde est bien servi."},
			Necessity: mentoring.InBoth{English: "Without it nobody could tell.", French: "Sans cela, personne ne le saurait."},
		})
		h.Must(err)
		h.Must(h.Server.Characteristics.Tell(h.Context(), c.all["ana"].Visit, person.Telling{
			Inquiry: inquiry, Value: mentoring.Value{Codes: mentoring.Religion.Choices()[:1]}, Uses: mentoring.Uses[:], Wording: mentoring.Wording, Language: "en",
		}))
		for k, after := range look() {
			if after != before[k] {
				h.Errorf("page %d has changed:\n%s\n%s", k, before[k], after)
			}
		}
	})
}

func TestProgramWithoutPeopleSaysHowTheyCome(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		claire := comes(h, "claire@example.org")
		makes(h, "P1", "One", "Un", claire)
		p := claire.Get("/programs/P1/people")
		shows(h, "nobody", p, "There is nobody here to show yet", "Invite people", "Upload a list", "People over whom you have a position of authority")
		hides(h, "nobody", p, "Download", "Search the list")
	})
}
