package profile

import (
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// whoSees says who sees what a form asks, as the person has chosen it. Name, appointments and offers are seen by unit
// heads and administrators as well (domain model, 4.1), and of an absence others see something, though not its days.
func whoSees(c *page.Call, mine *person.Mine, fields []mentoring.Field) ui.WhoSees {
	by := map[string][]string{} // names of fields by the key of who sees them
	for _, v := range mine.Visible {
		if !slices.Contains(fields, v.Field) {
			continue
		}
		key, name := seesKey(v, mine.Listed), lower(c.Say(fieldKey(v.Field)))
		by[key] = append(by[key], name)
		if v.Rule.Offer && (key == "profile.sees.unlisted" || key == "profile.sees.partners") {
			by["profile.sees.too"] = append(by["profile.sees.too"], name)
		}
	}
	var sentences []string
	for _, key := range seesKeys {
		if len(by[key]) > 0 {
			sentences = append(sentences, c.Say(key, "fields", c.Words.List(by[key])))
		}
	}
	if len(sentences) == 0 {
		return ui.WhoSees{}
	}
	return ui.WhoSees{Text: strings.Join(sentences, " "), Href: VisibilityPath, Closed: len(by["profile.sees.only-me"]) > 0 && len(by) == 1}
}

// seesKeys are the keys of who sees fields, from the widest.
var seesKeys = []string{
	"profile.sees.members", "profile.sees.unlisted", "profile.sees.partners", "profile.sees.too", "profile.sees.running",
	"profile.sees.coordinators", "profile.fixed.away", "profile.sees.only-me",
}

// seesKey is the key of who sees a field. Members see nothing of somebody who is not listed.
func seesKey(v person.Visible, listed bool) string {
	switch {
	case v.Field == mentoring.FieldAway:
		return fixedKey(v.Field)
	case v.Audience == mentoring.Members && !listed:
		return "profile.sees.unlisted"
	case v.Audience == mentoring.Coordinators && v.Rule.Offer:
		return "profile.sees.running"
	}
	return "profile.sees." + audienceCodes[v.Audience]
}

var audienceCodes = map[mentoring.Audience]string{
	mentoring.Members: "members", mentoring.Partners: "partners", mentoring.Coordinators: "coordinators", mentoring.OnlyMe: "only-me",
}

func fieldKey(f mentoring.Field) string { return "profile.field." + string(f) }
