package locale

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/chiron-mentoring/chiron/match/explain"
)

// A Catalogue says keys in one language.
type Catalogue struct {
	Language
	entries map[string]entry
}

// An entry is what stands for a key. One without plural forms has only other.
type entry [categories]string

//go:embed en.json
var englishFile []byte

//go:embed fr-CA.json
var frenchFile []byte

//go:embed explain.fr-CA.json
var explainFrenchFile []byte

var catalogues = map[Language]func() *Catalogue{
	English: sync.OnceValue(func() *Catalogue { return mustRead(English, englishFile) }),
	French:  sync.OnceValue(func() *Catalogue { return mustRead(French, frenchFile) }),
}

// For is the catalogue of a language, which must be one of Languages.
func For(l Language) *Catalogue { return catalogues[l]() }

// mustRead reads a file that is part of the program. Tests have seen it read.
func mustRead(l Language, file []byte) *Catalogue {
	entries, err := read(l, file)
	if err != nil {
		panic(err)
	}
	return &Catalogue{l, entries}
}

// read reads a catalogue: an object with a text, or an object of texts by plural category, for each key.
func read(l Language, file []byte) (map[string]entry, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(file, &raw); err != nil {
		return nil, fmt.Errorf("read the catalogue %s: %w", l, err)
	}
	entries := make(map[string]entry, len(raw))
	for key, value := range raw {
		var e entry
		if err := json.Unmarshal(value, &e[other]); err != nil {
			var forms map[string]string
			if err := json.Unmarshal(value, &forms); err != nil {
				return nil, fmt.Errorf("read the catalogue %s: %s is no text and no plural forms: %w", l, key, err)
			}
			for c, name := range categoryNames {
				e[c] = forms[name]
				delete(forms, name)
			}
			if len(forms) > 0 || e[other] == "" {
				return nil, fmt.Errorf(`read the catalogue %s: %s must have the form "other", and may have "one" and "many"`, l, key)
			}
		}
		for c := range e {
			e[c] = l.typeset(e[c])
		}
		entries[key] = e
	}
	return entries, nil
}

// typeset puts in what keyboards have not: typographic apostrophes, and spaces that do not break. In French, by the
// Office québécois de la langue française, these stand before : % and $, and inside « »; nothing stands before ; ! and ?.
func (l Language) typeset(text string) string {
	text = strings.ReplaceAll(text, "'", "’")
	if l != French {
		return text
	}
	return strings.NewReplacer(" :", noBreak+":", " %", noBreak+"%", " $", noBreak+"$", "« ", "«"+noBreak, " »", noBreak+"»").Replace(text)
}

// Say says a key. The arguments are names and values in turn: {name} in the text stands for the value. Whole numbers are
// written as the language does. It panics when there are no words for the key, which tests rule out.
func (c *Catalogue) Say(key string, args ...any) string { return c.fill(key, other, args) }

// Count says a key about n things; {n} is the number.
func (c *Catalogue) Count(key string, n int64, args ...any) string {
	return c.fill(key, c.plural(n), append([]any{"n", n}, args...))
}

// Has says whether there are words for a key.
func (c *Catalogue) Has(key string) bool {
	_, there := c.entries[key]
	return there
}

func (c *Catalogue) fill(key string, form category, args []any) string {
	e, there := c.entries[key]
	if !there {
		panic(fmt.Sprintf("locale: there are no words for %q in %s", key, c.Language))
	}
	text := e[form]
	if text == "" {
		text = e[other]
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs[i], pairs[i+1] = fmt.Sprintf("{%s}", args[i]), c.value(args[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func (c *Catalogue) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return c.Number(int64(v))
	case int32:
		return c.Number(int64(v))
	case int64:
		return c.Number(v)
	}
	return fmt.Sprint(v)
}

// Explain is the words of match/explain in a language.
func Explain(l Language) explain.Words {
	if l == French {
		return explainFrench()
	}
	return explainEnglish()
}

// explainEnglish are the words of the library, which are for terminals, with the quotation marks of pages.
var explainEnglish = sync.OnceValue(func() explain.Words {
	words := make(explain.Words, len(explain.English))
	for code, text := range explain.English {
		for part, quoted := range strings.Split(text, `"`) {
			switch {
			case part == 0:
			case part%2 == 1:
				words[code] += "“"
			default:
				words[code] += "”"
			}
			words[code] += English.typeset(quoted)
		}
	}
	return words
})

var explainFrench = sync.OnceValue(func() explain.Words {
	var words explain.Words
	if err := json.Unmarshal(explainFrenchFile, &words); err != nil {
		panic(fmt.Errorf("read explain.fr-CA.json: %w", err))
	}
	for code, text := range words {
		words[code] = French.typeset(text)
	}
	return words
})

// Sentences lists the texts of three words or more that take no argument. A page in another language has none of them.
func (c *Catalogue) Sentences() []string {
	var list []string
	for _, e := range c.entries {
		for _, text := range e {
			if !strings.Contains(text, "{") && len(strings.Fields(text)) >= 3 {
				list = append(list, text)
			}
		}
	}
	return list
}
