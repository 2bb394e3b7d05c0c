package roster

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// isLater says whether b is a later time than a. known is false when one of them cannot be read, when they are equal,
// or when it depends on whether the day or the month comes first.
func isLater(a, b string) (later, known bool) {
	answers := map[int]bool{}
	for _, dayFirst := range []bool{false, true} {
		at, okA := moment(a, dayFirst)
		bt, okB := moment(b, dayFirst)
		if okA && okB {
			answers[bt.Compare(at)] = true
		}
	}
	known = len(answers) == 1 && !answers[0]
	return known && answers[1], known
}

// isMoment says whether a cell is a date or a time of a day, as forms write them.
func isMoment(cell string) bool {
	_, a := moment(cell, false)
	_, b := moment(cell, true)
	return a || b
}

// moment reads a date with perhaps a time: 2027-01-31 15:04:05, 2027/01/31 3:04:05 PM EST, 1/31/2027 15:04,
// 31.1.27 15:04, with words for the time zone left out, or the number of days since 1899-12-30 that workbooks keep.
func moment(cell string, dayFirst bool) (time.Time, bool) {
	if serial, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64); err == nil {
		if serial < 20_000 || serial > 100_000 { // 1954 to 2173
			return time.Time{}, false
		}
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(serial * 24 * float64(time.Hour)).Round(time.Second)), true
	}
	if len(cell) < 6 || len(cell) > 60 {
		return time.Time{}, false
	}
	var numbers []int
	for _, digits := range strings.FieldsFunc(cell, func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.Atoi(digits)
		if err != nil {
			return time.Time{}, false
		}
		numbers = append(numbers, n)
	}
	if len(numbers) < 3 || !startsLikeDate(cell) {
		return time.Time{}, false
	}
	year, month, day := numbers[0], numbers[1], numbers[2]
	if year < 1000 {
		month, day, year = numbers[0], numbers[1], numbers[2]
		if dayFirst {
			month, day = day, month
		}
		if year < 100 {
			year += 2000
		}
	}
	clock := [3]int{}
	for k, n := range numbers[3:] {
		if k < 3 {
			clock[k] = n
		}
	}
	lower := strings.ToLower(cell)
	if afternoon := strings.Contains(lower, "pm") || strings.Contains(lower, "p.m"); afternoon && clock[0] < 12 {
		clock[0] += 12
	} else if morning := strings.Contains(lower, "am") || strings.Contains(lower, "a.m"); morning && clock[0] == 12 {
		clock[0] = 0
	}
	at := time.Date(year, time.Month(month), day, clock[0], clock[1], clock[2], 0, time.UTC)
	return at, at.Year() == year && int(at.Month()) == month && at.Day() == day && clock[0] < 24 && clock[1] < 60 && clock[2] < 61
}

// startsLikeDate says whether a cell begins with three numbers between which stand dashes, slashes or dots.
func startsLikeDate(cell string) bool {
	numbers, digits := 0, false
	for _, r := range cell {
		switch {
		case unicode.IsDigit(r):
			if !digits {
				numbers++
			}
			digits = true
		case strings.ContainsRune("-/.", r) && digits:
			digits = false
		default:
			return numbers >= 3
		}
	}
	return numbers >= 3
}
