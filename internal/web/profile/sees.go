package profile

import (
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// whoSees says who sees what a form asks, as the person has chosen it.
func whoSees(c *page.Call, mine *person.Mine, fields []mentoring.Field) ui.WhoSees {
	by := map[mentoring.Audience][]string{}
	for _, v := range mine.Visible {
		if slices.Contains(fields, v.Field) {
			by[v.Audience] = append(by[v.Audience], lower(c.Say(fieldKey(v.Field))))
		}
	}
	var sentences []string
	for _, a := range []mentoring.Audience{mentoring.Members, mentoring.Partners, mentoring.Coordinators, mentoring.OnlyMe} {
		if len(by[a]) > 0 {
			sentences = append(sentences, c.Say(seesKey(a, mine.Listed), "fields", c.Words.List(by[a])))
		}
	}
	if len(sentences) == 0 {
		return ui.WhoSees{}
	}
	return ui.WhoSees{Text: strings.Join(sentences, " "), Href: VisibilityPath, Closed: len(by[mentoring.OnlyMe]) > 0 && len(by) == 1}
}

// seesKey is the key of who sees fields of an audience. Members see nothing of somebody who is not listed.
func seesKey(a mentoring.Audience, listed bool) string {
	if a == mentoring.Members && !listed {
		return "profile.sees.unlisted"
	}
	return "profile.sees." + audienceCodes[a]
}

var audienceCodes = map[mentoring.Audience]string{
	mentoring.Members: "members", mentoring.Partners: "partners", mentoring.Coordinators: "coordinators", mentoring.OnlyMe: "only-me",
}

func fieldKey(f mentoring.Field) string { return "profile.field." + string(f) }
