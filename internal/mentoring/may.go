package mentoring

import "slices"

// A Decision says how much is shown, or whether an action may be done.
type Decision struct {
	Sight Sight  // of an action other than See: All, or Nothing
	Needs Need   // what else the permission asks for
	Why   string // for logs only: codes of the table, never a person
}

// Allowed says whether anything is shown, or the action may be done.
func (d Decision) Allowed() bool { return d.Sight.Shows() }

// Refused is nil when it is allowed, and otherwise what to answer: the same as for what does not exist.
func (d Decision) Refused() error {
	if d.Allowed() {
		return nil
	}
	return NotHere()
}

// May decides, by the table and nothing else, whether an actor may do something with an object, and for See how much of
// it is shown. It costs one look-up and a walk over the actor's edges.
func May(actor Actor, action Action, object Object) Decision {
	if action == See {
		return permissions.see(&actor, &object)
	}
	return permissions.do(&actor, action, &object)
}

// Known says whether the table has a row for an action on a kind of object. Every route has one.
func Known(action Action, kind Kind) bool {
	if action == See {
		_, known := permissions.kindAt[kind]
		return known
	}
	k, known := permissions.doAt[action]
	return known && slices.Contains(permissions.actions[k].On, kind)
}

func refusal(why string) Decision { return Decision{Sight: Nothing, Why: why} }

func (t *table) see(a *Actor, o *Object) Decision {
	k, known := t.kindAt[o.Kind]
	switch {
	case !known:
		return refusal("see: no such kind")
	case a.Suspended:
		return refusal("see " + string(o.Kind) + ": suspended")
	case a.SteppingIn != "" && !t.data[k].SteppingIn:
		return refusal("see " + string(o.Kind) + ": stepping in")
	}
	why, facts := "see "+string(o.Kind), factsFor(a, o)
	for _, standing := range standingsOf(a, o) {
		column := slices.Index(Viewers[:], standing)
		if column < 0 {
			continue
		}
		sight := t.data[k].Cells[column].with(facts)
		why += ": " + string(standing) + ": " + string(sight)
		if sight.Shows() {
			return Decision{sight, logged(a, standing, sight), why}
		}
	}
	return refusal(why)
}

// logged asks for an entry in the audit log when somebody sees what is neither theirs nor their counterpart's, and no
// figure over several people; and for whatever is seen from inside somebody else's account.
func logged(a *Actor, standing Standing, sight Sight) Need {
	near := standing == Self || standing == Counterpart
	if a.SteppingIn == "" && (near || sight.Least() > 0) {
		return 0
	}
	return Log
}

func (t *table) do(a *Actor, action Action, o *Object) Decision {
	k, known := t.doAt[action]
	if !known || !slices.Contains(t.actions[k].On, o.Kind) {
		return refusal("no such action on such a thing")
	}
	row := &t.actions[k]
	switch {
	case a.Suspended && !row.Suspended:
		return refusal(string(action) + ": suspended")
	case a.SteppingIn != "" && !row.SteppingIn:
		return refusal(string(action) + ": stepping in")
	}
	standings, facts := standingsOf(a, o), factsFor(a, o)
	for _, grant := range row.Who {
		if slices.Contains(standings, grant.Standing) && grant.If&^facts == 0 {
			return Decision{All, row.Needs, string(action) + ": " + string(grant.Standing)}
		}
	}
	return refusal(string(action) + ": no grant")
}
