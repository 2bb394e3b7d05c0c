package match

// Lists says what is known of how long the mentees' lists of mentors could have been.
type Lists string

const (
	ListsUnknown Lists = ""         // nothing
	ListsHadRoom Lists = "had room" // everybody could have listed one more
	ListsFull    Lists = "full"     // somebody could not
)

// Truth says whether a mentee could have gained by ranking mentors otherwise than in the order of true preference.
type Truth uint8

const (
	TruthUnclaimed    Truth = iota // nothing is promised
	TruthSafeIfListed              // no mentee could whose list was long enough for all whom the mentee would rather have than nobody
	TruthSafe                      // no mentee could
)

// Truthful says what may be promised to mentees who rank mentors as they truly prefer them: that no other ranking would
// have brought them a mentor whom they prefer, whatever the others wrote. It is a theorem for the stable matching that is
// best for mentees, each of whom takes one mentor (Dubins, Freedman 1981; Roth 1982; with limits inside limits, Hatfield,
// Milgrom 2005), and for no other aim: not for mentees who take several (Roth 1985), not where more are placed because of
// what they leave open, not where lists are cut short (Haeringer, Klijn 2009), and not for mentors. Equals have to be
// told apart by a lottery that does not depend on the rankings; a fair draw says whether this one did not. Hard minimums
// can turn a ranking into no result at all, so with them nothing is promised either.
func (p *Problem) Truthful(lists Lists, fairDraw bool) Truth {
	switch {
	case p.Aim != StableForMentees, p.HardMinimums, p.Edges.MenteeRank == nil, lists == ListsFull:
		return TruthUnclaimed
	case !fairDraw && (p.Tied(MenteeSide) || p.Tied(MentorSide)):
		return TruthUnclaimed
	}
	for i := range p.Mentees {
		if p.Max[i] > 1 {
			return TruthUnclaimed
		}
	}
	if lists == ListsUnknown {
		return TruthSafeIfListed
	}
	return TruthSafe
}

// Tied says whether somebody on side s ranks two open pairs alike, so that something besides the rankings decides
// between them.
func (p *Problem) Tied(s Side) bool {
	order := p.Order(s)
	lists := p.preferences(&order)
	for i := range len(lists.Start) - 1 {
		own := lists.Edge[lists.Start[i]:lists.Start[i+1]]
		for at := 1; at < len(own); at++ {
			if standing := order.standing(own[at]); standing > 0 && standing == order.standing(own[at-1]) {
				return true
			}
		}
	}
	return false
}
