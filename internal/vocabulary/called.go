package vocabulary

import (
	"slices"
	"strings"
)

// Called is the term that words name: in either language, by a synonym, or by a name of a retired term whose place it has
// taken. Accents, case, spaces and hyphens do not matter, and everything else does: words that name nothing are somebody's
// own. The first call costs an index of all names, 20 ms for the 8,000 subjects; later ones some microseconds.
func (l *List) Called(words string) (Term, bool) {
	key := nameKey(words)
	if key == "" {
		return Term{}, false
	}
	k, known := l.names()[key]
	if !known {
		return Term{}, false
	}
	return l.Terms[k], true
}

// nameKey is what is the same of all ways to write a name.
func nameKey(name string) string { return strings.ReplaceAll(fold(name), " ", "") }

// namesOf are all words for the terms of a list, and which term they stand for now. No two terms that are offered share
// a name ([Read]); where a retired one had a name that another has now, the other is meant.
func namesOf(l *List) map[string]int32 {
	names := make(map[string]int32, 2*len(l.Terms))
	for _, retired := range []bool{false, true} {
		for _, t := range l.Terms {
			now, offered := l.Today(t.Code)
			if t.Retired != retired || !offered {
				continue
			}
			for _, name := range t.names() {
				key := nameKey(name)
				if _, taken := names[key]; !taken && key != "" {
					names[key] = int32(l.at[now.Code])
				}
			}
		}
	}
	return names
}

// names are all words for a term. What stands turned round, as "Anemia, Sickle Cell" does in MeSH, is named the other way
// as well.
func (t Term) names() (names []string) {
	for _, name := range append([]string{t.En, t.Fr}, t.Synonyms...) {
		names = append(names, name)
		if parts := strings.Split(name, ", "); len(parts) > 1 {
			slices.Reverse(parts)
			names = append(names, strings.Join(parts, " "))
		}
	}
	return names
}
