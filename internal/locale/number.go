package locale

import (
	"strconv"
	"strings"
	"time"
)

const (
	noBreak = "\u00a0"
	minus   = "\u2212"
)

// Number writes a whole number. Groups of three digits are parted from five digits on, as style guides of both languages
// allow, so that years and ids keep their looks: 13,632 and 13 632.
func (l Language) Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = minus, rest
	}
	if len(digits) < 5 {
		return sign + digits
	}
	between := ","
	if l == French {
		between = noBreak
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(between)
		}
		b.WriteRune(digit)
	}
	return b.String()
}

// Percent writes how much part is of whole, in whole per cent. It says 0 only of nothing and 100 only of all. Of
// nothing, no part can be told: "–".
func (l Language) Percent(part, whole int64) string {
	if whole <= 0 {
		return "–"
	}
	n := (200*part + whole) / (2 * whole)
	if part > 0 {
		n = max(n, 1)
	}
	if part < whole {
		n = min(n, 99)
	}
	return l.percentOf(strconv.FormatInt(n, 10))
}

// PerMille writes thousandths, from 0, as per cent with one decimal: 684 is 68.4% or 68,4 %.
func (l Language) PerMille(n int64) string { return l.percentOf(l.Tenths(n)) }

// Tenths writes tenths, from 0, as a number with one decimal: 21 is 2.1 or 2,1.
func (l Language) Tenths(n int64) string {
	point := "."
	if l == French {
		point = ","
	}
	return l.Number(n/10) + point + strconv.FormatInt(n%10, 10)
}

func (l Language) percentOf(number string) string {
	if l == French {
		return number + noBreak + "%"
	}
	return number + "%"
}

// Ordinal writes a place, such as that of a choice: 1st or 1er, 2nd or 2e.
func (l Language) Ordinal(n int64) string {
	number := l.Number(n)
	if l == French {
		if n == 1 {
			return number + "er"
		}
		return number + "e"
	}
	switch {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		return number + "st"
	case n%10 == 2:
		return number + "nd"
	case n%10 == 3:
		return number + "rd"
	}
	return number + "th"
}

var months = map[Language][12]string{
	English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	French:  {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
}

// Date writes a day: 1 November 2026 or 1er novembre 2026.
func (l Language) Date(t time.Time) string {
	day := strconv.Itoa(t.Day())
	if l == French && t.Day() == 1 {
		day = "1er"
	}
	return day + noBreak + months[l][t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// List joins things: a, b and c.
func (l Language) List(items []string) string {
	and := " and "
	if l == French {
		and = " et "
	}
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + and + items[last]
}

// Quote puts words between the marks of the language.
func (l Language) Quote(words string) string {
	if l == French {
		return "«" + noBreak + words + noBreak + "»"
	}
	return "“" + words + "”"
}
