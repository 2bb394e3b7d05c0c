package roster

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A timeWord is a word or a number of a cell about times.
type timeWord struct {
	kind wordKind
	text string
	days days  // for dayWord
	time hours // for partWord

	hour, minute int  // for clockWord
	half         byte // 'a' or 'p' when it says am or pm; 0
	exact        bool // it counts to 24: 13:00, 09:00, 9h
	noon         bool // it says noon
}

type wordKind uint8

const (
	dayWord wordKind = iota
	partWord
	clockWord
	toWord     // from here to there
	andWord    // what comes next is more of the same
	onWord     // what comes next belongs to what was before
	stopWord   // what comes next has nothing to do with what was before
	fromWord   // "from", "between"
	afterWord  // from then on
	beforeWord // up to then
	anyWord
	neverWord
)

// single says whether it is one day.
func (w timeWord) single() bool { return bits.OnesCount8(uint8(w.days)) == 1 }

// minutes are those after midnight, and whether that is sure. Without am or pm, hours before 7 are not.
func (w timeWord) minutes() (int, bool) {
	hour := w.hour
	switch w.half {
	case 'a':
		hour %= 12
	case 'p':
		hour = hour%12 + 12
	}
	return hour*60 + w.minute, w.half != 0 || w.exact || w.noon || hour >= 7
}

var timeVocabulary = newTimeVocabulary()

func newTimeVocabulary() map[string]timeWord {
	words := map[string]timeWord{}
	add := func(w timeWord, list string) {
		for text := range strings.FieldsSeq(list) {
			w.text = text
			words[text] = w
		}
	}
	for day, list := range [...]string{
		"monday mondays mon lundi lundis lun", "tuesday tuesdays tue tues mardi mardis mar",
		"wednesday wednesdays wed weds mercredi mercredis mer", "thursday thursdays thu thur thurs jeudi jeudis jeu",
		"friday fridays fri vendredi vendredis ven", "saturday saturdays sat samedi samedis sam",
		"sunday sundays sun dimanche dimanches dim",
	} {
		add(timeWord{kind: dayWord, days: 1 << day}, list)
	}
	add(timeWord{kind: dayWord, days: workdays}, "weekday weekdays")
	add(timeWord{kind: dayWord, days: weekend}, "weekend weekends")
	add(timeWord{kind: dayWord, days: allDays}, "daily everyday")
	add(timeWord{kind: partWord, time: morning}, "morning mornings matin matins matinee am")
	add(timeWord{kind: partWord, time: lunch}, "lunch lunchtime lunchtimes")
	add(timeWord{kind: partWord, time: afternoon}, "afternoon afternoons pm")
	add(timeWord{kind: partWord, time: evening}, "evening evenings soir soirs soiree soirees")
	add(timeWord{kind: partWord, time: wholeDay}, "wholeday")
	add(timeWord{kind: clockWord, hour: 12, exact: true, noon: true}, "noon midi")
	add(timeWord{kind: clockWord, hour: 24, exact: true}, "midnight minuit")
	add(timeWord{kind: toWord}, "- to a au until till")
	add(timeWord{kind: andWord}, ", / & + and et or ou")
	add(timeWord{kind: onWord}, "on of in the at every each only le la les de du des en chaque ( )")
	add(timeWord{kind: stopWord}, ";")
	add(timeWord{kind: fromWord}, "from between entre")
	add(timeWord{kind: afterWord}, "after apres")
	add(timeWord{kind: beforeWord}, "before avant")
	add(timeWord{kind: anyWord}, "anytime flexible always toujours")
	add(timeWord{kind: neverWord}, "never none unavailable jamais aucun aucune indisponible")
	return words
}

// timePhrases are words that belong together, and how dashes and points are written.
var timePhrases = strings.NewReplacer(
	"–", "-", "—", "-", "−", "-", "‑", "-", "\u00a0", " ", "•", " ",
	"apres-midis", " afternoon ", "apres-midi", " afternoon ", "apres midi", " afternoon ",
	"avant-midi", " morning ", "avant midi", " morning ",
	"week-ends", " weekend ", "week-end", " weekend ", "week end", " weekend ", "fins de semaine", " weekend ", "fin de semaine", " weekend ",
	"jours de semaine", " weekday ", "jours ouvrables", " weekday ", "en semaine", " weekday ", "la semaine", " weekday ", "working days", " weekday ",
	"tous les jours", " daily ", "chaque jour", " daily ", "every day", " daily ", "all days", " daily ",
	"tous les", " on ", "toutes les", " on ",
	"at any time", " anytime ", "any time", " anytime ", "n'importe quand", " anytime ", "en tout temps", " anytime ",
	"toute la journee", " wholeday ", "journee complete", " wholeday ", "all day", " wholeday ", "full day", " wholeday ", "whole day", " wholeday ",
	"not available", " never ", "pas disponible", " never ", "non disponible", " never ", "n/a", " never ",
	"a partir de", " after ", "jusqu'au", " until ", "jusqu'a", " until ", "a.m.", "am", "p.m.", "pm", "o'clock", "", "l'", "", "d'", "",
)

// timeWords cuts a cell into words. Lines and semicolons part what has nothing to do with each other.
func timeWords(text string) ([]timeWord, *unreadable) {
	var words []timeWord
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' || r == ';' }) {
		rest := strings.TrimSpace(timePhrases.Replace(plainLetters(line)))
		for rest != "" {
			var w timeWord
			var fault *unreadable
			if w, rest, fault = timeWordOf(rest); fault != nil {
				return nil, fault
			}
			if w.text != "" {
				words = append(words, w)
			}
			rest = strings.TrimSpace(rest)
		}
		words = append(words, timeVocabulary[";"])
	}
	return words, nil
}

// timeWordOf reads the first word of a text that is not empty. A colon or a point by itself is no word.
func timeWordOf(text string) (w timeWord, rest string, fault *unreadable) {
	first, size := utf8.DecodeRuneInString(text)
	switch {
	case first == ':' || first == '.':
		return w, text[size:], nil
	case '0' <= first && first <= '9':
		return clockOf(text)
	}
	if unicode.IsLetter(first) {
		size = len(text) - len(strings.TrimLeftFunc(text, unicode.IsLetter))
	}
	w, known := timeVocabulary[text[:size]]
	if !known {
		return w, "", &unreadable{fmt.Sprintf("has %q, which is no day and no time", text[:size]), timesExample}
	}
	return w, text[size:], nil
}

// clockOf reads a time of the clock: 9, 9:30, 9.30, 9h, 9 h 30, 0930, each perhaps with am or pm.
func clockOf(text string) (w timeWord, rest string, fault *unreadable) {
	digits := leadingDigits(text)
	rest = text[len(digits):]
	wrong := func() (timeWord, string, *unreadable) {
		return timeWord{}, "", &unreadable{fmt.Sprintf("has %q, which is no time of the clock", text[:len(text)-len(rest)]), timesExample}
	}
	w = timeWord{kind: clockWord}
	switch len(digits) {
	case 1, 2:
		w.hour, _ = strconv.Atoi(digits)
	case 4:
		w.hour, _ = strconv.Atoi(digits[:2])
		w.minute, _ = strconv.Atoi(digits[2:])
	default:
		return wrong()
	}
	w.exact = len(digits) == 4 || len(digits) == 2 && digits[0] == '0' || w.hour == 0 || w.hour > 12
	if after, ok := hourMark(rest); ok && len(digits) <= 2 {
		rest, w.exact = after, true
		if minutes := leadingDigits(strings.TrimSpace(rest)); len(minutes) == 2 {
			w.minute, _ = strconv.Atoi(minutes)
			rest = strings.TrimSpace(rest)[2:]
		}
	} else if len(digits) <= 2 && len(rest) >= 3 && (rest[0] == ':' || rest[0] == '.') && len(leadingDigits(rest[1:])) == 2 {
		w.minute, _ = strconv.Atoi(rest[1:3])
		rest = rest[3:]
	}
	rest, w.half = halfOfDay(rest)
	w.text = strings.TrimSpace(text[:len(text)-len(rest)])
	if w.hour > 24 || w.minute > 59 || w.hour == 24 && w.minute > 0 || w.half != 0 && (w.hour > 12 || w.hour == 0) {
		return wrong()
	}
	return w, rest, nil
}

func leadingDigits(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
}

// hourMark takes the h of 9h or the word of 9 heures.
func hourMark(text string) (rest string, ok bool) {
	trimmed := strings.TrimSpace(text)
	word := trimmed[:len(trimmed)-len(strings.TrimLeftFunc(trimmed, unicode.IsLetter))]
	switch word {
	case "h", "hr", "hrs", "heure", "heures":
		return trimmed[len(word):], true
	}
	return text, false
}

// halfOfDay takes am or pm after an hour.
func halfOfDay(text string) (rest string, half byte) {
	trimmed := strings.TrimSpace(text)
	word := trimmed[:len(trimmed)-len(strings.TrimLeftFunc(trimmed, unicode.IsLetter))]
	if word == "am" || word == "pm" {
		return trimmed[len(word):], word[0]
	}
	return text, 0
}
