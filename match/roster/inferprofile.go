package roster

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/chiron-mentoring/chiron/match/score"
)

// Contents are what the cells of a column show, whoever's they are and in whatever order.
type contents struct {
	rows      int               // of the table
	filled    int               // cells that are not empty
	cells     map[string]int    // how many, by folded cell
	spelling  map[string]string // by folded text
	folds     map[string]string // folded, by text as written
	separator string            // between the items of a cell; "": one value each
	commas    *commaAnswers     // which commas do not separate
	items     map[string]int    // how many cells have an item, by folded item; without a separator the same as cells
	entries   int               // items of all cells together
	letters   int               // of all cells together
	shuffled  bool              // items stand in one order here and in another there: they are in order of preference
	lists     [][]string        // the folded items of each filled cell as a criterion about lists reads it
	listed    map[string]int    // how many lists have an item
}

// contentsOf looks at one column of some rows.
func contentsOf(rows []tableRow, column int) *contents {
	p := &contents{rows: len(rows), cells: map[string]int{}, spelling: map[string]string{}, folds: map[string]string{}, items: map[string]int{}, listed: map[string]int{}}
	var filled []string
	for _, row := range rows {
		cell := strings.TrimSpace(row.cells[column])
		if cell == "" {
			continue
		}
		filled = append(filled, cell)
		p.filled++
		p.letters += len([]rune(cell))
		p.cells[p.spell(cell)]++
	}
	p.commas = commaAnswersIn(filled)
	p.separator = separatorOfCells(filled, p.commas)
	for _, cell := range filled {
		var items []string
		for _, item := range p.split(cell) {
			if folded := p.spell(item); !slices.Contains(items, folded) && len(items) < mostItems {
				items = append(items, folded)
				p.items[folded]++
				p.entries++
			}
		}
		if p.separator == "" { // a criterion about lists cuts at commas where there is nothing else
			items = nil
			for _, item := range p.commas.split(cell) {
				if folded := p.spell(item); !slices.Contains(items, folded) && len(items) < mostItems {
					items = append(items, folded)
				}
			}
		}
		for _, item := range items {
			p.listed[item]++
		}
		p.lists = append(p.lists, items)
	}
	p.shuffled = inSeveralOrders(p.lists)
	return p
}

// spell remembers how a value is written, the first spelling in the order of letters.
func (p *contents) spell(raw string) string {
	if folded, known := p.folds[raw]; known {
		return folded
	}
	text := strings.Join(strings.Fields(raw), " ")
	folded := score.Fold(text)
	if before, known := p.spelling[folded]; !known || text < before {
		p.spelling[folded] = text
	}
	p.folds[raw] = folded
	return folded
}

func (p *contents) split(cell string) []string {
	if p.separator == "" {
		return []string{cell}
	}
	if p.separator == "," {
		return p.commas.split(cell)
	}
	return splitItems(cell, p.separator)
}

// values are the distinct folded items, in the order of letters.
func (p *contents) values() []string {
	var all []string
	for item := range p.items {
		all = append(all, item)
	}
	slices.Sort(all)
	return all
}

// separatorOfCells tells what stands between the items of cells: a semicolon or a line break anywhere, or commas if the
// same items come back.
func separatorOfCells(cells []string, commas *commaAnswers) string {
	for _, separator := range []string{";", "\n"} {
		if slices.ContainsFunc(cells, func(cell string) bool { return strings.Contains(cell, separator) }) {
			return separator
		}
	}
	entries, distinct, longest := 0, map[string]bool{}, 0
	whole := map[string]bool{}
	for _, cell := range cells {
		whole[score.Fold(cell)] = true
		for _, item := range commas.split(cell) {
			entries++
			distinct[score.Fold(item)] = true
			longest = max(longest, len(strings.Fields(item)))
		}
	}
	if entries > len(cells) && longest <= 8 && (2*len(distinct) <= entries || 5*len(distinct) <= 4*len(whole)) {
		return ","
	}
	return ""
}

// inSeveralOrders says whether two items stand in one order in one list and in the other order in another. Forms with
// boxes to tick always write them in the order of the form.
func inSeveralOrders(lists [][]string) bool {
	before := map[[2]string]bool{}
	const mostPairs = 100_000
	for _, list := range lists {
		for i, a := range list {
			for _, b := range list[i+1:] {
				if before[[2]string{b, a}] {
					return true
				}
				if len(before) < mostPairs {
					before[[2]string{a, b}] = true
				}
			}
		}
	}
	return false
}

// share is the part of the filled cells for which something holds, in per cent, rounded down.
func (p *contents) share(holds func(folded string) bool) int {
	n := 0
	for cell, times := range p.cells {
		if holds(cell) {
			n += times
		}
	}
	return percent(n, p.filled)
}

// itemShare is the part of all items for which something holds, in per cent, rounded down.
func (p *contents) itemShare(holds func(folded string) bool) int {
	n := 0
	for item, times := range p.items {
		if holds(item) {
			n += times
		}
	}
	return percent(n, p.entries)
}

func percent(n, of int) int {
	if of == 0 {
		return 0
	}
	return 100 * n / of
}

// distinct says whether no two filled cells are alike.
func (p *contents) distinct() bool { return p.filled > 0 && len(p.cells) == p.filled }

// isProse says whether people wrote sentences.
func (p *contents) isProse() bool {
	words := 0
	for item, times := range p.items {
		words += times * len(strings.Fields(item))
	}
	return p.entries > 0 && words > 9*p.entries
}

// isChosen says whether people chose from a list: the same values come back.
func (p *contents) isChosen() bool {
	return p.entries > 0 && !p.isProse() && (len(p.items) <= 12 || 2*len(p.items) <= p.entries)
}

func isEmail(cell string) bool {
	name, domain, ok := strings.Cut(cell, "@")
	return ok && name != "" && strings.Contains(domain, ".") && !strings.ContainsAny(cell, " ,;")
}

// countIn is how many an answer such as "3", "two", "up to 3 residents" or "2 ou 3" means: the greatest number in it.
func countIn(answer string) (n int, ok bool) {
	for _, word := range strings.FieldsFunc(withoutAccents(answer), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if m, err := strconv.Atoi(word); err == nil {
			n, ok = max(n, m), true
		} else if m, known := numberWords[word]; known {
			n, ok = max(n, m), true
		}
	}
	return n, ok && n <= mostPlaces
}

var numberWords = map[string]int{
	"zero": 0, "none": 0, "aucun": 0, "aucune": 0, "one": 1, "un": 1, "une": 1, "two": 2, "deux": 2, "three": 3, "trois": 3, "four": 4, "quatre": 4,
	"five": 5, "cinq": 5, "six": 6, "seven": 7, "sept": 7, "eight": 8, "huit": 8, "nine": 9, "neuf": 9, "ten": 10, "dix": 10,
}

// yesNo says whether an answer is a yes or a no.
func yesNo(folded string) (yes, known bool) {
	answer := strings.Trim(withoutAccents(folded), " .!")
	switch {
	case slices.Contains([]string{"yes", "y", "oui", "o", "true", "vrai", "1", "x", "agree", "i agree", "j accepte", "j'accepte", "checked", "i do", "absolutely", "sure"}, answer):
		return true, true
	case slices.Contains([]string{"no", "n", "non", "false", "faux", "0", "disagree", "unchecked", "i do not", "not this year", "pas cette annee"}, answer):
		return false, true
	case strings.HasPrefix(answer, "yes,"), strings.HasPrefix(answer, "yes "), strings.HasPrefix(answer, "oui,"), strings.HasPrefix(answer, "oui "), strings.HasPrefix(answer, "i agree"), strings.HasPrefix(answer, "i consent"),
		strings.HasPrefix(answer, "j'accepte"), strings.HasPrefix(answer, "je consens"), strings.HasPrefix(answer, "i accept"):
		return true, true
	case strings.HasPrefix(answer, "no,"), strings.HasPrefix(answer, "no "), strings.HasPrefix(answer, "non,"), strings.HasPrefix(answer, "non "), strings.HasPrefix(answer, "i do not"),
		strings.HasPrefix(answer, "je ne "), strings.HasPrefix(answer, "i don't"):
		return false, true
	}
	return false, false
}
