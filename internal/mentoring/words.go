package mentoring

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
)

var (
	//go:embed permissions.en.json
	englishFile []byte
	//go:embed permissions.fr-CA.json
	frenchFile []byte
)

// Words are the words for the codes of the table in a language, "en" or "fr-CA"; nil: there are none. Codes give
// their keys, such as "sight.count-and-last-date"; those that begin with "page." are for the page around the table. As in
// all catalogues, spaces and apostrophes are the ordinary ones.
func Words(language string) map[string]string { return maps.Clone(pageWords[language]) }

var pageWords = map[string]map[string]string{"en": mustReadWords(englishFile), "fr-CA": mustReadWords(frenchFile)}

func mustReadWords(file []byte) (words map[string]string) {
	if err := json.Unmarshal(file, &words); err != nil {
		panic(fmt.Errorf("read the words of permissions: %w", err))
	}
	return words
}

// Key is the key of the words for a kind of data.
func (k Kind) Key() string { return key("data", string(k)) }

// Key is the key of the words for a standing.
func (s Standing) Key() string { return key("standing", string(s)) }

// Key is the key of the words for a sight.
func (s Sight) Key() string { return key("sight", string(s)) }

// Key is the key of the words for an action.
func (a Action) Key() string { return key("action", string(a)) }

// Keys are the keys of the words for a set of facts.
func (f Fact) Keys() []string { return keys("fact", uint(f), factWords[:]) }

// Keys are the keys of the words for a set of needs.
func (n Need) Keys() []string { return keys("need", uint(n), needWords[:]) }

// OwnerKey is the key of the words for whom "you" means in a row; "": simply the reader.
func (r *DataRow) OwnerKey() string {
	if r.SelfIs == "the person" || r.SelfIs == "nobody" {
		return ""
	}
	return key("self-is", r.SelfIs)
}

func key(of, code string) string { return of + "." + strings.ReplaceAll(code, " ", "-") }

func keys(of string, set uint, words []string) (keys []string) {
	for k, word := range words {
		if set&(1<<k) != 0 {
			keys = append(keys, key(of, word))
		}
	}
	return keys
}
