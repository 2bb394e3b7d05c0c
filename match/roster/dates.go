package roster

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A date is a day of the calendar, at midnight UTC. The zero date is no date: open.
type date struct{ time.Time }

// years that a date in these files can lie in.
const (
	firstYear = 1900
	lastYear  = 2199
)

func (d date) String() string { return d.Format(time.DateOnly) }

// newDate is a day if the calendar has it.
func newDate(year, month, day int) (date, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	ok := firstYear <= year && year <= lastYear && t.Year() == year && int(t.Month()) == month && t.Day() == day
	return date{t}, ok
}

// parseDate reads a day that can be read in one way only: 2027-09-01 and 2027/9/1; 1 September 2027, Sept. 1, 2027,
// 1er septembre 2027; 13/09/2027 because there is no month 13. A time of day after an ISO date does not count. If it
// cannot, instead says what to write.
func parseDate(text string) (d date, ok bool, instead string) {
	const iso = "write year, month and day, such as 2027-09-01"
	words := dateWords(text)
	if len(words) > 3 && isISO(words) && strings.Contains(words[3], ":") { // a time of day follows
		words = words[:3]
	}
	if len(words) != 3 {
		return date{}, false, iso
	}
	var numbers []int
	month := 0
	for _, word := range words {
		if n, err := strconv.Atoi(word); err == nil {
			numbers = append(numbers, n)
		} else if m, known := months[word]; known {
			month = m
		}
	}
	switch {
	case month > 0 && len(numbers) == 2:
		day, year := numbers[0], numbers[1]
		if day > 31 {
			day, year = year, day
		}
		d, ok = newDate(year, month, day)
	case len(numbers) == 3 && isISO(words):
		d, ok = newDate(numbers[0], numbers[1], numbers[2])
	case len(numbers) == 3 && len(words[2]) == 4:
		return dateOfDigits(numbers[0], numbers[1], numbers[2], iso)
	}
	if !ok {
		return date{}, false, iso
	}
	return d, true, ""
}

// isISO says whether numbers begin with a year and go on with month and day.
func isISO(words []string) bool {
	return len(words) >= 3 && len(words[0]) == 4 && len(words[1]) <= 2 && len(words[2]) <= 2
}

// dateOfDigits reads day and month in the only order that the calendar has, or says that both orders are possible.
func dateOfDigits(a, b, year int, iso string) (date, bool, string) {
	dayFirst, ok := newDate(year, b, a)
	monthFirst, swapped := newDate(year, a, b)
	switch {
	case ok && swapped && dayFirst != monthFirst:
		return date{}, false, fmt.Sprintf("write %s or %s, whichever is meant", dayFirst, monthFirst)
	case ok:
		return dayFirst, true, ""
	case swapped:
		return monthFirst, true, ""
	}
	return date{}, false, iso
}

// dateWords cuts a date into its numbers and words, folded and without points, ordinal endings and articles.
func dateWords(text string) []string {
	words := strings.FieldsFunc(plainLetters(text), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-/.,", r) })
	var kept []string
	for _, word := range words {
		for _, ending := range []string{"st", "nd", "rd", "th", "er"} {
			if number, found := strings.CutSuffix(word, ending); found && isDigits(number) {
				word = number
			}
		}
		if iso, _, timed := strings.Cut(word, "t"); timed && isDigits(iso) { // 2027-09-01T00:00:00
			word = iso
		}
		if word != "le" && word != "of" && word != "the" {
			kept = append(kept, word)
		}
	}
	return kept
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// plainLetters folds a text and takes the accents from the letters that French and English use.
func plainLetters(text string) string {
	return accents.Replace(score.Fold(text))
}

var accents = strings.NewReplacer(
	"à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i", "ô", "o", "ö", "o",
	"ù", "u", "û", "u", "ü", "u", "œ", "oe", "’", "'", "\u0301", "", "\u0300", "", "\u0302", "", "\u0327", "", "\u0308", "",
)

var months = monthNames()

func monthNames() map[string]int {
	names := map[string]int{}
	for month, words := range [...]string{
		"january jan janvier janv", "february feb fevrier fevr fev", "march mar mars", "april apr avril avr", "may mai",
		"june jun juin", "july jul juillet juil", "august aug aout", "september sept sep septembre", "october oct octobre",
		"november nov novembre", "december dec decembre",
	} {
		for word := range strings.FieldsSeq(words) {
			names[word] = month + 1
		}
	}
	return names
}
