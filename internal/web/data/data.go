// Package data is "My data": what people can do with what an installation holds of them. They take it along, put it right,
// read what is kept and why, leave the directory and programs, and have themselves erased. What becomes of what is declared in
// internal/privacy; here are the words for it.
package data

import (
	"bytes"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The addresses of the pages.
const (
	Path         = page.DataPath
	KeptPath     = Path + "/kept"
	LeavePath    = Path + "/leave"
	LeaveAllPath = LeavePath + "/all"
	ErasePath    = Path + "/erase"
	StayPath     = Path + "/stay"
)

// onlyMe is who reads these pages.
func onlyMe(c *page.Call) ui.WhoSees { return ui.WhoSees{Text: c.Say("mine.readers"), Closed: true} }

func back(c *page.Call) ui.Link { return ui.Link{Label: c.Say("mine.data"), Href: Path} }

// An overview is what a person can do. Somebody whose account is suspended can take their data along, and no more.
type overview struct {
	head  ui.Head
	all   bool   // more than taking it along
	leave bool   // there is something to leave
	due   string // when the person is going to be erased; "": nobody has asked
	right []ui.Link
}

// Overview leads to all that can be done. As what follows from it, it asks for a fresh sign-in.
func Overview(c *page.Call) error {
	if err := c.Fresh(); err != nil {
		return err
	}
	o := overview{all: !c.Visit.Actor.Suspended}
	o.head = ui.Head{Title: c.Say("mine.data"), Lead: c.Say("mine.data.lead")}
	if o.all {
		o.head.Back = ui.Link{Label: c.Say("mine.title"), Href: "/account"}
		o.right = []ui.Link{
			{Label: c.Say("data.right.profile"), Href: "/profile"}, {Label: c.Say("mine.addresses"), Href: "/account/addresses"},
			{Label: c.Say("mine.trail"), Href: "/account/trail"},
		}
		if err := o.ask(c); err != nil {
			return err
		}
	}
	return c.Show(ui.Page{Title: o.head.Title, Readers: onlyMe(c)}, overviewPage(c.Words, o))
}

// ask asks for what the page says of the person.
func (o *overview) ask(c *page.Call) error {
	due, err := c.House.Privacy.Due(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	if !due.IsZero() {
		o.due = c.When(due)
	}
	p, err := takingPartIn(c)
	o.leave = p.some()
	return err
}

// Take gives all that is held of the person as one file.
func Take(c *page.Call) error {
	taken, err := c.House.Privacy.Export(c.Request.Context(), c.Visit)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := (Archive{Taken: taken, Lists: c.Lists(), Site: c.House.Name, At: c.House.Now()}).Write(&file); err != nil {
		return err
	}
	return c.File("chiron-"+c.House.Now().UTC().Format(time.DateOnly)+".zip", "application/zip", file.Bytes())
}

// erasing is the question before a person is erased. They type a word, so that no slip of a finger does it.
func erasing(c *page.Call, typed string) page.Question {
	return page.Question{
		Title: c.Say("mine.erase.title"), Back: back(c), Readers: onlyMe(c),
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("mine.erase.when"), c.Say("mine.erase.what"), c.Say("mine.erase.others"), c.Say("mine.erase.final")},
			Action:  ErasePath, Confirm: c.Say("mine.erase.do"), Cancel: Path, Final: true,
			Type: &ui.Line{Field: ui.Field{Name: "word", Label: c.Say("data.erase.type", "word", c.Say("data.erase.word"))}, Value: typed, Short: true, Autocomplete: "off"},
		},
	}
}

// AskErasing asks before the person is erased.
func AskErasing(c *page.Call) error {
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(erasing(c, ""))
}

// Erase begins the days after which the person is erased.
func Erase(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	typed := c.Answer("word")
	if search.Fold(typed) != search.Fold(c.Say("data.erase.word")) {
		mistyped := &mentoring.Fault{Kind: mentoring.Invalid, Key: "data.erase.mistyped", Args: []any{"word", c.Say("data.erase.word")}}
		return c.PutAgain(erasing(c, typed), mistyped)
	}
	_, err := c.House.Privacy.AskErasure(c.Request.Context(), c.Visit)
	if mentoring.IsFault(err, mentoring.Conflict) {
		return c.PutAgain(erasing(c, typed), err)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(Path, "said.erasure-asked")
}

// Stay takes that back.
func Stay(c *page.Call) error {
	if err := c.House.Privacy.Stay(c.Request.Context(), c.Visit); err != nil {
		return err
	}
	return c.GoSaying(Path, "said.staying")
}
