package vocabulary

import "slices"

// fixed are lists whose terms the rules of mentoring know by their codes: programs add to them, and take nothing away and
// give nothing another name (domain model, 9).
var fixed = []string{"purposes", "supports"}

// ladders are lists in which the order has a meaning: how far two people are apart. What the program brings along stays
// in its order; labels may change, and steps may be put between.
var ladders = []string{"levels", "ranks"}

// Replace is what a list becomes when an edition is put in its place: the new edition, and at its end what it has lost,
// retired, since somebody may have chosen it. The problems say where the new edition contradicts the list that the
// program brings along, in fixed lists and ladders; then there is no list. The row of a problem is that of nothing.
func Replace(was, is *List) (*List, []Problem) {
	if problems := contradictions(is); len(problems) > 0 {
		return nil, problems
	}
	terms := slices.Clone(is.Terms)
	for _, t := range was.Terms {
		if _, there := is.Find(t.Code); there {
			continue
		}
		t.Retired = true
		if _, there := is.Find(t.Successor); !there {
			if _, lostToo := was.Find(t.Successor); !lostToo {
				t.Successor = ""
			}
		}
		terms = append(terms, t)
	}
	return newList(is.Name, is.Edition, is.Licence, is.Source, parentsFirst(terms)), nil
}

// contradictions says what a list may not do without.
func contradictions(is *List) []Problem {
	own, known := Named(is.Name)
	isFixed, isLadder := slices.Contains(fixed, is.Name), slices.Contains(ladders, is.Name)
	if !known || !isFixed && !isLadder {
		return nil
	}
	var problems []Problem
	say := func(column, value, key string, args ...any) {
		problems = append(problems, Problem{Column: column, Value: shown(value), Key: "vocabulary.problem." + key, Args: args})
	}
	last := -1
	for _, t := range own.Terms {
		now, there := is.Find(t.Code)
		switch {
		case !there || now.Retired:
			say("code", t.Code, "needed", "label", t.En)
			continue
		case isFixed && now.En != t.En:
			say("en", now.En, "fixed", "code", t.Code, "label", t.En)
		case isFixed && now.Fr != t.Fr:
			say("fr", now.Fr, "fixed", "code", t.Code, "label", t.Fr)
		}
		if at := is.at[t.Code]; isLadder && at < last {
			say("code", t.Code, "order", "label", t.En)
		} else {
			last = at
		}
	}
	return problems
}

// parentsFirst puts terms below those that are above them in the tree, and else leaves the order. A retired term whose
// parent is gone has none.
func parentsFirst(terms []Term) []Term {
	at := make(map[string]int, len(terms))
	for k, t := range terms {
		at[t.Code] = k
	}
	sorted := make([]Term, 0, len(terms))
	placed := make([]bool, len(terms))
	var place func(k int)
	place = func(k int) {
		if placed[k] {
			return
		}
		placed[k] = true
		t := terms[k]
		if p, ok := at[t.Parent]; ok {
			place(p)
		} else {
			t.Parent = ""
		}
		sorted = append(sorted, t)
	}
	for k := range terms {
		place(k)
	}
	return sorted
}
