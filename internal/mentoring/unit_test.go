package mentoring_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/mentoring"
)

// TestTreeOfUnitsHasNoCircleWhateverIsMoved moves and closes units at random and compares with a walk that knows nothing
// of the rule.
func TestTreeOfUnitsHasNoCircleWhateverIsMoved(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	id := func() UnitID { return UnitID(fmt.Sprint(r.IntN(12))) }
	days := []Day{"", "2027-01-01", "2028-01-01", "2029-01-01"}
	tree, moved, refused := Tree{}, 0, 0
	for range 5000 {
		u, below := id(), id()
		if r.IntN(4) == 0 {
			below = ""
		}
		switch _, known := tree[u]; {
		case !known:
			tree[u] = Unit{ID: u, Open: Span{"2026-01-01", days[r.IntN(4)]}}
		case r.IntN(6) == 0:
			unit := tree[u]
			unit.Open.To = days[r.IntN(4)]
			if closes(tree, unit) {
				tree[u] = unit
			}
		case tree.MayStand(u, below) == nil:
			unit := tree[u]
			unit.Parent = below
			tree[u] = unit
			moved++
		default:
			refused++
		}
		for one := range tree {
			steps := 0
			for at := one; at != ""; at = tree[at].Parent {
				if steps++; steps > len(tree) {
					t.Fatalf("%s stands below itself", one)
				}
			}
			if path := tree.Path(one); len(path) != steps || path[0] != one || slices.Contains(path[1:], one) {
				t.Fatalf("the path of %s is %v", one, path)
			}
			if parent, has := tree[tree[one].Parent]; has && parent.Open.To != "" && (tree[one].Open.To == "" || tree[one].Open.To > parent.Open.To) {
				t.Fatalf("%s outlives %s", one, parent.ID)
			}
		}
	}
	if moved < 100 || refused < 100 {
		t.Errorf("%d moved, %d refused", moved, refused)
	}
}

func TestUnitsKnowOnlyThoseThatAreThere(t *testing.T) {
	t.Parallel()
	tree := Tree{"a": {ID: "a"}, "b": {ID: "b", Parent: "a"}}
	if err := tree.MayStand("b", "x"); !IsFault(err, NotFound) {
		t.Errorf("below what is not there: %v", err)
	}
	if err := tree.MayStand("a", "b"); !IsFault(err, Conflict) {
		t.Errorf("below itself: %v", err)
	}
	if err := tree.MayStand("a", "a"); !IsFault(err, Conflict) {
		t.Errorf("below itself: %v", err)
	}
}

// closes says whether a unit may have other days: it still may stand where it does, and what is below it below it.
func closes(tree Tree, unit Unit) bool {
	changed := Tree{}
	for id, u := range tree {
		changed[id] = u
	}
	changed[unit.ID] = unit
	for id, u := range changed {
		if u.Parent == unit.ID && changed.MayStand(id, unit.ID) != nil {
			return false
		}
	}
	return unit.Parent == "" || changed.MayStand(unit.ID, unit.Parent) == nil
}
