package profile

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Visibility shows how far each part of the profile goes, and lets the person choose where there is a choice.
func Visibility(c *page.Call) error {
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	p := parts{head: ui.Head{Title: c.Say("profile.visibility"), Lead: c.Say("profile.visibility.lead"), Back: back(c), Actions: []ui.Button{
		{Label: c.Say("profile.seen-as"), Icon: ui.IconEye, Href: SeenAsPath},
	}}}
	listed := ui.Notice{Text: c.Say("profile.visibility.unlisted"), Link: ui.Link{Label: c.Say("profile.visibility.list"), Href: OffersPath}}
	if mine.Listed {
		listed.Text = c.Say("profile.visibility.listed")
	}
	p.notices = append(p.notices, listed)
	var choices []ui.Choice
	var fixed []ui.Answer
	for _, v := range mine.Visible {
		if !v.Rule.Choosable() {
			fixed = append(fixed, ui.Answer{Question: c.Say(fieldKey(v.Field)), Answer: c.Say(fixedKey(v.Field))})
			continue
		}
		choices = append(choices, audiences(c, v))
	}
	p.content = []templ.Component{visibility(c.Words, choices, fixed)}
	return show(c, p)
}

// fixedKey is the key of who sees what nobody can choose.
func fixedKey(f mentoring.Field) string { return "profile.fixed." + string(f) }

func audiences(c *page.Call, v person.Visible) ui.Choice {
	choice := ui.Choice{Field: ui.Field{Name: string(v.Field), Label: c.Say(fieldKey(v.Field))}}
	if v.Rule.Offer {
		choice.Hint = c.Say("profile.visibility.offer")
	}
	for a := v.Rule.Widest; a <= v.Rule.Narrowest; a++ {
		choice.Options = append(choice.Options, ui.Option{
			Value: strconv.Itoa(int(a)), Label: c.Say("profile.audience." + audienceCodes[a]), Chosen: a == v.Audience,
		})
	}
	return choice
}

// ChooseVisibility saves what was chosen anew.
func ChooseVisibility(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	for _, v := range mine.Visible {
		chosen, err := strconv.Atoi(c.Answer(string(v.Field)))
		if err != nil || !v.Rule.Choosable() || mentoring.Audience(chosen) == v.Audience {
			continue
		}
		if err := c.House.People.ShowField(c.Request.Context(), c.Visit, v.Field, mentoring.Audience(chosen)); err != nil {
			return err
		}
	}
	return c.GoSaying(VisibilityPath, "said.settings")
}

// An eye is somebody as whom people can look at their own profile, by the name that it has in the address.
type eye struct {
	name     string
	standing mentoring.Standing
}

var eyes = []eye{
	{"member", mentoring.Member}, {"partner", mentoring.Counterpart}, {"coordinator", mentoring.Coordinator},
	{"program-director", person.ProgramDirector}, {"administrator", mentoring.Operator},
}

// SeenAs shows the profile as somebody else would see it (FV-6).
func SeenAs(c *page.Call) error {
	k := max(0, slices.IndexFunc(eyes, func(e eye) bool { return e.name == c.Asked("as") }))
	seen, err := c.House.People.SeeAs(c.Request.Context(), c.Visit, eyes[k].standing)
	if err != nil {
		return err
	}
	mine, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	var ways []ui.Tab
	for at, e := range eyes {
		ways = append(ways, ui.Tab{Label: c.Say("profile.eye." + e.name), Href: SeenAsPath + "?as=" + e.name, Current: at == k})
	}
	p := parts{head: ui.Head{Title: c.Say("profile.seen-as"), Lead: c.Say("profile.seen-as.lead"), Back: back(c)}}
	p.content = []templ.Component{lookers(c.Say("profile.seen-as.who"), ways), seenBy(c, eyes[k], seen, mine.Listed)}
	return show(c, p)
}

// seenBy is what somebody sees: the parts that are shown to them, or that there is nothing.
func seenBy(c *page.Call, e eye, seen person.Page, listed bool) templ.Component {
	if seen.Nothing() {
		text := c.Say("profile.sees-nothing." + e.name)
		if e.standing == person.ProgramDirector && listed {
			text += " " + c.Say("profile.sees-nothing.but-listed")
		}
		return ui.Empty{Icon: ui.IconLock, Title: c.Say("profile.sees-nothing", "who", c.Say("profile.eye."+e.name)), Text: text}.Draw()
	}
	shown := answersOf(c, partsOf(c, seen), "", false)
	if len(shown) == 0 {
		return ui.Empty{Icon: ui.IconEye, Title: c.Say("profile.sees-nothing-yet"), Text: c.Say("profile.sees-nothing-yet.why")}.Draw()
	}
	return seenCard(c.Words, c.Say("profile.eye.sees."+e.name), shown)
}
