package match

// checkWeaklyStable says whether no two people would both strictly rather have each other, whether no pair stands in the
// way of one more as checkNoEasyExchange describes, and whether the cover bounds what any matching has.
//
// The first two make the matching at least two thirds as great as any weakly stable one. Take another one, and a mentee
// with nobody here who has mentor r there. By the first, r is full here; so r has a pair here that is not there, with
// mentee b: one for each such mentee. If b has nobody there, one pair is lost for the one that was won. If b has a mentor
// s there, then s is full here: otherwise r would strictly prefer b and b would strictly prefer r, by the first and the
// second, and they would not leave it at that there. So s in turn has a pair here that is not there, and so on. Each
// pair that the other matching has more costs a chain of two mentees at least who have somebody here, all different.
// (Király 2011; McDermid 2009. docs/reference/certificate.md has the proof in full.)
func checkWeaklyStable(p *Problem, c *Certificate, loads []int32) error {
	if err := p.meetsMinimums(loads); err != nil {
		return err
	}
	chosen, err := p.mark("chosen", c.Chosen)
	if err != nil {
		return err
	}
	orders := [...]Order{p.Order(MenteeSide), p.Order(MentorSide)}
	if err := checkNobodyRather(p, orders, chosen, loads); err != nil {
		return err
	}
	if err := checkNoEasyExchange(p, orders, chosen, loads); err != nil {
		return err
	}
	return checkCover(p, c.Cover)
}

// checkNobodyRather looks for a mentee and a mentor who would both strictly rather have each other: each of them has
// room, or somebody whom the person ranks lower.
func checkNobodyRather(p *Problem, orders [2]Order, chosen []bool, loads []int32) error {
	lowest := make([]int32, p.NumCaps()) // the lowest rank that each person puts up with
	for e, is := range chosen {
		for s := range orders {
			if total := p.Leaf(Side(s), e); is {
				lowest[total] = max(lowest[total], orders[s].standing(int32(e)))
			}
		}
	}
	wants := func(s Side, e int) bool {
		total := p.Leaf(s, e)
		return loads[total] < p.Max[total] || orders[s].standing(int32(e)) < lowest[total]
	}
	for e, is := range chosen {
		if !is && p.State(e) != Forbidden && wants(MenteeSide, e) && wants(MentorSide, e) {
			return fault("blocking", "%s is not chosen, but both would strictly rather have it", p.edgeName(e))
		}
	}
	return nil
}

// checkNoEasyExchange looks for a chosen pair of mentee b and mentor r that could make way: a mentee with nobody could
// come to r, b could go to a mentor with room, and r or b would not mind, ranking the two alike.
func checkNoEasyExchange(p *Problem, orders [2]Order, chosen []bool, loads []int32) error {
	hasRoom := func(s Side, e int) bool { total := p.Leaf(s, e); return loads[total] < p.Max[total] }
	// How each mentee ranks the best mentor with room, and each mentor the best mentee with nobody; 0: there is none.
	best := [2][]int32{make([]int32, len(p.Mentees)), make([]int32, len(p.Mentors))}
	for e, is := range chosen {
		for s := range best {
			if is || p.State(e) == Forbidden || !hasRoom(Side(1-s), e) {
				continue
			}
			if best, rank := &best[s][p.Person(Side(s), e)], orders[s].standing(int32(e)); *best == 0 || rank < *best {
				*best = rank
			}
		}
	}
	for e, is := range chosen {
		if !is || p.State(e) == Pinned {
			continue
		}
		place, next := best[MenteeSide][p.Edges.Mentee[e]], best[MentorSide][p.Edges.Mentor[e]]
		// Neither is better than what the two have, since they would rather have it otherwise.
		alike := place == orders[MenteeSide].standing(int32(e)) || next == orders[MentorSide].standing(int32(e))
		if place > 0 && next > 0 && alike {
			return fault("exchange", "%s stands in the way of one more: who has nobody could have the mentor, the mentee could go to a mentor with room, and one of the two ranks the old and the new alike", p.edgeName(e))
		}
	}
	return nil
}

// checkCover says whether every pair that may be formed counts on a total of the cover.
func checkCover(p *Problem, cover []int32) error {
	covered := make([]bool, len(p.Mentees)+len(p.Mentors))
	last := int32(-1)
	for _, total := range cover {
		if total <= last || int(total) >= len(covered) {
			return fault("cover", "the cover is not a strictly increasing list of totals, at %d", total)
		}
		last = total
		covered[total] = true
	}
	for e := range p.Edges.Len() {
		if p.State(e) != Forbidden && !covered[p.Leaf(MenteeSide, e)] && !covered[p.Leaf(MentorSide, e)] {
			return fault("cover", "%s could be formed besides what the cover counts", p.edgeName(e))
		}
	}
	return nil
}
