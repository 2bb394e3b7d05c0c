package run

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// A WhatIf is a supposed change to a run: who takes how many, who leaves, which pair is settled beforehand or ruled
// out, what a pair is worth. Text holds it as people write it, Kind says which of these it is.
type WhatIf struct {
	Kind WhatIfKind
	Text string
}

// WhatIfKind is a kind of supposed change; its words are those of the command.
type WhatIfKind string

const (
	Places  WhatIfKind = "places"  // mentor=N, mentor=+N or mentor=-N: how many pairs a mentor takes
	Wants   WhatIfKind = "wants"   // the same for a mentee
	Without WhatIfKind = "without" // somebody who leaves
	Pin     WhatIfKind = "pin"     // mentee:mentor or mentee:mentor:purpose
	Forbid  WhatIfKind = "forbid"  // the same
	Free    WhatIfKind = "free"    // the same: neither pinned nor forbidden
	Points  WhatIfKind = "points"  // mentee:mentor=N or mentee:mentor:purpose=N, in the column suitability
)

// A BadWhatIf says why a supposed change cannot be made.
type BadWhatIf struct {
	Change WhatIf
	Why    string
}

func (b *BadWhatIf) Error() string {
	return fmt.Sprintf("--%s %s: %s", b.Change.Kind, b.Change.Text, b.Why)
}

// Suppose makes the changes to r's problem, one after the other, and returns the best answer to that as a run beside r,
// with what it cost: the answer is worked out from r's matching and prices where that can be done, and is the one that
// a new solution finds. It is certified like any other, for looking at only, and belongs in no folder, since no inputs
// lead to it. r must come from [Open] or [Match]. The error is a [*BadWhatIf] where a change names what is not there.
func (r *Run) Suppose(ctx context.Context, changes []WhatIf, progress func(done, total int)) (*Run, solve.Work, error) {
	p := *r.Problem
	p.Max = slices.Clone(p.Max)
	p.Min = slices.Clone(p.Min)
	p.Edges.State = slices.Clone(p.Edges.State)
	if p.Edges.State == nil {
		p.Edges.State = make([]match.State, p.Edges.Len())
	}
	p.Columns = slices.Clone(p.Columns)
	for _, change := range changes {
		if why := change.apply(&p); why != "" {
			return nil, solve.Work{}, &BadWhatIf{change, why}
		}
	}
	c, work, err := solve.Resolve(ctx, r.Problem, r.Certificate, &p, solve.Options{Progress: progress})
	if err != nil {
		return nil, solve.Work{}, err
	}
	c.Problem = p.Hash()
	if err := match.Check(&p, c); err != nil {
		return nil, solve.Work{}, fmt.Errorf("%w: %w", ErrUnproved, err)
	}
	return &Run{Problem: &p, Certificate: c, Names: r.Names, Manifest: r.Manifest}, work, ctx.Err()
}

// Cost says for people what it took to answer a supposed change.
func Cost(w solve.Work) string {
	var s page
	if w.Fresh != "" {
		s.line("Solved anew: %s.", w.Fresh)
	} else {
		searches := "1 search"
		if w.Searches != 1 {
			searches = fmt.Sprintf("%d searches", w.Searches)
		}
		s.line("Worked out from the prices of the run: %s, %d of %d people looked at.", searches, w.People, w.Of)
	}
	return s.String()
}

// apply makes the change to p, or says why it cannot be made.
func (w WhatIf) apply(p *match.Problem) (why string) {
	switch w.Kind {
	case Places:
		return setMost(p, match.MentorSide, w.Text)
	case Wants:
		return setMost(p, match.MenteeSide, w.Text)
	case Without:
		return leave(p, w.Text)
	case Pin:
		return settle(p, w.Text, match.Pinned)
	case Forbid:
		return settle(p, w.Text, match.Forbidden)
	case Free:
		return settle(p, w.Text, match.Open)
	case Points:
		return rescore(p, w.Text)
	}
	return "there is no such change"
}

// setMost sets or moves the number of pairs that somebody takes.
func setMost(p *match.Problem, s match.Side, text string) string {
	id, number := cutLast(text, '=')
	who, found := slices.BinarySearch(idsOf(p, s), id)
	if !found {
		return fmt.Sprintf("%q is no %s of this run; write the id, =, and a number", id, s)
	}
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil {
		return fmt.Sprintf("%q is no number; write %s=3, %s=+1 or %s=-1", number, id, id, id)
	}
	c := who
	if s == match.MentorSide {
		c += len(p.Mentees)
	}
	if strings.HasPrefix(number, "+") || n < 0 {
		n += int64(p.Max[c])
	}
	if n < 0 || n != int64(int32(n)) {
		return fmt.Sprintf("%s would take %d pairs", id, n)
	}
	p.Max[c] = int32(n)
	explain.Lengthen(p, int32(c))
	if p.Min != nil {
		p.Min[c] = min(p.Min[c], int32(n))
	}
	return ""
}

// leave takes somebody out: no places, no minimums, no pinned pairs.
func leave(p *match.Problem, id string) string {
	found := false
	for s := range match.Side(2) {
		who, here := slices.BinarySearch(idsOf(p, s), id)
		if !here {
			continue
		}
		if found {
			return "there is a mentee and a mentor of this id; use --places or --wants with =0"
		}
		found = true
		for c := range int32(p.NumCaps()) {
			if side, owner := p.Owner(c); side == s && int(owner) == who {
				p.Max[c] = 0
				if p.Min != nil {
					p.Min[c] = 0
				}
			}
		}
		for e := range p.Edges.Len() {
			if int(p.Person(s, e)) == who && p.Edges.State[e] == match.Pinned {
				p.Edges.State[e] = match.Open
			}
		}
	}
	if !found {
		return "nobody of this run has this id"
	}
	return ""
}

func settle(p *match.Problem, text string, state match.State) string {
	edges, why := edgesNamed(p, text)
	if why == "" && state == match.Pinned && len(edges) > 1 {
		return "the two may be paired for several purposes; add : and one of " + strings.Join(purposesOf(p, edges), ", ")
	}
	for _, e := range edges {
		p.Edges.State[e] = state
	}
	return why
}

// scored is the column in which --points are points.
const scored = "suitability"

func rescore(p *match.Problem, text string) string {
	pair, number := cutLast(text, '=')
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil {
		return fmt.Sprintf("%q is no number of points; write mentee:mentor=20", number)
	}
	edges, why := edgesNamed(p, pair)
	if why != "" {
		return why
	}
	for i, column := range p.Columns {
		if column.Name != scored {
			continue
		}
		column.Values = slices.Clone(column.Values)
		for _, e := range edges {
			column.Values[e] = int32(n)
		}
		p.Columns[i] = column
		return ""
	}
	return "this run has no points; its pairs are ranked"
}

// edgesNamed finds the possible pairs of mentee:mentor or mentee:mentor:purpose. Ids may hold colons themselves.
func edgesNamed(p *match.Problem, text string) (edges []int32, why string) {
	known := false // whether both people are
	for e := range int32(p.Edges.Len()) {
		pair := p.Mentees[p.Edges.Mentee[e]] + ":" + p.Mentors[p.Edges.Mentor[e]]
		if text == pair || text == pair+":"+p.PurposeName(int(e)) {
			edges = append(edges, e)
		}
	}
	if len(edges) > 0 {
		return edges, ""
	}
	for at := range text {
		if text[at] != ':' {
			continue
		}
		_, mentee := slices.BinarySearch(p.Mentees, text[:at])
		rest, _, _ := strings.Cut(text[at+1:], ":")
		_, mentor := slices.BinarySearch(p.Mentors, rest)
		known = known || mentee && mentor
	}
	if known {
		return nil, "this is not one of the possible pairs; what the rules exclude is not there to choose"
	}
	return nil, "write the ids of a mentee and of a mentor of this run, with : between them"
}

func purposesOf(p *match.Problem, edges []int32) []string {
	var names []string
	for _, e := range edges {
		names = append(names, p.PurposeName(int(e)))
	}
	return names
}

// cutLast cuts at the last sep, since ids may hold it too.
func cutLast(text string, sep byte) (before, after string) {
	at := strings.LastIndexByte(text, sep)
	if at < 0 {
		return text, ""
	}
	return text[:at], text[at+1:]
}
