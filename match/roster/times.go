package roster

import (
	"fmt"
	"strings"

	"github.com/chiron-mentoring/chiron/match/score"
)

// Availability is what a cell says of somebody's week: "Mon 9-12; Thu pm", "lundi 13h-16h et jeudi matin", "evenings,
// weekends". It is made of clauses, each some days and some times of the day, in either order. Days alone are the
// whole of those days; times alone are those times from Monday to Friday. Hours that can be read in two ways are not
// read, and neither is a cell with a word that is unknown.

// days are a set of days of the week, Monday being the first bit.
type days uint8

const (
	workdays days = 1<<5 - 1
	weekend  days = 1<<5 | 1<<6
	allDays  days = 1<<7 - 1
)

// Hours are a time of the day in minutes after midnight, from one to before another.
type hours struct{ from, to int }

var (
	morning   = hours{8 * 60, 12 * 60}
	lunch     = hours{12 * 60, 13 * 60}
	afternoon = hours{12 * 60, 17 * 60}
	evening   = hours{17 * 60, 21 * 60}
	wholeDay  = hours{8 * 60, 17 * 60}
	waking    = hours{8 * 60, 21 * 60} // what "any time" is, and the bounds of "before" and "after"
)

// A clause is days and times that go together.
type clause struct {
	days  days
	times []hours
}

// add puts a clause into a week. What it does not say, the heading of a grid's column may; in quarters of an hour that
// are free from beginning to end.
func (c clause) add(week *score.Week, heading clause) {
	if c.days == 0 {
		c.days = heading.days
	}
	if c.days == 0 {
		c.days = workdays
	}
	if c.times == nil {
		c.times = heading.times
	}
	if c.times == nil {
		c.times = []hours{wholeDay}
	}
	for day := range 7 {
		if c.days&(1<<day) == 0 {
			continue
		}
		for _, time := range c.times {
			week.Add(day*score.QuartersPerDay+(time.from+14)/15, day*score.QuartersPerDay+time.to/15)
		}
	}
}

// An unreadable text says what in it cannot be read and what to write instead.
type unreadable struct{ problem, instead string }

const timesExample = `write days and hours of 24, such as "Mon 9:00-12:00; Thu 13:00-16:00"`

// readWeek reads a cell. In a grid, the heading of the column says the day or the time of the day, and a cell may be
// no more than a tick.
func readWeek(text string, heading clause) (score.Week, *unreadable) {
	var week score.Week
	if heading.days != 0 || heading.times != nil {
		if ticked, known := ticks[plainLetters(text)]; known {
			if ticked {
				clause{}.add(&week, heading)
			}
			return week, nil
		}
	}
	clauses, fault := readClauses(text)
	if fault != nil {
		return week, fault
	}
	for _, c := range clauses {
		if c.days != 0 && heading.days != 0 && c.days != heading.days {
			return score.Week{}, &unreadable{"names a day under a heading that names another", "write times of the day only"}
		}
		c.add(&week, heading)
	}
	return week, nil
}

// What a tick or its absence looks like in the exports of forms.
var ticks = map[string]bool{
	"x": true, "✓": true, "✔": true, "1": true, "yes": true, "y": true, "oui": true, "o": true, "true": true, "vrai": true,
	"checked": true, "available": true, "disponible": true,
	"0": false, "no": false, "n": false, "non": false, "false": false, "faux": false, "unchecked": false, "-": false,
}

// A timeParser reads the words of a cell into clauses.
type timeParser struct {
	words     []timeWord
	clauses   []clause
	current   clause
	timeFirst bool // the days of the clause came after its times
	parted    bool // a comma or an "and" came last
	partedDay bool // the latest day of the clause came after one
	weekends  bool // the clause is about the weekend as such
}

func readClauses(text string) ([]clause, *unreadable) {
	words, fault := timeWords(text)
	if fault != nil {
		return nil, fault
	}
	p := timeParser{words: words}
	for len(p.words) > 0 {
		if fault := p.step(); fault != nil {
			return nil, fault
		}
	}
	p.flush()
	return p.clauses, nil
}

func (p *timeParser) next() timeWord {
	w := p.words[0]
	p.words = p.words[1:]
	return w
}

// peek is the kind of the next word, or noWord.
func (p *timeParser) peek(kinds ...wordKind) bool {
	for _, kind := range kinds {
		if len(p.words) > 0 && p.words[0].kind == kind {
			return true
		}
	}
	return false
}

func (p *timeParser) flush() {
	if p.current.days != 0 || p.current.times != nil {
		p.clauses = append(p.clauses, p.current)
	}
	p.current, p.timeFirst, p.partedDay, p.weekends = clause{}, false, false, false
}

func (p *timeParser) step() *unreadable {
	switch w := p.next(); w.kind {
	case stopWord:
		p.flush()
		p.parted = false
	case andWord:
		p.parted = true
	case onWord:
		p.parted = false
	case dayWord:
		return p.takeDays(w)
	case partWord:
		time := w.time
		if p.peek(toWord) && len(p.words) > 1 && p.words[1].kind == partWord {
			p.next()
			time.to = p.next().time.to
		}
		return p.takeTime(time)
	case clockWord, afterWord, beforeWord, fromWord, toWord:
		if w.kind == toWord { // "until noon"; with a start it would have been read with that
			w.kind = beforeWord
		}
		time, fault := p.readSpan(w)
		if fault != nil {
			return fault
		}
		return p.takeTime(time)
	case anyWord:
		p.flush()
		p.clauses = append(p.clauses, clause{allDays, []hours{waking}})
	case neverWord:
		for p.peek(stopWord) {
			p.next()
		}
		if len(p.words) > 0 || len(p.clauses) > 0 || p.current.days != 0 || p.current.times != nil {
			return &unreadable{fmt.Sprintf("says %q besides times", w.text), timesExample}
		}
	default:
		return &unreadable{fmt.Sprintf("has %q where no time can stand", w.text), timesExample}
	}
	return nil
}

// takeDays takes a day or a range of days.
func (p *timeParser) takeDays(w timeWord) *unreadable {
	taken := w.days
	if p.peek(toWord) && len(p.words) > 1 && p.words[1].kind == dayWord {
		p.next()
		last := p.next()
		if !w.single() || !last.single() {
			return &unreadable{fmt.Sprintf("has a range of days that ends with %q", last.text), timesExample}
		}
		taken = daysBetween(w.days, last.days)
	}
	switch {
	case p.current.times == nil || p.timeFirst:
	case p.current.days == 0 && !p.parted:
		p.timeFirst = true
	default:
		p.flush()
	}
	p.partedDay = p.timeFirst && p.parted
	p.current.days |= taken
	p.weekends = p.current.days == weekend && taken == weekend
	p.parted = false
	return nil
}

// takeTime takes a time of the day.
func (p *timeParser) takeTime(time hours) *unreadable {
	switch {
	case p.timeFirst && p.partedDay: // "mornings on Mon, Wed evening": Wednesday may belong to either
		return &unreadable{"can be read in two ways", timesExample}
	case p.timeFirst, p.weekends && p.parted && p.current.times == nil: // "weekends and evenings" are two things
		p.flush()
	}
	p.current.times = append(p.current.times, time)
	p.parted = false
	return nil
}

// daysBetween are the days from one to another, over Sunday if need be.
func daysBetween(first, last days) days {
	var all days
	for at := first; ; {
		all |= at
		if at == last {
			return all
		}
		if at <<= 1; at > allDays {
			at = 1
		}
	}
}

// readSpan reads the rest of a time that begins with a clock or a word such as "after".
func (p *timeParser) readSpan(w timeWord) (hours, *unreadable) {
	start := w
	if w.kind != clockWord {
		if !p.peek(clockWord) {
			return hours{}, &unreadable{fmt.Sprintf("has %q without an hour", w.text), timesExample}
		}
		start = p.next()
	}
	ranged := p.peek(toWord) || w.kind == fromWord && p.peek(andWord)
	if w.kind == beforeWord || w.kind == afterWord {
		ranged = false
	}
	if ranged && len(p.words) > 1 && p.words[1].kind == clockWord {
		p.next()
		return spanOf(start, p.next())
	}
	if start.noon && w.kind == clockWord {
		return lunch, nil
	}
	if w.kind == clockWord {
		return hours{}, &unreadable{fmt.Sprintf("has %q without an end", start.text), timesExample}
	}
	at, sure := start.minutes()
	if !sure {
		return hours{}, &unreadable{
			fmt.Sprintf("does not say whether %q is in the morning", start.text),
			fmt.Sprintf("write %s %s if it is not", w.text, clockText(at+12*60)),
		}
	}
	time := hours{at, waking.to}
	if w.kind == beforeWord {
		time = hours{waking.from, at}
	}
	if time.from >= time.to {
		return hours{}, &unreadable{fmt.Sprintf("has %q, which leaves no time between %s and %s", w.text+" "+start.text, clockText(waking.from), clockText(waking.to)), timesExample}
	}
	return time, nil
}

// spanOf reads a start and an end, either of which may leave out what the other says: 1-3pm, 9-5.
func spanOf(start, end timeWord) (hours, *unreadable) {
	text := start.text + "-" + end.text
	to, endSure := end.minutes()
	from, startSure := start.minutes()
	if start.half == 0 && !start.exact && end.half == 'p' && start.hour <= 12 {
		if late := from%(12*60) + 12*60; late < to {
			from, startSure = late, true
		}
	}
	if start.half == 0 && (end.half == 'a' || end.exact && !end.noon) {
		startSure = true
	}
	if end.half == 0 && !end.exact && to <= from && to+12*60 > from && end.hour <= 12 {
		to += 12 * 60
		endSure = true
	}
	switch {
	case from >= to || to > 24*60:
		return hours{}, &unreadable{fmt.Sprintf("has %q, which ends before it begins", text), "write hours of 24, and what goes over midnight as two times"}
	case !startSure:
		late := min(to+12*60, 24*60)
		if !endSure || to > from {
			return hours{}, &unreadable{
				fmt.Sprintf("does not say whether %q is in the morning", text),
				fmt.Sprintf("write %s-%s if it is, and %s-%s if it is not", clockText(from), clockText(to), clockText(from+12*60), clockText(late)),
			}
		}
	}
	return hours{from, to}, nil
}

func clockText(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// parseDuration reads a length of time with its unit, in minutes: "1 h", "90 min", "1.5 hours", "1,5 h", "1 h 30".
func parseDuration(text string) (minutes int, ok bool) {
	folded := strings.ReplaceAll(plainLetters(text), ",", ".")
	total := 0.0
	for folded != "" {
		number := folded[:len(folded)-len(strings.TrimLeft(folded, "0123456789."))]
		var n float64
		if _, err := fmt.Sscanf(number, "%g", &n); err != nil || n > 10_000 || strings.Count(number, ".") > 1 {
			return 0, false
		}
		rest := strings.TrimSpace(folded[len(number):])
		unit := rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz"))]
		folded = strings.TrimSpace(rest[len(unit):])
		switch unit {
		case "h", "hr", "hrs", "hour", "hours", "heure", "heures":
			total += n * 60
			if isDigits(folded) { // 1 h 30
				folded += "min"
			}
		case "m", "min", "mins", "minute", "minutes":
			total += n
		default:
			return 0, false
		}
	}
	return int(total), total > 0 && total == float64(int(total))
}
