package mine

import (
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// A sentence is an event in words, with who did it where the words do not say it.
type sentence struct{ text, who string }

// sentenceOf puts an event into words for one of those whom it is about. The words of a code are what its reader did;
// those that end with .to, what the reader did to somebody else; with .by, what somebody did to the reader.
func sentenceOf(w *locale.Catalogue, reader mentoring.PersonID, e account.Event) sentence {
	key := keyOf(w, e.Action)
	if key == "" {
		return sentence{w.Say("event.unknown", "code", e.Action), whoDid(w, reader, e)}
	}
	switch mine := e.Actor == string(reader); {
	case mine && ofPeople(e.Kind) && e.Object != e.Actor && w.Has(key+".to"):
		return sentence{text: w.Say(key + ".to")}
	case mine, e.Actor == e.Object && ofPeople(e.Kind): // or by an account that the reader had before
		return sentence{text: w.Say(key)}
	case w.Has(key + ".by"):
		return sentence{text: w.Say(key + ".by"), who: atConsole(w, e)}
	}
	return sentence{w.Say(key), whoDid(w, reader, e)}
}

// Sentence is an event in words for one of those whom it is about, as the trail shows it: what was done and, where that
// does not say it, who did it.
func Sentence(w *locale.Catalogue, reader mentoring.PersonID, e account.Event) (text, who string) {
	s := sentenceOf(w, reader, e)
	return s.text, s.who
}

// keyOf is the key of the words of a code: its own, or else those of all that begin as it does; "": there are none.
func keyOf(w *locale.Catalogue, code string) string {
	family, _, _ := strings.Cut(code, ".")
	for _, key := range []string{"event." + code, "event." + family} {
		if w.Has(key) {
			return key
		}
	}
	return ""
}

// ofPeople says whether things of a kind have the id of their person.
func ofPeople(kind string) bool {
	return slices.Contains([]mentoring.Kind{
		mentoring.Account, mentoring.Profile, mentoring.InterestsAndAuthority, mentoring.Vetoes, mentoring.SensitiveCharacteristics,
	}, mentoring.Kind(kind))
}

func whoDid(w *locale.Catalogue, reader mentoring.PersonID, e account.Event) string {
	switch {
	case e.Actor == string(reader):
		return ""
	case isPerson(e.Actor):
		return w.Say("event.by-somebody")
	}
	return atConsole(w, e)
}

// atConsole says of what a part of the program did that nobody did it by these pages.
func atConsole(w *locale.Catalogue, e account.Event) string {
	switch {
	case isPerson(e.Actor):
		return ""
	case e.Actor == "console":
		return w.Say("event.by-console")
	}
	return w.Say("event.by-program")
}

// isPerson tells ids of people from names of parts of the program, which are words.
func isPerson(actor string) bool { return actor == strings.ToUpper(actor) }
