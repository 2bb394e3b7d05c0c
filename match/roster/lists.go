package roster

import "github.com/chiron-mentoring/chiron/match"

// lists says whether mentees could have listed more mentors than they did. Where there is a column for each choice, their
// number is the limit, unless there are no more mentors to choose; a column with a list has none that the files tell, nor
// has a file of pairs.
func (p *program) lists() match.Lists {
	mentees := p.sides[match.MenteeSide]
	limit := len(mentees.rules.choices)
	if mentees.rules.choices == nil {
		limit = len(mentees.table.numbered("choice "))
	}
	if limit < 2 || p.pairs != nil && p.pairs.ranked[match.MenteeSide] {
		return match.ListsUnknown
	}
	for _, one := range mentees.persons {
		if one.takes > 0 && len(one.choices) >= limit && limit < len(p.sides[match.MentorSide].persons) {
			return match.ListsFull
		}
	}
	return match.ListsHadRoom
}
