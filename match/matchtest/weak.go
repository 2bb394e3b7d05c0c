package matchtest

import (
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// AllWeaklyStable looks at every matching and keeps those in which no two people would both strictly rather have each
// other: have room for the other, or somebody ranked lower. Pinned pairs are ranked higher than all. There are no classes.
func AllWeaklyStable(p *match.Problem) []Set {
	d := define(p)
	var stable []Set
	for x := range d.all() {
		if !slices.ContainsFunc(d.open, func(e int) bool { return !x.Has(e) && d.rather(0, x, e) && d.rather(1, x, e) }) {
			stable = append(stable, x)
		}
	}
	return stable
}

// rather says whether the person on side s of edge e strictly prefers it to something in x, or to a free place.
func (d *definition) rather(s int, x Set, e int) bool {
	total := d.paths[s][e][0]
	if d.load(x, total) < int(d.p.Max[total]) {
		return true
	}
	return slices.ContainsFunc((x & d.onCap[total]).Edges(), func(has int32) bool { return d.level(s, int(has)) > d.level(s, e) })
}

// level is how the person on side s ranks edge e, 0 when it is pinned.
func (d *definition) level(s, e int) int32 {
	ranks := [...][]int32{d.p.Edges.MenteeRank, d.p.Edges.MentorRank}[s]
	switch {
	case d.pinned.Has(e):
		return 0
	case ranks == nil:
		return 1
	}
	return ranks[e]
}

// morePlaced is the first of the greatest weakly stable matchings in which no pair stands in the way of one more.
func (d *definition) morePlaced() Set {
	best, found := Set(0), false
	for _, x := range AllWeaklyStable(d.p) {
		if (!found || x.Len() > best.Len()) && !d.hasEasyExchange(x) {
			best, found = x, true
		}
	}
	if !found {
		panic("some weakly stable matching always has no easy exchange")
	}
	return best
}

// hasEasyExchange looks at all three pairs of an exchange: one that goes, and the two that come, with somebody who has
// room on either end. Whoever of the two who part has the old and the new pair on one level would not mind.
func (d *definition) hasEasyExchange(x Set) bool {
	hasRoom := func(s, e int) bool { total := d.paths[s][e][0]; return d.load(x, total) < int(d.p.Max[total]) }
	for _, goes := range d.open {
		for _, in := range d.open {
			for _, out := range d.open {
				if x.Has(goes) && !x.Has(in) && !x.Has(out) &&
					d.paths[1][in][0] == d.paths[1][goes][0] && hasRoom(0, in) &&
					d.paths[0][out][0] == d.paths[0][goes][0] && hasRoom(1, out) &&
					(d.level(1, in) == d.level(1, goes) || d.level(0, out) == d.level(0, goes)) {
					return true
				}
			}
		}
	}
	return false
}

// leastCover tries all sets of totals on which every edge counts that is not forbidden. It is the one that takes least;
// of these the one with the fewest mentors; and of these the one with the fewest totals.
func (d *definition) leastCover() []int32 {
	totals := len(d.p.Mentees) + len(d.p.Mentors)
	edges := slices.Concat(d.open, toInts(d.pinned.Edges()))
	var best []int32
	var least []int
	for cover := range Set(1) << totals {
		if slices.ContainsFunc(edges, func(e int) bool { return !cover.Has(d.paths[0][e][0]) && !cover.Has(d.paths[1][e][0]) }) {
			continue
		}
		costs := []int{0, 0, cover.Len()}
		for _, total := range cover.Edges() {
			costs[0] += int(d.p.Max[total])
			if d.isMentors(int(total)) {
				costs[1]++
			}
		}
		if least == nil || slices.Compare(costs, least) < 0 {
			best, least = cover.Edges(), costs
		}
	}
	return best
}

func toInts(edges []int32) []int {
	list := make([]int, len(edges))
	for i, e := range edges {
		list[i] = int(e)
	}
	return list
}
