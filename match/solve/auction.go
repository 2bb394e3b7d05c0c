package solve

// maxBids is how many bids in a row are tried before a search takes over. It bounds work, never the result.
const maxBids = 64

// auction tries to place one more pair of person root by bidding, which is much cheaper than a search while prices
// move: the bidder chooses its best edge and lowers its potential to the worth of the second best; the other person,
// if full, lets the edge go that is given up most easily, at the price at which it is; who lost it bids next. No
// reduced cost becomes negative at any step (Bertsekas 1981, here with exact steps; Jonker and Volgenant 1987).
//
// It returns the bidder whose pair still has no place, or -1 if all have one. It takes root's place to be taken, and
// wants people without classes.
func (s *search[V]) auction(root int32) int32 {
	v, lost := root, int32(-1)
	for range maxBids {
		n := &s.node[v]
		best, second, arc := s.twoBest(v, lost)
		exit := neg(s.last(v))
		if arc < 0 || !less(exit, best) {
			n.y = exit
			n.load--
			return -1
		}
		n.y = greater(second, exit)
		b := s.arcs[arc].to
		from, stuck := s.admit(b, arc, v)
		if from < 0 || stuck {
			return from
		}
		v, lost = from, b
	}
	return v
}

// twoBest finds bidder v's best edge that is not chosen, what it is worth at today's prices, and the second best's
// worth. With one edge only, or none, the missing worths are those of giving up. Among equals it passes over the edge
// to the person with cap lost, to whom v has just lost one: to ask for it back would lead in a circle.
func (s *search[V]) twoBest(v, lost int32) (best, second V, arc int32) {
	best = neg(s.last(v))
	second, arc = best, -1
	from := s.node[v].first
	for i, a := range s.arcsOf(v) {
		if !less(second, add(a.worth, s.ceiling)) {
			break
		}
		if a.to >= 0 {
			switch value := add(a.worth, s.node[a.to].y); {
			case less(best, value), arc >= 0 && s.arcs[arc].to == lost && !less(value, best):
				best, second, arc = value, best, from+int32(i)
			case less(second, value):
				second = value
			}
		}
	}
	return best, second, arc
}

// admit gives arc, which bidder v has chosen, to the person with cap b, who is then one over. The person's potential
// is lowered until the cheapest way out is free: a place not taken yet, or an edge that can be let go. It returns who
// has lost an edge, or -1 if a place was taken; and whether v itself lost at prices that stayed the same, so that to bid
// again would lead nowhere.
func (s *search[V]) admit(b, arc, v int32) (from int32, stuck bool) {
	var zero V
	n := &s.node[b]
	least, out := sub(add(s.arcs[arc].worth, n.y), s.node[v].y), int32(-1) // v itself can be let go
	for i, h := range s.heldBy(b) {
		if slack := sub(add(h.worth, n.y), s.node[h.from].y); less(slack, least) {
			least, out = slack, int32(i)
		}
	}
	if n.load < n.upper {
		if way := sub(n.y, s.next(b)); !less(least, way) {
			n.y = sub(n.y, way)
			n.load++
			s.choose(arc, v)
			return -1, false
		}
	}
	n.y = sub(n.y, least)
	if out < 0 {
		return v, !less(zero, least)
	}
	from = s.held[n.first+out].from
	s.drop(b, out)
	s.choose(arc, v)
	return from, false
}
