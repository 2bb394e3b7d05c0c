package score

import (
	"iter"
	"slices"
)

// purposeLists are what everybody seeks or offers.
type purposeLists struct {
	codes [2][][]int32 // per side and person, each purpose once, in the order of the list
	words [][]string   // per mentee, the same as written
}

func newPurposeLists(mentees, mentors Field) purposeLists {
	p := purposeLists{words: make([][]string, len(mentees))}
	codes := map[string]int32{}
	for side, field := range [...]Field{mentees, mentors} {
		p.codes[side] = make([][]int32, len(field))
		for i, values := range field {
			for _, value := range values {
				folded := Fold(value)
				if folded == "" {
					continue
				}
				code, known := codes[folded]
				if !known {
					code = int32(len(codes))
					codes[folded] = code
				}
				if slices.Contains(p.codes[side][i], code) {
					continue
				}
				p.codes[side][i] = append(p.codes[side][i], code)
				if side == 0 {
					p.words[i] = append(p.words[i], value)
				}
			}
		}
	}
	return p
}

// shared gives what mentee i seeks and mentor j offers: the place in the mentee's list, from 1, and the words of the
// mentee.
func (p *purposeLists) shared(i, j int) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for k, code := range p.codes[0][i] {
			if slices.Contains(p.codes[1][j], code) && !yield(k+1, p.words[i][k]) {
				return
			}
		}
	}
}

// any says whether mentee i seeks something that mentor j offers.
func (p *purposeLists) any(i, j int) bool {
	return slices.ContainsFunc(p.codes[0][i], func(code int32) bool { return slices.Contains(p.codes[1][j], code) })
}
