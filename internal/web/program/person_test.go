//go:build unix

package program_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestPageOfAPersonShowsWhatCoordinatorsMaySee(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		ana := c.all["ana"]
		h.Must(h.Server.People.SaveSeeks(h.Context(), ana.Visit, terms("career_choice")))
		h.Must(h.Server.People.SaveHow(h.Context(), ana.Visit, person.How{Languages: terms("fr"), When: terms("evenings")}))
		h.Must(h.Server.People.ShowField(h.Context(), ana.Visit, mentoring.FieldWhen, mentoring.OnlyMe))
		changes(h, func(tx *store.Tx) error {
			for id, source := range map[string]string{"one": "roster", "two": "declared"} {
				kind := map[string]string{"roster": "evaluates", "declared": "pays"}[source]
				if err := tx.AddAuthority(store.Authority{ID: id, From: "ana", To: "cy", Kind: kind, Span: store.Span{From: "2020-01-01"}, Source: source, By: "cy", MadeAt: h.Server.Now()}); err != nil {
					return err
				}
			}
			return nil
		})
		h.Must(h.Server.People.SaveAway(h.Context(), ana.Visit, []mentoring.Span{{From: "2020-01-01", To: "2040-06-17"}}))
		shows(h, "the list", c.claire.Get("/programs/P1/people"), "Waiting list", "Away")
		p := c.claire.Get("/programs/P1/people/ana?offers=research&q=silva")
		shows(h, "her page", p, "Ana Silva", "Assistant professor, Paediatrics", "Waiting list", "Away", "In the directory", "Trials of Silva", "French", "Sepsis", "Career choice",
			"Looking at this page is written down, and Ana can read that.", "From a list Assesses somebody", "Declared positions 1", "Has not declared anything yet", "Take out of the program")
		hides(h, "her page", p, "evening", "2040", "June", "Pays", "Cy", "Aho", "@example.org", "Keep", "may suit you")
		if !strings.Contains(p.Body, `href="/programs/P1/people?offers=research&amp;q=silva"`) {
			h.Error("nothing leads back to the list as it was narrowed")
		}
		h.Must(h.Server.People.Declare(h.Context(), ana.Visit, nil))
		shows(h, "her page after she declared", c.claire.Get("/programs/P1/people/ana"), "there was nothing to declare")
		shows(h, "who has not said a name", c.claire.Get("/programs/P1/people/eve"), "(no name yet)", "this person can read that", "None is known", "Nothing more to show")
		seen := map[string]bool{}
		h.Must(h.Server.DB.View(h.Context(), func(tx *store.Tx) error {
			events, err := tx.EventsAbout("ana", store.Event{}, 50)
			for _, e := range events {
				seen[e.Action] = true
			}
			return err
		}))
		if !seen["person.list"] || !seen["person.see"] || !seen["authority.see"] {
			h.Errorf("her trail has %v", seen)
		}
	})
}

func TestPageOfAPersonIsForTheProgramTheyAreIn(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		for id, why := range map[string]string{"ben": "in P2 alone", "dee": "in none, and listed", "jo": "judged by her", "uma": "in a unit that she leads", "none": "nobody", c.claire.id(): "herself, who is not in it"} {
			for _, path := range []string{"/programs/P1/people/" + id, "/programs/P1/people/" + id + "/take-out"} {
				p := c.claire.Get(path)
				says(h, path+", "+why, p, http.StatusNotFound)
				hides(h, path, p, theirs...)
			}
			says(h, "taking out "+why, c.claire.Send("/programs/P1/people/"+id+"/take-out"), http.StatusNotFound)
		}
		says(h, "a program of others", c.claire.Get("/programs/P2/people/cy"), http.StatusNotFound)
		enrols(h, "P1", c.claire)
		p := c.claire.Get("/programs/P1/people/" + c.claire.id())
		shows(h, "herself, who is in it", p, "This is you, as coordinators of the program see you.")
	})
}

func TestTakingOutEndsBeingInTheProgramAndNothingElse(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		path := "/programs/P1/people/cy/take-out?languages=fr"
		shows(h, "the question", c.claire.Get(path), "Take Cy Aho out of the program?", "A letter tells them", "Their account and all that they say of themselves stay theirs.")
		leads(h, "taking out", c.claire.Send(path), "/programs/P1/people?languages=fr")
		p := c.claire.Get("/programs/P1/people")
		shows(h, "the list", p, "2 people", "Taken out of the program.")
		hides(h, "the list", p, "Aho")
		says(h, "the page", c.claire.Get("/programs/P1/people/cy"), http.StatusNotFound)
		says(h, "twice", c.claire.Send(path), http.StatusNotFound)
		shows(h, "the other program", c.dora.Get("/programs/P2/people"), "2 people", "Cy Aho")
		if m := h.Letter("cy@example.org", 0); !strings.Contains(m.Text, "program") || strings.Contains(m.Text+m.Subject, "Aho") || strings.Contains(m.Text+m.Subject, "Silva") {
			h.Errorf("the letter:\n%s", m.Text)
		}
	})
}
