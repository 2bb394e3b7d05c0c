package solve_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A draft is a problem whose people and pairs can come and go: nothing in it has a number.
type draft struct {
	*match.Problem
	caps  []*draftCap
	pairs []*draftPair
	goals []match.Goal
	of    [][][]*draftCap // per goal and reward, the caps it lists
	came  int
}

type draftCap struct {
	side      match.Side
	id, name  string
	parent    *draftCap
	most      int32
	least     int32
	number    int32
	wasNumber int
}

type draftPair struct {
	leaf    [2]*draftCap
	purpose string
	rank    [2]int32
	state   match.State
	values  []int32
}

func newDraft(p *match.Problem) *draft {
	d := &draft{Problem: p, goals: slices.Clone(p.Goals)}
	for c := range p.NumCaps() {
		side, person := p.Owner(int32(c))
		k := &draftCap{side: side, most: p.Max[c], least: p.Minimum(c), wasNumber: c}
		k.id = p.Mentees[min(int(person), len(p.Mentees)-1)]
		if side == match.MentorSide {
			k.id = p.Mentors[person]
		}
		if up := p.Parent(int32(c)); up >= 0 {
			k.parent, k.name = d.caps[up], p.Classes[c-len(p.Mentees)-len(p.Mentors)].Name
		}
		d.caps = append(d.caps, k)
	}
	for e := range p.Edges.Len() {
		t := &draftPair{purpose: p.PurposeName(e), state: p.State(e), rank: [2]int32{1, 1}}
		for s, ranks := range [...][]int32{p.Edges.MenteeRank, p.Edges.MentorRank} {
			t.leaf[s] = d.caps[p.Leaf(match.Side(s), e)]
			if ranks != nil {
				t.rank[s] = ranks[e]
			}
		}
		for _, column := range p.Columns {
			t.values = append(t.values, column.Values[e])
		}
		d.pairs = append(d.pairs, t)
	}
	for _, g := range d.goals {
		var lists [][]*draftCap
		for _, r := range g.Units {
			var list []*draftCap
			for _, c := range r.Caps {
				list = append(list, d.caps[c])
			}
			lists = append(lists, list)
		}
		d.of = append(d.of, lists)
	}
	return d
}

// problem is what the draft says, or nil if it is not valid.
func (d *draft) problem() *match.Problem {
	p := *d.Problem
	p.Mentees, p.Mentors, p.Purposes, p.Max, p.Min, p.Classes = nil, nil, nil, nil, nil, nil
	slices.SortStableFunc(d.caps, func(a, b *draftCap) int {
		level := func(c *draftCap) int {
			if c.parent != nil {
				return 2
			}
			return int(c.side)
		}
		if level(a) == 2 && level(b) == 2 {
			return cmp.Compare(a.wasNumber, b.wasNumber)
		}
		return cmp.Or(cmp.Compare(level(a), level(b)), cmp.Compare(a.id, b.id))
	})
	for i, c := range d.caps {
		c.number = int32(i)
		p.Max = append(p.Max, c.most)
		p.Min = append(p.Min, c.least)
		switch {
		case c.parent != nil:
			p.Classes = append(p.Classes, match.Class{Name: c.name, Parent: c.parent.number})
		case c.side == match.MenteeSide:
			p.Mentees = append(p.Mentees, c.id)
		default:
			p.Mentors = append(p.Mentors, c.id)
		}
	}
	d.edges(&p)
	p.Goals = slices.Clone(d.goals)
	for k := range p.Goals {
		g := &p.Goals[k]
		g.Units = slices.Clone(g.Units)
		for i := range g.Units {
			if g.Units[i].Of == "" {
				g.Units[i].Caps = []int32{}
				for _, c := range d.of[k][i] {
					if slices.Contains(d.caps, c) {
						g.Units[i].Caps = append(g.Units[i].Caps, c.number)
					}
				}
				slices.Sort(g.Units[i].Caps)
			}
		}
	}
	for _, numbers := range []*[]int64{&p.Lottery.Mentees, &p.Lottery.Mentors} {
		*numbers = nil // they decide nothing here
	}
	if p.Validate() != nil {
		return nil
	}
	return &p
}

func (d *draft) edges(p *match.Problem) {
	p.Edges, p.Columns = match.Edges{}, slices.Clone(d.Columns)
	for k := range p.Columns {
		p.Columns[k].Values = nil
	}
	for _, t := range d.pairs {
		if t.purpose != "" && !slices.Contains(p.Purposes, t.purpose) {
			p.Purposes = append(p.Purposes, t.purpose)
		}
	}
	slices.Sort(p.Purposes)
	total := func(c *draftCap) *draftCap {
		for c.parent != nil {
			c = c.parent
		}
		return c
	}
	slices.SortFunc(d.pairs, func(a, b *draftPair) int {
		return cmp.Or(cmp.Compare(total(a.leaf[0]).id, total(b.leaf[0]).id), cmp.Compare(total(a.leaf[1]).id, total(b.leaf[1]).id), cmp.Compare(a.purpose, b.purpose))
	})
	e := &p.Edges
	for _, t := range d.pairs {
		e.Mentee = append(e.Mentee, total(t.leaf[0]).number)
		e.Mentor = append(e.Mentor, total(t.leaf[1]).number-int32(len(p.Mentees)))
		e.MenteeCap = append(e.MenteeCap, t.leaf[0].number)
		e.MentorCap = append(e.MentorCap, t.leaf[1].number)
		e.State = append(e.State, t.state)
		if len(p.Purposes) > 0 {
			at, _ := slices.BinarySearch(p.Purposes, t.purpose)
			e.Purpose = append(e.Purpose, int32(at))
		}
		for k := range p.Columns {
			p.Columns[k].Values = append(p.Columns[k].Values, t.values[k])
		}
	}
}

// changes are the kinds of change that can be made to a draft; each says whether it could be made.
var changes = map[string]func(d *draft, r *rand.Rand) bool{
	"one place more": func(d *draft, r *rand.Rand) bool { return d.onCap(r, func(c *draftCap) { c.most++ }) },
	"one place less": func(d *draft, r *rand.Rand) bool {
		return d.onCap(r, func(c *draftCap) { c.most--; c.least = min(c.least, c.most) })
	},
	"other places": func(d *draft, r *rand.Rand) bool { return d.onCap(r, func(c *draftCap) { c.most = r.Int32N(5) }) },
	"other minimum": func(d *draft, r *rand.Rand) bool {
		return d.onCap(r, func(c *draftCap) { c.least = r.Int32N(max(c.most, 0) + 1) })
	},
	"other state": func(d *draft, r *rand.Rand) bool {
		return d.onPair(r, func(t *draftPair) { t.state = match.State(r.IntN(3)) })
	},
	"pin":  func(d *draft, r *rand.Rand) bool { return d.onPair(r, func(t *draftPair) { t.state = match.Pinned }) },
	"open": func(d *draft, r *rand.Rand) bool { return d.onPair(r, func(t *draftPair) { t.state = match.Open }) },
	"other worth": func(d *draft, r *rand.Rand) bool {
		return d.onPair(r, func(t *draftPair) {
			for k := range t.values {
				t.values[k] += r.Int32N(7) - 3
			}
		})
	},
	"other class": func(d *draft, r *rand.Rand) bool {
		return d.onPair(r, func(t *draftPair) {
			s := r.IntN(2)
			t.leaf[s] = d.anyCap(r, t.leaf[s].side, t.leaf[s].id)
		})
	},
	"a pair goes": func(d *draft, r *rand.Rand) bool {
		if len(d.pairs) == 0 {
			return false
		}
		i := r.IntN(len(d.pairs))
		d.pairs = slices.Delete(d.pairs, i, i+1)
		return true
	},
	"a pair comes":   func(d *draft, r *rand.Rand) bool { return d.come(r, d.anyPerson(r, 0), d.anyPerson(r, 1)) },
	"somebody goes":  (*draft).leave,
	"somebody comes": (*draft).arrive,
	"longer list of units": func(d *draft, _ *rand.Rand) bool {
		for k := range d.goals {
			for i, reward := range d.goals[k].Units {
				last := reward.Units[len(reward.Units)-1]
				d.goals[k].Units = slices.Clone(d.goals[k].Units)
				d.goals[k].Units[i].Units = append(slices.Clone(reward.Units), last-1)
				return true
			}
		}
		return false
	},
}

func (d *draft) onCap(r *rand.Rand, do func(*draftCap)) bool {
	do(d.caps[r.IntN(len(d.caps))])
	return true
}

func (d *draft) onPair(r *rand.Rand, do func(*draftPair)) bool {
	if len(d.pairs) == 0 {
		return false
	}
	do(d.pairs[r.IntN(len(d.pairs))])
	return true
}

// anyCap is one of a person's caps.
func (d *draft) anyCap(r *rand.Rand, side match.Side, id string) *draftCap {
	var own []*draftCap
	for _, c := range d.caps {
		if c.side == side && c.id == id {
			own = append(own, c)
		}
	}
	return own[r.IntN(len(own))]
}

func (d *draft) anyPerson(r *rand.Rand, side match.Side) string {
	var ids []string
	for _, c := range d.caps {
		if c.side == side && c.parent == nil {
			ids = append(ids, c.id)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return ids[r.IntN(len(ids))]
}

// come adds a pair of two people.
func (d *draft) come(r *rand.Rand, mentee, mentor string) bool {
	if mentee == "" || mentor == "" {
		return false
	}
	t := &draftPair{leaf: [2]*draftCap{d.anyCap(r, match.MenteeSide, mentee), d.anyCap(r, match.MentorSide, mentor)}, rank: [2]int32{1, 1}}
	if len(d.Purposes) > 0 {
		t.purpose = d.Purposes[r.IntN(len(d.Purposes))]
	}
	for range d.Columns {
		t.values = append(t.values, r.Int32N(9)-1)
	}
	d.pairs = append(d.pairs, t)
	return true
}

func (d *draft) leave(r *rand.Rand) bool {
	side := match.Side(r.IntN(2))
	id := d.anyPerson(r, side)
	d.caps = slices.DeleteFunc(d.caps, func(c *draftCap) bool { return c.side == side && c.id == id })
	d.pairs = slices.DeleteFunc(d.pairs, func(t *draftPair) bool { return t.leaf[side].id == id })
	return id != ""
}

func (d *draft) arrive(r *rand.Rand) bool {
	d.came++
	side, other := match.Side(r.IntN(2)), match.Side(0)
	id := fmt.Sprintf("%c%d", 'a'+r.IntN(20), 100+d.came)
	total := &draftCap{side: side, id: id, most: r.Int32N(4), wasNumber: 1000}
	d.caps = append(d.caps, total)
	if r.IntN(2) == 0 {
		class := &draftCap{side: side, id: id, name: "new", parent: total, most: r.Int32N(3), least: 0, wasNumber: 1000 + d.came}
		d.caps = append(d.caps, class)
		class.least = r.Int32N(class.most + 1)
	}
	if other = 1 - side; len(d.caps) > 0 {
		for range r.IntN(4) {
			who := d.anyPerson(r, other)
			if side == match.MenteeSide {
				d.come(r, id, who)
			} else {
				d.come(r, who, id)
			}
		}
	}
	return true
}
