package program

import (
	"net/url"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Where the pages lead on to, besides each other.
const (
	profilePath   = "/profile"
	beginPath     = profilePath + "/name" // the first stage of a profile, where somebody says which side they begin with
	seenAsPath    = profilePath + "/seen-as?as=coordinator"
	seesPath      = "/who-sees-what"
	peoplePath    = "/people"
	addressesPath = "/account/addresses"
	joinedName    = "joined" // of the program that somebody has just come into, in the address

	// What the door says above its form is asked for by its address, so that it stays until somebody has signed in.
	becameName        = "became"
	becameCoordinator = "coordinator"
)

// A received invitation waits for an answer.
type received struct {
	title, line, until string
	id                 string // of its heading
	tag                ui.Tag
	notice             string // that it was declined
	means              string // the heading above what accepting means
	effects            []string
	links              []ui.Link
	accept, decline    string // where the answers go; decline is empty when that was said
}

// A membership is a program that the reader is in.
type membership struct {
	id, title, line, since string
	leave                  ui.Button
}

// mine is the page of all of them.
type mine struct {
	head        ui.Head
	next        *next
	received    []received
	coordinates []ui.Place
	in          []membership
	empty       *ui.Empty
}

// next is what comes next for somebody who has just come into a program.
type next struct {
	title, text string
	button      ui.Button
}

// Mine shows what somebody is in, what they coordinate and what they were invited to.
func Mine(c *page.Call) error {
	in, invitations, err := c.House.People.Programs(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	own, err := c.House.People.Mine(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	m := mine{head: ui.Head{Title: c.Say("program.mine.title"), Lead: c.Say("program.mine.lead")}}
	for _, one := range invitations {
		m.received = append(m.received, receivedOf(c, one, own.Visible))
	}
	for _, one := range in {
		if one.Runs {
			m.coordinates = append(m.coordinates, ui.Place{Label: nameIn(c, one.Program), Line: lineIn(c, one.Program), Href: Path + "/" + string(one.Program.ID), Icon: ui.IconBars})
		}
		if one.Since.IsZero() {
			continue
		}
		m.in = append(m.in, membershipOf(c, one))
		if string(one.Program.ID) == c.Asked(joinedName) {
			m.next = nextOf(c, one.Program, own.Useful)
		}
	}
	if len(in)+len(invitations) == 0 {
		m.empty = nothingYet(c)
	}
	return c.Show(ui.Page{Title: m.head.Title, Readers: ui.WhoSees{Text: c.Say("program.mine.readers"), Closed: true}}, minePage(c.Words, m))
}

func nothingYet(c *page.Call) *ui.Empty {
	return &ui.Empty{Icon: ui.IconMail, Title: c.Say("program.mine.none"), Text: c.Say("program.mine.none.text"), Actions: []ui.Button{
		{Label: c.Say("program.mine.none.addresses"), Href: addressesPath}, {Label: c.Say("program.mine.none.people"), Href: peoplePath},
	}}
}

func membershipOf(c *page.Call, one person.Membership) membership {
	id := string(one.Program.ID)
	return membership{
		id: "in-" + id, title: nameIn(c, one.Program), line: lineIn(c, one.Program), since: c.Say("program.mine.since", "day", c.Day(one.Since)),
		leave: ui.Button{Label: c.Say("program.mine.leave"), Extra: nameIn(c, one.Program), Small: true, Href: Path + "/" + id + "/leave"},
	}
}

// nextOf says what comes after joining: to say something of use, or to look at what is shown.
func nextOf(c *page.Call, p mentoring.Program, useful bool) *next {
	n := &next{title: c.Say("program.mine.joined", "program", nameIn(c, p))}
	if useful {
		n.text, n.button = c.Say("program.mine.next.look"), ui.Button{Label: c.Say("program.mine.next.look.do"), Kind: ui.Main, Href: profilePath}
	} else {
		n.text, n.button = c.Say("program.mine.next.begin"), ui.Button{Label: c.Say("program.mine.next.begin.do"), Kind: ui.Main, Href: beginPath}
	}
	return n
}

func receivedOf(c *page.Call, one person.Invitation, visible []person.Visible) received {
	at := receivedPath(one.ID)
	shown := received{
		id: "invitation-" + one.ID, title: nameIn(c, one.Program), line: lineIn(c, one.Program), accept: at + "/accept", decline: at + "/decline",
		until: c.Say("program.mine.until", "day", c.Day(one.Until)), tag: ui.Tag{Label: c.Say("program.mine.part"), Icon: ui.IconMail},
	}
	if mentoring.Standing(one.AsWhat) == mentoring.Coordinator {
		shown.tag = ui.Tag{Label: c.Say("program.mine.part.coordinate"), Icon: ui.IconBars, Tone: ui.ToneBlue}
		shown.title, shown.means = c.Say("program.mine.coordinate", "program", shown.title), c.Say("program.mine.coordinating")
		for _, key := range []string{"sessions", "see", "never", "logged", "firewall"} {
			shown.effects = append(shown.effects, c.Say("program.mine.coordinating."+key))
		}
		shown.links = []ui.Link{{Label: c.Say("ui.who.link"), Href: seesPath}}
	} else {
		shown.means = c.Say("program.mine.seen")
		shown.effects = seenOf(c, visible)
		shown.links = []ui.Link{{Label: c.Say("program.mine.see-as"), Href: seenAsPath}, {Label: c.Say("ui.who.link"), Href: seesPath}}
	}
	if one.Declined {
		shown.decline, shown.notice = "", c.Say("program.mine.declined")
	}
	return shown
}

// seenOf says what coordinators would see of somebody, as the rule of visibility decides it from what that person chose.
func seenOf(c *page.Call, visible []person.Visible) []string {
	chosen := mentoring.Showing{Chosen: map[mentoring.Field]mentoring.Audience{}}
	for _, v := range visible {
		chosen.Chosen[v.Field] = v.Audience
	}
	var always, also, kept []string
	for _, v := range visible {
		name := c.Say("program.mine.field." + string(v.Field))
		switch {
		case v.Rule.Offer:
			always = append(always, name)
		case mentoring.Shows(v.Field, chosen, mentoring.Coordinator):
			also = append(also, name)
		default:
			kept = append(kept, name)
		}
	}
	effects := []string{c.Say("program.mine.seen.always", "fields", c.Words.List(always))}
	if len(also) > 0 {
		effects = append(effects, c.Say("program.mine.seen.also", "fields", c.Words.List(also)))
	}
	return append(effects, c.Say("program.mine.seen.kept", "fields", c.Words.List(kept)),
		c.Say("program.mine.seen.never"), c.Say("program.mine.seen.logged"), c.Say("program.mine.seen.begins"))
}

func receivedPath(id string) string { return "/invitations/" + url.PathEscape(id) }

// lineIn is the sentence on a program in the reader's language.
func lineIn(c *page.Call, p mentoring.Program) string {
	if c.Words.Language == "en" {
		return p.LineEn
	}
	return p.LineFr
}

// Accept accepts an invitation. Who is now in a program reads what comes next; who coordinates one signs in again, and
// reads why.
func Accept(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	_, invitations, err := c.House.People.Programs(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	id, err := c.House.People.Accept(c.Request.Context(), c.Visit, c.Path("received"))
	if err != nil {
		return err
	}
	for _, one := range invitations {
		if one.ID == c.Path("received") && mentoring.Standing(one.AsWhat) == mentoring.Coordinator {
			c.Exit()
			to := url.Values{"to": {Path + "/" + string(id)}, becameName: {becameCoordinator}}
			return c.Go(page.SignInPath + "?" + to.Encode())
		}
	}
	return c.Go(Path + "?" + url.Values{joinedName: {string(id)}}.Encode())
}

// Decline says no to an invitation.
func Decline(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.People.Decline(c.Request.Context(), c.Visit, c.Path("received")); err != nil {
		return err
	}
	return c.GoSaying(Path, "said.invitation-declined")
}

// leaving asks before somebody leaves the program of the address, in which they are.
func leaving(c *page.Call) (q page.Question, err error) {
	in, _, err := c.House.People.Programs(c.Request.Context(), c.Visit)
	if err != nil {
		return q, err
	}
	for _, one := range in {
		if string(one.Program.ID) != c.Path("program") || one.Since.IsZero() {
			continue
		}
		return page.Question{
			Title: c.Say("program.mine.leave.title", "program", nameIn(c, one.Program)), Lead: c.Say("program.mine.leave.lead"),
			Back: ui.Link{Label: c.Say("program.mine.title"), Href: Path},
			Confirmation: ui.Confirmation{
				Effects: []string{c.Say("program.mine.leave.seen"), c.Say("program.mine.leave.stays"), c.Say("program.mine.leave.log"), c.Say("program.mine.leave.back")},
				Action:  Path + "/" + string(one.Program.ID) + "/leave", Confirm: c.Say("program.mine.leave"), Cancel: Path,
			},
		}, nil
	}
	return q, mentoring.NotHere()
}

// AskLeaving asks before somebody leaves a program.
func AskLeaving(c *page.Call) error {
	q, err := leaving(c)
	if err != nil {
		return err
	}
	return c.Put(q)
}

// Leave leaves it.
func Leave(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.People.Leave(c.Request.Context(), c.Visit, mentoring.ProgramID(c.Path("program"))); err != nil {
		return err
	}
	return c.GoSaying(Path, "said.program-left")
}
