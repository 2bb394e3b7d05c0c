package installation

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	programs "github.com/chiron-mentoring/chiron/internal/program"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/program"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The addresses of the pages of programs.
const (
	ProgramsPath    = Path + "/programs"
	MakeProgramPath = ProgramsPath + "/add"
	ProgramPath     = ProgramsPath + "/{program}"
	InvitePath      = ProgramPath + "/coordinators/add"
	TakePath        = ProgramPath + "/coordinators/{person}/take"
	InvitedPath     = ProgramPath + "/coordinators/invited/{invited}"
	RemindPath      = InvitedPath + "/remind"
	WithdrawPath    = InvitedPath + "/withdraw"
)

func programPath(id mentoring.ProgramID) string {
	return ProgramsPath + "/" + url.PathEscape(string(id))
}

func backToPrograms(c *page.Call) ui.Link {
	return ui.Link{Label: c.Say("installation.programs"), Href: ProgramsPath}
}

func nameOf(c *page.Call, p mentoring.Program) string {
	return programs.NameIn(p, string(c.Words.Language))
}

// Programs lists all programs with those who coordinate them.
func Programs(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	all, err := c.House.Programs.All(c.Request.Context(), c.Visit, string(c.Words.Language))
	if err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("installation.programs.all"), Columns: []ui.Column{
		{Label: c.Say("installation.programs.program")}, {Label: c.Say("installation.programs.coordinators")},
		{Label: c.Say("installation.programs.people"), Number: true}, {Label: c.Say("installation.programs.made")},
	}}
	table.Empty = &ui.Empty{Icon: ui.IconPeople, Title: c.Say("installation.programs.none"), Text: c.Say("installation.programs.none.text"), Actions: []ui.Button{
		{Label: c.Say("installation.programs.add"), Icon: ui.IconPlus, Kind: ui.Main, Href: MakeProgramPath},
	}}
	for _, one := range all {
		table.Rows = append(table.Rows, ui.Row{
			{Text: nameOf(c, one.Program), Href: programPath(one.ID)}, {Text: coordinatorsOf(c, one)},
			{Text: c.Words.Number(int64(one.People))}, {Text: c.Day(one.MadeAt)},
		})
	}
	p := parts{head: ui.Head{Title: c.Say("installation.programs"), Lead: c.Say("installation.programs.lead"), Back: back(c)}}
	if len(all) > 0 {
		p.head.Actions = []ui.Button{{Label: c.Say("installation.programs.add"), Icon: ui.IconPlus, Kind: ui.Main, Href: MakeProgramPath}}
	}
	p.content = []templ.Component{flush(c.Words, table)}
	return show(c, p)
}

// coordinatorsOf names those who coordinate a program, by address where they have no name yet.
func coordinatorsOf(c *page.Call, one programs.Program) string {
	var names []string
	for _, who := range one.Coordinators {
		name := who.Name
		if name == "" {
			name = who.Address
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return c.Say("installation.programs.nobody")
	}
	return c.Words.List(names)
}

// theProgram is that of the address.
func theProgram(c *page.Call) (one programs.Program, err error) {
	if err := operator(c); err != nil {
		return one, err
	}
	all, err := c.House.Programs.All(c.Request.Context(), c.Visit, string(c.Words.Language))
	if err != nil {
		return one, err
	}
	for _, one := range all {
		if string(one.ID) == c.Path("program") {
			return one, nil
		}
	}
	return one, mentoring.NotHere()
}

// Program shows one program with those who coordinate it and those who were invited to. Of its people an administrator sees
// how many there are.
func Program(c *page.Call) error {
	one, err := theProgram(c)
	if err != nil {
		return err
	}
	return showProgram(c, http.StatusOK, one, nil)
}

func showProgram(c *page.Call, status int, one programs.Program, notices []ui.Notice) error {
	table := ui.Table{Caption: c.Say("installation.programs.coordinators"), Columns: []ui.Column{
		{Label: c.Say("installation.programs.who")}, {Label: c.Say("installation.programs.since")}, {Label: c.Say("installation.do"), Hidden: true},
	}}
	table.Empty = &ui.Empty{Icon: ui.IconPerson, Title: c.Say("installation.programs.nobody"), Text: c.Say("installation.programs.nobody.text")}
	for _, who := range one.Coordinators {
		cell := ui.Cell{Text: who.Address}
		if who.Name != "" {
			cell = ui.Cell{Text: who.Name, Line: who.Address}
		}
		table.Rows = append(table.Rows, ui.Row{cell, {Text: c.Day(who.Since)}, {Actions: []ui.Button{
			{Label: c.Say("installation.programs.take"), Extra: cell.Text, Small: true, Href: programPath(one.ID) + "/coordinators/" + url.PathEscape(string(who.ID)) + "/take"},
		}}})
	}
	facts := []ui.Answer{
		{Question: c.Say("program.settings.name.english"), Answer: one.En}, {Question: c.Say("program.settings.name.french"), Answer: one.Fr},
		{Question: c.Say("installation.programs.people"), Answer: c.Words.Number(int64(one.People))},
		{Question: c.Say("installation.programs.made"), Answer: c.Day(one.MadeAt)},
	}
	p := parts{head: ui.Head{Title: nameOf(c, one.Program), Back: backToPrograms(c), Actions: []ui.Button{
		{Label: c.Say("installation.programs.invite"), Icon: ui.IconMail, Kind: ui.Main, Href: programPath(one.ID) + "/coordinators/add"},
	}}}
	p.notices = notices
	p.content = []templ.Component{flush(c.Words, table)}
	if len(one.Invited) > 0 {
		p.content = append(p.content, flush(c.Words, invitedTable(c, one)))
	}
	p.content = append(p.content, factsCard(c.Say("installation.programs.facts"), c.Words, facts))
	return showAs(c, status, nil, p)
}

// A making asks for a program and for the address of who coordinates it first.
type making struct {
	lines    []ui.Line
	address  ui.Line
	language ui.Choices
}

// AskProgram asks for a new program.
func AskProgram(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	if err := c.Fresh(); err != nil { // which inviting a coordinator asks for, so that nothing typed is lost
		return err
	}
	return askProgram(c, http.StatusOK, mentoring.Program{}, "", c.Words.Language, nil)
}

const addressName = "address"

func askProgram(c *page.Call, status int, typed mentoring.Program, address string, in locale.Language, wrong map[string]string) error {
	m := making{lines: program.Lines(c, typed, wrong), language: letterIn(c, in), address: ui.Line{
		Field: ui.Field{
			Name: addressName, Label: c.Say("installation.programs.first"), Hint: c.Say("installation.programs.first.hint"), Error: wrong[addressName], Optional: true,
		}, Value: address, Kind: ui.Email, Autocomplete: "off",
	}}
	var problems []ui.Problem
	for _, line := range append(m.lines[:len(m.lines):len(m.lines)], m.address) {
		problems = append(problems, ui.Problems(line.Field)...)
	}
	return showAs(c, status, problems, parts{
		head:    ui.Head{Title: c.Say("installation.programs.add"), Lead: c.Say("installation.programs.add.lead"), Back: backToPrograms(c)},
		content: []templ.Component{makingForm(c.Words, m)},
	})
}

// letterIn asks for the language of a letter.
func letterIn(c *page.Call, in locale.Language) ui.Choices {
	choice := ui.Choices{Field: ui.Field{Name: "language", Label: c.Say("program.invite.language"), Hint: c.Say("program.invite.language.hint")}}
	for _, l := range c.House.Languages {
		choice.Options = append(choice.Options, ui.Option{Value: string(l), Label: c.Say(program.LanguageKey(l)), Chosen: l == in})
	}
	return choice
}

// MakeProgram makes a program and, if an address was given, invites who reads it to coordinate it.
func MakeProgram(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	typed, address, in := program.Typed(c), c.Answer(addressName), program.LanguageOf(c)
	if address != "" {
		if err := c.Fresh(); err != nil {
			return err
		}
		if _, _, right := notice.ReadAddress(address); !right {
			return askProgram(c, http.StatusUnprocessableEntity, typed, address, in, map[string]string{addressName: c.Say("account.address-not-right")})
		}
	}
	id, err := c.House.Programs.Make(c.Request.Context(), c.Visit, typed)
	if err != nil {
		wrong, other := program.Wrong(c, err)
		if other != nil {
			return other
		}
		return askProgram(c, http.StatusUnprocessableEntity, typed, address, in, wrong)
	}
	if address == "" {
		return c.GoSaying(programPath(id), "said.program-made")
	}
	if err := c.House.People.InviteCoordinator(c.Request.Context(), c.Visit, id, address, string(in)); err != nil {
		return err
	}
	return c.GoSaying(programPath(id), "said.program-made-invited")
}

// inviting asks who is to coordinate a program.
func inviting(c *page.Call, one programs.Program, typed string) page.Question {
	return page.Question{
		Title: c.Say("installation.programs.invite"), Lead: nameOf(c, one.Program), Readers: administrators(c),
		Back: ui.Link{Label: nameOf(c, one.Program), Href: programPath(one.ID)},
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("installation.programs.invite.letter"), c.Say("installation.programs.invite.can"), c.Say("installation.programs.invite.cannot")},
			Action:  programPath(one.ID) + "/coordinators/add", Confirm: c.Say("installation.programs.invite.do"), Cancel: programPath(one.ID),
			Type: &ui.Line{
				Field: ui.Field{Name: addressName, Label: c.Say("installation.programs.invite.address"), Hint: c.Say("installation.programs.invite.hint")},
				Value: typed, Kind: ui.Email, Autocomplete: "off",
			},
		},
	}
}

// AskCoordinator asks who is to coordinate a program.
func AskCoordinator(c *page.Call) error {
	one, err := theProgram(c)
	if err != nil {
		return err
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(inviting(c, one, ""))
}

// InviteCoordinator invites them, by a letter in the language of whoever invites.
func InviteCoordinator(c *page.Call) error {
	one, err := theProgram(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	typed := c.Answer(addressName)
	if err := c.House.People.InviteCoordinator(c.Request.Context(), c.Visit, one.ID, typed, string(c.Words.Language)); err != nil {
		return c.PutAgain(inviting(c, one, typed), err)
	}
	return c.GoSaying(programPath(one.ID), "said.coordinator-invited")
}

// takingCoordinator asks before somebody coordinates a program no more.
func takingCoordinator(c *page.Call) (q page.Question, program mentoring.ProgramID, who mentoring.PersonID, err error) {
	one, err := theProgram(c)
	if err != nil {
		return q, "", "", err
	}
	for _, who := range one.Coordinators {
		if string(who.ID) != c.Path("person") {
			continue
		}
		name, at := who.Name, programPath(one.ID)
		if name == "" {
			name = who.Address
		}
		effects := []string{c.Say("installation.programs.take.effect"), c.Say("installation.programs.take.told")}
		if len(one.Coordinators) == 1 {
			effects = append(effects, c.Say("installation.programs.take.last"))
		}
		return page.Question{
			Title: c.Say("installation.programs.take.title", "name", name), Lead: nameOf(c, one.Program), Readers: administrators(c),
			Back: ui.Link{Label: nameOf(c, one.Program), Href: at},
			Confirmation: ui.Confirmation{
				Effects: effects, Action: at + "/coordinators/" + url.PathEscape(string(who.ID)) + "/take",
				Confirm: c.Say("installation.programs.take"), Cancel: at, Final: true,
			},
		}, one.ID, who.ID, nil
	}
	return q, "", "", mentoring.NotHere()
}

// AskTakingCoordinator asks before a coordinator is taken away.
func AskTakingCoordinator(c *page.Call) error {
	q, _, _, err := takingCoordinator(c)
	if err != nil {
		return err
	}
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(q)
}

// TakeCoordinator takes them away.
func TakeCoordinator(c *page.Call) error {
	q, program, who, err := takingCoordinator(c)
	if err != nil {
		return err
	}
	if _, err := c.Form(); err != nil {
		return err
	}
	if err := c.House.Programs.TakeCoordinator(c.Request.Context(), c.Visit, program, who); err != nil {
		return c.PutAgain(q, err)
	}
	return c.GoSaying(programPath(program), "said.coordinator-taken")
}
