package profile

import (
	"errors"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// operator refuses whoever does not look after the installation, before anything of a page is made.
func operator(c *page.Call) error {
	return mentoring.May(c.Visit.Actor, mentoring.See, mentoring.Object{Kind: mentoring.Installation}).Refused()
}

func administrators(c *page.Call) *ui.WhoSees {
	return &ui.WhoSees{Text: c.Say("profile.inquiry.readers")}
}

func inquiryPath(of mentoring.Characteristic) string { return InquiriesPath + "/" + string(of) }

// asFault gives the fault in an error.
func asFault(err error, fault *mentoring.Fault) bool {
	var found *mentoring.Fault
	if !errors.As(err, &found) {
		return false
	}
	*fault = *found
	return true
}

// Inquiries shows to administrators which characteristics people are asked for, and were. What people say is on no page
// of theirs, and neither is how many have said something.
func Inquiries(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	all, err := c.House.Characteristics.Inquiries(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	now := ui.Table{Caption: c.Say("profile.inquiries.now"), Columns: []ui.Column{
		{Label: c.Say("profile.characteristic")}, {Label: c.Say("profile.inquiry.state")}, {Label: c.Say("profile.do"), Hidden: true},
	}}
	for _, of := range mentoring.Characteristics() {
		now.Rows = append(now.Rows, inquiryRow(c, of, goingOn(all, of)))
	}
	p := parts{head: ui.Head{Title: c.Say("profile.inquiries"), Lead: c.Say("profile.inquiries.lead"), Back: ui.Link{Label: c.Say("profile.inquiries.back"), Href: "/installation"}}, readers: administrators(c)}
	p.content = []templ.Component{flush(c.Words, now)}
	if earlier := earlierOnes(c, all); len(earlier.Rows) > 0 {
		p.content = append(p.content, flush(c.Words, earlier))
	}
	return show(c, p)
}

// goingOn is the inquiry about a characteristic that is in force; nil: there is none.
func goingOn(all []mentoring.Inquiry, of mentoring.Characteristic) *mentoring.Inquiry {
	k := slices.IndexFunc(all, func(i mentoring.Inquiry) bool { return i.Characteristic == of && i.GoesOn() })
	if k < 0 {
		return nil
	}
	return &all[k]
}

func inquiryRow(c *page.Call, of mentoring.Characteristic, i *mentoring.Inquiry) ui.Row {
	name := c.Say(of.Key())
	state := ui.Cell{Text: c.Say("profile.inquiry.off")}
	buttons := []ui.Button{{Label: c.Say("profile.inquiry.ask"), Extra: name, Small: true, Href: inquiryPath(of)}}
	if i != nil {
		state = ui.Cell{Text: c.Say("profile.inquiry.on", "when", c.Day(i.MadeAt)), Line: i.Purpose.In(string(c.Words.Language))}
		buttons = []ui.Button{
			{Label: c.Say("profile.inquiry.change"), Extra: name, Small: true, Href: inquiryPath(of)},
			{Label: c.Say("profile.inquiry.stop"), Extra: name, Small: true, Href: inquiryPath(of) + "/stop"},
		}
	}
	return ui.Row{{Text: name}, state, {Actions: buttons}}
}

func earlierOnes(c *page.Call, all []mentoring.Inquiry) ui.Table {
	t := ui.Table{Caption: c.Say("profile.inquiries.earlier"), Columns: []ui.Column{
		{Label: c.Say("profile.characteristic")}, {Label: c.Say("profile.inquiry.purpose")}, {Label: c.Say("profile.inquiry.days")},
	}}
	for _, i := range all {
		if i.GoesOn() {
			continue
		}
		t.Rows = append(t.Rows, ui.Row{
			{Text: c.Say(i.Characteristic.Key())}, {Text: i.Purpose.In(string(c.Words.Language)), Line: i.Necessity.In(string(c.Words.Language))},
			{Text: c.Say("profile.span", "from", c.Day(i.MadeAt), "to", c.Day(i.EndedAt))},
		})
	}
	return t
}

// about is the characteristic of the address.
func about(c *page.Call) (mentoring.Characteristic, error) {
	if err := operator(c); err != nil {
		return "", err
	}
	of := mentoring.Characteristic(c.Path("characteristic"))
	if !slices.Contains(mentoring.Characteristics(), of) {
		return "", mentoring.NotHere()
	}
	return of, nil
}

// The texts of an inquiry, in both languages, by the names of their fields.
var inquiryTexts = []string{"purpose.english", "purpose.french", "necessity.english", "necessity.french"}

// AskInquiry asks an administrator for what, why and how long people are asked for a characteristic.
func AskInquiry(c *page.Call) error {
	of, err := about(c)
	if err != nil {
		return err
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	all, err := c.House.Characteristics.Inquiries(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	a := answers{}
	if i := goingOn(all, of); i != nil {
		a = answers{
			"purpose.english": {i.Purpose.English}, "purpose.french": {i.Purpose.French},
			"necessity.english": {i.Necessity.English}, "necessity.french": {i.Necessity.French}, "months": {number(i.Months)},
		}
	}
	return inquiryWith(c, http.StatusOK, of, a, goingOn(all, of) != nil, nil)
}

func inquiryWith(c *page.Call, status int, of mentoring.Characteristic, a answers, again bool, refused error) error {
	q := &asking{Call: c, a: a, wrong: map[string]string{}}
	p := parts{head: ui.Head{
		Title: c.Say("profile.inquiry.title", "name", c.Say(of.Key())), Lead: c.Say("profile.inquiry.lead"),
		Back: ui.Link{Label: c.Say("profile.inquiries"), Href: InquiriesPath},
	}, readers: administrators(c)}
	if again {
		p.notices = append(p.notices, ui.Notice{Kind: ui.Care, Text: c.Say("profile.inquiry.again")})
	}
	for _, m := range mentoring.MistakesIn(refused) {
		q.mistaken(m)
	}
	var drawn []templ.Component
	for _, name := range inquiryTexts {
		asked := q.area(ui.Area{Field: q.field(name, "profile.inquiry."+name), Rows: 3, Draft: "inquiry " + string(of) + " " + name})
		p.problems = append(p.problems, ui.Problems(asked.fields...)...)
		drawn = append(drawn, asked.part)
	}
	months := q.line(ui.Line{Field: q.field("months", "profile.inquiry.months"), Kind: ui.Whole})
	p.problems = append(p.problems, ui.Problems(months.fields...)...)
	s := ui.Staged{Action: inquiryPath(of), Save: c.Say("profile.inquiry.save"), Who: ui.WhoSees{Text: c.Say("profile.inquiry.sees")}}
	p.content = []templ.Component{telling(c.Words, s, nil, append(drawn, months.part))}
	return showAs(c, status, p)
}

// Ask has people asked for a characteristic.
func Ask(c *page.Call) error {
	of, err := about(c)
	if err != nil {
		return err
	}
	typed, err := c.Form()
	if err != nil {
		return err
	}
	a := answers(typed)
	var mistakes mentoring.Mistakes
	i := mentoring.Inquiry{
		Characteristic: of, Purpose: mentoring.InBoth{English: a.one("purpose.english"), French: a.one("purpose.french")},
		Necessity: mentoring.InBoth{English: a.one("necessity.english"), French: a.one("necessity.french")},
		Months:    a.whole(&mistakes, "months", mentoring.MostMonths),
	}
	if _, err = c.House.Characteristics.Ask(c.Request.Context(), c.Visit, i); mentoring.IsFault(err, mentoring.Invalid) {
		return inquiryWith(c, http.StatusUnprocessableEntity, of, a, false, err)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(InquiriesPath, "said.inquiry-made")
}

func stopping(c *page.Call, of mentoring.Characteristic) page.Question {
	return page.Question{
		Title: c.Say("profile.inquiry.stop.title", "name", c.Say(of.Key())), Readers: *administrators(c),
		Back: ui.Link{Label: c.Say("profile.inquiries"), Href: InquiriesPath},
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("profile.inquiry.stop.now"), c.Say("profile.inquiry.stop.deleted"), c.Say("profile.inquiry.stop.log")},
			Action:  inquiryPath(of) + "/stop", Confirm: c.Say("profile.inquiry.stop"), Cancel: InquiriesPath, Final: true,
		},
	}
}

// AskStopping asks before people are asked no more.
func AskStopping(c *page.Call) error {
	of, err := about(c)
	if err != nil {
		return err
	}
	all, err := c.House.Characteristics.Inquiries(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	if goingOn(all, of) == nil {
		return mentoring.NotHere()
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(stopping(c, of))
}

// Stop ends the asking, and with it every consent.
func Stop(c *page.Call) error {
	of, err := about(c)
	if err != nil {
		return err
	}
	if err := c.House.Characteristics.StopAsking(c.Request.Context(), c.Visit, of); err != nil {
		return err
	}
	return c.GoSaying(InquiriesPath, "said.inquiry-ended")
}
