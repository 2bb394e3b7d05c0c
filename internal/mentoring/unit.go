package mentoring

// A Unit is a part of an institution, and may be part of another one.
type Unit struct {
	ID     UnitID
	Parent UnitID // "": of none
	Open   Span
}

// A Tree is units by id.
type Tree map[UnitID]Unit

// MayStand says whether a unit may be put below another: the other is there, is open for as long, and does not stand
// below the unit itself. Moving below nothing is always right.
func (t Tree) MayStand(u, below UnitID) error {
	if below == "" {
		return nil
	}
	parent, known := t[below]
	if !known {
		return NotHere()
	}
	for above := below; above != ""; above = t[above].Parent {
		if above == u {
			return &Fault{Kind: Conflict, Key: "unit.circle"}
		}
	}
	if unit, known := t[u]; known && !within(unit.Open, parent.Open) {
		return &Fault{Kind: Conflict, Key: "unit.closed"}
	}
	return nil
}

// within says whether one span lies in another.
func within(s, o Span) bool { return o.From <= s.From && (o.To == "" || s.To != "" && s.To <= o.To) }

// Path is a unit with all above it, the nearest first.
func (t Tree) Path(u UnitID) (path []UnitID) {
	for unit, known := t[u]; known && len(path) < len(t); unit, known = t[unit.Parent] {
		path = append(path, unit.ID)
	}
	return path
}
