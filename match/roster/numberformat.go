package roster

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A numberFormat says what a number in a cell means. The zero value is a plain number.
type numberFormat struct {
	date    bool // shows years, months or days
	clock   bool // shows hours, minutes or seconds
	seconds bool
	elapsed bool // shows hours beyond a day, as in [h]:mm
	percent bool
	mask    string // shows each 0 of it as a digit, so that numbers keep leading zeros
}

// mostFormats bounds the styles of a workbook, and is the bound of spreadsheet programs.
const mostFormats = 65_536

// readFormats reads the number format of each style of cells.
func (w *workbook) readFormats(name string) error {
	codes := map[string]string{}
	w.formats = []numberFormat{}
	return w.each(name, func(element xml.StartElement, around []string) error {
		inside := ""
		if len(around) > 0 {
			inside = around[len(around)-1]
		}
		switch {
		case element.Name.Local == "numFmt" && inside == "numFmts":
			if len(codes) < mostFormats {
				codes[attribute(element, "numFmtId")] = attribute(element, "formatCode")
			}
		case element.Name.Local == "xf" && inside == "cellXfs":
			if len(w.formats) < mostFormats {
				w.formats = append(w.formats, formatNamed(attribute(element, "numFmtId"), codes))
			}
		}
		return nil
	})
}

// formatNamed is a format by its number. Those below 164 are built in (ISO 29500-1, 18.8.30), unless the workbook
// says otherwise; some programs write dates of their language with numbers between 27 and 58.
func formatNamed(id string, codes map[string]string) numberFormat {
	if code, written := codes[id]; written {
		return formatFor(code)
	}
	switch n, _ := strconv.Atoi(id); {
	case n == 9, n == 10:
		return numberFormat{percent: true}
	case 14 <= n && n <= 17, 27 <= n && n <= 31, n == 36, 50 <= n && n <= 54, n == 57, n == 58:
		return numberFormat{date: true}
	case n == 18, n == 20:
		return numberFormat{clock: true}
	case n == 19, n == 21, 32 <= n && n <= 35, n == 45, n == 47, n == 55, n == 56:
		return numberFormat{clock: true, seconds: n == 19 || n == 21 || n >= 45}
	case n == 22:
		return numberFormat{date: true, clock: true}
	case n == 46:
		return numberFormat{elapsed: true, seconds: true}
	}
	return numberFormat{}
}

// formatFor reads the code of a format, such as "dd/mm/yyyy" or "0000000". Of several sections the first counts, which
// is for positive numbers.
func formatFor(code string) numberFormat {
	var f numberFormat
	var mask strings.Builder
	digits, masked := 0, true
	for rest := code; rest != "" && rest[0] != ';'; {
		c := rest[0]
		rest = rest[1:]
		switch {
		case c == '"':
			text, after, _ := strings.Cut(rest, `"`)
			mask.WriteString(strings.ReplaceAll(text, "0", "\x00"))
			rest = after
		case c == '\\' && rest != "":
			mask.WriteString(strings.ReplaceAll(rest[:1], "0", "\x00"))
			rest = rest[1:]
		case (c == '_' || c == '*') && rest != "":
			rest = rest[1:]
		case c == '[':
			inside, after, _ := strings.Cut(rest, "]")
			rest = after
			if inside = strings.ToLower(inside); inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1]) {
				f.elapsed, masked = true, false
			}
		case c == '0':
			mask.WriteByte('0')
			digits++
		case strings.IndexByte("-/() ", c) >= 0:
			mask.WriteByte(c)
		case strings.HasPrefix(strings.ToLower(code[len(code)-len(rest)-1:]), "general"):
			return numberFormat{}
		default:
			masked = false
			f.percent = f.percent || c == '%'
			switch c | 0x20 {
			case 'y', 'd':
				f.date = true
			case 'h':
				f.clock = true
			case 's':
				f.clock, f.seconds = true, true
			case 'm': // a month, unless hours or seconds say that it is minutes
				if !f.clock && !strings.ContainsAny(strings.ToLower(code), "hs") {
					f.date = true
				}
			}
		}
	}
	if masked && digits > 1 {
		f.mask = mask.String()
	}
	return f
}

// text is a number as people read it: dates as 2026-09-01, times as 14:30, numbers without the noise of floating point
// and without an exponent where that is possible.
func (f numberFormat) text(number float64, since1904 bool) string {
	switch {
	case f.elapsed:
		return f.elapsedText(number)
	case f.date || f.clock:
		if text, ok := f.dateText(number, since1904); ok {
			return text
		}
	case f.percent:
		return plain(number*100) + "%"
	case f.mask != "" && number >= 0 && number < 1e15 && number == math.Trunc(number):
		return f.masked(int64(number))
	}
	return plain(number)
}

// plain is a number with the 15 digits that spreadsheet programs keep.
func plain(number float64) string {
	if number == math.Trunc(number) && math.Abs(number) < 1<<53 {
		return strconv.FormatInt(int64(number), 10)
	}
	if kept, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64); err == nil {
		number = kept
	}
	if size := math.Abs(number); size >= 1e21 || size < 1e-9 {
		return strconv.FormatFloat(number, 'g', -1, 64)
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

// masked fills the zeros of the mask with the digits of a number, from the right.
func (f numberFormat) masked(number int64) string {
	digits := strconv.FormatInt(number, 10)
	var reversed []byte
	for i := len(f.mask) - 1; i >= 0; i-- {
		c := f.mask[i]
		if c == '0' && digits != "" {
			c, digits = digits[len(digits)-1], digits[:len(digits)-1]
		}
		if c == 0 {
			c = '0' // a literal one
		}
		reversed = append(reversed, c)
		if !strings.Contains(f.mask[:i], "0") && digits != "" {
			for ; digits != ""; digits = digits[:len(digits)-1] {
				reversed = append(reversed, digits[len(digits)-1])
			}
		}
	}
	for i, j := 0, len(reversed)-1; i < j; i, j = i+1, j-1 {
		reversed[i], reversed[j] = reversed[j], reversed[i]
	}
	return strings.TrimSpace(string(reversed))
}

const secondsOfDay = 24 * 60 * 60

// dateText is the date of a day number, which counts from 1900 or 1904. Spreadsheet programs count a 29 February 1900
// that never was, as Lotus 1-2-3 did. Numbers that no program shows as a date are left to others.
func (f numberFormat) dateText(number float64, since1904 bool) (string, bool) {
	if number < 0 || number >= 2_958_466 { // 1 January of the year 10000
		return "", false
	}
	days := int(number)
	seconds := int(math.Round(float64((number - float64(days)) * secondsOfDay)))
	days, seconds = days+seconds/secondsOfDay, seconds%secondsOfDay
	var day string
	switch first := time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC); {
	case since1904:
		day = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days).Format(time.DateOnly)
	case days == 60:
		day = "1900-02-29"
	case days > 60:
		day = first.AddDate(0, 0, days-1).Format(time.DateOnly)
	default:
		day = first.AddDate(0, 0, days).Format(time.DateOnly)
	}
	clock := fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
	if f.seconds || seconds%60 != 0 {
		clock += fmt.Sprintf(":%02d", seconds%60)
	}
	switch {
	case !f.clock:
		return day, true
	case !f.date:
		return clock, true
	}
	return day + " " + clock, true
}

// elapsedText is a duration in hours and minutes.
func (f numberFormat) elapsedText(number float64) string {
	if math.Abs(number) >= 1e6 {
		return plain(number)
	}
	sign := ""
	if number < 0 {
		sign, number = "-", -number
	}
	seconds := int(math.Round(float64(number * secondsOfDay)))
	text := fmt.Sprintf("%s%d:%02d", sign, seconds/3600, seconds/60%60)
	if f.seconds || seconds%60 != 0 {
		text += fmt.Sprintf(":%02d", seconds%60)
	}
	return text
}

// isoText brings a date that is written as such (ISO 8601) into the form of all dates.
func isoText(value string) string {
	value = strings.TrimSuffix(strings.TrimSpace(value), "Z")
	day, clock, both := strings.Cut(value, "T")
	if !both {
		return value
	}
	clock, _, _ = strings.Cut(clock, ".")
	if clock = strings.TrimSuffix(clock, ":00"); clock == "00:00" {
		return day
	}
	return day + " " + clock
}
