package mentoring

import "time"

// A Day is a date of the calendar, such as "2027-07-01"; days compare as text. "" is no day.
type Day string

// DayOf is the day of an instant in UTC.
func DayOf(at time.Time) Day { return Day(at.UTC().Format(time.DateOnly)) }

// ReadDay reads a day as people and spreadsheets write it: 2027-07-01, or 2027/07/01. "" stays "". Days that do not exist
// and orders that may mean two things, such as 01/07/2027, are refused.
func ReadDay(text string) (Day, bool) {
	if text == "" {
		return "", true
	}
	for _, layout := range []string{time.DateOnly, "2006/01/02", "20060102"} {
		if at, err := time.Parse(layout, text); err == nil {
			return DayOf(at), true
		}
	}
	return "", false
}

// Add is the day so many days later.
func (d Day) Add(days int) Day {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return DayOf(at.AddDate(0, 0, days))
}

// A Span is the days from the first to the last, both included. "" leaves it open at that end.
type Span struct{ From, To Day }

// Right says whether both ends are days that exist, or open, and the span does not end before it begins.
func (s Span) Right() bool { return s.From.right() && s.To.right() && (s.To == "" || s.From <= s.To) }

// right says whether a day exists, or is none.
func (d Day) right() bool {
	at, err := time.Parse(time.DateOnly, string(d))
	return d == "" || err == nil && DayOf(at) == d
}

// Covers says whether a day lies in the span.
func (s Span) Covers(d Day) bool { return s.From <= d && (s.To == "" || d <= s.To) }

// Meets says whether two spans have a day in common.
func (s Span) Meets(o Span) bool {
	return (s.To == "" || o.From <= s.To) && (o.To == "" || s.From <= o.To)
}
