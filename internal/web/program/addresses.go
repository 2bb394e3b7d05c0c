package program

import (
	"strings"
)

// addressesIn are the addresses in a text that somebody typed or pasted, in its order and each once: one a line, or parted
// by commas or semicolons; alone, or behind a name as mail programs write it, "Tremblay, Hélène <helene@hospital.ca>"; or
// in a cell of rows copied from a spreadsheet. Whether they are addresses is not judged: what is none comes along, so that
// it can be named.
func addressesIn(text string) (all []string) {
	seen := map[string]bool{}
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		for _, found := range addressesOnLine(line) {
			if folded := strings.ToLower(found); !seen[folded] {
				seen[folded] = true
				all = append(all, found)
			}
		}
	}
	return all
}

func addressesOnLine(line string) (all []string) {
	cells := strings.Split(line, "\t")
	for _, cell := range cells {
		if len(cells) > 1 && strings.Contains(line, "@") && !strings.Contains(cell, "@") {
			continue // the name beside an address, in a cell of its own
		}
		for _, part := range outsideQuotes(cell, ';') {
			all = append(all, addressesInList(part)...)
		}
	}
	return all
}

// addressesInList reads what commas part. A comma also stands between family and given name: what has no @ and comes
// before an address in pointed brackets is a name.
func addressesInList(list string) (all []string) {
	var names []string // that may belong to the address that follows
	for _, piece := range outsideQuotes(list, ',') {
		piece = strings.TrimSpace(piece)
		inside, bracketed := insideBrackets(piece)
		switch {
		case piece == "":
		case bracketed:
			all, names = append(all, inside), nil
		case !strings.Contains(piece, "@"):
			names = append(names, piece)
		default:
			all, names = append(append(all, names...), severalIn(piece)...), nil
		}
	}
	return append(all, names...)
}

// insideBrackets is what stands in the last pointed brackets.
func insideBrackets(piece string) (inside string, bracketed bool) {
	open := strings.LastIndexByte(piece, '<')
	if open < 0 || !strings.HasSuffix(piece, ">") {
		return "", false
	}
	inside = strings.TrimSpace(strings.TrimSuffix(piece[open+1:], ">"))
	return inside, inside != ""
}

// severalIn are the addresses that spaces part, if each word is one; else there is one, as it was typed.
func severalIn(piece string) []string {
	words := strings.Fields(piece)
	for _, word := range words {
		if !strings.Contains(word, "@") {
			return []string{piece}
		}
	}
	return words
}

// outsideQuotes parts a text at a sign wherever that does not stand between quotation marks.
func outsideQuotes(text string, sign rune) []string {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == sign && !quoted
	})
}
