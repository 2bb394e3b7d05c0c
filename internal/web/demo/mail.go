package demo

import (
	"regexp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/demo"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// mostMails is how many mails a page shows.
const mostMails = 50

// mails shows the letters that were caught, the latest first.
func (d *Desk) mails(c *page.Call) error {
	caught := d.Catcher.Caught()
	slices.Reverse(caught)
	t := ui.Table{
		Caption: c.Say("demo.mail.latest"),
		Columns: []ui.Column{{Label: c.Say("demo.mail.subject")}, {Label: c.Say("demo.mail.to")}, {Label: c.Say("demo.mail.at")}},
		Empty:   &ui.Empty{Icon: ui.IconMail, Title: c.Say("demo.mail.none"), Text: c.Say("demo.mail.none.text")},
	}
	for _, m := range caught[:min(len(caught), mostMails)] {
		t.Rows = append(t.Rows, ui.Row{{Text: m.Subject, Href: MailPath + "/" + m.ID}, {Text: m.To.Address}, {Text: when(c, m)}})
	}
	return c.Show(ui.Page{Title: c.Say("demo.mail.title")}, mails(c.Words, t))
}

func when(c *page.Call, m mail.Message) string {
	at := m.At.Local()
	return c.Words.Date(at) + ", " + c.Words.Clock(at)
}

// A mailPage is one letter as its reader would see it.
type mailPage struct {
	subject string
	lang    string // of the letter: its reader's
	head    []ui.Answer
	lines   [][]piece
}

// speaks says the language of the letter, if it is known.
func (p mailPage) speaks() templ.Attributes {
	if p.lang == "" {
		return nil
	}
	return templ.Attributes{"lang": p.lang}
}

// A piece of a line is words, or an address to follow.
type piece struct{ words, href string }

// mail shows one letter. Its links work.
func (d *Desk) mail(c *page.Call) error {
	caught := d.Catcher.Caught()
	k := slices.IndexFunc(caught, func(m mail.Message) bool { return m.ID == c.Path("id") })
	if k < 0 {
		return mentoring.NotHere()
	}
	m := caught[k]
	return c.Show(ui.Page{Title: m.Subject}, letter(c.Words, mailPage{
		subject: m.Subject, lang: d.languageOf(m.To.Address),
		head: []ui.Answer{
			{Question: c.Say("demo.mail.from"), Answer: strings.TrimSpace(m.From.Name + " <" + m.From.Address + ">")},
			{Question: c.Say("demo.mail.to"), Answer: m.To.Address},
			{Question: c.Say("demo.mail.at"), Answer: when(c, m)},
		},
		lines: linesOf(m.Text),
	}))
}

// languageOf is the language of letters to an address: that of whoever has it at the school, or the page's.
func (d *Desk) languageOf(to string) string {
	k := slices.IndexFunc(d.School.Members, func(p demo.Member) bool { return notice.Fold(p.Email) == notice.Fold(to) })
	if k < 0 {
		return ""
	}
	return languageOf(&d.School.Members[k])
}

var address = regexp.MustCompile(`https?://\S+`)

// linesOf parts a text into lines, and those into words and addresses.
func linesOf(text string) (lines [][]piece) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		var pieces []piece
		end := 0
		for _, at := range address.FindAllStringIndex(line, -1) {
			pieces = append(pieces, piece{words: line[end:at[0]]}, piece{line[at[0]:at[1]], line[at[0]:at[1]]})
			end = at[1]
		}
		lines = append(lines, append(pieces, piece{words: line[end:]}))
	}
	return lines
}
