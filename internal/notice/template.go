package notice

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	netmail "net/mail"
	"net/url"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mail"
)

// A Template is what a letter tells, in the words of a code.
type Template string

// The letters about accounts.
const (
	SignIn          Template = "sign-in"         // args link, expires
	Join            Template = "join"            // to an address that may have an account: args link, expires
	UnknownAddress  Template = "unknown-address" // to an address that has none, and may not have one
	Welcome         Template = "welcome"
	ConfirmAddress  Template = "confirm-address" // to a new address: args link, expires
	AddressTaken    Template = "address-taken"   // to a new address that has another account
	AddressChanged  Template = "address-changed" // to the old address: args link, expires
	AddressBack     Template = "address-back"
	ConfirmMerge    Template = "confirm-merge" // to the address of the other account: args link, expires
	Merged          Template = "merged"
	RoleGranted     Template = "role-granted"
	RoleTaken       Template = "role-taken"
	DelegateNamed   Template = "delegate-named" // to an address that may have no account
	DelegateChanged Template = "delegate-changed"
	ErasureAsked    Template = "erasure-asked"
	Invited         Template = "invited" // into a program, to an address that may have no account
	InvitedAgain    Template = "invited-again"
	ProgramEnded    Template = "program-ended" // for somebody whom a coordinator took out of a program
	ProgramAgain    Template = "program-again" // and who is in it again, since that was undone
	Suspended       Template = "suspended"
	Unsuspended     Template = "unsuspended"

	CoordinatorInvited Template = "coordinator-invited" // to an address that may have no account
	CoordinatorBegins  Template = "coordinator-begins"
	CoordinatorEnds    Template = "coordinator-ends"

	ClaimAccount        Template = "claim-account"       // to an address that has an account, for an institution to be linked to it: args link, expires
	ThroughInstitution  Template = "through-institution" // to an address that an institution gave
	InstitutionLinked   Template = "institution-linked"
	InstitutionUnlinked Template = "institution-unlinked"
	PasskeyAdded        Template = "passkey-added"
	PasskeyRemoved      Template = "passkey-removed"
)

// A shape is what a letter has besides words.
type shape struct {
	link     bool   // that opens something once
	code     bool   // that can be typed in its place
	page     string // of the site; "": none
	optional bool   // whether the reader can stop letters like it
}

var shapes = map[Template]shape{
	SignIn:          {link: true, code: true},
	Join:            {link: true, code: true},
	UnknownAddress:  {},
	Welcome:         {page: "/", optional: true},
	ConfirmAddress:  {link: true},
	AddressTaken:    {},
	AddressChanged:  {link: true},
	AddressBack:     {},
	ConfirmMerge:    {link: true},
	Merged:          {},
	RoleGranted:     {},
	RoleTaken:       {},
	DelegateNamed:   {page: "/"},
	DelegateChanged: {},
	ErasureAsked:    {page: "/"},
	Invited:         {page: "/programs"},
	InvitedAgain:    {page: "/programs"},
	ProgramEnded:    {page: "/programs"},
	ProgramAgain:    {page: "/programs"},
	Suspended:       {},
	Unsuspended:     {},

	CoordinatorInvited: {page: "/programs"},
	CoordinatorBegins:  {},
	CoordinatorEnds:    {},

	ClaimAccount:        {link: true, code: true},
	ThroughInstitution:  {},
	InstitutionLinked:   {},
	InstitutionUnlinked: {},
	PasskeyAdded:        {},
	PasskeyRemoved:      {},
}

func (t Template) optional() bool { return shapes[t].optional }

func (t Template) mustHave(args map[string]string) {
	s, known := shapes[t]
	if !known {
		panic(fmt.Sprintf("notice: there is no template %q", t))
	}
	if s.link != (args["link"] != "" && args["expires"] != "") {
		panic(fmt.Sprintf("notice: the template %q and its link do not go together", t))
	}
}

// A letter as it is laid out: everything is decided, only the form is left.
type page struct {
	Language, Subject, Lead, Button, Link, CodeLead, Code, After, Foot, StopLead, Stop string
}

//go:embed letter.html
var letterFile string

var letterHTML = template.Must(template.New("letter").Parse(letterFile))

// host is the name that Message-IDs end with.
func (s Site) host() string {
	if u, err := url.Parse(s.Address); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "chiron.invalid"
}

// compose puts a letter into words.
func (p *Post) compose(r reader) (mail.Message, error) {
	t := Template(r.letter.Template)
	s, known := shapes[t]
	if !known {
		return mail.Message{}, fmt.Errorf("this version has no template %q", t)
	}
	w := wordsOf(r.language)
	say := func(key string) string { return w.say(string(t)+"."+key, p.site.Name) }
	one := page{Language: w.language, Subject: say("subject"), Lead: say("lead"), After: say("after"), Foot: w.say("foot", p.site.Name)}
	if r.discreet {
		one.Subject = w.say("discreet.subject", "")
	}
	switch {
	case s.link:
		one.Button, one.Link = say("button"), p.site.Address+"/link/"+p.site.Secrets.Token(r.args["link"])
	case s.page != "":
		one.Button, one.Link = say("button"), p.site.Address+s.page
	}
	if s.code {
		code := p.site.Secrets.Code(r.args["link"])
		one.CodeLead, one.Code = w.say("code", ""), code[:4]+" "+code[4:]
	}
	m := mail.Message{
		ID: r.letter.MessageID, At: r.letter.MadeAt, To: r.to, From: netmail.Address{Name: p.site.Name, Address: p.site.From},
	}
	if r.discreet {
		m.From.Name = ""
	}
	if s.optional {
		one.StopLead, one.Stop = w.say("stop", ""), p.site.Address+"/letters/stop/"+p.site.Secrets.stop(r.letter.ID)
		if strings.HasPrefix(one.Stop, "https://") {
			m.Unsubscribe = one.Stop
		}
	}
	m.Subject, m.Text = one.Subject, one.text()
	var html bytes.Buffer
	if err := letterHTML.Execute(&html, one); err != nil {
		return mail.Message{}, fmt.Errorf("lay out a letter: %w", err)
	}
	m.HTML = html.String()
	return m, nil
}

// text is the letter as plain text.
func (one page) text() string {
	parts := []string{one.Lead}
	if one.Link != "" {
		parts = append(parts, one.Button+"\n"+one.Link)
	}
	if one.Code != "" {
		parts = append(parts, one.CodeLead+"\n"+one.Code)
	}
	if one.After != "" {
		parts = append(parts, one.After)
	}
	if one.Stop != "" {
		parts = append(parts, one.StopLead+"\n"+one.Stop)
	}
	return strings.Join(append(parts, "-- \n"+one.Foot), "\n\n") + "\n"
}

// HasLink says whether letters like it carry a link that opens something once.
func (t Template) HasLink() bool { return shapes[t].link }
