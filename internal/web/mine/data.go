package mine

import (
	"bytes"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// What people can do with what is held of them.
const (
	DataPath  = Path + "/data"
	ErasePath = DataPath + "/erase"
	StayPath  = DataPath + "/stay"
)

// A dataPage is what a person can do with what is held of them. Somebody whose account is suspended can take it along.
type dataPage struct {
	mayErase bool
	due      string // when the person is going to be erased; "": nobody has asked
}

// Data leads to taking one's data along, and to having it erased. Both ask for a fresh sign-in.
func Data(c *page.Call) error {
	if err := c.Fresh(); err != nil {
		return err
	}
	d := dataPage{mayErase: !c.Visit.Actor.Suspended}
	if d.mayErase {
		due, err := c.House.Privacy.Due(c.Request.Context(), c.Visit)
		if err != nil {
			return err
		}
		if !due.IsZero() {
			d.due = c.When(due)
		}
	}
	title := c.Say("mine.data")
	head := ui.Head{Title: title, Lead: c.Say("mine.data.lead"), Back: back(c)}
	return c.Show(ui.Page{Title: title, Readers: onlyMe(c)}, data(c.Words, head, d))
}

// TakeData gives all that is held of the person as one file.
func TakeData(c *page.Call) error {
	var file bytes.Buffer
	if err := c.House.Privacy.Export(c.Request.Context(), c.Visit, &file); err != nil {
		return err
	}
	return c.File("chiron-"+c.House.Now().UTC().Format(time.DateOnly)+".zip", "application/zip", file.Bytes())
}

func erasing(c *page.Call) page.Question {
	return page.Question{
		Title: c.Say("mine.erase.title"), Back: ui.Link{Label: c.Say("mine.data"), Href: DataPath}, Readers: onlyMe(c),
		Confirmation: ui.Confirmation{
			Effects: []string{c.Say("mine.erase.when"), c.Say("mine.erase.what"), c.Say("mine.erase.others"), c.Say("mine.erase.final")},
			Action:  ErasePath, Confirm: c.Say("mine.erase.do"), Cancel: DataPath, Final: true,
		},
	}
}

// AskErasing asks before the person is erased.
func AskErasing(c *page.Call) error {
	if err := c.Fresh(); err != nil {
		return err
	}
	return c.Put(erasing(c))
}

// Erase begins the days after which the person is erased.
func Erase(c *page.Call) error {
	_, err := c.House.Privacy.AskErasure(c.Request.Context(), c.Visit)
	if mentoring.IsFault(err, mentoring.Conflict) {
		return c.PutAgain(erasing(c), err)
	}
	if err != nil {
		return err
	}
	return c.GoSaying(DataPath, "said.erasure-asked")
}

// Stay takes that back.
func Stay(c *page.Call) error {
	if err := c.House.Privacy.Stay(c.Request.Context(), c.Visit); err != nil {
		return err
	}
	return c.GoSaying(DataPath, "said.staying")
}
