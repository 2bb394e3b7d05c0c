//go:build unix

package people_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
)

// replaces puts a list with other words in the place of the one in use.
func replaces(h *servetest.House, boss *servetest.Visitor, list string, other func(csv string) string) {
	h.Helper()
	path := "/installation/lists/" + list
	own := boss.Get(path + "/file")
	p := uploads(h, boss, path+"/preview", []byte(other(own.Body)))
	shows(h, "the look at "+list, p, "Replace the list")
	leads(h, "replacing "+list, boss.Send(path+"/replace", carried(p)...), path)
}

// finds waits until a search of the directory finds somebody: what people are found by follows a list soon after.
func finds(h *servetest.House, v *servetest.Visitor, text, name string) {
	h.Helper()
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if p := v.Get("/people?q=" + text); strings.Contains(p.Text(), name) {
			return
		} else if time.Since(begun) > 10*time.Second {
			h.Fatalf("%q does not find %s: %s", text, name, p.Text())
		}
	}
}

func TestWordsOfAReplacedListAreThoseThatPeopleSee(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss, mentor, v := administrator(h), helene(h), amara(h)
		h.Must(h.Server.People.SaveTopics(h.Context(), mentor.Visit, person.Topics{Specialties: terms("addiction_medicine")}))
		page := "/people/" + string(mentor.Actor.Person)
		languages := []struct{ tag, was, is, added, support string }{
			{"en", "Addiction medicine", "Medicine of dependence", "Rescue from drowning", "Lending an office"},
			{"fr-CA", "Médecine des toxicomanies", "Médecine des dépendances", "Sauvetage de la noyade", "Prêt d’un bureau"},
		}
		sees := func(what string, replaced bool) {
			for _, l := range languages {
				v.Get("/language/" + l.tag)
				mentor.Get("/language/" + l.tag)
				now, not := l.was, l.is
				if replaced {
					now, not = not, now
				}
				facet := v.Get("/people")
				facet.Body = facet.Body[strings.Index(facet.Body, `name="specialties"`):]
				for where, p := range map[string]servetest.Page{
					"the person's page": v.Get(page), "the facet": facet, "the form": mentor.Get("/profile/topics"), "the profile": mentor.Get("/profile/check"),
				} {
					shows(h, what+", "+where+" in "+l.tag, p, now)
					hides(h, what+", "+where+" in "+l.tag, p, not)
				}
				form, offers := mentor.Get("/profile/offers"), mentor.Get("/profile/offers/support")
				if replaced {
					shows(h, what+", the offers", form, l.added)
					shows(h, what+", the support", offers, l.support)
				} else {
					hides(h, what+", the offers", form, l.added)
					hides(h, what+", the support", offers, l.support)
				}
			}
		}
		sees("at first", false)
		replaces(h, boss.Visitor, "specialties", func(csv string) string {
			return strings.Replace(csv, "addiction medicine,médecine des toxicomanies,", "medicine of dependence,médecine des dépendances,", 1)
		})
		replaces(h, boss.Visitor, "purposes", func(csv string) string { return csv + "rescue,,rescue from drowning,sauvetage de la noyade,,,,\n" })
		replaces(h, boss.Visitor, "supports", func(csv string) string { return csv + "office,,lending an office,prêt d’un bureau,,,,\n" })
		sees("replaced", true)
		finds(h, v.Visitor, "dependence", "Hélène")

		h.Must(h.Server.People.SaveOffer(h.Context(), mentor.Visit, person.Offer{Offers: terms("rescue"), Support: terms("office"), Capacity: 1, Listed: true}))
		v.Get("/language/en")
		shows(h, "who has chosen the new terms", v.Get(page), "Rescue from drowning", "Lending an office")
		shows(h, "the directory narrowed to a new term", v.Get("/people?offers=rescue"), "Hélène")

		for _, list := range []string{"specialties", "purposes", "supports"} {
			leads(h, "going back", boss.Send("/installation/lists/"+list+"/undo", "seen", "1"), "/installation/lists/"+list)
		}
		shows(h, "a choice that is offered no more", v.Get(page), "Rescue from drowning", "Lending an office")
		h.Must(h.Server.People.SaveOffer(h.Context(), mentor.Visit, person.Offer{Offers: terms("research"), Capacity: 1, Listed: true}))
		sees("put back", false)
		err := h.Server.People.SaveOffer(h.Context(), mentor.Visit, person.Offer{Offers: terms("none_such"), Capacity: 1, Listed: true})
		if !mentoring.IsFault(err, mentoring.Invalid) {
			h.Errorf("a term that no list has: %v", err)
		}
		says(h, "a list for a member", v.Get("/installation/lists/purposes"), http.StatusNotFound)
	})
}
