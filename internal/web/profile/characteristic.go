package profile

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Characteristics lists what the installation asks with consent, and what the person has said.
func Characteristics(c *page.Call) error {
	asked, err := c.House.Characteristics.Own(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("profile.characteristics.list"), Columns: []ui.Column{
		{Label: c.Say("profile.characteristic")}, {Label: c.Say("profile.characteristic.mine")}, {Label: c.Say("profile.characteristic.uses")},
	}, Empty: &ui.Empty{Icon: ui.IconLock, Title: c.Say("profile.characteristics.none"), Text: c.Say("profile.characteristics.none.why")}}
	for _, o := range asked {
		of := o.Inquiry.Characteristic
		row := ui.Row{{Text: c.Say(of.Key()), Href: characteristicPath(of)}, {Text: c.Say("profile.characteristic.unsaid")}, {}}
		if o.Said {
			row[1] = ui.Cell{Text: valueSaid(c, of, o.Value), Line: c.Say("profile.characteristic.until", "when", c.Day(o.Until))}
			row[2] = ui.Cell{Text: usesSaid(c, o.Uses)}
		}
		table.Rows = append(table.Rows, row)
	}
	p := parts{head: ui.Head{Title: c.Say("profile.characteristics"), Lead: c.Say("profile.characteristics.lead"), Back: back(c), Actions: []ui.Button{
		{Label: c.Say("profile.consents"), Icon: ui.IconLog, Href: ConsentsPath},
	}}}
	p.content = []templ.Component{flush(c.Words, table)}
	return show(c, p)
}

func characteristicPath(of mentoring.Characteristic) string {
	return CharacteristicsPath + "/" + string(of)
}

func valueSaid(c *page.Call, of mentoring.Characteristic, v mentoring.Value) string {
	var said []string
	for _, code := range v.Codes {
		said = append(said, c.Say(of.ChoiceKey(code)))
	}
	if v.Words != "" {
		said = append(said, v.Words)
	}
	return dotted(said...)
}

func usesSaid(c *page.Call, uses []mentoring.Use) string {
	var said []string
	for _, use := range uses {
		said = append(said, c.Say(use.Key()))
	}
	if len(said) == 0 {
		return c.Say("profile.characteristic.no-use")
	}
	return dotted(said...)
}

// own is what the person is asked about the characteristic of the address. What is not asked is not here.
func own(c *page.Call) (person.OwnCharacteristic, error) {
	asked, err := c.House.Characteristics.Own(c.Request.Context(), c.Visit)
	if err != nil {
		return person.OwnCharacteristic{}, err
	}
	for _, o := range asked {
		if string(o.Inquiry.Characteristic) == c.Path("characteristic") {
			return o, nil
		}
	}
	return person.OwnCharacteristic{}, mentoring.NotHere()
}

// AskCharacteristic asks for one, and for each use by itself. Nothing is ticked that the person has not ticked (AP-2, AP-3).
func AskCharacteristic(c *page.Call) error {
	o, err := own(c)
	if err != nil {
		return err
	}
	a := answers{"answer": o.Value.Codes, "words": {o.Value.Words}}
	for _, use := range o.Uses {
		a["use"] = append(a["use"], string(use))
	}
	return characteristicWith(c, http.StatusOK, o, a, nil)
}

func characteristicWith(c *page.Call, status int, o person.OwnCharacteristic, a answers, refused error) error {
	of := o.Inquiry.Characteristic
	q := &asking{Call: c, a: a, wrong: map[string]string{}}
	p := parts{head: ui.Head{Title: c.Say(of.Key()), Lead: c.Say("profile.characteristic.lead"), Back: ui.Link{Label: c.Say("profile.characteristics"), Href: CharacteristicsPath}}}
	if refused != nil {
		text, as, other := c.Refusal(refused)
		if other != nil {
			return other
		}
		status = as
		at := "answer"
		if fault := (&mentoring.Fault{}); asFault(refused, fault) && fault.Key == "characteristic.no-use" {
			at = "use"
		}
		q.wrong[at] = text
	}
	var choices, uses []ui.Option
	for _, code := range of.Choices() {
		choices = append(choices, ui.Option{Value: code, Label: c.Say(of.ChoiceKey(code))})
	}
	for _, use := range mentoring.Uses {
		uses = append(uses, ui.Option{Value: string(use), Label: c.Say(use.Key()), Hint: c.Say(use.TextKey(mentoring.Wording))})
	}
	words := q.field("words", "profile.characteristic.words")
	words.Optional = true
	questions := []question{
		q.choices(ui.Choices{Field: q.field("answer", "profile.characteristic.answer"), Many: true, Tiles: true, Options: choices}),
		q.line(ui.Line{Field: words}),
		q.choices(ui.Choices{Field: q.field("use", "profile.characteristic.allow"), Many: true, Options: uses}),
	}
	var drawn []templ.Component
	for _, one := range questions {
		p.problems = append(p.problems, ui.Problems(one.fields...)...)
		drawn = append(drawn, one.part)
	}
	tag := string(c.Words.Language)
	s := ui.Staged{Action: characteristicPath(of), Save: c.Say("profile.characteristic.save"), Who: ui.WhoSees{Text: c.Say("profile.characteristic.sees"), Closed: true}}
	carried := []ui.Hidden{{Name: "inquiry", Value: o.Inquiry.ID}, {Name: "wording", Value: strconv.Itoa(mentoring.Wording)}, {Name: "language", Value: tag}}
	p.content = []templ.Component{
		purposeOf(c.Words, c.Say("profile.characteristic.why"), []ui.Answer{
			{Question: c.Say("profile.inquiry.purpose"), Answer: o.Inquiry.Purpose.In(tag)},
			{Question: c.Say("profile.inquiry.necessity"), Answer: o.Inquiry.Necessity.In(tag)},
			{Question: c.Say("profile.inquiry.months"), Answer: c.Words.Count("profile.inquiry.kept", int64(o.Inquiry.Months))},
		}),
		telling(c.Words, s, carried, drawn),
	}
	if o.Said {
		p.content = append(p.content, withdrawing(c.Words, c.Say("profile.withdraw"), c.Say("profile.withdraw.lead"), withdrawals(c, o)))
	}
	return showAs(c, status, p)
}

// withdrawals are the buttons by which consents end: each by itself, or all of them with the answer.
func withdrawals(c *page.Call, o person.OwnCharacteristic) (buttons []posted) {
	path := characteristicPath(o.Inquiry.Characteristic)
	for _, use := range o.Uses {
		buttons = append(buttons, posted{
			Button: ui.Button{Label: c.Say("profile.withdraw." + string(use))}, action: path + "/withdraw",
			carried: []ui.Hidden{{Name: "use", Value: string(use)}},
		})
	}
	return append(buttons, posted{Button: ui.Button{Label: c.Say("profile.withdraw.all"), Kind: ui.Final}, action: path + "/forget"})
}

// TellCharacteristic keeps what the person says with the consents that they give.
func TellCharacteristic(c *page.Call) error {
	typed, err := c.Form()
	if err != nil {
		return err
	}
	o, err := own(c)
	if err != nil {
		return err
	}
	a := answers(typed)
	t := person.Telling{Inquiry: a.one("inquiry"), Value: mentoring.Value{Codes: a["answer"], Words: a.one("words")}, Language: a.one("language")}
	t.Wording, _ = strconv.Atoi(a.one("wording")) // what is no number is no wording
	for _, use := range mentoring.Uses {
		if slices.Contains(a["use"], string(use)) {
			t.Uses = append(t.Uses, use)
		}
	}
	if t.Inquiry != o.Inquiry.ID {
		return characteristicWith(c, http.StatusConflict, o, a, &mentoring.Fault{Kind: mentoring.Conflict, Key: "characteristic.changed"})
	}
	if err := c.House.Characteristics.Tell(c.Request.Context(), c.Visit, t); err != nil {
		return characteristicWith(c, http.StatusUnprocessableEntity, o, a, err)
	}
	return c.GoSaying(CharacteristicsPath, "said.characteristic-kept")
}

// Withdraw ends one consent, at once.
func Withdraw(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	of, use := mentoring.Characteristic(c.Path("characteristic")), mentoring.Use(c.Answer("use"))
	if err := c.House.Characteristics.Withdraw(c.Request.Context(), c.Visit, of, use); err != nil {
		return err
	}
	return c.GoSaying(CharacteristicsPath, "said.consent-withdrawn")
}

// Forget deletes an answer with all consents to it.
func Forget(c *page.Call) error {
	if err := c.House.Characteristics.Forget(c.Request.Context(), c.Visit, mentoring.Characteristic(c.Path("characteristic"))); err != nil {
		return err
	}
	return c.GoSaying(CharacteristicsPath, "said.characteristic-forgotten")
}

// Consents is the log of all consents that the person ever gave. It never holds the answer.
func Consents(c *page.Call) error {
	log, err := c.House.Characteristics.ConsentLog(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("profile.consents.list"), Columns: []ui.Column{
		{Label: c.Say("profile.consent.text")}, {Label: c.Say("profile.consent.given")}, {Label: c.Say("profile.consent.ended")},
	}, Empty: &ui.Empty{Icon: ui.IconLog, Title: c.Say("profile.consents.none"), Text: c.Say("profile.consents.none.why")}}
	for _, l := range slices.Backward(log) {
		ended := ui.Cell{Text: c.Say("profile.consent.live")}
		if !l.EndedAt.IsZero() {
			ended = ui.Cell{Text: c.When(l.EndedAt), Line: c.Say(l.EndedBy.Key())}
		}
		table.Rows = append(table.Rows, ui.Row{
			agreedTo(c, l), {Text: c.When(l.Consent.GivenAt), Line: c.Say(l.Consent.Channel.Key())}, ended,
		})
	}
	p := parts{head: ui.Head{Title: c.Say("profile.consents"), Lead: c.Say("profile.consents.lead"), Back: ui.Link{Label: c.Say("profile.characteristics"), Href: CharacteristicsPath}}}
	if slices.ContainsFunc(log, func(l person.LoggedConsent) bool { return l.EndedAt.IsZero() }) {
		p.head.Actions = []ui.Button{{Label: c.Say("profile.consents.withdraw"), Href: WithdrawPath}}
	}
	p.content = []templ.Component{flush(c.Words, table)}
	return show(c, p)
}
