package run

import "github.com/chiron-mentoring/chiron/match"

// figures are what a coordinator counts in a matching.
type figures struct {
	people  [2]int // with places, by side
	aside   [2]int // set aside before the matching
	idle    [2]int // without places, and not set aside
	paired  [2]int // of them with at least one pair
	places  [2]int // that they want or offer
	pairs   int
	pinned  int
	kept    int     // of the existing pairs
	old     int     // existing pairs
	choices []int   // how many pairs are the mentee's first choice, second, and so on; nil: no ranks
	short   []short // caps below their minimum
	missing int     // by how many pairs in all
	wanted  int     // pairs that minimums ask for in all
}

// short is a cap with fewer pairs than its minimum.
type short struct {
	cap, has int32
}

func count(p *match.Problem, c *match.Certificate, setAside []SetAside) figures {
	f := figures{pairs: len(c.Chosen)}
	aside := [2]map[string]bool{{}, {}}
	for _, who := range setAside {
		side := sideNamed(who.Side)
		aside[side][who.ID] = true
		f.aside[side]++
	}
	loads := p.Loads(c.Chosen)
	for i, load := range loads {
		cap := int32(i)
		if p.Parent(cap) < 0 {
			side, who := p.Owner(cap)
			f.places[side] += int(p.Max[i])
			switch {
			case p.Max[i] > 0:
				f.people[side]++
			case !aside[side][idOf(p, side, who)]:
				f.idle[side]++
			}
			if load > 0 {
				f.paired[side]++
			}
		}
		least := p.Minimum(i)
		f.wanted += int(least)
		if load < least {
			f.short = append(f.short, short{cap, load})
			f.missing += int(least - load)
		}
	}
	existing := p.Column(match.Existing)
	for _, v := range existing {
		if v != 0 {
			f.old++
		}
	}
	for _, e := range c.Chosen {
		if p.State(int(e)) == match.Pinned {
			f.pinned++
		}
		if existing != nil && existing[e] != 0 {
			f.kept++
		}
		if p.Edges.MenteeRank != nil {
			f.choice(int(p.Edges.MenteeRank[e]))
		}
	}
	return f
}

func (f *figures) choice(rank int) {
	rank = min(rank, listedChoices+1)
	for len(f.choices) < rank {
		f.choices = append(f.choices, 0)
	}
	f.choices[rank-1]++
}
