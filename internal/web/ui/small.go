package ui

import (
	"strings"
	"unicode"
)

// A Kind of button says how much it weighs.
type Kind string

const (
	Plain Kind = ""
	Main  Kind = "main"  // what most readers of the page will do; once on a page
	Quiet Kind = "quiet" // beside another
	Final Kind = "final" // what cannot be undone
)

// A Button does something, or leads somewhere if it has an Href. Its label is a verb and an object.
type Button struct {
	Label       string
	Extra       string // told to screen readers after the label, where several buttons look the same
	Icon        Icon
	Kind        Kind
	Small       bool
	Href        string
	Opens       string // id of a dialog that shows the same as Href
	Name, Value string // sent with the form
	Idle        bool   // does nothing by itself: type="button"
	Busy        bool   // at work
}

func (b Button) class() string {
	class := "btn"
	if b.Kind != Plain {
		class += " btn-" + string(b.Kind)
	}
	if b.Small {
		class += " btn-sm"
	}
	return class
}

func (b Button) kind() string {
	if b.Idle {
		return "button"
	}
	return "submit"
}

// A Tone colours a tag. Words or an icon always say the same.
type Tone string

const (
	ToneNone  Tone = ""
	ToneBrand Tone = "brand"
	ToneBlue  Tone = "blue"
	ToneRose  Tone = "rose"
	ToneAmber Tone = "amber"
	ToneGreen Tone = "green"
	ToneLine  Tone = "line"
)

// A Tag is a word or two about what it stands beside.
type Tag struct {
	Label string
	Tone  Tone
	Icon  Icon
}

func (t Tag) class() string {
	if t.Tone == ToneNone {
		return "tag"
	}
	return "tag tag-" + string(t.Tone)
}

// An Avatar is a person's initials on a colour that is always the same for the name. Pictures of people are not shown.
type Avatar struct {
	Name    string
	Unnamed bool   // the Name stands for one that the person has not given: there are no initials of it
	Size    string // "sm", "lg" or empty
}

// Initials are the first letters of the first and the last word of a name.
func (a Avatar) Initials() string {
	words := strings.FieldsFunc(a.Name, func(r rune) bool { return !unicode.IsLetter(r) && r != '’' && r != '\'' && !unicode.IsMark(r) })
	var initials []rune
	for k, word := range words {
		if k == 0 || k == len(words)-1 {
			initials = append(initials, unicode.ToUpper([]rune(word)[0]))
		}
	}
	if len(initials) == 0 {
		return "–"
	}
	return string(initials)
}

func (a Avatar) class() string {
	sum := 0
	for _, r := range a.Name {
		sum += int(r)
	}
	class := "av c" + string(rune('1'+sum%5))
	if a.Size != "" {
		class += " av-" + a.Size
	}
	return class
}

// A Person is a name with a line about them.
type Person struct {
	Name, Line, Href string
	Unnamed          bool // the Name stands for one that they have not given
}

// A NoticeKind is what a notice is for.
type NoticeKind string

const (
	Note    NoticeKind = ""
	Good    NoticeKind = "good"
	Care    NoticeKind = "care"
	Wrong   NoticeKind = "wrong"
	Private NoticeKind = "private"
)

var noticeIcons = map[NoticeKind]Icon{Note: IconInformation, Good: IconTick, Care: IconCare, Wrong: IconCare, Private: IconLock}

// A Notice is something that the reader should know on this page.
type Notice struct {
	Kind        NoticeKind
	Title, Text string
	Link        Link
	Arrived     bool // is the answer to what was just done, and so is announced
}

func (n Notice) class() string {
	if n.Kind == Note {
		return "note"
	}
	return "note note-" + string(n.Kind)
}

// WhoSees says who can read something. It stands wherever people write.
type WhoSees struct {
	Text   string // "Only you and Hélène can read this."
	Closed bool   // nobody but those named, by whatever role: shown with a lock
	Href   string // the table of who sees what
}

// An Empty stands where a list would be, and says what fills it.
type Empty struct {
	Icon        Icon
	Title, Text string
	Actions     []Button
}

// A Figure is a number with what it counts.
type Figure struct {
	Label, Value, Of, Remark string
	Tone                     FigureTone
	Href                     string // where what is counted stands; empty: the figure leads nowhere
}

// A FigureTone colours a remark.
type FigureTone string

const (
	FigurePlain FigureTone = ""
	FigureUp    FigureTone = "up"
	FigureCare  FigureTone = "care"
)

// A Card is a part of a page with a heading.
type Card struct {
	ID, Title string
	Link      Link
	Tag       *Tag
	Flush     bool // the content reaches the edges, as tables do
	Class     string
}

func (c Card) class() string {
	class := "card"
	if c.Flush {
		class += " card-flush"
	}
	if c.Class != "" {
		class += " " + c.Class
	}
	return class
}
