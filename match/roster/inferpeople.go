package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A phoneBook finds people of a side in the ways that the rules can say: by id, by another column, by name.
type phoneBook struct {
	ways  []string
	known []map[string]bool // per way, the keys of people
}

// phoneBookOf knows the people of a side by the id of its rules, by e-mail address and by name.
func phoneBookOf(s *sideView, r sidePlan) *phoneBook {
	b := &phoneBook{}
	add := func(way string, texts []string, key func(string) string) {
		known := map[string]bool{}
		for _, text := range texts {
			if k := key(text); k != "" {
				known[k] = true
			}
		}
		b.ways, b.known = append(b.ways, way), append(b.known, known)
	}
	cells := func(c *columnView) []string { return sortedKeys(c.cells) }
	add("id", s.names(r.id), folded)
	for _, as := range []string{asEmail, asID} {
		if c := s.pick(as); c != nil && !slices.Contains(r.id, c.heading) && c.heading != "id" && c.heading != "name" {
			add(c.heading, cells(c), folded)
		}
	}
	if r.name != nil {
		add("name", s.names(r.name), func(name string) string { return nameKey(name, true) })
		known := b.known[len(b.known)-1]
		for _, name := range s.names(r.name) {
			for _, word := range strings.Fields(nameKey(name, true)) {
				known[word] = known[word] || len(word) > 2
			}
		}
	}
	return b
}

// way is the number of the first way in which a text names somebody, or -1.
func (b *phoneBook) way(text string) int {
	for k, known := range b.known {
		key := folded(text)
		if b.ways[k] == "name" {
			key = nameKey(text, true)
		}
		if known[key] {
			return k
		}
	}
	return -1
}

// hits is the share of texts that name somebody, in per cent, and the ways in which they do.
func (b *phoneBook) hits(texts []string) (share int, ways []string) {
	n, of := 0, 0
	used := make([]bool, len(b.ways))
	for _, text := range texts {
		if nobodyWords[folded(text)] {
			continue
		}
		of++
		if k := b.way(text); k >= 0 {
			used[k] = true
			n++
		}
	}
	for k, way := range b.ways {
		if used[k] {
			ways = append(ways, way)
		}
	}
	return percent(n, of), ways
}

// planChoices finds the columns in which people of one side name people of the other whom they would like.
func (p *plan) planChoices(s, others *sideView, r *sidePlan, theirs sidePlan) {
	book := phoneBookOf(others, theirs)
	var found []*columnView
	var texts []string
	for _, c := range s.columns {
		if c.filled == 0 || c.as != asChoice && c.as != asUnknown || c.side == int(1-s.side) || len(c.heading) > longestKey {
			continue
		}
		items := sortedKeys(c.cells)
		for _, separator := range []string{";", "\n", ","} {
			items = append(items, splitAll(c, separator)...)
		}
		share, _ := book.hits(items)
		switch {
		case c.as == asChoice && share >= 25:
			found = append(found, c)
		case c.as == asUnknown && share >= enough && !isCounting(c):
			s.settle(c, asPeople, Guess, fmt.Sprintf("%d %% of the answers name a %s, and nothing says whether that is a wish", share, others.side))
		}
	}
	if len(found) == 0 {
		return
	}
	sortByPlace(found)
	if len(found) > 1 {
		for _, c := range found {
			texts = append(texts, sortedKeys(c.cells)...)
		}
	} else {
		texts, r.cut = p.cutChoices(s, found[0], book)
	}
	share, ways := book.hits(texts)
	if share < enough {
		return
	}
	sure := Likely
	if share >= 90 {
		sure = Certain
	}
	for _, c := range found {
		s.settle(c, asChoice, sure, fmt.Sprintf("%d %% of the answers name a %s (by %s)", share, others.side, strings.Join(ways, ", ")))
	}
	r.choices, r.share = found, share
	if len(ways) > 1 || ways[0] != "id" {
		r.choicesBy = ways
	}
}

// splitAll are the items of all cells of a column.
func splitAll(c *columnView, separator string) []string {
	var all []string
	for _, cell := range sortedKeys(c.cells) {
		all = append(all, splitItems(cell, separator)...)
	}
	return all
}

// cutChoices finds what stands between the names in the one column with choices: whatever finds most people. The
// separator is returned where the reader would take another one.
func (p *plan) cutChoices(s *sideView, c *columnView, book *phoneBook) (texts []string, separator string) {
	usual := separatorIn(s.view.table, c.index)
	best, chosen := -1, usual
	for _, separator := range []string{usual, ";", "\n", ","} {
		items := splitAll(c, separator)
		share, _ := book.hits(items)
		if separator == "," {
			share = max(share, sharePaired(c, book))
		}
		if share > best {
			best, chosen, texts = share, separator, items
		}
	}
	if chosen == usual {
		return texts, ""
	}
	return texts, chosen
}

// sharePaired is the share of people found when a comma may stand within a name.
func sharePaired(c *columnView, book *phoneBook) int {
	n, of := 0, 0
	for _, cell := range sortedKeys(c.cells) {
		items := splitItems(cell, ",")
		for k := 0; k < len(items); k++ {
			of++
			if book.way(items[k]) >= 0 {
				n++
			} else if k+1 < len(items) && book.way(items[k]+" "+items[k+1]) >= 0 {
				n++
				k++
			}
		}
	}
	return percent(n, of)
}

// ordinals are words for places, in English and French.
var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "top": 1, "premier": 1, "premiere": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5,
	"primary": 1, "secondary": 2, "i": 1, "ii": 2, "iii": 3,
}

// sortByPlace brings columns of choices into the order of the places that their headings name.
func sortByPlace(columns []*columnView) {
	place := func(c *columnView) int {
		for _, word := range plainWords(c.heading) {
			if n, err := strconv.Atoi(word); err == nil {
				return n
			}
			if n := ordinals[word]; n > 0 {
				return n
			}
		}
		return 1000 + c.index
	}
	slices.SortStableFunc(columns, func(a, b *columnView) int { return cmp.Compare(place(a), place(b)) })
}

// planReferences finds the columns that name people who must be kept apart from the person, and how they name them.
func (p *plan) planReferences(s, others *sideView, r *sidePlan, theirs sidePlan) {
	book := phoneBookOf(others, theirs)
	for _, as := range []string{asEvaluator, asEvaluated, asVeto} {
		for _, c := range s.all(as) {
			if c.isProse() && as != asVeto || slices.Contains(r.choices, c) {
				continue
			}
			texts := append(sortedKeys(c.cells), splitAll(c, cmp.Or(c.separator, ";"))...)
			share, ways := book.hits(texts)
			if share == 0 {
				s.settle(c, as, Guess, c.because+fmt.Sprintf(", but nobody named there is a %s", others.side))
				continue
			}
			s.settle(c, as, map[bool]Sure{true: Certain, false: Likely}[share >= enough], c.because+fmt.Sprintf(", and people named there are %ss (by %s)", others.side, strings.Join(ways, ", ")))
			by := slices.Clone(book.ways)
			r.refers = append(r.refers, refersPlan{c, by})
		}
	}
}

// A pairsPlan is the table of last year's pairs.
type pairsPlan struct {
	view   *tableView
	people [2]*columnView
	by     []string
	state  bool // the table says itself what is to be done with its pairs
	share  int
}

// findPairs looks for a table whose rows are pairs of these people.
func (p *plan) findPairs() {
	books := [2]*phoneBook{phoneBookOf(p.sides[0], p.rules[0]), phoneBookOf(p.sides[1], p.rules[1])}
	for _, v := range p.in.tables {
		if v.used || v.isConflicts() || len(v.table.rows) == 0 {
			continue
		}
		pairs := &pairsPlan{view: v, share: 100}
		pairs.people[0], pairs.people[1] = v.pairColumns()
		if pairs.people[0] == nil || pairs.people[1] == nil {
			pairs.people = v.pairsByContent(books)
		}
		if pairs.people[0] == nil || pairs.people[1] == nil {
			continue
		}
		for side, c := range pairs.people {
			share, ways := books[side].hits(sortedKeys(c.cells))
			pairs.share = min(pairs.share, share)
			for _, way := range ways {
				if !slices.Contains(pairs.by, way) {
					pairs.by = append(pairs.by, way)
				}
			}
		}
		pairs.state = v.table.optional("state") >= 0
		if pairs.share == 0 || !p.waysOfBoth(pairs.by) || p.pairs != nil && p.pairs.share >= pairs.share {
			continue
		}
		p.pairs = pairs
	}
	if p.pairs == nil {
		return
	}
	p.pairs.view.used = true
	if at := p.pairs.view.table.optional("state"); at >= 0 {
		for _, c := range p.pairs.view.columns {
			if c.index == at {
				c.set("what is to be done with the pair", either, Certain, "the heading says so")
			}
		}
	}
	for side, c := range p.pairs.people {
		c.set(p.sides[side].side.String()+" of a pair", side, Likely, fmt.Sprintf("%d %% of the people named there take part", p.pairs.share))
	}
}

// waysOfBoth says whether people of both sides can be named in all of these ways.
func (p *plan) waysOfBoth(by []string) bool {
	for _, way := range by {
		for _, s := range p.sides {
			if _, there := s.view.table.find(way); way != "id" && way != "name" && !there {
				return false
			}
		}
	}
	return len(by) > 0
}

// pairsByContent are the columns whose cells name people of the two sides.
func (v *tableView) pairsByContent(books [2]*phoneBook) (people [2]*columnView) {
	for side, book := range books {
		best := mostly - 1
		for _, c := range v.columns {
			if share, _ := book.hits(sortedKeys(c.cells)); share > best && c.filled > 0 && c != people[0] {
				people[side], best = c, share
			}
		}
	}
	return people
}
