package ui

import (
	"strconv"
	"time"

	"github.com/chiron-mentoring/chiron/internal/locale"
)

// A Phase is one of the four that Kram found in mentoring relationships.
type Phase uint8

const (
	Initiation Phase = iota
	Cultivation
	Separation
	Redefinition
	phases
)

var phaseKeys = [phases]string{"ui.phase.initiation", "ui.phase.cultivation", "ui.phase.separation", "ui.phase.redefinition"}

// A Rail shows in which phase a relationship is. Phases to come bear no dates: they are a guide, not a schedule.
type Rail struct {
	Now  Phase
	Into int            // how far into the phase, in tenths, 0 to 9
	Past [phases]string // when phases passed were; what is said of those to come is not shown
	Note string         // about the present phase
}

func (r Rail) class(p Phase) string {
	switch {
	case p < r.Now:
		return "done"
	case p == r.Now:
		return "now at" + strconv.Itoa(min(max(r.Into, 0), 9))
	}
	return ""
}

func (r Rail) line(p Phase) string {
	switch {
	case p < r.Now:
		return r.Past[p]
	case p == r.Now:
		return r.Note
	}
	return ""
}

// A Timeline is what has happened, the newest first.
type Timeline struct {
	Groups []TimelineGroup
}

// A TimelineGroup is what happened in one phase, month or year.
type TimelineGroup struct {
	Label  string
	Events []TimelineEvent
}

// A TimelineEvent is one thing that happened.
type TimelineEvent struct {
	Title string
	When  time.Time
	Text  string
	Icon  Icon
	Tone  EventTone
	Link  Link
}

// An EventTone makes an event stand out.
type EventTone string

const (
	EventPlain EventTone = ""
	EventGreen EventTone = "g"
	EventGold  EventTone = "a"
)

func (e TimelineEvent) point() string {
	if e.Tone == EventPlain {
		return "pt"
	}
	return "pt pt-" + string(e.Tone)
}

func (e TimelineEvent) day(w *locale.Catalogue) string { return w.Date(e.When) }

// Steps is how many of some steps are done.
type Steps struct{ Done, Of int }

// Progress is a long task at work, in its own units.
type Progress struct {
	Label    string
	Done, Of int
	Stop     *Button
}

func (p Progress) width() string {
	if p.Of <= 0 {
		return "0%"
	}
	return hundredths(int64(p.Done)*10_000/int64(p.Of)) + "%"
}
