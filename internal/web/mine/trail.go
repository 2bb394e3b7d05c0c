package mine

import (
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// onePage is how many events a page of the trail shows.
const onePage = 40

// A day of the trail is what was done on it, the latest first.
type day struct {
	date   string
	events []line
}

// A line is one event in words.
type line struct {
	at    time.Time
	clock string
	sentence
	times int // it stands there in this minute
}

// Trail shows what the audit log says about the person, in words and by day.
func Trail(c *page.Call) error {
	from := position(c)
	events, err := c.House.Accounts.Trail(c.Request.Context(), c.Visit, from, onePage+1)
	if err != nil {
		return err
	}
	more := len(events) > onePage
	if more {
		events = events[:onePage]
	}
	p := parts{head: ui.Head{Title: c.Say("mine.trail"), Lead: c.Say("mine.trail.lead", "zone", c.Zone()), Back: back(c)}}
	if len(events) == 0 {
		none := ui.Empty{Icon: ui.IconLog, Title: c.Say("mine.trail.none"), Text: c.Say("mine.trail.none.what")}
		p.content = []templ.Component{none.Draw()}
	} else {
		p.content = []templ.Component{days(c.Words, byDay(c, events))}
	}
	var steps []ui.Button
	if more {
		steps = append(steps, ui.Button{Label: c.Say("mine.trail.earlier"), Href: earlier(events[len(events)-1])})
	}
	if from.ID != "" {
		steps = append(steps, ui.Button{Label: c.Say("mine.trail.latest"), Kind: ui.Quiet, Href: TrailPath})
	}
	p.content = append(p.content, ui.Buttons(steps))
	return show(c, p.head.Title, p)
}

// position is the event before which the page begins, as the address says. Whatever else stands there is the beginning.
func position(c *page.Call) account.Event {
	at, err := strconv.ParseInt(c.Asked("at"), 10, 64)
	id := c.Asked("before")
	if err != nil || at < 0 || id == "" || len(id) > 64 {
		return account.Event{}
	}
	return account.Event{ID: id, At: time.UnixMicro(at).UTC()}
}

func earlier(last account.Event) string {
	return TrailPath + "?" + url.Values{"before": {last.ID}, "at": {strconv.FormatInt(last.At.UnixMicro(), 10)}}.Encode()
}

// byDay puts events into words, by the days of the house. What was done again within the minute is counted.
func byDay(c *page.Call, events []account.Event) (all []day) {
	for _, e := range events {
		date := c.Day(e.At)
		if len(all) == 0 || all[len(all)-1].date != date {
			all = append(all, day{date: date})
		}
		today := &all[len(all)-1]
		now := line{e.At, c.Clock(e.At), sentenceOf(c.Words, c.Visit.Actor.Person, e), 1}
		if n := len(today.events); n > 0 && today.events[n-1].clock == now.clock && today.events[n-1].sentence == now.sentence {
			today.events[n-1].times++
			continue
		}
		today.events = append(today.events, now)
	}
	return all
}
