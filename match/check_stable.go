package match

// checkStable says whether the matching is stable and the best stable one for the side that the aim names; and if
// the certificate shows the other side's best one, the same of that.
func checkStable(p *Problem, c *Certificate, loads []int32) error {
	proposers, others := MenteeSide, MentorSide
	if p.Aim == StableForMentors {
		proposers, others = others, proposers
	}
	if err := p.meetsMinimums(loads); err != nil {
		return err
	}
	lists := p.bothPreferences()
	places := [...][]int32{lists[MenteeSide].places(), lists[MentorSide].places()}
	check := func(proposers Side, chosen, loads, rejected []int32) error {
		if err := checkNoBlockingPair(p, places, chosen, loads); err != nil {
			return err
		}
		return checkBestForProposers(&lists[proposers], &lists[1-proposers], chosen, rejected)
	}
	if err := check(proposers, c.Chosen, loads, c.Rejected); err != nil {
		return err
	}
	if c.Other == nil {
		return nil
	}
	loads, err := checkMatching(p, c.Other.Chosen)
	if err != nil {
		return err
	}
	return check(others, c.Other.Chosen, loads, c.Other.Rejected)
}

// meetsMinimums says whether loads reach all minimums, where these are hard.
func (p *Problem) meetsMinimums(loads []int32) error {
	if !p.HardMinimums {
		return nil
	}
	for cap, load := range loads {
		if load < p.Minimum(cap) {
			return fault("minimum", "%s has %d pairs, and must have %d", p.CapName(int32(cap)), load, p.Minimum(cap))
		}
	}
	return nil
}

// checkNoBlockingPair looks for two people who would both rather have each other. A person would rather have a pair
// that is not chosen if there is room on all its caps, or if the innermost cap without room holds a pair which the
// person likes less: caps are nested, so giving up that one makes room on all of them. Places are those of the edges in
// the lists of both sides.
func checkNoBlockingPair(p *Problem, places [2][]int32, chosen, loads []int32) error {
	isChosen, err := p.mark("chosen", chosen)
	if err != nil {
		return err
	}
	last := make([]int32, p.NumCaps()) // the place after the least liked chosen edge on each cap; 0: there is none
	for _, e := range chosen {
		for s := range places {
			for c := p.Leaf(Side(s), int(e)); c >= 0; c = p.Parent(c) {
				last[c] = max(last[c], places[s][e]+1)
			}
		}
	}
	wants := func(s Side, e int32) bool {
		for c := p.Leaf(s, int(e)); c >= 0; c = p.Parent(c) {
			if loads[c] == p.Max[c] {
				return places[s][e] < last[c]
			}
		}
		return true
	}
	for e := range int32(len(isChosen)) {
		if !isChosen[e] && p.State(int(e)) != Forbidden && wants(MenteeSide, e) && wants(MentorSide, e) {
			return fault("blocking", "%s is not chosen, but both would rather have it", p.edgeName(int(e)))
		}
	}
	return nil
}

// checkBestForProposers says whether the refusals prove that no stable matching gives anybody on the proposing side a
// pair which that person likes better than the chosen ones.
//
// The time of a refusal is its place in the list. A pair is *proposed* as soon as its proposer would choose it among
// the pairs not refused by then: refusals of better pairs have made room for it. A refusal is *supported* if, among
// the pairs proposed before it, its receiver can fill a cap of the refused pair with pairs it likes better. Then no
// stable matching holds a refused pair. For suppose one did, and take the earliest refusal with that property. The
// receiver could exchange the refused pair for one of the supporting ones, which it likes better (caps are nested, so
// the exchange exists); and the proposer of that one wants it too, since it chooses it among all pairs not refused
// earlier, and the stable matching has no others. So that pair blocks. Hence nobody can do better than to choose among
// the pairs never refused, and that must be the matching. (Gale, Shapley 1962; for caps, Fleiner 2003.)
func checkBestForProposers(proposers, receivers *Preferences, chosen, rejected []int32) error {
	p := proposers.p
	if _, err := p.mark("refused", rejected); err != nil {
		return err
	}
	// When each edge was refused and when proposed, if ever.
	refused, sooner := make([]int32, p.Edges.Len()), make([]int32, p.Edges.Len())
	for e := range refused {
		refused[e], sooner[e] = never, -never
	}
	for t, e := range rejected {
		refused[e], sooner[e] = int32(t)+1, -int32(t)-1
	}
	// A proposer's better pairs are in the way until they are refused, so the later ones block for longer. Turning time
	// around asks the question that filled answers.
	proposed := proposers.filled(sooner)
	for e, t := range proposed {
		proposed[e] = 0
		if t != never {
			proposed[e] = -t
		}
	}
	// A receiver's better pairs support refusals once they are proposed.
	for e, t := range receivers.filled(proposed) {
		if refused[e] != never && t >= refused[e] {
			return fault("refusal", "the refusal of %s has no ground", p.edgeName(e))
		}
	}
	isChosen, err := p.mark("chosen", chosen)
	if err != nil {
		return err
	}
	for e := range refused {
		if p.State(e) != Forbidden && isChosen[e] != (refused[e] == never && proposed[e] != never) {
			return fault("replay", "after the listed refusals %s would end otherwise", p.edgeName(e))
		}
	}
	return nil
}
