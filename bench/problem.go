package main

import (
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// problem is the instance as Chiron sees it. Ids are numbers of equal length, so that their order is that of the
// numbers.
func (in *instance) problem() *match.Problem {
	p := &match.Problem{Kind: match.TwoSided, Aim: match.Optimal}
	for i := range in.lists {
		p.Mentees = append(p.Mentees, fmt.Sprintf("%08d", i))
		p.Max = append(p.Max, 1)
	}
	for j, c := range in.cap {
		p.Mentors = append(p.Mentors, fmt.Sprintf("%08d", j))
		p.Max = append(p.Max, int32(c))
	}
	if in.stable {
		p.Aim = match.StableForMentees
		in.rankedEdges(p)
		return p
	}
	var suitability []int32
	for i, list := range in.lists {
		for e, j := range list {
			p.Edges.Mentee = append(p.Edges.Mentee, int32(i))
			p.Edges.Mentor = append(p.Edges.Mentor, int32(j))
			suitability = append(suitability, int32(in.score[i][e]))
		}
	}
	p.Columns = []match.Column{{Name: "suitability", Values: suitability}}
	p.Goals = []match.Goal{{Name: "suitability", Column: "suitability"}}
	return p
}

// rankedEdges writes the edges by mentee and mentor: going through the mentors in order gives each mentee's in order.
func (in *instance) rankedEdges(p *match.Problem) {
	type ranked struct{ mentor, rank int32 }
	byMentee := make([][]ranked, in.n)
	for i, list := range in.lists {
		byMentee[i] = make([]ranked, 0, len(list))
	}
	for j, list := range in.ranks {
		rank := int32(0)
		for e, i := range list {
			if i > 0 { // otherwise tied with the one before
				rank = int32(e) + 1
			}
			i = max(i, -i) - 1
			byMentee[i] = append(byMentee[i], ranked{int32(j), rank})
		}
	}
	for i, list := range byMentee {
		for _, r := range list {
			p.Edges.Mentee = append(p.Edges.Mentee, int32(i))
			p.Edges.Mentor = append(p.Edges.Mentor, r.mentor)
			p.Edges.MenteeRank = append(p.Edges.MenteeRank, int32(slices.Index(in.lists[i], uint32(r.mentor)))+1)
			p.Edges.MentorRank = append(p.Edges.MentorRank, r.rank)
		}
	}
}
