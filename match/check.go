package match

import "fmt"

// A Fault says why a certificate is refused, or a problem cannot be judged. Code is for programs and for tests, Text
// for people; neither holds more of a person than the id in the problem.
type Fault struct {
	Code string
	Text string
}

func (f *Fault) Error() string { return f.Text }

func fault(code, format string, args ...any) error {
	return &Fault{Code: code, Text: fmt.Sprintf(format, args...)}
}

// Check says whether certificate c proves its claim about problem p: nil, or a [*Fault] with the first reason
// against it. It trusts nothing in c. That c speaks of p's file and no other (c.Problem) is left to who read the file.
//
// Check takes O(E·D) time for an optimal certificate per goal, where E is the number of edges and D the depth of the
// classes, and sorts each person's edges once for a stable one.
func Check(p *Problem, c *Certificate) error {
	if err := p.Validate(); err != nil {
		return err
	}
	loads, err := checkMatching(p, c.Chosen)
	if err != nil {
		return err
	}
	if !p.asksFor(c.Outcome) {
		return fault("claim", "the problem asks for a matching that is %s, the certificate claims one that is %q", p.Aim, c.Outcome)
	}
	prices, refusals, cover := c.Values != nil || c.Prices != nil, c.Rejected != nil || c.Other != nil, c.Cover != nil
	switch c.Outcome {
	case IsStable:
		if prices || cover {
			return fault("claim", "a stable certificate has no values, no prices and no cover")
		}
		return checkStable(p, c, loads)
	case IsWeaklyStable:
		if prices || refusals {
			return fault("claim", "a weakly stable certificate has no values, no prices, no refusals and no other matching")
		}
		return checkWeaklyStable(p, c, loads)
	}
	if refusals || cover {
		return fault("claim", "an optimal certificate has no refusals, no other matching and no cover")
	}
	return checkOptimal(p, c, loads)
}

// asksFor says whether an outcome is one that the problem's aim may have.
func (p *Problem) asksFor(o Outcome) bool {
	switch p.Aim {
	case Optimal:
		return o == IsOptimal || o == IsImpossible
	case StableMorePlaced:
		return o == IsWeaklyStable
	}
	return o == IsStable
}

// checkMatching says whether the chosen edges are a matching: listed once and in order, every pinned pair and no
// forbidden one, no cap exceeded. It returns how many pairs each cap has.
func checkMatching(p *Problem, chosen []int32) ([]int32, error) {
	last := int32(-1)
	pinned := 0
	for _, e := range chosen {
		if e <= last || int(e) >= p.Edges.Len() {
			return nil, fault("chosen", "the chosen edges are not strictly increasing numbers of edges, at %d", e)
		}
		last = e
		switch p.State(int(e)) {
		case Forbidden:
			return nil, fault("forbidden", "%s is chosen but forbidden", p.edgeName(int(e)))
		case Pinned:
			pinned++
		}
	}
	for _, s := range p.Edges.State {
		if s == Pinned {
			pinned--
		}
	}
	if pinned != 0 {
		return nil, fault("pinned", "a pinned pair is not chosen")
	}
	loads := p.Loads(chosen)
	for c, load := range loads {
		if load > p.Max[c] {
			return nil, fault("cap", "%s has %d pairs, and takes at most %d", p.CapName(int32(c)), load, p.Max[c])
		}
	}
	return loads, nil
}

// edgeName names edge e for people.
func (p *Problem) edgeName(e int) string {
	name := "the pair of mentee " + p.Mentees[p.Edges.Mentee[e]] + " and mentor " + p.Mentors[p.Edges.Mentor[e]]
	if purpose := p.PurposeName(e); purpose != "" {
		name += " for " + purpose
	}
	return name
}

// mark returns one bool per edge, true for the listed ones, which must be numbers of edges and different.
func (p *Problem) mark(what string, edges []int32) ([]bool, error) {
	marks := make([]bool, p.Edges.Len())
	for _, e := range edges {
		if e < 0 || int(e) >= len(marks) || marks[e] {
			return nil, fault("list", "the %s edges are not different numbers of edges, at %d", what, e)
		}
		marks[e] = true
	}
	return marks, nil
}
