package mentoring

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Characteristic is something that people take into account when they look for a mentor, and that could be held
// against them (Ratnapalan 2010: sex, age, race, religion, marital status). None is asked for until an installation says
// why, and nobody need answer.
type Characteristic string

// The characteristics.
const (
	Age             Characteristic = "age"
	Gender          Characteristic = "gender"
	Orientation     Characteristic = "orientation"
	Origin          Characteristic = "origin"
	Religion        Characteristic = "religion"
	FamilyLife      Characteristic = "family"
	Disability      Characteristic = "disability"
	FirstGeneration Characteristic = "first-generation"
)

// A choice is what can be said of a characteristic. "I prefer not to say" is not among them: it is saying nothing.
type choice struct {
	of    Characteristic
	codes []string
	alone []string // codes that no other stands beside
}

// choices follow, where there is one, the lists of the Canadian census of 2021. Whoever finds none that fits writes
// their own words.
var choices = []choice{
	{Age, []string{"under-30", "30-39", "40-49", "50-59", "60-and-over"}, []string{"under-30", "30-39", "40-49", "50-59", "60-and-over"}},
	{Gender, []string{"woman", "man", "non-binary", "two-spirit"}, nil},
	{Orientation, []string{"asexual", "bisexual", "gay", "heterosexual", "lesbian", "pansexual", "queer"}, nil},
	{Origin, []string{
		"arab", "black", "chinese", "filipino", "indigenous", "japanese", "korean", "latin-american", "south-asian",
		"southeast-asian", "west-asian", "white",
	}, nil},
	{Religion, []string{"buddhist", "christian", "hindu", "indigenous-spirituality", "jewish", "muslim", "sikh", "none"}, []string{"none"}},
	{FamilyLife, []string{"single", "couple", "parent", "single-parent", "carer"}, nil},
	{Disability, []string{"disability", "long-term-illness", "none"}, []string{"none"}},
	{FirstGeneration, []string{"university", "medicine", "none"}, []string{"none"}},
}

// Characteristics are all of them, in the order in which they are shown.
func Characteristics() []Characteristic {
	all := make([]Characteristic, len(choices))
	for k := range choices {
		all[k] = choices[k].of
	}
	return all
}

// Choices are the codes that can be said of a characteristic, in the order in which they are shown; nil: there is no such
// characteristic.
func (c Characteristic) Choices() []string { return slices.Clone(c.choice().codes) }

// Key is the key of the words for a characteristic.
func (c Characteristic) Key() string { return "characteristic.name." + string(c) }

// ChoiceKey is the key of the words for one of its choices.
func (c Characteristic) ChoiceKey(code string) string {
	return "characteristic.choice." + string(c) + "." + code
}

func (c Characteristic) choice() choice {
	if k := slices.IndexFunc(choices, func(o choice) bool { return o.of == c }); k >= 0 {
		return choices[k]
	}
	return choice{}
}

// A Value is what a person says of a characteristic: codes, own words, or both.
type Value struct {
	Codes []string
	Words string
}

// MostWords is how long own words may be, in characters.
const MostWords = 60

// Read gives a value the one form in which it is kept: codes in their order, no space around the words. A value that
// cannot be taken is a fault of kind Invalid, which does not quote it.
func (c Characteristic) Read(v Value) (Value, error) {
	o := c.choice()
	read := Value{Words: strings.Join(strings.Fields(v.Words), " ")}
	for _, code := range o.codes {
		if slices.Contains(v.Codes, code) {
			read.Codes = append(read.Codes, code)
		}
	}
	unknown := slices.ContainsFunc(v.Codes, func(code string) bool { return !slices.Contains(o.codes, code) })
	aloneBesides := func(code string) bool {
		return slices.Contains(o.alone, code) && (len(read.Codes) > 1 || read.Words != "")
	}
	switch {
	case o.of == "":
		return Value{}, NotHere()
	case unknown || !plain(read.Words):
		return Value{}, &Fault{Kind: Invalid, Key: "characteristic.unreadable"}
	case utf8.RuneCountInString(read.Words) > MostWords:
		return Value{}, &Fault{Kind: Invalid, Key: "characteristic.too-long", Args: []any{"most", MostWords}}
	case len(read.Codes) == 0 && read.Words == "":
		return Value{}, &Fault{Kind: Invalid, Key: "characteristic.empty"}
	case slices.ContainsFunc(read.Codes, aloneBesides):
		return Value{}, &Fault{Kind: Invalid, Key: "characteristic.alone"}
	}
	return read, nil
}

// plain says whether a text can stand on a line: no control characters, and none that change the direction of others.
func plain(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
	})
}

// An Inquiry is an installation's asking for a characteristic: what for, why nothing less would do, and how long what
// people say is kept (AP-3; Act respecting Access, RLRQ, s. 64). Another purpose is another inquiry, to which
// nobody has consented yet.
type Inquiry struct {
	ID             string
	Characteristic Characteristic
	Purpose        InBoth
	Necessity      InBoth
	Months         int // after which what somebody said is deleted, unless they say it again
	MadeAt         time.Time
	EndedAt        time.Time // zero: it goes on
}

// InBoth is a text in both languages.
type InBoth struct{ English, French string }

// In is the text in a language, "en" or "fr-CA".
func (b InBoth) In(language string) string {
	if language == "en" {
		return b.English
	}
	return b.French
}

// Bounds of what an installation writes.
const (
	LeastReason = 20   // characters: a word is no reason
	MostReason  = 1000 // characters
	MostMonths  = 36
)

// Check says whether an inquiry can be made as it is written. The error holds [Mistakes] with the names of the fields:
// those of the texts, such as "purpose.english", and "months".
func (i *Inquiry) Check() error {
	if i.Characteristic.choice().of == "" {
		return NotHere()
	}
	var m Mistakes
	for _, written := range []struct{ field, text string }{
		{"purpose.english", i.Purpose.English}, {"purpose.french", i.Purpose.French},
		{"necessity.english", i.Necessity.English}, {"necessity.french", i.Necessity.French},
	} {
		length := utf8.RuneCountInString(strings.TrimSpace(written.text))
		if length < LeastReason || length > MostReason || !plain(strings.Join(strings.Fields(written.text), " ")) {
			m.Mistaken(written.field, 0, "characteristic."+written.field, "least", LeastReason, "most", MostReason)
		}
	}
	if i.Months < 1 || i.Months > MostMonths {
		m.Mistaken("months", 0, "characteristic.months", "most", MostMonths)
	}
	return m.Err()
}

// GoesOn says whether the inquiry is in force.
func (i *Inquiry) GoesOn() bool { return i != nil && i.EndedAt.IsZero() }

// TimeToConsent is how long what people have said is kept when the purpose becomes another one, so that they can
// consent to that.
const TimeToConsent = 30 * 24 * time.Hour

// Keeps says whether what somebody said at an instant is still to be kept: while the inquiry goes on, for its months, and
// while at least one consent allows any use of it.
func (i *Inquiry) Keeps(saidAt time.Time, consented bool, now time.Time) bool {
	return i.GoesOn() && now.Before(i.Until(saidAt)) && (consented || now.Before(i.MadeAt.Add(TimeToConsent)))
}

// Until is when what somebody said at an instant is deleted.
func (i *Inquiry) Until(saidAt time.Time) time.Time { return saidAt.AddDate(0, i.Months, 0) }
