package mentoring

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCharacteristicTakesWhatCanBeSaid(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", MostWords)
	for name, c := range map[string]struct {
		of   Characteristic
		v    Value
		want Value
		key  string // of the fault
	}{
		"a code":                 {Religion, Value{Codes: []string{"muslim"}}, Value{Codes: []string{"muslim"}}, ""},
		"codes in their order":   {Origin, Value{Codes: []string{"white", "arab", "white"}}, Value{Codes: []string{"arab", "white"}}, ""},
		"own words":              {Gender, Value{Words: "  genderfluid \t person "}, Value{Words: "genderfluid person"}, ""},
		"both":                   {Gender, Value{Codes: []string{"woman"}, Words: "trans"}, Value{Codes: []string{"woman"}, Words: "trans"}, ""},
		"as many words as fit":   {Gender, Value{Words: long}, Value{Words: long}, ""},
		"none":                   {Disability, Value{Codes: []string{"none"}}, Value{Codes: []string{"none"}}, ""},
		"nothing":                {Gender, Value{Words: "  "}, Value{}, "characteristic.empty"},
		"more words than fit":    {Gender, Value{Words: long + "e"}, Value{}, "characteristic.too-long"},
		"code of another":        {Gender, Value{Codes: []string{"muslim"}}, Value{}, "characteristic.unreadable"},
		"prefer not to say":      {Gender, Value{Codes: []string{"prefer-not-to-say"}}, Value{}, "characteristic.unreadable"},
		"two ages":               {Age, Value{Codes: []string{"30-39", "40-49"}}, Value{}, "characteristic.alone"},
		"none and another":       {Religion, Value{Codes: []string{"sikh", "none"}}, Value{}, "characteristic.alone"},
		"none and words":         {Religion, Value{Codes: []string{"none"}, Words: "but curious"}, Value{}, "characteristic.alone"},
		"a turned direction":     {Gender, Value{Words: "a\u202eb"}, Value{}, "characteristic.unreadable"},
		"a control character":    {Gender, Value{Words: "a\x00b"}, Value{}, "characteristic.unreadable"},
		"no text":                {Gender, Value{Words: "\xff"}, Value{}, "characteristic.unreadable"},
		"of what does not exist": {"star-sign", Value{Words: "x"}, Value{}, "fault.not-here"},
	} {
		got, err := c.of.Read(c.v)
		key := ""
		if f, is := err.(*Fault); is {
			key = f.Key
		}
		if !reflect.DeepEqual(got, c.want) || key != c.key || err != nil && strings.Contains(err.Error(), "muslim") {
			t.Errorf("%s: %+v, %v, want %+v, %q", name, got, err, c.want, c.key)
		}
		if again, err := c.of.Read(got); key == "" && (err != nil || !reflect.DeepEqual(again, got)) {
			t.Errorf("%s: read again it is %+v, %v", name, again, err)
		}
	}
}

// AP-2: not answering is no answer, so no list has one that says so.
func TestNoChoiceMeansNotAnswering(t *testing.T) {
	t.Parallel()
	if len(Characteristics()) != 8 {
		t.Errorf("%d characteristics", len(Characteristics()))
	}
	for _, c := range Characteristics() {
		if len(c.Choices()) < 3 {
			t.Errorf("%s: %q", c, c.Choices())
		}
		for _, code := range c.Choices() {
			if strings.Contains(code, "prefer") || strings.Contains(code, "say") || strings.Contains(code, "other") || slices.Index(c.Choices(), code) < 0 {
				t.Errorf("%s has %q", c, code)
			}
			if _, err := c.Read(Value{Codes: []string{code}}); err != nil {
				t.Errorf("%s does not take %q alone: %v", c, code, err)
			}
		}
	}
}

func inquiry() Inquiry {
	return Inquiry{
		ID: "i", Characteristic: Religion, Months: 12, MadeAt: time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC),
		Purpose:   InBoth{"To see whether all are served alike.", "Voir si tout le monde est bien servi."},
		Necessity: InBoth{"Without it nobody could tell.", "Sans cela, personne ne le saurait."},
	}
}

// AP-3: an installation that turns one on writes purpose, necessity and retention.
func TestInquiryStatesPurposeNecessityAndMonths(t *testing.T) {
	t.Parallel()
	right := inquiry()
	if err := right.Check(); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*Inquiry){
		"purpose.english":   func(i *Inquiry) { i.Purpose.English = "   because           " },
		"purpose.french":    func(i *Inquiry) { i.Purpose.French = "" },
		"necessity.english": func(i *Inquiry) { i.Necessity.English = strings.Repeat("long ", 500) },
		"necessity.french":  func(i *Inquiry) { i.Necessity.French = "Sans cela, personne\x00 ne le saurait." },
		"months":            func(i *Inquiry) { i.Months = 0 },
	} {
		i := inquiry()
		spoil(&i)
		found := MistakesIn(i.Check())
		if len(found) != 1 || found[0].Field != field || found[0].Key != "characteristic."+field {
			t.Errorf("%s: %v", field, found)
		}
	}
	for _, months := range []int{-1, MostMonths + 1} {
		if i := (Inquiry{Characteristic: Religion, Months: months}); len(MistakesIn(i.Check())) != 5 {
			t.Errorf("all wrong: %v", i.Check())
		}
	}
	right.Characteristic = "star-sign"
	if err := right.Check(); !IsFault(err, NotFound) {
		t.Errorf("of what does not exist: %v", err)
	}
	lines := inquiry()
	lines.Purpose.English = "To see\r\nwhether all are served alike."
	if err := lines.Check(); err != nil {
		t.Errorf("on several lines: %v", err)
	}
}

func TestWhatWasSaidIsKeptForItsMonthsAndWhileItIsOfUse(t *testing.T) {
	t.Parallel()
	i := inquiry()
	ended := i
	ended.EndedAt = i.MadeAt.Add(time.Hour)
	said := i.MadeAt.Add(time.Hour)
	for name, c := range map[string]struct {
		i         *Inquiry
		consented bool
		at        time.Time
		want      bool
	}{
		"at once":                          {&i, true, said, true},
		"to the last moment":               {&i, true, said.AddDate(1, 0, 0).Add(-1), true},
		"when the months are over":         {&i, true, said.AddDate(1, 0, 0), false},
		"without a consent, for some time": {&i, false, i.MadeAt.Add(TimeToConsent - 1), true},
		"without a consent, then":          {&i, false, i.MadeAt.Add(TimeToConsent), false},
		"when nobody asks any more":        {&ended, true, said, false},
		"when nobody ever asked":           {nil, true, said, false},
	} {
		if got := c.i.Keeps(said, c.consented, c.at); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
