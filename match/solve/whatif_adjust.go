package solve

// The smallest changes: how many a cap takes, what its units count, a pair that comes or goes, a pin. Each makes the
// flow the best one again before the next begins.

// takeMost lets cap v take at most so many.
func (r *residual[V]) takeMost(v, most int32) error {
	if err := r.restore(); err != nil {
		return err
	}
	n := r.edit(v)
	n.upper = most
	r.doubtCap(v)
	var off []imbalance
	for n.load > n.upper {
		n.load--
		off = append(off, r.back(v))
	}
	return r.adjust(v, off)
}

// An imbalance is a unit too much at one cap and one missing at another; either may be the ground.
type imbalance struct{ over, under int32 }

// back is what taking a unit back from cap v leaves.
func (r *residual[V]) back(v int32) imbalance {
	if r.caps[v].mentees {
		return imbalance{over: r.caps[v].parent, under: v}
	}
	return imbalance{over: v, under: r.caps[v].parent}
}

// forth is what adding a unit to cap v leaves.
func (r *residual[V]) forth(v int32) imbalance {
	b := r.back(v)
	return imbalance{over: b.under, under: b.over}
}

// adjust makes the flow the best one again after the arcs between cap v and its parent have changed, and settles what is
// off besides. When it begins, the potentials must be right for all other arcs.
func (r *residual[V]) adjust(v int32, off []imbalance) error {
	if r.caps[v].mentees {
		return r.adjustMentee(r.caps[v].root, off)
	}
	n := r.edit(v)
	up := n.parent
	for r.hasRoom(v) && less(sub(n.potential, r.next(v)), r.potential(up)) {
		n.load++
		off = append(off, r.forth(v))
	}
	r.sink(v)
	for _, c := range r.prices.family {
		off = r.giveUp(c, off)
	}
	r.doubtCap(v)
	return r.settleAll(off)
}

// sink lowers the potential of a mentor's cap and those of the classes inside to what their last units allow.
func (r *residual[V]) sink(v int32) {
	r.prices.family = r.family(v, r.prices.family)
	for _, c := range r.prices.family {
		if most := add(r.potential(r.caps[c].parent), r.last(c)); less(most, r.caps[c].potential) {
			r.fall(c, sub(r.caps[c].potential, most))
		}
	}
}

// giveUp drops the chosen pairs of cap v that are worth less than the potentials.
func (r *residual[V]) giveUp(v int32, off []imbalance) []imbalance {
	for _, e := range r.caps[v].held {
		pair := &r.pairs[e]
		if less(add(pair.worth, r.caps[pair.mentor].potential), r.caps[pair.mentee].potential) {
			r.drop(e)
			off = append(off, imbalance{pair.mentee, pair.mentor})
		}
	}
	return off
}

// adjustMentee does the same for all caps of a mentee, given by the total, and for the arcs to them across chosen pairs.
// The lowest potentials are right for all arcs away from the caps; those to them must bear it, or are used.
func (r *residual[V]) adjustMentee(root int32, off []imbalance) error {
	for {
		r.lowest(root)
		n := r.edit(root)
		for r.hasRoom(root) && less(neg(r.next(root)), n.potential) {
			n.load++
			off = append(off, r.forth(root))
			r.doubtCap(root)
		}
		for _, v := range r.family(root, nil) {
			off = r.giveUp(v, off)
		}
		if len(off) == 0 {
			return r.restore()
		}
		if err := r.settleAll(off); err != nil {
			return err
		}
		off = off[:0]
	}
}

// settleAll settles one imbalance after the other.
func (r *residual[V]) settleAll(off []imbalance) error {
	for _, o := range off {
		if err := r.settle(o.over, o.under); err != nil {
			return err
		}
	}
	return r.restore()
}

// part takes pair e out.
func (r *residual[V]) part(e int32) error {
	pair := &r.pairs[e]
	was := pair.state
	if was == barred {
		return nil
	}
	r.bar(e, barred)
	if was == free {
		return nil
	}
	return r.settle(pair.mentee, pair.mentor)
}

// come brings in pair e, which is barred. If it is worth more than the distances of both sides say, it is chosen, and
// what that displaces moves on, perhaps back to where it was.
func (r *residual[V]) come(e int32) error {
	if err := r.restore(); err != nil {
		return err
	}
	pair := &r.pairs[e]
	mentee := &r.caps[pair.mentee]
	if mentee.reached {
		r.lift(mentee.root)
		if less(sub(mentee.far, pair.worth), r.caps[pair.mentor].potential) {
			r.choose(e)
			return r.settle(pair.mentor, pair.mentee)
		}
	}
	r.put(e, free)
	r.reprice(pair.mentee)
	return nil
}

// pin settles pair e.
func (r *residual[V]) pin(e int32) error {
	pair := &r.pairs[e]
	was := pair.state
	if was == settled {
		return nil
	}
	r.bar(e, settled)
	if was == chosen {
		return nil
	}
	return r.settle(pair.mentor, pair.mentee)
}

// unpin lets the pin of pair e go.
func (r *residual[V]) unpin(e int32) error {
	pair := &r.pairs[e]
	r.put(e, chosen)
	r.doubt(pair.mentee)
	r.shortcut(pair.mentor, pair.mentee, e)
	return r.adjustMentee(r.caps[pair.mentee].root, nil)
}
