package roster

import (
	"fmt"

	"github.com/chiron-mentoring/chiron/match"
)

// checkPlacing reports what keeps match.StableMorePlaced from promising anything: mentees who take several mentors, and
// classes on either side.
func (p *program) checkPlacing(aim match.Aim) {
	if aim != match.StableMorePlaced {
		return
	}
	other := fmt.Sprintf(`write "aim: %s"`, match.StableForMentees)
	for side := range p.rules.sides {
		if classes := p.rules.sides[side].classes; len(classes) > 0 {
			p.rep.issue(Issue{
				File: p.rules.file, Row: classes[0].line, Column: classes[0].path,
				Problem: fmt.Sprintf("there are classes, and the aim is %s, which promises nothing then", aim),
				Instead: other + ", or delete the classes",
			})
		}
	}
	several, first := 0, 0
	mentees := p.sides[match.MenteeSide].persons
	for i := range mentees {
		if mentees[i].takes > 1 {
			if several++; several == 1 {
				first = i
			}
		}
	}
	if several > 0 {
		p.rep.issue(Issue{
			File: p.rules.file, Row: p.rules.aimLine, Column: "aim", Value: string(aim),
			Problem: fmt.Sprintf("promises nothing when a mentee takes several mentors, and %d do, the first being %s, who takes %d", several, mentees[first].id, mentees[first].takes),
			Instead: other + ", or let each mentee take 1",
		})
	}
}
