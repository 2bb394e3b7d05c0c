package roster

import (
	"cmp"
	"fmt"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match/score"
)

// worth reads what a criterion brings: a weight, or points.
func (in yamlReader) worth(node *yaml.Node, c *criterion) {
	kind := criterionKinds[c.kind]
	switch {
	case c.rule.Fit != nil && c.worth != nil:
		in.issue(node, c.path, "points", "stands beside a weight, which says already what the criterion brings", "keep one of the two")
	case c.rule.Fit != nil:
		in.fit(node, c)
	case kind.fitOnly && c.worth != nil:
		in.issue(node, c.path, "points", fmt.Sprintf("does not go with %q, whose fit is a number from 0 to %d", c.kind, score.BestFit), fmt.Sprintf("write \"weight:\" and a number from 0 to %d instead", score.MaxWeight))
	case kind.fitOnly:
		in.issue(node, c.path, "", "the criterion has no weight", fmt.Sprintf("write \"weight:\" and a number from 0 to %d below it", score.MaxWeight))
	case c.ideal != nil:
		in.issue(node, c.path, "ideal", "goes with a weight only", `write "weight:" instead of "points:", or delete it`)
	case c.worth == nil:
		in.issue(node, c.path, "", "the criterion brings no points", `write "points:" and a number below it`)
	default:
		in.givenPoints(c)
	}
}

// The measure that a fit is full at, unless the rules say another.
const (
	fullShared  = 3      // items in common
	fullMinutes = 2 * 60 // time in common per week
	fullLoad    = 4      // mentees before the matching, with whom the fit is 0
)

// fit makes the fit of a criterion with a weight.
func (in yamlReader) fit(node *yaml.Node, c *criterion) {
	kind := criterionKinds[c.kind]
	most := 0
	if c.most != nil {
		if c.kind == "time" {
			most = in.duration(c.most, c.path+" most")
		} else {
			most, _ = in.number(c.most, c.path+" most", 1, mostPlaces)
		}
	}
	fit := c.rule.Fit
	switch {
	case kind.choice:
		*fit = *score.FitByPlace()
	case kind.negated:
		fit.Table = map[int]int{0: score.BestFit}
	case c.kind == "gap":
		if c.ideal == nil {
			in.issue(node, c.path, "", "nothing says which gap is the best", `write "ideal:" and a gap or several, such as [1, 2]`)
			return
		}
		*fit = *score.FitByGap(c.ideal...)
	case c.kind == "shared":
		fit.Full = cmp.Or(most, fullShared)
	case c.kind == "time":
		fit.Full = cmp.Or(most, fullMinutes)
	case c.kind == "load":
		fit.None = cmp.Or(most, fullLoad)
	case kind.fitOnly: // what is measured is the fit
		fit.Full = score.BestFit
	default:
		fit.Full = 1
	}
}

// givenPoints reads the points of a criterion: a number; for a gap, a number for each gap; for a choice, one for each
// place.
func (in yamlReader) givenPoints(c *criterion) {
	path := c.path + " points"
	if c.most != nil {
		c.rule.Most, _ = in.number(c.most, c.path+" most", 1, score.MaxPoints)
	}
	switch kind := criterionKinds[c.kind]; {
	case kind.choice:
		c.rule.Table = map[int]int{}
		for k, points := range in.pointsByPlace(c.worth, path) {
			c.rule.Table[k+1] = points
		}
	case c.kind == "gap":
		if c.worth.Kind != yaml.MappingNode {
			in.issue(c.worth, path, c.worth.Value, "does not say which gap brings it", "write one number for each gap, such as {1: 9, 2: 12}")
			return
		}
		c.rule.Table = map[int]int{}
		in.entries(c.worth, path, func(key, value *yaml.Node) {
			gap, ok := in.number(key, path, -score.MaxPoints, score.MaxPoints)
			if points, fine := in.points(value, path+" "+key.Value); ok && fine {
				c.rule.Table[gap] = points
			}
		})
	case kind.negated:
		points, _ := in.points(c.worth, path)
		c.rule.Table = map[int]int{0: points}
	default:
		c.rule.Each, _ = in.points(c.worth, path)
	}
}

func (in yamlReader) points(node *yaml.Node, path string) (int, bool) {
	return in.number(node, path, -score.MaxPoints, score.MaxPoints)
}

// pointsByPlace reads the points for the first, the second place of a list, and so on.
func (in yamlReader) pointsByPlace(node *yaml.Node, path string) []int {
	var all []int
	for _, item := range in.items(node) {
		if n, ok := in.points(item, path); ok {
			all = append(all, n)
		}
	}
	return all
}
