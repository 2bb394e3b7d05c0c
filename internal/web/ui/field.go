package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// A Field is a question with one answer. Name is what the answer is called in the form, and the id in the page.
type Field struct {
	Name, Label string
	Hint, Error string // help, and what is wrong with the answer and how to put it right
	Optional    bool
}

func (f Field) class() string {
	if f.Error != "" {
		return "field wrong"
	}
	return "field"
}

// described ties the help and the error to the control.
func (f Field) described() templ.Attributes {
	ids := ""
	if f.Hint != "" {
		ids = f.Name + "-hint"
	}
	if f.Error != "" {
		ids = joined(ids, f.Name+"-error")
	}
	attributes := templ.Attributes{}
	if ids != "" {
		attributes["aria-describedby"] = ids
	}
	if f.Error != "" {
		attributes["aria-invalid"] = "true"
	}
	return attributes
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// An Input is what kind of answer a line holds.
type Input string

const (
	Words   Input = "text"
	Email   Input = "email"
	Code    Input = "code" // a short code from a mail
	Whole   Input = "whole"
	Day     Input = "date"
	Hour    Input = "time"
	Address Input = "url"
	Search  Input = "search"
)

// A Line is an answer of one line.
type Line struct {
	Field
	Value        string
	Kind         Input  // empty: Words
	Autocomplete string // a token of HTML, such as "email", "name" or "one-time-code"
	Short        bool
}

func (l Line) class() string {
	switch {
	case l.Kind == Code:
		return "input input-code"
	case l.Short || l.Kind == Whole || l.Kind == Day || l.Kind == Hour:
		return "input input-short"
	}
	return "input"
}

// attributes help phones to show the right keys. Whole numbers and codes are text, so that nothing typed is lost.
func (l Line) attributes() templ.Attributes {
	a := l.described()
	a["type"] = string(l.Kind)
	switch l.Kind {
	case "":
		a["type"] = string(Words)
	case Code, Whole:
		a["type"], a["inputmode"] = string(Words), "numeric"
	}
	if l.Kind == Email || l.Kind == Code || l.Kind == Address {
		a["spellcheck"], a["autocapitalize"] = "false", "none"
	}
	if l.Autocomplete != "" {
		a["autocomplete"] = l.Autocomplete
	}
	return a
}

// An Area is an answer of several lines.
type Area struct {
	Field
	Value string
	Rows  int    // 0: 4
	Draft string // what it is about, the same whenever it is asked; empty: no draft is kept on the device
	Who   WhoSees
}

func (a Area) rows() string {
	if a.Rows == 0 {
		return "4"
	}
	return strconv.Itoa(a.Rows)
}

func (a Area) attributes() templ.Attributes {
	attributes := a.described()
	if a.Draft != "" {
		attributes["data-draft"] = a.Draft
	}
	return attributes
}

// An Option is one of the answers to choose from.
type Option struct {
	Value, Label, Hint string
	Chosen             bool
}

// A Choice is one answer of a long list.
type Choice struct {
	Field
	Options []Option
}

// Choices are one answer, or several, of a short list that is all in sight.
type Choices struct {
	Field
	Options []Option
	Many    bool // any number of them
	Tiles   bool // two beside each other, where there is room
}

func (c Choices) kind() string {
	if c.Many {
		return "checkbox"
	}
	return "radio"
}

// id is the name for the first, where the summary of problems leads.
func (c Choices) id(k int) string {
	if k == 0 {
		return c.Name
	}
	return c.Name + "-" + strconv.Itoa(k+1)
}

func (c Choices) box() string {
	if c.Tiles {
		return "tiles"
	}
	return ""
}

// An Upload is a file to choose.
type Upload struct {
	Field
	Accept string // kinds, as HTML says them
}

// A Problem is an answer to put right.
type Problem struct {
	Field string // its name
	Text  string
}

// Problems collects what is wrong with fields, in their order.
func Problems(fields ...Field) []Problem {
	var list []Problem
	for _, f := range fields {
		if f.Error != "" {
			list = append(list, Problem{f.Name, f.Error})
		}
	}
	return list
}

// A Staged form asks one thing per page.
type Staged struct {
	Stages []Stage // in order; one is now
	Action string
	Back   string // the stage before
	Later  bool   // what is there may be kept for later
	Save   string // the words of the main button; empty: save and continue
	Who    WhoSees
	File   bool // a field is an Upload
}

// A Stage is one page of a staged form.
type Stage struct {
	Label string
	Href  string // for stages that can be gone back to
	State StageState
}

// A StageState is where a stage is.
type StageState uint8

const (
	StageLater StageState = iota
	StageNow
	StageDone
)

var stageClasses = [...]string{StageLater: "", StageNow: "now", StageDone: "done"}

// now is the number of the present stage, from 1, and its label.
func (s Staged) now() (int, string) {
	for k, stage := range s.Stages {
		if stage.State == StageNow {
			return k + 1, stage.Label
		}
	}
	return 0, ""
}

func (s Staged) attributes() templ.Attributes {
	if s.File {
		return templ.Attributes{"enctype": "multipart/form-data"}
	}
	return nil
}

// An Answer is a question with its answer, to be looked through before something is sent.
type Answer struct {
	Question, Answer string
	Change           string // where it can be changed
}

// A Task is one of several things to do in any order, each of which may be left and come back to.
type Task struct {
	Label, Hint string
	Href        string // empty: cannot be begun yet
	State       TaskState
}

// A TaskState is how far a task is.
type TaskState uint8

const (
	TaskOpen TaskState = iota
	TaskBegun
	TaskDone
	TaskLocked // waits for others
)

var taskKeys = [...]string{TaskOpen: "ui.task.open", TaskBegun: "ui.task.begun", TaskDone: "ui.task.done", TaskLocked: "ui.task.locked"}

func (t Task) class() string {
	if t.State == TaskDone {
		return "done"
	}
	return ""
}
