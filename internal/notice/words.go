package notice

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// words are those of one language, by key. Templates give "sign-in.subject" and the like.
type words struct {
	language string
	by       map[string]string
}

var (
	//go:embed en.json
	englishFile []byte
	//go:embed fr-CA.json
	frenchFile []byte

	english = mustRead("en", englishFile)
	french  = mustRead("fr-CA", frenchFile)
)

func mustRead(language string, file []byte) words {
	w := words{language: language}
	if err := json.Unmarshal(file, &w.by); err != nil {
		panic(fmt.Errorf("read the words of letters in %s: %w", language, err))
	}
	for key, text := range w.by {
		w.by[key] = typeset(language, text)
	}
	return w
}

// typeset puts in what keyboards have not: typographic apostrophes, and in French the spaces that do not break, which by
// the Office québécois de la langue française stand before a colon and inside « ».
func typeset(language, text string) string {
	text = strings.ReplaceAll(text, "'", "’")
	if language == "fr-CA" {
		text = strings.NewReplacer(" :", "\u00a0:", "« ", "«\u00a0", " »", "\u00a0»", " %", "\u00a0%").Replace(text)
	}
	return text
}

func wordsOf(language string) words {
	if language == "fr-CA" {
		return french
	}
	return english
}

// say says a key; {site} stands for the name of the installation. It panics when there are no words, which a test rules
// out.
func (w words) say(key, site string) string {
	text, there := w.by[key]
	if !there {
		panic(fmt.Sprintf("notice: there are no words for %q in %s", key, w.language))
	}
	return strings.ReplaceAll(text, "{site}", site)
}
